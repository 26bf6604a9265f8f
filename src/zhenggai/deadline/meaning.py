"""What a deadline means, as values: its kind, window and recurrence, what its words lean on, and what is refused."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhenggai.calendar import Bounds, Step, add_months, month_end, period_bounds, periods_between
from zhenggai.errors import UsageError


class Kind(StrEnum):
    """What sort of deadline the words are."""

    BY = "by"
    ON = "on"
    SPAN = "span"
    FROM = "from"
    RELATIVE = "relative"
    IMMEDIATE = "immediate"
    LONG_TERM = "long_term"
    CONTINUOUS = "continuous"
    RECURRING = "recurring"
    PHASE = "phase"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Window:
    """A phase of the plan by its name, as context; an open side is None."""

    name: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Conventions:
    """The readings that a plan may set otherwise: the day of 月初 and of 月中, days until 立行立改 is checked."""

    month_start_day: int = 5
    mid_month_day: int = 15
    immediate_days: int = 15


@dataclass(frozen=True, slots=True)
class Context:
    """What the words lean on: the plan's 年度, 印发日期, 反馈日期, its phases and conventions."""

    year: int
    issued: date | None = None
    feedback: date | None = None
    phases: tuple[Window, ...] = ()
    conventions: Conventions = Conventions()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a recurring duty: the period's name and first day, and ``end``, the last day on time."""

    period: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often, and up to which day of each period.

    ``day`` is the day of the month, for a week the ISO weekday; None is the last. ``month`` counts within the period
    (每季度首月: 1); None is the last.
    """

    step: Step
    day: int | None = None
    month: int | None = None

    def occurrences(self, start: date, end: date) -> tuple[Occurrence, ...]:
        """All occurrences whose last day on time lies in start..end, in order; a day 31 is clamped to the month.

        >>> [str(o.end) for o in Recurrence("month", 31).occurrences(date(2020, 1, 31), date(2020, 3, 30))]
        ['2020-01-31', '2020-02-29']
        """
        found = (Occurrence(name, *self._window(name)) for name in periods_between(self.step, start, end))
        return tuple(occurrence for occurrence in found if start <= occurrence.end <= end)

    def _window(self, name: str) -> Bounds:
        first, last = period_bounds(name)
        if self.step == "week":
            return first, first + timedelta(days=(self.day or 7) - 1)
        month = last if self.month is None else add_months(first, self.month - 1)
        end_of_month = month_end(month.year, month.month)
        return first, end_of_month.replace(day=min(self.day or 31, end_of_month.day))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words and what they mean.

    ``end`` is the last day on which the work is still on time. ``check_date`` is that of 立行立改; ``then`` is
    "long_term" where 长期坚持 follows the stage. ``warnings`` are whole Chinese sentences.
    """

    text: str
    kind: Kind
    start: date | None = None
    end: date | None = None
    check_date: date | None = None
    then: str | None = None
    warnings: tuple[str, ...] = ()
    recurrence: Recurrence | None = None


class UnknownDeadline(UsageError):
    """The words fit no row; ``nearest`` are the examples of the rows that look most like them."""

    def __init__(self, text: str, nearest: tuple[str, ...], reason: str = "不是认得的写法") -> None:
        self.text, self.nearest = text, nearest
        super().__init__(f"时限「{_short(text)}」{reason}。相近的写法：{'、'.join(nearest)}")


class NoSuchDate(UsageError):
    """The words are understood, but the calendar has no such date."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        super().__init__(f"时限「{_short(text)}」有误：{reason}")


class BaseNeeded(UsageError):
    """The words count from a day that the context does not give."""

    def __init__(self, text: str, base: str) -> None:
        self.text = text
        super().__init__(f"时限「{_short(text)}」要从{base}起算，请先写明{base}")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
