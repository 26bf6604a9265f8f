"""``check --staged``, by itself and as git's own hook: what is staged counts, whatever lies in the folder."""

import os
import subprocess
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo, write

GOOD = "04-10 县教育局 进展 1-1 进度=40"
LEDGER = "ledgers/p/县教育局/2020-04.办公室.aa.yaml"
BAD = "- 编号: 20200411-00000009\n  日期: 2020-04-11\n  措施: 9-9\n  事项: 进展\n  内容: 开会\n  填报人: 办公室\n"
MINE = "ledgers/p/县财政局/2020-04.办公室.aa.yaml"
FINE = "- 编号: 20200411-00000008\n  日期: 2020-04-11\n  措施: 2-1\n  事项: 进展\n  内容: 组织学习\n  填报人: 办公室\n"


def git(folder: Path, *arguments: str) -> Ran:
    """What git said and how it ended."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def root(zhenggai: Runner, tmp_path: Path) -> Path:
    """A repo made by ``init`` with one commit; nothing is staged."""
    return begun(zhenggai, tmp_path / "台账")


def begun(zhenggai: Runner, root: Path) -> Path:
    """A small repo with ``init`` run in it, and all of it committed."""
    small_repo(root, GOOD)
    assert zhenggai("init", at=root).code == 0
    git(root, "config", "user.name", "n")
    git(root, "config", "user.email", "e@e")
    git(root, "add", "-A")
    assert git(root, "commit", "-q", "--no-verify", "-m", "台账").code == 0
    return root


def commits(root: Path) -> int:
    """How many commits there are."""
    return len(git(root, "rev-list", "HEAD").out.split())


def test_nothing_staged_is_nothing_wrong(zhenggai: Runner, root: Path) -> None:
    write(root, {MINE: BAD})
    assert zhenggai("check", "--staged", at=root) == Ran(0, "", "")


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(zhenggai: Runner, root: Path) -> None:
    write(root, {MINE: BAD})
    git(root, "add", "-A")
    write(root, {MINE: FINE})
    ran = zhenggai("check", "--暂存", at=root / "ledgers")
    assert (ran.code, ran.err) == (1, "错误 1 处，警告 0 处，疑点 0 处\n")
    assert ran.out.startswith(f"{MINE}:1: ")
    git(root, "add", "-A")
    write(root, {MINE: BAD})
    assert zhenggai("check", "--staged", at=root) == Ran(0, "", "")


def test_the_errors_of_other_files_stop_nobody(zhenggai: Runner, root: Path) -> None:
    write(root, {LEDGER: BAD})
    git(root, "add", "-A")
    git(root, "commit", "-q", "--no-verify", "-m", "有错")
    write(root, {MINE: FINE})
    git(root, "add", "-A")
    assert zhenggai("check", at=root).code == 1
    assert zhenggai("check", "--staged", at=root) == Ran(0, "", "")


def test_evidence_that_is_not_staged_is_missing(zhenggai: Runner, root: Path) -> None:
    paper = "附件/2020-04/稿.6b86b273.txt"
    write(root, {MINE: FINE.replace("  填报人", f"  佐证:\n  - {paper}\n  填报人"), f"ledgers/p/县财政局/{paper}": "1"})
    git(root, "add", MINE)
    assert paper in zhenggai("check", "--staged", at=root).out
    git(root, "add", "-A")
    assert zhenggai("check", "--staged", at=root) == Ran(0, "", "")


def test_before_the_first_commit_everything_is_new(zhenggai: Runner, home: Path, tmp_path: Path) -> None:
    small_repo(tmp_path, GOOD)
    git(tmp_path, "init", "-q")
    write(tmp_path, {MINE: BAD})
    git(tmp_path, "add", "plans")
    assert MINE not in zhenggai("check", "--staged", at=tmp_path).out
    git(tmp_path, "add", "-A")
    assert f"{MINE}:1: " in zhenggai("check", "--staged", at=tmp_path).out


def test_a_staged_link_is_named_and_never_followed(zhenggai: Runner, root: Path, tmp_path: Path) -> None:
    write(tmp_path, {"outside.yaml": FINE})
    (root / MINE).parent.mkdir()
    (root / MINE).symlink_to(tmp_path / "outside.yaml")
    git(root, "add", "-A")
    assert f"{MINE}:1: 文件: 不是普通文件" in zhenggai("check", "--staged", at=root).out


def test_no_program_that_attributes_name_is_run(zhenggai: Runner, root: Path, tmp_path: Path) -> None:
    write(root, {MINE: FINE})
    git(root, "add", "-A")
    git(root, "config", "filter.x.smudge", f"touch '{tmp_path}/ran'")
    write(root, {".git/info/attributes": "* filter=x diff=x\n"})
    git(root, "config", "diff.x.textconv", f"touch '{tmp_path}/ran'; cat")
    assert zhenggai("check", "--staged", at=root) == Ran(0, "", "")
    assert not (tmp_path / "ran").exists()


@pytest.mark.needs("git")
def test_without_git_the_check_is_named_instead(
    zhenggai: Runner, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_repo(tmp_path)
    ran = zhenggai("check", "--staged", at=tmp_path)
    assert (ran.code, ran.err.splitlines()[0]) == (3, "zhenggai：这个文件夹不在 git 仓库里，没有可共享的地方")
    monkeypatch.setenv("PATH", "")
    ran = zhenggai("check", "--staged", at=tmp_path)
    assert (ran.code, ran.err.splitlines()[0]) == (5, "zhenggai：这台电脑没有 git，做不了这件事；其他命令照常能用")


COMMITS = {
    "commit": ("commit", "-qm", "记录"),
    "commit -a": ("commit", "-qam", "记录"),
    "commit -- path": ("commit", "-qm", "记录", "--", MINE),
    "commit --amend": ("commit", "-q", "--amend", "-m", "记录"),
}


@pytest.mark.parametrize("how", COMMITS.values(), ids=COMMITS)
def test_the_hook_stops_a_broken_entry_and_lets_a_good_one_pass(root: Path, how: tuple[str, ...]) -> None:
    write(root, {MINE: FINE})
    git(root, "add", "-A")
    before = git(root, "rev-parse", "HEAD").out
    write(root, {MINE: BAD})
    if how[1] == "-qm" or "--amend" in how:
        git(root, "add", MINE)
    stopped = git(root, *how)
    assert (stopped.code, git(root, "rev-parse", "HEAD").out) == (1, before)
    assert stopped.err.startswith(f"{MINE}:1: ")
    assert stopped.err.endswith("有错误，没有提交\n  下一步：照上面改正，运行 git add 文件，再提交\n")
    write(root, {MINE: FINE})
    git(root, "add", MINE)
    assert git(root, *how).code == 0
    assert git(root, "rev-parse", "HEAD").out != before
    assert git(root, "show", f"HEAD:{MINE}").out == FINE


def test_the_hook_works_in_a_worktree(root: Path, tmp_path: Path) -> None:
    aside = tmp_path / "旁"
    git(root, "worktree", "add", "-q", str(aside), "-b", "旁")
    write(aside, {MINE: BAD})
    git(aside, "add", "-A")
    assert git(aside / "plans", "commit", "-qm", "记录").code == 1
    write(aside, {MINE: FINE})
    assert git(aside, "commit", "-qam", "记录").code == 0


def test_the_hook_finds_roots_in_folders_of_a_bigger_repo(zhenggai: Runner, home: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    begun(zhenggai, tmp_path / "甲")
    write(tmp_path, {"docs/plans/notes.yaml": "not: a plan\n", f"甲/{MINE}": FINE})
    git(tmp_path, "add", "-A")
    assert git(tmp_path, "commit", "-qm", "记录").code == 0
    write(tmp_path, {f"甲/{MINE}": BAD})
    stopped = git(tmp_path / "docs", "commit", "-qam", "记录")
    assert stopped.code == 1
    assert f"甲/{MINE}:1: " in stopped.out + stopped.err
    assert zhenggai("check", "--staged", at=tmp_path) == Ran(
        0, "", ""
    )  # -a staged nothing, since nothing was committed


def test_a_root_within_a_root_is_checked_too(zhenggai: Runner, root: Path) -> None:
    small_repo(root / "乡")
    write(root, {f"乡/{MINE}": BAD, MINE: BAD})
    git(root, "add", "-A")
    lines = zhenggai("check", "--staged", "--plan", "p", at=root).out.splitlines()
    errors = [line for line in lines if "方案中没有措施" in line]
    assert [line.partition(":")[0] for line in errors] == [MINE, f"乡/{MINE}"]


def test_a_commit_of_other_files_starts_no_python(root: Path) -> None:
    hook = root / ".git/hooks/pre-commit"
    hook.write_text(hook.read_text("utf-8").replace('"$python" -P', "echo started >&2; exit 1; :"), "utf-8")
    write(root, {"README": "x", MINE: BAD})
    git(root, "add", "README")
    assert git(root, "commit", "-qm", "说明") == Ran(0, "", "")
    git(root, "add", "-A")
    assert git(root, "commit", "-qm", "记录") == Ran(1, "", "started\n")


def test_a_hook_whose_python_has_gone_says_so_and_stops_nobody(root: Path) -> None:
    hook = root / ".git/hooks/pre-commit"
    lines = hook.read_text("utf-8").splitlines(keepends=True)
    hook.write_text("".join("python='/gone it'\n" if line.startswith("python=") else line for line in lines), "utf-8")
    write(root, {MINE: BAD})
    git(root, "add", "-A")
    ran = git(root, "commit", "-qm", "记录")
    assert (ran.code, ran.err.splitlines()[0]) == (0, "zhenggai：找不到 /gone it，这次提交没有检查")


def test_a_module_in_the_repo_is_not_what_the_hook_runs(root: Path, tmp_path: Path) -> None:
    write(root, {"typing.py": f"open({str(tmp_path / 'ran')!r}, 'w')\n", MINE: FINE})
    git(root, "add", "-A")
    assert git(root, "commit", "-qm", "记录").code == 0
    assert not (tmp_path / "ran").exists()
    assert not os.path.exists(root / "__pycache__")


def test_the_entry_for_the_programme_pre_commit_has_the_keys_it_needs() -> None:
    import re

    from ruamel.yaml import YAML

    from small_repo import SHIPPED

    (hook,) = YAML(typ="safe", pure=True).load((SHIPPED / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["id"] == "zhenggai-check"
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("zhenggai check --staged", "python", False)
    for path, meant in {"plans/p.yaml": True, f"甲/{LEDGER}": True, "src/explans/x": False, "README.md": False}.items():
        assert bool(re.search(hook["files"], path)) is meant
