"""The days of a report, for calendars."""

from datetime import date
from typing import Protocol

from zhenggai.frozen import frozen


@frozen
class CalendarEvent:
    """A day in a calendar, with a line of text, a description in lines, and alarms, each so many days before.

    ``about`` says what the event is about, whenever it is: the calendar of another day has the same event with these words.
    """

    about: tuple[str, ...]
    day: date
    summary: str
    description: tuple[str, ...] = ()
    alarms: tuple[int, ...] = ()


@frozen
class Calendar:
    """Days of a report, for calendars; ``as_of`` is the day on which they were so."""

    name: str
    as_of: date
    events: tuple[CalendarEvent, ...]


class HasCalendar(Protocol):
    """A report that a calendar can be made of."""

    def calendar(self) -> Calendar:
        """The dates of the report."""
