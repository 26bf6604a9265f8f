"""``fmt``: what editors left is brought to its form, file by file; with ``--mend`` known mistakes are corrected."""

import os
from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, changed_files, small_repo, snapshot_in, tree, write
from terminal import spoken
from zhenggai.errors import Changed
from zhenggai.writing import tidy

HERE = "ledgers/p/县教育局/2020-04.办公室.aa.yaml"
THERE = "ledgers/p/县财政局/2020-06.办公室.aa.yaml"
LEDGER = """
04-10 县教育局 进展 1-1 进度=40
06-10 县财政局 进展 2-3
"""


@pytest.fixture
def root(tmp_path: Path, zhenggai: Runner) -> Path:
    """A repo in canonical form."""
    root = small_repo(tmp_path / "repo", LEDGER)
    assert zhenggai("fmt", at=root).code == 0
    return root


def text(root: Path, path: str) -> str:
    return (root / path).read_text("utf-8")


def spoil(root: Path, path: str, old: str, new: str) -> str:
    """A mistake put into a file; the file's text before."""
    before = text(root, path)
    assert old in before
    write(root, {path: before.replace(old, new)})
    return before


def test_what_is_tidy_is_not_touched(zhenggai: Runner, root: Path) -> None:
    stamps = {path: os.stat(root / path).st_ino for path in tree(root)}
    assert zhenggai("整理", at=root) == Ran(0, "", "都已整齐，没有改动\n")
    assert zhenggai("fmt", "--check", "--mend", at=root) == Ran(0, "", "都已整齐，没有改动\n")
    assert {path: os.stat(root / path).st_ino for path in tree(root)} == stamps


