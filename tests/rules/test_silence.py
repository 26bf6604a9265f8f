"""Silent weeks: counted by masks of weeks, they are those that day after day says; what is added state by state is the same."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import UNITS, book_of
from random_histories import DAYS, MERGED, PLAN, histories
from zhenggai.model.book import Book
from zhenggai.rules.day.day_status import COMPLETABLE, Group
from zhenggai.rules.day.silence import TaskWeeks, carried_since, weeks_of
from zhenggai.rules.day.snapshot import SnapshotTask, grouped
from zhenggai.rules.day.state import state

NEW = PLAN.replace("期初: 2020-05-10\n", "")  # without an old ledger
OPEN = Group.IN_PROGRESS
WEEK = [timedelta(days=n) for n in range(7)]
SPLIT = UNITS.replace(
    "{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 自: 2020-04-10, 止: 2020-05-20, 并入: 城关镇}"
)


def is_open(task: SnapshotTask, since: date, day: date) -> bool:
    turns = sum(turn <= day for turn in task.head.turns)
    return max(since, task.task.schedule.start) <= day and turns % 2 == 0


def silent_day_by_day(book: Book, as_of: date) -> dict[str, int]:
    """The silent weeks of each unit, from each day of each week."""
    snapshot = state(book, as_of)
    monday = weeks_of(snapshot).first
    mondays = [monday + timedelta(weeks=n) for n in range(max(0, (as_of - monday).days + 1) // 7)]

    def is_silent(tasks: Sequence[SnapshotTask], week: Sequence[date]) -> bool:
        since = [carried_since(book.units, task.given, task.unit) for task in tasks]
        pairs = list(zip(tasks, since, strict=True))
        spoke = any(day in task.head.own_days for task, own in pairs for day in week if day >= own)
        return not spoke and any(
            all(is_open(task, own, day) for day in week) for task, own in pairs if task.status.group in COMPLETABLE
        )

    units = grouped(lambda task: task.unit, snapshot.tasks)
    return {unit: sum(is_silent(tasks, [day + n for n in WEEK]) for day in mondays) for unit, tasks in units.items()}


@settings(max_examples=60)
@given(histories(), DAYS, st.sampled_from([PLAN, NEW]), st.sampled_from([UNITS, MERGED, SPLIT]))
def test_silent_weeks_are_those_that_each_day_of_a_week_says(history: str, as_of: date, plan: str, units: str) -> None:
    book = book_of(history, plan, units)
    snapshot = state(book, as_of)
    weeks = weeks_of(snapshot)
    found = {unit: weeks.silent(tasks) for unit, tasks in grouped(lambda t: t.unit, snapshot.tasks).items()}
    assert found == silent_day_by_day(book, as_of)


DATES = st.lists(st.dates(date(2020, 2, 20), date(2020, 8, 1)), max_size=12).map(sorted)


@given(DATES, DATES, st.dates(date(2020, 2, 1), date(2020, 5, 1)), st.data())
def test_weeks_added_state_by_state_are_those_of_the_last_state(
    own: list[date], turns: list[date], start: date, data: st.DataObject
) -> None:
    monday, since = date(2020, 3, 30), data.draw(st.sampled_from([date.min, date(2020, 4, 15)]))
    grown, once = (TaskWeeks(monday, since, start) for _ in range(2))
    for day in data.draw(DATES):
        grown.take(upto(own, day), upto(turns, day))
    for weeks in (grown, once):
        weeks.take(tuple(own), tuple(turns))
    assert (grown.open_as(OPEN), grown.spoke) == (once.open_as(OPEN), once.spoke)


def upto(days: Sequence[date], last: date) -> tuple[date, ...]:
    return tuple(day for day in days if day <= last)


@pytest.mark.parametrize("as_of", ["2020-04-04", "2020-04-05", "2999-12-31"])
def test_weeks_have_no_end(as_of: str) -> None:
    snapshot = state(book_of("", NEW), date.fromisoformat(as_of))
    weeks = weeks_of(snapshot)
    tasks = [task for task in snapshot.tasks if task.unit == "县教育局"]
    assert weeks.silent(tasks) == len(weeks)
