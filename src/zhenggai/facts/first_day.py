"""The day from which the facts of a plan hold."""

from datetime import date

from zhenggai.ledger import Ledger
from zhenggai.rules.plan.phases import phase_windows


def first_day(ledger: Ledger) -> date:
    """The first day of a plan: the least of its issue, the first day of its phases, and the day of its first entry."""
    starts = (window.start for window in phase_windows(ledger.plan))
    return min(day for day in (ledger.plan.issued, ledger.first_entry, *starts) if day is not None)
