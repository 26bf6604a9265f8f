"""Events: entries without their texts, the form that rules and index work with; and which field goes where in an event.

The canonical reader uses the same layout to make events without making entries first.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from zhenggai.frozen import frozen, types_of
from zhenggai.model.kinds import Kind

if TYPE_CHECKING:
    from zhenggai.model.entries import Entry

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

    @property
    def explains(self) -> bool:
        """Whether it is a 进展 that says why, or what is difficult."""
        return self.kind is Kind.PROGRESS and self.flags & (Mark.CAUSE | Mark.DIFFICULTY) != 0


CHANGES = "changes"
"""The name in ``more`` for the fields that a 更正 changes."""

Part = Literal["own", "value", "until", "more", "flags", "text only"]


@frozen
class FieldUse:
    """Where a field goes in an event, and whether a 更正 may change it.

    ``part`` is a part of the event; "own" is the part of the same name, "text only" none: who needs the field reads the
    entry. ``mark`` is the bit of a field that goes into ``flags``.
    """

    part: Part
    mark: int = 0
    correctable: bool = True


_VALUE, _UNTIL, _MORE, _TEXT = FieldUse("value"), FieldUse("until"), FieldUse("more"), FieldUse("text only")
_OWN = FieldUse("own", correctable=False)
_LASTING_TEXT = FieldUse("text only", correctable=False)

FIELDS: Mapping[str, FieldUse] = {
    "percent": _VALUE,
    "steps": _MORE,
    "measured": _MORE,
    "measured_base": _MORE,
    "difficulty": FieldUse("flags", Mark.DIFFICULTY),
    "cause": FieldUse("flags", Mark.CAUSE),
    "next_steps": FieldUse("flags", Mark.NEXT_STEPS),
    "institution": FieldUse("flags", Mark.INSTITUTION),
    "conclusion": _VALUE,
    "person": _MORE,
    "leader": _MORE,
    "approver": _TEXT,
    "basis": _TEXT,
    "to": _UNTIL,
    "start": _TEXT,
    "end": _UNTIL,
    "deadline": _UNTIL,
    "stage_goal": _TEXT,
    "next_review": _UNTIL,
    "period": _VALUE,
    "method": _TEXT,
    "location": _TEXT,
    "new_finding": _TEXT,
    "addressee": _TEXT,
    "time_limit": _UNTIL,
    "organisations": _TEXT,
    "people": _TEXT,
    "score": _TEXT,
    "opposed": _TEXT,
    "followed_until": _TEXT,
    "content": _TEXT,
    "evidence": FieldUse("flags", Mark.EVIDENCE),
    # what a 更正 does not change
    "number": _OWN,
    "date": _OWN,
    "measure": _OWN,
    "unit": _OWN,
    "kind": _OWN,
    "ref": _OWN,
    "writer": _LASTING_TEXT,
    "own_steps": FieldUse("more", correctable=False),  # in a 更正, 步骤 means the plan's steps
    "on_behalf": FieldUse("flags", Mark.ON_BEHALF, correctable=False),
    "special_ledger": _LASTING_TEXT,
    "application_digest": _LASTING_TEXT,
    "measure_digest": _LASTING_TEXT,
    "organisation": _LASTING_TEXT,
    "matter": _LASTING_TEXT,
    "void": FieldUse("flags", Mark.VOID, correctable=False),
    "note": _LASTING_TEXT,
}
"""Every field that an entry may have; the order is that of a 更正's fields in a file."""

CHANGEABLE = tuple(name for name, use in FIELDS.items() if use.correctable)
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
    """The layout of an entry class, derived from the names of its fields; KeyError for a field without a use.

    >>> from zhenggai.model.entries import Progress
    >>> layout_of(Progress).value, layout_of(Progress).more
    (('percent',), ('steps', 'measured', 'measured_base'))
    """
    uses = {name: FIELDS[name] for name in types_of(entry_class)}

    def going_into(part: Part) -> tuple[str, ...]:
        return tuple(name for name, use in uses.items() if use.part == part)

    return Layout(
        going_into("value"),
        going_into("until"),
        going_into("more"),
        tuple((name, uses[name].mark) for name in going_into("flags")),
        "ref" in uses,
        CHANGEABLE if "void" in uses else (),
    )


def event_of(entry: "Entry", path: str, line: int, offset: int) -> Event:
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


def _first(entry: "Entry", names: tuple[str, ...]) -> Any:
    return next((value for name in names if (value := getattr(entry, name)) is not None), None)


def _more(entry: "Entry", layout: Layout) -> Iterator[tuple[str, str]]:
    for name in layout.more:
        value = getattr(entry, name)
        if isinstance(value, tuple):
            yield from ((name, item) for item in value)
        elif value is not None:
            yield name, str(value)
    for name in layout.changes:
        if getattr(entry, name) not in (None, ()):
            yield CHANGES, name
