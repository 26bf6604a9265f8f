"""``edit``: a file in an editor (here a small program), and what is said about it afterwards."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo, tree, write
from terminal import CTRL_C, DOWN, ENTER, ESCAPE, Keys, spoken
from zhenggai.setup.new_books import ORGANISATIONS_SAMPLE

EDITOR = """
import sys
from pathlib import Path
*pairs, path = sys.argv[1:]
text = Path(path).read_bytes().decode()
for old, new in zip(pairs[::2], pairs[1::2]):
    assert old in text or not old, text
    text = text.replace(old, new, 1) if old else text + new
Path(path).write_bytes(text.encode())
"""
WHAT = "怎么办"
MINE = "ledgers/p/县教育局/2020-04.办公室.aa.yaml"


@pytest.fixture
def root(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with git; the user is 县教育局."""
    folder = small_repo(tmp_path / "台账", "04-10 县教育局 进展 1-1 进度=40\n04-11 城关镇 进展 1-1 进度=20")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "县教育局")
    git(folder, "config", "user.email", "jyj@xian.example")
    monkeypatch.setenv("ZHENGGAI_UNIT", "县教育局")
    monkeypatch.setenv("ZHENGGAI_WRITER", "办公室")
    write(tmp_path, {"editor.py": EDITOR})
    return folder


def git(folder: Path, *arguments: str) -> str:
    """What git said."""
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True, encoding="utf-8").stdout


def edited(
    root: Path, what: tuple[str, ...], *changes: str, answers: tuple[tuple[str, str], ...] = (), name: str = "EDITOR"
) -> Ran:
    """Run ``edit``; each time, the editor replaces the texts of ``changes``, given in pairs."""
    words = [sys.executable, str(root.parent / "editor.py"), *changes]
    os.environ[name] = " ".join(f"'{word}'" for word in words)
    try:
        return spoken(root, "edit", *what, answers=answers)
    finally:
        del os.environ[name]


def test_a_plan_is_edited_and_checked(root: Path) -> None:
    ran = edited(root, (), "制定办法", "写好办法")
    assert (ran.code, ran.out) == (
        0,
        "用 python 打开 plans/p.yaml（存盘并关闭），回来就检查\n".replace("python", Path(sys.executable).stem)
        + ran.out.partition("\n")[2],
    )
    assert ran.out.endswith("处，见上\n")
    assert "内容: 写好办法" in (root / "plans/p.yaml").read_text("utf-8")


def test_nothing_changed_is_said(root: Path) -> None:
    before = tree(root)
    ran = edited(root, ("p",), name="VISUAL")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "plans/p.yaml 没有改动")
    assert tree(root) == before


def test_errors_may_be_taken_back(root: Path) -> None:
    before = tree(root)
    ran = edited(root, ("单位册",), "名称: 县教育局", "名: 县教育局", answers=((WHAT, "还原"),))
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "已还原 plans/units.yaml")
    assert "plans/units.yaml:8: " in ran.out
    assert "plans/p.yaml:15: 单位: 单位册里没有“县教育局”" in ran.out  # what the book does to the plan
    assert tree(root) == before


@pytest.mark.parametrize("keys", ["留着", Keys(CTRL_C)])
def test_errors_may_stay(root: Path, keys: str) -> None:
    ran = edited(root, (), "制定办法", '"制定办法', answers=((WHAT, keys),))
    assert ran.code == 1
    assert ran.out.endswith("plans/p.yaml 照改的留着，1 处错误改好以前不能交出去\n")
    assert '内容: "制定办法' in (root / "plans/p.yaml").read_text("utf-8")


def test_errors_may_be_mended_in_the_editor(root: Path) -> None:
    before = tree(root)
    ran = edited(root, (), "", "不是一行\n", answers=(("1 处错误，怎么办", ""), ("1 处错误，怎么办", "还原")))
    assert ran.code == 0, ran.out
    assert tree(root) == before


def test_errors_that_were_there_before_are_shown(root: Path) -> None:
    write(root, {"plans/p.yaml": (root / "plans/p.yaml").read_text("utf-8").replace("制定办法", '"制定办法')})
    before = tree(root)
    ran = edited(root, (), answers=((WHAT, "还原"), ("没有“还原”，从上面选一个：再改、留着", Keys(CTRL_C))))
    assert ran.code == 1, ran.out
    assert "plans/p.yaml:15: YAML 语法: 引号没有配对" in ran.out
    assert ran.out.endswith("plans/p.yaml 没有改动，1 处错误改好以前不能交出去\n")
    assert tree(root) == before


