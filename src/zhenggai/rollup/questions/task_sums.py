"""What is summed of tasks: how many are in each group, late, red, closed; their money. The names are those of ``Counts``."""

from collections.abc import Mapping

import ibis

from zhenggai.model.money import Money
from zhenggai.rules.day.day_status import Group


def counts(tasks: ibis.Table) -> Mapping[str, ibis.Value]:
    """The sums of some tasks that ``Counts`` has, and ``red``. Rows of tasks given up do not count."""
    here, group = tasks["in_force"], tasks["group"]
    completed, long_term = here & (group == Group.COMPLETED), here & (group == Group.LONG_TERM)
    followed = completed & tasks["followed"]
    of = {
        "tasks": here,
        **{name.value: here & (group == name.value) for name in Group},
        "closed": completed & tasks["closed"],
        "completed_then_followed": followed,
        "completed_then_continuous": followed & tasks["continuous"],
        "continuous": long_term & tasks["continuous"],
        "unread_deadline": here & tasks["unread_deadline"],
        "overdue": here & tasks["overdue"],
        "red": here & tasks["red"],
    }
    return {name: tasks.count(where=one) for name, one in of.items()} | {
        "overdue_steps": here.ifelse(tasks["overdue_steps"], 0).sum()
    }


def money(tasks: ibis.Table) -> Mapping[str, ibis.Value]:
    """The sums of the money that tasks reported, of those given up too."""
    return {name: tasks[name].sum() for name in Money._fields}
