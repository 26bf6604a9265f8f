"""Documents as JSON, and back: the form in which an issued report keeps what went out.

A block is a mapping of its kind (``block``) and its fields by name; a cell with nothing but a text is that text. Fields that have
their default are left out, and unknown ones are ignored when a document is read, so that the types in ``document`` can get new
fields. A day is a text: 2020-06-30.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from math import isfinite
from types import NoneType
from typing import Any, Final, cast, get_args, get_origin

from zhenggai.document import Bar, Block, Cell, Document, Heading, Para, Table
from zhenggai.document.drawing import Band, Lane, Line, Scale, Tick
from zhenggai.document.tables import Value

BLOCKS: Final[Mapping[str, type[Block]]] = {"heading": Heading, "paragraph": Para, "table": Table, "bar": Bar}
_KIND = "block"  # key of a block's kind
_NAMES = {block: name for name, block in BLOCKS.items()}
_DEEPEST = 9  # level of a heading


def document_json(document: Document) -> dict[str, Any]:
    """``document`` in mappings, lists, texts and numbers."""
    return _fields_of(document)


def document_from(plain: object) -> Document:
    """The document that ``document_json`` made ``plain`` of. ValueError, KeyError or TypeError if it is none."""
    return cast("Document", _read(Document, plain))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Cell) and value == Cell(value.text):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float) else _fields_of(value)


def _fields_of(value: Any) -> dict[str, Any]:
    given = {field.name: getattr(value, field.name) for field in fields(value) if not _is_default(value, field)}
    kind = {_KIND: _NAMES[type(value)]} if type(value) in _NAMES else {}
    return kind | {name: _plain(item) for name, item in given.items()}


def _is_default(value: Any, field: Any) -> bool:
    return field.default is not MISSING and getattr(value, field.name) == field.default


def _read(hint: Any, plain: Any) -> Any:
    """A value of the type ``hint``."""
    if hint == Block:
        return _made(BLOCKS[plain[_KIND]], plain)
    if hint is Cell and isinstance(plain, str):
        return Cell(plain)
    if hint == Value | None:
        return _value(plain)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], item) for item in _of_type(list, plain))
    if NoneType in get_args(hint):
        return None if plain is None else _read(get_args(hint)[0], plain)
    if hint is float:
        return float(plain if type(plain) is int else _of_type(float, plain))
    if hint in (str, int, bool):
        return _of_type(hint, plain)
    return hint(plain) if issubclass(hint, Enum) else _made(hint, plain)


def _value(plain: object) -> Value | None:
    """The value of a cell."""
    if isinstance(plain, str):
        return date.fromisoformat(plain)
    if plain is None or type(plain) is int or (type(plain) is float and isfinite(plain)):
        return plain
    raise TypeError(f"{plain!r} is no value of a cell")


def _made(made: Any, plain: Any) -> Any:
    """A value of a class of ``document``, by its fields."""
    given = _of_type(dict, plain)
    value = made(**{field.name: _read(field.type, given[field.name]) for field in fields(made) if field.name in given})
    if fault := _fault_of(value):
        raise ValueError(fault)
    return value


def _of_type(wanted: type, plain: Any) -> Any:
    if type(plain) is not wanted:  # True is no number here
        raise TypeError(f"{plain!r} is no {wanted.__name__}")
    return plain


def _fault_of(value: object) -> str:
    """Why no renderer could show a value, "" if they can."""
    match value:
        case Heading() if not 1 <= value.level <= _DEEPEST:
            return f"level {value.level}"
        case Bar() if value.share is not None and not 0 <= value.share <= 1:  # not a number is neither
            return f"share {value.share}"
        case Lane() | Tick() | Band() | Scale() | Line():
            found = (getattr(value, field.name) for field in fields(value))
            places = [one for some in found for one in (some if isinstance(some, tuple) else (some,))]
            if any(isinstance(place, float) and not 0 <= place <= 1 for place in places):
                return f"no places from 0 to 1: {places}"
            return "ragged line" if isinstance(value, Line) and len(value.at) != len(value.numbers) else ""
        case Table():
            rows = (*value.rows, *([value.footer] if value.footer else []))
            return "" if value.columns and all(len(cells) == len(value.columns) for cells in rows) else "ragged table"
    return ""
