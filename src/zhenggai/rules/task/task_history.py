"""Earlier versions of tasks. The fold judges an entry by the version of its day, whatever the plan says later."""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from zhenggai.model.plan import Measure, Plan, Problem
from zhenggai.model.units import UnitBook
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
    tasks, past = next(_tasks_and_past(plan, units, (as_of,), known_by))
    keys = {task.key for task in tasks}
    return tasks, tuple(versions[-1] for key, versions in past.items() if key not in keys)


def tasks_on(
    plan: Plan, units: UnitBook, days: Sequence[date], known_by: date
) -> Iterator[tuple[Sequence[date], Tasks]]:
    """The tasks in force on some days, in order: the days in runs that have the same tasks, each with these.

    Each run has what ``tasks_with_past`` gives for its days, but a task that has not changed stays the same object.
    """
    starts = {bisect_left(days, day) for day in turning_days(plan, units)}
    runs = [days[start:end] for start, end in pairwise(sorted({0, *starts, len(days)}))]
    known: dict[Address, Task] = {}
    found = _tasks_and_past(plan, units, [run[0] for run in runs], known_by)
    for run, (tasks, _) in zip(runs, found, strict=True):
        here = {task.key: task for task in tasks}
        known |= {key: task for key, task in here.items() if key not in known or not _is_same(task, known[key])}
        yield run, tuple(known[key] for key in here)


def _is_same(task: Task, other: Task) -> bool:
    """Whether two tasks have the same versions, apart from turns that changed nothing."""
    return task is other or list(_changes(task)) == list(_changes(other))


def _changes(task: Task) -> Iterator[tuple[date, Task]]:
    """The versions of a task that differ from the one before."""
    last: Task | None = None
    for day, version in task.versions:
        if version != last:
            yield day, version
        last = version


_Past = Mapping["Address", tuple[tuple[date, Task], ...]]


def _tasks_and_past(plan: Plan, units: UnitBook, days: Sequence[date], known_by: date) -> Iterator[tuple[Tasks, _Past]]:
    """For each day the tasks in force, and the versions of all tasks until the day before; see ``tasks_with_past``."""
    past: dict[Address, tuple[tuple[date, Task], ...]] = {}
    turns = deque(_turns(plan, units, days[-1]))
    for day in days:
        while turns and turns[0][0] <= day:
            turn, part = turns.popleft()
            eve = turn - _DAY
            for task in tasks_of(plan_at(part, eve, known_by), units, eve):
                known = past.get(task.key, ())
                past[task.key] = (*known, (turn, replace(task, earlier=known)))
        tasks = tasks_of(plan_at(plan, day, known_by), units, day)
        yield tuple(replace(t, earlier=past[t.key]) if t.key in past else t for t in tasks), past


def turning_days(plan: Plan, units: UnitBook) -> set[date]:
    """The days on which the tasks of a plan may change.

    These are the days of additions, adjustments and cancellations, the first days of units and memberships, and the days
    after their last days.
    """
    parts: list[Problem | Measure] = [*plan.problems, *(measure for _, measure in plan.measures())]
    spells = [(unit.since, unit.until) for unit in units.members]
    spells += [(m.since, m.until) for unit in units.members for m in unit.memberships]
    found = {part.since for part in parts} | {since for since, _ in spells}
    found |= {until + _DAY for _, until in spells if until}
    found |= {day for _, measure in plan.measures() for day in _amended_on(measure)}
    return {day for day in found if day is not None}


def _turns(plan: Plan, units: UnitBook, as_of: date) -> Iterator[tuple[date, Plan]]:
    """The days until ``as_of`` on which tasks change or end, each with a plan that has at least the affected measures."""
    ends = {u.until for u in units.members if u.merged_into} | {m.until for u in units.members for m in u.memberships}
    moved = {end + _DAY for end in ends if end and end >= plan.issued}
    amended = {day for _, measure in plan.measures() for day in _amended_on(measure)}
    for day in sorted(d for d in moved | amended if d <= as_of):
        yield day, plan if day in moved else _part(plan, day)


def _amended_on(measure: Measure) -> Iterator[date]:
    yield from (adjustment.date for adjustment in measure.adjustments)
    if measure.cancelled:
        yield measure.cancelled.date


def _part(plan: Plan, day: date) -> Plan:
    """The plan reduced to the measures that are adjusted or cancelled on a day."""
    problems = (replace(f, measures=tuple(m for m in f.measures if day in set(_amended_on(m)))) for f in plan.problems)
    return replace(plan, problems=tuple(problems))
