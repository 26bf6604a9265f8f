"""A file of evidence that was swapped before anybody saw it: held against the digest in its name, at five places."""

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo, write

pytestmark = pytest.mark.usefixtures("quick_hooks")

FOLDER = "ledgers/p/县教育局"
LEDGER = f"{FOLDER}/2020-07.办公室.k3.yaml"
GOOD, OTHER = b"signed by all\n", b"signed by none\n"
NAME = f"附件/2020-07/办法.{sha256(GOOD).hexdigest()[:8]}.txt"
PAPER = f"{FOLDER}/{NAME}"
WRONG = f"内容与文件名里的摘要不符（现在是 {sha256(OTHER).hexdigest()[:8]}），被换过或改过"


def git(folder: Path, *arguments: str) -> Ran:
    """What git said and how it ended."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def server(zhenggai: Runner, tmp_path: Path) -> Path:
    assert zhenggai("init", "台账.git", "--server", at=tmp_path).code == 0
    return tmp_path / "台账.git"


@pytest.fixture
def clone(zhenggai: Runner, server: Path, tmp_path: Path) -> Path:
    """A clone whose plan the server has, and in which an entry with a paper was just recorded."""
    clone = small_repo(tmp_path / "clone")
    git(clone, "init", "-q", "-b", "main")
    write(clone, {".zhenggai/clone": "k3"})
    assert zhenggai("init", at=clone).code == 0
    git(clone, "config", "user.name", "某人")
    git(clone, "config", "user.email", "jyj@x")
    git(clone, "remote", "add", "origin", str(server))
    git(clone, "add", "-A")
    assert git(clone, "commit", "-qm", "建库").code == 0
    assert git(clone, "push", "-q", "origin", "HEAD:main").code == 0
    source = write(tmp_path, {"办法.txt": GOOD}) / "办法.txt"
    who = ("--unit", "县教育局", "--writer", "办公室")
    assert zhenggai("add", "1-1", "定下办法", "-p", "30", "-e", str(source), *who, at=clone).code == 0
    assert (clone / PAPER).read_bytes() == GOOD
    return clone


def number(clone: Path) -> str:
    """The number of the entry that names the paper."""
    return (clone / LEDGER).read_text("utf-8").split("\n", 1)[0].removeprefix("- 编号: ")


def of_evidence(ran: Ran) -> str:
    """The lines of a check that are about evidence; the small plan has other doubts."""
    return "".join(f"{line}\n" for line in ran.out.splitlines() if "/附件/" in line)


def swap(clone: Path) -> None:
    write(clone, {PAPER: OTHER})


def test_what_is_as_its_name_says_passes_all_five(zhenggai: Runner, clone: Path) -> None:
    ran = zhenggai("check", at=clone)
    assert (ran.code, of_evidence(ran)) == (0, "")
    git(clone, "add", "-A")
    assert zhenggai("check", "--staged", at=clone) == Ran(0, "", "")
    assert zhenggai("sync", at=clone).code == 0
    assert git(clone, "ls-tree", "-r", "--name-only", "-z", "origin/main", PAPER).out == f"{PAPER}\0"
    assert "佐证" not in zhenggai("audit", at=clone).out


def test_check_names_the_file_the_entry_and_what_to_do(zhenggai: Runner, clone: Path) -> None:
    swap(clone)
    ran = zhenggai("check", at=clone)
    assert ran.code == 1
    assert of_evidence(ran) == (
        f"{PAPER}:1: 佐证不符: {WRONG}；见于 {number(clone)}（{LEDGER}:1） — "
        f"放回原来的文件；换了材料的，zhenggai correct {number(clone)[-8:]} -e 新文件，再删去这一个\n"
    )


def test_the_next_step_works(zhenggai: Runner, clone: Path, tmp_path: Path) -> None:
    swap(clone)
    write(tmp_path, {"新.txt": OTHER})
    words = ("correct", number(clone)[-8:], "-e", str(tmp_path / "新.txt"), "--unit", "县教育局", "--writer", "办公室")
    assert zhenggai(*words, at=clone).code == 0
    (clone / PAPER).unlink()
    ran = zhenggai("check", at=clone)
    assert (ran.code, of_evidence(ran)) == (0, "")
    assert zhenggai("sync", at=clone).code == 0


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(zhenggai: Runner, clone: Path) -> None:
    swap(clone)
    git(clone, "add", "-A")
    write(clone, {PAPER: GOOD})
    ran = zhenggai("check", "--staged", at=clone)
    assert ran.code == 1
    assert ran.out.startswith(f"{PAPER}:1: 佐证不符: {WRONG}；见于 {number(clone)}")
    assert git(clone, "commit", "-qm", "记录").code == 1
    git(clone, "add", "-A")
    swap(clone)
    assert zhenggai("check", "--staged", at=clone) == Ran(0, "", "")


@pytest.mark.parametrize("committed", [False, True])
def test_sync_never_pushes_it(zhenggai: Runner, clone: Path, server: Path, *, committed: bool) -> None:
    swap(clone)
    if committed:
        git(clone, "add", "-A")
        git(clone, "commit", "-q", "--no-verify", "-m", "记录")
    before = git(server, "rev-parse", "main").out
    ran = zhenggai("sync", at=clone)
    assert ran.code == 1
    assert f"{PAPER}:1: 佐证不符" in ran.err
    assert number(clone) in ran.err
    assert git(server, "rev-parse", "main").out == before
    write(clone, {PAPER: GOOD})
    assert zhenggai("sync", at=clone).code == 0
    assert git(server, "rev-parse", "main").out != before


def test_sync_stops_for_one_that_nothing_names_any_more(zhenggai: Runner, clone: Path, server: Path) -> None:
    swap(clone)
    who = ("--unit", "县教育局", "--writer", "办公室")
    assert zhenggai("correct", number(clone)[-8:], "--void", *who, at=clone).code == 0
    ran = zhenggai("check", at=clone)
    assert (ran.code, of_evidence(ran).split(": ")[1]) == (0, "佐证不符（警告）")
    assert zhenggai("sync", at=clone).code == 1
    assert PAPER not in git(server, "ls-tree", "-rz", "--name-only", "main").out


def test_the_server_refuses_it(clone: Path, server: Path) -> None:
    swap(clone)
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "--no-verify", "-m", "记录")
    pushed = git(clone, "push", "-q", "origin", "HEAD:main")
    assert pushed.code != 0
    told = pushed.err.replace("\nremote: ", "")
    for words in (PAPER, WRONG, f"见于 {number(clone)}（{LEDGER}）", "下一步：放回原来的文件"):
        assert words in told
    write(clone, {PAPER: GOOD})
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "--no-verify", "-m", "放回")
    assert git(clone, "push", "-q", "origin", "HEAD:main").code == 0


def test_the_history_is_held_against_it(zhenggai: Runner, clone: Path) -> None:
    swap(clone)
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "--no-verify", "-m", "记录")
    ran = zhenggai("audit", at=clone)
    assert ran.code == 1
    (line,) = (line for line in ran.out.splitlines() if "佐证不符" in line)
    assert line.startswith(f"{PAPER}: 佐证不符: {number(clone)} {WRONG}；见于 {number(clone)}（{LEDGER}）")


def test_line_ends_that_git_changed_are_no_swap(zhenggai: Runner, clone: Path) -> None:
    write(clone, {PAPER: GOOD.replace(b"\n", b"\r\n")})
    ran = zhenggai("check", at=clone)
    assert (ran.code, of_evidence(ran)) == (0, "")


# --- files that nothing names


def test_a_file_that_no_entry_names_is_named(zhenggai: Runner, clone: Path) -> None:
    write(clone, {f"{FOLDER}/附件/散页.txt": "1", f"{FOLDER}/附件/2020-07/~$办法.docx": "1"})
    ran = zhenggai("check", at=clone)
    assert (ran.code, of_evidence(ran)) == (
        0,
        f"{FOLDER}/附件/散页.txt:1: 佐证（疑点）: 没有记录提到这个文件 — "
        "是佐证的，用 zhenggai add … -e 文件 记入台账；放错的，还没交出去就删去\n",
    )


def test_a_name_without_a_digest_is_doubted(zhenggai: Runner, clone: Path) -> None:
    other = "附件/2020-07/办法.txt"
    (clone / PAPER).rename(clone / FOLDER / other)
    write(clone, {LEDGER: (clone / LEDGER).read_text("utf-8").replace(NAME, other)})
    ran = zhenggai("check", at=clone)
    assert (ran.code, of_evidence(ran)) == (
        0,
        f"{FOLDER}/{other}:1: 佐证（疑点）: 文件名里没有摘要，内容换了也看不出；见于 {number(clone)}（{LEDGER}:1） — "
        f"zhenggai correct {number(clone)[-8:]} -e 文件，工具会给文件名加上摘要\n",
    )
