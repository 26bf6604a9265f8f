"""What a deadline means, as values: its kind and window, what its words lean on, and what is refused."""

from datetime import date
from enum import StrEnum

from zhenggai.deadline.recurrence import Recurrence
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen


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


@frozen
class Window:
    """A phase of the plan by its name, as context; an open side is None."""

    name: str
    start: date | None
    end: date | None


@frozen
class Conventions:
    """The readings that a plan may set otherwise: the day of 月初 and of 月中, days until 立行立改 is checked."""

    month_start_day: int = 5
    mid_month_day: int = 15
    immediate_days: int = 15


@frozen
class Context:
    """What the words lean on: the plan's 年度, 印发日期, 反馈日期, its phases and conventions."""

    year: int
    issued: date | None = None
    feedback: date | None = None
    phases: tuple[Window, ...] = ()
    conventions: Conventions = Conventions()


@frozen
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
