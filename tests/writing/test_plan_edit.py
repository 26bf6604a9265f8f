"""A change is appended to a plan as text: what a person wrote keeps every byte, and reads as before with just the change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_repo import write
from zhenggai.errors import Changed, Unwritable, UsageError
from zhenggai.model.control_texts import with_control
from zhenggai.model.plan import Adjustment, Cancellation, Category, Measure, Plan, Problem
from zhenggai.model.plan_change import Amendment, amended
from zhenggai.reading.load import load_units
from zhenggai.reading.typed import type_tree
from zhenggai.reading.yaml_tree import read_tree
from zhenggai.writing.edit import unit_edit
from zhenggai.writing.edit.edit_text import FileEdit, NotEditable, amended_text, plan_edit
from zhenggai.writing.edit.opening_edit import opened_text

HEAD = "编号: p\n标题: 甲\n年度: 2020\n印发日期: 2020-03-01\n"
ADJUSTMENT = Adjustment(
    date=date(2020, 9, 10),
    recorded=date(2020, 9, 12),
    basis="县组发〔2020〕30号",
    field="时限",
    old=("2020年9月底前",),
    new=("2020年11月底前",),
)
CANCELLATION = Cancellation(date=date(2020, 9, 10), basis="纪要", merged_into="1-2")


def plan_of(text: str) -> Plan:
    tree, faults = read_tree(text, "plans/p.yaml")
    assert tree is not None, faults
    plan, _ = type_tree(Plan, tree, "plans/p.yaml")
    assert isinstance(plan, Plan)
    return plan


def after(text: str, amendment: Amendment) -> str:
    """The text with the change, which must say what the old one said, and the change."""
    new, plan = amended_text(text, "plans/p.yaml", amendment)
    assert plan == plan_of(new) == amended(plan_of(text), amendment)
    return new


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "# 问题\n问题: []\n", HEAD + "期初: 2020-06-30\n# 问题\n问题: []\n"),
        (HEAD.replace("03-01", "03-01  # 约"), HEAD.replace("03-01", "03-01  # 约") + "期初: 2020-06-30\n"),
        (HEAD.removesuffix("\n"), HEAD + "期初: 2020-06-30"),
        (HEAD.replace("\n", "\r\n"), (HEAD + "期初: 2020-06-30\n").replace("\n", "\r\n")),
        (HEAD + "期初: '2020-05-31'   # 去年的台账\n", HEAD + "期初: 2020-06-30   # 去年的台账\n"),
        (
            "{编号: p, 标题: 甲, 年度: 2020, 印发日期: 2020-03-01, 问题: []}\n",
            "{编号: p, 标题: 甲, 年度: 2020, 印发日期: 2020-03-01, 期初: 2020-06-30, 问题: []}\n",
        ),
    ],
)
def test_the_end_of_an_old_ledger_stands_below_the_issue(text: str, expected: str) -> None:
    new, plan = opened_text(text, "plans/p.yaml", date(2020, 6, 30))
    assert new == expected
    assert plan == replace(plan_of(text), opening=date(2020, 6, 30))


def test_a_block_measure_gets_lines_of_its_own_before_the_next() -> None:
    text = HEAD + (
        "问题:\n- 编号: 1\n  内容: 乙\n  措施:\n  - 编号: 1-1\n    内容: 丙\n"
        "    时限: '2020年9月底前'   # 原定\n    # 第二项\n  - {编号: 1-2, 内容: 丁}\n"
    )
    assert after(text, Amendment("1-1", ADJUSTMENT)) == text.replace(
        "# 原定\n",
        "# 原定\n    调整:\n    - 日期: 2020-09-10\n      登记日: 2020-09-12\n      依据: 县组发〔2020〕30号\n"
        "      字段: 时限\n      原: 2020年9月底前\n      现: 2020年11月底前\n",
    )


def test_a_flow_measure_gets_it_before_its_closing_brace() -> None:
    text = HEAD + "问题: [{编号: 1, 内容: 乙, 措施: [{编号: 1-1, 内容: 丙 }, {编号: 1-2, 内容: 丁}]}]  # 完"
    assert after(text, Amendment("1-1", CANCELLATION)) == text.replace(
        "内容: 丙 }", "内容: 丙, 取消: {日期: 2020-09-10, 依据: 纪要, 并入: 1-2} }"
    )


def test_a_second_adjustment_is_written_as_the_first_is() -> None:
    one_line = "    调整:\n      - {日期: 2020-05-01, 依据: 纪要, 字段: 时限, 现: 2020年9月底前}  # 一\n"
    text = (
        HEAD
        + "问题:\n  - 编号: 1\n    内容: 乙\n    措施:\n    - 编号: 1-1\n      内容: 丙\n"
        + one_line.replace("    ", "      ", 1)
    )
    amendment = Amendment("1-1", replace(ADJUSTMENT, basis="甲, 乙"))
    assert after(text, amendment) == text + (
        '      - {日期: 2020-09-10, 登记日: 2020-09-12, 依据: "甲, 乙", 字段: 时限, 原: 2020年9月底前, 现: 2020年11月底前}\n'
    )


def test_a_list_in_brackets_keeps_its_comments_and_trailing_comma() -> None:
    text = HEAD + (
        "问题:\n- 编号: 1\n  内容: 乙\n  措施:\n  - 编号: 1-1\n    内容: 丙\n"
        "    调整: [\n      {日期: 2020-05-01, 依据: 纪要, 字段: 责任人, 现: 甲},  # 一\n    ]\n    责任人: 乙\n"
    )
    assert ", {日期: 2020-09-10" in after(text, Amendment("1-1", ADJUSTMENT))
    assert "},  # 一\n    ]\n    责任人: 乙\n" in after(text, Amendment("1-1", ADJUSTMENT))


def test_a_text_below_its_key_ends_where_it_ends() -> None:
    text = HEAD + "问题:\n- 编号: 1\n  措施:\n  - 编号: 1-1\n    内容: |\n      一行\n\n      二行\n\n  内容: 乙\n"
    assert "      二行\n\n    取消:\n" in after(text, Amendment("1-1", CANCELLATION))


def test_measures_and_problems_are_added_behind_the_last_with_the_files_indentation() -> None:
    text = HEAD + "问题:\n  - 编号: 1\n    内容: 乙\n    措施:\n      - 编号: 1-1\n        内容: 丙\n"
    measure = Measure(
        number="1-2", content="新: 的", units=("县教育局", "各乡镇"), phases=(1,), category=Category.DATED
    )
    assert after(text, Amendment("1", measure)) == text + (
        '      - 编号: 1-2\n        内容: "新: 的"\n        类别: 限期整改\n        责任单位: [县教育局, 各乡镇]\n        阶段: [1]\n'
    )
    problem = Problem(number=2, content="新", since=date(2020, 9, 1), measures=(measure,))
    assert after(text, Amendment("2", problem)) == text + (
        "  - 编号: 2\n    内容: 新\n    自: 2020-09-01\n    措施:\n      - 编号: 1-2\n"
        '        内容: "新: 的"\n        类别: 限期整改\n        责任单位: [县教育局, 各乡镇]\n        阶段: [1]\n'
    )


def test_what_cannot_be_written_so_is_refused_with_the_lines_to_write_by_hand() -> None:
    text = HEAD + "问题:\n- 编号: 1\n  内容: 乙\n  措施:\n  - 编号: 1-1\n    内容: 丙\n    调整: 无\n"
    with pytest.raises(NotEditable, match="请手工在这一项（从第 9 行起）里加上：\n    调整:\n    - 日期: 2020-09-10\n"):
        amended_text(text, "plans/p.yaml", Amendment("1-1", ADJUSTMENT))
    with pytest.raises(NotEditable, match="找不到编号 1-9"):
        amended_text(text, "plans/p.yaml", Amendment("1-9", ADJUSTMENT))
    with pytest.raises(NotEditable, match="读不了"):
        amended_text("- 甲", "plans/p.yaml", Amendment("1-1", ADJUSTMENT))


# --- plans as people may write them

_SPACE = st.sampled_from(["", " ", "   "])
_COMMENT = st.sampled_from(["", "", "  # 注: 一", " #"])
_WORDS = st.sampled_from(['"甲: 乙"', "'丙, 丁'", "甲", "文字 文字", "3-2", '"\\u4e00"', "x#y"])


@st.composite
def measures(draw: st.DrawFn, number: str, indent: int) -> str:
    """A measure as a list item, its dash at ``indent``."""
    keys = {"编号": number, "内容": draw(_WORDS), "时限": "2020年9月底前", "责任单位": "[县教育局, 各乡镇]"}
    if draw(st.booleans()):
        keys["责任人"] = draw(_WORDS)
    earlier = "{日期: 2020-05-01, 依据: 纪要, 字段: 时限, 现: 2020年9月底前}"
    form = draw(st.sampled_from(["无", "无", "块", "括号"]))
    dash = " " * indent + "-" + draw(st.sampled_from([" ", "  "]))
    if draw(st.booleans()):
        if form != "无":
            keys["调整"] = f"[{draw(_SPACE)}{earlier}{draw(_SPACE)}]"
        comma = draw(st.sampled_from([", ", ",", ",\n" + " " * (indent + 4)]))
        body = comma.join(f"{key}: {value}" for key, value in keys.items())
        return f"{dash}{{{body}{draw(_SPACE)}}}{draw(_COMMENT)}\n"
    inner = " " * len(dash)
    if form == "括号":
        keys["调整"] = f"[{earlier}]"
    lines = [f"{key}: {value}{draw(_COMMENT)}\n" for key, value in keys.items()]
    if form == "块":
        lines.append(f"调整:{draw(_COMMENT)}\n{inner}{draw(_SPACE)}- {earlier}{draw(_COMMENT)}\n")
    lines = draw(st.permutations(lines))
    between = draw(st.sampled_from(["", "\n", f"{inner}# 说明\n"]))
    return dash + (between + inner).join(lines)


@st.composite
def plans(draw: st.DrawFn) -> str:
    """A plan of two problems in any of the styles, with any line ends."""
    step = draw(st.sampled_from([0, 2]))
    text = draw(st.sampled_from(["", "# yaml-language-server: x\n"])) + HEAD + "问题:\n"
    for n in (1, 2):
        pad = " " * step
        text += f"{pad}- 编号: {n}{draw(_COMMENT)}\n{pad}  内容: 问题\n{pad}  措施:\n"
        for m in (1, 2):
            text += draw(measures(f"{n}-{m}", 2 * step + 2)) + draw(st.sampled_from(["", "", "\n", "# 分隔\n"]))
    text = text.removesuffix("\n") if draw(st.booleans()) else text
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(lambda t: not t.isspace()) | _WORDS
AMENDMENTS = st.one_of(
    st.builds(
        Amendment,
        st.sampled_from(["1-1", "1-2", "2-1", "2-2"]),
        st.builds(
            replace,
            st.just(ADJUSTMENT),
            basis=TEXTS,
            new=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
            old=st.lists(TEXTS, max_size=2).map(tuple),
        )
        | st.builds(replace, st.just(CANCELLATION), basis=TEXTS),
    ),
    st.builds(
        lambda text, problem: Amendment(str(problem), Measure(number=f"{problem}-3", content=text, units=("甲", "乙"))),
        TEXTS,
        st.sampled_from([1, 2]),
    ),
    st.builds(lambda text: Amendment("3", Problem(number=3, content=text, since=date(2020, 9, 1))), TEXTS),
)


@given(plans(), AMENDMENTS)
def test_every_other_byte_stays(text: str, amendment: Amendment) -> None:
    if any(with_control(amendment.part)):
        with pytest.raises(UsageError, match="里有看不见的控制字符 U\\+"):
            after(text, amendment)
        return
    new = after(text, amendment)
    start = next((n for n, (a, b) in enumerate(zip(text, new, strict=False)) if a != b), len(text))
    assert new.endswith(text[start:])
    assert new.count("\r\n") in (0, new.count("\n"))


# --- the file


def test_the_mark_and_the_missing_line_end_of_a_file_stay(tmp_path: Path) -> None:
    text = HEAD + "问题:\n- 编号: 1\n  内容: 乙\n  措施:\n  - 编号: 1-1\n    内容: 丙"
    data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    root = write(tmp_path, {"plans/p.yaml": data})
    edit = plan_edit(root, "plans/p.yaml", Amendment("1-1", CANCELLATION))
    edit.write(root)
    new = (root / "plans/p.yaml").read_bytes()
    assert new == data + "\r\n    取消:\r\n      日期: 2020-09-10\r\n      依据: 纪要\r\n      并入: 1-2".encode()
    assert edit.lines() == [
        "   11 +     取消:",
        "   12 +       日期: 2020-09-10",
        "   13 +       依据: 纪要",
        "   14 +       并入: 1-2",
    ]


def test_a_file_that_changed_since_is_left_alone(tmp_path: Path) -> None:
    text = HEAD + "问题:\n- 编号: 1\n  内容: 乙\n  措施:\n  - 编号: 1-1\n    内容: 丙\n"
    root = write(tmp_path, {"plans/p.yaml": text})
    edit = plan_edit(root, "plans/p.yaml", Amendment("1-1", CANCELLATION))
    write(root, {"plans/p.yaml": text + "# 改过\n"})
    with pytest.raises(Changed):
        edit.write(root)
    assert (root / "plans/p.yaml").read_text("utf-8") == text + "# 改过\n"


def test_another_encoding_is_not_edited(tmp_path: Path) -> None:
    root = write(tmp_path, {"plans/p.yaml": HEAD.encode("gbk")})
    with pytest.raises(Unwritable, match="编码不是 UTF-8"):
        plan_edit(root, "plans/p.yaml", Amendment("1-1", CANCELLATION))


# --- the unit book

UNITS = """\
单位:
- 名称: 甲局   # 县直
  简称: [甲]
