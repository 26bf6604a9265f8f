"""Columns of a report's table: one row each gives the key of JSON, the head of CSV and tables, and the values.

A report holds its columns as ``ReportColumns`` and takes ``heads``, its JSON and CSV rows and its table from them.
"""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Generic, TypeVar

from zhenggai.document import Cell, Column, Table, row
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of

T = TypeVar("T")


@frozen
class ReportColumn(Generic[T]):
    """A column of a report about items of one type.

    - ``key``: its name in JSON, and by default the item's attribute.
    - ``get``: the value of an item, a number or date or text, for JSON and CSV.
    - ``head``: the Chinese head, by default the label of the key.
    - ``cell``: what a table shows of an item, if that is not just the value.
    - ``numeric``, ``keep``, ``wrap``: the layout in a table, as of ``document.Column``.
    - ``in_data``, ``in_table``: whether JSON and CSV, and whether tables have it.
    """

    key: str
    get: Callable[[T], object] | None = None
    head: str = ""
    cell: Callable[[T], object] | None = None
    numeric: bool = False
    keep: int = 0
    wrap: bool = False
    in_data: bool = True
    in_table: bool = True

    @property
    def layout(self) -> Column:
        """The column in a table."""
        return Column(self.head or label_of(self.key), self.numeric, self.keep, self.wrap)

    def value(self, item: T) -> object:
        """The value in JSON and CSV."""
        return attrgetter(self.key)(item) if self.get is None else self.get(item)

    def shown(self, item: T) -> object:
        """The value or cell in a table."""
        return self.value(item) if self.cell is None else self.cell(item)


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

    def table(self, items: Iterable[T], title: str = "", footer: T | None = None) -> Table:
        """Items as a table; ``footer`` is the item of the sums' row."""
        last = () if footer is None else self._cells(footer)
        return Table(tuple(column.layout for column in self._table), tuple(map(self._cells, items)), title, last)

    def _cells(self, item: T) -> tuple[Cell, ...]:
        return row(*(column.shown(item) for column in self._table))
