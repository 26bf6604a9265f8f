"""The shared history no longer holds what this clone has seen of it: never taken silently, and nothing is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from office import BRANCH, COMMON, add, clone_into, entry, git, held, identify, is_tidy, log, number, on_server, replace
from small_repo import PLAN, UNITS, Ran, tree, write

Sync = Callable[..., Ran]


@pytest.fixture
def rewritten(office: Path, sync: Sync) -> Path:
    """``a`` has seen two entries of ``b``; the second and an edit are gone since, and ``c`` shared one of its own."""
    a, b = office / "a", office / "b"
    add(b, entry(21))
    sync(b)
    replace(b, COMMON, "进度: 20", "进度: 25")
    add(b, entry(22))
    sync(b)
    sync(a)
    late = clone_into(office / "c")
    git(late, "reset", "-q", "--hard", "HEAD^")
    add(late, entry(31))
    git(late, "add", ".")
    git(late, "commit", "-q", "-m", "改写")
    git(late, "push", "-q", "-f")
    add(a, entry(11))
    return office


@pytest.mark.parametrize("fetched", [False, True])
def test_it_is_said_and_nothing_is_taken(fetched: bool, rewritten: Path, sync: Sync) -> None:
    a, server = rewritten / "a", rewritten / "server.git"
    before, tip = tree(a), git(server, "rev-parse", BRANCH)
    if fetched:  # an editor does it every few minutes
        git(a, "fetch", "-q")
    for _ in range(2):
        ran = sync(a)
        assert ran.code == 4, ran
        assert "共享的历史被改写了" in ran.err
        assert "已不在里面的记录 1 条：00000022" in ran.err
        assert "改动了的记录 1 条：00000002" in ran.err
        assert "zhenggai sync --take-rewritten" in ran.err
        assert "zhenggai sync --restore-lost" in ran.err
        assert tree(a) == before
        assert git(server, "rev-parse", BRANCH) == tip
        assert set(held(a)) == {number(n) for n in (1, 2, 11, 21, 22)}
        is_tidy(a)


@pytest.mark.parametrize("fetched", [False, True])
def test_accepted_only_ones_own_is_kept(fetched: bool, rewritten: Path, sync: Sync) -> None:
    a = rewritten / "a"
    if fetched:
        sync(a)
        add(a, entry(12))
    ran = sync(a, "--take-rewritten")
    assert ran.code == 0, ran
    assert set(on_server(rewritten)) == {number(n) for n in (1, 2, 11, 21, 31)} | ({number(12)} if fetched else set())
    assert on_server(rewritten)[number(2)]["进度"] == "20"
    assert log(a)[0].startswith("a 台账: 县教育局")
    assert log(a)[1] == "c 改写"
    is_tidy(a)
    assert sync(a).out == "两边一致，没有要取回和推送的\n"


def test_pushed_back_all_is_there(rewritten: Path, sync: Sync) -> None:
    """What others have seen is in the history again, so that nobody else is stopped."""
    a, b = rewritten / "a", rewritten / "b"
    ran = sync(a, "--restore-lost")
    assert ran.code == 0, ran
    assert set(on_server(rewritten)) == {number(n) for n in (1, 2, 11, 21, 22, 31)}
    assert on_server(rewritten)[number(2)]["进度"] == "25"
    for clone in (b, rewritten / "c", a):
        ran = sync(clone)
        assert ran.code == 0, ran
        is_tidy(clone)
    assert tree(a) == tree(b) == tree(rewritten / "c")


def test_after_a_backup_was_restored(office: Path, sync: Sync) -> None:
    """The server has an older state of the same history: it is brought forward, and that is said."""
    a, b = office / "a", office / "b"
    old = git(office / "server.git", "rev-parse", BRANCH)
    add(b, entry(21))
    sync(b)
    sync(a)
    git(office / "server.git", "update-ref", f"refs/heads/{BRANCH}", old)
    ran = sync(a)
    assert ran.code == 0, ran
    assert "服务器上的历史退回去了 1 个提交（常见于恢复备份），这里都有，推送回去" in ran.err
    assert set(on_server(office)) == {number(n) for n in (1, 2, 21)}
    assert sync(b).out == "两边一致，没有要取回和推送的\n"


def test_a_backup_behind_what_was_only_fetched(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    old = git(office / "server.git", "rev-parse", BRANCH)
    add(b, entry(21))
    sync(b)
    git(a, "fetch", "-q")
    git(office / "server.git", "update-ref", f"refs/heads/{BRANCH}", old)
    assert sync(a).code == 0
    assert set(on_server(office)) == {number(n) for n in (1, 2, 21)} == set(held(a))


def test_another_repository_at_the_same_address(office: Path, sync: Sync) -> None:
    a = office / "a"
    sync(a)
    add(a, entry(11))
    shutil.rmtree(office / "server.git")
    git(office, "init", "-q", "--bare", "-b", BRANCH, "server.git")
    other = write(office / "c", {"plans/p.yaml": PLAN, "plans/units.yaml": UNITS, ".gitignore": ".zhenggai/\n"})
    git(other, "init", "-q", "-b", BRANCH)
    git(other, "remote", "add", "origin", "../server.git")
    identify(other, "c")
    assert sync(other).code == 0
    ran = sync(a)
    assert ran.code == 4
    assert "已不在里面的记录 2 条：00000001、00000002" in ran.err
    assert on_server(office) == {}
    assert sync(a, "--take-rewritten").code == 0
    assert set(on_server(office)) == {number(11)} == set(held(a))
    is_tidy(a)


def test_emptied_it_is_filled_again_and_that_is_said(office: Path, sync: Sync) -> None:
    a = office / "a"
    sync(a)
    shutil.rmtree(office / "server.git")
    git(office, "init", "-q", "--bare", "-b", BRANCH, "server.git")
    git(a, "config", "fetch.prune", "true")
    ran = sync(a)
    assert ran.code == 4
    assert "那里已经没有共享的分支 main" in ran.err
    git(a, "remote", "prune", "origin")
    ran = sync(a)
    assert (ran.code, "服务器上是空的，把全部历史推送回去" in ran.err) == (0, True), ran
    assert set(on_server(office)) == {number(1), number(2)}


def test_a_shallow_clone_has_seen_no_rewriting(office: Path, sync: Sync) -> None:
    a = office / "a"
    url = f"file://{office}/server.git"
    late = clone_into(office / "c", "--depth", "1", "--no-local", url=url)
    assert sync(late).code == 0
    for nth in (11, 12):
        add(a, entry(nth))
        sync(a)
    git(late, "fetch", "-q", "--depth", "1", "origin", f"+{BRANCH}:refs/remotes/origin/{BRANCH}")
    ran = sync(late)
    assert ran.code == 0, ran
    assert set(held(late)) == {number(n) for n in (1, 2, 11, 12)}


def test_what_is_to_be_asked_says_how_to_go_on(rewritten: Path, sync: Sync) -> None:
    """Without its option the command would only stop at the rewriting again."""
    late = rewritten / "c"
    replace(late, COMMON, "进度: 20", "进度: 30")
    git(late, "commit", "-q", "-a", "-m", "另改")
    git(late, "push", "-q")
    ran = sync(rewritten / "a", "--restore-lost")
    assert (ran.code, "下一步：在终端里运行 zhenggai sync --restore-lost\n" in ran.err) == (4, True), ran
