"""Stretches: the days on which a task has one row. All of them come from one fold of its entries."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from zhenggai.model.event_of_entry import Event
from zhenggai.model.units import UnitBook
from zhenggai.rules.task.fold_on_days import fold_on_days
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_row import Routine, TaskRow, row_of, row_routines
from zhenggai.rules.task.task_state import TaskState
from zhenggai.rules.task.tasks import held_by


class Stretch(NamedTuple):
    """Days on which a task has one row.

    - ``days``: those of the days asked for, in order; at least one;
    - ``task``: the task with its holder on these days;
    - ``row``: its row; what it means on a day says ``day_status.StatusReckoner``;
    - ``head``: its state; the fold goes on with it, so that it holds only until the next stretch is asked for;
    - ``leader``: the leader who answers for it: named in the unit's claim (认领), else in the plan.
    """

    days: Sequence[date]
    task: Task
    row: TaskRow
    head: TaskState
    leader: str | None


def stretches(
    task: Task, events: Collection[Event], days: Sequence[date], known_by: date, units: UnitBook
) -> Iterator[Stretch]:
    """The stretches of a task on some days, in order. On each day the row is the one that a snapshot of that day has.

    ``task`` holds on all of these days (``task_history.tasks_on``). ``events`` are all that are filed under it, in order of
    path and line; those recorded until ``known_by`` count.
    """
    duties = turns = None
    known: tuple[Routine, ...] = ()
    for some, head, explained in fold_on_days(task, events, days, known_by, unit_of=units.recorder):
        if head.duties is not duties or head.turns is not turns:  # few entries change either
            duties, turns, known = head.duties, head.turns, row_routines(task, head)
        held = held_by(task, head, units)
        yield Stretch(some, held, row_of(held, head, explained, known), head, head.leader or task.leader)
