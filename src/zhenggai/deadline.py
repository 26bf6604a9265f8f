"""Words → Deadline: what 时限 means in an official document; the words are kept and the window stands beside them.

A text is normalised, its dates and numbers become tokens, and what is left, its *shape*, is looked up in the table
``ROWS``: 「2020年3月上旬前」 has the shape ``P前``. The whole text must be a known shape; nothing is searched for inside it.

    P  a point: 9月, 9月底, 9月30日, 3月上旬, 第2季, 年底 …, with or without its year
    B  a base day: 即日, 印发之日, 反馈之日          #  any other number

The grammar and its conventions A1–A8 are those of ``docs`` (domain/deadlines.md); A4–A6 need no code here: phases that
overlap are read as written, inheritance belongs to the rules, and a date on a rest day stays where it is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, partial

from zhenggai.calendar import (
    Bounds,
    Step,
    add_months,
    add_workdays,
    dekad_bounds,
    half_bounds,
    month_end,
    months_bounds,
    period_bounds,
    periods_between,
    quarter_bounds,
)
from zhenggai.errors import UsageError


class Kind(StrEnum):
    """What sort of deadline the words are."""

    BY = "by"
    ON = "on"
    SPAN = "span"
    FROM = "from"
    RELATIVE = "relative"
    IMMEDIATE = "immediate"
    LONG_TERM = "long_term"
    CONTINUOUS = "continuous"
    RECURRING = "recurring"
    PHASE = "phase"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Window:
    """A phase of the plan by its name, as context; an open side is None."""

    name: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Conventions:
    """The readings that a plan may set otherwise: the day of 月初 and of 月中, days until 立行立改 is checked."""

    month_start_day: int = 5
    mid_month_day: int = 15
    immediate_days: int = 15


@dataclass(frozen=True, slots=True)
class Context:
    """What the words lean on: the plan's 年度, 印发日期, 反馈日期, its phases and conventions."""

    year: int
    issued: date | None = None
    feedback: date | None = None
    phases: tuple[Window, ...] = ()
    conventions: Conventions = Conventions()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a recurring duty: the period's name and first day, and ``end``, the last day on time."""

    period: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often, and up to which day of each period.

    ``day`` is the day of the month, for a week the ISO weekday; None is the last. ``month`` counts within the period
    (每季度首月: 1); None is the last.
    """

    step: Step
    day: int | None = None
    month: int | None = None

    def occurrences(self, start: date, end: date) -> tuple[Occurrence, ...]:
        """All occurrences whose last day on time lies in start..end, in order; a day 31 is clamped to the month.

        >>> [str(o.end) for o in Recurrence("month", 31).occurrences(date(2020, 1, 31), date(2020, 3, 30))]
        ['2020-01-31', '2020-02-29']
        """
        found = (Occurrence(name, *self._window(name)) for name in periods_between(self.step, start, end))
        return tuple(occurrence for occurrence in found if start <= occurrence.end <= end)

    def _window(self, name: str) -> Bounds:
        first, last = period_bounds(name)
        if self.step == "week":
            return first, first + timedelta(days=(self.day or 7) - 1)
        month = last if self.month is None else add_months(first, self.month - 1)
        end_of_month = month_end(month.year, month.month)
        return first, end_of_month.replace(day=min(self.day or 31, end_of_month.day))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words and what they mean.

    ``end`` is the last day on which the work is still on time. ``check_date`` is that of 立行立改; ``then`` is
    "long_term" where 长期坚持 follows the stage. ``warnings`` are whole Chinese sentences.
    """

    text: str
    kind: Kind
    start: date | None = None
    end: date | None = None
    check_date: date | None = None
    then: str | None = None
    warnings: tuple[str, ...] = ()
    recurrence: Recurrence | None = None


class UnknownDeadline(UsageError):
    """The words fit no row; ``nearest`` are the examples of the rows that look most like them."""

    def __init__(self, text: str, nearest: tuple[str, ...], reason: str = "不是认得的写法") -> None:
        self.text, self.nearest = text, nearest
        super().__init__(f"时限「{_short(text)}」{reason}。相近的写法：{'、'.join(nearest)}")


