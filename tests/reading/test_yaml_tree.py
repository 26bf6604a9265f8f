"""Plans as trees: all text, every node with its line, everything hostile refused with its line."""

import sys
from collections.abc import Callable

import pytest
import yaml  # type: ignore[import-untyped]  # its stubs are not among the dev dependencies
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.reading import yaml_tree
from zhenggai.reading.libyaml import MissingParserError, YamlEvent, libyaml
from zhenggai.reading.yaml_faults import lines_of
from zhenggai.reading.yaml_tree import Mapping, Node, Pair, Scalar, Sequence, read_tree


def plain(node: Node | None) -> object:
    """What PyYAML's BaseLoader (all text) would give."""
    if isinstance(node, Mapping):
        return {key: plain(pair.node) for key, pair in node.pairs.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text if node else None


def diagnostics(text: str) -> list[str]:
    return [f"{p.source.line} {p.check}: {p.what} — {p.remedy}" for p in read_tree(text, "f")[1]]


def test_lines_and_columns() -> None:
    text = "编号: jcdj\r\n问题:\r\n- 编号: '4'\r\n  措施: [甲, 乙]\r\n"
    tree, found = read_tree(text, "plans/jcdj.yaml")
    assert found == []
    assert tree == Mapping(
        {
            "编号": Pair(1, Scalar("jcdj", 1, 5, True)),
            "问题": Pair(
                2,
                Sequence(
                    (
                        Mapping(
                            {
                                "编号": Pair(3, Scalar("4", 3, 7, False)),
                                "措施": Pair(4, Sequence((Scalar("甲", 4, 8, True), Scalar("乙", 4, 11, True)), 4, 7)),
                            },
                            3,
                            3,
                        ),
                    ),
                    3,
                    1,
                ),
            ),
        },
        1,
        1,
    )


def test_every_scalar_is_text() -> None:
    text = "[3.10, ~, yes, 0123, 1_000, 2020-02-30, null, '', \"a\\nb\"]"
    assert plain(read_tree(text, "f")[0]) == ["3.10", "~", "yes", "0123", "1_000", "2020-02-30", "null", "", "a\nb"]
    assert plain(read_tree("a:\nb: ''\nc: 12:30\n", "f")[0]) == {"a": "", "b": "", "c": "12:30"}


@pytest.mark.parametrize("text", ["", "\n", "# 注\n", "---\n", "--- \n...\n"])
def test_empty(text: str) -> None:
    assert read_tree(text, "f") == (None, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x b\n", ["1 YAML 写法: 不接受锚点（&…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"]),
        ("a: b\nc: *x\n", ["2 YAML 写法: 不接受引用（*…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"]),
        ("内容: *重要\n", ['1 YAML 语法: 值的开头是有特殊含义的符号，要加英文双引号 — 正确写法：内容: "*重要"']),
        ("内容: &a 甲\n", ['1 YAML 写法: 不接受锚点（&…） — 正确写法：内容: "&a 甲"']),
        ("内容: ! 甲\n", ['1 YAML 写法: 不接受类型标签（!…） — 正确写法：内容: "! 甲"']),
        (
            "a: !!python/object b\n",
            ["1 YAML 写法: 不接受类型标签（!…） — 把内容直接写出来；如果本来就是文字，请加英文双引号"],
        ),
        ("%YAML 1.1\n---\na: yes\n", ["1 YAML 写法: 不接受 % 开头的指令行 — 删去 %YAML、%TAG 行"]),
        ("%TAG ! tag:x\n---\na: yes\n", ["1 YAML 写法: 不接受 % 开头的指令行 — 删去 %YAML、%TAG 行"]),
        ("a: b\n<<: {c: d}\n", ["2 YAML 写法: 不接受合并键“<<” — 把要合并的各项直接写出来"]),
        ("a: b\n---\nc: d\n", ["2 YAML 写法: 一个文件里有多个文档（--- 分隔） — 删去 --- 行，或拆成几个文件"]),
        ("a: b\nc: d\na: e\n", ["3 重复的键: “a”在第 1 行和第 3 行重复 — 只保留一行"]),
        ("? [a]\n: b\nc: d\n", ["1 YAML 写法: 键不是文字 — 键只写一个名称，例如“内容: …”"]),
        ("编号：jcdj\n标题：x\n", ["1 YAML 写法: 整个文件读成了一段文字 — 正确写法：编号: jcdj"]),
        ("''", ["1 YAML 写法: 整个文件读成了一段文字 — 按“键: 值”分行写，冒号用半角，冒号后空一格"]),
        ("a: b\n内容: 甲: 乙\n", ['2 YAML 语法: 内容里又有“: ”，要加英文双引号 — 正确写法：内容: "甲: 乙"']),
        ("a: b\n\x07c: d\n", ["2 文件编码: 有看不见的控制字符 U+0007 — 删去这个字符后重新输入"]),
        ("a: [12:30]\n", ['1 YAML 语法: 方括号或花括号里的值含有冒号 — 给含冒号的值加英文双引号，例如 ["12:30"]']),
        ("a: 'b\nc: d\n", ["1 YAML 语法: 引号没有配对 — 补上另一半引号"]),
        (
            "a: [b\nc: d\n",
            ["1 YAML 语法: 方括号或花括号没有配对 — 补上另一半括号；如果括号是文字的一部分，整个值加英文双引号"],
        ),
        ("a: \ud800", ["1 文件编码: 有看不见的控制字符 U+D800 — 删去这个字符后重新输入"]),
    ],
)
def test_refused(text: str, expected: list[str]) -> None:
    assert diagnostics(text) == expected


