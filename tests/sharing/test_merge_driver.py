"""The merge driver as git runs it: merge, rebase, cherry-pick, stash, merges that cross, and what a person must decide."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from small_repo import Ran
from zhenggai.setup.repository import driver

FILE = "ledgers/p/县教育局/2020-05.办公室.k3.yaml"


def entry(letter: str, percent: int = 40, content: str = "初稿") -> str:
    return (
        f"- 编号: 20200512-{letter * 8}\n  日期: 2020-05-12\n  事项: 进展\n  进度: {percent}\n"
        f"  内容: {content}\n  填报人: 办公室\n"
    )


A, A50, A60, B, C, D, E = entry("a"), entry("a", 50), entry("a", 60), entry("b"), entry("c"), entry("d"), entry("e")


class Clone:
    """A repository in a folder with the driver set, on branch main."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / ".gitattributes").write_text("*.yaml text eol=lf\nledgers/**/*.yaml merge=zhenggai\n")
        self.git("init", "-q", "-b", "main")
        settings = {"user.name": "办公室", "user.email": "a@b", "merge.zhenggai.driver": driver()}
        for name, value in settings.items():
            self.git("config", name, value)
        self.git("add", "-A")
        self.git("commit", "-qm", "开始")

    def tried(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, encoding="utf-8", errors="replace", check=False
        )

    def git(self, *arguments: str) -> None:
        done = self.tried(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr

    def commit(self, text: str, path: str = FILE) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(text.encode())
        self.git("add", "-A")
        self.git("commit", "-qm", "改")

    def branches(self, base: str | None, ours: str, theirs: str, path: str = FILE) -> None:
        """``main`` with ours and ``other`` with theirs, both from a commit with ``base``; main is checked out."""
        if base is not None:
            self.commit(base, path)
        self.git("checkout", "-qb", "other")
        self.commit(theirs, path)
        self.git("checkout", "-q", "main")
        self.commit(ours, path)

    @property
    def text(self) -> str:
        return (self.folder / FILE).read_bytes().decode()


@pytest.fixture
def clone(home: Path, tmp_path: Path) -> Clone:
    return Clone(tmp_path / "台账 库")


@pytest.mark.parametrize(
    "command", [("merge", "-q", "--no-edit", "other"), ("rebase", "-q", "other"), ("cherry-pick", "other")]
)
def test_appends_never_stop_anybody(clone: Clone, command: tuple[str, ...]) -> None:
    clone.branches(A, A + C, A + B)
    clone.git(*command)
    assert clone.text == A + B + C
    assert clone.tried("status", "--porcelain").stdout == ""


def test_what_was_stashed_comes_back(clone: Clone) -> None:
    clone.commit(A)
    (clone.folder / FILE).write_text(A + C, "utf-8")
    clone.git("stash", "-q")
    clone.commit(A50 + B)
    clone.git("stash", "pop", "-q")
    assert clone.text == A50 + B + C


def test_a_file_that_both_added(clone: Clone) -> None:
    clone.branches(None, A + C, A + B)
    clone.git("merge", "-q", "--no-edit", "other")
    assert clone.text == A + B + C


@pytest.mark.parametrize("strategy", ["ort", "recursive"])
def test_merges_that_cross(clone: Clone, strategy: str) -> None:
    """Each side merged the other's first commit by itself, and decided the clash the same way; then both went on."""
    clone.branches(A, A50 + B, A60 + C)
    clone.git("tag", "ours", "main")
    clone.git("tag", "theirs", "other")
    for branch, other, more in (("main", "theirs", D), ("other", "ours", E)):
        clone.git("checkout", "-q", branch)
        assert clone.tried("merge", "-q", "--no-edit", other).returncode == 1
        clone.commit(A50 + B + C)
        clone.commit(A50 + B + C + more)
    bases = clone.tried("merge-base", "--all", "main", "other").stdout.split()
    assert len(bases) == 2
    done = clone.tried("merge", "-q", "--no-edit", "-s", strategy, "main")
    assert (done.returncode, clone.text) == (0, A50 + B + C + D + E), done.stdout + done.stderr
    assert "两边改得不同" not in done.stderr  # the base that git made for itself had a conflict: nobody's business


def test_a_clash_stops_with_both_versions_and_says_what_to_do(clone: Clone) -> None:
    clone.branches(A + B, A50 + B, A60 + B + C)
    done = clone.tried("merge", "-q", "--no-edit", "other")
    assert done.returncode == 1
    assert (
        f"{FILE}：两边改得不同：20200512-aaaaaaaa 的“进度” — 下一步：运行 zhenggai sync，按提示逐项选定\n"
        in done.stderr
    )
    assert clone.text == f"<<<<<<< 一方\n{A50}=======\n{A60}>>>>>>> 另一方\n{B}{C}"
    assert [line.split()[2] for line in clone.tried("ls-files", "-u").stdout.splitlines()] == ["1", "2", "3"]


def test_what_is_not_understood_is_an_ordinary_conflict_of_whole_entries(clone: Clone) -> None:
    clone.branches(A + B + D, A + B + "- 内容: 没有编号\n" + D, A + B + C + D)
    done = clone.tried("merge", "-q", "--no-edit", "other")
    assert done.returncode == 1
    assert f"{FILE}：一方第 13 行：缺少编号 — 下一步：" in done.stderr
    assert clone.text == f"{A}{B}<<<<<<< 一方\n- 内容: 没有编号\n=======\n{C}>>>>>>> 另一方\n{D}"


def test_a_file_that_is_no_ledger_is_merged_as_git_does(clone: Clone) -> None:
    path = "ledgers/说明.yaml"
    clone.branches("甲\n一\n二\n三\n乙\n", "甲1\n一\n二\n三\n乙\n", "甲\n一\n二\n三\n乙2\n", path)
    clone.git("merge", "-q", "--no-edit", "other")
    assert (clone.folder / path).read_bytes().decode() == "甲1\n一\n二\n三\n乙2\n"
    clone.git("checkout", "-q", "other")
    clone.commit("甲2\n", path)
    assert clone.tried("merge", "-q", "main").returncode == 1
    assert "<<<<<<< 一方\n甲2\n=======\n" in (clone.folder / path).read_bytes().decode()


@pytest.fixture
def driven(tmp_path: Path, zhenggai: Callable[..., Ran]) -> Callable[..., tuple[Ran, bytes]]:
    """Run the driver on three files, from a folder that is none of git's: what it said, and the result."""

    def run(base: bytes, ours: bytes, theirs: bytes, size: str = "7", path: str = FILE) -> tuple[Ran, bytes]:
        names = []
        for name, data in (("O", base), ("A", ours), ("B", theirs)):
            (tmp_path / name).write_bytes(data)
            names.append(str(tmp_path / name))
        return zhenggai("merge-driver", *names, size, path, at=tmp_path), (tmp_path / "A").read_bytes()

    return run


def test_it_works_anywhere_and_in_silence(driven: Callable[..., tuple[Ran, bytes]]) -> None:
    a, b, c = A.encode(), B.encode(), C.encode()
    assert driven(a, a + c, a + b, path=f"县台账/{FILE}") == (Ran(0, "", ""), a + b + c)
    assert driven(a, A50.encode(), A60.encode(), size="9")[0] == Ran(4, "", "")


@pytest.mark.parametrize("size", ["7", "9"])
def test_what_is_no_text_stays_as_it_is(driven: Callable[..., tuple[Ran, bytes]], size: str) -> None:
    wide = (A + B).encode("utf-16")
    ran, result = driven(A.encode(), wide, (A + C).encode(), size)
    assert (ran.code, ran.out, result) == (4, "", wide)
    ran, result = driven(A.encode(), (A + C).encode(), wide, size)
    assert (ran.code, result) == (4, (A + C).encode())
    said = f"{FILE}：另一方不是 UTF-8 编码 — 下一步：运行 zhenggai sync，按提示逐项选定\n"
    assert ran.err == (said if size == "7" else "")


def test_another_encoding_stands_between_markers(driven: Callable[..., tuple[Ran, bytes]]) -> None:
    gbk = (A + B).encode("gb18030")
    ran, result = driven(A.encode(), gbk, (A + C).encode())
    assert ran.code == 4
    assert result.replace(b"=======\n", b"\n").split(b"\n", 1)[1].startswith(gbk)
    assert (A + C).encode() in result


def test_an_accident_leaves_both_sides(
    driven: Callable[..., tuple[Ran, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_versions: bytes, **_options: int) -> None:
        raise RecursionError

    monkeypatch.setattr("zhenggai.cli.commands.merge_driver.merged", fail)
    ran, result = driven(A.encode(), (A + C).encode(), (A + B).encode())
    assert (ran.code, ran.err.partition(" — ")[0]) == (4, f"{FILE}：没有合成（RecursionError）")
    assert result.decode() == f"{A}<<<<<<< 一方\n{C}=======\n{B}>>>>>>> 另一方\n"


def test_it_starts_without_what_reports_need() -> None:
    heavy = "{'pydantic', 'filelock', 'zhenggai.ledger'} & set(sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, zhenggai.cli.commands.merge_driver; print({heavy})"],
        capture_output=True,
        check=True,
    )
    assert done.stdout.strip() == b"set()"


@pytest.mark.parametrize("python", ["/nowhere/python", "python-without-it"])
def test_a_python_that_cannot_run_the_driver_leaves_both_sides(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python: str
) -> None:
    """git takes a driver that does not start for one that met a conflict, and would keep our side alone."""
    program = tmp_path / "python-without-it"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / python))
    clone.git("config", "merge.zhenggai.driver", driver())
    clone.branches(A, A + B, A + C)
    assert clone.tried("merge", "-q", "other").returncode == 1
    assert "<<<<<<<" in clone.text
    assert all(f"20200512-{letter * 8}" in clone.text for letter in "abc")
