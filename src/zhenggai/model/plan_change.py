"""A change to an issued plan: what is appended to it, under which number, and the plan that results."""

from dataclasses import replace

from zhenggai.frozen import frozen
from zhenggai.model.plan import Adjustment, Cancellation, Finding, Measure, Plan


@frozen
class Amendment:
    """``part`` belongs to the measure of that number (a 调整, a 取消), to that problem (a new measure), or is a new problem."""

    number: str
    part: Adjustment | Cancellation | Measure | Finding


def amended(plan: Plan, amendment: Amendment) -> Plan:
    """The plan with the change and nothing else; a number that is not there changes nothing."""
    number, part = amendment.number, amendment.part
    match part:
        case Finding():
            return replace(plan, findings=(*plan.findings, part))
        case Measure():
            found = (replace(f, measures=(*f.measures, part)) if str(f.number) == number else f for f in plan.findings)
            return replace(plan, findings=tuple(found))
        case Adjustment() | Cancellation():
            found = (
                replace(f, measures=tuple(_changed(m, part) if m.number == number else m for m in f.measures))
                for f in plan.findings
            )
            return replace(plan, findings=tuple(found))


def _changed(measure: Measure, part: Adjustment | Cancellation) -> Measure:
    if isinstance(part, Cancellation):
        return replace(measure, cancelled=part)
    return replace(measure, adjustments=(*measure.adjustments, part))


def next_measure(finding: Finding) -> str:
    """The next free number among a problem's measures; one given up keeps its number."""
    used = [int(m.number.rpartition("-")[2]) for m in finding.measures if m.number.count("-") == 1]
    return f"{finding.number}-{max(used, default=0) + 1}"


def next_finding(plan: Plan) -> int:
    """The next free number among a plan's problems."""
    return max((f.number for f in plan.findings), default=0) + 1
