"""The fold: small histories in sight, and where the task stands after them.

Each history is the ledger of measure 1-1 (限期整改, 2020年6月30日前; 县教育局, led by 县财政局) unless a line names another.
"""

from datetime import date

import pytest

from building import HEAD, NOWHERE, PLAN, head_of, number_of, records_of, refusals_of, snapshot_of, task_in, units_of
from building import day as d
from zhenggai.model.book import Book
from zhenggai.model.kinds import Kind
from zhenggai.model.source import Level
from zhenggai.rules.day.state import state
from zhenggai.rules.supervision.letters import unanswered
from zhenggai.rules.task.fold import fold
from zhenggai.rules.task.life import State
from zhenggai.rules.task.task_state import Duty, Escalated, Pending

DONE = """
04-02 县教育局 进展 进度=40 佐证=县组发〔2020〕1号
05-20 县教育局 完成 #完
"""
APPLIED = DONE + "05-21 县教育局 申请销号 签批领导=王强 #案\n"
PUBLICISED = (
    APPLIED
    + """
05-25 县财政局 初审 针对=案 结论=通过 #初
05-28 县委组织部 复核 针对=案 结论=通过 #复
06-01 县委组织部 销号公示 针对=案 起=2020-06-01 止=2020-06-07
"""
)
CLOSED = PUBLICISED + "06-08 县委组织部 销号 针对=案 措施摘要=1a2b #销\n"


# --- close-out ------------------------------------------------------------------------------------------------------


def test_a_task_goes_from_progress_to_close_out() -> None:
    head = head_of(CLOSED)
    assert refusals_of(CLOSED) == []
    assert (head.state, head.completed, head.closed) == (State.CLOSED, d("05-20"), d("06-08"))
    assert (head.percent, head.evidence, head.round) == (40, 1, 1)
    assert (head.started, head.notice_end) == (d("04-02"), d("06-07"))


def test_each_day_shows_the_state_of_that_day() -> None:
    states = {
        day: head_of(CLOSED, day).state for day in ("04-01", "04-02", "05-20", "05-21", "05-25", "05-28", "06-07")
    }
    assert [str(s) for s in states.values()] == [
        "未启动",
        "整改中",
        "已完成",
        "申请销号",
        "初审通过",
        "复核通过",
        "公示中",
    ]


def test_on_the_notice_s_last_day_a_close_out_is_refused() -> None:
    ledger = PUBLICISED + "06-07 县委组织部 销号 针对=案 措施摘要=1a2b\n"
    assert refusals_of(ledger) == ["7 公示到 2020-06-07 才满，不能销号"]
    assert head_of(ledger).state is State.PUBLICISED


def test_without_notice_a_close_out_is_refused_unless_the_plan_waives_it() -> None:
    ledger = CLOSED.replace("06-01 县委组织部 销号公示 针对=案 起=2020-06-01 止=2020-06-07\n", "")
    assert refusals_of(ledger) == ["6 尚未公示，不能销号"]
    assert head_of(ledger, plan=PLAN.replace("公示天数: 7", "公示天数: 0")).closed == d("06-08")


def test_a_notice_that_was_given_all_the_same_binds_even_where_it_is_waived() -> None:
    ledger = PUBLICISED + "06-07 县委组织部 销号 针对=案 措施摘要=1a2b\n"
    assert head_of(ledger, plan=PLAN.replace("公示天数: 7", "公示天数: 0")).state is State.PUBLICISED


def test_each_step_may_name_the_application_or_the_step_before_it() -> None:
    chained = PUBLICISED.replace("复核 针对=案", "复核 针对=初").replace("销号公示 针对=案", "销号公示 针对=复")
    assert refusals_of(chained) == []
    assert head_of(chained).state is State.PUBLICISED


def test_a_review_of_something_else_is_refused_and_names_the_application() -> None:
    snapshot = snapshot_of(APPLIED + "05-25 县财政局 初审 针对=完 结论=通过")
    (diagnostic,) = snapshot.diagnostics
    assert diagnostic.what == "针对的 20200520-00000002 不是本次销号申请"
    assert diagnostic.remedy == "应针对 20200521-00000003"


def test_an_application_names_all_that_it_lacks() -> None:
    plan = PLAN.replace(
        "内容: 制定办法,",
        "内容: 制定办法, 步骤: [{编号: 1-1-1, 内容: 甲}, {编号: 1-1-2, 内容: 乙}, {编号: 1-1-3, 内容: 丙, 频次: 每月}],",
    )
    start = "04-01 县教育局 进展 步骤=1-1-2\n05-01 县教育局 完成\n"
    apply = "05-02 县教育局 申请销号 签批领导=王强"
    assert refusals_of(start + apply, plan=plan) == ["3 申请销号还缺 2 项：一份佐证材料、步骤 1-1-1 办结"]
    assert refusals_of(start + apply + " 佐证=县组发〔2020〕1号", plan=plan) == ["3 申请销号还缺 1 项：步骤 1-1-1 办结"]
    done = start.replace("完成", "完成 步骤=1-1-1")
    assert refusals_of(done + apply + " 佐证=县组发〔2020〕1号", plan=plan) == []


