"""Forms (填报表) that programs and people have changed: what they say is found by heads and facts, not by places."""

from datetime import date

import pytest
from sheets import sheet

from zhenggai.errors import UsageError
from zhenggai.importing.content import Sheet
from zhenggai.importing.entries.entry_row import parts_of
from zhenggai.importing.entries.fill_form import FilledForm, as_meant, filled_form, is_form

FACTS = sheet("表 | 整改进展填报表\n表的版本 | 1\n方案 | p\n截至 | 2020-06-30")
HEADS = "问题 | 措施 | 内容 | 单位 | 目前状态 | 目前进度 | 事项 | 日期 | 进度 | 进展情况 | 存在问题 | 下步打算 | 佐证 | 填报人"


def form(*lines: str) -> FilledForm:
    return filled_form((FACTS, sheet("\n".join(lines))), "填报.xlsx")


def test_columns_may_be_moved_and_lines_stand_above() -> None:
    found = form(
        "某某方案 | 填报表",
        "进展情况 | 措施 | 进度 | 单位 | 事项",
        "开会 | 1-1 | 40 | 县教育局 | ",
        " | 1-2 | | 县教育局 | ",
    )
    assert [dict(row.texts) for row in found.rows] == [
        {"内容": "开会", "措施": "1-1", "进度": "40", "单位": "县教育局"}
    ]
    assert (found.plan, found.blank, found.units) == ("p", 1, ("县教育局",))


def test_what_is_filled_in_for_all_rows_at_once_is_nothing_new() -> None:
    found = form(HEADS, "一 | 1-1 | 甲 | 县教育局 | 整改中 | 40 | 进展 | 2020-06-30 | | | | | | 办公室")
    assert (found.rows, found.blank) == ((), 1)
    assert found.texts == {"1-1": "甲"}


def test_where_problems_are_called_the_same_as_kinds() -> None:
    found = form("事项 | 承诺 | 事项 | 进展情况", "走访 | 1-1 | 完成 | 都走到了", "开会 | 1-2 | |")
    assert [(row.text("措施"), row.kind, row.text("内容")) for row in found.rows] == [("1-1", "完成", "都走到了")]


def test_a_completion_needs_no_percent() -> None:
    found = form(HEADS, "一 | 1-1 | 甲 | 县教育局 | | | 完成 | | 100% | 办结 | | | |")
    assert [part.texts.get("进度") for part in parts_of(found.rows[0], started=True)] == [None]


@pytest.mark.parametrize(
    ("kind", "more", "started", "kinds"),
    [
        ("完成", " | ", True, ["完成"]),
        ("完成", "人少 | 收尾", True, ["进展", "完成"]),
        ("基本完成", " | ", True, ["基本完成"]),
        ("基本完成", " | ", False, ["进展", "基本完成"]),
        ("进展", "人少 | ", False, ["进展"]),
    ],
)
def test_a_row_is_as_many_entries_as_it_takes_to_say_all(kind: str, more: str, started: bool, kinds: list[str]) -> None:
    found = form(HEADS, f"一 | 1-1 | 甲 | 县教育局 | | | {kind} | | | 办了 | {more} | 文.docx |")
    parts = parts_of(found.rows[0], started=started)
    assert [part.kind for part in parts] == kinds
    assert [part.text("佐证") for part in parts] == [*[""] * (len(parts) - 1), "文.docx"]


@pytest.mark.parametrize(
    ("written", "meant", "said"),
    [
        ("完成 | 2020-06-20", ("完成", "2020-06-20"), []),
        ("完成 | ", ("完成", "2020-06-01"), ["没有写日期：记作 2020-06-01"]),
        (
            "已完成 | 6月20日",
            ("完成", "2020-06-20"),
            ["日期没有写年份：“6月20日”记作 2020-06-20", "事项不是选的：“已完成”记作完成"],
        ),
        (
            "正在推进 | 12月8号",
            ("进展", "2019-12-08"),
            ["日期没有写年份：“12月8号”记作 2019-12-08", "事项不是选的：“正在推进”记作进展"],
        ),
        ("督办 | 2月30日", ("督办", "2月30日"), []),
    ],
)
def test_what_people_write_by_hand(written: str, meant: tuple[str, str], said: list[str]) -> None:
    found = form("措施 | 进展情况 | 事项 | 日期", f"1-1 | 办了 | {written}")
    row, doubts = as_meant(found.rows[0], date(2020, 6, 1), date(2020, 7, 1))
    assert (row.kind, row.text("日期")) == meant
    assert [f"{doubt.about}：{doubt.what}" for doubt in doubts] == said


def test_nothing_is_no_text() -> None:
    found = form(HEADS, "一 | 1-1 | 甲 | 县教育局 | | | 完成 | | | 办结 | 无 | — | 无 |")
    assert [part.kind for part in parts_of(found.rows[0], started=True)] == ["完成"]


def test_only_the_facts_make_a_form() -> None:
    assert is_form((sheet(HEADS), FACTS))
    assert not is_form((sheet(HEADS),))


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ((FACTS, sheet("甲 | 乙")), "没有任务，或表头改了"),
        ((sheet("表 | 整改进展填报表"), sheet(HEADS)), "第 ？ 版"),
    ],
)
def test_what_cannot_be_read_back_says_what_to_do(sheets: tuple[Sheet, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        filled_form(sheets, "填报.xlsx")
