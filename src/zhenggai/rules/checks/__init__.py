"""Named checks, one file each. A new check is one file, and one line in a table here."""

from zhenggai.model.book import Book
from zhenggai.model.source import Problem
from zhenggai.rules.checks import (
    adjustments,
    dates,
    deadlines,
    evidence,
    numbering,
    paper_progress,
    promises,
    references,
    reviewers,
    secrecy,
    unit_names,
)
from zhenggai.rules.checks.check import LedgerCheck, PlanCheck
from zhenggai.rules.state import Picture

PLAN_CHECKS: tuple[PlanCheck, ...] = (
    numbering.problems,
    deadlines.problems,
    unit_names.problems,
    adjustments.problems,
    promises.findings_have_measures,
    promises.tasks_have_owners,
)
"""What is wrong with the plan itself; every command that shows the plan says the errors among it."""

LEDGER_CHECKS: tuple[LedgerCheck, ...] = (
    promises.measures_have_entries,
    reviewers.problems,
    references.problems,
    dates.problems,
    evidence.problems,
    paper_progress.problems,
    secrecy.problems,
)
"""What is wrong or suspicious in what was recorded; ``check`` only."""


def plan_problems(book: Book) -> tuple[Problem, ...]:
    """What the plan checks find."""
    return tuple(problem for check in PLAN_CHECKS for problem in check(book))


def ledger_problems(book: Book, picture: Picture) -> tuple[Problem, ...]:
    """What the ledger checks find, as of the picture's day."""
    return tuple(problem for check in LEDGER_CHECKS for problem in check(book, picture))
