"""How the tasks of a unit stand as of a day, as the index keeps it: made of the unit's events, once for each day asked for.

The sheet of ``ALWAYS`` holds for every day that no event of the unit is later than, as long as the plan knows the same tasks
(``span``); other days have sheets of their own for the units of which that is not so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from zhenggai.errors import Unusable
from zhenggai.ledger.catalogue import BESIDE, Catalogue, Filed
from zhenggai.ledger.kept import Plain, plain_cell, plain_head, plain_problems, plain_task, task_from
from zhenggai.model.events import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import is_known, recorded_on
from zhenggai.model.source import Problem
from zhenggai.rules.cell import cell_of
from zhenggai.rules.filing import WHOLE, known, misplaced
from zhenggai.rules.fold import Folded, fold
from zhenggai.rules.in_force import plan_at
from zhenggai.rules.state import behind, held_by, refused
from zhenggai.rules.task import Address, Task
from zhenggai.rules.versions import tasks_with_past, turning_days

ALWAYS = 0
_DAY = timedelta(days=1)
_KEPT = 6  # days: the last report's, three month-ends, and what somebody looks at


class Row(NamedTuple):
    """A unit on a sheet: the last day of all its events, their last recording day, the last day by the sheet's own, how many.

    ``tasks`` are in force: place among all tasks, measure, finding, the unit that carries it (None: the one it was given to),
    cell; ``gone`` were given up: the same behind the day since.
    """

    last: int
    recorded: int
    latest: int
    events: int
    tasks: Sequence[Plain] = ()
    gone: Sequence[Plain] = ()
    problems: Sequence[Plain] = ()


Sheet = tuple[Row, Plain]
"""A unit's row, and behind it of each task, those given up last: the task (None: it was another), its head, the numbers of
the entries filed under it that took no part."""


class Roll(NamedTuple):
    """The tasks of a unit, each with its place among all: those in force; those given up, with the day since."""

    tasks: Sequence[tuple[int, Task]] = ()
    gone: Sequence[tuple[date, int, Task]] = ()


def rolls_of(catalogue: Catalogue, as_of: date, known_by: date = date.max) -> dict[str, Roll]:
    """The tasks of every unit as of a day; nothing for those that have but events, ``BESIDE`` among them."""
    tasks, gone = tasks_with_past(catalogue.plan, catalogue.units, as_of, known_by)
    found: dict[str, tuple[list[tuple[int, Task]], list[tuple[date, int, Task]]]] = {
        u: ([], []) for u in catalogue.units_with_events()
    }
    for place, task in enumerate(tasks):
        found.setdefault(task.key.unit, ([], []))[0].append((place, task))
    for place, (until, task) in enumerate(gone):
        found.setdefault(task.key.unit, ([], []))[1].append((until, place, task))
    return {unit: Roll(*rolls) for unit, rolls in found.items()}


def span_of(catalogue: Catalogue, as_of: date) -> tuple[date, date]:
    """The first and the last of the days around one on which the plan knows the same tasks."""
    turns = turning_days(catalogue.plan, catalogue.units)
    since = max((day for day in turns if day <= as_of), default=date.min)
    return since, min((day for day in turns if day > as_of), default=date.max) - _DAY


def sheet_of(catalogue: Catalogue, unit: str, roll: Roll, as_of: date, known_by: date = date.max) -> Sheet:
    """The sheet of a unit as of a day."""
    filed = catalogue.events(unit)
    events = [event for found in filed.values() for event in found]
    last = max(map(itemgetter(0), events), default=date.min)
    recorded = max(map(itemgetter(1), events), default="00010101")
    if last <= as_of and known_by == date.max:
        latest = last
    else:
        latest = max((e.date for e in events if is_known(e, as_of, known_by)), default=date.min)
    folder = _Folder(catalogue, filed, as_of, known_by)
    if unit == BESIDE:
        folder.problems += plain_problems(misplaced_of(catalogue, filed, as_of, known_by))
    tasks = [[place, *folder.folded(task, as_of)] for place, task in roll.tasks]
    gone = [[until.toordinal(), place, *folder.folded(task, until - _DAY)] for until, place, task in roll.gone]
    for until, _, task in roll.gone:
        found = known(filed.get(task.key.measure, ()), as_of, known_by)
        folder.problems += plain_problems(behind(task, until, found))
    days = (last.toordinal(), recorded_on(recorded).toordinal(), latest.toordinal())
    return Row(*days, len(events), tasks, gone, folder.problems), folder.heads


class _Folder:
    """Folds the tasks of one unit; gathers what is kept behind the row."""

    def __init__(self, catalogue: Catalogue, filed: Mapping[str, Sequence[Event]], as_of: date, known_by: date) -> None:
        self.catalogue, self.filed, self.as_of, self.known_by = catalogue, filed, as_of, known_by
        self.heads: list[Plain] = []
        self.problems: list[Plain] = []

    def folded(self, task: Task, as_of: date) -> list[Plain]:
        """A task's part of the row."""
        units = self.catalogue.units
        events = self.filed.get(task.key.measure, ())
        folded = fold(task, events, as_of, self.known_by, unit_of=units.recorder)
        held = held_by(task, folded.head, units)
        left_out = _left_out(events, folded, as_of, self.known_by)
        self.heads.append([None if held.earlier else plain_task(held), plain_head(folded.head), left_out])
        if as_of == self.as_of:
            self.problems += plain_problems(map(refused, folded.refusals))
        holder = None if held.holder == task.key.unit else held.holder
        return [task.key.measure, task.finding, holder, *plain_cell(cell_of(held, folded.head))]


