"""``trend``: by how much the sums of all tasks change from day to day. No day is joined with the rows that hold on it.

What holds from one day to another adds to the sums on the first of them and is taken off on the second, so that each row is read
twice, however many days are asked for. The sums of a day are those of all changes until then.
"""

from datetime import date

import ibis

from zhenggai.rollup.engine import Tables
from zhenggai.rollup.questions.task_sums import counts, money


def begun(tables: Tables, until: date) -> ibis.Table:
    """A row a day until the last one asked for: the sums of the tasks whose rows hold from that day."""
    return _sums(tables.tasks, "valid_from", until)


def ended(tables: Tables, until: date) -> ibis.Table:
    """A row a day until the last one asked for: the sums of the tasks whose rows hold no longer."""
    return _sums(tables.tasks, "valid_to", until)


def _sums(tasks: ibis.Table, column: str, until: date) -> ibis.Table:
    found = tasks.filter(tasks[column] <= ibis.literal(until))
    return found.group_by(day=found[column]).aggregate(**counts(found), **money(found))
