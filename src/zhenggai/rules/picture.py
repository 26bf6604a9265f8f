"""Where a plan stands as of a day: every task with its Head and standing, the counts, the entries as they read then."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

from zhenggai.frozen import frozen
from zhenggai.model.book import Archive, Record
from zhenggai.model.entries import Correction, Entry
from zhenggai.model.events import Event
from zhenggai.model.numbers import is_known, recorded_on
from zhenggai.model.plan import Plan
from zhenggai.model.source import Problem
from zhenggai.model.units import UnitBook
from zhenggai.rules.cell import Cell
from zhenggai.rules.corrections import Corrected, corrections_made
from zhenggai.rules.head import Head
from zhenggai.rules.standing import Group, Standing
from zhenggai.rules.task import Address, Task
from zhenggai.rules.transitions import State
from zhenggai.rules.windows import PhaseWindow, open_phases


def is_of_days(event: Event, since: date, until: date) -> bool:
    """Whether an entry happened, or was recorded, from one day to another, both counted."""
    return since <= event.date <= until or since <= recorded_on(event.number) <= until


class TaskState(ABC):
    """A task as of a day. What lists are counted and sorted by is at hand; the rest is got when it is asked for.

    ``measure`` is the measure's number, ``finding`` that of its problem; ``given`` the unit that the plan gave it to, ``unit``
    the one that carries it now.
    """

    __slots__ = ("cell", "finding", "given", "measure", "standing", "unit")

    def __init__(self, measure: str, given: str, unit: str, finding: int, cell: Cell, standing: Standing) -> None:
        self.measure = measure
        self.given = given
        self.unit = unit
        self.finding = finding
        self.cell = cell
        self.standing = standing

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
    def head(self) -> Head:
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
        return self.head.person or self.task.person

    @property
    def leader(self) -> str | None:
        """Who answers for it: as the unit named when it claimed the task, else as the plan says."""
        return self.head.leader or self.task.leader


@frozen(kw_only=True)
class Counts:
    """How many tasks are in each group (DESIGN §2). ``closed`` is part of ``completed``, ``overdue`` of the open ones."""

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
        counts: dict[str, int | float | None] = {f.name: getattr(self, f.name) for f in fields(self)}
        return counts | {"denominator": self.denominator, "completion_rate": self.completion_rate}


def counts_of(tasks: Iterable[TaskState]) -> Counts:
    """The counts of some tasks; problems and measures are those that the tasks belong to."""
    groups = dict.fromkeys(Group, 0)
    findings, measures = set[int](), set[str]()
    number = closed = overdue = 0
    for task in tasks:
        standing = task.standing
        number += 1
        findings.add(task.finding)
        measures.add(task.measure)
        groups[standing.group] += 1
        overdue += standing.is_overdue
        closed += task.cell.state == State.CLOSED and standing.group is Group.COMPLETED
    return Counts(
        problems=len(findings),
        measures=len(measures),
        tasks=number,
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


def turns_of(tasks: Iterable[TaskState]) -> Turns:
    """The turns that some tasks took."""
    cells = [task.cell for task in tasks]
    return Turns(
        extension_requests=sum(cell.requests > 0 for cell in cells),
        extended=sum(cell.extensions > 0 for cell in cells),
        returned=sum(cell.returns > 0 for cell in cells),
        reopened=sum(cell.round > 1 for cell in cells),
    )


@dataclass(frozen=True)
class Aside:
    """The entries known on a day that stand beside the tasks, in the order of entries.

    ``of_units`` are inspections and steps of the ladder that name a unit and no measure, and their answers; ``loose`` the
    registers' entries, and every 经验, whether it names a task or not.
    """

    of_units: Sequence[Event] = ()
    loose: Sequence[Event] = ()


@dataclass(frozen=True)
class Picture:
    """Where a plan stands as of a day, as known by another. ``plan`` is the plan in force on it.

    ``gone`` are the tasks that were given up (取消, 调整, a unit that left its class), as they stood on their last day:
    history, counted nowhere. ``address_of`` tells under which task an entry is filed, by its number.
    """

    plan: Plan
    as_of: date
    known_by: date
    windows: tuple[PhaseWindow, ...]
    tasks: tuple[TaskState, ...]
    gone: tuple[TaskState, ...]
    problems: tuple[Problem, ...]
    last_entry: date | None
    got_aside: Callable[[], Aside]
    archive: Archive
    address_of: Callable[[str], Address | None]

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
        counted = counts_of(self.tasks)
        values = {f.name: getattr(counted, f.name) for f in fields(counted)}
        values["problems"] = len(self.plan.findings)
        values["measures"] = sum(len(f.measures) for f in self.plan.findings)
        return Counts(**values)

    @cached_property
    def _task_at(self) -> dict[Address, TaskState]:
        return {task.key: task for task in self.tasks}

    def task_of(self, number: str) -> TaskState | None:
        """The task under which an entry is filed, by the entry's number."""
        address = self.address_of(number)
        return None if address is None else self._task_at.get(address)

    def knows(self, record: Record) -> bool:
        """Whether an entry was made by the picture's days."""
        return is_known(record.entry, self.as_of, self.known_by)

    @cached_property
    def _corrections(self) -> dict[str, dict[str, Corrected]]:
        return {}

    def _made(self, number: str) -> dict[str, Corrected]:
        """What every 更正 of an entry that counts as of the day did, by its number, in the order of entries."""
        if number not in self._corrections:
            answers = [r for r in self.archive.naming(number) if isinstance(r.entry, Correction) and self.knows(r)]
            original = self.archive.record(number) if answers else None
            records = [original, *answers] if original and self.knows(original) else []
            records.sort(key=lambda r: (r.entry.date, r.entry.number))
            self._corrections[number] = corrections_made(records, self.unit_name)
        return self._corrections[number]

    def correction(self, number: str) -> Corrected | None:
        """What a 更正 did, by its number; None for one that does not count, and for what is none."""
        record = self.archive.record(number)
        return self._made(record.entry.ref).get(number) if record and isinstance(record.entry, Correction) else None

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

    def where(self, keep: Callable[[TaskState], bool]) -> tuple[TaskState, ...]:
        """The tasks that satisfy a condition, in the plan's order."""
        return tuple(task for task in self.tasks if keep(task))
