"""A number of a workbook as its cell shows it: number formats (``0.00%``, ``yyyy"年"m"月"``) in the way of Chinese programs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from typing import Final

from zhenggai.frozen import frozen

GENERAL: Final = "General"
_MONTH, _DAY, _FULL = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_CLOCK, _LONG_CLOCK = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
OF_CHINESE_PROGRAMS: Mapping[int, str] = {
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: _FULL, 32: _CLOCK, 33: _LONG_CLOCK,
    34: f"上午/下午{_CLOCK}", 35: f"上午/下午{_LONG_CLOCK}", 36: _MONTH, 50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY,
    55: f"上午/下午{_CLOCK}", 56: f"上午/下午{_LONG_CLOCK}", 57: _MONTH, 58: _DAY,
}  # fmt: skip
"""Formats that a workbook names by a number without saying what they are, and that other languages show otherwise."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<clock>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[eE](?![+-])|a{3,4})|(?P<general>General|G/通用格式)"
    r"|(?P<digits>[0#?.,]+(?:[eE][+-][0#?]+)?)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"?|[\\!].|\[[^\]]*\]|[^;])*+)(?:;|$)', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]{1,20}(?:\.[0-9]{1,20})?)\]")
_DAYS: Final = "一二三四五六日"
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_LAST_DAY: Final = 2_957_003  # in the year 9999, whatever day is the first
_TEN_DIGITS: Final = Context(prec=10, rounding=ROUND_HALF_UP)
_LONGEST: Final = 1_000  # characters of a format


@frozen
class Shown:
    """What a cell shows, and the value: a day if the format is that of one, else the number."""

    text: str
    value: date | Decimal


@lru_cache(maxsize=10_000)  # the same days and shares stand in many cells
def shown(number: Decimal, code: str, *, since_1904: bool = False) -> Shown:
    """The number as its format shows it, without colours and alignment. ``since_1904``: the workbook counts days from 1904 on, not from 1900.

    >>> [shown(Decimal(n), code).text for n, code in (("0.5", "0%"), ("1234.5", "#,##0.00"), ("2020.5", "General"), ("3", '"第"0"期"'))]
    ['50%', '1,234.50', '2020.5', '第3期']
    >>> shown(Decimal(43900), _MONTH)
    Shown(text='2020年3月', value=datetime.date(2020, 3, 10))
    """
    section, magnitude = _section_for(number, _sections(code))
    kinds = {kind for kind, _ in section}
    if "elapsed" in kinds:
        return Shown(_elapsed(number), number)
    if "clock" in kinds:
        return _shown_day(number, section, since_1904=since_1904)
    return Shown(_shown_number(magnitude, section), number)


Tokens = tuple[tuple[str, str], ...]


@frozen
class _Section:
    """A part of a format: its tokens (kind, text), and which numbers it is for, if it says so."""

    tokens: Tokens
    condition: tuple[str, Decimal] | None = None

    def is_for(self, number: Decimal) -> bool:
        """Whether the condition holds; a section without one is for all that are left."""
        if self.condition is None:
            return True
        sign, limit = self.condition
        order = (number > limit) - (number < limit)
        return order in _ORDERS[sign]


_PLAIN = _Section((("general", GENERAL),))
_ORDERS: Mapping[str, tuple[int, ...]] = {
    "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1), "=": (0,), "<>": (-1, 1),
}  # fmt: skip


@cache
def _sections(code: str) -> tuple[_Section, ...]:
    """The parts of a format for positive and negative numbers and for zero; that for texts is left out."""
    if not code or len(code) > _LONGEST:
        return (_PLAIN,)
    texts = [found[1] for found in _SECTION.finditer(code) if found[0] or not found.start()]
    made = [_section(text) for text in texts]
    return tuple(one for one in made if all(kind != "text" for kind, _ in one.tokens)) or (_PLAIN,)


def _section(text: str) -> _Section:
    condition = _CONDITION.search(text)
    return _Section(tuple(_tokens(text)), (condition[1], Decimal(condition[2])) if condition else None)


