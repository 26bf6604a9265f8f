"""A workbook for Excel and WPS: a sheet a table, ready to print on A4; what stands between the tables on a sheet of its own.

A table that has little but its day above it has these lines on its own sheet. No text becomes a formula, a link or a number.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from zhenggai.document import Bar, Block, Document, Heading, Para, Table, gauge
from zhenggai.frozen import frozen
from zhenggai.render.visible import visible
from zhenggai.render.xlsx.sizes import DOWN, HIGHEST, LINE, PADDING, lines_of, sizes_of
from zhenggai.render.xlsx.styles import Styles, usual_font
from zhenggai.render.xlsx.tables import TableOnSheet, shown

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from zhenggai.document import Report

_FEW = 3  # lines above a table that leave room for it on a screen
_A4 = 9
_MARGINS = {"left": 0.59, "right": 0.59, "top": 0.79, "bottom": 0.79}  # inches
_TEXT_ACROSS = 110.0  # a single column is never fitted to the page, and with other fonts it is wider
_NEVER = datetime(2000, 1, 1)  # the same answer is the same file
_BESIDE, _FACTS = "正文", "填报信息"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


@frozen
class Sheet:
    """A sheet: its name, a title, lines, a table, and lines below it."""

    name: str
    title: str
    above: tuple[Block, ...]
    table: Table | None = None
    below: tuple[Block, ...] = ()


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> bytes:
    """The report's document as a workbook; ``width`` and ``colour`` have no effect."""
    return xlsx_of(report.document())


def xlsx_of(document: Document) -> bytes:
    """``document`` as a workbook."""
    from xlsxwriter import Workbook  # imported here: a template is filled without it

    file = BytesIO()
    workbook = Workbook(file, {"in_memory": True, **usual_font()})
    workbook.set_properties({"title": visible(document.title), "created": _NEVER})
    styles = Styles(workbook)
    for sheet in sheets_of(document):
        _write(workbook.add_worksheet(sheet.name), styles, sheet)
    if document.facts:
        _write_facts(workbook.add_worksheet(_FACTS), document.facts)
    workbook.close()
    return file.getvalue()


def sheets_of(document: Document) -> list[Sheet]:
    """The sheets of a document: all on one where it has one table with few lines above, else first the text, then the tables.

    A text that says no more than the day, which each sheet says, has none.
    """
    places = [nth for nth, block in enumerate(document.blocks) if isinstance(block, Table)]
    if len(places) == 1 and places[0] <= _FEW:
        table, above, below = document.blocks[places[0]], document.blocks[: places[0]], document.blocks[places[0] + 1 :]
        assert isinstance(table, Table)
        name = next(_names([table.title or document.title.rpartition("：")[2]]))
        caption = (Heading(table.title),) if table.title else ()
        return [Sheet(name, document.title, (*above, *caption), table.in_brackets(), below)]
    titles = [_title_of(document.blocks[: nth + 1]) for nth in places]
    text_name, *names = _names([_BESIDE, *titles])
    lines = list(document.blocks)
    when = [block for block in document.blocks[:1] if isinstance(block, Para)]
    sheets = []
    for nth, title, name in zip(places, titles, names, strict=True):
        table = document.blocks[nth]
        assert isinstance(table, Table)
        sheets.append(Sheet(name, document.title, (*when, Heading(title)), table.in_brackets()))
        lines[nth] = Para(f"（表见“{name}”）")
    has_text = not sheets or len(lines) > len(when) + len(sheets)
    return [*([Sheet(text_name, document.title, tuple(lines))] if has_text else []), *sheets]


def _title_of(blocks: Sequence[Block]) -> str:
    """What the last block, a table, is called: by its title, else by the heading above it, else by what its rows are about."""
    *above, table = blocks
    assert isinstance(table, Table)
    headings = [block.text for block in above if isinstance(block, Heading)]
    about = next((column.head for column in table.columns if column.wrap), table.columns[0].head)
    return table.title or (headings or [about])[-1]


