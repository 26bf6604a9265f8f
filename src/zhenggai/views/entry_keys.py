"""Entries in JSON: the fields that an entry has, under their English names. Which ones there are follows from the classes."""

from functools import reduce
from operator import or_
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from zhenggai.frozen import types_of
from zhenggai.model.entries import ENTRY_CLASSES, Entry
from zhenggai.views.columns import Key

_ALWAYS = frozenset(("number", "date", "kind", "writer"))


def given_fields(entry: Entry) -> dict[str, object]:
    """The fields of an entry that say something, in the order of its class."""
    values = {name: getattr(entry, name) for name in types_of(type(entry))}
    return {name: value for name, value in values.items() if value not in (None, (), False)}


def entry_keys() -> tuple[Key[Any], ...]:
    """The keys that ``given_fields`` may give. A field's value is what it is in any class of entries."""
    hints: dict[str, list[Any]] = {}
    for cls in ENTRY_CLASSES:
        for name, hint in types_of(cls).items():
            hints.setdefault(name, []).append(hint)
    return tuple(Key(name, None, _any_of(found), optional=name not in _ALWAYS) for name, found in hints.items())


def _any_of(hints: list[Any]) -> Any:
    """The union of the types of a field, without None; without choices where another class takes any text."""
    union = reduce(or_, hints)
    members = [member for member in get_args(union | None) if member is not NoneType]
    return reduce(or_, (m for m in members if get_origin(m) is not Literal or str not in members))
