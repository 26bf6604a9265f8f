"""The picture of a plan out of the index: the cells of its tasks are read at once, all else when somebody asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from zhenggai.ledger.catalogue import BESIDE, REPEATED, Catalogue, Filed
from zhenggai.ledger.kept import Plain, brief_from, cell_from, left_out_of, problems_from
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import is_known
from zhenggai.rules.day.day_status import Reckoner
from zhenggai.rules.day.snapshot import Aside, Picture, TaskState, is_of_days
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.address import LOOSE_KINDS, WHOLE, Address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.ledger.sheets import Sheets
    from zhenggai.model.book import Archive
    from zhenggai.model.event_of_entry import Event
    from zhenggai.rules.day.day_status import Standing
    from zhenggai.rules.day.line_facts import Brief
    from zhenggai.rules.task.fold import Folded
    from zhenggai.rules.task.life import State
    from zhenggai.rules.task.status_facts import Cell
    from zhenggai.rules.task.task import Task
    from zhenggai.rules.task.task_state import Head

_DAY = timedelta(days=1)


class StoredTask(TaskState):
    """A task out of the index, the ``nth`` behind its unit's row; ``as_of`` is its last day where it was given up."""

    __slots__ = ("__dict__", "_as_of", "_behind", "_nth")

    def __init__(
        self,
        behind: Behind,
        nth: int,
        as_of: date,
        measure: str,
        given: str,
        unit: str,
        finding: int,
        cell: Cell,
        standing: Standing,
    ) -> None:
        self.measure, self.given, self.unit, self.finding = measure, given, unit, finding
        self.cell, self.standing = cell, standing
        self._behind, self._nth, self._as_of = behind, nth, as_of

    @property
    def _kept(self) -> tuple[Plain, Plain]:
        kept: tuple[Plain, Plain] = self._behind.sheets.heads(self.given)[self._nth]
        return kept

    @cached_property
    def brief(self) -> Brief:
        brief = brief_from(self._behind.sheets.briefs(self.given)[self._nth], self.measure)
        if brief.explained:
            self._behind.catalogue.remember({self.key: [brief.explained]})
        return brief

    @cached_property
    def task(self) -> Task:
        is_gone = self._as_of != self._behind.as_of
        task = self._behind.task(self.key, self.finding, None if is_gone else self._kept[0])
        return task if task.holder == self.unit else replace(task, holder=self.unit)

    @cached_property
    def head(self) -> Head:
        from zhenggai.ledger.kept_tasks import head_from  # here, since counts need nothing but cells

        return head_from(self._kept[1])

    @cached_property
    def filed(self) -> Sequence[Event]:
        return self._behind.filed(self.given).get(self.measure, ())

    @cached_property
    def _folded(self) -> Folded:
        from zhenggai.rules.task.fold import fold  # here, since lists need nothing but heads

        units = self._behind.catalogue.units
        return fold(self.task, self.filed, self._as_of, self._behind.known_by, unit_of=units.recorder)

    @property
    def events(self) -> Sequence[Event]:
        return self._folded.taken

    @property
    def trail(self) -> Sequence[tuple[int, State]]:
        return self._folded.trail

    def between(self, since: date, until: date) -> Sequence[Event]:
        behind = self._behind
        found = behind.between(since, until).get(self.key)
        if not found:
            return ()
        from zhenggai.rules.task.fold import corrected_event  # here, as above

        left_out = left_out_of(behind.sheets.briefs(self.given)[self._nth])
        current: dict[str, Event] = {}
        for event in sorted(e for e in found if is_known(e, self._as_of, behind.known_by)):
            if event.kind is not Kind.CORRECTION:
                if event.number not in left_out:
                    current[event.number] = event
            elif event.ref in current and behind.is_by_the_same(event, current[event.ref]):
                current[event.ref] = corrected_event(current[event.ref], event)
        return [event for event in current.values() if is_of_days(event, since, until)]