@pytest.mark.parametrize("measure", ["1-1", "1-2"])
def test_a_task_done_at_once_may_apply_since_its_completion_says_what_was_done(measure: str) -> None:
    ledger = f"04-01 县教育局 完成 {measure} 佐证=县组发〔2020〕1号\n04-02 县教育局 申请销号 {measure} 签批领导=王强"
    assert refusals_of(ledger) == []
    head = head_of(ledger, measure=measure)
    assert (head.state, head.started, head.completed) == (State.APPLIED, d("04-01"), d("04-01"))


def test_a_return_leads_back_into_work_is_counted_and_leaves_the_completed() -> None:
    first = APPLIED + "05-25 县财政局 初审 针对=案 结论=退回 原因=缺材料\n"
    head = head_of(first)
    assert (head.state, head.returns, head.completed, head.case) == (State.IN_PROGRESS, 1, None, ())
    again = """
    05-26 县教育局 完成
    05-27 县教育局 申请销号 签批领导=王强 #案二
    05-28 县财政局 初审 针对=案二 结论=通过
    05-29 县委组织部 复核 针对=案二 结论=退回 原因=不实
    """
    head = head_of(first + again)
    assert refusals_of(first + again) == []
    assert (head.state, head.returns, head.round) == (State.IN_PROGRESS, 2, 1)


def test_after_a_return_the_old_application_can_no_longer_be_passed() -> None:
    ledger = (
        APPLIED
        + """
    05-25 县财政局 初审 针对=案 结论=退回 原因=缺材料
    05-26 县教育局 完成
    05-27 县教育局 申请销号 签批领导=王强
    05-28 县财政局 初审 针对=案 结论=通过
    """
    )
    assert refusals_of(ledger) == ["7 针对的 20200521-00000003 不是本次销号申请"]


def test_what_was_found_not_to_exist_is_absent_until_it_is_returned() -> None:
    ledger = APPLIED.replace("完成 #完", "完成 #完 结论=经核查不存在 依据=审计报告")
    assert head_of(ledger).absent
    assert not head_of(ledger + "05-25 县财政局 初审 针对=案 结论=退回 原因=确有其事").absent


# --- rounds ---------------------------------------------------------------------------------------------------------


def test_a_look_back_that_finds_a_relapse_begins_the_next_round() -> None:
    ledger = CLOSED + "09-01 县委督查局 回头看 针对=销 结论=反弹 #反\n"
    head = head_of(ledger)
    assert (head.state, head.round, head.relapses) == (State.IN_PROGRESS, 2, 1)
    assert (head.completed, head.closed, head.notice_end, head.percent) == (None, None, None, None)
    assert (head.evidence, head.due) == (0, d("06-30"))
    assert head_of(ledger, "08-31").closed == d("06-08")


def test_a_reopening_that_answers_the_relapse_sets_its_date_without_another_round() -> None:
    ledger = (
        CLOSED
        + """
    09-01 县委督查局 回头看 针对=销 结论=反弹 #反
    09-03 县委组织部 重新整改 针对=反 原因=反弹 时限=2020-10-31
    """
    )
    head = head_of(ledger)
    assert (head.round, head.due, head.due_source, head.first_due) == (2, d("10-31"), "重新整改", d("06-30"))
    assert head_of(ledger, "09-02").due == d("06-30")


def test_a_reopening_of_a_closed_task_begins_the_next_round_with_a_new_date() -> None:
    head = head_of(CLOSED + "09-03 县委组织部 重新整改 针对=销 原因=返工 时限=2020-10-31")
    assert (head.state, head.round, head.due, head.closed) == (State.IN_PROGRESS, 2, d("10-31"), None)
    assert (head.percent, head.evidence, head.case) == (None, 0, ())


def test_a_reopening_of_a_task_in_work_is_refused_where_nothing_relapsed() -> None:
    ledger = "04-02 县教育局 进展 #甲\n05-01 县委督查局 重新整改 针对=甲 原因=慢 时限=2020-10-31"
    assert refusals_of(ledger) == ["2 任务正在整改，无需重新整改"]


def test_a_relapse_that_was_made_good_can_no_longer_be_answered_by_a_reopening() -> None:
    ledger = """
    04-02 县教育局 进展 佐证=县组发〔2020〕1号
    04-03 县委督查局 督查 单位=县教育局 方式=暗访 结论=不实 #反
    05-20 县教育局 完成
    05-21 县教育局 申请销号 签批领导=王强 #案
    05-22 县财政局 初审 针对=案 结论=退回 原因=缺
    05-23 县委督查局 重新整改 针对=反 原因=慢 时限=2020-10-31
    """
    assert refusals_of(ledger) == ["6 任务正在整改，无需重新整改"]


def test_the_next_round_needs_its_own_completion_and_evidence() -> None:
    ledger = (
        CLOSED
        + """
    09-01 县委督查局 回头看 针对=销 结论=反弹
    09-10 县教育局 完成
    09-11 县教育局 申请销号 签批领导=王强
    """
    )
    assert refusals_of(ledger) == ["10 申请销号还缺 1 项：一份佐证材料"]


