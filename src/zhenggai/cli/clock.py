"""The only module that reads the clock. All other code takes the day as a parameter."""

from datetime import date, datetime


def now() -> datetime:
    """The current local time, without a time zone."""
    return datetime.now()


def today() -> date:
    """Today's local date."""
    return now().date()
