"""A task as a value: measure × responsible unit, with its window and its reviewers."""

from dataclasses import field
from datetime import date

from zhenggai.deadline.recurrence import Recurrence
from zhenggai.frozen import frozen
from zhenggai.model.plan import Category, Measure
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.life import Role, Sort


@frozen
class Schedule:
    """When a task is to be done: its window, the words it comes from, and who says so (``source``).

    ``due`` is the last day on time, None where there is none. ``inherited`` is shown as 继承.
    """

    start: date
    due: date | None = None
    words: str = ""
    source: str = ""
    inherited: bool = False
    recurrence: Recurrence | None = None
    next_review: date | None = None
    then_long_term: bool = False
    warnings: tuple[str, ...] = ()


@frozen
class Task:
    """A measure as in force, of a ``problem`` (its number), for one responsible unit; ``holder`` is that unit or its successor.

    ``supervisor`` is never the unit itself: 复核单位 then stands in. ``earlier`` is what the task was before, oldest first,
    each with the first day on which it no longer held (``rules.task.task_history``).
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
    lead: frozenset[str]
    first_reviewers: frozenset[str]
    second_reviewer: str | None
    supervisor: str | None
    notice_days: int
    earlier: tuple[tuple[date, "Task"], ...] = field(default=(), compare=False)

    def on(self, day: date) -> "Task":
        """The task as it stood on a day, or as it first was; what was lawful then stays so."""
        return next((task for until, task in self.earlier if day < until), self)

    def role_of(self, unit: str) -> int:
        """All that a unit is to this task, as bits of ``Role``."""
        role = Role.OWN if unit in (self.key.unit, self.holder) else 0
        role |= Role.LEAD if unit in self.lead else 0
        role |= Role.FIRST_REVIEWER if unit in self.first_reviewers else 0
        role |= Role.SECOND_REVIEWER if unit == self.second_reviewer else 0
        role |= Role.SUPERVISOR if unit == self.supervisor else 0
        return role or Role.OTHER

    def units_in_role(self, role: int) -> tuple[str, ...]:
        """The units that have one of these roles, for telling who should have written."""
        names = (
            self.holder,
            *sorted(self.lead),
            *sorted(self.first_reviewers),
            self.second_reviewer,
            self.supervisor,
        )
        return tuple(dict.fromkeys(n for n in names if n and self.role_of(n) & role))
