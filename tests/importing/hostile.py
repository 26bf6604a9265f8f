"""Office files that somebody made to take all memory or time, to read other files, or to break a library: name → its bytes.

``WORDS`` and ``WORKBOOKS`` make them when they are asked for: some are big.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from excel_files import MAIN, excel_parts, row, sheet_xml, text, value
from word_files import a_list, cell, in_list, levels, packed, paragraph, run, table, word_parts

Parts = dict[str, bytes]
DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
_LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_BOMB = f'<!DOCTYPE x [<!ENTITY l0 "哈哈">{_LOL}]>'
_THIEF = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MANY = 600_001
_ATTRIBUTES = " ".join(f'a{n}="1"' for n in range(10_000))


def _word(body: str = paragraph("甲"), **parts: str) -> Parts:
    return word_parts(body, **parts)


def _with(parts: Parts, **changed: bytes) -> Parts:
    return parts | {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in changed.items()}


def _replaced(parts: Parts, name: str, old: str, new: str) -> bytes:
    return packed(parts | {name: parts[name].replace(old.encode(), new.encode(), 1)})


def _headed(parts: Parts, name: str, head: str, encoding: str = "utf-8") -> bytes:
    """The file with something before a part's root."""
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{head}{parts[name].decode()}'
    return packed(parts | {name: xml.encode(encoding)})


def _twice(parts: Parts) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in [*parts.items(), *parts.items()]:
            archive.writestr(name, data)
    return file.getvalue()


def _locked(data: bytes) -> bytes:
    """The archive with all its entries marked as encrypted."""
    return data.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _deep(open_: str, close: str, times: int) -> str:
    return open_ * times + paragraph("底") + close * times


def _in_fields(times: int) -> str:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return paragraph(begin * times, run("甲") * times, begin.replace("begin", "end") * times)


WORDS: Mapping[str, Callable[[], bytes]] = {
    "not an archive": lambda: b"PK\x03\x04" + b"\xff" * 5_000,
    "half an archive": lambda: _cut(packed(_word())),
    "an entry twice": lambda: _twice(_word()),
    "encrypted entries": lambda: _locked(packed(_word())),
    "a password": lambda: _OLE + b"\0" * 1_000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1_000,
    "40 MB of blanks": lambda: packed(_word(paragraph(" " * 40_000_000))),
    "60 MB of blanks in a picture": lambda: packed(_word() | {"word/media/a.png": b" " * 60_000_000}),
    "6,000 parts": lambda: packed(_word() | {f"word/a{n}.xml": b"<a/>" for n in range(6_000)}),
    "entities of entities": lambda: _headed(_word(paragraph("&l9;")), DOCUMENT, _BOMB),
    "entities in UTF-16": lambda: _headed(_word(paragraph("&l9;")), DOCUMENT, _BOMB, "utf-16"),
    "an entity that is another file": lambda: _headed(_word(paragraph("&f;")), DOCUMENT, _THIEF),
    "an entity in the styles": lambda: _headed(_word(styles=" "), "word/styles.xml", _THIEF),
    "controls 5,000 deep": lambda: packed(_word(_deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 5_000))),
    "tables 1,000 deep": lambda: packed(_word(_deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 1_000))),
    "too many elements": lambda: packed(_word("<w:br/>" * _MANY), ZIP_STORED),
    "100,000 paragraphs": lambda: packed(_word(paragraph() * 100_000), ZIP_STORED),
    "300,000 styles": lambda: packed(_word(styles="<w:style/>" * 300_000), ZIP_STORED),
    "10,000 attributes": lambda: packed(_word(f"<w:p {_ATTRIBUTES}/>")),
    "XML that does not close": lambda: packed(_word("<w:p>")),
    "no text": lambda: packed(_with(_word(), word__document_xml=b"<a/>")),
    "no relations": lambda: packed({"word/document.xml": _word()[DOCUMENT], "[Content_Types].xml": b"<Types/>"}),
    "a relation to nothing": lambda: _replaced(_word(), "_rels/.rels", "word/document.xml", "../../../etc/passwd"),
    "an unknown encoding": lambda: packed(_with(_word(), word__document_xml=b'<?xml version="1.0" encoding="nonsense"?><a/>')),
    "a text 12 MB long": lambda: packed(_word(paragraph("哈" * 4_000_000)), ZIP_STORED),
}  # fmt: skip
"""Word files that are refused."""

HARMLESS_WORDS: Mapping[str, Callable[[], bytes]] = {
    "numbers 50,000 characters long": lambda: packed(
        _word(paragraph("甲", properties=in_list(1)) * 1_000, numbering=levels(("decimal", "%1" * 50_000)) + a_list(1))
    ),
    "styles in a circle": lambda: packed(
        _word(
            paragraph("甲", properties='<w:pStyle w:val="a"/>') * 1_000,
            styles='<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style>',
        )
    ),
    "fields in fields": lambda: packed(_word(_in_fields(3_000) + paragraph("甲"))),
    "rows of cells over a million columns": lambda: packed(
        _word(table(*[cell("甲", properties='<w:gridSpan w:val="1000000"/>')] * 300))
    ),
    "macros": lambda: packed(_word() | {"word/vbaProject.bin": b"macro"}),
    "pictures that are elsewhere": lambda: _replaced(
        _word(styles=" "), "word/_rels/document.xml.rels", "<Relationship ",
        '<Relationship Id="x" Type="http://x/image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/><Relationship ',
    ),
}  # fmt: skip
"""Word files that only look dangerous, or cost little as they are read."""