class NoSuchDate(UsageError):
    """The words are understood, but the calendar has no such date."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        super().__init__(f"时限「{_short(text)}」有误：{reason}")


class BaseNeeded(UsageError):
    """The words count from a day that the context does not give."""

    def __init__(self, text: str, base: str) -> None:
        self.text = text
        super().__init__(f"时限「{_short(text)}」要从{base}起算，请先写明{base}")


def parse_deadline(text: str, context: Context) -> Deadline:
    """What a deadline's words mean.

    UnknownDeadline for words that fit no row, NoSuchDate for 2月30日, BaseNeeded where the day to count from is missing.

    >>> parse_deadline("9月底前", Context(2020)).end
    datetime.date(2020, 9, 30)
    >>> parse_deadline("９月前完成", Context(2020)).warnings
    ('「9月前」按2020-08-31计；若指9月底前，请写「9月底前」',)
    >>> parse_deadline("二〇二〇年三月上旬至四月，并长期坚持", Context(2020)).then
    'long_term'
    """
    return _parsed(text, context)


def occurrences(deadline: Deadline, start: date, end: date) -> tuple[Occurrence, ...]:
    """The occurrences of a recurring deadline whose last day lies in start..end; none of any other deadline.

    >>> duty = parse_deadline("每季度末", Context(2020))
    >>> [o.period for o in occurrences(duty, date(2020, 1, 1), date(2020, 12, 31))]
    ['2020-Q1', '2020-Q2', '2020-Q3', '2020-Q4']
    """
    return deadline.recurrence.occurrences(start, end) if deadline.recurrence else ()


# --- tokens: what a date may look like ------------------------------------------------------------------------------

_TOKEN = re.compile(  # kept small: compiling it is a fifth of what this module costs at start
    "(?:(?P<year>[0-9]{4}|[0-9]{2}|次)(?:(?=年[底内中])|年))?"
    "(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|(?P<part>[上中下]+旬|[底初中]))?"
    "|第?(?P<quarter>[0-9])季底?|(?P<fixed>年[底内中]|[上下]半年|半年内|全年))"
    "|(?P<base>即日|印发|反馈)"
    "|(?P<number>[0-9]+)"
)
_LETTERS = {"number": "#", "base": "B"}  # every other token is a point
_Token = re.Match[str]

_FIXED: dict[str, Callable[[int], Bounds]] = {
    "年底": lambda year: (date(year, 12, 31), date(year, 12, 31)),
    "年内": lambda year: months_bounds(year, 1, 12),
    "全年": lambda year: months_bounds(year, 1, 12),
    "年中": lambda year: half_bounds(year, 1),
    "上半年": lambda year: half_bounds(year, 1),
    "半年内": lambda year: half_bounds(year, 1),
    "下半年": lambda year: half_bounds(year, 2),
}
_UNITS: dict[str, Callable[[date, int], date]] = {
    "日": lambda day, n: day + timedelta(days=n),
    "天": lambda day, n: day + timedelta(days=n),
    "周": lambda day, n: day + timedelta(weeks=n),
    "个月": add_months,
    "年": lambda day, n: add_months(day, 12 * n),
    "年半": lambda day, n: add_months(day, 12 * n + 6),
}
_WORKDAYS = ("个工作日", "工作日")


class _Reading:
    """One reading of one text: its tokens in order, and what was noticed on the way."""

    __slots__ = ("assumed", "context", "notes", "shape", "text", "tokens")

    def __init__(self, text: str, folded: str, context: Context, notes: tuple[str, ...]) -> None:
        self.text, self.context = text, context
        self.notes = list(notes)
        self.assumed: date | None = None  # end of a point whose year was not written
        self.tokens: list[_Token] = []
        self.shape = _TOKEN.sub(self._letter, folded)

    def _letter(self, token: _Token) -> str:
        self.tokens.append(token)
        return _LETTERS.get(token.lastgroup or "", "P")

    @property
    def numbers(self) -> list[int]:
        """The plain numbers among the tokens."""
        return [int(token[0]) for token in self.tokens if token["number"]]

    def deadline(self, kind: Kind, start: date | None = None, end: date | None = None) -> Deadline:
        """The result of this reading; every handler ends here."""
        return Deadline(self.text, kind, start, end, warnings=tuple(self.notes))

    def year(self, token: _Token, after: int | None) -> int:
        """The written year of a point, else that of the point before it, else the plan's (A3)."""
        digits = token["year"]
        if digits == "次":
            if after is None:
                raise _Unread
            return after + 1
        if digits and len(digits) == 2:
            if token["fixed"] == "年内":
                raise _Unread  # 20年内: twenty years, or 2020年内?
            self.notes.append(f"年份只写了两位，「{digits}年」按20{digits}年计")
            return 2000 + int(digits)
        return int(digits or after or self.context.year)

    def point(self, token: _Token, after: int | None = None) -> Bounds:
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
        """A date that exists, else NoSuchDate."""
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
        """NoSuchDate with that reason unless the condition holds."""
        if not holds:
            raise NoSuchDate(self.text, reason)

    def base(self, token: _Token) -> date | None:
        """反馈日期 where the words say so, else 印发日期."""
        return self.context.feedback if "反馈" in token[0] else self.context.issued


