"""The outline of a text: the levels are the document's own. A tree is shown as nested lists: [text, items below]."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.importing.paper.outline import Item, outline_of


def tree(text: str) -> list[Any]:
    """Each item of a text's outline: its text, or [text, *items below]."""
    return _items(outline_of(text).root)


def _items(item: Item) -> list[Any]:
    return [[below.text.strip(), *_items(below)] if below.items else below.text.strip() for below in item.items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n二、乙", ["甲", "乙"]),
        ("一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n二、己", [["甲", ["乙", ["丙", ["丁", "戊"]]]], "己"]),
        ("1.甲\n（一）乙\n（二）丙\n2.丁\n（一）戊", [["甲", "乙", "丙"], ["丁", "戊"]]),  # 1. above （一）
        ("1、甲方面\n一、乙\n二、丙\n2、丁方面\n三、戊", [["甲方面", "乙", "丙"], ["丁方面", "戊"]]),
        (
            "（二）甲\n5、乙\n6、丙\n（三）丁\n7、戊",
            [["甲", "乙", "丙"], ["丁", "戊"]],
        ),  # starts in the middle, goes on
        ("１．甲\n2．乙\n3.丙\n4、丁", ["甲", "乙", "丙", "丁"]),  # widths and points are mixed up
        ("(一)甲\n（二）乙", ["甲", "乙"]),
        ("⒈甲⒉乙⑴丙⑵丁⒊戊", ["甲", ["乙", "丙", "丁"], "戊"]),
        ("甲：一是乙。二是丙；三是丁", ["乙。", "丙；", "丁"]),
        ("一要甲，二要乙", ["甲，", "乙"]),
        ("首先，甲；其次，乙；最后，丙", ["甲；", "乙；", "丙"]),
        ("第一，甲。第二，乙。", ["甲。", "乙。"]),
        ("第一阶段：甲\n第二阶段：乙", ["甲", "乙"]),
        ("第一部分 甲\n一、乙\n第二部分 丙\n一、丁", [["甲", "乙"], ["丙", "丁"]]),
        ("问题一：甲\n问题二：乙", ["甲", "乙"]),
        ("问题1：甲。措施1：乙。问题2：丙。措施2：丁。", [["甲。", "乙。"], ["丙。", "丁。"]]),
        ("1.1 甲\n1.1.1 乙\n1.1.2 丙\n1.2 丁\n1.2.1 戊", [["甲", "乙", "丙"], ["丁", "戊"]]),
        ("1 甲\n2 乙", ["甲", "乙"]),
        ("一、甲（一）乙。①丙；②丁。（二）戊二、己", [["甲", ["乙。", "丙；", "丁。"], "戊"], "己"]),
        ("一、甲。做到（一）乙；（二）丙。\n（一）丁\n（二）戊", [["甲。做到", "乙；", "丙。", "丁", "戊"]]),
        ("（一）甲\n1.乙，含（一）丙；（二）丁。\n2.戊\n（二）己", [["甲", ["乙，含", "丙；", "丁。"], "戊"], "己"]),
        ("一、甲\n整改措施：\n1.乙\n2.丙\n二、丁\n整改措施：戊", [["甲", ["", "乙", "丙"]], ["丁", "戊"]]),
        ("1.甲\n2.乙\n整改措施：\n1.丙\n2.丁", ["甲", "乙", ["", "丙", "丁"]]),
        ("1.甲。整改措施：乙。\n2.丙。整改措施：丁。", [["甲。", "乙。"], ["丙。", "丁。"]]),
        ("1.甲。1.乙", ["甲。1.乙"]),
        (
            "1.甲。①乙；②丙。\n丁\n2.戊",
            [["甲。\n丁", "乙；", "丙。"], "戊"],
        ),  # a line of its own is about the whole item
        ("1.4月底前甲\n2.5月31日前乙\n3.3所学校丙", ["4月底前甲", "5月31日前乙", "3所学校丙"]),
    ],
)
def test_levels(text: str, expected: list[Any]) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2020.5 至 2020.6，增长 3.5%，减少1.2万吨",
        "〔2020〕18号、〔2021〕19号",
        "《甲（2018—2022年）》《1.乙》《2.丙》",
        "“1+3”、“2.乙”",
        "第1项、第2项，第（一）条，第（二）条",
        "落实一、二、三产业，三、四线",
        "任务一是单独的，统一是要求，之一是",
        "1项、2项，12、13日",
    ],
)
def test_numbers_that_are_no_marks(text: str) -> None:
    assert tree(text) == []


