"""Tasks that are followed up after their completion (…，并长期坚持): their reviews, lights and counts (A11)."""

from datetime import date

import pytest

from building import HEAD, UNITS, day, head_of, refusals_of, snapshot_of, task_in
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.rules.todo.acts import own_acts
from zhenggai.rules.todo.pending_acts import todo_of
from zhenggai.views.due import due, overdue
from zhenggai.views.remind import remind

PLAN = (
    HEAD
    + """
- 编号: 1
  内容: 问题一
  措施:
  - {编号: 1-1, 内容: 修, 类别: 限期整改, 时限: 2020年5月底前，并长期坚持, 牵头单位: [县委办公室], 责任单位: [县教育局], 阶段: [1]}
  - {编号: 1-2, 内容: 修, 类别: 立行立改, 时限: 立行立改，持续推进, 牵头单位: [县委办公室], 责任单位: [县教育局], 阶段: [1]}
  - {编号: 1-3, 内容: 修, 类别: 限期整改, 时限: 2020年5月底前, 牵头单位: [县委办公室], 责任单位: [县教育局], 阶段: [1]}
  - {编号: 1-4, 内容: 修, 类别: 持续推进, 牵头单位: [县委办公室], 责任单位: [县教育局], 阶段: [1]}
  - {编号: 1-5, 内容: 修, 时限: 2020年5月底前并长期坚持, 牵头单位: [县委办公室], 责任单位: [县教育局], 下次评估: 2020-06-30, 阶段: [1]}
"""
)
DONE = "04-02 县教育局 进展 {0} 内容=改\n04-10 县教育局 完成 {0} 内容=改完 佐证=照片\n"
CLOSED = (
    DONE.format("1-1")
    + """04-11 县教育局 申请销号 1-1 签批领导=王 #申
04-12 县委办公室 初审 针对=申 结论=通过 #初
04-13 县委组织部 复核 针对=初 结论=通过 #复
04-14 县委组织部 销号公示 针对=复 起=2020-04-14 止=2020-04-20 #公
04-21 县委组织部 销号 针对=公 措施摘要=a1b2c3d4
"""
)


def in_plan(ledger: str, as_of: str, measure: str) -> SnapshotTask:
    return task_in(snapshot_of(ledger, as_of, plan=PLAN), measure)


def counts(ledger: str, as_of: str) -> Counts:
    return snapshot_of(ledger, as_of, plan=PLAN).counts


@pytest.mark.parametrize(
    ("measure", "review", "why"),
    [
        ("1-1", "07-10", "已完成并长期坚持，下次评估 2020-07-10"),
        ("1-2", "07-10", "已完成并持续推进，下次评估 2020-07-10"),
        ("1-5", "06-30", "已完成并长期坚持，下次评估 2020-06-30"),
    ],
)
def test_after_completion_the_review_is_a_quarter_on_or_the_plan_s(measure: str, review: str, why: str) -> None:
    task = in_plan(DONE.format(measure), "05-01", measure)
    assert (task.next_review, task.status.light, task.status.why) == (day(review), Light.GREEN, why)
    assert task.status.group is Group.COMPLETED


def test_before_completion_nothing_is_reviewed() -> None:
    task = in_plan("04-02 县教育局 进展 1-5 内容=改", "07-01", "1-5")
    assert (task.next_review, task.status.why) == (None, "逾期 31 天")


def test_a_missed_review_is_red_and_changes_no_count() -> None:
    for ledger in (DONE.format("1-1"), CLOSED):
        task = in_plan(ledger, "07-11", "1-1")
        assert (task.status.light, task.status.why) == (Light.RED, "应于 2020-07-10 评估，尚未评估")
        before, after = counts(ledger, "07-10"), counts(ledger, "07-11")
        assert before == after
        assert (after.completed, after.completed_then_followed, after.overdue) == (1, 1, 3)


def test_an_assessment_sets_the_next_review_also_after_close_out() -> None:
    for ledger, state in ((DONE.format("1-1"), State.COMPLETED), (CLOSED, State.CLOSED)):
        assessed = ledger + "07-11 县教育局 长期评估 1-1 结论=照常 下次评估=2020-12-31"
        assert refusals_of(assessed, plan=PLAN) == []
        task = in_plan(assessed, "07-12", "1-1")
        assert (task.next_review, task.status.light, task.row.state) == (date(2020, 12, 31), Light.GREEN, state)


