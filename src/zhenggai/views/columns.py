"""What a report gives, one row a value: its key in JSON, its head in CSV and tables, what its schema says of it.

A report holds the keys of its JSON as ``Keys`` and the columns of its tables as ``ReportColumns``. A key without a row is
not given, so that JSON and the published schema (``views.answer_schema``) cannot differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import Any, Generic, Literal, NamedTuple, TypeVar, get_args

from zhenggai.document import Cell, Column, Fill, Table, Tone, row
from zhenggai.document.drawing import Scale
from zhenggai.frozen import frozen, types_of
from zhenggai.model.labels import LABELS, label_of
from zhenggai.model.terms import Terms
from zhenggai.model.wording import percent

T = TypeVar("T")
W = TypeVar("W")


class Key(NamedTuple, Generic[T]):
    """A key of a JSON object that is made from an item of one type.

    - ``key``: its name in JSON, and by default the item's attribute.
    - ``get``: the value of an item: a function with an annotation, or ``attrgetter``.
    - ``gives``: what the value is, a type, a ``Keys``, ``ObjectOf`` or ``ListOf``, where no annotation says it.
    - ``head``: the Chinese name, by default the label of the key.
    - ``optional``: the key is left out where the value is None.
    """

    key: str
    get: Callable[[T], object] | None = None
    gives: object = None
    head: str = ""
    optional: bool = False

    @property
    def title(self) -> str:
        """The Chinese name, "" if there is none."""
        return self.head or LABELS.get(self.key, "")

    def value(self, item: T) -> object:
        """The value of an item."""
        return getattr(item, self.key) if self.get is None else self.get(item)


class ReportColumn(NamedTuple, Generic[T]):
    """A column of a report about items of one type.

    - ``key``, ``get``, ``gives``, ``head``: as of ``Key``; the value is a number or date or text, for JSON and CSV.
    - ``cell``: what a table shows of an item, if that is not just the value.
    - ``numeric``, ``keep``, ``wrap``, ``weight``, ``group``, ``limit``, ``part``, ``merged``, ``paper``, ``fill``, ``scale``:
      the layout in a table, as of ``document.Column``.
    - ``names_part``: its cells name a part of the plan (措施, 继承问题), in the words of the plan's type.
    - ``of_problem``: it says something of a problem, so that its cells are merged where a problem's are to be.
    - ``in_data``, ``in_table``: whether JSON and CSV, and whether tables have it.
    - ``if_any``, ``unless_blank``: a table in which it would show nothing but zeros or blanks, or only blanks, does without it.
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
    part: bool = False
    merged: bool = False
    paper: bool = False
    names_part: bool = False
    of_problem: bool = False
    fill: Fill | None = None
    scale: Scale | None = None
    in_data: bool = True
    in_table: bool = True
    if_any: bool = False
    unless_blank: bool = False
    gives: object = None

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
            part=self.part,
            merged=self.merged,
            paper=self.paper,
            fill=self.fill,
            scale=self.scale,
        )

    def called(self, terms: Terms) -> "ReportColumn[T]":
        """The column as a plan's type calls it; what is to be filled in is called the same everywhere."""
        if self.fill:
            return self
        named = self._replace(head=terms.head(self.head or label_of(self.key)))
        return named._replace(cell=lambda item: terms.part(str(self.shown(item)))) if self.names_part else named

    def merging(self, wanted: bool) -> "ReportColumn[T]":
        """The column; if that is wanted, with the cells of a problem as one."""
        return self._replace(merged=self.merged or (wanted and self.of_problem))

    @property
    def in_json(self) -> Key[T]:
        """The column as a key of JSON."""
        return Key(self.key, self.get, self.gives, self.head)

    def shown(self, item: T) -> object:
        """The value or cell in a table."""
        return self.in_json.value(item) if self.cell is None else self.cell(item)


class Keys(Generic[T]):
    """The keys of a JSON object, in order. They are made as ``Keys[T](…)``, which says the type of the items.

    A report has its own as a class attribute: ``keys = Keys["Status"](…)`` in the class ``Status``.
    """

    def __init__(self, *keys: Key[T]) -> None:
        self.keys = keys
        self._report: type | None = None

    def __set_name__(self, report: type, _name: str) -> None:
        if getattr(self._written, "__forward_arg__", "") == report.__name__:
            self._report = report

    @property
    def item(self) -> Any:
        """The type of the items."""
        return self._report or self._written

    @property
    def _written(self) -> Any:
        """What stands in ``Keys[…]``; for a report's own keys only the name, as the class is not made yet."""
        return get_args(vars(self)["__orig_class__"])[0]

    def record(self, item: T) -> dict[str, object]:
        """An item in JSON, or as a row of CSV: key → value."""
        values = ((key, key.value(item)) for key in self.keys)
        return {key.key: value for key, value in values if not (key.optional and value is None)}

    def records(self, items: Iterable[T]) -> list[dict[str, object]]:
        """Items in JSON, or as rows of CSV."""
        return [self.record(item) for item in items]

    def through(self, part: Callable[[W], T]) -> Iterator[Key[W]]:
        """The same keys for items that have such an item as a part."""
        for key in self.keys:
            get: Callable[[W], object] = Through(self, key, part)
            yield Key(key.key, get, head=key.head, optional=key.optional)


@frozen
class Through(Generic[W, T]):
    """Gets the value of a key from items that have the key's item as a part."""

    keys: Keys[T]
    key: Key[T]
    part: Callable[[W], T]

    def __call__(self, whole: W) -> object:
        """The value."""
        return self.key.value(self.part(whole))


