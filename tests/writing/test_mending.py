"""Known mistakes are corrected line by line, each entry for itself; what could be read says the same afterwards."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from random_entries import entries
from zhenggai.model.entries import ENTRY_CLASSES, Entry
from zhenggai.model.numbers import entry_number
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.typed_entries import type_entry
from zhenggai.writing.mend import Mended, mended_entries, mended_tree

GOOD = """\
- 编号: 20200512-k3f9x2ab
  日期: 2020-05-12
  措施: 3-2
  事项: 进展
  内容: 甲
  填报人: 办公室
"""
OTHER = GOOD.replace("2ab", "2ac")


def drawn(above: str) -> str:
    return entry_number(date(2020, 7, 1), 34200, 7, above)


def mended(text: str) -> Mended:
    return mended_entries(text, "l.yaml", drawn)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  事项: 进展", "  事项：进展"),
        ("  事项: 进展", "\t事项: 进展"),
        ("  事项: 进展", "　　事项 ： 进展"),
        ("  事项: 进展", "  事项:进展"),
        ("- 编号: 20200512-k3f9x2ac", "-编号: 20200512-k3f9x2ac"),
        ("- 编号: 20200512-k3f9x2ac", "－编号：20200512-k3f9x2ac"),
        ('  内容: "甲: 乙"', "  内容: 甲: 乙"),
        ('  内容: "甲"', '  内容: "甲'),
        ('  内容: "*甲"', "  内容: *甲"),
        ('  内容: "[甲]乙"', "  内容: [甲]乙"),
        ('  内容: "D:\\\\文件"', '  内容: "D:\\文件"'),
        ("  事项: 进展\n  内容: 甲", "\t事项：进展\n\t\t内容:甲"),
    ],
)
def test_a_known_mistake_is_corrected_and_its_neighbours_stay(old: str, new: str) -> None:
    right = OTHER.replace("  内容: 甲", old) if old.startswith("  内容") else OTHER
    wrong = right.replace(old, new)
    assert wrong != right
    result = mended(GOOD + wrong + GOOD)
    assert result.text == GOOD + right + GOOD
    assert [line.split(maxsplit=1)[1][0] for line in result.corrections] == ["-", "+"] * (1 + new.count("\n"))


def test_corrections_name_line_old_and_new() -> None:
    result = mended(GOOD + OTHER.replace("事项: ", "事项：").replace("- 编号: 20200512-k3f9x2ac\n  ", "- "))
    assert result.corrections == (
        "    7 - - 日期: 2020-05-12",
        "    7 + - 编号: 20200701-cnan0007",
        "    8 +   日期: 2020-05-12",
        "    9 -   事项：进展",
        "   10 +   事项: 进展",
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (GOOD.replace("编号: 20200512-k3f9x2ab\n  ", ""), GOOD.replace("20200512-k3f9x2ab", "20200701-cnan0007")),
        (
            "- {日期: 2020-05-12, 措施: 3-2, 事项: 进展, 内容: 甲, 填报人: 办公室}\n",
            "- {编号: 20200701-cnan0007, 日期: 2020-05-12, 措施: 3-2, 事项: 进展, 内容: 甲, 填报人: 办公室}\n",
        ),
        (
            GOOD.replace("20200512-k3f9x2ab", "20200701-zzzz0000")
            + GOOD.replace("编号: 20200512-k3f9x2ab\n  ", "") * 2,
            GOOD.replace("20200512-k3f9x2ab", "20200701-zzzz0000")
            + GOOD.replace("20200512-k3f9x2ab", "20200701-zzzz0001")
            + GOOD.replace("20200512-k3f9x2ab", "20200701-zzzz0002"),
        ),
    ],
)
def test_an_entry_without_a_number_gets_one_above_those_of_its_file(wrong: str, right: str) -> None:
    assert mended(wrong).text == right


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD + "# 注：甲\n",
        GOOD.replace("  内容: 甲", "  内容: |\n    要求：严格\n   乙: ["),
        GOOD.replace("编号: 20200512-k3f9x2ab\n  日期: 2020-05-12", "内容: 甲"),  # lacks more than its number
        GOOD.replace("内容: 甲", "内容: 甲\x07") + OTHER.replace("事项: ", "事项："),
        GOOD.replace("内容: 甲", '内容: "甲\n- 乙"') + OTHER.replace("事项: ", "事项："),  # a line that begins no entry
        "内容：甲\n",
        "",
    ],
)
def test_what_would_not_be_better_stays(text: str) -> None:
    assert mended(text) == Mended(text)


def test_an_entry_that_can_be_read_again_may_have_other_errors() -> None:
    wrong = GOOD.replace("内容: 甲", "内容：甲\n  备注: 乙")
    assert mended(wrong).text == GOOD.replace("内容: 甲", "内容: 甲\n  备注: 乙")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("编号：p\n标题: 甲: 乙\n阶段:\n\t- {编号: 1}\n", '编号: p\n标题: "甲: 乙"\n阶段:\n  - {编号: 1}\n'),
        ("编号: p  # 注\n标题: *甲\n", '编号: p  # 注\n标题: "*甲"\n'),
        (
            "编号: p\n编号: q\n标题：甲\n",
            "编号: p\n编号: q\n标题: 甲\n",
        ),  # the key that is there twice remains to be decided
        ("编号: p\n标题：甲\n x y: [\n", "编号: p\n标题: 甲\n x y: [\n"),
        ("编号: p\n标题: 甲\x07\n问题：乙\n", "编号: p\n标题: 甲\x07\n问题：乙\n"),
    ],
)
def test_a_plan_s_lines(wrong: str, right: str) -> None:
    result = mended_tree(wrong, "plans/p.yaml")
    assert result.text == right
    assert bool(result.corrections) == (wrong != right)


SPOILT = st.sampled_from(
    (
        lambda text: text.replace(": ", "："),
        lambda text: text.replace(": ", ":"),
        lambda text: text.replace("\n  ", "\n\t"),
        lambda text: text.replace("- 编号", "-编号"),
        lambda text: text.replace("\n  日期: ", "\n  日期："),
        lambda text: text.replace('"', "", 1),
        lambda text: text[: len(text) // 2],
        lambda text: text.partition("\n  ")[2],
    )
)


@given(st.lists(st.tuples(st.one_of(*map(entries, ENTRY_CLASSES)), st.none() | SPOILT), min_size=1, max_size=4))
def test_no_entry_that_could_be_read_is_lost_or_altered(written: list[tuple[Entry, object]]) -> None:
    text = "".join(spoil(entry_text(entry)) if callable(spoil) else entry_text(entry) for entry, spoil in written)
    result = mended(text).text
    before, wrong = read_entries(text, "")
    after, left = read_entries(result, "")
    said = [type_entry(raw, "")[0] for raw in after]
    assert all(entry in said for raw in before if (entry := type_entry(raw, "")[0]))
    assert len(left) <= len(wrong)
    assert mended(result).text == result


def test_a_new_number_leaves_that_of_a_clock_ahead_aside() -> None:
    ahead, lacking = GOOD.replace("20200512", "20210512"), GOOD.replace("编号: 20200512-k3f9x2ab\n  ", "")
    text = mended(f"{ahead}{GOOD.replace('20200512', '20200701')}{lacking}").text
    assert [raw.values["编号"] for raw in read_entries(text, "")[0]] == [
        "20210512-k3f9x2ab",
        "20200701-k3f9x2ab",
        "20200701-k3f9x2ac",
    ]


WIDE = """\
编号：zg
标题：整改方案
年度: 2020
印发日期：2020-03-01
审核：{初审：牵头单位，复核: 县委组织部}
阶段：
- {编号：1，名称：集中整改, 时限: 2020年4月至9月}
问题：
- 编号：1
  内容：学习不深入
  措施：
  - 编号：1-1
    内容: 制定：办法，时限：另定
    类别：限期整改
    时限: 2020年6月底前
    牵头单位：县委办公室
    责任单位：[县教育局]
    分工：
      - 单位：县教育局
        责任人：局长