def test_an_inspection_before_completion_voids_the_claimed_percent_only() -> None:
    ledger = "04-02 县教育局 进展 进度=90\n05-01 县委督查局 督查 单位=县教育局 方式=暗访 结论=不实\n"
    head = head_of(ledger)
    assert (head.state, head.percent, head.round, head.relapses) == (State.IN_PROGRESS, None, 1, 0)
    assert head_of(ledger + "05-09 县教育局 进展 进度=60").percent == 60


@pytest.mark.parametrize("verdict", ["不实", "反弹"])
def test_an_inspection_after_completion_begins_the_next_round(verdict: str) -> None:
    head = head_of(DONE + f"06-01 县委督查局 督查 单位=县教育局 方式=明察 结论={verdict}")
    assert (head.state, head.round, head.relapses, head.completed) == (State.IN_PROGRESS, 2, 1, None)


def test_a_good_inspection_and_a_good_look_back_change_nothing_but_the_history() -> None:
    ledger = (
        CLOSED
        + """
    07-01 县委督查局 督查 单位=县教育局 方式=调研 结论=属实
    07-02 县委组织部 回头看 针对=销 结论=属实
    """
    )
    before, after = head_of(CLOSED), head_of(ledger)
    assert after.looked_back == d("07-02")
    before.last_number, before.looked_back, before.closings = after.last_number, after.looked_back, after.closings
    assert after == before


def test_an_inspection_of_a_whole_unit_moves_no_task() -> None:
    ledger = DONE + "06-01 县委督查局 督查 措施= 单位=县教育局 方式=明察 结论=不实"
    assert head_of(ledger) == head_of(DONE)
    assert refusals_of(ledger) == []


# --- extension and long-term ----------------------------------------------------------------------------------------


def test_a_granted_extension_moves_the_due_date_from_the_grant_on_and_keeps_the_first() -> None:
    ledger = """
    06-30 县教育局 申请延期 至=2020-08-31 原因=疫情 #延
    07-05 县委组织部 同意延期 针对=延 至=2020-08-15
    """
    waiting, granted = head_of(ledger, "07-04"), head_of(ledger, "07-05")
    assert (waiting.due, waiting.due_source, waiting.pending) == (
        d("06-30"),
        "措施",
        (Pending(number_of(1, d("06-30")), Kind.EXTENSION_REQUEST),),
    )
    assert (granted.due, granted.due_source, granted.pending) == (d("08-15"), "延期", ())
    assert (granted.first_due, granted.extensions) == (d("06-30"), 1)


def test_an_extension_asked_for_after_the_due_date_is_refused() -> None:
    assert refusals_of("07-01 县教育局 申请延期 至=2020-08-31 原因=疫情") == ["1 延期须在到期（2020-06-30）之前申请"]


def test_an_extension_to_no_later_date_is_refused() -> None:
    assert refusals_of("06-01 县教育局 申请延期 至=2020-06-30 原因=疫情") == [
        "1 延至 2020-06-30 不晚于现时限 2020-06-30"
    ]


def test_an_extension_of_a_task_without_a_date_is_refused() -> None:
    plan = PLAN.replace("时限: 2020年6月30日前", "时限: 不知何时").replace("阶段: [1]", "阶段: []")
    assert refusals_of("06-01 县教育局 申请延期 至=2020-06-30 原因=疫情", plan=plan) == ["1 任务没有截止日，无从延期"]


def test_a_refused_request_is_answered_and_cannot_be_granted_later() -> None:
    ledger = """
    06-01 县教育局 申请延期 至=2020-08-31 原因=疫情 #延
    06-05 县委组织部 不同意延期 针对=延 原因=不充分
    06-06 县委组织部 同意延期 针对=延 至=2020-08-31
    """
    assert refusals_of(ledger) == ["3 20200601-00000001 不是待批的延期申请"]
    assert (head_of(ledger).due, head_of(ledger).extensions) == (d("06-30"), 0)


def test_a_request_lapses_when_the_task_is_done() -> None:
    ledger = "04-02 县教育局 进展\n05-10 县教育局 申请延期 至=2020-08-31 原因=疫情\n05-20 县教育局 完成"
    assert head_of(ledger, "05-19").pending
    assert head_of(ledger).pending == ()


def test_a_later_request_takes_the_place_of_an_unanswered_one() -> None:
    ledger = """
    06-01 县教育局 申请延期 至=2020-08-31 原因=疫情 #延
    06-02 县教育局 申请延期 至=2020-09-30 原因=疫情 #再
    06-03 县委组织部 同意延期 针对=延 至=2020-08-31
    06-04 县委组织部 同意延期 针对=再 至=2020-09-30
    """
    assert refusals_of(ledger) == ["3 20200601-00000001 不是待批的延期申请"]
    assert (head_of(ledger).due, head_of(ledger).extensions) == (d("09-30"), 1)


def test_a_task_turned_long_term_has_no_due_date_but_a_review_date() -> None:
    ledger = """
    04-02 县教育局 进展
    06-01 县教育局 转长期 阶段目标=机制建成 下次评估=2020-09-30 #转
    06-05 县委组织部 同意延期 针对=转 至=2020-10-15
    10-14 县教育局 长期评估 结论=保持 下次评估=2021-01-15
    10-15 县教育局 完成
    """
    head = head_of(ledger, "06-05")
    assert (head.long_term, head.state, head.due, head.due_source) == (True, State.BASICALLY_DONE, None, "转长期")
    assert (head.first_due, head.next_review, head.extensions) == (d("06-30"), d("10-15"), 0)
    assert head_of(ledger).next_review == d("2021-01-15")
    assert [line[:1] for line in refusals_of(ledger)] == ["5"]


