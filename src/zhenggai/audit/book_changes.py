"""Changes to the books: only administrators may change unit book, plans, organisation book, signers and ``.gitattributes``.

The books before the change (in a range: before the push) decide who is an administrator, in their last readable
version. If there were none, as in the first push to an empty server, everybody may write.
"""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.ledger_diff import LedgerDiff
from zhenggai.audit.pushed_entries import UNREADABLE
from zhenggai.model.administrators import administrators, is_address, is_among, plan_administrators
from zhenggai.model.book import Book
from zhenggai.model.organisations import OrganisationBook
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.model.wording import shortened
from zhenggai.reading.data_folders import UNITS_FILE, FileKind, place_of
from zhenggai.rules.checks import adjustments
from zhenggai.rules.identities import identity_changes
from zhenggai.rules.plan.unadjusted_edits import plan_additions, plan_edits
from zhenggai.sharing.history import Commit

WRONG_HAND, DELETED, ADJUSTED, UNKNOWN_UNIT = "越权改动", "单位册删除", "调整", "没有此单位"
NOBODY, MISNAMED = "管理", "方案编号"
_BOOKS: dict[FileKind, type] = {
    FileKind.UNITS: UnitBook,
    FileKind.PLAN: Plan,
    FileKind.ORGANISATIONS: OrganisationBook,
}
_ADMINISTERED = frozenset({*_BOOKS, FileKind.SIGNERS, FileKind.ATTRIBUTES})
_NAMES = {
    FileKind.UNITS: "单位册",
    FileKind.PLAN: "方案",
    FileKind.ORGANISATIONS: "党组织册",
    FileKind.SIGNERS: "签名人名册",
    FileKind.ATTRIBUTES: "git 属性",
}
_SHOWN = 2  # how many changes of a file one sentence lists


def judge_administration(inquiry: Inquiry, commit: Commit, sides: Sequence[LedgerDiff]) -> None:
    """Report each book that somebody without the right changed; in a whole history, also a book that is left damaged."""
    touched = sorted({path for side in sides for path in side.paths if place_of(path).kind in _ADMINISTERED})
    for path in touched:
        if inquiry.is_put_back(path) or not _is_own_doing(inquiry, commit, sides, path):
            continue
        _judge_hand(inquiry, commit, path)
        if inquiry.scope.ranged:
            inquiry.changed[path] = commit
        else:
            _judge_left(inquiry, commit, inquiry.rules_at(commit), commit.id, path)


def judge_books_left(inquiry: Inquiry, tip: Commit) -> None:
    """Report the books that are unreadable or missing at the end of a range, no matter who caused it."""
    before, after = (inquiry.folders.files(at) for at in (inquiry.scope.rules, tip.id))
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            _judge_left(inquiry, inquiry.changed.get(path, tip), inquiry.scope.rules, tip.id, path)


def _is_own_doing(inquiry: Inquiry, commit: Commit, sides: Sequence[LedgerDiff], path: str) -> bool:
    """Whether a commit itself changed a file. A merge that takes it from the one parent that changed it did not."""
    now = inquiry.file(commit.id, path)
    had = {side.parent: inquiry.file(side.parent, path) if side.parent else None for side in sides}
    if len(sides) == 1 or now not in had.values():
        return True
    return not any(
        had[one] == now and all(version == now or _stood(inquiry, one, other, path) for other, version in had.items())
        for one in had
    )


def _stood(inquiry: Inquiry, one: str, other: str, path: str) -> bool:
    """Whether the other side of a merge has a file unchanged since the merge base."""
    there = inquiry.file(other, path)
    return any(inquiry.file(base, path) == there for base in inquiry.bases(one, other))


# --- folders of new units


def judge_new_folder(inquiry: Inquiry, commit: Commit, unit: str, path: str, number: str) -> None:
    """Report writing in the folder of a unit that the unit book did not have before.

    An administrator may write there in the push that adds the unit to the book. The unit's own people may write
    once the book has landed.
    """
    at = inquiry.scope.tip if inquiry.scope.ranged else commit.id
    id_ = inquiry.folders.files(at).get(UNITS_FILE)
    book: UnitBook | None = inquiry.folders.read(UnitBook, id_).value if id_ else None
    is_known = book is not None and book.unit_named(unit) is not None
    if is_known and may_change(inquiry, commit):
        return
    if is_known:
        what, remedy = f"“{unit}”刚登记进单位册，还没有生效", "等管理推送单位册以后再推送"
    else:
        what = f"单位册里没有“{unit}”，却在它的文件夹里写了{'这一条' if number else '佐证'}"
        remedy = "单位名称写错的撤回重记；新的单位先请管理运行 zhenggai unit add 登记并推送"
    inquiry.tell(commit, Level.ERROR, UNKNOWN_UNIT, what, remedy, path, number)


# --- who may


def _judge_hand(inquiry: Inquiry, commit: Commit, path: str) -> None:
    if inquiry.book_before(commit) is None:
        return
    emails = administrators_of(inquiry, commit, path)
    if not emails:
        inquiry.unadministered += 1
    elif not is_among(emails, commit.email):
        kind = place_of(path).kind
        changes = list(_changes(inquiry, commit, path))
        words = "；".join(change for _, change in changes[:_SHOWN]) + (" 等" if len(changes) > _SHOWN else "")
        number = changes[0][0] if changes else ""
        what = f"{commit.email} 不在管理之列，却改了{_NAMES[kind]}{f'：{words}' if words else ''}"
        inquiry.tell(commit, Level.ERROR, WRONG_HAND, what, _remedy(inquiry, commit, emails, path), path, number)


