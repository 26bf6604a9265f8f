"""The states of a task, the sorts of task with different transitions, and the roles of units.

The table in ``transitions`` says which entry leads from one state to another.
"""

from collections.abc import Mapping
from enum import StrEnum

from zhenggai.model.plan import Category


class State(StrEnum):
    """The states of a task, in the order of its life."""

    NOT_STARTED = "未启动"
    IN_PROGRESS = "整改中"
    BASICALLY_DONE = "基本完成"
    COMPLETED = "已完成"
    APPLIED = "申请销号"
    FIRST_PASSED = "初审通过"
    SECOND_PASSED = "复核通过"
    PUBLICISED = "公示中"
    CLOSED = "已销号"


ALL = tuple(State)
COMPLETE = frozenset(ALL[ALL.index(State.COMPLETED) :])
"""The states that count as completed, from ``COMPLETED`` to ``CLOSED``."""
APPLIED = frozenset(ALL[ALL.index(State.APPLIED) :])
"""The states of a task whose close-out was applied for, from ``APPLIED`` to ``CLOSED``."""
OPEN = tuple(s for s in ALL if s not in COMPLETE)


class Role:
    """The roles of a recording unit for a task, as bits. Plain integers, since the fold tests them for every event."""

    OWN = 1  # the task's own unit, or the successor it was merged into
    LEAD = 2
    FIRST_REVIEWER = 4
    SECOND_REVIEWER = 8
    SUPERVISOR = 16
    OTHER = 32
    ANYBODY = 63


ROLE_NAMES: Mapping[int, str] = {
    Role.OWN: "责任单位",
    Role.LEAD: "牵头单位",
    Role.FIRST_REVIEWER: "初审单位",
    Role.SECOND_REVIEWER: "复核单位",
    Role.SUPERVISOR: "督办单位",
}


class Sort(StrEnum):
    """The sorts of task; each sort has its own transitions."""

    DATED = "限期"
    IMMEDIATE = "立改"
    LONG_TERM = "长期"
    RECURRING = "例行"


SORT_OF: Mapping[Category, Sort] = {
    Category.IMMEDIATE: Sort.IMMEDIATE,
    Category.DATED: Sort.DATED,
    Category.STAGED: Sort.DATED,
    Category.LONG_TERM: Sort.LONG_TERM,
    Category.CONTINUOUS: Sort.LONG_TERM,
    Category.RECURRING: Sort.RECURRING,
}
