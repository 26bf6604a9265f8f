"""Numbers of measures and steps (``3-2``, ``3-5-1``) and of ledger entries (``20200512-k3f9x2ab``)."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

_CIRCLED = {chr(0x2460 + i): str(i + 1) for i in range(20)}
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HALF_WIDTH = {0xFF10 + i: 0x30 + i for i in range(10)} | {ord("．"): ord("."), ord("－"): ord("-"), ord("—"): ord("-")}

Day = date  # for classes with a member named ``date``

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_ENTRY = rf"\d{{8}}-[{CROCKFORD}]{{8}}"


def _chinese_number(text: str) -> int | None:
    """一 … 九十九 as an int; None for anything else."""
    tens, ten, ones = text.rpartition("十")
    if (tens and tens not in _CHINESE) or (ones and ones not in _CHINESE) or not text:
        return None
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)


def whole_number(text: str) -> int | None:
    """A positive whole number in digits of either width, or in Chinese up to 99; None for anything else.

    >>> [whole_number(t) for t in ("5", "１２", "二十一", "0", "5天")]
    [5, 12, 21, None, None]
    """
    plain = text.strip().translate(_HALF_WIDTH)
    number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else _chinese_number(plain)
    return number or None


@lru_cache(maxsize=4096)
def measure_number(text: str) -> str | None:
    """The canonical form of a measure's or step's number, or None if the text is no such number.

    Only a number with a day may have four parts: that of an earlier date of a step's deadline (3-2-1-20200630).

    >>> [measure_number(t) for t in ("3-2", "3.2", "3②", "三②", "３－２", "3-5-1", "十二-1", "03-2", "3", "3--2", "3-2-1-2")]
    ['3-2', '3-2', '3-2', '3-2', '3-2', '3-5-1', '12-1', '3-2', None, None, None]
    """
    plain = text.strip().translate(_HALF_WIDTH)
    for circled, digits in _CIRCLED.items():
        plain = plain.replace(circled, "-" + digits)
    parts = plain.replace(".", "-").split("-")
    if len(parts) not in (2, 3) and not (len(parts) == 4 and re.fullmatch("[0-9]{8}", parts[3])):
        return None
    numbers = [int(p) if p.isascii() and p.isdigit() else _chinese_number(p) for p in parts]
    return "-".join(map(str, numbers)) if all(numbers) else None


def is_entry_number(text: str) -> bool:
    """Whether a text has the form of an entry's number, with a day that exists.

    >>> is_entry_number("20200512-k3f9x2ab"), is_entry_number("20200231-k3f9x2ab"), is_entry_number("20200512-k3f9")
    (True, False, False)
    """
    return re.fullmatch(_ENTRY, text) is not None and _is_day(text[:8])


@lru_cache(maxsize=1024)
def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True


def recorded_on(number: str) -> date:
    """The recording day in an entry's number.

    >>> recorded_on("20200512-k3f9x2ab")
    datetime.date(2020, 5, 12)
    """
    return date.fromisoformat(number[:8])


def is_ahead(day: date, today: date) -> bool:
    """Whether a day is later than tomorrow. No time zone is that far ahead, so one of the two clocks is wrong.

    >>> is_ahead(date(2020, 5, 13), date(2020, 5, 12)), is_ahead(date(2020, 5, 14), date(2020, 5, 12))
    (False, True)
    """
    return (day - today).days > 1


def ending(number: str) -> str:
    """The short form of an entry's number, as people and commands use it.

    >>> ending("20200512-k3f9x2ab")
    'k3f9x2ab'
    """
    return number[-8:]


def moment(number: str) -> str:
    """The day and the time of recording in an entry's number; the entries of one command share it.

    >>> moment("20200512-k3f9x2ab")
    '20200512-k3f9'
    """
    return number[:13]


class Dated(Protocol):
    """Anything with an entry's business date and number."""

    @property
    def date(self) -> Day:
        """The day on which it happened."""

    @property
    def number(self) -> str:
        """Its number, which contains the recording day."""


def is_known(entry: Dated, as_of: date, known_by: date) -> bool:
    """Whether an entry happened by ``as_of`` and was recorded by ``known_by`` (``date.max``: at any time)."""
    return entry.date <= as_of and (known_by == date.max or recorded_on(entry.number) <= known_by)


def _crockford(value: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        value, rest = divmod(value, 32)
        digits = CROCKFORD[rest] + digits
    return digits


def entry_number(day: date, second_of_day: float, random: int, above: str = "") -> str:
    """An entry's number: the day, 4 characters for the time of day, 4 random characters; always greater than ``above``.

    ``second_of_day`` is in 0 … 86400; ``random`` is any non-negative int; its low 20 bits are used. If the number
    would not be greater than ``above``, the successor of ``above`` is returned; after the last number of a day comes the
    first of the next day.

    >>> entry_number(date(2020, 5, 12), 43200, 7)
    '20200512-g0000007'
    >>> entry_number(date(2020, 5, 12), 43200, 7, above="20200512-z0000009")
    '20200512-z000000a'
    >>> entry_number(date(2020, 5, 12), 43200, 7, above="20200512-zzzzzzzz")
    '20200513-00000000'
    """
    clock = min(int(second_of_day / 86400 * 32**4), 32**4 - 1)
    number = f"{day:%Y%m%d}-{_crockford(clock, 4)}{_crockford(random % 32**4, 4)}"
    if number > above:
        return number
    value = 0
    for character in above[9:]:
        value = value * 32 + CROCKFORD.index(character)
    days, value = divmod(value + 1, 32**8)
    return f"{recorded_on(above) + timedelta(days):%Y%m%d}-{_crockford(value, 8)}"


def highest_number(numbers: Iterable[str], today: date) -> str:
    """The highest of the given numbers that a new number must exceed; "" if there is none.

    Numbers later than tomorrow are ignored: they come from a clock that runs ahead. Numbers of tomorrow's last moment are
    ignored too, since that day has no number above them.

    >>> highest_number(["20200512-00000001", "20200513-k3f9x2ab", "20210512-k3f9x2ab"], date(2020, 5, 12))
    '20200513-k3f9x2ab'
    """
    end = f"{today + timedelta(days=1):%Y%m%d}-zzzz"
    return max((number for number in numbers if number < end), default="")


def number_at(now: datetime, random: int, above: str = "") -> str:
    """The number of an entry recorded at a moment (see ``entry_number``).

    >>> number_at(datetime(2020, 5, 12, 12), 7)
    '20200512-g0000007'
    """
    return entry_number(now.date(), (now - datetime.combine(now.date(), time())).total_seconds(), random, above)
