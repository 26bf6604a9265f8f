"""A workbook reduced to what is read of it: its sheets' cells, strings, formats; ``packed`` makes a plain file of that again.

Spreadsheets write much that a library may stumble over or obey: filters, links, names, pictures. It gets a file without all that.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS

from zhenggai.frozen import frozen
from zhenggai.importing.formats.number_format import GENERAL, OF_CHINESE_PROGRAMS
from zhenggai.importing.formats.office_parts import OFFICE, main_part, plain_xml, related, relations

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TEXT: Final = f"{{{MAIN}}}t"
_ID: Final = f"{{{OFFICE}}}id"
_ON: Final = ("1", "true", "on")
_FIRST_OWN: Final = 164  # the numbers below are those of formats that every program knows
_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b[^<>]*>")
_ROWS = re.compile(rb"<(?:\w+:)?sheetData\b")
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@frozen
class SheetPart:
    """A sheet: its name, whether it is hidden, and its XML."""

    name: str
    hidden: bool
    xml: bytes


@frozen
class Style:
    """What of a cell's style is read: its number format, and whether its text is crossed out."""

    number_format: str
    struck: bool


@frozen(kw_only=True)
class Book:
    """A workbook. ``since_1904``: its days count from 1904; ``recalculated``: its formulas are to be calculated when it is opened."""

    sheets: Sequence[SheetPart]
    strings: bytes | None
    styles: Sequence[Style]
    since_1904: bool
    recalculated: bool


def read_parts(parts: Mapping[str, bytes]) -> Book:
    """What is read of a workbook's parts. Raises ``ValueError`` if they are none."""
    name = main_part(parts)
    if name is None:
        raise ValueError("no workbook")
    book = fromstring(plain_xml(parts[name]))
    targets = {relation.id: relation for relation in relations(parts, name)}
    settings, calculation = _child(book, "workbookPr"), _child(book, "calcPr")
    sheets = []
    for sheet in _child(book, "sheets"):
        relation = targets.get(sheet.get(_ID, ""))
        if relation is not None and relation.sort == "worksheet" and relation.target in parts:
            del targets[relation.id]  # nobody reads a sheet twice
            is_hidden = sheet.get("state", "visible") != "visible"
            sheets.append(SheetPart(sheet.get("name", ""), is_hidden, plain_xml(parts[relation.target])))
    styles = related(parts, name, "styles")
    return Book(
        sheets=sheets,
        strings=related(parts, name, "sharedStrings"),
        styles=[] if styles is None else list(_styles(fromstring(styles))),
        since_1904=settings.get("date1904") in _ON,
        recalculated=calculation.get("fullCalcOnLoad") in _ON,
    )


def _styles(root: Element) -> Iterator[Style]:
    """The styles of cells, in their order."""
    own = {e.get("numFmtId", ""): e.get("formatCode", GENERAL) for e in _child(root, "numFmts")}
    struck = [_is_on(font.find(f"{{{MAIN}}}strike")) for font in _child(root, "fonts")]
    for style in _child(root, "cellXfs"):
        number, font = style.get("numFmtId", "0"), int(style.get("fontId", "0"))
        number_format = own.get(number) or _numbered_format(int(number))
        yield Style(number_format, font < len(struck) and struck[font])


def _numbered_format(number: int) -> str:
    """A format that a workbook names by a number without saying what it is."""
    return OF_CHINESE_PROGRAMS.get(number) or BUILTIN_FORMATS.get(number, GENERAL)


def _child(above: Element, name: str) -> Element:
    """The first child of a name, an empty element if there is none."""
    found = above.find(f"{{{MAIN}}}{name}")
    return Element(name) if found is None else found


def _is_on(setting: Element | None) -> bool:
    return setting is not None and setting.get("val", "1") in _ON


