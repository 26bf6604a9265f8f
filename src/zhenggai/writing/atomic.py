"""The one way the tool writes files: locked, compared with what was read, all that belongs together or nothing.

Lock → read and compare → temporary file in the same folder → fsync → replace → fsync of the folder. What fails or is
interrupted is undone, and what is killed leaves each file as it was or as it was to be.
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
TEMPORARY = ".zhenggai-"  # how the names of temporary files begin; ignored by git
_LOCK_SECONDS = 10.0
_SHARING_TRIES = 8  # Windows: another program holds the file for a moment (virus scanner, WPS)
_written: list[str] = []


def written() -> list[str]:
    """What this process has written so far and not undone, each in words for the user."""
    return list(_written)


def note_written(what: str) -> None:
    """Remember what was written by other means than ``Changes``."""
    _written.append(what)


@frozen
class _Change:
    """What a file's bytes were and what they become (None: no file), and the mode it keeps."""

    path: Path
    old: bytes | None
    new: bytes | None
    mode: int | None

    def undo(self) -> None:
        """Put the old bytes where the new ones stand; what another program wrote since stays."""
        if read_bytes(self.path) != self.new:
            return
        if self.old is None:
            _patiently(self.path.unlink)
        else:
            with _beside(self.path, self.old, self.mode, _try_fsync) as temporary:
                _patiently(lambda: os.replace(temporary, self.path))
        with suppress(OSError):
            durable_folders.sync_folder(self.path.parent)

    @property
    def is_ours(self) -> bool:
        """Whether it is of the tool's own files, which nobody asked for."""
        return self.path.parent.name == PRIVATE

    def done(self, root: Path) -> str:
        """What was done, in words."""
        return f"{'删去' if self.new is None else '写入'} {Path(os.path.relpath(self.path, root)).as_posix()}"

    def left(self) -> str:
        """What stands on the disk where it could not be undone."""
        if self.new is None:
            return f"{self.path.name} 已删去"
        return f"{self.path.name} 已{'新建' if self.old is None else '换成新内容'}"


class Changes:
    """The changes of one command: where one fails or is interrupted, it and those before it are undone.

    With a ``root``, no path leads out of it, and the names of new files last in all folders up to it.
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
        """Put ``new`` in the place of ``old``; see ``replace_file``."""
        with self._allowed(path, old, "未写入") as mode:
            if old is None:  # folders that are there, too: a killed writer's may not last yet
                durable_folders.make_folders(path.parent.resolve(), self._root and self._root.resolve(), self._folders)
            if old != new:
                with _beside(path, new, mode, os.fsync) as temporary:
                    _refuse_changed(path, old, "未写入")
                    self._changes.append(_Change(path, old, new, mode))
                    _patiently(lambda: os.replace(temporary, path))
            durable_folders.sync_folder(path.parent)

    def remove(self, path: Path, old: bytes) -> None:
        """Remove a file that is still ``old``; see ``remove_file``."""
        with self._allowed(path, old, "没有删除") as mode:
            self._changes.append(_Change(path, old, None, mode))
            _patiently(path.unlink)
            durable_folders.sync_folder(path.parent)

    @contextmanager
    def _allowed(self, path: Path, old: bytes | None, not_done: str) -> Iterator[int | None]:
        """Refuse a path that leads astray or is no longer as read; give its mode, and words to what fails."""
        if self._root is not None:
            refuse_outside(path, self._root)
        _refuse_changed(path, old, not_done)
        with refusals(path.name):
            yield None if old is None else stat.S_IMODE(path.stat().st_mode)

    def _undone(self) -> list[str]:
        """Undo all, the last first; what could not be undone, in words."""
        left = []
        for change in reversed(self._changes):
            try:
                change.undo()
            except (OSError, ZhenggaiError):
                left.append(change.left())
        for folder in reversed(self._folders):
            with suppress(OSError):  # something lies in it
                folder.rmdir()
        return left


@contextmanager
def writing(root: Path) -> Iterator[Changes]:
    """Hold the working copy's one writer lock; readers need none.

    What is done through the ``Changes`` it gives is done as a whole. ``Locked`` where another zhenggai keeps the lock,
    ``Unwritable`` where there can be none: nothing is ever written without.
    """
    with locked(root, LOCK, _LOCK_SECONDS, "另一个 zhenggai 正在写入"), Changes(root) as changes:
        yield changes


def read_bytes(path: Path) -> bytes | None:
    """A file's bytes before writing, None where there is none; anything but a regular file is refused."""
    with refusals(path.name):
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                raise Unwritable(
                    f"{path.name or path} 不是普通文件（是链接、目录或设备），不写入\n  下一步：换成真正的文件"
                )
            return _patiently(path.read_bytes)
        except FileNotFoundError:
            return None


def replace_file(path: Path, old: bytes | None, new: bytes, root: Path | None = None) -> None:
    """Put ``new`` in the place of ``old``, which is what the caller read (None: no file); keeps the file's mode.

    Raises ``Changed`` where the file is no longer ``old``, ``Unwritable`` where the system refuses or the path leads out
    of ``root``; in both cases, and if the power fails, the file is as before. Where both are the same, the file stays
    and its name is made to last.
    """
    with Changes(root) as changes:
        changes.replace(path, old, new)


def remove_file(path: Path, old: bytes, root: Path | None = None) -> None:
    """Remove a file that is still ``old``, which is what the caller read; raises as ``replace_file`` does."""
    with Changes(root) as changes:
        changes.remove(path, old)


def stale_files(root: Path) -> list[Path]:
    """The temporary files that killed writers left among the data, in order; to be asked and removed under the lock."""
    below = [folder for top in ("plans", "ledgers") for folder, _, _ in os.walk(root / top)]
    all_folders = [root, root / ".zhenggai", *map(Path, below)]
    return sorted(path for folder in all_folders for path in folder.glob(f"{TEMPORARY}*") if path.is_file())


@contextmanager
def _beside(path: Path, data: bytes, mode: int | None, sync: Callable[[int], None]) -> Iterator[Path]:
    """A synced temporary file of these bytes, and of the mode if one is given, beside the file whose place it may take."""
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
        with suppress(OSError):  # what stays is found by ``stale_files``
            temporary.unlink(missing_ok=True)


def _try_fsync(handle: int) -> None:
    with suppress(OSError):
        os.fsync(handle)


def _patiently(act: Callable[[], T]) -> T:
    """Run an act that Windows may refuse for a moment, with growing pauses."""
    for attempt in range(_SHARING_TRIES - 1 if durable_folders.WINDOWS else 0):
        try:
            return act()
        except PermissionError:
            time.sleep(0.02 * 2**attempt)
    return act()


def _refuse_changed(path: Path, old: bytes | None, not_done: str) -> None:
    if read_bytes(path) != old:
        raise Changed(f"{path.name} 刚刚被别的程序改动，{not_done}\n  下一步：重新运行同一命令")