class _Unread(Exception):
    """A shape that is known, around something that makes no sense there."""


_Handler = Callable[[_Reading], Deadline]


# --- handlers: what a shape means -----------------------------------------------------------------------------------


def _is_month(token: _Token) -> bool:
    return token.lastgroup == "month"


def _alone(r: _Reading) -> Deadline:
    """A point with nothing around it: a day is that day, a 旬 or month its whole length, an end a limit."""
    (token,) = r.tokens
    start, end = r.point(token)
    if token["day"]:
        return r.deadline(Kind.ON, start, end)
    if _is_month(token) or token["fixed"] == "全年" or "旬" in token[0]:
        return r.deadline(Kind.SPAN, start, end)
    return r.deadline(Kind.BY, None, end)


def _before(r: _Reading) -> Deadline:
    """X前 includes the day (A1) or 旬 it names; only a bare month is left out, with a warning (A2)."""
    (token,) = r.tokens
    if token["fixed"] == "全年":
        raise _Unread
    start, end = r.point(token)
    if _is_month(token):
        end = start - timedelta(days=1)
        r.notes.append(f"「{token[0]}前」按{end}计；若指{token['month']}月底前，请写「{token['month']}月底前」")
    return r.deadline(Kind.BY, None, end)


def _until(r: _Reading) -> Deadline:
    """截至X includes all of X; said aloud where X is a bare month."""
    (token,) = r.tokens
    end = r.point(token)[1]
    if _is_month(token):
        r.notes.append(f"「截至{token[0]}」按{end}计")
    return r.deadline(Kind.BY, None, end)


def _span(r: _Reading) -> Deadline:
    """P至P; a second month that lies before the first is next year's, with a warning."""
    first, second = r.tokens
    if r.shape.endswith("前") and _is_month(second):
        raise _Unread  # 4月至9月前: 8月底 or 9月底?
    start = r.point(first)[0]
    return _ordered(r, start, r.point(second, start.year)[1], second)


_NO_DASH = "两个日期之间缺少「至」，按起止时间计"


def _span_without_dash(r: _Reading) -> Deadline:
    r.notes.append(_NO_DASH)
    return _span(r)


def _ordered(r: _Reading, start: date, end: date, second: _Token) -> Deadline:
    if end < start and second["year"] is None and end.month < start.month:
        end = r.point(second, start.year + 1)[1]
        r.notes.append(f"止于次年：「{second[0]}」按{end.year}年计")
    r.require(start <= end, f"止于{end}，早于开始的{start}")
    return r.deadline(Kind.SPAN, start, end)


def _shared_unit(r: _Reading) -> Deadline:
    """4至9月, 10至11月中旬, 1至3季度, 2020年4至9月: the first number has the unit of the second point."""
    *years, number, last = r.tokens
    if last["year"] or not (last["month"] or last["quarter"]) or last["day"]:
        raise _Unread
    unit = "月" if last["month"] else "季"
    prefix = f"{years[0][0]}年" if years else ""
    first = _TOKEN.fullmatch(f"{prefix}{number[0]}{unit}")
    if first is None:  # a number of more digits than a month has
        raise _Unread
    start = r.point(first)[0]
    return _ordered(r, start, r.point(last, start.year)[1], last)


