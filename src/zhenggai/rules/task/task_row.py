"""What lists count of a task and what a line shows of it, as plain values: an index keeps them, and thousands are soon read."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.deadline.recurrence import Recurrence
from zhenggai.rules.task.life import COMPLETE, Sort, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.model.event_of_entry import Event
    from zhenggai.rules.task.task import Task
    from zhenggai.rules.task.task_state import TaskState


class Rhythm(NamedTuple):
    """A frequency of a recurring duty, and from when until before which day it held (``until`` None: it holds still)."""

    recurrence: Recurrence
    start: date
    until: date | None = None


class EntryPlace(NamedTuple):
    """An entry by its number, and the file it stands in."""

    number: str
    path: str


class Duties(NamedTuple):
    """The occurrences of a recurring duty as recorded, in columns: periods, the days they were done and recorded (ordinals)."""

    periods: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    recorded: tuple[int, ...] = ()


NO_DUTIES = Duties()


class TaskRow(NamedTuple):
    """A task's state, dates and turns; a plain day is its ordinal.

    ``start`` is the first day of the window, or of the round. ``rhythms`` and ``duties`` are those of a recurring task.
    ``person`` is whom the unit named when it claimed the task, else whom the plan names; ``words`` the time limit in the plan's
    words; ``due_source`` where the due date comes from, 继承 where that is not the task's own; ``explained`` the newest 进展 that
    gives a cause or a difficulty; ``completed`` and ``completed_recorded`` the days on which it was completed and on which that
    was recorded; ``relapses`` how often it relapsed.
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
    duties: Duties = NO_DUTIES
    person: str | None = None
    words: str = ""
    due_source: str = ""
    explained: EntryPlace | None = None
    completed: date | None = None
    completed_recorded: date | None = None
    relapses: int = 0

    @property
    def rhythm(self) -> Rhythm | None:
        """The frequency that a recurring duty has now; None where it has none, or the words cannot be read."""
        return next((rhythm for rhythm in self.rhythms if rhythm.until is None), None)

    @property
    def is_complete(self) -> bool:
        """Whether the task counts as completed."""
        return self.state in COMPLETE


def row_of(task: "Task", head: "TaskState", taken: "Sequence[Event]") -> TaskRow:
    """The row of a task with its TaskState, made of the entries that took part."""
    inherited = task.schedule.inherited and head.due_source == task.schedule.source
    explained = next((event for event in reversed(taken) if event.explains), None)
    recurring = task.sort is Sort.RECURRING
    return TaskRow(
        sort=task.sort,
        state=head.state,
        start=(head.round_start or task.schedule.start).toordinal(),
        due=_ordinal(head.due),
        percent=head.percent,
        last_entry=_ordinal(head.last_entry),
        next_review=_ordinal(head.next_review),
        long_term=head.long_term,
        absent=head.absent,
        returned=head.returned is not None,
        pending=head.pending is not None,
        round=head.round,
        requests=head.requests,
        extensions=head.extensions,
        returns=head.returns,
        rhythms=rhythms(task) if recurring else (),
        duties=Duties(*map(tuple, zip(*head.duties, strict=True))) if recurring and head.duties else NO_DUTIES,
        person=head.person or task.person,
        words=task.schedule.words,
        due_source=f"继承{head.due_source}" if inherited else head.due_source,
        explained=EntryPlace(explained.number, explained.path) if explained else None,
        completed=head.completed,
        completed_recorded=head.completed_recorded,
        relapses=head.relapses,
    )


def rhythms(task: "Task") -> tuple[Rhythm, ...]:
    """The frequencies that a recurring duty had, oldest first; none where the words cannot be read."""
    found: list[tuple[Recurrence | None, date]] = []
    since = date.min
    for until, version in (*task.earlier, (date.max, task)):
        recurrence, start = version.schedule.recurrence, max(since, version.schedule.start)
        if not found or found[-1][0] != recurrence:
            found.append((recurrence, start))
        since = until
    ends = [*(start for _, start in found[1:]), None]
    return tuple(Rhythm(r, start, end) for (r, start), end in zip(found, ends, strict=True) if r is not None)


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
