"""What the supervising units said to a unit and it has not answered: the ladder's letters, inspections that found fault."""

from collections.abc import Iterator

from zhenggai.model.book import Record
from zhenggai.model.entries import TRUE, Escalation, Inspection, LookBack, Reply
from zhenggai.rules.state import Picture


def unanswered(picture: Picture, unit: str) -> tuple[Record, ...]:
    """The letters to a unit that await its 回复, about its tasks or about itself, in the order of entries."""
    said = (picture.said(number) for number in picture.record_by_number)
    answered = {entry.ref for entry in said if isinstance(entry, Reply) and entry.date <= picture.as_of}
    awaiting = (r for r in _to(picture, unit) if r.entry.number not in answered and _wants_answer(picture, r))
    return tuple(sorted(awaiting, key=lambda r: (r.entry.date, r.entry.number)))


def _to(picture: Picture, unit: str) -> Iterator[Record]:
    """What took part in the unit's tasks, and what names the unit and no task."""
    for task in picture.tasks:
        if task.unit == unit:
            yield from (picture.record_by_number[event.number] for event in task.events)
    yield from (r for r in picture.of_units if picture.unit_name(r.entry.unit or "") == unit)


def _wants_answer(picture: Picture, record: Record) -> bool:
    entry = picture.said(record.entry.number)
    return isinstance(entry, Escalation) or (isinstance(entry, Inspection | LookBack) and entry.conclusion != TRUE)