def test_errors_that_were_there_before_are_mended(root: Path) -> None:
    write(root, {"plans/p.yaml": (root / "plans/p.yaml").read_text("utf-8").replace("标题: 整", "标题：整")})
    ran = edited(root, (), answers=((WHAT, "改正"),))
    assert ran.code == 0, ran.out
    assert "已改 plans/p.yaml" in ran.out
    assert "标题: 整改方案\n" in (root / "plans/p.yaml").read_text("utf-8")


def test_what_has_a_right_spelling_is_mended(root: Path) -> None:
    ran = edited(root, ("plans/p.yaml",), "标题: 整改方案", "标题：整改办法", answers=((WHAT, "改正"),))
    assert ran.code == 0, ran.out
    assert "标题: 整改办法\n" in (root / "plans/p.yaml").read_text("utf-8")


def test_a_deleted_file_is_put_back(root: Path) -> None:
    before = tree(root)
    os.environ["EDITOR"] = "rm"
    try:
        ran = spoken(root, "edit", "单位册", answers=[(WHAT, "还原")])
    finally:
        del os.environ["EDITOR"]
    assert ran.code == 0
    assert tree(root) == before


def test_my_own_ledger_is_edited_and_no_other(root: Path) -> None:
    before = tree(root)
    ran = edited(root, ("台账",), "进度: 40", "进度: 45")
    assert ran.code == 0, ran.out
    assert "进度: 45\n" in (root / MINE).read_text("utf-8")
    ran = edited(root, ("ledgers/p/城关镇/2020-04.办公室.aa.yaml",), "", "#")
    assert (ran.code, ran.out) == (
        2,
        "zhenggai：ledgers/p/城关镇/2020-04.办公室.aa.yaml 是城关镇的台账，只由它自己改，没有打开\n"
        "  下一步：看用 zhenggai show 城关镇；有错的请它更正\n",
    )
    assert {path for path, data in tree(root).items() if before.get(path) != data} == {MINE}


def test_of_several_files_of_mine_one_is_picked(root: Path) -> None:
    later = "ledgers/p/县教育局/2020-05.办公室.k3.yaml"
    text = (root / MINE).read_text("utf-8").replace("20200410", "20200510").replace("2020-04-10", "2020-05-10")
    write(root, {later: text, ".zhenggai/clone": "aa"})
    ran = edited(root, ("台账",), "进度: 40", "进度: 45", answers=((f"哪个文件 [{MINE}]", Keys(DOWN + ENTER)),))
    assert ran.code == 0, ran.out
    assert "进度: 45\n" in (root / later).read_text("utf-8")


def test_an_entry_that_others_have_may_not_be_changed(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "server.git")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "a")
    git(root, "remote", "add", "origin", str(tmp_path / "server.git"))
    git(root, "push", "-q", "-u", "origin", "main")
    before = tree(root)
    ran = edited(root, ("台账",), "进度: 40", "进度: 45", answers=((WHAT, "还原"),))
    assert f"{MINE}:1: 已入库: 20200410-00000001 已经交出去，内容被改" in ran.out
    assert tree(root) == before
    assert (
        "1-1 “内容”由“制定办法”改成“写好办法”"
        in edited(root, (), "制定办法", "写好办法", answers=((WHAT, "还原"),)).out
    )
    ran = edited(root, ("台账",), "", "# 注\n")
    assert ran.code == 0, ran.out


def test_without_a_terminal_the_file_is_named(root: Path, zhenggai: Runner) -> None:
    ran = zhenggai("edit", at=root)
    assert ran == Ran(
        2,
        "",
        f"zhenggai：编辑要在终端里运行，没有改动\n  下一步：用编辑器打开 {root}/plans/p.yaml，改好后运行 zhenggai check\n",
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("README.md",), 2, "没有“README.md”这个可以编辑的文件\n  可写：单位册"),
        (("../外.yaml",), 2, "没有“../外.yaml”这个可以编辑的文件"),
    ],
)
def test_other_files_are_refused(root: Path, words: tuple[str, ...], code: int, said: str) -> None:
    write(root, {"README.md": "", "../外.yaml": ""})
    ran = edited(root, words)
    assert ran.code == code
    assert said in ran.out


BOOK = "plans/organisations.yaml"
BEGUN = (f"还没有党组织册 {BOOK}，从样本建一个", "")