def _left_out(events: Sequence[Event], folded: Folded, as_of: date, known_by: date) -> list[str]:
    """The entries of a task that took no part: refused ones, and withdrawn ones."""
    if len(folded.taken) == len(events):
        return []
    taken = {event.number for event in folded.taken}
    left = (event for event in events if event.number not in taken and event.kind is not Kind.CORRECTION)
    return [event.number for event in left if is_known(event, as_of, known_by)]


def misplaced_of(catalogue: Catalogue, filed: Filed, as_of: date, known_by: date) -> Iterator[Problem]:
    """What is wrong with entries about no task, as of a day."""

    def known_event(number: str) -> Event | None:
        found = catalogue.find(number)
        return found[0] if found and is_known(found[0], as_of, known_by) else None

    return misplaced(known(filed.get(WHOLE.unit, ()), as_of, known_by), known_event)


# --- all units


class Moved(Unusable):
    """Another command has brought the index up to date since a picture was made of it: what is read now does not fit any more."""


@dataclass
class Sheets:
    """The rows of all units as of a day, and the day of the sheet that each stands on; what was just made is at hand."""

    catalogue: Catalogue
    rows: dict[str, Row]
    days: dict[str, int] = field(default_factory=dict)
    made: dict[str, Plain] = field(default_factory=dict)

    def heads(self, unit: str) -> Plain:
        """What is kept behind a unit's row; ``Moved`` where the index says something else by now."""
        if unit not in self.made:
            cells, self.made[unit] = self.catalogue.index.sheet(self.days.get(unit, ALWAYS), unit) or (None, None)
            if cells is None or Row(*cells) != self.rows[unit]:
                raise Moved
        return self.made[unit]

    def events(self, unit: str) -> Filed:
        """The events of a unit; likewise."""
        filed = self.catalogue.events(unit)
        if sum(map(len, filed.values())) != self.rows[unit].events:
            raise Moved
        return filed

    def add(self, rows: Mapping[str, Row], day: int, made: Mapping[str, Plain] | None = None) -> None:
        """Take rows of another day's sheet."""
        self.rows |= rows
        self.days |= dict.fromkeys(rows, day)
        for unit in rows:
            self.made.pop(unit, None)
        self.made |= made or {}


def sheets_on(catalogue: Catalogue, as_of: date, known_by: date = date.max) -> Sheets:
    """All units as of a day; from the index where it has them, else made and kept there."""
    if known_by != date.max:
        return made_sheets(catalogue, rolls_of(catalogue, as_of, known_by), as_of, known_by)
    day = as_of.toordinal()
    span = catalogue.index.meta("span")
    if span is None or span[1] < day:
        sheets = made_sheets(catalogue, rolls_of(catalogue, as_of), date.max)
        span = [edge.toordinal() for edge in span_of(catalogue, as_of)]
        _keep(catalogue, ALWAYS, sheets, {"span": span})
    else:
        sheets = Sheets(catalogue, _rows(catalogue, ALWAYS) if span[0] <= day else {})
    rolls = {} if sheets.rows else rolls_of(catalogue, as_of)  # of other tasks than those of the span
    wanted = [unit for unit, row in sheets.rows.items() if row.last > day] or list(rolls)
    if wanted:
        sheets.add({unit: row for unit, row in _rows(catalogue, day).items() if unit in wanted}, day)
        missing = [unit for unit in wanted if sheets.days.get(unit) != day]
        chosen = {u: rolls[u] for u in missing} if rolls else rolls_kept(catalogue, sheets, missing, as_of)
        made = made_sheets(catalogue, chosen, as_of)
        _keep(catalogue, day, made)
        sheets.add(made.rows, day, made.made)
    return sheets