def test_a_refusal_to_turn_a_task_long_term_leaves_it_dated() -> None:
    ledger = """
    04-02 县教育局 进展
    06-01 县教育局 转长期 阶段目标=机制建成 下次评估=2020-09-30 #转
    06-05 县委组织部 不同意延期 针对=转
    """
    head = head_of(ledger)
    assert (head.long_term, head.state, head.due, head.pending) == (False, State.IN_PROGRESS, d("06-30"), ())


# --- corrections ----------------------------------------------------------------------------------------------------


def test_a_correction_counts_from_its_own_date_on() -> None:
    ledger = "04-02 县教育局 进展 进度=90 #甲\n05-01 县教育局 更正 针对=甲 进度=40"
    assert [head_of(ledger, day).percent for day in ("04-30", "05-01")] == [90, 40]
    assert refusals_of(ledger) == []


def test_of_several_corrections_the_last_one_holds_and_each_keeps_what_it_does_not_name() -> None:
    plan = PLAN.replace("内容: 制定办法,", "内容: 制定办法, 步骤: [{编号: 1-1-1, 内容: 甲}, {编号: 1-1-2, 内容: 乙}],")
    ledger = """
    04-02 县教育局 进展 进度=90 步骤=1-1-1 指标值=10 指标基数=50 #甲
    05-01 县教育局 更正 针对=甲 进度=0 步骤=1-1-2
    05-02 县教育局 更正 针对=甲 进度=55
    05-03 县教育局 更正 针对=甲 指标值=12 佐证=县组发〔2020〕1号
    """
    head = head_of(ledger, plan=plan)
    assert head_of(ledger, "05-01", plan=plan).percent == 0
    assert (head.percent, head.steps, head.evidence) == (55, ("1-1-2",), 1)
    assert head.targets == ((d("04-02"), "1-1-2", "12", "50"),)


def test_a_void_entry_is_gone_and_what_answers_it_is_refused() -> None:
    ledger = APPLIED + "05-22 县教育局 更正 针对=案 作废=是\n05-25 县财政局 初审 针对=案 结论=通过"
    assert head_of(ledger).state is State.COMPLETED
    assert refusals_of(ledger) == ["5 针对的记录 20200521-00000003 在它之前不存在或已作废"]


def test_an_entry_that_rested_on_a_void_one_no_longer_stands() -> None:
    ledger = "04-02 县教育局 进展 #甲\n05-20 县教育局 基本完成\n05-22 县教育局 更正 针对=甲 作废=是"
    assert head_of(ledger, "05-21").state is State.BASICALLY_DONE
    assert head_of(ledger).state is State.NOT_STARTED
    assert refusals_of(ledger) == ["2 任务未启动，不能记“基本完成”"]


@pytest.mark.parametrize("again", ["内容=改", "作废=是"])
@pytest.mark.parametrize("entry", ["进展", "经验 措施="])
def test_what_corrects_a_void_entry_changes_nothing_and_is_nobody_s_error(entry: str, again: str) -> None:
    """Two computers of a unit: neither could know of the other, and a landed 更正 cannot be taken back."""
    ledger = f"04-02 县教育局 {entry} #甲\n05-01 县教育局 更正 针对=甲 作废=是\n05-02 县教育局 更正 针对=甲 {again}"
    (doubt,) = snapshot_of(ledger).diagnostics
    assert (doubt.source.line, doubt.level) == (3, Level.DOUBT)
    assert doubt.what == "针对的记录 20200402-00000001 已另行作废，这条更正不起作用"


def test_another_unit_s_correction_is_refused() -> None:
    ledger = "04-02 县教育局 进展 进度=90 #甲\n05-01 县委组织部 更正 针对=甲 进度=40"
    assert refusals_of(ledger) == ["2 更正只能由原记录单位作出"]
    assert head_of(ledger).percent == 90


@pytest.mark.parametrize("wrong", ["2021-04-02", "04-02/2021-04-02", "05-01/2021-04-02"])
def test_an_entry_of_a_clock_ahead_is_withdrawn_at_once_and_for_good(wrong: str) -> None:
    ledger = f"04-01 县教育局 进展 进度=40\n{wrong} 县教育局 进展 进度=90 #甲\n05-01 县教育局 更正 针对=甲 作废=是"
    for as_of in ("05-01", "12-31", "2021-04-02", "2021-12-31"):
        assert head_of(ledger, as_of).percent == 40
        assert refusals_of(ledger, as_of) == []
        assert snapshot_of(ledger, as_of).said("20210402-00000002") is None
        assert snapshot_of(ledger, as_of).correction("20200501-00000003") is not None


def test_only_the_unit_that_recorded_an_entry_withdraws_it_before_its_day() -> None:
    ledger = "2021-04-02 县教育局 进展 进度=90 #甲\n05-01 县财政局 更正 针对=甲 作废=是"
    for as_of in ("05-01", "2021-12-31"):
        assert refusals_of(ledger, as_of) == ["2 更正只能由原记录单位作出"]
    assert head_of(ledger, "2021-12-31").percent == 90


