"""The steps of a task, as a command names them."""

from zhenggai.errors import UsageError
from zhenggai.model.numbers import measure_number
from zhenggai.rules.day.snapshot import TaskState
from zhenggai.rules.task.steps import steps_of


def known_steps(task: TaskState, words: list[str]) -> tuple[str, ...]:
    """The steps of a task that some words name."""
    known = [step.number for step in steps_of(task.task, task.head)]
    steps = [measure_number(word) or word for word in words]
    if unknown := [step for step in steps if step not in known]:
        raise UsageError(
            f"措施 {task.measure} 没有步骤 {'、'.join(unknown)}\n  现有：{'、'.join(known) or '没有分步骤'}"
        )
    return tuple(steps)
