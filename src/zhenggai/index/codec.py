"""Converts values to bytes and back. Frozen values become plain JSON values, by the declared types of their fields.

Line numbers (``Where``) are left out. A kept value is one line of JSON or several lines; each line can be read alone. Rows and
events have faster modules of their own (``rows``, ``events``), since there are thousands of them.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin

from zhenggai.frozen import types_of
from zhenggai.model.source import Diagnostic, Level, Source

T = TypeVar("T")
Plain = Any
"""A value of JSON types: None, bool, int, float, str, list, dict."""
Reader = Callable[[Any], Any]

day_of = lru_cache(maxsize=8192)(date.fromordinal)

_LEFT_OUT = "where"


def to_plain(value: Any) -> Any:
    """A value as plain JSON value; a date becomes its ordinal, a ``Decimal`` its text.

    >>> to_plain((date(2020, 5, 12), None, ("甲", 3)))
    [737557, None, ['甲', 3]]
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    kind: Any = type(value)
    return [to_plain(getattr(value, name)) for name in _kept_fields(kind)]


def from_plain(hint: type[T], plain: Any) -> T:
    """The value of type ``hint`` from its plain form.

    >>> from_plain(tuple[date, ...], [737557])
    (datetime.date(2020, 5, 12),)
    """
    of: Any = hint
    return cast("T", reader_of(of)(plain))


@cache
def reader_of(hint: Any) -> Reader:
    """The function that converts a plain value to type ``hint``. It is made once for each type.

    For a frozen class, the functions of its fields are made at the first value. Raises ``TypeError`` for a type given as str.
    """
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
    if hint is Decimal:
        return Decimal
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    kind: Any = hint
    if hasattr(hint, "__own_fields__"):
        return _fields(kind, {name: hint for name, hint in types_of(kind).items() if name != _LEFT_OUT})
    if hasattr(hint, "_fields"):  # a NamedTuple
        return _named_tuple(hint)
    return same


def same(plain: Any) -> Any:
    """The plain value itself."""
    return plain


def _optional(hint: Any) -> Reader:
    """The reader of ``X | None``. A union of several plain types needs no conversion."""
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
    """The reader of a frozen class. ``types`` are types, never names of types: resolving names takes too long."""

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


_decode = json.JSONDecoder().raw_decode  # faster than ``json.loads``: no checks for encoding and blanks
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def line_of(value: Any) -> bytes:
    """A plain value as a line of JSON, without line end."""
    return _encoder.encode(value).encode("utf-8", "surrogatepass")


def lines_of(*values: Any) -> bytes:
    """Several plain values as lines of JSON."""
    return b"\n".join(map(line_of, values))


def value_in(line: bytes) -> Any:
    """The plain value of a line."""
    return _decode(line.decode("utf-8", "surrogatepass"))[0]


def values_in(lines: Iterable[bytes]) -> list[Any]:
    """The plain values of many lines, read in one go, which saves a third of the time."""
    found: list[Any] = value_in(b"[%b]" % b",".join(lines))
    return found


# --- diagnostics


def plain_diagnostics(diagnostics: Iterable[Diagnostic]) -> Plain:
    """Diagnostics as plain values, in their order."""
    return [[p.source.path, p.source.line, p.check, p.what, p.remedy, p.level] for p in diagnostics]


def diagnostics_from(plain: Iterable[Plain]) -> list[Diagnostic]:
    """The diagnostics of ``plain_diagnostics``."""
    return [
        Diagnostic(Source(path, line), check, what, remedy, Level(level))
        for path, line, check, what, remedy, level in plain
    ]
