"""What ``sync`` finds: half-done merges and rebases, detached heads, other branches, worktrees, shallow and CRLF clones."""

import shutil
from collections.abc import Callable
from contextlib import suppress
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
    git_bytes,
    held,
    identify,
    is_tidy,
    ledger_file,
    log,
    number,
    on_server,
    read,
    replace,
)
from small_repo import PLAN, UNITS, Ran, tree, write
from terminal import spoken

Sync = Callable[..., Ran]
PLAN_FILE = "plans/p.yaml"
QUESTION = "用哪一个"


@pytest.fixture
def clash(office: Path, sync: Sync) -> Path:
    """The plan's title was changed on both sides; ``a`` has committed its own, and an entry, by hand."""
    a, b = office / "a", office / "b"
    replace(b, PLAN_FILE, "标题: 整改方案", "标题: 乙方案")
    add(b, entry(21))
    sync(b)
    replace(a, PLAN_FILE, "标题: 整改方案", "标题: 甲方案")
    add(a, entry(11))
    git(a, "commit", "-q", "-a", "-m", "改标题")
    git(a, "add", ".")
    git(a, "commit", "-q", "-m", "记录")
    git(a, "fetch", "-q")
    return office


BEGUN = {
    "merge": ("merge", "origin/main"),
    "rebase": ("rebase", "origin/main"),
    "rebase by patches": ("rebase", "--apply", "origin/main"),
    "cherry-pick": ("cherry-pick", "origin/main"),
    "revert": ("revert", "--no-edit", "HEAD^"),
}


@pytest.mark.parametrize("begun", BEGUN)
def test_half_done_with_conflicts(begun: str, clash: Path, sync: Sync) -> None:
    """Given up, and nothing that was written meanwhile is lost; then a person decides as ever."""
    a = clash / "a"
    if begun == "revert":
        replace(a, PLAN_FILE, "标题: 甲方案", "标题: 新方案")
        git(a, "commit", "-q", "-a", "-m", "又改")
        git(a, "revert", "--no-edit", "HEAD^^", fails=True)
    else:
        git(a, *BEGUN[begun], fails=True)
    assert "<<<<<<<" in (a / PLAN_FILE).read_text("utf-8")
    add(a, entry(12))
    add(a, entry(13), file=ledger_file("c"))
    replace(a, "plans/units.yaml", "- {名称: 河东乡", "- {名称: 河西乡, 类别: 乡镇}\n- {名称: 河东乡")
    ran = sync(a)
    assert ran.code == 4
    assert "已放下，由 sync 重新合并；当时的文件留在 refs/zhenggai/kept/" in ran.err
    assert "要人来定：plans/p.yaml" in ran.err
    assert git(a, "symbolic-ref", "HEAD") == f"refs/heads/{BRANCH}"
    title = "新方案" if begun == "revert" else "甲方案"
    assert f"标题: {title}" in (a / PLAN_FILE).read_text("utf-8")
    add(a, entry(14))
    ran = spoken(a, "sync", answers=[(QUESTION, "2")] * (2 if begun == "revert" else 1))
    assert ran.code == 0, ran.out
    assert {number(n) for n in (1, 2, 11, 12, 13, 14, 21)} == set(on_server(clash))
    text = git_bytes(clash / "server.git", f"{BRANCH}:{PLAN_FILE}").decode()
    assert "标题: 乙方案" in text
    assert "河西乡" in git_bytes(clash / "server.git", f"{BRANCH}:plans/units.yaml").decode()
    assert git(a, "log", "--author=a@x", "--format=%h", BRANCH, "--", ledger_file("b")) == ""
    is_tidy(a)


def test_a_merge_that_somebody_resolved_and_did_not_commit(clash: Path, sync: Sync) -> None:
    a = clash / "a"
    git(a, "merge", "origin/main", fails=True)
    text = (a / PLAN_FILE).read_text("utf-8")
    (a / PLAN_FILE).write_bytes(
        (text.partition("<<<")[0] + "标题: 丙方案\n" + text.partition(">>>>>>> origin/main\n")[2]).encode()
    )
    git(a, "add", ".")
    add(a, entry(12))
    ran = sync(a)
    assert ran.code == 0, ran
    assert "上次的合并已经解决，替你提交了" in ran.err
    assert "标题: 丙方案" in git_bytes(clash / "server.git", f"{BRANCH}:{PLAN_FILE}").decode()
    assert {number(n) for n in (1, 2, 11, 12, 21)} == set(on_server(clash))
    is_tidy(a)


