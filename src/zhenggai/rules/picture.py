"""Where a plan stands as of a day: every task with its Head and standing, the counts, the entries as they read then."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

from zhenggai.frozen import frozen
from zhenggai.model.book import Record, first_by_number
from zhenggai.model.entries import Entry, Kind
from zhenggai.model.numbers import is_known
from zhenggai.model.plan import Plan
from zhenggai.model.source import Problem
from zhenggai.model.units import UnitBook
from zhenggai.rules.corrections import Corrected, corrections_made
from zhenggai.rules.head import Event, Head
from zhenggai.rules.phases import PhaseWindow, open_phases
from zhenggai.rules.standing import Group, Standing
from zhenggai.rules.tasks import Task
from zhenggai.rules.transitions import State


@frozen
class TaskState:
    """A task as of a day: the task as in force, its Head, its standing.

    ``events`` took part, corrected where they were, and ``trail`` has the round and state after each; ``filed`` is
    everything filed under the task.
    """

    task: Task
    head: Head
    standing: Standing
    events: tuple[Event, ...] = ()
    trail: tuple[tuple[int, State], ...] = ()
    filed: Sequence[Event] = ()

    @property
    def measure(self) -> str:
        """The measure's number."""
        return self.task.key.measure

    @property
    def name(self) -> str:
        """What people call it: 3-2 县教育局."""
        return f"{self.measure} {self.unit}"

    @property
    def unit(self) -> str:
        """The unit that carries the task now."""
        return self.task.holder

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
    tasks = tuple(tasks)
    groups = [t.standing.group for t in tasks]
    return Counts(
        problems=len({t.task.finding.number for t in tasks}),
        measures=len({t.measure for t in tasks}),
        tasks=len(tasks),
        closed=sum(t.head.state is State.CLOSED and t.standing.group is Group.COMPLETED for t in tasks),
        overdue=sum(t.standing.is_overdue for t in tasks),
        **{group.value: groups.count(group) for group in Group},
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
    tasks = tuple(tasks)
    return Turns(
        extension_requests=sum(any(e.kind is Kind.EXTENSION_REQUEST for e in t.events) for t in tasks),
        extended=sum(t.head.extensions > 0 for t in tasks),
        returned=sum(t.head.returns > 0 for t in tasks),
        reopened=sum(t.head.round > 1 for t in tasks),
    )


@dataclass(frozen=True)
class Picture:
    """Where a plan stands as of a day, as known by another. ``plan`` is the plan in force, ``whole`` what its file says.

    ``gone`` are the tasks that were given up (取消, 调整, a unit that left its class), as they stood on their last day:
    history, counted nowhere.
    """

    plan: Plan
    whole: Plan
    units: UnitBook
    as_of: date
    known_by: date
    windows: tuple[PhaseWindow, ...]
    tasks: tuple[TaskState, ...]
    gone: tuple[TaskState, ...]
    problems: tuple[Problem, ...]
    records: tuple[Record, ...]
    of_units: tuple[Record, ...]
    last_entry: date | None

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
    def record_by_number(self) -> dict[str, Record]:
        """Records by number; of a repeated number the first by path and line."""
        return first_by_number(self.records)

    @cached_property
    def task_by_number(self) -> dict[str, TaskState]:
        """The task under which an entry is filed, by the entry's number."""
        return {event.number: task for task in self.tasks for event in task.filed}

    def known_records(self) -> list[Record]:
        """The records dated by ``as_of`` and recorded by ``known_by``, in the order of entries."""
        return in_order(known(self.record_by_number.values(), self.as_of, self.known_by))

    @cached_property
    def corrections(self) -> dict[str, Corrected]:
        """What every 更正 that counts as of the day did, by its number."""
        return corrections_made(self.known_records(), self.unit_name)

    @cached_property
    def _corrected(self) -> dict[str, Entry | None]:
        return {made.before.number: made.after for made in self.corrections.values()}

    def said(self, number: str) -> Entry | None:
        """What an entry says as of the day, 更正 applied; None for one that was withdrawn or is not there."""
        if number in self._corrected:
            return self._corrected[number]
        record = self.record_by_number.get(number)
        return record.entry if record else None

    def unit_name(self, word: str) -> str:
        """A unit's present full name from any of its names; an unknown word stands for itself."""
        unit = self.units.unit_named(word)
        return unit.name if unit else word

    def recorder_of(self, number: str) -> str:
        """The present full name of the unit that recorded an entry."""
        return self.unit_name(self.record_by_number[number].recorder)

    def unit_about(self, record: Record) -> str:
        """The present full name of the unit that a record is about: the one it names, else the one that recorded it."""
        return self.unit_name(record.entry.unit or record.recorder)

    def where(self, keep: Callable[[TaskState], bool]) -> tuple[TaskState, ...]:
        """The tasks that satisfy a condition, in the plan's order."""
        return tuple(task for task in self.tasks if keep(task))


def known(records: Iterable[Record], as_of: date, known_by: date) -> Iterator[Record]:
    """The records dated by a day and recorded by another."""
    return (r for r in records if is_known(r.entry, as_of, known_by))


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records in the order of entries: by date and number."""
    return sorted(records, key=lambda r: (r.entry.date, r.entry.number))
