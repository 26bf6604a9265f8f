"""The snapshot of a plan as of a day: all tasks with state and status, counts, diagnostics, entries as corrected by then."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.model.money import NO_MONEY
from zhenggai.model.numbers import is_known, recorded_on
from zhenggai.rules.day.counts import Counts, counts_of, total_of
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
    """Whether an event happened or was recorded between two days (inclusive)."""
    return since <= event.date <= until or since <= recorded_on(event.number) <= until


class SnapshotTask(ABC):
    """A task as of a day. ``row`` and ``status`` are at hand; task, state and events may be loaded at first use.

    ``measure`` and ``problem`` are numbers. ``given`` is the unit that the plan assigns, ``unit`` the one that is
    responsible now. Both are full names.
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
        """The task's address: measure number and assigned unit."""
        return Address(self.measure, self.given)

    @property
    def name(self) -> str:
        """The task's name for users: 3-2 县教育局."""
        return f"{self.measure} {self.unit}"

    @property
    @abstractmethod
    def task(self) -> Task:
        """The task as in force on the day."""

    @property
    @abstractmethod
    def head(self) -> TaskState:
        """The task's state after its entries."""

    @property
    @abstractmethod
    def filed(self) -> Sequence[Event]:
        """All events filed under the task, in order of path and line."""

    @property
    @abstractmethod
    def events(self) -> Sequence[Event]:
        """The events that count, in order of day and number, with corrections applied."""

    @property
    @abstractmethod
    def trail(self) -> Sequence[tuple[int, State]]:
        """The round and the state after each of ``events``."""

    def between(self, since: date, until: date) -> Sequence[Event]:
        """The ``events`` that happened or were recorded between two days (inclusive)."""
        return [event for event in self.events if is_of_days(event, since, until)]

    def event(self, number: str) -> Event:
        """The event with this number. It must be one of ``events``."""
        return next(event for event in self.events if event.number == number)

    @property
    def person(self) -> str | None:
        """The person who does the task: named in the unit's claim, else in the plan."""
        return self.row.person

    @property
    def due(self) -> date | None:
        """The present due date: the last day on time."""
        return None if self.row.due is None else date.fromordinal(self.row.due)

    @property
    def last_entry(self) -> date | None:
        """The date of the task's last entry."""
        return None if self.row.last_entry is None else date.fromordinal(self.row.last_entry)

    @property
    def next_review(self) -> date | None:
        """The day by which a long-term task must be assessed."""
        return None if self.row.next_review is None else date.fromordinal(self.row.next_review)

    @property
    def leader(self) -> str | None:
        """The leader who answers for the task: named in the unit's claim, else in the plan."""
        return self.head.leader or self.task.leader

    @property
    def leaders(self) -> tuple[str, ...]:
        """All who answer for the task as leaders: 责任领导, 分管领导, 第一责任人, as far as they are named."""
        named = (self.leader, self.task.leader_in_charge, self.task.first_responsible)
        return tuple(dict.fromkeys(filter(None, named)))


@frozen
class Aside:
    """The events known on a day that do not belong to a task, in order of day and number.

    ``of_units``: inspections and steps of the ladder that name a unit and no measure, and the replies to them. ``loose``:
    the registers' entries, and all 经验, even those that name a task.
    """

    of_units: Sequence[Event] = ()
    loose: Sequence[Event] = ()


def grouped(key: Callable[[SnapshotTask], K], tasks: Iterable[SnapshotTask]) -> dict[K, list[SnapshotTask]]:
    """Tasks grouped by a key, in the order of its first appearance."""
    found: dict[K, list[SnapshotTask]] = {}
    for task in tasks:
        found.setdefault(key(task), []).append(task)
    return found


