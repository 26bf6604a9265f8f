"""Every format: what ordinary reports look like, and what hostile data cannot do to them."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from typing import Any, ClassVar, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tabulate import SEPARATING_LINE, tabulate
from wcwidth import wcswidth

from zhenggai.document import (
    Bar,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Para,
    ParaRole,
    Table,
    Tone,
    columns,
    row,
    table,
)
from zhenggai.frozen import types_of
from zhenggai.model.entries import ENTRY_CLASSES
from zhenggai.render import render, terminal
from zhenggai.render.csv_ import csv_of, harmless
from zhenggai.render.json_ import json_of
from zhenggai.render.text import width_of
from zhenggai.render.visible import HIDDEN, visible


@dataclass(frozen=True)
class Sample:
    """A view in its smallest form."""

    blocks: tuple[Block, ...]
    title: str = ""
    heads: ClassVar[Mapping[str, str]] = {"id": "编号", "rate": "完成率"}

    def document(self) -> Document:
        return Document(self.title, self.blocks)

    def record(self) -> object:
        return {"title": self.title}

    def rows(self) -> Sequence[Mapping[str, object]]:
        return [{"id": self.title, "rate": -1.5}]


LIGHT = {"红": Tone.RED, "黄": Tone.YELLOW, "绿": Tone.GREEN}
DIAGNOSTICS = Table(
    columns(
        Column("问题"),
        Column("名称", wrap=True),
        Column("措施", numeric=True, keep=4),
        Column("任务", numeric=True),
        Column("未启动", numeric=True, keep=5),
        Column("整改中", numeric=True, keep=3),
        Column("基本完成", numeric=True, keep=6),
        Column("已完成", numeric=True, keep=2),
        Column("已销号", numeric=True, keep=7),
        Column("逾期", numeric=True),
        Column("完成率", numeric=True, keep=1),
        Column("灯"),
    ),
    tuple(
        row(f"问题{i}", name, 3, 5, 0, 2, 1, i, 0, i % 3, f"{13.25 * i:.2f}%", Cell(f"{light}灯", LIGHT[light]))
        for i, (name, light) in enumerate(
            [("学习贯彻教育工作的重要论述不够深入，落实不够有力", "红"), ("学位供给不足", "黄"), ("三资管理", "绿")], 1
        )
    ),
    footer=row("合计", None, 9, 15, 0, 6, 3, 6, 0, 3, "40.00%", None),
)
OVERVIEW = Sample(
    (
        Heading("一、总体情况"),
        Para("截至6月30日，24个问题、67项措施、140件任务，已完成整改60个，总体完成率42.86%；申请延期3个，逾期5个。"),
        Para("红灯1个。", Tone.RED),
        Bar("集中整改", 0.4286, "60/140"),
        Bar("持续整改", None),
        Heading("二、问题清单"),
        DIAGNOSTICS,
    ),
    "整改总览",
)
WORDS = st.text(alphabet=st.sampled_from("整改方案台账，。（）《》abc 09-./[]%"), max_size=60)
HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("\0\x1b\x07\t\r\n\x85\x9b\u2028\u202e\u200b\ufeff\ud800|`<>&*_#[]\\=+-@＝\x01")
    ),
    max_size=40,
)


def lines_of(blocks: Sequence[Block], width: int = 80, title: str = "") -> list[str]:
    return render(Sample(tuple(blocks), title), "table", width=width).splitlines()


# --- what paper alone shows, and what a screen alone cuts -------------------------------------------------------------


@pytest.mark.parametrize("format", ["table", "text", "md"])
def test_what_only_paper_shows_changes_nothing_on_a_screen(format: str) -> None:  # noqa: A002  # the option's own name
    plain: tuple[Block, ...] = (
        *(Para(text) for text in ("县教育局：", "请报送。", "县委督查局", "按期率＝按期÷应完成。")),
        Heading("附件：台账"),
        Table(columns("号", "内容"), (row(1, "一"),), "表"),
    )
    for_paper: tuple[Block, ...] = (
        Para("县教育局：", role=ParaRole.SALUTATION),
        Para("请报送。"),
        Para("县委督查局", role=ParaRole.SIGNATURE),
        Para("按期率＝按期÷应完成。", role=ParaRole.NOTE),
        Heading("附件：台账", attachment=True),
        Table(columns("号", Column("内容", weight=5, group="其中")), (row(1, "一"),), "表", landscape=True),
    )
    assert render(Sample(for_paper), format, width=60) == render(Sample(plain), format, width=60)


@pytest.mark.parametrize("format", ["table", "text", "md"])
def test_a_long_text_is_cut_where_its_column_has_a_limit(format: str) -> None:  # noqa: A002  # the option's own name
    grid = table(["号", Column("内容", wrap=True, limit=5)], [row(1, "制定考核办法"), row(2, "考核新办法")])
    shown = render(Sample((grid,)), format, width=60)
    assert "制定考核…" in shown
    assert "考核新办法" in shown
    assert grid.rows[0][1] == Cell("制定考核办法")


@pytest.mark.parametrize("format", ["table", "text", "md"])
def test_a_merged_cell_is_said_once_and_again_where_what_stands_left_of_it_differs(format: str) -> None:  # noqa: A002
    heads = columns(Column("问题", merged=True), Column("目标", merged=True), "措施")
    grid = Table(heads, (row("甲", "同", "子"), row("甲", "同", "丑"), row("乙", "同", "寅")))
    shown = render(Sample((grid,)), format, width=60)
    assert [shown.count(word) for word in ("甲", "乙", "同", "子", "丑", "寅")] == [1, 1, 2, 1, 1, 1]
    assert grid.rows[1][0] == Cell("甲")


# --- terminal ---------------------------------------------------------------------------------------------------


def test_at_80_columns_the_least_needed_columns_are_left_out_and_named() -> None:
    assert lines_of([DIAGNOSTICS]) == [
        "问题   名称               措施  任务  未启动  整改中  已完成  逾期  完成率  灯",
        "-" * 80,
        "问题1  学习贯彻教育工作      3     5       0       2       1     1  13.25%  红灯",
        "       的重要论述不够深",
        "       入，落实不够有力",
        "问题2  学位供给不足          3     5       0       2       2     2  26.50%  黄灯",
        "问题3  三资管理              3     5       0       2       3     0  39.75%  绿灯",
        "-" * 80,
        "合计                         9    15       0       6       6     3  40.00%",
        "窄屏省略：基本完成、已销号；加宽窗口，或用 --format text 看全",
    ]


def test_parts_of_a_total_that_do_not_fit_stay_as_their_sum() -> None:
    heads = ("未启动", "整改中", "已完成", "长期坚持", "持续推进", "例行")
    parts = (Column(head, numeric=True, keep=2 if head == "已完成" else 5, part=True) for head in heads)
    numbers = row("问题1", 137, 1, 20, 3, 100, 6, 7)
    grid = Table((Column("问题"), Column("任务", numeric=True, keep=1), *parts), (numbers,), footer=numbers)
    assert lines_of([grid], 44) == [
        "问题   任务  未启动  整改中  已完成  其余",
        "-" * 41,
        "问题1   137       1      20       3   113",
        "-" * 41,
        "问题1   137       1      20       3   113",
        "“其余”是长期坚持、持续推进、例行之和",
    ]
    assert lines_of([grid], 34)[0] == "问题   任务  未启动  已完成  其余"
    assert lines_of([grid], 30)[0] == "问题   任务  已完成"
    for width in range(20, 100):
        head, _, cells, *_ = lines_of([grid], width)
        shown = dict(zip(head.split(), cells.split(), strict=True))
        of_parts = [int(number) for word, number in shown.items() if word in (*heads, "其余")]
        assert len(of_parts) < 2 or sum(of_parts) == 137


def test_a_heading_within_a_table_has_no_sum() -> None:
    heads = (Column("号"), Column("问题", wrap=True), *(Column(n, numeric=True, keep=5, part=True) for n in "甲乙丙丁"))
    grid = Table(heads, (row("1", "一", 1, 2, 3, 4), row("2", "二", 0, 0, 0, 0)))
    assert lines_of([grid.under(["【党建】", "【党建】"])], 26) == [
        "号  问题      甲  乙  其余",
        "-" * 26,
        "    【党建】",
        "1   一         1   2     7",
        "2   二         0   0     0",
        "“其余”是丙、丁之和",
    ]


def test_the_whole_report_at_40_columns() -> None:
    assert render(OVERVIEW, "table", width=40).splitlines() == [
        "整改总览",
        "一、总体情况",
        "截至6月30日，24个问题、67项措施、140件任",
        "务，已完成整改60个，总体完成率42.86%；申",
        "请延期3个，逾期5个。",
        "红灯1个。",
        "",
        "集中整改  ████▎        43%",
        "  60/140",
        "持续整改                 —",
        "",
        "二、问题清单",
        "问题   名称             任务  逾期  灯",
        "-" * 40,
        "问题1  学习贯彻教育工      5     1  红灯",
        "       作的重要论述不",
        "       够深入，落实不",
        "       够有力",
        "问题2  学位供给不足        5     2  黄灯",
        "问题3  三资管理            5     0  绿灯",
        "-" * 40,
        "合计                      15     3",
        "窄屏省略：措施、未启动、整改中、基本完",
        "成、已完成、已销号、完成率；加宽窗口，或",
        "用 --format text 看全",
    ]


def test_nothing_is_left_out_where_everything_fits() -> None:
    assert not any("窄屏省略" in line for line in lines_of([DIAGNOSTICS], 140))


def test_no_line_begins_with_closing_punctuation() -> None:
    """Twenty characters fill the line; the full stop takes the last of them down with it."""
    assert lines_of([Para("一二三四五六七八九十一二三四五六七八九十。")], 40) == [
        "一二三四五六七八九十一二三四五六七八九",
        "十。",
    ]


@pytest.mark.parametrize("width", [40, 80])
@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), WORDS)
def test_lines_keep_within_the_width_and_columns_stay_aligned(
    width: int, pairs: list[tuple[str, str]], prose: str
) -> None:
    grid = table(["编号", Column("事项", wrap=True), "灯"], [row(a[:8].strip() or "一", b, "红灯") for a, b in pairs])
    lines = lines_of([Para(prose), grid, Bar(prose, 0.5, prose)], width)
    assert max(map(wcswidth, lines)) <= width
    starts = {wcswidth(line[: line.index("红灯")]) for line in lines if line.endswith("红灯")}
    head = next(line for line in lines if re.fullmatch("编号 +事项 +灯", line))
    assert starts == {wcswidth(head[:-1])}


@settings(deadline=None)
@given(HOSTILE, st.sampled_from([20, 40, 80]))
def test_wrapping_loses_nothing_and_obeys_nothing(data: str, width: int) -> None:
    """The same text comes out, blanks apart: no markup, emoji code or escape in it was obeyed."""
    out = "".join(lines_of([Para(data)], width))
    assert re.sub(r"\s", "", out) == re.sub(r"\s", "", visible(data))
    assert not re.search(HIDDEN, out)


@settings(deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_terminal_survives_hostile_tables(head: str, cell: str, title: str) -> None:
    grid = Table(columns(head, Column("名称", wrap=True)), (row(cell, cell), row("一", "二")), title, row(cell, ""))
    out = render(Sample((Heading(title), grid, Bar(cell, 0.3, title))), "table", width=40, colour=True)
    assert not re.search(HIDDEN, re.sub("\x1b\\[[0-9;]*m|\n", "", out))


@pytest.mark.parametrize("data", ["☺\ufe0f" * 40, "e\u0301" * 60, "整\u3099" * 30])
def test_combined_characters_are_neither_lost_nor_too_wide(data: str) -> None:
    """A character and its mark are wider or narrower together than apart."""
    lines = lines_of([Para(data), table([Column("甲", wrap=True)], [row(data)])], 40)
    assert max(map(wcswidth, lines)) <= 40
    assert "".join("".join(lines).split()).replace("-", "") == f"{data}甲{data}"


def test_markup_emoji_codes_and_links_are_literal() -> None:
    data = "[/] [a] [bold]x[/bold] :smile: [link=http://x]y[/link]"
    assert lines_of([Para(data), table(["甲"], [row(data)], data)], title=data).count(data) == 4


def test_a_light_is_a_word_and_a_colour() -> None:
    out = render(Sample((DIAGNOSTICS,)), "table", width=80, colour=True)
    assert "\x1b[1;31m红灯\x1b[0m" in out
    assert re.sub("\x1b\\[[0-9;]*m", "", out).count("红灯") == 1


def test_what_a_search_found_is_marked_by_colour_or_else_in_brackets() -> None:
    report = Sample((table(["甲"], [(Cell("机关 食堂*改造", marks=((3, 5), (6, 8))),)]),))
    assert "机关 \x1b[30;43m食堂\x1b[0m*\x1b[30;43m改造\x1b[0m" in render(report, "table", width=80, colour=True)
    assert "机关 【食堂】*【改造】" in render(report, "table", width=80)
    assert "机关 【食堂】*【改造】" in render(report, "text")
    assert r"机关 **食堂**\***改造**" in render(report, "md")


def test_no_escape_without_a_terminal_or_under_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in render(OVERVIEW, "table", width=80)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in render(OVERVIEW, "table", width=80, colour=True)


# --- text -------------------------------------------------------------------------------------------------------


def test_text_reads_like_an_official_document() -> None:
    blocks = (*OVERVIEW.blocks[:-1], table(["问题", Column("任务", numeric=True)], [row("3.10", "007")], "表1"))
    assert render(Sample(blocks, "整改总览"), "text").splitlines() == [
        "整改总览",
        "",
        "　　一、总体情况",
        "　　截至6月30日，24个问题、67项措施、140件任务，已完成整改60个，总体完成率42.86%；申请延期3个，逾期5个。",
        "　　红灯1个。",
        "",
        "集中整改  [■■■■□□□□□□]  43%  60/140",
        "持续整改  [□□□□□□□□□□]    —",
        "",
        "　　二、问题清单",
        "表1",
        "问题      任务",
        "------  ------",
        "3.10       007",
    ]


def test_text_has_every_column_aligned_and_only_characters_of_cp936() -> None:
    out = render(OVERVIEW, "text", width=20, colour=True)
    out.encode("cp936")
    grid = out.splitlines()[-7:]
    rule = re.finditer("-+", grid[1])
    ends = [match.end() for match in rule]
    assert len(ends) == 12
    for line in grid[2:]:
        cells = [piece.end() for piece in re.finditer(r"\S+(?: \S+)*", line)]
        numeric = [wcswidth(line[:end]) for end in cells]
        assert set(ends[2:11]) <= set(numeric)


CELLS = st.one_of(
    WORDS, HOSTILE, st.text(alphabet=st.sampled_from(" 　ab级é′—■“”…·①e\u0301한ﾊ㈱😀\u200d\ufe0f"), max_size=6)
)


@given(st.data(), st.integers(1, 4))
def test_a_table_is_laid_out_as_tabulate_does_it(data: st.DataObject, width: int) -> None:
    cells = st.lists(CELLS, min_size=width, max_size=width).map(lambda texts: row(*texts))
    numeric = data.draw(st.lists(st.booleans(), min_size=width, max_size=width))
    heads = [Column(cell.text, numeric=right) for cell, right in zip(data.draw(cells), numeric, strict=True)]
    rows, footer = data.draw(st.lists(cells, max_size=4)), data.draw(st.one_of(st.just(()), cells))
    texts = [[visible(cell.text) for cell in line] for line in rows]
    texts += [[SEPARATING_LINE], [visible(cell.text) for cell in footer]] if footer else []
    expected = tabulate(
        texts,
        headers=[visible(column.head) for column in heads],
        tablefmt="simple",
        colalign=["right" if right else "left" for right in numeric] if texts else None,
        disable_numparse=True,
    )
    shown = render(Sample((Table(tuple(heads), tuple(rows), footer=footer),)), "text")
    assert shown == expected.rstrip("\n") + "\n"


@given(CELLS)
def test_a_width_is_that_of_wcwidth(data: str) -> None:
    assert width_of(visible(data)) == wcswidth(visible(data))


def test_usual_characters_are_as_wide_as_wcwidth_says() -> None:
    for character in filter(str.isprintable, map(chr, range(0x10000))):
        assert width_of(character) == wcswidth(character)


@given(HOSTILE, HOSTILE)
def test_text_keeps_its_lines_and_shows_controls(cell: str, title: str) -> None:
    grid = Table(columns("编号", cell), (row(cell, 1), row("一", cell)), footer=row(cell, 2))
    out = render(Sample((Para(title), grid, Bar(cell, 0.3, title)), "题"), "text")
    assert not re.search(HIDDEN, out.replace("\n", ""))
    assert len(out.splitlines()) == 3 + 1 + 6 + 2


@pytest.mark.parametrize("format", ["table", "text", "md"])
def test_an_empty_table_is_its_heads(format: str) -> None:  # noqa: A002  # the option's own name
    grid = table(["编号", Column("件数", numeric=True)], [])
    assert len(render(Sample((grid,)), format, width=40).splitlines()) == 2


# --- markdown ---------------------------------------------------------------------------------------------------


def test_markdown() -> None:
    blocks = (
        Heading("一、总体情况"),
        Heading("（一）进度", 2),
        Para("- 不是列表 <b>"),
        Bar("阶段一", 1, "完"),
        Table(columns("甲", Column("乙", numeric=True)), (row("a|b", 1),), "表1", row("合计", 1)),
    )
    assert render(Sample(blocks, "周报"), "md").splitlines() == [
        "# 周报", "",
        "## 一、总体情况", "",
        "### （一）进度", "",
        "\\- 不是列表 &lt;b&gt;", "",
        "阶段一 ■■■■■■■■■■ 100% 完", "",
        "**表1**", "",
        "| 甲   |   乙 |",
        "|:-----|-----:|",
        "| a\\|b |    1 |",
        "| 合计 |    1 |",
    ]  # fmt: skip


@given(HOSTILE, HOSTILE)
def test_markdown_is_read_back_as_the_data(cell: str, prose: str) -> None:
    """A CommonMark reader that allows HTML finds the same cells and the same words, and no markup in them."""
    assume(visible(prose).strip())
    grid = Table(columns("编号", cell), (row(cell, "一"), row(cell, cell)))
    tokens = MarkdownIt("commonmark").enable("table").parse(render(Sample((Para(prose), Heading(prose), grid)), "md"))
    inline = [token for token in tokens if token.type == "inline"]
    assert [re.sub(r"\s+", " ", token.content and _words(token.children or [])).strip() for token in inline] == [
        re.sub(r"\s+", " ", visible(data)).strip() for data in (prose, prose, "编号", cell, cell, "一", cell, cell)
    ]
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} == {
        "paragraph", "heading", "inline", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip


def _words(children: Sequence[object]) -> str:
    assert {getattr(child, "type", "") for child in children} <= {"text", "text_special"}
    return "".join(str(getattr(child, "content", "")) for child in children)


# --- csv --------------------------------------------------------------------------------------------------------


class State(StrEnum):
    DONE = "已完成"


def test_csv_values() -> None:
    rows: list[Mapping[str, object]] = [
        {"a": "=1+1", "b": -3, "c": None, "d": State.DONE, "e": date(2025, 6, 30)},
        {"a": "a,\"b\"\nc", "b": -0.5, "c": True, "d": ["-甲", "乙"], "x": "not a column"},
    ]  # fmt: skip
    assert csv_of(rows, {"a": "编号", "b": "数", "c": "空", "d": "状态", "e": "日期"}) == (
        "编号,数,空,状态,日期\r\n"
        "'=1+1,-3,,已完成,2025-06-30\r\n"
        "\"a,\"\"b\"\" c\",-0.5,是,'-甲、乙,\r\n"
    )  # fmt: skip


@pytest.mark.parametrize("data", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "　＝1", "＋1", "－1", "＠x", "\n@x"])
def test_formulas_become_text(data: str) -> None:
    assert harmless(data).startswith("'")


@given(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=5))
def test_csv_round_trips_but_for_the_apostrophe_and_the_tab(pairs: list[tuple[str, str]]) -> None:
    text = csv_of([{"a": a, "b": b} for a, b in pairs], {"a": "甲", "b": "乙"})
    text.encode()
    read = list(csv.reader(StringIO(text, newline="")))
    assert read[1:] == [[harmless(a), harmless(b)] for a, b in pairs]
    for data in (value for pair in pairs for value in pair):
        assert harmless(data).removeprefix("'").removesuffix("\t") == visible(data).removeprefix("'")


DATE_LIKE = st.builds(
    lambda numbers, mark, end: mark.join(map(str, numbers)) + end,
    st.lists(st.integers(0, 99999999), min_size=2, max_size=4),
    st.sampled_from(["-", "/", ":", "年", "月", " ", "－", "／", " - ", "-May-", "e", "E+"]),
    st.sampled_from(["", "日", "月", "%", " PM", "时"]),
)
LOSSY_NUMBER = st.one_of(
    st.from_regex("[0-9]{12,40}", fullmatch=True),
    st.from_regex("0[0-9]{1,10}", fullmatch=True),
    st.from_regex("[0-9]{1,5}[.][0-9]{0,4}0", fullmatch=True),
    st.from_regex("[0-9]{1,3}(,[0-9]{3})+", fullmatch=True),
    st.from_regex("[$¥￥][0-9]{1,5}|[0-9]{1,3}[%％]|[(（][0-9]+[)）]|[０-９]{1,12}", fullmatch=True),
)


@given(st.one_of(DATE_LIKE, LOSSY_NUMBER).filter(lambda text: not re.fullmatch(r"\d{4}-\d\d-\d\d", text)))
def test_what_a_spreadsheet_would_read_as_a_date_or_another_number_stays_text(data: str) -> None:
    assert harmless(data) == f"{data}\t"
    assert csv_of([{"a": data, "b": [data]}], {"a": "甲", "b": "乙"}) == f'甲,乙\r\n"{data}\t","{data}\t"\r\n'


@given(st.integers(0, 99999999999), st.text(alphabet="第前后问题措施县局、", min_size=1))
def test_numbers_words_and_true_dates_are_as_they_were(number: int, words: str) -> None:
    for data in (str(number), words, f"{number}{words}", f"2020年6月底前{words}", "20200512-k3f9x2ab", "2020-06-30"):
        assert harmless(data) == data
    assert (
        csv_of([{"a": number, "b": date(2020, 6, 30)}], {"a": "甲", "b": "乙"}) == f"甲,乙\r\n{number},2020-06-30\r\n"
    )


# --- json -------------------------------------------------------------------------------------------------------


def test_json_values() -> None:
    record = {
        "单位": State.DONE,
        "value": (Decimal("21.670"), Decimal("1E+3")),
        "at": datetime(2025, 6, 30, 9, 5),
        State.DONE: (Cell("甲"), None, True, 3, float("nan")),
    }
    assert json.loads(json_of(record)) == {
        "单位": "已完成",
        "value": ["21.670", "1000"],
        "at": "2025-06-30T09:05:00",
        "已完成": [
            {"text": "甲", "tone": "", "marks": [], "value": None, "lane": None, "lines": 1},
            None,
            True,
            3,
            None,
        ],
    }
    with pytest.raises(TypeError):
        json_of({"a", "b"})


def test_whatever_an_entry_can_hold_has_a_form_in_json() -> None:
    def leaves(kind: Any) -> set[Any]:
        return set().union(*map(leaves, parts)) if (parts := get_args(kind)) else {kind}

    held = {leaf for entry in ENTRY_CLASSES for kind in types_of(entry).values() for leaf in leaves(kind)}
    samples = {str: "甲", int: 1, bool: True, date: date(2020, 5, 12), Decimal: Decimal("0.1")}
    for kind in held - {..., type(None)}:
        json_of(samples[kind] if isinstance(kind, type) else kind)


@given(HOSTILE, HOSTILE)
def test_json_round_trips_as_valid_and_visible_text(key: str, value: str) -> None:
    assume(
        not re.search("[\ud800-\udbff][\udc00-\udfff]", f"{key} {value}")
    )  # two lone halves read back as one character
    text = json_of({key: [value]})
    text.encode()
    assert json.loads(text) == {key: [value]}
    assert not re.search(HIDDEN, text.replace("\n", ""))
    assert len(text.splitlines()) == 5


# --- the sanitizer and the table of formats ---------------------------------------------------------------------


@given(HOSTILE)
def test_what_is_visible_is_one_line_and_stays_as_it_is(data: str) -> None:
    once = visible(data)
    assert visible(once) == once
    assert not re.search(HIDDEN, once)
    assert len(once.splitlines()) <= 1


@given(st.text(alphabet="整改《方案》台账，。〇abc 123　%"))
def test_ordinary_text_is_left_alone(data: str) -> None:
    assert visible(data) == data


@pytest.mark.parametrize(
    ("format", "absent"),
    [
        ("json", {"rich", "tabulate"}),
        ("csv", {"rich", "tabulate"}),
        ("text", {"rich", "tabulate", "wcwidth"}),
        ("md", {"rich"}),
        ("table", {"tabulate"}),
    ],
)
def test_a_format_imports_only_its_own_libraries(format: str, absent: set[str]) -> None:  # noqa: A002  # the option's own name
    code = f"""if True:
        import sys
        from zhenggai.document import Document
        from zhenggai.render import render
        class Report:
            heads = {{}}
            def document(self): return Document("题", ())
            def record(self): return {{}}
            def rows(self): return []
        render(Report(), {format!r})
        print(*sorted(sys.modules))"""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, env=environment
    )
    assert not absent & set(done.stdout.split())


@pytest.mark.parametrize("width", [20, 40, 80])
def test_a_command_to_copy_is_never_broken(width: int) -> None:
    command = "zhenggai review 4-3 通过 --unit 县委组织部 --by 县委督查局"
    page = Document("待办", (Para("先看佐证。"), Para(command, Tone.DIM, ParaRole.COMMAND)))
    screen = StringIO()
    terminal.show(page, terminal.console_on(screen, width=width))
    assert command in screen.getvalue().splitlines()
