"""The course of a plan: on each day its tasks are those of that day's snapshot, though each task is folded once."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_plan_on_day import PLAN as ADJUSTED

from building import HEAD, UNITS, book_of, course_of, day
from random_histories import FIRST, LAST, book_from, histories
from random_histories import PLAN as OF_CLASSES
from zhenggai.model.book import Book
from zhenggai.model.event_of_entry import Event
from zhenggai.rules.day.state import state
from zhenggai.rules.task import folding
from zhenggai.rules.task.stretches import stretches
from zhenggai.rules.task.task_history import tasks_on

YEAR = [date(2020, 1, 1) + timedelta(days=n) for n in range(366)]


def assert_as_snapshots(book: Book, days: Sequence[date], known_by: date = date.max) -> None:
    """On each day the tasks of the course are those of the snapshot: row, status, and all that is behind them."""
    found = course_of(book, days, known_by)
    assert list(found) == list(days)
    for as_of, tasks in found.items():
        expected = state(book, as_of, known_by).tasks
        assert [task.key for task in tasks] == [task.key for task in expected]
        for task, other in zip(tasks, expected, strict=True):
            assert (task.unit, task.problem, task.row, task.status) == (
                other.unit,
                other.problem,
                other.row,
                other.status,
            )
            assert (task.task, task.leader) == (other.task, other.leader)


@settings(max_examples=6)
@given(histories())
def test_every_day_of_a_random_history(history: str) -> None:
    days = [FIRST + timedelta(days=n) for n in range(-40, (LAST - FIRST).days + 40)]
    assert_as_snapshots(book_from(history), days)


@settings(max_examples=30)
@given(histories(), st.sets(st.dates(FIRST, LAST), min_size=1), st.dates(FIRST, LAST))
def test_some_days_of_a_random_history_as_known_on_a_day(history: str, some: set[date], known_by: date) -> None:
    assert_as_snapshots(book_from(history), sorted(some), known_by)


CORRECTED = """
04-02 县教育局 认领 责任领导=副局长张华 责任人=李敏
04-03 县教育局 进展 进度=10 #甲
04-20 县教育局 进展 进度=50 原因=人手不足
04-25 县教育局 更正 针对=甲 进度=20
05-02 县教育局 完成 #成
05-10 县教育局 更正 针对=成 作废=是
05-20 县教育局 更正 针对=后 作废=是
06-01 县教育局 完成 #后
06-02 县教育局 进展 进度=90
"""


def test_a_correction_counts_from_its_own_day() -> None:
    book = book_of(CORRECTED)
    assert_as_snapshots(book, YEAR)
    for as_of, tasks in course_of(book, [day("04-25"), day("05-09"), day("06-02")]).items():
        for task, other in zip(tasks, state(book, as_of).tasks, strict=True):
            assert (task.filed, task.head, task.events, task.trail) == (
                other.filed,
                other.head,
                other.events,
                other.trail,
            )
    percents = {as_of: tasks[0].row.percent for as_of, tasks in course_of(book, YEAR).items()}
    assert [percents[day(on)] for on in ("04-19", "04-24", "04-25", "06-02")] == [10, 50, 50, 90]


@pytest.mark.parametrize("known_by", [date.max, day("06-10"), day("06-20")])
def test_adjustments_additions_and_cancellations_of_the_plan(known_by: date) -> None:
    ledger = """
05-20 县教育局 申请延期 1-1 至=2020-07-31 原因=疫情 #延
05-22 县委组织部 同意延期 1-1 针对=延 至=2020-07-31
05-25 县委办公室 进展 1-1 单位=县教育局 代录=是 进度=30
06-05 县教育局 完成 1-3
07-02 县财政局 进展 1-1 单位=县教育局 代录=是 进度=40
07-03 城关镇 进展 1-1 进度=10
"""
    assert_as_snapshots(book_of(ledger, ADJUSTED), YEAR, known_by)


def test_a_unit_that_joins_the_leading_class_was_entitled_before_too() -> None:
    """So the entry that was refused counts from that day on, whatever its own day: the task is folded anew."""
    plan = ADJUSTED.replace("牵头单位: 县财政局,", "牵头单位: 各乡镇,").replace(
        "牵头单位: 县财政局\n", "牵头单位: 各乡镇\n"
    )
    units = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 归属: [{类别: 乡镇, 自: 2020-05-20}]}")
    book = book_of("05-01 河东乡 进展 1-1 单位=县教育局 代录=是 进度=30", plan, units)
    assert_as_snapshots(book, YEAR)
    found = course_of(book, [day("05-19"), day("05-20")])
    assert [tasks[0].row.percent for tasks in found.values()] == [None, 30]


def test_a_unit_that_leaves_the_class_and_comes_back() -> None:
    spells = "[{类别: 乡镇, 止: 2020-05-10}, {类别: 乡镇, 自: 2020-07-01}]"
    units = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", f"{{名称: 河东乡, 归属: {spells}}}")
    book = book_of("05-01 河东乡 进展 1-1 进度=30\n07-05 河东乡 进展 1-1 进度=50", OF_CLASSES, units)
    assert_as_snapshots(book, YEAR)
    of_unit = {
        as_of: [t.row.percent for t in tasks if t.unit == "河东乡"] for as_of, tasks in course_of(book, YEAR).items()
    }
    assert [of_unit[day(on)] for on in ("05-10", "05-11", "07-01", "07-05")] == [[30], [], [30], [50]]


def test_two_measures_of_one_number_are_two_tasks_as_in_a_snapshot() -> None:
    """An error of the plan, but all answers count them alike."""
    later = "调整: [{日期: 2020-05-01, 依据: 纪要, 字段: 时限, 现: 2020年9月底前}]"
    twice = f"""
- 编号: 1
  内容: 甲
  措施:
  - {{编号: 1-1, 内容: 乙, 时限: 2020年6月底前, 责任单位: 县教育局}}
  - {{编号: 1-1, 内容: 丙, 时限: 2020年7月底前, 责任单位: 县教育局, {later}}}
"""
    assert_as_snapshots(book_of("04-02 县教育局 进展 进度=10\n06-02 县教育局 完成", HEAD + twice), YEAR)


def test_a_task_without_corrections_is_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[Event] = []
    step = folding._step

    def counted(task: object, head: object, event: Event, *rest: object) -> None:
        steps.append(event)
        step(task, head, event, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(folding, "_step", counted)
    book = book_of("04-02 县教育局 进展 进度=10\n05-02 县教育局 进展 进度=20\n06-02 县教育局 完成")
    course_of(book, YEAR)
    assert len(steps) == 3


def test_a_stretch_has_the_days_on_which_nothing_new_is_recorded() -> None:
    book = book_of("04-02 县教育局 进展 进度=10\n05-02 县教育局 进展 进度=20")
    ((days, (spell, *_), _),) = tasks_on(book.plan, book.units, YEAR[80:130], date.max)
    found = list(stretches(spell.task, book.events, days, date.max, book.units))
    assert [(s.row.percent, s.days[0], s.days[-1]) for s in found] == [
        (None, day("03-21"), day("04-01")),
        (10, day("04-02"), day("05-01")),
        (20, day("05-02"), day("05-09")),
    ]
