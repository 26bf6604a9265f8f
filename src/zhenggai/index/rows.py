"""The kept rows of each unit. Lists read the rows at once; TaskStates (heads) and altered entries are read when needed.

The key of a unit's rows names its tasks, its shares and the day. If no event of the unit is later than the day, the key has
"later" in place of the day: the rows are then the same on every later day, as long as the tasks are the same.
"""

from __future__ import annotations

from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, Literal, NamedTuple

from zhenggai.index.codec import Plain, Reader, line_of, reader_of, same, to_plain, value_in, values_in
from zhenggai.index.keys import key_of, program_key
from zhenggai.rules.task.task_row import TaskRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zhenggai.index.catalogue import Catalogue

_FIELDS = tuple(
    (name, reader_of(hint), TaskRow._field_defaults.get(name)) for name, hint in TaskRow.__annotations__.items()
)


def columns_of(rows: Sequence[TaskRow]) -> Plain:
    """Rows as columns: name of a field → its values, in order of the rows.

    A column is left out if all its values are the default of the field. In a column whose values are not plain JSON, null
    means the default.
    """
    found: dict[str, Plain] = {}
    for name, reader, usual in _FIELDS:
        values = [getattr(row, name) for row in rows]
        if name not in TaskRow._field_defaults or any(value != usual for value in values):
            found[name] = [None if value == usual and reader is not same else to_plain(value) for value in values]
    return found


def rows_from(columns: Plain) -> Iterator[TaskRow]:
    """The rows of ``columns_of``."""
    if not columns["sort"]:
        return iter(())
    found = [
        _column(columns[name], reader, usual) if name in columns else repeat(usual) for name, reader, usual in _FIELDS
    ]
    return map(TaskRow._make, zip(*found, strict=False))


def _column(plain: Sequence[Plain], reader: Reader, usual: object) -> Iterable[object]:
    return plain if reader is same else [usual if value is None else reader(value) for value in plain]


class Roll(NamedTuple):
    """The list of a unit's tasks.

    - ``digest``: the digest of the tasks (``task_codec.tasks_digest``);
    - ``places``: the positions of its tasks among all tasks in force; ``gone``: the same for tasks given up.
    """

    digest: str = ""
    places: Sequence[int] = ()
    gone: Sequence[int] = ()


def rolls_key(catalogue: Catalogue, as_of: date) -> str:
    """The key of the rolls as of a day."""
    return key_of(program_key(), "rolls", catalogue.books.meaning, str(catalogue.books.span(as_of)))


def kept_rolls(catalogue: Catalogue, as_of: date) -> dict[str, Roll] | None:
    """The rolls of all units; None if they are not kept."""
    kept = catalogue.store.get(rolls_key(catalogue, as_of))
    return None if kept is None else {unit: Roll(*roll) for unit, roll in value_in(kept).items()}


class UnitRows(NamedTuple):
    """The rows of a unit as of a day, in columns.

    - ``latest``: the last day of its known entries, as an ordinal; 0 without entries;
    - ``measures``, ``problems``, ``rows``: of each task in force the number of its measure, the number of its problem, its
      row (``columns_of``);
    - ``gone_measures``, ``gone_problems``, ``gone_rows``: the same of each task given up; ``gone_since``: the first day on
      which it no longer held, as an ordinal;
    - ``holders``: pairs (position, holder) of the tasks that another unit carries. Positions count the tasks in force, then
      the tasks given up;
    - ``diagnostics``: number of the measure → diagnostics of its entries (plain).
    """

    latest: int = 0
    measures: Sequence[str] = ()
    problems: Sequence[int] = ()
    rows: Plain = {"sort": []}  # noqa: RUF012  # never changed in place
    holders: Sequence[tuple[int, str]] = ()
    gone_measures: Sequence[str] = ()
    gone_problems: Sequence[int] = ()
    gone_rows: Plain = {"sort": []}  # noqa: RUF012  # as above
    gone_since: Sequence[int] = ()
    diagnostics: Mapping[str, Plain] = {}

    def line(self) -> bytes:
        """The rows as a line, without fields that have their default."""
        usual = UnitRows._field_defaults
        return line_of({name: value for name, value in self._asdict().items() if value != usual[name]})


