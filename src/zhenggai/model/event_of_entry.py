"""From an entry to its event: which field goes where. The strict reader goes by the same table, without the entry."""

from collections.abc import Container, Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from zhenggai.frozen import frozen
from zhenggai.model.entries import Correction, Entry, Recorded, field_order
from zhenggai.model.events import Event, Mark

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
