"""The acts that a unit has to do on a day (待办), about its own tasks and about those it reviews or supervises."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.profile import Profile
from zhenggai.rules.day.day_status import COMPLETABLE, StepStatus
from zhenggai.rules.day.duties import open_duties
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.review_queue import answer_awaited, awaited, filing_awaited, lacks_visit, reopening_awaited
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.registers.terms import Term
from zhenggai.rules.supervision.ladder import Rung, ladder_of
from zhenggai.rules.supervision.look_backs import LookBackStage, look_backs
from zhenggai.rules.task.guards import missing_for_application
from zhenggai.rules.task.life import State
from zhenggai.rules.task.steps import undone_steps


class Part(StrEnum):
    """The role in which a unit acts."""

    OWN = "责任单位"
    LEAD = "牵头单位"
    REVIEWER = "审核单位"
    OVERSEER = "督办单位"
    REPORTER = "报送单位"


class Act(StrEnum):
    """An act to do. It has the name of the entry that records it, if there is one. The last two only wait for their day.

    FOLLOW is nothing to record: a lead unit should see what holds up a task of another unit.
    """

    REPLY = "回复"
    REDO = "退回重办"
    CLAIM = "认领"
    REPORT = "报进展"
    STEPS = "办结步骤"
    FINISH = "记完成"
    SUPPLY = "补齐材料"
    APPLY = "申请销号"
    DUTY = "例行"
    ASSESS = "长期评估"
    FOLLOW = "跟进"
    FIRST_REVIEW = "初审"
    ON_SITE = "现场核查"
    SECOND_REVIEW = "复核"
    NOTICE = "销号公示"
    CLOSE_OUT = "销号"
    FILING = "备案"
    ANSWER = "答复延期"
    REOPEN = "重新整改"
    LOOK_BACK = "回头看"
    URGE = "督办"
    TERM = "换届"
    SUBMIT = "报送"
    NOTICE_RUNS = "公示期满销号"
    COMING = "将要开始"


_WAITING = frozenset((Act.NOTICE_RUNS, Act.COMING))


@frozen(kw_only=True)
class Todo:
    """One item of the list. ``days``: positive if late, negative if left, None without a date.

    ``named``: what must be named, such as the period of a 例行 (and its step), open steps, the matter of a 换届, a 报送.
    ``letter``: the entry that a 回复 answers. ``rung``: the step of the ladder. ``term``: the term of office.
    """

    part: Part
    act: Act
    why: str
    task: SnapshotTask | None = None
    due: date | None = None
    days: int | None = None
    named: tuple[str, ...] = ()
    letter: Record | None = None
    rung: Rung | None = None
    term: Term | None = None

    @property
    def is_now(self) -> bool:
        """Whether the act can be done on the day. Otherwise its day is in the future."""
        return self.act not in _WAITING

    @property
    def is_late(self) -> bool:
        """Whether the act is past its due date."""
        return self.is_now and self.days is not None and self.days > 0


def own_acts(task: SnapshotTask, as_of: date, profile: Profile) -> Iterator[Todo]:
    """The acts of the responsible unit about a task. Before the task's window opens, at most a notice of its start."""
    start = task.task.schedule.start
    to_claim = task.head.claimed is None and task.head.state is State.NOT_STARTED
    if start > as_of:
        if to_claim and (start - as_of).days <= profile.due_soon_days:
            yield _act(task, Act.COMING, "尚未认领", start, as_of)
        return
    if to_claim:
        near = _near_steps(task, profile)
        pressing = (*_pressing(task, profile), *(step.dated_pace for step in near))
        first = min(filter(None, (task.head.due, *(step.due for step in near))), default=None)
        yield _act(task, Act.CLAIM, "，".join((*pressing, "尚未认领")), first, as_of)
    yield from _duties(task, as_of)
    yield from assessment(task, as_of, profile)
    if task.head.state is State.COMPLETED:
        yield from _application(task, as_of)
    elif task.status.group in COMPLETABLE and not task.head.is_complete and not to_claim:
        yield from _work(task, as_of, profile)
    elif not to_claim:
        yield from _steps_to_do(task, as_of, profile)


