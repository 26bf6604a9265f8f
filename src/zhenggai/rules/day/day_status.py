"""The status of a task on a day: group, light, days overdue, lag, silence. Computed from its row and the day, never stored."""

from __future__ import annotations

from copy import copy
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.model.wording import full_day
from zhenggai.rules.day.duty_count import NO_DUTIES, DutyCount, duty_count, is_late
from zhenggai.rules.day.lights import Facts, Light, is_graver, reason_of
from zhenggai.rules.plan.phases import percent_gone
from zhenggai.rules.task.life import Sort, State

if TYPE_CHECKING:
    from zhenggai.model.profile import Profile
    from zhenggai.rules.task.task_row import StepRow, TaskRow
    from zhenggai.rules.task.task_state import TaskState


class Group(StrEnum):
    """The seven groups. Every task is in exactly one (docs/rules.md, 计数和分母)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    BASICALLY_DONE = "basically_done"
    COMPLETED = "completed"
    LONG_TERM = "long_term"
    RECURRING = "recurring"
    NOT_APPLICABLE = "not_applicable"


COMPLETABLE = frozenset({Group.NOT_STARTED, Group.IN_PROGRESS, Group.BASICALLY_DONE, Group.COMPLETED})
"""The groups of tasks that can be completed: the denominator of rates."""

_REVIEWED = frozenset({State.SECOND_PASSED, State.PUBLICISED, State.CLOSED})
_GROUP_OF_OPEN = {
    State.NOT_STARTED: Group.NOT_STARTED,
    State.IN_PROGRESS: Group.IN_PROGRESS,
    State.BASICALLY_DONE: Group.BASICALLY_DONE,
}


class StepStatus(NamedTuple):
    """A step with a due date on a day. ``why``: the reason of its light."""

    step: StepRow
    light: Light
    why: str
    days_left: int

    @property
    def due(self) -> date:
        """Its last day on time."""
        return date.fromordinal(self.step.due)

    @property
    def said(self) -> str:
        """The step with its date and how it stands: 步骤 1-1-1 初稿，截止 2021-12-31，逾期 43 天."""
        return f"{self.dated}，{self.why}"

    @property
    def dated(self) -> str:
        """The step with its date: 步骤 1-1-1 初稿，截止 2021-12-31."""
        return f"{self.step.name}，截止 {self.due}"

    @property
    def in_words(self) -> str:
        """The step with its date for letters: 步骤 1-1-1 初稿，截止2021年12月31日."""
        return f"{self.step.on_paper}，截止{full_day(self.due)}"

    @property
    def pace(self) -> str:
        """The days that the step is overdue or has left, whatever the profile's lights say: 逾期 43 天."""
        return f"逾期 {-self.days_left} 天" if self.is_overdue else f"还剩 {self.days_left} 天"

    @property
    def dated_pace(self) -> str:
        """The step with its date and its days: 步骤 1-1-1 初稿，截止 2021-12-31，逾期 43 天."""
        return f"{self.dated}，{self.pace}"

    @property
    def is_overdue(self) -> bool:
        """Whether its date is past. A step that is done has no status."""
        return self.days_left < 0


class DayStatus(NamedTuple):
    """The status of a task on a day.

    - ``light`` is the gravest of the task's own and of its steps'; ``reason``: its reason, a format string for ``facts``;
    - ``overdue_days``: days past the due date, 0 until then;
    - ``expected``: 序时进度 in percent, while the task is open;
    - ``silent_days``: days since the unit's last own entry, else since the window's first day; None before it.
    """

    group: Group
    light: Light
    reason: str
    facts: Facts
    overdue_days: int = 0
    expected: int | None = None
    silent_days: int | None = None
    duties: DutyCount = NO_DUTIES
    steps: tuple[StepStatus, ...] = ()

    @property
    def why(self) -> str:
        """The light's reason in Chinese."""
        return self.reason.format(self.facts)

    @property
    def steps_overdue(self) -> tuple[StepStatus, ...]:
        """The steps past their due date, the longest overdue first."""
        return tuple(sorted((s for s in self.steps if s.is_overdue), key=lambda s: s.days_left))

    @property
    def days_left(self) -> int | None:
        """Days until the due date of an open task. Negative if overdue, None without a date."""
        return self.facts.days_left

    @property
    def lag(self) -> int | None:
        """How many percentage points the progress is behind 序时进度. None if unknown."""
        return self.facts.lag

    @property
    def is_overdue(self) -> bool:
        """Whether the due date is past and the task is not completed."""
        return self.overdue_days > 0


def group_of(row: TaskRow) -> Group:
    """The group in which a task is counted."""
    if row.sort is Sort.RECURRING:
        return Group.RECURRING
    if row.is_long_term:
        return Group.LONG_TERM
    if row.absent and row.state in _REVIEWED:
        return Group.NOT_APPLICABLE
    return _GROUP_OF_OPEN.get(row.state, Group.COMPLETED)


