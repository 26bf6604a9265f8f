"""A workbook's cells, as they are shown."""

from datetime import date
from decimal import Decimal

import pytest
from excel_files import MAIN, excel_file, excel_parts, row, sheet_xml, text, value
from word_files import packed

from zhenggai.importing.content import Cell, Row
from zhenggai.importing.formats.excel_file import read_excel

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.0&quot;%&quot;"/><numFmt numFmtId="165" formatCode="yyyy\\.m"/></numFmts>'
    "<fonts><font/><font><strike/></font></fonts>"
    '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="57"/><xf numFmtId="164"/><xf numFmtId="165"/><xf fontId="1"/></cellXfs>'
)
DATE, PERCENT, MONTH, OWN, POINT, STRUCK = range(1, 7)


def cells(*made: str, **parts: str) -> tuple[Cell, ...]:
    """The cells of a row."""
    (sheet,) = read_excel(excel_file(sheet_xml(row(1, *made)), styles=STYLES, **parts))
    return sheet.rows[0].cells if sheet.rows else ()


def shown(rows: str, after: str = "", before: str = "", **parts: str) -> list[tuple[int, tuple[str, ...]]]:
    """The rows with their numbers, those cells in brackets that a merged range covers."""
    (sheet,) = read_excel(excel_file(sheet_xml(rows, after, before), **parts))
    return [(r.number, tuple(f"({c.text})" if c.covered else c.text for c in r.cells)) for r in sheet.rows]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (value("A1", "2020.5"), Cell("2020.5", Decimal("2020.5"))),
        (value("A1", "43900", style=DATE), Cell("2020/3/10", date(2020, 3, 10))),
        (value("A1", "43900", style=MONTH), Cell("2020年3月", date(2020, 3, 10))),
        (value("A1", "43900", style=POINT), Cell("2020.3", date(2020, 3, 10))),
        (value("A1", "20200310", style=DATE), Cell("20200310", Decimal(20200310))),
        (value("A1", "0.29999999999999999", style=PERCENT), Cell("30%", Decimal("0.3"))),
        (value("A1", "30", style=OWN), Cell("30.0%", Decimal(30))),
        (value("A1", "1", kind="b"), Cell("TRUE")),
        (value("A1", "#REF!", kind="e"), Cell("#REF!")),
        (value("A1", "2020-03-10T00:00:00", kind="d"), Cell("2020-03-10", date(2020, 3, 10))),
        (value("A1", "甲_x000D_\n乙", kind="str"), Cell("甲\n乙")),
        (value("A1", "3", style=STRUCK), Cell("3", Decimal(3), struck=True)),
        (text("A1", "\u3000甲\u200b "), Cell("甲")),
        (value("A1", "3", formula="SUM(B1:B2)"), Cell("3", Decimal(3))),
        (value("A1", "", formula="SUM(B1:B2)"), Cell("=SUM(B1:B2)", uncalculated=True)),
        ("<c r='A1' t='str'><f>B1&amp;\"\"</f><v></v></c>" + text("B1", "甲"), Cell("")),
    ],
)
def test_a_cell(cell: str, expected: Cell) -> None:
    assert cells(cell)[0] == expected


def test_days_from_1904_on() -> None:
    assert cells(value("A1", "42438", style=DATE), settings='<workbookPr date1904="1"/>') == (
        Cell("2020/3/10", date(2020, 3, 10)),
    )


def test_a_result_of_0_that_stands_for_none() -> None:
    """Programs that cannot calculate write 0 and ask the next one to calculate."""
    made = value("A1", "0", formula="B1"), value("B1", "0"), value("C1", "5", formula="B1+5")
    flags = [cell.uncalculated for cell in cells(*made, calculation='<calcPr fullCalcOnLoad="1"/>')]
    assert flags == [True, False, False]
    assert not cells(*made)[0].uncalculated


def test_texts_in_pieces() -> None:
    old, new = "<r><rPr><strike/><sz val='12'/></rPr><t>旧</t></r>", "<r><rPr><b/></rPr><t>新</t></r>"
    strings = (
        f"<si><t>甲</t></si><si>{old}{new}</si><si>{old}{old}</si><si><t>乙</t><rPh sb='0' eb='1'><t>yi</t></rPh></si>"
    )
    made = [value(f"{column}1", str(nth), kind="s") for nth, column in enumerate("ABCD")]
    assert cells(*made, strings=strings) == (Cell("甲"), Cell("旧新"), Cell("旧旧", struck=True), Cell("乙"))


