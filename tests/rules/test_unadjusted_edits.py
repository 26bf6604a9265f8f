"""What may not happen to an issued plan, and what may: typed values are compared, not text."""

import pytest

from small_repo import HEAD
from zhenggai.model.plan import Plan
from zhenggai.reading.typed import type_tree
from zhenggai.reading.yaml_tree import read_tree
from zhenggai.rules.plan.unadjusted_edits import plan_additions, plan_edits

PLAN = (
    HEAD
    + """\
- 编号: 1
  内容: 学习不深入
  措施:
  - 编号: 1-1
    内容: 制定办法
    类别: 限期整改
    时限: 2020年6月底前
    牵头单位: [县委办公室]
    责任单位: [各乡镇, 县教育局]
    阶段: [1]
    步骤:
    - {编号: 1-1-1, 内容: 摸底}
    - {编号: 1-1-2, 内容: 办结}
    分工:
    - {单位: 县教育局, 责任人: 局长}
    调整:
    - {日期: 2020-04-01, 依据: 会议纪要, 字段: 时限, 原: 2020年6月底前, 现: 2020年7月底前}
  - {编号: 1-2, 内容: 立即改正, 类别: 立行立改, 牵头单位: [县委办公室], 责任单位: [县教育局], 取消: {日期: 2020-05-01, 依据: 会议纪要}}
- {编号: 2, 内容: 制度不落实}
"""
)


def plan(text: str) -> Plan:
    node, diagnostics = read_tree(text, "plans/p.yaml")
    assert (node is not None, diagnostics) == (True, [])
    assert node is not None
    value, diagnostics = type_tree(Plan, node, "plans/p.yaml")
    assert diagnostics == []
    assert isinstance(value, Plan)
    return value


def edits(old: str, new: str, text: str = PLAN) -> list[str]:
    assert old in text
    found = plan_edits(plan(text), plan(text.replace(old, new, 1)))
    return [" ".join(filter(None, (edit.level, edit.subject, edit.what))) for edit in found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("编号: p", "# 注\n编号: p"),
        ("牵头单位: [县委办公室]\n", "牵头单位: 县委办公室\n"),
        ("    类别: 限期整改\n    时限: 2020年6月底前\n", "    时限: 2020年6月底前\n    类别: 限期整改\n"),
        ("    调整:\n", "    调整:\n    - {日期: 2020-05-01, 依据: 会议纪要, 字段: 责任人, 现: 书记}\n"),
        ("责任单位: [县教育局], 取消", "责任单位: [县教育局], 自: 2020-03-01, 取消"),
        ("- {编号: 2, 内容: 制度不落实}", "- {编号: 2, 内容: 制度不落实}\n- {编号: 3, 内容: 新发现, 自: 2020-05-01}"),
        ("  - {编号: 1-2", "  - {编号: 1-3, 内容: 新增, 自: 2020-05-01, 类别: 立行立改}\n  - {编号: 1-2"),
        ("标题: 整改方案", "标题: 专项整改方案"),
    ],
)
def test_what_is_no_edit(old: str, new: str) -> None:
    if "自: 2020-03-01, 取消" in new:
        assert edits(old, new) == ["疑点 1-2 “自”由“（空）”改成“2020-03-01”"]
    else:
        assert edits(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("印发日期: 2020-03-01", "印发日期: 2020-04-01", ["错误 印发日期由 2020-03-01 改成 2020-04-01"]),
        ("督办单位: 县委督查局\n", "", ["疑点 方案的“督办单位”改了"]),
        ("2020年4月至9月", "2020年4月至10月", ["疑点 方案的“阶段”改了"]),
        ("内容: 学习不深入", "内容: 学习不够深入", ["错误 1 “内容”由“学习不深入”改成“学习不够深入”"]),
        ("- {编号: 2, 内容: 制度不落实}\n", "", ["错误 2 问题 2 被删除或改号"]),
        (
            "    时限: 2020年6月底前\n",
            "    时限: 2020年9月底前\n",
            ["错误 1-1 “时限”由“2020年6月底前”改成“2020年9月底前”"],
        ),
        ("[各乡镇, 县教育局]", "[县教育局]", ["错误 1-1 “责任单位”由“各乡镇、县教育局”改成“县教育局”"]),
        ("    阶段: [1]\n", "    阶段: [1]\n    责任人: 书记\n", ["错误 1-1 “责任人”由“（空）”改成“书记”"]),
        (
            "    阶段: [1]\n",
            "    阶段: [1]\n    指标: {名称: 占比, 要求: 20%}\n",
            ["疑点 1-1 “指标”由“（空）”改成“占比 20%”"],
        ),
        ("  - {编号: 1-2", "  - {编号: 1-3", ["错误 1-2 措施改号为 1-3", "疑点 1-3 印发后新增的措施没有写“自”"]),
        ("    - {编号: 1-1-2, 内容: 办结}\n", "", ["错误 1-1-2 步骤被删除或改号"]),
        ("内容: 摸底", "内容: 摸排", ["错误 1-1-1 “内容”由“摸底”改成“摸排”"]),
        ("责任人: 局长", "责任人: 副局长", ["错误 1-1 县教育局的分工被改动或删去"]),
        ("现: 2020年7月底前", "现: 2020年8月底前", ["错误 1-1 已有的调整（2020-04-01 时限）被删改"]),
        (", 取消: {日期: 2020-05-01, 依据: 会议纪要}", "", ["错误 1-2 已有的取消被删改"]),
    ],
)
def test_what_an_issued_plan_may_not_undergo(old: str, new: str, expected: list[str]) -> None:
    assert edits(old, new) == expected


