"""指标: the reported values of a task against the targets of its measure and its steps."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhenggai.frozen import frozen
from zhenggai.model.plan import Measure, Target
from zhenggai.model.rates import rounded
from zhenggai.model.target import requirement_of, value_of, value_text
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState


@frozen
class TargetState:
    """A target and its reported values.

    - ``step``: the number of the step, "" for the target of the measure;
    - ``unit``: the unit of the requirement, such as %;
    - ``summed``: whether it is for all units of the measure together, so that one task neither meets nor misses it;
    - ``measured``, ``base``: the latest reported value, as it was reported;
    - ``value``: the same in ``unit``; None if there is none;
    - ``met``: whether ``value`` meets the requirement; None without a value, if the requirement cannot be read, or if it is
      ``summed``;
    - ``since``: the day since which every value has met the requirement; None if the latest value does not.
    """

    name: str
    requirement: str
    step: str = ""
    unit: str = ""
    summed: bool = False
    measured: Decimal | None = None
    base: Decimal | None = None
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

    @property
    def percent(self) -> int | None:
        """How much of at least so many there is, in whole percent, 100 only if it is met. None for other requirements, or without a value."""
        requirement = requirement_of(self.requirement)
        if requirement is None or requirement.comparison != "≥" or not requirement.number or self.value is None:
            return None
        share = Fraction(self.value) * 100 / Fraction(requirement.number)
        return min(int(rounded(*share.as_integer_ratio())), 100 if requirement.met_by(self.value) else 99)


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
    measured = base = None
    unit = requirement.unit if requirement else ""
    value: Decimal | None = None
    met: bool | None = None
    since: date | None = None
    for day, measured, base in reported:
        value = value_of(measured, base, unit)
        met = requirement.met_by(value) if requirement and value is not None and not target.summed else None
        since = (since or day) if met else None
    return TargetState(
        name=target.name,
        requirement=target.requirement,
        step=step,
        unit=unit,
        summed=target.summed,
        measured=measured,
        base=base,
        value=value,
        met=met,
        since=since,
    )


@frozen
class TargetSum:
    """A target that the units of a measure reach together.

    - ``state``: it with the sum of the latest values;
    - ``units``, ``reported``: how many units there are, and how many of them have a value;
    - ``percent``: inferred from the sum; None if a unit has reported its 进度.
    """

    state: TargetState
    units: int
    reported: int
    percent: int | None


def target_sums(measure: Measure, tasks: Sequence[tuple[Task, TaskState]]) -> tuple[TargetSum, ...]:
    """The summed targets of a measure, from all its tasks.

    Of a percentage, values and bases are added up; values without a base are left out.
    """
    is_told = any(head.percent is not None for _, head in tasks)
    found = []
    for step, target in targets_of(measure):
        if target.summed:
            states = [state for task, head in tasks for state in target_states(task, head) if state.step == step]
            state, reported = _summed(target, step, states)
            found.append(TargetSum(state, len(states), reported, None if is_told else state.percent))
    return tuple(found)


def _summed(target: Target, step: str, states: Sequence[TargetState]) -> tuple[TargetState, int]:
    """A target with the sum of its values in all tasks, and how many of these have one."""
    requirement = requirement_of(target.requirement)
    unit = requirement.unit if requirement else ""
    pairs = [(s.measured, s.base) for s in states if s.measured is not None and (unit != "%" or s.base is not None)]
    measured = sum((measured for measured, _ in pairs), Decimal(0))
    base = sum((base for _, base in pairs if base is not None), Decimal(0))
    value = value_of(measured, base, unit) if pairs else None
    met = requirement.met_by(value) if requirement and value is not None else None
    state = TargetState(target.name, target.requirement, step, unit, summed=True, value=value, met=met)
    return state, len(pairs)
