"""A task's window: who says when it is due, when it begins, and what has no date."""

import pytest

from building import HEAD, snapshot_of, task_in
from building import day as d
from zhenggai.deadline.meaning import DeadlineKind
from zhenggai.model.plan import Category
from zhenggai.rules.task.task import Schedule


def schedule_of_measure(measure: str, problem: str = "", plan: str = "", head: str = HEAD) -> Schedule:
    """The window of a measure written in a few words, in a problem and a plan with a few more."""
    text = (
        f"{plan}{head}- {{编号: 1, 内容: 甲, {problem} 措施: [{{编号: 1-1, 内容: 乙, 责任单位: 县教育局, {measure}}}]}}"
    )
    return task_in(snapshot_of(plan=text)).task.schedule


SHARE = "分工: [{单位: 教育局, 时限: 2020年5月底前}],"
MEASURE = "时限: 2020年6月底前,"
PHASES = "阶段: [1, 2, 3],"
PROBLEM = "时限: 2020年7月底前,"
WHOLE = "时限: 2021年1月底前\n"


@pytest.mark.parametrize(
    ("measure", "problem", "plan", "due", "source", "inherited"),
    [
        (SHARE + MEASURE + PHASES, PROBLEM, WHOLE, "05-31", "分工", False),
        (MEASURE + PHASES, PROBLEM, WHOLE, "06-30", "措施", False),
        (PHASES, PROBLEM, WHOLE, "07-31", "问题", True),
        (PHASES, "", WHOLE, "12-31", "阶段2", True),
        ("阶段: [3],", "", WHOLE, "2021-01-31", "方案", True),
        ("", "", WHOLE, "2021-01-31", "方案", True),
    ],
)
def test_a_due_date_is_the_nearest_one_stated(
    measure: str, problem: str, plan: str, due: str, source: str, inherited: bool
) -> None:
    schedule = schedule_of_measure(measure, problem, plan)
    assert (schedule.due, schedule.source, schedule.inherited) == (d(due), source, inherited)


@pytest.mark.parametrize("category", ["限期整改", "分阶段整改"])
def test_dated_and_staged_measures_inherit(category: str) -> None:
    assert schedule_of_measure(f"类别: {category}", PROBLEM).due == d("07-31")


@pytest.mark.parametrize("category", ["长期坚持", "持续推进", "例行"])
def test_no_other_measure_inherits(category: str) -> None:
    schedule = schedule_of_measure(f"类别: {category}", PROBLEM, WHOLE)
    assert (schedule.due, schedule.inherited) == (None, False)


def test_an_immediate_measure_inherits_nothing_but_has_its_check_date() -> None:
    schedule = schedule_of_measure("类别: 立行立改", PROBLEM, WHOLE)
    assert (schedule.start, schedule.due, schedule.inherited) == (d("03-01"), d("03-16"), False)
    assert schedule.source == "立行立改核查日"


def test_an_immediate_measure_added_later_counts_from_then() -> None:
    schedule = schedule_of_measure("类别: 立行立改, 自: 2020-05-01")
    assert (schedule.start, schedule.due) == (d("05-01"), d("05-16"))


def test_the_days_until_the_check_are_the_profile_s_also_where_the_words_say_so() -> None:
    rules = "规则: {立改核查天数: 10}\n"
    assert schedule_of_measure("类别: 立行立改", plan=rules).due == d("03-11")
    assert schedule_of_measure("时限: 立行立改", plan=rules).due == d("03-11")


@pytest.mark.parametrize("words", ["适时", "尽快"])
def test_words_without_a_date_inherit_with_a_warning(words: str) -> None:
    schedule = schedule_of_measure(f"时限: {words},", PROBLEM)
    assert (schedule.due, schedule.source, schedule.inherited) == (d("07-31"), "问题", True)
    assert schedule.warnings != ()


def test_only_an_open_ended_phase_to_inherit_from_gives_no_due_date() -> None:
    schedule = schedule_of_measure("阶段: [3]")
    assert (schedule.due, schedule.source) == (None, "")


def test_unreadable_words_are_never_replaced_by_a_guess_from_further_away() -> None:
    schedule = schedule_of_measure("时限: 不知何时,", PROBLEM, WHOLE)
    assert (schedule.due, schedule.words) == (None, "不知何时")


def test_a_bare_month_before_is_read_with_a_warning() -> None:
    schedule = schedule_of_measure("时限: 9月前")
    assert schedule.due == d("08-31")
    assert len(schedule.warnings) == 1


@pytest.mark.parametrize(
    ("measure", "start"),
    [
        ("时限: 2020年5月10日至6月20日, 自: 2020-04-05, 阶段: [1]", "05-10"),
        ("时限: 2020年6月底前, 自: 2020-04-05, 阶段: [1]", "04-05"),
        ("时限: 2020年12月底前, 阶段: [2, 1]", "04-01"),
        ("时限: 2020年6月底前", "03-01"),
        ("时限: 2020年3月上旬前, 阶段: [1]", "03-01"),
        ("时限: 2020年2月底前, 阶段: [1]", "02-29"),
    ],
)
def test_a_window_begins_at_its_own_start_else_its_first_phase_else_the_issue(measure: str, start: str) -> None:
    assert schedule_of_measure(measure).start == d(start)


def test_an_inherited_span_does_not_say_when_the_measure_begins() -> None:
    assert schedule_of_measure("阶段: [2]", "时限: 2020年10月至11月,").start == d("09-01")


def test_days_that_count_from_the_issue_count_from_the_day_a_measure_was_added() -> None:
    assert schedule_of_measure("时限: 30日内完成").due == d("03-31")
    assert schedule_of_measure("时限: 30日内完成, 自: 2020-05-01").due == d("05-31")


