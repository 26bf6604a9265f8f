"""Places, denominators and silent weeks: what a unit's tasks come to, and how units stand side by side."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import HEAD, UNITS, snapshot_of, units_of
from random_histories import DAYS, MERGED, book_from, histories
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.duty_count import DutyCount
from zhenggai.rules.day.ranking import Bracket, UnitScore, ranking, rankings, scores_of
from zhenggai.rules.day.silence import weeks_of
from zhenggai.rules.day.state import state

PLAN = (
    HEAD
    + """
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 甲, 时限: 2020年6月底前, 牵头单位: 县财政局, 责任单位: [各乡镇, 县教育局], 阶段: [1]}
  - {编号: 1-2, 内容: 乙, 时限: 2020年8月底前, 牵头单位: 县财政局, 责任单位: 县教育局, 阶段: [1]}
  - {编号: 1-3, 内容: 丙, 类别: 长期坚持, 下次评估: 2020-12-01, 责任单位: 县教育局, 阶段: [1]}
  - {编号: 1-4, 内容: 丁, 类别: 例行, 频次: 每月, 责任单位: 县教育局, 阶段: [1]}
  - {编号: 1-5, 内容: 戊, 类别: 长期坚持, 下次评估: 2020-12-01, 责任单位: 县档案馆, 阶段: [1]}
