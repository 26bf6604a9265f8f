"""Ledgers as drafts: which rows are one problem and one measure, what their cells say, and what a person must look at."""

from datetime import date
from decimal import Decimal

import pytest
from sheets import sheet

from zhenggai.importing.content import Cell, Row, Sheet
from zhenggai.importing.draft import Draft
from zhenggai.importing.sheets.plan_sheet import draft_of_records
from zhenggai.importing.sheets.records import records_of


def drafted(*texts: str, year: int | None = 2020) -> Draft:
    """The draft of the sheets with these rows."""
    tables = [table for n, text in enumerate(texts, 1) for table in records_of(sheet(text, f"表{n}"))]
    return draft_of_records(tables, "台账.xlsx", year=year)


def tree(draft: Draft) -> list[tuple[int | None, str, list[str]]]:
    """The problems with the contents of their measures."""
    return [(p.number, p.title, [m.content for m in p.measures]) for p in draft.problems]


def abouts(draft: Draft) -> list[tuple[str, str]]:
    """The place and subject of each doubt."""
    return [(doubt.place.cell, doubt.about) for doubt in draft.doubts]


def test_merged_and_empty_problems_go_on() -> None:
    draft = drafted(
        """
        序号 | 存在问题 | 整改措施 | 责任单位 | 时限
        1 | 甲 | 一 | 教育局 | 6月底前
        ↑ | ↑ | 二 | 教育局 | 6月底前
        2 | 乙 | 三 | 教育局 | 6月底前
          |    | 四 | 教育局 | 6月底前
        """
    )
    assert tree(draft) == [(1, "甲", ["一", "二"]), (2, "乙", ["三", "四"])]


@pytest.mark.parametrize("again", ["甲情况（续）", "（续）", "（续）甲情况", "续表：甲情况", "甲情况"])
def test_a_problem_that_is_named_again_goes_on(again: str) -> None:
    draft = drafted(
        f"""
        存在问题 | 整改措施 | 责任单位 | 时限
        甲情况 | 一 | 教育局 | 6月底前
        {again} | 二 | 教育局 | 6月底前
        """
    )
    assert tree(draft) == [(1, "甲情况", ["一", "二"])]


def test_numbers_of_rows_are_no_numbers_of_problems() -> None:
    draft = drafted(
        """
        序号 | 存在问题 | 整改措施 | 责任单位 | 时限
        1 | 甲 | 一 | 教育局 | 6月底前
        2 | ↑ | 二 | 教育局 | 6月底前
        3 | 乙 | 三 | 教育局 | 6月底前
        """
    )
    assert [problem.number for problem in draft.problems] == [1, 2]


def test_numbers_of_problems_stay() -> None:
    draft = drafted(
        """
        序号 | 存在问题 | 整改措施 | 责任单位 | 时限
        3 | 甲 | 一 | 教育局 | 6月底前
        7 | 乙 | 二 | 教育局 | 6月底前
        """
    )
    assert [(p.number, [m.number for m in p.measures]) for p in draft.problems] == [(3, ["3-1"]), (7, ["7-1"])]


def test_several_sheets_are_one_list() -> None:
    rows = """
        序号 | 存在问题 | 整改措施 | 责任单位 | 时限
        1 | {} | 一 | 教育局 | 6月底前
        """
    draft = drafted(rows.format("甲"), rows.format("乙"))
    assert [(p.number, p.title, p.place.sheet) for p in draft.problems] == [(1, "甲", "表1"), (2, "乙", "表2")]


def test_rows_of_one_measure_give_it_to_several_units() -> None:
    draft = drafted(
        """
        存在问题 | 整改措施 | 责任单位 | 责任人 | 时限
        甲 | 一 | 教育局 | 张三 | 6月底前
        ↑ | ↑ | 财政局 | 李四 | 6月底前
        ↑ |   | 民政局 | 张三 | 9月底前
        """
    )
    (measure,) = draft.problems[0].measures
    assert (measure.units, measure.person, measure.deadline) == (
        ("教育局", "财政局", "民政局"),
        "张三、李四",
        "6月底前",
    )
    assert abouts(draft)[0] == ("E4", "各行的时限不同")