def test_a_stage_and_then_for_good_is_dated_and_says_so() -> None:
    schedule = schedule_of_measure("时限: 2020年6月底前，并长期坚持")
    assert (schedule.due, schedule.then) == (d("06-30"), DeadlineKind.LONG_TERM)


@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("立行立改，长期坚持", DeadlineKind.LONG_TERM),
        ("立行立改，持续推进", DeadlineKind.CONTINUOUS),
        ("2020年6月底前，并持续推进", DeadlineKind.CONTINUOUS),
        ("2020年6月底前", None),
        ("立行立改", None),
    ],
)
def test_what_follows_completion_keeps_its_kind(words: str, then: DeadlineKind | None) -> None:
    assert schedule_of_measure(f"时限: '{words}'").then is then


@pytest.mark.parametrize("words", ["2020年6月30日", "2020年6月", "2020.6.30", "2020年6月30日止", "2020年6月底前"])
def test_a_bare_date_is_a_deadline_whose_window_begins_as_any_other(words: str) -> None:
    schedule = schedule_of_measure(f"时限: {words}")
    assert (schedule.start, schedule.due) == (d("03-01"), d("06-30"))


def test_several_dates_are_stages_and_the_last_is_due() -> None:
    schedule = schedule_of_measure("时限: '6月底前、9月底前'")
    assert (schedule.due, [step.due for step in schedule.steps]) == (d("09-30"), [d("06-30")])


def test_a_duration_counts_from_the_measure_s_own_day_else_from_feedback_else_from_the_issue() -> None:
    head = HEAD.replace("印发日期:", "反馈日期: 2020-02-01\n印发日期:")
    assert head != HEAD
    assert schedule_of_measure("时限: 30日内", head=head).due == d("03-02")
    assert schedule_of_measure("时限: 30日内, 自: 2020-05-01", head=head).due == d("05-31")
    assert schedule_of_measure("时限: 收到反馈意见之日起30日内, 自: 2020-05-01", head=head).due == d("05-31")
    assert schedule_of_measure("时限: 会后30日内").due == d("03-31")


def test_a_long_term_measure_is_reviewed_on_its_date_else_three_months_after_its_start() -> None:
    assert schedule_of_measure("类别: 长期坚持, 下次评估: 2020-08-15").next_review == d("08-15")
    assert schedule_of_measure("类别: 长期坚持, 阶段: [1]").next_review == d("07-01")


def test_a_duty_has_its_recurrence_from_its_deadline_or_its_frequency() -> None:
    for words in ("时限: 每季度", "频次: 每季度"):
        schedule = schedule_of_measure(f"类别: 例行, {words}")
        assert schedule.recurrence is not None
        assert schedule.recurrence.step == "quarter"
    assert schedule_of_measure("类别: 例行").recurrence is None


@pytest.mark.parametrize(
    ("measure", "category"),
    [
        ("时限: 6月底前", Category.DATED),
        ("时限: 立行立改", Category.IMMEDIATE),
        ("时限: 长期坚持", Category.LONG_TERM),
        ("时限: 持续整改", Category.CONTINUOUS),
        ("时限: 每月", Category.RECURRING),
        ("频次: 每月", Category.RECURRING),
        ("时限: 自3月起长期坚持", Category.LONG_TERM),
        ("时限: 即日起，持续推进", Category.CONTINUOUS),
        ("时限: 即日起至6月底，持续推进", Category.DATED),
        ("时限: 3月起", Category.DATED),
        ("时限: 不知何时", Category.DATED),
        ("阶段: [1]", Category.DATED),
        ("类别: 长期坚持, 时限: 6月底前", Category.LONG_TERM),
    ],
)
def test_a_category_is_the_written_one_else_what_the_words_say(measure: str, category: Category) -> None:
    text = f"{HEAD}- {{编号: 1, 内容: 甲, 措施: [{{编号: 1-1, 内容: 乙, 责任单位: 县教育局, {measure}}}]}}"
    assert task_in(snapshot_of(plan=text)).task.category is category


STEPS = "步骤: [{编号: 1-1-1, 内容: 甲, 时限: 2020年5月底前}, {编号: 1-1-2, 内容: 乙, 时限: 2020年8月底前}]"


@pytest.mark.parametrize("category", ["类别: 分阶段整改", "类别: 限期整改", "自: 2020-04-05"])
@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("", "2020年8月底前"),
        ("时限: 2020年3月起,", "2020年3月起"),
        ("时限: 尽快,", "尽快"),
        ("时限: 即日起,", "即日起"),
    ],
)
def test_where_only_the_steps_have_dates_the_last_is_due(category: str, words: str, stated: str) -> None:
    schedule = schedule_of_measure(f"{category}, {words} {STEPS}")
    assert (schedule.due, schedule.source, schedule.inherited, schedule.unread) == (d("08-31"), "步骤", False, False)
    assert schedule.words == stated
    assert schedule_of_measure(f"{category}, {STEPS}", PROBLEM).due == d("07-31")


@pytest.mark.parametrize("words", ["时限: 2020年3月起", "时限: 即日起", "类别: 限期整改", "类别: 例行", "阶段: [3]"])
def test_a_task_without_a_last_day_is_unread_and_never_green(words: str) -> None:
    assert schedule_of_measure(words).unread
    snapshot = snapshot_of(
        plan=f"{HEAD}- {{编号: 1, 内容: 甲, 措施: [{{编号: 1-1, 内容: 乙, 责任单位: 县教育局, {words}}}]}}"
    )
    assert task_in(snapshot).status.why == "时限读不出，未判逾期"


def test_steps_never_replace_words_that_nobody_can_read() -> None:
    schedule = schedule_of_measure(f"时限: 不知何时, {STEPS}")
    assert (schedule.due, schedule.unread) == (None, True)
