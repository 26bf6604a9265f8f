"""The facts of tasks: how each stood on which days, as the lists of the program count it."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from functools import cache, partial
from itertools import pairwise
from operator import attrgetter
from typing import Any

from zhenggai.facts.plan_course import Life, Standing
from zhenggai.facts.spans import Span, merged
from zhenggai.facts.tables import TaskFact
from zhenggai.model.money import NO_MONEY
from zhenggai.model.plan import Category
from zhenggai.rules.day.course import Course
from zhenggai.rules.day.day_status import COMPLETABLE, Group
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.money_sums import is_counted_on
from zhenggai.rules.day.ranking import is_due, is_on_time
from zhenggai.rules.plan.groupings import classes_of, sources_of
from zhenggai.rules.plan.phases import due_phase, phase_windows
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.life import State
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_history import unit_turns

_DAY = timedelta(days=1)
_since = attrgetter("since")
_Values = tuple[tuple[Any, ...], tuple[Any, ...]]
"""The columns of a fact before its days, and those after them."""


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


class TaskFacts:
    """Makes the facts of the tasks of a course, from their lives."""

    def __init__(self, course: Course) -> None:
        self._plan, self._units = course.plan, course.units
        self._turns = sorted(unit_turns(course.units))
        problems = course.plan.problems
        self._of_problem = {f.number: (f.nature or "", "、".join(sources_of(course.plan, f))) for f in problems}
        self._phase_of = cache(partial(due_phase, phase_windows(course.plan)))
        self._classes: dict[tuple[str, int], str] = {}

    def of(self, life: Life) -> Iterator[TaskFact]:
        """The facts of a task, in order of days."""
        spans = [*self._in_force(life), *self._given_up(life)]
        spans.sort(key=_since)
        for (subject, stood), since, until in merged(spans):
            yield TaskFact._make((*subject, since, until, *map(_plain, stood)))

    def _in_force(self, life: Life) -> Iterator[Span[_Values]]:
        for standing in life.standings:
            stood = True, *self._stood(standing)
            for since, until in self._parts(standing):
                yield Span((self._subject(standing.task, since), stood), since, until)

    def _given_up(self, life: Life) -> Iterator[Span[_Values]]:
        """The days on which the money of the task still counts though it was given up."""
        for standing in life.given_up:
            task, since = standing.task, standing.since
            if standing.row.money == NO_MONEY:
                continue
            if is_counted_on(plan_at(self._plan, since, date.max), task.problem, task.key.measure):
                stood = False, *self._stood(standing)
                yield Span((self._subject(task, since), stood), since, standing.until + _DAY)

    def _parts(self, standing: Standing) -> Iterator[tuple[date, date]]:
        """The days of a standing, first and day after the last, in parts on which units have the same classes."""
        since, until, turns = standing.since, standing.until, self._turns
        within = turns[bisect_right(turns, since) : bisect_right(turns, until)]
        return pairwise((since, *within, until + _DAY))

    def _subject(self, task: Task, day: date) -> tuple[Any, ...]:
        """The columns before ``valid_from``."""
        return (
            self._plan.number,
            task.problem,
            task.key.measure,
            task.key.unit,
            task.holder,
            self._class_of(task.holder, day),
            task.category.value,
            task.sort.value,
            *self._of_problem[task.problem],
        )

    def _stood(self, standing: Standing) -> tuple[Any, ...]:
        """The columns after ``in_force``."""
        row, status = standing.row, standing.status
        group, duties = status.group, status.duties
        followed = group is Group.COMPLETED and row.is_followed
        due = None if row.due is None else date.fromordinal(row.due)
        return (
            row.state,
            group,
            status.light,
            group is Group.COMPLETED and row.state is State.CLOSED,
            followed,
            (followed or group is Group.LONG_TERM) and row.lasting == Category.CONTINUOUS,
            row.unread,
            status.is_overdue,
            sum(step.is_overdue for step in status.steps),
            status.light is Light.RED,
            due,
            self._phase_of(due) if due and group in COMPLETABLE else None,
            is_due(row, status),
            is_on_time(row, status, self._plan.rules.late_record_days),
            row.round,
            row.requests,
            row.extensions,
            row.returns,
            row.relapses,
            duties.on_time,
            duties.late,
            duties.missed,
            *row.money,
        )

    def _class_of(self, unit: str, day: date) -> str:
        at = unit, bisect_right(self._turns, day)
        if at not in self._classes:
            self._classes[at] = "、".join(classes_of(self._units, unit, day))
        return self._classes[at]
