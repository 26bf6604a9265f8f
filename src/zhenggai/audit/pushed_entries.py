"""Landed entries never change: finds those that a commit altered, deleted, moved to another unit or made unreadable."""

from collections.abc import Sequence

from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.ledger_diff import LedgerDiff, same_place
from zhenggai.model.copies import counting, originals_of
from zhenggai.model.ledger_name import ledger_name
from zhenggai.model.numbers import ending
from zhenggai.model.source import Level, Source
from zhenggai.model.units import UnitBook
from zhenggai.model.wording import shortened
from zhenggai.reading.data_folders import place_of
from zhenggai.rules.task.copied_files import COPY
from zhenggai.sharing.commit_tree import CommittedEntry
from zhenggai.sharing.file_versions import same_entry
from zhenggai.sharing.history import Commit

ALTERED, DELETED, MOVED, REPEATED, UNREADABLE = "记录改动", "记录删除", "记录移动", "编号重复", "读不出"
_RESTORE = "恢复原文；有误的另记更正：zhenggai correct {} …"
_RECORD_ANEW = "删去后来的一条，用 zhenggai add 重新记录"
_SHOWN = 20  # characters of a value that a sentence quotes


def judge_landed(inquiry: Inquiry, commit: Commit, sides: Sequence[LedgerDiff]) -> None:
    """Report each landed entry that a commit removed or altered."""
    told: set[str] = set()
    for side in sides:
        lost = ((number, old, None) for number, old in side.lost.items())
        replaced = ((number, old, new) for number, (old, new) in side.replaced.items())
        for number, old, new in (*lost, *replaced):
            if number in told or not _is_own_doing(inquiry, commit, sides, side, number, old, new):
                continue
            told.add(number)
            inquiry.originals.setdefault(number, old)
            if new is None:
                _tell_deleted(inquiry, commit, number, old, merged=len(sides) > 1)
            else:
                _tell_replaced(inquiry, commit, number, old, new)
    for path in frozenset.intersection(*(frozenset(side.spoilt) for side in sides)):
        _tell_spoilt(inquiry, commit, path, frozenset().union(*(side.spoilt[path] for side in sides)))


def judge_repeated(inquiry: Inquiry, commit: Commit, side: LedgerDiff) -> None:
    """Report entries that reuse the number of another entry and could be counted instead of it."""
    for number, (first, later) in side.repeated.items():
        if number in side.replaced:
            continue
        what = f"与 {first.path} 里的记录同一编号，内容或单位不同"
        inquiry.tell(commit, Level.ERROR, REPEATED, what, _RECORD_ANEW, later.path, number)
    for number, new in side.came.items():
        if number in side.replaced or number in side.repeated or not side.parent or inquiry.home(number) is None:
            continue
        old = inquiry.tree(side.parent).find(number)
        if old is None or old.path == new.path or same_place(old, new):
            continue
        what = f"与 {old.path} 里已有的记录同一编号，内容或单位不同"
        inquiry.tell(commit, Level.ERROR, REPEATED, what, _RECORD_ANEW, new.path, number)


def judge_copies(inquiry: Inquiry, commit: Commit, side: LedgerDiff) -> None:
    """Report the ledger files in a range that came as copies of others, by their name or by their folder.

    Copies that everybody has are not reported, nor is a file that the tool would name so: an entry may stand twice.
    """
    book = inquiry.book(commit)
    came: dict[str, list[str]] = {}
    for number, path in side.laid if inquiry.scope.ranged else ():
        came.setdefault(path, []).append(number)
    for path, numbers in came.items():
        if ledger_name(path) and book.unit_named(place_of(path).unit):
            continue
        counted = {number: _counted(inquiry, commit.id, number, book) for number in numbers}
        if originals := originals_of(path, numbers, counted, book):
            remedy = "运行 zhenggai check，照它说的删去，再运行 zhenggai sync"
            inquiry.tell(commit, Level.ERROR, COPY, f"是从 {'、'.join(originals)} 复制出来的", remedy, path)


def _counted(inquiry: Inquiry, commit: str, number: str, book: UnitBook) -> str:
    """The path of the file whose entry counts of all that have a number at a commit; "" if there is none."""
    paths = inquiry.tree(commit).numbers.get(number, ())
    return counting(((number, Source(path), path) for path in paths), book).get(number, "")


def _is_only_copy(inquiry: Inquiry, commit: Commit, side: LedgerDiff, number: str) -> bool:
    """Whether a commit removed an entry from one file, and what counted before is still in another."""
    near = _counted(inquiry, side.parent, number, inquiry.book(commit))
    before, now = inquiry.tree(side.parent).find(number, near), inquiry.tree(commit.id).find(number, near)
    return before is not None and now is not None and same_place(before, now)


