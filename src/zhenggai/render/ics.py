"""Calendars (RFC 5545) for phones, Outlook and WPS: an event of a whole day for each date, with alarms.

Times are the reader's own, so no time zone is given. The same calendar gives the same bytes.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Final, cast

from zhenggai.document.calendar import Calendar, CalendarEvent
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from zhenggai.document import Report
    from zhenggai.document.calendar import HasCalendar

_LONGEST: Final = 75  # octets of a line, without its end
_ALARM_HOUR: Final = 9


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's calendar; ``width`` and ``colour`` have no effect."""
    return calendar_text(cast("HasCalendar", report).calendar())


def calendar_text(calendar: Calendar) -> str:
    """``calendar`` as a file of its own, with its line ends."""
    return "".join(f"{part}\r\n" for line in _lines(calendar) for part in _parts(line))


def _lines(calendar: Calendar) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//zhenggai//zhenggai//ZH"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_text(calendar.name)}"
    for event in calendar.events:
        yield from _event(event, f"{calendar.as_of:%Y%m%d}T000000Z")
    yield "END:VCALENDAR"


def _event(event: CalendarEvent, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{sha256(chr(0).join(event.about).encode(errors='replace')).hexdigest()[:32]}@zhenggai"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield "DESCRIPTION:" + r"\n".join(map(_text, event.description))
    yield "TRANSP:TRANSPARENT"  # who has something due that day is not busy all day
    for days in event.alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(event.summary)}")
        yield f"TRIGGER:{_before(days)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _before(days: int) -> str:
    """The duration from a day's beginning to the morning so many days before.

    >>> _before(20), _before(1), _before(0)
    ('-P19DT15H', '-P0DT15H', 'PT9H')
    """
    return f"-P{days - 1}DT{24 - _ALARM_HOUR}H" if days else f"PT{_ALARM_HOUR}H"


def _text(data: str) -> str:
    r"""``data`` as a value, on one line.

    >>> print(_text("一,二;三\\四"))
    一\,二\;三\\四
    """
    return re.sub(r"[\\;,]", r"\\\g<0>", visible(data))


def _parts(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets; those after the first begin with a blank, and no character is taken apart.

    >>> [len(part.encode()) for part in _parts("甲" * 60)]
    [75, 73, 34]
    """
    part, room = "", _LONGEST
    for character in line:
        size = len(character.encode(errors="replace"))
        if size > room:
            yield part
            part, room = " ", _LONGEST - 1
        part, room = part + character, room - size
    yield part
