"""Check 金额: sums that cannot be right, at the line of the 问题金额."""

from pathlib import Path

from gallery import DATED, MEASURE, said

PLAN = MEASURE + DATED + "    问题金额: 1,200万元\n"


def test_more_cannot_be_rectified_than_there_is(tmp_path: Path) -> None:
    entries = "04-10 县教育局 进展 1-1 整改金额=700\n04-12 县教育局 完成 1-1 整改金额=500"
    assert said(tmp_path / "甲", "金额", plan=PLAN, ledger=entries, as_of="2020-04-30") == []
    more = entries + ".5"
    assert said(tmp_path / "乙", "金额", plan=PLAN, ledger=more, as_of="2020-04-11") == []
    assert said(tmp_path / "丙", "金额", plan=PLAN, ledger=more, as_of="2020-04-30") == [
        "plans/p.yaml:23: 金额（疑点）: 措施 1-1 已整改1200.5万元，多于问题金额1200万元"
        " — 整改金额只写每次新增的；写成累计的，用 zhenggai correct 更正"
    ]


def test_measures_have_no_more_than_their_problem(tmp_path: Path) -> None:
    plan = PLAN.replace("  内容: 学习不深入\n", "  内容: 学习不深入\n  问题金额: 0.1亿元\n")
    assert said(tmp_path / "甲", "金额", plan=plan) == [
        "plans/p.yaml:14: 金额（疑点）: 问题 1 各项措施的问题金额合计0.12亿元，多于它自己的0.1亿元"
        " — 核对；问题自己的和各项措施的只写一处也行"
    ]
    assert said(tmp_path / "乙", "金额", plan=plan.replace("0.1亿元", "0.12亿元")) == []


def test_units_have_no_more_than_their_measure(tmp_path: Path) -> None:
    shares = "    分工: [{单位: 县教育局, 问题金额: 1300万元}]\n"
    assert said(tmp_path / "甲", "金额", plan=PLAN + shares) == [
        "plans/p.yaml:23: 金额（疑点）: 措施 1-1 分工里的问题金额合计1300万元，多于它自己的1200万元"
        " — 核对；措施自己的和分工里的只写一处也行"
    ]
    assert said(tmp_path / "乙", "金额", plan=MEASURE + DATED + shares) == []