def was_late(done: TaskRow | TaskState, due: date | None, late_record_days: int) -> bool:
    """Whether a completion was late: after the due date, or recorded more than ``late_record_days`` after it."""
    if due is None or done.completed is None or done.completed_recorded is None:
        return False
    days = (done.completed.toordinal(), done.completed_recorded.toordinal(), due.toordinal())
    return is_late(*days, late_record_days)


def _waiting(row: TaskRow, step: str) -> str:
    """The note that an extension of the step ("": of the task) was asked for."""
    return "（延期待批）" if step in row.pending else ""


_SETTLED = Facts(completed=True)


class StatusReckoner:
    """Computes the status of tasks on a day under a profile of rules. Light and reason are computed once for equal facts."""

    def __init__(self, as_of: date, profile: Profile) -> None:
        self.as_of, self.profile = as_of, profile
        self.today = as_of.toordinal()
        self._lights: dict[Facts, tuple[Light, str, int]] = {}
        self._settled = {group: self._with_light(group, _SETTLED) for group in (Group.COMPLETED, Group.NOT_APPLICABLE)}

    def on(self, as_of: date) -> StatusReckoner:
        """The same for another day. What is known of equal facts is known to both."""
        other = copy(self)
        other.as_of, other.today = as_of, as_of.toordinal()
        return other

    def status(self, row: TaskRow) -> DayStatus:
        """The status of one task."""
        status = self._own(row)
        return self._with_steps(status, row) if row.steps or row.routines else status

    def _own(self, row: TaskRow) -> DayStatus:
        """The status without its steps and its recurring duties."""
        group = group_of(row)
        if group is Group.COMPLETED and row.is_followed:
            return self._with_light(group, self._reviewed(row, completed=True))
        if group is Group.COMPLETED or group is Group.NOT_APPLICABLE:
            return self._settled[group]
        today, start, last = self.today, row.start, row.last_entry
        silence_from = start if last is None or last < start else last
        silent = today - silence_from if today >= silence_from else None
        if group is Group.LONG_TERM:
            return self._with_light(group, self._reviewed(row), None, silent)
        if group is Group.RECURRING:
            return self._with_light(group, Facts(recurring=True, unread=row.unread), None, silent)
        due, percent = row.due, row.percent
        expected = None if due is None else percent_gone(start, due, today)
        facts = Facts(
            basically_done=group is Group.BASICALLY_DONE,
            returned=row.returned,
            days_left=None if due is None else due - today,
            lag=None if expected is None or percent is None else expected - percent,
            silent_days=silent,
            unread=row.unread,
            waiting=_waiting(row, ""),
        )
        return self._with_light(group, facts, expected, silent)

    def _with_steps(self, status: DayStatus, row: TaskRow) -> DayStatus:
        """The status with the steps' due dates and the recurring duties: the gravest of all lights gives light and reason."""
        duties = duty_count(row, self.as_of, self.profile.late_record_days) if row.routines else NO_DUTIES
        missed = "、".join(duty.name for duty in duties.unfilled[-3:])
        if missed:
            facts = status.facts._replace(missed=missed)
            status = self._with_light(status.group, facts, status.expected, status.silent_days)
        steps = tuple(self._step(step, _waiting(row, step.number)) for step in row.steps)
        for step in steps:
            if is_graver(step.light, status.light, self.profile):
                status = status._replace(light=step.light, reason=step.said.replace("{", "{{").replace("}", "}}"))
        return status._replace(duties=duties, steps=steps)

    def _step(self, step: StepRow, waiting: str) -> StepStatus:
        facts = Facts(days_left=step.due - self.today, waiting=waiting)
        light, reason = reason_of(facts, self.profile)
        return StepStatus(step, light, reason.format(facts), step.due - self.today)

    def _reviewed(self, row: TaskRow, *, completed: bool = False) -> Facts:
        """The facts of a task that is reviewed: a long-term one, or with ``completed`` one that is followed up."""
        facts = Facts(completed=completed, long_term=not completed, lasting=row.lasting)
        review = row.next_review
        if review is None:
            return facts
        return facts._replace(next_review=date.fromordinal(review), review_left=review - self.today)

    def _with_light(
        self,
        group: Group,
        facts: Facts,
        expected: int | None = None,
        silent: int | None = None,
    ) -> DayStatus:
        known = self._lights.get(facts)
        if known is None:
            known = self._lights[facts] = (*reason_of(facts, self.profile), facts.overdue_days)
        light, reason, overdue_days = known
        return DayStatus(group, light, reason, facts, overdue_days, expected, silent)
