"""Wherever a ``sync`` is interrupted, the next one carries on: every entry once, nothing left behind."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from office import COMMON, add, entry, git, git_bytes, held, is_tidy, ledger_file, log, number, on_server, replace
from small_repo import NOW, Ran, tree, write
from zhenggai.errors import Locked
from zhenggai.model.question import Choice, Question
from zhenggai.sharing.clone import Clone, clone_of
from zhenggai.sharing.git import call
from zhenggai.sharing.sync.landing import land
from zhenggai.sharing.sync.sync import Terms, sync
from zhenggai.writing.atomic import remove_file, replace_file

LAND = "zhenggai.sharing.sync.sync.land"
EVIDENCE = "ledgers/p/县教育局/附件/2020-06/纪要.c54eb148.txt"
_WRITING = {
    "fetch",
    "push",
    "update-ref",
    "symbolic-ref",
    "update-index",
    "checkout-index",
    "commit",
    "reset",
    "--abort",
}
SCRIPT = """
import sys
from zhenggai.cli.app import main

pytestmark = pytest.mark.exhaustive
main(["sync"])
"""


class Killed(BaseException):
    """The run ends here."""


def run(folder: Path) -> None:
    """A sync in which nobody can be asked, and that says nothing."""

    def asked(question: Question) -> Choice:
        raise AssertionError(question)

    sync(clone_of(folder), Terms(NOW, asked, lambda _: None, lambda *_: None, lambda _: None))


@pytest.fixture
def busy(office: Path) -> Path:
    """Both sides have new entries and an edit of one entry; evidence here, a file removed there."""
    a, b = office / "a", office / "b"
    write(b, {"ledgers/p/城关镇/附件/2020-05/旧.txt": "旧", "plans/说明.txt": "一\n二\n三\n"})
    run(b)
    run(a)
    (b / "ledgers/p/城关镇/附件/2020-05/旧.txt").unlink()
    replace(b, COMMON, "进度: 20", "进度: 25")
    replace(b, "plans/说明.txt", "一", "壹")
    add(b, entry(21), entry(22))
    run(b)
    replace(a, COMMON, "进度: 10", "进度: 15")
    replace(a, "plans/说明.txt", "三", "叁")
    add(a, entry(11), entry(12))
    write(a, {EVIDENCE: "纪要"})
    return office


def all_is_there(office: Path) -> None:
    """Everything of both sides is on the server once, by whoever wrote it, and the clone is tidy."""
    a, server = office / "a", office / "server.git"
    entries = on_server(office)
    assert {n: values.get("进度") for n, values in entries.items()} == {
        number(1): "15", number(2): "25", number(11): None, number(12): None, number(21): None, number(22): None,
    }  # fmt: skip
    assert git_bytes(server, f"main:{EVIDENCE}").decode() == "纪要"
    assert git_bytes(server, "main:plans/说明.txt").decode() == "壹\n二\n叁\n"
    assert not (a / "ledgers/p/城关镇/附件").exists()
    assert git(server, "log", "--author=a@x", "--format=%h", "main", "--", "ledgers/p/城关镇") == ""
    assert git(server, "rev-parse", "main") == git(a, "rev-parse", "HEAD")
    is_tidy(a)


@contextmanager
def killed_at(nth: int) -> Iterator[list[str]]:
    """End the run before its ``nth`` step that others could see; what it did until then.

    Between two such steps git's objects alone are read and written, so that all moments there are one.
    """
    done: list[str] = []

    def counted(act: Callable[..., object], is_seen: Callable[..., bool]) -> Callable[..., object]:
        def wrapper(*arguments: object, **more: object) -> object:
            if is_seen(*arguments, **more):
                if len(done) == nth:
                    raise Killed
                done.append(" ".join(map(str, arguments[1:3])))
            return act(*arguments, **more)

        return wrapper

    def writes(_folder: Path, *arguments: str, more: dict[str, str] | None = None, **_rest: object) -> bool:
        return not more and bool(_WRITING & set(arguments))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhenggai.sharing.clone.call", counted(call, writes))
        for act in (replace_file, remove_file):
            patch.setattr(f"zhenggai.sharing.sync.landing.{act.__name__}", counted(act, lambda *_: True))
        yield done


def test_at_every_step(busy: Path, tmp_path: Path) -> None:
    for nth in range(1000):
        office = shutil.copytree(busy, tmp_path / "n", symlinks=True)
        with killed_at(nth) as done:
            try:
                run(office / "a")
            except Killed:
                over = False
            else:
                over = True
        try:
            run(office / "a")
            all_is_there(office)
        except BaseException as error:
            error.add_note(f"killed before step {nth}, after {done[-1:]}")
            raise
        shutil.rmtree(office)
        if over:
            break
    assert over
    assert nth > 8, done


def started(clone: Path) -> "subprocess.Popen[bytes]":
    """A real ``zhenggai sync``, which with its gits is a process group of its own."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT], cwd=clone, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )


