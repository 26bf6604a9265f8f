"""Events: entries without their texts, the form that rules and index work with.

The canonical reader uses the same layout to make events without making entries first.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.frozen import frozen, types_of
from zhenggai.model.entry_fields import CHANGEABLE, FIELDS, Mark, Part
from zhenggai.model.kinds import Kind

if TYPE_CHECKING:
    from zhenggai.model.entries import Entry

Day = date  # for classes with a field named ``date``
More = tuple[tuple[str, str], ...]


class Event(NamedTuple):
    """What the rules need of an entry, and its place.

    - ``value``: the percent of a 进展; the conclusion of a 完成, review or inspection; the period of an occurrence.
    - ``until``: the date that an entry sets (至, 公示止, 时限, 下次评估).
    - ``flags``: bits of ``Mark``.
    - ``more``: (name, value) pairs that few entries have: steps done, a target's value, money, person, leader and own steps of a
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
    def step(self) -> str:
        """The one step that an entry about a single step names; "" if it is about the whole measure."""
        return "".join(self.all_of("steps"))

    @property
    def explains(self) -> bool:
        """Whether it is a 进展 that says why, or what is difficult."""
        return self.kind is Kind.PROGRESS and self.flags & (Mark.CAUSE | Mark.DIFFICULTY) != 0


CHANGES = "changes"
"""The name in ``more`` for the fields that a 更正 changes."""


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
    (('percent',), ('steps', 'measured', 'measured_base', 'rectified', 'recovered', 'loss_avoided'))
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
