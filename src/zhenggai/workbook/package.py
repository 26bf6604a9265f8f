"""A workbook file as its parts, written anew with every part that was not changed as it was."""

import posixpath
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from zhenggai.frozen import frozen
from zhenggai.office_file import EXCEL, Part, parts_of
from zhenggai.workbook.xml_tree import entries, parsed, serialised

if TYPE_CHECKING:
    from zhenggai.office_file import Element

BOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"


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
    """The parts of the workbook ``path``. Raises ``UsageError`` if it is none, broken or too big."""
    return Package(parts_of(data, path, EXCEL))


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def related(package: Package, sort: str) -> str | None:
    """The part of a sort that the workbook points to."""
    found = (r.target for r in package.relations(BOOK) if r.sort == sort and r.target in package.parts)
    return next(found, None)


def sheets_of(package: Package) -> dict[str, str]:
    """The worksheets of a workbook: name → part, those that are shown first."""
    book = package.tree(BOOK)
    targets = {relation.id: relation for relation in package.relations(BOOK)}
    found: dict[str, tuple[bool, str]] = {}
    for sheet in entries(book, "sheets"):
        number = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        relation = targets.get(str(number))
        if relation is not None and relation.sort == "worksheet" and relation.target in package.parts:
            found[sheet.get("name", "")] = (sheet.get("state", "visible") != "visible", relation.target)
    return {name: part for name, (_, part) in sorted(found.items(), key=lambda entry: entry[1][0])}