def _act(task: SnapshotTask, act: Act, why: str, due: date | None, as_of: date, named: tuple[str, ...] = ()) -> Todo:
    days = None if due is None else (as_of - due).days
    return Todo(part=Part.OWN, act=act, why=why, task=task, due=due, days=days, named=named)


def _pressing(task: SnapshotTask, profile: Profile) -> list[str]:
    """Why a task is urgent, by the profile's thresholds. The profile's table of lights does not matter here."""
    status, head = task.status, task.head
    left, lag, silent = status.days_left, status.lag, status.silent_days
    relapsed = head.relapse is not None and (
        head.last_entry is None or head.last_entry <= task.event(head.relapse).date
    )
    reasons = (
        (f"逾期 {status.overdue_days} 天", status.is_overdue),
        (f"还剩 {left} 天", left is not None and 0 <= left <= profile.due_soon_days),
        ("督查不实或反弹", relapsed),
        (f"落后序时 {lag} 点", lag is not None and lag > profile.lag_points),
        (f"{silent} 天无记录", silent is not None and silent > profile.silent_days),
    )
    return [text for text, holds in reasons if holds]


def _work(task: SnapshotTask, as_of: date, profile: Profile) -> Iterator[Todo]:
    """The next act on an open task with a due date, and its steps that are late or due soon."""
    head = task.head
    due, steps, pressing = head.due, undone_steps(task.task, head), _pressing(task, profile)
    left = [f"步骤 {'、'.join(steps)} 未办结"] if steps else []
    near = list(_steps_to_do(task, as_of, profile))
    if head.returned is not None:
        yield _act(task, Act.REDO, "，".join((f"{head.returned} 审核退回", *pressing)), due, as_of)
    elif head.state is State.BASICALLY_DONE or head.percent == 100:
        done = "已报 100%" if head.percent == 100 else "已基本完成"
        yield _act(task, Act.FINISH, "，".join((done, *pressing, *left)), due, as_of, steps)
    elif pressing:
        yield _act(task, Act.REPORT, "，".join((*pressing, *left)), due, as_of, steps[:1])
    elif steps and head.state is State.IN_PROGRESS and not near:
        first = min(task.status.steps, key=lambda s: s.days_left, default=None)
        yield _act(task, Act.STEPS, left[0], first.due if first else due, as_of, steps[:1])
    yield from near


def _near_steps(task: SnapshotTask, profile: Profile) -> list[StepStatus]:
    """The steps that are late or due soon, the most overdue first."""
    return sorted((s for s in task.status.steps if s.days_left <= profile.due_soon_days), key=lambda s: s.days_left)


def _steps_to_do(task: SnapshotTask, as_of: date, profile: Profile) -> Iterator[Todo]:
    for step in _near_steps(task, profile):
        yield _act(task, Act.STEPS, step.dated_pace, step.due, as_of, (step.step.number,))


def _application(task: SnapshotTask, as_of: date) -> Iterator[Todo]:
    """The application for 销号 of a completed task, or the steps that must be done before. Nothing if the plan names no reviewer.

    Evidence may come with the application.
    """
    if task.task.second_reviewer is None:
        return
    missing = "；".join(missing_for_application(task.task, task.head))
    if steps := undone_steps(task.task, task.head):
        yield _act(task, Act.SUPPLY, f"申请销号还缺{missing}", None, as_of, steps)
    else:
        lacking = f"，还缺{missing}" if missing else ""
        yield _act(task, Act.APPLY, f"{task.head.completed} 已完成{lacking}", None, as_of)


def _duties(task: SnapshotTask, as_of: date) -> Iterator[Todo]:
    """The missing occurrences of the recurring duties, and the current ones."""
    for duty in open_duties(task, as_of):
        routine, occurrence = duty
        why = f"{duty.name} {'缺' if occurrence.end < as_of else '本期'}"
        named = (occurrence.period, *([routine.step] if routine.step else []))
        yield _act(task, Act.DUTY, why, occurrence.end, as_of, named)


def assessment(task: SnapshotTask, as_of: date, profile: Profile) -> Iterator[Todo]:
    """The next review of a task, if it is near or late."""
    review = task.next_review
    if review is not None and (review - as_of).days <= profile.due_soon_days:
        why = f"{'转长期，' if task.head.long_term else ''}{review} 应评估"
        yield _act(task, Act.ASSESS, why, review, as_of)


