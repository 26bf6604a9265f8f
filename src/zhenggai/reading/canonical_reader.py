"""Fast reader for ledger files in canonical form. Any other file is left to the general reader (``entry_text``).

Each entry class has one regular expression, built from the fields that the writer uses. This reader reports no problems:
if anything about a file needs reporting, it returns None, and the general reader reads the file and reports it.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import compress
from sys import intern
from typing import Any, Literal, get_args, get_origin

from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry, Progress
from zhenggai.model.entry_classes import CLASS_OF_KIND, FAULTY, field_order
from zhenggai.model.event_of_entry import Event, Layout, event_of, layout_of
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import CROCKFORD
from zhenggai.model.units import names_in
from zhenggai.reading import values
from zhenggai.reading.canonical_form import is_plain, plain_pattern, scalar
from zhenggai.reading.field_readers import bare_type, readers_of
from zhenggai.reading.files import UNREADABLE
from zhenggai.reading.yaml_faults import CAREFUL_COST, MAX_NODES, MAX_VALUE

Typed = Callable[[str], object]
"""Converts a text in the file to a value; ``ValueError`` if the text is not canonical or not valid."""


Place = tuple[Typed, int, int, str]
"""A field's reader and the use of its value in an event: index in the tuple (-1: none), bit of ``flags``, name in ``more``."""


@frozen
class Form:
    """The form of an entry class.

    - ``pattern``: matches the lines of an entry, with a group for each of ``fields``, in order; a group is None if absent.
    - ``make``: the class, called with the fields by name.
    - ``can_fault``: whether fields of this class can be invalid in combination (``faults``).
    - ``places``: where the fields go in an event; None for a class whose events are made from whole entries.
    """

    make: Callable[..., Entry]
    pattern: re.Pattern[str]
    fields: tuple[tuple[str, Typed], ...]
    can_fault: bool
    places: tuple[Place, ...] | None


@cache
def form_of(entry_class: Any) -> Form:
    """The form of an entry class, built on first use."""
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
    """The pattern of a field's lines, with a group for its value, and the reader of that value."""
    hint, key = bare_type(field.type), label_of(field.name)
    reader = readers_of(entry_class)[key]
    value, typed = _choice(hint) if get_origin(hint) is Literal else _VALUES[reader.read]
    if field.name == "content":
        value, typed = _TEXT, _unquoted
    elif field.name == "evidence":
        typed = _text
    if reader.many:
        if reader.splits and reader.read is values.read_text:
            typed = _name
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
    """A text that is either quoted or already known to be plain, because the pattern matched."""
    return _text(written) if written[0] == '"' else written


def _text(written: str) -> str:
    """The text that a canonical spelling stands for; ``ValueError`` if it is not canonical.

    >>> _text('"甲: 乙"')
    '甲: 乙'
    """
    if is_plain(written):
        return written
    text: str = json.loads(written) if written[0] == '"' else ""
    if not text or text.isspace() or scalar(text) != written or UNREADABLE.search(written):
        raise ValueError(written)
    return text


def _name(written: str) -> str:
    """One name of a list; ``ValueError`` where the general reader would read several, or another."""
    text = _text(written)
    if names_in(text) != (text,):
        raise ValueError(written)
    return text


_day = lru_cache(maxsize=4096)(date.fromisoformat)


def _number(written: str) -> str:
    _day(written[:8])
    return written


