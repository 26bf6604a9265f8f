"""The plan in force on a day, with the additions, cancellations and adjustments after its issue."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.money import amount_of
from zhenggai.model.plan import Adjustment, Measure, Plan, Problem

ADDED, CANCELLED = "新增", "取消"

LIST_FIELDS = {label_of(n): n for n in ("lead_units", "units", "supporting_units", "guiding_units")}
TEXT_FIELDS = {
    label_of(n): n
    for n in (
        "deadline", "person", "leader", "leader_in_charge", "first_responsible", "goal", "standard", "content", "frequency",
        "next_review", "acceptor", "rectification_type", "priority", "amount",
    )
}  # fmt: skip

PROBLEM_FIELDS = frozenset({label_of("amount")})
"""The fields of a problem that are adjusted; all others are those of its measures."""

_Adjustable = TypeVar("_Adjustable", Problem, Measure)


def field_texts(part: Problem | Measure, label: str) -> tuple[str, ...]:
    """The texts of an adjustable field as issued, by the field's Chinese label. A single text is one item."""
    value = getattr(part, LIST_FIELDS.get(label) or TEXT_FIELDS[label])
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def texts_on(part: Problem | Measure, label: str, day: date) -> tuple[str, ...]:
    """The texts of an adjustable field on a day, as they were written."""
    given = [a.new for a in adjustments_by(part, day, date.max) if a.field == label]
    return given[-1] if given else field_texts(part, label)


def can_adjust(part: Problem | Measure, label: str) -> bool:
    """Whether a measure or problem has an adjustable field of this Chinese label."""
    return isinstance(part, Measure) or label in PROBLEM_FIELDS


def adjustments_by(part: Problem | Measure, as_of: date, known_by: date) -> list[Adjustment]:
    """The adjustments that are in force on ``as_of`` and registered by ``known_by``, oldest first.

    Those of fields that a problem does not adjust are left out; a check reports them.
    """
    known = (a for a in part.adjustments if can_adjust(part, a.field) and _holds(a.date, a.recorded, as_of, known_by))
    return sorted(known, key=lambda a: (a.date, a.recorded or a.date))


def adjustments_with_old(part: Problem | Measure) -> Iterator[tuple[Adjustment, tuple[str, ...]]]:
    """All adjustments of a measure or problem, oldest first, each with the field's earlier texts."""
    present: dict[str, tuple[str, ...]] = {}
    for adjustment in adjustments_by(part, date.max, date.max):
        yield adjustment, present.get(adjustment.field) or field_texts(part, adjustment.field)
        present[adjustment.field] = adjustment.new


def _holds(day: date, recorded: date | None, as_of: date, known_by: date) -> bool:
    """Whether a change that starts on ``day`` is in force and registered. Without 登记日 it counts as registered on its day."""
    return day <= as_of and (recorded or day) <= known_by


def _adjusted(part: _Adjustable, as_of: date, known_by: date) -> _Adjustable:
    if not part.adjustments:
        return part
    known = adjustments_by(part, as_of, known_by)
    changes: dict[str, object] = {"adjustments": tuple(known)}
    for adjustment in known:
        if name := LIST_FIELDS.get(adjustment.field):
            changes[name] = adjustment.new
        else:
            name = TEXT_FIELDS[adjustment.field]
            changes[name] = _value_of(name, "、".join(adjustment.new)) or getattr(part, name)
    return replace(part, **changes)  # type: ignore[arg-type]  # the names come from the two tables


def _value_of(name: str, text: str) -> object:
    """The value of a field from an adjustment's text. None if the text is none; a check reports that."""
    if name == "amount":
        amount = amount_of(text)
        return str(amount) if amount and amount.unit else None
    return text if name != "next_review" else _date_in(text)


