"""Git's English never reaches the user: the message is Chinese, and the log that it names has git's own words."""

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from office import BRANCH, add, entry, git, held, is_tidy, number
from small_repo import Ran, small_repo, write
from zhenggai.sharing import git_log
from zhenggai.sharing.git import Answer
from zhenggai.sharing.git_complaints import failure

Sync = Callable[..., Ran]
ENGLISH = re.compile(r"fatal|error|remote:|hint|refus|denied|fail|unable|cannot|could not|protected", re.IGNORECASE)
LOGGED = "  git 的原话记在 .zhenggai/git.log"


def hook(office: Path, script: str) -> None:
    path = write(office / "server.git/hooks", {"pre-receive": f"#!/bin/sh\n{script}\n"}) / "pre-receive"
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def in_chinese(clone: Path, ran: Ran, what: str, remedy: str, said: str) -> None:
    """What is the matter, the next step, where git's words are, and nothing else; they are in the log."""
    assert ran.code == 4
    message = ran.err.partition("zhenggai：")[2].splitlines()
    assert message[0] == what
    assert message[1].startswith(f"  下一步：{remedy}")
    assert message[2:] == [LOGGED]
    assert not ENGLISH.search(ran.err)
    assert said in log_of(clone)


def log_of(clone: Path) -> str:
    return (clone / git_log.LOG).read_text("utf-8")


@pytest.mark.parametrize(
    ("script", "what", "remedy"),
    [
        (
            "echo 'You are not allowed to push code to protected branches on this project.'; exit 1",
            "服务器没有收下：这个账号不能往那里写；本机的记录都在",
            "请管理员开通权限",
        ),
        (
            "echo 'File size limit exceeded'; exit 1",
            "服务器没有收下：一次交的太大；本机的记录都在",
            "佐证太大的，换成小的",
        ),
        ("exit 1", "服务器没有收下：它的检查没有通过；本机的记录都在", "把 git 的原话告诉管理员"),
    ],
)
def test_a_server_that_refuses_in_english(script: str, what: str, remedy: str, office: Path, sync: Sync) -> None:
    a = office / "a"
    add(a, entry(11))
    hook(office, script)
    in_chinese(a, sync(a), what, remedy, "[remote rejected]")
    assert number(11) in held(a)
    is_tidy(a)


def test_a_server_that_has_no_room(office: Path, sync: Sync) -> None:
    git(office / "server.git", "config", "receive.maxInputSize", "10")
    a = office / "a"
    add(a, entry(11))
    in_chinese(a, sync(a), "服务器没有收下：一次交的太大；本机的记录都在", "佐证太大的", "maximum allowed size")


def test_somebodys_working_folder_is_no_server(office: Path, sync: Sync) -> None:
    a = office / "a"
    git(a, "remote", "set-url", "origin", "../b")
    add(a, entry(11))
    what = "服务器没有收下：那是别人正在用的文件夹，不是共享的仓库；本机的记录都在"
    in_chinese(a, sync(a), what, "请管理员用 zhenggai init --server 建一个", "checked out")


def test_an_address_that_leads_nowhere(office: Path, sync: Sync) -> None:
    a = office / "a"
    git(a, "remote", "set-url", "origin", "../没有.git")
    what, remedy = "取回没有成功：远程地址不对，或没有这个仓库的权限", "核对 git remote -v 显示的地址"
    in_chinese(a, sync(a), what, remedy, "does not appear to be a git repository")
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} 取回\nfatal: ", log_of(a))


def test_a_server_with_another_history(office: Path, sync: Sync) -> None:
    """Somebody has made it anew. What is here and there stays, and nothing is said in English."""
    a, server = office / "a", office / "server.git"
    other = office / "other"
    git(office, "init", "-q", "-b", BRANCH, "other")
    small_repo(other)
    git(other, "add", ".")
    git(other, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "-m", "另建")
    git(other, "push", "-q", "--force", str(server), BRANCH)
    add(a, entry(11))
    ran = sync(a)
    assert ran.code == 4
    assert "下一步：" in ran.err
    assert not ENGLISH.search(ran.err)
    assert number(11) in (a / "ledgers/p/县教育局/2020-06.办公室.aa.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "what", "remedy"),
    [
        ("error: open('.git/FETCH_HEAD'): Permission denied", "没有写入的权限", "看这个文件夹能否写入"),
        ("fatal: refusing to merge unrelated histories", "两边的历史没有共同的开头", "核对 git remote -v"),
        (
            "fatal: detected dubious ownership in repository at '/data/台账'\nTo add an exception …",
            "git 认为这个文件夹属于别的用户，不肯使用",
            'git config --global --add safe.directory "/data/台账"',
        ),
        ("git@x: Permission denied (publickey).", "服务器不认这里的账号或密码", "核对账号"),
    ],
)
def test_words_that_this_computer_cannot_provoke(words: str, what: str, remedy: str, tmp_path: Path) -> None:
    message = str(failure("取回", Answer(128, b"", words), tmp_path)).splitlines()
    assert message[0] == f"取回没有成功：{what}"
    assert message[1].startswith(f"  下一步：{remedy}")
    assert message[2:] == [LOGGED]


def test_words_that_nobody_knows_are_for_the_administrator(tmp_path: Path) -> None:
    assert str(failure("推送", Answer(1, b"", "fatal: the moon is full\n"), tmp_path)) == (
        f"推送没有成功，git 报了错\n  下一步：把 git 的原话告诉管理员\n{LOGGED}"
    )
    assert log_of(tmp_path).endswith(" 推送\nfatal: the moon is full\n\n")


def test_the_log_keeps_the_newest_words_only(tmp_path: Path) -> None:
    for nth in range(3):
        git_log.logged(tmp_path, "推送", f"{nth} {'x' * 40_000}")
    assert (tmp_path / git_log.LOG).stat().st_size == 64 * 1024
    assert "2 xxx" in log_of(tmp_path)


def test_a_password_in_an_address_is_not_logged(tmp_path: Path) -> None:
    git_log.logged(tmp_path, "推送", "fatal: unable to access 'https://me:secret@server/x.git/'")
    assert log_of(tmp_path).endswith("fatal: unable to access 'https://server/x.git/'\n\n")


def test_where_no_log_can_be_written_the_words_are_shown(tmp_path: Path) -> None:
    """A link in its place is not followed."""
    kept = write(tmp_path, {"elsewhere": "", ".zhenggai/clone": ""}) / "elsewhere"
    (tmp_path / git_log.LOG).symlink_to(kept)
    assert git_log.logged(tmp_path, "推送", "fatal: a\nfatal: b") == "  git 的原话：\n    fatal: a\n    fatal: b"
    assert kept.read_text() == ""


def test_a_repository_that_git_cannot_read(office: Path, zhenggai: Callable[..., Ran]) -> None:
    a = office / "a"
    write(a, {".git/HEAD": "broken"})
    ran = zhenggai("audit", at=a)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (f"zhenggai：git 读不出历史\n  下一步：请懂 git 的同事看 git 的原话，或重新克隆\n{LOGGED}\n")
    looked = zhenggai("doctor", at=a)
    assert "git 读不出这里（git 的原话记在 .zhenggai/git.log）" in looked.out
    assert not ENGLISH.search(looked.out + looked.err)