def _shared_month(r: _Reading) -> Deadline:
    """5月2日至7日, 5月2至7日, 5月上旬至中旬, and with a lost dash 5月2日7日: the second part has the first one's month."""
    token, numbers = r.tokens[0], r.numbers
    start = r.point(token)[0]
    if "旬" in token[0] and not numbers:
        end = dekad_bounds(start.year, start.month, r.shape[-2:])[1]
    elif (token["day"] and len(numbers) == 1) or (_is_month(token) and len(numbers) == 2):
        start, end = (r.day(start.year, start.month, day) for day in [start.day, *numbers][-2:])
    else:
        raise _Unread
    if "至" not in r.shape:
        r.notes.append(_NO_DASH)
    r.require(start <= end, f"止于{end}，早于开始的{start}")
    return r.deadline(Kind.SPAN, start, end)


def _years(r: _Reading) -> Deadline:
    """2020年, 2020年至2022年: whole years."""
    years = r.numbers
    if any(len(token[0]) != 4 for token in r.tokens):
        raise _Unread
    r.require(years[0] <= years[-1], f"止于{years[-1]}年，早于开始的{years[0]}年")
    return r.deadline(Kind.SPAN, date(years[0], 1, 1), date(years[-1], 12, 31))


def _from(r: _Reading) -> Deadline:
    return r.deadline(Kind.FROM, r.point(r.tokens[0])[0])


def _from_base(r: _Reading) -> Deadline:
    return r.deadline(Kind.FROM, _noted(r, r.base(r.tokens[0])))


def _span_from_base(r: _Reading) -> Deadline:
    start, end = _noted(r, r.base(r.tokens[0])), r.point(r.tokens[1])[1]
    r.require(start is None or start <= end, f"止于{end}，早于开始的{start}")
    return r.deadline(Kind.SPAN, start, end)


def _noted(r: _Reading, base: date | None) -> date | None:
    if base is None:
        r.notes.append("没有起算日期，开始时间待定")
    return base


def _relative(r: _Reading) -> Deadline:
    """N个月内, N日内, N个工作日内, after a named day or else after 反馈日期 or 印发日期; that day itself is not counted."""
    *lead, number = r.tokens
    count, unit = int(number[0]), r.shape.rpartition("#")[2].removesuffix("内")
    start: date | None
    if not lead:
        start, name = r.context.feedback or r.context.issued, "反馈日期或印发日期"
    elif lead[0]["base"]:
        start, name = r.base(lead[0]), "反馈日期" if "反馈" in lead[0][0] else "印发日期"
    else:
        start, name = r.point(lead[0])[0], ""
    if start is None:
        raise BaseNeeded(r.text, name)
    r.require(count <= 9999, "期限过长")
    if unit not in _WORKDAYS:
        return r.deadline(Kind.RELATIVE, start, _UNITS[unit](start, count))
    end, missing = add_workdays(start, count)
    r.notes += [f"没有{year}年的节假日安排，{year}年按周一至周五计" for year in missing]
    return r.deadline(Kind.RELATIVE, start, end)


def _before_festival(r: _Reading) -> Deadline:
    """七一前 is 06-30; the other festivals move or mean different days to different people."""
    name = r.shape.removeprefix("#年")
    if any(len(token[0]) != 4 for token in r.tokens):
        raise _Unread
    if name != "建党节前":
        r.notes.append(f"「{name}」没有写明日期，未明确时限")
        return r.deadline(Kind.UNRESOLVED)
    end = date(r.numbers[0] if r.tokens else r.context.year, 6, 30)
    r.assumed = None if r.tokens else end
    return r.deadline(Kind.BY, None, end)


def _unresolved(r: _Reading) -> Deadline:
    r.notes.append("未明确时限")
    return r.deadline(Kind.UNRESOLVED)


def _immediate(r: _Reading) -> Deadline:
    result = _open(Kind.IMMEDIATE, r)
    if result.start is None:
        return result
    return replace(result, check_date=result.start + timedelta(days=r.context.conventions.immediate_days))


def _open(kind: Kind, r: _Reading) -> Deadline:
    return r.deadline(kind, _noted(r, r.context.issued))


def _every(step: Step, day: int | None = None, month: int | None = None) -> _Handler:
    """A recurring duty whose day is known from the shape alone."""
    return lambda r: _recurring(r, Recurrence(step, day, month))


def _recurring(r: _Reading, recurrence: Recurrence) -> Deadline:
    return replace(r.deadline(Kind.RECURRING), recurrence=recurrence)


