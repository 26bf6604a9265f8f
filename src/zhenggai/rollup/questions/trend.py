"""``trend``: by how much the sums of all tasks change from day to day. No day is joined with the rows that hold on it.

What holds from one day to another adds to the sums on the first of them and is taken off on the second, so that each row is read
twice, however many days are asked for. What holds already on the first day asked for adds to the sums of that day; what was over
by then is left out. The sums of a day are those of all changes until then.
"""

from datetime import date

import ibis

from zhenggai.rollup.engine import Tables
from zhenggai.rollup.questions.task_sums import counts, money


def begun(tables: Tables, first: date, until: date) -> ibis.Table:
    """A row a day from the first to the last one asked for: the sums of the tasks whose rows hold from that day, or hold already."""
    tasks = tables.tasks.filter(tables.tasks["valid_to"] > ibis.literal(first))
    return _sums(tasks, ibis.greatest(tasks["valid_from"], ibis.literal(first)), until)


def ended(tables: Tables, first: date, until: date) -> ibis.Table:
    """A row a day after the first, until the last one asked for: the sums of the tasks whose rows hold no longer."""
    tasks = tables.tasks.filter(tables.tasks["valid_to"] > ibis.literal(first))
    return _sums(tasks, tasks["valid_to"], until)


def _sums(tasks: ibis.Table, day: ibis.Value, until: date) -> ibis.Table:
    found = tasks.mutate(day=day).filter(lambda table: table["day"] <= ibis.literal(until))
    return found.group_by("day").aggregate(**counts(found), **money(found))
