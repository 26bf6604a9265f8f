"""The one way the tool writes a file (DESIGN §4): locked, compared with what was read, whole or not at all.

Lock → read and compare → temporary file in the same folder → fsync → replace → fsync of the folder. Whatever fails,
the old bytes stay.
"""

import errno
import os
import stat
import tempfile
import time
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from zhenggai.errors import Exit, ZhenggaiError

T = TypeVar("T")

LOCK = ".zhenggai/lock"
_LOCK_SECONDS = 10.0
_SHARING_TRIES = 8  # Windows: another program holds the file for a moment (virus scanner, WPS)


class Locked(ZhenggaiError):
    """Another zhenggai is writing here."""

    exit_code = Exit.CONFLICT


class Changed(ZhenggaiError):
    """The file is not what was read."""

    exit_code = Exit.CONFLICT


class Unwritable(ZhenggaiError):
    """The system refuses the write."""


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the working copy's one writer lock; readers need none."""
    from filelock import FileLock, Timeout  # here, since only writers need it

    path = root / LOCK
    lock = FileLock(path, timeout=_LOCK_SECONDS)
    try:
        path.parent.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout:
        raise Locked("另一个 zhenggai 正在写入\n  下一步：等它结束后再试") from None
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield
    finally:
        lock.release()


def read_bytes(path: Path) -> bytes | None:
    """A file's bytes before writing, None where there is none; anything but a regular file is refused."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise Unwritable(f"{path.name} 不是普通文件（是链接、目录或设备），不写入\n  下一步：换成真正的文件")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unwritable(path, error) from error


def utf8_text(data: bytes, name: str, act: str) -> tuple[bytes, str]:
    """A file's byte order mark and its text; refused where it is not UTF-8. ``act`` says what was to be done: 追加, 改动."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise Unwritable(f"{name} 的编码是 UTF-16，不能{act}\n  下一步：先另存为 UTF-8")
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    try:
        return mark, data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        raise Unwritable(f"{name} 的编码不是 UTF-8，不能{act}\n  下一步：先另存为 UTF-8") from None


def replace_file(path: Path, old: bytes | None, new: bytes) -> None:
    """Put ``new`` in the place of ``old``, which is what the caller read; keeps the file's mode.

    Raises ``Changed`` where the file is no longer ``old``, ``Unwritable`` where the system refuses; in both cases, and
    if the power fails, the file is as before.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".zhenggai-", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        if read_bytes(path) != old:
            raise Changed(f"{path.name} 刚刚被别的程序改动，未写入\n  下一步：重新运行同一命令")
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if old is not None else 0o666 & ~_umask())
        _patiently(lambda: os.replace(temporary, path))
        _sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def remove_file(path: Path, old: bytes) -> None:
    """Remove a file that is still ``old``, which is what the caller read; raises as ``replace_file`` does."""
    if read_bytes(path) != old:
        raise Changed(f"{path.name} 刚刚被别的程序改动，没有删除\n  下一步：重新运行同一命令")
    try:
        _patiently(path.unlink)
        _sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _patiently(act: Callable[[], T]) -> T:
    """Run an act that Windows may refuse for a moment, with growing pauses."""
    for attempt in range(_SHARING_TRIES - 1):
        try:
            return act()
        except PermissionError:
            time.sleep(0.02 * 2**attempt)
    return act()


def _sync_folder(folder: Path) -> None:
    """Make a replaced name last; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # network drives that have no such call either
            raise
    finally:
        os.close(handle)


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EIO: "读写磁盘出错",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOTDIR: "路径中有不是文件夹的",
    errno.EEXIST: "路径中有不是文件夹的",
}


def _unwritable(path: Path, error: OSError) -> Unwritable:
    if isinstance(error, PermissionError):
        return Unwritable(
            f"无法写入 {path.name}：没有权限，或文件正被占用\n  下一步：请先关闭占用该文件的程序（如 WPS）"
        )
    return Unwritable(
        f"无法写入 {path.name}：{_REASONS.get(error.errno or 0, error.strerror)}\n  下一步：检查磁盘空间和网络盘"
    )
