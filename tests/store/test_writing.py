"""Whatever fails while a file is written, the old bytes stay or the new ones are whole; one writer at a time."""

import errno
import fcntl
import multiprocessing
import os
import stat
import tempfile
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.store import writing
from zhenggai.store.writing import Changed, Locked, Unwritable, read_bytes, replace_file

OLD, NEW = "旧的\n".encode(), "新的，更长\n".encode() * 100
FORKED = multiprocessing.get_context("fork")  # a child that need not import everything again


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
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(path.parent) == ["c.yaml"]


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
    with pytest.raises(Unwritable, match="路径中有不是文件夹的"):
        read_bytes(target / "below")
    with pytest.raises(Unwritable, match="文件名太长"):
        read_bytes(target.parent / ("长" * 300))
    monkeypatch.setattr(Path, "read_bytes", raising(PermissionError(errno.EACCES, "Permission denied")))
    with pytest.raises(Unwritable, match="没有权限，或文件正被占用\n  下一步：请先关闭占用该文件的程序"):
        read_bytes(target)


# --- faults


class BrokenFile:
    """A file whose write or flush fails."""

    def __init__(self, handle: int, failing: str, error: OSError) -> None:
        self._file = open(handle, "wb")  # noqa: SIM115  # closed by __exit__
        self._failing, self._error = failing, error

    def __enter__(self) -> "BrokenFile":
        return self

    def __exit__(self, *_what: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        self._file.write(data[:7])
        self._fail("write")

    def flush(self) -> None:
        self._fail("flush")

    def fileno(self) -> int:
        return self._file.fileno()

    def _fail(self, step: str) -> None:
        if step == self._failing:
            raise self._error


def break_step(step: str, error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one step of a write fail as the system would."""
    fsync = os.fsync

    def fail_for_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise error
        fsync(handle)

    match step:
        case "mkstemp":
            monkeypatch.setattr(tempfile, "mkstemp", raising(error))
        case "write" | "flush":
            monkeypatch.setattr(os, "fdopen", lambda handle, _mode: BrokenFile(handle, step, error))
        case "fsync":
            monkeypatch.setattr(os, "fsync", raising(error))
        case "chmod":
            monkeypatch.setattr(Path, "chmod", raising(error))
        case "replace":
            monkeypatch.setattr(os, "replace", raising(error))
        case _:
            monkeypatch.setattr(os, "fsync", fail_for_folders)


@pytest.mark.parametrize("step", ["mkstemp", "write", "flush", "fsync", "chmod", "replace", "fsync of the folder"])
@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "磁盘已满\n  下一步：检查磁盘空间和网络盘"),
        (errno.EIO, "读写磁盘出错\n  下一步：检查磁盘空间和网络盘"),
        (errno.EACCES, "没有权限，或文件正被占用\n  下一步：请先关闭占用该文件的程序（如 WPS）"),
    ],
)
@pytest.mark.parametrize("old", [OLD, None])
def test_a_failing_step_leaves_the_old_bytes_or_the_whole_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, says: str, old: bytes | None
) -> None:
    target = tmp_path / "台账.yaml"
    if old is not None:
        target.write_bytes(old)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    with monkeypatch.context() as broken:
        break_step(step, OSError(number, os.strerror(number)), broken)
        with pytest.raises(Unwritable) as error:
            replace_file(target, old, NEW)
    assert str(error.value) == f"无法写入 台账.yaml：{says}"
    assert error.value.exit_code is Exit.NOTHING
    expected = NEW if step == "fsync of the folder" else old
    assert (target.read_bytes() if target.exists() else None) == expected
    assert names(tmp_path) == ([] if expected is None else ["台账.yaml"])


def test_a_network_drive_that_cannot_fsync_folders_is_written_to(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_step("fsync of the folder", OSError(errno.EINVAL, "Invalid argument"), monkeypatch)
    replace_file(target, OLD, NEW)
    assert target.read_bytes() == NEW


def test_an_unknown_reason_is_given_in_the_words_of_the_system(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_step("replace", OSError(errno.EDQUOT, "Disk quota exceeded"), monkeypatch)
    with pytest.raises(Unwritable, match="：Disk quota exceeded\n"):
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


def test_a_file_held_by_another_program_for_a_moment_is_waited_for(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to replace a file that a virus scanner or WPS has open."""
    replace = os.replace
    tries, pauses = [0], list[float]()

    def refuse_thrice(source: Path, goal: Path) -> None:
        tries[0] += 1
        if tries[0] <= 3:
            raise PermissionError(errno.EACCES, "sharing violation")
        replace(source, goal)

    monkeypatch.setattr(os, "replace", refuse_thrice)
    monkeypatch.setattr(time, "sleep", pauses.append)
    replace_file(target, OLD, NEW)
    assert target.read_bytes() == NEW
    assert pauses == [0.02, 0.04, 0.08]


def test_a_file_held_for_long_is_given_up_in_seconds(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(os, "replace", raising(PermissionError(errno.EACCES, "sharing violation")))
    monkeypatch.setattr(time, "sleep", pauses.append)
    with pytest.raises(Unwritable, match="请先关闭占用该文件的程序"):
        replace_file(target, OLD, NEW)
    assert len(pauses) == 7
    assert sum(pauses) < 3
    assert names(target.parent) == [target.name]


def test_windows_has_no_fsync_of_folders(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(os, "open", opened.append)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        writing._sync_folder(target.parent)
    assert opened == []


# --- one writer


def _hold(lock: Path, held: Event, enough: Event) -> None:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        held.set()
        enough.wait(30)


def test_a_second_writer_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing.writing(tmp_path):
        pass
    held, enough = FORKED.Event(), FORKED.Event()
    other = FORKED.Process(target=_hold, args=(tmp_path / writing.LOCK, held, enough))
    other.start()
    try:
        assert held.wait(30)
        monkeypatch.setattr(writing, "_LOCK_SECONDS", 0.1)
        with (
            pytest.raises(Locked, match="另一个 zhenggai 正在写入\n  下一步：等它结束后再试") as error,
            writing.writing(tmp_path),
        ):
            pytest.fail("two writers at once")
        assert error.value.exit_code is Exit.CONFLICT
    finally:
        enough.set()
        other.join(30)
    with writing.writing(tmp_path):
        assert (tmp_path / ".zhenggai").is_dir()


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZhenggaiError, match="甲"), writing.writing(tmp_path):
        raise ZhenggaiError("甲")
    with pytest.raises(OSError, match="乙"), writing.writing(tmp_path):
        raise OSError("乙")
    with writing.writing(tmp_path):
        assert names(tmp_path) == [".zhenggai"]


def test_a_root_that_cannot_be_locked_ends_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unwritable, match="无法写入 lock"), writing.writing(tmp_path / "file"):
        pytest.fail("no lock there")
    (tmp_path / ".zhenggai").write_text("x")
    with pytest.raises(Unwritable, match="路径中有不是文件夹的"), writing.writing(tmp_path):
        pytest.fail("no lock there")
    monkeypatch.setattr(Path, "mkdir", raising(PermissionError(errno.EACCES, "Permission denied")))
    with pytest.raises(Unwritable, match="没有权限"), writing.writing(tmp_path):
        pytest.fail("no lock there")


def test_a_file_is_removed_only_as_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"new")
    with pytest.raises(Changed, match="刚刚被别的程序改动，没有删除"):
        writing.remove_file(path, b"old")
    assert path.read_bytes() == b"new"
    writing.remove_file(path, b"new")
    assert not path.exists()
