"""Reviews that no longer match what they approved: the rule of ``rules.checks.approvals``, applied to a commit.

In a whole history the last commit is checked; in a range, the reviews that it adds.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from zhenggai.audit.audit_state import Inquiry
from zhenggai.model.book import Book, Record
from zhenggai.model.evidence_name import evidence_digest
from zhenggai.model.labels import label_of
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level, Source
from zhenggai.model.units import UnitBook
from zhenggai.reading.canonical_reader import read_strictly
from zhenggai.reading.data_folders import UNITS_FILE, FileKind, place_of
from zhenggai.reading.files import decode
from zhenggai.reading.load import read_by_events
from zhenggai.rules.checks import approvals
from zhenggai.rules.day.state import state
from zhenggai.sharing.file_versions import contents
from zhenggai.sharing.history import Commit

_MARK = label_of("application_digest").encode()


def judge_approvals(inquiry: Inquiry, commit: Commit) -> None:
    """Report reviews whose approved contents differ from those at a commit (the last one of a range)."""
    if inquiry.scope.ranged and not _brings_a_review(inquiry, commit):
        return
    for book in _books(inquiry, commit.id):
        latest = max((record.entry.date for record in book.records), default=commit.day)
        for diagnostic in approvals.CHECK.in_ledger(book, state(book, max(latest, commit.day))):
            number = next(r.entry.number for r in book.records if r.source == diagnostic.source)
            if not (inquiry.scope.ranged and inquiry.has_landed(number, diagnostic.source.path)):
                inquiry.tell(
                    commit,
                    Level.DOUBT,
                    approvals.CHECK.name,
                    diagnostic.what,
                    diagnostic.remedy,
                    diagnostic.source.path,
                    number,
                )


def _brings_a_review(inquiry: Inquiry, commit: Commit) -> bool:
    """Whether a ledger that the range changed has a review with 申请摘要; a cheap test before a whole ledger is read."""
    before = {id_ for ground in inquiry.scope.grounds for id_ in inquiry.tree(ground).files.values()}
    new = ((path, id_) for path, id_ in inquiry.tree(commit.id).files.items() if id_ not in before)
    return any(_MARK in contents(inquiry.objects, id_) for path, id_ in new if place_of(path).kind is FileKind.LEDGER)


def _books(inquiry: Inquiry, commit: str) -> Iterator[Book]:
    """The plans at a commit, with their ledgers, that have a review with 申请摘要."""
    units: UnitBook = inquiry.folders.last_whole(UnitBook, commit, UNITS_FILE) or UnitBook()
    for path in inquiry.folders.files(commit):
        plan: Plan | None = (
            inquiry.folders.last_whole(Plan, commit, path) if place_of(path).kind is FileKind.PLAN else None
        )
        if plan is not None and (records := _records(inquiry, commit, plan)):
            files = inquiry.tree(commit).files
            yield Book(plan, units, records, digest_of=partial(_digest, inquiry, files))


def _records(inquiry: Inquiry, commit: str, plan: Plan) -> tuple[Record, ...]:
    """The entries of a plan's ledger; () if no review has 申请摘要."""
    places = ((path, id_, place_of(path)) for path, id_ in sorted(inquiry.tree(commit).files.items()))
    ledgers = [
        (path, contents(inquiry.objects, id_))
        for path, id_, place in places
        if place.kind is FileKind.LEDGER and place.plan == plan.number
    ]
    if not any(_MARK in data for _, data in ledgers):
        return ()
    return tuple(record for path, data in ledgers for record in _records_of(path, data))


def _records_of(path: str, data: bytes) -> Iterator[Record]:
    text, _ = decode(data, path)
    placed = read_strictly(text)
    for entry, line, offset in read_by_events(text, path)[0] if placed is None else placed:
        yield Record(entry, place_of(path).unit, Source(path, line), offset)


def _digest(inquiry: Inquiry, files: Mapping[str, str], path: str) -> str:
    return evidence_digest(path, contents(inquiry.objects, files[path])) if path in files else ""
