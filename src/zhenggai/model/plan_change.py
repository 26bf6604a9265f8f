"""Changes to an issued plan: the part to append, its place, and the plan that results."""

from dataclasses import replace
from typing import TypeVar

from zhenggai.frozen import frozen
from zhenggai.model.plan import Adjustment, Cancellation, Measure, Plan, Problem

_Adjustable = TypeVar("_Adjustable", Problem, Measure)


@frozen
class Amendment:
    """A part to append to a plan.

    ``number`` is that of the measure or problem for a 调整, that of the measure for a 取消, and that of the problem for a
    new measure or a new problem.
    """

    number: str
    part: Adjustment | Cancellation | Measure | Problem


def amended(plan: Plan, amendment: Amendment) -> Plan:
    """The plan with the change applied; unchanged if it has no such number."""
    number, part = amendment.number, amendment.part
    match part:
        case Problem():
            return replace(plan, problems=(*plan.problems, part))
        case Measure():
            found = (replace(f, measures=(*f.measures, part)) if str(f.number) == number else f for f in plan.problems)
            return replace(plan, problems=tuple(found))
        case Adjustment() | Cancellation():
            found = (
                _adjusted(f, part)
                if isinstance(part, Adjustment) and str(f.number) == number
                else replace(f, measures=tuple(_changed(m, part) if m.number == number else m for m in f.measures))
                for f in plan.problems
            )
            return replace(plan, problems=tuple(found))


def _changed(measure: Measure, part: Adjustment | Cancellation) -> Measure:
    if isinstance(part, Cancellation):
        return replace(measure, cancelled=part)
    return _adjusted(measure, part)


def _adjusted(changed: _Adjustable, part: Adjustment) -> _Adjustable:
    return replace(changed, adjustments=(*changed.adjustments, part))


def next_measure(problem: Problem) -> str:
    """The next free number for a measure of a problem. A cancelled measure keeps its number."""
    used = [int(m.number.rpartition("-")[2]) for m in problem.measures if m.number.count("-") == 1]
    return f"{problem.number}-{max(used, default=0) + 1}"


def next_problem(plan: Plan) -> int:
    """The next free number for a problem of a plan."""
    return max((f.number for f in plan.problems), default=0) + 1
