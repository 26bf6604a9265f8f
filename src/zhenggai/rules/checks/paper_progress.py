"""Checks 文字整改, 进度倒退 and 突击整改: signs that a report was written but nothing was done."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Done, Progress
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import ABSENT, TRUE, Kind
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings, standing_records
from zhenggai.rules.checks.samples import entry_text, ledger_file, sample
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.entry_assignment import where
from zhenggai.rules.task.life import Sort, State
from zhenggai.rules.task.opening import is_imported, is_imported_entry

_SHORT = 6  # characters: shorter texts may be equal by chance
_LONG = 15  # characters, without digits and marks: shorter texts may rightly differ in a number only
_WORDLESS = re.compile(r"[\W\d_]+")
_INSPECTIONS = frozenset((Kind.INSPECTION, Kind.LOOK_BACK))
_JUMP_POINTS = 50
_NEARLY_DONE = 90  # percent


def _repeats(book: Book, snapshot: Snapshot) -> Findings:
    """Entries of work whose text repeats an earlier one. A 完成 may say what a 进展 of its own task said.

    An old ledger (期初) says of many tasks the same, and was not written here.
    """
    first: dict[str, Record] = {}
    for record, entry in sorted(standing_records(book, snapshot), key=lambda pair: (pair[1].date, pair[1].number)):
        if not isinstance(entry, Progress | Done) or len(entry.content) < _SHORT:
            continue
        earlier = first.setdefault(entry.content, record)
        alike = "一字不差"
        if earlier is record and len(words := _WORDLESS.sub("", entry.content)) >= _LONG:
            earlier, alike = first.setdefault(words, record), "只差数字、标点"
        is_old = is_imported_entry(entry, book.plan.opening)
        if earlier is not record and not is_old and not _concludes(record, earlier, snapshot):
            what = f"内容与 {earlier.source}（{earlier.recorder} {earlier.entry.date}）{alike}"
            yield Finding(record.source, what, "写明这一次实际做了什么")


def _concludes(record: Record, earlier: Record, snapshot: Snapshot) -> bool:
    """Whether a record is the 完成 of a task of which ``earlier`` is a 进展."""
    kinds = (record.entry.kind, earlier.entry.kind)
    addresses = [snapshot.address_of(r.entry.number) for r in (record, earlier)]
    return kinds == (Kind.DONE, Kind.PROGRESS) and addresses[0] == addresses[1]


def _falls(_book: Book, snapshot: Snapshot) -> Findings:
    """Reported percents that are lower than the percent before."""
    for task in snapshot.tasks:
        for claim in _claims(task):
            if claim.percent < claim.before:
                what = f"{task.name} 进度由 {claim.before}% 降为 {claim.percent}%"
                yield Finding(where(claim.event), what, "若前一条有误，请记“更正”")


def _jumps(_book: Book, snapshot: Snapshot) -> Findings:
    """Tasks that report a high percent, or a 完成 as their first work, after a long time without entries.

    Of an old ledger (期初) it is not known what it said before.
    """
    silent_days = snapshot.plan.rules.silent_days
    for task in snapshot.tasks:
        for claim in _claims(task):
            is_jump = claim.percent >= _NEARLY_DONE and claim.percent - claim.before >= _JUMP_POINTS
            if is_jump and claim.silent > silent_days and not is_imported(claim.event, snapshot.plan.opening):
                what = f"{task.name} 静默 {claim.silent} 天后由 {claim.before}% 跳到 {claim.percent}%"
                yield Finding(where(claim.event), what, "核对佐证，必要时实地督查")


class _Claim(NamedTuple):
    """A reported percent, or 100 for a 完成 straight from 未启动: its event, the percent before, the new percent, and the days since the last report (``silent``)."""

    event: Event
    before: int
    percent: int
    silent: int


def _claims(task: SnapshotTask) -> Iterator[_Claim]:
    percent = 0
    last = task.task.schedule.start
    before = State.NOT_STARTED
    takes_time = task.row.sort is not Sort.IMMEDIATE  # 立行立改 may be done long before it is reported
    for event, (_, state) in zip(task.events, task.trail, strict=True):
        if event.kind is Kind.PROGRESS and isinstance(claimed := event.value, int):
            yield _Claim(event, percent, claimed, (event.date - last).days)
            percent = claimed
        elif event.kind is Kind.DONE and before is State.NOT_STARTED and takes_time and event.value != ABSENT:
            yield _Claim(event, percent, 100, (event.date - last).days)
        elif event.kind is Kind.REOPENING or (event.kind in _INSPECTIONS and event.value != TRUE):
            percent = 0
        if event.kind is Kind.PROGRESS or event.kind is Kind.DONE:
            last = max(last, event.date)
        before = state


def _progress(on: str, content: str, percent: int, nth: int = 1) -> str:
    return entry_text("进展", "措施: 1-1", f"内容: {content}", f"进度: {percent}", on=on, nth=nth)


_FIRST = _progress("2020-03-10", "召开会议研究部署", 50)
REPEATED_TEXTS = Check(
    name="文字整改",
    level=Level.DOUBT,
    about="同样的话（或只差数字、标点）写进了两条进展、完成",
    good=sample(ledger_file(_FIRST, _progress("2020-03-20", "走访12所学校，初稿已完成", 60))),
    bad=sample(ledger_file(_FIRST, _progress("2020-03-20", "召开会议研究部署", 60))),
    of_ledger=_repeats,
)
FALLING_PERCENTS = Check(
    name="进度倒退",
    level=Level.WARNING,
    about="进度比上一次报的低",
    good=sample(ledger_file(_FIRST, _progress("2020-03-20", "初稿已完成", 60))),
    bad=sample(ledger_file(_FIRST, _progress("2020-03-20", "初稿已完成", 40))),
    of_ledger=_falls,
)
SUDDEN_PROGRESS = Check(
    name="突击整改",
    level=Level.DOUBT,
    about="长期没有记录，忽然报到九成以上或报完成",
    good=sample(ledger_file(_progress("2020-05-25", "初稿已完成", 60), month="2020-05"), as_of="2020-05-31"),
    bad=sample(ledger_file(_progress("2020-05-25", "初稿已完成", 95), month="2020-05"), as_of="2020-05-31"),
    of_ledger=_jumps,
)