"""
)


def score(
    unit: str = "甲",
    due: int = 10,
    on_time: int = 5,
    *,
    tasks: int = 10,
    done: int = 5,
    overdue: int = 0,
    relapses: int = 0,
    returns: int = 0,
    silent: int = 0,
    duties: tuple[int, int, int] = (0, 0, 0),
) -> UnitScore:
    counts = Counts(tasks=tasks, completed=done, overdue=overdue)
    return UnitScore(
        unit=unit,
        counts=counts,
        due=due,
        on_time=on_time,
        relapses=relapses,
        returns=returns,
        silent_weeks=silent,
        duties=DutyCount(*duties),
    )


def score_in(ledger: str, as_of: str, unit: str = "县教育局", *, plan: str = PLAN, units: str = UNITS) -> UnitScore:
    (found,) = (s for s in scores_of(snapshot_of(ledger, as_of, plan=plan, units=units)) if s.unit == unit)
    return found


def places(*scores: UnitScore) -> list[tuple[str, int | None, bool]]:
    return [(r.score.unit, r.place, r.shared) for r in ranking(scores)]


# places


def test_equal_units_share_a_place_and_the_next_one_is_left_out() -> None:
    best, third, last = score("优", on_time=9), score("丙"), score("末", on_time=1)
    assert places(last, score("乙"), best, third) == [
        ("优", 1, False),
        ("乙", 2, True),
        ("丙", 2, True),
        ("末", 4, False),
    ]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (score(on_time=6), score(done=9)),
        (score(done=6), score(overdue=1)),
        (score(overdue=1), score(overdue=2)),
        (score(relapses=1, returns=5), score(relapses=2)),
        (score(returns=1, silent=9), score(returns=2)),
        (score(silent=3, duties=(0, 0, 5)), score(silent=4)),
        (score(duties=(1, 2, 1)), score(duties=(1, 1, 2))),
        (score(duties=(9, 0, 1)), score(duties=(4, 0, 1))),
    ],
)
def test_the_order_is_as_stated(better: UnitScore, worse: UnitScore) -> None:
    assert better.merit < worse.merit


def test_a_unit_with_many_tasks_is_not_the_worse_for_it() -> None:
    small = score("小", due=5, on_time=4, tasks=5, done=4, overdue=1, relapses=1, returns=1, duties=(9, 0, 1))
    large = score("大", due=10, on_time=8, tasks=10, done=8, overdue=2, relapses=2, returns=2, duties=(18, 0, 2))
    assert places(small, large) == [("小", 1, True), ("大", 1, True)]


def test_granted_extensions_and_late_duties_are_shown_and_do_not_count() -> None:
    assert score(duties=(1, 3, 0)).merit == score(duties=(4, 0, 0)).merit
    assert replace(score(), extensions=3).merit == score().merit


def test_small_denominators_are_ranked_apart_and_what_has_none_is_not_ranked() -> None:
    found = ranking(
        [
            score("无", 0, 0),
            score("小优", 2, 2),
            score("大", 3, 0),
            score("小", 1, 0),
            replace(score("撤", 9, 9), ended=True),
        ]
    )
    assert [(r.score.unit, r.bracket, r.place) for r in found] == [
        ("大", Bracket.RANKED, 1),
        ("小优", Bracket.SMALL, 1),
        ("小", Bracket.SMALL, 2),
        ("无", Bracket.UNRANKED, None),
        ("撤", Bracket.UNRANKED, None),
    ]


NUMBERS = st.integers(0, 4)
SCORES = st.builds(
    lambda due, on_time, done, silent: score("甲", due, min(due, on_time), tasks=4, done=done, silent=silent),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.integers(0, 1),
)


@given(st.lists(SCORES, max_size=12))
def test_a_place_is_one_more_than_the_number_of_better_ones(scores: list[UnitScore]) -> None:
    found = ranking(scores)
    assert sorted(map(repr, (r.score for r in found))) == sorted(map(repr, scores))
    for bracket in (Bracket.RANKED, Bracket.SMALL):
        merits = [r.score.merit for r in found if r.bracket is bracket]
        assert merits == sorted(merits)
        for r in found:
            if r.bracket is bracket:
                assert r.place == 1 + sum(merit < r.score.merit for merit in merits)
                assert r.shared is (merits.count(r.score.merit) > 1)


# denominators


@pytest.mark.parametrize(
    ("ledger", "as_of", "due", "on_time"),
    [
        ("", "06-30", 0, 0),
        ("", "07-01", 1, 0),
        ("", "09-01", 2, 0),
        ("04-02 县教育局 进展 1-1\n06-30 县教育局 完成 1-1", "07-01", 1, 1),
        ("04-02 县教育局 进展 1-1\n07-01 县教育局 完成 1-1", "07-01", 1, 0),
        ("04-02 县教育局 进展 1-1\n06-30/07-08 县教育局 完成 1-1", "07-31", 1, 0),
        ("04-02 县教育局 进展 1-2\n04-03 县教育局 完成 1-2", "04-05", 1, 1),
    ],
    ids=["not due", "past", "both past", "on its day", "a day late", "recorded late", "early"],
)
def test_due_is_what_is_completed_or_past_its_date(ledger: str, as_of: str, due: int, on_time: int) -> None:
    found = score_in(ledger, as_of)
    assert (found.due, found.on_time) == (due, on_time)
    assert found.counts.denominator == 2
    assert found.on_time_rate == (round(on_time * 100 / due, 2) if due else None)


def test_what_does_not_apply_is_in_no_denominator() -> None:
    ledger = """
    04-02 县教育局 进展 1-1 佐证=县教发〔2020〕1号
    04-03 县教育局 完成 1-1 结论=经核查不存在 依据=审计报告
    04-04 县教育局 申请销号 1-1 签批领导=王强 #申
    04-05 县财政局 初审 针对=申 结论=通过
    04-06 县委组织部 复核 针对=申 结论=通过
    """
    found = score_in(ledger, "07-01")
    assert (found.due, found.counts.denominator, found.counts.not_applicable) == (0, 1, 1)


def test_an_extension_moves_the_date_and_is_counted() -> None:
    ledger = """
    04-02 县教育局 进展 1-1
    06-20 县教育局 申请延期 1-1 至=2020-07-31 原因=疫情 #申
    06-25 县委组织部 同意延期 针对=申 至=2020-07-31
    07-20 县教育局 完成 1-1
    """
    found = score_in(ledger, "08-01")
    assert (found.due, found.on_time, found.extensions) == (1, 1, 1)


def test_an_occurrence_is_on_time_late_or_missed_and_a_miss_stays_counted() -> None:
    ledger = """
    04-30 县教育局 例行 1-4 期次=2020-04
    06-05 县教育局 例行 1-4 期次=2020-05
    07-31 县教育局 例行 1-4 期次=2020-07
    """
    duties = score_in(ledger, "08-10").duties
    assert (duties.on_time, duties.late, duties.missed) == (2, 1, 1)  # June is missed, though July made it good


# silent weeks: No 1 begins on 30 March, the phase and with it the tasks on Wednesday, 1 April


@pytest.mark.parametrize(
    ("ledger", "as_of", "weeks"),
    [
        ("", "03-31", 0),
        ("", "04-11", 0),
        ("", "04-12", 1),
        ("", "04-19", 2),
        ("04-12 城关镇 进展 1-1", "04-19", 1),
        ("04-13 城关镇 进展 1-1", "04-19", 1),
        ("04-13/06-01 城关镇 进展 1-1", "04-19", 1),
        ("04-08 城关镇 进展 1-1\n04-09 城关镇 完成 1-1", "07-01", 0),
        ("04-21 城关镇 进展 1-1\n04-21 城关镇 完成 1-1", "07-01", 2),
        ("04-08 县财政局 进展 1-1 单位=城关镇 代录=是", "04-12", 1),
        ("04-08 县委督查局 约谈 1-1 单位=城关镇 对象=书记 依据=规则", "04-12", 1),
    ],
)
def test_a_week_is_silent_with_something_open_and_nothing_recorded(ledger: str, as_of: str, weeks: int) -> None:
    assert score_in(ledger, as_of, "城关镇").silent_weeks == weeks


def test_a_task_that_comes_back_is_open_again() -> None:
    """Completed on 8 April, returned on Wednesday, 29 April: 4–10 and 11–17 May are silent, no week before."""
    ledger = """
    04-08 城关镇 进展 1-1 佐证=城发〔2020〕1号
    04-08 城关镇 完成 1-1
    04-08 城关镇 申请销号 1-1 签批领导=王强 #申
    04-29 县财政局 初审 针对=申 结论=退回 原因=缺
    """
    assert score_in(ledger, "05-17", "城关镇").silent_weeks == 2


def test_an_entry_for_any_task_breaks_the_silence_and_only_what_can_be_completed_is_open() -> None:
    assert score_in("04-07 县教育局 例行 1-4 期次=2020-04", "04-19").silent_weeks == 1
    assert score_in("", "06-30", "县档案馆").silent_weeks == 0


def test_a_successor_is_silent_only_from_when_it_carries_the_tasks() -> None:
    """河东乡 was silent until it became part of 城关镇 after Wednesday, 20 May; 城关镇 had done its own task by then."""
    done = "04-08 城关镇 进展 1-1\n04-09 城关镇 完成 1-1"
    found = scores_of(snapshot_of(done, "05-31", plan=PLAN, units=MERGED))
    assert [(s.unit, s.counts.tasks, s.silent_weeks) for s in found if s.unit in ("城关镇", "河东乡")] == [
        ("城关镇", 2, 1)
    ]


def test_a_new_unit_was_not_silent_before_there_was_one() -> None:
    units = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 自: 2020-05-04}")
    assert score_in("", "05-17", "河东乡", units=units).silent_weeks == 2


def test_only_whole_weeks_count() -> None:
    days = ("03-29", "03-30", "04-05", "04-11", "04-12")
    assert [len(weeks_of(snapshot_of("", as_of, plan=PLAN))) for as_of in days] == [0, 0, 1, 1, 2]


# classes


def test_classes_are_compared_within_themselves() -> None:
    found = rankings(snapshot_of("", "07-01", plan=PLAN))
    assert [(c.name, [r.score.unit for r in c.units]) for c in found] == [
        ("县直单位", ["县教育局"]),
        ("乡镇", ["城关镇", "河东乡"]),
        (None, ["县档案馆"]),
    ]


def test_a_unit_stands_in_every_class_of_the_day() -> None:
    units = UNITS.replace(
        "{名称: 县档案馆}", "{名称: 县档案馆, 类别: 县直单位, 归属: [{类别: 乡镇, 自: 2020-05-01, 止: 2020-05-31}]}"
    )

    def classes_on(as_of: str) -> list[str | None]:
        found = rankings(snapshot_of("", as_of, plan=PLAN, units=units))
        return [c.name for c in found if "县档案馆" in {r.score.unit for r in c.units}]

    assert classes_on("04-30") == ["县直单位"]
    assert classes_on("05-31") == ["县直单位", "乡镇"]


def test_a_unit_that_has_ended_keeps_what_it_closed_in_its_class_and_has_no_place() -> None:
    closed = """
    04-02 河东乡 进展 1-1 佐证=河发〔2020〕1号
    04-03 河东乡 完成 1-1
    04-04 河东乡 申请销号 1-1 签批领导=王强 #申
    04-05 县财政局 初审 针对=申 结论=通过
    04-06 县委组织部 复核 针对=申 结论=通过
    04-07 县委组织部 销号公示 针对=申 起=2020-04-07 止=2020-04-13
    04-14 县委组织部 销号 针对=申 措施摘要=1a2b
    """
    snapshot = snapshot_of(closed, "07-01", plan=PLAN, units=MERGED)
    (towns,) = (c for c in rankings(snapshot) if c.name == "乡镇")
    assert [(r.score.unit, r.score.due, r.bracket) for r in towns.units] == [
        ("城关镇", 1, Bracket.SMALL),
        ("河东乡", 1, Bracket.UNRANKED),
    ]


# laws over whatever was recorded


@settings(max_examples=60)
@given(histories(), DAYS, st.sampled_from([UNITS, MERGED]))
def test_the_units_scores_add_up_to_the_plan(history: str, as_of: date, units: str) -> None:
    snapshot = state(replace(book_from(history), units=units_of(units)), as_of)
    scores = scores_of(snapshot)
    for name in ("tasks", "completed", "closed", "overdue", "denominator", "in_progress", "recurring"):
        assert sum(getattr(s.counts, name) for s in scores) == getattr(snapshot.counts, name)
    assert sum(s.returns for s in scores) == sum(t.head.returns for t in snapshot.tasks)
    for s in scores:
        assert 0 <= s.on_time <= s.due <= s.counts.denominator
        assert s.on_time + s.counts.overdue <= s.due
        assert 0 <= s.silent_weeks <= len(weeks_of(snapshot))
