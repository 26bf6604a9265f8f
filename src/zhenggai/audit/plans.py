"""What a commit did to ``plans/``: issued plans edited without a 调整, and who was let write where."""

from collections.abc import Iterator, Sequence

from zhenggai.audit.inquiry import Inquiry
from zhenggai.audit.landed import UNREADABLE
from zhenggai.audit.sides import Side
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.rules.identities import identity_changes
from zhenggai.rules.plan_edits import PlanEdit, plan_edits
from zhenggai.store.history import Change, Commit
from zhenggai.store.places import FileKind, place_of

EDITED, IDENTITIES = "方案改动", "身份变更"
_OWNERS: dict[FileKind, type] = {FileKind.PLAN: Plan, FileKind.UNITS: UnitBook}


def judge_plans(inquiry: Inquiry, commit: Commit, sides: Sequence[Side]) -> None:
    """Tell every edit that an issued plan may not undergo, every change of identities and of allowed signers."""
    for path in sorted(frozenset.intersection(*(side.paths for side in sides))):
        changes = [(side, change) for side in sides for change in side.changes if change.path == path]
        match place_of(path).kind:
            case FileKind.PLAN:
                faulty = _note_fault(inquiry, commit, changes[0][1])
                edits = {
                    edit.key: edit for side, change in changes for edit in _own_edits(inquiry, commit, side, change)
                }
                for edit in _landed(inquiry, commit, path, edits, changes[0][1].new):
                    _tell_edit(inquiry, commit, path, edit, faulty)
            case FileKind.UNITS:
                _note_fault(inquiry, commit, changes[0][1])
                _tell_identities(inquiry, commit, path, [change for _, change in changes])
            case FileKind.SIGNERS:
                what = "签名人名册改了" if changes[0][1].new else "签名人名册被删除"
                inquiry.tell(commit, Level.DOUBT, IDENTITIES, what, "核对增减了谁的公钥", path)


def _note_fault(inquiry: Inquiry, commit: Commit, change: Change) -> bool:
    """Tell, and remember what stood there before, where a new version cannot be read whole; whether that is so."""
    owner = _OWNERS[place_of(change.path).kind]
    if change.new is None or inquiry.folders.read(owner, change.new).whole:
        return False
    if change.old is not None:
        before = inquiry.last_good.get(change.old, change.old)
        inquiry.last_good[change.new] = before
    remedy = "运行 zhenggai check 看是哪一行，改好后再核对"
    inquiry.tell(commit, Level.DOUBT, UNREADABLE, "这一版有读不出的地方", remedy, change.path)
    return True


# --- plans


def _own_edits(inquiry: Inquiry, commit: Commit, side: Side, change: Change) -> Iterator[PlanEdit]:
    """The edits against one parent, without those that the other side of a merge had made before."""
    made = set()
    for other in commit.parents:
        if other != side.parent:
            theirs = inquiry.folders.files(other).get(change.path)
            for base in inquiry.bases(side.parent, other):
                old = inquiry.folders.files(base).get(change.path)
                made |= {edit.key for edit in _edits(inquiry, commit, Change(change.path, old, theirs))}
    return (edit for edit in _edits(inquiry, commit, change) if edit.key not in made)


def _edits(inquiry: Inquiry, commit: Commit, change: Change) -> Iterator[PlanEdit]:
    old = inquiry.plan(change.old) if change.old else None
    if old is None or (old.issued > commit.day and old.issued > inquiry.history.last_day(commit.id)):
        return
    if change.new is None:
        remedy = "恢复方案文件；印发的方案不删除"
        yield PlanEdit(subject="", about="文件", level=Level.ERROR, what="已印发的方案被删除", remedy=remedy)
    elif (new := inquiry.folders.read(Plan, change.new).value) is not None:
        yield from plan_edits(old, new)


def _landed(
    inquiry: Inquiry, commit: Commit, path: str, edits: dict[tuple[str, str], PlanEdit], new: str | None
) -> list[PlanEdit]:
    """In a range, only the edits of what stood there before it."""
    if not inquiry.scope.ranged or not edits:
        return list(edits.values())
    old = inquiry.folders.files(inquiry.scope.rules).get(path)
    landed = {edit.key for edit in _edits(inquiry, commit, Change(path, old, new))}
    return [edit for key, edit in edits.items() if key in landed]


def _tell_edit(inquiry: Inquiry, commit: Commit, path: str, edit: PlanEdit, faulty: bool) -> None:
    """What a plan that cannot be read whole seems to lack may stand in its unreadable part."""
    level = Level.DOUBT if faulty and not inquiry.scope.ranged else edit.level
    inquiry.tell(commit, level, EDITED, edit.what, edit.remedy, path, edit.subject)


# --- identities


def _tell_identities(inquiry: Inquiry, commit: Commit, path: str, changes: Sequence[Change]) -> None:
    """Changes against every parent; a book that cannot be read changes nobody's."""
    found = []
    for change in changes:
        old = inquiry.unit_book(change.old) if change.old else None
        new = inquiry.folders.read(UnitBook, change.new).value if change.new else UnitBook()
        found.append({} if new is None or old is None else {str(c): c for c in identity_changes(old, new)})
    for words in found[0]:
        if all(words in other for other in found[1:]):
            inquiry.tell(commit, Level.DOUBT, IDENTITIES, words, "核对是否经同意；不经同意的恢复原样", path)
