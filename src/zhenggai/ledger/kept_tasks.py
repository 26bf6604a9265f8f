"""How heads and tasks stand in the index: what is behind a list, and read for those tasks alone that somebody looks at."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhenggai.frozen import types_of
from zhenggai.ledger.kept import Plain, day_of
from zhenggai.ledger.plain import from_plain, to_plain
from zhenggai.model.plan import Category, Measure
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.life import SORT_OF
from zhenggai.rules.task.task import Schedule, Task
from zhenggai.rules.task.task_state import Head

# --- heads: what is not as in a task without entries

_DAYS = frozenset(("own_days", "behalf_days", "turns"))
_TYPES = types_of(Head)
_NEW = Head()


def plain_head(head: Head) -> Plain:
    """A head by the names of its fields."""
    given = ((name, getattr(head, name)) for name in _TYPES)
    return {
        name: list(map(date.toordinal, value)) if name in _DAYS else to_plain(value)
        for name, value in given
        if value != getattr(_NEW, name)
    }


def head_from(plain: Mapping[str, Plain]) -> Head:
    """A head."""
    values: dict[str, Any] = {
        name: tuple(map(day_of, value)) if name in _DAYS else from_plain(_TYPES[name], value)
        for name, value in plain.items()
    }
    return Head(**values)


# --- tasks: measures stand in the plan


def plain_task(task: Task) -> Plain:
    """A task without what stands beside it: its measure, its finding."""
    return [
        task.category,
        to_plain(task.schedule),
        task.holder,
        task.person,
        task.leader,
        sorted(task.lead),
        sorted(task.first_reviewers),
        task.second_reviewer,
        task.supervisor,
        task.notice_days,
    ]


def task_from(plain: Plain, key: Address, finding: int, measure: Measure) -> Task:
    """A task that was never another."""
    category, schedule, holder, person, leader, lead, first, second, supervisor, notice_days = plain
    return Task(
        key=key,
        finding=finding,
        measure=measure,
        category=Category(category),
        sort=SORT_OF[Category(category)],
        schedule=from_plain(Schedule, schedule),
        holder=holder,
        person=person,
        leader=leader,
        lead=frozenset(lead),
        first_reviewers=frozenset(first),
        second_reviewer=second,
        supervisor=supervisor,
        notice_days=notice_days,
    )
