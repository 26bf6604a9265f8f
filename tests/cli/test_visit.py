"""``visit``: a 现场核查 of what an application is about, and the plan that wants one before 复核."""

from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, changed_files, small_repo, tree, write
from terminal import spoken

LEDGER = """
06-10 县教育局 完成 1-1 佐证=县教发〔2020〕3号
06-11 县教育局 申请销号 1-1 签批领导=局长 #教
06-15 县委办公室 初审 针对=教 结论=通过
06-02 河东乡 进展 1-1
"""
WANTED = PLAN.replace("复核: 县委组织部", "复核: 县委组织部, 现场核查: 是")
EDUCATION = ("1-1", "--unit", "教育局")
INSPECTORS = ("--by", "县委督查局", "--writer", "督查科")
ORGANISERS = ("--by", "组织部", "--writer", "党建办")
SEEN = ("办法已上墙", "--who", "督查科两人", "--where", "局机关")

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path, LEDGER, plan=WANTED), {".zhenggai/clone": "k3", "照片.jpg": "照片"})


def test_a_visit_is_written_and_leaves_the_state(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("visit", *EDUCATION, *SEEN, "-e", "照片.jpg", *INSPECTORS, at=root)
    assert ran.out.splitlines()[1:3] == ["1-1 县教育局：初审通过，绿灯（已完成）", "现场核查 2020-07-01"]
    files = changed_files(before, root)
    (photo,) = (Path(path).name for path in files if "附件" in path)
    assert (
        files["ledgers/p/县委督查局/2020-07.督查科.k3.yaml"]
        == f"""\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  单位: 县教育局
  事项: 现场核查
  核查人: 督查科两人
  地点: 局机关
  内容: 办法已上墙
  佐证:
  - 附件/2020-07/{photo}
  填报人: 督查科
"""
    )
    shown = zhenggai("show", "1-1", "县教育局", at=root).out
    assert "现场核查：2020-07-01\n" in shown
    assert "核查人 督查科两人；地点 局机关；办法已上墙" in shown


def test_a_plan_that_wants_it_lets_nothing_pass_before(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("todo", "县委组织部", at=root).out
    command = (
        'zhenggai visit 1-1 "「看到了什么」" --who "「谁去的」" --where "「在哪里」" -e "「照片」" --unit 县教育局'
    )
    assert "【现场核查】1-1 县教育局 制定办法：2020-06-15 初审，已等 16 天" in out
    assert command in out
    assert "现场核查：还没有，复核通过以前要有" in zhenggai("show", "1-1", "县教育局", at=root).out
    passing = ("review", "通过", *EDUCATION, *ORGANISERS)
    refused = (
        "1-1 县教育局：方案要求现场核查，本次申请还没有\n    先记：zhenggai visit 1-1 --unit 县教育局；不合格的，退回"
    )
    assert zhenggai(*passing, at=root) == Ran(2, "", f"zhenggai：没有写入：\n  {refused}\n")
    assert zhenggai("visit", *EDUCATION, *SEEN, "-e", "照片.jpg", *INSPECTORS, at=root).code == 0
    assert "【复核】1-1 县教育局" in zhenggai("todo", "县委组织部", at=root).out
    assert zhenggai(*passing, at=root).code == 0


def test_a_return_needs_no_visit_and_a_plan_without_the_word_neither(zhenggai: Runner, root: Path) -> None:
    returned = zhenggai("review", "退回", *EDUCATION, "--reason", "不全", *ORGANISERS, "--dry-run", at=root)
    assert returned.code == 0
    write(root, {"plans/p.yaml": PLAN})
    assert zhenggai("review", "通过", *EDUCATION, *ORGANISERS, at=root).code == 0


def test_what_lacks_is_said_at_once(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("visit", *EDUCATION, *INSPECTORS, at=root) == Ran(
        2,
        "",
        """\
zhenggai：还缺 4 项，没有写入
  缺 内容：看到了什么，写在措施后面，加引号
  缺 核查人：加 --who 谁去的
  缺 地点：加 --where 在哪里
  缺 照片：加 -e 照片.jpg，或核查记录、文号
""",
    )
    ran = zhenggai("visit", "1-1", *SEEN, "--unit", "河东乡", "-e", "照片.jpg", *INSPECTORS, at=root)
    assert (ran.code, "任务整改中，不能记“现场核查”" in ran.err) == (2, True)
    ran = zhenggai("visit", *EDUCATION, *SEEN, "-e", "照片.jpg", "--by", "县财政局", "--writer", "科室", at=root)
    assert (ran.code, "应由初审单位或复核单位或督办单位（县委办公室、县委组织部、县委督查局）记录" in ran.err) == (
        2,
        True,
    )


def test_at_a_terminal_it_asks_for_all(root: Path, home: Path) -> None:
    answers = [
        ("看到了什么", "已上墙"),
        ("谁去核查的", "督查科"),
        ("在哪里", "局机关"),
        ("佐证，文件或文号（第 1 条", "照片.jpg"),
        ("佐证，文件或文号（第 2 条", ""),
        ("写入？", "y"),
    ]
    ran = spoken(root, "visit", *EDUCATION, *INSPECTORS, answers=answers)
    assert (ran.code, "现场核查 2020-07-01" in ran.out) == (0, True), ran.out
    ran = spoken(root, "visit", "1-1", "--unit", "河东乡", *INSPECTORS, answers=[])
    assert (ran.code, "任务整改中，不能记“现场核查”" in ran.out) == (2, True), ran.out
