"""销号存疑: what was struck off and edited afterwards, with steps undone, or after too short a notice."""

from pathlib import Path

import pytest
from gallery import DATED, MEASURE, said

from small_repo import small_repo, snapshot_in
from zhenggai.rules.day.digest import measure_digest

STEPS = "    步骤:\n    - {编号: 1-1-1, 内容: 摸底}\n    - {编号: 1-1-2, 内容: 例会, 频次: 每月}\n"
PLAN = MEASURE + DATED
DONE = """
03-02 县教育局 进展 1-1 佐证=县教发〔2020〕3号
03-03 县教育局 完成 1-1
"""
PUBLICISED = """
03-04 县教育局 申请销号 1-1 签批领导=局长 #申
03-05 县委办公室 初审 针对=申 结论=通过 #初
03-06 县委组织部 复核 针对=初 结论=通过 #复
03-06 县委组织部 销号公示 针对=复 起=2020-03-06 止=2020-03-12 #公
"""
CLOSED = DONE + PUBLICISED + "03-13 县委组织部 销号 针对=公 措施摘要={digest}\n"
AT = "ledgers/p/县委组织部/2020-03.办公室.aa.yaml"
EDITED = (
    f"{AT}:14: 销号存疑（警告）: 1-1 县教育局 2020-03-13 销号后，措施的内容、单位、责任人、时限、目标、标准或指标有改动 — "
    "核实是否仍算办结：仍算的，更正作废这条销号，再重新销号；不算的，zhenggai reopen 1-1 --unit 县教育局"
)


def closed(folder: Path, ledger: str = CLOSED, plan: str = PLAN) -> str:
    """The ledger with the digest that the plan's measure has on the day of the close-out."""
    (task,) = snapshot_in(small_repo(folder, plan=plan), "03-13").tasks
    return ledger.format(digest=f'"{measure_digest(task.task)}"')


def test_a_measure_that_reads_as_when_it_was_closed_is_in_order(tmp_path: Path) -> None:
    assert said(tmp_path, "销号存疑", plan=PLAN, ledger=closed(tmp_path / "as closed")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("内容: 制定办法", "内容: 制定并印发办法"),
        ("责任单位: 县教育局", "责任单位: [县教育局, 县财政局]"),
        ("责任人: 局长", "责任人: 副局长"),
        ("6月底前", "7月底前"),
        ("类别: 限期整改", "类别: 限期整改\n    整改目标: 人人知晓"),
        ("类别: 限期整改", "类别: 限期整改\n    完成标准: 印发"),
    ],
    ids=str,
)
def test_a_measure_that_was_edited_after_its_close_out_is_named(tmp_path: Path, old: str, new: str) -> None:
    ledger = closed(tmp_path / "as closed")
    assert EDITED in said(tmp_path, "销号存疑", plan=PLAN.replace(old, new), ledger=ledger)


def test_so_is_one_that_was_lawfully_adjusted_from_that_day_on(tmp_path: Path) -> None:
    ledger = closed(tmp_path / "as closed")
    adjusted = (
        PLAN
        + "    调整: [{日期: 2020-03-20, 依据: 县组发〔2020〕9号, 字段: 时限, 原: 2020年6月底前, 现: 2020年7月底前}]\n"
    )
    assert EDITED not in said(tmp_path, "销号存疑", plan=adjusted, ledger=ledger, as_of="2020-03-19")
    assert EDITED in said(tmp_path, "销号存疑", plan=adjusted, ledger=ledger, as_of="2020-03-20")


def test_a_close_out_that_was_withdrawn_or_reopened_is_left_alone(tmp_path: Path) -> None:
    ledger = closed(tmp_path / "as closed").replace("措施摘要", "#销 措施摘要")
    edited = PLAN.replace("责任人: 局长", "责任人: 副局长")
    for nth, line in enumerate(("更正 针对=销 作废=是", "重新整改 针对=销 原因=返工 时限=2020-06-30")):
        assert said(tmp_path / str(nth), "销号存疑", plan=edited, ledger=f"{ledger}03-14 县委组织部 {line}\n") == []


def test_closing_anew_after_a_withdrawal_puts_it_in_order(tmp_path: Path) -> None:
    edited = PLAN.replace("责任人: 局长", "责任人: 副局长")
    first = closed(tmp_path / "as closed").replace("措施摘要", "#销 措施摘要")
    again = CLOSED.splitlines()[-1].replace("03-13", "03-14")
    ledger = f"{first}03-14 县委组织部 更正 针对=销 作废=是\n" + closed(tmp_path / "as edited", again, edited)
    assert said(tmp_path, "销号存疑", plan=edited, ledger=ledger) == []


