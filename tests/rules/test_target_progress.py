"""指标: what a requirement asks for, what a report makes of it, and since when a task has met it."""

from datetime import date
from decimal import Decimal

import pytest

from building import PLAN, snapshot_of, task_in
from zhenggai.model.target import Requirement, requirement_of, value_of, value_text
from zhenggai.rules.task.target_progress import TargetState, TargetSum, target_states, target_sums

# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "comparison", "number", "unit"),
    [
        ("> 20 %", ">", "20", "%"),
        ("＞２０％", ">", "20", "%"),
        ("超过20%", ">", "20", "%"),
        ("≥90%", "≥", "90", "%"),
        (">= 90 %", "≥", "90", "%"),
        ("不少于20%", "≥", "20", "%"),
        ("不低于 20%", "≥", "20", "%"),
        ("大于或等于3个", "≥", "3", "个"),
        ("每季度至少1次", "≥", "1", "次"),
        ("达到100%", "≥", "100", "%"),
        ("20%以上", "≥", "20", "%"),
        ("达到20％（含）以上", "≥", "20", "%"),
        ("百分之20以上", "≥", "20", "%"),
        ("12次", "≥", "12", "次"),
        ("1,200人次", "≥", "1200", "人次"),
        ("不超过3次", "≤", "3", "次"),
        ("控制在5%以内", "≤", "5", "%"),
        ("降到5%", "≤", "5", "%"),
        ("15分以下", "≤", "15", "分"),
        ("小于5.5万元", "<", "5.5", "万元"),
        ("等于2", "=", "2", ""),
        ("0起", "=", "0", "起"),
    ],
)
def test_a_requirement_is_read_in_people_s_words(text: str, comparison: str, number: str, unit: str) -> None:
    found = requirement_of(text)
    assert found is not None
    assert (found.comparison, found.number, found.unit) == (comparison, Decimal(number), unit)


@pytest.mark.parametrize(
    "text",
    ["", "明显提高", "全覆盖", "20-30%", "≥20%且≤30%", "超过20%以下", "不低于二十", "-5", "同比下降10%", "9" * 16],
)
def test_what_cannot_be_told_is_never_guessed(text: str) -> None:
    assert requirement_of(text) is None


@pytest.mark.parametrize(
    ("comparison", "met"),
    [("<", "19"), ("≤", "19 20"), ("=", "20"), ("≥", "20 21"), (">", "21")],
)
def test_a_value_meets_a_requirement_at_its_boundary(comparison: str, met: str) -> None:
    requirement = requirement_of(f"{comparison} 20 %")
    assert requirement is not None
    assert [text for text in ("19", "20", "21") if requirement.met_by(Decimal(text))] == met.split()


def test_a_share_is_what_was_measured_of_its_base() -> None:
    assert value_of(Decimal(24), Decimal(100), "%") == 24
    assert value_of(Decimal(3), Decimal(12), "%") == 25
    assert value_of(Decimal(24), None, "%") == 24
    assert value_of(Decimal(3), Decimal(12), "次") == 3
    assert value_of(Decimal(24), Decimal(0), "%") is None


def test_a_value_is_written_as_people_read_it() -> None:
    assert value_text(Decimal(200) / 3, "%") == "66.67%"
    assert [value_text(Decimal(number), "次") for number in ("12", "100", "2.50")] == ["12次", "100次", "2.5次"]
    assert Requirement(">", Decimal(20), "%").met_by(Decimal("20.001"))


# --- tasks ----------------------------------------------------------------------------------------------------------

TARGET = "指标: {名称: 党性教育课时占比, 要求: '> 20 %'}, "
WITH_TARGET = PLAN.replace("类别: 限期整改, 时限", TARGET + "类别: 限期整改, 时限")


def targets_of(ledger: str, as_of: str = "12-31", plan: str = WITH_TARGET) -> tuple[TargetState, ...]:
    task = task_in(snapshot_of(ledger, as_of, plan=plan))
    return target_states(task.task, task.head)


REPORTED = """
05-10 县教育局 进展 指标值=21
05-20 县教育局 进展 指标值=18
06-10 县教育局 进展
08-31 县教育局 进展 指标值=24 指标基数=100
09-10 县教育局 进展 指标值=30 指标基数=120
"""


