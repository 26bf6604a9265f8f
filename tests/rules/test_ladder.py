"""The ladder: which step a task has reached, whether an entry took it, whether it was answered."""

import pytest

from building import PLAN, day, snapshot_of, task_in
from zhenggai.rules.supervision.ladder import Rung, addressees, ladder_of

STARTED = "04-10 县教育局 进展 1-1 进度=40\n"


def reached(ledger: str = STARTED, as_of: str = "07-01", measure: str = "1-1", plan: str = PLAN) -> Rung | None:
    steps = ladder_of(snapshot_of(ledger, as_of, plan=plan))
    return next((step for step in steps if step.task.measure == measure), None)


@pytest.mark.parametrize(
    ("as_of", "step"),
    [
        ("06-09", None),
        ("06-10", ("提醒", "责任人", "06-10", "还有20天到期")),
        ("06-19", ("提醒", "责任人", "06-10", "还有11天到期")),
        ("06-20", ("提醒", "责任人、分管领导", "06-20", "还有10天到期")),
        ("06-30", ("提醒", "责任人、分管领导", "06-20", "今天到期")),
        ("07-01", ("督办", "单位及主要负责人", "07-01", "逾期1天")),
        ("07-07", ("告诫", "主要负责人", "07-07", "逾期7天")),
        ("07-15", ("约谈", "主要负责人", "07-15", "逾期15天")),
        ("08-30", ("通报", "单位及主要负责人", "07-30", "逾期61天")),
    ],
)
def test_the_step_follows_from_the_days(as_of: str, step: tuple[str, ...] | None) -> None:
    found = reached(as_of=as_of)
    assert (found and (str(found.kind), found.addressee, f"{found.since:%m-%d}", found.basis)) == step


def test_what_is_completed_or_has_no_date_has_no_step() -> None:
    assert reached(STARTED + "06-20 县教育局 完成 1-1\n", "12-31") is None
    assert reached(as_of="12-31", measure="1-3") is None


def test_an_extension_moves_the_ladder() -> None:
    ledger = (
        STARTED
        + "06-01 县教育局 申请延期 1-1 至=2020-08-31 原因=难 #申\n06-02 县委组织部 同意延期 针对=申 至=2020-08-31\n"
    )
    assert reached(ledger, "07-20") is None


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("07-01 县委督查局 督办 1-1 单位=县教育局 对象=局长 依据=逾期", True),
        ("07-01 县委组织部 约谈 1-1 单位=县教育局 对象=局长 依据=逾期", True),
        ("06-30 县委督查局 督办 1-1 单位=县教育局 对象=局长 依据=逾期", False),
        ("07-01 县委督查局 提醒 1-1 单位=县教育局 对象=局长 依据=逾期", False),
        ("07-01 县财政局 督办 1-1 单位=县教育局 对象=局长 依据=逾期", False),
        ("07-02 县委督查局 督办 措施= 单位=县教育局 对象=局长 依据=逾期", True),
        ("07-02 县委督查局 督办 措施= 单位=县财政局 对象=局长 依据=逾期", False),
        ("07-02 县委督查局 约谈 1-2 单位=县教育局 对象=局长 依据=逾期", True),
        ("07-02 县委督查局 通报 1-2 单位=县教育局 对象=局长 依据=逾期", False),
    ],
    ids=[
        "kind",
        "graver",
        "too early",
        "lighter",
        "wrong hand",
        "whole unit",
        "another unit",
        "interview",
        "another task",
    ],
)
def test_an_entry_of_that_kind_or_a_graver_one_takes_it_from_its_day_on(line: str, taken: bool) -> None:
    found = reached(f"{STARTED}{line}\n", "07-03")
    assert found is not None
    assert (found.taken is not None) is taken


def test_the_next_step_must_be_taken_anew() -> None:
    ledger = STARTED + "07-02 县委督查局 约谈 1-1 单位=县教育局 对象=局长 依据=逾期\n"
    found = reached(ledger, "07-15")
    assert found is not None
    assert (str(found.kind), found.taken) == ("约谈", None)


