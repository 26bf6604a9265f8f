"""The only clock: everything else is told the day."""

from datetime import date, datetime


def now() -> datetime:
    """This moment, local time."""
    return datetime.now()


def today() -> date:
    """This day."""
    return now().date()
