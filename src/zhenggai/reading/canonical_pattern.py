"""The canonical form of an entry (DESIGN §5) as one pattern a kind, built from the table of fields that the writer uses."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from sys import intern
from typing import Any, Literal, get_args, get_origin

from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry, field_order
from zhenggai.model.entry_faults import FAULTY
from zhenggai.model.event_of_entry import Layout, layout_of
from zhenggai.model.events import Event
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import CROCKFORD
from zhenggai.reading import values
from zhenggai.reading.canonical_form import is_plain, plain_pattern, scalar
from zhenggai.reading.files import UNREADABLE

Typed = Callable[[str], object]
"""From a text in the file to the value; ``ValueError`` where it is not canonical, or for the other reader to complain of."""


Place = tuple[Typed, int, int, str]
"""A field's reader and what its value is to an event: a place of the tuple (-1: none), a bit of its flags, a name in ``more``."""


@frozen
class Form:
    """The lines of an entry: ``pattern`` has a group for each of ``fields``, in their order; None for an absent one.

    ``make`` is the class, which takes the fields by name; ``can_fault``: its fields may be wrong together. ``places`` are where
    the fields go in an event; None for a class whose events are made of whole entries.
    """

    make: Callable[..., Entry]
    pattern: re.Pattern[str]
    fields: tuple[tuple[str, Typed], ...]
    can_fault: bool
    places: tuple[Place, ...] | None


@cache
def form_of(entry_class: Any) -> Form:
    """The form of a class's entries, built on first use."""
    known = {field.name: field for field in fields(entry_class)}
    written = [known[name] for name in field_order(entry_class) if known[name].type is not None]
    lines = [_lines(field, entry_class) for field in written]
    pattern = "".join(pattern for pattern, _ in lines).removeprefix("  ")
    typed = [(field.name, typed) for field, (_, typed) in zip(written, lines, strict=True)]
    can_fault = entry_class in FAULTY
    places = None if can_fault else tuple(_places(typed, layout_of(entry_class)))
    return Form(entry_class, re.compile(f"- {pattern}"), tuple(typed), can_fault, places)


def _places(typed: Iterable[tuple[str, Typed]], layout: Layout) -> Iterator[Place]:
    named = {name: Event._fields.index(name) for name in ("date", "number", "kind", "ref", "measure", "unit")}
    named |= dict.fromkeys(layout.value[:1], Event._fields.index("value"))
    named |= dict.fromkeys(layout.until[:1], Event._fields.index("until"))
    bits = dict(layout.flags)
    for name, reader in typed:
        place = named.get(name, -1)
        yield reader, place, bits.get(name, 0), name if name in layout.more else ""


def _lines(field: "Field[Any]", entry_class: Any) -> tuple[str, Typed]:
    """The pattern of a field's lines with a group for its value, and how that is read."""
    hint, key = values.bare_type(field.type), label_of(field.name)
    reader = values.readers_of(entry_class)[key]
    value, typed = _choice(hint) if get_origin(hint) is Literal else _VALUES[reader.read]
    if field.name == "content":
        value, typed = _TEXT, _unquoted
    elif field.name == "evidence":
        typed = _text
    if reader.many:
        lines, typed = rf"  {key}:\n((?:  - (?:{value})\n)++)", _items(typed)
    else:
        lines = rf"  {key}: ({value})\n"
    is_required = field.default is MISSING or field.name == "kind"
    return (lines if is_required else f"(?:{lines}|)"), typed


def _choice(hint: Any) -> tuple[str, Typed]:
    by_text = {str(value): value for value in get_args(hint)}
    return "|".join(map(re.escape, by_text)), by_text.__getitem__


def _items(typed: Typed) -> Typed:
    return lambda lines: tuple(map(typed, lines[4:-1].split("\n  - ")))


def _unquoted(written: str) -> str:
    """A text that the pattern itself says is plain, unless it is quoted."""
    return _text(written) if written[0] == '"' else written


def _text(written: str) -> str:
    """A text from its canonical form.

    >>> _text('"甲: 乙"')
    '甲: 乙'
    """
    if is_plain(written):
        return written
    text: str = json.loads(written) if written[0] == '"' else ""
    if not text or text.isspace() or scalar(text) != written or UNREADABLE.search(written):
        raise ValueError(written)
    return text


_day = lru_cache(maxsize=4096)(date.fromisoformat)


def _number(written: str) -> str:
    _day(written[:8])
    return written


_NUMBER = rf"[0-9]{{8}}-[{CROCKFORD}]{{8}}"
_TEXT = (
    plain_pattern(r"(?=\n)") + r'|"[^\n]++'
)  # for the text that no two entries share: elsewhere it costs 0.6 ms of compiling
_PART = "[1-9][0-9]{0,8}"
_VALUES: Mapping[values.Reader, tuple[str, Typed]] = {
    values.read_entry_number: (_NUMBER, _number),
    values.read_day: ("[0-9]{4}-[0-9]{2}-[0-9]{2}", _day),
    values.read_measure: (f"{_PART}-{_PART}(?:-{_PART})?", intern),
    values.read_percent: ("100|[1-9]?[0-9]", int),
    values.read_whole: (f"0|{_PART}", int),
    values.read_number: (r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?", Decimal),
    values.read_flag: ("是", bool),
    values.read_text: (r"[^\n]++", lru_cache(maxsize=1024)(_text)),  # shared by the entries that say the same
}
