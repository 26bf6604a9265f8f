"""What the standing of a task is told from, as plain values: an index may store it, and a list of thousands is soon read."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.deadline.recurrence import Recurrence
from zhenggai.rules.task.life import COMPLETE, Sort, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.rules.task.task import Task
    from zhenggai.rules.task.task_state import Head


class Rhythm(NamedTuple):
    """A frequency of a recurring duty, and from when until before which day it held (``until`` None: it holds still)."""

    recurrence: Recurrence
    start: date
    until: date | None = None


class Duty(NamedTuple):
    """A recurring duty's occurrence as recorded: its period, the day it was done, the day it was recorded; ordinals."""

    period: str
    day: int
    recorded: int


class Cell(NamedTuple):
    """A task's state, dates and turns; a day is its ordinal.

    ``start`` is the first day of the window, or of the round. ``rhythms`` and ``duties`` are those of a recurring task; the
    latter in columns: their periods, the days they were done, the days they were recorded.
    """

    sort: Sort
    state: State
    start: int
    due: int | None = None
    percent: int | None = None
    last_entry: int | None = None
    next_review: int | None = None
    long_term: bool = False
    absent: bool = False
    returned: bool = False
    pending: bool = False
    round: int = 1
    requests: int = 0
    extensions: int = 0
    returns: int = 0
    rhythms: tuple[Rhythm, ...] = ()
    duties: tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]] = ((), (), ())

    @property
    def rhythm(self) -> Rhythm | None:
        """The frequency that a recurring duty has now; None where it has none, or the words cannot be read."""
        return next((rhythm for rhythm in self.rhythms if rhythm.until is None), None)

    @property
    def is_complete(self) -> bool:
        """Whether the task counts as completed."""
        return self.state in COMPLETE


def cell_of(task: "Task", head: "Head") -> Cell:
    """The cell of a task with its Head."""
    from zhenggai.rules.task.task_history import rhythms  # here, since a stored cell has them

    recurring = task.sort is Sort.RECURRING
    return Cell(
        task.sort,
        head.state,
        (head.round_start or task.schedule.start).toordinal(),
        _ordinal(head.due),
        head.percent,
        _ordinal(head.last_entry),
        _ordinal(head.next_review),
        head.long_term,
        head.absent,
        head.returned is not None,
        head.pending is not None,
        head.round,
        head.requests,
        head.extensions,
        head.returns,
        rhythms(task) if recurring else (),
        _columns(head.duties) if recurring else ((), (), ()),
    )


def _columns(duties: "Sequence[Duty]") -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    return tuple(d.period for d in duties), tuple(d.day for d in duties), tuple(d.recorded for d in duties)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