def test_steps_without_a_record_are_named_where_it_says_done(tmp_path: Path) -> None:
    here = "ledgers/p/县教育局/2020-03.办公室.aa.yaml:{}: 销号存疑（警告）: 1-1 县教育局 已完成，"
    remedy = "；没有办的，重新整改"
    assert said(tmp_path / "both", "销号存疑", plan=PLAN + STEPS, ledger=DONE) == [
        f"{here.format(9)}步骤 1-1-1 没有办结记录，经常性步骤 1-1-2 一次也没有记录"
        f" — 确已办的补记进展：zhenggai add 1-1 … --step 1-1-1{remedy}"
    ]
    some = DONE.replace("佐证", "步骤=1-1-1 佐证")
    assert said(tmp_path / "one", "销号存疑", plan=PLAN + STEPS, ledger=some) == [
        f"{here.format(11)}经常性步骤 1-1-2 一次也没有记录 — 确已办的补记进展：zhenggai add 1-1 … --step 1-1-2{remedy}"
    ]
    assert (
        said(tmp_path / "none", "销号存疑", plan=PLAN + STEPS, ledger=DONE.replace("佐证", "步骤=1-1-1、1-1-2 佐证"))
        == []
    )


def test_a_step_that_was_corrected_away_after_the_close_out_is_named_at_the_close_out(tmp_path: Path) -> None:
    steps = "    步骤:\n    - {编号: 1-1-1, 内容: 摸底}\n    - {编号: 1-1-2, 内容: 办结}\n"
    first = "03-02 县教育局 进展 1-1 步骤=1-1-1 #步\n"
    ledger = first + closed(tmp_path / "as closed", plan=PLAN + steps).replace("完成 1-1", "完成 1-1 步骤=1-1-2")
    assert said(tmp_path / "before", "销号存疑", plan=PLAN + steps, ledger=ledger) == []
    found = said(
        tmp_path / "after", "销号存疑", plan=PLAN + steps, ledger=ledger + "03-14 县教育局 更正 针对=步 步骤=1-1-2\n"
    )
    assert [line for line in found if "销号存疑" in line and "步骤 1-1-1 没有办结记录" in line]


def test_what_does_not_exist_here_has_no_steps_to_do(tmp_path: Path) -> None:
    absent = DONE.replace("完成 1-1", "完成 1-1 结论=经核查不存在 依据=县教发〔2020〕4号")
    assert said(tmp_path, "销号存疑", plan=PLAN + STEPS, ledger=absent) == []


def test_a_notice_shorter_than_the_plan_says_is_named(tmp_path: Path) -> None:
    ledger = closed(tmp_path / "as closed").replace("止=2020-03-12", "止=2020-03-10")
    assert said(tmp_path, "销号存疑", plan=PLAN, ledger=ledger) == [
        f"{AT}:7: 销号存疑（警告）: 1-1 县教育局 只公示了 5 天，方案规定 7 天 — 补足公示；有异议的，重新整改"
    ]
    five = PLAN.replace("复核: 县委组织部", "复核: 县委组织部, 公示天数: 5")
    assert said(tmp_path / "five", "销号存疑", plan=five, ledger=ledger) == []


def test_a_review_passed_without_the_visit_that_the_plan_wants_is_named(tmp_path: Path) -> None:
    plan, ledger = PLAN.replace("复核: 县委组织部", "复核: 县委组织部, 现场核查: 是"), DONE + PUBLICISED
    assert said(tmp_path / "none", "销号存疑", plan=plan, ledger=ledger) == [
        f"{AT}:1: 销号存疑（警告）: 1-1 县教育局 没有现场核查就复核通过了"
        " — 去过的补记：zhenggai visit 1-1 --unit 县教育局 --date 哪天；没有去的，重新整改"
    ]
    visit = " 县委督查局 现场核查 1-1 单位=县教育局 内容=办法已上墙 核查人=督查科 地点=局机关 佐证=县组发〔2020〕1号\n"
    assert said(tmp_path / "before", "销号存疑", plan=plan, ledger=f"{ledger}03-05/03-20{visit}") == []
    assert len(said(tmp_path / "after", "销号存疑", plan=plan, ledger=f"{ledger}03-07{visit}")) == 1


def test_days_of_a_notice_before_its_review_do_not_count(tmp_path: Path) -> None:
    early = CLOSED.replace("起=2020-03-06 止=2020-03-12", "起=2020-03-01 止=2020-03-07")
    (found,) = said(tmp_path / "early", "销号存疑", plan=PLAN, ledger=closed(tmp_path / "digest", early))
    assert "1-1 县教育局 只公示了 2 天，方案规定 7 天" in found
    ended = CLOSED.replace("起=2020-03-06 止=2020-03-12", "起=2020-03-08 止=2020-03-02")
    found = "".join(said(tmp_path / "ended", "销号存疑", plan=PLAN, ledger=closed(tmp_path / "digest of it", ended)))
    assert "1-1 县教育局 只公示了 0 天，方案规定 7 天" in found