def test_a_missing_and_a_doubled_number_are_told() -> None:
    outline = outline_of("1.甲\n2.乙\n4.丙\n4.丁\n5.戊")
    assert [(broken.mark.number, broken.expected) for broken in outline.breaks] == [(4, 3), (4, 5)]
    assert [item.text.strip() for item in outline.root.items] == ["甲", "乙", "丙", "丁", "戊"]


_HAN = "一二三四五六七八九"
_STYLES: dict[str, list[str]] = {
    "一、": [f"{sign}、" for sign in _HAN],
    "（一）": [f"（{sign}）" for sign in _HAN],
    "(一)": [f"({sign})" for sign in _HAN],
    "1.": [f"{number}." for number in range(1, 10)],
    "１．": [f"{sign}．" for sign in "１２３４５６７８９"],
    "1、": [f"{number}、" for number in range(1, 10)],
    "（1）": [f"（{number}）" for number in range(1, 10)],
    "⑴": list("⑴⑵⑶⑷⑸⑹⑺⑻⑼"),
    "①": list("①②③④⑤⑥⑦⑧⑨"),
    "一是": [f"{sign}是" for sign in _HAN],
    "第一，": [f"第{sign}，" for sign in _HAN],
    "第一部分": [f"第{sign}部分 " for sign in _HAN],
}
_USUAL = ["第一部分", "一、", "（一）", "(一)", "第一，", "1.", "１．", "1、", "（1）", "⑴", "①", "一是"]
_GROUPS = [{"（一）", "(一)"}, {"1.", "１．", "1、"}, {"（1）", "⑴"}]
_TEXTS = st.text("甲乙丙丁戊己庚辛壬癸，", min_size=1, max_size=8).map(lambda text: f"{text}。")


@dataclass
class _Written:
    """A tree and how it is written down."""

    tree: list[Any]
    text: str


@st.composite
def _written(draw: st.DrawFn) -> _Written:
    order = draw(st.permutations(list(_STYLES)))
    styles = [
        style
        for at, style in enumerate(order)
        if not any({style, other} <= group for group in _GROUPS for other in order[:at])
    ]
    styles = styles[: draw(st.integers(1, 4))]
    usual = draw(st.booleans())
    if usual:
        styles.sort(key=_USUAL.index)
    whole = draw(st.booleans())  # all on one line
    first = draw(st.integers(1, 4))
    lines: list[str] = []

    def items(depth: int, start: int) -> list[Any]:
        found: list[Any] = []
        for number in range(start, start + draw(st.integers(2, 3))):
            text = draw(_TEXTS)
            lines.append(_STYLES[styles[depth]][number - 1] + text)
            below = items(depth + 1, 1) if depth + 1 < len(styles) and (not usual or draw(st.booleans())) else []
            found.append([text, *below] if below else text)
        return found

    whole_tree = items(0, first)
    return _Written(whole_tree, "".join(lines) if whole else "\n".join(lines))


@settings(max_examples=60, deadline=None)
@given(_written())
def test_what_was_written_in_any_styles_is_read_back(written: _Written) -> None:
    assert tree(written.text) == written.tree


@settings(deadline=None)
@given(st.text("一二三是要、（）()1234.．①②③第部分阶段问题措施：\n。；甲“”《》 "))
def test_no_text_raises_and_none_is_lost(text: str) -> None:
    outline = outline_of(text)

    def whole(item: Item) -> str:
        own = text[item.mark.start : item.mark.end] if item.mark else ""
        return own + item.text + "".join(map(whole, item.items))

    assert sorted(whole(outline.root).replace("\n", "")) == sorted(text.replace("\n", ""))
