"""Check 期初: the day until which an old ledger was kept fits the plan, and what was imported from it (录自) is not later."""

from datetime import date

from zhenggai.model.book import Book, Record
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings, standing_records
from zhenggai.rules.checks.samples import entry_text, ledger_file, plan_with, sample
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.opening import is_imported_entry

_WHAT_IT_IS = "期初是原来的台账记到的最后一天"


def _before_issue(book: Book) -> Findings:
    """A day before the plan was issued."""
    opening, issued = book.plan.opening, book.plan.issued
    if opening is not None and opening < issued:
        place = book.plan.where.of("opening")
        yield Finding(place, f"期初 {opening} 早于方案印发日期 {issued}", f"核对日期；{_WHAT_IT_IS}")


def _ahead(book: Book, today: date, _plan_option: str) -> Findings:
    """A day that is still to come."""
    opening = book.plan.opening
    if opening is not None and opening > today:
        place = book.plan.where.of("opening")
        yield Finding(place, f"期初 {opening} 晚于今天（{today}）", f"核对日期；{_WHAT_IT_IS}", Level.ERROR)


def _later(book: Book, snapshot: Snapshot) -> Findings:
    """Entries with 录自 that are judged as any other, since they are later than 期初 or there is none; one finding a file."""
    opening = book.plan.opening
    of_files: dict[str, list[Record]] = {}
    for record, entry in standing_records(book, snapshot):
        if entry.copied_from is not None and not is_imported_entry(entry, opening):
            of_files.setdefault(record.source.path, []).append(record)
    for records in of_files.values():
        if opening is None:
            what = f"写了录自的记录有 {len(records)} 条，方案没有写期初"
            remedy = f"在方案里写上 期初: 日期；{_WHAT_IT_IS}"
        else:
            what = f"写了录自、日期晚于期初 {opening} 的记录有 {len(records)} 条"
            remedy = f"核对日期；{_WHAT_IT_IS}，写早了的改方案的期初"
        yield Finding(records[0].source, f"从这一条起，{what}，按记录的那天算按期、超期和补录", remedy, Level.DOUBT)


def _with_opening(day: str) -> dict[str, str | bytes]:
    return dict(plan_with("印发日期: 2020-03-01", f"印发日期: 2020-03-01\n期初: {day}"))


_COPIED = ledger_file(
    entry_text("进展", "措施: 1-1", "内容: 办法初稿已完成", "录自: 台账.xlsx:台账!B8", recorded="2020-03-30")
)
CHECK = Check(
    name="期初",
    level=Level.WARNING,
    about="期初早于印发、晚于今天，或写了录自的记录晚于期初",
    good=sample(_COPIED, _with_opening("2020-03-20")),
    bad=sample(_with_opening("2020-02-20")),
    of_plan=_before_issue,
    of_ledger=_later,
    of_clock=_ahead,
)
