"""Three reds in a row, and who is due for an interview: by the month-ends, or by the ladder."""

import pytest

from building import HEAD, book_of, day, snapshot_of
from zhenggai.deadline.calendar import month_ends
from zhenggai.rules.day.state import state
from zhenggai.rules.supervision.interviews import Interview, interviews, red_runs

PLAN = (
    HEAD
    + """
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 甲, 时限: 2020年5月20日前, 牵头单位: 县财政局, 责任单位: [各乡镇], 阶段: [1]}
  - {编号: 1-2, 内容: 乙, 类别: 长期坚持, 下次评估: 2020-05-01, 责任单位: 城关镇, 阶段: [1]}
"""
)
NO_LADDER = PLAN.replace("年度: 2020\n", "年度: 2020\n规则: {督办阶梯: []}\n")
TO_ONE_TASK = "县委督查局 约谈 1-1 单位=城关镇 对象=书记 依据=规则"
TO_THE_UNIT = "县委督查局 约谈 措施= 单位=城关镇 对象=书记 依据=规则 #谈"


def interviews_of(ledger: str, as_of: str, plan: str = PLAN) -> dict[str, Interview]:
    book = book_of(ledger, plan)
    snapshot = state(book, day(as_of))
    ends = month_ends(day(as_of), snapshot.plan.rules.red_months)
    return {i.unit: i for i in interviews(snapshot, [state(book, end) for end in ends])}


def causes(ledger: str, as_of: str, plan: str = PLAN) -> list[tuple[str, str, str]]:
    found = interviews_of(ledger, as_of, plan).get("城关镇")
    return [(c.task.measure, c.why, f"{c.since:%m-%d}") for c in found.causes] if found else []


@pytest.mark.parametrize(
    ("as_of", "ends"),
    [
        ("2020-07-30", ["2020-04-30", "2020-05-31", "2020-06-30"]),
        ("2020-07-31", ["2020-05-31", "2020-06-30", "2020-07-31"]),
        ("2020-03-01", ["2019-12-31", "2020-01-31", "2020-02-29"]),
    ],
)
def test_month_ends_are_those_that_have_ended(as_of: str, ends: list[str]) -> None:
    assert [str(end) for end in month_ends(day(as_of), 3)] == ends


def test_of_no_month_ends_nothing_was_red() -> None:
    assert month_ends(day("07-31"), 0) == ()
    assert red_runs([]) == frozenset()


def test_a_run_is_red_at_every_month_end() -> None:
    at = [
        snapshot_of("06-10 城关镇 长期评估 1-2 结论=有效 下次评估=2020-07-10", end, plan=PLAN)
        for end in ("05-31", "06-30", "07-31")
    ]
    assert sorted((key.measure, key.unit) for key in red_runs(at)) == [("1-1", "城关镇"), ("1-1", "河东乡")]
    assert sorted(key.measure for key in red_runs(at[2:])) == ["1-1", "1-1", "1-2"]


def test_three_reds_in_a_row_call_for_an_interview_whatever_made_them_red() -> None:
    assert causes("", "07-30", NO_LADDER) == []
    assert causes("", "07-31", NO_LADDER) == [
        ("1-1", "连续3个月末红灯", "05-31"),
        ("1-2", "连续3个月末红灯", "05-31"),
    ]


def test_what_is_red_no_longer_calls_for_no_interview() -> None:
    done = "07-31 城关镇 进展 1-1\n08-03 城关镇 完成 1-1\n08-03 城关镇 长期评估 1-2 结论=有效 下次评估=2020-12-31"
    assert causes(done, "08-02", NO_LADDER)
    assert causes(done, "08-03", NO_LADDER) == []


def test_the_plan_says_how_many_months_make_a_run() -> None:
    two = PLAN.replace("年度: 2020\n", "年度: 2020\n规则: {连红月数: 2, 督办阶梯: []}\n")
    assert causes("", "06-29", two) == []
    assert [why for _, why, _ in causes("", "06-30", two)] == ["连续2个月末红灯", "连续2个月末红灯"]


def test_the_ladder_calls_for_an_interview_after_its_days() -> None:
    assert causes("", "06-03") == []
    assert causes("", "06-04") == [("1-1", "逾期15天（满15天约谈）", "05-21")]
    later = PLAN.replace(
        "年度: 2020\n", "年度: 2020\n规则: {督办阶梯: [{逾期天数: 20, 事项: 约谈, 对象: 主要负责人}]}\n"
    )
    assert causes("", "06-08", later) == []
    assert causes("", "06-09", later) == [("1-1", "逾期20天（满20天约谈）", "05-21")]


@pytest.mark.parametrize(
    ("ledger", "held"),
    [
        ("", None),
        (f"05-31 {TO_ONE_TASK}", "05-31"),
        (f"05-30 {TO_ONE_TASK}", None),
        (f"05-30 {TO_ONE_TASK}\n07-01 {TO_THE_UNIT}", "07-01"),
        (f"08-01 {TO_THE_UNIT}", None),
        (f"07-01 {TO_THE_UNIT}\n07-02 县委督查局 更正 针对=谈 作废=是", None),
        (f"07-01 {TO_THE_UNIT.replace('城关镇', '河东乡')}", None),
        (f"07-01 {TO_ONE_TASK.replace('约谈', '告诫')}", None),
        ("07-01 县档案馆 约谈 措施= 单位=城关镇 对象=书记 依据=规则", None),
    ],
    ids=["none", "of a task", "before the run", "of the unit", "later", "withdrawn", "another's", "milder", "nobody's"],
)
def test_an_interview_since_the_first_red_is_the_answer(ledger: str, held: str | None) -> None:
    found = interviews_of(ledger, "07-31", NO_LADDER)["城关镇"].held
    assert found == (None if held is None else day(held))


def test_one_unanswered_cause_is_enough() -> None:
    """The interview of 25 May came after the due date and before the first red month-end."""
    ledger = f"05-25 {TO_ONE_TASK}"
    assert interviews_of(ledger, "06-30")["城关镇"].held == day("05-25")
    assert interviews_of(ledger, "07-31")["城关镇"].held is None


@pytest.mark.parametrize(("interviewed", "held"), [("06-05", None), ("06-11", "06-11")])
def test_an_interview_before_a_relapse_is_no_answer_to_it(interviewed: str, held: str | None) -> None:
    ledger = f"""
    05-09 城关镇 进展 1-1
    05-10 城关镇 完成 1-1
    06-10 县委督查局 督查 1-1 单位=城关镇 方式=暗访 结论=不实
    {interviewed} {TO_ONE_TASK}
    """
    assert causes(ledger, "06-12") == [("1-1", "逾期23天（满15天约谈）", "06-10")]
    assert interviews_of(ledger, "06-12")["城关镇"].held == (None if held is None else day(held))
