"""Automatic numbers stand before the text, as Word prints them."""

from word_files import a_list, in_list, levels, paragraph, run, word_file

from zhenggai.importing.content import Paragraph
from zhenggai.importing.formats.word_file import read_word

OUTLINE = levels(
    ("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"),
    ("decimalEnclosedCircleChinese", "%5"),
)  # fmt: skip


def texts(body: str, numbering: str, styles: str = "") -> list[str]:
    """The texts of the paragraphs."""
    items = read_word(word_file(body, numbering=numbering, styles=styles))
    return [item.text for item in items if isinstance(item, Paragraph)]


def outline(*places: int, number: int = 1) -> str:
    """Paragraphs 甲 in a list, of these levels."""
    return "".join(paragraph("甲", properties=in_list(number, level)) for level in places)


def test_the_levels_of_official_papers() -> None:
    assert texts(outline(0, 1, 2, 2, 3, 4, 4, 1, 2, 0, 1), OUTLINE + a_list(1)) == [
        "一、甲", "（一）甲", "1.甲", "2.甲", "（1）甲", "①甲", "②甲", "（二）甲", "1.甲", "二、甲", "（一）甲",
    ]  # fmt: skip


def test_the_same_typed_or_numbered() -> None:
    typed = [
        "整改方案",
        "一、学习抓得不紧",
        "1.制定计划。（责任单位：办公室）",
        "2.每月一次",
        "二、会议不规范",
        "1.补齐记录",
    ]
    by_hand = "".join(map(paragraph, typed))
    numbered = paragraph("整改方案") + "".join(
        paragraph(line.partition("、" if level == 0 else ".")[2], properties=in_list(1, level))
        for line, level in zip(typed[1:], (0, 2, 2, 0, 2), strict=True)
    )
    assert read_word(word_file(numbered, numbering=OUTLINE + a_list(1))) == read_word(word_file(by_hand))


def test_lists_of_one_definition_go_on_unless_one_begins_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = OUTLINE + a_list(1) + a_list(2) + a_list(3, override=again)
    body = outline(0, 0) + outline(0, number=2) + outline(0, 0, number=3) + outline(0)
    assert texts(body, numbering) == ["一、甲", "二、甲", "三、甲", "一、甲", "二、甲", "三、甲"]


def test_a_list_with_a_level_of_its_own() -> None:
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="ideographTraditional"/><w:lvlText w:val="%1．"/></w:lvl></w:lvlOverride>'
    assert texts(outline(0, 0), OUTLINE + a_list(1, override=own)) == ["丙．甲", "丁．甲"]


def test_several_levels_in_one_number() -> None:
    numbering = levels(("chineseCounting", "第%1章"), ("decimal", "%1.%2"), name=0, of_level="")
    legal = levels(("chineseCounting", "第%1章"), ("decimal", "%1.%2"), name=1, of_level="<w:isLgl/>")
    assert texts(outline(0, 1), numbering + a_list(1)) == ["第一章 甲", "一.1 甲"]
    assert texts(outline(0, 1, 1), legal + a_list(1, 1)) == ["第1章 甲", "1.1 甲", "1.2 甲"]


def test_a_level_that_does_not_begin_anew() -> None:
    numbering = levels(("decimal", "%1、"), ("decimal", "（%2）"), of_level='<w:lvlRestart w:val="0"/>') + a_list(1)
    assert texts(outline(0, 1, 1, 0, 1), numbering) == ["1、甲", "（1）甲", "（2）甲", "2、甲", "（3）甲"]


def test_numbers_of_styles() -> None:
    """Headings are numbered by their styles; a style that rests on one is too; 0 takes a paragraph out of the list."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:basedOn w:val="2"/></w:style>'
    )
    body = "".join(paragraph("甲", properties=f'<w:pStyle w:val="{style}"/>') for style in "1232")
    body += paragraph("甲", properties=f'<w:pStyle w:val="1"/>{in_list(0)}')
    assert texts(body, OUTLINE + a_list(1), styles) == ["一、甲", "（一）甲", "（二）甲", "（三）甲", "甲"]


def test_a_level_that_is_linked_with_a_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="2"><w:start w:val="5"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="条"/><w:lvlText w:val="%3）"/></w:lvl></w:abstractNum>'
    )
    style = (
        '<w:style w:type="paragraph" w:styleId="条"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert texts(paragraph("甲", properties='<w:pStyle w:val="条"/>'), linked + a_list(1), style) == ["5）甲"]


def test_a_definition_that_is_that_of_a_style() -> None:
    link = levels(name=1, more='<w:numStyleLink w:val="列表"/>')
    style = (
        '<w:style w:type="numbering" w:styleId="列表"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert texts(outline(0, 0, number=2), link + OUTLINE + a_list(1) + a_list(2, 1), style) == ["一、甲", "二、甲"]


def test_what_follows_a_number() -> None:
    """A tab is not printed as anything that somebody would type; a blank is, and 1. does not run into 2020."""
    body = "".join(paragraph(text, properties=in_list(1)) for text in ("甲", "2020年"))
    assert texts(body, levels(("decimal", "%1.")) + a_list(1)) == ["1.甲", "2. 2020年"]
    assert texts(body, levels(("decimal", "%1、"), of_level='<w:suff w:val="space"/>') + a_list(1)) == [
        "1、 甲",
        "2、 2020年",
    ]


def test_bullets() -> None:
    assert texts(outline(0), levels(("bullet", "\uf06c")) + a_list(1)) == ["•甲"]
    assert texts(outline(0), levels(("none", "")) + a_list(1)) == ["甲"]


def test_what_is_not_printed_is_not_counted() -> None:
    """A paragraph that was deleted, or is hidden, has no number; an empty one has, but is left out."""
    gone = paragraph(
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", properties=f"{in_list(1)}<w:rPr><w:del/></w:rPr>"
    )
    hidden = paragraph(run("藏", "<w:vanish/>"), properties=f"{in_list(1)}<w:rPr><w:vanish/></w:rPr>")
    body = outline(0) + gone + hidden + outline(0) + paragraph(properties=in_list(1)) + outline(0)
    assert texts(body, OUTLINE + a_list(1)) == ["一、甲", "二、甲", "四、甲"]


def test_a_level_that_is_passed_over_counts_as_used() -> None:
    """As Word does: the first heading of a level is a second one if a deeper one stands before it."""
    numbering = levels(("decimal", "%1"), ("decimal", "%1.%2")) + a_list(1)
    assert texts(outline(1, 0, 1), numbering) == ["1.1 甲", "2 甲", "2.1 甲"]


def test_definitions_that_go_in_circles_have_no_numbers() -> None:
    link = levels(name=1, more='<w:numStyleLink w:val="甲"/>')
    style = '<w:style w:type="numbering" w:styleId="甲"><w:basedOn w:val="甲"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert texts(outline(0), link + a_list(1, 1), style) == ["甲"]
