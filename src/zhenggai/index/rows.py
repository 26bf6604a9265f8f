"""How the tasks of each unit stand, as it is kept: rows for lists at once, heads and altered entries when somebody asks.

A unit's rows stand under a key that names its tasks, all that is said to it, and the day: "later" for every day that none of
its events is later than, as long as the plan knows the same tasks.
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
    """Rows as columns by the names of their fields, without those in which all is as it is most often; in a column of no
    plain values null is what it is most often.
    """
    found: dict[str, Plain] = {}
    for name, reader, usual in _FIELDS:
        values = [getattr(row, name) for row in rows]
        if name not in TaskRow._field_defaults or any(value != usual for value in values):
            found[name] = [None if value == usual and reader is not same else to_plain(value) for value in values]
    return found


def rows_from(columns: Plain) -> Iterator[TaskRow]:
    """Rows."""
    if not columns["sort"]:
        return iter(())
    found = [
        _column(columns[name], reader, usual) if name in columns else repeat(usual) for name, reader, usual in _FIELDS
    ]
    return map(TaskRow._make, zip(*found, strict=False))


def _column(plain: Sequence[Plain], reader: Reader, usual: object) -> Iterable[object]:
    return plain if reader is same else [usual if value is None else reader(value) for value in plain]


class Roll(NamedTuple):
    """The tasks of a unit: the digest of what they are, their places among all; those of the tasks that were given up."""

    digest: str = ""
    places: Sequence[int] = ()
    gone: Sequence[int] = ()


def rolls_key(catalogue: Catalogue, as_of: date) -> str:
    """The key of the rolls of a day."""
    return key_of(program_key(), "rolls", catalogue.books.meaning, str(catalogue.books.span(as_of)))


def kept_rolls(catalogue: Catalogue, as_of: date) -> dict[str, Roll] | None:
    """The rolls of all units, if they are kept."""
    kept = catalogue.store.get(rolls_key(catalogue, as_of))
    return None if kept is None else {unit: Roll(*roll) for unit, roll in value_in(kept).items()}


class UnitRows(NamedTuple):
    """How the tasks of a unit stand. ``latest`` is the last day of its entries known on the day of the rows.

    The tasks in force are in columns: measures, problems, rows (as columns of their own); ``holders`` names those of the few
    that another unit carries, by their number. ``gone`` are those given up, in the same way, with the day since.
    ``problems`` are those of entries, by measure.
    """

    latest: int = 0
    measures: Sequence[str] = ()
    problems: Sequence[int] = ()
    rows: Plain = {"sort": []}  # noqa: RUF012  # nobody changes it
    holders: Sequence[tuple[int, str]] = ()
    gone_measures: Sequence[str] = ()
    gone_problems: Sequence[int] = ()
    gone_rows: Plain = {"sort": []}  # noqa: RUF012  # as above
    gone_since: Sequence[int] = ()
    diagnostics: Mapping[str, Plain] = {}

    def line(self) -> bytes:
        """The rows as a line, without what is as it is most often."""
        usual = UnitRows._field_defaults
        return line_of({name: value for name, value in self._asdict().items() if value != usual[name]})


class Made(NamedTuple):
    """What is made of a unit: its rows; of each task, those given up last, the TaskState (plain), and the entries that do not stand
    as they were recorded: by number the event as it was corrected (plain), or None where it took no part.
    """

    rows: UnitRows
    heads: Plain
    altered: Plain


LATER = "later"


class Rows:
    """The rows of all units as of a day. What is not kept is ``lacking``."""

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
        """All units."""
        return list(self._keys)

    def take_kept(self) -> list[str]:
        """Take what is kept; the units whose rows are not."""
        kept = self.catalogue.store.get_all(list(self._keys.values()))
        having = [unit for unit, key in self._keys.items() if key in kept]
        plain = values_in(kept[self._keys[unit]] for unit in having)
        self.units |= {unit: UnitRows(**values) for unit, values in zip(having, plain, strict=True)}
        return [unit for unit in self._keys if unit not in self.units]

    def take_made(self, made: Mapping[str, Made], *, keep: bool) -> None:
        """Take what has just been made, and keep it."""
        self.made |= made
        self.units |= {unit: of.rows for unit, of in made.items()}
        store = self.catalogue.store
        for unit, (rows, heads, altered) in made.items() if keep else ():
            key = self._keys[unit]
            store.put(key, rows.line())
            store.put(f"{key}.heads", line_of(heads))
            store.put(f"{key}.altered", line_of(altered))

    def part(self, unit: str, nth: int, part: Literal["heads", "altered"], make: Callable[[str], Made]) -> Plain:
        """The TaskState of a task, or its altered entries; what is not kept of the unit is made."""
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


_SINGLY = 16  # units: whoever asks for so many will ask for more
