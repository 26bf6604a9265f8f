"""A Word file's paragraphs and tables, as they are printed."""

import pytest
from word_files import a_list, cell, in_list, levels, packed, paragraph, run, table, word_file, word_parts

from zhenggai.importing.content import Cell, Paragraph, Row, Sheet
from zhenggai.importing.formats.word_file import read_word


def texts(body: str, **parts: str) -> list[str]:
    """The texts of the paragraphs."""
    return [item.text for item in read_word(word_file(body, **parts)) if isinstance(item, Paragraph)]


def rows(body: str) -> list[tuple[str, ...]]:
    """The texts of the cells of all tables; those that a merged cell covers in brackets."""
    tables = [item for item in read_word(word_file(body)) if isinstance(item, Sheet)]
    return [tuple(f"({c.text})" if c.covered else c.text for c in row.cells) for one in tables for row in one.rows]


def test_lines_count_empty_paragraphs_and_rows() -> None:
    body = paragraph("甲") + paragraph() + table(cell("一"), cell("二")) + paragraph("　　乙　")
    rows_of_table = (Row(3, (Cell("一"),)), Row(4, (Cell("二"),)))
    assert read_word(word_file(body)) == (Paragraph("甲", 1), Sheet("", rows_of_table), Paragraph("乙", 5))


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("甲", "<w:ins>" + run("乙") + "</w:ins>", "<w:moveTo>" + run("丙") + "</w:moveTo>"), "甲乙丙"),
        (("甲", "<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>", "<w:moveFrom>" + run("丙") + "</w:moveFrom>"), "甲"),
        (("<w:hyperlink>" + run("甲") + "</w:hyperlink>", "<w:smartTag>" + run("2020年") + "</w:smartTag>"), "甲2020年"),
        (("<w:sdt><w:sdtPr/><w:sdtContent>" + run("甲") + "</w:sdtContent></w:sdt>",), "甲"),
        (("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("也印出来") + "</w:sdtContent></w:sdt>",), "也印出来"),
        (("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>",), "甲\t乙\n丙-"),
        (('<w:r><w:t>甲</w:t><w:sym w:font="Wingdings" w:char="F06C"/><w:sym w:char="2460"/></w:r>',), "甲●①"),
        ((run("甲"), run("乙", "<w:vanish/>"), run("丙", '<w:vanish w:val="0"/>')), "甲丙"),
        (("甲", FIELD.format("PAGE", run("3")), '<w:fldSimple w:instr="DATE">' + run("5日") + "</w:fldSimple>"), "甲35日"),
        (("甲", FIELD.format('TOC \\o "1-3"', run("一、乙……1"))), "甲"),
        (('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "没有结束的域也不丢字"), "没有结束的域也不丢字"),
        (
            (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,2)</w:instrText></w:r>',
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
                "甲",
            ),
            "②甲",
        ),
        (("甲", '<w:r><w:footnoteReference w:id="1"/></w:r>', "<w:r><w:ruby><w:rt>" + run("音") + "</w:rt><w:rubyBase>" + run("乙") + "</w:rubyBase></w:ruby></w:r>"), "甲乙"),
        (("甲\u200b\ufeff乙\xad",), "甲乙"),
    ],
)  # fmt: skip
def test_a_paragraph_is_as_printed(runs: tuple[str, ...], text: str) -> None:
    assert texts(paragraph(*runs)) == [text]


def test_a_box_stands_after_its_paragraph_once() -> None:
    assert texts(paragraph("甲", BOX.format(paragraph("盒") + paragraph("子"))) + paragraph("乙")) == [
        "甲",
        "盒",
        "子",
        "乙",
    ]


def test_a_table_of_contents_is_left_out() -> None:
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>{}</w:sdt>"
    )
    body = contents.format(f"<w:sdtContent>{paragraph('一、甲 1')}</w:sdtContent>") + paragraph("一、甲")
    assert texts(body) == ["一、甲"]


def test_text_hidden_by_a_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="批注"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="下级"><w:basedOn w:val="批注"/></w:style>'
    )
    assert texts(paragraph("藏", properties='<w:pStyle w:val="下级"/>') + paragraph("甲"), styles=styles) == ["甲"]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>"])
def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(mark: str) -> None:
    body = paragraph("甲，", properties=f"<w:rPr>{mark}</w:rPr>") + paragraph("乙") + paragraph("丙")
    assert read_word(word_file(body)) == (Paragraph("甲，乙", 1), Paragraph("丙", 2))


def test_merged_cells() -> None:
    body = table(
        cell("序号", properties='<w:vMerge w:val="restart"/>') + cell("责任", properties='<w:gridSpan w:val="2"/>'),
        cell("", properties="<w:vMerge/>") + cell("单位") + cell("人"),
        "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell("甲", properties='<w:hMerge w:val="restart"/>') + cell("", properties="<w:hMerge/>"),
        "<w:trPr><w:del/></w:trPr>" + cell("删") + cell("去"),
    )  # fmt: skip
    assert rows(body) == [("序号", "责任", "(责任)"), ("(序号)", "单位", "人"), ("", "甲", "(甲)")]


def test_a_table_in_a_cell_and_lines_of_a_cell() -> None:
    inner = table(cell("一") + cell("1"), cell("二") + cell("2"))
    assert rows(table(cell("甲", "乙") + cell("含", inner, "完"))) == [("甲\n乙", "含\n一 1\n二 2\n完")]


def test_struck_cells() -> None:
    body = table(cell(paragraph(run("旧", "<w:strike/>"), " ")) + cell(paragraph(run("旧", "<w:strike/>"), "新")))
    (sheet,) = read_word(word_file(body))
    assert isinstance(sheet, Sheet)
    assert [c.struck for c in sheet.rows[0].cells] == [True, False]


def test_a_span_that_no_table_has_is_cut() -> None:
    assert len(rows(table(cell("甲", properties='<w:gridSpan w:val="99999999"/>')))[0]) == 63


def test_in_list_properties_without_a_list() -> None:
    assert texts(paragraph("甲", properties=in_list(7))) == ["甲"]


def test_versions_for_other_programs_are_read_once() -> None:
    versions = f"<mc:AlternateContent><mc:Choice>{paragraph('甲')}</mc:Choice><mc:Fallback>{paragraph('旧')}</mc:Fallback></mc:AlternateContent>"
    assert texts(versions + paragraph("乙")) == ["甲", "乙"]


def test_a_text_that_is_another_file_is_not_taken_as_empty() -> None:
    """Web sites put a page into a Word file; only Word and WPS make paragraphs of it."""
    with pytest.raises(ValueError, match="another file"):
        read_word(word_file('<w:altChunk r:id="r9"/>'))


def test_a_file_by_the_strict_standard() -> None:
    strict = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }
    parts = word_parts(paragraph("甲", properties=in_list(1)), numbering=levels(("decimal", "%1、")) + a_list(1))
    for usual, name in strict.items():
        parts = {part: data.replace(usual, name) for part, data in parts.items()}
    assert read_word(packed(parts)) == (Paragraph("1、甲", 1),)
