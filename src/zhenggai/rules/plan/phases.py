"""The plan's phases as days: the open ones, their elapsed share, and the phase of a due date (docs/rules.md, 起止和时限)."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.plan import Plan
from zhenggai.model.rates import rounded

if TYPE_CHECKING:
    from zhenggai.deadline.meaning import Context, Deadline


def share_gone(start: int, end: int, day: int, places: int) -> float:
    """The elapsed share of a window at the end of ``day``, 0 to 1. Days are ordinals, both ends inclusive.

    >>> share_gone(1, 8, 5, 4), share_gone(1, 8, 5, 2), share_gone(8, 1, 5, 2)
    (0.625, 0.63, 1.0)
    """
    total = end - start + 1
    return rounded(min(max(day - start + 1, 0), total), total, places) if total > 0 else 1.0


def percent_gone(start: int, end: int, day: int) -> int:
    """序时进度: the elapsed share of a window in whole percent.

    >>> percent_gone(1, 8, 5)
    63
    """
    return round(share_gone(start, end, day, 2) * 100)


_PLACES = 4  # of a phase's share: hundredths of a percent


@frozen
class PhaseWindow:
    """A phase with its first and last day. None: that side is open."""

    number: int
    name: str
    words: str
    start: date | None
    end: date | None

    def share_gone(self, day: date) -> float | None:
        """The elapsed share of the phase at the end of ``day``, 0 to 1. None without a first or last day."""
        if self.start is None or self.end is None:
            return None
        return share_gone(self.start.toordinal(), self.end.toordinal(), day.toordinal(), _PLACES)


def open_phases(windows: Sequence[PhaseWindow], day: date) -> tuple[PhaseWindow, ...]:
    """The phases that contain a day. There may be several, as phases may overlap."""
    return tuple(w for w in windows if (w.start or date.min) <= day <= (w.end or date.max))


def first_start(windows: Sequence[PhaseWindow], issued: date) -> date:
    """The first day of the first phase, else the day of issue. Report No. 1 covers the week or month of this day."""
    return min((w.start for w in windows if w.start), default=issued)


BEFORE, AFTER = 0, -1  # stand for a phase's number if a due date is outside all phases


def due_phase(windows: Sequence[PhaseWindow], due: date) -> int:
    """The number of the earliest phase that contains a due date, else ``BEFORE`` (阶段前) or ``AFTER`` (阶段后)."""
    for window in sorted(windows, key=lambda w: w.start or date.min):
        if (window.start or date.min) <= due <= (window.end or date.max):
            return window.number
    first = min((w.start for w in windows if w.start), default=date.min)
    return BEFORE if due < first else AFTER


@lru_cache(maxsize=4096)
def read_deadline(words: str, context: "Context") -> "Deadline | None":
    """The meaning of a deadline's words. None if they cannot be read; a check reports those."""
    from zhenggai.deadline.parsing import parse_deadline  # here: lists do without the grammar of deadlines

    try:
        return parse_deadline(words, context)
    except UsageError:
        return None


def phase_windows(plan: Plan) -> tuple[PhaseWindow, ...]:
    """The plan's phases with their days, in the plan's order. A phase without a first day begins on the day of issue."""
    context = phase_context(plan)
    found = []
    for phase in plan.phases:
        deadline = read_deadline(phase.deadline, context)
        start, end = (deadline.start or plan.issued, deadline.end) if deadline else (None, None)
        found.append(PhaseWindow(phase.number, phase.name, phase.deadline, start, end))
    return tuple(found)


def phase_context(plan: Plan) -> "Context":
    """The context in which the 时限 of phases are read."""
    from zhenggai.deadline.meaning import Context  # as above

    return Context(plan.year, plan.issued, plan.feedback, of_phase=True)


def context_of(plan: Plan, windows: Sequence[PhaseWindow], base: date | None = None) -> "Context":
    """The context in which the plan's deadlines are read. ``base`` (自) replaces the days of issue and feedback (A10)."""
    from zhenggai.deadline.meaning import Context, Conventions, Window  # as above

    phases = tuple(Window(w.name, w.start, w.end) for w in windows)
    conventions = Conventions(immediate_days=plan.rules.immediate_days)
    return Context(plan.year, base or plan.issued, base or plan.feedback, phases, conventions)