def _every_once(step: Step) -> _Handler:
    """每月一次: more than once in a period says no dates."""

    def handle(r: _Reading) -> Deadline:
        if r.numbers != [1]:
            raise _Unread
        return _recurring(r, Recurrence(step))

    return handle


def _every_on(step: Step, month: int | None = None) -> _Handler:
    """每月5日前, 每周五前, 每季度首月10日前: the last number is the day."""
    limit, reason = (7, "一周只有七天") if step == "week" else (31, "一个月最多31天")

    def handle(r: _Reading) -> Deadline:
        *_, day = r.numbers
        r.require(1 <= day <= limit, reason)
        return _recurring(r, Recurrence(step, day, month))

    return handle


def _every_nth_month(r: _Reading) -> Deadline:
    """每季度第一个月10日前."""
    month, day = r.numbers
    r.require(1 <= month <= 3, "一个季度只有三个月")
    r.require(1 <= day <= 31, "一个月最多31天")
    return _recurring(r, Recurrence("quarter", day, month))


def _every_year_by(r: _Reading) -> Deadline:
    """每年12月底前, 每年6月30日前; 29 February is clamped in common years."""
    (token,) = r.tokens
    if token["year"]:
        raise _Unread
    end = r.point(token, after=2000)[1]  # any leap year
    if r.shape.endswith("前") and _is_month(token):
        raise _Unread  # 每年9月前: 8月底 or 9月底?
    return _recurring(r, Recurrence("year", end.day if token["day"] or token["part"] else None, end.month))


def _regularly(r: _Reading) -> Deadline:
    r.notes.append("未明确频次，暂按每季度")
    return _recurring(r, Recurrence("quarter"))


def _every_month_at(convention: str, r: _Reading) -> Deadline:
    return _recurring(r, Recurrence("month", getattr(r.context.conventions, convention)))


# --- the table: name of the row, example, shapes (x? may be missing), what they mean --------------------------------

_AFTER = " ".join(f"#{unit}内 自?P起#{unit}内? 自?B起#{unit}内? B后#{unit}内?" for unit in (*_UNITS, *_WORKDAYS))
_FESTIVAL_NAMES = ("建党节", "春节", "国庆", "元旦", "劳动节", "建军节", "清明", "端午", "中秋")
_FESTIVALS = " ".join(f"#年{name}前 {name}前" for name in _FESTIVAL_NAMES)

ROWS: tuple[tuple[str, str, str, _Handler], ...] = (
    ("某日、某月、某旬、月底、季度、年底", "9月底", "P", _alone),
    ("之前", "2020年9月30日前", "P前", _before),
    ("截止", "截至9月30日", "截P前?", _until),
    ("起止", "2020年4月至9月", "自?P至P P至P前", _span),
    ("起止，共用单位", "10至11月中旬", "#至P #年#至P", _shared_unit),
    ("起止，同月", "5月2日至7日", "P至#日 P#至#日 P至上旬 P至中旬 P至下旬 P#日", _shared_month),
    ("起止，缺「至」", "2月上旬4月底", "PP前?", _span_without_dash),
    ("整年", "2020年", "#年 #年至#年 #至#年", _years),
    ("以后", "2020年12月以后", "自?P起 P后", _from),
    ("即日起", "即日起", "自?B起 B后", _from_base),
    ("即日起至", "即日起至9月底", "自?B至P 自?B至P前", _span_from_base),
    ("若干时间内", "3个月内", _AFTER, _relative),
    ("节日前", "“七一”前", _FESTIVALS, _before_festival),
    ("立行立改", "立行立改", "立行立改 即知即改 立查立改 立即整改 边查边改", _immediate),
    ("长期坚持", "长期坚持", "长期坚持 常抓不懈 长期整改 抓常抓长", partial(_open, Kind.LONG_TERM)),
    ("持续推进", "持续推进", "持续推进 持续整改 持续用力 逐步推进", partial(_open, Kind.CONTINUOUS)),
    ("未明确", "尽快", "适时 尽快", _unresolved),
    ("每月", "每月底前", "每月 每月底前?", _every("month")),
    ("每月某日", "每月5日前", "每月#日前?", _every_on("month")),
    ("每月上旬", "每月上旬前", "每月上旬前?", _every("month", 10)),
    ("每月中旬", "每月中旬前", "每月中旬前?", _every("month", 20)),
    ("每月下旬", "每月下旬前", "每月下旬前?", _every("month")),
    ("每月初", "每月初", "每月初前?", partial(_every_month_at, "month_start_day")),
    ("每月中", "每月中", "每月中前?", partial(_every_month_at, "mid_month_day")),
    ("每月一次", "每月一次", "每月#次", _every_once("month")),
    ("每周", "每周", "每周 每周底前?", _every("week")),
    ("每周某日", "每周五前", "每周#前?", _every_on("week")),
    ("每周一次", "每周一次", "每周#次", _every_once("week")),
    ("每季度", "每季度末", "每季 每季底前?", _every("quarter")),
    ("每季度首月", "每季度首月10日前", "每季首月#日前?", _every_on("quarter", 1)),
    ("每季度末月", "每季度末月25日前", "每季尾月#日前?", _every_on("quarter")),
    ("每季度第几个月", "每季度第1个月10日前", "每季第#个月#日前?", _every_nth_month),
    ("每季度一次", "每季度一次", "每季#次", _every_once("quarter")),
    ("每半年", "每半年", "每半年", _every("half")),
    ("每半年一次", "每半年一次", "每半年#次", _every_once("half")),
    ("每年", "每年", "每年前?", _every("year")),
    ("每年某时", "每年12月底前", "每年P前?", _every_year_by),
    ("每年一次", "每年一次", "每年#次", _every_once("year")),
    ("定期", "定期", "定期", _regularly),
)


