"""The README shows what the program really prints: its console blocks are run in order, in a copy, and compared.

``<!-- 2021-01-04 09:00 县财政局 -->`` sets the clock, and who is at the keyboard, for the blocks below it; without one the
files are only read. ``--renew-golden`` writes the blocks anew; review the diff.
"""

import re
import secrets
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from small_repo import NOW, SHIPPED, Runner, write
from zhenggai.reading.load import load_units
from zhenggai.setup.clone_files import ATTRIBUTES

README = SHIPPED / "README.md"
_PIECES = re.compile(
    r"<!-- (?P<when>\d{4}-\d{2}-\d{2} \d{2}:\d{2}) (?P<who>\S+) -->|(?P<head>```console\n)(?P<body>\$ .*?)\n```",
    re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (zhenggai .*)\n", re.MULTILINE)


OTHERS = """\
- 编号: 20210106-c9yj0007
  日期: 2021-01-06
  事项: 经验
  内容: 督导组进校前先自查，问题清单提前一周交
  填报人: 办公室
"""


@pytest.fixture
def county(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped plan and ledgers in somebody's clone, with the files that the week brings; another unit has pushed since."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", "2021-01-06T17:00:00+08:00")
    server, folder = tmp_path / "server.git", tmp_path / "台账"
    for name in ("plans", "ledgers"):
        shutil.copytree(SHIPPED / name, folder / name)
    write(folder, {".gitignore": ".zhenggai/\n", ".gitattributes": "".join(f"{line}\n" for line in ATTRIBUTES)})
    book = folder / "plans/units.yaml"  # somebody's own ledger is no demonstration
    book.write_bytes(book.read_bytes().replace("演示: 是\n".encode(), b"", 1))
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(server))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "remote", "add", "origin", str(server))
    for name, value in {"user.name": "县财政局", "user.email": "caizhengju@xian.example"}.items():
        git(folder, "config", name, value)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "方案: 2020-03-01 印发")
    write(folder, {"ledgers/jcdj-2020/县教育局/2021-01.办公室.7m.yaml": OTHERS})
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "台账: 县教育局 2021-01-06 新增1条")
    git(folder, "push", "-q", "-u", "origin", "main")
    git(folder, "reset", "-q", "--hard", "HEAD^")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    write(folder, {".zhenggai/clone": "k3"})
    write(folder, {name: name for name in re.findall(r" -e (\S+\.\w+)", README.read_text("utf-8"))})
    return folder


def git(folder: Path, *arguments: str) -> None:
    """Run git; it must succeed."""
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def replayed(text: str, zhenggai: Runner, county: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The README with every block as the program prints it now."""
    now, done, units = NOW, 0, load_units(SHIPPED)[0]
    for piece in _PIECES.finditer(text):
        if piece["when"]:
            now = datetime.fromisoformat(piece["when"])
            monkeypatch.setenv("ZHENGGAI_UNIT", piece["who"])
            monkeypatch.setenv("ZHENGGAI_WRITER", "办公室")
            unit = units.unit_named(piece["who"])
            git(county, "config", "user.email", unit.identities[0] if unit else "")
            continue
        yield text[done : piece.start("body")]
        said = []
        for command in _COMMAND.findall(piece["body"] + "\n"):
            now += timedelta(minutes=7)
            ran = zhenggai(*shlex.split(command)[1:], at=county, now=now)
            said.append(f"$ {command}\n{ran.err}{ran.out}".rstrip("\n"))
        yield "\n\n".join(said)
        done = piece.end("body")
    yield text[done:]


def test_console_blocks_are_real(
    zhenggai: Runner, county: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    numbers = count(7)
    monkeypatch.setattr(secrets, "randbits", lambda _: next(numbers) * 7919)
    text = README.read_text("utf-8")
    now = "".join(replayed(text, zhenggai, county, monkeypatch))
    if request.config.getoption("--renew-golden"):
        README.write_bytes(now.encode())
        return
    assert now == text


def test_readme_shows_the_main_job_on_the_shipped_plan() -> None:
    assert "$ zhenggai status --as-of 2020-06-30\n" in README.read_text("utf-8")


def test_every_command_has_its_place_in_the_readme() -> None:
    from zhenggai.cli.command_table import COMMANDS

    text = README.read_text("utf-8")
    assert [c.name for c in COMMANDS if f"zhenggai {c.name}" not in text] == []


def test_the_two_commands_are_there() -> None:
    text = README.read_text("utf-8")
    assert "python3 .ci/setup.py zhenggai status --as-of 2020-06-30" in text
    assert "python3 .ci/setup.py pytest" in text
