"""The server says no, or nothing, or others are faster; there is no identity, no git, no repository."""

import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from office import BRANCH, COMMON, add, entry, git, held, is_tidy, log, number, on_server, replace, state
from small_repo import Ran, write
from zhenggai.sharing.sync import remote
from zhenggai.sharing.sync import sync as syncing

Sync = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)


def hook(office: Path, name: str, script: str) -> None:
    """A hook of the server."""
    path = write(office / "server.git/hooks", {name: f"#!/bin/sh\n{script}\n"}) / name
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_push_that_is_declined(office: Path, sync: Sync) -> None:
    """The reason is shown; once the file is right, the refused version is in no history."""
    a = office / "a"
    words = "echo '县教育局 20200601-00000011：内容里有身份证号'; exit 1"
    hook(office, "pre-receive", f"while read old new ref; do git grep -q 身份证 $new && {{ {words}; }}; done; exit 0")
    add(a, entry(11, "张三身份证 110"))
    ran = sync(a)
    assert ran == Ran(
        4,
        "",
        "取回……\n检查……\n推送……\n"
        "zhenggai：服务器没有收下，本机的记录都在\n  下一步：按下面的话改好，再运行 zhenggai sync\n"
        "    县教育局 20200601-00000011：内容里有身份证号\n",
    )
    assert number(11) in held(a)
    is_tidy(a)
    replace(a, "ledgers/p/县教育局/2020-06.办公室.aa.yaml", "张三身份证 110", "张某")
    assert sync(a).out == "推送 县教育局 新增1条\n"
    assert log(a) == ["a 台账: 县教育局 2020-07-01 新增1条 (1-1)", "管理员 建库"]


