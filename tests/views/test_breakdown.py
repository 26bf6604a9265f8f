"""``--by``: how the counts are broken down, and in which order."""

import pytest

from building import HEAD, UNITS, book_of, day
from zhenggai.rules.day.state import state
from zhenggai.views.breakdown import Breakdown, breakdown
from zhenggai.views.groups import By

PLAN = (
    HEAD.replace("审核:", "问题来源: {sj: 审计, xs: 巡视}\n审核:", 1)
    + """
- 编号: 1
  内容: 甲
  来源: [xs, sj]
  性质: 个性
  措施:
  - {编号: 1-1, 内容: 立即改正, 时限: 立行立改，并长期坚持, 责任单位: [县委督查局, 县教育局]}
  - {编号: 1-2, 内容: 定办法, 时限: 2020年6月10日前, 责任单位: 县教育局, 责任人: 局长}
  - {编号: 1-3, 内容: 见成效, 时限: 2020年底前，并长期坚持, 责任单位: 各乡镇}
- 编号: 2
  内容: 乙
  来源: [xs]
  性质: 共性
  措施:
  - {编号: 2-1, 内容: 抓好, 类别: 长期坚持, 责任单位: 城关镇}
  - {编号: 2-2, 内容: 开会, 频次: 每月, 类别: 例行, 责任单位: 城关镇}
  - {编号: 2-3, 内容: 再看, 时限: 届时再看, 责任单位: 河东乡}
  - {编号: 2-4, 内容: 限期, 时限: 2020年6月底前, 责任单位: 河东乡}
- 编号: 3
  内容: 丙
  来源: [sj]
"""
)
SEVERAL = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 归属: [{类别: 县直单位}]}")


def parted(by: By) -> Breakdown:
    return breakdown(state(book_of("04-10 县教育局 完成 1-2 内容=已定", PLAN, SEVERAL), day("05-01")), by)


@pytest.mark.parametrize(
    ("by", "tasks"),
    [
        (By.SOURCE, {"审计": 0, "巡视": 4, "审计、巡视": 5}),
        (By.NATURE, {"共性": 4, "个性": 5, "未写性质": 0}),
        (By.CATEGORY, {"立行立改": 2, "限期整改": 5, "长期坚持": 1, "例行": 1}),
        (By.CLASS, {"县直单位": 2, "乡镇": 3, "县直单位、乡镇": 3, "未归类单位": 1}),
        (By.UNIT, {"县教育局": 2, "县委督查局": 1, "城关镇": 3, "河东乡": 3}),
        (
            By.PERSON,
            {
                "县教育局 局长": 1,
                "县教育局 责任人未写明": 1,
                "县委督查局 责任人未写明": 1,
                "城关镇 责任人未写明": 3,
                "河东乡 责任人未写明": 3,
            },
        ),
        (
            By.DEADLINE,
            {
                "立行立改，并长期坚持": 2,
                "2020年6月底前": 2,
                "2020年底前，并长期坚持": 2,
                "长期坚持": 1,
                "例行": 1,
                "没有截止日": 1,
            },
        ),
    ],
)
def test_every_task_stands_in_one_group_and_the_groups_in_their_order(by: By, tasks: dict[str, int]) -> None:
    groups = {row.name: row.counts.tasks for row in parted(by).groups}
    assert list(groups.items()) == list(tasks.items())


def test_a_problem_with_several_sources_is_counted_once_and_one_without_tasks_too() -> None:
    assert [(row.name, row.counts.problems, row.counts.measures) for row in parted(By.SOURCE).groups] == [
        ("审计", 1, 0),
        ("巡视", 1, 4),
        ("审计、巡视", 1, 3),
    ]
    assert list(parted(By.SOURCE).notes()) == []


def test_what_stands_in_several_groups_or_in_none_is_said() -> None:
    assert list(parted(By.UNIT).notes()) == ["有的问题、措施在几组里都有任务，各组各计一次，相加多于合计。"]
    assert list(parted(By.CATEGORY).notes()) == ["有的问题在几组里都有任务，各组各计一次，相加多于合计。"]
    lone = breakdown(state(book_of("", HEAD + "- {编号: 1, 内容: 丙}\n"), day("05-01")), By.UNIT)
    assert (list(lone.notes()), lone.groups) == (["还没有任务的问题不在各组里，只在合计里。"], ())
