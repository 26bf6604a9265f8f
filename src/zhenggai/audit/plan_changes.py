"""Changes to ``plans/``: edits of an issued plan without a 调整, and changes of the identities that may write."""

from collections.abc import Iterator, Sequence

from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.book_changes import may_change
from zhenggai.audit.ledger_diff import LedgerDiff
from zhenggai.audit.pushed_entries import UNREADABLE
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import FileKind, place_of
from zhenggai.rules.identities import identity_changes
from zhenggai.rules.plan.unadjusted_edits import PlanEdit, plan_edits
from zhenggai.sharing.history import Change, Commit

EDITED, IDENTITIES = "方案改动", "身份变更"
_OWNERS: dict[FileKind, type] = {FileKind.PLAN: Plan, FileKind.UNITS: UnitBook}
_JUDGED = frozenset({*_OWNERS, FileKind.SIGNERS})


def judge_plans(inquiry: Inquiry, commit: Commit, sides: Sequence[LedgerDiff]) -> None:
    """Report edits that an issued plan does not allow, and changes of identities and signers that are not refused elsewhere."""
    for path in sorted(frozenset.intersection(*(side.paths for side in sides))):
        if place_of(path).kind not in _JUDGED or inquiry.is_put_back(path):
            continue
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
                if may_change(inquiry, commit, path):
                    _tell_identities(inquiry, commit, path, [(side.parent, change.new) for side, change in changes])
            case FileKind.SIGNERS if may_change(inquiry, commit, path):
                what = "签名人名册改了" if changes[0][1].new else "签名人名册被删除"
                inquiry.tell(commit, Level.DOUBT, IDENTITIES, what, "核对增减了谁的公钥", path)


def _note_fault(inquiry: Inquiry, commit: Commit, change: Change) -> bool:
    """Whether a new version is not fully readable. Reported here in a whole history; ``judge_books_left`` does it for a range."""
    owner = _OWNERS[place_of(change.path).kind]
    if change.new is None or inquiry.folders.read(owner, change.new).whole:
        return False
    if not inquiry.scope.ranged:
        remedy = "运行 zhenggai check 看是哪一行，改好后再核对"
        inquiry.tell(commit, Level.DOUBT, UNREADABLE, "这一版有读不出的地方", remedy, change.path)
    return True


# --- plans


def _own_edits(inquiry: Inquiry, commit: Commit, side: LedgerDiff, change: Change) -> Iterator[PlanEdit]:
    """The edits against one parent, without those that another parent of a merge already had."""
    made = set()
    for other in commit.parents:
        if other != side.parent:
            theirs = inquiry.folders.files(other).get(change.path)
            for base in inquiry.bases(side.parent, other):
                made |= {edit.key for edit in _edits(inquiry, commit, change.path, base, theirs)}
    return (edit for edit in _edits(inquiry, commit, change.path, side.parent, change.new) if edit.key not in made)


def _edits(inquiry: Inquiry, commit: Commit, path: str, before: str, id_: str | None) -> Iterator[PlanEdit]:
    """The edits that lead from the plan at ``before`` (in its last readable version) to the version ``id_``."""
    old = inquiry.folders.last_whole(Plan, before, path)
    if old is None or (old.issued > commit.day and old.issued > inquiry.history.last_day(commit.id)):
        return
    if id_ is None:
        remedy = "恢复方案文件；印发的方案不删除"
        yield PlanEdit(subject="", about="文件", level=Level.ERROR, what="已印发的方案被删除", remedy=remedy)
    elif (new := inquiry.folders.read(Plan, id_).value) is not None:
        yield from plan_edits(old, new)


def _landed(
    inquiry: Inquiry, commit: Commit, path: str, edits: dict[tuple[str, str], PlanEdit], new: str | None
) -> list[PlanEdit]:
    """In a range, only the edits of what the plan already had before it; otherwise all."""
    if not inquiry.scope.ranged or not edits:
        return list(edits.values())
    landed = {edit.key for edit in _edits(inquiry, commit, path, inquiry.scope.rules, new)}
    return [edit for key, edit in edits.items() if key in landed]


def _tell_edit(inquiry: Inquiry, commit: Commit, path: str, edit: PlanEdit, faulty: bool) -> None:
    """Report an edit. In a plan that is not fully readable (``faulty``) a missing part is a doubt: it may be in the damaged text."""
    level = Level.DOUBT if faulty and not inquiry.scope.ranged else edit.level
    inquiry.tell(commit, level, EDITED, edit.what, edit.remedy, path, edit.subject)


# --- identities


def _tell_identities(inquiry: Inquiry, commit: Commit, path: str, changes: Sequence[tuple[str, str | None]]) -> None:
    """Report identities that differ from every parent; a missing or unreadable book reports none."""
    found = []
    for parent, id_ in changes:
        old = inquiry.folders.last_whole(UnitBook, parent, path)
        new = inquiry.folders.read(UnitBook, id_).value if id_ else None
        found.append({} if new is None or old is None else {str(c): c for c in identity_changes(old, new)})
    for words in found[0]:
        if all(words in other for other in found[1:]):
            inquiry.tell(commit, Level.DOUBT, IDENTITIES, words, "核对是否经同意；不经同意的恢复原样", path)
