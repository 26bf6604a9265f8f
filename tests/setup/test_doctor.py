"""What a clone should have: each thing that is lacking is named, mended where it can be, and then fine. Real git."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from small_repo import UNITS, Ran, Runner, small_repo, tree, write
from terminal import BACKSPACE, spoken

UNIT = "县教育局"
BOOK = UNITS.replace("{名称: 县教育局,", "{名称: 县教育局, 身份: [jyj@example.cn],")
ME = ("--unit", UNIT, "--writer", "基教科")


def git(folder: Path, *arguments: str) -> str:
    """What git said."""
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the clone is made once, and copied from. Without git there is none."""
    folder = tmp_path_factory.mktemp("made")
    git(folder, "--version")
    return folder


@pytest.fixture
def clone(zhenggai: Runner, made: Path, tmp_path: Path) -> Path:
    """A clone that lacks nothing, of a server's bare repository."""
    if not (made / "ready").exists():
        make_clone(zhenggai, made)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    git(tmp_path / "台账 库", "remote", "set-url", "origin", str(tmp_path / "台账.git"))
    return tmp_path / "台账 库"


def make_clone(zhenggai: Runner, folder: Path) -> None:
    """A server and a clone, as the commands make them."""
    server, root = folder / "台账.git", folder / "台账 库"
    root.mkdir()
    assert zhenggai("init", str(server), "--server", at=root).code == 0
    small_repo(root, "04-10 县教育局 进展 1-1 进度=40", units=BOOK)
    git(root, "init", "-q", "-b", "main")
    git(root, "remote", "add", "origin", str(server))
    assert zhenggai("init", *ME, at=root).code == 0
    git(root, "add", "-A")
    git(root, "commit", "-q", "--no-verify", "-m", "台账")
    (server / "hooks/pre-receive").unlink()  # of the push here nobody asks
    git(root, "push", "-q", "-u", "origin", "main")
    (folder / "ready").touch()


def lacking(ran: Ran) -> list[str]:
    """The lines of what is lacking."""
    return [line for line in ran.out.splitlines() if line.startswith("缺")]


def test_a_clone_that_init_made_lacks_nothing(zhenggai: Runner, clone: Path) -> None:
    ran = zhenggai("doctor", at=clone)
    assert (ran.code, ran.err, lacking(ran)) == (0, "", [])
    assert "好　本单位 zhenggai.unit = 县教育局\n" in ran.out
    assert "好　git 电子邮件 user.email = jyj@example.cn\n" in ran.out
    assert zhenggai("体检", "--修", at=clone) == ran
    assert zhenggai("init", at=clone) == Ran(0, "已经齐备，没有改动\n", "")
    assert git(clone, "status", "--porcelain") == ""


def edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    """What spoils a file."""

    def spoil(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), "utf-8")

    return spoil


def unset(name: str) -> Callable[[Path], object]:
    """What takes a setting away."""
    return lambda root: git(root, "config", "--unset", name)


def gone(path: str) -> Callable[[Path], object]:
    """What takes a file away."""
    return lambda root: (root / path).unlink()


def left_by_a_killed_writer(root: Path) -> None:
    (root / "ledgers/p/县教育局/.zhenggai-1").write_bytes(b"- ")


