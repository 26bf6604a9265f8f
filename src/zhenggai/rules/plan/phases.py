"""The plan's phases as days: which are open, how much of them is gone, and where a due date counts."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from zhenggai.deadline.meaning import Context, Conventions, Deadline, Window
from zhenggai.deadline.parsing import parse_deadline
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.plan import Plan


def share_gone(start: int, end: int, day: int) -> float:
    """The share of a window's days gone by the end of ``day``, 0..1 (序时进度); days are ordinals.

    >>> share_gone(1, 10, 5)
    0.5
    """
    total = end - start + 1
    return min(max((day - start + 1) / total, 0.0), 1.0) if total > 0 else 1.0


@frozen
class PhaseWindow:
    """A phase with its days; ``end`` None is open."""

    number: int
    name: str
    words: str
    start: date | None
    end: date | None

    def share_gone(self, day: date) -> float | None:
        """The share of the phase's days gone by the end of ``day``, 0..1; None without start or end."""
        if self.start is None or self.end is None:
            return None
        return share_gone(self.start.toordinal(), self.end.toordinal(), day.toordinal())


def open_phases(windows: Sequence[PhaseWindow], day: date) -> tuple[PhaseWindow, ...]:
    """The phases that a day lies in, both where two share a month (A4)."""
    return tuple(w for w in windows if (w.start or date.min) <= day <= (w.end or date.max))


def first_start(windows: Sequence[PhaseWindow], issued: date) -> date:
    """The first phase's start, else the issue: the day whose week, or month, the reports' No 1 is about."""
    return min((w.start for w in windows if w.start), default=issued)


BEFORE, AFTER = 0, -1  # where a due date outside every phase counts


def due_phase(windows: Sequence[PhaseWindow], due: date) -> int:
    """The number of the earliest phase that contains a due date, else ``BEFORE`` (阶段前) or ``AFTER`` (阶段后)."""
    for window in sorted(windows, key=lambda w: w.start or date.min):
        if (window.start or date.min) <= due <= (window.end or date.max):
            return window.number
    first = min((w.start for w in windows if w.start), default=date.min)
    return BEFORE if due < first else AFTER


@lru_cache(maxsize=4096)
def read_deadline(words: str, context: Context) -> Deadline | None:
    """The meaning of a deadline's words, or None where they have none: a check names those."""
    try:
        return parse_deadline(words, context)
    except UsageError:
        return None


def phase_windows(plan: Plan) -> tuple[PhaseWindow, ...]:
    """The plan's phases with their days, in the plan's order; one that names only its end begins with the issue."""
    context = Context(plan.year, plan.issued, plan.feedback)
    found = []
    for phase in plan.phases:
        deadline = read_deadline(phase.deadline, context)
        start, end = (deadline.start or plan.issued, deadline.end) if deadline else (None, None)
        found.append(PhaseWindow(phase.number, phase.name, phase.deadline, start, end))
    return tuple(found)


def context_of(plan: Plan, windows: Sequence[PhaseWindow], base: date | None = None) -> Context:
    """What the words of the plan's deadlines are read against; ``base`` replaces the day of issue."""
    phases = tuple(Window(w.name, w.start, w.end) for w in windows)
    conventions = Conventions(immediate_days=plan.rules.immediate_days)
    return Context(plan.year, base or plan.issued, plan.feedback, phases, conventions)
