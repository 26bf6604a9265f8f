"""The days on which what lists count of a task may change though nothing is recorded: its due date is past, a review is missed."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from zhenggai.model.profile import Profile
from zhenggai.rules.day.duty_count import timetable
from zhenggai.rules.plan.phases import percent_gone
from zhenggai.rules.task.task_row import Rhythm, TaskRow


def status_turns(row: TaskRow, profile: Profile, since: date, until: date) -> list[date]:
    """The days from ``since`` to ``until`` on which a task's ``DayStatus`` may change, in order; ``since`` is the first.

    Between two of them group, light, and what is overdue, missed or done in time stay. What counts days does not: days
    left and overdue, 序时进度, the days of silence.
    """
    first, last = since.toordinal(), until.toordinal()
    if first == last:
        return [since]
    found = {*_dated(row, profile, first, last), *_of_pace(row, profile, first, last)}
    return [since, *map(date.fromordinal, sorted(day for day in found if first < day <= last))]


def next_dated_turn(row: TaskRow, profile: Profile, after: date, until: date) -> date | None:
    """The first day after ``after``, and until ``until``, on which a date of a task turns its status, not its ``Pace``."""
    first, last = after.toordinal(), until.toordinal()
    found = min((day for day in _dated(row, profile, first, last) if first < day <= last), default=None)
    return None if found is None else date.fromordinal(found)


class Pace(NamedTuple):
    """Whether a task is behind 序时进度, and silent, by more than its plan's rules allow. Its percent and last entry decide."""

    behind: bool
    silent: bool


STEADY = Pace(False, False)


def pace_on(row: TaskRow, profile: Profile, day: date) -> Pace:
    """The pace of a task on a day. As long as its row stays it is behind, and silent, from some day on."""
    if row.is_complete:
        return STEADY
    on = day.toordinal()
    behind, silent = _is_behind(row, profile, on), on >= _silent_from(row, profile)
    return Pace(behind, silent) if behind or silent else STEADY


def _is_behind(row: TaskRow, profile: Profile, day: int) -> bool:
    due, percent = row.due, row.percent
    return due is not None and percent is not None and percent_gone(row.start, due, day) > percent + profile.lag_points


def _silent_from(row: TaskRow, profile: Profile) -> int:
    spoke = row.start if row.last_entry is None else max(row.start, row.last_entry)
    return spoke + max(profile.silent_days + 1, 0)


def _of_pace(row: TaskRow, profile: Profile, first: int, last: int) -> Iterator[int]:
    """The days after ``first`` on which the pace turns."""
    if row.is_complete:
        return
    yield _silent_from(row, profile)
    if not _is_behind(row, profile, first) and _is_behind(row, profile, last):
        while last - first > 1:
            middle = (first + last) // 2
            first, last = (first, middle) if _is_behind(row, profile, middle) else (middle, last)
        yield last


def _dated(row: TaskRow, profile: Profile, first: int, last: int) -> Iterator[int]:
    """The days on which a due date or a review is soon, near or past, and an occurrence done or missed."""
    dates = [step.due for step in row.steps]
    if row.next_review is not None:
        dates.append(row.next_review)
    if row.due is not None and not row.is_complete:
        dates.append(row.due)
    for day in dates:
        yield day - profile.due_soon_days
        yield day - profile.urgent_days
        yield day + 1
    for routine in row.routines:
        yield from _ends(routine.rhythms, first, last)


def _ends(rhythms: tuple[Rhythm, ...], first: int, last: int) -> Iterator[int]:
    """The last days on time of a duty's occurrences, and the days after them."""
    for _, end, _, _ in timetable(rhythms, last):
        if end >= first:
            yield from (end, end + 1)
