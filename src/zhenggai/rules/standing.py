"""How a task stands on a day: overdue, light, lag, silence — computed from its cell and the day, never stored."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from zhenggai.calendar import period_bounds
from zhenggai.deadline.recurrence import Occurrence, Recurrence
from zhenggai.frozen import frozen
from zhenggai.model.profile import Profile
from zhenggai.rules.cell import Cell
from zhenggai.rules.head import Head
from zhenggai.rules.lights import Facts, Light, reason_of
from zhenggai.rules.transitions import Sort, State
from zhenggai.rules.windows import share_gone


class Group(StrEnum):
    """The seven groups, of which every task is in exactly one (DESIGN §2 "Counts")."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    BASICALLY_DONE = "basically_done"
    COMPLETED = "completed"
    LONG_TERM = "long_term"
    RECURRING = "recurring"
    NOT_APPLICABLE = "not_applicable"


COMPLETABLE = frozenset({Group.NOT_STARTED, Group.IN_PROGRESS, Group.BASICALLY_DONE, Group.COMPLETED})
"""The groups that rates are about: what can be completed, the denominator."""

_REVIEWED = frozenset({State.SECOND_PASSED, State.PUBLICISED, State.CLOSED})
_GROUP_OF_OPEN = {
    State.NOT_STARTED: Group.NOT_STARTED,
    State.IN_PROGRESS: Group.IN_PROGRESS,
    State.BASICALLY_DONE: Group.BASICALLY_DONE,
}


@frozen
class DutyCount:
    """A recurring duty's occurrences until a day: done on time, done late, missed; and those still missing."""

    on_time: int = 0
    late: int = 0
    missed: int = 0
    standing: tuple[Occurrence, ...] = ()


_NO_DUTIES = DutyCount()


class Standing(NamedTuple):
    """A task on a day. ``reason`` is the light's, with places for the ``facts``; ``expected`` is 序时进度 in percent, while it is open.

    ``silent_days`` counts from the last own entry, else from the window's start; None before that.
    """

    group: Group
    light: Light
    reason: str
    facts: Facts
    expected: int | None = None
    silent_days: int | None = None
    duties: DutyCount = _NO_DUTIES

    @property
    def why(self) -> str:
        """The light's reason in words."""
        return self.reason.format(self.facts)

    @property
    def days_left(self) -> int | None:
        """Days until the due date of an open task; < 0 is overdue."""
        return self.facts.days_left

    @property
    def lag(self) -> int | None:
        """Points behind 序时进度."""
        return self.facts.lag

    @property
    def overdue_days(self) -> int:
        """Days past the due date, 0 before."""
        return self.facts.overdue_days

    @property
    def is_overdue(self) -> bool:
        """Whether the due date is past and the task not completed."""
        return self.facts.overdue_days > 0


def group_of(cell: Cell) -> Group:
    """The one group a task counts in."""
    if cell.sort == Sort.RECURRING:
        return Group.RECURRING
    if cell.sort == Sort.LONG_TERM or cell.long_term:
        return Group.LONG_TERM
    if cell.absent and cell.state in _REVIEWED:
        return Group.NOT_APPLICABLE
    return _GROUP_OF_OPEN.get(cell.state, Group.COMPLETED)


def duty_count(cell: Cell, as_of: date, late_record_days: int) -> DutyCount:
    """On time, late, missed: the occurrences due by a day; recorded too long after it, one is late (DESIGN §1).

    A missed occurrence stands (``standing``) until it is filled, or the next one is filled on time.
    """
    done = {duty.period: duty for duty in cell.duties}
    ahead = max([as_of, *map(_last_day, done)])  # the present occurrence may be filled early
    on_time = late = missed = 0
    standing: list[Occurrence] = []
    for occurrence in _occurrences(cell, done, ahead):
        duty = done.get(occurrence.period)
        if duty is not None and not _is_late(duty.date, duty.recorded, occurrence.end, late_record_days):
            on_time += occurrence.end <= as_of
            standing.clear()
        elif duty is not None:
            late += 1
        elif occurrence.end < as_of:
            missed += 1
            standing.append(occurrence)
    return DutyCount(on_time, late, missed, tuple(standing))


@lru_cache(maxsize=4096)
def _last_day(period: str) -> date:
    return period_bounds(period)[1]


@lru_cache(maxsize=1024)
def _between(recurrence: Recurrence, start: date, until: date) -> tuple[Occurrence, ...]:
    """The same for all units of a measure."""
    return recurrence.occurrences(start, until)


def _occurrences(cell: Cell, done: Collection[str], until: date) -> Iterator[Occurrence]:
    """The occurrences until a day, each by the frequency of its time; neither the first partial period counts, nor the one
    in which the frequency was changed, unless it was done."""
    for rhythm in cell.rhythms:
        for occurrence in _between(rhythm.recurrence, rhythm.start, until):
            cut = rhythm.until is not None and occurrence.end >= rhythm.until
            if occurrence.start >= rhythm.start and not (cut and occurrence.period not in done):
                yield occurrence


def _is_late(day: date, recorded: date, due: date, late_record_days: int) -> bool:
    return day > due or (recorded - due).days > late_record_days


def was_late(head: Head, due: date | None, late_record_days: int) -> bool:
    """Whether a completion came late: after the due date, or recorded too long after it (DESIGN §1)."""
    if due is None or head.completed is None or head.completed_recorded is None:
        return False
    return _is_late(head.completed, head.completed_recorded, due, late_record_days)


_SETTLED = Facts(completed=True)


@dataclass
class Reckoner:
    """Tells how tasks stand on a day under a profile of rules; tasks of which the same is so have one light and reason."""

    as_of: date
    profile: Profile
    told: dict[Facts, tuple[Light, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.today = self.as_of.toordinal()

    def standing(self, cell: Cell) -> Standing:
        """The standing of one task."""
        group = group_of(cell)
        if group is Group.COMPLETED or group is Group.NOT_APPLICABLE:
            return self._lit(group, _SETTLED)
        today, start, last = self.today, cell.start, cell.last_entry
        silence_from = start if last is None or last < start else last
        silent = today - silence_from if today >= silence_from else None
        if group is Group.LONG_TERM:
            return self._lit(group, self._long_term(cell.next_review), None, silent)
        if group is Group.RECURRING:
            duties = duty_count(cell, self.as_of, self.profile.late_record_days)
            missed = "、".join(occurrence.period for occurrence in duties.standing[-3:])
            return self._lit(group, Facts(recurring=True, missed=missed), None, silent, duties)
        due, percent = cell.due, cell.percent
        expected = None if due is None else round(share_gone(start, due, today) * 100)
        facts = Facts(
            basically_done=group is Group.BASICALLY_DONE,
            returned=cell.returned,
            days_left=None if due is None else due - today,
            lag=None if expected is None or percent is None else expected - percent,
            silent_days=silent,
            waiting="（延期待批）" if cell.pending else "",
        )
        return self._lit(group, facts, expected, silent)

    def _long_term(self, review: int | None) -> Facts:
        if review is None:
            return Facts(long_term=True)
        return Facts(long_term=True, next_review=date.fromordinal(review), review_left=review - self.today)

    def _lit(
        self,
        group: Group,
        facts: Facts,
        expected: int | None = None,
        silent: int | None = None,
        duties: DutyCount = _NO_DUTIES,
    ) -> Standing:
        light, reason = self.told.get(facts) or self.told.setdefault(facts, reason_of(facts, self.profile))
        return Standing(group, light, reason, facts, expected, silent, duties)