def administrators_of(inquiry: Inquiry, commit: Commit, path: str) -> tuple[str, ...]:
    """The addresses that may change a file, by the books before a commit; () if nobody is named."""
    book, at = inquiry.book_before(commit), inquiry.rules_at(commit)
    if book is None:
        return ()
    plans = inquiry.folders.plans(at)
    if place_of(path).kind is not FileKind.PLAN:
        return administrators(book, plans.values(), inquiry.day_of_right(commit))
    plan = inquiry.folders.last_whole(Plan, at, path)
    return plan_administrators(book, plan, plans.values(), inquiry.day_of_right(commit))


def may_change(inquiry: Inquiry, commit: Commit, path: str = UNITS_FILE) -> bool:
    """Whether the author of a commit may change a file; everybody may if nobody is named."""
    emails = administrators_of(inquiry, commit, path)
    return not emails or is_among(emails, commit.email)


def _remedy(inquiry: Inquiry, commit: Commit, emails: Sequence[str], path: str) -> str:
    at = inquiry.rules_at(commit)
    there = inquiry.file(at, path) is not None
    back = f"git checkout {at[:10]} -- {path} 恢复原样" if there else f"删去 {path}"
    return f"{back}，再 zhenggai sync；要改的发给管理（{shortened('、'.join(emails), 60)}）"


def _changes(inquiry: Inquiry, commit: Commit, path: str) -> Iterator[tuple[str, str]]:
    """The changes in a book, each as the measure's number ("" if none) and a Chinese phrase."""
    id_ = inquiry.file(commit.id, path)
    parent = next((parent for parent in commit.parents if inquiry.file(parent, path) != id_), "")
    if id_ is None:
        yield "", "被删除"
        return
    match place_of(path).kind:
        case FileKind.UNITS:
            units: UnitBook | None = inquiry.folders.read(UnitBook, id_).value
            old_units = inquiry.folders.last_whole(UnitBook, parent, path)
            if units and old_units:
                yield from (("", str(change)) for change in identity_changes(old_units, units))
        case FileKind.PLAN:
            plan: Plan | None = inquiry.folders.read(Plan, id_).value
            old = inquiry.folders.last_whole(Plan, parent, path)
            if plan and old:
                yield from ((edit.subject, edit.what) for edit in plan_edits(old, plan))
                yield from plan_additions(old, plan)


# --- what is left


def _judge_left(inquiry: Inquiry, commit: Commit, before: str, after: str, path: str) -> None:
    """Compare a book at ``after`` with itself at ``before``; ``commit`` is the one that changed it."""
    kind = place_of(path).kind
    id_ = inquiry.file(after, path)
    if kind is FileKind.UNITS and id_ is None:
        remedy = f"恢复 {path}：git checkout {before[:10]} -- {path}"
        inquiry.tell(commit, Level.ERROR, DELETED, "单位册被删除，谁能写什么就无从核对", remedy, path)
    if kind not in _BOOKS or id_ is None:
        return
    reading = inquiry.folders.read(_BOOKS[kind], id_)
    if not reading.whole and inquiry.scope.ranged:
        what = f"推送后{_NAMES[kind]}读不出：{reading.fault}"
        inquiry.tell(commit, Level.ERROR, UNREADABLE, what, "运行 zhenggai check 看是哪一行，改好后再推送", path)
    if reading.whole and kind is FileKind.UNITS and (wrong := _locked_out(reading.value)):
        what = f"“管理”里没有一个邮箱（{wrong}），推送后谁也改不了单位册和方案"
        inquiry.tell(commit, Level.ERROR, NOBODY, what, "写成 管理: [甲@单位, 乙@单位] 的样子再推送", path)
    if reading.whole and kind is FileKind.PLAN and (number := reading.value.number) != PurePosixPath(path).stem:
        what = f"文件名与方案编号“{number}”不一致"
        inquiry.tell(commit, Level.ERROR, MISNAMED, what, f"把文件改名为 {number}.yaml，或改正编号，再推送", path)
    if reading.whole and kind is FileKind.PLAN:
        _judge_adjustments(inquiry, commit, before, reading.value, path)


def _locked_out(book: UnitBook) -> str:
    """The text of 管理 if it contains no usable address (then no push could ever repair it), else ""."""
    return "" if any(map(is_address, book.administrators)) else shortened("、".join(book.administrators), 30)


def _judge_adjustments(inquiry: Inquiry, commit: Commit, before: str, plan: Plan, path: str) -> None:
    """Report new adjustments that do not match the field they change, such as a wrong 原."""
    if inquiry.book_before(commit) is None:
        return
    old = inquiry.folders.last_whole(Plan, before, path)
    units = inquiry.folders.last_whole(UnitBook, commit.id, UNITS_FILE) or UnitBook()
    known = {diagnostic.what for diagnostic in adjustments.CHECK.in_plan(Book(old, units))} if old else set()
    for diagnostic in adjustments.CHECK.in_plan(Book(plan, units)):
        if diagnostic.what not in known:
            what = f"第 {diagnostic.source.line} 行：{diagnostic.what}"
            inquiry.tell(commit, Level.ERROR, ADJUSTED, what, diagnostic.remedy, path)
