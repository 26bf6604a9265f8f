"""Makes the rows of units by folding their tasks, and makes the tasks of units from the books."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter

from zhenggai.index.catalogue import BESIDE, REPEATED, Catalogue, Filed
from zhenggai.index.codec import Plain, line_of, plain_diagnostics, value_in
from zhenggai.index.events import event_line
from zhenggai.index.rows import Made, Roll, UnitRows, columns_of, rolls_key
from zhenggai.index.task_codec import UnitTasks, plain_head, tasks_digest, tasks_from, tasks_line
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import is_known
from zhenggai.model.source import Diagnostic
from zhenggai.model.units import UnitBook
from zhenggai.progress import watched
from zhenggai.rules.day.state import behind, folded, refused
from zhenggai.rules.task.address import WHOLE
from zhenggai.rules.task.entry_assignment import known, misplaced
from zhenggai.rules.task.fold import Folded
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_history import tasks_with_past
from zhenggai.rules.task.task_row import TaskRow, row_of

_DAY = timedelta(days=1)
_NONE: Mapping[str, UnitTasks] = {}


# --- the tasks of a day


def made_rolls(catalogue: Catalogue, as_of: date, known_by: date) -> tuple[dict[str, Roll], "Tasks"]:
    """Make the rolls and the tasks of all units from the books. They are kept only if ``known_by`` is ``date.max``."""
    rolls: dict[str, Roll] = {}
    found = tasks_of_units(catalogue, as_of, known_by)
    store = catalogue.store
    measures: dict[int, str] = {}
    for unit, tasks in found.items():
        line = tasks_line(tasks, measures)
        digest = tasks_digest(line)
        rolls[unit] = Roll(digest, [place for place, _ in tasks.tasks], [place for place, *_ in tasks.gone])
        if known_by == date.max:
            store.put(f"{digest}.tasks", line)
    if known_by == date.max:
        store.put(rolls_key(catalogue, as_of), line_of(rolls))
    return rolls, Tasks(catalogue, rolls, (as_of, known_by), found)


def tasks_of_units(catalogue: Catalogue, as_of: date, known_by: date = date.max) -> dict[str, UnitTasks]:
    """Unit → its tasks as of ``as_of``, as known on ``known_by``; without units that have no task."""
    tasks, gone = tasks_with_past(catalogue.books.plan, catalogue.books.units, as_of, known_by)
    found: dict[str, tuple[list[tuple[int, Task]], list[tuple[int, date, Task]]]] = {}
    for place, task in enumerate(tasks):
        found.setdefault(task.key.unit, ([], []))[0].append((place, task))
    for place, (since, task) in enumerate(gone):
        found.setdefault(task.key.unit, ([], []))[1].append((place, since, task))
    return {unit: UnitTasks(*some) for unit, some in found.items()}


class Tasks:
    """The tasks of units as of a day: kept ones from the store, missing ones made from the books.

    ``days`` are ``as_of`` and ``known_by``. ``found`` are tasks that are known already.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        rolls: Mapping[str, Roll],
        days: tuple[date, date],
        found: Mapping[str, UnitTasks] = _NONE,
    ) -> None:
        self._catalogue, self._rolls, self._days = catalogue, rolls, days
        self._found = dict(found)

    def take(self, units: Sequence[str]) -> None:
        """Read the tasks of some units with one query; if any are missing, make the tasks of all units."""
        wanted = {u: self._rolls[u] for u in units if u in self._rolls and u not in self._found}
        kept = self._catalogue.store.get_all([f"{roll.digest}.tasks" for roll in wanted.values()])
        if any(f"{roll.digest}.tasks" not in kept for roll in wanted.values()):
            self._found |= tasks_of_units(self._catalogue, *self._days)
            return
        for unit, roll in wanted.items():
            self._found[unit] = tasks_from(kept[f"{roll.digest}.tasks"], roll.places, roll.gone)

    def of(self, unit: str) -> UnitTasks:
        """The tasks of a unit."""
        if unit not in self._found:
            self.take([unit])
        return self._found.get(unit, UnitTasks())


# --- rows


