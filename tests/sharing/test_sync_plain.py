"""``sync`` on ordinary days: changes go out and come in, in turn, offline and after."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from office import (
    BRANCH,
    COMMON,
    NOBODYS,
    add,
    clone_into,
    entry,
    git,
    held,
    identify,
    is_tidy,
    ledger_file,
    log,
    number,
    on_server,
    replace,
)
from small_repo import Ran, ledger_files, small_repo, snapshot_in, tree, write
from zhenggai.sharing import git as git_calls

Sync = Callable[..., Ran]
OFFLINE = "远程地址不对"


def test_two_in_turn(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    add(a, entry(11), entry(12, measure="1-2"))
    assert sync(a) == Ran(0, "推送 县教育局 新增2条\n", "取回……\n检查……\n推送……\n")
    add(b, entry(21))
    assert sync(b).out == "取回 县教育局的记录\n推送 城关镇 新增1条\n"
    assert sync(a).out == "取回 城关镇的记录\n"
    before = git(a, "rev-parse", "HEAD")
    assert sync(a) == Ran(0, "两边一致，没有要取回和推送的\n", "取回……\n")
    assert log(a) == [
        "b 台账: 城关镇 2020-07-01 新增1条 (1-1)",
        "a 台账: 县教育局 2020-07-01 新增2条 (1-1, 1-2)",
        "管理员 建库",
    ]
    assert set(on_server(office)) == {number(n) for n in (1, 2, 11, 12, 21)}
    for clone in (a, b):
        is_tidy(clone)
        assert git(clone, "rev-parse", "HEAD") == before


@pytest.mark.parametrize(("own", "most"), [(False, 30), (True, 51)], ids=["nothing new", "an entry"])
def test_git_is_not_asked_what_is_known(
    office: Path, sync: Sync, monkeypatch: pytest.MonkeyPatch, own: bool, most: int
) -> None:
    """On Windows each process takes a twentieth of a second."""
    clone, made = office / "a", list[str]()
    assert sync(clone).code == 0
    if own:
        add(clone, entry(11))

    def counted(folder: Path, *arguments: str) -> list[str]:
        made.append(" ".join(arguments))
        return command(folder, *arguments)

    command = git_calls.command
    monkeypatch.setattr(git_calls, "command", counted)
    assert sync(clone).code == 0
    assert len(made) <= most, "\n".join(made)


def test_an_old_ledger_goes_out_whole_and_comes_in_in_time(office: Path, sync: Sync) -> None:
    """Entries for two units, in the folder of the unit that recorded them, with the plan's 期初."""
    a, b = office / "a", office / "b"
    replace(a, "plans/p.yaml", "问题:\n", "期初: 2020-06-20\n问题:\n")
    imported = """
    06-10/07-01 县委组织部 进展 1-1 单位=县教育局 代录=是 录自=台账.xlsx:台账!H2
    06-20/07-01 县委组织部 完成 1-1 单位=城关镇 代录=是 录自=台账.xlsx:台账!H3
    """
    write(a, ledger_files(imported))
    assert sync(a).out == "推送 县委组织部 新增2条，改动 p.yaml\n"
    assert sync(b).out == "取回 县委组织部的记录；plans/ 的 p.yaml\n"
    snapshot = snapshot_in(b, "07-05")
    done = {task.given: (task.row.imported, task.row.is_complete) for task in snapshot.of_measure["1-1"]}
    assert done == {"城关镇": (1, True), "河东乡": (0, False), "县教育局": (1, False)}


def test_the_first_sync_fills_an_empty_server(tmp_path: Path, sync: Sync) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", BRANCH, "空.git")
    clone = small_repo(tmp_path / "新 建", "04-10 县教育局 进展 1-1 进度=40")
    git(clone, "init", "-q", "-b", BRANCH)
    git(clone, "remote", "add", "origin", "../空.git")
    identify(clone, "a")
    assert sync(clone).out == "推送 县教育局 新增1条，改动 p.yaml、units.yaml\n"
    assert log(tmp_path / "空.git", BRANCH) == ["a 台账: 县教育局 2020-07-01 新增1条，改动p.yaml、units.yaml (1-1)"]
    assert git(clone, "config", f"branch.{BRANCH}.merge") == f"refs/heads/{BRANCH}"
    is_tidy(clone)
    assert sync(clone).out == "两边一致，没有要取回和推送的\n"