@pytest.mark.parametrize("measure", ["1-1", "措施="])
def test_an_answer_is_overdue_after_its_day_until_it_comes(measure: str) -> None:
    ledger = f"{STARTED}07-01 县委督查局 督办 {measure} 单位=县教育局 对象=局长 依据=逾期 期限=2020-07-03 #督\n"

    def unanswered(ledger: str, as_of: str) -> bool:
        found = reached(ledger, as_of)
        assert found is not None
        return found.is_unanswered(day(as_of))

    assert not unanswered(ledger, "07-03")
    assert unanswered(ledger, "07-04")
    assert not unanswered(f"{ledger}07-05 县教育局 回复 针对=督\n", "07-05")


UNTRUE = STARTED + "04-20 县教育局 完成 1-1\n05-06 县委督查局 督查 1-1 单位=县教育局 方式=暗访 结论=不实\n"


def test_an_untrue_report_calls_for_criticism_at_once() -> None:
    found = reached(UNTRUE, "05-06")
    assert found is not None
    assert (str(found.kind), found.addressee, f"{found.since:%m-%d}") == ("通报", "单位及主要负责人", "05-06")
    assert found.basis == "2020年5月6日督查不实（虚假整改）"


def test_it_goes_on_after_a_new_completion_until_it_is_recorded() -> None:
    ledger = UNTRUE + "05-20 县教育局 进展 1-1\n06-20 县教育局 完成 1-1\n"
    found = reached(ledger, "06-25")
    assert found is not None
    assert found.taken is None
    told = reached(ledger + "06-22 县委督查局 通报 1-1 单位=县教育局 对象=局长 依据=不实\n", "06-25")
    assert told is not None
    assert told.taken is not None


def test_the_gravest_step_that_nobody_took_stands_for_the_task() -> None:
    told = UNTRUE + "05-07 县委督查局 通报 1-1 单位=县教育局 对象=局长 依据=不实\n"
    found = reached(told, "07-02")
    assert found is not None
    assert (str(found.kind), found.taken) == ("督办", None)


def test_three_reds_in_a_row_call_for_an_interview() -> None:
    ends = [snapshot_of("", end) for end in ("07-31", "08-31", "09-30")]
    duty = next(s for s in ladder_of(snapshot_of("", "10-10"), ends) if s.task.measure == "1-4")
    assert (str(duty.kind), duty.addressee, duty.basis) == ("约谈", "主要负责人", "连续3个月末红灯")
    late = next(s for s in ladder_of(snapshot_of("", "10-10"), ends) if s.task.measure == "1-1")
    assert (str(late.kind), late.basis) == ("通报", "逾期102天")


def test_a_plan_has_its_own_ladder() -> None:
    ladder = "规则: {督办阶梯: [{逾期天数: 5, 事项: 约谈, 对象: 局长}]}\n"
    plan = PLAN.replace("督办单位:", f"{ladder}督办单位:")
    assert reached(as_of="07-04", plan=plan) is None
    found = reached(as_of="07-05", plan=plan)
    assert found is not None
    assert (str(found.kind), found.addressee) == ("约谈", "局长")


def test_addressees_are_the_people_that_the_unit_or_the_plan_named() -> None:
    task = task_in(snapshot_of("03-20 县教育局 认领 1-1 责任人=王某\n", "06-30"))
    assert addressees(task, "责任人、分管领导") == ("王某", "分管领导")
    assert addressees(task, "主办人") == ("王某",)
    assert addressees(task, "单位及主要负责人") == ("单位及主要负责人",)


@pytest.mark.parametrize(
    ("people", "sent"),
    [
        ("责任领导: 局长", ("局长",)),
        ("分管领导: 副县长", ("副县长", "责任领导")),
        ("责任领导: 局长, 分管领导: 副县长", ("副县长", "局长")),
    ],
)
def test_the_leader_in_charge_is_written_to_else_the_leader(people: str, sent: tuple[str, ...]) -> None:
    task = task_in(snapshot_of(plan=PLAN.replace("时限: 2020年6月30日前,", f"时限: 2020年6月30日前, {people},")))
    assert addressees(task, "分管领导、责任领导") == sent
