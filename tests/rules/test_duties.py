"""Which occurrence of a recurring duty is to be recorded now, and how somebody may name it."""

from datetime import date

import pytest

from building import HEAD, PLAN, day, refusals_of, snapshot_of, task_in
from zhenggai.deadline.calendar import Step
from zhenggai.deadline.meaning import Context
from zhenggai.rules.day.duties import open_duties, period_said
from zhenggai.rules.day.lights import Light

BY_THE_TENTH = PLAN.replace("时限: 每月,", "时限: 每月10日前,")


def periods(ledger: str, as_of: str, plan: str = PLAN) -> list[str]:
    task = task_in(snapshot_of(ledger, as_of, plan=plan), "1-4")
    return [duty.occurrence.period for duty in open_duties(task, day(as_of))]


def test_missed_occurrences_come_before_the_running_one() -> None:
    assert periods("", "03-31") == []
    assert periods("", "06-15") == ["2020-04", "2020-05", "2020-06"]
    assert periods("06-20 县教育局 例行 1-4 期次=2020-04", "06-30") == ["2020-05", "2020-06"]
    assert periods("06-15 县教育局 例行 1-4 期次=2020-06", "06-30") == []


def test_a_running_period_whose_day_is_past_is_named_once() -> None:
    assert periods("", "04-10", BY_THE_TENTH) == ["2020-04"]
    assert periods("", "04-11", BY_THE_TENTH) == ["2020-04"]


def test_what_does_not_recur_has_none() -> None:
    assert open_duties(task_in(snapshot_of()), day("06-15")) == ()


@pytest.mark.parametrize(
    ("word", "step", "period"),
    [
        ("5月", "month", "2020-05"),
        ("2021年12月", "month", "2021-12"),
        ("第二季度", "quarter", "2020-Q2"),
        ("二季度", "quarter", "2020-Q2"),
        ("上半年", "half", "2020-H1"),
        ("5月", "quarter", "5月"),
        ("上半年", "quarter", "上半年"),
        ("13月", "month", "13月"),
        ("2020-05", "month", "2020-05"),
        ("上周", "week", "上周"),
    ],
)
def test_a_period_may_be_said_in_words(word: str, step: Step, period: str) -> None:
    assert period_said(word, step, Context(2020, date(2020, 3, 1))) == period


@pytest.mark.parametrize(
    ("time", "sort"),
    [
        ("时限: 2020年9月底前", "限期"),
        ("类别: 长期坚持", "长期"),
        ("类别: 立行立改", "立改"),
        ("类别: 持续推进, 时限: 2020年3月—长期", "长期"),
    ],
)
def test_a_measure_s_own_frequency_is_a_duty_beside_its_due_date_or_its_reviews(time: str, sort: str) -> None:
    plan = f"{HEAD}- {{编号: 1, 内容: 甲, 措施: [{{编号: 1-1, 内容: 乙, 责任单位: 县教育局, {time}, 频次: 每月}}]}}"
    ledger = (
        "04-02 县教育局 进展 1-1 内容=动\n04-20 县教育局 例行 1-1 期次=2020-04\n06-02 县教育局 例行 1-1 期次=2020-05\n"
    )
    assert refusals_of(ledger, plan=plan) == []
    task = task_in(snapshot_of(ledger, "07-05", plan=plan))
    duties = task.status.duties
    assert (task.row.sort.value, duties.on_time, duties.late) == (sort, 1, 1)
    assert [duty.name for duty in duties.unfilled][-1:] == ["2020-06"]
    assert (task.status.light, task.status.why.endswith("2020-06")) == (Light.RED, True)
    assert "2020-07" in [duty.name for duty in open_duties(task, day("07-05"))]


def test_a_frequency_beside_a_due_date_that_nobody_can_read_is_counted_as_unread() -> None:
    plan = f"{HEAD}- {{编号: 1, 内容: 甲, 措施: [{{编号: 1-1, 内容: 乙, 责任单位: 县教育局, 时限: 2020年9月底前, 频次: 想起来就办}}]}}"
    task = task_in(snapshot_of("", "04-10", plan=plan))
    assert (task.due, task.row.unread, task.row.steps) == (day("09-30"), True, ())
