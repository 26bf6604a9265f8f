"""How what the rules make stands in the index: events, cells, heads, tasks and problems as plain values, and back."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhenggai.deadline.recurrence import Recurrence
from zhenggai.model.kinds import Kind
from zhenggai.model.source import Level, Problem, Source
from zhenggai.rules.day.line_facts import Brief
from zhenggai.rules.task.life import Sort, State
from zhenggai.rules.task.status_facts import Cell, Rhythm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zhenggai.model.event_of_entry import Event

Plain = Any
"""What JSON can say."""

_KINDS = tuple(Kind)
_NTH_KIND = {kind: nth for nth, kind in enumerate(_KINDS)}
_SORTS, _STATES = tuple(Sort), tuple(State)
_RECURRING = _SORTS.index(Sort.RECURRING)
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
    from zhenggai.model.event_of_entry import Event  # here, since most lists are told from cells

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
    if sort is Sort.RECURRING:
        return [*plain, [part for rhythm in rhythms for part in _plain_rhythm(rhythm)], duties]
    while plain[-1] == _CELL[len(plain) - 1]:
        plain.pop()
    return plain


def cell_from(plain: Plain) -> Cell:
    """A cell."""
    if plain[0] != _RECURRING:
        return Cell(_SORTS[plain[0]], _STATES[plain[1]], *plain[2:])
    sort, state, *values, rhythms, duties = plain
    return Cell._make((_SORTS[sort], _STATES[state], *values, _rhythms(tuple(rhythms)), tuple(map(tuple, duties))))


def _plain_rhythm(rhythm: Rhythm) -> list[Plain]:
    recurrence, start, until = rhythm
    return [*recurrence, start.toordinal(), until and until.toordinal()]


@lru_cache(maxsize=256)
def _rhythms(plain: tuple[Any, ...]) -> tuple[Rhythm, ...]:
    """All units of a measure have the same."""
    each = (plain[at : at + 5] for at in range(0, len(plain), 5))
    return tuple(
        Rhythm(Recurrence(*recurrence), day_of(start), until and day_of(until)) for *recurrence, start, until in each
    )


# --- briefs

_BRIEF = len(Brief._fields)


def plain_brief(brief: Brief, measure: str, left_out: Sequence[str]) -> Plain:
    """A brief, with the entries that took no part; an event has the file that it stands in first."""
    person, words, due_source, explained, completed, recorded, relapses = brief
    event = [explained.path, plain_event(explained, measure)] if explained else None
    days = [day and day.toordinal() for day in (completed, recorded)]
    return [person, words, due_source, event, *days, relapses, *left_out]


def brief_from(plain: Plain, measure: str) -> Brief:
    """A brief."""
    person, words, due_source, event, completed, recorded, relapses = plain[:_BRIEF]
    explained = next(events_from(event[1:], measure, event[0])) if event else None
    days = completed and day_of(completed), recorded and day_of(recorded)
    return Brief(person, words, due_source, explained, *days, relapses)


def left_out_of(plain: Plain) -> list[str]:
    """The entries that took no part."""
    left_out: list[str] = plain[_BRIEF:]
    return left_out


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
