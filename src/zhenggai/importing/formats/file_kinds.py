"""Kinds of files that people have, told by their bytes: an ending may be wrong, and often is."""

import re
import zlib
from enum import Enum
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from zhenggai.frozen import frozen
from zhenggai.office_file import EXCEL, WORD, OfficeFormat


class Reader(Enum):
    """What reads a kind of file: we do, LibreOffice does, or nobody."""

    TEXT = "text"
    OFFICE = "office"
    LIBREOFFICE = "LibreOffice"
    NOBODY = "nobody"


@frozen
class Kind:
    """A kind of files: its name for people, what reads it, the ending by which LibreOffice knows it, and what is to be done.

    ``holds`` is the format of what it holds, None if that is to be seen, or is neither.
    """

    name: str
    reader: Reader
    suffix: str = ""
    holds: OfficeFormat | None = None
    remedy: str = ""

    def __str__(self) -> str:
        """The name as it stands after a hanzi."""
        return f" {self.name}" if self.name[0].isascii() else self.name


TEXT: Final = Kind("文本", Reader.TEXT)
WORD_FILE: Final = Kind("Word 文件", Reader.OFFICE, ".docx", WORD)
WORKBOOK: Final = Kind("Excel 工作簿", Reader.OFFICE, ".xlsx", EXCEL)
_PAGE: Final = Kind("网页", Reader.LIBREOFFICE, ".html")
_LOCKED: Final = Kind("加了密码的文件", Reader.NOBODY, remedy="用 WPS 打开，去掉密码，另存一份")
_UNKNOWN: Final = Kind("旧格式或加了密码的文件", Reader.NOBODY, remedy="用 WPS 打开，另存为不加密码的 .docx 或 .xlsx")
_BROKEN: Final = Kind("损坏的文件，也许没有传完", Reader.NOBODY, remedy="重新取一份；打得开的，用 WPS 另存一份")
_PDF: Final = Kind("PDF", Reader.NOBODY, remedy="找它的 Word 原件；没有的，用 WPS 转成 Word，另存为 .docx，核对后再读")
_OFD: Final = Kind(
    "OFD 版式文件", Reader.NOBODY, remedy="找它的 Word 原件；没有的，用阅读器转成 Word，另存为 .docx，核对后再读"
)
_PICTURE: Final = Kind("图片", Reader.NOBODY, remedy="找它的 Word 或 Excel 原件；没有的，用 WPS 识别成文字，核对后再读")
_ARCHIVE: Final = Kind("压缩包", Reader.NOBODY, remedy="先解压，再写里面的文件名")
_MAIL: Final = Kind("单个文件网页（MHT）", Reader.NOBODY, remedy=_UNKNOWN.remedy)

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: Final = (  # names in a file of the old formats, the first that is there
    ("EncryptedPackage", _LOCKED),
    ("WordDocument", Kind("旧格式的 Word 文件", Reader.LIBREOFFICE, ".doc", WORD)),
    ("Workbook", Kind("旧格式的 Excel 工作簿", Reader.LIBREOFFICE, ".xls", EXCEL)),
    ("Book", Kind("旧格式的 Excel 工作簿", Reader.LIBREOFFICE, ".xls", EXCEL)),
)
_BEGINNINGS: Final = (
    (b"{\\rtf", Kind("RTF 文件", Reader.LIBREOFFICE, ".rtf", WORD)),
    (b"%PDF", _PDF),
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE), (b"GIF8", _PICTURE), (b"BM", _PICTURE), (b"II*\0", _PICTURE),
    (b"Rar!", _ARCHIVE), (b"7z\xbc\xaf", _ARCHIVE), (b"\x1f\x8b", _ARCHIVE),
    (b"MIME-Version:", _MAIL),
)  # fmt: skip
_IN_ARCHIVE: Final = (  # beginnings of names in an archive, the first that is there
    ("xl/workbook.bin", Kind("二进制的 Excel 工作簿", Reader.LIBREOFFICE, ".xlsb", EXCEL)),
    ("word/", WORD_FILE),
    ("xl/", WORKBOOK),
    ("ofd.xml", _OFD),
)
_MIME_TYPES: Final = {
    b"application/vnd.oasis.opendocument.text": Kind("ODF 文本", Reader.LIBREOFFICE, ".odt", WORD),
    b"application/vnd.oasis.opendocument.spreadsheet": Kind("ODF 表格", Reader.LIBREOFFICE, ".ods", EXCEL),
}
_XML: Final = (  # what Office 2003 writes
    (b"schemas-microsoft-com:office:spreadsheet", Kind("2003 版的 XML 表格", Reader.LIBREOFFICE, ".xml", EXCEL)),
    (b"schemas.microsoft.com/office/word/2003", Kind("2003 版的 Word XML", Reader.LIBREOFFICE, ".xml", WORD)),
)
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<table|<meta|<style|<!--)", re.IGNORECASE)
_START: Final = 4_000


def kind_of(data: bytes) -> Kind:
    """The kind of a file.

    >>> kind_of("一、问题".encode("gb18030")).name, kind_of(b"%PDF-1.4").name, kind_of(b"<html><body>").name
    ('文本', 'PDF', '网页')
    """
    if data.startswith(_OLE):
        names = (kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in data)
        return next(names, _UNKNOWN)
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    start = data[:_START].removeprefix(b"\xef\xbb\xbf")
    if found := next((kind for beginning, kind in _BEGINNINGS if start.startswith(beginning)), None):
        return found
    if _HTML.match(start):
        return _PAGE
    return next((kind for mark, kind in _XML if start.startswith(b"<?xml") and mark in start), TEXT)


def _kind_of_archive(data: bytes) -> Kind:
    """The kind of an archive by the names in it; only the beginning of one entry is unpacked."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
            mime_type = b""
            if names[:1] == ["mimetype"]:
                with archive.open(archive.namelist()[0]) as file:
                    mime_type = file.read(200).strip()
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError, ValueError):
        return _BROKEN
    found = (kind for begin, kind in _IN_ARCHIVE if any(name.startswith(begin) for name in names))
    return _MIME_TYPES.get(mime_type) or next(found, _ARCHIVE)
