"""All texts of a thing that was read: an entry, a plan, a book; each with the place and the name of its field."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from zhenggai.characters import control_in
from zhenggai.model.source import Source, Where

_NOWHERE = Where()


class Text(NamedTuple):
    """A text, the English name of its field, and where it stands."""

    name: str
    text: str
    source: Source


def texts_in(thing: Any, where: Where = _NOWHERE) -> Iterator[Text]:
    """The texts of a dataclass and of all that it holds, in the order of its fields."""
    here = getattr(thing, "where", where)
    for name in (field.name for field in fields(thing) if field.name != "where"):
        yield from _texts(getattr(thing, name), name, here)


def _texts(value: Any, name: str, where: Where) -> Iterator[Text]:
    if isinstance(value, str):
        yield Text(name, value, where.of(name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(key, name, where)
            yield from _texts(item, name, where)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _texts(item, name, where)
    elif is_dataclass(value):
        yield from texts_in(value, where)


def with_control(thing: Any) -> Iterator[tuple[Text, str]]:
    """The texts that hold a control character, each with that character in words."""
    return ((text, found) for text in texts_in(thing) if (found := control_in(text.text)))
