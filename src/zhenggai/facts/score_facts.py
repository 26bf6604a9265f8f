"""What the ranking says of a unit and no sum of its tasks gives: its silent weeks, its classes, whether it has ended."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, partial
from itertools import count, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from zhenggai.deadline.calendar import week_bounds
from zhenggai.facts.plan_course import Life, Standing
from zhenggai.facts.tables import ScoreFact
from zhenggai.model.units import Unit
from zhenggai.rules.day.course import Course
from zhenggai.rules.day.silence import TaskWeeks, carried_since, first_monday
from zhenggai.rules.plan.phases import phase_windows
from zhenggai.rules.task.task_history import turns_of

_DAY = timedelta(days=1)

_Weeks = tuple[int, int]
"""The weeks of a task as bits: those in which it was open, and those in which its unit recorded something about it."""


_Values = tuple[int, bool]
"""Silent weeks, and whether the unit has ended."""


class _Score(NamedTuple):
    """What holds of a unit from a day on. ``silent_weeks``: None while it has no task; ``classes``: their places in the book, or (None,)."""

    day: date
    silent_weeks: int | None
    ended: bool
    classes: tuple[int | None, ...]

    def of_class(self, place: int | None) -> tuple[date, _Values | None]:
        """The values of its row in a class, if it has one."""
        has_row = self.silent_weeks is not None and place in self.classes
        return self.day, (self.silent_weeks or 0, self.ended) if has_row else None


class Scores:
    """Makes the rows of all units that have a task on the days of a course, from the lives of its tasks."""

    def __init__(self, course: Course) -> None:
        self._plan, self._book, self._last = course.plan, course.units, max(course.days, default=date.min)
        self._monday = first_monday(course.plan, phase_windows(course.plan))
        self._sundays = [self._monday + timedelta(n) for n in range(6, (self._last - self._monday).days + 1, 7)]
        self._carried_since = cache(partial(carried_since, course.units))
        self._numbers = count()
        # unit → day → number of the term → the weeks of a task from that day on; None: the unit no longer has the task
        self._changes: dict[str, dict[date, dict[int, _Weeks | None]]] = {}

    def take(self, life: Life) -> None:
        """Take the weeks of a task."""
        for term in _terms(life.standings):
            task, number = term[0].task, next(self._numbers)
            changes = self._changes.setdefault(task.holder, {})
            weeks = TaskWeeks(self._monday, self._carried_since(task.key.unit, task.holder), task.schedule.start)
            known: _Weeks | None = None
            for standing in term:
                for day, own_days in _week_by_week(standing):
                    weeks.take(own_days, standing.turns)
                    found = weeks.open_as(standing.status.group), weeks.spoke
                    if found != known:
                        changes.setdefault(day, {})[number] = known = found
            changes.setdefault(term[-1].until + _DAY, {})[number] = None

    def facts(self) -> Iterator[ScoreFact]:
        """The rows, once all lives were taken: in the unit book's order, then by class and day."""
        places: list[tuple[int | None, str | None]] = [(nth, c.name) for nth, c in enumerate(self._book.classes, 1)]
        for nth, unit in enumerate(self._book.members, 1):
            scores = list(self._scores(unit)) if unit.name in self._changes else []
            for place, name in (*places, (None, None)):
                for since, until, silent, ended in self._stretches(score.of_class(place) for score in scores):
                    yield ScoreFact(self._plan.number, unit.name, nth, name, place, since, until, silent, ended)

    def _stretches(self, said: Iterable[tuple[date, _Values | None]]) -> Iterator[tuple[date, date, int, bool]]:
        """The days with the same values: the first day, that after the last, the values. Days without values are left out."""
        firsts = [next(some) for _, some in groupby(said, itemgetter(1))]
        for (since, values), (until, _) in pairwise([*firsts, (self._last + _DAY, None)]):
            if values:
                yield since, until, *values

    def _scores(self, unit: Unit) -> Iterator[_Score]:
        """What holds of a unit, from each day on which it may change."""
        changes = self._changes[unit.name]
        first = min(changes)
        classes = {day: self._classes(unit, day) for day in {first, *turns_of(unit)}}
        held: dict[int, _Weeks] = {}
        silent, here = 0, classes[first]
        for day in sorted({*changes, *classes, *self._sundays}):
            if day in changes:
                held = {number: weeks for number, weeks in (held | changes[day]).items() if weeks}
                silent = _silent(held.values())
            here = classes.get(day, here)
            if first <= day <= self._last:
                over = (1 << max(0, ((day - self._monday).days + 1) // 7)) - 1
                ended = unit.until is not None and unit.until < day
                yield _Score(day, (silent & over).bit_count() if held else None, ended, here)

    def _classes(self, unit: Unit, day: date) -> tuple[int | None, ...]:
        own = tuple(nth for nth, found in enumerate(self._book.classes, 1) if unit.in_class(found.name, day))
        return own or (None,)


def _terms(standings: Iterable[Standing]) -> Iterator[list[Standing]]:
    """The standings in parts: days without a gap on which one unit has the task, with one first day of its window."""
    term: list[Standing] = []
    for standing in standings:
        if term and not _goes_on(term[-1], standing):
            yield term
            term = []
        term.append(standing)
    if term:
        yield term


def _goes_on(before: Standing, after: Standing) -> bool:
    one, other = before.task, after.task
    same = (one.holder, one.schedule.start) == (other.holder, other.schedule.start)
    return same and before.until + _DAY == after.since


def _week_by_week(standing: Standing) -> Iterator[tuple[date, tuple[date, ...]]]:
    """The own days until the first day of a standing, then those until each later one that is the first of its week."""
    days = standing.own_days
    done = bisect_right(days, standing.since)
    yield standing.since, days[:done]
    sunday = week_bounds(days[done - 1])[1] if done else date.min
    for nth in range(done, len(days)):
        if days[nth] > sunday:
            yield days[nth], days[: nth + 1]
            _, sunday = week_bounds(days[nth])


def _silent(held: Iterable[_Weeks]) -> int:
    """The weeks in which a task was open and the unit recorded nothing about any."""
    was_open = spoke = 0
    for of_task, said in held:
        was_open |= of_task
        spoke |= said
    return was_open & ~spoke
