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
    reviewers.diagnostics,
    references.diagnostics,
    register_entries.diagnostics,
    entry_dates.diagnostics,
    evidence_files.diagnostics,
    evidence_files.files,
    folder_names.long_paths,
    paper_progress.diagnostics,
    close_outs.diagnostics,
    approvals.diagnostics,
    targets_met.diagnostics,
    secrecy.diagnostics,
    control_characters.diagnostics,
)


def ledger_diagnostics(book: Book, snapshot: Snapshot) -> tuple[Diagnostic, ...]:
    """What the ledger checks find, as of the snapshot's day."""
    return tuple(diagnostic for check in LEDGER_CHECKS for diagnostic in check(book, snapshot))
