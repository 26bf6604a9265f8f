"""How a task stands on a day: lights at each boundary of the default profile, lag, silence, duties, lateness."""

import pytest

from building import HEAD, PLAN, head_of, snapshot_of, task_in
from building import day as d
from zhenggai.rules.day.counts import CountedBy, Counts, counts_of
from zhenggai.rules.day.day_status import DayStatus, Group, was_late
from zhenggai.rules.day.duty_count import DutyCount
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.silence import silent_units


def standing_of(ledger: str, as_of: str, measure: str = "1-1", plan: str = PLAN) -> DayStatus:
    return task_in(snapshot_of(ledger, as_of, plan=plan), measure).status


ON_SCHEDULE = "06-01 县教育局 进展 进度=100"  # due 06-30, window 04-01 … 06-30


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "light", "why"),
    [
        ("06-09", Light.GREEN, "按序时推进"),
        ("06-10", Light.YELLOW, "还剩 20 天"),
        ("06-19", Light.YELLOW, "还剩 11 天"),
        ("06-20", Light.YELLOW, "还剩 10 天，报分管领导"),
        ("06-30", Light.YELLOW, "还剩 0 天，报分管领导"),
        ("07-01", Light.RED, "逾期 1 天"),
    ],
)
def test_an_open_task_turns_yellow_twenty_days_before_and_red_the_day_after_it_is_due(
    day: str, light: Light, why: str
) -> None:
    status = standing_of(ON_SCHEDULE, day)
    assert (status.light, status.why) == (light, why)
    assert status.is_overdue is (light is Light.RED)


def test_a_task_that_waits_for_its_extension_is_overdue_and_says_so() -> None:
    ledger = (
        ON_SCHEDULE
        + "\n06-30 县教育局 申请延期 至=2020-08-31 原因=疫情 #延\n07-05 县委组织部 同意延期 针对=延 至=2020-08-31"
    )
    waiting, granted = standing_of(ledger, "07-04"), standing_of(ledger, "07-05")
    assert (waiting.light, waiting.why, waiting.overdue_days) == (Light.RED, "逾期 4 天（延期待批）", 4)
    assert (granted.light, granted.days_left, granted.overdue_days) == (Light.GREEN, 57, 0)


def test_a_completed_task_is_green_whatever_the_day() -> None:
    status = standing_of("04-02 县教育局 进展\n07-20 县教育局 完成", "12-31")
    assert (status.light, status.why, status.group) == (Light.GREEN, "已完成", Group.COMPLETED)
    assert (status.days_left, status.lag, status.silent_days, status.overdue_days) == (None, None, None, 0)


def test_a_returned_task_is_overdue_from_the_date_in_force() -> None:
    ledger = """
    04-02 县教育局 进展 佐证=县组发〔2020〕1号
    06-20 县教育局 完成
    06-21 县教育局 申请销号 签批领导=王强 #案
    07-10 县财政局 初审 针对=案 结论=退回 原因=缺材料
    """
    assert standing_of(ledger, "07-09").overdue_days == 0
    assert standing_of(ledger, "07-10").overdue_days == 10


def test_an_immediate_task_is_overdue_the_day_after_its_check_date() -> None:
    assert [standing_of("", day, "1-2").overdue_days for day in ("03-16", "03-17")] == [0, 1]


def test_a_task_without_a_due_date_has_no_days_left_and_no_expectation() -> None:
    plan = HEAD + "- {编号: 1, 内容: 甲, 措施: [{编号: 1-1, 内容: 乙, 责任单位: 县教育局, 阶段: [3]}]}"
    status = standing_of("", "12-02", plan=plan)
    assert (status.days_left, status.expected, status.lag, status.light) == (None, None, None, Light.YELLOW)


# --- lag and silence ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "lag", "light"), [(46, 20, Light.GREEN), (45, 21, Light.YELLOW), (80, -14, Light.GREEN)]
)
def test_more_than_twenty_points_behind_the_time_gone_is_yellow(percent: int, lag: int, light: Light) -> None:
    status = standing_of(f"05-20 县教育局 进展 进度={percent}", "05-30")  # day 60 of 91
    assert (status.expected, status.lag, status.light) == (66, lag, light)
    assert status.why == ("落后序时 21 点" if light is Light.YELLOW else "按序时推进")


def test_a_task_without_any_percent_has_no_lag() -> None:
    status = standing_of("05-20 县教育局 进展", "05-30")
    assert (status.expected, status.lag, status.light) == (66, None, Light.GREEN)


