"""Pages: data stays text wherever it stands, and the page allows its own style and script only."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_repo import SHIPPED, Runner
from zhenggai.document import (
    Bar,
    Block,
    Cell,
    Choice,
    Column,
    Document,
    Facet,
    Heading,
    Letterhead,
    Para,
    ParaRole,
    Table,
    TableForm,
    Tone,
    row,
    table,
)
from zhenggai.document.drawing import Band, Curve, Lane, Line, Scale, Tick
from zhenggai.render import html
from zhenggai.render.html import page_of
from zhenggai.render.visible import visible

HOSTILE: Final = (
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "]]><!-- --> {{ 7*7 }} {% raw %}",
    "\" onmouseover='alert(1)' x=\"&lt;&amp;",
    "javascript:alert(1)",
    "".join(map(chr, range(32))),
    "\x7f\x85\u2028\u202e\ud800\ufeff",
    "长" * 32768,
)


@dataclass
class Parsed(HTMLParser):
    """What a browser reads: the elements, their attributes, and the texts outside of style and script."""

    text: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.lasttag in ("style", "script") and data.strip():
            self.own.setdefault(self.lasttag, data)
        else:
            self.text.append(data)


def parsed(page: str) -> Parsed:
    found = Parsed()
    found.feed(page)
    found.close()
    return found


def document_with(texts: Iterable[str]) -> Document:
    """A document that has each of the texts in every place that takes one."""
    blocks: list[Block] = []
    for text in texts:
        scale = Scale((Tick(0.1, text),), 0.5)
        curve = Curve(scale, (Line(text, (0.0, 1.0), (1, 7), Tone.RED),), (Band(text, 0.2, 0.9),))
        heads = (Column(text), Column(text, wrap=True, scale=scale))
        cells = (Cell(text, Tone.RED, marks=((0, 1),)), Cell(text, lane=Lane(filled=0.5, marks=(0.1,))))
        blocks += [Heading(text), Heading(text, 2), Para(text, Tone.YELLOW), Bar(text, 0.5, text)]
        for form in TableForm:
            blocks.append(Table(heads, (cells, cells), text, cells, form=form, keys=((text,), ())))
        blocks.append(Table(heads, (cells,), text, curve=curve))
    choices = tuple(Choice(text, text, text) for text in texts)
    said = " ".join(texts)
    letterhead = Letterhead(issuer=said, masthead=said, number=said, day=said, report_to=(said,), copy_to=(said, said))
    return Document(said, tuple(blocks), letterhead=letterhead, facets=(Facet(said, choices),))


def assert_harmless(page: str) -> Parsed:
    found = parsed(page)
    tags = {tag for tag, _ in found.elements}
    assert not tags & {"img", "iframe", "object", "embed", "a", "base"}
    assert [tag for tag, _ in found.elements].count("script") <= 1
    for tag, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "action")], tag
        assert attributes.get("href", "data:,") == "data:,"
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", page)
    return found


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_no_text_becomes_anything_else_in_any_place(text: str) -> None:
    found = assert_harmless(page_of(document_with([text])))
    said = " ".join(found.text)
    places = said.count(visible(text).strip()) if len(text) < 999 else said.count(text)
    assert places >= 20


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'{}%#/\0\r\n")), min_size=1), max_size=2)
)
def test_nor_does_any_other(texts: list[str]) -> None:
    assert_harmless(page_of(document_with(texts)))


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else() -> None:
    found = parsed(page_of(document_with(["甲"])))
    policy = next(a["content"] for tag, a in found.elements if a.get("http-equiv") == "Content-Security-Policy")
    digests = {name: b64encode(sha256(text.encode()).digest()).decode() for name, text in found.own.items()}
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests['style']}'; script-src 'sha256-{digests['script']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|https?:", found.own["style"] + found.own["script"])


def test_a_page_without_facets_has_no_script_and_no_form() -> None:
    tags = {tag for tag, _ in parsed(page_of(Document("甲", (Para("乙"),)))).elements}
    assert not tags & {"script", "form"}


def test_rows_that_share_merged_cells_stand_under_them_and_belong_to_all_their_choices() -> None:
    heads = (Column("措施", merged=True), Column("单位"))
    grid = Table(
        heads,
        (row("1-1", "甲"), row("1-1", "乙"), row("1-2", "乙")),
        form=TableForm.GROUPS,
        keys=(("甲",), ("乙",), ("乙",)),
    )
    page = page_of(Document("", (grid,), facets=(Facet("单位", (Choice("甲", "甲"), Choice("乙", "乙"))),)))
    rows = [line for line in page.splitlines() if line.startswith("<tr")]
    assert rows == [
        '<tr class="group" data-k="0 1"><td colspan="1">1-1</td></tr>',
        '<tr data-k="0"><td data-h="单位">甲</td></tr>',
        '<tr data-k="1"><td data-h="单位">乙</td></tr>',
        '<tr class="group" data-k="1"><td colspan="1">1-2</td></tr>',
        '<tr data-k="1"><td data-h="单位">乙</td></tr>',
    ]


def test_a_light_is_a_word_on_its_colour_and_a_number_to_worry_about_is_coloured() -> None:
    page = page_of(Document("", (table(["灯", "逾期"], [row(Cell("红1/3", Tone.RED), Cell("2", Tone.RED))]),)))
    assert '<b class="badge r">红1/3</b>' in page
    assert '<span class="r">2</span>' in page


MARKS = r"[【】■□\[\]]|-{3,}"  # what plain text has in place of colours and bars
REPORTS = ("status", "list", "week", "month", "report", "rank", "phase", "overdue", "due 60", "todo 县委组织部", "show 2-1",
           "find 党", "trend", "remind", "check --list", "when 2020年9月底前", "unit", "doctor", "board")  # fmt: skip


@pytest.mark.parametrize("line", REPORTS)
def test_every_report_is_a_page(zhenggai: Runner, tmp_path: Path, line: str) -> None:
    path = tmp_path / "页.html"
    ran = zhenggai(*line.split(), "-o", str(path), at=SHIPPED)
    assert ran.code in (0, 1), ran.err
    text = re.sub(MARKS, "", "".join(assert_harmless(path.read_text("utf-8")).text).replace(" ", ""))
    plain = re.sub(MARKS, "", zhenggai(*line.split(), "--format", "text", at=SHIPPED).out)
    for word in set(plain.split()) - {"项", "数", "说明"}:  # of cards, which have no heads
        assert word in text or "…" in word, word


def test_merged_cells_stand_once_over_their_rows() -> None:
    heads = (Column("问题", merged=True), Column("目标", merged=True), Column("措施"))
    grid = Table(heads, (row("甲", "同", "子"), row("甲", "同", "丑"), row("乙", "同", "寅")))
    assert [line for line in page_of(Document("", (grid,))).splitlines() if line.startswith("<tr><")] == [
        '<tr><td rowspan="2" data-h="问题">甲</td><td rowspan="2" data-h="目标">同</td><td data-h="措施">子</td></tr>',
        '<tr><td data-h="措施">丑</td></tr>',
        '<tr><td data-h="问题">乙</td><td data-h="目标">同</td><td data-h="措施">寅</td></tr>',
    ]


def test_columns_of_a_group_stand_under_their_common_head() -> None:
    heads = (Column("号"), Column("逾期", group="其中"), Column("销号", numeric=True, group="其中"), Column("灯"))
    grid = Table(heads, (row("", "甲", "", ""), row(1, 2, 3, "红")))
    assert [line for line in page_of(Document("", (grid,))).splitlines() if "<tr" in line][:2] == [
        '<thead><tr><th scope="col" rowspan="2">号</th><th scope="colgroup" colspan="2">其中</th>'
        '<th scope="col" rowspan="2">灯</th></tr>',
        '<tr><th scope="col">逾期</th><th scope="col" class="n">销号</th></tr></thead>',
    ]


def test_a_brief_page_shows_the_first_lines_of_a_long_text_and_has_the_whole() -> None:
    text = "措施" * 81
    grids = Table((Column("措施", merged=True), Column("内容")), (row(text, text),), form=TableForm.GROUPS)
    page = page_of(Document("", (grids, table(["内容"], [row(text), row("短")])), brief=True))
    long = f'<div class="long"><span>{text}</span><details><summary>全文</summary></details></div>'
    assert page.count(long) == page.count(text) == 3
    assert '<td data-h="内容">短</td>' in page
    assert '<div class="long">' not in page_of(Document("", (grids,)))


def test_a_heading_among_rows_stands_across_but_a_blank_to_fill_in_stays() -> None:
    heads = ("号", Column("问题", wrap=True), "灯")
    page = page_of(
        Document("", (table(heads, [row(1, "甲", "红")]).under(["党建"]), table(heads, [row("签字", "", "")])))
    )
    assert '<tr class="group"><td colspan="3">党建</td></tr>' in page
    assert '<tr><td data-h="号">签字</td><td class="w t"></td><td></td></tr>' in page


def test_a_section_with_a_wide_table_lies_on_its_side_and_so_does_the_title_above_it() -> None:
    wide, small = table([str(n) for n in range(12)], []), table(["甲"], [])
    assert page_of(Document("", (wide,))).count('class="lying"') == 2
    assert page_of(Document("", (small, Heading("附"), wide))).count('class="lying"') == 1


def test_the_highest_heading_of_a_document_is_below_its_title_whatever_its_level() -> None:
    page = page_of(Document("甲", (Heading("乙", 3), Para("子"), Heading("丙", 4))))
    assert re.findall(r"<(h\d)>(.)", page) == [("h1", "甲"), ("h2", "乙"), ("h3", "丙")]


def test_a_column_for_paper_is_not_on_a_page() -> None:
    grid = Table((Column("号"), Column("分管领导", paper=True)), (row(1, "张三"),))
    page = page_of(Document("", (grid,)))
    assert '<tr><td data-h="号">1</td></tr>' in page
    assert "分管领导" not in page


def test_every_colour_of_words_stands_out_from_every_ground() -> None:
    css = (Path(html.__file__).parent / "templates/page.css").read_text("utf-8")
    colours = dict(re.findall(r"--(\w+): (#\w{6})", css))
    grounds = {"#ffffff", "#fafbfc", *re.findall(r"th \{[^}]*background: (#\w{6})", css), colours["ground"]}
    for words in ("ink", "soft", *"rygbp"):
        for ground in grounds:
            assert contrast(colours[words], ground) >= 4.5, (words, ground)
    for light in "rgb":  # words on badges are white
        assert contrast("#ffffff", colours[light]) >= 4.5, light
    (ground, words) = re.findall(r"\.badge\.y \{ background: (#\w{6}); color: (#\w{6})", css)[0]
    assert contrast(words, ground) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2)."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_an_attachment_begins_a_new_page_on_paper() -> None:
    page = page_of(Document("", (Heading("一、"), Heading("附件：台账", attachment=True), Para("甲"))))
    assert re.findall("<section.*>", page) == ["<section>", '<section class="attachment">']


def test_a_table_of_merged_or_paper_columns_alone_is_shown_all_the_same() -> None:
    grids = (
        Table((Column("甲", merged=True),), (row("一"),), form=TableForm.GROUPS),
        Table((Column("乙"),), (row("二"),)),
    )
    assert [text in page_of(Document("", grids)) for text in ("一", "二")] == [True, True]


def test_who_is_written_to_stands_in_the_letter_not_below_the_title() -> None:
    page = page_of(Document("提醒书", (Para("县教育局：", role=ParaRole.SALUTATION), Para("请抓紧。"))))
    assert "县教育局" not in page.partition("</header>")[0]


def test_a_paper_has_its_letterhead_above_the_title_and_its_imprint_at_the_end() -> None:
    sent = Letterhead(
        issuer="县委组织部",
        masthead="整改工作简报",
        number="第13期",
        day="2020年6月28日",
        report_to=("市委组织部",),
        copy_to=("县级领导", "各乡镇"),
    )
    said = [text for text in parsed(page_of(Document("周报", (Para("甲"),), letterhead=sent))).text if text.strip()]
    assert said[1:6] == ["整改工作简报", "第13期", "县委组织部", "2020年6月28日", "周报"]
    assert said[-4:] == ["报送：市委组织部。", "抄送：县级领导，各乡镇。", "县委组织部", "2020年6月28日印发"]


def test_a_paper_without_red_words_or_without_addressees_has_only_the_rest() -> None:
    page = page_of(Document("周报", (Para("甲"),), letterhead=Letterhead(issuer="县委组织部", day="2020年6月28日")))
    assert "县委组织部" not in page
    assert "印发" not in page
