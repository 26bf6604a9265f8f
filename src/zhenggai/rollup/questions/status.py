"""``status``: tasks, measures, problems and money of each group, on a day."""

from collections.abc import Sequence
from datetime import date

import ibis

from zhenggai.rollup.engine import Tables
from zhenggai.rollup.groups import OF_PROBLEM, By
from zhenggai.rollup.questions.group_names import TypeOfProblem, named
from zhenggai.rollup.questions.on_day import in_force, on_day
from zhenggai.rollup.questions.standings import any_of, flags, standings
from zhenggai.rollup.questions.task_sums import counts, money
from zhenggai.rules.day.counts import CountedBy

_MEASURE = ("county", "plan", "measure")
_PROBLEM = ("county", "plan", "problem")


def task_sums(tables: Tables, day: date, by: By, types: Sequence[TypeOfProblem]) -> ibis.Table:
    """A row a group: the sums of its tasks, and of their money."""
    tasks = named(on_day(tables.tasks, day), by, types)
    return tasks.group_by("name").aggregate(**counts(tasks), **money(tasks))


def measure_sums(tables: Tables, day: date, by: By, types: Sequence[TypeOfProblem]) -> ibis.Table:
    """A row a group: how the measures of its tasks stand, and how many they are where ``problem_sums`` does not say it."""
    tasks = named(in_force(tables.tasks, day), by, types)
    measures = tasks.group_by("name", *_MEASURE).aggregate(**flags(tasks))
    number = {} if by in OF_PROBLEM else {"measures": measures.count()}
    return measures.group_by("name").aggregate(**standings(measures, CountedBy.MEASURES), **number)


def problem_sums(tables: Tables, day: date, by: By, types: Sequence[TypeOfProblem]) -> ibis.Table:
    """A row a group: how many problems it has, and how they stand by the tasks that answer them.

    Where a problem stands in a group with all that belongs to it, all tasks that answer it count; the row then has the problem's
    amounts and its own measures too, with those that have no tasks. Else the tasks of the group count, and a problem that none of
    them answers is none of the group.
    """
    if by in OF_PROBLEM:
        tasks = in_force(tables.tasks, day)
        stand = tasks.group_by(*_MEASURE).aggregate(**flags(tasks))
        problems = named(on_day(tables.problems, day), by, types)
        rows = problems.left_join(stand, _MEASURE)
        rows = rows.mutate(**{name: rows[name].fill_null(False) for name in stand.columns if name not in _MEASURE})
        own = rows["own"] & rows["measure"].notnull()
        found = rows.group_by("name", *_PROBLEM).aggregate(
            own_measures=own.sum(), amount=rows["amount"].max(), **any_of(rows)
        )
        more = {"measures": found["own_measures"].sum(), "amount": found["amount"].sum()}
    else:
        tasks = named(in_force(tables.tasks, day), by, types)
        stand = tasks.group_by("name", *_MEASURE).aggregate(**flags(tasks))
        rows = stand.join(on_day(tables.problems, day).select(*_MEASURE, "problem"), _MEASURE)
        found = rows.group_by("name", *_PROBLEM).aggregate(**any_of(rows))
        more = {}
    return found.group_by("name").aggregate(problems=found.count(), **standings(found, CountedBy.PROBLEMS), **more)
