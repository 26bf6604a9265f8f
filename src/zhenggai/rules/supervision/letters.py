"""Letters to a unit: steps of the ladder, and inspections and look-backs that found fault; who writes them, which await a reply."""

from collections.abc import Iterator
from dataclasses import replace

from zhenggai.model.book import Record
from zhenggai.model.entries import Escalation, Reply
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.task_state import Escalated
from zhenggai.rules.task.tasks import reviewers_of, supervisor_of
from zhenggai.rules.task.transitions import awaits_reply


def unanswered(snapshot: Snapshot, unit: str) -> tuple[Record, ...]:
    """The letters that await the unit's 回复, about its tasks or about itself, in order of day and number."""
    own = [event for task in snapshot.tasks if task.unit == unit for event in task.events]
    answered = {event.ref for event in own if event.kind is Kind.REPLY}
    said = (snapshot.said(event.number) for event in snapshot.aside.of_units)
    answered |= {entry.ref for entry in said if isinstance(entry, Reply)}
    letters = (event for event in own if awaits_reply(event.kind, event.value))
    awaiting = [e.number for e in (*letters, *_to_whole(snapshot, unit)) if e.number not in answered]
    records = (snapshot.archive.record(number) for number in awaiting if _wants_answer(snapshot, number))
    return tuple(sorted((r for r in records if r), key=lambda r: (r.entry.date, r.entry.number)))


def _to_whole(snapshot: Snapshot, unit: str) -> Iterator[Event]:
    """The events that name the unit, or one merged into it, and no task."""
    return (e for e in snapshot.aside.of_units if snapshot.units.carrier(e.unit or "", snapshot.as_of) == unit)


def _wants_answer(snapshot: Snapshot, number: str) -> bool:
    entry = snapshot.said(number)
    return entry is not None and awaits_reply(entry.kind, getattr(entry, "conclusion", None))


def steps_to_units(snapshot: Snapshot) -> dict[str, list[Escalated]]:
    """The steps of the ladder taken against each unit as a whole: those without a measure, and all interviews.

    A letter to a merged unit counts for its successor.
    """
    said = [entry for event in snapshot.aside.of_units if (entry := snapshot.said(event.number))]
    replied = {entry.ref: entry.date for entry in reversed(said) if isinstance(entry, Reply)}
    found: dict[str, list[Escalated]] = {}
    for entry in said:
        if isinstance(entry, Escalation):
            step = Escalated(entry.kind, entry.date, entry.number, entry.time_limit, replied.get(entry.number))
            found.setdefault(snapshot.units.carrier(entry.unit, snapshot.as_of), []).append(step)
    for task in snapshot.tasks:
        if interviews := [step for step in task.head.ladder if step.kind is Kind.INTERVIEW]:
            found.setdefault(task.unit, []).extend(interviews)
    return found


def signer_of(snapshot: Snapshot, unit: str) -> str:
    """Who writes to a unit: 督办单位, else 工作专班; to these themselves, 复核单位. "" if there is nobody but the unit itself."""
    plan, units, own = snapshot.plan, snapshot.units, frozenset((unit,))
    second = reviewers_of(plan, units, (), own, snapshot.as_of).second
    sender = replace(plan, supervisor=plan.supervisor or plan.task_force)
    return supervisor_of(sender, units, own, second, snapshot.as_of) or ""


def is_other_unit(snapshot: Snapshot, addressee: str, unit: str) -> bool:
    """Whether the addressee of a letter about a unit is another unit of the book, such as the one that decides on 问责."""
    found = snapshot.units.unit_named(addressee)
    return found is not None and found.name != unit