def test_resolved_by_hand_and_not_added(clash: Path, sync: Sync) -> None:
    """What was decided by hand is one of the two sides to choose from."""
    a = clash / "a"
    git(a, "merge", "origin/main", fails=True)
    text = (a / PLAN_FILE).read_text("utf-8")
    (a / PLAN_FILE).write_bytes(
        (text.partition("<<<")[0] + "标题: 丙方案\n" + text.partition(">>>>>>> origin/main\n")[2]).encode()
    )
    assert sync(a).code == 4
    assert "标题: 丙方案" in (a / PLAN_FILE).read_text("utf-8")


def test_what_a_merge_brought_is_not_ones_own(clash: Path, sync: Sync) -> None:
    a = clash / "a"
    git(a, "merge", "origin/main", fails=True)
    assert (a / ledger_file("b")).exists()
    add(a, entry(12))
    (clash / "server.git").rename(clash / "away")
    assert sync(a).code == 4
    assert set(held(a)) == {number(n) for n in (1, 2, 11, 12)}
    is_tidy(a)


def test_interrupted_while_it_gives_up(clash: Path, sync: Sync) -> None:
    """Before and after git's own abort: the entry of meanwhile comes through."""
    from test_sync_interrupted import Killed, killed_at

    for nth in range(6):
        office = shutil.copytree(clash, clash.parent / "n", symlinks=True)
        a = office / "a"
        git(a, "rebase", "origin/main", fails=True)
        add(a, entry(12))
        ran = None
        with killed_at(nth) as done, suppress(Killed):
            ran = sync(a)
        ran = ran or sync(a)
        assert ran.code == 4
        assert "要人来定" in ran.err, (nth, done)
        assert "标题: 甲方案" in (a / PLAN_FILE).read_text("utf-8"), (nth, done)
        written = {str(values["编号"]) for values in read((a / ledger_file("a")).read_bytes(), "")}
        assert written == {number(11), number(12)}, (nth, done)
        assert git(a, "symbolic-ref", "HEAD") == f"refs/heads/{BRANCH}"
        shutil.rmtree(office)
    assert any("--abort" in step for step in done)


def test_detached_at_an_old_commit(office: Path, sync: Sync) -> None:
    a = office / "a"
    add(a, entry(11))
    sync(a)
    git(a, "switch", "-q", "--detach", "HEAD^")
    assert sync(a).code == 0
    assert git(a, "symbolic-ref", "HEAD") == f"refs/heads/{BRANCH}"
    assert number(11) in held(a)
    is_tidy(a)


