"""Check 审核: every task that ends with 销号 has two different reviewing units, and neither is its own unit."""

from zhenggai.model.book import Book
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import plan_with, sample
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.transitions import CLOSABLE


def _reviewers(book: Book, snapshot: Snapshot) -> Findings:
    """Tasks without a first or a second reviewer."""
    plan = book.plan
    if plan.review is None:
        yield Finding(
            plan.where.source, "方案没有写明审核单位，任务无法销号", "补上一行 审核: {初审: …, 复核: …, 回避: …}"
        )
        return
    for task in snapshot.tasks:
        closable = task.task.sort in CLOSABLE
        if closable and not (task.task.first_reviewers and task.task.second_reviewer):
            which = "初审" if not task.task.first_reviewers else "复核"
            what = f"{task.name} 没有可以{which}的单位"
            yield Finding(plan.review.where.of("stand_in"), what, "在“回避”中加一个单位")


CHECK = Check(
    name="审核",
    level=Level.WARNING,
    about="有任务找不到能初审或复核的单位",
    good=sample(),
    bad=sample(plan_with("审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}\n", "")),
    of_ledger=_reviewers,
)
