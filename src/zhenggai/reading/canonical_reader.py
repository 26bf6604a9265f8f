"""Reads ledger files that are in the tool's own canonical form, fast; what is not exactly so is for the event reader.

The form of an entry is one pattern a kind, built from the table of fields that the writer uses. The reader knows no
complaint: a file that anything could be said about is not read here, and the event reader says it.
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
from zhenggai.model.entries import CLASS_OF_KIND, Entry, Progress, field_order
from zhenggai.model.entry_faults import FAULTY, entry_faults
from zhenggai.model.event_of_entry import Event, Layout, event_of, layout_of
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import CROCKFORD
from zhenggai.reading import values
from zhenggai.reading.canonical_form import is_plain, plain_pattern, scalar
from zhenggai.reading.files import UNREADABLE
from zhenggai.reading.yaml_faults import CAREFUL_COST, MAX_NODES, MAX_VALUE

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


Placed = tuple[Entry, int, int]
"""An entry, the line it begins on (from 1), and the offset of its ``- `` in characters."""

_KIND = "\n  事项: "
_Groups = tuple[str | None, ...]


def read_strictly(text: str) -> list[Placed] | None:
    """The entries of a canonical ledger in which nothing is wrong, as the event reader gives them; None for any other text."""
    try:
        placed = [(_entry(form, groups), line, at) for form, groups, line, at in _matches(text)]
    except ValueError:
        return None
    return placed if _within_bounds(text, len(placed)) else None


def read_as_events(text: str, path: str) -> list[Event] | None:
    """The same as the rules see them, made without the entries; None for any other text."""
    try:
        events = [_event(form, groups, path, line, at) for form, groups, line, at in _matches(text)]
    except ValueError:
        return None
    return events if _within_bounds(text, len(events)) else None


def entry_at(text: str, offset: int) -> Entry | None:
    """The entry that begins at an offset of a canonical ledger; None where none does."""
    with suppress(ValueError, StopIteration):
        form, groups, _, _ = next(_matches(text, offset))
        return _entry(form, groups)
    return None


def is_canonical(text: str) -> bool:
    """Whether a ledger's text is its own canonical form, and nothing is wrong with what it says.

    >>> entry = "- 编号: 20200512-k3f9x2ab\\n  日期: 2020-05-12\\n  措施: 3-2\\n  事项: 认领\\n{}  填报人: 办公室\\n"
    >>> [is_canonical(entry.format(line)) for line in ("  责任人: 甲\\n", "  责任人: 040\\n", "  责任人: 甲: 乙\\n", "\\n")]
    [True, False, False, False]
    """
    return read_strictly(text) is not None


def _within_bounds(text: str, entries: int) -> bool:
    """Whether the event reader would read a text so long to its end."""
    careful = CAREFUL_COST * entries if "&" in text or "!" in text else 0
    return text.count("\n") + careful <= MAX_NODES


def _matches(text: str, at: int = 0) -> Iterator[tuple[Form, _Groups, int, int]]:
    """The form of each entry, what its groups hold, its line and offset; ``ValueError`` at the first that is not for this reader.

    The loop that costs (benchmarks/reading.py).
    """
    line, size = 1, len(text)
    form = form_of(Progress)
    while at < size:
        match = form.pattern.match(text, at)  # most entries are of the kind of the one before
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
    given = zip(compress(form.fields, groups), filter(None, groups))  # noqa: B905  # one each, and `strict` costs 4 %
    entry = form.make(**{name: typed(written) for (name, typed), written in given})
    if form.can_fault and any(entry_faults(entry)):
        raise ValueError(groups)
    return entry


def _event(form: Form, groups: _Groups, path: str, line: int, offset: int) -> Event:
    """As ``event_of`` makes it of the entry; a property of the tests holds both together."""
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
