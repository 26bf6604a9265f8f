"""A workbook file as its parts: read with limits, and written anew with every part that was not changed as it was."""

import posixpath
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.workbook.xml_tree import parsed, serialised

if TYPE_CHECKING:
    from zhenggai.workbook.xml_tree import Element

_MOST, _MOST_PARTS, _RATIO = 50_000_000, 5_000, 100
_OLD = b"\xd0\xcf\x11\xe0"  # of .xls, and of files with a password
BOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"


@frozen
class Part:
    """A part of the file: its entry in the archive, and its bytes."""

    info: ZipInfo
    data: bytes


@frozen
class Package:
    """The parts of a workbook by name, in order."""

    parts: Mapping[str, Part]

    def tree(self, name: str) -> "Element":
        """The XML of a part."""
        return parsed(self.parts[name].data, name)

    def relations(self, name: str) -> list["Relation"]:
        """The parts that a part points to; those outside the file are left out."""
        folder, _, file = name.rpartition("/")
        path = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        if path not in self.parts:
            return []
        return [
            Relation(
                entry.get("Id", ""),
                entry.get("Type", "").rpartition("/")[2],
                _resolved(folder, entry.get("Target", "")),
            )
            for entry in self.tree(path)
            if entry.get("TargetMode") != "External"
        ]

    def changed(self, trees: Mapping[str, "Element"], without: frozenset[str]) -> bytes:
        """The file with other trees for some parts, and without some. All else is as it was, byte for byte."""
        file = BytesIO()
        with ZipFile(file, "w") as archive:
            for name, part in self.parts.items():
                if name not in without:
                    archive.writestr(part.info, serialised(trees[name]) if name in trees else part.data)
        return file.getvalue()


@frozen
class Relation:
    """What a part points to: its name there, what sort of part, and the part."""

    id: str
    sort: str
    target: str


def read_package(data: bytes, path: str) -> Package:
    """The parts of the workbook ``path``. Raises ``UsageError`` if it is none, too big, or has what is never in one."""
    if data.startswith(_OLD):
        raise UsageError(f"{path} 是旧格式（.xls），或加了密码\n  下一步：用 Excel、WPS 打开，另存为不加密码的 .xlsx")
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_size(entries, path)
            parts = {info.filename: Part(info, archive.read(info)) for info in entries}
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError, ValueError):
        raise UsageError(f"{path} 不是 .xlsx 文件，或已损坏\n  下一步：用 Excel、WPS 打开，另存为 .xlsx") from None
    if len(parts) < len(entries) or BOOK not in parts or TYPES not in parts:
        raise UsageError(f"{path} 不是 Excel 工作簿\n  下一步：用 Excel、WPS 打开，另存为 .xlsx")
    return Package(parts)


def _refuse_size(entries: list[ZipInfo], path: str) -> None:
    """Raise ``UsageError`` for what would not fit into memory, by what the archive says of itself; ``read`` holds it to that."""
    total = sum(info.file_size for info in entries)
    packed = sum(info.compress_size for info in entries)
    if total > _MOST or len(entries) > _MOST_PARTS or total > _RATIO * max(packed, 10_000):
        raise UsageError(f"{path} 太大，或解开后太大\n  下一步：删去用不着的工作表、图片，另存一份")


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def related(package: Package, sort: str) -> str | None:
    """The part of a sort that the workbook points to."""
    found = (r.target for r in package.relations(BOOK) if r.sort == sort and r.target in package.parts)
    return next(found, None)
