"""指标: requirements that cannot be read, and completions that did not reach their targets."""

from pathlib import Path

import pytest
from gallery import DATED, MEASURE, said

HERE = "ledgers/p/县教育局/2020-03.办公室.aa.yaml"
TARGET = MEASURE + DATED + "    指标: {名称: 课时占比, 要求: '> 20 %'}\n"
DONE = "03-12 县教育局 完成 1-1\n"
REMEDY = "补报指标值，或核实是否真的完成"


@pytest.mark.parametrize("requirement", ["'> 20 %'", "不低于 20%", "12次"])
def test_a_requirement_with_a_number_is_fine(requirement: str, tmp_path: Path) -> None:
    assert said(tmp_path, "指标", plan=TARGET.replace("'> 20 %'", requirement)) == []


def test_a_requirement_without_a_number_is_named(tmp_path: Path) -> None:
    step = "    步骤:\n    - 编号: 1-1-1\n      内容: 走访\n      指标:\n        名称: 走访\n        要求: 全覆盖\n"
    assert said(tmp_path, "指标", plan=TARGET.replace("'> 20 %'", "明显提高") + step) == [
        "plans/p.yaml:23: 指标（警告）: 指标“课时占比”的要求“明显提高”读不出数 — 写成 ≥ 90%、不超过 3 次 的样子",
        "plans/p.yaml:29: 指标（警告）: 指标“走访”的要求“全覆盖”读不出数 — 写成 ≥ 90%、不超过 3 次 的样子",
    ]


def test_a_completion_that_missed_its_target_is_doubted_where_it_stands(tmp_path: Path) -> None:
    ledger = "03-10 县教育局 进展 1-1 指标值=18 指标基数=100\n" + DONE
    assert said(tmp_path, "指标", plan=TARGET, ledger=ledger) == [
        f"{HERE}:9: 指标（疑点）: 1-1 县教育局 已报完成，指标“课时占比 > 20 %”最近报 18.00%，未达到 — {REMEDY}"
    ]


def test_a_completion_that_never_reported_its_target_is_doubted(tmp_path: Path) -> None:
    assert said(tmp_path, "指标", plan=TARGET, ledger="03-10 县教育局 进展 1-1\n" + DONE) == [
        f"{HERE}:7: 指标（疑点）: 1-1 县教育局 已报完成，指标“课时占比 > 20 %”没有报数 — {REMEDY}"
    ]


@pytest.mark.parametrize(
    "ledger",
    [
        "03-10 县教育局 进展 1-1 指标值=18",
        "03-10 县教育局 进展 1-1 指标值=24 指标基数=100\n" + DONE,
        "03-10 县教育局 进展 1-1\n03-12 县教育局 完成 1-1 结论=经核查不存在 依据=审计报告",
    ],
)
def test_open_tasks_reached_targets_and_problems_that_do_not_exist_are_fine(ledger: str, tmp_path: Path) -> None:
    assert said(tmp_path, "指标", plan=TARGET, ledger=ledger) == []


def test_values_that_can_be_held_to_no_target_are_doubted(tmp_path: Path) -> None:
    ledger = "03-10 县教育局 进展 1-1 指标值=18 指标基数=0"
    assert said(tmp_path, "指标", plan=TARGET, ledger=ledger) == [
        f"{HERE}:1: 指标（疑点）: 指标基数是 0，算不出比例 — 核对指标基数"
    ]
    assert said(tmp_path / "bare", "指标", plan=MEASURE + DATED, ledger="03-10 县教育局 进展 1-1 指标值=18") == [
        f"{HERE}:1: 指标（疑点）: 措施 1-1 没有指标，指标值无从对照 — 核对措施编号"
    ]


def test_what_units_reach_together_is_judged_when_all_have_completed(tmp_path: Path) -> None:
    plan = TARGET.replace("要求: '> 20 %'}", "要求: 100户, 合计: 是}").replace(
        "责任单位: 县教育局", "责任单位: [县教育局, 城关镇]"
    )
    ledger = "03-10 县教育局 完成 1-1\n03-10 县教育局 进展 1-1 指标值=30\n03-11 城关镇 进展 1-1 指标值=60\n"
    assert said(tmp_path / "甲", "指标", plan=plan, ledger=ledger) == []
    assert said(tmp_path / "乙", "指标", plan=plan, ledger=f"{ledger}03-12 城关镇 完成 1-1") == [
        f"plans/p.yaml:15: 指标（疑点）: 1-1 各单位都已报完成，指标“课时占比 100户”合计 90户，未达到 — {REMEDY}"
    ]
