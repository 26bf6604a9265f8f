"""Entries: fast and careful ways agree, places are exact, and one broken entry costs only itself."""

from collections.abc import Callable
from itertools import pairwise

import pytest
import yaml  # type: ignore[import-untyped]  # its stubs are not among the dev dependencies
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.reading import entry_text
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.libyaml import YamlEvent, libyaml
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.reading.yaml_faults import lines_of

FIRST = "- 编号: a\n  日期: 2020-05-12\n"
LAST = "- 编号: z\n  佐证:\n  - 甲\n  - 乙\n"


def numbers(text: str) -> list[object]:
    return [entry.values.get("编号") for entry in read_entries(text, "f")[0]]


def diagnostics(text: str) -> list[str]:
    return [f"{p.source.line} {p.check}: {p.what} — {p.remedy}" for p in read_entries(text, "f")[1]]


def test_places() -> None:
    text = FIRST + LAST
    assert read_entries(text, "f") == (
        [
            RawEntry({"编号": "a", "日期": "2020-05-12"}, 1, (1, 2), 0, 25),
            RawEntry({"编号": "z", "佐证": ("甲", "乙")}, 3, (3, 4), 25, 51),
        ],
        [],
    )
    last = read_entries(text, "f")[0][1]
    assert (last.line_of("佐证"), last.line_of("缺")) == (4, 3)


@pytest.mark.parametrize("text", ["", "\n\n", "# 注\n", "---\n", "[]", "---\n...\n"])
def test_empty(text: str) -> None:
    assert read_entries(text, "f") == ([], [])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("# 注 - x\n\n---\n- a: 1\n\n# 注\n-   a: 2\n", [(4, "- a: 1\n\n# 注\n"), (7, "-   a: 2\n")]),
        ("-\n  a: 1\n- # - 注\n  # - x\n\n  a: 2\n", [(1, "-\n  a: 1\n"), (3, "- # - 注\n  # - x\n\n  a: 2\n")]),
        ("[{a: 1},\r\n {a: 2}]", [(1, "{a: 1}"), (2, "{a: 2}")]),
        ("- {a: 1}\n- ? a\n  : 2\n", [(1, "- {a: 1}"), (2, "- ? a\n  : 2\n")]),
        ("  - a: 1\r    b: '&'\r  - a: '!'\r", [(1, "- a: 1\r    b: '&'\r  "), (3, "- a: '!'\r")]),
        ("- a: 1\r\n- a: 😀&\r\n", [(1, "- a: 1\r\n"), (2, "- a: 😀&\r\n")]),
    ],
)
def test_odd_but_valid_layouts(text: str, places: list[tuple[int, str]]) -> None:
    found, wrong = read_entries(text, "f")
    assert wrong == []
    assert [(entry.line, text[entry.offset : entry.end]) for entry in found] == places


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        ("- 内容：xxx\n", "3 YAML 写法: 这一条不是“键: 值” — 正确写法：- 内容: xxx"),
        ("- 内容：xxx\n  a: b\n", "3 YAML 写法: 这一条不是“键: 值” — 正确写法：- 内容: xxx"),
        ("- 编号: c\n  内容：xxx\n  日期: d\n", "4 YAML 语法: 冒号是全角的 — 正确写法：内容: xxx"),
        ("- 编号: c\n  内容: 甲: 乙\n", '4 YAML 语法: 内容里又有“: ”，要加英文双引号 — 正确写法：内容: "甲: 乙"'),
        (
            "- 编号: c\n\t进度: 40\n",
            "4 YAML 语法: 行首的空位要用半角空格，不能用制表符（Tab）或全角空格 — 正确写法：  进度: 40",
        ),
        ("- 编号: c\n  进度:40\n  日期: d\n", "4 YAML 语法: 冒号后面缺少空格 — 正确写法：进度: 40"),
        ("- 编号: c\n 日期: x\n", "4 YAML 语法: 缩进不对，或开头缺少“- ” — 每条以“- ”开头，其余各行空两格对齐"),
        (
            '- 编号: "c\n  日期: d\n',
            '3 YAML 语法: 引号没有配对，或引号里的反斜杠、引号外的文字不能识别 — 正确写法：- 编号: "c"',
        ),
        (
            "- 文号: [2020]12号\n",
            '3 YAML 语法: 值的开头是有特殊含义的符号，要加英文双引号 — 正确写法：- 文号: "[2020]12号"',
        ),
        ("- a: &x 1\n", "3 YAML 写法: 不接受锚点（&…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"),
        ("- &x\n  a: 1\n", "3 YAML 写法: 不接受锚点（&…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"),
        ("- a: *x\n", "3 YAML 写法: 不接受引用（*…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"),
        ("- a: [*x]\n", "3 YAML 写法: 不接受引用（*…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"),
        ("- *x\n", "3 YAML 写法: 这一条不是“键: 值” — 每条写成“- 编号: …”，冒号用半角，冒号后空一格"),
        ("- a: !!int 1\n", "3 YAML 写法: 不接受类型标签（!…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"),
        ("- a: 1\n  b: 2\n  a: 3\n", "5 重复的键: “a”在第 3 行和第 5 行重复 — 只保留一行"),
        ("- <<: 1\n", "3 YAML 写法: 不接受合并键“<<” — 把要合并的各项直接写出来"),
        ("- [a]: 1\n", "3 YAML 写法: 键不是文字 — 键只写一个名称，例如“内容: …”"),
        ("- a: {b: c}\n", "3 YAML 写法: “a”下面又分了层，台账条目要平铺 — 值只写文字，或写成“  - 值”的列表"),
        ("- a: [b, [c]]\n", "3 YAML 写法: “a”下面又分了层，台账条目要平铺 — 值只写文字，或写成“  - 值”的列表"),
        ("- - a: b\n", "3 YAML 写法: 这一条不是“键: 值” — 每条写成“- 编号: …”，冒号用半角，冒号后空一格"),
        ("- {}\n", "3 YAML 写法: 这一条不是“键: 值” — 每条写成“- 编号: …”，冒号用半角，冒号后空一格"),
        ("-\n", "3 YAML 写法: 这一条不是“键: 值” — 每条写成“- 编号: …”，冒号用半角，冒号后空一格"),
        ("- a: b\n  c: d\x07\n", "4 文件编码: 有看不见的控制字符 U+0007 — 删去这个字符后重新输入"),
        ("- a: b\u2028c\n", "3 文件编码: 有看不见的控制字符 U+2028 — 删去这个字符后重新输入"),
        ("- a: " + "[" * 1000 + "\n", "3 超出上限: 嵌套超过 16 层 — 减少层级，检查是否多打了 [ 或 {"),
        (
            "- a: 1\n  b: " + "甲" * 65_537 + "\n",
            "4 超出上限: 一个值超过 65536 个字符 — 长材料放在“附件”目录，这里只写摘要；检查引号是否配对",
        ),
    ],
)
def test_a_bad_entry_costs_only_itself(bad: str, expected: str) -> None:
    text = FIRST + bad + LAST
    assert diagnostics(text) == [expected]
    found, _ = read_entries(text, "f")
    assert [entry.values["编号"] for entry in found] == ["a", "z"]
    assert [text[entry.offset : entry.end] for entry in found] == [FIRST, LAST]
    assert found[1].line == 3 + bad.count("\n")


