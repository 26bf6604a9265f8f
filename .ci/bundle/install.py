"""Installs zhenggai from the folder that ``.ci/bundle.py`` made, or brings an older one up to date. No network is used.

    python install.py [FOLDER]   FOLDER is where the program goes, else one in the person's own home
    python install.py --fits     exits with 0 if the folder has wheels for this Python; older ones may fail to parse this

The place is not beside this file: a USB stick is taken away, and the hooks and the merge driver of a clone name the
program's Python, so an update keeps its path.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

WINDOWS = sys.platform == "win32"
PROGRAM = Path(__file__).resolve().parent
WHEELS = PROGRAM / "wheels"
SUMS = PROGRAM.parent / "SHA256SUMS"
COMMANDS = ("zhenggai", "zg")
CLOSE = "关掉正在运行的 zhenggai，看磁盘有没有空间，再运行一次"


class Refusal(Exception):
    """What keeps the program from being installed, and what to do, in the words that the person reads."""


def main(arguments: list[str]) -> int:
    """Install and say how it went. Exit code 5: this computer lacks something."""
    if arguments == ["--fits"]:
        return 0 if fits() else 1
    home = Path(arguments[0]).resolve() if arguments else own_place()
    try:
        refuse_damaged()
        if not fits():
            raise Refusal(f"这个 Python（{sys.version.split()[0]}）用不了\n  下一步：看 说明.txt 里要哪一种")
        print(f"正在安装到 {home} ……", flush=True)
        notes = [*install(home), *put_on_path(home)]
    except Refusal as refusal:
        print(f"没有装成：{refusal}", file=sys.stderr)
        return 5
    except OSError as error:
        print(f"没有装成：写不进 {error.filename}\n  下一步：{CLOSE}", file=sys.stderr)
        return 5
    print("\n".join(["装好了。", *notes]))
    return 0


def fits() -> bool:
    """Whether the folder was made with wheels for this Python: its version, its system and its machine."""
    system, _, machine = sysconfig.get_platform().replace("-", "_").partition("_")
    wheel = f"*-cp{sys.version_info[0]}{sys.version_info[1]}-*{system}*_{machine}.whl"
    return any(fnmatch(name, wheel) or name == SUMS.name for _, name in listed())


def listed() -> list[tuple[str, str]]:
    """The digest and the name of each file when the folder was made; if the list is missing, the list itself."""
    try:
        return [(line[:64], line[66:]) for line in SUMS.read_text("utf-8").splitlines()]
    except OSError:
        return [("", SUMS.name)]


def own_place() -> Path:
    """The person's own folder for programs."""
    if WINDOWS:
        return Path(os.environ["LOCALAPPDATA"]) / "zhenggai"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "zhenggai"


def refuse_damaged() -> None:
    """Raise ``Refusal`` unless each file is as it was when the folder was made."""
    damaged = "、".join(name for digest, name in listed() if digest != digest_of(SUMS.parent / name))
    if damaged:
        raise Refusal(f"{damaged} 缺了或坏了，什么也没有改动\n  下一步：把整个文件夹重新拷一遍，再运行一次")


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file, or None if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def install(home: Path) -> list[str]:
    """Make the environment with the wheels, or renew it, and try it. What pip says goes to ``install.log``.

    Returns what the person must know about it: DuckDB does not run on every system that takes the rest.
    """
    venv.create(home / "venv", with_pip=False, clear=not is_of_this_python(home))
    log = (home / "install.log").open("wb")
    pip = next(WHEELS.glob("pip-*.whl")) / "pip"  # pip runs from its wheel; a plain Debian has no ensurepip
    command: list[str | Path] = [python_of(home), "-I", pip, "install", "--isolated", "--disable-pip-version-check"]
    command += [
        "--no-index",
        "--find-links",
        WHEELS,
        "--force-reinstall",
        "--no-warn-script-location",
    ]
    extras = ["office,board,facts", "office,board"] if any(WHEELS.glob("duckdb-*")) else ["office,board"]
    with log:
        fitting = next((extra for extra in extras if pip_installs(command, f"zhenggai[{extra}]", log)), None)
    if fitting is None:
        raise Refusal(f"装的时候出错，缘由在 {log.name}\n  下一步：{CLOSE}")
    if subprocess.run([program_of(home, "zhenggai"), "--version"], check=False).returncode:
        raise Refusal("程序装上了，但运行不了\n  下一步：把上面的话拍下来，发给做这个文件夹的人")
    return [] if fitting == extras[0] else ["报数（zhenggai facts）要的 DuckDB 这台电脑的系统太旧，装不了；别的都能用"]


