"""Workbooks: what the cells of ordinary reports are, and what hostile data cannot do to them."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as Read
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from libreoffice import converted, needs_libreoffice
from shipped_reports import shipped_reports
from zhenggai.document import Bar, Cell, Column, Document, Heading, Para, Table, Tone, columns, row, table
from zhenggai.render.visible import visible
from zhenggai.render.xlsx import xlsx_of

FORMULAS = ("=1+1", "+1", "-5", "@SUM(A1)", "\t=1", "＝1+1", "{=A1}", '=HYPERLINK("http://x")')
LINKS = ("http://x.example/", "mailto:a@b", "internal:A1", "file:///etc/passwd")
LOOKALIKES = ("1-2", "2-1", "007", "1e5", "50%", "TRUE", "2020-06-30", "6月30日", "#N/A", "12:30", "")
MARKUP = ("]]>", "<b>&amp;</b>", "_x0041_", "_x000D_", "'", '"', "&C", " 前后 ")
HOSTILE = (*FORMULAS, *LINKS, *LOOKALIKES, *MARKUP, "".join(map(chr, range(32))), "\ud800", "\u202e反", "😀")


def read(data: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(data), data_only=values)


def sheet_of(*blocks: Para | Table | Heading | Bar, values: bool = False, title: str = "方案：台账") -> Worksheet:
    """The only sheet of a document of these blocks."""
    (sheet,) = read(xlsx_of(Document(title, blocks)), values=values).worksheets
    return sheet


def cells(sheet: Worksheet, first: int = 1) -> list[list[object]]:
    return [list(line) for line in sheet.iter_rows(min_row=first, values_only=True)]


def is_fitted(sheet: Worksheet) -> bool:
    """Whether pages are fitted to the sheet."""
    return bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)


TASKS = Table(
    columns(
        "措施", Column("内容", wrap=True), "截止日", Column("进度", numeric=True), Column("完成率", numeric=True), "灯"
    ),
    (
        row("2-1", "修订办法", date(2020, 6, 30), 40, Cell("26.00%", value=0.26), Cell("红", Tone.RED)),
        row("2-2", None, "长期坚持", 60, Cell("—"), Cell("绿", Tone.GREEN)),
    ),
    footer=row(None, "合计", None, 100, Cell("26.00%", value=0.26), None),
)


def test_numbers_and_days_are_such_and_a_text_stays_a_text() -> None:
    sheet = sheet_of(Para("截至 2020-06-30"), TASKS)
    assert cells(sheet) == [
        ["方案：台账", None, None, None, None, None],
        ["截至 2020-06-30", None, None, None, None, None],
        ["措施", "内容", "截止日", "进度", "完成率", "灯"],
        ["2-1", "修订办法", datetime(2020, 6, 30), 40, 0.26, "红"],
        ["2-2", None, "长期坚持", 60, "—", "绿"],
        [None, "合计", None, "=SUM(D4:D5)", 0.26, None],
    ]
    assert [cell.number_format for cell in sheet[4]] == ["@", "@", "yyyy-mm-dd", "General", "0.00%", "@"]
    red, green = sheet["F4"], sheet["F5"]
    assert (red.fill.fgColor.rgb, green.fill.fgColor.rgb) == ("FFFFC7CE", "FFC6EFCE")


def test_a_total_is_a_formula_with_its_value_only_where_it_is_the_sum() -> None:
    assert sheet_of(TASKS, values=True)["D5"].value == 100
    heads = columns(*(Column(head, numeric=True) for head in "甲乙丙丁"))
    whole = Table(heads, (row(1, 2, "3", 1.5), row(1, 2, "3", 1.5)), footer=row(2, 3, 6, 3.0))
    assert cells(sheet_of(whole))[-1] == ["=SUM(A3:A4)", 3, 6, "=SUM(D3:D4)"]
    nothing = Table(heads, (), footer=row(0, 0, 0, 0))
    assert cells(sheet_of(nothing))[-1] == [0, 0, 0, 0]


def test_what_stands_beside_a_number_leaves_it_one() -> None:
    sheet = sheet_of(table(["名次", "按期率"], [(Cell("并列3", value=3), Cell("100.00%＊", value=1.0))]))
    assert [(cell.value, cell.number_format) for cell in sheet[3]] == [(3, '"并列"0'), (1, '0.00%"＊"')]


def test_what_only_paper_has_room_for_is_there() -> None:
    whole = table([Column("问题", paper=True), "措施"], [row("甲", "1-1")])
    assert cells(sheet_of(whole))[1:] == [["问题", "措施"], ["甲", "1-1"]]
    assert [column.head for column in whole.on_screen().columns] == ["措施"]


@pytest.mark.parametrize(("number", "paper"), [(12, 9), (30, 8)])
@pytest.mark.parametrize("merged", [False, True])
def test_a_table_that_a4_would_make_unreadable_is_printed_on_a3(number: int, paper: int, merged: bool) -> None:
    heads = columns(*(Column(f"列{nth}", merged=merged and not nth) for nth in range(number)))
    sheet = sheet_of(Table(heads, (row(*["四字一格"] * number),) * 2, merged=merged))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", paper)
    assert not merged or (sheet.page_setup.scale or 0) > 50


def test_heads_stay_in_view_and_on_each_page_which_is_filled_in_its_width() -> None:
    sheet = sheet_of(Para("截至 2020-06-30"), TASKS)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (is_fitted(sheet), sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.auto_filter.ref == "A3:F5"
    assert "— &P —" in str(sheet.oddFooter)


def test_common_heads_stand_above_theirs() -> None:
    parts = [Column(head, numeric=True, group="其中") for head in ("已完成", "逾期")]
    sheet = sheet_of(table([Column("任务", numeric=True), *parts, "灯"], [row(3, 2, 1, "红"), row(1, 0, 0, "绿")]))
    assert cells(sheet)[1:3] == [["任务", "其中", None, "灯"], [None, "已完成", "逾期", None]]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:D1", "A2:A3", "B2:C2", "D2:D3"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("A4", "$2:$3", "A3:D5")


def test_a_report_with_several_tables_has_a_sheet_for_each_and_one_for_the_text() -> None:
    small = table(["甲"], [row(1)])
    blocks = (
        Para("截至 2020-06-30"), Bar("阶段1", 0.5, "还剩 9 天"), Heading("一、逾期"), small, Para("以上。"),
        table(["甲"], [row(1)], "逾期"), table(["甲"], [row(1)], "到[期]:*?/\\"),
    )  # fmt: skip
    book = read(xlsx_of(Document("周报", blocks)))
    assert book.sheetnames == ["正文", "一、逾期", "逾期", "到（期）：＊？、、"]
    assert [line[0] for line in cells(book["正文"])] == [
        "周报",
        "截至 2020-06-30",
        "阶段1　■■■■■□□□□□ 50%　还剩 9 天",
        "一、逾期",
        "（表见“一、逾期”）",
        "以上。",
        "（表见“逾期”）",
        "（表见“到（期）：＊？、、”）",
    ]
    assert cells(book["逾期"]) == [["周报"], ["截至 2020-06-30"], ["逾期"], ["甲"], [1]]


def test_a_text_that_says_only_the_day_has_no_sheet() -> None:
    small = table(["甲"], [row(1)])
    assert read(xlsx_of(Document("题", (Para("截至 2020-06-30"), small, small)))).sheetnames == ["甲", "甲 2"]


def test_no_page_of_a_text_ends_with_a_heading() -> None:
    texts = [block for nth in range(40) for block in (Heading(f"{nth}、"), Para("很长的一段话。" * (nth % 5 * 10 + 1)))]
    sheet = sheet_of(*texts)
    ends = [sheet.cell(brk.id, 1).value for brk in sheet.row_breaks.brk]
    assert len(ends) > 3
    assert not [text for text in ends if str(text).endswith("、")]


def test_a_title_has_room_for_its_lines() -> None:
    sheet = sheet_of(Para("甲"), title="很长的标题" * 20)
    assert sheet.row_dimensions[1].height > 60


# --- hostile texts


def test_no_text_becomes_anything_else() -> None:
    data = xlsx_of(
        Document("=1", (Para("=2"), table([Column("=3", wrap=True)], [row(text) for text in HOSTILE], "=4")))
    )
    (sheet,) = read(data).worksheets
    found = [line[0] for line in sheet.iter_rows(min_row=5)]
    assert [cell.value or "" for cell in found] == list(map(visible, HOSTILE))
    assert {cell.data_type for cell in found if cell.value} == {"s"}
    assert [cell.value for cell in sheet["A"][:4]] == ["=1", "=2", "=4", "=3"]
    with ZipFile(BytesIO(data)) as parts:
        assert not any("hyperlink" in name or "external" in name.lower() for name in parts.namelist())
        assert not any(b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("text", ["长" * 32_767, "长" * 32_768, "😀" * 16_384, "a" * 100_000])
def test_a_text_that_no_cell_holds_is_cut_and_says_so(text: str) -> None:
    found = sheet_of(table([Column("甲", wrap=True)], [row(text)]))["A3"].value
    units = len(str(found).encode("utf-16-le")) // 2
    if len(text.encode("utf-16-le")) // 2 <= 32_767:
        assert found == text
    else:
        assert units <= 32_767
        assert str(found).endswith(f"…（原文共{len(text)}字，一格放不下）")


@pytest.mark.parametrize(
    "value", [10**15, -(10**400), float("nan"), float("inf"), date(1899, 12, 31), date(1900, 2, 28)]
)
def test_a_number_or_day_that_no_spreadsheet_has_is_a_text(value: float | date) -> None:
    text = "甲" if isinstance(value, int) else str(value)
    assert sheet_of(table(["甲"], [(Cell(text, value=value),)]))["A3"].value == text


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
@settings(max_examples=25)
def test_any_titles_name_sheets(titles: list[str]) -> None:
    blocks = tuple(table(["甲"], [row(1)], title) for title in titles)
    names = read(xlsx_of(Document("题", (Para("甲"), *blocks, *blocks)))).sheetnames
    assert len(names) == 2 * len(titles)
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names)


def test_the_same_report_is_the_same_file() -> None:
    document = Document("题", (TASKS,))
    assert xlsx_of(document) == xlsx_of(document)


# --- merged for printing


def ledger(*problems: tuple[str, int]) -> Table:
    heads = columns(Column("问题", wrap=True, merged=True), Column("措施", wrap=True))
    rows = [row(problem, f"{problem[:1]}的措施{nth}") for problem, number in problems for nth in range(number)]
    return Table(heads, tuple(rows), merged=True)


def test_merged_cells_are_one_on_each_page_and_said_again_on_the_next() -> None:
    sheet = sheet_of(ledger(("甲问题", 3), ("乙问题", 90), ("丙问题", 1)))
    breaks = [brk.id for brk in sheet.row_breaks.brk]
    assert breaks
    assert breaks[0] < 60
    starts = [3, *(last + 1 for last in breaks)]
    problems = {at: sheet.cell(at, 1).value for at in range(3, sheet.max_row + 1) if sheet.cell(at, 1).value}
    assert set(starts) <= set(problems)  # each page says it
    assert list(dict.fromkeys(problems.values())) == ["甲问题", "乙问题", "丙问题"]
    spans = [span for span in sheet.merged_cells.ranges if span.min_row >= 3]
    assert not any(span.min_row <= last < span.max_row for span in spans for last in breaks)
    assert sheet.auto_filter.ref is None
    assert sheet.page_setup.scale
    assert not is_fitted(sheet)  # else the breaks mean nothing


def test_a_problem_stays_on_one_page_that_holds_it_and_its_text_has_room() -> None:
    sheet = sheet_of(ledger(("甲问题", 20), ("乙问题", 20), ("丙" * 600, 1)))
    assert sheet.cell(sheet.row_breaks.brk[0].id + 1, 1).value == "乙问题"
    assert sheet.row_dimensions[sheet.max_row].height > 60


def test_whatever_a_report_says_is_in_its_workbook() -> None:
    for report in shipped_reports(date(2020, 6, 30)):
        document = report.document()
        book = read(xlsx_of(document), values=True)
        found = {value for sheet in book for line in sheet.iter_rows(values_only=True) for value in line}
        assert [text for text in texts_of(document) if text and text not in found] == []


def texts_of(document: Document) -> Iterator[object]:
    """The texts of a document, and the values of its cells instead of their texts."""
    yield visible(document.title)
    for block in document.blocks:
        match block:
            case Heading() | Para():
                yield visible(block.text)
            case Table():
                yield from (visible(column.head) for column in block.columns)
                yield from (kept(cell) for cells in (*block.rows, block.footer) for cell in cells)


def kept(cell: Cell) -> object:
    """What a workbook has of a cell."""
    match cell.value:
        case None:
            return visible(cell.in_brackets().text)
        case date():
            return datetime.combine(cell.value, time())
    return cell.value


# --- in a real spreadsheet


@needs_libreoffice
def test_a_spreadsheet_opens_and_keeps_every_cell(tmp_path: Path) -> None:
    documents = [report.document() for report in shipped_reports(date(2020, 6, 30))]
    documents.append(Document("题", (table([Column("甲", wrap=True)], [row(text) for text in HOSTILE]),)))
    documents.append(Document("题", (Para("=1"), ledger(("甲问题", 3), ("乙问题", 90)))))
    names = [f"{nth}.xlsx" for nth in range(len(documents))]
    for name, document in zip(names, documents, strict=True):
        (tmp_path / name).write_bytes(xlsx_of(document))
    kept = converted(tmp_path, names, "xlsx:Calc MS Excel 2007 XML")
    differing = [
        (name, *pair)
        for name in names
        for values in (False, True)
        for pair in differences(read((tmp_path / name).read_bytes(), values=values), kept / name, values)
    ]
    assert differing == []


def differences(ours: Workbook, path: Path, values: bool) -> list[tuple[object, ...]]:
    """The cells that a spreadsheet has changed, their values or their types."""
    kept = read(path.read_bytes(), values=values)
    assert kept.sheetnames == ours.sheetnames
    return [
        (cell.coordinate, cell.value, other.value)
        for one, two in zip(ours.worksheets, kept.worksheets, strict=True)
        for line in one.iter_rows()
        for cell in line
        if (other := two[cell.coordinate]) and (told(cell), cell.data_type) != (told(other), other.data_type)
    ]


def told(cell: Read | MergedCell) -> object:
    """The value of a cell. LibreOffice does not mark a text that looks like an escape, as it wants none for itself."""
    return cell.value.replace("_x005F_", "_") if isinstance(cell.value, str) else cell.value
