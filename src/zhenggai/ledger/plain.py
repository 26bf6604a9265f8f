"""Frozen values as plain ones, such as JSON has, and back: by the types of their fields, in their order.

Where a thing was read (``Where``) is left out: what is kept is what it says.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin

from zhenggai.frozen import types_of

T = TypeVar("T")
Reader = Callable[[Any], Any]

_LEFT_OUT = "where"


def to_plain(value: Any) -> Any:
    """A value in lists, numbers and texts; a day is its ordinal.

    >>> to_plain((date(2020, 5, 12), None, ("甲", 3)))
    [737557, None, ['甲', 3]]
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    kind: Any = type(value)
    return [to_plain(getattr(value, name)) for name in _kept_fields(kind)]


def from_plain(hint: type[T], plain: Any) -> T:
    """The value that a plain one stands for.

    >>> from_plain(tuple[date, ...], [737557])
    (datetime.date(2020, 5, 12),)
    """
    of: Any = hint
    return cast("T", reader_of(of)(plain))


@cache
def reader_of(hint: Any) -> Reader:
    """From plain to a type; made once a type, and for the types of its fields when the first of them is met."""
    if isinstance(hint, str):
        raise TypeError(f"{hint}: a type in words")
    origin = get_origin(hint)
    if origin is Union or origin is UnionType:
        return _optional(hint)
    if origin is tuple:
        return _tuple(*get_args(hint))
    if origin is frozenset:
        return frozenset
    if hint is date:
        return date.fromordinal
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    kind: Any = hint
    if hasattr(hint, "__own_fields__"):
        return _fields(kind, {name: hint for name, hint in types_of(kind).items() if name != _LEFT_OUT})
    if hasattr(hint, "_fields"):  # a NamedTuple
        return _fields(hint, hint.__annotations__)
    return _same


def _same(plain: Any) -> Any:
    return plain


def _optional(hint: Any) -> Reader:
    """``X | None``; a union of plain types is as it stands."""
    types = [of for of in get_args(hint) if of is not NoneType]
    if len(types) > 1:
        return _same
    reader = reader_of(types[0])
    return reader if reader is _same else lambda plain: None if plain is None else reader(plain)


def _tuple(first: Any, *rest: Any) -> Reader:
    if rest == (Ellipsis,):
        reader = reader_of(first)
        return tuple if reader is _same else lambda plain: tuple(map(reader, plain))
    readers = [reader_of(hint) for hint in (first, *rest)]
    return lambda plain: tuple(reader(item) for reader, item in zip(readers, plain, strict=True))


def _fields(made: Any, types: Mapping[str, Any]) -> Reader:
    """Their types stand in them, never as words: working those out takes longer than all else."""

    @cache
    def readers() -> list[tuple[str, Reader]]:
        return [(name, reader_of(hint)) for name, hint in types.items()]

    def read(plain: Any) -> Any:
        return made(**{name: reader(item) for (name, reader), item in zip(readers(), plain, strict=True)})

    return read


@cache
def _kept_fields(of: Any) -> tuple[str, ...]:
    return tuple(name for name in types_of(of) if name != _LEFT_OUT)