def _expanded(spec: str) -> Iterator[str]:
    """Every spelling of a shape with optional characters: "自?P起" is 自P起 and P起."""
    head, mark, tail = spec.partition("?")
    if not mark:
        yield spec
        return
    for rest in _expanded(tail):
        yield head + rest
        yield head[:-1] + rest


_SHAPES = {shape: handle for *_, specs, handle in ROWS for spec in specs.split() for shape in _expanded(spec)}
_EXAMPLES = [example for _, example, *_ in ROWS] + [
    "1月前",
    "上半年",
    "第二季度末前",
    "全年",
    "取得阶段性成效并长期坚持",
]

# --- normalising: the many spellings of one thing -------------------------------------------------------------------

_WIDTH: dict[int, int | str] = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}  # full-width ASCII
_WIDTH |= dict.fromkeys(map(ord, "“”‘’「」＂＇\"'"), "") | dict.fromkeys(map(ord, "—–―─〜～~"), "至")
_DIGITS = str.maketrans("〇○零O一二两三四五六七八九", "00001223456789")
_PAUSES = ".。;,、"
_BRACKETS = str.maketrans("():,;", "     ")
_SPELLINGS = """
    之前>前 以前>前 之内>内 以内>内 以后>后 之后>后 开始>起 从>自 号>日 不少于> 至少>
    七一前>建党节前 五一前>劳动节前 八一前>建军节前 十一前>国庆前 国庆节>国庆 清明节>清明 端午节>端午 中秋节>中秋
    月份>月 月末>月底 月低>月底 末月>尾月 年末>年底 年终>年底 年年>年 每年底>每年
    贯穿全年>全年 半个月>15日 起半年>起6个月 季度>季 季末>季底 星期>周 周末>周底 周天>周日 周日>周7
    收到反馈>反馈 反馈意见>反馈 反馈之日>反馈 方案印发>印发 本印发>印发 印发之日>印发
    截止至>截 截止到>截 截至到>截 截至>截 截止>截 到>至 起至>至 至至>至
"""
_ALIASES = tuple(pair.split(">") for pair in _SPELLINGS.split())  # in order: a later pair sees what an earlier one made
_LONG_TERM = ("长期坚持", "常抓不懈", "长期整改", "抓常抓长")
_LEADING = ("力争", "确保", "于", "在")  # how firm the promise is does not move its date
_TRAILING = (
    *("基本完成", "全面完成", "全部完成", "完成整改", "完成销号", "整改完成", "整改完毕", "整改到位", "落实到位"),
    *("取得阶段性成效", "取得明显成效", "取得实效", "报送", "上报", "完成", "期间", "为止", "止"),
)
_ABOUT_DURATION = ("为期", "历时", "共", "约", "用", "时间", "左右")
_PLACEHOLDERS = frozenset("xX×*_□")
_DATE_CHARACTERS = frozenset("0123456789年月日季第上中下旬半初底前内后起至截./-") | _PLACEHOLDERS


