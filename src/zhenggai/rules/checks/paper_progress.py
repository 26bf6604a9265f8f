"""纸面整改: signs that a report was written and nothing done.

Bad: the same text word for word, or but for a number or a comma, in two entries; a percent lower than the last; silence for
weeks and then 100 %.
"""

import re
from collections.abc import Iterator

from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Progress
from zhenggai.model.kinds import TRUE, Kind
from zhenggai.model.source import Diagnostic, Level
from zhenggai.rules.checks.check import Finder, standing_records
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.entry_assignment import where

_REPEATED = Finder("文字整改", "同样的话（或只差数字、标点）写进了两条进展", Level.DOUBT)
_BACKWARD = Finder("进度倒退", "进度比上一次报的低", Level.WARNING)
_JUMP = Finder("突击整改", "长期没有记录，忽然报到九成以上", Level.DOUBT)
_SHORT = 6  # characters: shorter texts may well be the same
_LONG = 15  # characters beside digits and marks: shorter texts may well differ in a number only
_WORDLESS = re.compile(r"[\W\d_]+")
_INSPECTIONS = frozenset((Kind.INSPECTION, Kind.LOOK_BACK))
_JUMP_POINTS = 50
_NEARLY_DONE = 90  # percent


def diagnostics(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Repeats, falling percents, jumps after silence."""
    yield from _repeats(book, snapshot)
    for task in snapshot.tasks:
        yield from _course(task, snapshot)


def _repeats(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    first: dict[str, Record] = {}
    for record, entry in sorted(standing_records(book, snapshot), key=lambda pair: (pair[1].date, pair[1].number)):
        if not isinstance(entry, Progress) or len(entry.content) < _SHORT:
            continue
        earlier = first.setdefault(entry.content, record)
        alike = "一字不差"
        if earlier is record and len(words := _WORDLESS.sub("", entry.content)) >= _LONG:
            earlier, alike = first.setdefault(words, record), "只差数字、标点"
        if earlier is not record:
            what = f"内容与 {earlier.source}（{earlier.recorder} {earlier.entry.date}）{alike}"
            yield _REPEATED.at(record.source, what, "写明这一次实际做了什么")


def _course(task: SnapshotTask, snapshot: Snapshot) -> Iterator[Diagnostic]:
    percent = 0
    last = task.task.schedule.start
    for event in task.events:
        if event.kind is Kind.PROGRESS and isinstance(claim := event.value, int):
            source = where(event)
            if claim < percent:
                yield _BACKWARD.at(source, f"{task.name} 进度由 {percent}% 降为 {claim}%", "若前一条有误，请记“更正”")
            silent = (event.date - last).days
            if claim >= _NEARLY_DONE and claim - percent >= _JUMP_POINTS and silent > snapshot.plan.rules.silent_days:
                what = f"{task.name} 静默 {silent} 天后由 {percent}% 跳到 {claim}%"
                yield _JUMP.at(source, what, "核对佐证，必要时实地督查")
            percent = claim
        elif event.kind is Kind.REOPENING or (event.kind in _INSPECTIONS and event.value != TRUE):
            percent = 0
        if event.kind is Kind.PROGRESS or event.kind is Kind.DONE:
            last = max(last, event.date)
