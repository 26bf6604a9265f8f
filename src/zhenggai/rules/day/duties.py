"""The occurrences of a recurring duty that wait for an entry, and the period that a user's words name."""

from datetime import date

from zhenggai.deadline.calendar import Step, period_bounds, period_name
from zhenggai.deadline.meaning import Context
from zhenggai.deadline.recurrence import DutyOccurrence
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.plan.phases import read_deadline

_SAID_WITH: dict[Step, str] = {"month": "月", "quarter": "季度", "half": "半年"}


def open_duties(task: SnapshotTask, as_of: date) -> tuple[DutyOccurrence, ...]:
    """The occurrences that wait for an entry, oldest first: the missing ones and the current one."""
    rhythm = task.row.rhythm
    if rhythm is None:
        return ()
    recurrence = rhythm.recurrence
    done, _, _ = task.row.duties
    first, last = period_bounds(period_name(recurrence.step, as_of))
    running = recurrence.occurrences(max(first, as_of), last)
    return (*task.status.duties.unfilled, *(o for o in running if o.start >= rhythm.start and o.period not in done))


def period_said(word: str, step: Step, context: Context) -> str:
    """The name of the period that the words mean as a deadline (5月, 第二季度). Other words are returned unchanged."""
    deadline = read_deadline(word, context) if _SAID_WITH.get(step, "？") in word else None
    if deadline is None or deadline.end is None:
        return word
    name = period_name(step, deadline.end)
    return name if deadline.end == period_bounds(name)[1] else word