@pytest.mark.parametrize(
    ("ledger", "what"),
    [
        (
            DONE.format("1-3") + "05-01 县教育局 长期评估 1-3 结论=好 下次评估=2020-12-31",
            "限期整改任务不接受“长期评估”",
        ),
        (
            "04-02 县教育局 进展 1-1 内容=改\n05-01 县教育局 长期评估 1-1 结论=好 下次评估=2020-12-31",
            "任务整改中，不能记“长期评估”",
        ),
    ],
)
def test_other_tasks_and_open_ones_are_not_assessed(ledger: str, what: str) -> None:
    assert refusals_of(ledger, plan=PLAN)[-1].endswith(what)


def test_the_kinds_are_counted_apart() -> None:
    found = counts("".join(DONE.format(measure) for measure in ("1-1", "1-2", "1-3")), "05-01")
    assert (found.completed, found.completed_then_followed, found.completed_then_continuous) == (3, 2, 1)
    assert (found.long_term, found.continuous) == (1, 1)


def test_a_task_open_again_is_not_reviewed_until_it_is_done_anew() -> None:
    again = DONE.format("1-1") + "04-20 县委督查局 督查 1-1 单位=县教育局 方式=明察 结论=不实 内容=未改\n"
    assert in_plan(again, "08-01", "1-1").next_review is None
    done = again + "04-25 县教育局 完成 1-1 内容=改完\n"
    assert in_plan(done, "05-01", "1-1").next_review == day("07-25")


def test_completion_still_counts_as_on_time_by_the_date() -> None:
    assert head_of(DONE.format("1-1"), plan=PLAN).due == day("05-31")


def test_the_unit_is_told_of_a_review_that_is_near() -> None:
    snapshot = snapshot_of(DONE.format("1-1"), "07-01", plan=PLAN)
    acts = [todo.act for todo in own_acts(task_in(snapshot, "1-1"), snapshot.as_of, snapshot.plan.rules)]
    assert acts == ["长期评估", "申请销号"]


def adjusted(*changes: tuple[str, str, str]) -> str:
    """The plan with adjustments of 1-3: day, field, new value."""
    listed = "".join(f"{{日期: {day(on)}, 依据: 会议纪要, 字段: {field}, 现: '{new}'}}, " for on, field, new in changes)
    return PLAN.replace("编号: 1-3, 内容: 修,", f"编号: 1-3, 内容: 修, 调整: [{listed}],")


@pytest.mark.parametrize("words", ["2020年5月底前，并长期坚持", "2020年5月底前，并持续推进"])
@pytest.mark.parametrize(("on", "review"), [("04-05", "07-10"), ("09-01", "12-01")])
def test_a_follow_up_added_after_completion_counts_from_the_day_of_the_adjustment(
    words: str, on: str, review: str
) -> None:
    for later in ((), (("10-01", "责任人", "王芳"),)):
        plan = adjusted((on, "时限", words), *later)
        task = task_in(snapshot_of(DONE.format("1-3"), "11-01", plan=plan), "1-3")
        assert (task.next_review, task.status.group) == (day(review), Group.COMPLETED)


def test_after_a_merger_the_successor_reviews_what_the_unit_closed() -> None:
    units = UNITS.replace("类别: 县直单位}", "类别: 县直单位, 止: 2020-06-15, 并入: 县财政局}", 1)

    def at(as_of: str, more: str = "") -> Snapshot:
        return snapshot_of(CLOSED + more, as_of, plan=PLAN, units=units)

    assert (task_in(at("07-01"), "1-1").unit, at("07-01").assessor(task_in(at("07-01"), "1-1"))) == (
        "县教育局",
        "县财政局",
    )
    assert [todo.act for todo in todo_of(at("07-01"), "县财政局") if todo.task and todo.task.measure == "1-1"] == [
        "长期评估"
    ]
    for lists in (due(at("07-01"), 20), overdue(at("07-15"))):
        assert [line.unit for line in lists.duties if line.measure == "1-1"] == ["县财政局"]
    letters = remind(at("07-15"), (), at("07-15")).letters
    assert {
        letter.unit for letter in letters for item in letter.items if item.what == "长期评估" and item.measure == "1-1"
    } == {"县财政局"}
    later = at("07-20", "07-15 县财政局 长期评估 1-1 单位=县教育局 结论=照常 下次评估=2020-12-31\n")
    assert (later.diagnostics, task_in(later, "1-1").next_review) == ((), day("12-31"))


def test_before_the_merger_the_unit_itself_reviews() -> None:
    snapshot = snapshot_of(CLOSED, "07-01", plan=PLAN)
    assert snapshot.assessor(task_in(snapshot, "1-1")) == "县教育局"
    assert [line.unit for line in due(snapshot, 20).duties if line.measure == "1-1"] == ["县教育局"]
