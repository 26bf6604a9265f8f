"""What a named check is: name, level, what it finds, a good and a bad sample, and the functions that find it."""

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
    """What a check found at a place; its level is the check's unless another is given."""

    source: Source
    what: str
    remedy: str
    level: Level | None = None


Findings = Iterator[Finding]


@frozen(kw_only=True)
class Check:
    """A named check. ``about`` says in Chinese what it finds; ``level`` is the usual level of a finding.

    It looks at as many of these as it has functions for: a plan with its books, a ledger as of a day, the clock, the folder.
    A row without a function describes what reading or the fold finds.
    """

    name: str
    level: Level
    about: str
    good: Sample
    bad: Sample
    of_plan: Callable[[Book], Findings] | None = None
    of_ledger: Callable[[Book, Snapshot], Findings] | None = None
    of_clock: Callable[[Book, date, str], Findings] | None = None
    """Book, today, and the option that tells commands which plan is meant ("" if there is only one)."""
    of_folder: Callable[["DataFolder"], Findings] | None = None

    def in_plan(self, book: Book) -> Iterator[Diagnostic]:
        """What is wrong with the plan and its books."""
        return self._named(self.of_plan and self.of_plan(book))

    def in_ledger(self, book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
        """What is wrong with the ledger, as of the snapshot's day."""
        return self._named(self.of_ledger and self.of_ledger(book, snapshot))

    def by_clock(self, book: Book, today: date, plan_option: str) -> Iterator[Diagnostic]:
        """What cannot be, since it lies ahead of today."""
        return self._named(self.of_clock and self.of_clock(book, today, plan_option))

    def in_folder(self, folder: "DataFolder") -> Iterator[Diagnostic]:
        """What is wrong with the folders and file names of all plans."""
        return self._named(self.of_folder and self.of_folder(folder))

    def _named(self, found: Findings | None) -> Iterator[Diagnostic]:
        for source, what, remedy, level in found or ():
            yield Diagnostic(source, self.name, what, remedy, level or self.level)


class DataFolder(NamedTuple):
    """The numbers of all plans, by their file names, and the folders under ``ledgers/`` that are not empty."""

    plans: tuple[str, ...]
    ledgers: tuple[str, ...]


def standing_records(book: Book, snapshot: Snapshot) -> Iterator[tuple[Record, Entry]]:
    """The records with what they say once corrected, in order of path and line; withdrawn and repeated ones are left out."""
    for record in book.by_number.values():
        if (entry := snapshot.said(record.entry.number)) is not None:
            yield record, entry
