"""How a task stands on a day: overdue, light, lag, silence — computed from its Head and the day, never stored."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from zhenggai.calendar import period_bounds
from zhenggai.deadline import Occurrence
from zhenggai.frozen import frozen
from zhenggai.model.profile import Profile
from zhenggai.rules.head import Head
from zhenggai.rules.lights import Facts, Light, light_of
from zhenggai.rules.phases import share_gone
from zhenggai.rules.tasks import Task
from zhenggai.rules.transitions import COMPLETE, Sort, State
from zhenggai.rules.versions import rhythms


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


@frozen
class Standing:
    """A task on a day. ``days_left`` < 0 is overdue; ``expected`` is 序时进度 in percent, ``why`` the light's reason.

    ``silent_days`` counts from the last own entry, else from the window's start; None before that.
    """

    group: Group
    light: Light
    why: str
    overdue_days: int = 0
    days_left: int | None = None
    expected: int | None = None
    lag: int | None = None
    silent_days: int | None = None
    duties: DutyCount = DutyCount()

    @property
    def is_overdue(self) -> bool:
        """Whether the due date is past and the task not completed."""
        return self.overdue_days > 0


def group_of(task: Task, head: Head) -> Group:
    """The one group a task counts in."""
    if task.sort is Sort.RECURRING:
        return Group.RECURRING
    if task.sort is Sort.LONG_TERM or head.long_term:
        return Group.LONG_TERM
    if head.absent and head.state in _REVIEWED:
        return Group.NOT_APPLICABLE
    return _GROUP_OF_OPEN.get(head.state, Group.COMPLETED)


def duty_count(task: Task, head: Head, as_of: date, late_record_days: int) -> DutyCount:
    """On time, late, missed: the occurrences due by a day; recorded too long after it, one is late (DESIGN §1).

    A missed occurrence stands (``standing``) until it is filled, or the next one is filled on time.
    """
    done = {duty.period: duty for duty in head.duties}
    ahead = max([as_of, *(period_bounds(period)[1] for period in done)])  # the present occurrence may be filled early
    on_time = late = missed = 0
    standing: list[Occurrence] = []
    for occurrence in _occurrences(task, done, ahead):
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


def _occurrences(task: Task, done: Collection[str], until: date) -> Iterator[Occurrence]:
    """The occurrences until a day, each by the frequency of its time; neither the first partial period counts, nor the one
    in which the frequency was changed, unless it was done."""
    for rhythm in rhythms(task):
        for occurrence in rhythm.recurrence.occurrences(rhythm.start, until):
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


def at(task: Task, head: Head, as_of: date, profile: Profile) -> Standing:
    """The standing of a task on a day, under a profile of rules."""
    group = group_of(task, head)
    done = head.state in COMPLETE
    dated = group is not Group.LONG_TERM and group is not Group.RECURRING
    start, due = head.round_start or task.schedule.start, head.due if dated else None
    silence_from = max(start, head.last_entry or start)
    silent = (as_of - silence_from).days if not done and as_of >= silence_from else None
    left = (due - as_of).days if due is not None and not done else None
    expected = round(share_gone(start, due, as_of) * 100) if due is not None else None
    lag = expected - head.percent if expected is not None and head.percent is not None and not done else None
    duties = duty_count(task, head, as_of, profile.late_record_days) if group is Group.RECURRING else DutyCount()
    review = head.next_review if group is Group.LONG_TERM else None
    facts = Facts(
        completed=done,
        basically_done=group is Group.BASICALLY_DONE,
        returned=head.returned is not None,
        long_term=group is Group.LONG_TERM,
        recurring=group is Group.RECURRING,
        days_left=left,
        lag=lag,
        silent_days=silent if dated else None,
        next_review=review,
        review_left=(review - as_of).days if review else None,
        missed="、".join(occurrence.period for occurrence in duties.standing[-3:]),
        waiting="（延期待批）" if head.pending else "",
    )
    return Standing(group, *light_of(facts, profile), facts.overdue_days, left, expected, lag, silent, duties)
