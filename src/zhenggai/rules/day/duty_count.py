"""The occurrences of recurring duties until a day: which were on time, late or missed, and which are still missing."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.deadline.calendar import period_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenggai.deadline.recurrence import DutyOccurrence
    from zhenggai.rules.task.task_row import Rhythm, Routine, TaskRow


class OpenDuty(NamedTuple):
    """An occurrence that waits for an entry, and whose it is."""

    routine: Routine
    occurrence: DutyOccurrence

    @property
    def name(self) -> str:
        """The occurrence for people: 2021-05, 步骤 1-2-1 公示 2021-05."""
        return self.routine.name_of(self.occurrence.period)


class DutyCount(NamedTuple):
    """The occurrences of a task's recurring duties until a day: counts of on time, late and missed; and those still missing."""

    on_time: int = 0
    late: int = 0
    missed: int = 0
    unfilled: tuple[OpenDuty, ...] = ()


NO_DUTIES = DutyCount()


def duty_count(row: TaskRow, as_of: date, late_record_days: int) -> DutyCount:
    """Count the occurrences of a task's recurring duties that are due by a day (docs/rules.md, 例行)."""
    counted = [_counted(routine, row, as_of, late_record_days) for routine in row.routines]
    return counted[0] if len(counted) == 1 else sum_of_duties(counted)


def sum_of_duties(counts: Sequence[DutyCount]) -> DutyCount:
    """The counts of several duties together."""
    return DutyCount(
        sum(count.on_time for count in counts),
        sum(count.late for count in counts),
        sum(count.missed for count in counts),
        tuple(duty for count in counts for duty in count.unfilled),
    )


def _counted(routine: Routine, row: TaskRow, as_of: date, late_record_days: int) -> DutyCount:
    """The occurrences of one duty. One that ended by the plan's 期初 counts only if it is recorded.

    An occurrence recorded more than ``late_record_days`` after its last day is late. A missed one is ``unfilled`` until it
    is recorded, the next one is done on time, the task is completed, or another round begins.
    """
    today = as_of.toordinal()
    periods, days, recorded = routine.duties
    done = dict(zip(periods, zip(days, recorded, strict=True), strict=True))
    ahead = max([today, *map(_last_day, periods)])  # the current occurrence may be recorded early
    waits_from = today if row.is_complete else row.start if row.round > 1 else 0
    on_time = late = missed = 0
    unfilled: list[OpenDuty] = []
    for period, end, is_cut, occurrence in timetable(routine.rhythms, ahead):
        if end > ahead:
            continue
        duty = done.get(period)
        if duty is None:
            if routine.missed_from <= end < today and not is_cut:
                missed += 1
                if end >= waits_from:
                    unfilled.append(OpenDuty(routine, occurrence))
        elif is_late(*duty, end, late_record_days):
            late += 1
        else:
            on_time += end <= today
            unfilled.clear()
    return DutyCount(on_time, late, missed, tuple(unfilled))


@lru_cache(maxsize=4096)
def _last_day(period: str) -> int:
    return period_bounds(period)[1].toordinal()


def timetable(rhythms: tuple[Rhythm, ...], until: int) -> Timetable:
    """The occurrences until the end of the year of a day (an ordinal): period, last day on time, whether it is cut, occurrence.

    An occurrence is cut if the frequency changed or the task was completed within it; it then counts only if it was done.
    The first, partial period never counts.
    """
    return _of_year(rhythms, date.fromordinal(until).year)


Timetable = tuple[tuple[str, int, bool, "DutyOccurrence"], ...]


@lru_cache(maxsize=1024)
def _of_year(rhythms: tuple[Rhythm, ...], year: int) -> Timetable:
    """The timetable until the end of a year. All units of a measure share it on all days, so it is cached."""
    last = date(year, 12, 31)
    return tuple(
        (o.period, o.end.toordinal(), rhythm.until is not None and o.end >= rhythm.until, o)
        for rhythm in rhythms
        for o in rhythm.recurrence.occurrences(rhythm.start, last)
        if o.start >= rhythm.start and (rhythm.until is None or o.start < rhythm.until)
    )


def is_late(day: int, recorded: int, due: int, late_record_days: int) -> bool:
    """Whether something done on ``day`` was late: after its due date, or recorded more than ``late_record_days`` after that."""
    return day > due or recorded - due > late_record_days