def _tidied(text: str) -> str:
    """Without blanks, quotes and closing punctuation, in half width: the form in which words are compared."""
    return "".join(text.split()).translate(_WIDTH).rstrip(_PAUSES)


def _folded(text: str, context: Context, notes: list[str]) -> str:
    """One spelling for every date and number; 今年, 本月 … become the year and month they mean."""
    for spelling, plain in _ALIASES:
        text = text.replace(spelling, plain)
    text = _without_calendar_words(text.translate(_DIGITS), context, notes)
    if "十" in text or "百" in text:
        text = re.sub("(?<![0-9十])([1-9]?)十([1-9]?)(?![0-9十])", lambda m: f"{int(m[1] or 1)}{m[2] or 0}", text)
        text = re.sub(
            "(?<![0-9百])([1-9]?)百(0[1-9]|[1-9][0-9])?(?![0-9百])", lambda m: f"{m[1] or 1}{m[2] or '00'}", text
        )
    if "年内" in text:
        text = re.sub("(?<![0-9])([1-9])年内", lambda m: f"{12 * int(m[1])}个月内", text)
    if not {".", "-", "/"}.isdisjoint(text):
        written = r"(?<![0-9])([0-9]{4})([-./])([0-9]{1,2})(?:\2([0-9]{1,2})日?|月)?(?![0-9])"
        text = re.sub(written, lambda m: f"{m[1]}年{m[3]}月" + (f"{m[4]}日" if m[4] else ""), text)
    return text.replace("-", "至")


def _without_calendar_words(text: str, context: Context, notes: list[str]) -> str:
    base = context.issued or context.feedback
    for word, ahead in (("今年", 0), ("本年", 0), ("明年", 1)):
        if word in text:
            year = (base.year if base else context.year) + ahead
            if base is None:
                notes.append(f"没有印发日期，「{word}」按{year}年计")
            text = text.replace(word, f"{year}年")
    for word, ahead in (("本月", 0), ("次月", 1), ("下月", 1)):
        if word in text and "至" not in text[: text.index(word)]:  # 5月至次月: not the base's
            if base is None:
                raise BaseNeeded(text, "印发日期")
            month = add_months(base.replace(day=1), ahead)
            text = text.replace(word, f"{month.year}年{month.month}月", 1)
    return text


# --- the way through ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _parsed(text: str, context: Context) -> Deadline:
    tidy = _tidied(text)
    if not {"〔", "〕", "《", "》", "【", "】"}.isdisjoint(tidy) or _is_document_number(tidy):
        raise UnknownDeadline(text, _nearest(tidy, context), "是文号或文件名，不是时限")
    try:
        return _staged(text, tidy, context)
    except _Unread:
        raise UnknownDeadline(text, _nearest(tidy, context)) from None
    except (ValueError, OverflowError):
        raise NoSuchDate(text, "日期超出日历的范围") from None


def _is_document_number(tidy: str) -> bool:
    """县组发[2018]79号: square brackets as they are typed where 〔〕 is hard to find."""
    return tidy.endswith("号") and re.search(r"[\[(][0-9]{4}[\])][0-9]+号", tidy) is not None


def _staged(text: str, tidy: str, context: Context) -> Deadline:
    """「X，并长期坚持」 is X and then long-term; where X only promises first results there is no date before."""
    words = tidy.replace(",", "、").split("、")
    if len({_SHAPES.get(word) for word in words}) == 1 and words[0] in _SHAPES:
        tidy = words[0]  # 立行立改、即知即改: one thing said twice
    stage = _before_long_term(tidy)
    if stage is None:
        return _whole(text, tidy, context)
    if stage in ("", *_TRAILING):
        return replace(_whole(text, "长期坚持", context), then="long_term")
    return replace(_whole(text, stage, context), then="long_term")


def _before_long_term(tidy: str) -> str | None:
    closed = tidy.removesuffix(")")
    for word in _LONG_TERM:
        head = closed.removesuffix(word)
        stage = head.removesuffix("并").rstrip(_PAUSES + "(")
        if closed != head != stage:
            return stage
    return None


