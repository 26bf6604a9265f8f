"""The checks of what was recorded, in one table; ``check`` only."""

from zhenggai.model.book import Book
from zhenggai.model.source import Problem
from zhenggai.rules.checks import (
    approvals,
    close_outs,
    control_characters,
    dates,
    evidence,
    folder_names,
    paper_progress,
    promises,
    references,
    registers,
    reviewers,
    secrecy,
    targets,
)
from zhenggai.rules.checks.check import LedgerCheck
from zhenggai.rules.day.picture import Picture

LEDGER_CHECKS: tuple[LedgerCheck, ...] = (
    promises.measures_have_entries,
    reviewers.problems,
    references.problems,
    registers.problems,
    dates.problems,
    evidence.problems,
    evidence.files,
    folder_names.long_paths,
    paper_progress.problems,
    close_outs.problems,
    approvals.problems,
    targets.problems,
    secrecy.problems,
    control_characters.problems,
)


def ledger_problems(book: Book, picture: Picture) -> tuple[Problem, ...]:
    """What the ledger checks find, as of the picture's day."""
    return tuple(problem for check in LEDGER_CHECKS for problem in check(book, picture))
