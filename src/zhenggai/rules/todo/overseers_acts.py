"""待办 of a unit that reviews or supervises: what waits for it among other units' tasks."""

from collections.abc import Iterator, Sequence
from datetime import date

from zhenggai.rules.day.review_queue import answer_awaited, awaited, reopening_awaited
from zhenggai.rules.day.snapshot import Picture, TaskState
from zhenggai.rules.supervision.ladder import ladder_of
from zhenggai.rules.supervision.look_backs import LookBackStage, look_backs
from zhenggai.rules.task.life import State
from zhenggai.rules.todo.acts import Act, Part, Todo


def reviewing_acts(task: TaskState, unit: str, as_of: date) -> Iterator[Todo]:
    """What a task waits for from a reviewing unit."""
    due = awaited(task)
    if due is not None and unit in due.units:
        yield _review(task, Act(due.kind), as_of)
    answer = answer_awaited(task)
    if answer is not None and task.head.pending is not None and unit in answer.units:
        number, kind = task.head.pending
        request = task.event(number)
        yield Todo(part=Part.REVIEWER, act=Act.ANSWER, why=f"{request.date} {kind}至 {request.until}", task=task)


def _review(task: TaskState, act: Act, as_of: date) -> Todo:
    """The next step of a close-out; one whose notice still runs waits for the day after it."""
    head = task.head
    last = task.event(head.case[-1])
    end = head.notice_end
    if act is Act.CLOSE_OUT and end is not None:
        days = (as_of - end).days
        act = Act.CLOSE_OUT if days > 0 else Act.NOTICE_RUNS
        return Todo(part=Part.REVIEWER, act=act, why=f"公示至 {end}", task=task)
    return Todo(
        part=Part.REVIEWER, act=act, why=f"{last.date} {last.kind}，已等 {(as_of - last.date).days} 天", task=task
    )


def overseeing_acts(picture: Picture, unit: str, at_month_ends: Sequence[Picture]) -> Iterator[Todo]:
    """What the supervising unit has to do: letters of the ladder, new dates after relapses, look-backs."""
    for rung in ladder_of(picture, at_month_ends):
        if rung.taken is None and _overseer(rung.task) == unit:
            yield Todo(part=Part.OVERSEER, act=Act.URGE, why=rung.basis, task=rung.task, rung=rung)
    for task in picture.tasks:
        if _needs_date(task) and _overseer(task) == unit:
            yield Todo(part=Part.OVERSEER, act=Act.REOPEN, why="不实、反弹后原时限已过，要另定", task=task)
    for round_ in look_backs(picture):
        if round_.stage is LookBackStage.DUE and _overseer(round_.task) == unit:
            days = (picture.as_of - round_.due).days
            why = f"{round_.closing.date} 销号"
            yield Todo(part=Part.OVERSEER, act=Act.LOOK_BACK, why=why, task=round_.task, due=round_.due, days=days)


def _overseer(task: TaskState) -> str | None:
    """Who supervises a task: 督办单位, or 复核单位 where the plan names none."""
    return task.task.supervisor or task.task.second_reviewer


def _needs_date(task: TaskState) -> bool:
    """Whether a relapsed task, which the inspection itself has opened again, is past its date and has no new one."""
    open_again = task.cell.state is State.IN_PROGRESS and task.standing.is_overdue
    return open_again and reopening_awaited(task) is not None
