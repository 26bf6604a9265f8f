"""纸面整改: signs that a report was written and nothing done (domain rules, "Smells").

Bad: the same text word for word in two entries; a percent lower than the last; silence for weeks and then 100 %.
"""

from collections.abc import Iterator

from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Kind, Progress
from zhenggai.model.source import Level, Problem
from zhenggai.rules.checks.check import Finder
from zhenggai.rules.state import Picture, TaskState

_REPEATED = Finder("文字整改", Level.DOUBT)
_BACKWARD = Finder("进度倒退", Level.WARNING)
_JUMP = Finder("突击整改", Level.DOUBT)
_SHORT = 6  # characters: shorter texts may well be the same
_JUMP_POINTS = 50
_NEARLY_DONE = 90  # percent


def problems(book: Book, picture: Picture) -> Iterator[Problem]:
    """Repeats, falling percents, jumps after silence."""
    yield from _repeats(book)
    for task in picture.tasks:
        yield from _course(task, picture)


def _repeats(book: Book) -> Iterator[Problem]:
    first: dict[str, Record] = {}
    for record in sorted(book.records, key=lambda r: (r.entry.date, r.entry.number)):
        entry = record.entry
        if not isinstance(entry, Progress) or len(entry.content) < _SHORT:
            continue
        earlier = first.setdefault(entry.content, record)
        if earlier is not record and earlier.entry.number != entry.number:
            what = f"内容与 {earlier.source}（{earlier.recorder} {earlier.entry.date}）一字不差"
            yield _REPEATED.at(record.source, what, "写明这一次实际做了什么")


def _course(task: TaskState, picture: Picture) -> Iterator[Problem]:
    percent = 0
    last = task.task.schedule.start
    for event in task.events:
        if event.kind is Kind.PROGRESS and isinstance(event.value, int):
            source = picture.record_by_number[event.number].source
            name = f"{task.measure} {task.unit}"
            if event.value < percent:
                what = f"{name} 进度由 {percent}% 降为 {event.value}%"
                yield _BACKWARD.at(source, what, "若前一条有误，请记“更正”")
            silent = (event.date - last).days
            jumped = event.value >= _NEARLY_DONE and event.value - percent >= _JUMP_POINTS
            if jumped and silent > picture.plan.rules.silent_days:
                what = f"{name} 静默 {silent} 天后由 {percent}% 跳到 {event.value}%"
                yield _JUMP.at(source, what, "核对佐证，必要时实地督查")
            percent = event.value
        elif event.kind in (Kind.REOPENING, Kind.INSPECTION, Kind.LOOK_BACK):
            percent = 0
        if event.kind is Kind.PROGRESS or event.kind is Kind.DONE:
            last = max(last, event.date)