@pytest.mark.parametrize(("day", "light"), [("05-31", Light.GREEN), ("06-01", Light.YELLOW)])
def test_more_than_thirty_days_without_an_entry_are_silence(day: str, light: Light) -> None:
    status = standing_of("05-01 县教育局 进展", day)
    assert status.light is light
    assert status.why == ("31 天无记录" if light is Light.YELLOW else "按序时推进")


def test_before_the_first_entry_silence_counts_from_the_start_of_the_window() -> None:
    assert [standing_of("", day).silent_days for day in ("03-31", "04-01", "05-02")] == [None, 0, 31]


def test_entries_of_others_do_not_break_the_silence() -> None:
    ledger = "04-10 县教育局 进展\n05-20 县委督查局 提醒 单位=县教育局 对象=责任人 依据=规则"
    assert standing_of(ledger, "05-20").silent_days == 40


def test_a_plan_s_own_profile_moves_the_boundaries() -> None:
    plan = "规则: {临期天数: 5, 紧迫天数: 2, 滞后点数: 0, 停滞天数: 3}\n" + PLAN
    assert standing_of(ON_SCHEDULE, "06-04", plan=plan).light is Light.GREEN
    assert standing_of(ON_SCHEDULE, "06-05", plan=plan).why == "4 天无记录"
    assert standing_of(ON_SCHEDULE, "06-25", plan=plan).why == "还剩 5 天"


# --- long-term ------------------------------------------------------------------------------------------------------


def test_a_long_term_task_is_blue_until_its_review_date_has_passed() -> None:
    assert [standing_of("", day, "1-3").light for day in ("07-01", "07-02")] == [Light.BLUE, Light.RED]
    assert standing_of("", "07-02", "1-3").why == "应于 2020-07-01 评估，尚未评估"
    reviewed = "07-05 县教育局 长期评估 1-3 结论=保持 下次评估=2020-10-01"
    assert standing_of(reviewed, "07-05", "1-3").light is Light.BLUE
    assert standing_of(reviewed, "10-02", "1-3").light is Light.RED


def test_a_task_turned_long_term_counts_as_such_and_is_blue() -> None:
    ledger = """
    04-02 县教育局 进展
    06-01 县教育局 转长期 阶段目标=机制建成 下次评估=2020-09-30 #转
    06-05 县委组织部 同意延期 针对=转 至=2020-09-30
    """
    status = standing_of(ledger, "09-30")
    assert (status.group, status.light, status.overdue_days) == (Group.LONG_TERM, Light.BLUE, 0)


# --- recurring ------------------------------------------------------------------------------------------------------


def duties_of(ledger: str, as_of: str) -> tuple[int, int, int, list[str]]:
    duties = standing_of(ledger, as_of, "1-4").duties
    return duties.on_time, duties.late, duties.missed, [o.occurrence.period for o in duties.unfilled]


APRIL = "04-20 县教育局 例行 1-4 期次=2020-04\n"


def test_an_occurrence_is_missed_from_the_day_after_its_last() -> None:
    assert duties_of("", "04-30") == (0, 0, 0, [])
    assert duties_of("", "05-01") == (0, 0, 1, ["2020-04"])
    assert duties_of(APRIL, "05-01") == (1, 0, 0, [])


def test_a_missed_occurrence_stays_red_until_it_is_filled() -> None:
    ledger = "05-10 县教育局 例行 1-4 期次=2020-04"
    red, green = standing_of(ledger, "05-09", "1-4"), standing_of(ledger, "05-10", "1-4")
    assert (red.light, red.why, green.light) == (Light.RED, "缺 2020-04", Light.GREEN)
    assert duties_of(ledger, "05-10") == (0, 1, 0, [])


def test_a_missed_occurrence_stays_red_until_the_next_is_on_time_and_stays_counted() -> None:
    ledger = "05-10 县教育局 例行 1-4 期次=2020-05"
    assert [standing_of(ledger, day, "1-4").light for day in ("05-09", "05-10")] == [Light.RED, Light.GREEN]
    assert duties_of(ledger, "05-10") == (0, 0, 1, [])
    assert duties_of(ledger, "05-31") == (1, 0, 1, [])


def test_a_late_occurrence_does_not_make_good_for_the_one_before() -> None:
    assert duties_of("06-10 县教育局 例行 1-4 期次=2020-05", "06-10") == (0, 1, 1, ["2020-04"])


