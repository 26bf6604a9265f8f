"""Atomic writes. All data files are written through this module.

Steps: take the lock, compare the file with what was read, write a temporary file in the same folder, fsync it, rename it
over the file, fsync the folder. An error or Ctrl-C undoes all changes of the command. After a kill or a power cut, each
file is either old or new, never a part of both.
"""

import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self, TypeVar

from zhenggai.errors import Changed, Unwritable, ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.reading.data_folders import PRIVATE
from zhenggai.writing import durable_folders
from zhenggai.writing.locks import locked
from zhenggai.writing.write_refusals import refusals, refuse_outside

T = TypeVar("T")

LOCK = f"{PRIVATE}/lock"
TEMPORARY = ".zhenggai-"  # prefix of temporary files; git ignores them
_LOCK_SECONDS = 10.0
_SHARING_TRIES = 8  # Windows: another program (virus scanner, WPS) may hold the file for a moment
_written: list[str] = []


def written() -> list[str]:
    """The changes that this process has written and not undone, each in Chinese."""
    return list(_written)


def note_written(what: str) -> None:
    """Record a change that was not written through ``Changes``, for ``written``."""
    _written.append(what)


@frozen
class _Change:
    """A change of one file: its old and new bytes (None: no file), and its mode."""

    path: Path
    old: bytes | None
    new: bytes | None
    mode: int | None

    def undo(self) -> None:
        """Restore the old bytes. A file that another program has changed since is left alone."""
        if read_bytes(self.path) != self.new:
            return
        if self.old is None:
            retried(self.path.unlink)
        else:
            with _temporary_file(self.path, self.old, self.mode, _try_fsync) as temporary:
                retried(lambda: os.replace(temporary, self.path))
        with suppress(OSError):
            durable_folders.sync_folder(self.path.parent)

    @property
    def is_ours(self) -> bool:
        """Whether the file is private to the tool; the user is not told about it."""
        return self.path.parent.name == PRIVATE

    def done(self, root: Path) -> str:
        """The change in Chinese, with the path relative to ``root``."""
        return f"{'删去' if self.new is None else '写入'} {Path(os.path.relpath(self.path, root)).as_posix()}"

    def left(self) -> str:
        """The state of the file in Chinese, for a change that could not be undone."""
        if self.new is None:
            return f"{self.path.name} 已删去"
        return f"{self.path.name} 已{'新建' if self.old is None else '换成新内容'}"


class Changes:
    """The changes of one command. An error or Ctrl-C inside the context undoes all of them.

    With a ``root``, paths outside it are refused, and all folders between it and a new file are synced. Raises
    ``Unwritable`` if a change cannot be undone.
    """

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._changes: list[_Change] = []
        self._folders: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is not None and (left := self._undone()):
            why = str(error) if isinstance(error, ZhenggaiError) else "中途停止"
            raise Unwritable(f"{why}\n  注意：没能恢复原样，{'，'.join(left)}；请用 git 或备份核对") from error
        if error is None and self._root is not None:
            _written.extend(change.done(self._root) for change in self._changes if not change.is_ours)

    def replace(self, path: Path, old: bytes | None, new: bytes) -> None:
        """Replace the contents ``old`` by ``new``; see ``replace_file``."""
        with self._allowed(path, old, "未写入") as mode:
            if old is None:  # also syncs existing folders: those of a killed writer may not be durable yet
                durable_folders.make_folders(path.parent.resolve(), self._root and self._root.resolve(), self._folders)
            if old != new:
                with _temporary_file(path, new, mode, os.fsync) as temporary:
                    _refuse_changed(path, old, "未写入")
                    self._changes.append(_Change(path, old, new, mode))
                    retried(lambda: os.replace(temporary, path))
            durable_folders.sync_folder(path.parent)

    def remove(self, path: Path, old: bytes) -> None:
        """Remove a file whose contents are still ``old``; see ``remove_file``."""
        with self._allowed(path, old, "没有删除") as mode:
            self._changes.append(_Change(path, old, None, mode))
            retried(path.unlink)
            durable_folders.sync_folder(path.parent)

    @contextmanager
    def _allowed(self, path: Path, old: bytes | None, not_done: str) -> Iterator[int | None]:
        """Check a path before a change, and yield the file's mode (None: no file).

        Raises ``Unwritable`` for a path outside the root, ``Changed`` if the file is not ``old``. A system error in the
        context becomes ``Unwritable``.
        """
        if self._root is not None:
            refuse_outside(path, self._root)
        _refuse_changed(path, old, not_done)
        with refusals(path.name):
            yield None if old is None else stat.S_IMODE(path.stat().st_mode)

    def _undone(self) -> list[str]:
        """Undo all changes, the last one first. Returns those that could not be undone, in Chinese."""
        left = []
        for change in reversed(self._changes):
            try:
                change.undo()
            except (OSError, ZhenggaiError):
                left.append(change.left())
        for folder in reversed(self._folders):
            with suppress(OSError):  # it is not empty
                folder.rmdir()
        return left