def pip_installs(command: list[str | Path], wanted: str, log: IO[bytes]) -> bool:
    """Whether pip installs what is wanted."""
    return subprocess.run([*command, wanted], stdout=log, stderr=subprocess.STDOUT, check=False).returncode == 0


def is_of_this_python(home: Path) -> bool:
    """Whether there is an environment that this very Python made: one of another is not renewed but made anew."""
    ask = ("-I", "-X", "utf8", "-c", "import sys; print(sys.version, sys.base_prefix)")
    try:
        said = subprocess.run(
            [python_of(home), *ask], capture_output=True, encoding="utf-8", errors="replace", check=False
        ).stdout
    except OSError:  # there is none, or its Python is gone
        return False
    return said == f"{sys.version} {sys.base_prefix}\n"


def python_of(home: Path) -> Path:
    """The Python of the environment."""
    return home / "venv" / ("Scripts/python.exe" if WINDOWS else "bin/python")


def program_of(home: Path, name: str) -> Path:
    """A program of the environment."""
    return home / "venv" / (f"Scripts/{name}.exe" if WINDOWS else f"bin/{name}")


def put_on_path(home: Path) -> list[str]:
    """Make the commands known by their names alone. Returns what the person must know about it."""
    return on_windows_path(home) if WINDOWS else on_linux_path(home)


def on_windows_path(home: Path) -> list[str]:
    """Copies of the two programs in ``bin``, which the person's PATH names: all of ``Scripts`` would bring its Python too."""
    folder = home / "bin"
    folder.mkdir(exist_ok=True)
    for name in COMMANDS:
        shutil.copy(program_of(home, name), folder)  # a launcher holds the full path of its Python
    add_to_user_path(str(folder))
    return [
        "下一步：打开“命令提示符”（开始菜单里输入 cmd，回车），输入 zhenggai --help",
        "已经开着的命令提示符要关掉重开",
        *git_notes(),
    ]


def add_to_user_path(folder: str) -> None:
    """Add a folder to the person's PATH in the registry. ``setx`` would cut it at 1024 characters."""
    if sys.platform == "win32":
        import ctypes
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, "Environment") as key:
            try:
                path, kind = winreg.QueryValueEx(key, "Path")
            except FileNotFoundError:
                path, kind = "", winreg.REG_EXPAND_SZ
            if folder.lower() not in path.lower().split(";"):
                winreg.SetValueEx(key, "Path", 0, kind, ";".join(filter(None, [path.rstrip(";"), folder])))
        # Windows that open from now on see it: HWND_BROADCAST, WM_SETTINGCHANGE, SMTO_ABORTIFHUNG
        ctypes.windll.user32.SendMessageTimeoutW(0xFFFF, 0x1A, 0, "Environment", 2, 5000, None)


def on_linux_path(home: Path) -> list[str]:
    """Links in ``~/.local/bin``, which the shells' own files put on the PATH where nothing else does."""
    folder = Path.home() / ".local" / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    notes = []
    for name in COMMANDS:
        link, program = folder / name, program_of(home, name)
        if link.is_symlink():
            link.unlink()
        if link.exists():
            notes.append(f"{link} 是别的程序，没有动它；这里装的是 {program}")
        else:
            link.symlink_to(program)
    if str(folder) not in os.environ.get("PATH", "").split(os.pathsep):
        for settings, line in shell_lines():
            settings.parent.mkdir(parents=True, exist_ok=True)
            if not settings.exists() or line not in settings.read_text("utf-8", "surrogateescape").splitlines():
                with settings.open("a", encoding="utf-8") as file:
                    file.write(f"\n{line}\n")
        notes.append("命令要在新开的终端里用")
    return [*notes, "下一步：新开一个终端，输入 zhenggai --help", *git_notes()]


def shell_lines() -> list[tuple[Path, str]]:
    """The files that the person's shells read, each with its line. SHELL does not always say what a terminal starts.

    fish has a file of its own, beside that of ``zhenggai completion``.
    """
    home, shell = Path.home(), Path(os.environ.get("SHELL", "")).name
    line = 'export PATH="$HOME/.local/bin:$PATH"  # zhenggai'
    names = [name for name in ("bash", "zsh") if shell == name or (home / f".{name}rc").exists()]
    lines = [(home / f".{name}rc", line) for name in names]
    if shell == "fish":
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "fish" / "conf.d"
        lines.append((folder / "zhenggai-path.fish", 'set -gx PATH "$HOME/.local/bin" $PATH  # zhenggai'))
    return lines or [(home / ".profile", line)]


def git_notes() -> list[str]:
    """What is still lacking for working with others."""
    if shutil.which("git"):
        return []
    return ["这台电脑没有 git：自己用不需要；多人共用要装，见 说明.txt"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
