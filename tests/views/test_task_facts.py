"""``show`` of one task: whose rules its light follows, how it keeps pace with its time, what became of its target."""

from decimal import Decimal
from pathlib import Path

import pytest

from small_repo import PLAN, small_repo, snapshot_in
from zhenggai.render import render
from zhenggai.views.show import show
from zhenggai.views.status import status

TARGET = PLAN.replace(
    "责任人: 书记, 阶段: [1, 2]", "责任人: 书记, 阶段: [1, 2], 指标: {名称: 课时占比, 要求: '> 20 %'}"
)


def shown(root: Path, ledger: str, as_of: str, plan: str = PLAN) -> list[str]:
    snapshot = snapshot_in(small_repo(root, ledger, plan=plan), as_of)
    return [line.strip("　") for line in render(show(snapshot, "1-1", "城关镇"), "text").splitlines()]


def test_pace_is_told_while_the_task_is_at_work(tmp_path: Path) -> None:
    assert "进度 未报，序时 66%" in shown(tmp_path / "a", "", "05-30")
    behind = shown(tmp_path / "b", "05-20 城关镇 进展 1-1 进度=40", "05-30")
    assert {"进度 40%，序时 66%，落后 26 点", "城关镇：整改中，黄灯（落后序时 26 点）"} <= set(behind)
    assert "进度 80%，序时 66%" in shown(tmp_path / "c", "05-20 城关镇 进展 1-1 进度=80", "05-30")
    done = shown(tmp_path / "d", "05-20 城关镇 进展 1-1 进度=80\n05-21 城关镇 完成 1-1", "05-30")
    assert [line for line in done if "序时" in line] == []


@pytest.mark.parametrize(
    ("ledger", "fact"),
    [
        ("", "尚未报数"),
        ("05-20 城关镇 进展 1-1 指标值=18", "18.00%，未达到"),
        ("05-20 城关镇 进展 1-1 指标值=24 指标基数=100", "24.00%，已达到（2020年5月20日起）"),
    ],
)
def test_a_target_is_told_with_its_last_value(ledger: str, fact: str, tmp_path: Path) -> None:
    assert f"指标：课时占比 > 20 %：{fact}" in shown(tmp_path, ledger, "05-30", TARGET)


def test_a_requirement_that_cannot_be_read_is_told_so(tmp_path: Path) -> None:
    ledger = "05-20 城关镇 进展 1-1 指标值=24"
    assert "指标：课时占比 明显提高：24，要求读不出数" in shown(
        tmp_path, ledger, "05-30", TARGET.replace("'> 20 %'", "明显提高")
    )


def test_a_percent_that_follows_from_a_target_is_marked(tmp_path: Path) -> None:
    plan = TARGET.replace("'> 20 %'", "200户以上")
    ledger = "05-20 城关镇 进展 1-1 指标值=90"
    assert "进度 45%（推算），序时 66%" in shown(tmp_path / "a", ledger, "05-30", plan)
    assert "进度 60%，序时 66%，落后 6 点" in shown(tmp_path / "b", f"{ledger} 进度=60", "05-30", plan)
    assert "进度 未报，序时 66%" in shown(tmp_path / "c", ledger, "05-30", plan.replace("200户以上", "200户以内"))


def test_what_units_reach_together_is_told_of_the_measure(tmp_path: Path) -> None:
    plan = TARGET.replace("'> 20 %'", "200户, 合计: 是")
    ledger = "05-20 城关镇 进展 1-1 指标值=90\n05-20 河东乡 进展 1-1 指标值=36"
    snapshot = snapshot_in(small_repo(tmp_path, ledger, plan=plan), "05-30")
    text = render(show(snapshot, "1-1"), "text")
    assert isinstance(text, str)
    assert "　　指标：课时占比 200户（各单位合计）\n" in text
    assert "　　指标合计：课时占比 200户：126户（2个单位报数，共3个），未达到，进度 63%（推算）\n" in text
    assert show(snapshot, "1-1").record()["target_sums"] == [
        {
            "name": "课时占比",
            "requirement": "200户",
            "step": "",
            "value": Decimal(126),
            "met": False,
            "units": 3,
            "reported": 2,
            "inferred_percent": 63,
        }
    ]
    own = render(show(snapshot, "1-1", "城关镇"), "text")
    assert isinstance(own, str)
    assert "　　指标：课时占比 200户：90户，与其他单位合计\n" in own
    assert "target_sums" not in show(snapshot, "1-2").record()


def test_rules_other_than_the_usual_are_named(tmp_path: Path) -> None:
    assert "截至 2020-06-15" in shown(tmp_path / "a", "", "06-15", "规则: {临期天数: 10}\n" + PLAN)
    lines = shown(tmp_path / "b", "", "06-15", "规则: 江津\n" + PLAN)
    assert {"截至 2020-06-15，亮灯按“江津”规则", "城关镇：未启动，绿灯（还剩 15 天，绿色提示函发主办人）"} <= set(lines)


def test_the_gravest_light_of_a_problem_follows_the_plan_s_rules(tmp_path: Path) -> None:
    plan = "规则: 宿迁\n" + PLAN
    rows = status(snapshot_in(small_repo(tmp_path, plan=plan), "03-10")).problems
    assert [row.light and row.light.value for row in rows] == ["蓝", "绿"]  # 1-2 is checked on 03-16
