"""The parts of an office file that are read: found by their relations, in UTF-8, with the usual names of namespaces.

Parts are by their names in small letters.

Programs name parts as they like, write them in UTF-16, or use the names of the strict standard; whoever reads them need not know.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

from zhenggai.frozen import frozen

_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_USUAL: Final = b"http://schemas.openxmlformats.org/"
_YEARLESS = re.compile(
    rb"(?<=http://schemas\.openxmlformats\.org/)(wordprocessingml|spreadsheetml|officeDocument|drawingml)/(?!2006/)"
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@frozen
class Relation:
    """What a part points to: its name there, what sort of part, and the part."""

    id: str
    sort: str
    target: str


def parts_in(data: bytes) -> Mapping[str, bytes]:
    """The parts of a file by their names, which mean the same in small and in capital letters, with slashes or backslashes."""
    with ZipFile(BytesIO(data)) as archive:
        return {name.replace("\\", "/").lower(): archive.read(name) for name in archive.namelist()}


def plain_xml(data: bytes) -> bytes:
    """The XML of a part in UTF-8, with the usual names of namespaces. Raises ``ValueError`` for an encoding that nobody knows."""
    declared = _ENCODING.match(data)
    codec = "utf-16" if data.startswith(_UTF16) else declared[1].decode() if declared else "utf-8"
    if codec.lower() not in ("utf-8", "utf8"):
        try:
            data = _DECLARATION.sub("", data.decode(codec), count=1).encode()
        except LookupError:
            raise ValueError(f"unknown encoding {codec}") from None
    return _YEARLESS.sub(rb"\1/2006/", data.replace(_STRICT, _USUAL)) if _STRICT in data else data


def main_part(parts: Mapping[str, bytes]) -> str | None:
    """The part that a file is about, a text or a workbook."""
    return next((r.target for r in relations(parts, "") if r.sort == "officeDocument" and r.target in parts), None)


def relations(parts: Mapping[str, bytes], name: str) -> Iterator[Relation]:
    """What a part, or with "" the whole file, points to; what is outside the file is left out."""
    folder, file = posixpath.split(name)
    data = parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    for element in fromstring(plain_xml(data)) if data is not None else ():
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(
                posixpath.join("/", folder, element.get("Target", "").replace("\\", "/"))
            ).lstrip("/")
            yield Relation(element.get("Id", ""), posixpath.basename(element.get("Type", "")), target.lower())


def related(parts: Mapping[str, bytes], name: str, sort: str) -> bytes | None:
    """The XML of the part of a sort that a part points to, None if there is none."""
    found = (parts[r.target] for r in relations(parts, name) if r.sort == sort and r.target in parts)
    data = next(found, None)
    return None if data is None else plain_xml(data)
