"""Where there is one county with one plan, a roll-up of its facts says what the product's own lists of the day say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from facts_rows import store_of
from rollup_rows import rows_of_book, rows_of_ledger

from adjusted_plan import ADJUSTED, LEDGER, MERGED
from building import book_of
from small_repo import SHIPPED
from zhenggai.frozen import types_of
from zhenggai.ledger import open_ledger
from zhenggai.model.money import Money
from zhenggai.rollup.asking import Question
from zhenggai.rollup.engine import DUCKDB, Tables, tables_of
from zhenggai.rollup.groups import By
from zhenggai.rollup.rollup_file import County
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.money_sums import plan_money
from zhenggai.rules.day.ranking import Ranked, UnitScore, rankings
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state
from zhenggai.rules.plan.phases import AFTER, BEFORE
from zhenggai.views import groups
from zhenggai.views.breakdown import breakdown
from zhenggai.views.due import overdue
from zhenggai.views.phase import phase

COUNTY = County("0361", "甲县", Path(), {})
THE_SAME = {
    By.SOURCE: groups.By.SOURCE,
    By.CATEGORY: groups.By.CATEGORY,
    By.NATURE: groups.By.NATURE,
    By.CLASS: groups.By.CLASS,
}


def assert_as_lists(tables: Tables, now: Snapshot) -> None:
    asked = Question(tables, now.as_of, By.COUNTY, [COUNTY])
    money = plan_money(now)
    red = sum(task.status.light is Light.RED for task in now.tasks)
    (sums,) = asked.status()
    assert (sums.counts, sums.red, sums.money, sums.amount) == (now.counts, red, money.whole.done, money.whole.amount)
    for by, same in THE_SAME.items():
        found = {of.name: (of.counts, of.money) for of in Question(tables, now.as_of, by, [COUNTY]).status()}
        listed = {
            row.name: (row.counts, row.money.done if row.money else Money()) for row in breakdown(now, same).groups
        }
        assert found == listed, by
    classes = Question(tables, now.as_of, By.CLASS, [COUNTY]).rank()
    own = [(of.name, [of_tasks_alone(ranked) for ranked in of.units]) for of in rankings(now)]
    assert [(of.name, as_listed(of.units)) for of in classes] == own
    total, tasks = asked.overdue(1000)
    late = overdue(now).tasks
    assert (total, sorted((t.measure, t.unit, t.days) for t in tasks)) == (
        len(late),
        sorted((line.measure, line.unit, line.days) for line in late),
    )
    assert [task.days for task in tasks] == [line.days for line in late]
    assert_phases(asked, now)
    (point,) = asked.trend([now.as_of])
    assert (point.counts, point.red, point.money) == (tasks_of(now.counts), red, money.whole.done)


def assert_phases(asked: Question, now: Snapshot) -> None:
    found = {(of.number, of.name): (of.outcome, of.running) for of in asked.phase(None)}
    for window in now.windows:
        summary = phase(now, window.number)
        outcome, running = found.pop((window.number, window.name), (type(summary.total)(), 0))
        assert (outcome, running) == (summary.total, len(summary.running)), window
        for number, outside in ((BEFORE, summary.before), (AFTER, summary.after)):
            assert found.get((number, None), (type(outside)(), 0)) == (outside, 0)
    assert {number for number, _ in found} <= {BEFORE, AFTER}


def tasks_of(counts: Counts) -> Counts:
    """The counts without those of problems and measures."""
    return replace(counts, **{name: 0 for name in types_of(Counts) if name.startswith(("problems", "measures"))})


def of_tasks_alone(ranked: Ranked) -> Ranked:
    return replace(ranked, score=replace(ranked.score, counts=tasks_of(ranked.score.counts)))


def as_listed(units: Sequence[Ranked]) -> list[Ranked]:
    """The units as the product's own ranking has them, without their county."""
    fields = types_of(UnitScore)
    return [replace(r, score=UnitScore(**{name: getattr(r.score, name) for name in fields})) for r in units]


def test_a_plan_that_was_adjusted_and_its_units_merged(tmp_path: Path) -> None:
    book = book_of(LEDGER, ADJUSTED, MERGED)
    rows = rows_of_book(book, [date(2020, 3, 1) + timedelta(days=n) for n in range(330)])
    with tables_of(DUCKDB, tmp_path, store_of(tmp_path, {COUNTY.code: rows})) as tables:
        for day in ("2020-07-15", "2020-09-12"):
            assert_as_lists(tables, state(book, date.fromisoformat(day)))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tables]:
    ledger, through = open_ledger(SHIPPED, "jcdj-2020"), date(2021, 6, 30)
    rows = rows_of_ledger(ledger, through)
    store = tmp_path_factory.mktemp("store")
    with tables_of(DUCKDB, store, store_of(store, {COUNTY.code: rows})) as tables:
        yield tables


@pytest.mark.parametrize("day", ["2020-06-30", "2020-12-14"])
def test_the_shipped_ledger(shipped: Tables, day: str) -> None:
    assert_as_lists(shipped, open_ledger(SHIPPED, "jcdj-2020").snapshot(date.fromisoformat(day)))


@pytest.mark.exhaustive
@pytest.mark.parametrize("month", range(3, 19))
def test_every_tenth_day_of_the_shipped_ledger(shipped: Tables, month: int) -> None:
    for day in (1, 11, 21):
        as_of = date(2020 + (month - 1) // 12, (month - 1) % 12 + 1, day)
        assert_as_lists(shipped, open_ledger(SHIPPED, "jcdj-2020").snapshot(as_of))
