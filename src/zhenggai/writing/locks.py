"""Locks of a working copy: held by one process at a time, and free again when it dies."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhenggai.errors import Locked, Unwritable
from zhenggai.writing.private_folder import private_folder
from zhenggai.writing.write_refusals import refusals, refuse_outside

_NO_LOCKING = {errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP}


@contextmanager
def locked(root: Path, name: str, seconds: float, busy: str) -> Iterator[None]:
    """Hold the lock of a name in the root's private folder.

    ``Locked``, which says that it is ``busy``, where another process holds it for longer; ``Unwritable`` where there can
    be none.
    """
    from filelock import FileLock, Timeout  # here, since only writers need it

    path = root / name
    with refusals(name):
        private_folder(root)
    refuse_outside(path, root)
    lock = FileLock(path, timeout=seconds, fallback_to_soft=False)  # a soft lock would outlive a killed writer
    with refusals(name):
        try:
            lock.acquire()
        except Timeout:
            raise Locked(f"{busy}\n  下一步：等它结束后再试") from None
        except OSError as error:
            if error.errno not in _NO_LOCKING:
                raise
            what = "这个文件夹所在的磁盘不能加锁（常见于网络盘），防不住两人同时写，没有写入"
            raise Unwritable(f"{what}\n  下一步：把台账放到本机磁盘上再写") from error
    try:
        yield
    finally:
        lock.release()
