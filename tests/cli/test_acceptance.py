"""A measure that a unit outside the book accepts: who says so, what is asked for, what is written."""

import re
from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, changed_files, small_repo, tree, write
from terminal import spoken

LEDGER = """
06-01 县教育局 进展 1-1 佐证=县教发〔2020〕3号
06-10 县教育局 完成 1-1
06-11 县教育局 申请销号 1-1 签批领导=局长 #教
06-15 县委办公室 初审 针对=教 结论=通过
06-10 城关镇 完成 1-1 佐证=城党〔2020〕3号
06-11 城关镇 申请销号 1-1 签批领导=书记 #城
06-10 县教育局 完成 1-2 佐证=县教发〔2020〕4号
06-11 县教育局 申请销号 1-2 签批领导=局长 #二
06-15 县委办公室 初审 针对=二 结论=通过
"""
FIRST = "{编号: 1-1, 验收单位: 省厅,"
ORGANISERS = ("--by", "组织部", "--writer", "党建办")
EDUCATION = ("1-1", "通过", "--unit", "教育局", *ORGANISERS)

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    plan = PLAN.replace("{编号: 1-1,", FIRST)
    return write(small_repo(tmp_path, LEDGER, plan=plan), {".zhenggai/clone": "k3"})


def test_the_plan_of_a_public_ledger_reads(zhenggai: Runner, tmp_path: Path) -> None:
    keys = "分管领导: 某副县长, 验收单位: 省厅, 整改类型: 近期"
    root = small_repo(tmp_path, plan=PLAN.replace("{编号: 1-2,", "{编号: 1-2, " + keys + ","))
    assert zhenggai("check", at=root).code == 0
    assert "验收单位：省厅\n" in zhenggai("show", "1-2", at=root).out


def test_a_pass_names_who_accepted(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("review", *EDUCATION, at=root)
    said = "1-1 县教育局：由省厅验收，复核通过要写验收人\n    加 --accepted-by 谁验收的"
    assert ran == Ran(2, "", f"zhenggai：没有写入：\n  {said}\n")
    assert tree(root) == before
    ran = zhenggai("review", *EDUCATION, "--验收人", "省厅专家组", at=root)
    assert ran.out.splitlines()[1] == "1-1 县教育局：复核通过，绿灯（已完成）（原 初审通过）"
    (text,) = changed_files(before, root).values()
    assert re.search(r"  结论: 通过\n  验收人: 省厅专家组\n  申请摘要: ", text)
    assert "复核  县委组织部  通过；验收人 省厅专家组" in re.sub(
        "  +", "  ", zhenggai("show", "1-1", "县教育局", at=root).out
    )


def test_a_batch_leaves_out_what_has_no_acceptor_yet(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("review", "通过", *ORGANISERS, "--yes", at=root)
    assert (
        "复核通过 1 件：\n  1-2 县教育局：初审通过 → 复核通过\n不在其列 1 件：\n  1-1 县教育局：由省厅验收" in ran.err
    )
    assert ran.code == 0


def test_all_that_a_pass_lacks_is_said_at_once(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("{编号: 1-1,", FIRST).replace("复核: 县委组织部", "复核: 县委组织部, 现场核查: 是")
    root = write(small_repo(tmp_path, LEDGER, plan=plan), {".zhenggai/clone": "k3"})
    ran = zhenggai("review", *EDUCATION, at=root)
    assert ran.err == (
        "zhenggai：没有写入：\n  1-1 县教育局：由省厅验收，复核通过要写验收人；方案要求现场核查，本次申请还没有\n"
        "    加 --accepted-by 谁验收的\n    先记：zhenggai visit 1-1 --unit 县教育局；不合格的，退回\n"
    )


def test_an_acceptor_is_named_only_where_the_plan_has_one(zhenggai: Runner, root: Path) -> None:
    for words in (("1-2", "通过"), ("1-1", "退回", "--reason", "不全")):
        ran = zhenggai("review", *words, "--unit", "教育局", *ORGANISERS, "--accepted-by", "省厅", at=root)
        assert (ran.code, ran.err.startswith("zhenggai：--accepted-by 只用于有验收单位的措施复核通过")) == (2, True)


def test_the_lists_say_who_accepts(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("todo", "县委组织部", at=root).out
    assert "【复核】1-1 县教育局 制定办法：2020-06-15 初审，已等 16 天，由省厅验收" in out
    assert 'zhenggai review 1-1 通过 --accepted-by "「谁验收的」" --unit 县教育局 --by 县委组织部' in out
    assert "验收：省厅，由县委组织部代为记录" in zhenggai("show", "1-1", "县教育局", at=root).out
    ran = zhenggai("review", "1-1", "通过", "--unit", "城关镇", "--by", "县委办", "--writer", "综合科", at=root)
    assert "等待省厅验收，由县委组织部代为记录\n" in ran.out
    again = zhenggai("apply", "1-1", "--approver", "局长", "--unit", "县教育局", "--writer", "办公室", at=root)
    assert "现在等县委组织部复核（省厅验收）" in again.err


def test_at_a_terminal_the_acceptor_is_asked_for(root: Path, home: Path) -> None:
    before = tree(root)
    ran = spoken(root, "review", *EDUCATION, answers=[("谁验收的", "省厅张处长"), ("写入？", "y")])
    assert ran.code == 0, ran.out
    (text,) = changed_files(before, root).values()
    assert "  验收人: 省厅张处长\n" in text