def test_what_is_refused_is_left_out_and_the_rest_stays() -> None:
    tree, _ = read_tree("a: 1\nb: *x\n[c]: 2\na: 3\n*y : 4\n<<: 5\nd: [*z, 6]\ne: &w 7\n", "f")
    assert plain(tree) == {"a": "1", "d": ["6"], "e": "7"}


def test_alias_bomb_is_not_expanded() -> None:
    rows = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    tree, found = read_tree("\n".join(rows), "f")
    assert isinstance(tree, Mapping)
    assert len(found) == 40 + 2 * 39


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("depth", [17, 1000, 200_000])
def test_nesting(opening: str, depth: int) -> None:
    tree, found = read_tree(opening * depth, "f")
    assert tree is None
    assert [p.what for p in found] == ["嵌套超过 16 层"]


def test_sixteen_levels_are_fine() -> None:
    assert read_tree("[" * 16 + "x" + "]" * 16, "f")[1] == []


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert diagnostics("a: " + "甲" * 65_536) == []
    assert diagnostics("b: c\na: " + "甲" * 65_537)[0].startswith("2 超出上限: 一个值超过 65536 个字符")
    monkeypatch.setattr(yaml_tree, "MAX_NODES", 10)
    assert diagnostics("[1, 2, 3, 4, 5, 6, 7, 8, 9]") == []
    assert diagnostics("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]")[0].startswith("1 超出上限")
    monkeypatch.setattr(yaml_tree, "MAX_WRONG", 2)
    assert [text[:2] for text in diagnostics("a: &a\nb: &b\nc: &c\nd: &d\n")] == ["1 ", "2 ", "3 "]