@contextmanager
def writing(root: Path) -> Iterator[Changes]:
    """Hold the writer lock of the working copy and yield its ``Changes``. Readers need no lock.

    Raises ``Locked`` if another process holds the lock, ``Unwritable`` if the lock cannot be made.
    """
    with locked(root, LOCK, _LOCK_SECONDS, "另一个 zhenggai 正在写入"), Changes(root) as changes:
        yield changes


def read_bytes(path: Path) -> bytes | None:
    """The bytes of a file that is to be written; None if there is none.

    Raises ``Unwritable`` for anything but a regular file, and for system errors.
    """
    with refusals(path.name):
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                raise Unwritable(
                    f"{path.name or path} 不是普通文件（是链接、目录或设备），不写入\n  下一步：换成真正的文件"
                )
            return retried(path.read_bytes)
        except FileNotFoundError:
            return None


def replace_file(path: Path, old: bytes | None, new: bytes, root: Path | None = None) -> None:
    """Replace a file's contents atomically. The mode stays.

    ``old`` is what the caller has read (None: no file). Raises ``Changed`` if the file is not ``old`` any more,
    ``Unwritable`` if the system refuses the write or the path is outside ``root``; the file then stays as it was. If
    ``old`` equals ``new``, only the folder is synced.
    """
    with Changes(root) as changes:
        changes.replace(path, old, new)


def remove_file(path: Path, old: bytes, root: Path | None = None) -> None:
    """Remove a file whose contents are still ``old``, as the caller has read it. Raises as ``replace_file`` does."""
    with Changes(root) as changes:
        changes.remove(path, old)


def stale_files(root: Path) -> list[Path]:
    """The temporary files that killed writers left behind, sorted. Call it, and remove them, under the writer lock."""
    below = [folder for top in ("plans", "ledgers") for folder, _, _ in os.walk(root / top)]
    all_folders = [root, root / ".zhenggai", *map(Path, below)]
    return sorted(path for folder in all_folders for path in folder.glob(f"{TEMPORARY}*") if path.is_file())


@contextmanager
def _temporary_file(path: Path, data: bytes, mode: int | None, sync: Callable[[int], None]) -> Iterator[Path]:
    """A synced temporary file with these bytes and this mode, in the folder of ``path``. It is removed at the end."""
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        with open(temporary, "xb") as file:
            if mode is not None and mode != stat.S_IMODE(os.fstat(file.fileno()).st_mode):
                temporary.chmod(mode)
            file.write(data)
            file.flush()
            sync(file.fileno())
        yield temporary
    finally:
        with suppress(OSError):  # ``stale_files`` finds it later
            temporary.unlink(missing_ok=True)


def _try_fsync(handle: int) -> None:
    with suppress(OSError):
        os.fsync(handle)


def retried(act: Callable[[], T]) -> T:
    """Call ``act``. On Windows, a ``PermissionError`` is retried with growing pauses."""
    for attempt in range(_SHARING_TRIES - 1 if durable_folders.WINDOWS else 0):
        try:
            return act()
        except PermissionError:
            time.sleep(0.02 * 2**attempt)
    return act()


def _refuse_changed(path: Path, old: bytes | None, not_done: str) -> None:
    if read_bytes(path) != old:
        raise Changed(f"{path.name} 刚刚被别的程序改动，{not_done}\n  下一步：重新运行同一命令")
