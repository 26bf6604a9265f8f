"""Control characters: refused when written, an error in ``check``, not pushed by ``sync``, refused at the server."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from small_history import BOOK, ORGANISERS, history
from small_repo import PLAN, UNITS, Ran, Runner, small_repo, tree, write
from terminal import BACKSPACE, ENTER, Keys, pasted, spoken

ARROW = "\x1b[D"
WHO = ("--unit", "县教育局", "--writer", "办公室")
LEDGER = "ledgers/p/县教育局/2020-06.办公室.aa.yaml"
ENTRY = """\
- 编号: 20200601-00000001
  日期: 2020-06-01
  措施: 1-1
  事项: 进展
  内容: "督\\u001b[D办"
  填报人: 办公室
"""
NUMBER = "20200601-00000001"
WHAT = "“内容”里有看不见的控制字符 U+001B"


def git(folder: Path, *arguments: str) -> Ran:
    """What git said and how it ended."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def said(ran: Ran) -> list[str]:
    """The lines of a check about control characters."""
    return [line for line in ran.out.splitlines() if "控制字符" in line]


# --- written


@pytest.mark.parametrize(
    "text", [f"督{ARROW}办", "督\x7f办", "督\x9b办", "督\u202e办", "督\ufeff办", "甲\r乙", "督\x0b办"]
)
@pytest.mark.parametrize("words", [("add", "1-1"), ("claim", "1-1", "--person"), ("lesson",)], ids=" ".join)
def test_no_command_writes_one(zhenggai: Runner, tmp_path: Path, words: tuple[str, ...], text: str) -> None:
    root = small_repo(tmp_path)
    before = tree(root)
    ran = zhenggai(*words, text, *WHO, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert f"里有看不见的控制字符 U+{next(ord(c) for c in text if not c.isprintable()):04X}，没有写入" in ran.err
    assert tree(root) == before


def test_tabs_lines_and_joiners_may_be_written(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path)
    assert zhenggai("add", "1-1", "甲\t乙\n丙\r\n丁\u200b\u200e", *WHO, at=root).code == 0
    assert said(zhenggai("check", at=root)) == []


def test_a_control_character_that_is_pasted_must_be_removed(home: Path, tmp_path: Path) -> None:
    root = small_repo(tmp_path)
    answers = [
        ("做了什么", Keys(pasted(f"督{ARROW}办") + ENTER)),
        ("里面有看不见的控制字符 U+001B，请删去", f"{BACKSPACE * 4}办"),
        ("写入？", ""),
    ]
    assert spoken(root, "add", "1-1", "-p", "30", *WHO, answers=answers).code == 0
    (file,) = (root / "ledgers/p/县教育局").glob("*.yaml")
    assert "内容: 督办\n" in file.read_text("utf-8")


def test_no_change_of_a_book_writes_one(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path)
    before = tree(root)
    basis = ("--basis", "县委〔2020〕9号", "--yes")
    ran = zhenggai("adjust", "1-1", "责任人", f"书{ARROW}记", *basis, at=root)
    assert (ran.code, "“现”里有看不见的控制字符 U+001B，没有写入" in ran.err) == (2, True)
    assert tree(root) == before


# --- checked


def test_check_names_the_entry_the_field_and_what_to_do(zhenggai: Runner, tmp_path: Path) -> None:
    root = write(small_repo(tmp_path), {LEDGER: ENTRY})
    ran = zhenggai("check", at=root)
    assert ran.code == 1
    assert said(ran) == [
        f"{LEDGER}:1: 控制字符: {WHAT} — 没交出去的，zhenggai undo 后重新记录；交过的，zhenggai correct 00000001 内容=…"
    ]


@pytest.mark.parametrize("change", [("内容=督办",), ("--void",)])
def test_what_was_corrected_or_withdrawn_is_no_error_any_more(
    zhenggai: Runner, tmp_path: Path, change: tuple[str, ...]
) -> None:
    root = write(small_repo(tmp_path), {LEDGER: ENTRY})
    assert zhenggai("correct", "00000001", *change, *WHO, at=root).code == 0
    assert said(zhenggai("check", at=root)) == []


def test_the_books_are_checked(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("责任人: 书记, 阶段: [1, 2]", '责任人: "书\\u001b记", 阶段: [1, 2]')
    units = UNITS.replace("简称: [县委办]", '简称: ["县委\\u202e办"]')
    root = small_repo(tmp_path, plan=plan, units=units)
    assert [line.split(" — ")[0] for line in said(zhenggai("check", at=root))] == [
        "plans/p.yaml:15: 控制字符: “责任人”里有看不见的控制字符 U+001B",
        "plans/units.yaml:5: 控制字符: “简称”里有看不见的控制字符 U+202E",
    ]


# --- shared


def test_sync_does_not_push_one(office: Path, sync: Runner) -> None:
    a = office / "a"
    write(a, {LEDGER: ENTRY})
    ran = sync(a)
    assert (ran.code, WHAT in ran.err) == (1, True)
    assert git(office / "server.git", "ls-tree", "-rz", "--name-only", "main", LEDGER).out == ""


@pytest.fixture
def clone(zhenggai: Runner, quick_hooks: None, tmp_path: Path) -> Path:
    """A clone whose plan a server made by ``init --server`` has."""
    assert zhenggai("init", "台账.git", "--server", at=tmp_path).code == 0
    made = history(tmp_path / "clone", plan=PLAN.replace("[各乡镇, 县教育局]", "县教育局"))
    made.git("remote", "add", "origin", str(tmp_path / "台账.git"))
    made.git("push", "-q", "origin", "main")
    git(made.root, "config", "user.name", "某人")
    git(made.root, "config", "user.email", "jyj@x")
    return made.root


def pushed(clone: Path) -> str:
    """What git says of a push of all there is; "" where it is taken."""
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "--no-verify", "-m", "记录")
    done = git(clone, "push", "-q", "origin", "main")
    return done.err.replace("\nremote: ", "") if done.code else ""


@pytest.mark.parametrize("text", [ENTRY, ENTRY.replace("\\u001b", "\\u202E"), ENTRY.replace("\\u001b", "\u202e")])
def test_the_server_refuses_an_entry(clone: Path, text: str) -> None:
    write(clone, {LEDGER: text})
    told = pushed(clone)
    for words in (f"{LEDGER} {NUMBER}", "“内容”里有看不见的控制字符 U+", "下一步：zhenggai undo"):
        assert words in told
    write(clone, {LEDGER: ENTRY.replace("\\u001b[D", "")})
    assert pushed(clone) == ""


def test_the_server_refuses_one_that_hides_its_entry(clone: Path) -> None:
    write(clone, {LEDGER: ENTRY.replace("\\u001b", "\x1b")})
    assert "有看不见的控制字符 U+001B" in pushed(clone)


def test_the_server_takes_one_that_is_corrected_in_the_same_push(zhenggai: Runner, clone: Path) -> None:
    write(clone, {LEDGER: ENTRY})
    assert zhenggai("correct", "00000001", "内容=督办", *WHO, at=clone).code == 0
    assert pushed(clone) == ""


def test_the_server_takes_what_is_pushed_after_one_that_landed(zhenggai: Runner, clone: Path, tmp_path: Path) -> None:
    hook = tmp_path / "台账.git/hooks/pre-receive"
    aside = hook.rename(hook.with_suffix(".aside"))
    write(clone, {LEDGER: ENTRY})
    assert pushed(clone) == ""
    aside.rename(hook)
    assert zhenggai("correct", "00000001", "内容=督办", *WHO, at=clone, now=datetime(2020, 7, 2, 9)).code == 0
    assert pushed(clone) == ""


@pytest.mark.parametrize("mark", ['"某\\u001b局"', "某\x1b局"])
def test_the_server_refuses_a_book(clone: Path, mark: str) -> None:
    git(clone, "config", "user.email", ORGANISERS)
    write(clone, {"plans/units.yaml": f"{BOOK}- {{名称: 某局, 简称: [{mark}]}}\n"})
    assert "有看不见的控制字符 U+001B" in pushed(clone)


def test_in_the_history_it_is_a_doubt(tmp_path: Path, home: Path) -> None:
    repo = history(tmp_path / "台账")
    repo.commit({LEDGER: ENTRY}, on="06-01")
    assert repo.seen() == [f"疑点 控制字符 县教育局/2020-06.办公室.aa.yaml {NUMBER} {WHAT}"]
