"""Whom the profile calls to an interview (约谈): three reds in a row, or so many days overdue."""

from collections.abc import Sequence
from datetime import date, timedelta

from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.model.profile import Profile
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.silence import open_spells
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.supervision.letters import steps_to_units
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.task_state import Escalated


@frozen
class Cause:
    """Why a task calls for an interview, and since when: an interview on that day or later has answered it."""

    task: SnapshotTask
    why: str
    since: date


@frozen
class Interview:
    """A unit due for an interview, by its ``causes``; ``held`` is the last one, None while one cause is unanswered."""

    unit: str
    causes: tuple[Cause, ...]
    held: date | None


def red_runs(snapshots: Sequence[Snapshot]) -> frozenset[Address]:
    """The tasks that are red in every one of the snapshots."""
    reds = [{t.key for t in p.tasks if t.status.light is Light.RED} for p in snapshots]
    return frozenset(set.intersection(*reds)) if reds else frozenset()


def red_causes(snapshot: Snapshot, at_month_ends: Sequence[Snapshot]) -> dict[Address, Cause]:
    """The tasks that were red at every one of the month-ends and are so on the snapshot's own day."""
    runs = red_runs(at_month_ends)
    return {
        task.key: Cause(task, f"连续{len(at_month_ends)}个月末红灯", at_month_ends[0].as_of)
        for task in snapshot.tasks
        if task.key in runs and task.status.light is Light.RED
    }


def interviews(snapshot: Snapshot, at_month_ends: Sequence[Snapshot]) -> tuple[Interview, ...]:
    """The units due for an interview, in the plan's order.

    ``at_month_ends`` are the snapshots at ``month_ends(snapshot.as_of, profile.red_months)``. A task calls for an interview
    as long as it is red, or overdue by the ladder's days, on the snapshot's own day.
    """
    reds = red_causes(snapshot, at_month_ends)
    after = _days_of_ladder(snapshot.plan.rules)
    causes: dict[str, list[Cause]] = {}
    for task in snapshot.tasks:
        if cause := reds.get(task.key):
            causes.setdefault(task.unit, []).append(cause)
        overdue = task.status.overdue_days
        if after is not None and overdue >= after:
            since = _overdue_since(task, snapshot.as_of)
            causes.setdefault(task.unit, []).append(Cause(task, f"逾期{overdue}天（满{after}天约谈）", since))
    told = steps_to_units(snapshot)
    return tuple(_interview(unit, found, told.get(unit, [])) for unit, found in causes.items())


def _overdue_since(task: SnapshotTask, as_of: date) -> date:
    """The first day of being overdue; not before a completed task was opened again."""
    opened = max(start for start, _ in open_spells(task, date.min, as_of))
    return max(opened, as_of - timedelta(days=task.status.overdue_days - 1))


def _days_of_ladder(profile: Profile) -> int | None:
    """After how many days overdue the profile's ladder calls to an interview, at the earliest."""
    days = (step.overdue_days for step in profile.ladder if Kind(step.kind) is Kind.INTERVIEW)
    return min((d for d in days if d > 0), default=None)


def _interview(unit: str, causes: Sequence[Cause], told: Sequence[Escalated]) -> Interview:
    """An interview about one of its tasks is one with the unit, and answers for the others too."""
    last = max((step.date for step in told if step.kind is Kind.INTERVIEW), default=date.min)
    return Interview(unit, tuple(causes), last if all(cause.since <= last for cause in causes) else None)
