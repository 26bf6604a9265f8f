"""指标: the reported values of a task against the targets of its measure and its steps."""

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
    """A target and its reported values.

    - ``step``: the number of the step, "" for the target of the measure;
    - ``unit``: the unit of the requirement, such as %;
    - ``value``: the latest reported value in that unit; None if there is none;
    - ``met``: whether ``value`` meets the requirement; None without a value or if the requirement cannot be read;
    - ``since``: the day since which every value has met the requirement; None if the latest value does not.
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
        """The target in the words of the plan, after the number of its step."""
        return f"{self.step} {self.name} {self.requirement}".strip()

    @property
    def value_words(self) -> str:
        """The latest value as text for people; "" if there is none."""
        return "" if self.value is None else value_text(self.value, self.unit)


def targets_of(measure: Measure) -> Iterator[tuple[str, Target]]:
    """The targets of a measure: pairs (number of the step, target), with "" for the target of the measure."""
    if measure.target:
        yield "", measure.target
    yield from ((step.number, step.target) for step in measure.steps if step.target)


def target_states(task: Task, head: TaskState) -> tuple[TargetState, ...]:
    """The state of each target of a task. A value reported for a step without a target belongs to the measure's target."""
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
