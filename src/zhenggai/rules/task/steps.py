"""The steps of a task: the plan's, and those its unit set for itself when it claimed the task (认领)."""

from typing import NamedTuple

from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState


class TaskStep(NamedTuple):
    """A step: its number and text; ``own`` is the unit's, ``to_be_done`` before close-out (a 频次 never ends)."""

    number: str
    content: str
    own: bool
    to_be_done: bool


def steps_of(task: Task, head: TaskState) -> tuple[TaskStep, ...]:
    """All steps of a task; the unit's own are numbered on from the plan's last."""
    planned = [TaskStep(step.number, step.content, False, not step.frequency) for step in task.measure.steps]
    ends = [step.number.rpartition("-")[2] for step in planned]
    last = max((int(end) for end in ends if end.isdecimal()), default=0)
    own = (
        TaskStep(f"{task.measure.number}-{last + nth}", text, True, True) for nth, text in enumerate(head.own_steps, 1)
    )
    return (*planned, *own)


def undone_steps(task: Task, head: TaskState) -> tuple[str, ...]:
    """The numbers of the steps that are still to be done before close-out."""
    return tuple(s.number for s in steps_of(task, head) if s.to_be_done and s.number not in head.steps)
