"""Entries imported from an old ledger (录自), dated by the plan's 期初: they are judged by their own day.

The old ledger was kept elsewhere, and in time. Here its entries are recorded all at once, so the recording day says nothing
about them. What was known on a day still goes by recording days (``numbers.is_known``).
"""

from datetime import date

from zhenggai.model.entries import Entry
from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import Event
from zhenggai.model.numbers import recorded_on


def is_imported(event: Event, opening: date | None) -> bool:
    """Whether an event is one of the old ledger: it bears 录自 and is dated by ``opening``, the plan's 期初."""
    return bool(event.flags & Mark.COPIED) and opening is not None and event.date <= opening


def is_imported_entry(entry: Entry, opening: date | None) -> bool:
    """The same of an entry."""
    return entry.copied_from is not None and opening is not None and entry.date <= opening


def judged_on(event: Event, opening: date | None) -> date:
    """The day on which an event counts as recorded, where it is asked whether that was in time."""
    return event.date if is_imported(event, opening) else recorded_on(event.number)


def followed_from(event: Event, opening: date | None) -> date:
    """The day from which a completed task is followed up here: its completion; for one of the old ledger, 期初."""
    return opening if opening is not None and is_imported(event, opening) else event.date


def days_behind(entry: Entry, opening: date | None) -> int:
    """The days from an entry's date to its recording; 0 for one of the old ledger."""
    return 0 if is_imported_entry(entry, opening) else (recorded_on(entry.number) - entry.date).days
