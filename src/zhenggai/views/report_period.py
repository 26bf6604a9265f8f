"""Periods of reports: weeks and months, numbered from the one in which the first phase starts."""

from datetime import date, timedelta
from typing import Literal

from zhenggai.deadline.calendar import Bounds, add_months, months_bounds, week_bounds
from zhenggai.errors import NotInPlan, UsageError
from zhenggai.frozen import frozen
from zhenggai.model.plan import Plan
from zhenggai.rules.plan.phases import first_start, phase_windows


@frozen
class Cadence:
    """Weekly or monthly, with the words for it: 周报, 本周, 上周, 那一周."""

    step: Literal["week", "month"]
    title: str
    this: str
    last: str
    that: str


WEEK = Cadence("week", "周报", "本周", "上周", "那一周")
MONTH = Cadence("month", "月报", "本月", "上月", "那个月")


@frozen
class Period:
    """The period of a report: its number, its first and last day."""

    cadence: Cadence
    number: int
    start: date
    end: date


def _bounds(cadence: Cadence, day: date) -> Bounds:
    return week_bounds(day) if cadence.step == "week" else months_bounds(day.year, day.month, day.month)


def _first_day(cadence: Cadence, plan: Plan) -> date:
    return _bounds(cadence, first_start(phase_windows(plan), plan.issued))[0]


def period_of(cadence: Cadence, plan: Plan, day: date) -> Period:
    """The period that contains a day. No 1 contains the start of the first phase."""
    first = _first_day(cadence, plan)
    start, end = _bounds(cadence, day)
    if start < first:
        raise NotInPlan(f"第 1 期是 {first} {cadence.that}，{day} 在它之前\n  下一步：用 --as-of 指明更晚的日期")
    months = (start.year - first.year) * 12 + start.month - first.month
    return Period(cadence, ((start - first).days // 7 if cadence.step == "week" else months) + 1, start, end)


def period_no(cadence: Cadence, plan: Plan, number: int) -> Period:
    """The period with a number, from 1."""
    if number < 1:
        raise UsageError("期号从 1 开始")
    first = _first_day(cadence, plan)
    weekly = cadence.step == "week"
    start = first + timedelta(days=7 * (number - 1)) if weekly else add_months(first, number - 1)
    return Period(cadence, number, *_bounds(cadence, start))
