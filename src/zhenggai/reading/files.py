"""Reads bytes from files, and only here: regular files under the root, up to a bound, then decoded."""

import os
import re
import stat
from functools import lru_cache
from io import FileIO
from pathlib import Path

from zhenggai.characters import NOT_IN_YAML
from zhenggai.frozen import frozen
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.reading.data_folders import LONG_PATH, SHORTEN, is_too_long
from zhenggai.reading.encoding import line_ends, recognised

MAX_FILE = 16 * 1024 * 1024  # bytes
TOO_LARGE = f"超过 {MAX_FILE >> 20} MiB"

FILE_CHECK = "文件"
ENCODING_CHECK = "文件编码"

_BRING_TO_UTF8 = "运行 zhenggai fmt；或用记事本打开，选“另存为”，编码选 UTF-8"
_BRING_TO_FORM = "不影响读取；运行 zhenggai fmt 改好"
SAVE_AS_UTF8 = "用原来写它的程序打开，另存为 UTF-8；或从备份、版本库中恢复"
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@frozen
class FileBytes:
    """The bytes of a file and its ``stamp`` (size, mtime_ns, ctime_ns, inode), which the index compares."""

    path: str
    data: bytes
    stamp: tuple[int, int, int, int]


def read_file(root: Path, path: str) -> FileBytes | Diagnostic:
    """Read the file at ``path``, which is relative to ``root``, with ``/``.

    Returns a ``Diagnostic`` unless it is a regular file of at most 16 MiB that is reached through no symlink.
    """
    if not _stays_under(root, path):
        return _fault(path, "路径不在数据目录之内", "只写数据目录之内的相对路径，不用“..”和指向外面的链接")
    full = os.path.join(root, path)
    try:
        return _read(full, path)
    except NotRegular:
        return _fault(path, "不是普通文件（是链接、目录、管道或设备）", "换成真正的文件")
    except FileNotFoundError:
        if is_too_long(full):
            return _fault(path, LONG_PATH, SHORTEN)
        return _fault(path, "文件不存在", "核对文件名，或从备份、版本库中恢复")
    except PermissionError:
        return _fault(
            path, "没有读取权限，或文件正被其他程序占用", "关闭占用该文件的程序（如 WPS），或请管理员开通权限"
        )
    except OSError as error:
        return _fault(path, f"无法读取（{error.strerror or '系统错误'}）", "检查磁盘和网络盘是否正常")


def _read(full: str, path: str) -> FileBytes | Diagnostic:
    with open_regular(full) as file:
        info = os.fstat(file.fileno())
        data = file.read() if info.st_size <= MAX_FILE else b""
    if info.st_size > MAX_FILE:
        return _fault(path, f"文件{TOO_LARGE}", "拆成几个文件；佐证材料放在“附件”目录，不写进 YAML")
    return FileBytes(path, data, (info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino))


class NotRegular(OSError):
    """Something else than a regular file: a link, a folder, a pipe, a device."""


def open_regular(path: str | Path) -> FileIO:
    """A regular file, opened to read its bytes; no link is followed, nothing is waited for. Raises ``OSError``."""
    if not stat.S_ISREG(os.lstat(path).st_mode):  # for systems without O_NOFOLLOW
        raise NotRegular(path)
    file = open(os.open(path, _OPEN_FLAGS), "rb", buffering=0)  # noqa: SIM115  # for the caller to close
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # replaced since lstat
        file.close()
        raise NotRegular(path)
    return file


def _stays_under(root: Path, path: str) -> bool:
    if not path or "\0" in path or "\\" in path or ":" in path or path[0] == "/" or ".." in path.split("/"):
        return False
    return _folder_is_under(root, path.rpartition("/")[0])


@lru_cache(maxsize=4096)
def _folder_is_under(root: Path, folder: str) -> bool:
    """Whether a folder is under the root after its links are resolved; without links nothing needs to be resolved."""
    if not folder:
        return True
    full = os.path.join(root, folder)
    try:
        if os.path.islink(full):
            return Path(full).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a loop of symlinks
        return False
    return _folder_is_under(root, folder.rpartition("/")[0])


def _fault(path: str, what: str, remedy: str) -> Diagnostic:
    return Diagnostic(Source(path), FILE_CHECK, what, remedy)


def decode(data: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    """The text of a file, and a warning if it is not UTF-8 without byte order mark and with LF line ends.

    GBK (decoded as GB 18030), UTF-16 and UTF-32 are accepted if they are certain. Invalid bytes in an otherwise valid
    UTF-8 file become surrogate escapes, so that one bad byte costs one entry; ``unreadable_characters`` reports their lines.
    Any other encoding is an error and gives no text. Line ends are kept.
    """
    read = recognised(data)
    if read.encoding is None:
        return "", [Diagnostic(Source(path), ENCODING_CHECK, "认不出文件的编码，未读取", SAVE_AS_UTF8)]
    foreign = read.encoding != "UTF-8"
    found = [f"文件编码是 {read.encoding}，不是 UTF-8（已按 {read.encoding} 读取）"] if foreign else []
    found += ["开头有字节顺序标记（BOM）"] if read.mark and not foreign else []
    found += [f"换行是 {ends}，不是 LF"] if (ends := line_ends(read.text)) not in ("", "LF") else []
    if not found:
        return read.text, []
    remedy = _BRING_TO_UTF8 if foreign else _BRING_TO_FORM
    return read.text, [Diagnostic(Source(path), ENCODING_CHECK, "；".join(found), remedy, Level.WARNING)]


UNREADABLE = re.compile(f"[{NOT_IN_YAML}]")
"""Characters that must not occur literally in a file; in quotes some may be written as ``\\u…``."""

LINE_END = re.compile("\r\n|\r|\n")
_MOST_NAMED = 20


def count_line_ends(text: str, start: int, end: int) -> int:
    """Line ends in ``text[start:end]``, with CR LF as one."""
    part = text[start:end]
    return part.count("\n") + part.count("\r") - part.count("\r\n")


def unreadable_characters(text: str, path: str, before: int = 0) -> list[Diagnostic]:
    """A problem for each line with such characters, at most 20, then one for all further lines.

    ``before`` is the number of lines in the file above ``text``.
    """
    diagnostics: list[Diagnostic] = []
    line, counted = before + 1, 0
    found = UNREADABLE.search(text)
    while found is not None and len(diagnostics) < _MOST_NAMED:
        line += count_line_ends(text, counted, found.start())
        diagnostics.append(Diagnostic(Source(path, line), ENCODING_CHECK, _named(found[0]), "删去这个字符后重新输入"))
        counted = found.end()
        next_line = LINE_END.search(text, counted)
        found = UNREADABLE.search(text, next_line.end()) if next_line else None
    if found is not None:
        line += count_line_ends(text, counted, found.start())
        what = "后面还有看不见的字符，不再一一列出"
        diagnostics.append(Diagnostic(Source(path, line), ENCODING_CHECK, what, "先改正前面的，再检查一次"))
    return diagnostics


def _named(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"有不是 UTF-8 的字节（{code - 0xDC00:02X}），文字可能已损坏"
    return f"有看不见的控制字符 U+{code:04X}"
