"""``state(book, as_of)``: every task with its Head and standing, the counts, and what in the data did not fit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property

from zhenggai.frozen import frozen
from zhenggai.model.book import Book, Record, first_by_number
from zhenggai.model.entries import Entry
from zhenggai.model.numbers import recorded_on
from zhenggai.model.plan import Plan
from zhenggai.model.source import Problem, Source
from zhenggai.model.units import UnitBook
from zhenggai.rules.corrections import Corrected, corrections_made
from zhenggai.rules.filing import file_records
from zhenggai.rules.fold import fold
from zhenggai.rules.head import Event, Head
from zhenggai.rules.in_force import plan_at
from zhenggai.rules.phases import PhaseWindow, open_phases, phase_windows
from zhenggai.rules.standing import Group, Standing, at
from zhenggai.rules.tasks import Task, tasks_of
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
    def unit(self) -> str:
        """The unit that carries the task now."""
        return self.task.holder

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


@dataclass(frozen=True)
class Picture:
    """Where a plan stands as of a day, as known by another. ``plan`` is the plan in force."""

    plan: Plan
    units: UnitBook
    as_of: date
    known_by: date
    windows: tuple[PhaseWindow, ...]
    tasks: tuple[TaskState, ...]
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

    def known_records(self) -> list[Record]:
        """The records dated by ``as_of`` and recorded by ``known_by``, in the order of entries."""
        return _known(self.record_by_number.values(), self.as_of, self.known_by)

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

    def where(self, keep: Callable[[TaskState], bool]) -> tuple[TaskState, ...]:
        """The tasks that satisfy a condition, in the plan's order."""
        return tuple(task for task in self.tasks if keep(task))


def state(book: Book, as_of: date, known_by: date = date.max) -> Picture:
    """The state of every task as of a day. Pure: it depends on nothing but its arguments, nor on the files' order."""
    plan = plan_at(book.plan, as_of, known_by)
    tasks = tasks_of(plan, book.units, as_of)
    filing = file_records(book, tasks, as_of, known_by)
    problems: list[Problem] = list(filing.problems)
    found: list[TaskState] = []
    for task in tasks:
        filed = filing.events.get(task.key, ())
        folded = fold(task, filed, as_of, known_by)
        standing = at(task, folded.head, as_of, plan.rules)
        held = _held(task, folded.head, book.units)
        found.append(TaskState(held, folded.head, standing, folded.taken, folded.trail, filed))
        for refusal in folded.refusals:
            source = _source_of(book, refusal.number)
            problems.append(Problem(source, "状态", refusal.what, refusal.remedy))
    return Picture(
        plan=plan,
        units=book.units,
        as_of=as_of,
        known_by=known_by,
        windows=phase_windows(plan),
        tasks=tuple(found),
        problems=tuple(sorted(problems, key=lambda p: p.source)),
        records=book.records,
        of_units=tuple(_known(filing.of_units, as_of, known_by)),
        last_entry=max(
            (
                r.entry.date
                for r in book.records
                if r.entry.date <= as_of and (known_by == date.max or recorded_on(r.entry.number) <= known_by)
            ),
            default=None,
        ),
    )


def _held(task: Task, head: Head, units: UnitBook) -> Task:
    """The task with its unit now: what was closed before a merger stays with the unit that closed it."""
    if head.closed is None or task.holder == task.key.unit:
        return task
    return replace(task, holder=units.successor(units.by_name[task.key.unit], head.closed).name)


def _known(records: Iterable[Record], as_of: date, known_by: date) -> list[Record]:
    known = (r for r in records if r.entry.date <= as_of and recorded_on(r.entry.number) <= known_by)
    return sorted(known, key=lambda r: (r.entry.date, r.entry.number))


def _source_of(book: Book, number: str) -> Source:
    return book.by_number[number].source


def silent_units(tasks: Sequence[TaskState], start: date, end: date) -> tuple[str, ...]:
    """Units with open tasks that recorded nothing of their own from start to end, both counted."""
    open_units = {t.unit for t in tasks if not t.head.is_complete and (t.head.round_start or date.min) <= start}
    spoke = {t.unit for t in tasks if any(start <= day <= end for day in t.head.entry_days)}
    return tuple(dict.fromkeys(t.unit for t in tasks if t.unit in open_units - spoke))
