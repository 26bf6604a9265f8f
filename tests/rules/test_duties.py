"""Which occurrence of a recurring duty is to be recorded now, and how somebody may name it."""

from datetime import date

import pytest

from building import PLAN, day, snapshot_of, task_in
from zhenggai.deadline.calendar import Step
from zhenggai.deadline.meaning import Context
from zhenggai.rules.day.duties import open_duties, period_said

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
