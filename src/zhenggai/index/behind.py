"""The details behind the rows of a snapshot: tasks, TaskStates, events. Each is read when it is needed."""

from collections.abc import Sequence
from datetime import date

from zhenggai.index.catalogue import BESIDE, REPEATED, Catalogue
from zhenggai.index.events import events_from
from zhenggai.index.finder import EntryFinder
from zhenggai.index.rebuild import Tasks, made_of, misplaced_of
from zhenggai.index.rows import Made, Rows
from zhenggai.index.task_codec import head_from
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import is_known
from zhenggai.rules.day.snapshot import Aside, is_of_days
from zhenggai.rules.day.state import aside_of
from zhenggai.rules.task.address import LOOSE_KINDS, WHOLE, Address
from zhenggai.rules.task.entry_assignment import known
from zhenggai.rules.task.fold import Folded, fold
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState


class Behind:
    """The details behind the rows of one snapshot. ``nth`` counts the tasks in force, then the tasks given up."""

    def __init__(self, catalogue: Catalogue, rows: Rows, tasks: Tasks, finder: EntryFinder, known_by: date) -> None:
        self.catalogue, self.rows, self.finder, self.known_by = catalogue, rows, finder, known_by
        self._tasks = tasks
        self._filed: dict[Address, Sequence[Event]] = {}
        self._between: dict[tuple[date, date], dict[Address, list[Event]]] = {}

    def address_of(self, number: str) -> Address | None:
        """The address of an entry; None for an unknown number."""
        found = self.finder.find(number)
        return found[1] if found else None

    def task(self, unit: str, nth: int) -> Task:
        """The ``nth`` task of a unit."""
        tasks = self._tasks.of(unit)
        here = len(tasks.tasks)
        return tasks.tasks[nth][1] if nth < here else tasks.gone[nth - here][2]

    def _made(self, unit: str) -> Made:
        """All values of a unit, newly made from its events."""
        events = self.catalogue.events(unit)
        return made_of(self.catalogue.books.units, unit, self._tasks.of(unit), events, self.rows.as_of, self.known_by)

    def head(self, unit: str, nth: int) -> TaskState:
        """The TaskState of the ``nth`` task of a unit."""
        return head_from(self.rows.part(unit, nth, "heads", self._made))

    def filed(self, key: Address) -> Sequence[Event]:
        """All events filed under a task, of any day."""
        if key not in self._filed:
            self._filed[key] = self.catalogue.events(key.unit, key.measure).get(key.measure, ())
            self.finder.remember({key: self._filed[key]})
        return self._filed[key]

    def folded(self, task: Task, filed: Sequence[Event], as_of: date) -> Folded:
        """The fold of a task and its events, as of a day."""
        return fold(task, filed, as_of, self.known_by, unit_of=self.catalogue.books.units.recorder)

    def between(self, key: Address, nth: int, as_of: date, days: tuple[date, date]) -> Sequence[Event]:
        """The accepted entries of a task whose date or recording day is in ``days`` (first, last), with corrections applied."""
        if days not in self._between:
            until = max(days[1], self.rows.as_of)  # an entry may be recorded before its date
            self._between[days] = found = self.catalogue.between(days[0], until)
            self.finder.remember(found)
        events = self._between[days].get(key, ())
        if not events:
            return ()
        altered = self.rows.part(key.unit, nth, "altered", self._made)
        taken: list[Event] = []
        for event in sorted(events):
            if (
                event.kind is Kind.CORRECTION
                or not is_of_days(event, *days)
                or not is_known(event, as_of, self.known_by)
            ):
                continue
            if event.number not in altered:
                taken.append(event)
            elif now := altered[event.number]:
                taken += events_from([now[1]], now[0])
        return taken

    def aside(self) -> Aside:
        """The entries about no task, as known on the day."""
        filed, as_of, known_by = self.catalogue.events(BESIDE), self.rows.as_of, self.known_by
        of_units = known(filed.get(WHOLE.unit, ()), as_of, known_by)
        loose = (e for what, events in filed.items() if what != REPEATED for e in events if e.kind in LOOSE_KINDS)
        return aside_of(of_units, known(loose, as_of, known_by), misplaced_of(filed, as_of, known_by))