- {名称: 乙局, 曾用名: [老乙局]}
- 名称: 丙局
  曾用名: 老丙局
"""


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            lambda root, units: unit_edit.renamed(root, units.by_name["甲"], "甲委", "2020-07-01 由甲局更名"),
            UNITS.replace("甲局 ", "甲委 ").replace("[甲]\n", "[甲]\n  曾用名: [甲局]\n"),
        ),
        (
            lambda root, units: unit_edit.renamed(root, units.by_name["乙局"], "乙委", "2020-07-01 由乙局更名"),
            UNITS.replace("{名称: 乙局", "{名称: 乙委").replace(
                "[老乙局]}", "[老乙局, 乙局]}  # 2020-07-01 由乙局更名"
            ),
        ),
        (
            lambda root, units: unit_edit.renamed(root, units.by_name["丙局"], "丙委", "2020-07-01 由丙局更名"),
            UNITS.replace("名称: 丙局", "名称: 丙委  # 2020-07-01 由丙局更名").replace("老丙局", "[老丙局, 丙局]"),
        ),
        (
            lambda root, units: unit_edit.merged(root, units.by_name["乙局"], units.by_name["甲局"], date(2020, 10, 1)),
            UNITS.replace("[老乙局]}", "[老乙局], 止: 2020-09-30, 并入: 甲局}"),
        ),
        (
            lambda root, units: unit_edit.added(root, replace(units.by_name["甲局"], name="丁局", short_names=())),
            UNITS + "- 名称: 丁局\n",
        ),
    ],
)
def test_the_unit_book_is_edited_as_text(tmp_path: Path, edit: Callable[..., FileEdit], expected: str) -> None:
    root = write(tmp_path, {"plans/units.yaml": UNITS})
    units, diagnostics = load_units(root)
    assert diagnostics == []
    made = edit(root, units)
    made.write(root)
    assert (root / "plans/units.yaml").read_text("utf-8") == expected
    assert load_units(root) == (made.value, [])