def _book(*sheets: str, **parts: str) -> Parts:
    return excel_parts(*(sheets or (sheet_xml(row(1, text("A1", "甲"))),)), **parts)


def _merged(*references: str) -> Parts:
    ranges = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    return _book(sheet_xml(row(1, text("A1", "甲")), f"<mergeCells>{ranges}</mergeCells>"))


def _sheet_of(rows: str) -> bytes:
    return packed(_book(sheet_xml(rows)))


WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "not an archive": WORDS["not an archive"],
    "half an archive": lambda: _cut(packed(_book())),
    "an entry twice": lambda: _twice(_book()),
    "encrypted entries": lambda: _locked(packed(_book())),
    "a password": WORDS["a password"],
    "60 MB of blanks": lambda: packed(_book() | {"xl/media/a.png": b" " * 60_000_000}),
    "all cells merged": lambda: packed(_merged("A1:XFD1048576")),
    "100,000 merged ranges": lambda: packed(_merged(*(f"A{n}:B{n}" for n in range(1, 100_001)))),
    "a merged range that goes back": lambda: packed(_merged("C3:A1")),
    "a merged range that is none": lambda: packed(_merged("A1:ZZZZ99999999")),
    "the last cell of all": lambda: _sheet_of(row(1_048_576, text("XFD1048576", "甲"))),
    "long rows": lambda: _sheet_of("".join(row(n, text(f"ZZ{n}", "甲")) for n in range(1, 5_001))),
    "three sheets to the last row": lambda: packed(_book(*[sheet_xml(row(1_048_576, text("A1048576", "甲")))] * 3)),
    "rows that go back": lambda: _sheet_of(row(2, text("A2", "甲")) + row(1, text("A1", "乙"))),
    "a row 1e9": lambda: _sheet_of('<row r="1e9"><c r="A1" t="str"><v>甲</v></c></row>'),
    "cells that go back": lambda: _sheet_of(row(1, text("B1", "甲"), text("A1", "乙"))),
    "too many elements": lambda: packed(_book(sheet_xml(row(1, "<c><v>1</v></c>" * 300_001))), ZIP_STORED),
    "entities of entities": lambda: _headed(_book(), SHEET, _BOMB),
    "entities in the strings": lambda: _headed(_book(strings="<si><t>&l9;</t></si>"), "xl/sharedStrings.xml", _BOMB),
    "an entity that is another file": lambda: _headed(_book(), "xl/workbook.xml", _THIEF),
    "a text said 1,000 times": lambda: packed(
        _book(sheet_xml("".join(row(n, value(f"A{n}", "0", kind="s")) for n in range(1, 1_001))), strings=f"<si><t>{'哈' * 30_000}</t></si>")
    ),
    "100,000 styles": lambda: packed(_book(styles=f"<cellXfs>{'<xf/>' * 100_000}</cellXfs>")),
    "600 sheets": lambda: packed(_book(*[sheet_xml("")] * 600)),
    "a sheet 10,000 times": lambda: _replaced(
        _book(), "xl/workbook.xml", "</sheets>", '<sheet name="甲" sheetId="1" r:id="r1"/>' * 10_000 + "</sheets>"
    ),
    "a cell without a column": lambda: _sheet_of(row(1, text("问题1", "甲"))),
    "a style that there is not": lambda: _sheet_of(row(1, value("A1", "1", style=10**9))),
    "a string that there is not": lambda: _sheet_of(row(1, value("A1", "7", kind="s"))),
    "a number of 100,000 digits": lambda: _sheet_of(row(1, value("A1", "9" * 100_000))),
    "no workbook": lambda: packed({"xl/a.xml": b"<a/>", "[Content_Types].xml": b"<Types/>"}),
}  # fmt: skip
"""Workbooks that are refused."""

HARMLESS_WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "a wrong size": lambda: packed(_book(sheet_xml(row(1, text("A1", "甲")), before='<dimension ref="A1:XFD1048576"/>'))),
    "columns merged to the end": lambda: packed(_merged("A1:A1048576", "B1:XFD1")),
    "a stray last row": lambda: _sheet_of(row(1, text("A1", "甲")) + row(1_048_576, text("A1048576", "乙"))),
    "100,000 formatted cells": lambda: _sheet_of(
        row(1, text("A1", "甲")) + "".join(row(n, *(f'<c r="{c}{n}" s="0"/>' for c in "ABCDEFGHIJ")) for n in range(2, 10_002))
    ),
    "a format that ends in the middle": lambda: packed(
        _book(
            sheet_xml(row(1, value("A1", "5", style=0))),
            styles=f'<numFmts><numFmt numFmtId="164" formatCode="{"[a]" * 300}\\"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>',
        )
    ),
    "numbers without end": lambda: _sheet_of(row(1, value("A1", "1e999"), value("B1", "-1e999"), value("C1", "1e-999"))),
    "macros and links": lambda: packed(_book() | {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": f"<a xmlns='{MAIN}'/>".encode()}),
    "a formula that would run a program": lambda: _sheet_of(row(1, value("A1", "", formula="cmd|'/c calc'!A0"))),
}  # fmt: skip
"""Workbooks that only look dangerous, or cost little as they are read."""
