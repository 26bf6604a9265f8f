"""Word files: what they say is the document, and how they stand on paper is GB/T 9704-2012."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any, ClassVar

import docx
import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.document import (
    Bar,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Letterhead,
    Para,
    ParaRole,
    Table,
    columns,
    row,
    table,
)
from zhenggai.render import FORMATS, file_bytes
from zhenggai.render.docx import docx_of
from zhenggai.render.docx.column_widths import extent, fit
from zhenggai.render.docx.page import SIDEWAYS, UPRIGHT, WIDE
from zhenggai.render.docx.sections import sections_of
from zhenggai.render.docx.styles import TABLE_SIZES
from zhenggai.render.visible import visible

HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("\0\x01\x1b\t\r\n\x85\u2028\u202e\u200b\ufeff\ufffe\ud800]]>&<=+-@2-1")
    ),
    max_size=40,
)
LEDGER = Table(
    columns(
        Column("问题", merged=True, wrap=True, weight=3),
        "号",
        Column("已完成", numeric=True, group="其中"),
        Column("逾期天数", numeric=True, group="其中"),
    ),
    (row("甲", "1-1", 1, 2), row("甲", "1-2", 3, 4), row("乙", "2-1", 5, 6)),
    "台账",
    row("合计", None, 9, 12),
    landscape=True,
)
FILLING = tuple(Para(f"第{n}段。") for n in range(20))
REPORT = Document(
    "基层党建问题整改专项行动方案周报（第13期）",
    (
        Para("统计区间：6月22日至28日。"),
        Heading("一、总体情况"),
        Heading("（一）关于问题", 2),
        Para("县教育局初稿写成（2-1，进度40%）。"),
        Para("zhenggai claim 2-1 --as-of 2020-06-30", role=ParaRole.COMMAND),
        Bar("集中整改", 0.49, "49/100"),
        *FILLING,
        Para("县委督查局", role=ParaRole.SIGNATURE),
        Para("2020年6月28日", role=ParaRole.SIGNATURE),
        Heading("附件：台账", attachment=True),
        LEDGER,
    ),
)


def opened(*blocks: Block, title: str = "") -> Any:
    return docx.Document(BytesIO(docx_of(Document(title, blocks))))


def texts(word: Any) -> Iterator[str]:
    """The text of each paragraph and of each cell of the file, in order, with plain hyphens; empty ones are left out."""
    for element in word.element.body.iter(qn("w:p")):
        text = "".join(piece.text or "" for piece in element.iter(qn("w:t")))
        if text:
            yield text.replace("\u2011", "-")


def said(document: Document) -> Iterator[str]:
    """What a document says, in order."""
    yield document.title
    for block in document.blocks:
        match block:
            case Heading() | Para():
                yield block.text
            case Bar():
                note = visible(block.note).strip()
                yield "：".join(filter(None, (visible(block.label).strip(), block.percent))) + (note and f"（{note}）")
            case Table():
                yield block.title
                groups = [column.group for column in block.columns]
                if any(groups):
                    yield from (
                        c.group or c.head
                        for n, c in enumerate(block.columns)
                        if not c.group or groups[n - 1 : n] != [c.group]
                    )
                    yield from (c.head for c in block.columns if c.group)
                else:
                    yield from (column.head for column in block.columns)
                for cells, again in zip(block.rows, block.continued(), strict=True):
                    yield from (cell.text for n, cell in enumerate(cells) if n not in again)
                yield from (cell.text for cell in block.footer)


def plain(lines: Iterator[str]) -> list[str]:
    return [text for text in (visible(line).strip() for line in lines) if text]


# --- what it says ------------------------------------------------------------------------------------------------


def test_a_word_file_says_what_the_document_says() -> None:
    assert list(texts(opened(*REPORT.blocks, title=REPORT.title))) == plain(said(REPORT))


@settings(deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_breaks_the_file_or_is_lost(title: str, text: str, cell: str) -> None:
    grid = Table(columns(text, Column("内容", wrap=True, merged=True)), (row(cell, cell), row("一", cell)), title)
    document = Document(
        title, (Para(text), Heading(text), Bar(text, 0.3, text), grid, Para(text, role=ParaRole.SIGNATURE))
    )
    assert list(texts(opened(*document.blocks, title=title))) == [
        t.replace("\u2011", "-") for t in plain(said(document))
    ]


@pytest.mark.parametrize("text", ["=1+1", "]]>", "<w:br/>&amp;", "\x00\x1f", "整" * 32_768, "a-" * 20_000])
def test_hostile_texts_are_text(text: str) -> None:
    assert list(texts(opened(Para(text), table([Column("甲", wrap=True)], [row(text)]), title=text))) == [
        visible(text), visible(text), "甲", visible(text)
    ]  # fmt: skip


def test_the_same_document_is_the_same_file() -> None:
    assert docx_of(REPORT) == docx_of(REPORT)


def test_the_file_names_nobody() -> None:
    parts = {part.partname for part in docx.Document(BytesIO(docx_of(REPORT))).part.package.iter_parts()}
    names = ("document", "styles", "fonts", "settings", "footer-default", "footer-even")
    assert parts == {f"/word/{name}.xml" for name in names}


# --- how it stands on paper --------------------------------------------------------------------------------------


def test_a_hyphen_between_letters_and_digits_ends_no_line_but_a_command_stays_as_it_is_typed() -> None:
    word = opened(Para("见2-1，2020-06-30"), Para("zhenggai claim 2-1", role=ParaRole.COMMAND))
    assert [p.text for p in word.paragraphs] == ["见2\u20111，2020\u201106\u201130", "zhenggai claim 2-1"]


def test_the_number_of_an_issue_stands_on_a_line_of_its_own() -> None:
    assert opened(title=REPORT.title).paragraphs[0].text == "基层党建问题整改专项行动方案周报\n（第13期）"


def test_no_heading_ends_a_page_and_no_row_is_split() -> None:
    word = opened(*REPORT.blocks, title=REPORT.title)
    for name in ("Title", "heading 1", "heading 2", "公文表题", "公文附件"):
        assert word.styles[name].paragraph_format.keep_with_next, name
    rows = [row for grid in word.tables for row in grid._tbl.tr_lst]
    assert len(rows) == 2 + 3 + 1
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, True, False, False, False, False]


def test_levels_have_the_typefaces_of_the_standard() -> None:
    word = opened()
    faces = {
        name: word.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "heading 1", "heading 2", "heading 3", "公文正文", "footer")
    }
    assert list(faces.values()) == ["方正小标宋简体", "黑体", "楷体", "仿宋", "仿宋", "宋体"]
    assert [word.styles[name].font.bold for name in faces] == [None] * 6
    body = word.styles["公文正文"]
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 28)
    assert body.paragraph_format.first_line_indent.pt == pytest.approx(2 * 15.75)


def test_a_wide_table_lies_on_its_side_in_a_section_of_its_own_with_its_heading() -> None:
    upright, sideways = sections_of(REPORT.blocks)
    assert (upright.page, sideways.page) == (UPRIGHT, SIDEWAYS)
    assert sideways.blocks == [Heading("附件：台账", attachment=True), LEDGER]
    word = opened(*REPORT.blocks, title=REPORT.title)
    assert [(s.page_width.mm, s.page_height.mm) for s in word.sections] == [
        (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1)),
        (pytest.approx(297, abs=0.1), pytest.approx(210, abs=0.1)),
    ]
    for section in word.sections:
        for footer in (section.footer, section.even_page_footer):
            assert "".join(piece.text for piece in footer._element.iter(qn("w:t"))) == "— 1 —"


def test_a_little_text_stands_on_the_pages_of_its_tables() -> None:
    note = Para("注。", role=ParaRole.NOTE)
    assert [section.page for section in sections_of([Para("截至今天"), LEDGER, note])] == [SIDEWAYS]
    long = [Para(f"第{n}段。") for n in range(21)]
    assert [section.page for section in sections_of([*long, LEDGER, note, *long])] == [UPRIGHT, SIDEWAYS, UPRIGHT]
    assert [section.page for section in sections_of([])] == [UPRIGHT]


def test_a_few_lines_beside_wide_tables_have_no_page_of_their_own() -> None:
    long: list[Block] = [Para(f"第{n}段。") for n in range(21)]
    signed = [Para("附件：台账"), Para("县委组织部", role=ParaRole.SIGNATURE), Para("6月28日", role=ParaRole.SIGNATURE)]
    last: list[Block] = [Heading("附件：台账", attachment=True), LEDGER]
    assert [section.page for section in sections_of([*long, LEDGER, *signed, *last])] == [UPRIGHT, SIDEWAYS]
    assert [section.page for section in sections_of([Para("截至今天"), LEDGER, *long])] == [SIDEWAYS, UPRIGHT]


def test_a_table_that_no_small_page_holds_goes_on_a_larger_one() -> None:
    grid = table([f"第{n}列的表头" for n in range(30)], [row(*(["2020-06-30"] * 30))])
    assert [section.page for section in sections_of([grid])] == [WIDE]


def test_names_stay_whole_and_the_rest_goes_by_weight_and_length() -> None:
    heads = columns(
        "序号", Column("责任单位", wrap=True), Column("完成时限"), Column("内容", wrap=True), Column("原因", wrap=True)
    )
    long = "改进综合考核并用好结果，末位单位书记由上级约谈，" * 3
    grid = table(heads, [row(1, "县人力资源和社会保障局、石桥镇", "2020-06-30", long, long[:9])])
    found = fit(grid, UPRIGHT.room, TABLE_SIZES)
    assert found.is_whole
    assert sum(found.widths) == pytest.approx(UPRIGHT.room)
    room = [(width - 6) / found.size for width in found.widths]
    for text, wide in zip(("序号", "县人力资源和社会保障局", "2020-06-30"), room, strict=False):
        assert extent(text) <= wide
    assert room[3] > room[4]


def test_a_name_takes_two_lines_before_the_column_of_the_texts_is_narrow() -> None:
    heads = columns("日期", Column("单位", wrap=True), Column("责任人", wrap=True), Column("内容", wrap=True))
    cells = row("2020-06-30", "县人力资源和社会保障局", "各单位党建项目负责人", "把党性锻炼编进主体班课程" * 4)
    found = fit(table(heads, [cells]), 400, TABLE_SIZES)
    day, unit, person, text = ((width - 6) / found.size for width in found.widths)
    assert (found.size, found.is_whole) == (10.5, True)
    assert day >= extent("2020-06-30")
    assert unit < 11 <= 2 * unit
    assert person < 10 <= 2 * person
    assert text >= 15


def test_a_day_is_whole_though_more_in_brackets_follows() -> None:
    heads = columns(Column("完成时限", wrap=True), Column("原因", wrap=True, weight=9))
    grid = table(heads, [row("2020-06-30（逾期183天）", "改" * 200)])
    assert [cell.text for cell in opened(grid).tables[0].columns[0].cells] == [
        "完成时限", "2020\u201106\u201130\n（逾期183天）"
    ]  # fmt: skip


def test_equal_cells_of_a_merged_column_are_one() -> None:
    grid = opened(LEDGER).tables[0]
    assert [cell.text for cell in grid.columns[0].cells] == ["问题", "问题", "甲", "甲", "乙", "合计"]
    assert [cell.text for cell in grid.rows[0].cells] == ["问题", "号", "其中", "其中"]


def test_a_cell_to_be_written_on_by_hand_has_room() -> None:
    grid = opened(table(["意见"], [row(Cell("（县委办公室）", lines=4)), row("甲")])).tables[0]
    heights = [(r.height and r.height.pt, r.height_rule) for r in grid.rows]
    assert heights == [(None, None), (pytest.approx(4 * 12 * 1.3, abs=0.1), WD_ROW_HEIGHT_RULE.AT_LEAST), (None, None)]


def test_who_signs_stands_above_the_middle_of_the_day() -> None:
    word = opened(*REPORT.blocks[-4:-2])
    unit, day = (p.paragraph_format.right_indent.pt for p in word.paragraphs[:2])
    assert day == pytest.approx(4 * 15.75)
    assert unit > day
    assert word.paragraphs[0].paragraph_format.keep_with_next


def test_no_page_has_only_what_stands_below_the_day() -> None:
    below = (Para("（联系人：，电话：）"), Para("抄送："))
    word = opened(Para("甲"), Para("特此告诫。"), *REPORT.blocks[-4:-2], *below)
    kept = [p.text for p in word.paragraphs if p.paragraph_format.keep_with_next]
    assert kept == ["特此告诫。", "县委督查局", "2020年6月28日", "（联系人：，电话：）"]


def test_each_letter_is_as_it_would_be_alone() -> None:
    """Nothing stands above it, and its pages are numbered from 1."""
    first, second = (Heading("整改提醒书", separate=True) for _ in range(2))
    word = opened(first, Para("甲"), second, Para("乙"), title="函件 2 份")
    assert [p.text for p in word.paragraphs if p.text] == ["整改提醒书", "甲", "整改提醒书", "乙"]
    assert [p.style.name for p in word.paragraphs if p.text] == ["Title", "公文正文"] * 2
    starts = [[n.get(qn("w:start")) for n in s._sectPr.iter(qn("w:pgNumType"))] for s in word.sections]
    assert starts == [[], ["1"]]


LETTERHEAD = Letterhead(
    issuer="县委组织部",
    masthead="基层党建整改工作简报",
    number="第13期",
    day="2020年6月28日",
    report_to=("市委组织部", "市委巡察办"),
    copy_to=("县级领导",),
)
HEAD = ["基层党建整改工作简报", "第13期", "县委组织部2020年6月28日"]
IMPRINT = ["报送：市委组织部，市委巡察办。", "抄送：县级领导。", "县委组织部2020年6月28日印发"]


def sent(letterhead: Letterhead) -> Any:
    return docx.Document(BytesIO(docx_of(Document("周报", (Para("甲"),), letterhead=letterhead))))


def test_a_letterhead_stands_above_the_title_and_its_imprint_at_the_foot_of_the_last_page() -> None:
    word = sent(LETTERHEAD)
    assert list(texts(word)) == [*HEAD, "周报", "甲", *IMPRINT]
    assert str(word.styles["公文版头"].font.color.rgb) == "E60012"
    frames = [p._p.pPr.find(qn("w:framePr")) for p in word.paragraphs if p.style.name == "公文版记"]
    assert [frame.get(qn("w:yAlign")) for frame in frames] == ["bottom"] * 3


def test_red_words_stand_in_one_line() -> None:
    for words, size in (("工作简报", 44), ("整改" * 7, 31.5), ("整改" * 20, 22)):
        run = sent(replace(LETTERHEAD, masthead=words)).paragraphs[0].runs[0]
        assert run.font.size.pt == size


def test_what_is_sent_to_nobody_has_no_imprint_and_without_red_words_no_head() -> None:
    assert list(texts(sent(replace(LETTERHEAD, masthead="", report_to=(), copy_to=())))) == ["周报", "甲"]


# --- as a program lays it out ------------------------------------------------------------------------------------


class Sample:
    """A report in its smallest form."""

    heads: ClassVar[dict[str, str]] = {}

    def document(self) -> Document:
        return REPORT

    def record(self) -> object:
        return {}

    def rows(self) -> list[dict[str, object]]:
        return []


def test_the_format_gives_the_file() -> None:
    assert file_bytes(Sample(), "docx") == docx_of(REPORT)
    assert (FORMATS["docx"].binary, FORMATS["docx"].suffixes) == (True, (".docx",))


def test_the_text_of_a_small_report(golden: Any) -> None:
    """The part that holds the text, one element a line; reviewed whenever it changes."""
    blocks = tuple(block for block in REPORT.blocks if block not in FILLING)
    golden("report.docx.xml", document_xml(Document(REPORT.title, blocks)))


def document_xml(document: Document) -> str:
    xml = docx.Document(BytesIO(docx_of(document))).element.xml
    return re.sub(r' xmlns:\w+="[^"]*"', "", xml)
