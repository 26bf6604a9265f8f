"""What was lawful on its day stays so: dates, frequencies, leads and measures that the plan changed later."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_histories import END, histories

from building import PLAN, UNITS, book_of, day, head_of, refusals_of, snapshot_of, task_in
from zhenggai.rules.day.duties import open_duties
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.state import state
from zhenggai.rules.task.life import State
from zhenggai.rules.task.task_row import rhythms


def adjusted(measure: str, field: str, new: str, on: str, plan: str = PLAN) -> str:
    """The plan with an adjustment of one measure more."""
    change = f"调整: [{{日期: {day(on)}, 依据: 会议纪要, 字段: {field}, 现: {new}}}]}}"
    lines = plan.splitlines()
    return "\n".join(f"{line[:-1]}, {change}" if f"{{编号: {measure}," in line else line for line in lines)


def given_up(measure: str, on: str) -> str:
    end = f", 取消: {{日期: {day(on)}, 依据: 会议纪要}}}}"
    return "\n".join(f"{line[:-1]}{end}" if f"{{编号: {measure}," in line else line for line in PLAN.splitlines())


# --- dates ----------------------------------------------------------------------------------------------------------

EXTENDED = """
04-02 县教育局 进展
06-20 县教育局 申请延期 至=2020-07-31 原因=疫情 #延
06-22 县委组织部 同意延期 针对=延 至=2020-07-31
"""


def test_a_later_date_of_the_plan_makes_no_old_request_unlawful() -> None:
    plan = adjusted("1-1", "时限", "2020年9月30日前", "07-01")
    assert refusals_of(EXTENDED, plan=plan) == []
    before, after = (head_of(EXTENDED, as_of, plan=plan) for as_of in ("06-30", "07-01"))
    assert (before.due, before.due_source, before.extensions) == (day("07-31"), "延期", 1)
    assert (after.due, after.due_source, after.extensions) == (day("09-30"), "措施", 1)
    assert before.first_due == after.first_due == day("06-30"), "the first date is kept for ever"


def test_a_grant_after_the_adjustment_has_the_last_word() -> None:
    plan = adjusted("1-1", "时限", "2020年7月15日前", "05-01")
    head = head_of(EXTENDED, plan=plan)
    assert (head.first_due, head.due, head.due_source) == (day("06-30"), day("07-31"), "延期")


def test_a_request_is_held_to_the_date_of_its_own_day() -> None:
    plan = adjusted("1-1", "时限", "2020年9月30日前", "05-01")
    assert refusals_of(EXTENDED, plan=plan)[-1] == "2 延至 2020-07-31 不晚于现时限 2020-09-30"
    late = "04-02 县教育局 进展\n07-02 县教育局 申请延期 至=2020-10-31 原因=疫情"
    assert refusals_of(late, plan=plan) == [], "06-30 no longer holds"
    assert refusals_of(late, plan=adjusted("1-1", "时限", "2020年9月30日前", "07-03")) == [
        "2 延期须在到期（2020-06-30）之前申请"
    ]


def test_a_task_turned_long_term_stays_so_when_its_date_is_adjusted() -> None:
    ledger = """
    04-02 县教育局 进展
    06-20 县教育局 转长期 阶段目标=建成机制 下次评估=2020-10-01 #转
    06-22 县委组织部 同意延期 针对=转 至=2020-10-01
    """
    head = head_of(ledger, plan=adjusted("1-1", "时限", "2020年9月30日前", "07-01"))
    assert (head.long_term, head.due, head.next_review) == (True, None, day("10-01"))


def test_words_that_turn_a_measure_long_term_leave_its_old_entries_in_peace() -> None:
    plan = adjusted("1-1", "时限", "长期坚持", "07-01", PLAN.replace("类别: 限期整改, ", ""))
    ledger = EXTENDED + "06-25 县教育局 基本完成\n08-01 县教育局 长期评估 结论=保持 下次评估=2020-12-01"
    assert refusals_of(ledger, plan=plan) == []
    assert head_of(ledger, plan=plan).next_review == day("12-01")


def test_an_adjusted_review_holds_until_the_next_assessment_sets_another() -> None:
    plan = adjusted("1-3", "下次评估", "2020-11-01", "08-01")
    ledger = "06-30 县教育局 长期评估 1-3 结论=保持 下次评估=2020-09-01\n10-30 县教育局 长期评估 1-3 结论=保持 下次评估=2021-01-31"
    reviews = [head_of(ledger, as_of, measure="1-3", plan=plan).next_review for as_of in ("07-31", "08-01", "10-30")]
    assert reviews == [day("09-01"), day("11-01"), day("2021-01-31")]


# --- frequencies ----------------------------------------------------------------------------------------------------

DUTIES = """
04-20 县教育局 例行 1-4 期次=2020-04
05-20 县教育局 例行 1-4 期次=2020-05
07-05 县教育局 例行 1-4 期次=2020-06
08-20 县教育局 例行 1-4 期次=2020-Q3
"""
QUARTERLY = adjusted("1-4", "时限", "每季度", "07-01")


def counted(ledger: str, as_of: str, plan: str) -> tuple[int, int, int]:
    duties = task_in(snapshot_of(ledger, as_of, plan=plan), "1-4").status.duties
    return duties.on_time, duties.late, duties.missed


def test_each_occurrence_is_counted_by_the_frequency_of_its_time() -> None:
    assert refusals_of(DUTIES, plan=QUARTERLY) == [], "a missed month may still be filled"
    assert counted(DUTIES, "06-30", QUARTERLY) == (2, 0, 0)
    assert counted(DUTIES, "07-01", QUARTERLY) == (2, 0, 1)
    assert counted(DUTIES, "10-01", QUARTERLY) == (3, 1, 0)


def test_periods_of_the_old_frequency_end_with_it() -> None:
    (diagnostic,) = refusals_of(DUTIES + "08-21 县教育局 例行 1-4 期次=2020-08", plan=QUARTERLY)
    assert diagnostic == "5 期次“2020-08”与频次“每季度”不符"


def test_the_period_in_which_the_frequency_changed_does_not_count_unless_it_was_done() -> None:
    plan = adjusted("1-4", "时限", "每季度", "05-15")
    assert counted("", "07-31", plan) == (0, 0, 1)
    assert counted("05-10 县教育局 例行 1-4 期次=2020-05", "07-31", plan) == (1, 0, 1)
    task = task_in(snapshot_of("", "06-01", plan=plan), "1-4")
    assert [o.occurrence.period for o in open_duties(task, day("06-01"))] == ["2020-04"]
    assert [(r.recurrence.step, r.start, r.until) for r in rhythms(task.task)] == [
        ("month", day("04-01"), day("05-15")),
        ("quarter", day("05-15"), None),
    ]


def test_an_adjustment_of_something_else_leaves_the_rhythm_as_it_is() -> None:
    plan = adjusted("1-4", "责任人", "局长", "05-15")
    assert len(rhythms(task_in(snapshot_of("", plan=plan), "1-4").task)) == 1
    assert counted(DUTIES, "07-31", plan) == (2, 1, 0)


# --- measures given up, units that left ------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", [given_up("1-1", "07-01"), adjusted("1-1", "责任单位", "县财政局", "07-01")])
def test_what_was_given_up_is_history_and_takes_no_entry_more(plan: str) -> None:
    ledger = """
    04-02 县教育局 进展 进度=40
    04-03 县委督查局 督办 单位=县教育局 对象=单位 依据=规则 #函
    07-01 县教育局 进展 进度=50
    07-02 县教育局 回复 针对=函
    """
    assert refusals_of(ledger, "06-30", plan=plan) == []
    assert refusals_of(ledger, plan=plan) == ["3 1-1 自 2020-07-01 起已取消，或不再由县教育局负责，不能记“进展”"]
    assert refusals_of(ledger, plan=plan, known_by="2020-06-30") == []
    snapshot = snapshot_of(ledger, plan=plan)
    (gone,) = snapshot.gone
    assert (gone.unit, gone.head.percent, gone.head.state) == ("县教育局", 40, State.IN_PROGRESS)
    assert snapshot.counts.tasks == len(snapshot.tasks), "it is counted nowhere"
    assert snapshot_of(ledger, "06-30", plan=plan).gone == ()


def test_a_unit_that_left_its_class_keeps_its_task_as_history() -> None:
    units = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 归属: [{类别: 乡镇, 止: 2020-06-30}]}")
    plan = PLAN.replace("责任单位: 县教育局, 阶段: [1]}", "责任单位: 各乡镇, 阶段: [1]}", 1)
    ledger = "04-02 河东乡 进展 进度=40\n07-01 河东乡 进展 进度=50"
    snapshot = snapshot_of(ledger, plan=plan, units=units)
    assert [(task.unit, task.head.percent) for task in snapshot.gone] == [("河东乡", 40)]
    assert [(p.source.line, p.check) for p in snapshot.diagnostics] == [(2, "状态")]


def test_a_cancellation_that_was_not_known_yet_leaves_the_task_there() -> None:
    plan = given_up("1-1", "07-01").replace("取消: {", "取消: {登记日: 2020-08-01, ")
    snapshot = snapshot_of("", "07-15", known_by="2020-07-15", plan=plan)
    assert snapshot.gone == ()
    assert task_in(snapshot).status.light is Light.RED


# --- always ---------------------------------------------------------------------------------------------------------

CHANGES = (
    ("1-1", "时限", "2020年9月30日前"),
    ("1-1", "时限", "2020年5月31日前"),
    ("1-1", "牵头单位", "县档案馆"),
    ("1-2", "责任人", "局长"),
    ("1-3", "下次评估", "2020-11-01"),
    ("1-4", "时限", "每季度"),
)


@settings(max_examples=100)
@given(histories(), st.sampled_from(CHANGES), st.integers(0, 200))
def test_a_change_of_the_plan_touches_nothing_before_its_day(
    ledger: str, change: tuple[str, str, str], days: int
) -> None:
    turn = date(2020, 4, 1) + timedelta(days)
    plain = state(book_of(ledger), END)
    changed = state(book_of(ledger, adjusted(*change, str(turn))), END)
    for before, after in zip(plain.tasks, changed.tasks, strict=True):
        old = [(e, trail) for e, trail in zip(before.events, before.trail, strict=True) if e.date < turn]
        assert old == [(e, trail) for e, trail in zip(after.events, after.trail, strict=True) if e.date < turn]
        assert after.head.first_due == before.head.first_due
        assert after.task.on(turn - timedelta(1)).schedule == before.task.schedule
    eve = turn - timedelta(1)
    snapshots = (state(book_of(ledger, plan), eve) for plan in (PLAN, adjusted(*change, str(turn))))
    was, now = ([(t.head, t.status, t.events) for t in snapshot.tasks] for snapshot in snapshots)
    assert was == now


def test_a_merger_before_the_issue_is_no_turn() -> None:
    units = UNITS.replace("{名称: 县教育局,", "{名称: 县体育局, 止: 2019-12-31, 并入: 县教育局}\n- {名称: 县教育局,")
    assert task_in(snapshot_of("", units=units)).task.earlier == ()
