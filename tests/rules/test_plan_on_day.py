"""The plan in force on a day: added, given up, adjusted — and as known on another day."""

from datetime import date

import pytest

from building import HEAD, plan_of, refusals_of, snapshot_of, task_in
from building import day as d
from zhenggai.model.plan import Measure
from zhenggai.model.terms import USUAL
from zhenggai.rules.plan.plan_on_day import PlanChange, adjusted_between, adjustments_by, field_texts, plan_at, texts_on
from zhenggai.rules.task.life import State
from zhenggai.views.sentences import plan_change

PLAN = (
    HEAD
    + """
- 编号: 1
  内容: 甲
  措施:
  - 编号: 1-1
    内容: 制定办法
    时限: 2020年6月底前
    责任单位: 县教育局
    牵头单位: 县财政局
    阶段: [1]
    调整:
    - {日期: 2020-06-01, 登记日: 2020-06-20, 依据: 县整改办〔2020〕3号, 字段: 时限, 原: 2020年6月底前, 现: 2020年8月底前}
    - {日期: 2020-07-01, 依据: 会议纪要, 字段: 牵头单位, 原: 县财政局, 现: [县委办公室, 县档案馆]}
    - {日期: 2020-07-01, 依据: 会议纪要, 字段: 责任单位, 原: 县教育局, 现: [县教育局, 城关镇]}
    - {日期: 2020-07-15, 依据: 会议纪要, 字段: 责任人, 现: [张三, 李四]}
    - {日期: 2020-08-01, 依据: 会议纪要, 字段: 时限, 现: 2020年10月底前}
  - {编号: 1-2, 内容: 后加, 责任单位: 县教育局, 时限: 2020年9月底前, 自: 2020-05-01}
  - {编号: 1-3, 内容: 不做, 责任单位: 县教育局, 时限: 2020年9月底前, 取消: {日期: 2020-07-01, 依据: 会议纪要, 并入: 1-1}}
  - {编号: 1-4, 内容: 坚持, 责任单位: 县教育局, 类别: 长期坚持, 下次评估: 2020-07-01, 调整: [{日期: 2020-06-01, 依据: 纪要, 字段: 下次评估, 现: 2020-09-01}]}
- {编号: 2, 内容: 乙, 自: 2020-05-01, 措施: [{编号: 2-1, 内容: 丙, 责任单位: 县教育局, 时限: 2020年9月底前}]}
"""
)


def measures_on(day: str) -> list[str]:
    return [measure.number for _, measure in plan_at(plan_of(PLAN), d(day), date.max).measures()]


def measure_on(day: str, known_by: str = "9999-12-31", number: str = "1-1") -> Measure:
    return plan_at(plan_of(PLAN), d(day), d(known_by)).measure_by_number[number]


def test_a_measure_is_there_from_the_day_it_was_added_until_the_day_it_was_given_up() -> None:
    assert measures_on("04-30") == ["1-1", "1-3", "1-4"]
    assert measures_on("05-01") == ["1-1", "1-2", "1-3", "1-4", "2-1"]
    assert measures_on("06-30") == ["1-1", "1-2", "1-3", "1-4", "2-1"]
    assert measures_on("07-01") == ["1-1", "1-2", "1-4", "2-1"]


def test_the_tasks_and_the_counts_of_a_day_are_those_in_force() -> None:
    counts = [snapshot_of(as_of=day, plan=PLAN).counts for day in ("04-30", "06-30", "07-01")]
    assert [(c.problems, c.measures, c.tasks) for c in counts] == [(1, 3, 3), (2, 5, 5), (2, 4, 5)]


def test_entries_about_a_measure_given_up_are_left_aside_without_complaint() -> None:
    assert refusals_of("04-02 县教育局 进展 1-3", plan=PLAN) == []


