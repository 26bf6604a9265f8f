"""``-o``: what a report may replace, and what it never does."""

import os
import subprocess
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo, tree, write
from terminal import spoken
from zhenggai.cli import output
from zhenggai.errors import Unwritable

BEGUN = "04-10 县教育局 进展 1-1 内容=初稿 进度=40\n"
PUTS = [
    *("status", "todo 县教育局", "overdue", "due", "phase", "show 1-1", "week", "month", "rank", "remind", "lookback"),
    *("check", "audit", "doctor", "when 2020年9月底前"),
]


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    root = small_repo(tmp_path / "台账", BEGUN)
    write(root, {"README.md": "说明\n", "docs/说明[1].txt": "说明\n", ".gitignore": ".zhenggai/\n.zhenggai-*\n"})
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "县教育局")
    git(root, "config", "user.email", "jiaoyuju@xian.example")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "方案")
    return root


def everything(root: Path) -> dict[str, bytes]:
    """All files, git's own with them, the tool's own index aside."""
    return tree(root) | {str(p): p.read_bytes() for p in (root / ".git").rglob("*") if p.is_file()}


DATA = "plans/ 和 ledgers/ 里是数据，报告不写到那里，没有写入\n  下一步：换一个文件夹"
OWN = "里是 git 和本程序自己的文件，报告不写到那里，没有写入\n  下一步：换一个文件夹"
TRACKED = "由 git 管着，报告不覆盖它，没有写入\n  下一步：换一个名字"

REFUSED = {
    "README.md": TRACKED,
    "readme.MD": TRACKED,
    "docs/说明[1].txt": TRACKED,
    "Docs/说明[1].txt": TRACKED,
    "new/../README.md": TRACKED,
    "here/README.md": TRACKED,
    ".gitignore": TRACKED,
    ".git/config": OWN,
    ".git/新.txt": OWN,
    ".GIT/config": OWN,
    "hidden/config": OWN,
    ".zhenggai/lock": OWN,
    ".zhenggai/新.txt": OWN,
    ".Zhenggai/clone": OWN,
    ".zhenggai-0011": OWN,
    "plans/p.yaml": DATA,
    "plans/new.txt": DATA,
    "Plans/new.txt": DATA,
    "ledgers/p/县教育局/附件/plans/../新.txt": DATA,
    "ledgers/p/新.txt": DATA,
    "new/../plans/p.yaml": DATA,
    "to-plans/p.txt": DATA,
}


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize(("place", "why"), REFUSED.items(), ids=REFUSED)
def test_a_report_never_replaces_what_is_no_report(
    zhenggai: Runner, root: Path, place: str, why: str, force: tuple[str, ...]
) -> None:
    (root / "here").symlink_to(".")
    (root / "hidden").symlink_to(".git")
    (root / "to-plans").symlink_to("plans")
    (root / "new").mkdir()
    before = everything(root)
    ran = zhenggai("status", "-o", place, *force, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"{why}\n")
    assert everything(root) == before


@pytest.mark.parametrize("command", PUTS)
def test_every_command_that_puts_out_a_report_is_as_careful(zhenggai: Runner, root: Path, command: str) -> None:
    before = everything(root)
    for place, why in (("README.md", TRACKED), ("plans/p.yaml", DATA), (".git/config", OWN)):
        ran = zhenggai(*command.split(), "-o", place, at=root)
        assert (ran.code, ran.err) == (2, ran.err)
        assert ran.err.endswith(f"{why}\n")
    ran = zhenggai(*command.split(), "-o", "报告.wps", at=root)
    assert ran.code == 2
    assert everything(root) == before
    assert zhenggai(*command.split(), "-o", "报告.wps", "--force", at=root).code in (0, 1)
    assert (root / "报告.wps").read_text("utf-8")


def test_nothing_is_issued_where_the_copy_could_not_be_written(zhenggai: Runner, root: Path) -> None:
    before = everything(root)
    assert zhenggai("week", "--issue", "--as-of", "2020-06-28", "-o", "README.md", at=root).code == 2
    assert everything(root) == before


def test_nothing_is_issued_where_no_file_can_be_put(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "周报.txt").symlink_to("别处.txt")
    (root / "文件夹").mkdir()
    before = everything(root)
    issue = ("week", "--issue", "--as-of", "2020-06-28", "-o")
    for place, why in (
        ("周报.txt", "周报.txt 不是普通文件"),
        ("文件夹", "文件夹 不是普通文件"),
        (".", ". 不是普通文件"),
        ("README.md/周报.txt", "路径中有不是文件夹的"),
        (f"{'周' * 90}.txt", "文件名太长"),
        (f"{'周' * 90}/周报.txt", "文件名太长"),
    ):
        ran = zhenggai(*issue, place, at=root)
        assert (ran.code, ran.out) == (3, "")
        assert why in ran.err
        assert "已印发" not in ran.err
    monkeypatch.setattr(os, "access", lambda folder, _: Path(folder).name != "新")
    (root / "新").mkdir()
    ran = zhenggai(*issue, "新/下级/周报.txt", at=root)
    assert ran == Ran(3, "", "zhenggai：无法写入 周报.txt：没有权限\n  下一步：请管理员开通这个文件夹的写权限\n")
    assert everything(root) == before