def test_every_file_is_brought_to_its_form_and_stays_so(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    percent = text(root, HERE).replace("40", "40%").replace("\n", "\r\n")
    files: dict[str, str | bytes] = {
        HERE: percent.encode("gbk"),
        THERE: text(root, THERE).encode("utf-16"),
        "plans/p.yaml": PLAN.replace("\n", "\r\n"),
        "plans/units.yaml": b"\xef\xbb\xbf" + before["plans/units.yaml"],
    }
    spoilt = tree(write(root, files))
    says = [
        "plans/units.yaml：去掉 BOM",
        "plans/p.yaml：换行 → LF",
        f"{HERE}：GBK → UTF-8，换行 → LF，规范格式 1 条",
        f"{THERE}：UTF-16 → UTF-8",
    ]
    assert zhenggai("fmt", "--只看", at=root) == Ran(1, "".join(f"要整理 {line}\n" for line in says), "")
    assert tree(root) == spoilt
    assert zhenggai("fmt", at=root) == Ran(0, "".join(f"整理 {line}\n" for line in says), "")
    assert tree(root) == before
    assert zhenggai("fmt", at=root) == Ran(0, "", "都已整齐，没有改动\n")


def test_check_names_each_with_the_command(zhenggai: Runner, root: Path) -> None:
    write(root, {HERE: text(root, HERE).replace("\n", "\r\n").encode("gbk"), THERE: text(root, THERE) + "  "})
    spoil(root, THERE, "事项: ", "事项：")
    ran = zhenggai("check", at=root)
    named = [line for line in ran.out.splitlines() if "zhenggai fmt" in line or "正确写法" in line]
    assert named == [
        f"{HERE}:1: 文件编码（警告）: 文件编码是 GBK，不是 UTF-8（已按 GBK 读取）；换行是 CRLF，不是 LF"
        " — 运行 zhenggai fmt；或用记事本打开，选“另存为”，编码选 UTF-8",
        f"{THERE}:4: YAML 语法: 冒号是全角的 — 正确写法：事项: 进展",
    ]
    assert ran.err.endswith("下一步：写有“正确写法”的，可用 zhenggai fmt --mend 一并改正\n")


def test_files_and_folders_can_be_named(zhenggai: Runner, root: Path) -> None:
    for path in (HERE, THERE):
        write(root, {path: text(root, path).replace("\n", "\r\n")})
    before = tree(root)
    ran = zhenggai("fmt", "县教育局", at=root / "ledgers/p")
    assert ran == Ran(0, f"整理 {HERE}：换行 → LF\n", "")
    assert list(changed_files(before, root)) == [HERE]
    assert zhenggai("fmt", THERE, THERE, "plans", at=root) == Ran(0, f"整理 {THERE}：换行 → LF\n", "")


@pytest.mark.parametrize("name", ["ledgers/p/县教育局/附件/2020-04/稿.txt", "没有.yaml", "../x.yaml"])
def test_what_is_no_data_file_is_refused(zhenggai: Runner, root: Path, name: str) -> None:
    before = tree(write(root, {"ledgers/p/县教育局/附件/2020-04/稿.txt": "甲\r\n".encode("gbk")}))
    said = f"zhenggai：{name} 不是方案、单位册或台账文件，没有改动\n  下一步：核对文件名\n"
    assert zhenggai("fmt", name, at=root) == Ran(2, "", said)
    assert tree(root) == before


def test_one_bad_file_never_stops_the_others(zhenggai: Runner, root: Path) -> None:
    write(root, {HERE: bytes(range(128, 256)), THERE: text(root, THERE).replace("\n", "\r\n")})
    (root / "ledgers/p/县教育局/x.yaml").symlink_to("y")
    ran = zhenggai("fmt", at=root)
    assert (ran.code, ran.out) == (1, f"整理 {THERE}：换行 → LF\n")
    assert ran.err == (
        f"{HERE}:1: 文件编码: 认不出文件的编码，未读取 — 用原来写它的程序打开，另存为 UTF-8；或从备份、版本库中恢复\n"
        "ledgers/p/县教育局/x.yaml:1: 文件: 不是普通文件（是链接、目录、管道或设备） — 换成真正的文件\n"
        "以上 2 处错误还在，所在的台账没有改成规范格式\n  下一步：照上面的提示改正\n"
    )
    assert (root / HERE).read_bytes() == bytes(range(128, 256))


def test_a_file_that_changes_meanwhile_is_left_and_named(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (HERE, THERE):
        write(root, {path: text(root, path).replace("\n", "\r\n")})
    read = tidy.tidied_file

    def read_and_change(*given: object) -> tidy.Tidied:
        result = read(*given)  # type: ignore[arg-type]  # what it was called with
        if result.path == HERE:
            write(root, {HERE: b"# \r\n"})
        return result

    monkeypatch.setattr("zhenggai.cli.commands.fmt.tidied_file", read_and_change)
    ran = zhenggai("fmt", at=root)
    assert (ran.code, ran.out) == (Changed.exit_code, f"整理 {THERE}：换行 → LF\n")
    assert ran.err.startswith(f"{HERE}：")
    assert (root / HERE).read_bytes() == b"# \r\n"


def test_a_ledger_with_comments_is_named(zhenggai: Runner, root: Path) -> None:
    write(root, {HERE: ("# 办公室\n" + text(root, HERE).replace("40", "40%")).replace("\n", "\r\n")})
    ran = zhenggai("fmt", at=root)
    assert ran == Ran(0, f"整理 {HERE}：换行 → LF\n", f"有注释的台账只整理编码和换行，不改格式：{HERE}\n")
    assert text(root, HERE).startswith("# 办公室\n")


# --- corrections


def test_an_error_keeps_the_layout_and_points_to_mend(zhenggai: Runner, root: Path) -> None:
    spoil(root, HERE, "事项: ", "事项：")
    before = tree(root)
    assert zhenggai("fmt", at=root) == Ran(
        1,
        "",
        f"{HERE}:4: YAML 语法: 冒号是全角的 — 正确写法：事项: 进展\n"
        "以上 1 处错误还在，所在的台账没有改成规范格式\n  下一步：照上面的提示改正，或运行 zhenggai fmt --mend\n",
    )
    assert tree(root) == before


PREVIEW = f"""\
{HERE}：
    1 - - 日期: 2020-04-10
    1 + - 编号: 20200701-cnan0007
    2 +   日期: 2020-04-10
    3 -   事项：进展
    4 +   事项: 进展
"""


def spoil_twice(root: Path) -> str:
    spoil(root, HERE, "事项: ", "事项：")
    return spoil(root, HERE, "编号: 20200410-00000001\n  ", "")


@pytest.mark.usefixtures("chance")
def test_corrections_are_shown_and_need_a_yes(zhenggai: Runner, root: Path) -> None:
    spoil_twice(root)
    before = tree(root)
    refused = "zhenggai：没有改动\n  下一步：核对后加 --yes 改正\n"
    assert zhenggai("fmt", "--mend", at=root) == Ran(2, "", PREVIEW + refused)
    assert zhenggai("fmt", "--mend", "--check", at=root) == Ran(1, f"要整理 {HERE}：改正 2 行\n", PREVIEW)
    assert tree(root) == before


@pytest.mark.usefixtures("chance")
def test_corrections_are_written_with_a_number_of_today(zhenggai: Runner, root: Path) -> None:
    right = text(root, HERE)
    spoil_twice(root)
    assert zhenggai("fmt", "--修正", "--yes", at=root) == Ran(0, f"整理 {HERE}：改正 2 行\n", PREVIEW)
    assert text(root, HERE) == right.replace("20200410-00000001", "20200701-cnan0007")
    task = snapshot_in(root).task_of("20200701-cnan0007")
    assert task is not None
    assert task.head.percent == 40
    assert zhenggai("fmt", "--mend", at=root) == Ran(0, "", "都已整齐，没有改动\n")


def test_corrections_of_plans_and_unit_book(zhenggai: Runner, root: Path) -> None:
    right = spoil(root, "plans/p.yaml", "标题: ", "标题：")
    units = spoil(root, "plans/units.yaml", "单位:\n", "单位：\n")
    ran = zhenggai("fmt", "--mend", "--yes", "plans", at=root)
    assert (ran.code, ran.out) == (0, "整理 plans/units.yaml：改正 1 行\n整理 plans/p.yaml：改正 1 行\n")
    assert (text(root, "plans/p.yaml"), text(root, "plans/units.yaml")) == (right, units)


def test_at_a_terminal_it_asks(home: Path, root: Path) -> None:
    right = spoil(root, HERE, "事项: ", "事项：")
    before = tree(root)
    assert spoken(root, "fmt", "--mend", answers=[("这样改正？", "n")]).code == 2
    assert tree(root) == before
    ran = spoken(root, "fmt", "--mend", answers=[("这样改正？", "y")])
    assert ran.code == 0, ran.out
    assert text(root, HERE) == right
