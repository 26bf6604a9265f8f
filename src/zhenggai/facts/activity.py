"""How much is recorded: the entries of each unit by kind and week."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache, partial

from zhenggai.deadline.calendar import period_name
from zhenggai.facts.tables import EntryCount
from zhenggai.ledger import Ledger


def entry_counts(ledger: Ledger, through: date) -> Iterator[EntryCount]:
    """The rows of all units that recorded entries of the days until ``through``, by unit, kind and week."""
    week = cache(partial(period_name, "week"))
    by_file = Counter((entry.path, entry.kind, entry.date) for entry in ledger.entries() if entry.date <= through)
    counts: Counter[tuple[str, str, str]] = Counter()
    for (path, kind, day), entries in by_file.items():
        counts[ledger.units.recorder(path), kind.value, week(day)] += entries
    for (unit, what, name), entries in sorted(counts.items()):
        yield EntryCount(ledger.plan.number, unit, what, name, entries)
