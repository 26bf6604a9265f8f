"""The course of a plan: its tasks on many days, from one fold of each task. A snapshot of each day would fold it anew."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from zhenggai.frozen import frozen
from zhenggai.model.event_of_entry import Event
from zhenggai.model.plan import Plan
from zhenggai.model.units import UnitBook
from zhenggai.progress import watched
from zhenggai.rules.day.day_status import DayStatus, StatusReckoner
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.fold import Folded, fold
from zhenggai.rules.task.life import State
from zhenggai.rules.task.stretches import Stretch, stretches
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_history import Run, Spell, tasks_on
from zhenggai.rules.task.task_state import TaskState

EventsOf = Callable[[str], Mapping[str, Sequence[Event]]]
"""From the full name of a unit to the events filed under its tasks, by the number of the measure, in order of path and line."""


class Stood(NamedTuple):
    """The tasks on a day: those in force, in the plan's order, and those given up before, as of their last day."""

    day: date
    tasks: tuple[SnapshotTask, ...]
    gone: tuple[SnapshotTask, ...]


@frozen(slots=False)
class Course:
    """A plan on some days, in order, from what was recorded by ``known_by``. ``plan`` is the plan as in its file."""

    plan: Plan
    units: UnitBook
    days: Sequence[date]
    known_by: date
    events_of: EventsOf

    def tasks(self) -> Iterator[Stood]:
        """Each day with its tasks. They are those of that day's snapshot."""
        lives = {spell: _daily(list(found)) for spell, found in self.folded()}
        for run in self.runs:
            gone = tuple(self.given_up(since, task) for since, task in run.gone)
            for day in run.days:
                status = StatusReckoner(day, self.plan.rules).status
                stood = (next(lives[spell]) for spell in run.spells)
                tasks = tuple(CourseTask(self, day, stretch, status(stretch.row)) for stretch in stood)
                yield Stood(day, tasks, gone)

    @cached_property
    def runs(self) -> Sequence[Run]:
        """The days in runs that have the same tasks."""
        return tasks_on(self.plan, self.units, self.days, self.known_by) if self.days else []

    def folded(self) -> Iterator[tuple[Spell, Iterator[Stretch]]]:
        """Each spell with its stretches, unit by unit. Those of a spell are to be taken before the next one is asked for."""
        of_units: dict[str, dict[Spell, None]] = {}
        for run in self.runs:
            for spell in run.spells:
                of_units.setdefault(spell.task.key.unit, {})[spell] = None
        for unit, some in watched(of_units.items(), "推算任务"):
            filed = self.events_of(unit)
            for spell in some:
                events, days = filed.get(spell.task.key.measure, ()), self.days[spell.start : spell.end]
                yield spell, stretches(spell.task, events, days, self.known_by, self.units)

    def given_up(self, since: date, task: Task) -> SnapshotTask:
        """A task as of its last day, the eve of ``since``. It is folded once, however many days come after."""
        found = self._last_days.get((task.key, since))
        if found is None:
            eve, filed = since - timedelta(days=1), self._filed(task.key.unit).get(task.key.measure, ())
            (stretch,) = stretches(task, filed, [eve], self.known_by, self.units)
            found = CourseTask(self, eve, stretch, StatusReckoner(eve, self.plan.rules).status(stretch.row))
            self._last_days[task.key, since] = found
        return found

    @cached_property
    def _filed(self) -> EventsOf:
        """The events of the unit asked for last: a unit mostly has several tasks that were given up."""
        return lru_cache(maxsize=1)(self.events_of)

    @cached_property
    def _last_days(self) -> dict[tuple[Address, date], SnapshotTask]:
        return {}


def _daily(found: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretch of each day."""
    return (stretch for stretch in found for _ in stretch.days)


class CourseTask(SnapshotTask):
    """A task on a day of a course. Its state and its events are folded anew if they are asked for."""

    __slots__ = ("__dict__", "_as_of", "_course", "_stretch")

    def __init__(self, course: Course, as_of: date, stretch: Stretch, status: DayStatus) -> None:
        task = stretch.task
        super().__init__(task.key.measure, task.key.unit, task.holder, task.problem, stretch.row, status)
        self._course, self._as_of, self._stretch = course, as_of, stretch

    @property
    def task(self) -> Task:
        return self._stretch.task

    @property
    def leader(self) -> str | None:
        return self._stretch.leader

    @cached_property
    def filed(self) -> Sequence[Event]:
        return self._course.events_of(self.given).get(self.measure, ())

    @cached_property
    def _folded(self) -> Folded:
        of = self._course
        return fold(self.task, self.filed, self._as_of, of.known_by, unit_of=of.units.recorder)

    @property
    def head(self) -> TaskState:
        return self._folded.head

    @property
    def events(self) -> Sequence[Event]:
        return self._folded.taken

    @property
    def trail(self) -> Sequence[tuple[int, State]]:
        return self._folded.trail