def test_an_adjustment_holds_from_its_date_on_and_the_last_one_wins() -> None:
    words = [measure_on(day).deadline for day in ("05-31", "06-01", "07-31", "08-01")]
    assert words == ["2020年6月底前", "2020年8月底前", "2020年8月底前", "2020年10月底前"]


def test_an_adjustment_is_known_from_the_day_it_was_registered() -> None:
    assert measure_on("06-10", known_by="06-19").deadline == "2020年6月底前"
    assert measure_on("06-10", known_by="06-20").deadline == "2020年8月底前"
    assert task_in(snapshot_of(as_of="07-01", known_by="06-19", plan=PLAN)).head.due == d("06-30")


def test_without_a_day_of_registration_an_adjustment_is_known_from_its_date() -> None:
    assert measure_on("07-20", known_by="07-14").person is None
    assert measure_on("07-20", known_by="07-15").person == "张三、李四"


def test_lists_and_dates_are_adjusted_as_such() -> None:
    assert measure_on("07-01").lead_units == ("县委办公室", "县档案馆")
    assert measure_on("07-01").units == ("县教育局", "城关镇")
    assert [measure_on(day, number="1-4").next_review for day in ("05-31", "06-01")] == [d("07-01"), d("09-01")]


def test_a_unit_that_an_adjustment_adds_has_its_task_from_that_day_on() -> None:
    before, after = (snapshot_of(as_of=day, plan=PLAN) for day in ("06-30", "07-01"))
    assert [len(p.where(lambda t: t.measure == "1-1")) for p in (before, after)] == [1, 2]
    assert refusals_of("04-02 城关镇 进展 1-1", "06-30", plan=PLAN) == []


def test_an_adjusted_review_date_that_is_none_leaves_the_old_one() -> None:
    plan = PLAN.replace("字段: 下次评估, 现: 2020-09-01", "字段: 下次评估, 现: 9月初")
    assert task_in(snapshot_of(plan=plan), "1-4").head.next_review == d("07-01")


def test_what_was_issued_is_the_first_of_the_texts() -> None:
    measure = plan_of(PLAN).measure_by_number["1-1"]
    assert field_texts(measure, "时限") == ("2020年6月底前",)
    assert field_texts(measure, "牵头单位") == ("县财政局",)
    assert field_texts(measure, "完成标准") == ()
    assert [a.date for a in adjustments_by(measure, d("07-10"), date.max)] == [d("06-01"), d("07-01"), d("07-01")]


REVIEWED = """
04-02 县教育局 进展 佐证=县组发〔2020〕1号
05-20 县教育局 完成
05-21 县教育局 申请销号 签批领导=王强 #案
05-25 县财政局 初审 针对=案 结论=通过
"""


def test_a_review_by_the_lead_of_its_day_stands_after_another_unit_leads() -> None:
    assert task_in(snapshot_of(REVIEWED, "12-31", plan=PLAN)).head.state is State.FIRST_PASSED
    assert refusals_of(REVIEWED, plan=PLAN) == []


def test_the_former_lead_can_review_no_longer_and_the_new_one_could_not_before() -> None:
    late = REVIEWED.replace("05-25", "07-02")
    early = REVIEWED.replace("05-25 县财政局", "05-25 县委办公室")
    assert len(refusals_of(late, plan=PLAN)) == len(refusals_of(early, plan=PLAN)) == 1
    assert refusals_of(late.replace("07-02 县财政局", "07-02 县委办公室"), plan=PLAN) == []


LATE = """
- 编号: 1
  内容: 甲
  措施:
  - {编号: 1-1, 内容: 后加, 责任单位: 县教育局, 时限: 2020年9月底前, 自: 2020-05-01, 登记日: 2020-05-20, 依据: 纪要}
  - {编号: 1-2, 内容: 不做, 责任单位: 县教育局, 时限: 2020年9月底前, 取消: {日期: 2020-07-01, 登记日: 2020-07-10, 依据: 纪要}}
- {编号: 2, 内容: 乙, 自: 2020-05-01, 登记日: 2020-05-20, 措施: [{编号: 2-1, 内容: 丙, 责任单位: 县教育局, 时限: 2020年9月底前}]}
"""


