"""The dossier of a task (一案一档): its rounds, steps, evidence, letters and extensions, in addition to its entries."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import TRUE, Kind
from zhenggai.rules.day.rounds import rounds_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.steps import done_with, steps_of
from zhenggai.rules.task.transitions import LADDER

Day = date  # for classes with a field named ``date``


@frozen(kw_only=True)
class Milestone:
    """An entry that changed the task's state, with its round; ``text`` has its conclusion, signer, reason or dates."""

    round: int
    date: Day
    kind: Kind
    unit: str
    text: str
    number: str


@frozen(kw_only=True)
class StepLine:
    """A step with its deadline and the day on which it was done in this round; ``own``: the unit defined it itself.

    ``pace``: how an open step with a due date, or one with a frequency, stands on the day.
    """

    number: str
    content: str
    own: bool
    to_be_done: bool
    deadline: str
    due: Day | None
    pace: str
    done: Day | None


@frozen(kw_only=True)
class EvidenceLine:
    """An item of evidence (a file or a document number), and the entry that names it."""

    evidence: str
    date: Day
    kind: Kind
    unit: str
    number: str


@frozen(kw_only=True)
class LetterLine:
    """A letter of a supervising unit, its addressee and the reply.

    ``wanted``: whether a reply is required; ``until``: by which day.
    """

    date: Day
    kind: Kind
    unit: str
    addressee: str
    text: str
    until: Day | None
    replied: Day | None
    reply: str
    wanted: bool
    number: str


@frozen(kw_only=True)
class ExtensionLine:
    """A request for an extension or for 转长期: the date before, the requested date, and the ``granted`` date.

    ``step``: the number of the step that it is about, "" for the task.
    """

    date: Day
    kind: Kind
    step: str
    cause: str
    due: Day | None
    asked: Day | None
    answer: str
    answered: Day | None
    granted: Day | None
    number: str


@frozen(kw_only=True)
class Dossier:
    """The dossier of one task, without its facts and its entries."""

    rounds: tuple[Milestone, ...]
    steps: tuple[StepLine, ...]
    evidence: tuple[EvidenceLine, ...]
    letters: tuple[LetterLine, ...]
    extensions: tuple[ExtensionLine, ...]


_MILESTONES = frozenset(
    {
        Kind.CLAIM,
        Kind.BASICALLY_DONE,
        Kind.DONE,
        Kind.APPLICATION,
        Kind.FIRST_REVIEW,
        Kind.SECOND_REVIEW,
        Kind.ON_SITE,
        Kind.NOTICE,
        Kind.CLOSE_OUT,
        Kind.FILING,
        Kind.REOPENING,
        Kind.LOOK_BACK,
    }
)
_LETTERS = frozenset((*LADDER, Kind.INSPECTION))
_REQUESTS = (Kind.EXTENSION_REQUEST, Kind.TO_LONG_TERM)
_ANSWERS = {Kind.EXTENSION_GRANT: "同意", Kind.EXTENSION_REFUSAL: "不同意"}


def dossier_of(snapshot: Snapshot, task: SnapshotTask) -> Dossier:
    """The dossier of a task as of the snapshot's day, from its corrected entries."""
    found = [(event, entry) for event in task.events if (entry := snapshot.said(event.number))]
    return Dossier(
        rounds=tuple(_milestones(snapshot, task)),
        steps=tuple(_steps(task)),
        evidence=tuple(
            EvidenceLine(evidence=item, date=e.date, kind=e.kind, unit=snapshot.recorder_of(e.number), number=e.number)
            for event, e in found
            for item in e.evidence
        ),
        letters=tuple(_letter(snapshot, e, found) for event, e in found if e.kind in _LETTERS),
        extensions=tuple(_extensions(task, found)),
    )


Found = list[tuple[Event, Entry]]


def _milestones(snapshot: Snapshot, task: SnapshotTask) -> Iterator[Milestone]:
    for round_ in rounds_of(task):
        for event in round_.events:
            entry = snapshot.said(event.number)
            untrue = event.kind is Kind.INSPECTION and event.value != TRUE
            if entry is not None and (event.kind in _MILESTONES or untrue):
                yield Milestone(
                    round=round_.number,
                    date=event.date,
                    kind=event.kind,
                    unit=snapshot.recorder_of(entry.number),
                    text=_milestone_text(entry),
                    number=event.number,
                )


