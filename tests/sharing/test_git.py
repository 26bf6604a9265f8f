"""Settings of a real git clone; without git, or outside a clone, there are none and nothing breaks."""

import os
import subprocess
from pathlib import Path

import pytest

from zhenggai.reading.data_folders import is_tracked
from zhenggai.sharing import git


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "台账 库"
    subprocess.run(["git", "init", "-q", str(folder)], check=True, capture_output=True)
    return folder


def test_on_windows_a_git_of_the_current_folder_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("here", "programs"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "git.exe").write_bytes(b"")
    monkeypatch.setattr(git, "WINDOWS", True)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", str(tmp_path / "none"), str(tmp_path / "programs"))))
    assert git.command(tmp_path, "status")[0] == str(tmp_path / "programs" / "git.exe")
    monkeypatch.setenv("PATH", ".")
    assert not git.is_there()


def test_a_setting_is_kept_in_the_clone_and_seen_from_its_folders(clone: Path) -> None:
    assert git.setting(clone, "zhenggai.unit") is None
    assert git.keep_setting(clone, "zhenggai.unit", "城关镇 党委")
    below = clone / "ledgers"
    below.mkdir()
    assert git.setting(below, "zhenggai.unit") == "城关镇 党委"
    assert "城关镇 党委" in (clone / ".git" / "config").read_text("utf-8")
    assert git.keep_setting(clone, "zhenggai.unit", "河东乡")
    assert git.setting(clone, "zhenggai.unit") == "河东乡"


def test_an_empty_setting_is_none(clone: Path) -> None:
    assert git.keep_setting(clone, "zhenggai.unit", "")
    assert git.setting(clone, "zhenggai.unit") is None


def test_a_value_that_looks_like_an_option_is_a_value(clone: Path) -> None:
    assert git.keep_setting(clone, "zhenggai.unit", "--unset")
    assert git.setting(clone, "zhenggai.unit") == "--unset"


def test_several_settings_at_once_are_what_each_is_alone(clone: Path) -> None:
    (clone / ".git/config").write_text(
        '[branch "主线.A"]\n remote = origin\n merge = refs/heads/主线.A\n[core]\n sshCommand = ssh -4\n sshCommand = ssh -6\n'
        "[zhenggai]\n unit =\n writer\n",
        "utf-8",
    )
    names = (
        "branch.主线.A.remote",
        "branch.主线.a.merge",
        "core.sshCommand",
        "zhenggai.unit",
        "zhenggai.writer",
        "a.b",
    )
    assert git.settings(clone, *names) == tuple(git.setting(clone, name) for name in names)
    assert git.settings(clone, *names) == ("origin", None, "ssh -6", None, None, None)
    assert git.settings(clone / "missing", "core.bare") == (None,)


def test_the_commits_of_several_names_are_what_each_means_alone(clone: Path) -> None:
    identity = ("-c", "user.name=甲", "-c", "user.email=a@x")
    assert git.call(clone, *identity, "commit", "-q", "--allow-empty", "-m", "建库").ok
    assert git.call(clone, *identity, "tag", "-a", "-m", "说明", "v1").ok
    refs = clone / ".git/refs/zhenggai"
    refs.mkdir()
    (refs / "lost").write_text("1" * 40 + "\n")
    (refs / "emptied").write_text("")
    (refs / "甲").write_text(git.commit_id(clone, "HEAD") or "")
    names = ("refs/zhenggai/lost", "HEAD", "refs/zhenggai/emptied", "refs/tags/v1", "refs/none", "refs/zhenggai/甲")
    head = git.commit_id(clone, "HEAD")
    assert git.commit_ids(clone, *names) == tuple(git.commit_id(clone, name) for name in names)
    assert git.commit_ids(clone, *names) == (None, head, None, head, None, head)
    assert git.commit_ids(clone / "missing", *names) == (None,) * len(names)


def test_outside_a_clone_nothing_is_set(tmp_path: Path) -> None:
    assert git.setting(tmp_path, "zhenggai.unit") is None
    assert not git.keep_setting(tmp_path, "zhenggai.unit", "城关镇")
    assert git.setting(tmp_path / "missing", "zhenggai.unit") is None


def test_without_git_nothing_is_set(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert git.setting(clone, "zhenggai.unit") is None
    assert not git.keep_setting(clone, "zhenggai.unit", "城关镇")


def test_a_git_that_never_answers_is_no_git(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(command: list[str], **_options: object) -> None:
        raise subprocess.TimeoutExpired(command, 30)

    monkeypatch.setattr(subprocess, "run", hang)
    assert git.setting(clone, "zhenggai.unit") is None
    assert not git.keep_setting(clone, "zhenggai.unit", "城关镇")


def test_settings_of_the_clone_run_no_program(clone: Path) -> None:
    """A cloned repo's ``core.fsmonitor`` is somebody else's program: plain git runs it, we do not."""
    mark = clone / "ran"
    (clone / "a").write_text("x")
    plain = ["git", "-C", str(clone)]
    subprocess.run([*plain, "add", "a"], check=True)
    subprocess.run([*plain, "config", "core.fsmonitor", f"touch '{mark}'; false"], check=True)
    assert (git.call(clone, "status", "--short").data, mark.exists()) == (b"A  a\n", False)
    subprocess.run([*plain, "status"], check=True, capture_output=True)
    assert mark.exists()


def test_without_remote_branches_nothing_was_shared(clone: Path) -> None:
    assert is_tracked(clone / "ledgers")
    assert git.shared_text(clone, "20200701-00000001", "ledgers") is False
    assert git.shared_file(clone, "ledgers/a.yaml") is False
    assert not git.committed_text(clone, "20200701-00000001", "ledgers/a.yaml")


def test_where_git_fails_it_is_not_known_what_was_shared(clone: Path) -> None:
    (clone / ".git" / "HEAD").write_text("broken")
    assert is_tracked(clone)
    assert git.shared_text(clone, "20200701-00000001", "ledgers") is None
    assert git.shared_file(clone, "ledgers/a.yaml") is None


def test_outside_a_clone_nothing_is_tracked(tmp_path: Path) -> None:
    assert not is_tracked(tmp_path)
