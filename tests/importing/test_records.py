"""Sheets as records: which rows are heads, what each column says, and which rows are passed over."""

from sheets import sheet

from zhenggai.importing.sheets.kinds import layout_of
from zhenggai.importing.sheets.plan_sheet import draft_of_records
from zhenggai.importing.sheets.records import Records, records_of

A = """
整改台账 | ← | ← | ← | ← | ← | ←
序号 | 反馈问题 | 整改目标 | 整改措施 | 责任领导 | 责任部门 | 完成时限
1 | 学习走过场 | 常态化 | 每月学一次 | 书记 | 县教育局、县财政局 | 2020年6月底前
2 | 考勤不严 | 常态化 | 修订办法 | 局长 | 县教育局 | 2020年9月底前
"""


def table(text: str) -> Records:
    """The only table of a sheet."""
    (found,) = records_of(sheet(text))
    return found


def fields(records: Records) -> dict[str, str | None]:
    """What the columns say."""
    return {column.head: column.field for column in records.columns}


def passed_over(records: Records) -> list[tuple[int, str]]:
    """The rows of which something is said."""
    return [(doubt.place.line, doubt.about) for doubt in records.doubts]


def test_the_heads_below_a_title() -> None:
    found = table(A)
    assert fields(found) == {
        "序号": "序号",
        "反馈问题": "问题",
        "整改目标": "整改目标",
        "整改措施": "内容",
        "责任领导": "责任领导",
        "责任部门": "单位",
        "完成时限": "时限",
    }
    assert (layout_of(found), found.above, len(found.records)) == ("A", ("整改台账",), 2)


def test_a_head_over_two_rows() -> None:
    found = table(
        """
        问题 | 整改措施 | 责任 | ← | 完成时限
        ↑ | ↑ | 单位 | 人 | ↑
        学习走过场 | 每月学一次 | 县教育局 | 科长 | 6月底前
        """
    )
    assert fields(found) == {
        "问题": "问题",
        "整改措施": "内容",
        "责任单位": "单位",
        "责任人": "责任人",
        "完成时限": "时限",
    }


def test_a_plan_from_rows() -> None:
    (first, second) = draft_of_records([table(A)], "台账.xlsx").problems
    assert (first.title, first.number, first.goal, first.place.cell) == ("学习走过场", 1, "常态化", "B3")
    (measure,) = first.measures
    assert (measure.number, measure.units, measure.leader, measure.deadline) == (
        "1-1",
        ("县教育局", "县财政局"),
        "书记",
        "2020年6月底前",
    )
    assert second.measures[0].place.cell == "D4"


def test_rows_that_are_no_records() -> None:
    found = table(
        """
        序号 | 存在问题 | 整改措施 | 责任单位 | 整改时限
        1 | 学习走过场 | 每月学一次 | 县教育局 | 6月底前
        小计 | 1 | | |
        序号 | 存在问题 | 整改措施 | 责任单位 | 整改时限
        2 | 考勤不严 | 修订办法 | 县教育局 | 9月底前
        合 计 | 2 | | |
        注：时限以月为准 | ← | ← | ← | ←
        填报人：张 | | 审核人：李 | | 单位负责人：
        """
    )
    assert [record.row.number for record in found.records] == [2, 5]
    assert passed_over(found) == [
        (3, "跳过合计行"),
        (4, "跳过重复的表头"),
        (6, "跳过合计行"),
        (7, "跳过注"),
        (8, "跳过落款"),
    ]


def test_what_a_head_is_about_may_stand_above_it() -> None:
    found = table(
        """
        问题 | 整改措施 | 责任单位 | ← | 时限
        ↑ | ↑ | 牵头 | 配合 | ↑
        学习走过场 | 每月学一次 | 教育局 | 财政局 | 6月底前
        """
    )
    assert [column.field for column in found.columns] == ["问题", "内容", "牵头单位", "配合单位", "时限"]


def test_a_group_whose_cells_are_not_merged() -> None:
    found = table(
        """
        问题 | 整改措施 | 责任 | | 时限
        | | 单位 | 人 |
        学习走过场 | 每月学一次 | 教育局 | 科长 | 6月底前
        """
    )
    assert [column.field for column in found.columns] == ["问题", "内容", "单位", "责任人", "时限"]


def test_a_cell_that_is_merged_to_the_right_says_it_once() -> None:
    found = table(
        """
        问题 | 整改措施 | 牵头单位 | 责任单位 | 时限
        甲 | 一 | 教育局 | ← | 6月底前
        乙 | 二 | 财政局 | 财政局 | 6月底前
        丙 | 三 | ↑ | ↑ | 6月底前
        """
    )
    assert [(record.text("牵头单位"), record.text("单位")) for record in found.records] == [
        ("教育局", ""),
        ("财政局", "财政局"),
        ("财政局", "财政局"),
    ]


def test_the_unit_of_a_table_without_units() -> None:
    rows = "问题 | 整改措施 | 时限\n甲 | 一 | 6月底前"
    (above,) = records_of(sheet(f"整改台账\n填报单位：县教育局　　2020年6月\n{rows}"))
    (named,) = records_of(sheet(rows, "县财政局"))
    (neither,) = records_of(sheet(rows, "Sheet1"))
    assert [records.records[0].unit for records in (above, named, neither)] == ["县教育局", "县财政局", ""]
    assert [doubt.what for doubt in (*above.doubts, *named.doubts)] == [
        "按表头上面的“填报单位：县教育局”，是县教育局",
        "按工作表的名字，是县财政局",
    ]


def test_a_line_below_which_nothing_stands_is_named() -> None:
    found = table(
        """
        序号 | 存在问题 | 整改措施 | 责任单位 | 时限
        一、党建方面 | ← | ← | ← | ←
        二、作风方面 | ← | ← | ← | ←
        1 | 甲 | 一 | 教育局 | 6月底前
        以上内容由办公室负责解释 | ← | ← | ← | ←
        """
    )
    assert found.records[0].section == "二、作风方面"
    assert passed_over(found) == [(2, "跳过没有格子的一行"), (5, "跳过没有格子的一行")]


def test_heads_that_do_not_say_what_they_mean() -> None:
    deadline = table("问题 | 整改措施 | 责任单位 | 完成时间\n甲 | 一 | 教育局 | 6月底前")
    done = table("问题 | 整改措施 | 责任单位 | 整改时限 | 完成时间\n甲 | 一 | 教育局 | 6月底前 | 5月8日")
    told = table("问题 | 整改措施 | 责任单位 | 整改状态 | 完成时间\n甲 | 一 | 教育局 | 已完成 | 2020-05-08")
    assert [fields(records)["完成时间"] for records in (deadline, done, told)] == ["时限", "完成日期", "完成日期"]
    numbers = table("措施 | 内容 | 单位 | 进度\n1-1 | 开会 | 教育局 | 40")
    texts = table("问题 | 措施 | 单位\n甲 | 开会 | 教育局")
    assert [fields(records)["措施"] for records in (numbers, texts)] == ["措施", "内容"]


def test_two_columns_that_say_the_same() -> None:
    found = table("单位 | 问题 | 整改措施 | 责任单位 | 时限\n城关镇 | 甲 | 一 | 党政办 | 6月底前")
    assert fields(found) == {"单位": None, "问题": "问题", "整改措施": "内容", "责任单位": "单位", "时限": "时限"}