def test_detached_with_own_commits_and_changes(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    add(b, entry(21))
    sync(b)
    add(a, entry(11))
    sync(a)
    git(a, "switch", "-q", "--detach", "HEAD^^")
    add(a, entry(12))
    git(a, "add", ".")
    git(a, "commit", "-q", "-m", "游离")
    add(a, entry(13))
    write(a, {NOBODYS: "草稿\n"})
    assert sync(a).code == 0
    assert {number(n) for n in (1, 2, 11, 12, 13, 21)} == set(on_server(office)) == set(held(a))
    assert (a / NOBODYS).read_text("utf-8") == "草稿\n"


def test_detached_with_many_branches(office: Path, sync: Sync) -> None:
    a = office / "a"
    git(a, "branch", "草稿")
    git(a, "switch", "-q", "--detach")
    assert sync(a).code == 0  # only one is shared
    git(a, "branch", "-u", "origin/main", "草稿")
    git(a, "switch", "-q", "--detach")
    ran = sync(a)
    assert ran.code == 4
    assert "现在不在任何分支上，可回的分支有 2 个" in ran.err


def test_a_branch_of_another_name_goes_to_the_main_one(office: Path, sync: Sync) -> None:
    """Nobody would see what lies on a branch of its own."""
    late = write(
        office / "c", {"plans/p.yaml": PLAN, "plans/units.yaml": UNITS, ".gitignore": ".zhenggai/\n.zhenggai-*\n"}
    )
    git(late, "init", "-q", "-b", "master")
    git(late, "remote", "add", "origin", "../server.git")
    identify(late, "c")
    add(late, entry(31))
    ran = sync(late)
    assert ran.code == 0, ran
    assert git(office / "server.git", "for-each-ref", "--format=%(refname)", "refs/heads") == f"refs/heads/{BRANCH}"
    assert set(on_server(office)) == {number(n) for n in (1, 2, 31)}
    assert git(late, "config", "branch.master.merge") == f"refs/heads/{BRANCH}"
    is_tidy(late)
    assert sync(late).out == "两边一致，没有要取回和推送的\n"


def test_own_history_without_a_common_commit(office: Path, sync: Sync) -> None:
    late = write(office / "c", {"plans/p.yaml": PLAN, "plans/units.yaml": UNITS})
    git(late, "init", "-q", "-b", BRANCH)
    git(late, "remote", "add", "origin", "../server.git")
    identify(late, "c")
    git(late, "add", ".")
    git(late, "commit", "-q", "-m", "另起")
    add(late, entry(31))
    assert sync(late).code == 0
    assert set(on_server(office)) == {number(n) for n in (1, 2, 31)}
    is_tidy(late)


def test_a_branch_beside_the_main_one_stays_beside(office: Path, sync: Sync) -> None:
    a = office / "a"
    git(a, "switch", "-q", "-c", "草稿", "--no-track")
    add(a, entry(11))
    assert sync(a).code == 0
    assert set(on_server(office)) == {number(1), number(2)}
    assert number(11) in held(office / "server.git", "草稿")


def test_no_upstream_and_no_refspec(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    add(b, entry(21))
    sync(b)
    for section in (f"branch.{BRANCH}",):
        git(a, "config", "--remove-section", section)
    git(a, "config", "--unset-all", "remote.origin.fetch")
    add(a, entry(11))
    assert sync(a).code == 0
    assert set(on_server(office)) == set(held(a)) == {number(n) for n in (1, 2, 11, 21)}


def test_what_the_branch_follows_is_kept_though_nothing_was_to_be_pushed(office: Path, sync: Sync) -> None:
    a = office / "a"
    git(a, "config", "--remove-section", f"branch.{BRANCH}")
    assert sync(a).out == "两边一致，没有要取回和推送的\n"
    assert git(a, "rev-parse", "--abbrev-ref", "@{upstream}") == f"origin/{BRANCH}"


def test_a_server_that_was_made_anew(office: Path, sync: Sync) -> None:
    a = office / "a"
    shutil.rmtree(office / "server.git")
    git(office, "init", "-q", "--bare", "-b", BRANCH, "server.git")
    ran = sync(a)
    assert ran.code == 4
    assert "那里已经没有共享的分支 main" in ran.err
    git(a, "remote", "prune", "origin")
    assert sync(a).code == 0
    assert set(on_server(office)) == {number(1), number(2)}


def test_shallow_clones(office: Path, sync: Sync) -> None:
    a = office / "a"
    late = clone_into(office / "c", "--depth", "1", "--no-local", url=f"file://{office}/server.git")
    for nth in (11, 12):
        add(a, entry(nth))
        sync(a)
    add(late, entry(31))
    assert sync(late).code == 0
    add(a, entry(13))
    sync(a)
    assert set(on_server(office)) == set(held(a)) == {number(n) for n in (1, 2, 11, 12, 13, 31)}


def test_a_root_below_the_top(tmp_path: Path, home: Path, sync: Sync) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", BRANCH, "server.git")
    clones = [tmp_path / name for name in ("a", "b")]
    git(tmp_path, "clone", "-q", "server.git", "a")
    identify(clones[0], "a")
    write(clones[0] / "全 县/台账", {"plans/p.yaml": PLAN, "plans/units.yaml": UNITS})
    write(clones[0], {"ledgers/别的": "x", ".gitignore": ".zhenggai/\n"})
    add(clones[0] / "全 县/台账", entry(11), file=ledger_file("a"))
    assert sync(clones[0] / "全 县/台账").out == "推送 县教育局 新增1条，改动 p.yaml、units.yaml\n"
    git(clones[0], "add", ".")
    git(clones[0], "commit", "-q", "-m", "其余")
    sync(clones[0] / "全 县/台账")
    git(tmp_path, "clone", "-q", "server.git", "b")
    identify(clones[1], "b")
    below = clones[1] / "全 县/台账/ledgers"
    add(below.parent, entry(21), file=ledger_file("b"))
    write(clones[1], {"ledgers/别的": "y"})
    assert sync(below).out == "推送 城关镇 新增1条\n另有 1 个改动的文件不归台账，没有提交：ledgers/别的\n"
    assert sync(clones[0] / "全 县/台账").out == "取回 城关镇的记录\n"
    assert set(held(clones[0])) == {number(11), number(21)}
    is_tidy(clones[0])


def test_worktrees_of_one_repository(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    beside = office / "旁边"
    git(a, "worktree", "add", "-q", "--detach", str(beside))
    add(b, entry(21))
    sync(b)
    ran = sync(beside)
    assert ran.code == 4  # the branch is checked out in the other: its files must not lag behind
    assert "可回的分支有 0 个" in ran.err
    git(beside, "switch", "-q", "-c", "二", "-t", "origin/main")
    add(a, entry(11))
    add(beside, entry(12), file=ledger_file("c"))
    assert sync(a).code == 0
    assert sync(beside).code == 0
    assert sync(a).code == 0
    assert set(on_server(office)) == {number(n) for n in (1, 2, 11, 12, 21)} == set(held(a)) == set(held(beside))
    is_tidy(a)
    is_tidy(beside)


def test_line_ends_of_windows(office: Path, sync: Sync) -> None:
    """``core.autocrlf`` without ``.gitattributes``: files lie here with CRLF, and go out with LF."""
    b = office / "b"
    late = clone_into(office / "c", "-c", "core.autocrlf=true")
    assert b"\r\n" in (late / COMMON).read_bytes()
    replace(b, COMMON, "进度: 10", "进度: 15")
    add(b, entry(21, measure="2-3"), file=COMMON)
    sync(b)
    replace(late, COMMON, "进度: 20", "进度: 25")
    add(late, entry(31).replace("\n", "\r\n"), file=ledger_file("a"))
    assert sync(late).code == 0
    assert b"\n" not in (late / COMMON).read_bytes().replace(b"\r\n", b"")
    sync(b)
    for clone in (b, late):
        assert {n: values.get("进度") for n, values in held(clone).items()} == {number(1): "15", number(2): "25", number(21): None, number(31): None}  # fmt: skip
        assert b"\r" not in git_bytes(clone, f"HEAD:{ledger_file('a')}")
        is_tidy(clone)


def test_conflict_marks_that_a_stash_left(office: Path, sync: Sync) -> None:
    """No operation is under way, yet git's marks stand in the file: an error with its line, and nothing goes out."""
    a = office / "a"
    replace(a, PLAN_FILE, "标题: 整改方案", "标题: 甲方案")
    git(a, "stash", "-q")
    replace(a, PLAN_FILE, "标题: 整改方案", "标题: 乙方案")
    git(a, "commit", "-q", "-a", "-m", "乙")
    git(a, "stash", "pop", fails=True)
    ran = sync(a)
    assert ran.code == 1
    assert "plans/p.yaml" in ran.err
    assert "乙" not in git_bytes(office / "server.git", f"{BRANCH}:{PLAN_FILE}").decode()
    git(a, "checkout", "-q", log(a, form="%h")[1], "--", PLAN_FILE)
    assert sync(a).code == 0
    assert "标题: 乙方案" in git_bytes(office / "server.git", f"{BRANCH}:{PLAN_FILE}").decode()


def test_staged_only_for_show(office: Path, sync: Sync) -> None:
    """Whatever is staged of the ledger, the files are what counts."""
    a = office / "a"
    add(a, entry(11))
    git(a, "add", ".")
    add(a, entry(12))
    git(a, "rm", "-q", "--cached", COMMON)
    assert sync(a).out == "推送 县教育局 新增2条\n"
    assert set(on_server(office)) == {number(n) for n in (1, 2, 11, 12)}
    is_tidy(a)
    assert tree(a)[COMMON]
