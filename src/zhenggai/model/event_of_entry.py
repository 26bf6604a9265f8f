"""An entry as rules and index see it: a plain event without texts, and which field of the entry goes where in it.

The canonical reader goes by the same table, without making the entry.
"""

from collections.abc import Container, Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from zhenggai.frozen import frozen
from zhenggai.model.entries import Correction, Entry, Recorded, field_order
from zhenggai.model.kinds import Kind

Day = date  # inside classes that have a field named ``date``
More = tuple[tuple[str, str], ...]


class Mark:
    """What an entry has beside what its event carries: plain bits, which an index may store."""

    EVIDENCE = 1
    ON_BEHALF = 2
    VOID = 4
    INSTITUTION = 8
    DIFFICULTY = 16
    CAUSE = 32
    NEXT_STEPS = 64


class Event(NamedTuple):
    """What the rules need of an entry, and where it stands.

    ``value`` is the percent of a 进展, the conclusion of a 完成, review or inspection, the period of an occurrence; ``until``
    the date an entry names (至, 公示止, 时限, 下次评估); ``flags`` are bits of ``Mark``; ``more`` what few entries have: steps
    done, a target's value, who claims a task and by which steps, which fields a 更正 changes. ``measure`` and ``unit`` stand as the
    entry has them, None where it has none. ``path`` is that of its file from the root, ``line`` counts from 1, ``offset`` characters.
    """

    date: date
    number: str
    kind: Kind
    value: int | str | None
    until: Day | None
    ref: str | None
    flags: int
    more: More
    measure: str | None
    unit: str | None
    path: str
    line: int
    offset: int

    def all_of(self, name: str) -> tuple[str, ...]:
        """The values under one name in ``more``."""
        return tuple(value for key, value in self.more if key == name)


CHANGES = "changes"
"""Under this name ``more`` has the fields that a 更正 changes."""

_VALUE = ("percent", "conclusion", "period")
_UNTIL = ("to", "end", "deadline", "next_review", "time_limit")
_MORE = ("steps", "own_steps", "measured", "measured_base", "person", "leader")
_FLAGS = {
    "evidence": Mark.EVIDENCE,
    "on_behalf": Mark.ON_BEHALF,
    "void": Mark.VOID,
    "institution": Mark.INSTITUTION,
    "difficulty": Mark.DIFFICULTY,
    "cause": Mark.CAUSE,
    "next_steps": Mark.NEXT_STEPS,
}

_NOT_CHANGES = {"kind", "ref", "void", "note", *(f.name for f in fields(Recorded))}
CHANGEABLE = (*(f.name for f in fields(Correction) if f.name not in _NOT_CHANGES), "content", "evidence")
"""The fields of a 更正 that are new values of the entry it names."""


@frozen
class Layout:
    """Of one class of entries, the fields of each place of an event: of ``value`` and ``until`` the first that is given."""

    value: tuple[str, ...]
    until: tuple[str, ...]
    more: tuple[str, ...]
    flags: tuple[tuple[str, int], ...]
    ref: bool
    changes: tuple[str, ...]


@cache
def layout_of(entry_class: Any) -> Layout:
    """The layout of a class, from its fields' names, in their canonical order.

    >>> from zhenggai.model.entries import Progress
    >>> layout_of(Progress).value, layout_of(Progress).flags
    (('percent',), (('difficulty', 16), ('cause', 32), ('next_steps', 64), ('institution', 8), ('on_behalf', 2), ('evidence', 1)))
    """
    own = field_order(entry_class)

    def having(names: Container[str]) -> tuple[str, ...]:
        return tuple(name for name in own if name in names)

    return Layout(
        having(_VALUE),
        having(_UNTIL),
        having(_MORE),
        tuple((name, _FLAGS[name]) for name in having(_FLAGS)),
        "ref" in own,
        CHANGEABLE if entry_class is Correction else (),
    )


def event_of(entry: Entry, path: str, line: int, offset: int) -> Event:
    """An entry as an event, with the place where it stands."""
    layout: Layout = layout_of(type(entry))  # type: ignore[arg-type]  # a class can be hashed
    return Event(
        entry.date,
        entry.number,
        entry.kind,
        _first(entry, layout.value),
        _first(entry, layout.until),
        getattr(entry, "ref", None),
        sum(bit for name, bit in layout.flags if getattr(entry, name)),
        tuple(_more(entry, layout)),
        entry.measure,
        entry.unit,
        path,
        line,
        offset,
    )


def _first(entry: Entry, names: tuple[str, ...]) -> Any:
    return next((value for name in names if (value := getattr(entry, name)) is not None), None)


def _more(entry: Entry, layout: Layout) -> Iterator[tuple[str, str]]:
    for name in layout.more:
        value = getattr(entry, name)
        if isinstance(value, tuple):
            yield from ((name, item) for item in value)
        elif value is not None:
            yield name, str(value)
    for name in layout.changes:
        if getattr(entry, name) not in (None, ()):
            yield CHANGES, name