def test_what_was_issued_is_said_where_its_copy_fails(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unwritable("无法写入 周报.txt：磁盘已满\n  下一步：检查磁盘空间和网络盘")

    monkeypatch.setattr(output, "write_file", full)
    ran = zhenggai("week", "--issue", "--as-of", "2020-06-28", "-o", "周报.txt", at=root)
    assert ran == Ran(
        3,
        "",
        "已印发周报第 13 期：ledgers/p/报告/周报第013期.txt\n"
        "zhenggai：改动已记录，只是另存的一份没有写成：无法写入 周报.txt：磁盘已满\n"
        "  下一步：不要重做；要另存，复制 ledgers/p/报告/周报第013期.txt\n",
    )
    ran = zhenggai("week", "-o", "周报.txt", at=root)
    assert (ran.code, ran.err) == (3, "zhenggai：无法写入 周报.txt：磁盘已满\n  下一步：检查磁盘空间和网络盘\n")


def test_the_letters_of_a_folder_replace_nothing_that_git_has(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("remind", "-o", "函件/", "--as-of", "2020-07-03", at=root).code == 0
    assert zhenggai("remind", "-o", "函件/", "--as-of", "2020-07-03", at=root).code == 0
    git(root, "add", "函件")
    before = everything(root)
    ran = zhenggai("remind", "-o", "函件/", "--as-of", "2020-07-03", at=root)
    assert (ran.code, ran.err.endswith(f"{TRACKED}\n")) == (2, True)
    assert everything(root) == before


def test_a_scheduled_report_replaces_the_last_one(zhenggai: Runner, root: Path) -> None:
    for no in ("12", "13"):
        assert zhenggai("week", "--no", no, "-o", "周报.txt", at=root) == Ran(0, "", "已写入 周报.txt\n")
    assert "第13期" in (root / "周报.txt").read_text("utf-8").replace(" ", "")


def test_without_git_nothing_is_tracked(zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert zhenggai("status", "-o", "README.md", at=root).code == 0


# an ending that no format has


def test_an_ending_that_no_format_has_wants_force(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("status", "-o", "周报.wps", at=root).code == 2
    assert zhenggai("status", "-o", "周报.wps", "--强制", at=root) == Ran(0, "", "已写入 周报.wps\n")
    assert (root / "周报.wps").read_text("utf-8").startswith("整改方案\n")


def test_somebody_s_document_is_not_replaced_by_a_format_alone(zhenggai: Runner, root: Path) -> None:
    write(root, {"讲话.wps": b"PK", ".bashrc": b"alias"})
    for name in ("讲话.wps", ".bashrc"):
        ran = zhenggai("status", "-o", name, "--format", "md", at=root)
        assert ran == Ran(
            2, "", f"zhenggai：{name} 已在，看名字不是报告，没有写入\n  下一步：换一个名字，或加 --force 覆盖\n"
        )
    assert (root / "讲话.wps").read_bytes() == b"PK"
    assert zhenggai("status", "-o", "讲话.wps", "--format", "md", "--force", at=root).code == 0
    assert (root / "讲话.wps").read_text("utf-8").startswith("# ")


def test_a_word_file_that_is_there_may_have_been_edited(zhenggai: Runner, root: Path) -> None:
    write(root, {"周报.docx": b"PK edited"})
    for given in ((), ("--format", "docx")):
        assert zhenggai("week", *given, "-o", "周报.docx", at=root) == Ran(
            2, "", "zhenggai：周报.docx 已在，可能有人改过，没有写入\n  下一步：换一个名字，或加 --force 覆盖\n"
        )
    assert (root / "周报.docx").read_bytes() == b"PK edited"
    assert zhenggai("week", "-o", "周报.docx", "--force", at=root).code == 0
    assert (root / "周报.docx").read_bytes().startswith(b"PK\x03\x04")


def test_at_a_terminal_a_word_file_that_is_there_is_asked_about(root: Path) -> None:
    write(root, {"周报.docx": b"PK edited"})
    question = "周报.docx 已在，可能有人改过，用docx覆盖？"
    assert spoken(root, "week", "-o", "周报.docx", answers=[(question, "n")]).code == 2
    assert (root / "周报.docx").read_bytes() == b"PK edited"


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 2)])
def test_at_a_terminal_it_is_asked(root: Path, answer: str, code: int) -> None:
    write(root, {"讲话.wps": b"PK"})
    ran = spoken(root, "status", "-o", "讲话.wps", answers=[("讲话.wps 已在，看名字不是报告，用纯文本覆盖？", answer)])
    assert ran.code == code
    assert ((root / "讲话.wps").read_bytes() == b"PK") == (code == 2)


def test_the_schemas_of_a_folder_keep_off_git_too(zhenggai: Runner, root: Path) -> None:
    before = everything(root)
    for folder in (".git", ".zhenggai", "ledgers/p"):
        assert zhenggai("schema", "-o", folder, at=root).code == 2
    assert everything(root) == before
