"""Completion in bash, zsh, fish and PowerShell: each shell's script, and the line that makes the shell read it.

The script lies in a file of its own; the file that the shell reads at its start gets a block between two marks. fish reads
a folder of scripts and needs no block. Whatever else is in a file stays as it is, byte for byte.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import NamedTuple

from zhenggai.errors import Exit, UsageError, ZhenggaiError
from zhenggai.setup.requirement import Fitting, Site
from zhenggai.writing.atomic import Changes, read_bytes

SHELLS = ("bash", "zsh", "fish", "powershell")
_SCRIPTS = Path(__file__).with_name("completion_scripts")
_ENDINGS = {"powershell": "ps1"}
_BEGIN, _END = b"# >>> zhenggai completion >>>", b"# <<< zhenggai completion <<<"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_RUNS_NO_PROFILE = ("Restricted", "AllSigned", "Undefined")


class NoShell(ZhenggaiError):
    """The shell is not installed, or does not read its profile."""

    exit_code = Exit.MISSING


class _Place(NamedTuple):
    """Where a shell finds the completion: the script's file; the file that reads it, and the line there (None: by itself)."""

    script: Path
    profile: Path | None = None
    line: str = ""


def shell_in_use(environment: Mapping[str, str]) -> str | None:
    """The shell of the user, by ``SHELL``; PowerShell on Windows without it; None for another shell."""
    name = PurePath(environment.get("SHELL", "powershell" if sys.platform == "win32" else "")).stem
    name = "powershell" if name == "pwsh" else name
    return name if name in SHELLS else None


def script_of(shell: str) -> str:
    """The script of a shell."""
    return (_SCRIPTS / f"zhenggai.{_ENDINGS.get(shell, shell)}").read_text("utf-8")


def is_installed(shell: str, environment: Mapping[str, str]) -> bool:
    """Whether ``install`` would change nothing. Raises as it does."""
    return all(old == new for place in _places(shell, environment) for _, old, new in _files(shell, place))


def activation(shell: str, environment: Mapping[str, str]) -> str | None:
    """The line that makes the program known by name in a new terminal; None if it is known there by itself.

    A new terminal has the PATH of this one, without the programs of an environment that is active in this one.
    """
    programs = Path(sys.executable).parent
    folders = environment.get("PATH", "").split(os.pathsep)
    if environment.get("VIRTUAL_ENV"):
        folders = [folder for folder in folders if Path(folder) != programs]
    if shutil.which("zhenggai", path=os.pathsep.join(folders)):
        return None
    if shell == "powershell":
        quoted = str(programs / "Activate.ps1").replace("'", "''")
        return f"& '{quoted}'"
    return f"source {shlex.quote(str(programs / ('activate.fish' if shell == 'fish' else 'activate')))}"


def lacking_shell(environment: Mapping[str, str]) -> str | None:
    """The shell of the user, if completion can be set up there and is not; else None."""
    try:
        shell = shell_in_use(environment)
        return None if shell is None or is_installed(shell, environment) else shell
    except ZhenggaiError:
        return None


def at_the_prompt(site: Site) -> Iterator[Fitting]:
    """Completion in the shell that the site names, if it names one."""
    if shell := site.shell:
        lack = "" if is_installed(shell, os.environ) else "没有装"
        step = f"zhenggai completion install {shell}"
        yield Fitting(f"{shell} 的补全", lack, step, lambda: "；".join(install(shell, os.environ)))


def install(shell: str, environment: Mapping[str, str]) -> list[str]:
    """Set up completion in a shell. Returns what was done, a sentence each; nothing is done twice.

    Raises ``NoShell``, ``UsageError`` for a file with a broken block, ``Unwritable``. Then nothing is written.
    """
    done = []
    with Changes(None) as changes:
        for place in _places(shell, environment):
            for path, old, new in _files(shell, place):
                if old != new:
                    changes.replace(path, old, new)
                    done.append(f"{'写入' if old is None or path == place.script else '加了几行到'} {path}")
    return done


def remove(shell: str, environment: Mapping[str, str]) -> list[str]:
    """Undo ``install``. Returns what was done, a sentence each. Raises as ``install`` does."""
    done = []
    with Changes(None) as changes:
        for place in _places(shell, environment):
            if place.profile is not None and (old := read_bytes(place.profile)) is not None:
                new = _without_block(old, place.profile)
                if new != old:
                    changes.replace(place.profile, old, new)
                    done.append(f"从 {place.profile} 去掉了那几行")
            if (old := read_bytes(place.script)) is not None:
                changes.remove(place.script, old)
                done.append(f"删去 {place.script}")
    return done


