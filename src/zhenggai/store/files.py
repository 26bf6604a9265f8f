"""Bytes come in here and nowhere else: regular files under the root, bounded, and in a named encoding."""

import os
import re
import stat
from functools import lru_cache
from pathlib import Path

from zhenggai.frozen import frozen
from zhenggai.model.source import Level, Problem, Source

MAX_FILE = 16 * 1024 * 1024  # bytes (DESIGN §4)

FILE_CHECK = "文件"
ENCODING_CHECK = "文件编码"

_SAVE_AS_UTF8 = "用记事本打开，选“另存为”，编码选 UTF-8，保存后再用"
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@frozen
class FileBytes:
    """A file as it was read. ``stamp`` is size, mtime_ns, ctime_ns, inode: what the index compares."""

    path: str
    data: bytes
    stamp: tuple[int, int, int, int]


def read_file(root: Path, path: str) -> FileBytes | Problem:
    """Read ``path`` (relative to ``root``, with ``/``): a regular file of 16 MiB at most, reached through no symlink."""
    if not _stays_under(root, path):
        return _fault(path, "路径不在数据目录之内", "只写数据目录之内的相对路径，不用“..”和指向外面的链接")
    try:
        return _read(os.path.join(root, path), path)
    except FileNotFoundError:
        return _fault(path, "文件不存在", "核对文件名，或从备份、版本库中恢复")
    except PermissionError:
        return _fault(
            path, "没有读取权限，或文件正被其他程序占用", "关闭占用该文件的程序（如 WPS），或请管理员开通权限"
        )
    except OSError as error:
        return _fault(path, f"无法读取（{error.strerror or '系统错误'}）", "检查磁盘和网络盘是否正常")


def _read(full: str, path: str) -> FileBytes | Problem:
    if not stat.S_ISREG(os.lstat(full).st_mode):  # also where the system has no O_NOFOLLOW
        return _not_regular(path)
    with open(os.open(full, _OPEN_FLAGS), "rb", buffering=0) as file:
        info = os.fstat(file.fileno())
        if not stat.S_ISREG(info.st_mode):  # exchanged since lstat
            return _not_regular(path)
        data = file.read() if info.st_size <= MAX_FILE else b""
    if info.st_size > MAX_FILE:
        return _fault(path, "文件超过 16 MiB", "拆成几个文件；佐证材料放在“附件”目录，不写进 YAML")
    return FileBytes(path, data, (info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino))


def _stays_under(root: Path, path: str) -> bool:
    if not path or "\0" in path or "\\" in path or ":" in path or path[0] == "/" or ".." in path.split("/"):
        return False
    return _folder_is_under(root, path.rpartition("/")[0])


@lru_cache(maxsize=4096)
def _folder_is_under(root: Path, folder: str) -> bool:
    """Whether a folder lies under the root once its links are followed; a ledger has many files in few folders."""
    try:
        return (root / folder).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a loop of symlinks
        return False


def _fault(path: str, what: str, remedy: str) -> Problem:
    return Problem(Source(path), FILE_CHECK, what, remedy)


