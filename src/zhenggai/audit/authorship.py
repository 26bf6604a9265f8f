"""Who wrote what a commit brought: by the right hand, on the day it says, and nobody's review of itself."""

from collections.abc import Iterable

from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.book_changes import judge_new_folder
from zhenggai.model.entries import Review
from zhenggai.model.entry_classes import kinds_of
from zhenggai.model.numbers import is_ahead, is_entry_number, recorded_on
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import FileKind, place_of
from zhenggai.rules.identities import belongs, may_write, same_unit
from zhenggai.sharing.commit_tree import CommittedEntry, Home, home_of
from zhenggai.sharing.history import Commit

WRONG_HAND, SELF_REVIEW, LATE, BACKWARDS = "越权记录", "自己审自己", "记录日期", "提交日期"
_REVIEWS = frozenset(kinds_of(Review))
_LONGEST_CHAIN = 5  # reviews that name reviews


def judge_written(
    inquiry: Inquiry,
    commit: Commit,
    entries: Iterable[tuple[str, CommittedEntry]],
    moved: Iterable[tuple[str, CommittedEntry]],
    files: Iterable[str],
) -> None:
    """Tell what is wrong with the hand that wrote entries, moved them to another file, or laid down files.

    What is gone again at the end of a range concerns nobody.
    """
    book = inquiry.book(commit)
    entries, moved = ([(n, s) for n, s in some if not inquiry.is_gone(s.path, n)] for some in (entries, moved))
    landed = [(n, s) for n, s in moved if inquiry.has_landed(n, s.path)]
    for number, committed in landed:
        _judge_hand(inquiry, commit, book, committed.path, number)
    for number, committed in (*entries, *(pair for pair in moved if pair not in landed)):
        _judge_hand(inquiry, commit, book, committed.path, number)
        _judge_day(inquiry, commit, number, committed.path)
        if committed.raw.values.get("事项") in _REVIEWS:
            _judge_review(inquiry, commit, book, number, committed)
    for path in files:
        if place_of(path).kind is FileKind.EVIDENCE and not inquiry.is_gone(path):
            _judge_hand(inquiry, commit, book, path)


def judge_order(inquiry: Inquiry, commit: Commit) -> None:
    """Tell a commit that bears an earlier day than what it stands on: a clock that is wrong, or was set back."""
    inquiry.day_by_commit[commit.id] = commit.day
    latest = max((inquiry.day_of(parent) for parent in commit.parents), default=commit.day)
    if (latest - commit.day).days > inquiry.scope.days:
        what = f"提交日比它所接的提交（{latest}）早 {(latest - commit.day).days} 天"
        inquiry.tell(commit, Level.DOUBT, BACKWARDS, what, "核对这台电脑的日期；是否有意写早")


def _judge_hand(inquiry: Inquiry, commit: Commit, book: UnitBook, path: str, number: str = "") -> None:
    if inquiry.book_before(commit) is None:  # as in the first push to an empty server
        return
    unit = place_of(path).unit
    match may_write(book, unit, commit.email, inquiry.day_of_right(commit)):
        case None if book.members and book.unit_named(unit) is None:
            judge_new_folder(inquiry, commit, unit, path, number)
        case None:
            inquiry.unheld[unit] += 1
        case False:
            what = f"{commit.email} 不是{unit}的身份，却在它的文件夹里写了{'这一条' if number else '佐证'}"
            remedy = f"邮箱设错的照 zhenggai doctor 说的改；不是{unit}的，zhenggai undo --unit {unit} 撤回，由它自己记录；新来的先登记“身份”"
            inquiry.tell(commit, Level.ERROR, WRONG_HAND, what, remedy, path, number)


def _judge_day(inquiry: Inquiry, commit: Commit, number: str, path: str) -> None:
    if not is_entry_number(number):
        return
    today = inquiry.today_at(commit, path)
    if today and is_ahead(recorded_on(number), today):
        what = f"编号写的记录日 {recorded_on(number)} 晚于服务器今天的日期 {today}"
        remedy = "校正电脑的日期，用 zhenggai undo 撤销这一条（手写的，从文件里删去），再重新记录"
        inquiry.tell(commit, Level.ERROR, LATE, what, remedy, path, number)
        return
    apart = (commit.day - recorded_on(number)).days
    if abs(apart) > inquiry.scope.days:
        what = f"编号写的记录日与提交日相差 {abs(apart)} 天{'' if apart > 0 else '，记录日在后'}"
        inquiry.tell(commit, Level.DOUBT, LATE, what, "核实是哪天记录的；补录的在报告中说明", path, number)


def _judge_review(inquiry: Inquiry, commit: Commit, book: UnitBook, number: str, review: CommittedEntry) -> None:
    reviewed = _reviewed(inquiry, home_of(review))
    if reviewed is None:
        return
    folder = place_of(review.path).unit
    units = tuple(filter(None, (reviewed.unit, reviewed.folder)))
    remedy = "作废这一条，由方案指定的审核单位重新审核"
    if any(same_unit(book, folder, unit) for unit in units):
        what = f"{folder}审核的是自己的任务"
        inquiry.tell(commit, Level.ERROR, SELF_REVIEW, what, remedy, review.path, number)
    elif any(belongs(book.unit_named(unit), commit.email) for unit in units):
        shared = belongs(book.unit_named(folder), commit.email)
        what = f"{commit.email} 是被审核单位{units[0]}的身份" + (f"，同时是{folder}的身份" if shared else "")
        level = Level.DOUBT if shared else Level.ERROR
        inquiry.tell(commit, level, SELF_REVIEW, what, remedy, review.path, number)


def _reviewed(inquiry: Inquiry, review: Home) -> Home | None:
    """What a review is about in the end: the application behind other reviews."""
    found: Home | None = review
    for _ in range(_LONGEST_CHAIN):
        if found is None or found.kind not in _REVIEWS:
            return found
        found = inquiry.home(found.ref)
    return None