def test_an_empty_clone_of_an_empty_server(tmp_path: Path, sync: Sync) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", BRANCH, "空.git")
    clone = write(tmp_path / "c", {"plans/.gitkeep": ""})
    git(clone, "init", "-q", "-b", BRANCH)
    git(clone, "remote", "add", "origin", "../空.git")
    identify(clone, "a")
    (clone / "plans/.gitkeep").unlink()
    assert sync(clone) == Ran(0, "两边一致，没有要取回和推送的\n", "取回……\n")


def test_without_a_server_all_is_committed(office: Path, sync: Sync) -> None:
    a = office / "a"
    git(a, "remote", "remove", "origin")
    add(a, entry(11))
    assert sync(a).out == "还没有远程仓库，只在本机提交\n  下一步：zhenggai init --remote 地址，再运行 zhenggai sync\n"
    assert log(a)[0] == "a 台账: 县教育局 2020-07-01 新增1条 (1-1)"
    is_tidy(a)


def test_offline_days_become_one_commit(office: Path, sync: Sync) -> None:
    a, server = office / "a", office / "server.git"
    server.rename(office / "away")
    for nth in (11, 12, 13):
        add(a, entry(nth, day=nth))
        ran = sync(a)
        assert (ran.code, ran.out) == (4, "")
        assert "自己的改动已在本机提交，等连上再推送\n" in ran.err
        assert OFFLINE in ran.err
        assert "下一步：" in ran.err
        is_tidy(a)
    assert len(log(a)) == 4
    ran = sync(a)
    assert "已在本机提交" in ran.err  # still waiting
    (office / "away").rename(server)
    assert sync(a).out == "推送 县教育局 新增3条\n"
    assert log(server, BRANCH) == ["a 台账: 县教育局 2020-07-01 新增3条 (1-1)", "管理员 建库"]
    server.rename(office / "away")
    assert "提交" not in sync(a).err  # nothing waits, nothing is said of it


