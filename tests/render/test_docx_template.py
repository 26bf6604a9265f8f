"""A place's own Word file, filled: what goes where, and what stays as it was."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from zhenggai.document import Bar, Block, Document, Heading, Letterhead, Para, ParaRole, Table, columns, row, table
from zhenggai.render.docx.template import filled

LATE = table(["措施", "责任单位", "逾期天数"], [row("2-1", "县教育局", 3), row("3-2", "石桥镇", 10)], "逾期 2 件")
REPORT = Document(
    "整改方案周报（第13期）",
    (
        Para("县委：", role=ParaRole.SALUTATION),
        Para("统计区间：6月22日至28日"),
        Heading("一、总体情况"),
        Para("总体情况好（2-1）。"),
        Bar("集中整改", 0.5),
        Heading("二、进展"),
        Heading("（一）关于“学习”问题", 2),
        Para("甲。"),
        Heading("三、逾期事项"),
        LATE,
        Para("县委组织部", role=ParaRole.SIGNATURE),
        Para("2020年6月28日", role=ParaRole.SIGNATURE),
    ),
)


def control(inner: str, name: str, tag: str = "alias") -> Any:
    """A content control with a hint in it."""
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:{tag} w:val="{name}"/><w:showingPlcHdr/></w:sdtPr>'
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def template(*paragraphs: str) -> Any:
    word = docx.Document()
    for text in paragraphs:
        word.add_paragraph(text)
    return word


def fill(word: Any, document: Document = REPORT) -> tuple[Any, list[str]]:
    """The filled file, opened, and the names of what was not found."""
    file = BytesIO()
    word.save(file)
    made = filled(file.getvalue(), document)
    return docx.Document(BytesIO(made.data)), list(made.unfound)


def texts(word: Any) -> list[str]:
    return [paragraph.text.replace("\u2011", "-") for paragraph in word.paragraphs]


def test_a_place_in_a_line_gets_a_text_in_the_form_that_it_has() -> None:
    word = template("标题是{{标题}}。", "{{ 统计区间 }}，{{期号}}，{{抬头}}{{落款}}{{日期}}")
    split = word.add_paragraph("见")
    split.add_run("{{标").bold = True
    split.add_run("题}}")
    split.add_run("吧")
    word.sections[0].header.paragraphs[0].text = "｛｛期号｝｝"
    word, unfound = fill(word)
    assert texts(word) == [
        "标题是整改方案周报（第13期）。",
        "6月22日至28日，第13期，县委：县委组织部2020年6月28日",
        "见整改方案周报（第13期）吧",
    ]
    assert [(run.text, run.bold) for run in word.paragraphs[2].runs] == [
        ("见", None), ("整改方案周报（第13期）", True), ("", None), ("吧", None)
    ]  # fmt: skip
    assert word.sections[0].header.paragraphs[0].text == "第13期"
    assert unfound == []


def test_a_place_of_a_paragraph_gets_a_part_with_its_headings_in_the_styles_of_the_file() -> None:
    word = template("前", "{{总体情况}}", "{{进展}}", "后")
    word.paragraphs[1].paragraph_format.left_indent = 100_000
    word, unfound = fill(word)
    assert texts(word) == [
        "前",
        "总体情况好（2-1）。",
        "集中整改：50%",
        "（一）关于“学习”问题",
        "甲。",
        "后",
    ]
    assert [p.paragraph_format.left_indent for p in word.paragraphs[:3]] == [
        None,
        *[pytest.approx(100_000, abs=700)] * 2,
    ]
    assert [p.style.name for p in word.paragraphs[2:5]] == ["Normal", "Heading 2", "Normal"]
    assert unfound == []


def test_the_whole_text_and_its_tables_go_into_one_place() -> None:
    word, unfound = fill(template("{{正文}}", "完"))
    assert texts(word)[0] == "县委："
    assert texts(word)[-3:] == ["县委组织部", "2020年6月28日", "完"]
    assert [[cell.text.replace("\u2011", "-") for cell in r.cells] for r in word.tables[0].rows] == [
        ["措施", "责任单位", "逾期天数"], ["2-1", "县教育局", "3"], ["3-2", "石桥镇", "10"]
    ]  # fmt: skip
    assert unfound == []


def test_a_table_is_as_wide_as_the_text_of_its_section() -> None:
    word = template("{{逾期事项}}")
    word.add_section()
    narrow = word.sections[0]
    narrow.left_margin = narrow.right_margin = Cm(6)
    word, _ = fill(word)
    (width,) = (int(w.get(qn("w:w"))) for w in word.tables[0]._tbl.tblPr.iter(qn("w:tblW")))
    room = (word.sections[0].page_width - 2 * Cm(6)) / 635  # twips
    assert width == pytest.approx(room, abs=5)


def test_a_sample_row_stands_for_all_rows_of_the_table_with_its_columns() -> None:
    word = template("前")
    grid = word.add_table(3, 2)
    for cell, text in zip(
        grid._cells, ("单位", "说明", "{{责任单位}}", "{{措施}}已逾期{{逾期天数}}天", "合计", ""), strict=True
    ):
        cell.text = text
    word, unfound = fill(word)
    assert [[cell.text.replace("\u2011", "-") for cell in r.cells] for r in word.tables[0].rows] == [
        ["单位", "说明"], ["县教育局", "2-1已逾期3天"], ["石桥镇", "3-2已逾期10天"], ["合计", ""]
    ]  # fmt: skip
    assert unfound == []


def test_a_second_row_with_columns_is_that_of_the_sums_or_stays() -> None:
    counts = table(["单位", "任务"], [row("县教育局", 3), row("石桥镇", 6)])
    for footer, last, missing in ((row("合计", 9), ["合计", "9"], []), ((), ["合计", "{{任务}}"], ["任务"])):
        word = template("前")
        grid = word.add_table(2, 2)
        for cell, text in zip(grid._cells, ("{{单位}}", "{{任务}}", "合计", "{{任务}}"), strict=True):
            cell.text = text
        word, unfound = fill(word, Document("通报", (replace(counts, footer=footer),)))
        rows = [[cell.text for cell in r.cells] for r in word.tables[0].rows]
        assert rows == [["县教育局", "3"], ["石桥镇", "6"], last]
        assert unfound == missing


def test_content_controls_are_places_too() -> None:
    word = template("题：")
    word.paragraphs[0]._p.append(control("<w:r><w:t>单击</w:t></w:r><w:r><w:t>输入</w:t></w:r>", "标题"))
    word.element.body.insert(1, control("<w:p><w:r><w:t>单击</w:t></w:r></w:p>", "总体情况", "tag"))
    word, unfound = fill(word)
    pieces = "".join(t.text or "" for t in word.element.body.iter(qn("w:t")))
    assert pieces.replace("\u2011", "-") == "题：整改方案周报（第13期）总体情况好（2-1）。集中整改：50%"
    assert not list(word.element.body.iter(qn("w:showingPlcHdr")))
    assert unfound == []


def test_a_part_within_a_line_and_an_open_brace_stay_and_are_named() -> None:
    file = BytesIO()
    template("前{{进展}}后", "{{标题 甲", "{{抬头}乙").save(file)
    made = filled(file.getvalue(), REPORT)
    assert texts(docx.Document(BytesIO(made.data))) == ["前{{进展}}后", "{{标题 甲", "{{抬头}乙"]
    assert (made.unfound, made.crowded, made.unclosed) == ([], ["进展"], ["{{标题 甲", "{{抬头"])


def test_what_is_not_found_stays_and_is_named() -> None:
    word = template("{{没有}}和{{标题}}", "{{没有}}")
    word.element.body.insert(0, control("<w:p><w:r><w:t>单击</w:t></w:r></w:p>", "也没有"))
    grid = word.add_table(1, 1)
    grid.cell(0, 0).text = "{{没有的列}}"
    word, unfound = fill(word)
    assert texts(word) == ["{{没有}}和整改方案周报（第13期）", "{{没有}}"]
    assert unfound == ["没有", "没有的列", "也没有"]


@pytest.mark.parametrize("text", ["{{标题}}", "{{没有}}", "]]>\0\x1f<w:p/>", "整" * 32_768])
def test_what_comes_in_is_no_place_and_no_markup(text: str) -> None:
    blocks: tuple[Block, ...] = (
        Heading("一、甲"),
        Para(text),
        Heading("二、乙"),
        Table(columns("号", "内容"), (row(text, text),)),
    )
    word = template("{{甲}}")
    word.add_table(1, 1).cell(0, 0).text = "{{号}}"
    word, unfound = fill(word, Document("题", blocks))
    said = text.replace("\0", "〈U+0000〉").replace("\x1f", "〈U+001F〉")
    assert texts(word) == [said]
    assert word.tables[0].cell(0, 0).text == said
    assert unfound == []


def test_a_section_that_ends_in_a_place_still_ends_there() -> None:
    word = template("{{总体情况}}")
    word.add_section()
    word.paragraphs[0]._p.get_or_add_pPr().append(word.paragraphs[-1]._p.pPr.sectPr)
    word, _ = fill(word)
    assert len(word.sections) == 2


def test_a_letterhead_gives_its_names() -> None:
    letterhead = Letterhead(
        issuer="县委组织部", masthead="简报", number="第1期", day="2020年6月28日", report_to=("甲", "乙")
    )
    word, unfound = fill(
        template("{{版头}}{{机关}}{{期号}}{{日期}}{{报送}}"), Document("题", (), letterhead=letterhead)
    )
    assert texts(word) == ["简报县委组织部第1期2020年6月28日甲，乙"]
    assert unfound == []