@frozen(slots=False)
class Snapshot:
    """A plan as of the day ``as_of``, from what was recorded by ``known_by``. ``plan`` is the plan in force on that day.

    ``gone``: the tasks that ended by 取消 or 调整, or because a unit left its class, as of their last day. They are history
    and are not counted. ``address_of`` gives the address of the task under which an entry is filed, by the entry's number. ``only`` says
    which filters have left these tasks, "" for all; ``narrowed_from`` is the snapshot with all tasks, None if this is it.
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
    only: str = ""
    narrowed_from: Snapshot | None = None

    @cached_property
    def archive(self) -> Archive:
        """All entries as they are in the files."""
        return self.got_archive()

    @property
    def whole(self) -> Plan:
        """The plan as in its file, without adjustments applied."""
        return self.archive.plan

    @property
    def units(self) -> UnitBook:
        """The unit book."""
        return self.archive.units

    @cached_property
    def aside(self) -> Aside:
        """The events that do not belong to a task."""
        return self.got_aside()

    @property
    def open_phases(self) -> tuple[PhaseWindow, ...]:
        """The phases that contain the day."""
        return open_phases(self.windows, self.as_of)

    @cached_property
    def counts(self) -> Counts:
        """The counts of the whole plan, with problems and measures that have no tasks."""
        return total_of(self.counts_of_problems.values())

    @cached_property
    def counts_of_problems(self) -> dict[int, Counts]:
        """The counts of each problem, by its number: of its own tasks, of its measures with those that have no tasks, of itself.

        A task is counted under its own problem alone, so that the counts add up.
        """
        return {
            problem.number: counts_of(
                self.of_problem.get(problem.number, ()),
                answering=[self.answering.get(problem.number, ())],
                measures=len(problem.measures),
            )
            for problem in self.plan.problems
        }

    @cached_property
    def has_money(self) -> bool:
        """Whether the plan gives a 问题金额, or a task reported money. Few plans have it, so that reports import on use."""
        return (
            any(problem.amount for problem in self.plan.problems)
            or any(m.amount or any(share.amount for share in m.shares) for _, m in self.plan.measures())
            or any(task.row.money != NO_MONEY for task in (*self.tasks, *self.gone))
        )

    @cached_property
    def of_problem(self) -> dict[int, list[SnapshotTask]]:
        """The tasks of each problem that has any, by its number. These are its own, under which it counts."""
        return grouped(attrgetter("problem"), self.tasks)

    @cached_property
    def answering(self) -> dict[int, list[SnapshotTask]]:
        """The tasks that answer each problem that has any, by its number: its own, and those of its shared measures (同措施).

        By them it is completed, overdue, red.
        """
        found = dict(self.of_problem)
        for problem in self.plan.problems:
            if problem.shared_measures:
                found[problem.number] = [
                    task for number in problem.answered_by for task in self.of_measure.get(number, ())
                ]
        return found

    @cached_property
    def of_measure(self) -> dict[str, list[SnapshotTask]]:
        """The tasks of each measure that has any, by its number."""
        return grouped(attrgetter("measure"), self.tasks)

    @cached_property
    def _task_at(self) -> dict[Address, SnapshotTask]:
        return {task.key: task for task in self.tasks}

    def assessor(self, task: SnapshotTask) -> str:
        """The unit that assesses a task (长期评估). After a merger it is the successor, also of the unit that closed the task."""
        if task.row.state is not State.CLOSED or task.row.next_review is None:
            return task.unit
        return self.units.carrier(task.unit, self.as_of)

    def task_of(self, number: str) -> SnapshotTask | None:
        """The task under which an entry is filed, by the entry's number."""
        address = self.address_of(number)
        return None if address is None else self._task_at.get(address)

    def knows(self, record: Record) -> bool:
        """Whether an entry is dated by ``as_of`` and recorded by ``known_by``."""
        return is_known(record.entry, self.as_of, self.known_by)

    @cached_property
    def _corrections(self) -> dict[str, dict[str, Corrected]]:
        return {}

    def _made(self, number: str) -> dict[str, Corrected]:
        """The effects of the 更正 of an entry that count as of the day, by the 更正's number, in order of day and number."""
        if number not in self._corrections:
            from zhenggai.rules.task.corrections import corrections_made  # imported here: few commands read entries

            answers = [r for r in self.archive.naming(number) if r.entry.kind is Kind.CORRECTION and self.knows(r)]
            original = self.archive.record(number) if answers else None
            if original and not self.knows(original):  # a withdrawal may be dated before the entry
                answers = [r for r in answers if getattr(r.entry, "void", False)]
            records = [original, *answers] if original else []
            records.sort(key=lambda r: (r.entry.date, r.entry.number))
            self._corrections[number] = corrections_made(records, self.unit_name)
        return self._corrections[number]

    def correction(self, number: str) -> Corrected | None:
        """The effect of the 更正 with this number. None if it does not count, or is not a 更正."""
        record = self.archive.record(number)
        ref = getattr(record.entry, "ref", None) if record and record.entry.kind is Kind.CORRECTION else None
        return self._made(ref).get(number) if ref else None

    def said(self, number: str) -> Entry | None:
        """The entry with this number as of the day, with corrections applied. None if it is withdrawn or missing."""
        record = self.archive.record(number)
        return self.wording(record) if record else None

    def wording(self, record: Record) -> Entry | None:
        """The entry of a record as of the day, with corrections applied. None if it is withdrawn."""
        made = list(self._made(record.entry.number).values())
        return made[-1].after if made else record.entry

    def unit_name(self, word: str) -> str:
        """The present full name of a unit, from any of its names. An unknown word is returned unchanged."""
        return self.units.full_name(word)

    def recorder_of(self, number: str) -> str:
        """The present full name of the unit that recorded an entry."""
        record = self.archive.record(number)
        return self.unit_name(record.recorder) if record else ""

    def unit_about(self, event: Event) -> str:
        """The present full name of the unit that an event is about: the one it names, else its recorder."""
        return self.unit_name(event.unit) if event.unit else self.units.recorder(event.path)

    def where(self, keep: Callable[[SnapshotTask], bool]) -> tuple[SnapshotTask, ...]:
        """The tasks that satisfy a condition, in the plan's order."""
        return tuple(task for task in self.tasks if keep(task))
