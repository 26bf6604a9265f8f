"""The README and the users' pages show the program's real output. Their blocks are run in order, in a copy of the data.

- ``console`` blocks are run and compared; ``$ cd`` holds for the rest of the page
- ``sh`` blocks that call ``zhenggai`` are run and must succeed
- ``<!-- 2021-01-04 09:00 县财政局 -->`` sets the clock and the user's unit for the blocks below it. Without a unit, the
  folder's settings apply; without such a line, the blocks only read
- ``<!-- plans/p.yaml -->`` before a ``yaml`` block writes the block to that file

``--renew-golden`` rewrites the console blocks; review the diff.
"""

import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from small_repo import NOW, SHIPPED, Runner, write
from zhenggai.reading.load import load_units
from zhenggai.setup.clone_files import ATTRIBUTES

README = SHIPPED / "README.md"
DOCS = SHIPPED / "docs"
GUIDE = DOCS / "guide.md"
RUN = ("README.md", "docs/guide.md", "docs/sharing.md", "docs/facts.md")
WITH_CONTENTS = (
    "guide.md",
    "sharing.md",
    "facts.md",
    "guarantees.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "decisions.md",
)
HELD = ("docs/guarantees.md", "docs/CONTRIBUTING.md", "docs/SECURITY.md", "docs/decisions.md")
PAGES = sorted(path.relative_to(SHIPPED).as_posix() for path in (README, *DOCS.glob("*.md")))
_PIECES = re.compile(
    r"<!-- (?P<when>\d{4}-\d{2}-\d{2} \d{2}:\d{2})(?: (?P<who>\S+))? -->"
    r"|<!-- (?P<file>\S+\.yaml) -->\n```yaml\n(?P<text>.*?)```"
    r"|```sh\n(?P<silent>.*?)```"
    r"|```console\n(?P<body>\$ .*?)\n```",
    re.DOTALL,
)
_COMMAND = re.compile(r"^\$ ((?:zhenggai|cd) .*)\n", re.MULTILINE)


OTHERS = """\
- 编号: 20210106-c9yj0007
  日期: 2021-01-06
  事项: 经验
  内容: 督导组进校前先自查，问题清单提前一周交
  填报人: 办公室
"""