@pytest.mark.parametrize(
    ("cell", "lead", "units"),
    [
        ("教育局、财政局，民政局；城关镇", (), ("教育局", "财政局", "民政局", "城关镇")),
        ("教育局 财政局\\n民政局", (), ("教育局", "财政局", "民政局")),
        ("牵头单位:教育局、财政局；责任单位:民政局", ("教育局", "财政局"), ("民政局",)),
        ("教育局（牵头）、财政局", ("教育局",), ("财政局",)),
        ("/", (), ()),
    ],
)
def test_units_in_a_cell(cell: str, lead: tuple[str, ...], units: tuple[str, ...]) -> None:
    draft = drafted(f"存在问题 | 整改措施 | 责任单位 | 时限\n甲 | 一 | {cell} | 6月底前")
    (measure,) = draft.problems[0].measures
    assert (measure.lead, measure.units) == (lead, units)


def test_a_joint_column_has_units_and_persons() -> None:
    draft = drafted("存在问题 | 整改计划 | 整体牵头部门/负责人 | 整改时限\n甲 | 一 | 县委宣传部/周某 | 6月底前")
    (measure,) = draft.problems[0].measures
    assert (measure.lead, measure.person) == (("县委宣传部",), "周某")


def test_same_as_above() -> None:
    draft = drafted("存在问题 | 整改措施 | 责任单位 | 时限\n甲 | 一 | 教育局 | 6月底前\n乙 | 二 | 同上 | 〃")
    measure = draft.problems[1].measures[0]
    assert (measure.units, measure.deadline) == (("教育局",), "6月底前")


@pytest.mark.parametrize(
    ("cell", "words", "due"),
    [
        (Cell("2020/5/31", date(2020, 5, 31)), "2020/5/31", date(2020, 5, 31)),
        (Cell("5月31日", date(2021, 5, 31)), "2021年5月31日", date(2021, 5, 31)),
        (Cell("43982", Decimal(43982)), "2020年5月31日", date(2020, 5, 31)),
        (Cell("43982"), "2020年5月31日", date(2020, 5, 31)),
        (Cell("2020.5", Decimal("2020.5")), "2020年5月", date(2020, 5, 31)),
        (Cell("2020.12"), "2020.12", date(2020, 12, 31)),
        (Cell("20200531"), "20200531", date(2020, 5, 31)),
        (Cell("长期坚持"), "长期坚持", None),
    ],
)
def test_deadlines(cell: Cell, words: str, due: date | None) -> None:
    heads = tuple(map(Cell, ("存在问题", "整改措施", "责任单位", "完成时限")))
    rows = (Row(1, heads), Row(2, (Cell("甲"), Cell("一"), Cell("教育局"), cell)))
    (measure,) = draft_of_records(records_of(Sheet("台账", rows)), "台账.xlsx").problems[0].measures
    assert (measure.deadline, measure.due) == (words, due)


def test_a_year_that_nobody_wrote_is_told() -> None:
    rows = "存在问题 | 整改措施 | 责任单位 | 时限\n甲 | 一 | 教育局 | 2021年6月底前\n↑ | 二 | 教育局 | 9月底前"
    draft = drafted(rows, year=None)
    assert (draft.year, draft.problems[0].measures[1].due) == (2021, date(2021, 9, 30))
    assert abouts(draft) == [("D3", "年份推得")]
    assert drafted(rows, year=2022).doubts == ()


def test_a_list_in_a_cell_is_several_measures() -> None:
    draft = drafted(
        "存在问题 | 整改措施 | 责任单位 | 时限\n甲 | 1.开会；2.发文。 | 教育局 | 6月底前\n乙 | ①学②查 | 教育局 | 6月底前"
    )
    assert tree(draft) == [(1, "甲", ["开会", "发文。"]), (2, "乙", ["学", "查"])]


def test_what_a_measure_lacks() -> None:
    draft = drafted("存在问题 | 整改措施 | 责任单位 | 时限\n甲 | 一 | | 9月份\n乙 | 二 | 教育局 | \n丙 | | | ")
    assert abouts(draft) == [("B2", "没有写责任单位"), ("B3", "没有写时限"), ("A4", "没有写整改措施")]