@pytest.mark.parametrize("error", [IndexError("x"), AssertionError(), TypeError(), RecursionError(), MemoryError()])
def test_any_exception_of_the_parser_is_a_problem(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(_text: str) -> Callable[[], YamlEvent]:
        raise error

    monkeypatch.setattr(yaml_tree, "libyaml", lambda: libyaml()._replace(events=broken))
    assert diagnostics("a: b\n") == ["1 YAML 语法: 这里不符合 YAML 的写法 — 对照上下行，检查缩进、冒号和引号"]


def test_missing_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    libyaml.cache_clear()
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    with pytest.raises(MissingParserError, match="oldlibyaml"):
        read_tree("a: b", "f")


yaml_like = st.text(st.sampled_from("ab甲：:-? \n\r\t[]{},&*!|>'\"#%@`<\\\x07\x85\u2028\ufeff0.~") | st.characters())


@given(yaml_like)
def test_never_raises_and_every_line_is_in_the_file(text: str) -> None:
    _, found = read_tree(text, "f")
    assert all(1 <= p.source.line <= len(lines_of(text)) for p in found)


texts = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=8)


@given(
    st.dictionaries(
        texts,
        st.recursive(
            texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
        ),
        max_size=4,
    )
)
def test_equals_baseloader(data: dict[str, object]) -> None:
    text = yaml.dump(data, allow_unicode=True, Dumper=yaml.SafeDumper)
    data_again = yaml.load(text, Loader=yaml.BaseLoader)
    tree, found = read_tree(text, "f")
    if not found:
        assert plain(tree) == data_again
    else:
        assert all(p.what.startswith(("有看不见", "不接受合并", "嵌套")) or "!" in text for p in found)


@pytest.mark.parametrize("zone", ["+06:00", "-3:30"])
@pytest.mark.parametrize(
    "text",
    ["规则: {{时区: {}}}\n", "规则: {{时区: {}, 名称: 江津}}\n", "规则:\n  时区: {}\n", '规则: {{时区: "{}"}}\n'],
)
def test_a_time_zone_may_stand_in_brackets(text: str, zone: str) -> None:
    node, diagnostics = read_tree(text.format(zone), "p.yaml")
    assert diagnostics == []
    assert isinstance(node, Mapping)
    rules = node.pairs["规则"].node
    assert isinstance(rules, Mapping)
    found = rules.pairs["时区"].node
    assert isinstance(found, Scalar)
    assert found.text == zone
    assert text.format(zone)[found.start : found.end].strip('"') == zone


@pytest.mark.parametrize("amount", ["1,200.5万元", "1,234,567元", "12,000 亿"])
@pytest.mark.parametrize(
    "text",
    ["甲: {{问题金额: {}}}\n", "甲: {{问题金额: {}, 名称: 乙}}\n", "甲:\n  问题金额: {}\n", '甲: {{问题金额: "{}"}}\n'],
)
def test_an_amount_with_separators_may_stand_in_brackets(text: str, amount: str) -> None:
    node, diagnostics = read_tree(text.format(amount), "p.yaml")
    in_brackets = "{问" in text.format(amount) and '"' not in text
    said = f"花括号里的“{amount}”有逗号，编辑器会标红 — 写成 {amount.replace(',', '')}，或加引号"
    assert [f"{d.what} — {d.remedy}" for d in diagnostics] == ([said] if in_brackets else [])
    assert isinstance(node, Mapping)
    measure = node.pairs["甲"].node
    assert isinstance(measure, Mapping)
    found = measure.pairs["问题金额"].node
    assert isinstance(found, Scalar)
    assert found.text == amount
    assert text.format(amount)[found.start : found.end].strip('"') == amount


@pytest.mark.parametrize("pair", ["整改金额: 1,200.5万元", "现: 8,000万元", "问题金额: 1,200,000"])
def test_any_amount_with_separators_is_one_value_in_brackets(pair: str) -> None:
    node, _ = read_tree(f"甲: {{{pair}, 名称: 乙}}\n", "p.yaml")
    assert isinstance(node, Mapping)
    inner = node.pairs["甲"].node
    assert isinstance(inner, Mapping)
    key, _, text = pair.partition(": ")
    assert [(key, pair.node.text) for key, pair in inner.pairs.items() if isinstance(pair.node, Scalar)] == [
        (key, text),
        ("名称", "乙"),
    ]
