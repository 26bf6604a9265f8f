"""What a line of a list says of a task beside its cell, as plain values: an index may store it, and many are soon read."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.model.event_of_entry import Mark
from zhenggai.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.model.event_of_entry import Event
    from zhenggai.rules.task.task import Task
    from zhenggai.rules.task.task_state import Head

_EXPLAINS = Mark.CAUSE | Mark.DIFFICULTY


class Brief(NamedTuple):
    """Who does a task, as the unit named when it claimed it, else as the plan says; its time limit in the plan's words; where
    the due date comes from, 继承 where that is not the task's own; the newest 进展 that gives a cause or a difficulty; the days
    on which it was completed and on which that was recorded; how often it relapsed.
    """

    person: str | None
    words: str
    due_source: str
    explained: "Event | None" = None
    completed: date | None = None
    completed_recorded: date | None = None
    relapses: int = 0


def brief_of(task: "Task", head: "Head", taken: "Sequence[Event]") -> Brief:
    """The brief of a task with its Head, made of the entries that took part."""
    inherited = task.schedule.inherited and head.due_source == task.schedule.source
    source = f"继承{head.due_source}" if inherited else head.due_source
    explaining = (event for event in reversed(taken) if event.flags & _EXPLAINS and event.kind is Kind.PROGRESS)
    return Brief(
        head.person or task.person,
        task.schedule.words,
        source,
        next(explaining, None),
        head.completed,
        head.completed_recorded,
        head.relapses,
    )
