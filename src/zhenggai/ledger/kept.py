"""How what the rules make stands in the index: events, cells, heads, tasks and problems as plain values, and back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from zhenggai.deadline.recurrence import Recurrence
from zhenggai.ledger.plain import from_plain, reader_of, to_plain
from zhenggai.model.events import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.plan import Category, Measure
from zhenggai.model.source import Level, Problem, Source
from zhenggai.rules.cell import Cell, Rhythm
from zhenggai.rules.head import Duty, Head
from zhenggai.rules.task import Address, Schedule, Task
from zhenggai.rules.transitions import SORT_OF, Sort, State

Plain = Any
"""What JSON can say."""

_KINDS = tuple(Kind)
_NTH_KIND = {kind: nth for nth, kind in enumerate(_KINDS)}
_SORTS, _STATES = tuple(Sort), tuple(State)
_LEVELS = tuple(Level)

day_of = lru_cache(maxsize=8192)(date.fromordinal)


# --- events: the number, the day, what few of them have last; ``1`` for the measure that all of a list share

_EVENT: tuple[Any, ...] = ("", 0, 0, 0, 0, 1, None, 0, None, None, None, ())


def plain_event(event: Event, measure: str) -> Plain:
    """An event in a list of a measure's."""
    day, number, kind, value, until, ref, flags, more, own, unit, _, line, offset = event
    plain: list[Any] = [number, day.toordinal(), _NTH_KIND[kind], line, offset, 1 if own == measure else own, value]
    if until is not None or ref is not None or unit is not None or more:
        return [*plain, flags, until and until.toordinal(), ref, unit, more]
    if flags:
        plain.append(flags)
    return plain


def events_from(plain: Iterable[Plain], measure: str, path: str) -> Iterator[Event]:
    """The events of a list."""
    rows: Iterable[list[Any]] = plain
    for values in rows:
        number, day, kind, line, offset, own, value, flags, until, ref, unit, more = (*values, *_EVENT[len(values) :])
        yield Event(
            day_of(day),
            number,
            _KINDS[kind],
            value,
            until and day_of(until),
            ref,
            flags,
            tuple(map(tuple, more)),
            measure if own == 1 else own,
            unit,
            path,
            line,
            offset,
        )


# --- cells: read by the thousand, so each is made in one call

_CELL = tuple(Cell._field_defaults.get(name) for name in Cell._fields)


def plain_cell(cell: Cell) -> Plain:
    """A cell, its last values left out where they are as always."""
    sort, state, *values, rhythms, duties = cell
    plain = [_SORTS.index(sort), _STATES.index(state), *values]
    if rhythms:
        return [*plain, to_plain(rhythms), to_plain(duties)]
    while plain[-1] == _CELL[len(plain) - 1]:
        plain.pop()
    return plain


def cell_from(plain: Plain) -> Cell:
    """A cell."""
    if len(plain) < len(_CELL) - 1:  # of no recurring task
        return Cell(_SORTS[plain[0]], _STATES[plain[1]], *plain[2:])
    *values, rhythms, duties = plain if len(plain) == len(_CELL) else (*plain, ())
    rhythms = _rhythms(tuple((tuple(recurrence), *rest) for recurrence, *rest in rhythms))
    duties = tuple(Duty(period, day_of(day), day_of(recorded)) for period, day, recorded in duties)
    return Cell._make((_SORTS[values[0]], _STATES[values[1]], *values[2:], rhythms, duties))


@lru_cache(maxsize=256)
def _rhythms(plain: tuple[Any, ...]) -> tuple[Rhythm, ...]:
    """All units of a measure have the same."""
    return tuple(
        Rhythm(Recurrence(*recurrence), day_of(start), until and day_of(until)) for recurrence, start, until in plain
    )


# --- heads: what is not as in a task without entries

_DAYS = frozenset(("own_days", "behalf_days", "turns"))
_HEAD = {f.name: f.default for f in fields(Head)}


def plain_head(head: Head) -> Plain:
    """A head by the names of its fields."""
    given = ((name, getattr(head, name)) for name in _HEAD)
    return {
        name: list(map(date.toordinal, value)) if name in _DAYS else to_plain(value)
        for name, value in given
        if value != _HEAD[name]
    }


def head_from(plain: Mapping[str, Plain]) -> Head:
    """A head."""
    values: dict[str, Any] = {
        name: tuple(map(day_of, value)) if name in _DAYS else reader_of(_head_types()[name])(value)
        for name, value in plain.items()
    }
    return Head(**values)


@lru_cache(maxsize=1)
def _head_types() -> dict[str, Any]:
    from typing import get_type_hints  # here, since lists need no head

    return get_type_hints(Head)


# --- tasks: measures stand in the plan


def plain_task(task: Task) -> Plain:
    """A task without what stands beside it: its measure, its finding."""
    return [
        task.category,
        to_plain(task.schedule),
        task.holder,
        task.person,
        task.leader,
        sorted(task.lead),
        sorted(task.first_reviewers),
        task.second_reviewer,
        task.supervisor,
        task.notice_days,
    ]


def task_from(plain: Plain, key: Address, finding: int, measure: Measure) -> Task:
    """A task that was never another."""
    category, schedule, holder, person, leader, lead, first, second, supervisor, notice_days = plain
    return Task(
        key=key,
        finding=finding,
        measure=measure,
        category=Category(category),
        sort=SORT_OF[Category(category)],
        schedule=from_plain(Schedule, schedule),
        holder=holder,
        person=person,
        leader=leader,
        lead=frozenset(lead),
        first_reviewers=frozenset(first),
        second_reviewer=second,
        supervisor=supervisor,
        notice_days=notice_days,
    )


# --- problems


def plain_problems(problems: Iterable[Problem]) -> Plain:
    """Problems in their order."""
    return [[p.source.path, p.source.line, p.check, p.what, p.remedy, _LEVELS.index(p.level)] for p in problems]


def problems_from(plain: Iterable[Plain]) -> list[Problem]:
    """Problems."""
    return [
        Problem(Source(path, line), check, what, remedy, _LEVELS[level])
        for path, line, check, what, remedy, level in plain
    ]
