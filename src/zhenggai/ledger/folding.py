"""Makes the sheets of units out of their events: each task is folded, and what came of it is what the index keeps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from zhenggai.errors import Unusable
from zhenggai.ledger.catalogue import BESIDE, Catalogue, Filed
from zhenggai.ledger.kept import Plain, plain_brief, plain_cell, plain_problems
from zhenggai.ledger.kept_tasks import plain_head, plain_task, task_from
from zhenggai.ledger.sheets import ALWAYS, Made, Row, Sheets, with_dated
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import is_known
from zhenggai.model.source import Problem
from zhenggai.progress import watched
from zhenggai.rules.day.line_facts import brief_of
from zhenggai.rules.day.state import behind, held_by, refused
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.address import WHOLE, Address
from zhenggai.rules.task.entry_assignment import known, misplaced
from zhenggai.rules.task.fold import Folded, fold
from zhenggai.rules.task.status_facts import cell_of
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_history import tasks_with_past, turning_days

_DAY = timedelta(days=1)
_KEPT = 6  # days: the last report's, three month-ends, and what somebody looks at

Sheet = tuple[Row, Made]


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
    if last <= as_of and known_by == date.max:
        latest = last
    else:
        latest = max((e.date for e in events if is_known(e, as_of, known_by)), default=date.min)
    folder = _Folder(catalogue, filed, as_of, known_by)
    if unit == BESIDE:
        folder.problems += plain_problems(misplaced_of(catalogue, filed, as_of, known_by))
    tasks = [task for _, task in roll.tasks]
    cells, holders = zip(*(folder.folded(task, as_of) for task in tasks), strict=True) if tasks else ((), ())
    gone = [
        [until.toordinal(), place, task.key.measure, task.finding, *folder.folded(task, until - _DAY)]
        for until, place, task in roll.gone
    ]
    for until, _, task in roll.gone:
        found = known(filed.get(task.key.measure, ()), as_of, known_by)
        folder.problems += plain_problems(behind(task, until, found))
    row = Row(
        last.toordinal(),
        latest.toordinal(),
        len(events),
        [place for place, _ in roll.tasks],
        [task.key.measure for task in tasks],
        [task.finding for task in tasks],
        list(cells),
        [(nth, holder) for nth, holder in enumerate(holders) if holder is not None],
        gone,
        folder.problems,
    )
    return row, {"brief": folder.briefs, "behind": folder.heads}


class _Folder:
    """Folds the tasks of one unit; gathers what is kept behind the row."""

    def __init__(self, catalogue: Catalogue, filed: Mapping[str, Sequence[Event]], as_of: date, known_by: date) -> None:
        self.catalogue, self.filed, self.as_of, self.known_by = catalogue, filed, as_of, known_by
        self.briefs: list[Plain] = []
        self.heads: list[Plain] = []
        self.problems: list[Plain] = []

    def folded(self, task: Task, as_of: date) -> tuple[Plain, str | None]:
        """A task's cell, and who carries it, where that is another unit than the one it was given to."""
        units = self.catalogue.units
        events = self.filed.get(task.key.measure, ())
        folded = fold(task, events, as_of, self.known_by, unit_of=units.recorder)
        held = held_by(task, folded.head, units)
        left_out = _left_out(events, folded, as_of, self.known_by)
        self.heads.append([None if held.earlier else plain_task(held), plain_head(folded.head)])
        self.briefs.append(plain_brief(brief_of(held, folded.head, folded.taken), task.key.measure, left_out))
        if as_of == self.as_of:
            self.problems += plain_problems(map(refused, folded.refusals))
        holder = None if held.holder == task.key.unit else held.holder
        return plain_cell(cell_of(held, folded.head)), holder


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


