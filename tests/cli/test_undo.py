"""``undo``: the writer's last entry is cut out of the file, as long as no remote branch has it; all else stays as it was."""

import subprocess
from pathlib import Path

import pytest

from small_repo import Runner, small_repo, tree, write
from terminal import spoken

FOLDER = "ledgers/p/县教育局/"
FILE = FOLDER + "2020-07.办公室.k3.yaml"
WRITER = ("--unit", "县教育局", "--writer", "办公室")
FIRST, SECOND, THIRD = "20200701-00010001", "20200701-00020002", "20200701-00030003"


def entry(number: str, more: str = "") -> str:
    return f"- 编号: {number}\n  日期: 2020-07-01\n  措施: 1-1\n  事项: 进展\n{more}  内容: 第{number[-1]}次\n  填报人: 办公室\n"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "记录")


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    """A repo with three entries of this clone's writer."""
    files = {".zhenggai/clone": "k3", ".gitignore": ".zhenggai/\n", FILE: entry(FIRST) + entry(SECOND) + entry(THIRD)}
    return write(small_repo(tmp_path / "mine", "06-01 县教育局 进展 1-1"), files)


@pytest.fixture
def clone(root: Path) -> Path:
    """The same as a clone whose first two entries were pushed."""
    server = root.parent / "server.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(server)], check=True)
    git(root, "init", "-q", "-b", "main")
    git(root, "remote", "add", "origin", str(server))
    write(root, {FILE: entry(FIRST) + entry(SECOND)})
    commit(root)
    git(root, "push", "-q", "-u", "origin", "main")
    return write(root, {FILE: entry(FIRST) + entry(SECOND) + entry(THIRD)})


def text(root: Path) -> str:
    return (root / FILE).read_bytes().decode()


def test_the_last_entry_is_shown_and_cut_out(root: Path, zhenggai: Runner) -> None:
    before = tree(root)
    ran = zhenggai("undo", *WRITER, at=root)
    assert ran.code == 2
    assert ran.err == (
        f"撤销 {FILE}:13：\n  编号：{THIRD}\n  日期：2020-07-01\n  措施：1-1\n  事项：进展\n  内容：第3次\n  填报人：办公室\n"
        "zhenggai：没有改动\n  下一步：核对后加 --yes 撤销\n"
    )
    assert tree(root) == before
    ran = zhenggai("撤销", "--不再确认", *WRITER, at=root)
    assert (ran.code, ran.out) == (0, f"已撤销 {THIRD}\n改动 {FILE}\n")
    assert tree(root) == before | {FILE: (entry(FIRST) + entry(SECOND)).encode()}


TOGETHER = [f"20200701-0009{nth:04}" for nth in range(1, 13)]


def test_all_that_one_command_recorded_can_go_together(root: Path, zhenggai: Runner) -> None:
    """As what was imported: the entries before them, and the comments between, stay."""
    kept = entry(FIRST) + entry(SECOND)
    write(root, {FILE: kept + "".join(map(entry, TOGETHER[:6])) + "# 注\n" + "".join(map(entry, TOGETHER[6:]))})
    ran = zhenggai("undo", *WRITER, at=root)
    assert "同一条命令还记了 11 条；全部撤销：zhenggai undo --together\n" in ran.err
    ran = zhenggai("undo", "--together", *WRITER, at=root)
    assert ran.err.startswith(f"撤销 {FILE} 里同一条命令记的 12 条：\n  1-1 县教育局 进展 第1次\n")
    assert ran.err.endswith("  1-1 县教育局 进展 第0次\n  ……\nzhenggai：没有改动\n  下一步：核对后加 --yes 撤销\n")
    ran = zhenggai("撤销", "--一起", "--yes", *WRITER, at=root)
    assert (ran.code, ran.out) == (0, f"已撤销 12 条\n改动 {FILE}\n")
    assert text(root) == kept + "# 注\n"


def test_what_is_answered_does_not_go_together_either(root: Path, zhenggai: Runner) -> None:
    answer = f"- 编号: 20200701-000a0001\n  日期: 2020-07-01\n  事项: 更正\n  针对: {TOGETHER[0]}\n  进度: 5\n  填报人: 别人\n"
    write(root, {FILE: "".join(map(entry, TOGETHER)), FILE.replace("办公室", "别人"): answer})
    ran = zhenggai("undo", "--together", "--yes", *WRITER, at=root)
    assert (ran.code, f"{TOGETHER[0]} 已有针对它的记录：县教育局的更正" in ran.err) == (2, True)
    assert text(root) == "".join(map(entry, TOGETHER))


