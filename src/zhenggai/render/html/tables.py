"""Tables as a page shows them: what stands across, what stands over several rows, which cells are badges or bars."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Final, NamedTuple

from zhenggai.document import Cell, Column, Table, TableForm

_LONG: Final = 20  # characters above which a cell is broken, whatever its column says


def width_of(table: Table) -> int:
    """How many columns a page shows."""
    return sum(not column.paper for column in table.columns)


class _ShownCell(NamedTuple):
    """A cell with its column, the classes of its element, whether its words are a badge, and over how many rows it stands."""

    cell: Cell
    column: Column
    classes: str
    badge: bool
    rows: int = 1


class _Row(NamedTuple):
    """A row: its cells, or the text of a heading that stands across; ``places`` are those of the choices that it belongs to."""

    cells: Sequence[_ShownCell]
    heading: str
    places: Sequence[int]


class Grid(NamedTuple):
    """A table as it is shown: without the columns for paper, and those whose cells stand across as headings."""

    heads: Sequence[tuple[Column, str]]
    rows: Sequence[_Row]
    footer: Sequence[_ShownCell]


def grid_of(table: Table, places: Mapping[str, int]) -> Grid:
    """A table with what its merged cells say once: across as headings, or each over its rows where no rows can be picked."""
    across = [n for n, column in enumerate(table.columns) if column.merged and table.form is TableForm.GROUPS]
    shown = [n for n, column in enumerate(table.columns) if not column.paper and n not in across] or across
    title = None if table.columns[shown[0]].wrap else next((n for n in shown if table.columns[n].wrap), None)
    spans = list(_spans(table)) if not table.keys and table.form is TableForm.LIST else []

    def cells(of: Sequence[Cell], over: Sequence[int] = ()) -> list[_ShownCell]:
        made = [_shown_cell(of[n], table.columns[n], n == title)._replace(rows=over[n] if over else 1) for n in shown]
        return [cell for cell in made if cell.rows]

    rows: list[_Row] = []
    heading, of_heading = "", list[int]()
    for nth, (row, keys) in enumerate(zip(table.rows, chain(table.keys, repeat(())), strict=False)):
        own = [places[key] for key in keys if key in places]
        said = [cell.text for cell in row if cell.text]
        above = "　".join(row[n].text for n in across)
        if len(said) == 1 and not row[0].text and not keys:  # made by Table.under
            rows.append(_Row((), said[0], of_heading := []))
            continue
        if above != heading:
            heading = above
            rows.append(_Row((), heading, of_heading := []))
        of_heading += own
        rows.append(_Row(cells(row, spans[nth] if spans else ()), "", own))
    lanes = {n for row in table.rows for n, cell in enumerate(row) if cell.lane}
    heads = [
        (table.columns[n], _classes(table.columns[n], table.columns[n].wrap, n == title, n in lanes)) for n in shown
    ]
    return Grid(heads, rows, cells(table.footer) if table.footer else ())


def _spans(table: Table) -> Iterator[list[int]]:
    """For each row over how many rows each of its cells stands; 0 for one that the cell above stands over too."""
    below = [1] * len(table.columns)
    found = []
    for again in reversed(list(table.continued())):
        found.append([0 if n in again else rows for n, rows in enumerate(below)])
        below = [rows + 1 if n in again else 1 for n, rows in enumerate(below)]
    yield from reversed(found)


def _shown_cell(cell: Cell, column: Column, is_title: bool) -> _ShownCell:
    badge = bool(cell.tone) and cell.text.startswith(cell.tone)
    is_free = column.wrap or len(cell.text) > _LONG
    return _ShownCell(cell, column, _classes(column, is_free, is_title, cell.lane is not None), badge)


def _classes(column: Column, is_free: bool, is_title: bool, has_lane: bool) -> str:
    """Numbers, free text, the free text that names the row, bars, bars on a scale."""
    names = {"n": column.numeric, "w": is_free, "t": is_title, "l": has_lane, "s": column.scale is not None}
    return " ".join(name for name, is_so in names.items() if is_so)