def test_merged_cells_say_what_the_first_one_says() -> None:
    rows = (
        row(1, text("A1", "台账"))
        + row(2, text("A2", "1"), text("B2", "甲"), text("C2", "一"))
        + row(3, text("C3", "二"))
        + row(5, text("B5", "陈旧"), text("C5", "三"))
    )
    merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A4"/><mergeCell ref="B2:B5"/></mergeCells>'
    assert shown(rows, merged) == [
        (1, ("台账", "(台账)", "(台账)")),
        (2, ("1", "甲", "一")),
        (3, ("(1)", "(甲)", "二")),
        (5, ("", "(甲)", "三")),
    ]


def test_a_merged_range_without_end_costs_nothing() -> None:
    merged = '<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="B1:XFD1"/></mergeCells>'
    assert shown(row(1, text("A1", "甲"), text("B1", "乙"), text("C1", "丙")) + row(9, text("B9", "丁")), merged) == [
        (1, ("甲", "乙", "(乙)")),
        (9, ("(甲)", "丁")),
    ]


def test_hidden_rows_and_sheets() -> None:
    rows = (
        row(1, text("A1", "甲"))
        + row(2, text("A2", "乙"), attributes=' hidden="1"')
        + row(3, text("A3", "丙"), attributes=' ht="0"')
    )
    first, second = read_excel(excel_file(sheet_xml(rows), sheet_xml(""), state="veryHidden"))
    assert [r.hidden for r in first.rows] == [False, True, True]
    assert (first.name, first.hidden, second.name, second.hidden, second.rows) == ("表1", False, "表2", True, ())


def test_what_is_empty_is_left_out() -> None:
    formatted = "".join(row(n, f'<c r="A{n}" s="1"/><c r="B{n}" s="1"></c>') for n in range(3, 10))
    rows = (
        row(1, text("A1", "甲"), '<c r="B1" s="1"/>', text("C1", " "))
        + formatted
        + row(1_048_576, text("B1048576", "乙"))
    )
    assert shown(rows, before='<dimension ref="A1"/>') == [(1, ("甲",)), (1_048_576, ("", "乙"))]


def test_rows_and_cells_without_places() -> None:
    rows = "<row><c t='str'><v>甲</v></c><c/><c t='str'><v>乙</v></c></row><row><c><f>A1</f></c></row>"
    (sheet,) = read_excel(excel_file(sheet_xml(rows)))
    assert sheet.rows == (Row(1, (Cell("甲"), Cell(""), Cell("乙"))), Row(2, (Cell("=A1", uncalculated=True),)))


def test_what_stands_beside_the_cells_is_not_read() -> None:
    """Invalid filters, rules and validations make openpyxl give up; nobody asks for them."""
    after = '<autoFilter ref="nonsense"/><dataValidations><dataValidation type="nonsense"/></dataValidations>'
    assert shown(row(1, text("A1", "甲")), after, before='<sheetViews><sheetView zoomScale="x"/></sheetViews>') == [
        (1, ("甲",))
    ]


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
}


def test_a_file_by_the_strict_standard() -> None:
    parts = excel_parts(sheet_xml(row(1, text("A1", "甲"))), styles=STYLES)
    for usual, strict in STRICT.items():
        parts = {name: data.replace(usual, strict) for name, data in parts.items()}
    assert read_excel(packed(parts))[0].rows == (Row(1, (Cell("甲"),)),)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030"])
def test_parts_in_another_encoding(encoding: str) -> None:
    parts = excel_parts(sheet_xml(row(1, text("A1", "甲"))))
    name = "xl/worksheets/sheet1.xml"
    declared = encoding.removesuffix("-sig")
    parts[name] = f'<?xml version="1.0" encoding="{declared}"?>{parts[name].decode()}'.encode(encoding)
    assert read_excel(packed(parts))[0].rows == (Row(1, (Cell("甲"),)),)


def test_names_with_prefixes() -> None:
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetPr/><x:sheetData><x:row r="1" hidden="1"><x:c r="A1" t="str"><x:v>甲</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert read_excel(excel_file(xml))[0].rows == (Row(1, (Cell("甲"),), hidden=True),)


def test_names_of_parts_in_small_letters_with_backslashes() -> None:
    parts = excel_parts(sheet_xml(row(1, value("A1", "0", kind="s"))), strings="<si><t>甲</t></si>")
    renamed = {name.lower().replace("/", "\\"): data for name, data in parts.items()}
    assert read_excel(packed(renamed))[0].rows == (Row(1, (Cell("甲"),)),)


def test_a_sheet_that_is_named_twice_is_read_once() -> None:
    parts = excel_parts(sheet_xml(row(1, text("A1", "甲"))))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", b'<sheet name="x" r:id="r1"/></sheets>')
    assert [sheet.name for sheet in read_excel(packed(parts))] == ["表1"]
