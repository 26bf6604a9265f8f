"""Other people's files: which kind one is, by its bytes, and what stands in it.

Whatever cannot be read ends in one sentence with a next step: ``UsageError``, ``MissingProgram`` without LibreOffice, ``MissingLibrary``.
"""

import os
import stat
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from zhenggai.errors import UsageError
from zhenggai.importing.content import Manuscript, Paragraph, Sheet
from zhenggai.importing.formats.file_kinds import Reader, kind_of
from zhenggai.importing.formats.markdown_file import as_printed
from zhenggai.importing.formats.old_formats import converted
from zhenggai.importing.formats.reading_process import read_apart
from zhenggai.importing.formats.scan import scanned
from zhenggai.importing.formats.text_file import read_csv, read_text
from zhenggai.office_file import EXCEL, WORD, OfficeFormat, parts_of

_LARGEST: Final = 50_000_000  # bytes
_LONGEST: Final = 500_000  # characters of a paper; long ones have 100,000
_COMMANDS: Final = {WORD.suffix: "draft", EXCEL.suffix: "import"}
_OPEN: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_manuscript(path: Path) -> Manuscript:
    """The paragraphs and tables of a text or Word file, without blank paragraphs."""
    data = _bytes(path)
    office = _office_file(data, str(path), WORD)
    found = read_text(data, str(path)) if office is None else _read_office(office, str(path), WORD)
    if office is None and path.suffix.lower() == ".md":
        found = as_printed(found)
    if sum(map(_length, found)) > _LONGEST:
        raise UsageError(f"{path} 太长，不像一份方案\n  下一步：只留方案，另存一份")
    return found


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook in their order, or the only one of a CSV file."""
    data = _bytes(path)
    office = _office_file(data, str(path), EXCEL)
    if office is None:
        return (read_csv(data, str(path)),)
    return tuple(item for item in _read_office(office, str(path), EXCEL) if isinstance(item, Sheet))


def _office_file(data: bytes, path: str, wanted: OfficeFormat) -> bytes | None:
    """The file as a .docx or .xlsx, whichever is wanted; None if it is a text."""
    kind = kind_of(data)
    if kind.reader is Reader.TEXT:
        return None
    if kind.reader is Reader.NOBODY:
        raise UsageError(f"{path} 是{kind}，读不了\n  下一步：{kind.remedy}")
    if kind.holds is not None and kind.holds.suffix != wanted.suffix:
        raise UsageError(f'{path} 是{kind}\n  下一步：zhenggai {_COMMANDS[kind.holds.suffix]} "{path}"')
    return data if kind.reader is Reader.OFFICE else converted(data, path, kind, wanted)


def _read_office(data: bytes, path: str, wanted: OfficeFormat) -> Manuscript:
    """The content of a .docx or .xlsx. Only its XML gets to the process that reads it: no macros, pictures, embedded files."""
    unnamed = replace(wanted, parts=())  # programs give parts other names
    parts = scanned({name: part.data for name, part in parts_of(data, path, unnamed).items()}, path, wanted)
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return read_apart(file.getvalue(), path, wanted)


def _length(item: Paragraph | Sheet) -> int:
    """The characters of a paragraph, or of all cells of a table."""
    if isinstance(item, Paragraph):
        return len(item.text)
    return sum(len(cell.text) for row in item.rows for cell in row.cells if not cell.covered)


def _bytes(path: Path) -> bytes:
    if path.name.startswith(("~$", ".~")):
        raise UsageError(f"{path} 是 Word、WPS 打开文件时的临时文件\n  下一步：写不带 ~$ 的那个文件名")
    try:
        if path.is_dir():
            raise UsageError(f"{path} 是文件夹\n  下一步：写里面的文件名")
        with open(os.open(path, _OPEN), "rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise UsageError(f"{path} 不是普通文件\n  下一步：写一个文件的名字")
            if info.st_size > _LARGEST:
                raise UsageError(
                    f"{path} 太大，超过 {_LARGEST // 1_000_000} MB\n  下一步：删去用不着的内容、图片，另存一份"
                )
            data = file.read(_LARGEST)
    except FileNotFoundError:
        raise UsageError(f"没有 {path} 这个文件\n  下一步：核对文件名；把文件拖进窗口，能得到完整的路径") from None
    except PermissionError:
        raise UsageError(f"{path} 没有读取权限，或正被别的程序占用\n  下一步：关闭打开它的程序，再运行一次") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "文件名不对"
        raise UsageError(f"{path} 读不出来（{why}）\n  下一步：换一个位置另存一份，再运行一次") from None
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UsageError(f"{path} 是空的\n  下一步：看看是不是选错了文件")
    return data
