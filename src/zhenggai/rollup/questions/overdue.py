"""``overdue``: how many tasks are overdue on a day, and those that are the longest."""

from datetime import date

import ibis

from zhenggai.rollup.engine import Tables
from zhenggai.rollup.questions.on_day import in_force


def overdue(tables: Tables, day: date) -> ibis.Table:
    """The overdue tasks."""
    tasks = in_force(tables.tasks, day)
    return tasks.filter(tasks["overdue"])


def total(tables: Tables, day: date) -> ibis.Table:
    """A row: how many tasks are overdue."""
    found = overdue(tables, day)
    return found.aggregate(total=found.count())


def longest(tables: Tables, day: date, top: int) -> ibis.Table:
    """The longest overdue tasks, the longest first. Those that are equally long stand by county, plan, problem, measure and unit."""
    found = overdue(tables, day)
    measure = (found["measure"].length(), found["measure"])  # 3-2 before 3-10
    order = (found["due"], found["county"], found["plan"], found["problem"], *measure, found["given"])
    columns = ("county", "plan", "problem", "measure", "unit", "category", "state", "due", "light")
    return found.order_by(order).limit(top).select(*columns)
