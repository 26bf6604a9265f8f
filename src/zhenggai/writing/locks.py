"""Locks of a working copy. One process at a time holds a lock; the system frees it when the process ends."""

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
    """Hold the lock of this name in the root's private folder.

    Raises ``Locked`` with the message ``busy`` if another process holds it for more than ``seconds``, ``Unwritable`` if
    the lock file cannot be made.
    """
    from filelock import FileLock, Timeout  # imported here: only writers need it

    path = root / name
    with refusals(name):
        private_folder(root)
    refuse_outside(path, root)
    lock = FileLock(path, timeout=seconds, fallback_to_soft=False)  # a soft lock would stay after a kill
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
