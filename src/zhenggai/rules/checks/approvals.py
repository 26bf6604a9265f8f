"""Check 审核存疑: the entries and files behind an application are the same as when a review passed it.

A review without 申请摘要 was written by an older version of the program and is not checked.
"""

from collections.abc import Iterator

from zhenggai.model.book import Book
from zhenggai.model.entries import Review
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import PASSED, Kind
from zhenggai.model.numbers import ending
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import BEGUN, entry_number, entry_text, ledger_file, sample
from zhenggai.rules.day.digest import AppliedFor, DigestOf, applied_for
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.entry_assignment import where

_REVIEWS = frozenset({Kind.FIRST_REVIEW, Kind.SECOND_REVIEW})
_MOST = 3  # entries and files that a message lists


def _approvals(book: Book, snapshot: Snapshot) -> Findings:
    """Reviews whose application has changed since they passed it."""
    return of_tasks(snapshot, book.digest_of)


def of_tasks(snapshot: Snapshot, digest_of: DigestOf) -> Findings:
    """The same findings for any snapshot; ``digest_of`` gives the digest of an evidence file."""
    for task in snapshot.tasks:
        for application, event in _passed(task):
            review = snapshot.said(event.number)
            if not isinstance(review, Review) or review.application_digest is None:
                continue
            now = applied_for(snapshot, task, application.number, digest_of)
            if now is not None and now.digest != review.application_digest:
                what = f"{task.name} {event.date} {event.kind}通过的与现在的不一样：{_what(snapshot, task, application, event, now)}"
                yield Finding(where(event), what, _remedy(task, event))


def _passed(task: SnapshotTask) -> Iterator[tuple[Event, Event]]:
    """Pairs of an application and a review that passed it, without applications that a later review returned."""
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
    """The changes after the review, in words, as far as they can be found."""
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


_APPLIED = (
    BEGUN,
    entry_text("完成", "措施: 1-1", "内容: 办法已印发", "佐证: [县教发〔2020〕3号]", on="2020-03-12"),
    entry_text("申请销号", "措施: 1-1", "签批领导: 局长", on="2020-03-13"),
)
_SEEN = (f"针对: {entry_number('2020-03-13')}", "结论: 通过", "申请摘要: 9e788cf4e393a5a7")
_REVIEW = ledger_file(entry_text("初审", *_SEEN, on="2020-03-16"), unit="县委办公室")
_CORRECTION = entry_text("更正", f"针对: {entry_number('2020-03-12')}", "内容: 办法将于下月印发", on="2020-03-18")
CHECK = Check(
    name="审核存疑",
    level=Level.WARNING,
    about="审核以后，当时看到的记录或佐证有了变化",
    good=sample(ledger_file(*_APPLIED), _REVIEW),
    bad=sample(ledger_file(*_APPLIED, _CORRECTION), _REVIEW),
    of_ledger=_approvals,
)
