"""``apply`` and ``publicise`` on paper: the 销号申请单 of a task, the notice of those that are to be closed."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from small_repo import PLAN, Ran, Runner, ledger_files, small_repo, tree, write
from zhenggai.cli.answers import answer_schema

LEDGER = """
06-01 县教育局 进展 1-1 内容=摸清底数 佐证=县教发〔2020〕3号
06-10 县教育局 完成 1-1 内容=办法印发
06-10 县教育局 完成 1-2 内容=当天改正
06-01 城关镇 进展 1-1 内容=推进 佐证=城党〔2020〕3号
06-10 城关镇 完成 1-1 内容=学习制度上墙
06-12 城关镇 申请销号 1-1 签批领导=书记 #城
06-15 县委办公室 初审 针对=城 结论=通过 #城初
06-20 县委组织部 复核 针对=城初 结论=通过 #城复
"""
MINE = ("--unit", "县教育局", "--writer", "办公室")
ORGANISERS = ("--by", "组织部", "--writer", "党建办")

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path / "repo", LEDGER), {".zhenggai/clone": "k3"})


FORM = """\
销号申请单

　　方案：整改方案

项目            内容
--------------  ----------------------------
单位            县教育局
存在问题        学习不深入
措施编号        1-1
整改措施        制定办法
采取的整改措施  一是摸清底数。二是办法印发。
整改期限        2020年6月底前
截止日          2020年6月30日
整改责任人      书记
整改情况        已完成整改
完成时间        2020年6月10日
佐证材料        县教发〔2020〕3号
签批领导
复查人
备注
初审意见        （县委办公室）
复核意见        （县委组织部）

　　整改单位负责人（签字）：
　　主管部门负责人（签字）：
　　年　　月　　日
"""


def test_the_form_alone_needs_no_signature_and_records_nothing(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    for day in ((), ("--date", "2020-06-30")):  # who signs writes the day
        ran = zhenggai("apply", "1-1", "--paper", *day, *MINE, at=root)
        assert ran == Ran(0, FORM, "只出文书，没有记入台账\n")
    assert tree(root) == before


def test_an_application_is_recorded_and_put_on_paper(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai(
        "申请销号", "1-1", "--签批领导", "王强", "-e", "县教签〔2020〕1号", "-o", "../单.json", *MINE, at=root
    )
    assert (ran.code, ran.err) == (0, f"已写入 {Path('../单.json')}\n")
    assert ran.out.splitlines()[1] == "1-1 县教育局：申请销号，绿灯（已完成）（原 已完成）"
    answer = json.loads((root.parent / "单.json").read_text("utf-8"))
    Draft202012Validator(answer_schema("apply")).validate(answer)
    form = answer["task"]
    assert (form["approver"], form["evidence"]) == ("王强", "县教发〔2020〕3号；县教签〔2020〕1号")


def test_the_form_of_a_recorded_application_is_printed_again(zhenggai: Runner, root: Path) -> None:
    """As it was: with who signed it and its day."""
    town = ("--unit", "城关镇", "--writer", "办公室")
    before = tree(root)
    ran = zhenggai("apply", "1-1", "--paper", *town, at=root)
    assert (ran.code, ran.err) == (0, "只出文书，没有记入台账\n")
    assert "签批领导        书记\n" in ran.out
    assert ran.out.endswith("　　2020年6月12日\n")
    assert tree(root) == before


def test_the_form_has_a_place_for_who_accepts_the_work(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("内容: 立即改正,", "内容: 立即改正, 验收单位: 省厅,")
    root = write(small_repo(tmp_path / "other", LEDGER, plan=plan), {".zhenggai/clone": "k3"})
    out = zhenggai("apply", "1-2", "--paper", *MINE, at=root).out
    assert "验收意见        （省厅）\n" in out
    assert "复核意见" not in out


def test_the_form_tells_all_of_the_problem_and_what_is_to_be_reached(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace(
        "  内容: 学习不深入\n", "  内容: 学习不深入\n  方面: [政治建设, 理论学习]\n  具体表现: [缺课, 抄笔记。]\n"
    )
    plan = plan.replace("{编号: 1-1, ", "{编号: 1-1, 完成标准: 全员测试合格, ")
    root = write(small_repo(tmp_path / "repo", LEDGER, plan=plan), {".zhenggai/clone": "k3"})
    out = zhenggai("apply", "1-1", "--paper", *MINE, at=root).out
    for line in ("问题类别        政治建设／理论学习", "具体表现        缺课；抄笔记", "完成标准        全员测试合格"):
        assert f"\n{line}\n" in out


def test_a_notice_names_who_accepted(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("{编号: 1-1, ", "{编号: 1-1, 验收单位: 三方验收小组, ")
    ledger = LEDGER.replace("针对=城初 结论=通过", "针对=城初 结论=通过 验收人=赵工")
    root = write(small_repo(tmp_path / "repo", ledger, plan=plan), {".zhenggai/clone": "k3"})
    out = zhenggai("publicise", "1-1", "--paper", *ORGANISERS, at=root).out
    assert "下列1项整改任务已经完成，并经三方验收小组验收合格，拟予销号。" in out


def test_a_form_after_a_return_is_a_new_one(zhenggai: Runner, root: Path) -> None:
    lines = f"{LEDGER}06-21 县委组织部 更正 针对=城复 结论=退回 原因=缺\n06-22 城关镇 完成 1-1 内容=补齐"
    write(root, ledger_files(lines))
    ran = zhenggai("apply", "1-1", "--paper", "--unit", "城关镇", "--writer", "办公室", at=root)
    assert "签批领导\n" in ran.out
    assert ran.out.endswith("　　年　　月　　日\n")


def test_the_form_may_be_had_before_there_is_evidence_since_signed_it_is_that(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("apply", "1-2", "--paper", *MINE, at=root)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "销号申请单")


def test_what_cannot_be_applied_for_has_no_form(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("apply", "1-1", "--paper", "--unit", "河东乡", "--writer", "办公室", at=root)
    assert (ran.code, ran.out) == (2, "")
    assert "缺 完成记录" in ran.err


NOTICE = """\
整改销号公示

