"""Events: entries without their texts, the form that rules and index work with; and which field goes where in an event.

The canonical reader uses the same layout to make events without making entries first.
"""

from collections.abc import Container, Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from zhenggai.frozen import frozen
from zhenggai.model.entries import Correction, Entry, Recorded, field_order
from zhenggai.model.kinds import Kind

Day = date  # for classes with a field named ``date``
More = tuple[tuple[str, str], ...]


class Mark:
    """Bits for fields that an entry has and whose value no rule needs. Plain ints, so that the index can store them."""

    EVIDENCE = 1
    ON_BEHALF = 2
    VOID = 4
    INSTITUTION = 8
    DIFFICULTY = 16
    CAUSE = 32
    NEXT_STEPS = 64


class Event(NamedTuple):
    """What the rules need of an entry, and its place.

    - ``value``: the percent of a 进展; the conclusion of a 完成, review or inspection; the period of an occurrence.
    - ``until``: the date that an entry sets (至, 公示止, 时限, 下次评估).
    - ``flags``: bits of ``Mark``.
    - ``more``: (name, value) pairs that few entries have: steps done, a target's value, person, leader and own steps of a
      claim, the fields that a 更正 changes.
    - ``measure``, ``unit``: as written in the entry, or None.
    - ``path``: of its file, from the root; ``line`` counts from 1, ``offset`` in characters from 0.
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
        """The values that ``more`` has under a name."""
        return tuple(value for key, value in self.more if key == name)


CHANGES = "changes"
"""The name in ``more`` for the fields that a 更正 changes."""

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
"""The fields of a 更正 that give the corrected entry new values."""


@frozen
class Layout:
    """Which fields of an entry class go where in an event. For ``value`` and ``until`` the first field that is set counts."""

    value: tuple[str, ...]
    until: tuple[str, ...]
    more: tuple[str, ...]
    flags: tuple[tuple[str, int], ...]
    ref: bool
    changes: tuple[str, ...]


@cache
def layout_of(entry_class: Any) -> Layout:
    """The layout of an entry class, derived from the names of its fields in canonical order.

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
    """The event of an entry that stands at a place in a file."""
    layout: Layout = layout_of(type(entry))  # type: ignore[arg-type]  # mypy: a class is hashable
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
