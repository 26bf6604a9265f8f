"""What the classes of entries say of kinds: which class a kind has, what it is about, the order of its fields in a file."""

from enum import Enum
from typing import get_args

from zhenggai.frozen import types_of
from zhenggai.model.entries import ENTRY_CLASSES, Recorded
from zhenggai.model.kinds import Kind


def kinds_of(entry_class: type[Recorded]) -> tuple[Kind, ...]:
    """The kinds that an entry class stands for.

    >>> from zhenggai.model.entries import Review
    >>> kinds_of(Review)
    (<Kind.FIRST_REVIEW: '初审'>, <Kind.SECOND_REVIEW: '复核'>)
    """
    kinds: tuple[Kind, ...] = get_args(types_of(entry_class)["kind"])
    return kinds


CLASS_OF_KIND: dict[str, type[Recorded]] = {kind: cls for cls in ENTRY_CLASSES for kind in kinds_of(cls)}

FAULTY = frozenset(cls for cls in ENTRY_CLASSES if cls.faults is not Recorded.faults)
"""The entry classes that can have faults beyond their types; the others need no check."""


class About(Enum):
    """What the entries of a kind are about, by what they must name."""

    ENTRY = "ref"
    ORGANISATION = "organisation"
    TASK = "measure"
    UNIT = "unit"  # as a whole, or one of its tasks
    NOTHING = ""


def about(entry_class: type[Recorded]) -> About:
    """What the entries of a class are about: the first of these that it requires.

    >>> from zhenggai.model.entries import Inspection, Lesson, Review
    >>> about(Review), about(Inspection), about(Lesson)
    (<About.ENTRY: 'ref'>, <About.UNIT: 'unit'>, <About.NOTHING: ''>)
    """
    types = types_of(entry_class)
    return next((thing for thing in About if types.get(thing.value) is str), About.NOTHING)


_ABOUT = {kind: about(cls) for cls in ENTRY_CLASSES for kind in kinds_of(cls)}


def kinds_about(*things: About) -> frozenset[Kind]:
    """The kinds of entries that are about one of these.

    >>> sorted(kinds_about(About.ORGANISATION, About.NOTHING))
    [<Kind.ELECTION: '换届'>, <Kind.LESSON: '经验'>, <Kind.WEAK_ORGANISATION: '软弱涣散'>]
    """
    return frozenset(kind for kind, thing in _ABOUT.items() if thing in things)


_HEAD = ("number", "date", "measure", "unit", "kind")
_TAIL = ("content", "evidence", "copied_from", "writer")


def field_order(entry_class: type[Recorded]) -> tuple[str, ...]:
    """The fields of an entry class in canonical order: head, the kind's own, tail.

    >>> from zhenggai.model.entries import Application
    >>> field_order(Application)
    ('number', 'date', 'measure', 'unit', 'kind', 'approver', 'content', 'evidence', 'copied_from', 'writer')
    """
    own = (name for name in types_of(entry_class) if name not in _HEAD + _TAIL)
    return (*_HEAD, *own, *_TAIL)
