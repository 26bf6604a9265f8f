"""Sheets as records: which rows are heads, what each column says, and which rows are passed over."""

from sheets import sheet

from zhenggai.importing.kinds import layout_of
from zhenggai.importing.plan_sheet import draft_of_records
from zhenggai.importing.records import Records, records_of

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
