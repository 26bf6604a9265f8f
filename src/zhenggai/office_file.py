"""The files of office programs (.docx, .xlsx) as their parts, read with limits: somebody else may have made them."""

import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias
from zipfile import BadZipFile, ZipFile, ZipInfo

from zhenggai.errors import UsageError
from zhenggai.frozen import frozen

if TYPE_CHECKING:  # lxml has no public name for the type, and is imported only where a part's XML is read
    from lxml.etree import _Element

    Element: TypeAlias = _Element

_MOST: Final = 50_000_000  # bytes of all parts when they are unpacked
_RATIO: Final = 100  # of these to the packed ones
_MOST_PARTS: Final = 5_000
_OLD: Final = b"\xd0\xcf\x11\xe0"  # how files of old formats begin, and files with a password


@frozen
class Part:
    """A part of a file: its entry in the archive, and its bytes."""

    info: ZipInfo
    data: bytes


@frozen
class OfficeFormat:
    """A format of files: its name and its program's for people, its ending and the old format's, the parts that every file has."""

    name: str
    program: str
    suffix: str
    old_suffix: str
    parts: Sequence[str]

    @property
    def remedy(self) -> str:
        """What to do about a file that is not of the format."""
        return f"下一步：用 {self.program}、WPS 打开，另存为不加密码的 {self.suffix}"


WORD: Final = OfficeFormat("Word 文件", "Word", ".docx", ".doc", ("word/document.xml",))
EXCEL: Final = OfficeFormat("Excel 工作簿", "Excel", ".xlsx", ".xls", ("[Content_Types].xml", "xl/workbook.xml"))


def parts_of(data: bytes, path: str, wanted: OfficeFormat) -> Mapping[str, Part]:
    """The parts of the file ``path`` by name, in order. Raises ``UsageError`` if it is not of the format, broken or too big."""
    if data.startswith(_OLD):
        raise UsageError(f"{path} 是旧格式（{wanted.old_suffix}），或加了密码\n  {wanted.remedy}")
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_size(entries, path)
            parts = {info.filename: Part(info, archive.read(info)) for info in entries}
        if len(parts) < len(entries):
            raise BadZipFile("a part twice")
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError, ValueError):
        raise UsageError(f"{path} 不是 {wanted.suffix} 文件，或已损坏\n  {wanted.remedy}") from None
    if any(name not in parts for name in wanted.parts):
        raise UsageError(f"{path} 不是 {wanted.name}\n  {wanted.remedy}")
    return parts


def _refuse_size(entries: Sequence[ZipInfo], path: str) -> None:
    """Raise ``UsageError`` for what would not fit into memory, by what the archive says of itself; ``read`` holds it to that."""
    total = sum(info.file_size for info in entries)
    packed = sum(info.compress_size for info in entries)
    if total > _MOST or len(entries) > _MOST_PARTS or total > _RATIO * max(packed, 10_000):
        raise UsageError(f"{path} 太大，或解开后太大\n  下一步：删去用不着的内容、图片，另存一份")