@pytest.fixture
def county(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with the shipped plan and ledgers, and the files that the pages use. Another unit has pushed since."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    own = home / "gitconfig"
    own.write_text("[user]\n name = 县委组织部\n email = zuzhibu@xian.example\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", "2021-01-06T17:00:00+08:00")
    server, folder = tmp_path / "server.git", tmp_path / "台账"
    for name in ("plans", "ledgers"):
        shutil.copytree(SHIPPED / name, folder / name)
    write(folder, {".gitignore": ".zhenggai/\n", ".gitattributes": "".join(f"{line}\n" for line in ATTRIBUTES)})
    book = folder / "plans/units.yaml"  # without the mark of a demonstration ledger
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
    write(folder, {name: name for name in re.findall(r" -e (\S+\.\w+)", GUIDE.read_text("utf-8"))})
    for sample in ("方案.txt", "台账.csv"):
        shutil.copy(DOCS / "draft" / sample, folder)
    return folder


def git(folder: Path, *arguments: str) -> None:
    """Run git. It must succeed."""
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


class Reader:
    """Runs the blocks of a page in a folder, at the page's time."""

    def __init__(self, zhenggai: Runner, county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.zhenggai, self.county, self.monkeypatch = zhenggai, county, monkeypatch
        self.at, self.now, self.units = county, NOW, load_units(SHIPPED)[0]

    def page(self, text: str) -> Iterator[str]:
        """The lines of the page, with the program's present output in the console blocks."""
        done = 0
        for piece in _PIECES.finditer(text):
            if piece["when"]:
                self.now = datetime.fromisoformat(piece["when"])
                self.sit_down(piece["who"])
            elif piece["file"]:
                write(self.at, {piece["file"]: piece["text"]})
            elif piece["silent"]:
                for line in re.findall(r"^(?:zhenggai|cd) [^#\n]+", piece["silent"], re.MULTILINE):
                    code, said = self.run(line)
                    assert code == 0, said
            else:
                yield text[done : piece.start("body")]
                commands = _COMMAND.findall(piece["body"] + "\n")
                yield "\n\n".join(f"$ {command}\n{self.run(command)[1]}".rstrip("\n") for command in commands)
                done = piece.end("body")
        yield text[done:]

    def sit_down(self, who: str | None) -> None:
        """Set the user's unit. None: that of the folder's settings."""
        for name, value in {"ZHENGGAI_UNIT": who, "ZHENGGAI_WRITER": who and "办公室"}.items():
            if value:
                self.monkeypatch.setenv(name, value)
            else:
                self.monkeypatch.delenv(name, raising=False)
        if who:
            unit = self.units.unit_named(who)
            git(self.county, "config", "user.email", unit.identities[0] if unit else "")

    def run(self, command: str) -> tuple[int, str]:
        """Run a command. Returns exit code and output."""
        program, *arguments = shlex.split(command)
        if program == "cd":
            self.at = Path(os.path.normpath(self.at / arguments[0]))
            return 0, ""
        self.now += timedelta(minutes=7)
        ran = self.zhenggai(*arguments, at=self.at, now=self.now)
        return ran.code, ran.err + ran.out


@pytest.mark.parametrize("page", RUN)
def test_a_page_shows_what_the_program_prints(
    page: str, zhenggai: Runner, county: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    numbers = count(7)
    monkeypatch.setattr(secrets, "randbits", lambda _: next(numbers) * 7919)
    monkeypatch.setattr(secrets, "choice", lambda digits: digits[next(numbers) % len(digits)])
    text = (SHIPPED / page).read_text("utf-8")
    now = "".join(Reader(zhenggai, county, monkeypatch).page(text))
    if request.config.getoption("--renew-golden"):
        (SHIPPED / page).write_bytes(now.encode())
        return
    assert now == text


def test_the_picture_is_what_the_program_shows() -> None:
    ran = subprocess.run([sys.executable, SHIPPED / ".ci/picture.py", "--check"], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr.decode()) == (0, "")


def test_the_readme_is_short_and_begins_with_the_two_commands() -> None:
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= 200
    head = text[: text.index("docs/status.svg")]
    assert "python3 .ci/setup.py zhenggai status --as-of 2020-06-30" in head
    assert "python3 .ci/setup.py pytest" in head


def test_the_readme_has_a_whole_plan_and_checks_it() -> None:
    text = README.read_text("utf-8")
    plans = [piece for piece in _PIECES.finditer(text) if piece["file"]]
    assert [len(piece["text"].splitlines()) <= 20 for piece in plans] == [True]
    assert "\n$ zhenggai check\n```" in text  # no output: no error, warning or doubt


def test_every_command_has_its_row_in_the_guide() -> None:
    from zhenggai.cli.command_table import COMMANDS

    text = GUIDE.read_text("utf-8")
    assert [c.name for c in COMMANDS if f"\n| `{c.name}` | {c.alias} | {c.about} |\n" not in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    text = (SHIPPED / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, anchor = target.partition("#")
        if ":" in name:
            continue
        path = (SHIPPED / page).parent / name if name else SHIPPED / page
        assert path.exists(), target
        assert not anchor or anchor in map(slug, headings(path.read_text("utf-8"))), target


@pytest.mark.parametrize("page", HELD)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    text = (SHIPPED / page).read_text("utf-8")
    own = re.findall(r"(?<![\w./])(?:tests|benchmarks|docs|src|\.ci|\.github)/[\w./-]+\w", text)
    rooms = "|".join(path.name for path in (SHIPPED / "src/zhenggai").iterdir() if path.is_dir())
    own += [f"src/zhenggai/{path}" for path in re.findall(rf"`((?:{rooms})/[\w/.]+\.py)\b", text)]
    assert [path for path in own if "NAME" not in path and not (SHIPPED / path).exists()] == []


def test_the_guarantees_count_what_the_tests_try() -> None:
    text = (DOCS / "guarantees.md").read_text("utf-8")
    kills = re.search(
        r"^RANDOM_KILLS, WRITERS, EACH = (\d+), (\d+), (\d+)$", source("tests/writing/test_kills.py"), re.MULTILINE
    )
    assert kills is not None
    assert f"{kills[1]} 个正在写的程序" in text
    assert f"{kills[2]} 个程序同时往一个文件各写 {kills[3]} 条" in text
    files = ("tests/setup/test_server_pushes.py", "tests/audit/test_administration_push.py")
    options = ("--collect-only", "-q", "-o", "addopts=", "-p", "no:cacheprovider")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *files], cwd=SHIPPED, capture_output=True, check=True
    )
    tried = [line.partition("[")[0].rpartition("::")[2] for line in ran.stdout.decode().splitlines()]
    hostile = tried.count("test_hostile_pushes_are_refused") + tried.count("test_what_may_not_be_done_is_refused")
    honest = tried.count("test_honest_pushes_are_taken") + tried.count("test_what_may_be_done_is_taken")
    assert f"{hostile} 种有意作恶的推送" in text
    assert f"{honest} 种正当的推送" in text


def source(path: str) -> str:
    """A file's text."""
    return (SHIPPED / path).read_text("utf-8")


@pytest.mark.parametrize("page", WITH_CONTENTS)
def test_a_page_begins_with_its_contents(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    sections = re.findall(r"^## (.+)$", fenceless(text), re.MULTILINE)
    head = text.partition("\n## ")[0]
    assert re.findall(r"\[([^]]+)\]\(#([^)]+)\)", head) == [(section, slug(section)) for section in sections]


def fenceless(text: str) -> str:
    """A page without its code blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


def headings(text: str) -> list[str]:
    """A page's headings."""
    return re.findall(r"^#+ (.+)$", fenceless(text), re.MULTILINE)


def slug(heading: str) -> str:
    """The anchor of a heading: without punctuation, with hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_lines_for_python_print_what_the_guide_says(home: Path, tmp_path: Path) -> None:
    for name in ("plans", "ledgers"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    found = re.search(r"```python\n(.*?)```\n\n```\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", found[1]], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert (done.stdout, done.stderr) == (found[2], "")
