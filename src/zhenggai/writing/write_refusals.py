"""The reasons for which a file is not written, each with its Chinese sentence and remedy."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zhenggai.errors import Unwritable, UsageError
from zhenggai.model.control_texts import with_control
from zhenggai.model.labels import label_of
from zhenggai.reading.data_folders import LONG_PATH, SHORTEN, is_too_long
from zhenggai.writing import durable_folders


def refuse_outside(path: Path, root: Path) -> None:
    """Raise ``Unwritable`` for a path outside the root, whether by ``..`` or through a link."""
    try:
        inside = path.parent.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a cycle of links
        inside = False
    if not inside:
        raise Unwritable(
            f"{path.parent} 不在台账文件夹之内（路径或链接通到外面），不写入\n  下一步：把链接换成真正的文件夹"
        )


def refuse_control(*things: Any, before: Any = None) -> None:
    """Raise ``UsageError`` for values whose texts contain control characters. Those that are in ``before`` too may stay."""
    known = {(text.name, text.text) for text, _ in with_control(before)} if before is not None else set()
    for thing in things:
        for text, found in with_control(thing):
            if (text.name, text.text) not in known:
                raise UsageError(
                    f"“{label_of(text.name)}”里有{found}，没有写入\n  下一步：重新输入这一处；不要按方向键，不要粘贴乱码"
                )


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EIO: "读写磁盘出错",
    errno.EROFS: "磁盘是只读的",
    errno.EFBIG: "文件太大",
    errno.ENOENT: "文件夹不存在",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOTDIR: "路径中有不是文件夹的",
    errno.EEXIST: "路径中有不是文件夹的",
    errno.EISDIR: "那里是文件夹",
    errno.ELOOP: "那里是链接",
    errno.EBADF: "输出已关闭",
    errno.EPIPE: "读取的程序已退出",
}


def reason(error: OSError) -> str:
    """The reason of a system error: in Chinese if it is a known one, else as the system gives it."""
    if isinstance(error, PermissionError):
        return "没有权限，或文件正被占用" if durable_folders.WINDOWS else "没有权限"
    if _is_too_long(error):
        return LONG_PATH
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def _is_too_long(error: OSError) -> bool:
    named = (name for name in (error.filename, error.filename2) if isinstance(name, str))
    return error.errno == errno.ENOENT and any(map(is_too_long, named))


@contextmanager
def refusals(name: str) -> Iterator[None]:
    """Turn an ``OSError`` in the context into ``Unwritable`` with a Chinese message."""
    try:
        yield
    except OSError as error:
        if _is_too_long(error):
            remedy = SHORTEN
        elif not isinstance(error, PermissionError):
            remedy = "检查磁盘空间和网络盘"
        elif durable_folders.WINDOWS:
            remedy = "请先关闭占用该文件的程序（如 WPS）"
        else:
            remedy = "请管理员开通这个文件夹的写权限"
        raise Unwritable(f"无法写入 {name}：{reason(error)}\n  下一步：{remedy}") from error