　　《整改方案》下列1项整改任务已经完成，并通过审核，拟予销号。现将整改情况公示如下，接受监督。

措施    单位    存在问题    整改措施    采取的整改措施                完成时间
------  ------  ----------  ----------  ----------------------------  -------------
1-1     城关镇  学习不深入  制定办法    一是推进。二是学习制度上墙。  2020年6月10日

　　公示时间：2020年7月1日至2020年7月7日，共7天，首尾两天都算。
　　对整改情况有不同意见的，请在公示期内向县委组织部反映，来信、来电、来访都可以。单位反映的加盖公章，个人反映的写明真实姓名和联系方式，以便核实和答复。
　　联系人：　　　　，电话：　　　　，地址：
　　县委组织部
　　2020年7月1日
"""


def test_a_notice_is_recorded_and_put_on_paper(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("publicise", "1-1", "-o", "../公示.txt", *ORGANISERS, at=root)
    assert (ran.code, ran.err) == (0, f"已写入 {Path('../公示.txt')}\n")
    assert (root.parent / "公示.txt").read_text("utf-8") == NOTICE
    again = zhenggai("公示", "1-1", "--单位", "城关镇", "--文书", *ORGANISERS, at=root)
    assert again == Ran(0, NOTICE, "只出文书，没有记入台账\n")
    later = datetime(2020, 7, 9, 9, 0)
    assert zhenggai("close", "1-1", "--unit", "城关镇", *ORGANISERS, at=root, now=later).code == 0
    closed = zhenggai("公示", "1-1", "--单位", "城关镇", "--文书", *ORGANISERS, at=root, now=later)
    assert closed == Ran(0, NOTICE, "只出文书，没有记入台账\n")


def test_a_notice_alone_records_nothing(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("publicise", "1-1", "--end", "2020-07-10", "--paper", "--format", "json", *ORGANISERS, at=root)
    notice = json.loads(ran.out)
    Draft202012Validator(answer_schema("publicise")).validate(notice)
    assert (notice["start"], notice["end"], notice["days"]) == ("2020-07-01", "2020-07-10", 10)
    assert [(task["measure"], task["unit"]) for task in notice["tasks"]] == [("1-1", "城关镇")]
    assert tree(root) == before


def test_what_is_not_to_be_publicised_has_no_notice(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("publicise", "1-1", "--unit", "县教育局", "--paper", *ORGANISERS, at=root)
    assert ran == Ran(2, "", "zhenggai：没有写入：\n  1-1 县教育局：任务已完成，没有待公示的销号申请\n")
