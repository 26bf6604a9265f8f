"""Earlier versions of tasks. The fold judges an entry by the version of its day, whatever the plan says later."""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.model.plan import Measure, Plan, Problem
from zhenggai.model.units import Unit, UnitBook
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.tasks import tasks_of

if TYPE_CHECKING:
    from zhenggai.rules.task.address import Address

_DAY = timedelta(days=1)
Tasks = tuple[Task, ...]
Gone = tuple[tuple[date, Task], ...]


def tasks_with_past(plan: Plan, units: UnitBook, as_of: date, known_by: date) -> tuple[Tasks, Gone]:
    """The tasks in force on ``as_of``, and the tasks given up before, both as known on ``known_by``.

    ``plan`` is the whole plan, as its file has it. The first value has the tasks in force, each with its earlier versions
    (``Task.earlier``). The second value has the tasks that were given up (取消, 调整, a unit left its class), each as its
    last version with the first day on which it no longer held.
    """
    past = next(_versions_until(plan, units, (as_of,), known_by))
    tasks = _in_force(plan, units, as_of, known_by, past)
    return tasks, _gone(past, tasks)


def _gone(past: "_Past", tasks: Iterable[Task]) -> Gone:
    """The last versions of the tasks that were given up: those that are not in force."""
    keys = {task.key for task in tasks}
    return tuple(versions[-1] for key, versions in past.items() if key not in keys)


class Spell:
    """A task, and the days on which it holds as it is: of the days asked for, those from ``start`` to before ``end``."""

    def __init__(self, task: Task, start: int) -> None:
        self.task = task
        self.start = self.end = start


class Run(NamedTuple):
    """Days that have the same tasks, in order: the spells of those in force, and those given up before."""

    days: Sequence[date]
    spells: tuple[Spell, ...]
    gone: Gone


def tasks_on(plan: Plan, units: UnitBook, days: Sequence[date], known_by: date) -> list[Run]:
    """The tasks of some days, in order, in runs of days that have the same.

    The tasks of a run are those that ``tasks_with_past`` gives for its days. A task that has not changed since the run
    before goes on in the same spell.
    """
    starts = {bisect_left(days, day) for day in turning_days(plan, units)}
    runs = [days[start:end] for start, end in pairwise(sorted({0, *starts, len(days)}))]
    found: list[Run] = []
    spells: dict[str, list[Spell]] = {}
    last, start = date.min, 0
    for run, past in zip(runs, _versions_until(plan, units, [run[0] for run in runs], known_by), strict=True):
        part = _changing(plan, units, last, run[0]) if found else plan
        before = {measure.number: deque(spells.get(measure.number, ())) for _, measure in part.measures()}
        spells |= {number: [] for number in before}
        for task in _in_force(part, units, run[0], known_by, past):
            spells[task.key.measure].append(_continued(task, before[task.key.measure]) or Spell(task, start))
        here = tuple(spell for some in spells.values() for spell in some)
        start += len(run)
        for spell in here:
            spell.end = start
        found.append(Run(run, here, _gone(past, (spell.task for spell in here))))
        last = run[0]
    return found


def _continued(task: Task, before: deque[Spell]) -> Spell | None:
    """The spell of the same task in ``before``, the spells of its measure in the run before. None if there is none."""
    for _ in range(len(before)):
        if before[0].task.key == task.key:
            spell = before.popleft()
            return spell if _is_same(task, spell.task) else None
        before.rotate(-1)
    return None


def _is_same(task: Task, other: Task) -> bool:
    """Whether two tasks have the same versions, apart from turns that changed nothing."""
    return list(_changes(task)) == list(_changes(other))


def _changes(task: Task) -> Iterator[tuple[date, Task]]:
    """The versions of a task that differ from the one before."""
    last: Task | None = None
    for day, version in task.versions:
        if version != last:
            yield day, version
        last = version


_Past = Mapping["Address", tuple[tuple[date, Task], ...]]


