"""Sets up ``.venv`` beside the code and runs a program of it: all that a fresh machine needs is Python 3.11+ and git.

    python3 .ci/setup.py zhenggai status --as-of 2020-06-30
    python3 .ci/setup.py pytest

Nothing is installed outside the project's folder, so a system Python that manages itself (PEP 668) is left alone. Where
the system's Python has neither ensurepip nor pip (a plain Debian), pip's own wheel is fetched from the package index.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = HOME / "installed"
EXTRAS = {"zhenggai": "", "pytest": "[test]"}  # any other program is a developer's
INDEX = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple")


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
        install(f"{ROOT}{extra}")
        with STAMP.open("a", encoding="utf-8") as stamp:
            stamp.write(state + "\n")
    return subprocess.call([BIN / program, *arguments])


def install(what: str) -> None:
    """Install into ``.venv`` with whatever pip there is; the project itself stays editable."""
    arguments = ["install", "--quiet", "--disable-pip-version-check", "--editable", what]
    if (
        subprocess.call(
            [PYTHON, "-m", "ensurepip", "--default-pip"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        == 0
    ):
        subprocess.check_call([PYTHON, "-m", "pip", *arguments])
        return
    with tempfile.TemporaryDirectory() as folder:
        wheel = fetch_pip(Path(folder))
        subprocess.check_call([PYTHON, wheel / "pip", *arguments])


def fetch_pip(folder: Path) -> Path:
    """Fetch the newest pip wheel from the package index, its digest checked; it runs as it is."""
    accept = {"Accept": "application/vnd.pypi.simple.v1+json"}
    page = f"{INDEX.rstrip('/')}/pip/"
    with urllib.request.urlopen(urllib.request.Request(page, headers=accept), timeout=60) as answer:
        files = json.load(answer)["files"]
    stable = [f for f in files if f["filename"].endswith("-py3-none-any.whl") and not f.get("yanked")]
    newest = max(stable, key=lambda f: version(f["filename"]))
    with urllib.request.urlopen(urllib.parse.urljoin(page, newest["url"]), timeout=60) as answer:
        data = answer.read()
    if hashlib.sha256(data).hexdigest() != newest["hashes"]["sha256"]:
        raise SystemExit("下载的 pip 校验不符，请重试")
    path = folder / newest["filename"]
    path.write_bytes(data)
    return path


def version(filename: str) -> tuple[int, ...]:
    """The version in a wheel's name as a key; what is not a plain release sorts first."""
    parts = filename.split("-")[1].split(".")
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else ()


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["zhenggai", "--help"])))
