"""Difference of the ledgers between a commit and one parent: entries added, removed, altered, or no longer readable."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhenggai.audit.audit_state import Inquiry
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import FileKind, place_of
from zhenggai.rules.identities import same_unit
from zhenggai.sharing.commit_tree import CommittedEntry, home_of
from zhenggai.sharing.file_versions import same_entry
from zhenggai.sharing.history import Change

LASTING = (FileKind.EVIDENCE, FileKind.REPORT)  # files that never change once they have landed


@dataclass
class LedgerDiff:
    """A commit against one parent; entries are keyed by number.

    - ``replaced``: altered, or moved to another unit's folder.
    - ``laid``: every added entry, by number and path; ``moved``: those that another file of the unit's folder had before.
    - ``repeated``: pairs with one number but different texts or units.
    - ``spoilt``: files that are no longer fully readable, with the entries lost in them.
    """

    parent: str
    changes: list[Change]
    came: dict[str, CommittedEntry] = field(default_factory=dict)
    laid: dict[tuple[str, str], CommittedEntry] = field(default_factory=dict)
    moved: dict[tuple[str, str], CommittedEntry] = field(default_factory=dict)
    repeated: dict[str, tuple[CommittedEntry, CommittedEntry]] = field(default_factory=dict)
    lost: dict[str, CommittedEntry] = field(default_factory=dict)
    replaced: dict[str, tuple[CommittedEntry, CommittedEntry]] = field(default_factory=dict)
    spoilt: dict[str, frozenset[str]] = field(default_factory=dict)
    files_came: list[str] = field(default_factory=list)
    files_lost: list[Change] = field(default_factory=list)

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all files that differ."""
        return frozenset(change.path for change in self.changes)


def side_of(inquiry: Inquiry, parent: str, changes: list[Change], book: UnitBook) -> LedgerDiff:
    """The difference that a list of file changes makes. A move within a unit's folder of one plan is no difference."""
    side = LedgerDiff(parent, changes)
    for change in changes:
        if place_of(change.path).kind is FileKind.LEDGER:
            _compare(inquiry, side, change)
    for number in side.lost.keys() & side.came.keys():
        old, new = side.lost.pop(number), side.came[number]
        same_folder = _same_folder(book, old.path, new.path)
        if same_folder:
            del side.came[number]
            side.moved |= {key: side.laid.pop(key) for key in list(side.laid) if key[0] == number}
        if not same_folder or not same_entry(old.raw, new.raw):
            side.replaced[number] = (old, new)
    _compare_files(side, [change for change in changes if place_of(change.path).kind in LASTING], book)
    return side


def _compare(inquiry: Inquiry, side: LedgerDiff, change: Change) -> None:
    path, old, new = change.path, change.old, change.new
    if new is not None and (added := inquiry.versions.appended(old, new)) is not None:
        for number, raw in added.items():
            _lay(side, number, CommittedEntry(path, raw))
        return
    before, version = inquiry.entries(old), inquiry.versions.of(new)
    after = version.entries
    gone = before.keys() - after.keys()
    inquiry.vanished |= {number: home_of(CommittedEntry(path, before[number])) for number in gone}
    if version.faulty:
        _spoil(inquiry, side, change, frozenset(gone))
    else:
        side.lost |= {number: CommittedEntry(path, before[number]) for number in gone}
    for number in (number for number in after if number not in before):
        _lay(side, number, CommittedEntry(path, after[number]))
    for number in version.repeated.keys() - inquiry.versions.of(old).repeated.keys():
        side.repeated[number] = CommittedEntry(path, after[number]), CommittedEntry(path, version.repeated[number])
    for number in before.keys() & after.keys():
        if not same_entry(before[number], after[number]):
            side.replaced[number] = (CommittedEntry(path, before[number]), CommittedEntry(path, after[number]))


def _lay(side: LedgerDiff, number: str, committed: CommittedEntry) -> None:
    side.laid[number, committed.path] = committed
    first = side.came.setdefault(number, committed)
    if not same_place(first, committed):
        side.repeated[number] = first, committed


def same_place(one: CommittedEntry, other: CommittedEntry) -> bool:
    """Whether two entries have the same text and lie in the same unit's folder."""
    return place_of(one.path)[1:] == place_of(other.path)[1:] and same_entry(one.raw, other.raw)


def _spoil(inquiry: Inquiry, side: LedgerDiff, change: Change, gone: frozenset[str]) -> None:
    """Note a file whose new version is not fully readable, if the old one was, or had more entries."""
    assert change.new is not None  # the caller passes files that exist after the change
    old = inquiry.versions.of(change.old)
    anew = gone & old.entries.keys()
    if anew or not old.faulty:
        side.spoilt[change.path] = anew
    if change.old is not None:
        before = change.old if anew or not old.faulty else inquiry.last_good.get(change.old, change.old)
        inquiry.last_good[change.new] = before


def _compare_files(side: LedgerDiff, changes: Iterable[Change], book: UnitBook) -> None:
    changes = [change for change in changes if change.old != change.new]
    came = {change.new: change.path for change in changes if change.old is None}
    gone = {change.old: change.path for change in changes if change.new is None}
    for change in changes:
        twin = gone.get(change.new) if change.old is None else came.get(change.old) if change.new is None else None
        if twin is None or place_of(twin).kind is FileKind.REPORT or not _same_folder(book, change.path, twin):
            side.files_came.append(change.path) if change.old is None else side.files_lost.append(change)


def _same_folder(book: UnitBook, one: str, other: str) -> bool:
    a, b = place_of(one), place_of(other)
    return a.plan == b.plan and a.kind is b.kind and same_unit(book, a.unit, b.unit)