class Made(NamedTuple):
    """The result of folding the tasks of a unit. Lists have the tasks in force first, then the tasks given up.

    - ``rows``: the rows of the unit;
    - ``heads``: the TaskState of each task (plain);
    - ``altered``: for each task the entries that were corrected or not accepted: number of the entry → [path, corrected
      event] (plain), or None if the entry was not accepted.
    """

    rows: UnitRows
    heads: Plain
    altered: Plain


LATER = "later"


class Rows:
    """The rows of all units as of a day.

    - ``units``: unit → its rows, as far as read or made;
    - ``made``: unit → all values made in this process.
    """

    def __init__(self, catalogue: Catalogue, rolls: Mapping[str, Roll], as_of: date, known_by: date = date.max) -> None:
        self.catalogue, self.rolls, self.as_of, self.known_by = catalogue, rolls, as_of, known_by
        self.units: dict[str, UnitRows] = {}
        self.made: dict[str, Made] = {}
        self._keys = {unit: self._key(unit) for unit in {**catalogue.said, **rolls}}
        self._parts: dict[tuple[str, str], Plain] = {}
        self._singly = 0

    def _key(self, unit: str) -> str:
        said = self.catalogue.said.get(unit)
        day = self.as_of.toordinal()
        horizon = LATER if said is None or said.last <= day else str(day)
        roll = self.rolls.get(unit)
        names = (self.catalogue.books.names, unit, roll.digest if roll else "", said.digest if said else "", horizon)
        return key_of(program_key(), "rows", *names)

    @property
    def all(self) -> list[str]:
        """The names of all units."""
        return list(self._keys)

    def take_kept(self) -> list[str]:
        """Read all kept rows; returns the units whose rows are not kept."""
        kept = self.catalogue.store.get_all(list(self._keys.values()))
        having = [unit for unit, key in self._keys.items() if key in kept]
        plain = values_in(kept[self._keys[unit]] for unit in having)
        self.units |= {unit: UnitRows(**values) for unit, values in zip(having, plain, strict=True)}
        return [unit for unit in self._keys if unit not in self.units]

    def take_made(self, made: Mapping[str, Made], *, keep: bool) -> None:
        """Add newly made values, and with ``keep`` put them into the store."""
        self.made |= made
        self.units |= {unit: of.rows for unit, of in made.items()}
        store = self.catalogue.store
        for unit, (rows, heads, altered) in made.items() if keep else ():
            key = self._keys[unit]
            store.put(key, rows.line())
            store.put(f"{key}.heads", line_of(heads))
            store.put(f"{key}.altered", line_of(altered))

    def part(self, unit: str, nth: int, part: Literal["heads", "altered"], make: Callable[[str], Made]) -> Plain:
        """The TaskState ("heads") or the altered entries ("altered") of the ``nth`` task of a unit, plain.

        If the value is not kept, ``make`` makes all values of the unit.
        """
        if unit not in self.made and (unit, part) not in self._parts:
            self._singly += 1
            self._take_parts([unit] if self._singly < _SINGLY else list(self._keys), part)
            if (unit, part) not in self._parts:
                self.take_made({unit: make(unit)}, keep=True)
        return (getattr(self.made[unit], part) if unit in self.made else self._parts[unit, part])[nth]

    def _take_parts(self, units: Iterable[str], part: str) -> None:
        keys = {unit: f"{self._keys[unit]}.{part}" for unit in units if (unit, part) not in self._parts}
        kept = self.catalogue.store.get_all(list(keys.values()))
        self._parts |= {(unit, part): value_in(kept[key]) for unit, key in keys.items() if key in kept}


_SINGLY = 16  # queries for one unit; after that, the parts of all units are read at once
