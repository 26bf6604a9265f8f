"""What the supervising units said to a unit: the ladder's letters, inspections that found fault; and what of it awaits an answer."""

from collections.abc import Iterator

from zhenggai.model.book import Record
from zhenggai.model.entries import TRUE, Escalation, Inspection, Kind, LookBack, Reply
from zhenggai.rules.head import Escalated
from zhenggai.rules.picture import Picture


def unanswered(picture: Picture, unit: str) -> tuple[Record, ...]:
    """The letters to a unit that await its 回复, about its tasks or about itself, in the order of entries."""
    answered = {event.ref for task in picture.tasks for event in task.events if event.kind is Kind.REPLY}
    said = (picture.said(record.entry.number) for record in picture.of_units)
    answered |= {entry.ref for entry in said if isinstance(entry, Reply)}
    awaiting = (r for r in _to(picture, unit) if r.entry.number not in answered and _wants_answer(picture, r))
    return tuple(sorted(awaiting, key=lambda r: (r.entry.date, r.entry.number)))


def _to(picture: Picture, unit: str) -> Iterator[Record]:
    """What took part in the unit's tasks, and what names the unit, or one that was merged into it, and no task."""
    for task in picture.tasks:
        if task.unit == unit:
            yield from (picture.record_by_number[event.number] for event in task.events)
    yield from (r for r in picture.of_units if picture.units.carrier(r.entry.unit or "", picture.as_of) == unit)


def _wants_answer(picture: Picture, record: Record) -> bool:
    entry = picture.said(record.entry.number)
    return isinstance(entry, Escalation) or (isinstance(entry, Inspection | LookBack) and entry.conclusion != TRUE)


def steps_to_units(picture: Picture) -> dict[str, list[Escalated]]:
    """The steps of the ladder said to each unit as a whole: those that name no measure, and every interview with it.

    A letter to a unit that was merged counts for its successor.
    """
    said = [entry for record in picture.of_units if (entry := picture.said(record.entry.number))]
    replied = {entry.ref: entry.date for entry in reversed(said) if isinstance(entry, Reply)}
    found: dict[str, list[Escalated]] = {}
    for entry in said:
        if isinstance(entry, Escalation):
            step = Escalated(entry.kind, entry.date, entry.number, entry.time_limit, replied.get(entry.number))
            found.setdefault(picture.units.carrier(entry.unit, picture.as_of), []).append(step)
    for task in picture.tasks:
        if interviews := [step for step in task.head.ladder if step.kind is Kind.INTERVIEW]:
            found.setdefault(task.unit, []).extend(interviews)
    return found