def test_the_amount_of_a_problem_changes_by_an_adjustment() -> None:
    text = PLAN.replace("  内容: 学习不深入\n", "  内容: 学习不深入\n  问题金额: 1万元\n")
    (edit,) = plan_edits(plan(text), plan(text.replace("1万元", "2万元")))
    assert (edit.what, edit.remedy) == (
        "“问题金额”由“1万元”改成“2万元”",
        "恢复印发时的原文，改用 zhenggai adjust 1 追加“调整”",
    )
    change = "调整: [{日期: 2020-04-01, 依据: 复核, 字段: 问题金额, 现: 2万元}]"
    adjusted = text.replace("1万元\n", f"1万元\n  {change}\n")
    assert list(plan_edits(plan(text), plan(adjusted))) == []
    assert list(plan_additions(plan(text), plan(adjusted))) == [("1", "追加调整：问题金额 （空） → 2万元")]
    assert edits("现: 2万元", "现: 3万元", adjusted) == ["错误 1 已有的调整（2020-04-01 问题金额）被删改"]


def test_a_requirement_of_signatures_that_goes_is_doubted() -> None:
    text = PLAN.replace("督办单位:", "签名: 要求\n督办单位:")
    assert edits("签名: 要求\n", "", text) == ["疑点 “签名: 要求”被去掉"]


def test_the_end_of_the_old_ledger_may_be_set_once() -> None:
    opened = PLAN.replace("督办单位:", "期初: 2020-03-31\n督办单位:")
    why = "哪些导入的记录不算补录、超期跟着变了"
    assert edits("督办单位:", "期初: 2020-03-31\n督办单位:") == []
    assert edits("03-31", "06-30", opened) == [f"疑点 “期初”由 2020-03-31 改成 2020-06-30，{why}"]
    assert edits("期初: 2020-03-31\n", "", opened) == [f"疑点 “期初”由 2020-03-31 改成 不写，{why}"]


SAMPLE = (
    HEAD
    + """\
- 编号: 1
  内容: （把反馈的问题写在这里）
  措施:
  - {编号: 1-1, 内容: （把整改措施写在这里）, 类别: 限期整改, 时限: 2020年6月底前, 责任单位: [县教育局], 责任人: （责任人的岗位）}
"""
)


def test_a_sample_that_is_filled_in_is_no_edit() -> None:
    assert edits("2020-03-01", "2020-03-30", SAMPLE) == []
    begun = SAMPLE + "  - {编号: 1-2, 内容: 制定办法, 类别: 限期整改, 时限: 2020年6月底前, 责任单位: [县教育局]}\n"
    assert edits("（把整改措施写在这里）, 类别: 限期整改, 时限: 2020年6月底前", "立即改正, 类别: 立行立改", begun) == []
    assert edits("（把反馈的问题写在这里）", "学习不深入", begun) == []
    assert edits("2020-03-01", "2020-03-30", begun) == ["错误 印发日期由 2020-03-01 改成 2020-03-30"]
    assert edits("制定办法", "写好办法", begun) == ["错误 1-2 “内容”由“制定办法”改成“写好办法”"]
    filled = SAMPLE.replace("（把整改措施写在这里）", "制定办法")
    assert edits("（责任人的岗位）", "局长", filled) == []