def _names(titles: Sequence[str]) -> Iterator[str]:
    """Names of sheets for titles: within what a name may be, and each only once.

    >>> list(_names(["逾期", "逾期", "[a]:b/c", "", "'完'", "History"]))
    ['逾期', '逾期 2', '（a）：b、c', '表', '完', 'History 表']
    """
    taken = {_FACTS}
    for title in titles:
        table = str.maketrans({"[": "（", "]": "）", ":": "：", "*": "＊", "?": "？", "/": "、", "\\": "、"})
        plain = visible(title).translate(table).strip("' ") or "表"
        plain = f"{plain} 表" if plain.casefold() == "history" else plain
        name, times = _cut(plain, _LONGEST_NAME), 1
        while name.casefold() in taken:
            times += 1
            name = _cut(plain, _LONGEST_NAME - len(f" {times}")) + f" {times}"
        taken.add(name.casefold())
        yield name


def _cut(text: str, units: int) -> str:
    """The beginning of a text, so many UTF-16 units long."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore").strip("' ")


def _write(sheet: "Worksheet", styles: Styles, content: Sheet) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(**_MARGINS)
    sheet.center_horizontally()
    sheet.set_footer('&C&"宋体"&14— &P —')
    sheet.hide_gridlines(1)
    if content.table is None:
        lines = _Lines(sheet, styles, 1, _TEXT_ACROSS)
        lines.add_all(content.title, content.above)
        sheet.set_column_pixels(0, 0, round(_TEXT_ACROSS * 7.34))
        sheet.set_h_pagebreaks(lines.breaks())
        return
    sizes = sizes_of(content.table)
    lines = _Lines(sheet, styles, len(content.table.columns), sum(sizes.widths))
    lines.add_all(content.title, content.above)
    table = TableOnSheet(sheet, styles, content.table, sizes, len(lines.heights), sum(lines.heights))
    lines.at = table.write()
    for block in content.below:
        lines.add_block(block)


def _write_facts(sheet: "Worksheet", facts: Sequence[tuple[str, str]]) -> None:
    """The facts on a sheet that is not shown, and not changed by a slip."""
    for at, pair in enumerate(facts):
        for nth, text in enumerate(pair):
            sheet.write_string(at, nth, shown(text))
    sheet.protect()
    sheet.very_hidden()


class _Lines:
    """Writes lines on a sheet, each across so many columns, which take a width together."""

    def __init__(self, sheet: "Worksheet", styles: Styles, columns: int, width: float) -> None:
        self.sheet, self.styles, self.columns, self.width = sheet, styles, columns, width
        self.at = 0
        self.heights: list[float] = []
        self.headings: set[int] = set()

    def add_all(self, title: str, blocks: Sequence[Block]) -> None:
        """A title and what stands below it."""
        self._add(title, self.styles.title(), 18)
        for block in blocks:
            self.add_block(block)

    def add_block(self, block: Block) -> None:
        """A heading, paragraph or bar."""
        match block:
            case Heading():
                self.headings.add(self.at)
                self._add(block.text, self.styles.line(bold=True))
            case Para():
                self._add(block.text, self.styles.line(tone=block.tone))
            case Bar():
                text = f"{block.label}　{gauge(block.share)} {block.percent}　{block.note}".rstrip()
                self._add(text, self.styles.line())
            case Table():
                raise AssertionError("a table has a sheet")

    def breaks(self) -> list[int]:
        """The rows with which pages begin: a page ends where it is full, and with no heading."""
        found, start = [], 0
        for at in range(1, len(self.heights)):
            if sum(self.heights[start : at + 1]) > DOWN:
                last = next(row for row in range(at - 1, start - 1, -1) if row not in self.headings or row == start)
                start = last + 1 if last > start else at
                found.append(start)
        return found

    def _add(self, text: str, style: "Format", points: int = 12) -> None:
        """A text in letters of so many points; those of tables, by which widths are given, have 11."""
        clean, larger = shown(text), points / 11
        height = min(lines_of(clean, self.width / larger) * LINE * larger + PADDING, HIGHEST)
        self.sheet.set_row(self.at, height)
        if self.columns > 1:
            self.sheet.merge_range(self.at, 0, self.at, self.columns - 1, "", style)
        self.sheet.write_string(self.at, 0, clean, style)
        self.at += 1
        self.heights.append(height)
