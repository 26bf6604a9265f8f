"""The units due for an interview (约谈): red at several month-ends in a row, or overdue for a number of days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.model.profile import Profile
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.supervision.letters import steps_to_units
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.task_state import Escalated

RED_RUN = "个月末红灯"
"""How the reason ends of an interview about lights that were red for months."""


@frozen
class Cause:
    """The reason for an interview about a task, and its first day. An interview on or after that day settles it."""

    task: SnapshotTask
    why: str
    since: date


@frozen
class Interview:
    """A unit due for an interview. ``held``: the day of the last interview, None while a cause is not settled."""

    unit: str
    causes: tuple[Cause, ...]
    held: date | None


def red_runs(snapshots: Sequence[Snapshot]) -> frozenset[Address]:
    """The addresses of the tasks that are red in all snapshots."""
    reds = [{t.key for t in p.tasks if t.status.light is Light.RED} for p in snapshots]
    return frozenset(set.intersection(*reds)) if reds else frozenset()


def red_causes(snapshot: Snapshot, at_month_ends: Sequence[Snapshot]) -> dict[Address, Cause]:
    """The causes of the tasks that are red at all month-ends and on the snapshot's own day."""
    runs = red_runs(at_month_ends)
    return {
        task.key: Cause(task, f"连续{len(at_month_ends)}{RED_RUN}", at_month_ends[0].as_of)
        for task in snapshot.tasks
        if task.key in runs and task.status.light is Light.RED
    }


def interviews(snapshot: Snapshot, at_month_ends: Sequence[Snapshot]) -> tuple[Interview, ...]:
    """The units due for an interview, in the plan's order.

    ``at_month_ends`` are the snapshots at ``month_ends(snapshot.as_of, profile.red_months)``. A task is a cause while it is
    red, or overdue by the ladder's days, on the snapshot's own day.
    """
    reds = red_causes(snapshot, at_month_ends)
    after = _days_of_ladder(snapshot.plan.rules)
    causes: dict[str, list[Cause]] = {}
    for task in snapshot.tasks:
        if cause := reds.get(task.key):
            causes.setdefault(task.unit, []).append(cause)
        for named, overdue in _overdue(task):
            if after is not None and overdue >= after:
                since = _overdue_since(task, overdue, snapshot.as_of)
                causes.setdefault(task.unit, []).append(
                    Cause(task, f"{named}逾期{overdue}天（满{after}天约谈）", since)
                )
    steps = steps_to_units(snapshot)
    return tuple(_interview(unit, found, steps.get(unit, [])) for unit, found in causes.items())


def _overdue(task: SnapshotTask) -> Iterator[tuple[str, int]]:
    """Name and overdue days of the task ("") and of its steps."""
    yield "", task.status.overdue_days
    yield from ((f"{step.in_words}，", -step.days_left) for step in task.status.steps_overdue)


def _overdue_since(task: SnapshotTask, overdue: int, as_of: date) -> date:
    """The first overdue day. For a reopened task, not before the day of reopening."""
    opened = max(task.head.turns[1::2], default=date.min)
    return max(opened, as_of - timedelta(days=overdue - 1))


def _days_of_ladder(profile: Profile) -> int | None:
    """The smallest number of overdue days at which the profile's ladder requires an interview. None if it never does."""
    days = (step.overdue_days for step in profile.ladder if Kind(step.kind) is Kind.INTERVIEW)
    return min((d for d in days if d > 0), default=None)


def _interview(unit: str, causes: Sequence[Cause], steps: Sequence[Escalated]) -> Interview:
    """The unit's interview. One held about any of its tasks counts for all of them."""
    last = max((step.date for step in steps if step.kind is Kind.INTERVIEW), default=date.min)
    return Interview(unit, tuple(causes), last if all(cause.since <= last for cause in causes) else None)
