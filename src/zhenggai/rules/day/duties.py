"""The occurrences of a recurring duty that wait for an entry, and the period that a user's words name."""

from collections.abc import Iterator
from datetime import date

from zhenggai.deadline.calendar import Step, period_bounds, period_name
from zhenggai.deadline.meaning import Context
from zhenggai.rules.day.duty_count import OpenDuty
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.plan.phases import read_deadline
from zhenggai.rules.task.task_row import Routine

_SAID_WITH: dict[Step, str] = {"month": "月", "quarter": "季度", "half": "半年"}


def open_duties(task: SnapshotTask, as_of: date) -> tuple[OpenDuty, ...]:
    """The occurrences that wait for an entry, duty by duty, oldest first: the missing ones and the current one."""
    return tuple(duty for routine in task.row.routines for duty in _open(routine, task, as_of))


def _open(routine: Routine, task: SnapshotTask, as_of: date) -> Iterator[OpenDuty]:
    yield from (duty for duty in task.status.duties.unfilled if duty.routine is routine)
    rhythm = routine.rhythm
    if rhythm is not None:
        first, last = period_bounds(period_name(rhythm.recurrence.step, as_of))
        for occurrence in rhythm.recurrence.occurrences(max(first, as_of), last):
            if occurrence.start >= rhythm.start and occurrence.period not in routine.duties.periods:
                yield OpenDuty(routine, occurrence)


def period_said(word: str, step: Step, context: Context) -> str:
    """The name of the period that the words mean as a deadline (5月, 第二季度). Other words are returned unchanged."""
    deadline = read_deadline(word, context) if _SAID_WITH.get(step, "？") in word else None
    if deadline is None or deadline.end is None:
        return word
    name = period_name(step, deadline.end)
    return name if deadline.end == period_bounds(name)[1] else word
