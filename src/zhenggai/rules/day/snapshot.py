"""Where a plan stands as of a day: every task with its state and status, the counts, the entries as they read then."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from zhenggai.frozen import frozen, types_of
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import is_known, recorded_on
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.plan.phases import open_phases
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.life import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from zhenggai.model.book import Archive, Record
    from zhenggai.model.entries import Entry
    from zhenggai.model.event_of_entry import Event
    from zhenggai.model.plan import Plan
    from zhenggai.model.source import Diagnostic
    from zhenggai.model.units import UnitBook
    from zhenggai.rules.day.day_status import DayStatus
    from zhenggai.rules.plan.phases import PhaseWindow
    from zhenggai.rules.task.corrections import Corrected
    from zhenggai.rules.task.task import Task
    from zhenggai.rules.task.task_row import TaskRow
    from zhenggai.rules.task.task_state import TaskState

K = TypeVar("K")


def is_of_days(event: Event, since: date, until: date) -> bool:
    """Whether an entry happened, or was recorded, from one day to another, both counted."""
    return since <= event.date <= until or since <= recorded_on(event.number) <= until


class SnapshotTask(ABC):
    """A task as of a day. What lists are counted and sorted by is at hand; the rest is got when it is asked for.

    ``measure`` is the measure's number, ``problem`` that of its problem; ``given`` the unit that the plan gave it to, ``unit``
    the one that carries it now.
    """

    __slots__ = ("given", "measure", "problem", "row", "status", "unit")

    def __init__(self, measure: str, given: str, unit: str, problem: int, row: TaskRow, status: DayStatus) -> None:
        self.measure = measure
        self.given = given
        self.unit = unit
        self.problem = problem
        self.row = row
        self.status = status

    @property
    def key(self) -> Address:
        """What the task is called by."""
        return Address(self.measure, self.given)

    @property
    def name(self) -> str:
        """What people call it: 3-2 县教育局."""
        return f"{self.measure} {self.unit}"

    @property
    @abstractmethod
    def task(self) -> Task:
        """The task as in force."""

    @property
    @abstractmethod
    def head(self) -> TaskState:
        """Where it stands after its entries."""

    @property
    @abstractmethod
    def filed(self) -> Sequence[Event]:
        """Everything filed under it, in order of path and line."""

    @property
    @abstractmethod
    def events(self) -> Sequence[Event]:
        """The entries that took part, in order, corrected where they were."""

    @property
    @abstractmethod
    def trail(self) -> Sequence[tuple[int, State]]:
        """The round and the state after each of ``events``."""

    def between(self, since: date, until: date) -> Sequence[Event]:
        """Those of ``events`` that happened, or were recorded, from one day to another, both counted."""
        return [event for event in self.events if is_of_days(event, since, until)]

    def event(self, number: str) -> Event:
        """The event of that number, which took part."""
        return next(event for event in self.events if event.number == number)

    @property
    def person(self) -> str | None:
        """Who does it: as the unit named when it claimed the task, else as the plan says."""
        return self.row.person

    @property
    def due(self) -> date | None:
        """The last day on time, as it is now."""
        return None if self.row.due is None else date.fromordinal(self.row.due)

    @property
    def last_entry(self) -> date | None:
        """The day of its last entry."""
        return None if self.row.last_entry is None else date.fromordinal(self.row.last_entry)

    @property
    def next_review(self) -> date | None:
        """The day by which a long-term task is to be reviewed."""
        return None if self.row.next_review is None else date.fromordinal(self.row.next_review)

    @property
    def leader(self) -> str | None:
        """Who answers for it: as the unit named when it claimed the task, else as the plan says."""
        return self.head.leader or self.task.leader


@frozen(kw_only=True)
class Counts:
    """How many tasks are in each group. ``closed`` is part of ``completed``, ``overdue`` of the open ones."""

    problems: int = 0
    measures: int = 0
    tasks: int = 0
    not_started: int = 0
    in_progress: int = 0
    basically_done: int = 0
    completed: int = 0
    closed: int = 0
    long_term: int = 0
    recurring: int = 0
    not_applicable: int = 0
    overdue: int = 0

    @property
    def denominator(self) -> int:
        """The tasks that can be completed: all but long-term, recurring and not applicable ones."""
        return self.tasks - self.long_term - self.recurring - self.not_applicable

    @property
    def completion_rate(self) -> float | None:
        """Completed ÷ denominator in percent, two decimals; None over 0."""
        return round(self.completed * 100 / self.denominator, 2) if self.denominator else None

    def record(self) -> dict[str, int | float | None]:
        """All counts under their English names, for JSON."""
        counts: dict[str, int | float | None] = {name: getattr(self, name) for name in types_of(Counts)}
        return counts | {"denominator": self.denominator, "completion_rate": self.completion_rate}


def counts_of(tasks: Sequence[SnapshotTask], problems: int | None = None, measures: int | None = None) -> Counts:
    """The counts of some tasks; problems and measures are those that the tasks belong to, unless they are given."""
    groups = dict.fromkeys(Group, 0)
    closed = overdue = 0
    for task in tasks:
        status = task.status
        group = status.group
        groups[group] += 1
        overdue += status.overdue_days > 0
        closed += group is Group.COMPLETED and task.row.state is State.CLOSED
    return Counts(
        problems=len({task.problem for task in tasks}) if problems is None else problems,
        measures=len({task.measure for task in tasks}) if measures is None else measures,
        tasks=len(tasks),
        closed=closed,
        overdue=overdue,
        **{group.value: counted for group, counted in groups.items()},
    )


@frozen
class Turns:
    """How many tasks ever asked for an extension, were granted one, were returned in review, were reopened."""

    extension_requests: int
    extended: int
    returned: int
    reopened: int


def turns_of(tasks: Iterable[SnapshotTask]) -> Turns:
    """The turns that some tasks took."""
    rows = [task.row for task in tasks]
    return Turns(
        extension_requests=sum(row.requests > 0 for row in rows),
        extended=sum(row.extensions > 0 for row in rows),
        returned=sum(row.returns > 0 for row in rows),
        reopened=sum(row.round > 1 for row in rows),
    )


@frozen
class Aside:
    """The entries known on a day that stand beside the tasks, in the order of entries.

    ``of_units`` are inspections and steps of the ladder that name a unit and no measure, and their answers; ``loose`` the
    registers' entries, and every 经验, whether it names a task or not.
    """

    of_units: Sequence[Event] = ()
    loose: Sequence[Event] = ()


def grouped(key: Callable[[SnapshotTask], K], tasks: Iterable[SnapshotTask]) -> dict[K, list[SnapshotTask]]:
    """Tasks by what they have in common, in the order in which it comes up."""
    found: dict[K, list[SnapshotTask]] = {}
    for task in tasks:
        found.setdefault(key(task), []).append(task)
    return found


@frozen(slots=False)
class Snapshot:
    """Where a plan stands as of a day, as known by another. ``plan`` is the plan in force on it.

    ``gone`` are the tasks that were given up (取消, 调整, a unit that left its class), as they stood on their last day:
    history, counted nowhere. ``address_of`` tells under which task an entry is filed, by its number.
    """

    plan: Plan
    as_of: date
    known_by: date
    windows: tuple[PhaseWindow, ...]
    tasks: tuple[SnapshotTask, ...]
    gone: tuple[SnapshotTask, ...]
    diagnostics: tuple[Diagnostic, ...]
    last_entry: date | None
    got_aside: Callable[[], Aside]
    got_archive: Callable[[], Archive]
    address_of: Callable[[str], Address | None]

    @cached_property
    def archive(self) -> Archive:
        """Everything written, as it stands in the files."""
        return self.got_archive()

    @property
    def whole(self) -> Plan:
        """The plan as its file has it."""
        return self.archive.plan

    @property
    def units(self) -> UnitBook:
        """The unit book."""
        return self.archive.units

    @cached_property
    def aside(self) -> Aside:
        """The entries beside the tasks."""
        return self.got_aside()

    @property
    def open_phases(self) -> tuple[PhaseWindow, ...]:
        """The phases that the day lies in."""
        return open_phases(self.windows, self.as_of)

    @cached_property
    def counts(self) -> Counts:
        """The whole plan's counts; problems and measures without tasks count too."""
        found = self.counts_of_problems.values()
        return Counts(**{name: sum(getattr(counts, name) for counts in found) for name in types_of(Counts)})

    @cached_property
    def counts_of_problems(self) -> dict[int, Counts]:
        """The counts of each problem, by its number; measures without tasks count too."""
        found: dict[int, Counts] = {}
        for problem in self.plan.problems:
            tasks = self.of_problem.get(problem.number, ())
            found[problem.number] = counts_of(tasks, problems=1, measures=len(problem.measures))
        return found

    @cached_property
    def of_problem(self) -> dict[int, list[SnapshotTask]]:
        """The tasks of each problem that has any, by its number."""
        return grouped(attrgetter("problem"), self.tasks)

    @cached_property
    def of_measure(self) -> dict[str, list[SnapshotTask]]:
        """The tasks of each measure that has any, by its number."""
        return grouped(attrgetter("measure"), self.tasks)

    @cached_property
    def _task_at(self) -> dict[Address, SnapshotTask]:
        return {task.key: task for task in self.tasks}

    def task_of(self, number: str) -> SnapshotTask | None:
        """The task under which an entry is filed, by the entry's number."""
        address = self.address_of(number)
        return None if address is None else self._task_at.get(address)

    def knows(self, record: Record) -> bool:
        """Whether an entry was made by the snapshot's days."""
        return is_known(record.entry, self.as_of, self.known_by)

    @cached_property
    def _corrections(self) -> dict[str, dict[str, Corrected]]:
        return {}

    def _made(self, number: str) -> dict[str, Corrected]:
        """What every 更正 of an entry that counts as of the day did, by its number, in the order of entries."""
        if number not in self._corrections:
            from zhenggai.rules.task.corrections import corrections_made  # here, since few look at what entries say

            answers = [r for r in self.archive.naming(number) if r.entry.kind is Kind.CORRECTION and self.knows(r)]
            original = self.archive.record(number) if answers else None
            if original and not self.knows(original):  # a withdrawal may stand before it
                answers = [r for r in answers if getattr(r.entry, "void", False)]
            records = [original, *answers] if original else []
            records.sort(key=lambda r: (r.entry.date, r.entry.number))
            self._corrections[number] = corrections_made(records, self.unit_name)
        return self._corrections[number]

    def correction(self, number: str) -> Corrected | None:
        """What a 更正 did, by its number; None for one that does not count, and for what is none."""
        record = self.archive.record(number)
        ref = getattr(record.entry, "ref", None) if record and record.entry.kind is Kind.CORRECTION else None
        return self._made(ref).get(number) if ref else None

    def said(self, number: str) -> Entry | None:
        """What an entry says as of the day, 更正 applied; None for one that was withdrawn or is not there."""
        made = list(self._made(number).values())
        if made:
            return made[-1].after
        record = self.archive.record(number)
        return record.entry if record else None

    def unit_name(self, word: str) -> str:
        """A unit's present full name from any of its names; an unknown word stands for itself."""
        return self.units.full_name(word)

    def recorder_of(self, number: str) -> str:
        """The present full name of the unit that recorded an entry."""
        record = self.archive.record(number)
        return self.unit_name(record.recorder) if record else ""

    def unit_about(self, event: Event) -> str:
        """The present full name of the unit that an entry is about: the one it names, else the one that recorded it."""
        return self.unit_name(event.unit) if event.unit else self.units.recorder(event.path)

    def where(self, keep: Callable[[SnapshotTask], bool]) -> tuple[SnapshotTask, ...]:
        """The tasks that satisfy a condition, in the plan's order."""
        return tuple(task for task in self.tasks if keep(task))