def _is_own_doing(
    inquiry: Inquiry,
    commit: Commit,
    sides: Sequence[LedgerDiff],
    side: LedgerDiff,
    number: str,
    old: CommittedEntry,
    new: CommittedEntry | None,
) -> bool:
    """Whether this commit itself changed a landed entry, rather than a commit that it merges."""
    if not inquiry.has_landed(number, old.path) or (new is None and _is_only_copy(inquiry, commit, side, number)):
        return False
    others = (other for other in sides if other is not side)
    return not any(_came_from(inquiry, side, other, number, old, new) for other in others)


def _came_from(
    inquiry: Inquiry, mine: LedgerDiff, other: LedgerDiff, number: str, old: CommittedEntry, new: CommittedEntry | None
) -> bool:
    """Whether the entry's present form comes from the other side of a merge, which had the entry at the merge base."""
    if not _is_as_other(inquiry, other, number, old, new):
        return False
    return any(inquiry.tree(base).find(number, old.path) for base in inquiry.bases(mine.parent, other.parent))


def _is_as_other(
    inquiry: Inquiry, other: LedgerDiff, number: str, old: CommittedEntry, new: CommittedEntry | None
) -> bool:
    """Whether an entry equals the other side's, or each of its fields equals that of one of the two sides."""
    if number in other.lost:
        return False
    if old.path not in other.paths and (new is None or new.path not in other.paths):
        return True  # the files equal the other side's
    theirs = inquiry.tree(other.parent).find(number, new.path if new else old.path)
    if new is None or theirs is None:
        return new is theirs
    return same_place(theirs, new) or _made_of(new, old, theirs)


def _made_of(new: CommittedEntry, *sides: CommittedEntry) -> bool:
    """Whether each field of a merged entry equals that of one of the sides."""
    values = [side.raw.values for side in sides]
    keys = {key for given in (new.raw.values, *values) for key in given}
    return all(any(new.raw.values.get(key) == given.get(key) for given in values) for key in keys)


def _tell_deleted(inquiry: Inquiry, commit: Commit, number: str, old: CommittedEntry, *, merged: bool) -> None:
    what = "已有的记录在合并时丢失" if merged else "已有的记录被删除"
    remedy = f"恢复这一条；有误的用 zhenggai correct {ending(number)} 作废"
    inquiry.tell(commit, Level.ERROR, DELETED, f"{what}（{_gist(old)}）", remedy, old.path, number)


def _tell_replaced(inquiry: Inquiry, commit: Commit, number: str, old: CommittedEntry, new: CommittedEntry) -> None:
    here, there = place_of(old.path), place_of(new.path)
    remedy = _RESTORE.format(ending(number))
    if not same_entry(old.raw, new.raw):
        inquiry.tell(commit, Level.ERROR, ALTERED, _difference(old, new), remedy, new.path, number)
    elif (here.plan, here.unit) != (there.plan, there.unit):
        what = f"从 {here.plan}/{here.unit} 移到了 {there.plan}/{there.unit}"
        inquiry.tell(commit, Level.ERROR, MOVED, what, "移回原来的文件夹", new.path, number)


def _difference(old: CommittedEntry, new: CommittedEntry) -> str:
    before, after = old.raw.values, new.raw.values
    keys = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    words = [f"“{key}”由“{_words(before.get(key))}”改成“{_words(after.get(key))}”" for key in keys[:2]]
    return "，".join(words) + (f"，共 {len(keys)} 处" if len(keys) > 2 else "")


def _gist(committed: CommittedEntry) -> str:
    words = (_words(committed.raw.values[key]) for key in ("事项", "措施", "内容") if key in committed.raw.values)
    return " ".join(words)


def _words(value: str | tuple[str, ...] | None) -> str:
    return shortened("、".join(value) if isinstance(value, tuple) else value or "（空）", _SHOWN)


def _tell_spoilt(inquiry: Inquiry, commit: Commit, path: str, gone: frozenset[str]) -> None:
    """Report a file that hides landed entries by being unreadable; ``push_outcome`` decides whether that remains."""
    landed = sorted(number for number in gone if inquiry.scope.ranged and inquiry.has_landed(number, path))
    words = hidden(landed)
    level = Level.ERROR if landed else Level.DOUBT
    remedy = "运行 zhenggai check 看是哪一行，改好后再核对"
    inquiry.tell(commit, level, UNREADABLE, f"这一版读不出，或有读不出的条目{words}", remedy, path)


def hidden(numbers: Sequence[str]) -> str:
    """A Chinese phrase that names the entries lost in an unreadable file, for the end of a sentence."""
    return f"，其中已有的记录 {'、'.join(numbers[:3])}{' 等' if len(numbers) > 3 else ''}" if numbers else ""