def _files(shell: str, place: _Place) -> Iterator[tuple[Path, bytes | None, bytes]]:
    """Each file of a place: its path, its bytes (None: no file), the bytes that it should have."""
    encoding = "utf-8-sig" if shell == "powershell" else "utf-8"  # Windows PowerShell takes anything else for cp936
    yield place.script, read_bytes(place.script), script_of(shell).encode(encoding)
    if place.profile is not None:
        old = read_bytes(place.profile)
        yield place.profile, old, _with_block(old or b"", place)


def _places(shell: str, environment: Mapping[str, str]) -> Iterator[_Place]:
    home = Path.home()
    if shell == "powershell":
        yield from _powershell_places(home, environment.get("LOCALAPPDATA"))
    elif shell == "fish":
        yield _Place(Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "fish/conf.d/zhenggai.fish")
    else:
        script = Path(environment.get("XDG_DATA_HOME") or home / ".local/share") / "zhenggai" / f"zhenggai.{shell}"
        folder = Path(environment.get("ZDOTDIR") or home) if shell == "zsh" else home
        quoted = shlex.quote(script.as_posix())
        yield _Place(script, (folder / f".{shell}rc").resolve(), f"[ -r {quoted} ] && . {quoted}")


def _powershell_places(home: Path, local: str | None) -> Iterator[_Place]:
    """The profiles of Windows PowerShell and of PowerShell 7, as far as they are installed. Raises ``NoShell``.

    A profile may be in any encoding, so its line is ASCII: the user's name is left to PowerShell.
    """
    programs = [found for name in ("powershell", "pwsh") if (found := shutil.which(name))]
    if not programs:
        raise NoShell("没有找到 PowerShell，没有写入\n  下一步：写明是哪个终端，如 zhenggai completion install bash")
    script = Path(local or home / ".local/share") / "zhenggai" / "zhenggai.ps1"
    named = "$env:LOCALAPPDATA\\zhenggai\\zhenggai.ps1" if local else "$HOME/.local/share/zhenggai/zhenggai.ps1"
    for program in programs:
        asks = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; $PROFILE.CurrentUserAllHosts; Get-ExecutionPolicy"
        command = [program, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", asks]
        said = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL).stdout
        profile, policy, *_ = [*said.decode("utf-8", "replace").split("\n"), "", ""]
        if policy.strip() in _RUNS_NO_PROFILE or not profile.strip():
            raise NoShell(
                "PowerShell 现在不许运行脚本，装了补全也不起作用，没有写入\n"
                "  下一步：在 PowerShell 里运行 Set-ExecutionPolicy -Scope CurrentUser RemoteSigned，再运行一次"
            )
        yield _Place(script, Path(profile.strip()), f'if (Test-Path "{named}") {{ . "{named}" }}')


def _with_block(data: bytes, place: _Place) -> bytes:
    """The contents of a profile with the block, in its own line ends; the block stays where it is."""
    assert place.profile is not None
    if data.startswith(_UTF16):
        raise UsageError(
            f"{place.profile} 是 UTF-16 编码，没有写入\n  下一步：用记事本打开，在末尾自己加一行：{place.line}"
        )
    end = b"\r\n" if b"\r\n" in data else b"\n"
    block = end.join((_BEGIN, place.line.encode(), _END))
    found = _block_in(data, place.profile)
    if found is not None:
        return data[: found[0]] + block + data[found[1] :]
    return data + (end if data and not data.endswith(b"\n") else b"") + block + end


def _without_block(data: bytes, profile: Path) -> bytes:
    found = _block_in(data, profile)
    if found is None:
        return data
    after = data[found[1] :]
    return data[: found[0]] + after.removeprefix(b"\r\n" if after.startswith(b"\r") else b"\n")


def _block_in(data: bytes, profile: Path) -> tuple[int, int] | None:
    """Begin and end of the block, or None. Raises ``UsageError`` for a block without its end, or for several."""
    counts = data.count(_BEGIN), data.count(_END)
    if counts == (0, 0):
        return None
    begin, end = data.find(_BEGIN), data.find(_END)
    if counts != (1, 1) or end < begin:
        raise UsageError(
            f"{profile} 里 {_BEGIN.decode()} 到 {_END.decode()} 这几行不完整，没有写入\n"
            "  下一步：用记事本打开，删去带 zhenggai completion 的行，再运行一次"
        )
    return begin, end + len(_END)