_SAID = (
    "conclusion",
    "approver",
    "accepted_by",
    "cause",
    "person",
    "leader",
    "institution",
    "basis",
    "inspector",
    "location",
    "receiver",
    "filing_number",
    "content",
)


def _milestone_text(entry: Entry) -> str:
    """The essential values of an entry: conclusion, signer, reason, dates."""
    values: dict[str, Any] = {name: getattr(entry, name, None) for name in (*_SAID, "start", "end", "deadline")}
    before = {
        "approver": "签批 ",
        "accepted_by": "验收人 ",
        "institution": "制度成果 ",
        "person": "责任人 ",
        "leader": "责任领导 ",
        "basis": "依据 ",
        "inspector": "核查人 ",
        "location": "地点 ",
        "receiver": "报 ",
        "filing_number": "备案号 ",
    }
    parts = [f"{before.get(name, '')}{values[name]}" for name in _SAID if values[name]]
    parts += [f"{values['start']} 至 {values['end']}"] if values["end"] else []
    parts += [f"时限 {values['deadline']}"] if values["deadline"] else []
    return "；".join(parts)


_WITH_STEPS_DONE = frozenset((Kind.PROGRESS, Kind.DONE))


def _steps(task: SnapshotTask) -> Iterator[StepLine]:
    done: dict[str, date] = {}
    for event in rounds_of(task)[-1].events:
        for number in event.all_of("steps") if event.kind in _WITH_STEPS_DONE else ():
            done.setdefault(number, event.date)
    stands = {status.step.number: status.pace for status in task.status.steps}
    stands |= {window.number: "时限读不出" for window in task.task.schedule.steps if window.unread}
    for duty in task.status.duties.unfilled:
        before = stands.get(duty.routine.step)
        stands[duty.routine.step] = f"{before}、{duty.occurrence.period}" if before else f"缺 {duty.occurrence.period}"
    for step in steps_of(task.task, task.head):
        yield StepLine(
            number=step.number,
            content=step.content,
            own=step.own,
            to_be_done=step.to_be_done,
            deadline=step.words,
            due=step.due,
            pace=stands.get(step.number, ""),
            done=next((done[number] for number in done_with(step.number) if number in done), None),
        )


_OF_LETTER = ("addressee", "method", "conclusion", "basis", "time_limit")


def _letter(snapshot: Snapshot, letter: Entry, found: Found) -> LetterLine:
    values: dict[str, Any] = {name: getattr(letter, name, None) for name in _OF_LETTER}
    answer = next((e for event, e in found if event.kind is Kind.REPLY and event.ref == letter.number), None)
    return LetterLine(
        date=letter.date,
        kind=letter.kind,
        unit=snapshot.recorder_of(letter.number),
        addressee=values["addressee"] or "",
        text="；".join(filter(None, (*(values[name] for name in ("method", "conclusion", "basis")), letter.content))),
        until=values["time_limit"],
        replied=answer.date if answer else None,
        reply=(answer.content if answer else None) or "",
        wanted=values["conclusion"] != TRUE,
        number=letter.number,
    )


def _extensions(task: SnapshotTask, found: Found) -> Iterator[ExtensionLine]:
    """The requests with their answers. The due date before each follows grants, reopenings and 调整."""
    due, then = task.head.first_due, task.task.on(date.min)
    step_dues = {step.number: step.due for step in task.task.schedule.steps}
    about: dict[str, str] = {}
    answers = {event.ref: event for event, _ in found if event.kind in _ANSWERS}
    for event, entry in found:
        now = task.task.on(event.date)
        if now.schedule.due != then.schedule.due:
            due = now.schedule.due
        then = now
        if event.kind in _REQUESTS:
            step = about[event.number] = event.step
            answer = answers.get(event.number)
            yield ExtensionLine(
                date=event.date,
                kind=event.kind,
                step=step,
                cause=getattr(entry, "cause", None) or getattr(entry, "stage_goal", None) or "",
                due=step_dues.get(step) if step else due,
                asked=event.until,
                answer=_ANSWERS[answer.kind] if answer else "待批",
                answered=answer.date if answer else None,
                granted=answer.until if answer else None,
                number=event.number,
            )
        elif event.kind is Kind.EXTENSION_GRANT and (step := about.get(event.ref or "", "")):
            step_dues[step] = event.until
        elif event.kind in (Kind.EXTENSION_GRANT, Kind.REOPENING):
            due = event.until
