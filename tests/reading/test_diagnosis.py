"""People's mistakes get the corrected line; the corrected line is YAML and says the same."""

import pytest
import yaml  # type: ignore[import-untyped]  # its stubs are not among the dev dependencies
from hypothesis import example, given
from hypothesis import strategies as st

from zhenggai.reading.diagnosis import Mistake, mistake_in, mistake_near


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        ("内容：xxx", "内容: xxx"),
        ("- 内容 ： xxx", "- 内容: xxx"),
        ("  佐证：", "  佐证:"),
        ("内容: 甲: 乙", '内容: "甲: 乙"'),
        ("内容：甲: 乙", '内容: "甲: 乙"'),
        ("内容: 甲乙如下:", '内容: "甲乙如下:"'),
        ("内容:xxx", "内容: xxx"),
        ("\t内容: x", "  内容: x"),
        ("\t- 内容：x", "  - 内容: x"),
        ("-\t内容: x", "- 内容: x"),
        ("　　内容: x", "    内容: x"),
        ("-编号: x", "- 编号: x"),
        ("－编号: x", "- 编号: x"),
        ("文号: [2020]12号", '文号: "[2020]12号"'),
        ("内容: *重要", '内容: "*重要"'),
        ("内容: 甲", None),
        ("内容: @全体", '内容: "@全体"'),
        ("内容: - 甲", '内容: "- 甲"'),
        ("内容: ]甲", '内容: "]甲"'),
        ('内容: "甲', '内容: "甲"'),
        ('内容: "甲"乙', '内容: "\\"甲\\"乙"'),
        ("内容: '甲", '内容: "甲"'),
        ('内容: "D:\\文件"', '内容: "D:\\\\文件"'),
        ('内容: "甲: 乙"  # 注', None),
        ("责任单位: [甲, 乙]  # 注", None),
        ("时间:12:30", "时间: 12:30"),
        ("网址:http", "网址: http"),
        ("内容: |", None),
        ("http://x", None),
        ("", None),
        ("  ", None),
        ("\t", None),
        ("内容: 一、加强：甲", None),
        ("- {编号: 1-1-1, 内容: 排查，时限: 3月底前}", "- {编号: 1-1-1, 内容: 排查, 时限: 3月底前}"),
        ("步骤: [{编号: 1-1-1，内容: 排查，整改}]", "步骤: [{编号: 1-1-1, 内容: 排查，整改}]"),
        ("- {编号: 1-1-1, 内容: 排查，整改}", None),
    ],
)
def test_mistake_in(line: str, corrected: str | None) -> None:
    mistake = mistake_in(line)
    assert (mistake.corrected if mistake else None) == corrected


def test_indentation_follows_the_line_above() -> None:
    assert mistake_in("\t\t进度: 40", "- 编号: x") == Mistake(
        "行首的空位要用半角空格，不能用制表符（Tab）或全角空格", "  进度: 40"
    )
    mistake = mistake_in("\t进度: 40", "    - 编号: x")
    assert mistake is not None
    assert mistake.remedy == "正确写法：      进度: 40"


def test_long_lines_are_cut_in_messages() -> None:
    mistake = mistake_in("内容：" + "甲" * 1000)
    assert mistake is not None
    assert len(mistake.remedy) < 250
    assert mistake.remedy.endswith("…")


def test_mistake_near_looks_at_suspects_then_upward() -> None:
    lines = ["- 内容：早的", "- 编号: c", "  内容：xxx", "  日期: d", "  事项: e"]
    assert mistake_near(lines, [3, 4], 1) == (2, Mistake("冒号是全角的", "  内容: xxx"))
    assert mistake_near(lines, [4], 3) is None
    assert mistake_near(lines, [99], 98) is None
    assert mistake_near(lines, [], 0) == (0, Mistake("冒号是全角的", "- 内容: 早的"))


@given(
    st.sampled_from(["", "  ", "- ", "\t", "　　"]),
    st.sampled_from(["内容", "编号"]),
    st.sampled_from([":", ": ", "：", " ： "]),
    st.text(st.characters(whitelist_categories=["L", "N", "P", "S"]) | st.just(" "), max_size=12),
)
@example("\t", "内容", ":", "/")
def test_corrected_line_is_yaml_and_stable(indent: str, key: str, colon: str, value: str) -> None:
    mistake = mistake_in(indent + key + colon + value)
    if mistake is None:
        return
    assert mistake_in(mistake.corrected) is None
    if value.strip() and value.strip()[0] not in "|>#\"'[{!&*-?,]}:" and " #" not in value:
        read = yaml.load(mistake.corrected.strip().removeprefix("- "), Loader=yaml.BaseLoader)
        assert read == {key: value.strip()}
