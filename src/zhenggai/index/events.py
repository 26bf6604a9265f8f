"""Converts events to lines and back. A ledger file is kept as one line for each event, so that some events can be read alone."""

from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring as quoted
from typing import Any

from zhenggai.index.codec import Plain, day_of, line_of, values_in
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind

_KINDS = {kind.value: kind for kind in Kind}
_SELDOM: tuple[Any, ...] = (0, None, None, None, ())
"""The usual values of the last fields, from ``flags`` on. A line leaves out all of them, or all after ``flags``."""


_OFTEN = 7  # number of fields that every line has
_MISSING = {_OFTEN + nth: _SELDOM[nth:] for nth in range(len(_SELDOM) + 1)}


def event_line(event: Event) -> bytes:
    """An event as a line of JSON, without its path.

    The fields are number, day, kind, line, offset, measure, value; then flags, until, ref, unit, more. Days are ordinals. The
    text is put together here, since ``json`` is too slow for half a million lines.
    """
    day, number, kind, value, until, ref, flags, more, measure, unit, _, line, offset = event
    rest = ""
    if until is not None or ref is not None or unit is not None or more:
        rest = "," + line_of([flags, until and until.toordinal(), ref, unit, more])[1:-1].decode(
            "utf-8", "surrogatepass"
        )
    elif flags:
        rest = f",{flags}"
    shown = "null" if value is None else quoted(value) if isinstance(value, str) else str(value)
    own = "null" if measure is None else quoted(measure)
    text = f'["{number}",{day.toordinal()},"{kind.value}",{line},{offset},{own},{shown}{rest}]'
    return text.encode("utf-8", "surrogatepass")


def events_in(lines: Iterable[bytes], path: str) -> list[Event]:
    """The events of some lines of a file."""
    return list(events_from(values_in(lines), path))


def events_from(plain: Iterable[Plain], path: str) -> Iterator[Event]:
    """The events of plain lines (``values_in``) of a file."""
    rows: Iterable[list[Any]] = plain
    for values in rows:
        number, day, kind, line, offset, measure, value, flags, until, ref, unit, more = (
            *values,
            *_MISSING[len(values)],
        )
        yield Event(
            day_of(day), number, _KINDS[kind], value, until and day_of(until), ref, flags,
            tuple(map(tuple, more)), measure, unit, path, line, offset,
        )  # fmt: skip


def line_of_number(lines: bytes, number: str) -> bytes | None:
    """The first line with an event of a number; None if there is none. ``lines`` is the whole kept value of a file."""
    at = lines.find(f'\n["{number}",'.encode())
    if at < 0:
        return None
    end = lines.find(b"\n", at + 1)
    return lines[at + 1 : end if end >= 0 else len(lines)]


def numbers_ending(numbers: str, word: str) -> Iterator[str]:
    """The numbers in a text that end with ``word``. The text has a blank before and after each number.

    >>> list(numbers_ending(" 20200512-k3f9x2ab 20200513-k3f9x2ac ", "x2ac"))
    ['20200513-k3f9x2ac']
    """
    end = numbers.find(f"{word} ")
    while end >= 0:
        yield numbers[numbers.rfind(" ", 0, end) + 1 : end + len(word)]
        end = numbers.find(f"{word} ", end + 1)
