"""Whole workbooks, from their bytes to problems, entries and doubts."""

from collections.abc import Callable

import pytest
import workbooks

from zhenggai.importing.formats.excel_file import read_excel
from zhenggai.importing.sheets.foreign_ledger import ForeignLedger, foreign_ledger


def ledger(make: Callable[[], bytes]) -> ForeignLedger:
    """A workbook, recognised."""
    return foreign_ledger(read_excel(make()), "台账.xlsx")


def tree(found: ForeignLedger) -> list[tuple[str, list[str]]]:
    """The problems with the contents of their measures."""
    return [(problem.title, [measure.content for measure in problem.measures]) for problem in found.draft.problems]


def doubts(found: ForeignLedger) -> list[tuple[str, str]]:
    """Where each doubt is, and what about."""
    return [(f"{doubt.place.sheet}!{doubt.place.cell}", doubt.about) for doubt in found.doubts]


@pytest.mark.parametrize(
    ("make", "kind", "layout"),
    [
        (workbooks.layout_a, "方案", "A"),
        (workbooks.layout_b, "方案", "B"),
        (workbooks.layout_c, "方案", "C"),
        (workbooks.layout_d, "方案", "D"),
        (workbooks.layout_e, "统计", "E"),
        (workbooks.nasty_rows, "方案", "自定"),
        (workbooks.nasty_values, "方案", "自定"),
        (workbooks.nasty_places, "方案", "自定"),
    ],
)
def test_kind_and_layout(make: Callable[[], bytes], kind: str, layout: str) -> None:
    found = ledger(make)
    assert (found.kind, found.layout) == (kind, layout)


def test_layout_a() -> None:
    found = ledger(workbooks.layout_a)
    assert tree(found) == [("学习走过场", ["每月集中学一次", "每季度测试一次"]), ("考勤不严", ["修订考勤办法"])]
    assert [str(m.due) for p in found.draft.problems for m in p.measures] == ["2020-06-30", "None", "2020-09-30"]
    assert found.draft.problems[0].measures[0].units == ("办公室", "人事股")
    assert doubts(found) == [("Sheet!A7", "跳过落款")]


def test_layout_b() -> None:
    found = ledger(workbooks.layout_b)
    assert [(problem.aspects, problem.title) for problem in found.draft.problems] == [
        (("党的建设", "组织生活"), "主题党日走过场"),
        (("党的建设", "发展党员"), "材料不全"),
    ]
    assert [(row.kind, row.text("内容"), row.text("进度")) for row in found.entries.rows] == [
        ("进展", "内容已统一", "40"),
        ("完成", "抽查12个支部", ""),
    ]


def test_layout_c() -> None:
    found = ledger(workbooks.layout_c)
    (problem,) = found.draft.problems
    assert (problem.deadline, [str(m.due) for m in problem.measures]) == ("2020年9月底前", ["2020-06-30", "2020-08-31"])
    assert [(m.units, m.person) for m in problem.measures] == [(("县财政局",), "国库股股长")] * 2
    assert [(row.kind, row.text("内容"), row.text("原因")) for row in found.entries.rows] == [
        ("完成", "已缴库", ""),
        ("进展", "已起草", "等审议"),
    ]
    assert ("Sheet!P2", "已销号的记为完成") in doubts(found)


def test_layout_d() -> None:
    found = ledger(workbooks.layout_d)
    (row,) = found.entries.rows
    assert (row.kind, row.text("日期"), row.text("内容")) == ("完成", "2020-05-18", "增加两台清运车")


def test_rows_that_are_hard_to_read() -> None:
    found = ledger(workbooks.nasty_rows)
    assert tree(found) == [
        ("主题党日走过场", ["统一内容", "每月抽查"]),
        ("收缴不及时", ["线上缴纳"]),
        ("材料不全", ["全面审核"]),
        ("补贴发放迟", ["按月发放"]),
    ]
    assert [(sheet.name, sheet.used) for sheet in found.sheets] == [
        ("党建", True),
        ("业务", True),
        ("说明", False),
        ("旧表", False),
    ]
    assert set(doubts(found)) >= {
        ("旧表!", "隐藏的工作表没有读"),
        ("党建!A6", "跳过合计行"),
        ("党建!A7", "跳过重复的表头"),
        ("党建!A9", "隐藏的行也读了"),
        ("党建!A10", "划去的行也读了"),
        ("党建!A11", "跳过注"),
    }


def test_values_that_are_hard_to_read() -> None:
    found = ledger(workbooks.nasty_values)
    measures = [measure for problem in found.draft.problems for measure in problem.measures]
    assert [str(measure.due) for measure in measures] == [
        "2020-06-30",
        "2020-05-31",
        "2020-05-31",
        "2020-08-15",
        "None",
    ]
    assert [(measure.lead, measure.units) for measure in measures] == [
        ((), ("县交通局", "城关镇")),
        ((), ("县城管局", "县住建局")),
        (("县住建局",), ("县财政局", "县水利局")),
        ((), ("县城管局", "县林业局")),
        ((), ("县公安局", "县城管局")),
    ]
    assert measures[3].content == "（B5的公式没有算出结果）"
    assert [row.text("进度") for row in found.entries.rows] == ["80", "100", "50"]
    assert set(doubts(found)) >= {
        ("Sheet!B5", "公式没有算出结果"),
        ("Sheet!F5", "公式没有算出结果"),
        ("Sheet!D4", "时限要看一眼"),
        ("Sheet!D6", "时限有误"),
    }


def test_a_sheet_for_each_unit() -> None:
    found = ledger(workbooks.nasty_places)
    assert [(p.title, [(m.content, m.units) for m in p.measures]) for p in found.draft.problems] == [
        ("城关镇路灯不亮", [("更换", ("城关镇",)), ("巡查。", ("城关镇",))]),
        ("河东乡路灯不亮", [("更换", ("河东乡",)), ("巡查。", ("河东乡",))]),
    ]
    assert (str(found.day), found.draft.year) == ("2020-06-20", 2020)
    assert doubts(found)[:2] == [("城关镇!A8", "没有读的表格"), ("河东乡!A8", "没有读的表格")]
