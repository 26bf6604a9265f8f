"""Sets up ``.venv`` beside the code and runs a program of it: all that a fresh machine needs is Python 3.11+ and git.

    python3 .ci/setup.py zhenggai status --as-of 2020-06-30
    python3 .ci/setup.py pytest

Nothing is installed outside the project's folder, so a system Python that manages itself (PEP 668) is left alone. Where
the system's Python has no ensurepip (a plain Debian), pip's own source is fetched with git.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = HOME / "installed"
EXTRAS = {"zhenggai": "", "pytest": "[test]"}  # any other program is a developer's
PIP_SOURCE, PIP_TAG = "https://github.com/pypa/pip", "25.0.1"  # plain Python: it runs as it is


def main(program: str, *arguments: str) -> int:
    """Install what the program needs, once for each state of pyproject.toml, and run it."""
    if sys.version_info < (3, 11):  # noqa: UP036  # this file runs on whatever Python the machine has
        print("需要 Python 3.11 或更新的版本", file=sys.stderr)
        return 5
    extra = EXTRAS.get(program, "[dev]")
    state = f"{extra} {hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()} {sys.version}"
    if not PYTHON.exists():
        print("首次运行，正在准备（约一两分钟）……", file=sys.stderr)
        venv.create(HOME, with_pip=False, clear=HOME.exists())
    if not STAMP.exists() or state not in STAMP.read_text("utf-8").splitlines():
        try:
            install(f"{ROOT}{extra}")
        except subprocess.CalledProcessError:
            print("没有装成。请检查网络后再运行一次；Debian、统信、麒麟也可先装系统的 python3-venv", file=sys.stderr)
            return 5
        with STAMP.open("a", encoding="utf-8") as stamp:
            stamp.write(state + "\n")
    return subprocess.call([BIN / program, *arguments])


def install(what: str) -> None:
    """Install into ``.venv`` with whatever pip there is; the project itself stays editable."""
    arguments = ["install", "--quiet", "--disable-pip-version-check", "--editable", what]
    ensure = [PYTHON, "-m", "ensurepip", "--default-pip"]
    if subprocess.run(ensure, capture_output=True, check=False).returncode == 0:
        subprocess.check_call([PYTHON, "-m", "pip", *arguments])
        return
    with tempfile.TemporaryDirectory() as folder:
        print("这台电脑的 Python 没有带 pip，正在取回……", file=sys.stderr)
        subprocess.check_call(
            [
                "git",
                "-c",
                "advice.detachedHead=false",
                "clone",
                "--quiet",
                "--depth",
                "1",
                "--branch",
                PIP_TAG,
                PIP_SOURCE,
                folder,
            ]
        )
        subprocess.check_call([PYTHON, Path(folder) / "src" / "pip", *arguments])


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["zhenggai", "--help"])))
