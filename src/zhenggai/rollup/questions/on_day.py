"""The rows that hold on a day, and the tasks that count on it."""

from datetime import date

import ibis


def on_day(table: ibis.Table, day: date) -> ibis.Table:
    """The rows of a table that hold on a day."""
    return table.filter(table["valid_from"] <= ibis.literal(day), table["valid_to"] > ibis.literal(day))


def in_force(tasks: ibis.Table, day: date) -> ibis.Table:
    """The tasks that count on a day. Those given up have rows for their money alone."""
    found = on_day(tasks, day)
    return found.filter(found["in_force"])
