"""Where ``completion`` writes, what it leaves alone, and how it is undone."""

import os
import sys
from pathlib import Path

import pytest

from small_repo import Ran, Runner, tree
from zhenggai.setup.completion import activation, is_installed, script_of, shell_in_use

pytestmark = pytest.mark.skipif(os.name != "posix", reason="home folder, links and programs are those of Unix")

BLOCK = """\
# >>> zhenggai completion >>>
[ -r {0} ] && . {0}
# <<< zhenggai completion <<<
"""


@pytest.fixture(autouse=True)
def no_folders_of_its_own(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "ZDOTDIR", "LOCALAPPDATA", "SHELL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_script_and_a_block_that_reads_it(shell: str, zhenggai: Runner, home: Path) -> None:
    profile, script = home / f".{shell}rc", home / f".local/share/zhenggai/zhenggai.{shell}"
    mine = "alias ll='ls -l'"  # without a line end
    profile.write_text(mine)
    ran = zhenggai("completion", "install", shell, at=home)
    assert (ran.code, ran.out) == (0, f"写入 {script}\n加了几行到 {profile}\n")
    assert ran.err.endswith(f"不要了：zhenggai completion remove {shell}\n")
    assert profile.read_text() == f"{mine}\n{BLOCK.format(script)}"
    assert script.read_text("utf-8") == script_of(shell)
    before = tree(home)
    assert is_installed(shell, os.environ)
    assert zhenggai("completion", "install", shell, at=home) == Ran(0, f"{shell} 的补全已经装好，什么也没有改动\n", "")
    assert tree(home) == before
    ran = zhenggai("补全", "卸载", shell, at=home)
    assert ran == Ran(0, f"从 {profile} 去掉了那几行\n删去 {script}\n", "")
    assert tree(home) == {profile.name: f"{mine}\n".encode()}
    assert not is_installed(shell, os.environ)


def test_fish_reads_a_folder_of_scripts(zhenggai: Runner, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    script = home / ".config/fish/conf.d/zhenggai.fish"
    ran = zhenggai("completion", "install", at=home)
    assert (ran.code, ran.out, [*tree(home)]) == (0, f"写入 {script}\n", [".config/fish/conf.d/zhenggai.fish"])
    assert zhenggai("completion", "remove", at=home).out == f"删去 {script}\n"
    assert tree(home) == {}
    assert zhenggai("completion", "remove", at=home) == Ran(0, "fish 的补全没有装过，什么也没有改动\n", "")


def test_an_older_block_and_script_are_renewed_in_their_place(zhenggai: Runner, home: Path) -> None:
    script = home / ".local/share/zhenggai/zhenggai.bash"
    script.parent.mkdir(parents=True)
    script.write_text("# of an earlier version\n")
    profile = home / ".bashrc"
    profile.write_bytes(
        b"one\r\n# >>> zhenggai completion >>>\r\n. /elsewhere\r\n# <<< zhenggai completion <<<\r\n\xff two\r\n"
    )
    assert zhenggai("completion", "install", "bash", at=home).code == 0
    block = BLOCK.format(script).replace("\n", "\r\n").encode()
    assert profile.read_bytes() == b"one\r\n" + block + b"\xff two\r\n"
    assert script.read_text("utf-8") == script_of("bash")


@pytest.mark.parametrize(
    "block", ["# >>> zhenggai completion >>>\n", "# <<< zhenggai completion <<<\n# >>> zhenggai completion >>>\n"]
)
def test_a_broken_block_is_left_to_its_owner(block: str, zhenggai: Runner, home: Path) -> None:
    (home / ".bashrc").write_text(f"{block}alias ll='ls -l'\n")
    before = tree(home)
    for act in ("install", "remove"):
        ran = zhenggai("completion", act, "bash", at=home)
        assert (ran.code, ran.out) == (2, "")
        assert "这几行不完整，没有写入\n  下一步：用记事本打开" in ran.err
    assert tree(home) == before


def test_a_profile_that_is_a_link_stays_one(zhenggai: Runner, home: Path) -> None:
    (home / "dotfiles").mkdir()
    (home / "dotfiles/bashrc").write_text("mine\n")
    (home / ".bashrc").symlink_to("dotfiles/bashrc")
    assert zhenggai("completion", "install", "bash", at=home).code == 0
    assert (home / ".bashrc").is_symlink()
    assert "zhenggai completion" in (home / "dotfiles/bashrc").read_text()


def test_a_profile_that_cannot_be_read(zhenggai: Runner, home: Path) -> None:
    (home / ".bashrc").mkdir()
    ran = zhenggai("completion", "install", "bash", at=home)
    assert (ran.code, ran.out, tree(home)) == (3, "", {})
    assert "不是普通文件" in ran.err


# PowerShell: a program that answers as it would; the script itself is only read here


@pytest.fixture
def powershell(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ``pwsh`` on the path, which says its profile and ``policy``; returns the profile."""
    profile = home / "Documents/PowerShell/profile.ps1"
    (home / "policy").write_text("RemoteSigned")
    program = home / "bin/pwsh"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nprintf '%s\\r\\n' {profile} $(/bin/cat {home}/policy)\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "张三"))
    return profile


def test_the_profile_of_powershell_gets_a_line_in_ascii(zhenggai: Runner, home: Path, powershell: Path) -> None:
    assert zhenggai("completion", "install", "powershell", at=home).code == 0
    assert powershell.read_bytes() == (
        b"# >>> zhenggai completion >>>\n"
        b'if (Test-Path "$env:LOCALAPPDATA\\zhenggai\\zhenggai.ps1") { . "$env:LOCALAPPDATA\\zhenggai\\zhenggai.ps1" }\n'
        b"# <<< zhenggai completion <<<\n"
    )
    script = (home / "张三/zhenggai/zhenggai.ps1").read_bytes()
    assert script.startswith(b"\xef\xbb\xbf# zhenggai completion for PowerShell")  # else 5.1 takes it for cp936
    assert zhenggai("completion", "remove", "pwsh", at=home).code == 0
    assert powershell.read_bytes() == b""


def test_a_powershell_that_runs_no_scripts_is_not_given_one(zhenggai: Runner, home: Path, powershell: Path) -> None:
    (home / "policy").write_text("Restricted")
    before = tree(home)
    ran = zhenggai("completion", "install", "powershell", at=home)
    assert (ran.code, ran.out, tree(home)) == (5, "", before)
    assert ran.err.endswith("Set-ExecutionPolicy -Scope CurrentUser RemoteSigned，再运行一次\n")


def test_a_profile_in_utf_16_is_left_alone(zhenggai: Runner, home: Path, powershell: Path) -> None:
    powershell.parent.mkdir(parents=True)
    powershell.write_bytes("Set-Location C:\\".encode("utf-16"))
    before = tree(home)
    ran = zhenggai("completion", "install", "powershell", at=home)
    assert (ran.code, ran.out, tree(home)) == (2, "", before)
    assert "是 UTF-16 编码，没有写入\n  下一步：用记事本打开，在末尾自己加一行：if (Test-Path" in ran.err


# which shell


def test_the_shell_in_use(zhenggai: Runner, home: Path) -> None:
    names = {"/bin/bash": "bash", "/usr/bin/tcsh": None, "/usr/bin/pwsh": "powershell"}
    assert {given: shell_in_use({"SHELL": given}) for given in names} == names
    assert zhenggai("completion", "install", at=home) == Ran(
        2,
        "",
        "zhenggai：不知道用的是哪个终端\n"
        "  下一步：写明一个：zhenggai completion install bash（bash、zsh、fish、powershell）\n",
    )
    assert zhenggai("completion", "install", "tcsh", at=home).err == (
        "zhenggai：没有“tcsh”的补全\n  可写：bash、zsh、fish、powershell\n"
    )


def test_alone_it_says_where_completion_is_set_up(
    zhenggai: Runner, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(home))
    monkeypatch.setenv("SHELL", "/bin/zsh")
    step = "安装：zhenggai completion install zsh；撤掉把 install 换成 remove\n"
    assert zhenggai("completion", at=home) == Ran(0, "zsh 的补全：没有装（正在用的终端）\n", step)
    assert tree(home) == {}
    zhenggai("completion", "install", at=home)
    assert zhenggai("completion", at=home) == Ran(0, "zsh 的补全：装好了（正在用的终端）\n", step)
    ran = zhenggai("completion", "bash", at=home)
    assert ran == Ran(0, "bash 的补全：没有装\n", step.replace("zsh", "bash"))


def test_a_new_terminal_may_not_know_the_program(home: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = Path(sys.executable).parent
    here = {"PATH": f"{programs}{os.pathsep}{home}"}
    active = here | {"VIRTUAL_ENV": str(programs.parent)}
    assert activation("bash", here) is None
    assert activation("bash", active) == f"source {programs}/activate"
    assert activation("fish", active) == f"source {programs}/activate.fish"
    assert activation("powershell", {}) == f"& '{programs}/Activate.ps1'"
    monkeypatch.setenv("PATH", str(home))
    assert zhenggai("completion", "install", "fish", at=home).err == (
        f"新开的终端里先运行 source {programs}/activate.fish，就能用\n不要了：zhenggai completion remove fish\n"
    )
    (home / "zhenggai").write_text("#!/bin/sh\n")
    (home / "zhenggai").chmod(0o755)
    assert activation("bash", active) is None


def test_show_prints_the_script(zhenggai: Runner, home: Path) -> None:
    for shell in ("bash", "zsh", "fish", "powershell"):
        assert zhenggai("completion", "show", shell, at=home) == Ran(0, script_of(shell), "")
        assert "_ZHENGGAI_COMPLETE" in script_of(shell)
