"""待办 of a responsible unit: what one of its tasks asks of it on a day."""

from collections.abc import Iterator
from datetime import date

from zhenggai.model.profile import Profile
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.duties import open_duties
from zhenggai.rules.day.snapshot import TaskState
from zhenggai.rules.task.guards import missing_for_application
from zhenggai.rules.task.life import Sort, State
from zhenggai.rules.task.steps import undone_steps
from zhenggai.rules.todo.acts import Act, Part, Todo


def own_acts(task: TaskState, as_of: date, profile: Profile) -> Iterator[Todo]:
    """What the unit of a task has to do about it. Before its window opens there is nothing but to wait for it."""
    start = task.task.schedule.start
    to_claim = task.head.claimed is None and task.head.state is State.NOT_STARTED
    if start > as_of:
        if to_claim and (start - as_of).days <= profile.due_soon_days:
            yield _act(task, Act.COMING, "尚未认领", start, as_of)
        return
    if to_claim:
        yield _act(task, Act.CLAIM, "，".join((*_pressing(task, profile), "尚未认领")), task.head.due, as_of)
    if task.standing.group is Group.RECURRING:
        yield from _duties(task, as_of)
    elif task.standing.group is Group.LONG_TERM:
        yield from _assessment(task, as_of, profile)
    elif task.head.state is State.COMPLETED:
        yield from _application(task, as_of)
    elif not task.head.is_complete and not to_claim:
        yield from _work(task, as_of, profile)


def _act(task: TaskState, act: Act, why: str, due: date | None, as_of: date, named: tuple[str, ...] = ()) -> Todo:
    days = None if due is None else (as_of - due).days
    return Todo(part=Part.OWN, act=act, why=why, task=task, due=due, days=days, named=named)


def _pressing(task: TaskState, profile: Profile) -> list[str]:
    """Why the work on a task is pressing, by the profile's days and points, whatever its table of lights says."""
    standing, head = task.standing, task.head
    left, lag, silent = standing.days_left, standing.lag, standing.silent_days
    relapsed = head.relapse is not None and (
        head.last_entry is None or head.last_entry <= task.event(head.relapse).date
    )
    reasons = (
        (f"逾期 {standing.overdue_days} 天", standing.is_overdue),
        (f"还剩 {left} 天", left is not None and 0 <= left <= profile.due_soon_days),
        ("督查不实或反弹", relapsed),
        (f"落后序时 {lag} 点", lag is not None and lag > profile.lag_points),
        (f"{silent} 天无记录", silent is not None and silent > profile.silent_days),
    )
    return [text for text, holds in reasons if holds]


def _work(task: TaskState, as_of: date, profile: Profile) -> Iterator[Todo]:
    """The one thing that an open dated task asks for next."""
    head = task.head
    due, steps, pressing = head.due, undone_steps(task.task, head), _pressing(task, profile)
    left = [f"步骤 {'、'.join(steps)} 未办结"] if steps else []
    if head.returned is not None:
        yield _act(task, Act.REDO, "，".join((f"{head.returned} 审核退回", *pressing)), due, as_of)
    elif head.state is State.BASICALLY_DONE or head.percent == 100:
        done = "已报 100%" if head.percent == 100 else "已基本完成"
        yield _act(task, Act.FINISH, "，".join((done, *pressing, *left)), due, as_of, steps)
    elif pressing:
        yield _act(task, Act.REPORT, "，".join((*pressing, *left)), due, as_of, steps[:1])
    elif steps and head.state is State.IN_PROGRESS:
        yield _act(task, Act.STEPS, left[0], due, as_of, steps[:1])


def _application(task: TaskState, as_of: date) -> Iterator[Todo]:
    """销号 is applied for as soon as nothing is missing; a plan that names no reviewer knows none."""
    if task.task.second_reviewer is None:
        return
    missing = missing_for_application(task.task, task.head)
    steps = undone_steps(task.task, task.head)
    if missing:
        yield _act(task, Act.SUPPLY, f"申请销号还缺{'；'.join(missing)}", None, as_of, steps)
    else:
        yield _act(task, Act.APPLY, f"{task.head.completed} 已完成", None, as_of)


def _duties(task: TaskState, as_of: date) -> Iterator[Todo]:
    """The occurrences that stand missed, and the present one."""
    for occurrence in open_duties(task, as_of):
        why = f"{occurrence.period} {'缺' if occurrence.end < as_of else '本期'}"
        yield _act(task, Act.DUTY, why, occurrence.end, as_of, (occurrence.period,))


def _assessment(task: TaskState, as_of: date, profile: Profile) -> Iterator[Todo]:
    review = task.head.next_review
    if review is not None and (review - as_of).days <= profile.due_soon_days:
        why = f"{review} 应评估" if task.task.sort is Sort.LONG_TERM else f"转长期，{review} 应评估"
        yield _act(task, Act.ASSESS, why, review, as_of)
