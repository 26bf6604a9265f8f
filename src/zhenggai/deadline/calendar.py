"""Date arithmetic for deadlines and recurring duties: periods, ends of months, workdays. No words, no plan.

A 旬 is called a dekad here (上旬 1–10, 中旬 11–20, 下旬 21–last day). Every pair of dates includes both ends.
"""

from datetime import date, timedelta
from typing import Literal

Step = Literal["week", "month", "two_months", "quarter", "half", "year"]
Bounds = tuple[date, date]

_DAY = timedelta(days=1)
_MONTHS: dict[Step, int] = {
    "month": 1,
    "two_months": 2,
    "quarter": 3,
    "half": 6,
    "year": 12,
}  # a week is not made of months
_DEKADS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "上中旬": (1, 20), "中下旬": (11, 0)}  # 0: the last day
_SATURDAY = 5
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)})


def month_end(year: int, month: int) -> date:
    """The last day of a month; ValueError for a month that does not exist.

    >>> month_end(2020, 2)
    datetime.date(2020, 2, 29)
    """
    first = date(year, month, 1)
    return first.replace(day=31) if month == 12 else first.replace(month=month + 1) - _DAY


def months_bounds(year: int, first: int, last: int) -> Bounds:
    """The first day of month ``first`` and the last day of month ``last`` of one year."""
    return date(year, first, 1), month_end(year, last)


def dekad_bounds(year: int, month: int, dekad: str) -> Bounds:
    """First and last day of a 旬 by its name, also of a double one; ValueError for an unknown name.

    >>> dekad_bounds(2020, 2, "中下旬")
    (datetime.date(2020, 2, 11), datetime.date(2020, 2, 29))
    """
    if dekad not in _DEKADS:
        raise ValueError(f"not a dekad: {dekad!r}")
    first, last = _DEKADS[dekad]
    return date(year, month, first), date(year, month, last) if last else month_end(year, month)


def quarter_bounds(year: int, quarter: int) -> Bounds:
    """First and last day of a quarter, 1 to 4; ValueError for any other.

    >>> quarter_bounds(2020, 2)
    (datetime.date(2020, 4, 1), datetime.date(2020, 6, 30))
    """
    return months_bounds(year, 3 * quarter - 2, 3 * quarter)


def half_bounds(year: int, half: int) -> Bounds:
    """First and last day of a half-year, 1 or 2; ValueError for any other.

    >>> half_bounds(2020, 2)
    (datetime.date(2020, 7, 1), datetime.date(2020, 12, 31))
    """
    return months_bounds(year, 6 * half - 5, 6 * half)


def week_bounds(day: date) -> Bounds:
    """Monday and Sunday of the week that contains a day.

    >>> week_bounds(date(2020, 5, 20))
    (datetime.date(2020, 5, 18), datetime.date(2020, 5, 24))
    """
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def period_name(step: Step, day: date) -> str:
    """The name of the week, month, pair of months, quarter, half-year or year that contains a day.

    >>> [period_name(step, date(2021, 1, 1)) for step in ("week", "month", "two_months", "quarter", "half", "year")]
    ['2020-W53', '2021-01', '2021-B1', '2021-Q1', '2021-H1', '2021']
    """
    if step == "week":
        iso = day.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}"
    nth = (day.month - 1) // _MONTHS[step] + 1
    tail = {"month": f"-{nth:02}", "two_months": f"-B{nth}", "quarter": f"-Q{nth}", "half": f"-H{nth}", "year": ""}[
        step
    ]
    return f"{day.year:04}{tail}"


def period_bounds(name: str) -> Bounds:
    """First and last day of a named period; ValueError if the text is not exactly such a name.

    >>> period_bounds("2020-W53")
    (datetime.date(2020, 12, 28), datetime.date(2021, 1, 3))
    >>> period_bounds("2020-Q5")
    Traceback (most recent call last):
    ...
    ValueError: not a period: '2020-Q5'
    """
    try:
        bounds = _bounds(name[:4], name[4:6], name[6:])
    except (ValueError, OverflowError):
        bounds = None
    if bounds is None:
        raise ValueError(f"not a period: {name!r}")
    return bounds


def _bounds(year_digits: str, mark: str, digits: str) -> Bounds | None:
    year = _number(year_digits, 4)
    match mark:
        case "" if not digits:
            return months_bounds(year, 1, 12)
        case "-Q":
            return quarter_bounds(year, _number(digits, 1))
        case "-H":
            return half_bounds(year, _number(digits, 1))
        case "-B":
            last = 2 * _number(digits, 1)
            return months_bounds(year, last - 1, last)
        case "-W":
            return week_bounds(date.fromisocalendar(year, _number(digits, 2), 1))
        case "-0" | "-1":
            month = _number(mark[1] + digits, 2)
            return months_bounds(year, month, month)
    return None


def _number(digits: str, width: int) -> int:
    if len(digits) != width or not (digits.isascii() and digits.isdigit()):
        raise ValueError(digits)
    return int(digits)


def periods_between(step: Step, start: date, end: date) -> list[str]:
    """The names of all periods that overlap start..end, in order; empty if the end is before the start.

    >>> periods_between("quarter", date(2020, 3, 31), date(2020, 10, 1))
    ['2020-Q1', '2020-Q2', '2020-Q3', '2020-Q4']
    """
    names: list[str] = []
    day = start
    while day <= end:
        names.append(period_name(step, day))
        last = period_bounds(names[-1])[1]
        if last >= end:
            break
        day = last + _DAY
    return names


def month_ends(as_of: date, count: int) -> tuple[date, ...]:
    """The last days of the ``count`` most recent months that ended on or before a day, oldest first.

    >>> [str(day) for day in month_ends(date(2020, 3, 30), 3)]
    ['2019-12-31', '2020-01-31', '2020-02-29']
    >>> month_ends(date(2020, 3, 31), 1)
    (datetime.date(2020, 3, 31),)
    """
    ends: list[date] = []
    day = as_of + timedelta(days=1)
    while len(ends) < count:
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(day)
    return tuple(reversed(ends))


def add_months(day: date, count: int) -> date:
    """The same day ``count`` months later, or the last day of a shorter month; ValueError outside the years 1 to 9999.

    >>> add_months(date(2020, 1, 31), 1), add_months(date(2020, 1, 31), -2)
    (datetime.date(2020, 2, 29), datetime.date(2019, 11, 30))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def add_workdays(day: date, count: int) -> tuple[date, tuple[int, ...]]:
    """The ``count``-th workday after a day (the day itself is not counted), and the years without an official calendar.

    Workdays follow the State Council's yearly notices, including 调休. In a year without a notice, Monday to Friday are
    workdays but for the fixed holidays (A14), and the year is returned so that the caller can warn. OverflowError beyond 9999.

    >>> add_workdays(date(2020, 9, 30), 1)  # 1 to 8 October are the holiday
    (datetime.date(2020, 10, 9), ())
    """
    missing: set[int] = set()
    while count > 0:
        day += _DAY
        count -= _is_workday(day, missing)
    return day, tuple(sorted(missing))


def _is_workday(day: date, missing: set[int]) -> bool:
    from chinese_calendar import is_workday  # imported here: only 工作日 needs its tables

    if day.year not in missing:
        try:
            return bool(is_workday(day))
        except NotImplementedError:
            missing.add(day.year)
    return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED_HOLIDAYS
