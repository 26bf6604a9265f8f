"""The steps of a task: the steps of its measure, and the steps that its unit added when it claimed the task (认领)."""

from typing import NamedTuple

from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState


class TaskStep(NamedTuple):
    """A step of a task: number and text.

    ``own`` says that the unit added the step. ``to_be_done`` says that the step must be done before close-out; a step
    with a 频次 never ends and need not be.
    """

    number: str
    content: str
    own: bool
    to_be_done: bool


def steps_of(task: Task, head: TaskState) -> tuple[TaskStep, ...]:
    """All steps of a task. The numbers of the unit's own steps follow the last step of the plan."""
    planned = [TaskStep(step.number, step.content, False, not step.frequency) for step in task.measure.steps]
    ends = [step.number.rpartition("-")[2] for step in planned]
    last = max((int(end) for end in ends if end.isdecimal()), default=0)
    own = (
        TaskStep(f"{task.measure.number}-{last + nth}", text, True, True) for nth, text in enumerate(head.own_steps, 1)
    )
    return (*planned, *own)


def undone_steps(task: Task, head: TaskState) -> tuple[str, ...]:
    """The numbers of the steps that must be done before close-out and are not done."""
    return tuple(s.number for s in steps_of(task, head) if s.to_be_done and s.number not in head.steps)
