"""The rows of scores: on every day they say what the product's own ranking says of silent weeks, ended units and classes."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from building import HEAD, UNITS, book_of, course_from
from counted_facts import facts_of
from random_histories import FIRST, LAST, MERGED, PLAN, histories
from small_repo import SHIPPED
from zhenggai.facts.plan_course import course_of, first_day
from zhenggai.facts.tables import ScoreFact
from zhenggai.ledger import open_ledger
from zhenggai.model.book import Book
from zhenggai.rules.day.course import Course
from zhenggai.rules.day.ranking import rankings
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state

DAY = timedelta(days=1)
DAYS = [FIRST + timedelta(days=n) for n in range(-40, (LAST - FIRST).days + 40)]
NEW = PLAN.replace("期初: 2020-05-10\n", "")  # without an old ledger
MOVING = UNITS.replace("{名称: 县教育局, 简称: [教育局], 类别: 县直单位}", "{名称: 县教育局, 归属: [{类别: 乡镇, 自: 2020-05-01, 止: 2020-05-31}, {类别: 县直单位, 自: 2020-05-20}]}").replace(
    "{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 自: 2020-04-10, 止: 2020-06-20, 并入: 城关镇, 归属: [{类别: 乡镇, 止: 2020-05-10}, {类别: 乡镇, 自: 2020-05-18}]}"
)  # fmt: skip

Said = tuple[str, int, bool]


def scores_of(course: Course) -> Sequence[ScoreFact]:
    return facts_of(course).scores


def in_product(snapshot: Snapshot) -> dict[str | None, set[Said]]:
    return {
        of.name: {(r.score.unit, r.score.silent_weeks, r.score.ended) for r in of.units} for of in rankings(snapshot)
    }


def in_facts(facts: Sequence[ScoreFact], day: date) -> dict[str | None, set[Said]]:
    found: dict[str | None, set[Said]] = {}
    for fact in facts:
        if fact.valid_from <= day < fact.valid_to:
            found.setdefault(fact.unit_class, set()).add((fact.unit, fact.silent_weeks, fact.ended))
    return found


def assert_as_ranked(book: Book, days: Sequence[date] = DAYS) -> None:
    facts = scores_of(course_from(book, days))
    for day in days:
        assert in_facts(facts, day) == in_product(state(book, day)), day


@settings(max_examples=4)
@given(histories(), st.sampled_from([PLAN, NEW]), st.sampled_from([UNITS, MERGED, MOVING]))
def test_every_day_of_a_random_history(history: str, plan: str, units: str) -> None:
    assert_as_ranked(book_of(history, plan, units))


def test_the_shipped_plan() -> None:
    """Some days; every day is compared by hand, since each is a snapshot."""
    ledger = open_ledger(SHIPPED, "jcdj-2020")
    first, through = first_day(ledger), date(2021, 6, 30)
    facts = scores_of(course_of(ledger, through))
    assert facts[0].plan == "jcdj-2020"
    for day in [first, *(date(2020, month, 20) + DAY * month for month in range(3, 13, 3)), through]:
        assert in_facts(facts, day) == in_product(ledger.snapshot(day)), day


def test_a_plan_that_has_not_begun_has_no_rows() -> None:
    """Another plan of the same root may have."""
    assert scores_of(course_of(open_ledger(SHIPPED, "jcdj-2020"), date(2020, 2, 1))) == []


BEFORE_AND_AFTER_A_CORRECTION = """
04-02 县教育局 进展 1-2 进度=10 #甲
04-20 县教育局 完成 1-2 #成
05-12 县教育局 更正 针对=成 作废=是
06-03 县教育局 更正 针对=甲 作废=是
"""


def test_a_correction_counts_from_its_own_day() -> None:
    """It changes the weeks before it: those are silent again that were not, and the task is open again since its start."""
    assert_as_ranked(book_of(BEFORE_AND_AFTER_A_CORRECTION, NEW))


def test_a_unit_that_leaves_its_tasks_and_comes_back_has_no_row_in_between() -> None:
    spells = "[{类别: 乡镇, 止: 2020-05-10}, {类别: 乡镇, 自: 2020-07-01}]"
    units = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", f"{{名称: 河东乡, 归属: {spells}}}")
    book = book_of("05-01 河东乡 进展 1-1 进度=30", NEW, units)
    assert_as_ranked(book)
    away = [(f.valid_from, f.valid_to) for f in scores_of(course_from(book, DAYS)) if f.unit == "河东乡"]
    assert all(until <= date(2020, 5, 11) or since >= date(2020, 7, 1) for since, until in away)


def test_two_measures_of_one_number_are_two_tasks_as_in_the_ranking() -> None:
    """An error of the plan, but all answers count them alike."""
    measures = "".join(
        f"  - {{编号: 1-1, 内容: {name}, 自: {since}, 时限: 2020年7月底前, 责任单位: 县教育局}}\n"
        for name, since in (("乙", "2020-04-20"), ("丙", "2020-06-01"))
    )
    plan = f"{HEAD}- 编号: 1\n  内容: 甲\n  措施:\n{measures}"
    assert_as_ranked(book_of("06-02 县教育局 进展 进度=10", plan))


@settings(max_examples=4)
@given(histories(), st.sampled_from([MERGED, MOVING]))
def test_a_row_is_followed_by_one_that_differs_or_by_a_gap(history: str, units: str) -> None:
    """They come in the order of the unit book, of classes and of days, none later than the last day asked for."""
    facts = scores_of(course_from(book_of(history, NEW, units), DAYS))
    assert facts == sorted(facts, key=lambda f: (f.unit_nth, f.class_nth or 99, f.valid_from))
    assert max(fact.valid_to for fact in facts) == DAYS[-1] + DAY
    for one, other in pairwise(facts):
        if (one.unit, one.unit_class) == (other.unit, other.unit_class):
            assert one.valid_from < one.valid_to <= other.valid_from
            assert one.valid_to < other.valid_from or one[-2:] != other[-2:]
