"""Value types of deadlines: the parsed deadline, the context it is parsed in, and the errors of parsing."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from zhenggai.deadline.recurrence import Recurrence
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen


class DeadlineKind(StrEnum):
    """The kind of a deadline."""

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
    SEVERAL = "several"
    UNRESOLVED = "unresolved"


@frozen
class Window:
    """A phase of the plan, as context; None is an open side."""

    name: str
    start: date | None
    end: date | None


@frozen
class Conventions:
    """Readings that can be configured: the day of the month for 月初 and 月中, the days until 立行立改 is checked."""

    month_start_day: int = 5
    mid_month_day: int = 15
    immediate_days: int = 15


@frozen
class Context:
    """What the words refer to: the plan's 年度, 印发日期 and 反馈日期, its phases, and the conventions.

    ``of_phase``: the words are a phase's 时限, where a month alone is the whole month; elsewhere it is a last day (A9).
    """

    year: int
    issued: date | None = None
    feedback: date | None = None
    phases: tuple[Window, ...] = ()
    conventions: Conventions = Conventions()
    of_phase: bool = False


class Stage(NamedTuple):
    """One of several dates in a deadline: its words and its last day on time."""

    words: str
    end: date


@frozen
class Deadline:
    """The words of a deadline and their meaning.

    - ``start``, ``end``: the window; ``end`` is the last day on time. None is an open side.
    - ``check_date``: the day on which 立行立改 is checked.
    - ``then``: LONG_TERM or CONTINUOUS if the task is followed up after the window, else None.
    - ``warnings``: Chinese sentences.
    - ``recurrence``: the rhythm of a recurring deadline.
    - ``stages``: the dates of a deadline that has several, in order; ``end`` is the last.
    """

    text: str
    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    check_date: date | None = None
    then: DeadlineKind | None = None
    warnings: tuple[str, ...] = ()
    recurrence: Recurrence | None = None
    stages: tuple[Stage, ...] = ()


UNKNOWN = "不是认得的写法"


class UnknownDeadline(UsageError):
    """The words have no known shape; ``nearest`` holds the most similar examples."""

    def __init__(self, text: str, nearest: tuple[str, ...], reason: str = UNKNOWN) -> None:
        self.text, self.nearest = text, nearest
        super().__init__(f"时限「{_short(text)}」{reason}。相近的写法：{'、'.join(nearest)}")


class NoSuchDate(UsageError):
    """The words are understood, but they name a date that does not exist."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        super().__init__(f"时限「{_short(text)}」有误：{reason}")


class BaseNeeded(UsageError):
    """The words count from a day that the context does not have."""

    def __init__(self, text: str, base: str) -> None:
        self.text = text
        super().__init__(f"时限「{_short(text)}」要从{base}起算，请先写明{base}")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
