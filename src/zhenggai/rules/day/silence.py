"""Silence: units with open tasks that recorded nothing, in a span of days or counted in the reports' weeks."""

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date, timedelta

from zhenggai.deadline.calendar import week_bounds
from zhenggai.frozen import frozen
from zhenggai.model.plan import Plan
from zhenggai.model.units import UnitBook
from zhenggai.rules.day.day_status import COMPLETABLE, Group
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.plan.phases import PhaseWindow, first_start

_DAY = timedelta(days=1)


def silent_units(tasks: Sequence[SnapshotTask], start: date, end: date) -> tuple[str, ...]:
    """The units that recorded nothing from ``start`` to ``end`` (inclusive) about tasks that were open all the time."""
    first, last = start.toordinal(), end.toordinal()
    open_units = {t.unit for t in tasks if not t.row.is_complete and t.row.start <= first}
    spoke = {t.unit for t in tasks if _spoke(t, first, last)}
    silent = open_units - spoke
    return tuple(dict.fromkeys(t.unit for t in tasks if t.unit in silent))


def _spoke(task: SnapshotTask, first: int, last: int) -> bool:
    """Whether a task has an entry from ``first`` to ``last`` (ordinals). Its last entry mostly decides that already."""
    latest = task.row.last_entry
    if latest is None or latest <= last:
        return latest is not None and latest >= first
    return any(first <= day.toordinal() <= last for day in task.head.entry_days)


class TaskWeeks:
    """The weeks of a task as bits, bit 0 for the first week: those in which its unit recorded something, those in which it was open.

    ``since``: the first day on which the unit is responsible; ``start``: the task's first day. What is taken of a state adds
    to what was taken of earlier ones, so that all states of a fold cost together as much as its last one.
    """

    def __init__(self, monday: date, since: date, start: date) -> None:
        self._monday = monday.toordinal()
        self._since, self._start = since, max(since, start)
        self._forget()

    def _forget(self) -> None:
        self.spoke = self._over = 0
        self._opened: date | None = self._start
        self._own_days: tuple[date, ...] = ()
        self._turns: tuple[date, ...] = ()

    def open_as(self, group: Group) -> int:
        """The weeks in which the task was open from Monday to Sunday, without end while it is open; none if it cannot be completed."""
        if group not in COMPLETABLE:
            return 0
        return self._over if self._opened is None else self._over | -1 << self._nth_after(self._opened)

    def take(self, own_days: tuple[date, ...], turns: tuple[date, ...]) -> None:
        """Take the days of a state (``TaskState``): those that are new, or all if a 更正 has changed earlier ones."""
        said, turned = len(self._own_days), len(self._turns)
        if own_days[:said] != self._own_days or turns[:turned] != self._turns:
            self._forget()
            said = turned = 0
        for day in own_days[said:]:
            if day >= self._since and day.toordinal() >= self._monday:
                self.spoke |= 1 << (day.toordinal() - self._monday) // 7
        for day in turns[turned:]:
            if self._opened is None:
                self._opened = max(self._start, day)
            else:
                self._over |= self._between(self._opened, day)
                self._opened = None
        self._own_days, self._turns = own_days, turns

    def _nth_after(self, day: date) -> int:
        """The first week that begins on a day or later."""
        return max(0, -((self._monday - day.toordinal()) // 7))

    def _between(self, start: date, turn: date) -> int:
        """The whole weeks from a day to the eve of another."""
        first, end = self._nth_after(start), (turn.toordinal() - self._monday) // 7
        return (1 << end) - (1 << first) if first < end else 0


@frozen
class Weeks:
    """The reports' weeks from one of them (``first`` is its Monday) until a day. Only whole weeks, Monday to Sunday, count."""

    first: date
    as_of: date
    units: UnitBook
    carried: dict[tuple[str, str], date] = field(default_factory=dict)

    def __len__(self) -> int:
        return max(0, ((self.as_of - self.first).days + 1) // 7)

    def silent(self, tasks: Iterable[SnapshotTask]) -> int:
        """The number of weeks in which a unit with these tasks recorded nothing although a task was open all week.

        Only tasks that can be completed count as open. An own entry for any task breaks the silence; an entry that another
        unit made for it (代录) does not.
        """
        was_open = spoke = 0
        for task in tasks:
            weeks = TaskWeeks(self.first, self._carried_since(task), task.task.schedule.start)
            weeks.take(task.head.own_days, task.head.turns)
            was_open |= weeks.open_as(task.status.group)
            spoke |= weeks.spoke
        return (was_open & ~spoke & (1 << len(self)) - 1).bit_count()

    def _carried_since(self, task: SnapshotTask) -> date:
        pair = (task.given, task.unit)
        if pair not in self.carried:
            self.carried[pair] = carried_since(self.units, *pair)
        return self.carried[pair]


def weeks_of(snapshot: Snapshot) -> Weeks:
    """The report weeks of a plan until the snapshot's day, without those that an old ledger began (期初)."""
    return Weeks(first_monday(snapshot.plan, snapshot.windows), snapshot.as_of, snapshot.units)


def first_monday(plan: Plan, windows: Sequence[PhaseWindow]) -> date:
    """The Monday of the first of a plan's report weeks that an old ledger did not begin (期初)."""
    first, _ = week_bounds(first_start(windows, plan.issued))
    return max(first, week_bounds(plan.opening)[1] + _DAY) if plan.opening else first


def carried_since(units: UnitBook, given: str, holder: str) -> date:
    """The first day on which ``holder`` is responsible for a task of ``given``: it exists, and has taken over if they were merged."""
    unit, since = units.by_name[given], date.min
    while unit.name != holder and unit.until and unit.merged_into:
        since = unit.until + _DAY
        unit = units.by_name[unit.merged_into]
    return max(since, unit.since or date.min)
