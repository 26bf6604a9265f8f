"""``state(book, as_of)``: the snapshot of a plan as of a day, computed from the whole book."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from zhenggai.model.book import Book
from zhenggai.model.event_of_entry import Event, event_of
from zhenggai.model.numbers import is_known
from zhenggai.model.source import Diagnostic
from zhenggai.model.units import UnitBook
from zhenggai.progress import watched
from zhenggai.rules.day.day_status import StatusReckoner
from zhenggai.rules.day.snapshot import Aside, Snapshot, SnapshotTask
from zhenggai.rules.plan.phases import phase_windows
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.address import WHOLE
from zhenggai.rules.task.copied_files import copied_files
from zhenggai.rules.task.entry_assignment import file_events, known, misplaced, repeated_number, where
from zhenggai.rules.task.fold import Folded, Refusal, fold
from zhenggai.rules.task.life import State
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_history import tasks_with_past
from zhenggai.rules.task.task_row import row_of
from zhenggai.rules.task.task_state import TaskState
from zhenggai.rules.task.tasks import held_by
from zhenggai.rules.task.transitions import RULES


class FoldedTask(SnapshotTask):
    """A task of a snapshot with its fold in memory."""

    __slots__ = ("_filed", "_folded", "_task")

    def __init__(self, task: Task, folded: Folded, filed: Sequence[Event], reckoner: StatusReckoner) -> None:
        row = row_of(task, folded.head, folded.explained)
        status = reckoner.status(row)
        super().__init__(task.key.measure, task.key.unit, task.holder, task.problem, row, status)
        self._task, self._folded, self._filed = task, folded, filed

    @property
    def task(self) -> Task:
        return self._task

    @property
    def head(self) -> TaskState:
        return self._folded.head

    @property
    def filed(self) -> Sequence[Event]:
        return self._filed

    @property
    def events(self) -> Sequence[Event]:
        return self._folded.taken

    @property
    def trail(self) -> Sequence[tuple[int, State]]:
        return self._folded.trail


def folded(task: Task, filed: Collection[Event], as_of: date, known_by: date, units: UnitBook) -> tuple[Task, Folded]:
    """A task as of a day: the task with its holder on that day, and its fold."""
    found = fold(task, filed, as_of, known_by, unit_of=units.recorder)
    return held_by(task, found.head, units), found


def stood(
    task: Task, filed: Sequence[Event], reckoner: StatusReckoner, units: UnitBook, known_by: date
) -> tuple[SnapshotTask, Sequence[Refusal]]:
    """A task on the reckoner's day, and the entries that its state does not allow."""
    held, found = folded(task, filed, reckoner.as_of, known_by, units)
    return FoldedTask(held, found, filed, reckoner), found.refusals


def aside_of(of_units: Iterable[Event], loose: Sequence[Event], misplaced: Iterable[Diagnostic]) -> Aside:
    """The entries about no task, all as known on a day; without the misplaced ones among those about whole units."""
    ignored = {diagnostic.source for diagnostic in misplaced}
    return Aside([event for event in of_units if where(event) not in ignored], loose)


def state(book: Book, as_of: date, known_by: date = date.max) -> Snapshot:
    """The snapshot of a plan as of ``as_of``, from what was recorded by ``known_by``.

    A pure function of its arguments. The order of the files does not matter.
    """
    plan = plan_at(book.plan, as_of, known_by)
    tasks, gone = tasks_with_past(book.plan, book.units, as_of, known_by)
    filing = file_events(book.events, book.plan, book.units)

    def filed(task: Task) -> Sequence[Event]:
        return filing.events.get(task.key, ())

    def task_on(task: Task, reckoner: StatusReckoner) -> tuple[SnapshotTask, Sequence[Refusal]]:
        return stood(task, filed(task), reckoner, book.units, known_by)

    today = StatusReckoner(as_of, plan.rules)
    found = [task_on(task, today) for task in watched(tasks, "推算任务")]
    of_units = known(filing.events.get(WHOLE, ()), as_of, known_by)
    loose = known(filing.loose, as_of, known_by)
    wrong = tuple(misplaced(of_units, lambda number: _known_event(book, number, as_of, known_by)))
    diagnostics = (
        *(repeated_number(event, place) for event, place in filing.repeated if event.path not in book.copies),
        *copied_files(book),
        *filing.diagnostics,
        *(refused(refusal) for _, refusals in found for refusal in refusals),
        *(p for until, task in gone for p in behind(task, until, known(filed(task), as_of, known_by))),
        *wrong,
    )
    return Snapshot(
        plan=plan,
        as_of=as_of,
        known_by=known_by,
        windows=phase_windows(plan),
        tasks=tuple(task for task, _ in found),
        gone=tuple(task_on(task, StatusReckoner(until - timedelta(days=1), plan.rules))[0] for until, task in gone),
        diagnostics=tuple(sorted(diagnostics, key=lambda p: p.source)),
        last_entry=max((event.date for event in book.events if is_known(event, as_of, known_by)), default=None),
        got_aside=lambda: aside_of(of_units, loose, wrong),
        got_archive=lambda: book,
        address_of=filing.addresses.get,
    )


def _known_event(book: Book, number: str, as_of: date, known_by: date) -> Event | None:
    record = book.record(number)
    if record is None or not is_known(record.entry, as_of, known_by):
        return None
    return event_of(record.entry, record.source.path, record.source.line, record.offset)


def refused(refusal: Refusal) -> Diagnostic:
    """The diagnostic of an entry that the task's state does not allow."""
    return Diagnostic(where(refusal.event), "状态", refusal.what, refusal.remedy, refusal.level)


def behind(task: Task, until: date, filed: Iterable[Event]) -> Iterator[Diagnostic]:
    """The diagnostics of entries dated after their task's end. ``until`` is the first day after it."""
    for event in filed:
        if event.date >= until and not RULES[event.kind].after_end:
            what = f"{task.key.measure} 自 {until} 起已取消，或不再由{task.key.unit}负责，不能记“{event.kind}”"
            yield Diagnostic(where(event), "状态", what, "核对措施编号、单位和日期")
