"""审核存疑: what a review passed is still what the application rests on: the same entries, the same files.

Good: a 初审 whose 申请摘要 is that of the round's entries up to the 申请销号, as they read now. Bad: one of them was corrected,
withdrawn or added afterwards; a file of evidence was swapped or is gone. A review without 申请摘要 is of an older program.
"""

from collections.abc import Iterator

from zhenggai.model.book import Book
from zhenggai.model.entries import Review
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import PASSED, Kind
from zhenggai.model.numbers import ending
from zhenggai.model.source import Diagnostic, Level
from zhenggai.rules.checks.check import Finder
from zhenggai.rules.day.digest import AppliedFor, DigestOf, applied_for
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.entry_assignment import where

APPROVAL = "审核存疑"
_HERE = Finder(APPROVAL, "审核以后，当时看到的记录或佐证有了变化", Level.WARNING)
_REVIEWS = frozenset({Kind.FIRST_REVIEW, Kind.SECOND_REVIEW})
_MOST = 3  # entries and files that are named


def diagnostics(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Reviews that passed something else than there is now."""
    return of_tasks(snapshot, book.digest_of)


def of_tasks(snapshot: Snapshot, digest_of: DigestOf) -> Iterator[Diagnostic]:
    """The same of any snapshot whose evidence can be read."""
    for task in snapshot.tasks:
        for application, event in _passed(task):
            review = snapshot.said(event.number)
            if not isinstance(review, Review) or review.application_digest is None:
                continue
            now = applied_for(snapshot, task, application.number, digest_of)
            if now is not None and now.digest != review.application_digest:
                what = f"{task.name} {event.date} {event.kind}通过的与现在的不一样：{_what(snapshot, task, application, event, now)}"
                yield _HERE.at(where(event), what, _remedy(task, event))


def _passed(task: SnapshotTask) -> Iterator[tuple[Event, Event]]:
    """Each application that was passed and not returned after all, with each review that passed it."""
    application: Event | None = None
    passed: list[tuple[Event, Event]] = []
    for event in task.events:
        if event.kind is Kind.APPLICATION:
            yield from passed
            application, passed = event, []
        elif event.kind in _REVIEWS and application is not None:
            passed = [*passed, (application, event)] if event.value == PASSED else []
    yield from passed


def _what(snapshot: Snapshot, task: SnapshotTask, application: Event, review: Event, now: AppliedFor) -> str:
    """What became another after the review, as far as that can be told."""
    numbers = {entry.number for entry in now.entries}
    until = (application.date, application.number)
    parts = []
    for event in task.filed:
        if event.number <= review.number or (made := snapshot.correction(event.number)) is None:
            continue
        was = made.before
        if was.number in numbers or (made.after is None and (was.date, was.number) <= until):
            parts.append(f"{was.kind} {was.number} 后来{'更正了' if made.after else '作废了'}（{event.number}）")
    parts += [f"后来补录了 {entry.kind} {entry.number}" for entry in now.entries if entry.number > review.number]
    parts += [f"佐证 {p.path} {'内容变了' if p.digest else '不在了'}" for p in now.papers if p.is_spoilt]
    more = f" 等 {len(parts)} 处" if len(parts) > _MOST else ""
    return "；".join(parts[:_MOST]) + more if parts else "申请摘要对不上，审核时看到的不是这些记录和佐证"


def _remedy(task: SnapshotTask, review: Event) -> str:
    number = ending(review.number)
    return (
        f"不该改的，再更正回来、放回原件；仍算通过的，从最后一条起作废（zhenggai correct {number} --void），重新审核；"
        f"不算的，zhenggai reopen {task.measure} --unit {task.unit} --basis {number}"
    )