@frozen
class ListOf:
    """What a key gives whose value is a list of objects; a function makes their keys where only the schema asks for them."""

    keys: Keys[Any] | Callable[[], Keys[Any]]


@frozen
class ObjectOf:
    """What a key gives whose value is an object; a function makes its keys where only the schema asks for them."""

    keys: Callable[[], Keys[Any]]


class ReportColumns(Keys[T]):
    """The columns of a table, in order; ``record`` gives an item in JSON or as a row of CSV."""

    def __init__(self, *columns: ReportColumn[T]) -> None:
        super().__init__(*(column.in_json for column in columns if column.in_data))
        self.columns = columns
        self._table = tuple(column for column in columns if column.in_table)
        self.heads: Mapping[str, str] = {key.key: key.head or label_of(key.key) for key in self.keys}
        """Key → head, as CSV has them."""

    def table(
        self,
        items: Iterable[T],
        title: str = "",
        footer: T | None = None,
        *,
        landscape: bool = False,
        merged: bool = False,
    ) -> Table:
        """Items as a table; ``footer`` is the item of the sums' row, ``merged`` whether the cells of a problem are to be one."""
        rows = [self._cells(item) for item in items]
        last = () if footer is None else self._cells(footer)
        shown = [
            n
            for n, column in enumerate(self._table)
            if _is_shown(column, [r[n] for r in (*rows, *([last] if last else []))])
        ]
        return Table(
            tuple(self._table[n].merging(merged).layout for n in shown),
            tuple(tuple(cells[n] for n in shown) for cells in rows),
            title,
            tuple(last[n] for n in shown if last),
            landscape,
            merged,
        )

    def arranged(self, *keys: str, **heads: str) -> "ReportColumns[T]":
        """The columns of these keys, in this order, for a table; some under another head."""
        return ReportColumns(*(self[key]._replace(head=heads.get(key, self[key].head)) for key in keys))

    def called(self, terms: Terms) -> "ReportColumns[T]":
        """The columns as a plan's type calls them, for tables and CSV; the keys of JSON stay."""
        return ReportColumns(*(column.called(terms) for column in self.columns)) if terms.heads else self

    def __getitem__(self, key: str) -> ReportColumn[T]:
        """The column of a key."""
        return {column.key: column for column in self.columns}[key]

    def of(self, part: Callable[[W], T]) -> Iterator[ReportColumn[W]]:
        """The same columns for items that have such an item as a part."""

        def taken(column: ReportColumn[Any]) -> ReportColumn[W]:  # the rest, such as the layout, stays as it is
            get: Callable[[W], object] = Through(self, column.in_json, part)
            return column._replace(get=get, cell=lambda whole: column.shown(part(whole)))

        return map(taken, self.columns)

    def _cells(self, item: T) -> tuple[Cell, ...]:
        return row(*(column.shown(item) for column in self._table))


def _is_shown(column: ReportColumn[Any], cells: Sequence[Cell]) -> bool:
    """Whether a table has a column that would have these cells."""
    if column.if_any:
        return any(cell.text not in ("", "0") for cell in cells)
    return not column.unless_blank or any(cell.text for cell in cells)


def list_of(key: str, keys: Keys[W], get: Callable[[T], Iterable[W]] | None = None, head: str = "") -> Key[T]:
    """The key of a list of items, which ``keys`` makes objects; by default the items of that attribute."""
    of: Callable[[T], Iterable[W]] = attrgetter(key) if get is None else get
    return Key(key, lambda item: keys.records(of(item)), ListOf(keys), head)


def object_of(key: str, keys: Keys[W], get: Callable[[T], W]) -> Key[T]:
    """The key of one object, which ``keys`` makes."""
    return Key(key, lambda item: keys.record(get(item)), keys)


def tally(states: type[Enum], state_of: Callable[[Any], object]) -> Keys[Sequence[Any]]:
    """How many of some items are in each state, under the English names of the states."""

    def number(state: Enum) -> Callable[[Sequence[Any]], object]:
        return lambda items: sum(state_of(item) is state for item in items)

    return Keys[Sequence[Any]](*(Key(state.name.lower(), number(state), int, state.value) for state in states))


def fields_of(cls: type[T], **heads: str) -> Keys[T]:
    """The fields of a frozen class as keys, some with a Chinese name other than the label."""
    keys = (Key[T](name, head=heads.get(name, "")) for name in types_of(cls))
    return Keys[cls](*keys)  # type: ignore[valid-type]  # it names the class for the schema


def warned(number: int) -> Cell:
    """A number that is red unless it is 0."""
    return Cell(str(number), Tone.RED if number else Tone.PLAIN, value=number)


def rate_cell(rate: float | None) -> Cell:
    """A rate in per cent with two decimals; — if it is None.

    >>> rate_cell(26.0).text, rate_cell(26.0).value, rate_cell(None).text
    ('26.00%', 0.26, '—')
    """
    return Cell(percent(rate), value=None if rate is None else round(rate / 100, 8))


SCHEMA_VERSION = 1
VERSION = Key[Any]("schema_version", lambda _: SCHEMA_VERSION, Literal[1])
PLAN = Key[Any]("plan", attrgetter("snapshot.plan.number"), str)
AS_OF = Key[Any]("as_of", attrgetter("snapshot.as_of"), date)
"""With these three begins the JSON of a report about a snapshot."""