def _tokens(section: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(section):
        if found.lastgroup:
            kind = "literal" if found.lastgroup in ("quoted", "escaped", "currency", "other") else found.lastgroup
            yield kind, found[found.lastgroup]


def _section_for(number: Decimal, sections: Sequence[_Section]) -> tuple[Tokens, Decimal]:
    """The section for a number, and the number as that shows it: a section for negative ones has its own sign."""
    if any(section.condition for section in sections):
        return next((section for section in sections if section.is_for(number)), _PLAIN).tokens, number
    if number < 0 and len(sections) > 1:
        return sections[1].tokens, -number
    return sections[2 if number == 0 and len(sections) > 2 else 0].tokens, number


def _shown_number(number: Decimal, section: Tokens) -> str:
    places = [nth for nth, (kind, _) in enumerate(section) if kind in ("digits", "general", "text")]
    if len(places) > 1:  # a fraction, or digits with something between them
        return general(number)
    percents = sum(kind == "percent" for kind, _ in section)
    said = "".join(
        _digits(abs(number) * 100**percents, text) if nth in places else text for nth, (_, text) in enumerate(section)
    )
    return ("-" if number < 0 and places else "") + said.strip()


def _digits(number: Decimal, pattern: str) -> str:
    """The digits of a number by the pattern of ``0``, ``#``, ``.`` and ``,`` in a format.

    >>> [_digits(Decimal(n), p) for n, p in (("7", "000"), ("1234567.891", "#,##0.0"), ("2.5", "0.##"), ("0", "#"), ("1500", "0.0,"))]
    ['007', '1,234,567.9', '2.5', '', '1.5']
    """
    if not set(pattern) <= set("0#?.,"):  # General, @, or powers of ten
        return general(number)
    scaled = pattern.rstrip(",").replace(",.", ".")
    number /= 1000 ** (pattern.count(",") - scaled.count(","))
    digits, _, fraction = scaled.partition(".")
    places, least = len(fraction), len(fraction.rstrip("#?"))
    text = str(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) if number.adjusted() < 25 else str(number)
    before, _, after = text.partition(".")
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    before = before.lstrip("0").rjust(digits.count("0"), "0")
    if "," in digits and before.isdigit():
        before = f"{int(before):,}".rjust(len(before), "0")
    return f"{before}.{after}" if after else before


def general(number: Decimal) -> str:
    """A number without a format: a whole one with all its digits, another one with ten.

    >>> [general(Decimal(n)) for n in ("2020.50", "1E+3", "0.30000000000000004", "110101199003070011", "-0")]
    ['2020.5', '1000', '0.3', '110101199003070011', '0']
    """
    if not number:
        return "0"
    if not -20 < number.adjusted() < 25:
        return f"{number:g}"
    return f"{(number if number == int(number) else _TEN_DIGITS.plus(number)).normalize():f}"


def _elapsed(number: Decimal) -> str:
    """Hours, minutes and seconds, as many hours as there are."""
    if not 0 <= number < _LAST_DAY:
        return general(number)
    hours, rest = divmod(round(number * 86_400), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"


def _shown_day(number: Decimal, section: Tokens, *, since_1904: bool) -> Shown:
    """A day, or a time of day. A number that no day has is shown as it is, for somebody typed it into a cell of days."""
    letters = {text[0].lower() for kind, text in section if kind == "clock"}
    is_time = letters <= set("hms") and letters != {"m"}
    when = day_of(number, since_1904=since_1904)
    if when is None or (number < 1 and not is_time):
        return Shown(general(number), number)
    return Shown("".join(_clock_texts(when, section)).strip(), number if is_time else when.date())


def day_of(number: Decimal, *, since_1904: bool = False) -> datetime | None:
    """The day and time that a number counts, None if there is none; 1900-02-29, which Excel has, is 02-28.

    >>> day_of(Decimal(43900)), day_of(Decimal(20200310)), day_of(Decimal(42438), since_1904=True)
    (datetime.datetime(2020, 3, 10, 0, 0), None, datetime.datetime(2020, 3, 10, 0, 0))
    """
    if not 0 <= number < _LAST_DAY:
        return None
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if number < 60 else 30)
    return first + timedelta(seconds=round(number * 86_400))


def _clock_texts(when: datetime, section: Tokens) -> Iterator[str]:
    """The texts of a section's tokens: m is a month, or minutes after hours and before seconds."""
    clock = [text for kind, text in section if kind == "clock"]
    half = any(kind == "half" for kind, _ in section)
    around = zip(clock, ["", *clock], [*clock[1:], ""], strict=False)
    for kind, text in section:
        if kind == "half":
            morning, afternoon = ("上午", "下午") if "午" in text else ("AM", "PM")
            yield morning if when.hour < 12 else afternoon
        elif kind == "clock":
            _, before, after = next(around)
            yield _clock_text(when, text, minutes=before[:1] in ("h", "H") or after[:1] in ("s", "S"), half=half)
        elif kind != "digits" or text == ".":  # others are parts of a second
            yield text


def _clock_text(when: datetime, token: str, *, minutes: bool, half: bool) -> str:
    letter, width = token[0].lower(), len(token)
    if letter in "ye":
        return f"{when.year % 100:02}" if letter == "y" and width <= 2 else str(when.year)
    if letter == "m" and not minutes and width > 2:
        return _MONTHS.split()[when.month - 1]
    if letter == "d" and width > 2:
        return when.strftime("%a" if width == 3 else "%A")
    if letter == "a":
        return ("星期" if width == 4 else "") + _DAYS[when.weekday()]
    hour = (when.hour % 12 or 12) if half else when.hour
    number = {"m": when.minute if minutes else when.month, "d": when.day, "h": hour, "s": when.second}[letter]
    return f"{number:02}" if width > 1 else str(number)
