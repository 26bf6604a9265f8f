"""Issued reports: only issuers may add them, and the record must match the text."""

from collections.abc import Sequence

from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.ledger_diff import LedgerDiff
from zhenggai.model.administrators import is_among, issuers
from zhenggai.model.source import Level
from zhenggai.model.wording import shortened
from zhenggai.reading.data_folders import PLANS, FileKind, place_of
from zhenggai.reading.issued_reports import fault_of_record
from zhenggai.sharing.file_versions import contents
from zhenggai.sharing.history import Commit

WRONG_HAND, INVENTED = "越权印发", "报告不实"


def judge_issued(inquiry: Inquiry, commit: Commit, sides: Sequence[LedgerDiff]) -> None:
    """Report each issued report whose author may not issue, or whose record does not match its text."""
    if inquiry.book_before(commit) is None:  # as in the first push to an empty server
        return
    came = (frozenset(change.path for change in side.changes if change.old is None) for side in sides)
    for path in sorted(path for path in frozenset.intersection(*came) if place_of(path).kind is FileKind.REPORT):
        if not inquiry.is_put_back(path):
            _judge_hand(inquiry, commit, path)
            _judge_record(inquiry, commit, path)


def _judge_hand(inquiry: Inquiry, commit: Commit, path: str) -> None:
    book, plans = inquiry.book_before(commit), inquiry.folders.plans(inquiry.rules_at(commit))
    plan = plans.get(f"{PLANS}/{place_of(path).plan}.yaml") or plans.get(f"{PLANS}/{place_of(path).plan}.yml")
    emails = issuers(book, plan, plans.values(), inquiry.day_of_right(commit)) if book else ()
    if not emails:
        inquiry.unadministered += 1
    elif not is_among(emails, commit.email):
        what = f"{commit.email} 不能印发报告"
        remedy = f"删去 {path}，再 zhenggai sync；由工作专班、复核单位、督办单位或管理印发（{shortened('、'.join(emails), 60)}）"
        inquiry.tell(commit, Level.ERROR, WRONG_HAND, what, remedy, path)


def _judge_record(inquiry: Inquiry, commit: Commit, path: str) -> None:
    """Compare a report's record (``.json``) with its text; in a range, as both are at its end."""
    at = inquiry.scope.tip if inquiry.scope.ranged else commit.id
    name, _, ending = path.rpartition(".")
    if ending != "json" or (id_ := inquiry.file(at, path)) is None:
        return
    text = inquiry.file(at, f"{name}.txt")
    fault = fault_of_record(path, contents(inquiry.objects, id_), contents(inquiry.objects, text) if text else None)
    if fault:
        remedy = f"删去 {path}，用 zhenggai week、month 或 report 的 --issue 重新印发"
        inquiry.tell(commit, Level.ERROR, INVENTED, f"不是这样印发的报告：{fault}", remedy, path)
