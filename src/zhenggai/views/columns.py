"""Columns of a report's table: one row each gives the key of JSON, the head of CSV and tables, and the values.

A report holds its columns as ``ReportColumns`` and takes ``heads``, its JSON and CSV rows and its table from them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from zhenggai.document import Cell, Column, Table, Tone, row
from zhenggai.model.labels import label_of

T = TypeVar("T")
W = TypeVar("W")


class ReportColumn(NamedTuple, Generic[T]):
    """A column of a report about items of one type.

    - ``key``: its name in JSON, and by default the item's attribute.
    - ``get``: the value of an item, a number or date or text, for JSON and CSV.
    - ``head``: the Chinese head, by default the label of the key.
    - ``cell``: what a table shows of an item, if that is not just the value.
    - ``numeric``, ``keep``, ``wrap``, ``weight``, ``group``, ``limit``: the layout in a table, as of ``document.Column``.
    - ``in_data``, ``in_table``: whether JSON and CSV, and whether tables have it.
    - ``if_any``: a table in which it would show nothing but zeros or blanks does without it.
    """

    key: str
    get: Callable[[T], object] | None = None
    head: str = ""
    cell: Callable[[T], object] | None = None
    numeric: bool = False
    keep: int = 0
    wrap: bool = False
    weight: int = 1
    group: str = ""
    limit: int | None = None
    in_data: bool = True
    in_table: bool = True
    if_any: bool = False

    @property
    def layout(self) -> Column:
        """The column in a table."""
        return Column(
            self.head or label_of(self.key),
            numeric=self.numeric,
            keep=self.keep,
            wrap=self.wrap,
            weight=self.weight,
            group=self.group,
            limit=self.limit,
        )

    def value(self, item: T) -> object:
        """The value in JSON and CSV."""
        return getattr(item, self.key) if self.get is None else self.get(item)

    def shown(self, item: T) -> object:
        """The value or cell in a table."""
        return self.value(item) if self.cell is None else self.cell(item)

    def of(self, part: Callable[[W], T]) -> "ReportColumn[W]":
        """The same column for items that have such an item as a part."""
        column: ReportColumn[Any] = self  # the rest, such as the layout, is the same for items of any type
        return column._replace(get=lambda whole: self.value(part(whole)), cell=lambda whole: self.shown(part(whole)))


class ReportColumns(Generic[T]):
    """The columns of a table, in order."""

    def __init__(self, *columns: ReportColumn[T]) -> None:
        self.columns = columns
        self._data = tuple(column for column in columns if column.in_data)
        self._table = tuple(column for column in columns if column.in_table)
        self.heads: Mapping[str, str] = {column.key: column.layout.head for column in self._data}
        """Key → head, as CSV has them."""

    def record(self, item: T) -> dict[str, object]:
        """An item in JSON, or as a row of CSV: key → value."""
        return {column.key: column.value(item) for column in self._data}

    def records(self, items: Iterable[T]) -> list[dict[str, object]]:
        """Items in JSON, or as rows of CSV."""
        return [self.record(item) for item in items]

    def table(self, items: Iterable[T], title: str = "", footer: T | None = None, *, landscape: bool = False) -> Table:
        """Items as a table; ``footer`` is the item of the sums' row."""
        rows = [self._cells(item) for item in items]
        last = () if footer is None else self._cells(footer)
        shown = [
            n
            for n, column in enumerate(self._table)
            if not column.if_any or any(_says(r[n]) for r in (*rows, *([last] if last else [])))
        ]
        return Table(
            tuple(self._table[n].layout for n in shown),
            tuple(tuple(cells[n] for n in shown) for cells in rows),
            title,
            tuple(last[n] for n in shown if last),
            landscape,
        )

    def arranged(self, *keys: str, **heads: str) -> "ReportColumns[T]":
        """The columns of these keys, in this order, for a table; some under another head."""
        named = {column.key: column for column in self.columns}
        return ReportColumns(*(named[key]._replace(head=heads.get(key, named[key].head)) for key in keys))

    def of(self, part: Callable[[W], T]) -> Iterator[ReportColumn[W]]:
        """The same columns for items that have such an item as a part."""
        return (column.of(part) for column in self.columns)

    def _cells(self, item: T) -> tuple[Cell, ...]:
        return row(*(column.shown(item) for column in self._table))


def _says(cell: Cell) -> bool:
    return cell.text not in ("", "0")


def warned(number: int) -> Cell:
    """A number that is red unless it is 0."""
    return Cell(str(number), Tone.RED if number else Tone.PLAIN)
