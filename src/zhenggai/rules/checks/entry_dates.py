"""Checks 日期, 补录 and 文件名: the date of an entry fits its recording day, and its file name has its month and writer."""

from datetime import date

from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Correction, Entry
from zhenggai.model.ledger_name import ledger_name, month_of
from zhenggai.model.name_keys import name_key
from zhenggai.model.numbers import ending, is_ahead, recorded_on
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings, standing_records
from zhenggai.rules.checks.samples import BEGUN, entry_text, ledger_file, sample
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.opening import days_behind


def _ahead(book: Book, today: date, plan_option: str) -> Findings:
    """Entries with days after tomorrow, without withdrawn ones. ``plan_option`` goes into the commands of remedies."""
    recorder = book.units.full_name
    records = book.by_number.values()
    early = {r.entry.number for r in records if _days_ahead(r.entry, today)}
    withdrawn = {
        (r.entry.ref, recorder(r.recorder))
        for r in records
        if isinstance(r.entry, Correction) and r.entry.void and r.entry.number not in early
    }
    for record in records:
        entry, unit = record.entry, recorder(record.recorder)
        corrects = isinstance(entry, Correction)
        number = entry.ref if isinstance(entry, Correction) else entry.number
        if entry.number in early and (number, unit) not in withdrawn:
            which = "它所更正的记录" if corrects else ""
            command = f"zhenggai correct {ending(number)} --void --why 电脑日期不对 --unit {unit}{plan_option}"
            what = f"{'、'.join(_days_ahead(entry, today))} 晚于今天（{today}）"
            yield Finding(record.source, what, f"由{unit}作废{which}，再重新记录：{command}", Level.ERROR)


def _days_ahead(entry: Entry, today: date) -> list[str]:
    """The days of an entry that are later than tomorrow."""
    days = {"日期": entry.date, "编号的记录日": recorded_on(entry.number)}
    return [f"{name} {day}" for name, day in days.items() if is_ahead(day, today)]


def _dates(book: Book, snapshot: Snapshot) -> Findings:
    """Entries dated after their recording day, or before the plan was issued."""
    for record, entry in standing_records(book, snapshot):
        recorded = recorded_on(entry.number)
        if entry.date > recorded:
            yield Finding(record.source, f"日期 {entry.date} 晚于记录日 {recorded}", "记录只写已经发生的事，核对日期")
        if entry.date < book.plan.issued:
            yield Finding(record.source, f"日期 {entry.date} 早于方案印发日期 {book.plan.issued}", "核对日期")


def _late_records(book: Book, snapshot: Snapshot) -> Findings:
    """Entries recorded long after their date, without those of an old ledger."""
    for record, entry in standing_records(book, snapshot):
        days = days_behind(entry, book.plan.opening)
        if days > book.plan.rules.late_record_days:
            yield Finding(record.source, f"{entry.date} 的事 {days} 天后才记录", "今后当周记录；下期报告会列出补录")


def _file_names(book: Book, snapshot: Snapshot) -> Findings:
    """Entries in a file whose name has another month or writer. A copied file is named once, by ``copied_files``."""
    for record, _ in standing_records(book, snapshot):
        if record.source.path not in book.copies:
            yield from _file(record)


def _file(record: Record) -> Findings:
    path, number, writer = record.source.path, record.entry.number, record.entry.writer
    name = ledger_name(path)
    if name is None:
        what = f"文件名 {path.rpartition('/')[2]} 不是 月份.填报人.两位代码.yaml"
        yield Finding(record.source, what, "用 zhenggai add 记录，文件名自动生成")
    elif name.month != month_of(number):
        yield Finding(record.source, f"{name.month} 的文件里有 {number} 的记录", "放进记录当月的文件")
    elif name_key(name.writer) != name_key(writer):
        yield Finding(record.source, f"{name.writer} 的文件里有 {writer} 的记录", "各人记各人的文件")


_PROGRESS = ("措施: 1-1", "内容: 办法初稿已完成")
DATES = Check(
    name="日期",
    level=Level.WARNING,
    about="日期晚于记录日、早于印发，或在明天以后",
    good=sample(ledger_file(BEGUN)),
    bad=sample(ledger_file(entry_text("进展", *_PROGRESS, on="2020-03-12", recorded="2020-03-10"))),
    of_ledger=_dates,
    of_clock=_ahead,
)
LATE_RECORDS = Check(
    name="补录",
    level=Level.DOUBT,
    about="事情过了很久才记录",
    good=sample(ledger_file(entry_text("进展", *_PROGRESS, on="2020-03-10", recorded="2020-03-12"))),
    bad=sample(ledger_file(entry_text("进展", *_PROGRESS, on="2020-03-02", recorded="2020-03-12"))),
    of_ledger=_late_records,
)
FILE_NAMES = Check(
    name="文件名",
    level=Level.DOUBT,
    about="记录不在当月、本人的文件里",
    good=sample(ledger_file(BEGUN)),
    bad=sample(ledger_file(BEGUN, month="2020-04")),
    of_ledger=_file_names,
)