@pytest.mark.parametrize(("recorded", "counts"), [("06-07", (2, 0)), ("06-08", (1, 1))])
def test_an_occurrence_recorded_over_seven_days_after_it_was_due_is_late(
    recorded: str, counts: tuple[int, int]
) -> None:
    ledger = f"{APRIL}05-20/{recorded} 县教育局 例行 1-4 期次=2020-05"
    on_time, late, missed, status = duties_of(ledger, "06-15")
    assert ((on_time, late), missed, status) == (counts, 0, [])


def test_of_many_missing_occurrences_the_last_three_are_named() -> None:
    assert standing_of("", "12-31", "1-4").why == "缺 2020-09、2020-10、2020-11"


def test_a_first_partial_period_does_not_count() -> None:
    plan = PLAN.replace("时限: 每月, 牵头", "时限: 每月, 自: 2020-04-02, 牵头")
    assert standing_of("", "05-31", "1-4", plan).duties.missed == 0
    assert standing_of("", "06-01", "1-4", plan).duties.missed == 1


def test_a_duty_without_readable_frequency_has_nothing_to_count() -> None:
    plan = PLAN.replace("时限: 每月", "时限: 常常")
    assert standing_of("", "12-31", "1-4", plan).duties == DutyCount()


# --- late -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "late"),
    [("06-30", False), ("07-01", True), ("06-30/07-07", False), ("06-30/07-08", True), ("05-20/07-08", True)],
)
def test_a_completion_is_late_after_the_due_date_or_recorded_over_seven_days_after_it(done: str, late: bool) -> None:
    head = head_of(f"04-02 县教育局 进展\n{done} 县教育局 完成")
    assert was_late(head, head.due, 7) is late


def test_what_is_not_completed_or_has_no_date_was_not_late() -> None:
    assert not was_late(head_of("04-02 县教育局 进展"), d("04-01"), 7)
    assert not was_late(head_of("04-02 县教育局 进展\n07-10 县教育局 完成"), None, 7)


# --- groups and counts ----------------------------------------------------------------------------------------------

REVIEWED = """
04-02 县教育局 进展 佐证=县组发〔2020〕1号
05-20 县教育局 完成 结论=经核查不存在 依据=审计报告
05-21 县教育局 申请销号 签批领导=王强 #案
05-25 县财政局 初审 针对=案 结论=通过
05-28 县委组织部 复核 针对=案 结论=通过
06-01 县委组织部 销号公示 针对=案 起=2020-06-01 止=2020-06-07
06-08 县委组织部 销号 针对=案 措施摘要=1a2b
"""


def test_what_does_not_exist_here_leaves_the_denominator_once_it_is_reviewed() -> None:
    before, after = snapshot_of(REVIEWED, "05-27").counts, snapshot_of(REVIEWED, "05-28").counts
    assert (before.completed, before.not_applicable, before.denominator, before.completion_rate) == (1, 0, 2, 50.0)
    assert (after.completed, after.not_applicable, after.denominator, after.completion_rate) == (0, 1, 1, 0.0)
    assert snapshot_of(REVIEWED).counts.closed == 0


def test_a_plan_s_counts_say_every_group_once() -> None:
    counts = snapshot_of(REVIEWED.replace(" 结论=经核查不存在 依据=审计报告", ""), "06-30").counts
    expected = {
        "problems": 1,
        "measures": 4,
        "tasks": 4,
        "not_started": 1,
        "in_progress": 0,
        "basically_done": 0,
        "completed": 1,
        "completed_then_followed": 0,
        "completed_then_continuous": 0,
        "closed": 1,
        "long_term": 1,
        "continuous": 0,
        "recurring": 1,
        "not_applicable": 0,
        "unread_deadline": 0,
        "overdue": 1,
        "overdue_steps": 0,
        "denominator": 2,
        "completion_rate": 50.0,
    }
    assert {name: getattr(counts, name) for name in expected} == expected
    assert [counts.by(what)[1:] for what in CountedBy] == [(1, 0, 0, 1, 0), (4, 1, 0, 0, 1), (4, 1, 0, 0, 1)]
    assert counts.by(CountedBy.MEASURES).completion_rate == 50.0


def test_a_rate_has_two_decimals_and_is_none_over_nothing() -> None:
    assert Counts(tasks=3, completed=1).completion_rate == 33.33
    assert Counts(tasks=2, long_term=1, recurring=1).completion_rate is None


