"""``file``: the 备案 of a close-out, which the plan's 审核 may want."""

from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, changed_files, small_repo, tree, write
from terminal import spoken

LEDGER = """
05-10 县教育局 完成 1-1 佐证=县教发〔2020〕3号
05-11 县教育局 申请销号 1-1 签批领导=局长 #教
05-15 县委办公室 初审 针对=教 结论=通过
05-16 县委组织部 复核 针对=教 结论=通过
05-17 县委组织部 销号公示 针对=教 起=2020-05-17 止=2020-05-23
05-24 县委组织部 销号 针对=教 措施摘要=1a2b3c4d
06-02 河东乡 进展 1-1
"""
WANTED = PLAN.replace("复核: 县委组织部", "复核: 县委组织部, 备案: 市环委办")
EDUCATION = ("1-1", "--unit", "教育局")
ORGANISERS = ("--by", "组织部", "--writer", "党建办")

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path, LEDGER, plan=WANTED), {".zhenggai/clone": "k3"})


def test_the_list_names_it_until_it_is_done(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("todo", "县委组织部", at=root).out
    assert "【备案】1-1 县教育局 制定办法：2020-05-24 销号，报市环委办备案" in out
    assert 'zhenggai file 1-1 --number "「备案号」" --unit 县教育局 --by 县委组织部' in out
    before = tree(root)
    ran = zhenggai("file", *EDUCATION, "--number", "环督备〔2020〕12号", *ORGANISERS, at=root)
    assert ran.out.splitlines()[1:3] == ["1-1 县教育局：已销号，绿灯（已完成）", "备案 2020-07-01"]
    (text,) = changed_files(before, root).values()
    assert text.endswith("  备案机关: 市环委办\n  备案号: 环督备〔2020〕12号\n  填报人: 党建办\n")
    assert "备案】" not in zhenggai("todo", "县委组织部", at=root).out
    shown = zhenggai("show", "1-1", "县教育局", at=root).out
    assert "备案：2020-07-01\n" in shown
    assert "报 市环委办；备案号 环督备〔2020〕12号" in shown


def test_a_plan_that_says_nothing_lists_nothing_and_takes_one(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/p.yaml": PLAN})
    assert "备案】" not in zhenggai("todo", "县委组织部", at=root).out
    ran = zhenggai("file", *EDUCATION, *ORGANISERS, at=root)
    lacking = "  缺 备案机关：加 --with 报给谁\n  缺 备案号：加 --number 备案号，或回执的文号\n"
    assert ran == Ran(2, "", f"zhenggai：还缺 2 项，没有写入\n{lacking}")
    words = ("--with", "市环委办", "--number", "12")
    assert zhenggai("file", *EDUCATION, *words, *ORGANISERS, at=root).code == 0


def test_only_what_is_closed_is_filed_and_by_who_closed_it(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("file", "1-1", "--unit", "河东乡", "--number", "12", *ORGANISERS, at=root)
    assert ran == Ran(2, "", "zhenggai：没有写入：\n  1-1 河东乡：任务整改中，销号以后才备案\n")
    ran = zhenggai("file", *EDUCATION, "--number", "12", "--by", "县委督查局", "--writer", "督查科", at=root)
    assert (ran.code, "“备案”应由复核单位（县委组织部）记录" in ran.err) == (2, True)


def test_at_a_terminal_the_number_is_asked_for(root: Path, home: Path) -> None:
    ran = spoken(root, "file", *EDUCATION, *ORGANISERS, answers=[("备案号或回执的文号", "12"), ("写入？", "y")])
    assert (ran.code, "备案机关：市环委办" in ran.out) == (0, True), ran.out
