"""The type of a named check: its name, level, description, a good and a bad sample, and the functions that give findings."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from zhenggai.frozen import frozen
from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Entry
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.rules.checks.samples import Sample
from zhenggai.rules.day.snapshot import Snapshot


class Finding(NamedTuple):
    """A finding of a check at a place. ``level`` None means the level of the check."""

    source: Source
    what: str
    remedy: str
    level: Level | None = None


Findings = Iterator[Finding]


@frozen(kw_only=True)
class Check:
    """A named check.

    - ``level``: the usual level of its findings;
    - ``about``: a Chinese description of the faults that it finds;
    - ``good``, ``bad``: a sample without and a sample with a finding;
    - ``of_plan``: finds faults in a plan and its books;
    - ``of_ledger``: finds faults in a ledger as of a day;
    - ``of_clock``: finds entries from the future;
    - ``of_folder``: finds faults in the folders and file names of all plans.

    A check without any function only describes diagnostics that reading or the fold gives.
    """

    name: str
    level: Level
    about: str
    good: Sample
    bad: Sample
    of_plan: Callable[[Book], Findings] | None = None
    of_ledger: Callable[[Book, Snapshot], Findings] | None = None
    of_clock: Callable[[Book, date, str], Findings] | None = None
    """The arguments: the book, today, and the ``--plan`` option for commands in remedies ("" if there is only one plan)."""
    of_folder: Callable[["DataFolder"], Findings] | None = None

    def in_plan(self, book: Book) -> Iterator[Diagnostic]:
        """The faults of the plan and its books."""
        return self._named(self.of_plan and self.of_plan(book))

    def in_ledger(self, book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
        """The faults of the ledger as of the snapshot's day."""
        return self._named(self.of_ledger and self.of_ledger(book, snapshot))

    def by_clock(self, book: Book, today: date, plan_option: str) -> Iterator[Diagnostic]:
        """The entries with days too far after today."""
        return self._named(self.of_clock and self.of_clock(book, today, plan_option))

    def in_folder(self, folder: "DataFolder") -> Iterator[Diagnostic]:
        """The faults of the folders and file names of all plans."""
        return self._named(self.of_folder and self.of_folder(folder))

    def _named(self, found: Findings | None) -> Iterator[Diagnostic]:
        for source, what, remedy, level in found or ():
            yield Diagnostic(source, self.name, what, remedy, level or self.level)


class DataFolder(NamedTuple):
    """The folders of the data: ``plans`` are the file names of all plans without suffix, ``ledgers`` the folders with entries."""

    plans: tuple[str, ...]
    ledgers: tuple[str, ...]


def standing_records(book: Book, snapshot: Snapshot) -> Iterator[tuple[Record, Entry]]:
    """Pairs (record, its entry with corrections applied), in order of path and line, without withdrawn and repeated records."""
    for record in book.by_number.values():
        if (entry := snapshot.said(record.entry.number)) is not None:
            yield record, entry
