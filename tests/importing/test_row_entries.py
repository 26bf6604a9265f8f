"""Rows of an old ledger as entries."""

from datetime import date

import pytest
from sheets import sheet

from zhenggai.importing.entries.entry_row import EntryRow
from zhenggai.importing.sheets.records import records_of
from zhenggai.importing.sheets.row_entries import RowEntries, entries_of

DAY = date(2020, 12, 31)


def told(heads: str, *rows: str) -> RowEntries:
    """The entries of rows below these heads, all of measure 1-1."""
    (table,) = records_of(sheet("\n".join((heads, *rows))))
    return entries_of([("1-1", record) for record in table.records], "台账.xlsx", DAY)


def only(found: RowEntries) -> EntryRow:
    """The only entry."""
    (row,) = found.rows
    return row


def test_a_row_with_progress() -> None:
    row = only(told("整改措施 | 责任单位 | 整改进度 | 整改描述", "一 | 教育局、财政局 | 60% | 开了会"))
    assert row.texts == {
        "措施": "1-1",
        "单位": ("教育局", "财政局"),
        "事项": "进展",
        "内容": "开了会",
        "进度": "60",
        "日期": "2020-12-31",
        "录自": "台账.xlsx:台账!D2",
    }


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("已完成", "完成"),
        ("完成", "完成"),
        ("已整改到位", "完成"),
        ("已销号", "完成"),
        ("完成整改", "完成"),
        ("已完成（长期坚持）", "完成"),
        ("基本完成", "基本完成"),
        ("正在整改", "进展"),
        ("未完成", "进展"),
        ("部分完成", "进展"),
        ("完成选址", "进展"),
    ],
)
def test_words_of_states(cell: str, kind: str) -> None:
    assert only(told("整改措施 | 责任单位 | 整改状态 | 整改描述", f"一 | 教育局 | {cell} | 做了")).kind == kind


def test_nothing_told_is_no_entry() -> None:
    assert told("整改措施 | 责任单位 | 整改状态 | 整改描述", "一 | 教育局 | 未启动 | ").rows == ()


def test_completion_has_its_own_day_and_words() -> None:
    row = only(told("整改措施|责任单位|完成时限|是否已完成整改|完成时间", "一|教育局|2020年6月底前|是|2020.5.18"))
    assert (row.kind, row.text("日期"), row.text("内容")) == ("完成", "2020-05-18", "是否已完成整改：是")


def test_struck_off_elsewhere_is_completed_here() -> None:
    found = told("整改措施 | 责任单位 | 整改描述 | 是否已完成整改 | 是否销号", "一 | 教育局 | 做了 | 是 | 是")
    assert only(found).kind == "完成"
    assert [(doubt.place.cell, doubt.about) for doubt in found.doubts] == [
        ("E2", "已销号的记为完成"),
        ("C2", "没有写日期"),
    ]


def test_what_remains_goes_with_progress() -> None:
    row = only(
        told("整改措施|责任单位|已采取的整改措施|未整改到位原因及下一步计划|是否已完成整改", "一|教育局|做了|等批复|否")
    )
    assert (row.kind, row.text("内容"), row.text("原因")) == ("进展", "做了", "等批复")


def test_words_without_a_known_meaning_are_named() -> None:
    found = told("整改措施|责任单位|整改描述|是否已完成整改|整改状态|进度", "一|教育局|做了|也许|差不多了|一半")
    assert only(found).kind == "进展"
    assert [(doubt.place.cell, doubt.what) for doubt in found.doubts if doubt.about.startswith("看不懂")] == [
        ("E2", "状态“差不多了”"), ("D2", "是否已完成整改“也许”"), ("F2", "进度“一半”"),
    ]  # fmt: skip


def test_what_has_not_begun_is_no_entry_whatever_else_is_said() -> None:
    found = told("整改措施 | 责任单位 | 整改状态 | 整改描述", "一 | 教育局 | 尚未启动 | 拟于下月开会")
    assert found.rows == ()
    assert [doubt.about for doubt in found.doubts] == ["写着未启动，没有记"]


def test_a_completion_dated_by_a_month_is_on_its_last_day() -> None:
    found = told("整改措施|责任单位|完成时限|是否已完成整改|完成时间", "一|教育局|2020年6月底前|是|2020年5月")
    assert only(found).text("日期") == "2020-05-31"
    assert [doubt.what for doubt in found.doubts if doubt.about == "完成日期只写到月"] == ["2020年5月 记作 2020-05-31"]


def test_what_remains_stays_with_a_completion_too() -> None:
    found = told("整改措施|责任单位|整改描述|下一步打算|是否已完成整改|进度", "一|教育局|做了|长期坚持|是|100%")
    assert only(found).texts["下步打算"] == "长期坚持"
    assert "进度" not in only(found).texts
