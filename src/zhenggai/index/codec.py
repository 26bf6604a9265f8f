"""Values as bytes, and back: frozen values become plain ones, such as JSON has, by the declared types of their fields.

Where a thing was read (``Where``) is left out: what is kept is what it says. A kept value is a line of JSON, or a few of them,
of which each is read by itself. Tasks and events, of which there are thousands, have their own module (``rows``, ``events``).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin

from zhenggai.frozen import types_of
from zhenggai.model.source import Diagnostic, Level, Source

T = TypeVar("T")
Plain = Any
"""What JSON can say."""
Reader = Callable[[Any], Any]

day_of = lru_cache(maxsize=8192)(date.fromordinal)

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
        return day_of
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    kind: Any = hint
    if hasattr(hint, "__own_fields__"):
        return _fields(kind, {name: hint for name, hint in types_of(kind).items() if name != _LEFT_OUT})
    if hasattr(hint, "_fields"):  # a NamedTuple
        return _named_tuple(hint)
    return same


def same(plain: Any) -> Any:
    """What is plain already."""
    return plain


def _optional(hint: Any) -> Reader:
    """``X | None``; a union of plain types is as it stands."""
    types = [of for of in get_args(hint) if of is not NoneType]
    if len(types) > 1:
        return same
    reader = reader_of(types[0])
    return reader if reader is same else lambda plain: None if plain is None else reader(plain)


def _tuple(first: Any, *rest: Any) -> Reader:
    if rest == (Ellipsis,):
        reader = reader_of(first)
        return tuple if reader is same else lambda plain: tuple(map(reader, plain))
    readers = [reader_of(hint) for hint in (first, *rest)]
    return lambda plain: tuple(reader(item) for reader, item in zip(readers, plain, strict=True))


def _named_tuple(made: Any) -> Reader:
    readers = [reader_of(hint) for hint in made.__annotations__.values()]
    if all(reader is same for reader in readers):
        made_of: Reader = made._make
        return made_of
    return lambda plain: made._make([reader(item) for reader, item in zip(readers, plain, strict=True)])


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


# --- lines


_decode = json.JSONDecoder().raw_decode  # thousands of lines: without a look at their encoding and for blanks
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def line_of(value: Any) -> bytes:
    """A plain value as a line."""
    return _encoder.encode(value).encode("utf-8", "surrogatepass")


def lines_of(*values: Any) -> bytes:
    """Several plain values, a line each."""
    return b"\n".join(map(line_of, values))


def value_in(line: bytes) -> Any:
    """The plain value of a line."""
    return _decode(line.decode("utf-8", "surrogatepass"))[0]


def values_in(lines: Iterable[bytes]) -> list[Any]:
    """The plain values of many lines, read at once: a third less."""
    found: list[Any] = value_in(b"[%b]" % b",".join(lines))
    return found


# --- problems


def plain_diagnostics(diagnostics: Iterable[Diagnostic]) -> Plain:
    """Problems in their order."""
    return [[p.source.path, p.source.line, p.check, p.what, p.remedy, p.level] for p in diagnostics]


def diagnostics_from(plain: Iterable[Plain]) -> list[Diagnostic]:
    """Problems."""
    return [
        Diagnostic(Source(path, line), check, what, remedy, Level(level))
        for path, line, check, what, remedy, level in plain
    ]
