"""Tables as a page shows them: what stands across, what stands over several rows, which cells are badges or bars."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, groupby, repeat
from typing import Final, NamedTuple

from zhenggai.document import Cell, Column, Table, TableForm
from zhenggai.document.drawing import Scale

WIDE: Final = 10  # columns above which a table may need to be scrolled in any window, and to lie on its side on paper
_BROAD: Final = 6  # columns above which it may need to be scrolled in a narrow window
_TALL: Final = 20  # rows above which the heads of a wide one stay in sight
_LONG: Final = 20  # characters above which a cell is broken, whatever its column says


def width_of(table: Table) -> int:
    """How many columns a page shows."""
    return sum(not column.paper for column in table.columns)


def region_of(table: Table) -> str:
    """The classes of the region in which a table is scrolled; "" for one that needs none."""
    width = width_of(table)
    if width <= _BROAD and table.form is not TableForm.GRID:
        return ""
    is_wide = width > WIDE
    names = {"broad": True, "wide": is_wide, "tall": is_wide and len(table.rows) > _TALL}
    return _joined(names)


class ShownHead(NamedTuple):
    """A head: its word, the classes of its element, its axis if it has one, over how many columns and rows it stands."""

    word: str
    classes: str = ""
    scale: Scale | None = None
    columns: int = 1
    rows: int = 1


class ShownCell(NamedTuple):
    """A cell with its column, the classes of its element, whether its words are a badge, and over how many rows it stands."""

    cell: Cell
    column: Column
    classes: str
    badge: bool
    rows: int = 1


class ShownRow(NamedTuple):
    """A row: its cells, or the text of a heading that stands across; ``places`` are those of the choices that it belongs to."""

    cells: Sequence[ShownCell]
    heading: str
    places: Sequence[int]


class ShownTable(NamedTuple):
    """A table as it is shown: without the columns for paper, and those whose cells stand across as headings.

    ``width`` is how many columns there are. There is a second row of heads where columns stand under a common one.
    """

    width: int
    heads: Sequence[Sequence[ShownHead]]
    rows: Sequence[ShownRow]
    footer: Sequence[ShownCell]


def shown_table(table: Table, places: Mapping[str, int]) -> ShownTable:
    """A table with what its merged cells say once: across as headings, or each over its rows where no rows can be picked.

    ``places`` has the number of each choice by its key.
    """
    across = [n for n, column in enumerate(table.columns) if column.merged and table.form is TableForm.GROUPS]
    shown = [n for n, column in enumerate(table.columns) if not column.paper and n not in across] or across
    title = None if table.columns[shown[0]].wrap else next((n for n in shown if table.columns[n].wrap), None)
    lanes = {n for cells in table.rows for n, cell in enumerate(cells) if cell.lane}

    def head(n: int) -> ShownHead:
        column = table.columns[n]
        return ShownHead(column.head, _classes(column, column.wrap, n == title, n in lanes), column.scale)

    def cells_of(cells: Sequence[Cell], spans: Sequence[int]) -> list[ShownCell]:
        return [_shown_cell(cells[n], table.columns[n], n == title, spans[n]) for n in shown if spans[n]]

    heads = _head_rows([(head(n), table.columns[n].group) for n in shown])
    footer = cells_of(table.footer, _once(table)) if table.footer else ()
    return ShownTable(len(shown), heads, _rows(table, across, cells_of, places), footer)


def _rows(
    table: Table,
    across: Sequence[int],
    cells_of: Callable[[Sequence[Cell], Sequence[int]], Sequence[ShownCell]],
    places: Mapping[str, int],
) -> list[ShownRow]:
    """The rows, below headings where cells ``across`` say something else than before; a heading's choices are those of all below it."""
    spans = _spans(table) if not table.keys and table.form is TableForm.LIST else repeat(_once(table))
    rows: list[ShownRow] = []
    heading, under = "", list[int]()
    for cells, keys, over in zip(table.rows, chain(table.keys, repeat(())), spans, strict=False):
        above = "　".join(cells[n].text for n in across)
        if (between := _heading_between(cells)) and not keys:
            rows.append(ShownRow((), between, under := []))
            continue
        if above != heading:
            heading = above
            rows.append(ShownRow((), heading, under := []))
        own = [places[key] for key in keys if key in places]
        under += own
        rows.append(ShownRow(cells_of(cells, over), "", own))
    return rows


def _once(table: Table) -> list[int]:
    """Over how many rows the cells of a row stand where none are merged."""
    return [1] * len(table.columns)


def _head_rows(heads: Sequence[tuple[ShownHead, str]]) -> list[list[ShownHead]]:
    """The heads, each with its group, in rows: neighbours of one group stand below its word, the others over both rows."""
    if not any(group for _, group in heads):
        return [[head for head, _ in heads]]
    upper, lower = list[ShownHead](), list[ShownHead]()
    for group, members in groupby(heads, lambda item: item[1]):
        of_group = [head for head, _ in members]
        if group:
            upper.append(ShownHead(group, columns=len(of_group)))
            lower += of_group
        else:
            upper += [head._replace(rows=2) for head in of_group]
    return [upper, lower]


def _heading_between(cells: Sequence[Cell]) -> str:
    """The text of a row that ``Table.under`` has made; "" of any other."""
    said = [cell.text for cell in cells if cell.text]
    return said[0] if len(said) == 1 and not cells[0].text else ""


def _spans(table: Table) -> Iterator[list[int]]:
    """For each row over how many rows each of its cells stands; 0 for one that the cell above stands over too."""
    below = _once(table)
    found = []
    for again in reversed(list(table.continued())):
        found.append([0 if n in again else rows for n, rows in enumerate(below)])
        below = [rows + 1 if n in again else 1 for n, rows in enumerate(below)]
    yield from reversed(found)


def _shown_cell(cell: Cell, column: Column, is_title: bool, rows: int) -> ShownCell:
    badge = bool(cell.tone) and cell.text.startswith(cell.tone)
    is_free = column.wrap or len(cell.text) > _LONG
    return ShownCell(cell, column, _classes(column, is_free, is_title, cell.lane is not None), badge, rows)


def _classes(column: Column, is_free: bool, is_title: bool, has_lane: bool) -> str:
    """Numbers, free text, the free text that names the row, bars, bars on a scale."""
    return _joined({"n": column.numeric, "w": is_free, "t": is_title, "l": has_lane, "s": column.scale is not None})


def _joined(names: Mapping[str, bool]) -> str:
    return " ".join(name for name, is_so in names.items() if is_so)