def test_a_commit_by_hand_stands_alone(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    add(b, entry(21))
    sync(b)
    add(a, entry(11))
    git(a, "add", ".")
    git(
        a,
        "commit",
        "-q",
        "-m",
        "手工补录\n\n原因：上周\n停电",
        "--author",
        "老王 <w@x>",
        "--date",
        "2020-05-01T08:00:00+08:00",
    )
    add(a, entry(12))
    sync(a)
    whole = git(a, "log", "-1", "--format=%an|%ae|%aI|%cn|%B", "HEAD^")
    assert whole == "老王|w@x|2020-05-01T08:00:00+08:00|a|手工补录\n\n原因：上周\n停电"
    assert log(a)[:3] == [
        "a 台账: 县教育局 2020-07-01 新增1条 (1-1)",
        "老王 手工补录",
        "b 台账: 城关镇 2020-07-01 新增1条 (1-1)",
    ]
    assert set(on_server(office)) == {number(n) for n in (1, 2, 11, 12, 21)}


def test_a_message_in_another_encoding_keeps_its_characters(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    for name in ("i18n.commitEncoding", "i18n.logOutputEncoding"):
        git(a, "config", name, "GBK")
    add(a, entry(11))
    git(a, "add", ".")
    message = office / "信"
    message.write_bytes("手工补录".encode("gbk"))
    git(a, "commit", "-q", "-F", str(message))
    add(b, entry(21))
    sync(b)
    sync(a)
    assert log(office / "server.git", BRANCH)[0] == "a 手工补录"


def plan_edit(clone: Path) -> None:
    replace(clone, "plans/p.yaml", "制定办法", "制定考核办法")


def edit(clone: Path) -> None:
    replace(clone, COMMON, "进度: 10", "进度: 15")


def evidence(clone: Path) -> None:
    write(clone, {"ledgers/p/县教育局/附件/2020-06/纪要.2d711642.txt": "x"})


def report(clone: Path) -> None:
    write(clone, {"ledgers/p/报告/周报第021期.txt": "x", "ledgers/p/报告/周报第021期.json": "{}"})


def test_a_report_is_no_unit_and_a_copy_holds_no_entries(office: Path, sync: Sync) -> None:
    """A stray copy of a ledger file is shared, counts for nothing, and goes again without a question."""
    a, b = office / "a", office / "b"
    report(b)
    assert sync(b).out == "推送 印发 周报第021期\n"
    assert sync(a).out == "取回 印发的 周报第021期\n"
    copy = add(b, entry(21), file="ledgers/p/城关镇/2020-06.办公室.bb.yaml.bak")
    assert sync(b).out == "推送 城关镇 改动文件\n"
    assert sync(a).out == "取回 城关镇的记录\n"
    copy.unlink()
    assert sync(b).out == "推送 城关镇 改动文件\n"
    assert number(21) not in on_server(office)


def several_units(clone: Path) -> None:
    write(
        clone,
        ledger_files(
            "\n".join(
                f"06-0{n} {unit} 进展 1-{n}" for n, unit in enumerate(("城关镇", "河东乡", "县财政局", "县委办公室"), 1)
            )
        ),
    )


@pytest.mark.parametrize(
    ("acts", "subject"),
    [
        ((edit,), "台账: 县财政局 2020-07-01 改动1条"),
        ((edit, lambda c: add(c, entry(11))), "台账: 县教育局、县财政局 2020-07-01 新增1条，改动1条 (1-1)"),
        ((plan_edit,), "方案: 2020-07-01 改动 p.yaml"),
        ((evidence,), "台账: 县教育局 2020-07-01 佐证1份"),
        ((evidence, lambda c: add(c, entry(11, measure="3-2"))), "台账: 县教育局 2020-07-01 新增1条 (3-2)"),
        ((report,), "台账: 2020-07-01，印发周报第021期"),
        ((several_units,), "台账: 县委办公室、县财政局、城关镇等4个单位 2020-07-01 新增4条 (1-4, 1-3, 1-1, 1-2)"),
        ((lambda c: (c / COMMON).unlink(),), "台账: 县财政局 2020-07-01 删去2条"),
        ((lambda c: replace(c, COMMON, "- 编号", "# 说明\n- 编号"),), "台账: 县财政局 2020-07-01 改动文件"),
    ],
)
def test_subjects_say_what_was_done(
    acts: tuple[Callable[[Path], object], ...], subject: str, office: Path, sync: Sync
) -> None:
    a = office / "a"
    git(a, "remote", "remove", "origin")
    for act in acts:
        act(a)
    sync(a)
    assert git(a, "log", "-1", "--format=%B") == subject


def test_what_is_none_of_the_ledgers_stays_as_it_is(office: Path, sync: Sync) -> None:
    """Changed, staged, staged and changed again, new: as before in file and index, whatever comes in."""
    a, b = office / "a", office / "b"
    add(b, entry(21))
    sync(b)
    write(a, {NOBODYS: "草稿一\n", "新建.txt": "一\n"})
    git(a, "add", NOBODYS, "新建.txt")
    write(a, {NOBODYS: "草稿二\n", "没管.txt": "二\n"})
    staged = git(a, "diff", "--cached")
    changed = git(a, "diff")
    add(a, entry(11))
    assert sync(a).out == (
        "取回 城关镇的记录\n推送 县教育局 新增1条\n另有 2 个改动的文件不归台账，没有提交：README.md、新建.txt\n"
    )
    assert (git(a, "diff", "--cached"), git(a, "diff")) == (staged, changed)
    assert (a / "没管.txt").read_text("utf-8") == "二\n"


def test_others_changed_the_same_foreign_file(office: Path, sync: Sync) -> None:
    """It is said at once and clearly; moved aside, all goes on."""
    a, b = office / "a", office / "b"
    write(b, {NOBODYS: "新说明\n"})
    git(b, "commit", "-q", "-a", "-m", "说明")
    sync(b)
    write(a, {NOBODYS: "我的草稿\n"})
    add(a, entry(11))
    before = tree(a)
    ran = sync(a)
    assert ran.code == 4
    assert "README.md 别人改了，这里也有没提交的改动" in ran.err
    assert "下一步：" in ran.err
    assert tree(a) == before
    (a / NOBODYS).rename(a / "草稿.md")
    assert sync(a).code == 0
    assert (a / NOBODYS).read_text("utf-8") == "新说明\n"
    assert number(11) in on_server(office)


def test_a_clone_that_comes_later_gets_all(office: Path, sync: Sync) -> None:
    add(office / "a", entry(11))
    sync(office / "a")
    late = clone_into(office / "c")
    add(late, entry(31))
    assert sync(late).code == 0
    assert set(held(late)) == set(on_server(office)) == {number(n) for n in (1, 2, 11, 31)}


def test_files_and_modes_that_go_and_come(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    odd = [
        "ledgers/p/县教育局/附件/2020-06/-n",
        "ledgers/p/县教育局/附件/2020-06/*.yaml",
        "ledgers/p/县教育局/附件/2020-06/图 “😀” '引'.png",
        'ledgers/p/县教育局/附件/2020-06/"双".txt',
        "ledgers/p/县教育局/附件/2020-06/\t制表",
    ]
    write(a, {name: bytes([0, 255, nth]) for nth, name in enumerate(odd)})
    sync(a)
    assert sync(b).code == 0
    assert tree(b) == tree(a)
    (a / odd[0]).chmod(0o755)
    (a / odd[1]).unlink()
    sync(a)
    sync(b)
    assert tree(b) == tree(a)
    assert (b / odd[0]).stat().st_mode & 0o111
    (a / odd[0]).chmod(0o644)
    sync(a)
    assert sync(b).out == "取回 县教育局的记录\n"
    assert not (b / odd[0]).stat().st_mode & 0o111
    is_tidy(b)
    assert sync(b).out == "两边一致，没有要取回和推送的\n"


def test_evidence_that_gitignore_hides_goes_too(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    write(a, {".gitignore": ".zhenggai/\n*.pdf\n附件/\n.vscode/\nledgers/p/县教育局/\n", ".vscode/settings.json": "{}"})
    write(
        a,
        {
            "ledgers/p/县教育局/附件/2020-06/纪要.315d429b.pdf": b"%PDF",
            "ledgers/p/县教育局/附件/2020-06/~$纪要.docx": "w",
        },
    )
    add(a, entry(11))
    assert sync(a).code == 0
    sync(b)
    names = set(tree(b))
    assert {"ledgers/p/县教育局/附件/2020-06/纪要.315d429b.pdf", ledger_file("a"), ".vscode/settings.json"} <= names
    assert not any("~$" in name for name in names)


def test_written_in_the_same_moment_and_as_long(office: Path, sync: Sync) -> None:
    """A change that neither time nor size of the file shows is seen all the same."""
    a = office / "a"
    git(a, "update-index", "--refresh")
    file = a / COMMON
    at = file.stat().st_mtime_ns
    index = a / ".git/index"
    os.utime(index, ns=(at, at))
    replace(a, COMMON, "进度: 10", "进度: 15")
    os.utime(file, ns=(at, at))
    assert sync(a).out == "推送 县财政局 改动1条\n"
    assert on_server(office)[number(1)]["进度"] == "15"


def test_folder_and_file_change_places(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    write(a, {"plans/资料": "x"})
    sync(a)
    sync(b)
    (a / "plans/资料").unlink()
    write(a, {"plans/资料/一.txt": "1", "plans/资料/二.txt": "2"})
    sync(a)
    assert sync(b).code == 0
    assert tree(b) == tree(a)
    shutil.rmtree(a / "plans/资料")
    write(a, {"plans/资料": "y"})
    sync(a)
    assert sync(b).code == 0
    assert tree(b) == tree(a)
    is_tidy(b)