@pytest.mark.parametrize(
    ("as_of", "value", "met", "since"),
    [
        ("05-09", "", None, None),
        ("05-10", "21.00%", True, date(2020, 5, 10)),
        ("06-30", "18.00%", False, None),
        ("08-31", "24.00%", True, date(2020, 8, 31)),
        ("09-10", "25.00%", True, date(2020, 8, 31)),
    ],
)
def test_the_last_value_counts_and_the_day_from_which_on_all_met_it(
    as_of: str, value: str, met: bool | None, since: date | None
) -> None:
    (target,) = targets_of(REPORTED, as_of)
    assert (target.value_words, target.met, target.since) == (value, met, since)


def test_a_task_without_target_has_none() -> None:
    assert targets_of("05-10 县教育局 进展 指标值=24", plan=PLAN) == ()


def test_a_requirement_that_cannot_be_read_is_neither_met_nor_missed() -> None:
    (target,) = targets_of("05-10 县教育局 进展 指标值=24", plan=WITH_TARGET.replace("> 20 %", "明显提高"))
    assert (target.value, target.met, target.since) == (Decimal(24), None, None)


def test_a_value_over_nothing_is_no_value() -> None:
    (target,) = targets_of("05-10 县教育局 进展 指标值=24 指标基数=0")
    assert (target.value, target.met) == (None, None)


def test_steps_have_targets_of_their_own() -> None:
    steps = "步骤: [{编号: 1-1-1, 内容: 走访, 指标: {名称: 走访, 要求: 12次}}, {编号: 1-1-2, 内容: 总结}], "
    plan = WITH_TARGET.replace("类别: 限期整改, 时限", steps + "类别: 限期整改, 时限")
    ledger = """
    05-10 县教育局 进展 步骤=1-1-1 指标值=12
    05-20 县教育局 进展 步骤=1-1-2 指标值=19
    """
    own, step = targets_of(ledger, plan=plan)
    assert (own.words, own.value_words, own.met) == ("党性教育课时占比 > 20 %", "19.00%", False)
    assert (step.words, step.value_words, step.since) == ("1-1-1 走访 12次", "12次", date(2020, 5, 10))


# --- units together


SUMMED = PLAN.replace(
    "责任单位: 县教育局, 阶段: [1]}",
    "责任单位: [县教育局, 县财政局, 城关镇], 指标: {名称: 走访, 要求: 300户, 合计: 是}}",
    1,
)


def sum_of(ledger: str, requirement: str = "300户以上") -> TargetSum:
    snapshot = snapshot_of(ledger, plan=SUMMED.replace("300户", requirement))
    tasks = snapshot.of_measure["1-1"]
    (found,) = target_sums(tasks[0].task.measure, [(task.task, task.head) for task in tasks])
    return found


def test_the_latest_values_of_all_units_are_added_up() -> None:
    ledger = "04-10 县教育局 进展 1-1 指标值=50\n05-10 县教育局 进展 1-1 指标值=80\n05-11 城关镇 进展 1-1 指标值=130.5"
    found = sum_of(ledger)
    assert (found.state.value_words, found.state.met) == ("210.5户", False)
    assert (found.units, found.reported, found.percent) == (3, 2, 70)
    assert sum_of(f"{ledger}\n05-12 县财政局 进展 1-1 指标值=89.5").state.met is True


def test_a_percent_is_inferred_only_where_none_is_reported_and_so_many_are_to_be_reached() -> None:
    ledger = "04-10 县教育局 进展 1-1 指标值=50"
    assert sum_of(ledger).percent == 17
    assert sum_of(f"{ledger} 进度=30").percent is None
    assert sum_of(ledger, "不超过300户").percent is None
    assert sum_of("04-10 县教育局 进展 1-1 指标值=900").percent == 100
    assert sum_of("").percent is None


def test_an_inferred_percent_is_rounded_half_up_but_100_only_if_it_is_met() -> None:
    found = [sum_of(f"04-10 县教育局 进展 1-1 指标值={n}", "不少于800户").percent for n in (500, 499, 797, 800)]
    assert found == [63, 62, 99, 100]


def test_of_a_percentage_values_and_bases_are_added_up() -> None:
    ledger = "04-10 县教育局 进展 1-1 指标值=10 指标基数=20\n04-10 城关镇 进展 1-1 指标值=10 指标基数=80\n04-10 县财政局 进展 1-1 指标值=90"
    found = sum_of(ledger, "≥ 90%")
    assert (found.state.value_words, found.units, found.reported) == ("20.00%", 3, 2)


def test_one_unit_neither_meets_nor_misses_what_all_reach_together() -> None:
    task = task_in(snapshot_of("04-10 县教育局 进展 1-1 指标值=500", plan=SUMMED))
    (target,) = target_states(task.task, task.head)
    assert (target.value_words, target.met) == ("500户", None)
