"""The review queue of close-outs (销号): the act that a task waits for, and the units that may do it."""

from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.life import Role, State


@frozen
class Awaited:
    """An act that a task waits for, and the units that may do it. There are none if the plan names none."""

    kind: Kind
    units: tuple[str, ...]


_NEXT = {
    State.APPLIED: (Kind.FIRST_REVIEW, Role.FIRST_REVIEWER),
    State.FIRST_PASSED: (Kind.SECOND_REVIEW, Role.SECOND_REVIEWER),
    State.SECOND_PASSED: (Kind.NOTICE, Role.SECOND_REVIEWER),
    State.PUBLICISED: (Kind.CLOSE_OUT, Role.SECOND_REVIEWER),
}


def awaited(task: SnapshotTask, *only: Kind) -> Awaited | None:
    """The next step of a task's close-out. None without an application, after the last step, or if it is not in ``only``."""
    if task.row.state not in _NEXT:
        return None
    kind, role = _NEXT[task.row.state]
    if kind is Kind.NOTICE and not task.task.notice_days:
        kind = Kind.CLOSE_OUT  # the plan waives the notice
    return Awaited(kind, task.task.units_in_role(role)) if not only or kind in only else None


def visit_awaited(task: SnapshotTask) -> Awaited | None:
    """The 现场核查 of an application until its second review, if there was none yet; the plan may want it or not."""
    if task.row.state not in (State.APPLIED, State.FIRST_PASSED) or task.head.visited:
        return None
    roles = Role.FIRST_REVIEWER | Role.SECOND_REVIEWER | Role.SUPERVISOR
    return Awaited(Kind.ON_SITE, task.task.units_in_role(roles))


def lacks_visit(task: SnapshotTask) -> bool:
    """Whether the plan wants a 现场核查 before the second review, and the present application had none."""
    return task.task.on_site and not task.head.visited


def filing_awaited(task: SnapshotTask) -> Awaited | None:
    """The 备案 of a close-out that has none yet; the plan may want it or not."""
    if task.row.state is not State.CLOSED or task.head.filed:
        return None
    return Awaited(Kind.FILING, task.task.units_in_role(Role.SECOND_REVIEWER))


def answer_awaited(task: SnapshotTask) -> Awaited | None:
    """The answer to an open request for 延期 or 转长期. None if there is no request."""
    if not task.row.pending:
        return None
    return Awaited(Kind.EXTENSION_GRANT, task.task.units_in_role(Role.SECOND_REVIEWER))


def reopening_awaited(task: SnapshotTask) -> Awaited | None:
    """The 重新整改 that must set a new date after a 不实 or 反弹. None if it is not needed, or is done."""
    if task.head.relapse is None or task.head.redated:
        return None
    return Awaited(Kind.REOPENING, task.task.units_in_role(Role.SUPERVISOR | Role.SECOND_REVIEWER))
