"""The checks of the plan itself, in one table; every command that shows the plan says the errors among what they find."""

from zhenggai.model.book import Book
from zhenggai.model.source import Diagnostic
from zhenggai.rules.checks import (
    adjustments,
    deadlines,
    folder_names,
    identity_addresses,
    numbering,
    promises,
    targets_met,
    unit_names,
)
from zhenggai.rules.checks.check import PlanCheck

PLAN_CHECKS: tuple[PlanCheck, ...] = (
    numbering.diagnostics,
    deadlines.diagnostics,
    unit_names.diagnostics,
    folder_names.diagnostics,
    identity_addresses.diagnostics,
    adjustments.diagnostics,
    targets_met.requirements,
    promises.problems_have_measures,
    promises.tasks_have_owners,
)


def plan_diagnostics(book: Book) -> tuple[Diagnostic, ...]:
    """What the plan checks find."""
    return tuple(diagnostic for check in PLAN_CHECKS for diagnostic in check(book))