def leading_acts(task: SnapshotTask, as_of: date, profile: Profile) -> Iterator[Todo]:
    """What a lead unit has to follow up: an open task of another unit that is late, due soon, behind or silent; so its steps.

    Of what is not to be completed (长期坚持, 例行) only what is missed, since long silence is usual there.
    """
    if task.row.is_complete:
        return
    near = _near_steps(task, profile)
    if task.status.group in COMPLETABLE:
        reasons = _pressing(task, profile)
    else:
        reasons = [task.status.why] if task.status.light is Light.RED and not near else []
    reasons += [step.dated_pace for step in near]
    if reasons:
        first = min(filter(None, (task.due, *(step.due for step in near))), default=None)
        item = _act(task, Act.FOLLOW, "，".join(reasons), first, as_of)
        yield replace(item, part=Part.LEAD)


def reviewing_acts(task: SnapshotTask, unit: str, as_of: date, filed_with: str | None = None) -> Iterator[Todo]:
    """The acts of a reviewing unit that a task waits for. ``filed_with``: to whom the plan wants close-outs reported (备案)."""
    due = awaited(task)
    if due is not None and unit in due.units:
        yield _review(task, Act(due.kind), as_of)
    filing = filing_awaited(task) if filed_with else None
    if filing is not None and unit in filing.units:
        why = f"{task.head.closed} 销号，报{filed_with}备案"
        yield Todo(part=Part.REVIEWER, act=Act.FILING, why=why, task=task)
    answer = answer_awaited(task)
    if answer is not None and unit in answer.units:
        for number, kind, step in task.head.pending:
            request = task.event(number)
            about = f"步骤 {step} " if step else ""
            why = f"{about}{request.date} {kind}至 {request.until}"
            yield Todo(part=Part.REVIEWER, act=Act.ANSWER, why=why, task=task, named=(step,) if step else ())


def _review(task: SnapshotTask, act: Act, as_of: date) -> Todo:
    """The next step of a close-out. While the public notice runs, it waits for the day after."""
    head = task.head
    last = task.event(head.case[-1])
    end = head.notice_end
    if act is Act.CLOSE_OUT and end is not None:
        days = (as_of - end).days
        act = Act.CLOSE_OUT if days > 0 else Act.NOTICE_RUNS
        return Todo(part=Part.REVIEWER, act=act, why=f"公示至 {end}", task=task)
    if act is Act.SECOND_REVIEW and lacks_visit(task):
        act = Act.ON_SITE
    outside = task.task.outside_acceptor if act is Act.SECOND_REVIEW else None
    whose = f"，由{outside}验收" if outside else ""
    why = f"{last.date} {last.kind}，已等 {(as_of - last.date).days} 天{whose}"
    return Todo(part=Part.REVIEWER, act=act, why=why, task=task)


def overseeing_acts(snapshot: Snapshot, unit: str, at_month_ends: Sequence[Snapshot]) -> Iterator[Todo]:
    """The acts of a supervising unit: letters of the ladder, new dates after relapses, look-backs."""
    for rung in ladder_of(snapshot, at_month_ends):
        if rung.taken is None and _overseer(rung.task) == unit:
            yield Todo(part=Part.OVERSEER, act=Act.URGE, why=rung.basis, task=rung.task, rung=rung)
    for task in snapshot.tasks:
        if _needs_date(task) and _overseer(task) == unit:
            yield Todo(part=Part.OVERSEER, act=Act.REOPEN, why="不实、反弹后原时限已过，要另定", task=task)
    for round_ in look_backs(snapshot):
        if round_.stage is LookBackStage.DUE and _overseer(round_.task) == unit:
            days = (snapshot.as_of - round_.due).days
            why = f"{round_.closing.date} 销号"
            yield Todo(part=Part.OVERSEER, act=Act.LOOK_BACK, why=why, task=round_.task, due=round_.due, days=days)


def _overseer(task: SnapshotTask) -> str | None:
    """The unit that supervises a task: 督办单位, else 复核单位."""
    return task.task.supervisor or task.task.second_reviewer


def _needs_date(task: SnapshotTask) -> bool:
    """Whether a task that was reopened by a relapse is overdue and has no new date."""
    open_again = task.row.state is State.IN_PROGRESS and task.status.is_overdue
    return open_again and reopening_awaited(task) is not None