def test_undo_goes_on_to_the_entry_before_and_the_empty_file_goes(root: Path, zhenggai: Runner) -> None:
    for _ in range(2):
        assert zhenggai("undo", "--yes", *WRITER, at=root).code == 0
    ran = zhenggai("undo", "--yes", *WRITER, at=root)
    assert ran.out == f"已撤销 {FIRST}\n删去 {FILE}（已无记录）\n"
    assert not (root / FILE).exists()
    ran = zhenggai("undo", "--yes", *WRITER, at=root)  # what is left was written elsewhere
    assert (ran.code, ran.err.partition("，")[0]) == (2, "zhenggai：这台电脑上没有县教育局（办公室）记的条目")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("order", [(THIRD, FIRST, SECOND), (FIRST, THIRD, SECOND), (FIRST, SECOND, THIRD)])
def test_wherever_it_stands_all_else_stays_byte_for_byte(
    root: Path, zhenggai: Runner, order: tuple[str, ...], line_end: str
) -> None:
    def written(numbers: tuple[str, ...]) -> bytes:
        parts = [f"# 关于{number}的说明\n" + (entry(number) if number in numbers else "") + "\n" for number in order]
        return "\ufeff".encode() + "".join(parts).replace("\n", line_end).encode()

    write(root, {FILE: written(order)})
    assert zhenggai("undo", "--yes", *WRITER, at=root).code == 0
    assert (root / FILE).read_bytes() == written((FIRST, SECOND))


BRACES = f"- {{编号: {THIRD}, 日期: 2020-07-01, 措施: 1-1, 事项: 进展, 内容: 三, 填报人: 办公室}}\n"


@pytest.mark.parametrize("last", [entry(THIRD).rstrip("\n"), BRACES])
def test_other_ways_of_writing_are_cut_out_too(root: Path, zhenggai: Runner, last: str) -> None:
    write(root, {FILE: entry(FIRST) + last})
    assert zhenggai("undo", "--yes", *WRITER, at=root).code == 0
    assert text(root) == entry(FIRST)


def test_another_writers_and_another_clones_entries_are_not_ones_own(root: Path, zhenggai: Runner) -> None:
    later = entry("20200702-00000009")
    others = {
        FOLDER + "2020-07.办公室.zz.yaml": later,
        FOLDER + "2020-07.a.办公室.k3.yaml": later.replace("办公室", "a"),
    }
    write(root, others)
    assert zhenggai("undo", "--yes", *WRITER, at=root).out.startswith(f"已撤销 {THIRD}\n")


def test_what_others_answered_stays(root: Path, zhenggai: Runner) -> None:
    letter = entry(THIRD).replace("进展", "申请延期").replace("  内容: 第3次\n", "  至: 2020-08-31\n  原因: 疫情\n")
    answer = f"- 编号: 20200701-00000004\n  日期: 2020-07-01\n  事项: 不同意延期\n  针对: {THIRD}\n  填报人: 办公室\n"
    write(root, {FILE: letter, "ledgers/p/县委组织部/2020-07.办公室.aa.yaml": answer})
    ran = zhenggai("undo", "--yes", *WRITER, at=root)
    assert (ran.code, ran.err) == (
        2,
        f"zhenggai：{THIRD} 已有针对它的记录：县委组织部的不同意延期 20200701-00000004，没有改动\n"
        "  下一步：先撤销或作废那些记录\n",
    )


# --- evidence


def test_evidence_that_was_copied_in_for_it_goes_with_it(root: Path, zhenggai: Runner) -> None:
    paper = write(root.parent, {"办法.docx": "x", "通知.docx": "y"})
    for name in ("办法.docx", "通知.docx"):
        assert zhenggai("add", "1-1", "印发", "-e", str(paper / "通知.docx"), "-e", str(paper / name), *WRITER, at=root).code == 0  # fmt: skip
    assert zhenggai("undo", "--yes", *WRITER, at=root).code == 0
    kept = sorted(path.name for path in (root / FOLDER / "附件/2020-07").iterdir())
    assert [name.partition(".")[0] for name in kept] == ["办法", "通知"]  # the entry before names both
    ran = zhenggai("undo", "--yes", *WRITER, at=root)
    assert [line.partition(".")[0] for line in ran.out.splitlines()[2:]] == [
        "删去 附件/2020-07/通知",
        "删去 附件/2020-07/办法",
    ]
    assert text(root) == entry(FIRST) + entry(SECOND) + entry(THIRD)


