"""Makes the snapshot of a plan from its rows. The rows are read at once; details of tasks are read when they are needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from zhenggai.index.codec import diagnostics_from
from zhenggai.index.rows import rows_from
from zhenggai.rules.day.day_status import StatusReckoner
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.plan.plan_on_day import plan_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.index.behind import Behind
    from zhenggai.index.rows import Rows
    from zhenggai.model.book import Archive
    from zhenggai.model.event_of_entry import Event
    from zhenggai.rules.day.day_status import DayStatus
    from zhenggai.rules.day.snapshot import Aside
    from zhenggai.rules.task.address import Address
    from zhenggai.rules.task.fold import Folded
    from zhenggai.rules.task.life import State
    from zhenggai.rules.task.task import Task
    from zhenggai.rules.task.task_row import EntryPlace, TaskRow
    from zhenggai.rules.task.task_state import TaskState

_DAY = timedelta(days=1)


class StoredTask(SnapshotTask):
    """A task of a snapshot, made from a row.

    ``nth`` is its position among the tasks of its unit. ``as_of`` is the day of the snapshot; for a task given up, the last
    day on which it held.
    """

    __slots__ = ("__dict__", "_as_of", "_behind", "_nth")

    def __init__(
        self,
        behind: LazyBehind,
        nth: int,
        as_of: date,
        measure: str,
        given: str,
        unit: str,
        problem: int,
        row: TaskRow,
        status: DayStatus,
    ) -> None:
        self.measure, self.given, self.unit, self.problem = measure, given, unit, problem
        self.row, self.status = row, status
        self._behind, self._nth, self._as_of = behind, nth, as_of

    @cached_property
    def task(self) -> Task:
        task = self._behind.made.task(self.given, self._nth)
        return task if task.holder == self.unit else replace(task, holder=self.unit)

    @cached_property
    def head(self) -> TaskState:
        return self._behind.made.head(self.given, self._nth)

    @cached_property
    def filed(self) -> Sequence[Event]:
        return self._behind.made.filed(self.key)

    @cached_property
    def _folded(self) -> Folded:
        return self._behind.made.folded(self.task, self.filed, self._as_of)

    @property
    def events(self) -> Sequence[Event]:
        return self._folded.taken

    @property
    def trail(self) -> Sequence[tuple[int, State]]:
        return self._folded.trail

    def between(self, since: date, until: date) -> Sequence[Event]:
        return self._behind.made.between(self.key, self._nth, self._as_of, (since, until))


class LazyBehind:
    """The ``Behind`` of one snapshot, made on first use."""

    def __init__(self, make: Callable[[], Behind]) -> None:
        self._make = make

    @cached_property
    def made(self) -> Behind:
        """The ``Behind`` itself."""
        return self._make()

    def aside(self) -> Aside:
        """The entries about no task."""
        return self.made.aside()

    def address_of(self, number: str) -> Address | None:
        """The address of an entry; None for an unknown number."""
        return self.made.address_of(number)


def snapshot_of(
    rows: Rows,
    known_by: date,
    got_behind: Callable[[Sequence[EntryPlace]], Behind],
    got_archive: Callable[[Sequence[EntryPlace]], Archive],
) -> Snapshot:
    """The snapshot made from ``rows``, from entries recorded until ``known_by``.

    ``got_behind`` and ``got_archive`` make the details and the archive on first use. They get the places of entries that will
    probably be needed.
    """
    books, as_of = rows.catalogue.books, rows.as_of
    behind = LazyBehind(lambda: got_behind(expected()))

    def expected() -> list[EntryPlace]:
        return [task.row.explained for task in tasks.values() if task.row.explained]

    plan = plan_at(books.plan, as_of, known_by)
    status = StatusReckoner(as_of, plan.rules).status
    tasks: dict[int, SnapshotTask] = {}
    gone: dict[int, SnapshotTask] = {}
    diagnostics = list(rows.catalogue.diagnostics_of_filing)
    latest = 0
    for unit, of in rows.units.items():
        holders = dict(of.holders) if of.holders else _NOBODY
        roll = rows.rolls.get(unit)
        if roll is not None:
            columns = zip(roll.places, of.measures, of.problems, rows_from(of.rows), strict=True)
            for nth, (place, measure, problem, row) in enumerate(columns):
                holder = holders.get(nth, unit)
                tasks[place] = StoredTask(behind, nth, as_of, measure, unit, holder, problem, row, status(row))
            past = zip(
                roll.gone, of.gone_since, of.gone_measures, of.gone_problems, rows_from(of.gone_rows), strict=True
            )
            for nth, (place, since, measure, problem, row) in enumerate(past, len(of.measures)):
                eve = date.fromordinal(since) - _DAY
                stood = StatusReckoner(eve, plan.rules).status(row)
                gone[place] = StoredTask(behind, nth, eve, measure, unit, holders.get(nth, unit), problem, row, stood)
        for plain in of.diagnostics.values():
            diagnostics += diagnostics_from(plain)
        latest = max(latest, of.latest)
    return Snapshot(
        plan=plan,
        as_of=as_of,
        known_by=known_by,
        windows=books.windows,
        tasks=tuple(map(tasks.__getitem__, sorted(tasks))),
        gone=tuple(map(gone.__getitem__, sorted(gone))),
        diagnostics=tuple(sorted(diagnostics, key=lambda p: p.source)),
        last_entry=date.fromordinal(latest) if latest else None,
        got_aside=behind.aside,
        got_archive=lambda: got_archive(expected()),
        address_of=behind.address_of,
    )


_NOBODY: dict[int, str] = {}
