"""The days on which what lists count of a task may change though nothing is recorded: its due date is past, a review is missed."""

from collections.abc import Iterator
from datetime import date

from zhenggai.model.profile import Profile
from zhenggai.rules.day.duty_count import timetable
from zhenggai.rules.plan.phases import percent_gone
from zhenggai.rules.task.task_row import Rhythm, TaskRow


def turning_days(row: TaskRow, profile: Profile, since: date, until: date) -> list[date]:
    """The days from ``since`` to ``until`` on which a task's ``DayStatus`` may change, in order; ``since`` is the first.

    Between two of them group, light, and what is overdue, missed or done in time stay. What counts days does not: days
    left and overdue, 序时进度, the days of silence.
    """
    first, last = since.toordinal(), until.toordinal()
    found = {day for day in _turns(row, profile, first, last) if first < day <= last}
    return [since, *map(date.fromordinal, sorted(found))]


def _turns(row: TaskRow, profile: Profile, first: int, last: int) -> Iterator[int]:
    """The days (ordinals) on which a condition of the lights, or a count, begins or ceases to hold."""
    for step in row.steps:
        yield from _around(step.due, profile)
    for routine in row.routines:
        yield from _ends(routine.rhythms, first, last)
    if row.next_review is not None:
        yield from _around(row.next_review, profile)
    if row.is_complete:
        return
    spoke = row.start if row.last_entry is None else max(row.start, row.last_entry)
    yield spoke + max(profile.silent_days + 1, 0)
    if row.due is not None:
        yield from _around(row.due, profile)
        if row.percent is not None:
            yield _behind_from(row.start, row.due, row.percent + profile.lag_points)


def _around(due: int, profile: Profile) -> tuple[int, int, int]:
    """The days from which a due date is soon, near, and past."""
    return due - profile.due_soon_days, due - profile.urgent_days, due + 1


def _behind_from(start: int, due: int, percent: int) -> int:
    """The first day on which 序时进度 is above a percentage; the day after ``due`` if it never is."""
    day, end = start - 1, due + 1
    while day < end:
        middle = (day + end) // 2
        if percent_gone(start, due, middle) > percent:
            end = middle
        else:
            day = middle + 1
    return day


def _ends(rhythms: tuple[Rhythm, ...], first: int, last: int) -> Iterator[int]:
    """The last days on time of a duty's occurrences, and the days after them."""
    for _, end, _, _ in timetable(rhythms, last):
        if end >= first - 1:
            yield from (end, end + 1)
