"""``init --server``: a bare repository that takes nothing back, and lets its hook judge what is pushed."""

import os
import subprocess
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo, tree, write

pytestmark = pytest.mark.needs("git")

NEW = """\
新建 git 仓库（分支 main）
设置 receive.denyNonFastForwards = true
设置 receive.denyDeletes = true
设置 receive.fsckObjects = true
设置 receive.fsck.zeroPaddedFilemode = warn
设置 receive.maxInputSize = 2g
新建钩子 pre-receive
"""


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What git said and how it ended."""
    who = ("-c", "user.name=n", "-c", "user.email=e")
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def server(zhenggai: Runner, tmp_path: Path) -> Path:
    assert zhenggai("init", "台账.git", "--服务器", at=tmp_path) == Ran(0, NEW, "")
    return tmp_path / "台账.git"


@pytest.fixture
def clone(server: Path, tmp_path: Path) -> Path:
    """A clone with one commit, whose server has a hook that says what it was given and does as the file ``code`` says."""
    judge = tmp_path / "python"
    judge.write_text(f'#!/bin/sh\necho "$@" >&2\ncat > "{tmp_path}/given"\nexit $(cat "{tmp_path}/code")\n')
    judge.chmod(0o755)
    write(tmp_path, {"code": "0"})
    hook = server / "hooks/pre-receive"
    lines = hook.read_text("utf-8").splitlines(keepends=True)
    hook.write_text("".join(f"python='{judge}'\n" if line.startswith("python=") else line for line in lines), "utf-8")
    git(tmp_path, "clone", "-q", str(server), "clone")
    (tmp_path / "clone/a").write_text("1")
    git(tmp_path / "clone", "add", "a")
    git(tmp_path / "clone", "commit", "-qm", "1")
    return tmp_path / "clone"


def test_a_server_is_made_once(zhenggai: Runner, server: Path, tmp_path: Path) -> None:
    made = tree(server)
    assert zhenggai("init", "台账.git", "--server", at=tmp_path) == Ran(0, "已经齐备，没有改动\n", "")
    assert tree(server) == made
    assert (server / "HEAD").read_text("utf-8") == "ref: refs/heads/main\n"
    assert os.access(server / "hooks/pre-receive", os.X_OK)
    assert "-P -m zhenggai audit --pre-receive\n" in (server / "hooks/pre-receive").read_text("utf-8")


def test_a_server_within_another_repo_is_one_of_its_own(zhenggai: Runner, home: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "空").mkdir()
    assert zhenggai("init", "空", "--server", at=tmp_path) == Ran(0, NEW, "")


def test_what_is_no_bare_repo_stays_as_it_is(zhenggai: Runner, server: Path, tmp_path: Path) -> None:
    write(tmp_path, {"别的/a": "1"})
    ran = zhenggai("init", "别的", "--server", at=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "zhenggai：别的 里有别的文件，做不成裸仓库，没有改动\n  下一步：换一个空文件夹\n"
    ran = zhenggai("init", "台账.git", at=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "是裸仓库，放不了台账" in ran.err
    assert not (server / "plans").exists()


def test_a_hook_that_is_there_is_kept(zhenggai: Runner, server: Path, tmp_path: Path) -> None:
    hook = server / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 0\n")
    ran = zhenggai("init", "台账.git", "--server", at=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("缺　钩子 pre-receive（收到推送时核对）：已有别的钩子，保留不动 — 下一步：在 ")
    assert ran.out.endswith("-P -m zhenggai audit --pre-receive || exit 1\n")
    assert hook.read_text("utf-8") == "#!/bin/sh\nexit 0\n"


def test_the_hook_judges_every_push(clone: Path, tmp_path: Path) -> None:
    pushed = git(clone, "push", "-q", "origin", "HEAD:main")
    assert pushed.returncode == 0
    assert "remote: -P -m zhenggai audit --pre-receive" in pushed.stderr
    head = git(clone, "rev-parse", "HEAD").stdout.strip()
    assert (tmp_path / "given").read_text("utf-8") == f"{'0' * 40} {head} refs/heads/main\n"
    (tmp_path / "code").write_text("1")
    git(clone, "commit", "-q", "--allow-empty", "-m", "2")
    assert git(clone, "push", "-q", "origin", "HEAD:main").returncode != 0
    assert git(clone, "ls-remote", "origin", "main").stdout.startswith(head)


def test_what_alters_a_landed_entry_is_not_taken(zhenggai: Runner, server: Path, tmp_path: Path) -> None:
    clone, ledger = tmp_path / "clone", "ledgers/p/县教育局/2020-04.办公室.aa.yaml"
    git(tmp_path, "clone", "-q", str(server), "clone")
    small_repo(clone, "04-10 县教育局 进展 1-1 进度=40")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "台账")
    assert git(clone, "push", "-q", "origin", "HEAD:main").returncode == 0
    landed = (clone / ledger).read_text("utf-8")
    (clone / ledger).write_text(landed.replace("进度: 40", "进度: 90"), "utf-8")
    git(clone, "commit", "-qam", "改")
    refused = git(clone, "push", "-q", "origin", "HEAD:main")
    assert refused.returncode != 0
    assert ledger in refused.stderr
    assert git(server, "show", f"main:{ledger}").stdout == landed


def test_a_server_whose_python_has_gone_takes_nothing(clone: Path, tmp_path: Path) -> None:
    (tmp_path / "python").unlink()
    pushed = git(clone, "push", "-q", "origin", "HEAD:main")
    assert pushed.returncode != 0
    assert "不能核对，没有收下" in pushed.stderr


def test_nothing_that_was_pushed_is_taken_back(clone: Path) -> None:
    git(clone, "push", "-q", "origin", "HEAD:main", "HEAD:other")
    git(clone, "commit", "-q", "--amend", "-m", "1 again")
    assert git(clone, "push", "-f", "origin", "HEAD:main").returncode != 0
    assert git(clone, "push", "origin", ":other").returncode != 0