MENDED = {
    "units.yaml": (gone("plans/units.yaml"), "plans/units.yaml：没有这个文件"),
    "a schema": (gone("plans/schema/plan.schema.json"), "plans/schema/plan.schema.json：没有这个文件"),
    "ledgers": (lambda root: shutil.rmtree(root / "ledgers"), "ledgers/：没有这个文件夹"),
    "attributes": (gone(".gitattributes"), ".gitattributes（换行、合并方式和附件原样保存）：没有这个文件"),
    "a line of them": (edit(".gitattributes", "ledgers/**/*.yaml merge=zhenggai\n", ""), "：缺 4 行"),
    "lines that are ignored": (edit(".gitignore", "~$*\n", ""), ".gitignore（临时文件不入库）：缺 1 行"),
    "quotepath": (unset("core.quotepath"), "git 设置 core.quotepath：没有设为 false"),
    "the driver": (unset("merge.zhenggai.driver"), "merge.zhenggai.driver（台账按记录合并）：没有设"),
    "a driver's Python": (edit(".git/config", sys.executable, "/gone/python"), "其中的 Python 已不在"),
    "the hook": (gone(".git/hooks/pre-commit"), "钩子 pre-commit（提交前检查）：没有"),
    "a hook's Python": (
        edit(".git/hooks/pre-commit", sys.executable, "/gone/python"),
        "不能运行，或其中的 Python 已不在",
    ),
    "a hook that may not run": (
        lambda root: (root / ".git/hooks/pre-commit").chmod(0o644),
        "不能运行，或其中的 Python 已不在",
    ),
    "user.name": (unset("user.name"), "git 署名 user.name：没有设，git 不肯提交"),
    "user.email": (unset("user.email"), "git 电子邮件 user.email：没有设，git 不肯提交"),
    "what a killed writer left": (left_by_a_killed_writer, "有 1 个：ledgers/p/县教育局/.zhenggai-1"),
}