def test_counts_of_some_tasks_count_their_measures_and_problems() -> None:
    tasks = snapshot_of().where(lambda t: t.status.group is Group.LONG_TERM)
    counts = counts_of(tasks, answering=[tasks])
    assert (counts.problems, counts.measures, counts.tasks, counts.long_term) == (1, 1, 1, 1)


def test_units_are_silent_that_have_open_tasks_and_recorded_nothing() -> None:
    plan = HEAD + "- {编号: 1, 内容: 甲, 措施: [{编号: 1-1, 内容: 乙, 责任单位: [各乡镇, 县教育局], 时限: 立行立改}]}"
    ledger = "04-02 城关镇 进展\n04-03 县教育局 完成"
    tasks = snapshot_of(ledger, plan=plan).tasks
    assert silent_units(tasks, d("04-01"), d("04-07")) == ("河东乡",)
    assert silent_units(tasks, d("04-03"), d("04-07")) == ("城关镇", "河东乡")


def test_nobody_was_silent_in_days_before_there_was_a_task() -> None:
    plan = HEAD + "- {编号: 1, 内容: 甲, 措施: [{编号: 1-1, 内容: 乙, 责任单位: [各乡镇, 县教育局], 时限: 立行立改}]}"
    (start,) = {task.row.start for task in snapshot_of("", "03-08", plan=plan).tasks}
    tasks, first = snapshot_of("", "03-08", plan=plan).tasks, d("03-01")
    assert start == first.toordinal()
    assert silent_units(tasks, d("02-08"), d("03-08")) == ()
    assert silent_units(tasks, first, d("03-08")) == ("城关镇", "河东乡", "县教育局")


def test_a_new_round_has_a_window_and_a_silence_of_its_own() -> None:
    closed = """
    04-02 县教育局 进展 佐证=甲
    05-20 县教育局 完成
    05-21 县教育局 申请销号 签批领导=局长 #案
    05-22 县财政局 初审 针对=案 结论=通过
    05-23 县委组织部 复核 针对=案 结论=通过
    05-24 县委组织部 销号公示 针对=案 起=2020-05-24 止=2020-05-30
    06-01 县委组织部 销号 针对=案 措施摘要=00000000 #销
    09-01 县委督查局 回头看 针对=销 结论=反弹 #反
    09-01 县委组织部 重新整改 针对=反 原因=反弹 时限=2020-09-30
    """
    task = task_in(snapshot_of(closed, "09-10"))
    assert (task.status.silent_days, task.status.expected) == (9, 33)
    assert task.head.round_start == d("09-01")


@pytest.mark.parametrize("words", ["届时再看", "待定", "长期坚持", "每月"])
def test_a_deadline_that_gives_no_date_is_counted_and_never_green(words: str) -> None:
    plan = UNREAD.replace("WORDS", words)
    snapshot = snapshot_of("04-02 县教育局 进展 1-1 内容=改", "12-31", plan=plan)
    counts = snapshot.counts
    assert (counts.tasks, counts.in_progress, counts.denominator, counts.overdue) == (2, 1, 2, 1)
    assert counts.unread_deadline == 1
    status = task_in(snapshot).status
    assert (status.light, status.why) == (Light.YELLOW, "时限读不出，未判逾期")


def test_an_unresolved_deadline_that_inherits_a_date_is_not_unread() -> None:
    plan = UNREAD.replace("WORDS", "待定").replace("印发日期", "时限: 2020年9月底前\n印发日期", 1)
    assert snapshot_of("", "12-31", plan=plan).counts.unread_deadline == 0


def test_a_frequency_that_cannot_be_read_is_counted_and_never_green() -> None:
    plan = UNREAD.replace("类别: 限期整改, 时限: WORDS", "类别: 例行, 频次: 想起来就办")
    task = task_in(snapshot_of("", "12-31", plan=plan))
    assert (task.row.unread, task.status.light) == (True, Light.YELLOW)


UNREAD = """
编号: p
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
问题:
- 编号: 1
  内容: 问题一
  措施:
  - {编号: 1-1, 内容: 修, 类别: 限期整改, 时限: WORDS, 责任单位: [县教育局]}
  - {编号: 1-2, 内容: 修, 类别: 限期整改, 时限: 2020年5月底前, 责任单位: [县教育局]}
"""
