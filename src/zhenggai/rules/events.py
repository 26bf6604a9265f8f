"""An entry as the fold sees it: a plain event that an index may store."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar, assert_never

from zhenggai.model.entries import (
    Application,
    BasicallyDone,
    Claim,
    CloseOut,
    Correction,
    Done,
    Election,
    Entry,
    Escalation,
    ExtensionGrant,
    ExtensionRefusal,
    ExtensionRequest,
    Inspection,
    Lesson,
    LongTermReview,
    LookBack,
    Notice,
    Occurrence,
    Progress,
    Reopening,
    Reply,
    Review,
    ToLongTerm,
    WeakOrganisation,
)
from zhenggai.rules.head import Day, Event, Mark, More

T = TypeVar("T")


def event_of(entry: Entry, role: int, offset: int) -> Event:
    """An entry as the fold sees it; ``role`` is what the recording unit is to the task."""
    value: int | str | None = None
    until: Day | None = None
    ref: str | None = None
    flags = role | (Mark.EVIDENCE if entry.evidence else 0)
    more: More = ()
    match entry:
        case Progress():
            value = entry.percent
            flags |= Mark.ON_BEHALF if entry.on_behalf else 0
            more = _steps(entry.steps) + _measured(entry.measured, entry.measured_base)
        case Done():
            value = entry.conclusion
            more = _steps(entry.steps)
        case Review() | Inspection() | LookBack():
            value = entry.conclusion
            ref = None if isinstance(entry, Inspection) else entry.ref
        case Notice():
            until, ref = entry.end, entry.ref
        case Reopening():
            until, ref = entry.deadline, entry.ref
        case ExtensionRequest():
            until = entry.to
        case ExtensionGrant():
            until, ref = entry.to, entry.ref
        case CloseOut() | ExtensionRefusal() | Reply():
            ref = entry.ref
        case ToLongTerm():
            until = entry.next_review
        case LongTermReview():
            until = entry.next_review
            more = _measured(entry.measured, None)
        case Occurrence():
            value = entry.period
            more = _measured(entry.measured, None)
        case Escalation():
            until = entry.time_limit
        case Correction():
            ref = entry.ref
            value = entry.percent if entry.percent is not None else _first(entry.conclusion, entry.period)
            until = _first(entry.to, entry.end, entry.deadline, entry.next_review, entry.time_limit)
            flags |= Mark.VOID if entry.void else 0
            more = _steps(entry.steps) + _measured(entry.measured, entry.measured_base)
            more += _named(person=entry.person, leader=entry.leader)
        case Claim():
            more = _named(person=entry.person, leader=entry.leader)
            more += tuple(("own_steps", step) for step in entry.own_steps)
        case BasicallyDone() | Application() | Lesson() | Election() | WeakOrganisation():
            pass
        case _:
            assert_never(entry)
    return Event(entry.date, entry.number, entry.kind, value, until, ref, flags, more, offset)


def _steps(steps: Iterable[str]) -> More:
    return tuple(("steps", step) for step in steps)


def _measured(value: Decimal | None, base: Decimal | None) -> More:
    return _named(measured=value, measured_base=base)


def _named(**given: object) -> More:
    return tuple((name, str(value)) for name, value in given.items() if value is not None)


def _first(*values: T | None) -> T | None:
    return next((value for value in values if value is not None), None)
