"""The lists that questions offer: tasks with state and deadline, the most urgent first; units; steps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zhenggai.cli.writing.choices import Choice
from zhenggai.model.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhenggai.model.plan import Plan
    from zhenggai.model.units import UnitBook
    from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask

_CONTENT = 24  # characters shown of a measure's content


def task_choices(tasks: Iterable[SnapshotTask]) -> tuple[Choice, ...]:
    """The measures of one unit's tasks, by due date; tasks without one last."""
    from zhenggai.views.selection import state_word  # imported here: completion offers units and measures only

    urgent = sorted(tasks, key=lambda task: task.due or date.max)
    return tuple(
        Choice(task.measure, f"{state_word(task)}　{_due(task)}　{shortened(task.task.measure.content, _CONTENT)}")
        for task in urgent
    )


def _due(task: SnapshotTask) -> str:
    if task.due is None:
        return "无截止日"
    return f"截止 {task.due}" + ("（逾期）" if task.status.is_overdue else "")


def unit_choices(units: UnitBook) -> tuple[Choice, ...]:
    """All units, with their classes; short and former names mean them too."""
    return tuple(
        Choice(unit.name, unit.category or "", (*unit.short_names, *unit.former_names)) for unit in units.members
    )


def units_of(snapshot: Snapshot, measure: str) -> tuple[Choice, ...]:
    """The units that have a task of a measure, with its state."""
    from zhenggai.views.selection import state_word  # imported here, as above

    return tuple(
        Choice(task.unit, f"{state_word(task)}　{_due(task)}")
        for task in snapshot.where(lambda t: t.measure == measure)
    )


def measure_choices(plan: Plan) -> tuple[Choice, ...]:
    """All measures of a plan."""
    return tuple(
        Choice(measure.number, shortened(measure.content, _CONTENT)) for measure in plan.measure_by_number.values()
    )


def step_choices(task: SnapshotTask, numbers: Sequence[str]) -> tuple[Choice, ...]:
    """Some steps of a task, with what they say."""
    from zhenggai.rules.task.steps import steps_of  # imported here, as above

    steps = {step.number: step.content for step in steps_of(task.task, task.head)}
    return tuple(Choice(number, shortened(steps.get(number, ""), _CONTENT)) for number in numbers)
