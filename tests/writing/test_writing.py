"""Whatever fails while a file is written, the old bytes stay or the new ones are whole; one writer at a time."""

import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest

from watched_disk import Step, watch
from zhenggai.errors import Changed, Exit, Locked, Unwritable, ZhenggaiError
from zhenggai.writing import atomic, durable_folders
from zhenggai.writing.atomic import read_bytes, remove_file, replace_file, stale_files

WINDOWS = os.name == "nt"  # which has neither a sync of folders nor the modes of files
STEPS = ("create", "write", "sync", "replace", *(() if WINDOWS else ("sync of the folder",)))
MODE = 0o666 if WINDOWS else 0o640
REFUSED = (
    "没有权限，或文件正被占用\n  下一步：请先关闭占用该文件的程序（如 WPS）"
    if WINDOWS
    else "没有权限\n  下一步：请管理员开通这个文件夹的写权限"
)
OLD, NEW = "旧的\n".encode(), "新的，更长\n".encode() * 100


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "2020-05.办公室.k3.yaml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def raising(error: OSError) -> Callable[..., None]:
    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    return fail


# --- what is written


def test_a_file_is_replaced_whole_and_nothing_else_is_left(target: Path) -> None:
    replace_file(target, OLD, NEW)
    assert target.read_bytes() == NEW
    assert names(target.parent) == [target.name]


def test_a_new_file_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "甲" / "乙" / "c.yaml"
    before = os.umask(0o027)
    try:
        replace_file(path, None, NEW)
    finally:
        os.umask(before)
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == MODE
    assert names(path.parent) == ["c.yaml"]


@pytest.mark.unix("modes of files")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_the_mode_of_the_file_is_kept(target: Path, mode: int) -> None:
    target.chmod(mode)
    replace_file(target, OLD, NEW)
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_what_others_wrote_since_is_never_overwritten(target: Path) -> None:
    target.write_bytes(b"others\n")
    with pytest.raises(Changed, match="刚刚被别的程序改动，未写入\n  下一步：重新运行同一命令") as error:
        replace_file(target, OLD, NEW)
    assert error.value.exit_code is Exit.CONFLICT
    assert target.read_bytes() == b"others\n"
    assert names(target.parent) == [target.name]


def test_a_file_that_has_gone_or_come_since_counts_as_changed(target: Path) -> None:
    with pytest.raises(Changed):
        replace_file(target, None, NEW)
    assert target.read_bytes() == OLD
    target.unlink()
    with pytest.raises(Changed):
        replace_file(target, OLD, NEW)
    assert names(target.parent) == []


def test_only_regular_files_are_written(target: Path) -> None:
    folder = target.parent
    (folder / "link").symlink_to(target)
    (folder / "dangling").symlink_to("nothing")
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    before = names(folder)
    for name in ("link", "dangling", "pipe", "folder"):
        with pytest.raises(Unwritable, match=f"{name} 不是普通文件") as error:
            read_bytes(folder / name)
        assert error.value.exit_code is Exit.NOTHING
        with pytest.raises(Unwritable, match=f"{name} 不是普通文件"):
            replace_file(folder / name, OLD, NEW)
    assert target.read_bytes() == OLD
    assert (folder / "link").is_symlink()
    assert names(folder) == before


def test_a_file_is_read_as_it_is_and_a_missing_one_is_none(target: Path) -> None:
    assert read_bytes(target) == OLD
    assert read_bytes(target.parent / "missing") is None


