"""The rows of a table in a Word file: cells by their columns, merged ones resolved."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from zhenggai.importing.content import Cell
from zhenggai.importing.formats.word_styles import VAL, value_of

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_ROW, _CELL = qn("w:tr"), qn("w:tc")
_AROUND = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")))
_MOST_COLUMNS = 63  # as in Word
_EMPTY = Cell("")


def rows_of(table: "Element", read: Callable[["Element"], Cell]) -> Iterator[tuple[Cell, ...]]:
    """The cells of each row; ``read`` gives that of an element. Rows that were deleted are left out."""
    above: tuple[Cell, ...] = ()
    for row in _within(table, _ROW):
        properties = row.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            continue
        above = tuple(_cells(row, above, read))
        yield above


def _cells(row: "Element", above: tuple[Cell, ...], read: Callable[["Element"], Cell]) -> Iterator[Cell]:
    """The cells of a row, of which some may go on from the row above."""
    column = _count(row.find(qn("w:trPr")), "w:gridBefore", 0)
    yield from (_EMPTY for _ in range(column))
    before = _EMPTY
    for element in _within(row, _CELL):
        properties = element.find(qn("w:tcPr"))
        span = _count(properties, "w:gridSpan", 1)
        if _goes_on(properties, "w:vMerge"):
            cells = [replace(cell, covered=True) for cell in above[column : column + span]]
            cells += [_EMPTY] * (span - len(cells))
        else:
            own = replace(before, covered=True) if _goes_on(properties, "w:hMerge") else read(element)
            cells = [own, *[replace(own, covered=True)] * (span - 1)]
        yield from cells
        column, before = column + span, cells[0]


def _within(above: "Element", tag: str) -> Iterator["Element"]:
    """The elements of a name in another one, those in content controls too, not those of tables within cells."""
    for element in above:
        if element.tag == tag:
            yield element
        elif element.tag in _AROUND:
            yield from _within(element, tag)


def _goes_on(properties: "Element | None", name: str) -> bool:
    """Whether a cell is a further one of those that are merged: ``restart`` is the first of them."""
    merge = None if properties is None else properties.find(qn(name))
    return merge is not None and merge.get(VAL, "continue") == "continue"


def _count(properties: "Element | None", name: str, default: int) -> int:
    """A number of columns, as far as a table can have them."""
    said = value_of(properties, name)
    if said is None or not said.isascii() or not said.isdigit():
        return default
    return max(default, min(int(said[:4]), _MOST_COLUMNS))