def made_of(units: UnitBook, unit: str, tasks: UnitTasks, filed: Filed, as_of: date, known_by: date = date.max) -> Made:
    """Fold the tasks of a unit as of ``as_of``, from events recorded until ``known_by``. ``filed`` are the unit's events."""
    folder = _Folder(units, filed, known_by)
    here = [folder.folded(task, as_of) for _, task in tasks.tasks]
    for (_, task), stood in zip(tasks.tasks, here, strict=True):
        folder.say(task.key.measure, map(refused, stood.folded.refusals))
    gone = [folder.folded(task, since - _DAY) for _, since, task in tasks.gone]
    for _, since, task in tasks.gone:
        folder.say(task.key.measure, behind(task, since, known(filed.get(task.key.measure, ()), as_of, known_by)))
    if unit == BESIDE:
        folder.say("", misplaced_of(filed, as_of, known_by))
    all_stood = [*here, *gone]
    rows = UnitRows(
        latest=_latest(filed, as_of, known_by),
        measures=[task.key.measure for _, task in tasks.tasks],
        problems=[task.problem for _, task in tasks.tasks],
        rows=columns_of([s.row for s in here]),
        holders=[(nth, s.holder) for nth, s in enumerate(all_stood) if s.holder != unit],
        gone_measures=[task.key.measure for *_, task in tasks.gone],
        gone_problems=[task.problem for *_, task in tasks.gone],
        gone_rows=columns_of([s.row for s in gone]),
        gone_since=[since.toordinal() for _, since, _ in tasks.gone],
        diagnostics=folder.diagnostics,
    )
    return Made(rows, [plain_head(s.folded.head) for s in all_stood], [s.altered for s in all_stood])


def _latest(filed: Filed, as_of: date, known_by: date) -> int:
    events = [event for found in filed.values() for event in found]
    last = max(map(itemgetter(0), events), default=None)
    if last is not None and (last > as_of or known_by != date.max):
        last = max((event.date for event in events if is_known(event, as_of, known_by)), default=None)
    return last.toordinal() if last else 0


class _Stood:
    """The result of folding one task; ``altered`` is described in ``Made``."""

    def __init__(self, row: TaskRow, holder: str, folded: Folded, altered: Plain) -> None:
        self.row, self.holder, self.folded, self.altered = row, holder, folded, altered


class _Folder:
    """Folds the tasks of one unit and collects diagnostics by measure."""

    def __init__(self, units: UnitBook, filed: Filed, known_by: date) -> None:
        self.units, self.filed, self.known_by = units, filed, known_by
        self.diagnostics: dict[str, Plain] = {}

    def folded(self, task: Task, as_of: date) -> _Stood:
        """Fold a task as of a day."""
        events = self.filed.get(task.key.measure, ())
        held, found = folded(task, events, as_of, self.known_by, self.units)
        row = row_of(held, found.head, found.explained)
        return _Stood(row, held.holder, found, altered_of(events, found, as_of, self.known_by))

    def say(self, measure: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Add diagnostics of entries about a measure."""
        if plain := plain_diagnostics(diagnostics):
            self.diagnostics.setdefault(measure, []).extend(plain)


def altered_of(events: Sequence[Event], folded: Folded, as_of: date, known_by: date) -> Plain:
    """The entries of a task that were corrected or not accepted (``Made.altered``)."""
    taken = {event.number: event for event in folded.taken}
    found: dict[str, Plain] = {}
    for event in events:
        now = taken.get(event.number)
        if now is not event and event.kind is not Kind.CORRECTION and is_known(event, as_of, known_by):
            found[event.number] = None if now is None else [now.path, value_in(event_line(now))]
    return found


def misplaced_of(filed: Filed, as_of: date, known_by: date) -> Iterator[Diagnostic]:
    """The diagnostics of entries about whole units, as of a day; ``filed`` are the events under ``BESIDE``."""
    events = {e.number: e for what, some in filed.items() if what != REPEATED for e in some}

    def known_event(number: str) -> Event | None:
        event = events.get(number)
        return event if event and is_known(event, as_of, known_by) else None

    return misplaced(known(filed.get(WHOLE.unit, ()), as_of, known_by), known_event)


def made_rows(
    catalogue: Catalogue,
    tasks_of: Callable[[str], UnitTasks],
    units: Sequence[str],
    as_of: date,
    known_by: date = date.max,
) -> dict[str, Made]:
    """Unit → the result of folding its tasks, for some units."""
    catalogue.shares(units)
    book = catalogue.books.units
    return {
        unit: made_of(book, unit, tasks_of(unit), catalogue.events(unit), as_of, known_by)
        for unit in watched(units, "推算任务")
    }