def test_what_corrects_an_entry_that_was_withdrawn_before_its_day_changes_nothing() -> None:
    ledger = """
    2021-04-02 县教育局 进展 进度=90 #甲
    05-01 县教育局 更正 针对=甲 作废=是
    05-02 县教育局 更正 针对=甲 作废=是
    2021-04-03 县教育局 更正 针对=甲 进度=80
    """
    refusals = [refusal.partition(" ") for refusal in refusals_of(ledger, "2021-12-31")]
    assert [line for line, *_ in refusals] == ["3", "4"]
    assert {what for *_, what in refusals} == {"针对的记录 20210402-00000001 已另行作废，这条更正不起作用"}
    assert head_of(ledger, "2021-12-31").percent is None


def test_a_letter_to_a_whole_unit_is_withdrawn_before_its_day_too() -> None:
    ledger = """
    2021-05-10 县委督查局 提醒 措施= 单位=县教育局 对象=单位 依据=规则 #函
    05-11 县委督查局 更正 针对=函 作废=是
    """
    for as_of in ("05-11", "2021-12-31"):
        assert refusals_of(ledger, as_of) == []
        assert snapshot_of(ledger, as_of).said("20210510-00000001") is None
    assert unanswered(snapshot_of(ledger, "2021-12-31"), "县教育局") == ()


def test_a_correction_dated_before_what_it_corrects_is_refused() -> None:
    ledger = "04-02 县教育局 进展 进度=90 #甲\n04-01 县教育局 更正 针对=甲 进度=40"
    assert refusals_of(ledger) == ["2 针对的记录 20200402-00000001 在它之前不存在或已作废"]


def test_a_corrected_conclusion_changes_the_way_of_the_task() -> None:
    ledger = APPLIED + "05-25 县财政局 初审 针对=案 结论=通过 #初\n05-26 县财政局 更正 针对=初 结论=退回 原因=漏看"
    assert [head_of(ledger, day).state for day in ("05-25", "05-26")] == [State.FIRST_PASSED, State.IN_PROGRESS]
    assert head_of(ledger).returns == 1


def test_a_corrected_date_takes_the_place_of_the_first() -> None:
    ledger = (
        PUBLICISED.replace("止=2020-06-07", "止=2020-06-07 #公")
        + """
    06-02 县委组织部 更正 针对=公 止=2020-06-10
    06-08 县委组织部 销号 针对=案 措施摘要=1a2b
    """
    )
    assert refusals_of(ledger) == ["8 公示到 2020-06-10 才满，不能销号"]


def test_a_completion_may_be_corrected_to_the_finding_that_there_was_nothing_to_do() -> None:
    ledger = DONE + "05-21 县教育局 更正 针对=完 结论=经核查不存在 依据=审计报告"
    assert [head_of(ledger, day).absent for day in ("05-20", "05-21")] == [False, True]


def test_a_correction_of_what_the_entry_cannot_have_is_named_and_changes_nothing() -> None:
    ledger = APPLIED + "05-25 县财政局 初审 针对=案 结论=通过 #初\n05-26 县财政局 更正 针对=初 进度=0"
    assert refusals_of(ledger) == ["5 “初审”没有“进度”可更正"]
    assert head_of(ledger).state is State.FIRST_PASSED


# --- who, which, when -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["进展", "基本完成", "完成"])
def test_what_is_recorded_for_another_unit_must_say_so(kind: str) -> None:
    ledger = "04-01 县教育局 进展\n04-02 县财政局 {} 单位=县教育局 {}"
    assert refusals_of(ledger.format(kind, "")) == [f"2 他单位的{kind}须标明代录"]
    assert refusals_of(ledger.format(kind, "代录=是")) == []


def test_an_entry_for_another_unit_counts_as_any() -> None:
    head = head_of("04-02 县财政局 进展 单位=县教育局 代录=是 进度=30")
    assert (head.state, head.percent, head.entry_days) == (State.IN_PROGRESS, 30, (d("04-02"),))


def test_entry_days_are_those_of_the_own_unit_s_entries() -> None:
    ledger = """
    04-01 县教育局 认领
    04-02 县教育局 进展 #甲
    04-20 县委督查局 督办 单位=县教育局 对象=单位 依据=规则 期限=2020-05-01 #督
    04-25 县教育局 回复 针对=督
    """
    head = head_of(ledger)
    assert head.entry_days == (d("04-01"), d("04-02"), d("04-25"))
    assert (head.claimed, head.last_entry) == (d("04-01"), d("04-25"))
    assert (head.ladder, head.last_number) == (
        (Escalated(Kind.SUPERVISION, d("04-20"), number_of(3, d("04-20")), d("05-01"), d("04-25")),),
        number_of(4, d("04-25")),
    )


