"""The plan's phases and deadlines, read from its words."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from zhenggai.deadline.meaning import Context, Conventions, Deadline, Window
from zhenggai.deadline.parsing import parse_deadline
from zhenggai.errors import UsageError
from zhenggai.model.plan import Plan
from zhenggai.rules.plan.phase_windows import PhaseWindow


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