def packed(book: Book) -> bytes:
    """A plain workbook with the same cells. The number format of a cell is the number of its style in quotes.

    So no library takes a number for a day: what a cell shows is made from its own format, also for days that there are not.
    """
    root = Element("workbook", {"xmlns": MAIN, "xmlns:r": OFFICE})
    sheets = SubElement(root, "sheets")
    for nth in range(1, len(book.sheets) + 1):
        SubElement(sheets, "sheet", {"name": str(nth), "sheetId": str(nth), "r:id": f"rId{nth}"})
    parts = {f"worksheets/sheet{nth}": _cells_only(sheet.xml) for nth, sheet in enumerate(book.sheets, 1)}
    if book.strings is not None:
        parts["sharedStrings"] = _plain_strings(book.strings)
    parts["styles"] = tostring(_numbered_styles(len(book.styles)))
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        archive.writestr("_rels/.rels", _relations({"rId1": "xl/workbook"}))
        archive.writestr("xl/workbook.xml", tostring(root))
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _relations({f"rId{nth}": name for nth, name in enumerate(parts, 1)})
        )
        for name, data in parts.items():
            archive.writestr(f"xl/{name}.xml", data)
    return file.getvalue()


def rows_within(xml: bytes) -> slice:
    """Where the rows stand in a sheet's XML, with the element that they are in; nowhere if there are none."""
    begin = _ROWS.search(xml)
    end = xml.rfind(b"sheetData>")
    return (
        slice(begin.start(), end + len(b"sheetData>")) if begin and end > begin.start() + len(begin[0]) else slice(0, 0)
    )


def _cells_only(xml: bytes) -> bytes:
    """A sheet without all that stands beside its cells."""
    root, rows = _ROOT.search(xml), xml[rows_within(xml)]
    return xml if root is None or not rows else root[0] + rows + b"</" + root[1] + b"worksheet>"


def _plain_strings(xml: bytes) -> bytes:
    """The strings without formatting but for what is crossed out."""
    root = Element("sst", {"xmlns": MAIN})
    for string in fromstring(xml):
        made = SubElement(root, "si")
        SubElement(made, "t").text = string.findtext(_TEXT)
        for piece in string.iterfind(f"{{{MAIN}}}r"):
            run = SubElement(made, "r")
            if _is_on(piece.find(f"{{{MAIN}}}rPr/{{{MAIN}}}strike")):
                SubElement(SubElement(run, "rPr"), "strike")
            SubElement(run, "t").text = piece.findtext(_TEXT)
    return tostring(root)


def _numbered_styles(number: int) -> Element:
    root = Element("styleSheet", {"xmlns": MAIN})
    formats = SubElement(root, "numFmts")
    for path in ("fonts/font", "fills/fill/patternFill", "borders/border", "cellStyleXfs/xf"):
        above = root
        for name in path.split("/"):
            above = SubElement(above, name)
    styles = SubElement(root, "cellXfs")
    for nth in range(max(number, 1)):
        SubElement(formats, "numFmt", {"numFmtId": str(_FIRST_OWN + nth), "formatCode": f'"{nth}"'})
        SubElement(styles, "xf", {"numFmtId": str(_FIRST_OWN + nth)})
    SubElement(SubElement(root, "cellStyles"), "cellStyle", {"name": "Normal", "xfId": "0"})
    return root


def _content_types(parts: Mapping[str, bytes]) -> bytes:
    root = Element("Types", {"xmlns": f"{_PACKAGE}/content-types"})
    SubElement(
        root,
        "Default",
        {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"},
    )
    for name in ("workbook", *parts):
        kind = "sheet.main" if name == "workbook" else "worksheet" if "/" in name else name
        SubElement(root, "Override", {"PartName": f"/xl/{name}.xml", "ContentType": f"{_TYPE}.{kind}+xml"})
    return tostring(root)


def _relations(targets: Mapping[str, str]) -> bytes:
    root = Element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"})
    for name, target in targets.items():
        sort = {"xl/workbook": "officeDocument"}.get(target, "worksheet" if "/" in target else target)
        SubElement(root, "Relationship", {"Id": name, "Type": f"{OFFICE}/{sort}", "Target": f"{target}.xml"})
    return tostring(root)
