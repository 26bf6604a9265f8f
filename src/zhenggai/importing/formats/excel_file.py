"""A workbook as sheets of cells, as they are shown; runs in the process with limits.

Hidden columns are kept as any other. Rows without a text, and empty cells at the end of a row, are left out.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from math import isfinite
from typing import Any, Final

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

from zhenggai.importing.content import Cell, Row, Sheet
from zhenggai.importing.formats.merged_cells import EMPTY, Covering
from zhenggai.importing.formats.number_format import shown
from zhenggai.importing.formats.office_parts import parts_in
from zhenggai.importing.formats.printed_text import printed
from zhenggai.importing.formats.sheet_facts import SheetFacts, facts_of
from zhenggai.importing.formats.workbook_parts import Book, Style, packed, read_parts

_ESCAPED = re.compile("_x([0-9A-F]{4})_")  # how spreadsheets write characters that XML has not
_PLAIN: Final = Style("General", struck=False)


def read_excel(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx in their order."""
    book = read_parts(parts_in(data))
    values = openpyxl.load_workbook(BytesIO(packed(book)), read_only=True, data_only=True, rich_text=True)
    return tuple(
        Sheet(
            printed(part.name),
            tuple(_rows(sheet, book, facts_of(part.xml, recalculated=book.recalculated))),
            part.hidden,
        )
        for part, sheet in zip(book.sheets, values.worksheets, strict=True)
    )


def _rows(sheet: Any, book: Book, facts: SheetFacts) -> Iterator[Row]:
    """The rows with a text; ``sheet`` is openpyxl's."""
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    styles = {f'"{number}"': style for number, style in enumerate(book.styles)}  # as ``packed`` names them
    found = []
    for number, row in enumerate(sheet.rows, 1):
        cells = [EMPTY if cell.value is None else _cell(cell, styles, since_1904=book.since_1904) for cell in row]
        for column, formula in facts.uncalculated.get(number, ()):
            cells[column - 1] = Cell(printed(formula), uncalculated=True)
        while cells and cells[-1] is EMPTY:
            cells.pop()
        if cells:
            found.append((number, cells))
    width = max((len(cells) for _, cells in found), default=0)
    covering = Covering(facts.merged)
    for number, cells in found:
        yield Row(number, covering.resolved(number, cells, width), number in facts.hidden)


def _cell(cell: Any, styles: Mapping[str, Style], *, since_1904: bool) -> Cell:
    """A cell with a value as it is shown; ``cell`` is openpyxl's."""
    value, style = cell.value, styles.get(cell.number_format, _PLAIN)
    if isinstance(value, bool):
        return Cell(str(value).upper(), struck=style.struck)
    if isinstance(value, int | float) and isfinite(value):
        number = shown(Decimal(str(value)), style.number_format, since_1904=since_1904)
        return Cell(number.text, number.value, struck=style.struck)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(str(day), day, struck=style.struck)
    text = _unescaped(str(value))
    return Cell(text, struck=_is_struck(value, style)) if text else EMPTY


@lru_cache(maxsize=10_000)  # a text may stand in many cells
def _unescaped(text: str) -> str:
    """The text as somebody sees it."""
    return printed(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text))


def _is_struck(value: object, style: Style) -> bool:
    """Whether all of a text is crossed out; a piece without formatting of its own is as the cell."""
    if not isinstance(value, CellRichText):
        return style.struck
    pieces = [piece for piece in value if str(piece).strip()]
    return all(piece.font.strike if isinstance(piece, TextBlock) else style.struck for piece in pieces)