def end(process: "subprocess.Popen[bytes]", by: signal.Signals) -> None:
    """Send a signal to all of a terminal's processes, and wait until they are gone: a git that is just being started holds
    the lock for a moment longer than the program that starts it."""
    os.killpg(process.pid, by)
    process.wait()
    with suppress(ProcessLookupError):
        for _ in range(500):
            os.killpg(process.pid, 0)
            time.sleep(0.01)


def test_killed_at_random_moments(busy: Path) -> None:
    chance = random.Random(4)
    for _ in range(6):
        process = started(busy / "a")
        time.sleep(chance.uniform(0.2, 1.2))
        end(process, signal.SIGKILL)
    run(busy / "a")
    all_is_there(busy)


def test_ctrl_c(busy: Path) -> None:
    """All of a terminal's processes get it, git too."""
    process = started(busy / "a")
    time.sleep(0.8)
    end(process, signal.SIGINT)
    run(busy / "a")
    all_is_there(busy)


def test_locks_of_a_git_that_was_killed(busy: Path) -> None:
    a = busy / "a"
    with killed_at(4), pytest.raises(Killed):
        run(a)
    for name in (
        "index.lock",
        "HEAD.lock",
        "refs/heads/main.lock",
        "refs/remotes/origin/main.lock",
        "packed-refs.lock",
        "config.lock",
        "zhenggai-index.lock",
    ):
        write(a / ".git", {name: ""})
    write(a, {".zhenggai/landing-x/ledgers/一.yaml": "x"})
    run(a)
    all_is_there(busy)


def test_a_lock_that_is_not_its_own_stays(office: Path, sync_: Callable[..., Ran]) -> None:
    a = office / "a"
    add(a, entry(11))
    write(a, {".git/index.lock": ""})
    ran = sync_(a)
    assert ran.code == 4
    assert "另一个 git 程序正在用这个仓库" in ran.err
    assert f"确实没有别的程序时，删去 {a / '.git/index.lock'}\n  git 的原话记在 .zhenggai/git.log\n" in ran.err
    (a / ".git/index.lock").unlink()
    assert sync_(a).code == 0
    assert number(11) in on_server(office)
    is_tidy(a)


@pytest.fixture
def sync_(zhenggai: Callable[..., Ran]) -> Callable[..., Ran]:
    """The command."""
    return lambda clone: zhenggai("sync", at=clone)


def test_two_at_once(office: Path, sync_: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    a = office / "a"
    inner: list[Ran] = []

    def meanwhile(clone: Clone, seen: str | None, goal: str, branch: str) -> None:
        monkeypatch.setattr(LAND, land)
        with pytest.raises(Locked) as refused:
            run(a)
        inner.append(Ran(4, "", str(refused.value)))
        land(clone, seen, goal, branch)

    monkeypatch.setattr(LAND, meanwhile)
    assert sync_(a).code == 0
    assert "另一个 zhenggai sync 正在进行" in inner[0].err


@pytest.mark.parametrize("file", [ledger_file("a"), COMMON, "plans/说明.txt"])
def test_written_while_it_runs(file: str, busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and landing: no byte is lost, and what landed does not hide it."""
    a = busy / "a"
    times = iter(range(2))

    def meanwhile(clone: Clone, seen: str | None, goal: str, branch: str) -> None:
        for nth in times:
            add(a, f"四{nth}\n" if file.endswith(".txt") else entry(30 + nth, measure="2-3"), file=file)
            break
        land(clone, seen, goal, branch)

    monkeypatch.setattr(LAND, meanwhile)
    for _ in range(3):
        run(a)
    text = git_bytes(busy / "server.git", f"main:{file}").decode()
    for nth in range(2):
        assert (f"四{nth}" if file.endswith(".txt") else number(30 + nth)) in text
    assert tree(a).keys() >= {file}
    on_server(busy)
    is_tidy(a)


def test_after_an_interruption_somebody_goes_on_by_hand(busy: Path) -> None:
    """The files were half way; a commit by hand moves the branch, and all is still there once."""
    a = busy / "a"
    with killed_at(6), pytest.raises(Killed):
        run(a)
    add(a, entry(13))
    git(a, "add", ".")
    git(a, "commit", "-q", "-m", "手工")
    run(a)
    assert number(13) in on_server(busy)
    replace(a, ledger_file("a"), entry(13), "")
    run(a)
    run(a)
    assert set(held(a)) == set(on_server(busy))
    assert log(a)
    is_tidy(a)
