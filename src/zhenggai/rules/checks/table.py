"""The table of checks. A new check needs one file in this folder and one row here."""

from collections.abc import Iterator
from importlib import import_module

from zhenggai.model.book import Book
from zhenggai.model.source import Diagnostic
from zhenggai.rules.checks.named_check import Check

_MODULES = (
    "placeholders",
    "numbering",
    "shared_measures",
    "deadlines",
    "unit_names",
    "folder_names",
    "identity_addresses",
    "adjustments",
    "targets_met",
    "money",
    "organisation_book",
    "promises",
    "reviewers",
    "outside_units",
    "step_numbers",
    "register_entries",
    "entry_dates",
    "opening",
    "evidence_files",
    "paper_progress",
    "close_outs",
    "approvals",
    "secrecy",
    "control_characters",
)
"""The modules of the checks, in the order in which their checks run. A module has one check, or a few checks with shared code."""


def _checks() -> Iterator[Check]:
    for name in _MODULES:
        module = import_module(f"zhenggai.rules.checks.{name}")
        yield from (value for value in vars(module).values() if isinstance(value, Check))


CHECKS: tuple[Check, ...] = tuple(_checks())


def plan_diagnostics(book: Book) -> tuple[Diagnostic, ...]:
    """The findings of all checks in a plan and its books. Every command that shows the plan reports the errors among them."""
    return tuple(diagnostic for check in CHECKS for diagnostic in check.in_plan(book))