def test_evidence_that_was_changed_or_shared_stays(clone: Path, zhenggai: Runner) -> None:
    same, other = "附件/2020-07/a.2d711642.txt", "附件/2020-07/b.2d711642.txt"
    write(clone, {FOLDER + same: "x"})
    git(clone, "add", FOLDER + same)
    git(clone, "commit", "-qm", "佐证")
    git(clone, "push", "-q")
    last = entry(THIRD, f"  佐证:\n  - {same}\n  - {other}\n  - 县教发〔2020〕1号\n")
    write(clone, {FOLDER + other: "changed", FILE: entry(FIRST) + entry(SECOND) + last})
    ran = zhenggai("undo", "--yes", *WRITER, at=clone)
    assert ran.out.splitlines()[2:] == [f"{name} 留着：已推送，或不是 -e 拷入的原样" for name in (same, other)]
    assert (clone / FOLDER / same).exists()
    assert (clone / FOLDER / other).exists()


# --- what others may have seen


def test_what_is_only_in_the_working_copy_can_be_undone(clone: Path, zhenggai: Runner) -> None:
    ran = zhenggai("undo", "--yes", *WRITER, at=clone)
    assert (ran.code, ran.out) == (0, f"已撤销 {THIRD}\n改动 {FILE}\n")
    assert text(clone) == entry(FIRST) + entry(SECOND)


def test_what_is_committed_and_not_pushed_can_be_undone_and_is_to_be_committed(clone: Path, zhenggai: Runner) -> None:
    commit(clone)
    ran = zhenggai("undo", "--yes", *WRITER, at=clone)
    assert (ran.code, ran.out.splitlines()[-1]) == (
        0,
        "这条已在本机提交过（未推送），再运行 zhenggai sync 就一并改过来",
    )
    assert git(clone, "status", "--porcelain").startswith(" M ")


REFUSED = f"zhenggai：{THIRD} 已经推送，别人可能已经看到，没有改动\n  下一步：作废后重新记录：zhenggai correct 00030003 --void\n"


def test_what_was_pushed_stays(clone: Path, zhenggai: Runner) -> None:
    commit(clone)
    git(clone, "push", "-q")
    ran = zhenggai("undo", "--yes", *WRITER, at=clone)
    assert (ran.code, ran.err) == (2, REFUSED)
    assert text(clone).endswith(entry(THIRD))


def test_what_another_remote_branch_had_and_dropped_again_stays(clone: Path, zhenggai: Runner) -> None:
    git(clone, "switch", "-qc", "side")
    commit(clone)
    write(clone, {FILE: entry(FIRST) + entry(SECOND)})
    commit(clone)
    git(clone, "push", "-q", "origin", "side")
    git(clone, "switch", "-q", "main")
    write(clone, {FILE: entry(FIRST) + entry(SECOND) + entry(THIRD)})
    assert zhenggai("undo", "--yes", *WRITER, at=clone).err == REFUSED
    git(clone, "stash", "-q")
    git(clone, "merge", "-q", "--no-ff", "-m", "合并", "side")
    git(clone, "push", "-q")
    git(clone, "push", "-q", "--delete", "origin", "side")
    git(clone, "stash", "pop", "-q")
    assert zhenggai("undo", "--yes", *WRITER, at=clone).err == REFUSED


def test_what_came_into_a_pushed_merge_itself_stays(clone: Path, zhenggai: Runner) -> None:
    git(clone, "stash", "-q")
    git(clone, "switch", "-qc", "side")
    write(clone, {"side.txt": "x"})
    commit(clone)
    git(clone, "switch", "-q", "main")
    git(clone, "merge", "-q", "--no-ff", "--no-commit", "side")
    git(clone, "stash", "pop", "-q")
    commit(clone)
    git(clone, "push", "-q")
    assert zhenggai("undo", "--yes", *WRITER, at=clone).err == REFUSED


def test_where_git_does_not_answer_nothing_is_undone(clone: Path, zhenggai: Runner) -> None:
    (clone / ".git/HEAD").write_text("broken")
    ran = zhenggai("undo", "--yes", *WRITER, at=clone)
    assert (ran.code, ran.err.partition("，")[0]) == (2, "zhenggai：git 没有给出答复")
    assert text(clone).endswith(entry(THIRD))


def test_at_a_terminal_it_asks_first(root: Path) -> None:
    before = tree(root)
    ran = spoken(root, "undo", *WRITER, answers=[("撤销这一条？", "n")])
    assert (ran.code, tree(root)) == (2, before)
    ran = spoken(root, "undo", *WRITER, answers=[("撤销这一条？", "y")])
    assert (ran.code, text(root)) == (0, entry(FIRST) + entry(SECOND))
