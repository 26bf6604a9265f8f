"""The fold: a task's entries, in order, become its Head, the task's state as of a day.

Pure, total, without a clock (DESIGN §6). The transition table says what may follow what; the guards here add what a
table cannot say: dates, references, what must be there before a close-out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zhenggai.calendar import period_bounds
from zhenggai.model.entries import ABSENT, PASSED, TRUE, Kind
from zhenggai.rules.tasks import Task
from zhenggai.rules.transitions import COMPLETE, LADDER, ROLE_NAMES, Role, Sort, State, Transition, transition


class Mark:
    """What else an event's flags carry beside the recorder's role; plain bits, stored by an index."""

    EVIDENCE = 1 << 8
    ON_BEHALF = 1 << 9
    VOID = 1 << 10
    SAME_HAND = 1 << 11  # a 更正 by the unit that wrote the corrected entry


More = tuple[tuple[str, str], ...]
Day = date  # inside classes that have a field named ``date``


class Event(NamedTuple):
    """What the fold needs of an entry. Text is read back from the file, by ``offset`` (characters).

    ``value`` is the percent of a 进展, the conclusion of a 完成, review or inspection, the period of an occurrence; ``until``
    the date an entry names (至, 公示止, 时限, 下次评估); ``flags`` bits of ``Role`` and ``Mark``; ``more`` what few
    entries have: steps done, a target's value, and for a 更正 the changed fields.
    """

    date: date
    number: str
    kind: Kind
    value: int | str | None
    until: Day | None
    ref: str | None
    flags: int
    more: More
    offset: int

    def all_of(self, name: str) -> tuple[str, ...]:
        """The values under one name in ``more``."""
        return tuple(value for key, value in self.more if key == name)


class Duty(NamedTuple):
    """A recurring duty's occurrence as recorded: its period, the day it was done, the day it was recorded."""

    period: str
    date: date
    recorded: Day


