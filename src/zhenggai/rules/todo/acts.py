"""An act that a unit owes on a day (待办): what it is, of which task or letter, by when, and why."""

from datetime import date
from enum import StrEnum

from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.rules.day.snapshot import TaskState
from zhenggai.rules.registers.terms import Term
from zhenggai.rules.supervision.ladder import Rung


class Part(StrEnum):
    """As what a unit acts."""

    OWN = "责任单位"
    REVIEWER = "审核单位"
    OVERSEER = "督办单位"


class Act(StrEnum):
    """What is to be done, called as the entry that does it where there is one. The last two only wait for their day."""

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
    FIRST_REVIEW = "初审"
    SECOND_REVIEW = "复核"
    NOTICE = "销号公示"
    CLOSE_OUT = "销号"
    ANSWER = "答复延期"
    REOPEN = "重新整改"
    LOOK_BACK = "回头看"
    URGE = "督办"
    TERM = "换届"
    NOTICE_RUNS = "公示期满销号"
    COMING = "将要开始"


_WAITING = frozenset((Act.NOTICE_RUNS, Act.COMING))


@frozen(kw_only=True)
class Todo:
    """One thing to do. ``days`` > 0 are late, < 0 are left; None where no date is set.

    ``named`` is what the entry has to name: the period of a 例行, steps that are left, the matter of a 换届. ``letter``
    is what a 回复 answers, ``rung`` the step of the ladder, ``term`` the term of office.
    """

    part: Part
    act: Act
    why: str
    task: TaskState | None = None
    due: date | None = None
    days: int | None = None
    named: tuple[str, ...] = ()
    letter: Record | None = None
    rung: Rung | None = None
    term: Term | None = None

    @property
    def is_now(self) -> bool:
        """Whether it can be done on the day; else its day is still to come."""
        return self.act not in _WAITING

    @property
    def is_late(self) -> bool:
        """Whether its day is past."""
        return self.is_now and self.days is not None and self.days > 0