def _whole(text: str, tidy: str, context: Context) -> Deadline:
    """One expression, perhaps in brackets, perhaps with a duration beside it."""
    parts = tidy.translate(_BRACKETS).split()
    if len(parts) == 2 and (durations := [part for part in parts if _duration(part, context)]):
        (dates,) = [part for part in parts if part != durations[0]] or [""]
        return _checked(_clear(text, dates, context), durations[0], context)
    return _clear(text, parts[0] if len(parts) == 1 else tidy, context)


def _duration(part: str, context: Context) -> tuple[int, str] | None:
    """A length of time, 为期1年半, as number and unit."""
    for word in _ABOUT_DURATION:
        part = part.replace(word, "")
    reading = _Reading(part, _folded(part.replace("半年", "6个月"), context, []), context, ())
    unit = reading.shape.removeprefix("#")
    return (reading.numbers[0], unit) if unit in _UNITS and len(reading.numbers) == 1 else None


def _checked(deadline: Deadline, duration: str, context: Context) -> Deadline:
    """A7: where a duration contradicts the dates the dates win, with a warning; one day more or less does not."""
    length = _duration(duration, context)
    if deadline.kind not in (Kind.SPAN, Kind.PHASE) or not (deadline.start and deadline.end and length):
        raise _Unread
    number, unit = length
    last = _UNITS[unit](deadline.start, number) - timedelta(days=1)
    if abs((last - deadline.end).days) <= 1:
        return deadline
    note = f"「{duration}」与起止日期{deadline.start}至{deadline.end}不符，以日期为准"
    return replace(deadline, warnings=(*deadline.warnings, note))


def _clear(text: str, tidy: str, context: Context) -> Deadline:
    """One expression: a phase's name, or a row of the table, with or without the words around a date."""
    bare = tidy
    for word in _LEADING:
        bare = bare.removeprefix(word)
    ending = next((word for word in _TRAILING if bare.endswith(word)), "")
    bare = bare.removesuffix(ending).rstrip(_PAUSES)
    for phase in context.phases:
        if _tidied(phase.name) in (tidy, bare):
            return Deadline(text, Kind.PHASE, phase.start, phase.end)
    return _row(text, bare, context, worded=bare != tidy)


def _row(text: str, bare: str, context: Context, worded: bool) -> Deadline:
    notes: list[str] = []
    folded = _folded(bare, context, notes)
    reading = _Reading(text, folded, context, tuple(notes))
    try:
        return _noticed(_handler(reading, folded, worded)(reading), reading)
    except _Unread:
        if _is_damaged(folded):
            return Deadline(text, Kind.UNRESOLVED, warnings=("日期没有填写完整或有误，未明确时限",))
        raise


def _handler(reading: _Reading, folded: str, worded: bool) -> _Handler:
    handle = _SHAPES.get(reading.shape)
    undated = not reading.tokens and not folded.startswith("每")
    if handle is None or not _LETTERS_OF_SHAPES.isdisjoint(folded) or (worded and undated):
        raise _Unread
    return handle


_LETTERS_OF_SHAPES = frozenset("PB#")


def _is_damaged(folded: str) -> bool:
    """20xx年, ×月底前, 20211228日: a date that was never filled in, or lost a character."""
    characters = set(folded)
    if not characters <= _DATE_CHARACTERS:
        return False
    if characters & _PLACEHOLDERS:
        return not characters.isdisjoint("0123456789年月日")
    return re.search("[0-9]{5}|[年月][0-9]{3}|[0-9]{3}月", folded) is not None


def _noticed(deadline: Deadline, reading: _Reading) -> Deadline:
    """A3 and A8: a date before the plan's issue or before its first phase stays, and is said."""
    context, notes = reading.context, []
    if reading.assumed is not None:
        reached = deadline.end or reading.assumed
        if context.issued and reached < context.issued:
            notes.append(f"未写年份，按{context.year}年计，{reached}早于印发日期{context.issued}")
    starts = [phase.start for phase in context.phases if phase.start]
    if deadline.end and starts and deadline.end < min(starts):
        notes.append(f"到期日{deadline.end}早于首个阶段的开始日期{min(starts)}")
    return replace(deadline, warnings=(*deadline.warnings, *notes)) if notes else deadline


def _nearest(tidy: str, context: Context) -> tuple[str, ...]:
    from difflib import get_close_matches  # here, since only an error needs it

    known = [*_EXAMPLES, *(phase.name for phase in context.phases)]
    return tuple(get_close_matches(tidy[:40], known, n=3, cutoff=0))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
