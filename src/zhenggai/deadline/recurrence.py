"""Recurrence of a duty: its frequency and its occurrences. No words."""

from datetime import date, timedelta
from typing import NamedTuple

from zhenggai.deadline.calendar import Bounds, Step, add_months, month_end, period_bounds, periods_between


class DutyOccurrence(NamedTuple):
    """One occurrence of a recurring duty: the name and first day of its period; ``end`` is the last day on time."""

    period: str
    start: date
    end: date


class Recurrence(NamedTuple):
    """How often a duty recurs, and up to which day of each period it is on time.

    ``day`` is the day of the month, or for weeks the ISO weekday; None is the last one. ``month`` counts within the period
    (每季度首月 is 1); None is the last one.
    """

    step: Step
    day: int | None = None
    month: int | None = None

    def occurrences(self, start: date, end: date) -> tuple[DutyOccurrence, ...]:
        """All occurrences whose last day on time is in start..end, in order. Day 31 means the last day of shorter months.

        >>> [str(o.end) for o in Recurrence("month", 31).occurrences(date(2020, 1, 31), date(2020, 3, 30))]
        ['2020-01-31', '2020-02-29']
        """
        found = (DutyOccurrence(name, *self._window(name)) for name in periods_between(self.step, start, end))
        return tuple(occurrence for occurrence in found if start <= occurrence.end <= end)

    def _window(self, name: str) -> Bounds:
        first, last = period_bounds(name)
        if self.step == "week":
            return first, first + timedelta(days=(self.day or 7) - 1)
        month = last if self.month is None else add_months(first, self.month - 1)
        end_of_month = month_end(month.year, month.month)
        return first, end_of_month.replace(day=min(self.day or 31, end_of_month.day))