def test_long_entry_of_short_values_is_good() -> None:
    text = "- 编号: a\n" + "".join(f"  k{n}: {'甲' * 1000}\n" for n in range(100))
    found, wrong = read_entries(text, "f")
    assert wrong == []
    assert len(found[0].values) == 101
    assert found[0].lines == tuple(range(1, 102))


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        ("%YAML 1.1\n---\n- 编号: yes\n", ["1 YAML 写法: 不接受 % 开头的指令行 — 删去 %YAML、%TAG 行"], ["yes"]),
        (
            FIRST + "---\n" + LAST,
            ["3 YAML 写法: 一个文件里有多个文档（--- 分隔） — 删去 --- 行，或拆成几个文件"],
            ["a", "z"],
        ),
        ("编号: a\n", ["1 YAML 写法: 台账文件应是条目的列表 — 每条以“- ”开头，其余各行空两格，例如“- 编号: …”"], []),
        ("编号：a\n", ["1 YAML 写法: 台账文件应是条目的列表 — 正确写法：编号: a"], []),
        ("''", ["1 YAML 写法: 台账文件应是条目的列表 — 每条以“- ”开头，其余各行空两格，例如“- 编号: …”"], []),
        (
            "&x\n- 编号: a\n",
            ["1 YAML 写法: 不接受锚点（&…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"],
            ["a"],
        ),
        (
            "!!seq\n- 编号: a\n",
            ["1 YAML 写法: 不接受类型标签（!…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"],
            ["a"],
        ),
    ],
)
def test_frame(text: str, expected: list[str], left: list[str]) -> None:
    assert diagnostics(text) == expected
    assert numbers(text) == left


def test_unclosed_quote_does_not_swallow_the_rest() -> None:
    text = "".join(f"- 编号: {n}\n  内容: {chr(34) if n == 3 else ''}甲\n" for n in range(10))
    assert numbers(text) == [str(n) for n in range(10) if n != 3]
    assert [p.source.line for p in read_entries(text, "f")[1]] == [8]


