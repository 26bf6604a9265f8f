"""Periods and workdays."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.deadline import calendar
from zhenggai.deadline.calendar import Step

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
NO_PERIODS = """
    20 0000 2020- 2020-00 2020-13 2020-5 2020-005 2020-20 2020-Q0 2020-Q5 2020-Q01 2020-H3 2020-W00 2019-W53 2020-W1
    2020-X1 2020Q1 ２０２０ 2020-0５ 9999-W52
"""
STEPS = st.sampled_from(["week", "month", "quarter", "half", "year"])


def iso(bounds: tuple[date, date]) -> str:
    return f"{bounds[0]}..{bounds[1]}"


@pytest.mark.parametrize(
    ("name", "bounds"),
    [
        ("2020-05", "2020-05-01..2020-05-31"),
        ("2020-02", "2020-02-01..2020-02-29"),
        ("2021-12", "2021-12-01..2021-12-31"),
        ("2020-Q1", "2020-01-01..2020-03-31"),
        ("2020-Q4", "2020-10-01..2020-12-31"),
        ("2020-H1", "2020-01-01..2020-06-30"),
        ("2020-H2", "2020-07-01..2020-12-31"),
        ("2020-W01", "2019-12-30..2020-01-05"),
        ("2020-W21", "2020-05-18..2020-05-24"),
        ("2020-W53", "2020-12-28..2021-01-03"),
        ("2020", "2020-01-01..2020-12-31"),
    ],
)
def test_a_period_by_its_name(name: str, bounds: str) -> None:
    assert iso(calendar.period_bounds(name)) == bounds


@pytest.mark.parametrize(
    "name",
    ["", "2020-05 ", *NO_PERIODS.split()],
)
def test_a_name_that_is_no_period_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        calendar.period_bounds(name)


@given(STEPS, DAYS)
def test_a_day_lies_in_the_period_named_after_it(step: Step, day: date) -> None:
    start, end = calendar.period_bounds(calendar.period_name(step, day))
    assert start <= day <= end
    assert calendar.period_name(step, start) == calendar.period_name(step, end)


@given(STEPS, DAYS, st.integers(0, 1500))
def test_periods_between_two_days_join_without_gap_or_overlap(step: Step, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    bounds = [calendar.period_bounds(name) for name in calendar.periods_between(step, start, end)]
    assert bounds[0][0] <= start <= bounds[0][1]
    assert bounds[-1][0] <= end <= bounds[-1][1]
    assert all(a[1] + timedelta(days=1) == b[0] for a, b in pairwise(bounds))


def test_there_are_no_periods_before_the_start_and_a_year_may_end_the_calendar() -> None:
    assert calendar.periods_between("month", date(2020, 5, 2), date(2020, 5, 1)) == []
    assert calendar.periods_between("month", date(9999, 11, 30), date.max) == ["9999-11", "9999-12"]


@pytest.mark.parametrize(
    ("dekad", "bounds"),
    [
        ("上旬", "2021-02-01..2021-02-10"),
        ("中旬", "2021-02-11..2021-02-20"),
        ("下旬", "2021-02-21..2021-02-28"),
        ("上中旬", "2021-02-01..2021-02-20"),
        ("中下旬", "2021-02-11..2021-02-28"),
    ],
)
def test_dekads(dekad: str, bounds: str) -> None:
    assert iso(calendar.dekad_bounds(2021, 2, dekad)) == bounds


def test_what_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="dekad"):
        calendar.dekad_bounds(2020, 1, "下上旬")
    for month in (0, 13):
        with pytest.raises(ValueError, match="month"):
            calendar.month_end(2020, month)
    for quarter in (0, 5):
        with pytest.raises(ValueError, match="month"):
            calendar.quarter_bounds(2020, quarter)
    for half in (0, 3):
        with pytest.raises(ValueError, match="month"):
            calendar.half_bounds(2020, half)


@given(DAYS)
def test_a_week_runs_from_monday_to_sunday(day: date) -> None:
    monday, sunday = calendar.week_bounds(day)
    assert (monday.isoweekday(), sunday.isoweekday()) == (1, 7)
    assert monday <= day <= sunday == monday + timedelta(days=6)


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        ("2020-01-31", 1, "2020-02-29"),
        ("2021-01-31", 1, "2021-02-28"),
        ("2020-11-30", 3, "2021-02-28"),
        ("2020-03-31", -1, "2020-02-29"),
        ("2020-05-15", 0, "2020-05-15"),
        ("2020-05-15", 12, "2021-05-15"),
        ("2020-05-15", -17, "2018-12-15"),
    ],
)
def test_months_are_added_and_clamped(day: str, count: int, then: str) -> None:
    assert calendar.add_months(date.fromisoformat(day), count) == date.fromisoformat(then)


def test_months_beyond_the_calendar_are_an_error() -> None:
    with pytest.raises(ValueError, match="year"):
        calendar.add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("day", "count", "then", "missing"),
    [
        ("2020-05-15", 0, "2020-05-15", ()),
        ("2020-05-15", 1, "2020-05-18", ()),  # over a weekend
        ("2020-04-30", 1, "2020-05-06", ()),  # over the holiday
        ("2020-05-06", 3, "2020-05-09", ()),  # a Saturday worked in exchange
        ("2020-09-25", 1, "2020-09-27", ()),  # a Sunday worked in exchange
        ("2099-01-01", 2, "2099-01-05", (2099,)),  # a Thursday; no notice yet: Monday to Friday
        ("2098-12-31", 1, "2099-01-02", (2099,)),  # the first of January is a holiday in any year
        ("2098-12-30", 2, "2099-01-02", (2098, 2099)),
        ("2099-04-30", 1, "2099-05-04", (2099,)),  # a Friday and the weekend
        ("2099-09-30", 1, "2099-10-05", (2099,)),
    ],
)
def test_workdays_are_those_of_the_official_calendar(day: str, count: int, then: str, missing: tuple[int, ...]) -> None:
    assert calendar.add_workdays(date.fromisoformat(day), count) == (date.fromisoformat(then), missing)