def _date_in(text: str) -> date | None:
    """The date that a text is in ISO form. None if it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_amended(problem: Problem) -> bool:
    measures = any(m.since or m.cancelled or m.adjustments for m in problem.measures)
    return bool(problem.since or problem.adjustments or measures)


def plan_at(plan: Plan, as_of: date, known_by: date) -> Plan:
    """The plan in force on ``as_of``, as registered by ``known_by``.

    Later additions and cancelled measures are left out; adjustments are applied. A problem goes with the measures into
    which its own ones and those that it shares were merged.
    """
    if not any(map(_is_amended, plan.problems)):
        return plan

    def added(part: Measure | Problem) -> bool:
        return part.since is None or _holds(part.since, part.recorded, as_of, known_by)

    def given_up(measure: Measure) -> bool:
        end = measure.cancelled
        return end is not None and _holds(end.date, end.recorded, as_of, known_by)

    def holds(measure: Measure) -> bool:
        return added(measure) and not given_up(measure)

    problems = [_adjusted(problem, as_of, known_by) for problem in plan.problems if added(problem)]
    in_force = {measure.number for problem in problems for measure in problem.measures if holds(measure)}

    def present(number: str) -> str | None:
        """The measure of that number if it is in force, else the one that it was merged into; None if that is not either."""
        passed: set[str] = set()
        while number not in in_force and number not in passed:
            passed.add(number)
            measure = plan.measure_by_number.get(number)
            end = measure.cancelled if measure and given_up(measure) else None
            number = end.merged_into or "" if end else ""
        return number if number in in_force else None

    def on_day(problem: Problem) -> Problem:
        measures = tuple(_adjusted(measure, as_of, known_by) for measure in problem.measures if holds(measure))
        others = [*(measure.number for measure in problem.measures if given_up(measure)), *problem.shared_measures]
        if not others:
            return replace(problem, measures=measures)
        own = {measure.number for measure in measures}
        shared = dict.fromkeys(number for number in map(present, others) if number and number not in own)
        return replace(problem, measures=measures, shared_measures=tuple(shared))

    return replace(plan, problems=tuple(map(on_day, problems)))


@frozen(kw_only=True)
class PlanChange:
    """A change of an issued plan, in force from ``day`` on, registered on ``recorded``.

    ``number`` is that of the measure or problem. ``what`` is a field's label, ``ADDED`` or ``CANCELLED``. ``old`` and ``new``
    are the field's texts. For an addition, ``new`` is the content. For a cancellation, ``old`` is the content, and ``new``
    the number of the measure that takes its place, if any.
    """

    day: date
    recorded: date
    number: str
    what: str
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    basis: str | None = None


def adjusted_between(plan: Plan, since: date, until: date) -> tuple[PlanChange, ...]:
    """The changes of a plan that were registered after ``since`` and up to ``until``, by 登记日 or else by their first day.

    ``plan`` is the plan as in its file. The changes are sorted by that day, then in the plan's order.
    """
    found = (change for problem in plan.problems for change in _changes(problem))
    return tuple(sorted((c for c in found if since < c.recorded <= until), key=lambda c: (c.recorded, c.day)))


def _changes(problem: Problem) -> Iterator[PlanChange]:
    yield from _addition(problem)
    yield from _adjustments(problem)
    for measure in problem.measures:
        yield from _addition(measure)
        yield from _adjustments(measure)
        if end := measure.cancelled:
            into = (end.merged_into,) if end.merged_into else ()
            yield PlanChange(
                day=end.date,
                recorded=end.recorded or end.date,
                number=measure.number,
                what=CANCELLED,
                old=texts_on(measure, label_of("content"), end.date),
                new=into,
                basis=end.basis,
            )


def _addition(part: Problem | Measure) -> Iterator[PlanChange]:
    if part.since is not None:
        yield PlanChange(
            day=part.since,
            recorded=part.recorded or part.since,
            number=str(part.number),
            what=ADDED,
            new=(part.content,),
            basis=part.basis,
        )


def _adjustments(part: Problem | Measure) -> Iterator[PlanChange]:
    for change, old in adjustments_with_old(part):
        yield PlanChange(
            day=change.date,
            recorded=change.recorded or change.date,
            number=str(part.number),
            what=change.field,
            old=old,
            new=change.new,
            basis=change.basis,
        )
