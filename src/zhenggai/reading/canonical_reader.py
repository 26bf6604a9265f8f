"""Reads ledger files that are in the tool's own canonical form, fast; what is not exactly so is for the event reader.

It knows no complaint: a file that anything could be said about is not read here, and the event reader says it.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import compress
from typing import Any

from zhenggai.model.entries import CLASS_OF_KIND, Entry, Progress
from zhenggai.model.entry_faults import entry_faults
from zhenggai.model.event_of_entry import event_of
from zhenggai.model.events import Event
from zhenggai.reading.canonical_pattern import Form, form_of
from zhenggai.reading.yaml_tree import CAREFUL_COST, MAX_NODES, MAX_VALUE

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
