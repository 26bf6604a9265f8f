"""The checks of what was recorded, in one table; ``check`` only."""

from zhenggai.model.book import Book
from zhenggai.model.source import Diagnostic
from zhenggai.rules.checks import (
    approvals,
    close_outs,
    control_characters,
    entry_dates,
    evidence_files,
    folder_names,
    paper_progress,
    promises,
    references,
    register_entries,
    reviewers,
    secrecy,
    targets_met,
)
from zhenggai.rules.checks.check import LedgerCheck
from zhenggai.rules.day.snapshot import Snapshot

LEDGER_CHECKS: tuple[LedgerCheck, ...] = (
    promises.measures_have_entries,
    reviewers.problems,
    references.problems,
    register_entries.problems,
    entry_dates.problems,
    evidence_files.problems,
    evidence_files.files,
    folder_names.long_paths,
    paper_progress.problems,
    close_outs.problems,
    approvals.problems,
    targets_met.problems,
    secrecy.problems,
    control_characters.problems,
)


def ledger_problems(book: Book, picture: Snapshot) -> tuple[Diagnostic, ...]:
    """What the ledger checks find, as of the picture's day."""
    return tuple(problem for check in LEDGER_CHECKS for problem in check(book, picture))