def restate(catalogue: Catalogue, unit: str) -> None:
    """Make the sheet of a unit anew, while the index is being written; other days' when they are asked for."""
    index = catalogue.index
    span, kept = index.meta("span"), index.sheet(ALWAYS, unit)
    sheets = Sheets(catalogue, {unit: Row(*kept[0])} if kept else {})
    rolls = rolls_kept(catalogue, sheets, [unit], date.fromordinal(span[1])) if kept else {unit: Roll()}
    index.drop_sheets_of(unit)
    if span is not None:
        index.put_sheets(ALWAYS, {unit: sheet_of(catalogue, unit, rolls[unit], date.max)})


def _rows(catalogue: Catalogue, day: int) -> dict[str, Row]:
    return {unit: Row(*cells) for unit, cells in catalogue.index.sheets(day)}


def made_sheets(catalogue: Catalogue, rolls: Mapping[str, Roll], as_of: date, known_by: date = date.max) -> Sheets:
    """The sheets of some units, made of their events."""
    sheets = {unit: sheet_of(catalogue, unit, roll, as_of, known_by) for unit, roll in rolls.items()}
    rows = {unit: row for unit, (row, _) in sheets.items()}
    return Sheets(catalogue, rows, made={unit: heads for unit, (_, heads) in sheets.items()})


def _keep(catalogue: Catalogue, day: int, sheets: Sheets, meta: Mapping[str, Plain] | None = None) -> None:
    """Keep what was made; where the index cannot be written it serves this once."""
    index = catalogue.index
    with suppress(Unusable), index.writing():
        if day == ALWAYS:
            index.drop_sheets(ALWAYS)
        else:
            *old, _ = days = [*(kept for kept in index.meta("days") if kept != day), day]
            for forgotten in old[: 1 - _KEPT]:
                index.drop_sheets(forgotten)
            index.put_meta({"days": days[-_KEPT:]})
        index.put_meta(meta or {})
        index.put_sheets(day, {unit: (row, sheets.made[unit]) for unit, row in sheets.rows.items()})


def others(catalogue: Catalogue, unit: str, row: Row, heads: Plain, as_of: date, known_by: date = date.max) -> Roll:
    """The tasks of a unit that were another, and those that were given up, made of the plan again; their places are no matter."""
    measures = {values[1] for values, (plain, *_) in zip(row.tasks, heads, strict=False) if plain is None}
    places = {values[2]: values[1] for values in row.gone}
    measures |= places.keys()
    if not measures:
        return Roll()
    findings = (
        replace(f, measures=tuple(m for m in f.measures if m.number in measures)) for f in catalogue.plan.findings
    )
    part = replace(catalogue.plan, findings=tuple(findings))
    tasks, gone = tasks_with_past(part, catalogue.units, as_of, known_by)
    here = ((until, t) for until, t in gone if t.key.unit == unit and t.key.measure in places)
    return Roll(
        [(0, task) for task in tasks if task.key.unit == unit],
        [(until, places[task.key.measure], task) for until, task in here],
    )


def rolls_kept(catalogue: Catalogue, sheets: Sheets, units: Iterable[str], as_of: date) -> dict[str, Roll]:
    """The tasks of some units, out of what is kept behind their rows."""
    plan = plan_at(catalogue.plan, as_of, date.max)
    found: dict[str, Roll] = {}
    for unit in units:
        row, heads = sheets.rows[unit], sheets.heads(unit)
        again = others(catalogue, unit, row, heads, as_of)
        made = {task.key: task for _, task in again.tasks}
        tasks: list[tuple[int, Task]] = []
        for (place, measure, finding, *_), (plain, *_) in zip(row.tasks, heads, strict=False):
            key = Address(measure, unit)
            if plain is None:
                tasks.append((place, made[key]))
            else:
                tasks.append((place, task_from(plain, key, finding, plan.measure_by_number[measure])))
        found[unit] = Roll(tasks, again.gone)
    return found
