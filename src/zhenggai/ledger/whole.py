"""Reads whole books from the files, past the index: for ``check``, and for commands that change a plan or the unit book."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from zhenggai.index.book_files import read_books
from zhenggai.model.book import Book
from zhenggai.model.organisations import OrganisationBook
from zhenggai.model.plan import Plan
from zhenggai.model.source import Diagnostic, Level
from zhenggai.model.units import UnitBook
from zhenggai.reading import load
from zhenggai.reading.data_folders import chosen_paths, ledger_folders, ledger_paths, plan_paths, root_of
from zhenggai.rules.checks import organisation_book
from zhenggai.rules.checks.evidence_files import SWAPPED
from zhenggai.rules.checks.named_check import Check, DataFolder
from zhenggai.rules.checks.table import CHECKS
from zhenggai.rules.day.state import state

DayOf = Callable[[Plan], date]
"""From a plan to a day, such as today in the plan's zone."""


def read_book(root: Path, path: str) -> Book:
    """The book of the plan in a file; ``NothingToShow`` if the plan cannot be used."""
    books = read_books(root, path)
    return load.load_book(root, books.plan, books.units)


def read_books_of(root: Path) -> tuple[Book, ...]:
    """The books of all usable plans of a root."""
    units, _ = load.load_units(root)
    plans = (load.load_plan(root, path)[0] for path in plan_paths(root))
    return tuple(load.load_book(root, plan, units) for plan in plans if plan is not None)


def read_organisations(root: Path, plan: Plan, units: UnitBook) -> tuple[OrganisationBook, tuple[Diagnostic, ...]]:
    """The organisation book, and its diagnostics."""
    listed, diagnostics = load.load_organisations(root)
    return listed, (*diagnostics, *organisation_book.CHECK.in_plan(Book(plan, units, organisations=listed)))


def check_root(
    start: Path,
    plan_number: str | None,
    as_of: date | DayOf,
    today: date | DayOf | None = None,
    *,
    verify: bool = False,
    evidence_in: Collection[str] | None = None,
    checks: Sequence[Check] = CHECKS,
) -> tuple[Diagnostic, ...]:
    """The diagnostics of reading and of ``checks`` in all plans of a root, or in the plan of a number; in order of place.

    - ``as_of``, ``today``: a day, or a function that gives the day for a plan. With ``today`` the checks also find entries
      with days too far after it;
    - ``verify``: reads all evidence files, even those whose digest is remembered;
    - ``evidence_in``: with a collection, reads only the evidence files in it.
    """
    root = root_of(start)
    with _digests(root, verify, evidence_in) as digest_of:
        return tuple(
            dict.fromkeys(
                sorted(_found(root, plan_number, as_of, today, digest_of, checks), key=lambda p: (p.source, p.check))
            )
        )


def keeps_from_sharing(diagnostic: Diagnostic) -> bool:
    """Whether ``sync`` must not send a changed file that has this diagnostic.

    Evidence whose content does not fit its name is only a warning if no entry uses it any more. Files that everybody has
    already may stay so, but no new file of this sort may be sent.
    """
    return diagnostic.level is Level.ERROR or diagnostic.check == SWAPPED.name


@contextmanager
def _digests(root: Path, verify: bool, only: Collection[str] | None) -> Iterator[Callable[[str], str | None]]:
    from zhenggai.writing import evidence_digests  # imported here: lists do not need it

    if only is None:
        with evidence_digests.remembered(root, verify=verify) as digest_of:
            yield digest_of
    else:
        yield lambda path: evidence_digests.digest_of(root, path) if path in only else None


def _found(
    root: Path,
    plan_number: str | None,
    as_of: date | DayOf,
    today: date | DayOf | None,
    digest_of: Callable[[str], str | None],
    checks: Sequence[Check],
) -> Iterator[Diagnostic]:
    units, faults = load.load_units(root)
    listed, of_organisations = load.load_organisations(root)
    yield from faults
    if plan_number is None:
        plans = tuple(Path(path).stem for path in plan_paths(root))
        folders = tuple(folder for folder in ledger_folders(root) if any(ledger_paths(root, folder)))
        for check in checks:
            yield from check.in_folder(DataFolder(plans, folders))
    for path in chosen_paths(root, plan_number):
        plan, faults = load.load_plan(root, path)
        yield from faults
        if plan is None:
            continue
        book = replace(load.load_book(root, plan, units), organisations=listed, digest_of=digest_of)
        snapshot = state(book, _day(as_of, plan))
        yield from (*book.diagnostics, *of_organisations, *snapshot.diagnostics)
        option = f" --plan {Path(path).stem}" if len(plan_paths(root)) > 1 else ""
        for check in checks:
            yield from check.in_plan(book)
            yield from check.in_ledger(book, snapshot)
            if today is not None:
                yield from check.by_clock(book, _day(today, plan), option)


def _day(day: date | DayOf, plan: Plan) -> date:
    return day if isinstance(day, date) else day(plan)