def test_of_a_repeated_number_the_first_by_path_and_line_counts() -> None:
    later_file, earlier_file = "04-02|李 县教育局 进展 进度=10", "04-02|赵 县教育局 进展 进度=90"
    first, second = records_of(later_file)[0], records_of(earlier_file)[0]
    assert first.entry.number == second.entry.number
    book = Book(snapshot_of().plan, snapshot_of().units, tuple(sorted((second, first), key=lambda r: r.source)))
    snapshot = state(book, d("12-31"))
    assert book.by_number[first.entry.number] is first
    assert task_in(snapshot).head.percent == 10
    (diagnostic,) = snapshot.diagnostics
    assert diagnostic.source == second.source
    assert diagnostic.what == f"编号 {first.entry.number} 与 {first.source} 重复"


def test_a_repeated_number_never_counts_for_another_task_either() -> None:
    (late,), (other,) = records_of("06-02/04-02|李 县教育局 进展 进度=10"), records_of("04-02|赵 县教育局 进展 1-2")
    book = Book(snapshot_of().plan, snapshot_of().units, (late, other))
    snapshot = state(book, d("05-01"))
    assert {t.head.state for t in snapshot.tasks} == {State.NOT_STARTED}


def test_the_fold_itself_counts_a_repeated_number_once() -> None:
    task = task_in(snapshot_of("04-02 县教育局 进展 进度=10"))
    (event,) = task.filed
    again = event._replace(value=90)
    assert fold(task.task, [event, again], date.max, unit_of=units_of().recorder).head.percent == 10


def test_an_entry_that_stands_before_the_one_it_answers_is_refused() -> None:
    ledger = APPLIED + "05-20 县财政局 初审 针对=案 结论=通过"
    assert refusals_of(ledger) == ["4 针对的记录 20200521-00000003 在它之前不存在或已作废"]


def test_an_answer_to_an_entry_that_is_nowhere_is_named() -> None:
    assert refusals_of("05-20 县财政局 初审 针对=无 结论=通过") == [f"1 针对的记录 {NOWHERE} 不存在"]


def test_an_answer_that_speaks_of_another_measure_or_unit_is_named() -> None:
    wrong = [" 措施=1-2", " 单位=县财政局"]
    for word in wrong:
        assert refusals_of(APPLIED + "05-25 县财政局 初审 针对=案 结论=通过" + word) == [
            "4 措施、单位与所针对的记录不一致（应为 1-1 县教育局）"
        ]
    assert refusals_of(APPLIED + "05-25 县财政局 初审 针对=案 结论=通过 措施=1-1 单位=教育局") == []


def test_answers_to_what_belongs_to_no_task_are_left_aside() -> None:
    ledger = """
    05-01 县委督查局 督办 措施= 单位=县教育局 对象=单位 依据=规则 #督
    05-02 县教育局 回复 针对=督
    05-03 县委组织部 换届 措施= 党组织=机关支部 事由=请示 #换
    05-04 县委组织部 更正 针对=换 作废=是
    05-05 县委组织部 软弱涣散 措施= 党组织=机关支部 事由=认定
    05-06 县档案馆 经验 措施=
    05-07 县档案馆 经验
    """
    assert refusals_of(ledger) == []
    snapshot = snapshot_of(ledger)
    assert {t.head.last_number for t in snapshot.tasks} == {""}
    assert [e.kind for e in snapshot.aside.of_units] == [Kind.SUPERVISION, Kind.REPLY, Kind.CORRECTION]


def test_what_names_a_whole_unit_counts_only_from_those_who_may_and_is_answered_by_that_unit() -> None:
    ledger = """
    05-01 县财政局 督办 措施= 单位=县教育局 对象=单位 依据=规则
    05-02 县委组织部 约谈 措施= 单位=县教育局 对象=单位 依据=规则 #谈
    05-03 县财政局 回复 针对=谈
    05-04 县委督查局 更正 针对=谈 人数=2
    """
    assert refusals_of(ledger) == [
        "4 “更正”应由县委组织部记录",
        "1 “督办”应由县委督查局、县委组织部记录",
        "3 “回复”应由县教育局记录",
    ]
    assert [e.kind for e in snapshot_of(ledger).aside.of_units] == [Kind.INTERVIEW]


def test_entries_that_answer_each_other_in_a_circle_belong_to_no_task() -> None:
    ledger = "05-01 县教育局 回复 针对=乙 #甲\n05-02 县教育局 回复 针对=甲 #乙"
    assert task_in(snapshot_of(ledger)).filed == ()


def test_an_unknown_measure_is_named_with_the_nearest_ones() -> None:
    (diagnostic,) = snapshot_of("04-02 县教育局 进展 1-9").diagnostics
    assert (diagnostic.what, diagnostic.remedy) == ("方案中没有措施 1-9", "最接近的有：1-4、1-3、1-2")


def test_a_unit_that_is_not_responsible_is_named_with_those_that_are() -> None:
    (diagnostic,) = snapshot_of("04-02 城关镇 进展").diagnostics
    assert (diagnostic.what, diagnostic.remedy) == ("城关镇不是 1-1 的责任单位", "责任单位有：县教育局")


