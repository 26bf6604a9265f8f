"""How many tasks, measures and problems there are in each state on a day, and how many were extended, returned or reopened."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.frozen import frozen, types_of
from zhenggai.model.plan import Category
from zhenggai.model.rates import rate
from zhenggai.rules.day.day_status import COMPLETABLE, Group
from zhenggai.rules.task.life import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from zhenggai.rules.day.snapshot import SnapshotTask


class CountedBy(StrEnum):
    """What is counted: superiors count problems, a county its measures and tasks."""

    PROBLEMS = "problems"
    MEASURES = "measures"
    TASKS = "tasks"


STANDINGS = (Group.COMPLETED, Group.BASICALLY_DONE, Group.IN_PROGRESS, Group.NOT_STARTED)
"""What something that can be completed may be, in the order of ``CountsBy``."""


class CountsBy(NamedTuple):
    """How many problems, measures or tasks there are, and the number in each standing."""

    what: CountedBy
    all: int
    completed: int
    basically_done: int
    in_progress: int
    not_started: int

    @property
    def denominator(self) -> int:
        """The number of those that can be completed."""
        return self.completed + self.basically_done + self.in_progress + self.not_started

    @property
    def completion_rate(self) -> float | None:
        """Completed ÷ denominator in percent, two decimals. None if the denominator is 0."""
        return rate(self.completed, self.denominator)


def standing_of(groups: AbstractSet[Group]) -> Group | None:
    """The standing of a problem or a measure from the groups of its tasks; None if none of them can be completed.

    It is completed when all that it needs is; tasks that cannot be completed (长期坚持, 例行, 不适用) do not count.

    >>> from zhenggai.rules.day.day_status import Group as G
    >>> standing_of({G.COMPLETED, G.LONG_TERM}).name, standing_of({G.COMPLETED, G.BASICALLY_DONE}).name
    ('COMPLETED', 'BASICALLY_DONE')
    >>> standing_of({G.COMPLETED, G.NOT_STARTED}).name, standing_of({G.NOT_STARTED}).name, standing_of({G.RECURRING})
    ('IN_PROGRESS', 'NOT_STARTED', None)
    """
    needed = groups & COMPLETABLE
    if len(needed) < 2:
        return next(iter(needed), None)
    return Group.BASICALLY_DONE if needed == {Group.COMPLETED, Group.BASICALLY_DONE} else Group.IN_PROGRESS


@frozen(kw_only=True)
class Counts:
    """The number of tasks in each group, and how many of them are more than that.

    - of ``completed``: ``closed``; ``completed_then_followed`` (reviewed from then on), of which
      ``completed_then_continuous`` are 持续推进, the others 长期坚持;
    - of ``long_term``: ``continuous`` (持续推进);
    - of any group: ``unread_deadline`` (never judged overdue, as the deadline's words give no date); of the open ones:
      ``overdue``;
    - ``overdue_steps`` counts steps, not tasks;
    - ``problems_completed`` … ``measures_not_started`` count problems and measures by what their completable tasks are
      together (``standing_of``).
    """

    problems: int = 0
    measures: int = 0
    tasks: int = 0
    not_started: int = 0
    in_progress: int = 0
    basically_done: int = 0
    completed: int = 0
    completed_then_followed: int = 0
    completed_then_continuous: int = 0
    closed: int = 0
    long_term: int = 0
    continuous: int = 0
    recurring: int = 0
    not_applicable: int = 0
    unread_deadline: int = 0
    overdue: int = 0
    overdue_steps: int = 0
    problems_completed: int = 0
    problems_basically_done: int = 0
    problems_in_progress: int = 0
    problems_not_started: int = 0
    measures_completed: int = 0
    measures_basically_done: int = 0
    measures_in_progress: int = 0
    measures_not_started: int = 0

    @property
    def denominator(self) -> int:
        """The number of tasks that can be completed: all but long-term, recurring and not applicable ones."""
        return self.tasks - self.long_term - self.recurring - self.not_applicable

    @property
    def completion_rate(self) -> float | None:
        """Completed ÷ denominator in percent, two decimals. None if the denominator is 0."""
        return rate(self.completed, self.denominator)

    def by(self, what: CountedBy) -> CountsBy:
        """The counts of problems, of measures or of tasks, to be shown side by side."""
        if what is CountedBy.TASKS:
            standings = [getattr(self, standing.value) for standing in STANDINGS]
        else:
            standings = [getattr(self, f"{what.value}_{standing.value}") for standing in STANDINGS]
        return CountsBy(what, getattr(self, what.value), *standings)


def total_of(counts: Iterable[Counts]) -> Counts:
    """The sum of some counts, of which no two share a task."""
    found = tuple(counts)
    return Counts(**{name: sum(getattr(of, name) for of in found) for name in types_of(Counts)})


def counts_of(
    tasks: Sequence[SnapshotTask], *, answering: Iterable[Iterable[SnapshotTask]], measures: int | None = None
) -> Counts:
    """The counts of some tasks.

    ``answering`` has, for each problem that is counted, the tasks that answer it (``Snapshot.answering``). ``measures``
    defaults to the number of those that the tasks belong to.
    """
    groups = dict.fromkeys(Group, 0)
    of_problems = [{task.status.group for task in found} for found in answering]
    of_measures: dict[str, set[Group]] = {}
    closed = overdue = steps = followed = continuous_after = continuous = unread = 0
    for task in tasks:
        status, row = task.status, task.row
        group = status.group
        groups[group] += 1
        of_measures.setdefault(task.measure, set()).add(group)
        overdue += status.is_overdue
        steps += len(status.steps_overdue)
        unread += row.unread
        if group is Group.COMPLETED:
            closed += row.state is State.CLOSED
            if row.is_followed:
                followed += 1
                continuous_after += row.lasting == Category.CONTINUOUS
        elif group is Group.LONG_TERM:
            continuous += row.lasting == Category.CONTINUOUS
    return Counts(
        problems=len(of_problems),
        measures=len(of_measures) if measures is None else measures,
        tasks=len(tasks),
        closed=closed,
        completed_then_followed=followed,
        completed_then_continuous=continuous_after,
        continuous=continuous,
        unread_deadline=unread,
        overdue=overdue,
        overdue_steps=steps,
        **{group.value: counted for group, counted in groups.items()},
        **_standings(CountedBy.PROBLEMS, of_problems),
        **_standings(CountedBy.MEASURES, of_measures.values()),
    )


def _standings(what: CountedBy, groups: Iterable[AbstractSet[Group]]) -> dict[str, int]:
    """The fields of ``Counts`` about problems or measures."""
    found = Counter(map(standing_of, groups))
    return {f"{what.value}_{standing.value}": found[standing] for standing in STANDINGS}


def imported_of(tasks: Iterable[SnapshotTask]) -> int:
    """The number of entries from an old ledger (期初) about some tasks."""
    return sum(task.row.imported for task in tasks)


@frozen
class Turns:
    """The number of tasks that ever requested an extension, were granted one, were returned in review, or were reopened."""

    extension_requests: int
    extended: int
    returned: int
    reopened: int


def turns_of(tasks: Iterable[SnapshotTask]) -> Turns:
    """The ``Turns`` of some tasks."""
    rows = [task.row for task in tasks]
    return Turns(
        extension_requests=sum(row.requests > 0 for row in rows),
        extended=sum(row.extensions > 0 for row in rows),
        returned=sum(row.returns > 0 for row in rows),
        reopened=sum(row.round > 1 for row in rows),
    )
