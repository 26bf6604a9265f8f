"""Problems that measures of other problems answer (同措施), and their headings: read, counted, cancelled, filtered."""

from datetime import date

import pytest

from building import HEAD, plan_of, snapshot_of
from building import day as d
from zhenggai.model.plan import Problem
from zhenggai.rules.day.counts import CountedBy
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.views.selection import Selection, select
from zhenggai.views.status import status

PLAN = (
    HEAD
    + """
- 编号: 1
  方面: [党的建设, 组织生活]
  内容: 甲问题
  具体表现:
  - 主题党日走过场，次数不够
  - 考勤不实、台账不全
  措施:
  - {编号: 1-1, 内容: 修订办法, 时限: 2020年6月底前, 责任单位: 县教育局}
- 编号: 2
  方面: 党的建设、作风
  内容: 乙问题
  同措施: [1-1]
- 编号: 3
  内容: 丙问题
  措施:
  - {编号: 3-1, 内容: 建档案, 时限: 2020年8月底前, 责任单位: 县财政局}
  同措施: [1-1]
"""
)
DONE = "05-04 县教育局 完成 1-1"


def problem(number: int, plan: str = PLAN, on: str = "12-31") -> Problem:
    return next(f for f in plan_at(plan_of(plan), d(on), date.max).problems if f.number == number)


def test_headings_and_symptoms_are_read_as_they_are_written() -> None:
    assert problem(1).aspects == ("党的建设", "组织生活")
    assert problem(2).aspects == ("党的建设、作风",)
    assert problem(1).symptoms == ("主题党日走过场，次数不够", "考勤不实、台账不全")
    assert (problem(3).aspects, problem(3).symptoms) == ((), ())


def test_a_problem_is_answered_by_its_own_measures_and_by_the_shared_ones() -> None:
    assert [problem(number).answered_by for number in (1, 2, 3)] == [("1-1",), ("1-1",), ("3-1", "1-1")]


def standings(now: Snapshot) -> list[tuple[int, int, str | None, str | None]]:
    """Of each row of ``status``: number, tasks, how the problem stands, its light."""
    return [(row.number or 0, row.counts.tasks, row.state, row.light) for row in status(now).problems]


def test_problems_are_completed_with_the_measure_that_they_share_and_its_task_is_counted_once() -> None:
    now = snapshot_of(DONE, "05-05", plan=PLAN)
    assert standings(now) == [(1, 1, "已完成", "绿"), (2, 0, "已完成", "绿"), (3, 1, "整改中", "黄")]
    counts = now.counts
    assert (counts.problems, counts.measures, counts.tasks) == (3, 2, 2)
    assert [counts.by(what).completed for what in CountedBy] == [2, 1, 1]


def test_problems_are_overdue_and_red_with_the_measure_that_they_share() -> None:
    now = snapshot_of("", "07-01", plan=PLAN)
    assert standings(now) == [(1, 1, "未启动", "红"), (2, 0, "未启动", "红"), (3, 1, "未启动", "红")]
    assert now.counts.overdue == 1


CANCELLED = "取消: {{日期: 2020-06-01, 依据: 纪要{}}}, 责任单位: 县教育局}}"


def cancelled(into: str = "") -> str:
    return PLAN.replace("责任单位: 县教育局}", CANCELLED.format(f", 并入: {into}" if into else ""))


@pytest.mark.parametrize(
    ("into", "second", "third"),
    [("", (), ("3-1",)), ("3-1", ("3-1",), ("3-1",)), ("9-9", (), ("3-1",)), ("1-1", (), ("3-1",))],
)
def test_a_problem_goes_with_the_measure_into_which_the_shared_one_was_merged(
    into: str, second: tuple[str, ...], third: tuple[str, ...]
) -> None:
    plan = cancelled(into)
    assert problem(2, plan, "05-31").answered_by == ("1-1",)
    assert problem(2, plan, "06-01").answered_by == second
    assert problem(3, plan, "06-01").answered_by == third


def test_a_problem_goes_with_the_measure_of_another_into_which_its_own_was_merged() -> None:
    plan = cancelled("3-1")
    assert [problem(1, plan, day).answered_by for day in ("05-31", "06-01")] == [("1-1",), ("3-1",)]
    now = snapshot_of("06-10 县财政局 完成 3-1", "06-10", plan=plan)
    assert standings(now) == [(1, 0, "已完成", "绿"), (2, 0, "已完成", "绿"), (3, 1, "已完成", "绿")]
    assert (now.counts.tasks, now.counts.problems_completed) == (1, 3)


def test_a_measure_of_later_is_shared_from_its_first_day_on() -> None:
    plan = PLAN.replace("内容: 修订办法", "自: 2020-05-01, 内容: 修订办法")
    assert problem(2, plan, "04-30").answered_by == ()
    assert problem(2, plan, "05-01").answered_by == ("1-1",)


@pytest.mark.parametrize(
    ("selection", "tasks", "problems"),
    [
        (Selection(problem="2"), ["1-1"], [2]),
        (Selection(problem="3"), ["3-1", "1-1"], [3]),
        (Selection(problem="1-1"), ["1-1"], [1, 2, 3]),
        (Selection(unit="县教育局"), ["1-1"], [1, 2, 3]),
        (Selection(unit="县财政局"), ["3-1"], [3]),
        (Selection(problem="3-1"), ["3-1"], [3]),
    ],
)
def test_a_filter_keeps_the_problems_that_are_named_or_that_a_selected_task_answers(
    selection: Selection, tasks: list[str], problems: list[int]
) -> None:
    found = select(snapshot_of(DONE, "05-05", plan=PLAN), selection)
    assert [task.measure for task in found.tasks] == tasks
    assert [f.number for f in found.plan.problems] == problems
    assert (found.counts.tasks, found.counts.problems) == (len(tasks), len(problems))


def test_a_problem_of_a_source_is_found_by_the_measure_that_it_shares() -> None:
    sourced = PLAN.replace("内容: 乙问题", "内容: 乙问题\n  来源: [xs]").replace(
        "问题:\n", "问题来源: {xs: 巡视}\n问题:\n", 1
    )
    found = select(snapshot_of(DONE, "05-05", plan=sourced), Selection(source="巡视"))
    assert [(task.measure, task.problem) for task in found.tasks] == [("1-1", 2)]
    assert standings(found) == [(2, 1, "已完成", "绿")]  # there it is its own


def test_a_problem_stands_by_all_that_answers_it_where_only_it_is_asked_for() -> None:
    plan = PLAN.replace("责任单位: 县教育局}", "责任单位: [县教育局, 县财政局]}")
    now = snapshot_of(DONE, "05-05", plan=plan)
    for number, state in (("1", "整改中"), ("2", "整改中")):
        found = select(now, Selection(problem=number))
        assert [(row.number, row.state) for row in status(found).problems] == [(int(number), state)]
        assert found.counts.problems_completed == 0