_NUMBER = rf"[0-9]{{8}}-[{CROCKFORD}]{{8}}"
_TEXT = (
    plain_pattern(r"(?=\n)") + r'|"[^\n]++'
)  # used for long texts, which differ in every entry; in every pattern it would add 0.6 ms of compiling
_PART = "[1-9][0-9]{0,8}"
_VALUES: Mapping[values.Reader, tuple[str, Typed]] = {
    values.read_entry_number: (_NUMBER, _number),
    values.read_day: ("[0-9]{4}-[0-9]{2}-[0-9]{2}", _day),
    values.read_measure: (f"{_PART}-{_PART}(?:-{_PART})?", intern),
    values.read_percent: ("100|[1-9]?[0-9]", int),
    values.read_whole: (f"0|{_PART}", int),
    values.read_number: (r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?", Decimal),
    values.read_increment: (r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?(?:[万亿]?元)?", str),
    values.read_flag: ("是", bool),
    values.read_text: (r"[^\n]++", lru_cache(maxsize=1024)(_text)),  # cached: many entries have the same short texts
}


Placed = tuple[Entry, int, int]
"""An entry, its first line (from 1), and the offset of its ``- `` in characters (from 0)."""

_KIND = "\n  事项: "
_Groups = tuple[str | None, ...]


def read_strictly(text: str) -> list[Placed] | None:
    """The entries of a canonical ledger without faults, equal to those of the general reader; None for any other text."""
    try:
        placed = [(_entry(form, groups), line, at) for form, groups, line, at in _matches(text)]
    except ValueError:
        return None
    return placed if _within_bounds(text, len(placed)) else None


def read_as_events(text: str, path: str) -> list[Event] | None:
    """The same entries as events, made without building the entries; None for any other text."""
    try:
        events = [_event(form, groups, path, line, at) for form, groups, line, at in _matches(text)]
    except ValueError:
        return None
    return events if _within_bounds(text, len(events)) else None


def entry_at(text: str, offset: int) -> Entry | None:
    """The entry that begins at an offset of a canonical ledger, or None."""
    with suppress(ValueError, StopIteration):
        form, groups, _, _ = next(_matches(text, offset))
        return _entry(form, groups)
    return None


def is_canonical(text: str) -> bool:
    """Whether a ledger's text is in canonical form and has no faults.

    >>> entry = "- 编号: 20200512-k3f9x2ab\\n  日期: 2020-05-12\\n  措施: 3-2\\n  事项: 认领\\n{}  填报人: 办公室\\n"
    >>> [is_canonical(entry.format(line)) for line in ("  责任人: 甲\\n", "  责任人: 040\\n", "  责任人: 甲: 乙\\n", "\\n")]
    [True, False, False, False]
    """
    return read_strictly(text) is not None


def _within_bounds(text: str, entries: int) -> bool:
    """Whether a text is within the bounds up to which the general reader reads."""
    careful = CAREFUL_COST * entries if "&" in text or "!" in text else 0
    return text.count("\n") + careful <= MAX_NODES


def _matches(text: str, at: int = 0) -> Iterator[tuple[Form, _Groups, int, int]]:
    """The form, groups, line and offset of each entry; ``ValueError`` at the first entry that is not canonical.

    This is the hot loop of reading (``benchmarks/reading.py``).
    """
    line, size = 1, len(text)
    form = form_of(Progress)
    while at < size:
        match = form.pattern.match(text, at)  # try the previous kind first: entries of one kind often follow each other
        if match is None:
            kind = text.find(_KIND, at) + len(_KIND)
            entry_class: Any = CLASS_OF_KIND.get(text[kind : text.find("\n", kind)])
            form = form_of(entry_class) if entry_class else form
            match = form.pattern.match(text, at)
        if match is None:
            raise ValueError(at)
        end = match.end()
        if end - at > MAX_VALUE:
            raise ValueError(at)
        yield form, match.groups(), line, at
        line += text.count("\n", at, end)
        at = end


def _entry(form: Form, groups: _Groups) -> Entry:
    given = zip(compress(form.fields, groups), filter(None, groups))  # noqa: B905  # equally long, and `strict` costs 4 %
    entry = form.make(**{name: typed(written) for (name, typed), written in given})
    if form.can_fault and any(entry.faults()):
        raise ValueError(groups)
    return entry


def _event(form: Form, groups: _Groups, path: str, line: int, offset: int) -> Event:
    """The event of an entry, equal to what ``event_of`` makes; a property test compares both."""
    if form.places is None:
        return event_of(_entry(form, groups), path, line, offset)
    values: list[Any] = [None, None, None, None, None, None, 0, (), None, None, path, line, offset]
    flags = 0
    for (typed, place, bit, name), written in zip(compress(form.places, groups), filter(None, groups)):  # noqa: B905  # as above
        value = typed(written)
        if place >= 0:
            values[place] = value
        elif bit:
            flags |= bit
        elif name:
            texts = value if isinstance(value, tuple) else (str(value),)
            values[_MORE] += tuple((name, text) for text in texts)
    values[_FLAGS] = flags
    return Event._make(values)


_MORE, _FLAGS = Event._fields.index("more"), Event._fields.index("flags")
