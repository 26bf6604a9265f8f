"""The plan in force on a day: what was added, given up or adjusted after its issue (DESIGN §1, "A plan has a history")."""

from dataclasses import replace
from datetime import date

from zhenggai.model.labels import label_of
from zhenggai.model.plan import Adjustment, Measure, Plan

_LIST_FIELDS = {label_of(n): n for n in ("lead_units", "units", "supporting_units")}
_TEXT_FIELDS = {
    label_of(n): n for n in ("deadline", "person", "leader", "goal", "standard", "content", "frequency", "next_review")
}


def field_texts(measure: Measure, label: str) -> tuple[str, ...]:
    """What the plan, as issued, says in an adjustable field; a single text is one item."""
    value = getattr(measure, _LIST_FIELDS.get(label) or _TEXT_FIELDS[label])
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def adjustments_by(measure: Measure, as_of: date, known_by: date) -> list[Adjustment]:
    """The adjustments of a measure that hold on a day, as known by another, oldest first."""
    known = (a for a in measure.adjustments if a.date <= as_of and (a.recorded or a.date) <= known_by)
    return sorted(known, key=lambda a: (a.date, a.recorded or a.date))


def _adjusted(measure: Measure, as_of: date, known_by: date) -> Measure:
    changes: dict[str, object] = {}
    for adjustment in adjustments_by(measure, as_of, known_by):
        if name := _LIST_FIELDS.get(adjustment.field):
            changes[name] = adjustment.new
        else:
            text = "、".join(adjustment.new)
            name = _TEXT_FIELDS[adjustment.field]
            changes[name] = text if name != "next_review" else _date_in(text) or measure.next_review
    return replace(measure, **changes) if changes else measure  # type: ignore[arg-type]  # names from the two tables


def _date_in(text: str) -> date | None:
    """The date a text is, or None: a check names what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def plan_at(plan: Plan, as_of: date, known_by: date) -> Plan:
    """The plan as in force on a day: what was added later or given up by then is absent, adjustments are applied."""

    def in_force(measure: Measure) -> bool:
        added = measure.since is None or measure.since <= as_of
        return added and (measure.cancelled is None or measure.cancelled.date > as_of)

    findings = tuple(
        replace(f, measures=tuple(_adjusted(m, as_of, known_by) for m in f.measures if in_force(m)))
        for f in plan.findings
        if f.since is None or f.since <= as_of
    )
    return replace(plan, findings=findings)
