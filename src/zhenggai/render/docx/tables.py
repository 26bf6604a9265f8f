"""Tables on paper: heads repeated on each page, rows never split, neighbours of one group under a common head."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from zhenggai.document import Cell, Column, Table
from zhenggai.render.docx.column_widths import PADDING, Fit, before_brackets, extent, head_lines
from zhenggai.render.docx.markup import element, lines, paragraph, shown
from zhenggai.render.docx.styles import cell_style, line_of, twips

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_PADDINGS: Final = {"top": 1.5, "left": PADDING, "bottom": 1.5, "right": PADDING}  # points
_BEGINS, _GOES_ON = "restart", "continue"  # cells that are one with those below or above


def table_element(table: Table, fit: Fit) -> "BaseOxmlElement":
    """The table, as wide as its columns."""
    table = table.in_brackets()
    widths = [twips(width) for width in fit.widths]
    properties = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *(element(side, val="single", sz=4, space=0, color="000000") for side in _SIDES)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=twips(space), type="dxa") for side, space in _PADDINGS.items())),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", properties, grid, *_heads(table.columns, fit), *_rows(table, fit))


def _heads(columns: Sequence[Column], fit: Fit) -> Iterator["BaseOxmlElement"]:
    """The row of heads; two rows where columns stand under a common head."""
    style = cell_style(fit.size, head=True)
    lower = [
        _cell(style, _head(column, width, fit.size), [width]) for column, width in zip(columns, fit.widths, strict=True)
    ]
    if not any(column.group for column in columns):
        yield _row(lower, element("tblHeader"))
        return
    upper, at = list["BaseOxmlElement"](), 0
    for group, members in groupby(columns, key=lambda column: column.group):
        places = range(at, at := at + len(list(members)))
        widths = [fit.widths[n] for n in places]
        if group:
            upper.append(_cell(style, [shown(group)], widths))
            continue
        for n in places:
            upper.append(_cell(style, _head(columns[n], fit.widths[n], fit.size), [fit.widths[n]], merge=_BEGINS))
            lower[n] = _cell(style, [], [fit.widths[n]], merge=_GOES_ON)
    yield _row(upper, element("tblHeader"))
    yield _row(lower, element("tblHeader"))


def _head(column: Column, width: float, size: float) -> list[str]:
    head = shown(column.head)
    fits = extent(head) * size <= width - 2 * PADDING
    return [head] if fits else head_lines(head)


def _rows(table: Table, fit: Fit) -> Iterator["BaseOxmlElement"]:
    """The rows, and that of the sums, which stays with the last of them."""
    style = cell_style(fit.size)
    above = list(table.continued())
    below = [*above[1:], frozenset[int]()]
    for nth, cells in enumerate(table.rows):
        merges = [_GOES_ON if n in above[nth] else _BEGINS if n in below[nth] else "" for n in range(len(cells))]
        keeps = bool(table.footer) and nth == len(table.rows) - 1
        lines = max(cell.lines for cell in cells)
        room = [element("trHeight", val=twips(lines * line_of(fit.size)), hRule="atLeast")] if lines > 1 else []
        yield _row(_cells(table.columns, cells, fit, style, merges, keep_next=keeps), *room)
    if table.footer:
        yield _row(_cells(table.columns, table.footer, fit, cell_style(fit.size, head=True), [""] * len(table.columns)))


def _cells(
    columns: Sequence[Column],
    cells: Sequence[Cell],
    fit: Fit,
    style: str,
    merges: Sequence[str],
    *,
    keep_next: bool = False,
) -> Iterator["BaseOxmlElement"]:
    for column, cell, width, merge in zip(columns, cells, fit.widths, merges, strict=True):
        texts = [] if merge == _GOES_ON else _text_lines(shown(cell.text), (width - 2 * PADDING) / fit.size)
        yield _cell(style, texts, [width], merge=merge, align="left" if column.wrap else "center", keep_next=keep_next)


def _text_lines(text: str, room: float) -> list[str]:
    """A text in one line if it has room; else what it ends with in short brackets, as 6月底前（2020-06-30）, stands below it.

    >>> _text_lines("6月底前（2020-06-30）", 8), _text_lines("6月底前（2020-06-30）", 20)
    (['6月底前', '（2020-06-30）'], ['6月底前（2020-06-30）'])
    """
    lines = before_brackets(text)
    return lines if extent(text) > room >= extent(lines[-1]) else [text]


def _cell(
    style: str,
    texts: Sequence[str],
    widths: Sequence[float],
    *,
    merge: str = "",
    align: str = "center",
    keep_next: bool = True,
) -> "BaseOxmlElement":
    """A cell over one or more columns."""
    properties = [element("tcW", w=twips(sum(widths)), type="dxa")]
    properties += [element("gridSpan", val=len(widths))] if len(widths) > 1 else []
    properties += [element("vMerge", val=merge)] if merge else []
    properties.append(element("vAlign", val="center"))
    kept = [element("keepNext")] if keep_next else []
    return element("tc", element("tcPr", *properties), paragraph(style, lines(texts), *kept, element("jc", val=align)))


def _row(cells: Iterable["BaseOxmlElement"], *properties: "BaseOxmlElement") -> "BaseOxmlElement":
    return element("tr", element("trPr", element("cantSplit"), *properties), *cells)