@dataclass(slots=True)
class Head:
    """Where a task stands after its entries. The fold makes it, and nobody changes it after.

    ``first_due`` is kept for ever; ``due`` is what extensions and reopenings made of it. ``entry_days`` are the days
    of the responsible unit's own entries, ``ladder`` the recorded steps of supervision.
    """

    first_due: date | None = None
    due: date | None = None
    due_source: str = ""
    state: State = State.NOT_STARTED
    round: int = 1
    percent: int | None = None
    claimed: date | None = None
    started: date | None = None
    completed: date | None = None
    completed_recorded: date | None = None
    closed: date | None = None
    absent: bool = False
    long_term: bool = False
    next_review: date | None = None
    case: tuple[str, ...] = ()
    notice_end: date | None = None
    pending: tuple[str, Kind] | None = None
    relapse: str | None = None
    extensions: int = 0
    returns: int = 0
    relapses: int = 0
    progress: int = 0
    evidence: int = 0
    steps: tuple[str, ...] = ()
    entry_days: tuple[date, ...] = ()
    last_entry: date | None = None
    last_number: str = ""
    duties: tuple[Duty, ...] = ()
    ladder: tuple[tuple[Kind, date], ...] = ()
    targets: tuple[tuple[date, str, str], ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the task counts as completed."""
        return self.state in COMPLETE


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry that the state does not allow; it changed nothing."""

    number: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Folded:
    """What the fold returns: the Head, the entries it refused, and those that took part, in order."""

    head: Head
    refusals: tuple[Refusal, ...] = ()
    taken: tuple[Event, ...] = ()


class _Refused(Exception):
    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def recording_day(event: Event) -> date:
    """The day an event was recorded, from its number."""
    return date.fromisoformat(event.number[:8])


def fold(task: Task, events: Iterable[Event], as_of: date, known_by: date = date.max) -> Folded:
    """The task's state as of a day, from entries dated until then and recorded by ``known_by``.

    ``events`` come in order of path and line, so that of a repeated number the first counts; the order of entries is
    (日期, 编号).
    """
    recorded_by = f"{known_by:%Y%m%d}" if known_by < date.max else "99999999"
    kept: dict[str, Event] = {}
    for event in events:
        if event.date <= as_of and event.number[:8] <= recorded_by:
            kept.setdefault(event.number, event)
    ordered = sorted(kept.values())
    refusals: list[Refusal] = []
    ordered = _corrected(ordered, refusals)
    due = task.schedule.due
    head = Head(due, due, task.schedule.source, next_review=task.schedule.next_review)
    seen: set[str] = set()
    taken: list[Event] = []
    for event in ordered:
        try:
            _step(task, head, event, seen)
        except _Refused as refused:
            refusals.append(Refusal(event.number, refused.what, refused.remedy))
        else:
            taken.append(event)
        seen.add(event.number)
    return Folded(head, tuple(refusals), tuple(taken))


def _corrected(events: list[Event], refusals: list[Refusal]) -> list[Event]:
    """The events with every 更正 applied and taken out; void ones are gone."""
    if not any(event.kind is Kind.CORRECTION for event in events):
        return events
    current: dict[str, Event] = {}
    for event in events:
        if event.kind is not Kind.CORRECTION:
            current[event.number] = event
        elif event.ref not in current:
            refusals.append(_unknown_ref(event))
        elif not event.flags & Mark.SAME_HAND:
            refusals.append(Refusal(event.number, "更正只能由原记录单位作出", "请原记录单位自行更正"))
        elif event.flags & Mark.VOID:
            del current[event.ref]
        else:
            current[event.ref] = _apply_correction(current[event.ref], event)
    return list(current.values())


def _apply_correction(original: Event, correction: Event) -> Event:
    """The original with what the correction carries; ``more`` of the same name is replaced, not added to."""
    names = {name for name, _ in correction.more}
    return original._replace(
        value=original.value if correction.value is None else correction.value,
        until=correction.until or original.until,
        flags=original.flags | (correction.flags & Mark.EVIDENCE),
        more=tuple(pair for pair in original.more if pair[0] not in names) + correction.more,
    )


def _unknown_ref(event: Event) -> Refusal:
    return Refusal(event.number, f"针对的记录 {event.ref} 在它之前不存在或已作废", "核对“针对”的编号与两条记录的日期")


def _step(task: Task, head: Head, event: Event, seen: set[str]) -> None:
    """One event's effect on the head; raises ``_Refused`` before anything is changed."""
    sort = Sort.LONG_TERM if head.long_term else task.sort
    row = transition(event.kind, _verdict(head, event), sort)
    if row is None:
        raise _Refused(f"{task.category}任务不接受“{event.kind}”", "核对事项与措施编号")
    if not event.flags & row.by:
        raise _Refused(_not_entitled(task, event, row), "由有权单位在自己的文件夹中记录")
    if event.ref is not None and event.ref not in seen:
        unknown = _unknown_ref(event)
        raise _Refused(unknown.what, unknown.remedy)
    target = row.moves.get(head.state)
    if target is None:
        allowed = "、".join(dict.fromkeys(row.moves))
        raise _Refused(f"任务{head.state}，不能记“{event.kind}”", f"此事项只能在 {allowed} 时记录")
    if guard := _GUARDS.get(event.kind):
        guard(task, head, event)
    if head.state in row.next_round:
        _next_round(head, event)
    _EFFECTS.get(event.kind, _no_effect)(task, head, event)
    head.state = target
    if event.flags & (Role.OWN | Mark.ON_BEHALF):
        head.entry_days += (event.date,)
        head.last_entry = event.date
    head.last_number = max(head.last_number, event.number)


def _verdict(head: Head, event: Event) -> str | None:
    """What tells rows of one kind apart: the conclusion, or for a grant what was asked for."""
    if event.kind is Kind.EXTENSION_GRANT:
        return Kind.TO_LONG_TERM if head.pending and head.pending[1] is Kind.TO_LONG_TERM else None
    return event.value if event.kind in _WITH_VERDICT and isinstance(event.value, str) else None


_WITH_VERDICT = frozenset({Kind.FIRST_REVIEW, Kind.SECOND_REVIEW, Kind.INSPECTION, Kind.LOOK_BACK})


def _not_entitled(task: Task, event: Event, row: Transition) -> str:
    roles = "或".join(name for bit, name in ROLE_NAMES.items() if row.by & bit)
    units = "、".join(task.units_in_role(row.by)) or "计划未指定"
    return f"“{event.kind}”应由{roles}（{units}）记录"


# --- guards: what a table cannot say ------------------------------------------------------------------------------


def _guard_progress(task: Task, head: Head, event: Event) -> None:
    if not event.flags & (Role.OWN | Mark.ON_BEHALF):
        raise _Refused("他单位的进展须标明代录", "写上 代录: 是，或由责任单位自己记录")


def missing_for_application(task: Task, head: Head) -> tuple[str, ...]:
    """What a task still lacks before it may apply for 销号 (domain rules, "States"), in words."""
    due_steps = [step.number for step in task.measure.steps if not step.frequency]
    undone = [number for number in due_steps if number not in head.steps]
    return tuple(
        what
        for what, lacking in (
            ("至少一条进展记录", head.progress == 0),
            ("至少一份佐证材料", head.evidence == 0),
            (f"步骤 {'、'.join(undone)} 未办结", bool(undone)),
        )
        if lacking
    )


def _guard_application(task: Task, head: Head, event: Event) -> None:
    evidence_here = "至少一份佐证材料" if event.flags & Mark.EVIDENCE else ""
    if missing := [what for what in missing_for_application(task, head) if what != evidence_here]:
        raise _Refused(f"申请销号的条件不足：缺{'；'.join(missing)}", "补齐后再申请")


def _guard_case(task: Task, head: Head, event: Event) -> None:
    if event.ref not in head.case:
        raise _Refused(f"针对的 {event.ref} 不是本次销号申请", f"应针对 {head.case[-1] if head.case else '本次申请'}")


def _guard_close_out(task: Task, head: Head, event: Event) -> None:
    _guard_case(task, head, event)
    if head.state is State.SECOND_PASSED and task.notice_days:
        raise _Refused("尚未公示，不能销号", "先记“销号公示”")
    if head.notice_end and event.date <= head.notice_end:
        raise _Refused(f"公示到 {head.notice_end} 才满，不能销号", "公示期满次日起再销号")


def _guard_reopening(task: Task, head: Head, event: Event) -> None:
    if head.state is State.IN_PROGRESS and (head.relapse is None or head.relapse != event.ref):
        raise _Refused("任务正在整改，无需重新整改", "只有针对本轮反弹的记录，才可为整改中的任务另定时限")


def _guard_extension_request(task: Task, head: Head, event: Event) -> None:
    if head.due is None:
        raise _Refused("任务没有截止日，无从延期", "核对措施编号")
    if event.date > head.due:
        raise _Refused(f"延期须在到期（{head.due}）之前申请", "逾期后请向督办单位说明")
    if event.until is not None and event.until <= head.due:
        raise _Refused(f"延至 {event.until} 不晚于现时限 {head.due}", "写明更晚的日期")


def _guard_answer(task: Task, head: Head, event: Event) -> None:
    if head.pending is None or head.pending[0] != event.ref:
        raise _Refused(f"{event.ref} 不是待批的延期申请", "针对尚未答复的那条申请")


def _guard_occurrence(task: Task, head: Head, event: Event) -> None:
    period = str(event.value)
    recurrence = task.schedule.recurrence
    try:
        start, end = period_bounds(period)
    except ValueError:
        start, end = date.max, date.max
    if recurrence is None or period not in {o.period for o in recurrence.occurrences(start, end)}:
        raise _Refused(
            f"期次“{period}”与频次“{task.schedule.words}”不符", "期次写法：2020-05、2020-Q2、2020-W21、2020-H1、2020"
        )
    if start > event.date:
        raise _Refused(f"期次 {period} 尚未开始", "核对期次与日期")
    if any(duty.period == period for duty in head.duties):
        raise _Refused(f"期次 {period} 已有记录", "如需改动，请记“更正”")


Guard = Callable[[Task, Head, Event], None]

_GUARDS: Mapping[Kind, Guard] = {
    Kind.PROGRESS: _guard_progress,
    Kind.APPLICATION: _guard_application,
    Kind.FIRST_REVIEW: _guard_case,
    Kind.SECOND_REVIEW: _guard_case,
    Kind.NOTICE: _guard_case,
    Kind.CLOSE_OUT: _guard_close_out,
    Kind.REOPENING: _guard_reopening,
    Kind.EXTENSION_REQUEST: _guard_extension_request,
    Kind.EXTENSION_GRANT: _guard_answer,
    Kind.EXTENSION_REFUSAL: _guard_answer,
    Kind.OCCURRENCE: _guard_occurrence,
}


# --- effects ------------------------------------------------------------------------------------------------------


def _no_effect(task: Task, head: Head, event: Event) -> None:
    """Most kinds move the state and leave the rest."""


def _next_round(head: Head, event: Event) -> None:
    head.round += 1
    head.percent = None
    head.completed = head.completed_recorded = head.closed = head.notice_end = None
    head.absent = False
    head.case, head.pending = (), None
    head.progress = head.evidence = 0
    head.steps = ()


def _claim(task: Task, head: Head, event: Event) -> None:
    head.claimed = head.claimed or event.date


def _progress(task: Task, head: Head, event: Event) -> None:
    head.started = head.started or event.date
    head.progress += 1
    head.evidence += bool(event.flags & Mark.EVIDENCE)
    if isinstance(event.value, int):
        head.percent = event.value
    if event.more:
        head.steps = tuple(dict.fromkeys(head.steps + event.all_of("steps")))
        if measured := event.all_of("measured"):
            head.targets += ((event.date, measured[0], "".join(event.all_of("measured_base"))),)


def _done(task: Task, head: Head, event: Event) -> None:
    head.started = head.started or event.date
    head.evidence += bool(event.flags & Mark.EVIDENCE)
    head.steps = tuple(dict.fromkeys(head.steps + event.all_of("steps")))
    head.completed, head.completed_recorded = event.date, recording_day(event)
    head.absent = event.value == ABSENT
    head.pending = head.relapse = None


def _apply(task: Task, head: Head, event: Event) -> None:
    head.case = (event.number,)
    head.evidence += bool(event.flags & Mark.EVIDENCE)


def _review(task: Task, head: Head, event: Event) -> None:
    if event.value == PASSED:
        head.case += (event.number,)
        return
    head.returns += 1
    head.completed = head.completed_recorded = None
    head.absent = False
    head.case = ()


def _notice(task: Task, head: Head, event: Event) -> None:
    head.case += (event.number,)
    head.notice_end = event.until


def _close_out(task: Task, head: Head, event: Event) -> None:
    head.closed = event.date


def _reopening(task: Task, head: Head, event: Event) -> None:
    head.due, head.due_source = event.until, "重新整改"


def _inspect(task: Task, head: Head, event: Event) -> None:
    if event.value == TRUE:
        return
    head.percent = None
    head.relapses += head.is_complete  # before 完成 there is nothing to relapse from: the claimed percent is void
    head.relapse = event.number


def _ask_extension(task: Task, head: Head, event: Event) -> None:
    head.pending = (event.number, event.kind)


def _grant(task: Task, head: Head, event: Event) -> None:
    if head.pending and head.pending[1] is Kind.TO_LONG_TERM:
        head.long_term, head.next_review = True, event.until
        head.due, head.due_source = None, "转长期"
    else:
        head.due, head.due_source = event.until, "延期"
        head.extensions += 1
    head.pending = None


def _refuse_extension(task: Task, head: Head, event: Event) -> None:
    head.pending = None


def _long_term_review(task: Task, head: Head, event: Event) -> None:
    head.started = head.started or event.date
    head.next_review = event.until


def _occurrence(task: Task, head: Head, event: Event) -> None:
    head.started = head.started or event.date
    head.duties += (Duty(str(event.value), event.date, recording_day(event)),)


def _escalate(task: Task, head: Head, event: Event) -> None:
    head.ladder += ((event.kind, event.date),)


_EFFECTS: Mapping[Kind, Guard] = {
    Kind.CLAIM: _claim,
    Kind.PROGRESS: _progress,
    Kind.BASICALLY_DONE: _progress,
    Kind.DONE: _done,
    Kind.APPLICATION: _apply,
    Kind.FIRST_REVIEW: _review,
    Kind.SECOND_REVIEW: _review,
    Kind.NOTICE: _notice,
    Kind.CLOSE_OUT: _close_out,
    Kind.REOPENING: _reopening,
    Kind.EXTENSION_REQUEST: _ask_extension,
    Kind.EXTENSION_GRANT: _grant,
    Kind.EXTENSION_REFUSAL: _refuse_extension,
    Kind.TO_LONG_TERM: _ask_extension,
    Kind.LONG_TERM_REVIEW: _long_term_review,
    Kind.OCCURRENCE: _occurrence,
    Kind.INSPECTION: _inspect,
    Kind.LOOK_BACK: _inspect,
    **dict.fromkeys(LADDER, _escalate),
}
