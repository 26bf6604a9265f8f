"""指标: how far a task is with the numbers that its measure, or a step of it, is to reach."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from zhenggai.frozen import frozen
from zhenggai.model.plan import Measure, Target
from zhenggai.model.target import requirement_of, value_of, value_text
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState


@frozen
class TargetState:
    """A target and what was reported of it. ``step`` is "" for the measure's own.

    ``value`` is the latest, as the target reckons it, None before any; ``met`` is None where there is no value or the
    requirement cannot be read; ``since`` is the day from which on every value met it.
    """

    name: str
    requirement: str
    step: str = ""
    unit: str = ""
    value: Decimal | None = None
    met: bool | None = None
    since: date | None = None

    @property
    def words(self) -> str:
        """The target as the plan words it, its step before it."""
        return f"{self.step} {self.name} {self.requirement}".strip()

    @property
    def value_words(self) -> str:
        """The latest value as people read it; empty before any."""
        return "" if self.value is None else value_text(self.value, self.unit)


def targets_of(measure: Measure) -> Iterator[tuple[str, Target]]:
    """The targets of a measure, each with its step's number, "" for the measure's own."""
    if measure.target:
        yield "", measure.target
    yield from ((step.number, step.target) for step in measure.steps if step.target)


def target_states(task: Task, head: TaskState) -> tuple[TargetState, ...]:
    """Where a task stands with each of its targets. What a step without a target reports is the measure's."""
    targets = dict(targets_of(task.measure))
    reported: dict[str, list[tuple[date, Decimal, Decimal | None]]] = {step: [] for step in targets}
    for day, step, measured, base in head.targets:
        of = step if step in targets else ""
        reported.get(of, []).append((day, Decimal(measured), Decimal(base) if base else None))
    return tuple(_state_of(target, step, reported[step]) for step, target in targets.items())


def _state_of(target: Target, step: str, reported: list[tuple[date, Decimal, Decimal | None]]) -> TargetState:
    requirement = requirement_of(target.requirement)
    unit = requirement.unit if requirement else ""
    value: Decimal | None = None
    met: bool | None = None
    since: date | None = None
    for day, measured, base in reported:
        value = value_of(measured, base, unit)
        met = requirement.met_by(value) if requirement and value is not None else None
        since = (since or day) if met else None
    return TargetState(target.name, target.requirement, step, unit, value, met, since)
