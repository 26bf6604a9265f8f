"""``sync`` on a full disk: one sentence and exit 3, never a traceback; with room again it goes on."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from test_sync_interrupted import EVIDENCE, SCRIPT, all_is_there, busy

from office import BRANCH, add, entry, git, held, is_tidy, number, on_server
from small_repo import Ran, write
from watched_disk import Step, Steps, watch
from zhenggai.sharing.git import Answer, call
from zhenggai.sharing.git_complaints import failure

pytestmark = pytest.mark.exhaustive

Sync = Callable[..., Ran]
__all__ = ["busy"]

EACH = 3  # of the steps is tried: neighbours are of one kind, and all of them take a minute
FULL = "fatal: unable to write new index file: No space left on device"


def full(step: Step, _do: Callable[[], Any]) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(step.path))


def said(ran: Ran) -> None:
    """One sentence, what to do, and the documented exit code."""
    assert ran.code == 3, ran
    words = ran.err.partition("zhenggai：")[2].splitlines()
    assert "磁盘已满" in words[0], ran
    assert words[1].startswith("  下一步："), ran
    assert "Traceback" not in ran.err


@contextmanager
def full_from(nth: int) -> Iterator[list[str]]:
    """From the ``nth`` step on that writes, Python's or git's, the disk has no room; the steps until then."""
    done: list[str] = []

    def is_full(what: str) -> bool:
        done.append(what)
        return len(done) > nth

    def asked(folder: Path, *arguments: str, **more: Any) -> Answer:
        writing = {"read-tree", "update-index", "write-tree", "commit-tree", "hash-object", "update-ref", "fetch", "push", "checkout-index"}  # fmt: skip
        if writing & set(arguments) and is_full(f"git {arguments[0]}"):
            return Answer(128, b"", FULL)
        return call(folder, *arguments, **more)

    def failing(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*arguments: Any, **more: Any) -> Any:
            if is_full(name):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
            return act(*arguments, **more)

        return wrapper

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhenggai.sharing.clone.call", asked)
        patch.setattr(shutil, "copy2", failing("copy", shutil.copy2))
        patch.setattr(tempfile, "mkdtemp", failing("mkdtemp", tempfile.mkdtemp))
        patch.setattr(Path, "touch", failing("touch", Path.touch))
        steps = Steps(-1, lambda _step, do: do())
        watch(patch, lambda step, do: steps(step, do) if step.name in ("read", "unlink", "rmdir", "sync") or not is_full(step.name) else full(step, do))  # fmt: skip
        yield done


@pytest.mark.parametrize("first", [0, EACH])  # two halves, for two processes
def test_step_by_step(busy: Path, tmp_path: Path, sync: Sync, first: int) -> None:
    for nth in range(first, 1000, 2 * EACH):
        office = shutil.copytree(busy, tmp_path / "n", symlinks=True)
        with full_from(nth) as done:
            ran = sync(office / "a")
        if ran.code == 0:
            break
        try:
            said(ran)
            assert sync(office / "a").code == 0
            all_is_there(office)
        except BaseException as error:
            error.add_note(f"full from step {nth}: {done[nth : nth + 1]}")
            raise
        shutil.rmtree(office)
    assert nth > 20, done


@pytest.mark.parametrize(
    "words",
    [
        "fatal: unable to write loose object file: No space left on device",
        "fatal: sha1 file '.git/zhenggai-index.lock' write error. Out of diskspace",
        "fatal: cannot update ref 'refs/worktree/zhenggai/tip': couldn't write '.git/refs/worktree/zhenggai/tip.lock'",
        "error: unable to write file .zhenggai/landing-x/ledgers/p/a.yaml",
    ],
)
def test_what_git_says_of_a_full_disk(words: str, tmp_path: Path) -> None:
    """git 2.39 on a small tmpfs says these."""
    error = failure("写入", Answer(128, b"", words), tmp_path)
    assert error.exit_code == 3
    assert "磁盘已满" in str(error).splitlines()[0]


@pytest.mark.parametrize("limit", [0, 200, 2000, 20_000])
def test_a_real_limit(limit: int, office: Path) -> None:
    """No file may grow beyond a size, git's neither: a sentence whatever it hits, and afterwards all goes on."""
    import resource  # imported here: not on Windows

    a = office / "a"
    add(a, entry(11))
    large = os.urandom(50_000)
    write(a, {EVIDENCE.replace(EVIDENCE.split(".")[-2], sha256(large).hexdigest()[:8]): large})

    def run(size: int | None) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=a,
            capture_output=True,
            encoding="utf-8",
            check=False,
            preexec_fn=None if size is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        )

    ran = run(limit)
    assert ran.returncode in (3, 4), ran
    assert "Traceback" not in ran.stderr
    assert "下一步：" in ran.stderr
    assert run(None).returncode == 0
    assert number(11) in on_server(office)
    assert set(held(a)) == set(on_server(office))
    assert git(a, "rev-parse", "HEAD") == git(office / "server.git", "rev-parse", BRANCH)
    is_tidy(a)
