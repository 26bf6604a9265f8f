"""``state(book, as_of)``: the picture of a plan on a day, and what in the data did not fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from zhenggai.model.book import Book
from zhenggai.model.entries import Kind
from zhenggai.model.numbers import is_known
from zhenggai.model.source import Problem
from zhenggai.model.units import UnitBook
from zhenggai.rules.filing import file_records, misplaced
from zhenggai.rules.fold import Refusal, fold
from zhenggai.rules.head import Event, Head
from zhenggai.rules.in_force import plan_at
from zhenggai.rules.phases import phase_windows
from zhenggai.rules.picture import Picture, TaskState, in_order, known
from zhenggai.rules.standing import at
from zhenggai.rules.tasks import Task
from zhenggai.rules.versions import tasks_with_past


def state(book: Book, as_of: date, known_by: date = date.max) -> Picture:
    """The state of every task as of a day. Pure: it depends on nothing but its arguments, nor on the files' order."""
    plan = plan_at(book.plan, as_of, known_by)
    tasks, gone = tasks_with_past(book.plan, book.units, as_of, known_by)
    filing = file_records(book, (*tasks, *(task for _, task in gone)))

    def stood(task: Task, day: date) -> tuple[TaskState, Sequence[Refusal]]:
        filed = filing.events.get(task.key, ())
        folded = fold(task, filed, day, known_by)
        standing = at(task, folded.head, day, plan.rules)
        held = _held(task, folded.head, book.units)
        return TaskState(held, folded.head, standing, folded.taken, folded.trail, filed), folded.refusals

    found = [stood(task, as_of) for task in tasks]
    refusals = (refusal for _, refused in found for refusal in refused)
    of_units = in_order(known(filing.of_units, as_of, known_by))
    wrong = tuple(misplaced(of_units, known(book.by_number.values(), as_of, known_by)))
    ignored = {problem.source for problem in wrong}
    problems = (
        *filing.problems,
        *(Problem(book.by_number[r.number].source, "状态", r.what, r.remedy, r.level) for r in refusals),
        *(
            p
            for until, task in gone
            for p in _behind(book, task, until, filing.events.get(task.key, ()), as_of, known_by)
        ),
        *wrong,
    )
    return Picture(
        plan=plan,
        whole=book.plan,
        units=book.units,
        as_of=as_of,
        known_by=known_by,
        windows=phase_windows(plan),
        tasks=tuple(task for task, _ in found),
        gone=tuple(stood(task, until - timedelta(days=1))[0] for until, task in gone),
        problems=tuple(sorted(problems, key=lambda p: p.source)),
        records=book.records,
        of_units=tuple(record for record in of_units if record.source not in ignored),
        last_entry=max((r.entry.date for r in known(book.records, as_of, known_by)), default=None),
    )


_AFTER_ALL = frozenset({Kind.CORRECTION, Kind.REPLY, Kind.LESSON})
"""What may still be said of a task that was given up."""


def _behind(
    book: Book, task: Task, until: date, filed: Iterable[Event], as_of: date, known_by: date
) -> Iterator[Problem]:
    """The entries about a task that stand behind its end."""
    for event in filed:
        if event.date >= until and event.kind not in _AFTER_ALL and is_known(event, as_of, known_by):
            what = f"{task.key.measure} 自 {until} 起已取消，或不再由{task.key.unit}负责，不能记“{event.kind}”"
            yield Problem(book.by_number[event.number].source, "状态", what, "核对措施编号、单位和日期")


def _held(task: Task, head: Head, units: UnitBook) -> Task:
    """The task with its unit now: what was closed before a merger stays with the unit that closed it."""
    if head.closed is None or task.holder == task.key.unit:
        return task
    return replace(task, holder=units.successor(units.by_name[task.key.unit], head.closed).name)
