"""The status of a task on a day: group, light, days overdue, lag, silence. Computed from its row and the day, never stored."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.deadline.calendar import period_bounds
from zhenggai.rules.day.lights import Facts, Light, reason_of
from zhenggai.rules.plan.phases import percent_gone
from zhenggai.rules.task.life import Sort, State

if TYPE_CHECKING:
    from zhenggai.deadline.recurrence import DutyOccurrence
    from zhenggai.model.profile import Profile
    from zhenggai.rules.task.task_row import Rhythm, TaskRow
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


class DutyCount(NamedTuple):
    """The occurrences of a recurring duty until a day: counts of on time, late and missed; and those still missing."""

    on_time: int = 0
    late: int = 0
    missed: int = 0
    unfilled: tuple[DutyOccurrence, ...] = ()


_NO_DUTIES = DutyCount()


class DayStatus(NamedTuple):
    """The status of a task on a day.

    ``reason``: the light's reason, a format string for ``facts``. ``expected``: 序时进度 in percent, while the task is open.
    ``overdue_days``: days past the due date, 0 until then. ``silent_days``: days since the unit's last own entry, else since
    the window's first day; None before it.
    """

    group: Group
    light: Light
    reason: str
    facts: Facts
    overdue_days: int = 0
    expected: int | None = None
    silent_days: int | None = None
    duties: DutyCount = _NO_DUTIES

    @property
    def why(self) -> str:
        """The light's reason in Chinese."""
        return self.reason.format(self.facts)

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


def duty_count(row: TaskRow, as_of: date, late_record_days: int) -> DutyCount:
    """Count the occurrences of a recurring duty that are due by a day (docs/rules.md, 例行).

    An occurrence recorded more than ``late_record_days`` after its last day is late. A missed one is ``unfilled`` until it
    is recorded, or the next one is done on time.
    """
    today = as_of.toordinal()
    periods, days, recorded = row.duties
    done = dict(zip(periods, zip(days, recorded, strict=True), strict=True))
    ahead = max([today, *map(_last_day, periods)])  # the current occurrence may be recorded early
    on_time = late = missed = 0
    unfilled: list[DutyOccurrence] = []
    for period, end, is_cut, occurrence in _timetable(row.rhythms, ahead):
        duty = done.get(period)
        if duty is None:
            if end < today and not is_cut:
                missed += 1
                unfilled.append(occurrence)
        elif _is_late(*duty, end, late_record_days):
            late += 1
        else:
            on_time += end <= today
            unfilled.clear()
    return DutyCount(on_time, late, missed, tuple(unfilled))


@lru_cache(maxsize=4096)
def _last_day(period: str) -> int:
    return period_bounds(period)[1].toordinal()


@lru_cache(maxsize=1024)
def _timetable(rhythms: tuple[Rhythm, ...], until: int) -> tuple[tuple[str, int, bool, DutyOccurrence], ...]:
    """The occurrences until a day (an ordinal): period, last day on time, whether it is cut, occurrence.

    An occurrence is cut if the frequency changed within it; it then counts only if it was done. The first, partial period
    never counts. All units of a measure share the timetable, so it is cached.
    """
    last = date.fromordinal(until)
    return tuple(
        (o.period, o.end.toordinal(), rhythm.until is not None and o.end >= rhythm.until, o)
        for rhythm in rhythms
        for o in rhythm.recurrence.occurrences(rhythm.start, last)
        if o.start >= rhythm.start
    )


def _is_late(day: int, recorded: int, due: int, late_record_days: int) -> bool:
    return day > due or recorded - due > late_record_days


def was_late(done: TaskRow | TaskState, due: date | None, late_record_days: int) -> bool:
    """Whether a completion was late: after the due date, or recorded more than ``late_record_days`` after it."""
    if due is None or done.completed is None or done.completed_recorded is None:
        return False
    days = (done.completed.toordinal(), done.completed_recorded.toordinal(), due.toordinal())
    return _is_late(*days, late_record_days)


_SETTLED = Facts(completed=True)


class StatusReckoner:
    """Computes the status of tasks on a day under a profile of rules. Light and reason are computed once for equal facts."""

    def __init__(self, as_of: date, profile: Profile) -> None:
        self.as_of, self.profile = as_of, profile
        self.today = as_of.toordinal()
        self._lights: dict[Facts, tuple[Light, str, int]] = {}
        self._settled = {group: self._with_light(group, _SETTLED) for group in (Group.COMPLETED, Group.NOT_APPLICABLE)}

    def status(self, row: TaskRow) -> DayStatus:
        """The status of one task."""
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
            duties = duty_count(row, self.as_of, self.profile.late_record_days)
            missed = "、".join(occurrence.period for occurrence in duties.unfilled[-3:])
            return self._with_light(
                group, Facts(recurring=True, missed=missed, unread=row.unread), None, silent, duties
            )
        due, percent = row.due, row.percent
        expected = None if due is None else percent_gone(start, due, today)
        facts = Facts(
            basically_done=group is Group.BASICALLY_DONE,
            returned=row.returned,
            days_left=None if due is None else due - today,
            lag=None if expected is None or percent is None else expected - percent,
            silent_days=silent,
            unread=row.unread,
            waiting="（延期待批）" if row.pending else "",
        )
        return self._with_light(group, facts, expected, silent)

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
        duties: DutyCount = _NO_DUTIES,
    ) -> DayStatus:
        known = self._lights.get(facts)
        if known is None:
            known = self._lights[facts] = (*reason_of(facts, self.profile), facts.overdue_days)
        light, reason, overdue_days = known
        return DayStatus(group, light, reason, facts, overdue_days, expected, silent, duties)
