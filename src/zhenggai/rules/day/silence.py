"""Silence: units with open tasks that recorded nothing, in a span of days or counted in the reports' weeks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date, timedelta

from zhenggai.deadline.calendar import week_bounds
from zhenggai.frozen import frozen
from zhenggai.model.units import UnitBook
from zhenggai.rules.day.day_status import COMPLETABLE
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.plan.phases import first_start

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
        has_open: set[int] = set()
        spoke: set[int] = set()
        for task in tasks:
            since = self._carried_since(task)
            spoke.update((day - self.first).days // 7 for day in task.head.own_days if day >= since)
            if task.status.group in COMPLETABLE:
                for start, end in open_spells(task, max(since, task.task.schedule.start), self.as_of):
                    has_open.update(self._within(start, end))
        return len(has_open - spoke)

    def _within(self, start: date, end: date) -> range:
        """The indexes, from 0, of the weeks that lie entirely between two days (inclusive)."""
        return range(max(0, -((self.first - start).days // 7)), ((end - self.first).days + 1) // 7)

    def _carried_since(self, task: SnapshotTask) -> date:
        """The first day on which the task's unit is responsible: the unit exists, and has taken over from a merged one."""
        pair = (task.given, task.unit)
        if pair not in self.carried:
            self.carried[pair] = _since(self.units, *pair)
        return self.carried[pair]


def weeks_of(snapshot: Snapshot) -> Weeks:
    """The report weeks of a plan until the snapshot's day, without those that an old ledger began (期初)."""
    first, _ = week_bounds(first_start(snapshot.windows, snapshot.plan.issued))
    if snapshot.plan.opening:
        first = max(first, week_bounds(snapshot.plan.opening)[1] + _DAY)
    return Weeks(first, snapshot.as_of, snapshot.units)


def _since(units: UnitBook, given: str, holder: str) -> date:
    unit, since = units.by_name[given], date.min
    while unit.name != holder and unit.until and unit.merged_into:
        since = unit.until + _DAY
        unit = units.by_name[unit.merged_into]
    return max(since, unit.since or date.min)


def open_spells(task: SnapshotTask, start: date, as_of: date) -> Iterator[tuple[date, date]]:
    """The spans in which a task was open, as first and last day. An empty span ends before it starts."""
    opened: date | None = start
    for day in task.head.turns:
        if opened is not None:
            yield opened, day - _DAY
        opened = max(start, day) if opened is None else None
    if opened is not None:
        yield opened, as_of
