"""Facts, filtered by day and added up, say of every day what the lists of that day say."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjusted_plan import ADJUSTED, LEDGER, MERGED
from building import book_of, course_from, day
from counted_facts import Facts, facts_of, said_by_facts, said_by_lists
from random_histories import FIRST, LAST, book_from, histories, plans
from small_repo import SHIPPED
from zhenggai.facts.plan_course import course_of
from zhenggai.ledger import open_ledger
from zhenggai.model.book import Book
from zhenggai.rules.day.state import state
from zhenggai.rules.task.task_history import turning_days

YEAR = [date(2020, 3, 1) + timedelta(days=n) for n in range(330)]


def assert_as_lists(book: Book, days: Sequence[date], sample: Sequence[date]) -> Facts:
    """The facts of some successive days say of those of ``sample`` what their snapshots say."""
    facts = facts_of(course_from(book, days))
    assert_follow_each_other(facts, days)
    for on in sample:
        assert said_by_facts(facts, on) == said_by_lists(state(book, on)), on
    return facts


def assert_follow_each_other(facts: Facts, days: Sequence[date]) -> None:
    """The facts of one subject are in order, and none goes on as the one before was. All are within the days."""
    tables: list[tuple[Sequence[Any], str]] = [
        (facts.tasks, "measure given"),
        (facts.problems, "problem measure"),
        (facts.phases, "phase measure"),
    ]
    for table, key in tables:
        key_of = attrgetter(*key.split())
        for before, fact in pairwise(table):
            assert days[0] <= fact.valid_from < fact.valid_to <= days[-1] + timedelta(days=1)
            if key_of(before) == key_of(fact):
                assert before.valid_to <= fact.valid_from
                goes_on = before._replace(valid_from=fact.valid_from, valid_to=fact.valid_to)
                assert before.valid_to < fact.valid_from or goes_on != fact


@settings(max_examples=10)
@given(histories(), plans(), st.lists(st.dates(FIRST, LAST), min_size=4, max_size=4))
def test_random_histories(history: str, plan: str, sample: list[date]) -> None:
    assert_as_lists(book_from(history, plan), YEAR[20:200], sample)


def test_a_plan_that_was_adjusted_and_its_units_merged() -> None:
    book = book_of(LEDGER, ADJUSTED, MERGED)
    facts = assert_as_lists(
        book, YEAR, [*(turn for turn in turning_days(book.plan, book.units) if turn in YEAR), *YEAR[::40]]
    )
    given_up = [(f.measure, f.given, f.valid_from, f.valid_to) for f in facts.tasks if not f.in_force]
    end = day("2021-01-25")
    assert given_up == [("1-3", "县教育局", day("07-01"), end), ("1-1", "河东乡", day("07-10"), end)]
    moved = [f for f in facts.tasks if f.given == "河东乡" and f.in_force and f.valid_from >= day("08-21")]
    assert {f.unit for f in moved} == {"城关镇"}


@cache
def shipped() -> Facts:
    return facts_of(course_of(open_ledger(SHIPPED, "jcdj-2020"), date(2021, 6, 30)))


@pytest.mark.parametrize("on", ["2020-03-01", "2020-06-30", "2020-09-30", "2020-12-14", "2021-06-30"])
def test_the_shipped_ledger(on: str) -> None:
    as_of = date.fromisoformat(on)
    assert said_by_facts(shipped(), as_of) == said_by_lists(open_ledger(SHIPPED, "jcdj-2020").snapshot(as_of))