def test_a_day_that_does_not_exist() -> None:
    draft = drafted("存在问题 | 整改措施 | 责任单位 | 时限\n甲 | 一 | 教育局 | 2020年2月30日")
    assert abouts(draft) == [("D2", "时限有误")]


def test_hidden_struck_and_uncalculated() -> None:
    draft = drafted(
        """
        序号 | 存在问题 | 整改措施 | 责任单位 | 时限
        1 | 甲 | 一 | 教育局 | 6月底前
        -2 | 乙 | 二 | 教育局 | 6月底前
        3 | ~~丙~~ | ~~三~~ | ~~教育局~~ | ~~6月底前~~
        4 | 丁 | ~~四~~ | 教育局 | 6月底前
        5 | = | 五 | 教育局 | 6月底前
        """
    )
    assert [problem.title for problem in draft.problems] == ["甲", "乙", "丙", "丁", "（B6的公式没有算出结果）"]
    assert abouts(draft) == [
        ("A3", "隐藏的行也读了"),
        ("A4", "划去的行也读了"),
        ("C5", "划去的格也读了"),
        ("B6", "公式没有算出结果"),
    ]


def test_headings_above_problems() -> None:
    draft = drafted(
        """
        反馈重点方面 | 反馈重点内容 | 反馈具体问题 | 整改计划 | 牵头部门 | 整改时限
        党的领导 | 学习 | 甲 | 一 | 宣传部 | 6月底前
        ↑ | ↑ | 乙 | 二 | 宣传部 | 6月底前
        ↑ | 落实 | 丙 | 三 | 宣传部 | 6月底前
        党的建设 | 组织 | 丁 | 四 | 组织部 | 6月底前
        """
    )
    assert [problem.aspects for problem in draft.problems] == [
        ("党的领导", "学习"),
        ("党的领导", "学习"),
        ("党的领导", "落实"),
        ("党的建设", "组织"),
    ]


def test_a_line_over_the_whole_table_is_a_heading() -> None:
    draft = drafted(
        """
        序号 | 存在问题 | 整改措施 | 责任单位 | 时限
        一、党的建设方面 | ← | ← | ← | ←
        1 | 甲 | 一 | 教育局 | 6月底前
        二、作风方面 | | | |
        2 | 乙 | 二 | 教育局 | 6月底前
        """
    )
    assert [problem.aspects for problem in draft.problems] == [("一、党的建设方面",), ("二、作风方面",)]


def test_layout_c_has_deadlines_of_problems_and_measures() -> None:
    draft = drafted(
        """
        序号|问题来源|问题类别|具体问题表述|整改类型|整改要求|整改时限|整改完成标准|细化的整改措施|对应的完成时间|整改第一责任人|牵头整改部门责任人|已采取的整改措施|未整改到位原因及下一步计划|是否已完成整改|是否销号
        1|审计|共性|甲|限期|规范|2020年12月底前|齐全|一|2020-06-30|局长|教育局 办公室主任|已做||是|否
        ↑|↑|↑|↑|↑|↑|↑|↑|二| |局长|教育局 办公室主任|||否|否
        """
    )
    (problem,) = draft.problems
    assert (problem.deadline, problem.nature, problem.sources, problem.goal) == (
        "2020年12月底前",
        "共性",
        ("审计",),
        "规范",
    )
    assert [(m.deadline, str(m.due)) for m in problem.measures] == [("2020-06-30", "2020-06-30"), (None, "2020-12-31")]
    assert [(m.units, m.person) for m in problem.measures] == [(("教育局",), "办公室主任")] * 2


def test_layout_d_is_what_was_done() -> None:
    draft = drafted(
        """
        序号|单位|问题类别|存在问题|采取的整改措施|整改期限|整改责任人|整改情况|完成时间|复查人|备注
        1|城关镇|环境|甲|清运|2020.5.20|镇长|已整改|2020.5.18||
        """
    )
    (problem,) = draft.problems
    (measure,) = problem.measures
    assert (problem.aspects, measure.content, measure.units, str(measure.due)) == (
        ("环境",),
        "清运",
        ("城关镇",),
        "2020-05-20",
    )