@pytest.mark.parametrize("bad", ['- 编号: "c\n', "- a: b\n b: c\n", "- 内容：x\n  a: b\n", "- a: [\n"])
def test_many_broken_entries_stay_linear(monkeypatch: pytest.MonkeyPatch, bad: str) -> None:
    """What the parser is given grows with the file, however often it has to begin anew behind a fault."""
    given = 0
    events = libyaml().events

    def counted(text: str) -> Callable[[], YamlEvent]:
        nonlocal given
        given += len(text)
        return events(text)

    def characters(times: int) -> int:
        nonlocal given
        given = 0
        found, wrong = read_entries((FIRST + bad) * times, "f")
        assert len(found) == len(wrong) == times
        return given

    monkeypatch.setattr(entry_text, "libyaml", lambda: libyaml()._replace(events=counted))
    assert characters(4000) < 12 * characters(400)


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_text, "MAX_NODES", 20)
    assert diagnostics("- a: 1\n" * 20) == []
    assert diagnostics("- a: 1\n" * 30) == ["21 超出上限: 内容超过 1000000 项 — 拆成几个文件"]
    assert diagnostics(f"- a: [{'b,' * 30}]\n") == ["1 超出上限: 内容超过 1000000 项 — 拆成几个文件"]
    assert diagnostics(f"- a: {{b: [{'b,' * 30}]}}\n") == ["1 超出上限: 内容超过 1000000 项 — 拆成几个文件"]
    monkeypatch.setattr(entry_text, "MAX_NODES", 1000)
    monkeypatch.setattr(entry_text, "MAX_WRONG", 2)
    for bad in ("- x\n", "- {}\n", "- {\n"):
        assert len(diagnostics(bad * 9)) == 3 + (bad == "- {\n")
        assert any("后面的没有读" in text for text in diagnostics(bad * 9))


@pytest.mark.parametrize("error", [IndexError("x"), AssertionError(), TypeError(), RecursionError()])
def test_any_exception_of_the_parser_is_a_problem(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(_text: str) -> Callable[[], YamlEvent]:
        raise error

    monkeypatch.setattr(entry_text, "libyaml", lambda: libyaml()._replace(events=broken))
    assert {p.split(" ", 1)[1] for p in diagnostics("- a: b\n- c: d\n")} == {
        "YAML 语法: 这里不符合 YAML 的写法 — 对照上下行，检查缩进、冒号和引号"
    }


def test_fast_and_careful_ways_disagreeing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_text, "read_piece", lambda *_: (None, []))
    assert diagnostics("- a: '!'\n") == [
        "1 YAML 写法: 这一条不是“键: 值” — 每条写成“- 编号: …”，冒号用半角，冒号后空一格"
    ]


# --- arbitrary text

yaml_like = st.text(st.sampled_from("ab甲：:-? \n\r\t[]{},&*!|>'\"#%@`<\\\x07\x85\u2028\ufeff0.~") | st.characters())
keys = st.sampled_from(["编号", "日期", "内容", "佐证", "a b", "0123", "yes", "~", "&x", "!t"])
texts = st.text(
    st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="\u2028\u2029\ufeff"), max_size=12
)
entries = st.lists(st.dictionaries(keys, texts | st.lists(texts, max_size=3), min_size=1), max_size=5)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text: str = yaml.safe_dump(draw(entries), allow_unicode=True)
    for _ in range(draw(st.integers(1, 4))):
        at, gone = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        text = text[:at] + draw(yaml_like) + text[at + gone :]
    return text


@given(yaml_like | mutated())
def test_never_raises_and_every_place_is_in_the_file(text: str) -> None:
    found, wrong = read_entries(text, "f")
    count = len(lines_of(text))
    assert all(1 <= p.source.line <= count for p in wrong)
    assert all(0 <= entry.offset < entry.end <= len(text) for entry in found)
    assert all(1 <= line <= count for entry in found for line in (entry.line, *entry.lines))
    assert all(before.end <= after.offset for before, after in pairwise(found))


@given(entries, st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([None, '"', "'"]))
def test_equals_baseloader(data: list[dict[str, object]], flow: bool, end: str, style: str | None) -> None:
    text = yaml.safe_dump(
        data, allow_unicode=True, default_flow_style=flow, sort_keys=False, default_style=style
    ).replace("\n", end)
    if "!!" in text:  # safe_dump tags some quoted scalars
        return
    found, wrong = read_entries(text, "f")
    assert wrong == []
    assert [
        {key: list(value) if isinstance(value, tuple) else value for key, value in entry.values.items()}
        for entry in found
    ] == yaml.load(text, Loader=yaml.BaseLoader)
    for entry in found:
        again, _ = read_entries(text[entry.offset : entry.end].rstrip(" ") if not flow else "", "f")
        assert flow or [one.values for one in again] == [entry.values]