def test_a_file_that_cannot_be_read_ends_with_a_sentence(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", raising(PermissionError(errno.EACCES, "Permission denied")))
    with pytest.raises(Unwritable, match=REFUSED):
        read_bytes(target)


@pytest.mark.unix("error of its own for such a path")
def test_a_path_that_cannot_be_ends_with_a_sentence(target: Path) -> None:
    with pytest.raises(Unwritable, match="路径中有不是文件夹的"):
        read_bytes(target / "below")
    with pytest.raises(Unwritable, match="文件名太长"):
        read_bytes(target.parent / ("长" * 300))


# --- faults


def break_step(name: str, error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one step of a write fail as the system would."""
    name, _, folder = name.partition(" of the ")

    def around(step: Step, do: Callable[[], Any]) -> Any:
        if step.name == name and step.path.is_dir() == bool(folder):
            raise error
        return do()

    watch(monkeypatch, around)


@pytest.mark.parametrize(("old", "step"), [*product((OLD, None), STEPS), *(() if WINDOWS else [(OLD, "chmod")])])
@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "磁盘已满\n  下一步：检查磁盘空间和网络盘"),
        (errno.EIO, "读写磁盘出错\n  下一步：检查磁盘空间和网络盘"),
        (errno.EACCES, REFUSED),
    ],
)
def test_a_failing_step_leaves_the_old_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, says: str, old: bytes | None
) -> None:
    target = tmp_path / "台账.yaml"
    if old is not None:
        target.write_bytes(old)
        target.chmod(MODE)
    break_step(step, OSError(number, os.strerror(number)), monkeypatch)
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    with pytest.raises(Unwritable) as error:
        replace_file(target, old, NEW)
    assert pauses == [] or (WINDOWS and number == errno.EACCES)
    assert str(error.value) == f"无法写入 台账.yaml：{says}"
    assert error.value.exit_code is Exit.NOTHING
    monkeypatch.undo()
    assert (target.read_bytes() if target.exists() else None) == old
    assert old is None or stat.S_IMODE(target.stat().st_mode) == MODE
    assert names(tmp_path) == ([] if old is None else ["台账.yaml"])


@pytest.mark.unix("sync of folders")
def test_a_removed_file_comes_back_where_its_folder_cannot_be_synced(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.chmod(0o604)
    with monkeypatch.context() as broken:
        break_step("sync of the folder", OSError(errno.EIO, "Input/output error"), broken)
        with pytest.raises(Unwritable, match="读写磁盘出错"):
            remove_file(target, OLD)
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (OLD, 0o604)
    assert names(target.parent) == [target.name]


def test_what_could_not_be_put_back_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("甲", "乙", "丙"):
        (tmp_path / name).write_bytes(OLD)

    def around(step: Step, do: Callable[[], Any]) -> Any:
        if tried and step.name in ("create", "unlink"):
            raise OSError(errno.EIO, "Input/output error")
        return do()

    tried: list[str] = []
    watch(monkeypatch, around)

    def work() -> None:
        with atomic.writing(tmp_path) as changes:
            changes.replace(tmp_path / "甲", OLD, NEW)
            changes.remove(tmp_path / "乙", OLD)
            changes.replace(tmp_path / "丁", None, NEW)
            tried.append("丙")
            changes.replace(tmp_path / "丙", OLD, NEW)

    with pytest.raises(Unwritable) as error:
        work()
    assert str(error.value) == (
        "无法写入 丙：读写磁盘出错\n  下一步：检查磁盘空间和网络盘\n"
        "  注意：没能恢复原样，丁 已新建，乙 已删去，甲 已换成新内容；请用 git 或备份核对"
    )


def test_what_others_wrote_in_the_meantime_is_not_undone(tmp_path: Path) -> None:
    target = tmp_path / "甲"

    def work() -> None:
        with atomic.writing(tmp_path) as changes:
            changes.replace(target, None, NEW)
            target.write_bytes(b"others\n")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert target.read_bytes() == b"others\n"


def test_folders_made_for_a_file_that_was_not_written_go_again(tmp_path: Path) -> None:

    def work() -> None:
        with atomic.writing(tmp_path) as changes:
            changes.replace(tmp_path / "甲" / "乙" / "丙.yaml", None, NEW)
            raise ZhenggaiError("停")

    with pytest.raises(ZhenggaiError, match="停"):
        work()
    assert names(tmp_path) == [".zhenggai"]


def test_a_network_drive_that_cannot_fsync_folders_is_written_to(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_step("fsync of the folder", OSError(errno.EINVAL, "Invalid argument"), monkeypatch)
    replace_file(target, OLD, NEW)
    assert target.read_bytes() == NEW


def test_an_unknown_reason_is_given_in_the_words_of_the_system(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_step("replace", OSError(errno.ENXIO, "No such device"), monkeypatch)
    with pytest.raises(Unwritable, match="：No such device\n"):
        replace_file(target, OLD, NEW)


def test_a_folder_that_is_a_file_ends_with_a_sentence(target: Path) -> None:
    with pytest.raises(Unwritable, match="路径中有不是文件夹的"):
        replace_file(target / "below.yaml", None, NEW)
    assert target.read_bytes() == OLD


def test_an_interrupt_leaves_the_old_bytes_and_no_temporary_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(target, OLD, NEW)
    assert target.read_bytes() == OLD
    assert names(target.parent) == [target.name]


def test_a_file_that_another_program_has_open_is_waited_for(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unix replaces an open file at once. Windows refuses until it is closed, or says so after some seconds."""
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            other.close()

    with target.open("rb") as other:
        monkeypatch.setattr(time, "sleep", sleep)
        replace_file(target, OLD, NEW)
    assert (target.read_bytes(), len(pauses)) == (NEW, 3 if WINDOWS else 0)
    monkeypatch.setattr(time, "sleep", pauses.append)
    with target.open("rb"):
        if WINDOWS:
            with pytest.raises(Unwritable, match=rf"无法写入 {target.name}：{REFUSED}"):
                remove_file(target, NEW)
            assert read_bytes(target) == NEW
        else:
            remove_file(target, NEW)
    assert names(target.parent) == ([target.name] if WINDOWS else [])


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made on Windows."""
    pauses: list[float] = []
    monkeypatch.setattr(durable_folders, "WINDOWS", True)
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


def held(target: Path, times: int, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses a step while a virus scanner or WPS has the file open."""
    refused = count()

    def around(step: Step, do: Callable[[], Any]) -> Any:
        if step.name == name and target in (step.path, step.target) and next(refused) < times:
            raise PermissionError(errno.EACCES, "sharing violation")
        return do()

    watch(monkeypatch, around)


@pytest.mark.parametrize("step", ["read", "replace", "unlink"])
def test_a_file_held_by_another_program_for_a_moment_is_waited_for(
    target: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as scanner:
        held(target, 3, step, scanner)
        if step == "unlink":
            remove_file(target, OLD)
        else:
            replace_file(target, OLD, NEW)
    assert windows == [0.02, 0.04, 0.08]
    assert names(target.parent) == ([] if step == "unlink" else [target.name])
    assert read_bytes(target) == (None if step == "unlink" else NEW)


@pytest.mark.parametrize("step", ["read", "replace", "unlink"])
def test_a_file_held_for_long_is_given_up_in_seconds(
    target: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as scanner:
        held(target, 1000, step, scanner)
        with pytest.raises(Unwritable, match="没有权限，或文件正被占用\n  下一步：请先关闭占用该文件的程序（如 WPS）"):
            remove_file(target, OLD) if step == "unlink" else replace_file(target, OLD, NEW)
    assert len(windows) == 7
    assert sum(windows) < 3
    assert names(target.parent) == [target.name]
    assert target.read_bytes() == OLD


def test_windows_has_no_fsync_of_folders(target: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", opened.append)
        durable_folders.sync_folder(target.parent)
    assert opened == windows == []


# --- where it may write


def test_nothing_is_written_outside_the_root(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "ledgers").mkdir(parents=True)
    outside.mkdir()
    (outside / "a.yaml").write_bytes(OLD)
    (root / "ledgers" / "link").symlink_to(outside)
    (root / "ledgers" / "loop").symlink_to("loop")
    (root / "ledgers" / "own").symlink_to(root / "ledgers")
    for path in (
        "ledgers/link/a.yaml",
        "ledgers/link/b/c.yaml",
        "ledgers/loop/c.yaml",
        "../outside/a.yaml",
        "../b.yaml",
    ):
        old = OLD if path.endswith("a.yaml") else None
        with pytest.raises(Unwritable, match=r"不在台账文件夹之内（路径或链接通到外面），不写入\n  下一步："):
            replace_file(root / path, old, NEW, root)
        with pytest.raises(Unwritable, match="不在台账文件夹之内"), atomic.writing(root) as changes:
            changes.replace(root / path, old, NEW)
    with pytest.raises(Unwritable, match="不在台账文件夹之内"):
        remove_file(root / "ledgers/link/a.yaml", OLD, root)
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == {"a.yaml": OLD}
    replace_file(root / "ledgers/own/新/d.yaml", None, NEW, root)
    assert (root / "ledgers/新/d.yaml").read_bytes() == NEW
    (tmp_path / "alias").symlink_to(root)
    replace_file(tmp_path / "alias/ledgers/e.yaml", None, NEW, tmp_path / "alias")
    assert (root / "ledgers/e.yaml").read_bytes() == NEW


def test_what_killed_writers_left_is_listed(tmp_path: Path) -> None:
    left = [".zhenggai/.zhenggai-0b", ".zhenggai-0a", "ledgers/p/县教育局/.zhenggai-0c", "plans/.zhenggai-0d"]
    others = [".zhenggai/clone", "ledgers/p/县教育局/a.yaml", "elsewhere/.zhenggai-0e", "plans/.zhenggai-folder/a"]
    for name in left + others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert [path.relative_to(tmp_path).as_posix() for path in stale_files(tmp_path)] == left
    assert stale_files(tmp_path / "elsewhere" / "nothing") == []


# --- one writer


HOLD = """
import sys
from pathlib import Path
from zhenggai.writing.atomic import writing
with writing(Path.cwd()):
    print("held", flush=True)
    sys.stdin.read()
"""


def another_writer(root: Path) -> "subprocess.Popen[bytes]":
    """Another process that holds the writer lock of a root, until its stdin ends."""
    command = [sys.executable, "-c", HOLD]
    other = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline().strip() == b"held"
    return other


def test_a_second_writer_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_LOCK_SECONDS", 0.1)
    other = another_writer(tmp_path)
    try:
        with (
            pytest.raises(Locked, match="另一个 zhenggai 正在写入\n  下一步：等它结束后再试") as error,
            atomic.writing(tmp_path),
        ):
            pytest.fail("two writers at once")
        assert error.value.exit_code is Exit.CONFLICT
    finally:
        other.communicate(timeout=30)
    assert other.returncode == 0
    with atomic.writing(tmp_path):
        assert (tmp_path / ".zhenggai").is_dir()


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZhenggaiError, match="甲"), atomic.writing(tmp_path):
        raise ZhenggaiError("甲")
    with pytest.raises(OSError, match="乙"), atomic.writing(tmp_path):
        raise OSError("乙")
    with atomic.writing(tmp_path):
        assert names(tmp_path) == [".zhenggai"]


def test_a_root_that_cannot_be_locked_ends_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    for name in ("link", "file", "lock-is-a-folder", "lock-is-a-link"):
        (tmp_path / name).mkdir(exist_ok=True) if name != "file" else None
    (tmp_path / "outside").mkdir()
    (tmp_path / "link" / ".zhenggai").symlink_to(tmp_path / "outside")
    (tmp_path / "lock-is-a-folder" / atomic.LOCK).mkdir(parents=True)
    (tmp_path / "lock-is-a-link" / ".zhenggai").mkdir()
    (tmp_path / "lock-is-a-link" / atomic.LOCK).symlink_to(tmp_path / "outside" / "lock")
    for name, says in {
        "file": "无法写入 .zhenggai/lock：路径中有不是文件夹的",
        "missing": "无法写入 .zhenggai/lock：文件夹不存在",
        "link": "不在台账文件夹之内",
        "lock-is-a-folder": "无法写入 .zhenggai/lock：那里是文件夹",
        "lock-is-a-link": "无法写入 .zhenggai/lock：那里是链接",
    }.items():
        with pytest.raises(Unwritable, match=says), atomic.writing(tmp_path / name):
            pytest.fail("no lock there")
    assert names(tmp_path / "outside") == []
    (tmp_path / ".zhenggai").write_text("x")
    with pytest.raises(Unwritable, match="路径中有不是文件夹的"), atomic.writing(tmp_path):
        pytest.fail("no lock there")
    monkeypatch.setattr(Path, "mkdir", raising(PermissionError(errno.EACCES, "Permission denied")))
    with pytest.raises(Unwritable, match="没有权限"), atomic.writing(tmp_path):
        pytest.fail("no lock there")


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_nothing_is_written_where_there_are_no_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder, number: int
) -> None:
    """Network drives: no soft lock, which a killed writer would leave for ever."""
    import fcntl  # imported here: not on Windows

    monkeypatch.setattr(fcntl, "flock", raising(OSError(number, os.strerror(number))))
    with (
        pytest.raises(
            Unwritable, match="不能加锁（常见于网络盘），防不住两人同时写，没有写入\n  下一步：把台账"
        ) as error,
        atomic.writing(tmp_path),
    ):
        pytest.fail("no lock there")
    assert error.value.exit_code is Exit.NOTHING
    assert not recwarn.list


def test_the_lock_of_a_killed_writer_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = another_writer(tmp_path)
    other.kill()
    other.communicate(timeout=30)
    monkeypatch.setattr(atomic, "_LOCK_SECONDS", 0)
    with atomic.writing(tmp_path):
        assert names(tmp_path / ".zhenggai") == ["lock"]


def test_a_file_is_removed_only_as_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"new")
    with pytest.raises(Changed, match="刚刚被别的程序改动，没有删除"):
        remove_file(path, b"old")
    assert path.read_bytes() == b"new"
    remove_file(path, b"new")
    assert not path.exists()