class Behind:
    """What the tasks of one picture have in common: where the rest of each of them is."""

    def __init__(self, catalogue: Catalogue, sheets: Sheets, as_of: date, known_by: date) -> None:
        self.catalogue, self.sheets, self.as_of, self.known_by = catalogue, sheets, as_of, known_by
        self.plan = plan_at(catalogue.plan, as_of, known_by)
        self._filed: dict[str, Filed] = {}
        self._between: dict[tuple[date, date], dict[Address, list[Event]]] = {}
        self._others: dict[str, dict[Address, Task]] = {}

    def filed(self, unit: str) -> Filed:
        """The events of a unit."""
        if unit not in self._filed:
            self._filed[unit] = filed = self.sheets.events(unit)
            self.catalogue.remember({Address(measure, unit): events for measure, events in filed.items()})
        return self._filed[unit]

    def between(self, since: date, until: date) -> dict[Address, list[Event]]:
        """At least the events that happened, or were recorded, from one day to another, and what was said of them by the picture's."""
        days = since, max(until, self.as_of)
        if days not in self._between:
            self._between[days] = found = self.catalogue.between(*days)
            self.catalogue.remember(found)
        return self._between[days]

    def is_by_the_same(self, event: Event, other: Event) -> bool:
        """Whether one unit recorded both."""
        recorder = self.catalogue.units.recorder
        return recorder(event.path) == recorder(other.path)

    def task(self, key: Address, finding: int, plain: Plain) -> Task:
        """A task as kept; where nothing is, since it was another once or is no more, it is made of the plan again."""
        from zhenggai.ledger.kept_tasks import task_from  # here, as above

        if plain is not None:
            return task_from(plain, key, finding, self.plan.measure_by_number[key.measure])
        if key.unit not in self._others:
            from zhenggai.ledger.folding import others  # here, since few tasks were ever another

            row, heads = self.sheets.rows[key.unit], self.sheets.heads(key.unit)
            found = others(self.catalogue, key.unit, row, heads, self.as_of, self.known_by)
            tasks = (*(task for _, task in found.tasks), *(task for *_, task in found.gone))
            self._others[key.unit] = {task.key: task for task in tasks}
        return self._others[key.unit][key]


def picture_of(
    catalogue: Catalogue, sheets: Sheets, got_archive: Callable[[], Archive], as_of: date, known_by: date = date.max
) -> Picture:
    """The picture of a day, as known by another, out of its sheets."""
    behind = Behind(catalogue, sheets, as_of, known_by)
    rows = behind.sheets.rows
    standing = Reckoner(as_of, behind.plan.rules).standing
    tasks: dict[int, TaskState] = {}
    gone: dict[int, TaskState] = {}
    for unit, row in rows.items():
        holders = dict(row.holders)
        columns = zip(row.places, row.measures, row.findings, map(cell_from, row.cells), strict=True)
        for nth, (place, measure, finding, cell) in enumerate(columns):
            holder = holders.get(nth, unit)
            tasks[place] = StoredTask(behind, nth, as_of, measure, unit, holder, finding, cell, standing(cell))
        for nth, (until, place, measure, finding, plain, holder) in enumerate(row.gone, len(row.cells)):
            cell, eve = cell_from(plain), date.fromordinal(until) - _DAY
            stood = Reckoner(eve, behind.plan.rules).standing(cell)
            gone[place] = StoredTask(behind, nth, eve, measure, unit, holder or unit, finding, cell, stood)
    problems = [*catalogue.problems_of_filing(), *(p for row in rows.values() for p in problems_from(row.problems))]
    latest = max((row.latest for row in rows.values()), default=1)
    return Picture(
        plan=behind.plan,
        as_of=as_of,
        known_by=known_by,
        windows=catalogue.windows,
        tasks=tuple(map(tasks.__getitem__, sorted(tasks))),
        gone=tuple(map(gone.__getitem__, sorted(gone))),
        problems=tuple(sorted(problems, key=lambda p: p.source)),
        last_entry=date.fromordinal(latest) if latest > 1 else None,
        got_aside=lambda: aside_of(catalogue, as_of, known_by),
        got_archive=got_archive,
        address_of=lambda number: found[1] if (found := catalogue.find(number)) else None,
    )


def aside_of(catalogue: Catalogue, as_of: date, known_by: date) -> Aside:
    """The entries beside the tasks, as known on a day."""
    from zhenggai.ledger.folding import misplaced_of  # here, since counts need none of them
    from zhenggai.rules.task.entry_assignment import known, where

    filed = catalogue.events(BESIDE)
    ignored = {problem.source for problem in misplaced_of(catalogue, filed, as_of, known_by)}
    of_units = [e for e in known(filed.get(WHOLE.unit, ()), as_of, known_by) if where(e) not in ignored]
    loose = (e for what, events in filed.items() if what != REPEATED for e in events if e.kind in LOOSE_KINDS)
    return Aside(of_units, known(loose, as_of, known_by))