@pytest.mark.parametrize(
    ("as_of", "known_by", "expected"),
    [
        ("05-10", "05-19", ["1-2"]),
        ("05-10", "05-20", ["1-1", "1-2", "2-1"]),
        ("07-05", "07-09", ["1-1", "1-2", "2-1"]),
        ("07-05", "07-10", ["1-1", "2-1"]),
    ],
)
def test_what_was_added_or_given_up_is_known_from_the_day_it_was_registered(
    as_of: str, known_by: str, expected: list[str]
) -> None:
    plan = plan_at(plan_of(HEAD + LATE), d(as_of), d(known_by))
    assert [measure.number for _, measure in plan.measures()] == expected


def test_a_field_says_what_was_last_given_on_a_day() -> None:
    measure = plan_of(PLAN).measure_by_number["1-1"]
    assert [texts_on(measure, "时限", d(day)) for day in ("05-31", "06-01")] == [("2020年6月底前",), ("2020年8月底前",)]
    assert texts_on(measure, "责任人", d("07-15")) == ("张三", "李四")


def test_what_was_changed_between_two_days_goes_by_the_day_of_registration() -> None:
    changed = adjusted_between(plan_of(PLAN), d("06-01"), d("07-01"))
    assert [(c.recorded, c.number, c.what, c.old, c.new) for c in changed] == [
        (d("06-20"), "1-1", "时限", ("2020年6月底前",), ("2020年8月底前",)),
        (d("07-01"), "1-1", "牵头单位", ("县财政局",), ("县委办公室", "县档案馆")),
        (d("07-01"), "1-1", "责任单位", ("县教育局",), ("县教育局", "城关镇")),
        (d("07-01"), "1-3", "取消", ("不做",), ("1-1",)),
    ]
    assert adjusted_between(plan_of(PLAN), d("07-15"), date.max)[0] == PlanChange(
        day=d("08-01"),
        recorded=d("08-01"),
        number="1-1",
        what="时限",
        old=("2020年8月底前",),
        new=("2020年10月底前",),
        basis="会议纪要",
    )


def test_what_was_added_is_a_change_too() -> None:
    changed = adjusted_between(plan_of(HEAD + LATE), d("05-01"), d("05-31"))
    assert [(c.day, c.number, c.what, c.new, c.basis) for c in changed] == [
        (d("05-01"), "1-1", "新增", ("后加",), "纪要"),
        (d("05-01"), "2", "新增", ("乙",), None),
    ]


def test_changes_as_a_report_says_them() -> None:
    said = [
        plan_change(change, USUAL)
        for plan in (PLAN, HEAD + LATE)
        for change in adjusted_between(plan_of(plan), date.min, date.max)
    ]
    assert [words for words in said if "责任单位" not in words] == [
        "5月1日新增措施1-2“后加”",
        "5月1日新增问题2“乙”",
        "6月1日依据纪要，措施1-4的下次评估由“2020-07-01”调整为“2020-09-01”",
        "6月1日依据县整改办〔2020〕3号，措施1-1的时限由“2020年6月底前”调整为“2020年8月底前”",
        "7月1日依据会议纪要，措施1-1的牵头单位由“县财政局”调整为“县委办公室、县档案馆”",
        "7月1日依据会议纪要，措施1-3“不做”取消，并入措施1-1",
        "7月15日依据会议纪要，措施1-1的责任人定为“张三、李四”",
        "8月1日依据会议纪要，措施1-1的时限由“2020年8月底前”调整为“2020年10月底前”",
        "5月1日依据纪要，新增措施1-1“后加”",
        "5月1日新增问题2“乙”",
        "7月1日依据纪要，措施1-2“不做”取消",
    ]
