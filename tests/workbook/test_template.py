"""A superior's workbook filled: the rows stand where the sample stood, all else has moved with them or is as it was."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from superior import SAMPLE, superior, with_parts

from libreoffice import converted, needs_libreoffice
from zhenggai.document import Cell, Column, Table, row, table
from zhenggai.errors import UsageError
from zhenggai.workbook.filling import fill_template
from zhenggai.workbook.template import Template, read_template

HEADS = ("问题", "责任单位", "时限", "截止日", "进度", "类别")
SUPERIOR = superior()
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def rows(number: int) -> Table:
    values = [
        row(f"问题{n}", f"单位{n}", f"{n}月底前", date(2020, n, 28), n * 10, "限期整改") for n in range(1, number + 1)
    ]
    return table(HEADS, values)


def template(data: bytes, row: int = SAMPLE, sheet: str | None = None) -> Template:
    return read_template(data, "上级.xlsx", row, sheet)


def filled(data: bytes, number: int = 4) -> bytes:
    return fill_template(template(data), rows(number))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def worksheet(data: bytes, name: str = "上报表") -> Any:
    return load_workbook(BytesIO(data))[name]


def test_its_heads_say_which_columns_it_asks_for() -> None:
    found = template(superior())
    assert found.columns(HEADS) == {1: "序号", 2: "问题", 3: "责任单位", 5: "截止日", 6: "进度"}
    assert found.wanted(HEADS) == ["问题", "责任单位", "截止日", "进度", "类别", "时限"]
    assert found.unknown(HEADS) == ["经费", "完成比"]


def test_each_row_stands_in_a_copy_of_the_sample_row() -> None:
    sheet = worksheet(filled(superior()))
    assert [[cell.value for cell in line] for line in sheet["A6:H9"]] == [
        [
            n,
            f"问题{n}",
            f"单位{n}",
            f"限期整改：{n}月底前",
            sheet.cell(5 + n, 5).value,
            n / 10,
            None,
            f"=F{5 + n}/SUM(F$6:F$9)",
        ]
        for n in range(1, 5)
    ]
    assert [cell.value.date() for cell in sheet["E"][5:9]] == [date(2020, n, 28) for n in range(1, 5)]
    for column in "ABCDEFGH":
        assert {sheet[f"{column}{at}"].style_id for at in range(6, 10)} == {
            worksheet(superior())[f"{column}6"].style_id
        }
    assert [sheet.row_dimensions[at].height for at in range(6, 11)] == [51.5] * 4 + [None]  # the sample has 33


def test_what_stands_below_has_moved_and_what_covers_the_sample_covers_all_rows() -> None:
    sheet = worksheet(filled(superior()))
    assert (sheet["F10"].value, sheet["G10"].value) == ("=AVERAGE(F6:F9)", '=COUNTA(B6:B9)&"件，见B7"')
    assert sorted(map(str, sheet.merged_cells.ranges)) == [
        "A10:C10", "A12:H12", "A1:H1", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4",
    ]  # fmt: skip
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["G6:G9", "A12"]
    found = {str(formats.sqref): formats.rules[0].formula for formats in sheet.conditional_formatting}
    assert found == {"F6:F9": ["$F$10"], "F10": ["0.5"]}
    assert sheet.print_area == "'上报表'!$A$1:$H$12"
    assert [brk.id for brk in sheet.row_breaks.brk] == [10]
    assert sheet["A13"].hyperlink.location == "'汇 总'!A1"
    assert sheet.freeze_panes == "A6"
    book = load_workbook(BytesIO(filled(superior())))
    assert book.defined_names["合计数"].attr_text == "上报表!$G$10"
    assert [cell.value for cell in book["汇 总"]["A"]] == ["=上报表!F10", "=SUM(上报表!F6:F9)+B7"]


def test_all_other_parts_are_as_they_were_byte_for_byte() -> None:
    before, after = parts(superior()), parts(filled(superior()))
    assert set(before) - set(after) == {"xl/calcChain.xml"}
    assert {name for name in after if after[name] != before[name]} == {
        SHEET,
        "xl/worksheets/sheet2.xml",  # its formulas name the sheet
        BOOK,
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
    }
    for name in ("xl/drawings/drawing1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet3.xml"):
        assert after[name] == before[name]
    assert b"calcChain" not in after["xl/_rels/workbook.xml.rels"] + after["[Content_Types].xml"]


def test_results_of_formulas_are_dropped_and_all_is_computed_when_it_is_opened() -> None:
    found = parts(filled(superior()))
    for name in (SHEET, "xl/worksheets/sheet2.xml"):
        assert b"</f><v>" not in found[name]
    assert b'fullCalcOnLoad="1"' in found[BOOK]


@pytest.mark.parametrize("number", [0, 1])
def test_without_rows_or_with_one_nothing_moves(number: int) -> None:
    sheet = worksheet(filled(superior(), number))
    assert [cell.value for cell in sheet[SAMPLE]][:3] == ([1, "问题1", "单位1"] if number else [None] * 3)
    assert sheet["F7"].value == "=AVERAGE(F6:F6)"
    assert sheet["H6"].value == "=F6/SUM(F$6:F$6)"


def test_a_sheet_is_named_and_a_row_without_cells_is_filled_too() -> None:
    def more(book: Any) -> None:
        sheet = book.add_worksheet("另一张")
        sheet.write_row("B2", ["问 题", "截止日", "进 度"])

    found = template(superior(more), 3, "另一张")
    sheet = worksheet(fill_template(found, rows(2)), "另一张")
    assert [[cell.value for cell in line] for line in sheet["B3:D4"]] == [
        ["问题1", "2020-01-28", 10],
        ["问题2", "2020-02-28", 20],
    ]


def test_merged_cells_of_the_rows_and_formulas_written_once_move_as_they_should() -> None:
    def more(book: Any) -> None:
        sheet = book.worksheets()[0]
        sheet.merge_range("I6:K6", "")
        sheet.merge_range("L5:L8", "旁注")

    shared = (
        b'<c r="A20"><f t="shared" ref="A20:A22" si="0">F6*2</f><v>1</v></c></row><row r="21"><c r="A21">'
        b'<f t="shared" si="0"/><v>1</v></c></row><row r="22"><c r="A22"><f t="shared" si="0"/></c></row>'
    )
    data = with_parts(
        superior(more),
        {},
        lambda name, part: (
            part.replace(b"</sheetData>", b'<row r="20">' + shared + b"</sheetData>") if name == SHEET else part
        ),
    )
    sheet = worksheet(filled(data))
    spans = set(map(str, sheet.merged_cells.ranges))
    assert {"I6:K6", "I7:K7", "I8:K8", "I9:K9", "L5:L11"} <= spans
    assert [sheet[f"A{at}"].value for at in (23, 24, 25)] == ["=F6*2", "=F10*2", "=F11*2"]


def test_a_sheet_whose_cells_bear_no_places_is_filled_too() -> None:
    def bare(name: str, part: bytes) -> bytes:
        return re.sub(rb'<(row|c) r="[A-Z0-9]+"', rb"<\1", part) if name == "xl/worksheets/sheet4.xml" else part

    def more(book: Any) -> None:
        book.add_worksheet("另一张").write_row("A1", ["问题", "进度"])

    found = template(with_parts(superior(more), {}, bare), 2, "另一张")
    assert [cell.value for cell in worksheet(fill_template(found, rows(1)), "另一张")[2]] == ["问题1", 10]


def test_a_table_of_the_sheet_grows() -> None:
    def more(book: Any) -> None:
        sheet = book.add_worksheet("表格")
        sheet.add_table("A1:B3", {"columns": [{"header": "问题"}, {"header": "进度"}]})

    found = fill_template(template(superior(more), 2, "表格"), rows(3))
    assert worksheet(found, "表格").tables["Table1"].ref == "A1:B5"


def test_cells_of_a_problem_are_merged_where_that_is_wanted() -> None:
    heads = (Column("问题", merged=True), Column("责任单位"))
    values = (row("甲", "一"), row("甲", "二"), row("乙", "三"))
    sheet = worksheet(fill_template(template(superior()), Table(heads, values, merged=True)))
    assert "B6:B7" in map(str, sheet.merged_cells.ranges)
    assert [sheet[f"B{at}"].value for at in (6, 7, 8)] == ["甲", None, "乙"]


@needs_libreoffice
def test_a_spreadsheet_opens_it_and_computes_all_anew(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(fill_template(template(superior()), rows(4)))
    book = load_workbook(converted(tmp_path, ["表.xlsx"], "xlsx") / "表.xlsx", data_only=True)
    sheet = book["上报表"]
    assert [cell.value for cell in sheet["B"][5:9]] == [f"问题{n}" for n in range(1, 5)]
    assert [cell.value.date() for cell in sheet["E"][5:9]] == [date(2020, n, 28) for n in range(1, 5)]
    assert [round(cell.value, 9) for cell in sheet["H"][5:9]] == [0.1, 0.2, 0.3, 0.4]
    assert (sheet["F10"].value, sheet["G10"].value) == (0.25, "4件，见B7")
    assert [cell.value for cell in book["汇 总"]["A"]] == [0.25, 1]


def test_cells_that_the_superior_has_merged_stay_as_they_are() -> None:
    def more(book: Any) -> None:
        book.worksheets()[0].merge_range("B6:C6", "（示例）")

    heads = (Column("问题", merged=True), Column("截止日"))
    values = (row("甲", "一"), row("甲", "二"))
    sheet = worksheet(fill_template(template(superior(more)), Table(heads, values, merged=True)))
    assert {"B6:C6", "B7:C7"} <= set(map(str, sheet.merged_cells.ranges))
    assert [sheet[f"B{at}"].value for at in (6, 7)] == ["甲", "甲"]


def test_a_head_that_stands_twice_means_one_after_the_other_and_a_merged_one_its_first_column() -> None:
    def more(book: Any) -> None:
        sheet = book.add_worksheet("统计")
        sheet.write_row("A2", ["序号", "完成率", "", "完成率", "", "", ""])
        sheet.merge_range("B2:C2", "完成率")

    found = template(superior(more), 3, "统计")
    sheet = worksheet(fill_template(found, table(["序号", "完成率", "完成率"], [row("一", 10, 20)])), "统计")
    assert [cell.value for cell in sheet[3]][:4] == ["一", 10, None, 20]


@pytest.mark.parametrize(
    ("below", "columns"),
    [
        (("问题号", "具体问题表述"), {2: "问题号", 3: "问题"}),
        (("具体问题表述", "问题号"), {2: "问题", 3: "问题号"}),
        (("具体问题表述", "其他"), {2: "问题"}),
        (("问题号", "问题"), {2: "问题号", 3: "问题"}),
        (("", ""), {2: "问题"}),
    ],
)
def test_a_head_below_a_common_one_comes_first_and_else_the_common_one(
    below: tuple[str, str], columns: dict[int, str]
) -> None:
    def more(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.merge_range("A1:F1", "上报表")
        sheet.merge_range("B2:C2", "问题")
        sheet.write_row("B3", below)
        sheet.merge_range("D2:D3", "进度")

    known = ("问题", "问题号", "进度")
    found = template(superior(more), 4, "表")
    assert found.columns(known) == columns | {4: "进度"}
    assert found.unknown(known) == (["其他"] if "其他" in below else [])


# --- texts


@pytest.mark.parametrize("text", ["=1+1", "]]>", "<c>&amp;", "_x0041_", "\x00\x1b\ud800", " 空 ", "http://x"])
def test_a_text_is_never_more_than_a_text(text: str) -> None:
    data = fill_template(template(superior()), table(HEADS, [row(text, text, text, None, None, text)]))
    cell = worksheet(data)["B6"]
    assert cell.data_type == "s"
    kept = text.replace("\x00\x1b\ud800", "〈U+0000〉〈U+001B〉〈U+D800〉")
    assert cell.value == kept.replace("_x0041_", "_x005F_x0041_")  # openpyxl reads no escapes in such cells


def test_a_number_is_written_as_its_cell_shows_it() -> None:
    values = [(Cell("甲"), Cell("乙"), Cell("丙"), Cell("40%", value=0.4), Cell("40%", value=0.4), Cell("丁"))]
    sheet = worksheet(fill_template(template(superior()), table(HEADS, values)))
    assert (sheet["E6"].value, sheet["F6"].value) == ("40%", 0.4)  # one is a cell for days, one for rates


# --- what is refused


def said(data: bytes, row: int = SAMPLE) -> str:
    with pytest.raises(UsageError) as caught:
        template(data, row)
    return str(caught.value)


def picture(book: Any) -> None:
    book.worksheets()[0].insert_textbox("B8", "盖章")


def comment(book: Any) -> None:
    book.worksheets()[0].write_comment("B9", "签字")


def chart(book: Any) -> None:
    drawn = book.add_chart({"type": "column"})
    drawn.add_series({"values": "=上报表!$F$6:$F$7"})
    book.worksheets()[1].insert_chart("C1", drawn)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (picture, "模板第 6 行下面有图形、图片或文本框，没有写入\n  下一步：用 Excel、WPS 打开模板，把它们移到第 6 行上面，或移到别的工作表，另存一份"),
        (comment, "模板第 6 行下面有批注，没有写入"),
        (chart, "模板有图表，画的是第 6 行或它下面的数，没有写入\n  下一步：用 Excel、WPS 打开模板，删去图表，另存一份"),
        (lambda book: book.worksheets()[0].write_array_formula("B20:B21", "{=A1:A2}"), ""),
        (lambda book: book.worksheets()[0].write_array_formula("I5:I7", "{=A1:A3}"), "模板有占几行的数组公式"),
    ],
)  # fmt: skip
def test_what_rows_would_spoil_is_refused(more: Callable[[xlsxwriter.Workbook], None], what: str) -> None:
    if what:
        assert said(superior(more)).startswith(what)
    else:
        filled(superior(more))


def heads_and(merged: str) -> bytes:
    """A workbook with heads in row 1, of which 备注 is not known, and merged cells."""

    def more(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write_row("A1", ["序号", "问题", "进度", "备注"])
        sheet.merge_range(merged, "")

    return superior(more)


@pytest.mark.parametrize(
    ("merged", "what"),
    [
        ("B2:B3", "模板的 B2:B3 是合并的，第 2 行 B 列的内容会被盖住，没有写入\n  下一步：用 Excel、WPS 打开模板，取消 B2:B3 的合并，另存一份；或用 --row 写另一行"),
        ("B2:C2", "模板的 B2:C2 是合并的，第 2 行 C 列的内容会被盖住，没有写入"),
        ("D2:D3", ""),
        ("C2:D2", ""),
    ],
)  # fmt: skip
def test_no_value_is_written_where_a_merged_cell_hides_it(merged: str, what: str) -> None:
    found = template(heads_and(merged), 2, "表")
    if what:
        with pytest.raises(UsageError) as caught:
            fill_template(found, rows(2))
        assert str(caught.value).startswith(what)
    else:
        assert [cell.value for cell in worksheet(fill_template(found, rows(2)), "表")[3]] == [2, "问题2", 20, None]


LAST = 1_048_576  # row of a sheet


def to_the_end(last: Callable[[Any], object]) -> bytes:
    """A workbook in which all below a form is hidden, and much refers to the last row, in which ``last`` writes."""

    def more(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write_row("A1", ["问题", "进度"])
        sheet.write_formula("C2", f"=SUM(B$2:B${LAST})+A{LAST}")
        sheet.write_formula("C3", f"=SUM(B2:B{LAST})+A{LAST}")
        sheet.data_validation(f"A{LAST}", {"validate": "any", "input_title": "一"})
        sheet.set_h_pagebreaks([LAST - 1])
        sheet.set_row(LAST - 1, None, None, {"hidden": True})
        sheet.write_blank(f"B{LAST}", None, book.add_format({"border": 1}))
        last(sheet)

    return superior(more)


def test_a_row_without_values_at_the_end_of_a_sheet_is_dropped() -> None:
    data = fill_template(template(to_the_end(lambda _: None), 2, "表"), rows(4))
    part = parts(data)["xl/worksheets/sheet4.xml"].decode()
    assert max(int(number) for number in re.findall(r"[A-Z]\$?([0-9]+)\b", part)) == LAST
    assert max(int(number) for number in re.findall(r"<(?:row r|brk id)=\"([0-9]+)", part)) < LAST
    sheet = worksheet(data, "表")
    assert [sheet[f"C{at}"].value for at in (2, 5, 6)] == [f"=SUM(B$2:B${LAST})+A{LAST}"] * 2 + [
        f"=SUM(B2:B{LAST})+A{LAST}"
    ]


@pytest.mark.parametrize(
    "last",
    [
        lambda sheet: sheet.write(f"A{LAST}", "完"),
        lambda sheet: sheet.write_formula(f"A{LAST}", "=B2"),
        lambda sheet: sheet.merge_range(f"A{LAST - 1}:A{LAST}", ""),
    ],
)
def test_what_would_be_moved_off_the_sheet_is_refused(last: Callable[[Any], object]) -> None:
    found = template(to_the_end(last), 2, "表")
    with pytest.raises(UsageError) as caught:
        fill_template(found, rows(4))
    assert str(caught.value) == (
        "模板第 1048576 行有内容，往下移就出了这一页，没有写入\n  下一步：用 Excel、WPS 打开模板，删去那一行，另存一份"
    )
    fill_template(found, rows(1))


def test_a_sample_row_within_merged_heads_is_refused() -> None:
    with pytest.raises(UsageError, match="模板的 A4:A5 是合并的，第 5 行 A 列的内容会被盖住"):
        fill_template(template(superior(), 5), rows(2))


def test_buttons_are_refused() -> None:
    vml = b'<xml xmlns:x="urn:schemas-microsoft-com:office:excel"><x:ClientData ObjectType="Button"/></xml>'

    def harm(name: str, part: bytes) -> bytes:
        return vml if name.startswith("xl/drawings/vmlDrawing") else part

    def noted(book: Any) -> None:
        book.worksheets()[0].write_comment("A1", "说明")

    filled(superior(noted))  # a comment above stays
    assert said(with_parts(superior(noted), {}, harm)).startswith("模板有控件，没有写入\n")


def test_a_template_with_macros_is_refused() -> None:
    assert said(with_parts(superior(), {"xl/vbaProject.bin": b"x"})).startswith("模板有宏，没有写入\n")


def bomb() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(BOOK, b" " * 60_000_000)
        archive.writestr("[Content_Types].xml", b"")
    return file.getvalue()


BROKEN = "上级.xlsx 不是 .xlsx 文件，或已损坏"


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lambda _: b"\xd0\xcf\x11\xe0 old", "上级.xlsx 是旧格式（.xls），或加了密码"),
        (lambda _: b"", BROKEN),
        (lambda data: data[:-200], BROKEN),
        (lambda data: data[:1000] + bytes(50) + data[1050:], BROKEN),
        (lambda _: bomb(), "上级.xlsx 太大，或解开后太大"),
        (lambda _: with_parts(b"PK\x05\x06" + bytes(18), {"a": b""}), "上级.xlsx 不是 Excel 工作簿"),
    ],
)
def test_what_is_no_workbook_is_refused(harm: Callable[[bytes], bytes], what: str) -> None:
    assert said(harm(superior())).startswith(what)


@pytest.mark.parametrize("name", [SHEET, BOOK, "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize(
    "harm",
    [
        lambda part: part[:-20],
        lambda part: part.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY e "1">]>', 1),
        lambda part: part.replace(b"?>", b'?><!DOCTYPE x SYSTEM "file:///etc/passwd">', 1),
    ],
)
def test_broken_xml_and_entities_are_refused(name: str, harm: Callable[[bytes], bytes]) -> None:
    data = with_parts(superior(), {}, lambda part, old: harm(old) if part == name else old)
    assert said(data).startswith(f"模板里的 {name} ")


@given(st.data())
@settings(max_examples=60)
def test_whatever_a_part_says_is_filled_or_refused(data: st.DataObject) -> None:
    """A few tokens of one part are exchanged, doubled or taken away."""
    whole = parts(SUPERIOR)
    name = data.draw(st.sampled_from(sorted(name for name in whole if name.endswith((".xml", ".rels")))))
    tokens = re.split(rb"(\"[^\"]*\"|<[^ >]*|>)", whole[name])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(tokens) - 1))
        other = data.draw(st.sampled_from([b"", b'""', b'"-1"', b'"A0"', b'"9999999999"', b'"x"', *tokens]))
        tokens[at] = other
    harmed = with_parts(SUPERIOR, {}, lambda part, old: b"".join(tokens) if part == name else old)
    with suppress(UsageError):
        fill_template(template(harmed), rows(2))


def test_a_sheet_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="没有工作表“月报”\n  下一步：--sheet 写其中一张：上报表、汇 总、说明"):
        template(superior(), sheet="月报")
