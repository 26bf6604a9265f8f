"""Tokens of a deadline's text: its dates and numbers, the days that they mean, and the shape that remains."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from zhenggai.deadline.calendar import (
    Bounds,
    add_months,
    add_workdays,
    dekad_bounds,
    half_bounds,
    month_end,
    months_bounds,
    quarter_bounds,
)
from zhenggai.deadline.meaning import Context, Deadline, DeadlineKind, NoSuchDate

TOKEN = re.compile(  # kept small: compiling it takes a fifth of this package's import time
    "(?:(?P<year>[0-9]{4}|[0-9]{2}|次)(?:(?=年[底内中])|年))?"
    "(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|(?P<part>[上中下]+旬|[底初中]))?"
    "|第?(?P<quarter>[0-9])季底?|(?P<fixed>(?<!学)年[底内中]|[上下]半年|全年))"
    "|(?P<base>即日|印发|反馈)"
    "|(?P<number>[0-9]+)"
)
_LETTERS = {"number": "#", "base": "B"}  # every other token is a point
Token = re.Match[str]

_FIXED: dict[str, Callable[[int], Bounds]] = {
    "年底": lambda year: (date(year, 12, 31), date(year, 12, 31)),
    "年内": lambda year: months_bounds(year, 1, 12),
    "全年": lambda year: months_bounds(year, 1, 12),
    "年中": lambda year: half_bounds(year, 1),
    "上半年": lambda year: half_bounds(year, 1),
    "下半年": lambda year: half_bounds(year, 2),
}
UNITS: dict[str, Callable[[date, int], date]] = {
    "日": lambda day, n: day + timedelta(days=n),
    "天": lambda day, n: day + timedelta(days=n),
    "周": lambda day, n: day + timedelta(weeks=n),
    "小时": lambda day, n: day + timedelta(days=-(-n // 24)),
    "个月": add_months,
    "个半月": lambda day, n: add_months(day, n) + timedelta(days=15),
    "个季": lambda day, n: add_months(day, 3 * n),
    "年": lambda day, n: add_months(day, 12 * n),
    "年半": lambda day, n: add_months(day, 12 * n + 6),
}
WORKDAYS = ("个工作日", "工作日")


def counted(start: date, count: int, unit: str) -> tuple[date, tuple[int, ...]]:
    """The day ``count`` units after a day, which is not counted, and the years whose holidays are not known."""
    return add_workdays(start, count) if unit in WORKDAYS else (UNITS[unit](start, count), ())


class Reading:
    """The state of parsing one text: its tokens in order, its shape, and the warnings so far."""

    __slots__ = ("assumed", "context", "notes", "shape", "text", "tokens")

    def __init__(self, text: str, folded: str, context: Context, notes: tuple[str, ...]) -> None:
        self.text, self.context = text, context
        self.notes = list(notes)
        self.assumed: date | None = None  # the end of a point without a written year
        self.tokens: list[Token] = []
        self.shape = TOKEN.sub(self._letter, folded)

    def _letter(self, token: Token) -> str:
        self.tokens.append(token)
        return _LETTERS.get(token.lastgroup or "", "P")

    @property
    def numbers(self) -> list[int]:
        """The plain numbers among the tokens."""
        return [int(token[0]) for token in self.tokens if token["number"]]

    def deadline(self, kind: DeadlineKind, start: date | None = None, end: date | None = None) -> Deadline:
        """The result, with the text and the warnings so far; every handler ends with it."""
        return Deadline(self.text, kind, start, end, warnings=tuple(self.notes))

    def year(self, token: Token, after: int | None) -> int:
        """The year of a point: as written, else that of the point before it (``after``), else the plan's (A3)."""
        digits = token["year"]
        if digits == "次":
            year = (after or self.context.year) + 1
            if after is None:
                self.notes.append(f"「次年」按{year}年计")
            return year
        if digits and len(digits) == 2:
            if token["fixed"] == "年内":
                raise Unread  # 20年内: twenty years, or 2020年内?
            self.notes.append(f"年份只写了两位，「{digits}年」按20{digits}年计")
            return 2000 + int(digits)
        return int(digits or after or self.context.year)

    def point(self, token: Token, after: int | None = None) -> Bounds:
        """First and last day of a point; ``after`` is the year of the point before it."""
        year = self.year(token, after)
        if token["month"]:
            bounds = self._month_part(year, int(token["month"]), token["day"], token["part"])
        elif token["quarter"]:
            self.require(1 <= int(token["quarter"]) <= 4, "一年只有四个季度")
            bounds = quarter_bounds(year, int(token["quarter"]))
        else:
            bounds = _FIXED[token["fixed"]](year)
        if token["year"] is None and after is None:
            self.assumed = bounds[1]
        return bounds

    def day(self, year: int, month: int, day: int) -> date:
        """The date; NoSuchDate if it does not exist."""
        self.require(1 <= month <= 12, f"没有{month}月")
        last = month_end(year, month).day
        self.require(1 <= day <= last, f"{year}年{month}月只有{last}天，没有{day}日")
        return date(year, month, day)

    def _month_part(self, year: int, month: int, day: str | None, part: str | None) -> Bounds:
        first = self.day(year, month, 1)
        match part:
            case None if day:
                return (self.day(year, month, int(day)),) * 2
            case None:
                return first, month_end(year, month)
            case "底":
                return (month_end(year, month),) * 2
            case "初":
                return first, self.day(year, month, self.context.conventions.month_start_day)
            case "中":
                return (self.day(year, month, self.context.conventions.mid_month_day),) * 2
        return dekad_bounds(year, month, part)

    def require(self, holds: bool, reason: str) -> None:
        """Raise NoSuchDate with that reason unless the condition holds."""
        if not holds:
            raise NoSuchDate(self.text, reason)

    def base(self, token: Token) -> date | None:
        """The base day that a token names: 印发日期, or 反馈日期 and in its stead 印发日期 with a warning; None without either."""
        if "反馈" not in token[0]:
            return self.context.issued
        if self.context.feedback is None and self.context.issued is not None:
            self.notes.append("没有反馈日期，从印发日期起算")
        return self.context.feedback or self.context.issued


class Unread(Exception):
    """The words have no known shape, or their tokens make no sense in it; the message is the reason, empty for no special one."""


Handler = Callable[[Reading], Deadline]


def is_month(token: Token) -> bool:
    """Whether a token is a bare month, without a day or a part such as 上旬."""
    return token.lastgroup == "month"