def test_of_many_responsible_units_a_few_are_named() -> None:
    measure = "{编号: 1-1, 内容: 乙, 时限: 6月底前, 责任单位: [县直各单位, 各乡镇, 县档案馆, 县委办公室]}"
    plan = HEAD + f"- {{编号: 1, 内容: 甲, 措施: [{measure}]}}"
    (six,) = snapshot_of("04-02 无此单位 进展", plan=plan).diagnostics
    (five,) = snapshot_of("04-02 无此单位 进展", plan=plan.replace("县档案馆, ", "")).diagnostics
    assert six.remedy.endswith("等 6 个")
    assert five.remedy.count("、") == 4
    assert not five.remedy.endswith("个")


def test_only_what_was_recorded_by_a_day_is_known_by_it() -> None:
    ledger = "04-02/04-20 县教育局 进展 进度=40\n05-20/06-30 县教育局 完成"
    assert task_in(snapshot_of(ledger, known_by="04-19")).head.state is State.NOT_STARTED
    assert task_in(snapshot_of(ledger, known_by="04-20")).head.percent == 40
    assert task_in(snapshot_of(ledger, known_by="06-29")).head.state is State.IN_PROGRESS
    done = task_in(snapshot_of(ledger, known_by="06-30")).head
    assert (done.completed, done.completed_recorded) == (d("05-20"), d("06-30"))


def test_entries_stand_in_order_of_date_then_number_whatever_their_file() -> None:
    ledger = "05-02|李 县教育局 进展 进度=60\n05-01|赵 县教育局 进展 进度=40\n05-02|孙 县教育局 进展 进度=50"
    assert [event.value for event in task_in(snapshot_of(ledger)).events] == [40, 60, 50]
    assert head_of(ledger).percent == 50


# --- occurrences ----------------------------------------------------------------------------------------------------


def test_an_occurrence_fills_its_period() -> None:
    head = head_of("05-20/05-22 县教育局 例行 1-4 期次=2020-05 指标值=3", measure="1-4")
    assert head.duties == (Duty("2020-05", d("05-20").toordinal(), d("05-22").toordinal()),)
    assert (head.state, head.started) == (State.IN_PROGRESS, d("05-20"))


@pytest.mark.parametrize(
    ("ledger", "what"),
    [
        ("05-20 县教育局 例行 1-4 期次=2020-Q2", "1 期次“2020-Q2”与频次“每月”不符"),
        ("05-20 县教育局 例行 1-4 期次=五月", "1 期次“五月”与频次“每月”不符"),
        ("05-20 县教育局 例行 1-4 期次=2020-06", "1 期次 2020-06 尚未开始"),
        (
            "05-20 县教育局 例行 1-4 期次=2020-05\n05-21 县教育局 例行 1-4 期次=2020-05",
            "2 期次 2020-05 已有记录",
        ),
    ],
)
def test_an_occurrence_of_the_wrong_period_of_the_future_or_twice_is_refused(ledger: str, what: str) -> None:
    assert refusals_of(ledger) == [what]


def test_an_occurrence_of_a_duty_whose_frequency_is_unreadable_is_refused() -> None:
    plan = PLAN.replace("时限: 每月", "时限: 常常")
    assert refusals_of("05-20 县教育局 例行 1-4 期次=2020-05", plan=plan) == ["1 频次“常常”读不出，没有期次"]


def test_a_corrected_period_frees_the_one_it_left() -> None:
    ledger = """
    05-20 县教育局 例行 1-4 期次=2020-05 #甲
    05-21 县教育局 更正 针对=甲 期次=2020-04
    05-22 县教育局 例行 1-4 期次=2020-05
    """
    assert refusals_of(ledger) == []
    assert [duty.period for duty in head_of(ledger, measure="1-4").duties] == ["2020-04", "2020-05"]


# --- what an entry names ----------------------------------------------------------------------------------------------

SECOND_ROUND = """
05-01 县委督查局 回头看 针对=闭 结论=反弹 #弹
05-02 县委督查局 重新整改 针对=弹 原因=返工 时限=2020-09-01
05-03 县教育局 进展 佐证=县组发〔2020〕1号
05-04 县教育局 完成
05-05 县教育局 申请销号 签批领导=王强 #案2
05-06 县财政局 初审 针对=案2 结论=通过
05-07 县委组织部 复核 针对=案2 结论=通过
05-08 县委组织部 销号公示 针对=案2 起=2020-05-08 止=2020-05-14
05-15 县委组织部 销号 针对=案2 措施摘要=1a2b #闭2
"""
FIRST_ROUND = """
04-02 县教育局 进展 佐证=县组发〔2020〕1号
04-04 县教育局 完成
04-05 县教育局 申请销号 签批领导=王强 #案
04-06 县财政局 初审 针对=案 结论=通过
04-07 县委组织部 复核 针对=案 结论=通过
04-08 县委组织部 销号公示 针对=案 起=2020-04-08 止=2020-04-14
04-15 县委组织部 销号 针对=案 措施摘要=1a2b #闭
"""


def test_a_look_back_names_the_close_out_of_its_round() -> None:
    assert refusals_of(FIRST_ROUND + "04-20 县委督查局 回头看 针对=案 结论=属实") == [
        "8 针对的 20200405-00000003 不是本轮的销号"
    ]
    ledger = FIRST_ROUND + SECOND_ROUND + "06-01 县委督查局 回头看 针对=闭 结论=属实\n"
    assert refusals_of(ledger) == ["17 针对的 20200415-00000007 不是本轮的销号"]
    assert head_of(ledger).looked_back is None
    assert head_of(ledger + "06-02 县委督查局 回头看 针对=闭2 结论=属实").looked_back == d("06-02")


