"""The people and words that public ledgers have columns for: 分管领导, 第一责任人, 督导单位, 整改类型, 优先."""

import json
from pathlib import Path

import pytest

from small_repo import PLAN, Runner, small_repo, write

KEYS = "分管领导: 副县长赵敏, 第一责任人: 县委书记刘伟, 督导单位: [组织部], 整改类型: 近期, 优先: 重点"
FULL = PLAN.replace("{编号: 1-2,", "{编号: 1-2, " + KEYS + ",")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path), {"plans/p.yaml": FULL})


def test_the_plan_may_have_them_and_the_list_and_show_have_them_too(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("check", at=root).code == 0
    (task,) = json.loads(zhenggai("list", "1-2", "--format", "json", at=root).out)["tasks"]
    names = ("leader_in_charge", "first_responsible", "guiding_units", "rectification_type", "priority")
    assert [task[name] for name in names] == ["副县长赵敏", "县委书记刘伟", "县委组织部", "近期", "重点"]
    shown = zhenggai("show", "1-2", at=root).out
    for fact in (
        "整改类型：近期",
        "优先：重点",
        "督导单位：组织部",
        "责任人 书记；分管领导 副县长赵敏；第一责任人 县委书记刘伟",
    ):
        assert fact in shown


def test_lists_go_by_them(zhenggai: Runner, root: Path) -> None:
    for words in (("--leader", "刘伟"), ("--整改类型", "近期"), ("--priority", "重点")):
        tasks = json.loads(zhenggai("list", *words, "--format", "json", at=root).out)["tasks"]
        assert [task["measure"] for task in tasks] == ["1-2"]
    ran = zhenggai("list", "--type", "长期", at=small_repo(root / "另一个"))
    assert (ran.code, ran.err) == (2, "zhenggai：没有整改类型“长期”\n  方案里没有写整改类型\n")


def test_the_plan_s_own_hold_for_measures_that_name_none(zhenggai: Runner, root: Path) -> None:
    head = "分管领导: 副县长钱进\n第一责任人: 县长孙涛\n督导单位: [县委督查局]\n督办单位:"
    write(root, {"plans/p.yaml": FULL.replace("督办单位:", head)})
    assert zhenggai("check", at=root).code == 0
    tasks = json.loads(zhenggai("list", "县教育局", "--format", "json", at=root).out)["tasks"]
    found = [[t[name] for name in ("leader_in_charge", "first_responsible", "guiding_units")] for t in tasks]
    assert found == [["副县长钱进", "县长孙涛", "县委督查局"], ["副县长赵敏", "县委书记刘伟", "县委组织部"]]
    assert "督导单位：县委督查局\n" in zhenggai("show", "1-1", at=root).out


def test_a_guiding_unit_may_be_outside_the_book(zhenggai: Runner, root: Path) -> None:
    """As an acceptor may: in public plans it is a department of the province or the city."""
    plan = FULL.replace("督导单位: [组织部]", "督导单位: 省督察组、组织部").replace(
        "督办单位:", "督导单位: [省厅]\n督办单位:"
    )
    write(root, {"plans/p.yaml": plan})
    assert zhenggai("check", at=root).code == 0
    tasks = json.loads(zhenggai("list", "县教育局", "--format", "json", at=root).out)["tasks"]
    assert [task["guiding_units"] for task in tasks] == ["省厅", "省督察组、县委组织部"]
    assert zhenggai("adjust", "1-2", "督导单位", "市局", "--basis", "纪要", "--yes", at=root).code == 0
    assert zhenggai("check", at=root).code == 0


@pytest.mark.parametrize(
    ("field", "new", "fact"),
    [
        ("督导单位", "县委办", "督导单位：县委办公室"),
        ("优先", "一般", "优先：一般"),
        ("分管领导", "副县长钱进", "分管领导 副县长钱进"),
    ],
)
def test_an_issued_plan_changes_them_by_adjustment(
    zhenggai: Runner, root: Path, field: str, new: str, fact: str
) -> None:
    assert zhenggai("adjust", "1-2", field, new, "--basis", "会议纪要", at=root).code == 0
    assert fact in zhenggai("show", "1-2", at=root).out
    assert zhenggai("check", at=root).code == 0
