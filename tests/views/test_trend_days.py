"""``trend``: each row says what ``status`` says of that day, with every filter."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from building import stood_on
from random_histories import DAYS, book_from, histories, plans
from small_repo import SHIPPED, small_repo
from zhenggai.errors import UsageError
from zhenggai.ledger import Ledger, open_ledger
from zhenggai.model.plan import Category
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.views.selection import EVERYTHING, Selection, select, selected_on, state_words
from zhenggai.views.status import status
from zhenggai.views.trend import Per, Trend, days_of, trend

ISSUED, END = date(2020, 2, 29), date(2021, 1, 15)
MONTHS = days_of(Per.MONTH, ISSUED, END)
FIGURES = ("denominator", "completed", "completion_rate", "closed", "overdue")
MONEY = ("amount", "rectified", "rectified_rate", "remaining")


@cache
def ledger() -> Ledger:
    return open_ledger(SHIPPED, "jcdj-2020")


@cache
def snapshot(day: date) -> Snapshot:
    return ledger().snapshot(day)


@cache
def months() -> tuple[Snapshot, ...]:
    return tuple(ledger().on_days(MONTHS, snapshot(END)))


def figures_of(found: Trend) -> list[dict[str, Any]]:
    record: Any = found.record()
    points: list[dict[str, Any]] = record["points"]
    return points


def figures_on(now: Snapshot, selection: Selection) -> dict[str, Any]:
    """What ``status`` says of a day, and the number of red lights that ``list`` shows."""
    try:
        chosen = select(now, selection)
    except UsageError:  # a name or number that is not there on this day
        return dict.fromkeys(FIGURES, 0) | {"completion_rate": None, "red": 0, "date": now.as_of} | NO_MONEY
    said: Any = status(chosen).record()
    totals, money = said["totals"], said.get("money", NO_MONEY)
    sums = {name: money[name] if name == "rectified_rate" else yuan(money[name]) for name in MONEY}
    red = sum(task.status.light is Light.RED for task in chosen.tasks)
    return {name: totals[name] for name in FIGURES} | {"red": red, "date": now.as_of} | sums


NO_MONEY = dict.fromkeys(MONEY)


def yuan(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def selections(now: Snapshot) -> Iterator[Selection]:
    """Each value of each filter, and some together."""
    yield EVERYTHING
    yield from (Selection(problem=number) for number in now.plan.measure_by_number)
    yield from (Selection(problem=str(problem.number)) for problem in now.plan.problems)
    names = (*now.units.by_name, *now.units.class_by_name)
    yield from (Selection(unit=name) for name in names)
    yield from (Selection(lead=name) for name in names)
    yield from (Selection(phase=window.number) for window in now.windows)
    yield from (Selection(state=word) for word in state_words())
    yield from (Selection(category=word) for word in Category)
    yield from (Selection(light=word) for word in Light)
    yield from (Selection(source=code) for code in now.plan.sources)
    yield from (Selection(person=name) for name in dict.fromkeys(t.person for t in now.tasks) if name)
    yield from (Selection(leader=name) for name in dict.fromkeys(t.leader for t in now.tasks) if name)
    yield Selection(light="红", lead="县委组织部")


def test_every_row_is_what_status_says_of_its_day_with_every_filter() -> None:
    assert len(MONTHS) == 12
    for selection in selections(snapshot(END)):
        found = trend(select(snapshot(END), selection), [selected_on(of, selection) for of in months()], Per.MONTH)
        assert figures_of(found) == [figures_on(snapshot(day), selection) for day in MONTHS], selection


@settings(max_examples=40)
@given(histories(), DAYS, plans())
def test_every_row_of_a_random_history(history: str, as_of: date, plan: str) -> None:
    book, days = book_from(history, plan), days_of(Per.MONTH, date(2020, 3, 15), as_of)
    now = state(book, as_of)
    courses = [
        replace(now, plan=plan_at(book.plan, day, date.max), as_of=day, tasks=tasks, gone=gone)
        for day, tasks, gone in stood_on(book, days)
    ]
    for selection in (
        EVERYTHING,
        Selection(unit="各乡镇"),
        Selection(problem="3"),
        Selection(lead="县档案馆"),
        Selection(light="红"),
    ):
        found = trend(select(now, selection), [selected_on(of, selection) for of in courses], Per.MONTH)
        assert figures_of(found) == [figures_on(state(book, day), selection) for day in days], selection


@pytest.mark.parametrize(
    ("per", "since", "until", "expected"),
    [
        (Per.WEEK, "2020-06-29", "2020-07-12", ["2020-07-05", "2020-07-12"]),
        (Per.WEEK, "2020-07-05", "2020-07-13", ["2020-07-05", "2020-07-12", "2020-07-13"]),
        (Per.WEEK, "2020-12-28", "2021-01-05", ["2021-01-03", "2021-01-05"]),
        (Per.MONTH, "2019-12-31", "2020-02-29", ["2019-12-31", "2020-01-31", "2020-02-29"]),
        (Per.MONTH, "2020-02-01", "2020-02-01", ["2020-02-01"]),
    ],
)
def test_the_rows_are_ends_of_weeks_and_months_and_the_day_itself(
    per: Per, since: str, until: str, expected: list[str]
) -> None:
    found = days_of(per, date.fromisoformat(since), date.fromisoformat(until))
    assert [str(day) for day in found] == expected


def test_the_store_gets_no_value_for_the_days_of_a_trend(tmp_path: Path) -> None:
    root = small_repo(tmp_path, "04-10 县教育局 进展 1-1 进度=40")

    def keys() -> set[str]:
        with closing(sqlite3.connect(root / ".zhenggai" / "index" / "kept.db")) as db:
            return {key for (key,) in db.execute("SELECT key FROM kept")}

    asked = open_ledger(root).snapshot(date(2020, 7, 1))
    before, days = keys(), days_of(Per.WEEK, date(2020, 3, 1), date(2020, 7, 1))
    assert [of.as_of for of in open_ledger(root).on_days(days, asked)] == list(days)
    assert keys() - before <= {key for key in keys() if key.startswith("seen")}
