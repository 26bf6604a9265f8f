"""Calendars are read back as they were meant, whatever the data, by another program's reader."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as Read

from zhenggai.document.calendar import Calendar, CalendarEvent
from zhenggai.render.ics import calendar_text
from zhenggai.render.visible import visible

HOSTILE = st.text(st.characters() | st.sampled_from('\r\n\\;,:"\t\0é\ud800整改党建'), max_size=80)


@given(st.lists(st.tuples(HOSTILE, HOSTILE, st.lists(HOSTILE, max_size=3)), max_size=3))
def test_a_calendar_is_read_back(texts: list[tuple[str, str, list[str]]]) -> None:
    day = date(2020, 6, 30)
    events = tuple(CalendarEvent((about,), day, summary, tuple(lines), (20, 0)) for about, summary, lines in texts)
    written = calendar_text(Calendar("整改方案", date(2020, 6, 1), events)).encode(errors="replace")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    for line in written.split(b"\r\n"):
        line.decode()  # no character is taken apart
    read: Any = Read.from_ical(written)
    assert len(read.walk("VEVENT")) == len(events)
    for event, meant in zip(read.walk("VEVENT"), events, strict=True):
        assert str(event["SUMMARY"]) == plain(meant.summary)
        assert str(event["DESCRIPTION"]) == "\n".join(map(plain, meant.description))
        assert event["DTSTART"].dt == day
        assert event["DTSTAMP"].dt == datetime(2020, 6, 1, tzinfo=UTC)
        alarms = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
        assert alarms == [timedelta(days=-20, hours=9), timedelta(hours=9)]


def plain(data: str) -> str:
    return visible(data).encode(errors="replace").decode()


def test_the_lines_of_an_event() -> None:
    event = CalendarEvent(
        ("p", "1-1"), date(2020, 6, 30), "1-1 县教育局到期：制定办法", ("时限：6月底前, 并坚持",), (1,)
    )
    assert calendar_text(Calendar("整改方案", date(2020, 6, 1), (event,))).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//zhenggai//zhenggai//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:整改方案",
        "BEGIN:VEVENT",
        "UID:ffe874e16a53f90621c66a594441d9b5@zhenggai",
        "DTSTAMP:20200601T000000Z",
        "DTSTART;VALUE=DATE:20200630",
        "SUMMARY:1-1 县教育局到期：制定办法",
        r"DESCRIPTION:时限：6月底前\, 并坚持",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:1-1 县教育局到期：制定办法",
        "TRIGGER:-P0DT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