def other_pushes(office: Path, sync: Sync, monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """Before each of the first pushes the other clone is faster; the numbers of what it recorded."""
    b, original, done = office / "b", remote.Remote.push, list[int]()

    def beaten(self: remote.Remote, commit: str) -> bool:
        if len(done) < times:
            done.append(50 + len(done))
            add(b, entry(done[-1]))
            git(b, "add", ".")
            git(b, "commit", "-q", "-m", "抢先")
            git(b, "push", "-q")
        return original(self, commit)

    monkeypatch.setattr(remote.Remote, "push", beaten)
    return done


def test_a_race_is_run_again(office: Path, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    a = office / "a"
    done = other_pushes(office, sync, monkeypatch, 3)
    add(a, entry(11))
    ran = sync(a)
    assert ran.code == 0, ran
    assert ran.err.count("别人刚刚推送，重试……") == 3
    assert set(on_server(office)) == {number(n) for n in (1, 2, 11, *done)}
    assert log(a)[0].startswith("a 台账")
    is_tidy(a)


def test_who_always_loses_stops_with_nothing_lost(office: Path, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    a = office / "a"
    monkeypatch.setattr(syncing, "_PUSHES", 3)
    with monkeypatch.context() as patch:
        other_pushes(office, sync, patch, 99)
        add(a, entry(11))
        ran = sync(a)
    assert ran.code == 4
    assert "别人一直在推送，试了 3 次" in ran.err
    assert number(11) in held(a)
    is_tidy(a)
    assert sync(a).code == 0
    assert number(11) in on_server(office)


@contextmanager
def answering(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A web server on this machine that always answers so: its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/台账.git"
    finally:
        server.shutdown()
        server.server_close()


def code(number: int) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(number)
        handler.send_header("WWW-Authenticate", 'Basic realm="x"')
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    handler.wfile.write("<html>请先登录</html>".encode())


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (code(401), "服务器不认这里的账号或密码"),
        (code(403), "服务器不认这里的账号或密码"),
        (code(404), "远程地址不对，或没有这个仓库的权限"),
        (code(500), "服务器出了错"),
        (garbage, "那里已经没有共享的分支 main（也可能要先在网页上登录网络）"),
        (hang_up, "连不上服务器"),
    ],
)
def test_web_servers_that_do_not_help(
    answer: Callable[[BaseHTTPRequestHandler], None], what: str, office: Path, sync: Sync
) -> None:
    a = office / "a"
    add(a, entry(11))
    with answering(answer) as url:
        git(a, "remote", "set-url", "origin", url)
        ran = sync(a)
    refused(ran, what)
    assert number(11) in held(a)
    is_tidy(a)


def refused(ran: Ran, what: str) -> None:
    """Exit 4; in Chinese what is wrong, and what to do next."""
    assert (ran.code, ran.out) == (4, "")
    said = ran.err.partition("zhenggai：")[2].splitlines()
    assert said[0] == f"取回没有成功：{what}", ran.err
    assert said[1].startswith("  下一步：")


def test_a_page_to_log_in_at(office: Path, sync: Sync) -> None:
    """What is known of the server stays known, and a first push there says what is the matter."""
    a = office / "a"
    known = git(a, "rev-parse", "origin/main")
    with answering(garbage) as url:
        git(a, "remote", "set-url", "origin", url)
        sync(a)
        assert git(a, "rev-parse", "origin/main") == known
        git(a, "update-ref", "-d", "refs/remotes/origin/main")
        ran = sync(a)
    assert ran.code == 4
    assert "推送没有成功：那里不是 git 仓库（也可能要先在网页上登录网络）\n  下一步：" in ran.err


def test_a_server_that_hangs_is_given_up(office: Path, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    a = office / "a"
    monkeypatch.setattr(remote, "_PATIENT", ("-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=1"))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        git(a, "remote", "set-url", "origin", f"http://127.0.0.1:{silent.getsockname()[1]}/x.git")
        refused(sync(a), "连不上服务器")


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://127.0.0.1:1/x.git", "连不上服务器"),
        ("https://nowhere.invalid/x.git", "连不上服务器"),
        ("../没有.git", "远程地址不对，或没有这个仓库的权限"),
        ("ssh://git@127.0.0.1/x.git", "远程地址不对，没有权限，或连不上服务器"),
        ("ftp2://x/y", "这台电脑的 git 不认识这种地址"),
    ],
)
def test_addresses_that_lead_nowhere(
    url: str, what: str, office: Path, sync: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", "false")
    git(office / "a", "remote", "set-url", "origin", url)
    refused(sync(office / "a"), what)


def test_ones_own_ssh_is_used(office: Path, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    a = office / "a"
    git(a, "remote", "set-url", "origin", "git@x:y.git")
    mark = office / "ssh"
    monkeypatch.setenv("GIT_SSH_COMMAND", f"touch '{mark}'; false")
    sync(a)
    assert mark.exists()
    monkeypatch.delenv("GIT_SSH_COMMAND")
    git(a, "config", "core.sshCommand", f"rm '{mark}'; false")
    sync(a)
    assert not mark.exists()


def test_nobody_is_known_here(office: Path, sync: Sync) -> None:
    a = office / "a"
    git(a, "config", "--unset", "user.email")
    add(a, entry(11))
    before = state(a)
    ran = sync(a)
    assert ran.code == 4
    assert "还不知道你是谁（没有设 user.name 和 user.email）" in ran.err
    assert "下一步：" in ran.err
    assert state(a) == before


def test_no_git_and_no_repository(
    office: Path, sync: Sync, zhenggai: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = write(
        tmp_path / "散",
        {
            "plans/p.yaml": (office / "a/plans/p.yaml").read_text("utf-8"),
            "plans/units.yaml": (office / "a/plans/units.yaml").read_text("utf-8"),
        },
    )
    ran = sync(plain)
    assert (ran.code, ran.out) == (3, "")
    assert "不在 git 仓库里" in ran.err
    monkeypatch.setenv("PATH", "")
    ran = sync(office / "a")
    assert (ran.code, ran.out) == (5, "")
    assert "没有 git" in ran.err
    assert zhenggai("status", at=office / "a").code in (0, 1)


def test_programs_of_the_clone_are_not_run(office: Path, sync: Sync) -> None:
    """fsmonitor, hooks wherever they lie, filters that a cloned .gitattributes names."""
    a = office / "a"
    mark = office / "ran"
    program = write(office, {"program": f"#!/bin/sh\ntouch '{mark}'\n"}) / "program"
    program.chmod(0o755)
    git(a, "config", "core.fsmonitor", str(program))
    folder = office / "hooks"
    folder.mkdir()
    for name in (
        "pre-commit",
        "post-commit",
        "pre-push",
        "post-checkout",
        "post-merge",
        "reference-transaction",
        "post-index-change",
        "post-rewrite",
        "pre-auto-gc",
        "commit-msg",
        "prepare-commit-msg",
    ):
        for place in (folder, a / ".git/hooks"):
            place.mkdir(exist_ok=True)
            (place / name).symlink_to(program)
    write(office / "b", {".gitattributes": "*.yaml filter=sly diff=sly merge=sly\n"})
    replace(office / "b", COMMON, "进度: 10", "进度: 15")
    sync(office / "b")
    replace(a, COMMON, "进度: 20", "进度: 25")
    assert sync(a).code == 0
    git(a, "config", "core.hooksPath", str(folder))
    add(a, entry(11))
    assert sync(a).code == 0
    assert not mark.exists()
    assert {n: values.get("进度") for n, values in on_server(office).items()} == {number(1): "15", number(2): "25", number(11): None}  # fmt: skip
    assert git(a, "rev-parse", "HEAD") == git(office / "server.git", "rev-parse", BRANCH)


def test_what_a_wrong_address_committed_goes_under_the_right_one(office: Path, sync: Sync) -> None:
    """The server refuses an address that the unit book does not know; once it is set right, nothing is left of it."""
    a, units = office / "a", "plans/units.yaml"
    replace(a, units, "{名称: 县教育局,", "{名称: 县教育局, 身份: [jyj@xian.example],")
    git(a, "config", "user.email", "jyj@xian.example")
    assert sync(a).code == 0
    refuse = "git log --format=%ae $new | grep -q qq.com && { echo 不是县教育局的身份; exit 1; }"
    hook(office, "pre-receive", f"while read old new ref; do {refuse}; done; exit 0")
    git(a, "config", "user.email", "wang@qq.com")
    add(a, entry(11))
    assert "不是县教育局的身份" in sync(a).err
    git(a, "config", "user.email", "zuzhi@xian.example")  # not in the book either: it takes nothing over
    assert "不是县教育局的身份" in sync(a).err
    git(a, "config", "user.email", "jyj@xian.example")
    assert sync(a) == Ran(0, "推送 县教育局 新增1条\n", "取回……\n检查……\n推送……\n")
    assert git(a, "log", "-1", "--format=%ae %s") == "jyj@xian.example 台账: 县教育局 2020-07-01 新增1条 (1-1)"