def _versions_until(plan: Plan, units: UnitBook, days: Sequence[date], known_by: date) -> Iterator[_Past]:
    """For each day, the versions of all tasks that no longer held on it, each with the first day on which it did not."""
    past: dict[Address, tuple[tuple[date, Task], ...]] = {}
    turns = deque(_turns(plan, units, days[-1]))
    for day in days:
        while turns and turns[0][0] <= day:
            turn, part = turns.popleft()
            eve = turn - _DAY
            for task in tasks_of(plan_at(part, eve, known_by), units, eve):
                known = past.get(task.key, ())
                past[task.key] = (*known, (turn, replace(task, earlier=known)))
        yield past


def _in_force(plan: Plan, units: UnitBook, day: date, known_by: date, past: _Past) -> Tasks:
    """The tasks of a whole plan or a part of it on a day, each with its earlier versions."""
    tasks = tasks_of(plan_at(plan, day, known_by), units, day)
    return tuple(replace(t, earlier=past[t.key]) if t.key in past else t for t in tasks)


def turning_days(plan: Plan, units: UnitBook) -> set[date]:
    """The days on which the tasks of a plan may change.

    These are the days of additions, adjustments and cancellations, the first days of units and memberships, and the days
    after their last days.
    """
    parts: list[Problem | Measure] = [*plan.problems, *(measure for _, measure in plan.measures())]
    found = {part.since for part in parts if part.since} | unit_turns(units)
    return found | {day for problem, measure in plan.measures() for day in _amended_on(problem, measure)}


def unit_turns(units: UnitBook) -> set[date]:
    """The first days of units and memberships, and the days after their last days."""
    return {day for unit in units.members for day in turns_of(unit)}


def turns_of(unit: Unit) -> Iterator[date]:
    """The first days of a unit and of its memberships, and the days after their last days."""
    for since, until in [(unit.since, unit.until), *((m.since, m.until) for m in unit.memberships)]:
        if since:
            yield since
        if until:
            yield until + _DAY


def _turns(plan: Plan, units: UnitBook, as_of: date) -> Iterator[tuple[date, Plan]]:
    """The days until ``as_of`` on which tasks change or end, each with a plan that has at least the affected measures."""
    ends = {u.until for u in units.members if u.merged_into} | {m.until for u in units.members for m in u.memberships}
    moved = {end + _DAY for end in ends if end and end >= plan.issued}
    amended = {day for problem, measure in plan.measures() for day in _amended_on(problem, measure)}
    for day in sorted(d for d in moved | amended if d <= as_of):
        yield day, plan if day in moved else _part(plan, _amended(day))


def _changing(plan: Plan, units: UnitBook, after: date, until: date) -> Plan:
    """A plan that has at least the measures whose tasks may have changed since the day ``after``."""

    def is_since(day: date | None) -> bool:
        return day is not None and after < day <= until

    if any(map(is_since, unit_turns(units))):
        return plan
    days = (
        (measure.number, (problem.since, measure.since, *_amended_on(problem, measure)))
        for problem, measure in plan.measures()
    )
    numbers = {number for number, some in days if any(map(is_since, some))}
    return _part(plan, lambda _, measure: measure.number in numbers)


def _amended_on(problem: Problem, measure: Measure) -> Iterator[date]:
    yield from (adjustment.date for part in (problem, measure) for adjustment in part.adjustments)
    if measure.cancelled:
        yield measure.cancelled.date


def _amended(day: date) -> Callable[[Problem, Measure], bool]:
    """Whether a measure, or its problem, is adjusted or cancelled on a day."""
    return lambda problem, measure: day in set(_amended_on(problem, measure))


def _part(plan: Plan, wanted: Callable[[Problem, Measure], bool]) -> Plan:
    """The plan reduced to some measures."""
    problems = (replace(f, measures=tuple(m for m in f.measures if wanted(f, m))) for f in plan.problems)
    return replace(plan, problems=tuple(problems))