def sheets_outside(catalogue: Catalogue, span: Sequence[int] | None, as_of: date, known_by: date) -> Sheets:
    """All units as of a day that the sheets of ``span`` (None: there are none yet) do not hold for."""
    rolls = rolls_of(catalogue, as_of, known_by)
    if known_by != date.max:
        return made_sheets(catalogue, rolls, as_of, known_by)
    day = as_of.toordinal()
    if span is not None and day < span[0]:
        return with_dated(Sheets(catalogue, {}), list(rolls), as_of, rolls)
    sheets = made_sheets(catalogue, rolls, date.max)
    keep(sheets, ALWAYS, {"span": [edge.toordinal() for edge in span_of(catalogue, as_of)]})
    later = [unit for unit, row in sheets.rows.items() if row.last > day]
    return with_dated(sheets, later, as_of, rolls) if later else sheets


def restate(catalogue: Catalogue, unit: str) -> None:
    """Make the sheet of a unit anew, while the index is being written; other days' when they are asked for."""
    index = catalogue.index
    span, kept = index.meta("span"), index.sheet(ALWAYS, unit, "behind")
    sheets = Sheets(catalogue, {unit: Row(*kept[0])} if kept else {})
    rolls = rolls_kept(sheets, [unit], date.fromordinal(span[1])) if kept else {unit: Roll()}
    index.drop_sheets_of(unit)
    if span is not None:
        index.put_sheets(ALWAYS, {unit: sheet_of(catalogue, unit, rolls[unit], date.max)})


def made_sheets(catalogue: Catalogue, rolls: Mapping[str, Roll], as_of: date, known_by: date = date.max) -> Sheets:
    """The sheets of some units, made of their events."""
    units = watched(rolls.items(), "推算任务")
    sheets = {unit: sheet_of(catalogue, unit, roll, as_of, known_by) for unit, roll in units}
    rows = {unit: row for unit, (row, _) in sheets.items()}
    return Sheets(catalogue, rows, made={unit: made for unit, (_, made) in sheets.items()})


def keep(sheets: Sheets, day: int, meta: Mapping[str, Plain] | None = None) -> None:
    """Keep what was made, if the index is as it was then; where it is not, or cannot be written, it serves this once."""
    index = sheets.catalogue.index
    with suppress(Unusable), index.writing():
        if day == ALWAYS:
            index.drop_sheets(ALWAYS)
            index.move()
        else:
            days = [*(kept for kept in index.meta("days") if kept != day), day]
            unused = [kept for kept in days if kept not in sheets.catalogue.in_use]
            forgotten = unused[: max(len(days) - _KEPT, 0)]
            for old in forgotten:
                index.drop_sheets(old)
            index.put_meta({"days": [kept for kept in days if kept not in forgotten]})
        index.put_meta(meta or {})
        index.put_sheets(day, {unit: (row, sheets.made[unit]) for unit, row in sheets.rows.items()})
    sheets.version = index.version


def others(catalogue: Catalogue, unit: str, row: Row, heads: Plain, as_of: date, known_by: date = date.max) -> Roll:
    """The tasks of a unit that were another, and those that were given up, made of the plan again; their places are no matter."""
    measures = {measure for measure, (plain, *_) in zip(row.measures, heads, strict=False) if plain is None}
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


def rolls_kept(sheets: Sheets, units: Iterable[str], as_of: date) -> dict[str, Roll]:
    """The tasks of some units, out of what is kept behind their rows."""
    catalogue = sheets.catalogue
    plan = plan_at(catalogue.plan, as_of, date.max)
    found: dict[str, Roll] = {}
    for unit in units:
        row, heads = sheets.rows[unit], sheets.heads(unit)
        again = others(catalogue, unit, row, heads, as_of)
        made = {task.key: task for _, task in again.tasks}
        tasks: list[tuple[int, Task]] = []
        columns = zip(row.places, row.measures, row.findings, heads, strict=False)  # of heads there are more
        for place, measure, finding, (plain, *_) in columns:
            key = Address(measure, unit)
            if plain is None:
                tasks.append((place, made[key]))
            else:
                tasks.append((place, task_from(plain, key, finding, plan.measure_by_number[measure])))
        found[unit] = Roll(tasks, again.gone)
    return found
