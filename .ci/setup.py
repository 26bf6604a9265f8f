"""Sets up ``.venv`` beside the code and runs a program of it: all that a fresh machine needs is Python 3.11+ and git.

    python3 .ci/setup.py zhenggai status --as-of 2020-06-30
    python3 .ci/setup.py pytest

Nothing is installed outside the project's folder, so a system Python that manages itself (PEP 668) is left alone. The
versions are those of ``constraints.txt``, on the Pythons it was tested with. Where the system's Python has no ensurepip
(a plain Debian), pip's own source is fetched with git, at one commit.
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
EXTRAS = {"zhenggai": "[office,board]", "pytest": "[test]"}  # any other program is a developer's
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
TESTED = (3, 14)  # the newest Python; a later one may need later versions than the constraints name
PIP_SOURCE = "https://github.com/pypa/pip"  # plain Python: it runs as it is
PIP_COMMIT = "bc7c88cb3de9c9af769c51517833ea48bbe70d9a"  # 25.0.1


def main(program: str, *arguments: str) -> int:
    """Install what the program needs, and run it."""
    return prepare(EXTRAS.get(program, "[dev]")) or subprocess.call([BIN / program, *arguments])


def prepare(extra: str) -> int:
    """Install the project with an extra, once for each state of pyproject.toml and the constraints. Returns an exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  # this file runs on whatever Python the machine has
        print("需要 Python 3.11 或更新的版本", file=sys.stderr)
        return 5
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes()).hexdigest()
    state = f"{extra} {digest} {sys.version}"
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
    return 0


def install(what: str) -> None:
    """Install into ``.venv`` with whatever pip there is; the project itself stays editable."""
    arguments = ["install", "--quiet", "--disable-pip-version-check", "--editable", what]
    if sys.version_info[:2] <= TESTED:
        arguments += ["--constraint", str(CONSTRAINTS)]
    ensure = [str(PYTHON), "-m", "ensurepip", "--default-pip"]
    if subprocess.run(ensure, capture_output=True, check=False).returncode == 0:
        subprocess.check_call([PYTHON, "-m", "pip", *arguments])
        return
    with tempfile.TemporaryDirectory() as folder:
        print("这台电脑的 Python 没有带 pip，正在取回……", file=sys.stderr)
        git = ["git", "-C", folder, "-c", "advice.detachedHead=false"]
        subprocess.check_call([*git, "init", "--quiet"])
        subprocess.check_call([*git, "fetch", "--quiet", "--depth", "1", PIP_SOURCE, PIP_COMMIT])
        subprocess.check_call([*git, "checkout", "--quiet", "FETCH_HEAD"])
        subprocess.check_call([PYTHON, Path(folder) / "src" / "pip", *arguments])


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["zhenggai", "--help"])))
