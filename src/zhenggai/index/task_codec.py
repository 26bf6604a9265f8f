"""Converts tasks and TaskStates (heads) to kept values and back. Lists do not need them; only details of a task do."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from zhenggai.frozen import types_of
from zhenggai.index.codec import Plain, from_plain, line_of, reader_of, to_plain, value_in
from zhenggai.index.keys import digest_of
from zhenggai.model.plan import Category, Measure
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.life import SORT_OF
from zhenggai.rules.task.task import Schedule, Task
from zhenggai.rules.task.task_state import TaskState

_NEW = TaskState()
_HEAD = types_of(TaskState)
_DECLARED = {
    name: hint
    for name, hint in types_of(Task).items()
    if name not in ("key", "measure", "category", "sort", "schedule", "earlier")
}


_READERS = [(name, reader_of(hint)) for name, hint in _DECLARED.items()]
_read_schedule = reader_of(Schedule)
_HEAD_READERS = {name: reader_of(hint) for name, hint in _HEAD.items()}


def plain_head(head: TaskState) -> Plain:
    """A TaskState as plain value: name of a field → value, without fields that have their default."""
    given = ((name, getattr(head, name)) for name in _HEAD)
    return {name: to_plain(value) for name, value in given if value != getattr(_NEW, name)}


def head_from(plain: Mapping[str, Plain]) -> TaskState:
    """The TaskState of ``plain_head``."""
    values: dict[str, Any] = {name: _HEAD_READERS[name](value) for name, value in plain.items()}
    return TaskState(**values)


class UnitTasks(NamedTuple):
    """The tasks of a unit.

    - ``tasks``: the tasks in force: pairs (position among all tasks in force, task);
    - ``gone``: the tasks given up: position among all of them, first day on which the task no longer held, task.
    """

    tasks: Sequence[tuple[int, Task]] = ()
    gone: Sequence[tuple[int, date, Task]] = ()


def tasks_line(unit: UnitTasks, known: dict[int, str]) -> bytes:
    """The tasks of a unit as a line, without their positions: a measure added elsewhere in the plan does not change the line.

    ``known`` is a cache: ``id`` of a measure → the measure as a line. All tasks of a measure share one object.
    """
    measures: list[Measure] = []
    tasks = [_plain(task, measures) for _, task in unit.tasks]
    gone = [[since.toordinal(), _plain(task, measures)] for _, since, task in unit.gone]
    for measure in measures:
        if id(measure) not in known:
            known[id(measure)] = line_of(to_plain(measure)).decode()
    return line_of({"measures": [known[id(measure)] for measure in measures], "tasks": tasks, "gone": gone})


def tasks_digest(line: bytes) -> str:
    """The digest of a unit's tasks."""
    return digest_of([line])


def _plain(task: Task, measures: list[Measure]) -> Plain:
    if task.measure not in measures:
        measures.append(task.measure)
    plain = {name: to_plain(getattr(task, name)) for name in _DECLARED}
    earlier = [[until.toordinal(), _plain(before, measures)] for until, before in task.earlier]
    return plain | {
        "unit": task.key.unit,
        "measure": measures.index(task.measure),
        "category": task.category,
        "schedule": to_plain(task.schedule),
        "earlier": earlier,
    }


def tasks_from(line: bytes, places: Sequence[int], gone: Sequence[int]) -> UnitTasks:
    """The tasks of ``tasks_line``, with their positions."""
    plain = value_in(line)
    measures = [_measure(text) for text in plain["measures"]]
    return UnitTasks(
        [(place, _task(task, measures)) for place, task in zip(places, plain["tasks"], strict=True)],
        [
            (place, date.fromordinal(since), _task(task, measures))
            for place, (since, task) in zip(gone, plain["gone"], strict=True)
        ],
    )


@lru_cache(maxsize=4096)
def _measure(text: str) -> Measure:
    """The measure of a line. The cache lets all tasks of a measure share one object."""
    return from_plain(Measure, value_in(text.encode()))


def _task(plain: Mapping[str, Plain], measures: Sequence[Measure]) -> Task:
    measure, category = measures[plain["measure"]], Category(plain["category"])
    declared: dict[str, Any] = {name: read(plain[name]) for name, read in _READERS}
    return Task(
        key=Address(measure.number, plain["unit"]),
        measure=measure,
        category=category,
        sort=SORT_OF[category],
        schedule=_read_schedule(plain["schedule"]),
        earlier=tuple((date.fromordinal(until), _task(before, measures)) for until, before in plain["earlier"]),
        **declared,
    )