@pytest.mark.parametrize(("spoil", "said"), MENDED.values(), ids=MENDED)
def test_what_is_lacking_is_named_and_mended(
    zhenggai: Runner, clone: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(clone)
    before = tree(clone)
    ran = zhenggai("doctor", at=clone)
    assert ran.code == 1
    assert any(said in line and line.endswith(" — 下一步：zhenggai doctor --fix") for line in lacking(ran))
    assert tree(clone) == before
    mended = zhenggai("doctor", "--fix", at=clone)
    remaining = [line for line in lacking(mended) if "单位册里没有" not in line]  # the book that init makes is a sample
    assert remaining == []
    assert "修　" in mended.out
    assert "修　" not in zhenggai("doctor", "--fix", at=clone).out


def commit_with_crlf(root: Path) -> None:
    path = root / "ledgers/p/县教育局/2020-04.办公室.aa.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def ask_for_signatures(root: Path) -> None:
    edit("plans/p.yaml", "年度: 2020\n", "年度: 2020\n签名: 要求\n")(root)


SAID = {
    "no writer": (
        unset("zhenggai.writer"),
        "填报人 zhenggai.writer：没有设，每次都要写 --writer — 下一步：zhenggai init --writer",
    ),
    "a unit that is none": (
        lambda root: git(root, "config", "zhenggai.unit", "县农业局"),
        "本单位 zhenggai.unit = 县农业局：单位册里没有这个单位 — 下一步：核对 plans/units.yaml，或重设：zhenggai init --unit",
    ),
    "somebody else's address": (
        lambda root: git(root, "config", "user.email", "a@b.cn"),
        "a@b.cn 不在单位册 县教育局 的身份里 — 下一步：git config user.email jyj@example.cn",
    ),
    "no remote": (
        lambda root: git(root, "remote", "remove", "origin"),
        "远程仓库：没有设 — 下一步：zhenggai init --remote 地址",
    ),
    "no upstream": (
        lambda root: git(root, "branch", "--unset-upstream"),
        "分支 main：还没有推送过 — 下一步：zhenggai sync",
    ),
    "a detached head": (
        lambda root: git(root, "checkout", "-q", "--detach"),
        "当前分支：不在任何分支上 — 下一步：zhenggai sync",
    ),
    "a merge": (
        lambda root: write(root, {".git/MERGE_HEAD": git(root, "rev-parse", "HEAD")}),
        "没有做到一半的合并、变基：合并做到一半 — 下一步：zhenggai sync",
    ),
    "git's lock": (
        lambda root: write(root, {".git/index.lock": ""}),
        "index.lock：别的 git 正在运行，或上次中断留下的",
    ),
    "ignored data": (
        lambda root: write(root, {".git/info/exclude": "*.docx\n", "ledgers/p/县教育局/附件/2020-04/稿.docx": ""}),
        "数据文件都归 git 管：有 1 个被忽略，不会共享：ledgers/p/县教育局/附件/2020-04/稿.docx — 下一步：用 git check-ignore",
    ),
    "CRLF": (
        commit_with_crlf,
        "换行都是 LF：1 个文件的换行是 CRLF：ledgers/p/县教育局/2020-04.办公室.aa.yaml — 下一步：zhenggai fmt",
    ),
    "signatures": (ask_for_signatures, "提交签名：方案要求签名，这里没有设 — 下一步：git config gpg.format ssh"),
    "attributes in UTF-16": (
        lambda root: write(root, {".gitattributes": "*.yaml text\n".encode("utf-16")}),
        "编码是 UTF-16，git 读不懂 — 下一步：把 .gitattributes 另存为 UTF-8",
    ),
    "a hook of somebody's own": (
        lambda root: write(root, {".git/hooks/pre-commit": "#!/bin/sh\nexit 0\n"}),
        "已有别的钩子，保留不动 — 下一步：在 ",
    ),
    "hooks elsewhere": (
        lambda root: git(root, "config", "core.hooksPath", "别处"),
        "core.hooksPath 指到别处，不动它 — 下一步：在 ",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), SAID.values(), ids=SAID)
def test_what_a_person_must_see_to_is_only_said(
    zhenggai: Runner, clone: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(clone)
    before = tree(clone), (clone / ".git/config").read_bytes()
    ran = zhenggai("doctor", "--fix", at=clone)
    assert ran.code == 1
    assert len(lacking(ran)) == 1
    assert said in lacking(ran)[0]
    assert (tree(clone), (clone / ".git/config").read_bytes()) == before


def test_a_hook_of_somebody_s_own_that_runs_the_check_is_fine(zhenggai: Runner, clone: Path) -> None:
    write(clone, {".git/hooks/pre-commit": "#!/bin/sh\nzhenggai check --staged || exit 1\n"})
    assert zhenggai("doctor", at=clone).code == 0
    write(clone, {".git/hooks/pre-commit": "#!/bin/sh\npre-commit hook-impl\n"})
    assert zhenggai("doctor", at=clone).code == 1
    write(clone, {".pre-commit-config.yaml": "repos:\n- repo: x\n  hooks:\n  - id: zhenggai-check\n"})
    assert zhenggai("doctor", at=clone).code == 0


def test_what_somebody_added_to_our_hook_is_kept(zhenggai: Runner, clone: Path) -> None:
    edit(".git/hooks/pre-commit", "#!/bin/sh\n", "#!/bin/sh\nmake test || exit 1\n")(clone)
    before = (clone / ".git/hooks/pre-commit").read_bytes()
    assert zhenggai("doctor", "--fix", at=clone).code == 0
    assert (clone / ".git/hooks/pre-commit").read_bytes() == before


def test_json_has_every_fitting(zhenggai: Runner, clone: Path) -> None:
    git(clone, "config", "--unset", "core.quotepath")
    ran = zhenggai("doctor", "--format", "json", at=clone)
    record = json.loads(ran.out)
    assert (ran.code, record["counts"]["lacking"], record["counts"]["mended"]) == (1, 1, 0)
    assert {
        "state": "缺",
        "name": "git 设置 core.quotepath",
        "what": "没有设为 false",
        "remedy": "zhenggai doctor --fix",
    } in record["fittings"]
    assert "core.quotepath" in zhenggai("doctor", "--format", "csv", at=clone).out


def test_a_shallow_clone_is_named(zhenggai: Runner, clone: Path, tmp_path: Path) -> None:
    (clone / "more").write_text("x")
    git(clone, "add", "more")
    git(clone, "commit", "-q", "-m", "more")
    git(tmp_path, "clone", "-q", "--depth", "1", clone.as_uri(), "浅")
    assert "历史完整：是浅克隆" in "".join(lacking(zhenggai("doctor", at=tmp_path / "浅")))


def test_a_fresh_clone_is_mended_but_for_whose_it_is(zhenggai: Runner, clone: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(tmp_path / "台账.git"), "新")
    new = tmp_path / "新"
    assert zhenggai("doctor", at=new).code == 1
    said = [line.partition("：")[0] for line in lacking(zhenggai("doctor", "--fix", at=new))]
    names = ("本单位 zhenggai.unit", "填报人 zhenggai.writer", "git 署名 user.name", "git 电子邮件 user.email")
    assert said == [f"缺　{name}" for name in names]
    ran = zhenggai("init", "--unit", "教育局", "--writer", "基教科", at=new)
    assert ran.out.splitlines() == [
        "设置 zhenggai.unit = 县教育局",
        "设置 zhenggai.writer = 基教科",
        "设置 user.name = 县教育局",
        "设置 user.email = jyj@example.cn",
    ]
    assert zhenggai("doctor", at=new).code == 0


def test_without_git_the_rest_is_made(zhenggai: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    ran = zhenggai("init", "台账", at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-2].startswith(
        "缺　git 仓库：没有装 git，sync 和 audit 用不了，其余照常 — 下一步：安装 git"
    )
    assert (tmp_path / "台账/plans/units.yaml").exists()
    assert len(lacking(zhenggai("doctor", at=tmp_path / "台账"))) == 1


def test_in_a_folder_of_a_bigger_repo_the_files_go_to_the_folder(zhenggai: Runner, home: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "work")
    write(tmp_path, {"README": "own\n", ".gitignore": "*.bak\n", "sub/.gitattributes": "*.sh text"})
    ran = zhenggai("init", "sub", at=tmp_path)
    assert ran.code == 0
    assert "新建 git 仓库" not in ran.out
    assert (tmp_path / ".gitignore").read_bytes() == b"*.bak\n"
    assert (tmp_path / "sub/.gitattributes").read_bytes().startswith(b"*.sh text\n*.yaml text eol=lf\n")
    assert not (tmp_path / "sub/.git").exists()
    assert git(tmp_path, "config", "core.quotepath") == "false\n"
    assert os.access(tmp_path / ".git/hooks/pre-commit", os.X_OK)


def test_a_worktree_shares_settings_and_hooks(zhenggai: Runner, clone: Path, tmp_path: Path) -> None:
    git(clone, "worktree", "add", "-q", str(tmp_path / "旁"), "-b", "旁")
    ran = zhenggai("doctor", at=tmp_path / "旁")
    assert lacking(ran) == ["缺　分支 旁：还没有推送过 — 下一步：zhenggai sync"]
    (clone / ".git/hooks/pre-commit").unlink()
    assert zhenggai("init", at=tmp_path / "旁").out == "新建钩子 pre-commit\n"
    assert (clone / ".git/hooks/pre-commit").exists()


def test_lines_are_appended_and_the_other_bytes_stay(zhenggai: Runner, home: Path, tmp_path: Path) -> None:
    own = "# 自己的\r\n*.yaml text eol=lf\r\n*.png binary".encode("gbk")
    write(tmp_path, {".gitattributes": own})
    assert ".gitattributes 补上 6 行" in zhenggai("init", at=tmp_path).out
    data = (tmp_path / ".gitattributes").read_bytes()
    assert data.startswith(own + b"\r\n*.yml text eol=lf\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 9
    assert zhenggai("init", at=tmp_path).out.count(".gitattributes") == 0


def test_a_folder_in_a_file_s_place_hides_nothing_else(zhenggai: Runner, home: Path, tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").mkdir()
    ran = zhenggai("init", at=tmp_path)
    assert "缺　读取：.gitattributes 不是普通文件" in ran.out
    assert "新建 .gitignore" in ran.out


def test_no_computer_s_settings_change_a_byte_of_ledgers_evidence_and_reports(
    zhenggai: Runner, clone: Path, tmp_path: Path
) -> None:
    paper = {
        "ledgers/p/县教育局/附件/2020-04/表.yaml": b"a: 1\r\nb: 2\r\n",
        "ledgers/p/县教育局/附件/2020-04/说明.txt": b"1\r\n2\n",
        "ledgers/p/报告/周报第001期.txt": b"1\r\n2\r\n",
    }
    write(clone, paper)
    ledger = "ledgers/p/县教育局/2020-04.办公室.aa.yaml"
    old = (clone / ledger).read_bytes()
    (clone / ledger).write_bytes(old.replace(b"\n", b"\r\n"))  # as a Windows editor saves it
    git(clone, "-c", "core.autocrlf=true", "-c", "core.safecrlf=false", "add", "-A")
    git(clone, "commit", "-q", "--no-verify", "-m", "佐证")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(clone), "windows")
    there = tree(tmp_path / "windows")
    assert there[ledger] == old
    assert {path: there[path] for path in paper} == paper
    assert b"\r" not in there["plans/p.yaml"] + there["plans/units.yaml"] + there["plans/schema/plan.schema.json"]
    attributes = git(clone, "check-attr", "-z", "merge", "--", ledger, *paper).split("\0")
    assert attributes[2::3] == ["zhenggai", "unspecified", "unspecified", "unspecified"]


def test_a_driver_runs_from_a_path_with_blanks_and_signs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from zhenggai.setup import repository

    python = tmp_path / "Program Files 50%" / "it's python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/said"\nexit 0\n')
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    repo = tmp_path / "repo"
    git(tmp_path, "init", "-q", str(repo))
    git(repo, "config", "merge.zhenggai.driver", repository.driver())
    for setting in ("user.name", "user.email"):
        git(repo, "config", setting, "x")
    write(repo, {".gitattributes": "* merge=zhenggai\n", "表.yaml": "1\n"})
    for words in ("add -A", "commit -qm 1", "checkout -qb b", "commit -q --allow-empty -m 2"):
        git(repo, *words.split())
    (repo / "表.yaml").write_text("2\n")
    git(repo, "commit", "-qam", "3")
    git(repo, "checkout", "-q", "-")
    (repo / "表.yaml").write_text("3\n")
    git(repo, "commit", "-qam", "4")
    git(repo, "merge", "-q", "-m", "5", "b")
    said = (tmp_path / "said").read_text("utf-8").splitlines()
    assert said[:4] == ["-P", "-m", "zhenggai", "merge-driver"]
    assert said[-2:] == ["7", "表.yaml"]


def test_at_a_terminal_init_asks_whose_clone_it_is(home: Path, tmp_path: Path) -> None:
    small_repo(tmp_path, units=BOOK)
    answers = [("本单位", "教育厅"), ("没有单位“教育厅”", f"{BACKSPACE}局"), ("填报人", "")]
    ran = spoken(tmp_path, "init", answers=answers)
    assert ran.code == 0
    assert "没有单位“教育厅”" in ran.out
    assert "设置 zhenggai.unit = 县教育局\n" in ran.out
    assert "缺　填报人 zhenggai.writer：没有设" in ran.out
    assert git(tmp_path, "config", "zhenggai.unit") == "县教育局\n"


def test_of_several_identities_none_is_taken_but_one_is_named(zhenggai: Runner, clone: Path) -> None:
    edit("plans/units.yaml", "[jyj@example.cn]", "[jyj@example.cn, rsg@example.cn]")(clone)
    for name in ("user.name", "user.email"):
        unset(name)(clone)
    ran = zhenggai("doctor", "--fix", at=clone)
    assert lacking(ran) == [
        '缺　git 署名 user.name：没有设，git 不肯提交 — 下一步：git config user.name "县教育局"',
        '缺　git 电子邮件 user.email：没有设，git 不肯提交 — 下一步：git config user.email "jyj@example.cn"',
    ]