def test_what_was_refused_is_no_ground_for_a_reopening_and_no_letter_to_answer() -> None:
    ledger = FIRST_ROUND + "05-01 县财政局 督查 单位=县教育局 方式=明察 结论=不实 #假\n"
    ledger += "05-02 县委督查局 重新整改 针对=假 原因=不实 时限=2020-09-01\n05-03 县教育局 回复 针对=假"
    assert refusals_of(ledger) == [
        "9 针对的记录 20200501-00000008 没有计入",
        "10 针对的记录 20200501-00000008 没有计入",
        "8 “督查”应由督办单位（县委督查局）记录",
    ]
    assert head_of(ledger).state is State.CLOSED


def test_a_reopening_sets_a_date_to_come() -> None:
    assert refusals_of(FIRST_ROUND + "05-01 县委督查局 重新整改 针对=闭 原因=返工 时限=2020-05-01") == [
        "8 时限 2020-05-01 不晚于重新整改的 2020-05-01"
    ]


def test_a_grant_gives_a_later_date_and_asks_for_long_term_come_before_the_due_date() -> None:
    request = "06-30 县教育局 申请延期 至=2020-07-31 原因=疫情 #延\n"
    assert refusals_of(request) == [], "on the due day itself"
    assert refusals_of(request + "07-02 县委组织部 同意延期 针对=延 至=2020-06-30") == [
        "2 延至 2020-06-30 不晚于现时限 2020-06-30"
    ]
    started = "04-02 县教育局 进展\n"
    assert refusals_of(started + "07-01 县教育局 转长期 阶段目标=建成机制 下次评估=2020-10-01") == [
        "2 转长期须在到期（2020-06-30）之前申请"
    ]
    asked = started + "06-30 县教育局 转长期 阶段目标=建成机制 下次评估=2020-10-01 #转\n"
    assert refusals_of(asked + "07-02 县委组织部 同意延期 针对=转 至=2020-07-02") == [
        "3 下次评估 2020-07-02 不晚于这次的日期 2020-07-02"
    ]


# --- whole units -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "diagnostics"),
    [
        ("县委督查局 督查 措施= 单位=县教育局 方式=明察 结论=属实", []),
        ("县委组织部 督查 措施= 单位=县教育局 方式=明察 结论=属实", ["1 “督查”应由县委督查局记录"]),
        ("县委督查局 督查 措施= 单位=县委督查局 方式=明察 结论=属实", ["1 “督查”应由县委组织部记录"]),
        ("县委组织部 督查 措施= 单位=县委督查局 方式=明察 结论=属实", []),
        ("县委组织部 提醒 措施= 单位=县教育局 对象=单位 依据=规则", []),
        ("县委组织部 提醒 措施= 单位=县委组织部 对象=单位 依据=规则", ["1 “提醒”应由县委督查局记录"]),
        ("县委督查局 提醒 措施= 单位=县委督查局 对象=单位 依据=规则", ["1 “提醒”应由县委组织部记录"]),
        ("县委督查局 提醒 措施= 单位=县委组织部 对象=单位 依据=规则", []),
    ],
)
def test_whole_units_are_inspected_and_urged_by_others(entry: str, diagnostics: list[str]) -> None:
    assert refusals_of(f"05-01 {entry}") == diagnostics


def test_nobody_inspects_its_own_task_and_the_reviewing_unit_stands_in() -> None:
    plan = PLAN.replace("责任单位: 县教育局, 阶段: [1]}", "责任单位: 县委督查局, 阶段: [1]}", 1)
    inspection = "督查 单位=县委督查局 方式=明察 结论=属实"
    assert refusals_of(f"05-01 县委督查局 {inspection}", plan=plan) == ["1 “督查”应由督办单位（县委组织部）记录"]
    assert refusals_of(f"05-01 县委组织部 {inspection}", plan=plan) == []


def test_what_answers_no_task_stands_behind_what_it_names_and_before_its_withdrawal() -> None:
    ledger = """
    05-10 县委督查局 提醒 措施= 单位=县教育局 对象=单位 依据=规则 #函
    05-09 县教育局 回复 针对=函
    05-09 县委督查局 更正 针对=函 对象=局长
    05-11 县委督查局 更正 针对=函 作废=是
    05-12 县委督查局 更正 针对=函 对象=局长
    05-01 县档案馆 经验 措施= #经
    05-02 县档案馆 更正 针对=经 内容=改
    04-30 县档案馆 更正 针对=经 内容=改
    """
    what = "针对的记录 20200510-00000001 在它之前不存在或已作废"
    assert sorted(refusals_of(ledger)) == [
        f"2 {what}",
        f"3 {what}",
        "5 针对的记录 20200510-00000001 已另行作废，这条更正不起作用",
        "8 针对的记录 20200501-00000006 在它之前不存在或已作废",
    ]
    assert [e.line for e in snapshot_of(ledger).aside.of_units] == [7, 1, 4]
    assert refusals_of(ledger, known_by="2020-04-29") == []