"""
NARROW = """\
编号: zg
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
审核: {初审: 牵头单位, 复核: 县委组织部}
阶段:
- {编号: 1, 名称: 集中整改, 时限: 2020年4月至9月}
问题:
- 编号: 1
  内容: 学习不深入
  措施:
  - 编号: 1-1
    内容: 制定：办法，时限：另定
    类别: 限期整改
    时限: 2020年6月底前
    牵头单位: 县委办公室
    责任单位: [县教育局]
    分工:
      - 单位: 县教育局
        责任人: 局长
"""


def test_wide_colons_of_keys_are_corrected_wherever_they_stand() -> None:
    assert mended_tree(WIDE, "plans/p.yaml").text == NARROW
    assert mended_tree(NARROW, "plans/p.yaml") == Mended(NARROW)
    assert mended_tree("单位:\n- 名称：县教育局\n- 县财政局\n", "plans/units.yaml").text == (
        "单位:\n- 名称: 县教育局\n- 县财政局\n"
    )


def test_lines_around_one_that_cannot_be_corrected_are() -> None:
    text = mended_tree(WIDE.replace("类别：限期整改", "类别 限期整改"), "plans/p.yaml").text
    assert "    类别 限期整改\n" in text
    assert "印发日期: 2020-03-01\n" in text
    assert "    牵头单位: 县委办公室\n    责任单位: [县教育局]\n" in text
