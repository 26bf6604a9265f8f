"""Earlier versions of tasks. The fold judges an entry by the version of its day, whatever the plan says later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
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
    past: dict[Address, tuple[tuple[date, Task], ...]] = {}
    for turn, part in _turns(plan, units, as_of):
        eve = turn - _DAY
        for task in tasks_of(plan_at(part, eve, known_by), units, eve):
            known = past.get(task.key, ())
            past[task.key] = (*known, (turn, replace(task, earlier=known)))
    tasks = tasks_of(plan_at(plan, as_of, known_by), units, as_of)
    keys = {task.key for task in tasks}
    gone = tuple(versions[-1] for key, versions in past.items() if key not in keys)
    return tuple(replace(t, earlier=past[t.key]) if t.key in past else t for t in tasks), gone


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
