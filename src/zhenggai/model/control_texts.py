"""Finds the texts of an entry, plan or book that contain a control character."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, NamedTuple

from zhenggai.characters import control_in
from zhenggai.model.source import Source, Where

_NOWHERE = Where()


class Text(NamedTuple):
    """A text with the English name of its field and its place."""

    name: str
    text: str
    source: Source


def with_control(thing: Any, where: Where = _NOWHERE) -> Iterator[tuple[Text, str]]:
    """The texts with a control character in a dataclass and everything below it, each with a description of that character."""
    here = getattr(thing, "where", where)
    owner: Any = type(thing)
    for name in _names(owner):
        value = getattr(thing, name)
        if value.__class__ is str:
            if found := control_in(value):
                yield Text(name, value, here.of(name)), found
        elif value:
            yield from _within(value, name, here)


def _within(value: Any, name: str, where: Where) -> Iterator[tuple[Text, str]]:
    if isinstance(value, str):
        if found := control_in(value):
            yield Text(name, value, where.of(name)), found
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from _within(pair, name, where)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _within(item, name, where)
    elif is_dataclass(value):
        yield from with_control(value, where)


@cache
def _names(owner: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(owner) if field.name != "where")