def test_an_organisation_book_is_begun_from_a_sample(root: Path) -> None:
    lines = ("- 名称: 东街社区党委", "  单位: 城关镇", "  类别: 社区党组织", "  上次换届: 2021-08-20")
    changes = [text for line in lines for text in (f"# {line}", line)]
    ran = edited(root, ("党组织册",), *changes, "2021-08-20", "2019-08-20", answers=(BEGUN,))
    assert ran.code == 0, ran.out
    assert ran.out.splitlines()[-1].startswith(f"已改 {BOOK}")
    assert "\n党组织:\n- 名称: 东街社区党委\n  单位: 城关镇 " in (root / BOOK).read_text("utf-8")


@pytest.mark.parametrize(
    ("changes", "answers", "code", "said"),
    [
        ((), (BEGUN,), 0, f"{BOOK} 没有改动\n{BOOK} 还是样本，没有留下\n"),
        (("党组织:", "党组织"), (BEGUN, (WHAT, "还原")), 0, f"已还原 {BOOK}\n{BOOK} 还是样本，没有留下\n"),
        ((), ((BEGUN[0], "n"),), 2, "zhenggai：已取消，什么也没有改动\n"),
    ],
)
def test_a_sample_that_is_not_filled_in_does_not_stay(
    root: Path, changes: tuple[str, ...], answers: tuple[tuple[str, str], ...], code: int, said: str
) -> None:
    before = tree(root)
    ran = edited(root, ("党组织册",), *changes, answers=answers)
    assert ran.code == code, ran.out
    assert ran.out.endswith(said)
    assert tree(root) == before


def test_every_key_of_the_sample_of_an_organisation_book_is_known(root: Path, zhenggai: Runner) -> None:
    text = re.sub("^# (?=- |  )", "", ORGANISATIONS_SAMPLE, flags=re.MULTILINE).replace("2021-08-20", "2019-08-20")
    write(root, {BOOK: text})
    ran = zhenggai("check", at=root)
    assert "四个一" in text
    assert [line for line in ran.out.splitlines() if line.startswith(BOOK)] == []


def test_who_may_not_change_the_books_is_refused_before_the_editor_opens(root: Path) -> None:
    book = root / "plans/units.yaml"
    book.write_text("管理: [zzb@xian.example]\n" + book.read_text("utf-8"), "utf-8")
    for words in ((), ("单位册",)):
        ran = edited(root, words, "", "#")
        assert ran.code == 2
        assert "jyj@xian.example 不能改" in ran.out


@pytest.mark.parametrize(("key", "code", "opened"), [("", 0, True), (Keys(ESCAPE), 130, False)])
def test_how_to_leave_an_editor_of_the_terminal_can_be_read_first(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, code: int, opened: bool
) -> None:
    nano = tmp_path / "nano"
    nano.write_text("#!/bin/sh\necho '# 注' >> $2\n")
    nano.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(nano))
    ran = spoken(
        root, "edit", answers=[("（Ctrl-O、回车存盘，Ctrl-X 退出），回来就检查\n按回车打开，按 Esc 放弃：", key)]
    )
    assert ran.code == code, ran.out
    assert (root / "plans/p.yaml").read_text("utf-8").endswith("# 注\n") == opened


def test_a_drafted_plan_is_opened_where_the_first_thing_is_to_be_decided(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nano, plan = tmp_path / "nano", root / "plans/p.yaml"
    nano.write_text('#!/bin/sh\necho "# $1" >> $2\n')
    nano.chmod(0o755)
    text = plan.read_text("utf-8").replace("标题: 整改方案", "标题: 整改方案  # 待定：", 1)
    plan.write_text(f"# 写着“# 待定：”的由您定\n{text}", "utf-8")
    monkeypatch.setenv("EDITOR", str(nano))
    spoken(root, "edit", answers=[("按 Esc 放弃：", "")])
    before = text.partition("# 待定：")[0].count("\n") + 2
    assert plan.read_text("utf-8").splitlines()[-1] == f"# +{before}"


def test_an_editor_that_is_not_there_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "没有这个编辑器 -w")
    ran = spoken(root, "edit", answers=[])
    assert (ran.code, ran.out.splitlines()[-2:]) == (
        5,
        ["zhenggai：打不开编辑器 没有这个编辑器", "  下一步：设环境变量 EDITOR 为编辑器的命令，如 nano"],
    )
