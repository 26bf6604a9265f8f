"""A task: a measure of one responsible unit, with its window and its reviewers."""

from dataclasses import field
from datetime import date
from typing import NamedTuple

from zhenggai.deadline.meaning import DeadlineKind
from zhenggai.deadline.recurrence import Recurrence
from zhenggai.frozen import frozen
from zhenggai.model.plan import Category, Measure
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.life import Role, Sort

REVIEW_MONTHS = 3
"""The months until the next 评估 of a long-term task, if nobody names a day."""


class StepWindow(NamedTuple):
    """What the plan says of a step's time: its last day on time, or its frequency. Both are None if the words give neither.

    ``unread``: whether the words cannot be read, or name no frequency where one should be.

    The measure's own 频次 beside a due date, or beside 长期坚持, is a step without number.

    An earlier date of a deadline with several is a step too; its number ends with the day (3-2-20200630, 3-2-1-20200630).
    """

    number: str
    content: str
    words: str
    due: date | None = None
    recurrence: Recurrence | None = None
    unread: bool = False


@frozen
class Schedule:
    """The window of a task.

    - ``start``, ``due``: the first day, and the last day on time (None for a task without due date);
    - ``words``: the words of the deadline; ``source``: where the due date comes from (分工, 措施, 问题 …);
    - ``inherited``: whether the words come from a problem, a phase or the plan; shown as 继承;
    - ``recurrence``: the frequency of a recurring task;
    - ``next_review``: the day of the first 评估; a task that is followed up only after its completion has one if the plan
      names it (下次评估);
    - ``then``: LONG_TERM or CONTINUOUS for a task that is followed up after its completion, else None;
    - ``unread``: whether the due date or the frequency is unknown, since the words cannot be read or name no date;
    - ``steps``: the steps that have a 时限 or 频次 of their own, and the earlier days of deadlines with several;
    - ``warnings``: the doubts in reading ``words``.
    """

    start: date
    due: date | None = None
    words: str = ""
    source: str = ""
    inherited: bool = False
    recurrence: Recurrence | None = None
    next_review: date | None = None
    then: DeadlineKind | None = None
    unread: bool = False
    steps: tuple[StepWindow, ...] = ()
    warnings: tuple[str, ...] = ()


@frozen
class Task:
    """A measure in force, for one responsible unit.

    - ``problem``: the number of the problem;
    - ``holder``: the full name of the responsible unit, or of its successor after a merger;
    - ``guiding_units``: the 督导单位, by full name;
    - ``second_reviewer``, ``supervisor``: never the unit itself. If the plan names the unit itself as 督办单位, the
      复核单位 supervises;
    - ``outside_acceptor``: the 验收单位 of the measure if it is not in the unit book; ``second_reviewer`` records what it finds;
    - ``deputy_reviewer``: the plan's 复核单位 where a 验收单位 of the unit book is ``second_reviewer``. It may record in that
      one's place, a passed 复核 with 验收人, as it had to before the 验收单位 came into the book;
    - ``on_site``: whether 复核 wants a 现场核查 first;
    - ``notice_days``: the days of a 销号公示;
    - ``opening``: the plan's 期初: until that day, what was not recorded here was recorded in an old ledger;
    - ``money_unit``: the unit of a bare amount in its entries: that of the 问题金额 of its share, else of the measure, else of the problem;
    - ``earlier``: the earlier versions of the task, the oldest first, each with the first day on which it no longer held
      (``rules.task.task_history``).
    """

    key: Address
    problem: int
    measure: Measure
    category: Category
    sort: Sort
    schedule: Schedule
    holder: str
    person: str | None
    leader: str | None
    leader_in_charge: str | None
    first_responsible: str | None
    guiding_units: tuple[str, ...]
    lead: frozenset[str]
    first_reviewers: frozenset[str]
    second_reviewer: str | None
    outside_acceptor: str | None
    deputy_reviewer: str | None
    supervisor: str | None
    on_site: bool
    notice_days: int
    opening: date | None
    money_unit: str | None
    earlier: tuple[tuple[date, "Task"], ...] = field(default=(), compare=False)

    @property
    def versions(self) -> tuple[tuple[date, "Task"], ...]:
        """All versions of the task, the oldest first, each with the first day on which it held."""
        if not self.earlier:
            return ((date.min, self),)
        turns, versions = zip(*self.earlier, strict=True)
        return tuple(zip((date.min, *turns), (*versions, self), strict=True))

    def on(self, day: date) -> "Task":
        """The version of the task that held on a day; before the first day, the first version."""
        return next((task for until, task in self.earlier if day < until), self)

    def role_of(self, unit: str) -> int:
        """All roles of a unit for this task, as bits of ``Role``."""
        role = Role.OWN if unit in (self.key.unit, self.holder) else 0
        role |= Role.LEAD if unit in self.lead else 0
        role |= Role.FIRST_REVIEWER if unit in self.first_reviewers else 0
        role |= Role.SECOND_REVIEWER if unit == self.second_reviewer else 0
        role |= Role.SUPERVISOR if unit == self.supervisor else 0
        return role or Role.OTHER

    def units_in_role(self, role: int) -> tuple[str, ...]:
        """The full names of the units that have any of the roles in ``role`` (bits), for messages."""
        names = (
            self.holder,
            *sorted(self.lead),
            *sorted(self.first_reviewers),
            self.second_reviewer,
            self.supervisor,
        )
        return tuple(dict.fromkeys(n for n in names if n and self.role_of(n) & role))
