"""``rank``: the sums by which units, or counties, are ranked on a day. Their order is the rule's (``rules.day.ranking``)."""

from collections.abc import Sequence
from datetime import date

import ibis

from zhenggai.rollup.engine import Tables
from zhenggai.rollup.questions.on_day import in_force, on_day
from zhenggai.rollup.questions.task_sums import counts

UNIT = ("county", "unit")
COUNTY = ("county",)


def task_sums(tables: Tables, day: date, ranked: Sequence[str]) -> ibis.Table:
    """A row a unit, or a county: the sums of its tasks."""
    tasks = in_force(tables.tasks, day)
    of_all = ("extensions", "returns", "relapses", "duties_on_time", "duties_late", "duties_missed")
    return tasks.group_by(*ranked).aggregate(
        **counts(tasks),
        due_tasks=tasks["due_counts"].sum(),
        on_time=(tasks["due_counts"] & tasks["on_time"]).sum(),
        **{name: tasks[name].sum() for name in of_all},
    )


def units(tables: Tables, day: date) -> ibis.Table:
    """A row a unit and class: its silent weeks in all plans, whether it no longer exists, and both places in the unit book."""
    scores = on_day(tables.scores, day)
    return scores.group_by("county", "unit", "unit_class").aggregate(
        silent_weeks=scores["silent_weeks"].sum(),
        ended=scores["ended"].any(),
        unit_nth=scores["unit_nth"].min(),
        class_nth=scores["class_nth"].min(),
    )