def _not_regular(path: str) -> Problem:
    return _fault(path, "不是普通文件（是链接、目录、管道或设备）", "换成真正的文件")


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Text of a file, and a warning that names its encoding if that is not UTF-8 (a byte order mark is fine).

    GBK (read as GB 18030), UTF-16 and UTF-32 are used when they are certain. Bytes that spoil an otherwise good UTF-8
    file become surrogate escapes, so that one bad byte costs one entry: ``unreadable_characters`` names their lines.
    What is none of these gives an error and no text. Line ends stay as they are.
    """
    name, text = _recognised(data)
    if name == "UTF-8":
        return text, []
    if name is None:
        return "", [Problem(Source(path), ENCODING_CHECK, "认不出文件的编码，未读取", _SAVE_AS_UTF8)]
    what = f"文件编码是 {name}，不是 UTF-8（已按 {name} 读取）"
    return text, [Problem(Source(path), ENCODING_CHECK, what, _SAVE_AS_UTF8, Level.WARNING)]


_MARKS = (  # UTF-32 LE begins like UTF-16 LE, so it comes first
    (b"\xef\xbb\xbf", "UTF-8", "utf-8"),
    (b"\xff\xfe\0\0", "UTF-32", "utf-32-le"),
    (b"\0\0\xfe\xff", "UTF-32", "utf-32-be"),
    (b"\xff\xfe", "UTF-16", "utf-16-le"),
    (b"\xfe\xff", "UTF-16", "utf-16-be"),
)
_WIDE = (("UTF-32", "utf-32-le"), ("UTF-32", "utf-32-be"), ("UTF-16", "utf-16-le"), ("UTF-16", "utf-16-be"))


def _recognised(data: bytes) -> tuple[str | None, str]:
    """Name of the encoding (None: unknown) and the text."""
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            text = _decoded(data[len(mark) :], codec)
            return (name, text) if text is not None else _mended_utf8(data[len(mark) :], name)
    if b"\0" in data:
        for name, codec in _WIDE:
            text = _decoded(data, codec)
            if text is not None and _reads_like_yaml(text):
                return name, text
    text = _decoded(data, "utf-8")
    if text is not None:
        return "UTF-8", text
    gbk = _decoded(data, "gb18030")
    if gbk is not None and _common_share(data) >= 0.9:
        return "GBK", gbk
    return _mended_utf8(data, "UTF-8")


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _mended_utf8(data: bytes, name: str) -> tuple[str | None, str]:
    """A UTF-8 file with some bad bytes in it, if most of what is not ASCII is good."""
    text = data.decode("utf-8", "surrogateescape")
    good = sum(1 for character in text if character > "\x7f" and not "\udc80" <= character <= "\udcff")
    bad = len(re.findall("[\udc80-\udcff]", text))
    return ("UTF-8", text) if name == "UTF-8" and good >= bad else (None, "")


def _reads_like_yaml(text: str) -> bool:
    """Neither NUL nor noise: what UTF-16 gives when it was read in the wrong byte order."""
    ordinary = re.findall("[\t\n\r -~\u00b7\u2010-\u2026\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", text)
    return "\0" not in text and len(ordinary) >= 0.9 * len(text)


def _common_share(data: bytes) -> float:
    """Share of GBK's two-byte characters that lie in GB 2312: near 1 in real text, low in other encodings read as GBK."""
    pairs = re.findall(rb"[\x81-\xfe][\x30-\xfe]", data)
    common = sum(1 for pair in pairs if 0xA1 <= pair[0] <= 0xF7 and pair[1] >= 0xA1)
    return common / len(pairs) if pairs else 0.0


UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML forbids, and U+0085, U+2028, U+2029: line ends to YAML, yet to no editor."""

LINE_END = re.compile("\r\n|\r|\n")
_MOST_NAMED = 20


def unreadable_characters(text: str, path: str, before: int = 0) -> list[Problem]:
    """One problem for each line that holds such characters, 20 at most, and one for all the rest; ``before`` is the number of lines above."""
    problems: list[Problem] = []
    line, counted = before + 1, 0
    found = UNREADABLE.search(text)
    while found is not None and len(problems) < _MOST_NAMED:
        line += sum(1 for _ in LINE_END.finditer(text, counted, found.start()))
        problems.append(Problem(Source(path, line), ENCODING_CHECK, _named(found[0]), "删去这个字符后重新输入"))
        counted = found.end()
        next_line = LINE_END.search(text, counted)
        found = UNREADABLE.search(text, next_line.end()) if next_line else None
    if found is not None:
        line += sum(1 for _ in LINE_END.finditer(text, counted, found.start()))
        what = "后面还有看不见的字符，不再一一列出"
        problems.append(Problem(Source(path, line), ENCODING_CHECK, what, "先改正前面的，再检查一次"))
    return problems


def _named(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"有不是 UTF-8 的字节（{code - 0xDC00:02X}），文字可能已损坏"
    return f"有看不见的控制字符 U+{code:04X}"
