"""Steps with a 时限 or 频次 of their own: lights, lists, letters, the ladder, extensions, occurrences."""

import pytest

from building import HEAD, day, refusals_of, snapshot_of, task_in
from zhenggai.rules.day.duties import open_duties
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.supervision.interviews import interviews
from zhenggai.rules.supervision.ladder import ladder_of
from zhenggai.rules.todo.acts import own_acts
from zhenggai.views.due import due, overdue
from zhenggai.views.remind import remind

PLAN = (
    HEAD
    + """
- 编号: 1
  内容: 问题一
  措施:
  - 编号: 1-1
    内容: 修路
    类别: 分阶段整改
    时限: 2020年12月底前
    牵头单位: [县委办公室]
    责任单位: [县教育局]
    责任人: 李敏
    步骤:
    - {编号: 1-1-1, 内容: 完成三成, 时限: 2020年5月底前}
    - {编号: 1-1-2, 内容: 完成六成, 时限: 2020年8月底前}
    - {编号: 1-1-3, 内容: 公示, 频次: 每月}
    - {编号: 1-1-4, 内容: 验收}
    阶段: [1]
  - {编号: 1-2, 内容: 建制度, 时限: 2020年6月底前、12月底前, 责任单位: [县教育局], 阶段: [1]}
"""
)
STARTED = "04-02 县教育局 认领 1-1\n04-03 县教育局 进展 1-1 内容=动工 进度=50\n"
FILLED = "".join(f"{m:02}-20 县教育局 例行 1-1 步骤=1-1-3 期次=2020-{m:02}\n" for m in range(4, 13))


def at(as_of: str, ledger: str = STARTED + FILLED) -> Snapshot:
    return snapshot_of(ledger, as_of, plan=PLAN)


def task_at(as_of: str, ledger: str = STARTED + FILLED, measure: str = "1-1") -> SnapshotTask:
    return task_in(at(as_of, ledger), measure)


@pytest.mark.parametrize(
    ("as_of", "light", "why"),
    [
        ("05-03", Light.RED, "缺 步骤 1-1-3 公示 2020-04"),
        ("05-21", Light.YELLOW, "步骤 1-1-1 完成三成，截止 2020-05-31，还剩 10 天，报分管领导"),
        ("05-31", Light.YELLOW, "步骤 1-1-1 完成三成，截止 2020-05-31，还剩 0 天，报分管领导"),
        ("06-05", Light.RED, "步骤 1-1-1 完成三成，截止 2020-05-31，逾期 5 天"),
    ],
)
def test_the_gravest_of_the_task_and_its_steps_gives_the_light(as_of: str, light: Light, why: str) -> None:
    ledger = STARTED if as_of == "05-03" else STARTED + FILLED
    status = task_at(as_of, ledger).status
    assert (status.light, status.why) == (light, why)


def test_the_task_itself_keeps_its_own_due_date() -> None:
    snapshot = at("06-05")
    task = task_in(snapshot)
    assert (task.due, task.status.overdue_days) == (day("12-31"), 0)
    assert (snapshot.counts.overdue, snapshot.counts.overdue_steps) == (0, 1)


@pytest.mark.parametrize("kind", ["进展 1-1 内容=成", "完成 1-1 内容=成"])
def test_a_step_that_is_done_is_followed_no_longer(kind: str) -> None:
    task = task_at("06-05", f"{STARTED}{FILLED}05-30 县教育局 {kind} 步骤=1-1-1")
    assert "1-1-1" not in [step.step.number for step in task.status.steps]


def test_a_completed_task_has_no_steps_to_follow() -> None:
    task = task_at("12-31", STARTED + "05-30 县教育局 完成 1-1 内容=成")
    assert (task.status.steps, task.status.duties.unfilled, task.status.light) == ((), (), Light.GREEN)


def test_the_occurrences_until_completion_are_counted_for_ever() -> None:
    ledger = (
        STARTED
        + "04-20 县教育局 例行 1-1 步骤=1-1-3 期次=2020-04\n06-03 县教育局 例行 1-1 步骤=1-1-3 期次=2020-05\n"
        + "07-10 县教育局 完成 1-1 内容=成\n"
    )
    again = ledger + "08-10 县委督查局 督查 1-1 单位=县教育局 方式=明察 结论=反弹 内容=又来\n"
    for as_of, history in (("07-05", ledger), ("12-31", ledger), ("09-05", again)):
        duties = task_at(as_of, history).status.duties
        assert (duties.on_time, duties.late, duties.missed) == (1, 1, 1)
        assert bool(duties.unfilled) == (as_of == "07-05")
    later = task_at("10-05", again).status.duties
    assert (later.missed, [duty.name for duty in later.unfilled]) == (2, ["步骤 1-1-3 公示 2020-09"])
    assert open_duties(task_at("12-31", ledger), day("12-31")) == ()


def test_nothing_is_missed_while_a_completed_task_waits_for_its_review() -> None:
    returned = (
        STARTED
        + "".join(f"04-20 县教育局 进展 1-1 内容=成 步骤=1-1-{n}\n" for n in (1, 2, 4))
        + "04-25 县教育局 例行 1-1 步骤=1-1-3 期次=2020-04\n04-30 县教育局 完成 1-1 内容=成 佐证=照片\n"
        + "05-02 县教育局 申请销号 1-1 签批领导=局长 #申\n07-03 县委办公室 初审 1-1 针对=申 结论=退回 原因=不全\n"
    )
    assert refusals_of(returned, plan=PLAN) == []
    duties = task_at("09-05", returned).status.duties
    assert (duties.missed, [duty.occurrence.period for duty in duties.unfilled]) == (1, ["2020-08"])


def test_dates_of_an_earlier_round_count_no_longer() -> None:
    ledger = (
        STARTED
        + "05-20 县教育局 完成 1-1 内容=成\n06-10 县委督查局 督查 1-1 单位=县教育局 方式=明察 结论=不实 内容=未改"
    )
    assert [step.step.number for step in task_at("06-11", ledger).status.steps] == ["1-1-2"]


def test_overdue_and_due_list_steps() -> None:
    (late,) = overdue(at("06-05")).steps
    assert (late.measure, late.step, late.content, late.unit) == ("1-1", "1-1-1", "完成三成", "县教育局")
    assert (late.due, late.days, late.deadline, late.light) == (day("05-31"), 5, "2020年5月底前", Light.RED)
    coming = due(at("05-21"), 10)
    assert [(step.step, step.days) for step in coming.steps] == [("1-1-1", -10)]
    assert [duty.what for duty in due(at("06-15", STARTED), 20).duties] == ["例行 步骤 1-1-3 公示 2020-06"]


def test_todo_names_the_step_with_its_own_date() -> None:
    snapshot = at("06-05")
    steps = [
        todo for todo in own_acts(task_in(snapshot), snapshot.as_of, snapshot.plan.rules) if todo.act == "办结步骤"
    ]
    (todo,) = steps
    assert (todo.why, todo.due, todo.days, todo.named) == (
        "步骤 1-1-1 完成三成，截止 2020-05-31，逾期 5 天",
        day("05-31"),
        5,
        ("1-1-1",),
    )


RETURNED = """\
05-01 县教育局 完成 1-2 内容=成 佐证=县教党〔2020〕7号
05-02 县教育局 申请销号 1-2 签批领导=局长 #申
05-03 县委督查局 初审 1-2 针对=申 结论=退回 原因=不全
"""


@pytest.mark.parametrize(
    ("ledger", "act"),
    [("", "认领"), ("04-02 县教育局 进展 1-2 内容=动 进度=100\n", "办结步骤"), (RETURNED, "办结步骤")],
)
def test_a_late_step_is_a_late_act_whatever_its_task_waits_for(ledger: str, act: str) -> None:
    snapshot = at("07-05", ledger)
    acts = own_acts(task_in(snapshot, "1-2"), snapshot.as_of, snapshot.plan.rules)
    assert [(todo.act, todo.days) for todo in acts if todo.is_late] == [(act, 5)]


def test_the_ladder_and_the_letters_count_from_the_step_s_date() -> None:
    snapshot = at("06-15")
    (rung,) = [rung for rung in ladder_of(snapshot) if rung.task.measure == "1-1"]
    assert (rung.kind, rung.of_step, rung.basis) == (
        "约谈",
        "1-1-1",
        "步骤 1-1-1 完成三成，截止2020年5月31日，逾期15天",
    )
    (cause,) = interviews(snapshot, ())[0].causes
    assert cause.why == "步骤 1-1-1 完成三成，截止2020年5月31日，逾期15天（满15天约谈）"
    items = [item for letter in remind(snapshot, (), snapshot).letters for item in letter.items]
    assert ("步骤 1-1-1 完成三成，时限2020年5月底前", 15) in [(item.what, item.days) for item in items]


def test_occurrences_of_a_step_are_on_time_late_or_missed() -> None:
    ledger = (
        STARTED + "04-20 县教育局 例行 1-1 步骤=1-1-3 期次=2020-04\n06-03 县教育局 例行 1-1 步骤=1-1-3 期次=2020-05\n"
    )
    duties = task_at("07-05", ledger).status.duties
    assert (duties.on_time, duties.late, duties.missed) == (1, 1, 1)
    assert [duty.name for duty in duties.unfilled] == ["步骤 1-1-3 公示 2020-06"]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("例行 1-1 期次=2020-04", "整项措施没有频次，不记例行"),
        ("例行 1-1 步骤=1-1-1 期次=2020-04", "步骤 1-1-1没有频次，不记例行"),
        ("例行 1-2 期次=2020-04", "限期整改任务不接受“例行”"),
        ("申请延期 1-1 步骤=1-1-4 至=2020-09-30 原因=难", "步骤 1-1-4 没有截止日，无从延期"),
        ("申请延期 1-1 步骤=1-1-1 至=2020-05-31 原因=难", "延至 2020-05-31 不晚于现时限 2020-05-31"),
        ("申请延期 1-1 步骤=1-1-1 至=2021-01-31 原因=难", "步骤延至 2021-01-31，晚于整项措施的截止日 2020-12-31"),
    ],
)
def test_what_a_step_does_not_allow_is_refused(entry: str, what: str) -> None:
    assert refusals_of(f"{STARTED}04-20 县教育局 {entry}", plan=PLAN) == [f"3 {what}"]


def test_a_step_is_extended_like_a_task() -> None:
    asked = STARTED + FILLED + "05-20 县教育局 申请延期 1-1 步骤=1-1-1 至=2020-07-15 原因=流标 #延\n"
    granted = asked + "05-25 县委组织部 同意延期 针对=延 至=2020-06-30\n"
    assert refusals_of(granted, plan=PLAN) == []
    task = task_at("06-05", granted)
    assert (task.due, task.head.extensions, dict(task.head.step_dues)) == (day("12-31"), 1, {"1-1-1": day("06-30")})
    assert [str(step.due) for step in task.status.steps] == ["2020-06-30", "2020-08-31"]
    assert task_at("06-05", asked).status.light is Light.RED
    late = STARTED + "06-01 县教育局 申请延期 1-1 步骤=1-1-1 至=2020-07-15 原因=流标"
    assert refusals_of(late, plan=PLAN) == ["3 延期须在到期（2020-05-31）之前申请"]


def test_requests_about_several_steps_and_the_task_wait_side_by_side() -> None:
    asked = (
        STARTED
        + FILLED
        + (
            "05-20 县教育局 申请延期 1-1 步骤=1-1-1 至=2020-07-15 原因=流标 #一\n"
            "05-21 县教育局 申请延期 1-1 步骤=1-1-2 至=2020-10-31 原因=流标 #二\n"
            "05-22 县教育局 申请延期 1-1 至=2021-01-31 原因=流标 #三\n"
        )
    )
    answers = (
        "05-23 县委组织部 同意延期 针对=一 至=2020-07-15\n"
        "05-24 县委组织部 不同意延期 针对=二 原因=抓紧\n"
        "05-25 县委组织部 同意延期 针对=三 至=2021-01-31\n"
    )
    assert [request.step for request in task_at("05-22", asked).head.pending] == ["1-1-1", "1-1-2", ""]
    assert refusals_of(asked + answers, plan=PLAN) == []
    head = task_at("06-05", asked + answers).head
    assert (head.due, dict(head.step_dues), head.pending) == (day("2021-01-31"), {"1-1-1": day("07-15")}, ())


def test_a_later_request_about_a_step_takes_the_place_of_the_earlier_one() -> None:
    asked = (
        STARTED
        + FILLED
        + (
            "05-20 县教育局 申请延期 1-1 步骤=1-1-1 至=2020-07-15 原因=流标 #一\n"
            "05-21 县教育局 申请延期 1-1 步骤=1-1-1 至=2020-08-15 原因=流标 #二\n"
            "05-22 县委组织部 同意延期 针对=一 至=2020-07-15\n"
        )
    )
    assert len(task_at("05-21", asked).head.pending) == 1
    (refused,) = refusals_of(asked, plan=PLAN)
    assert refused.endswith("不是待批的延期申请")


def test_a_requested_extension_is_noted_on_what_it_is_about() -> None:
    of_step = STARTED + FILLED + "05-20 县教育局 申请延期 1-1 步骤=1-1-1 至=2020-07-15 原因=流标\n"
    status = task_at("06-05", of_step).status
    assert status.why == "步骤 1-1-1 完成三成，截止 2020-05-31，逾期 5 天（延期待批）"
    assert "（延期待批）" not in task_at("2021-01-05", of_step.replace("1-1-1 至", "1-1-2 至")).status.why


def test_a_step_cannot_be_granted_a_date_after_the_task() -> None:
    asked = STARTED + FILLED + "05-20 县教育局 申请延期 1-1 步骤=1-1-1 至=2020-07-15 原因=流标 #一\n"
    granted = asked + "05-25 县委组织部 同意延期 针对=一 至=2020-12-31 #答\n"
    corrected = granted + "05-26 县委组织部 更正 针对=答 至=2021-01-31 更正说明=笔误\n"
    what = "步骤延至 2021-01-31，晚于整项措施的截止日 2020-12-31"
    assert refusals_of(granted, plan=PLAN) == []
    for beyond in (corrected, granted.replace("2020-12-31", "2021-01-31")):
        assert [line.partition(" ")[2] for line in refusals_of(beyond, plan=PLAN)] == [what]


def test_the_earlier_dates_of_a_deadline_with_several_are_followed_like_steps() -> None:
    task = task_at("07-05", "04-02 县教育局 进展 1-2 内容=动\n", "1-2")
    assert (task.due, task.status.light) == (day("12-31"), Light.RED)
    assert task.status.why == "步骤 1-2-20200630 2020年6月底前，截止 2020-06-30，逾期 5 天"
    done = "04-02 县教育局 进展 1-2 内容=动\n06-20 县教育局 进展 1-2 内容=成 步骤=1-2-20200630\n"
    assert refusals_of(done, plan=PLAN) == []
    assert task_at("07-05", done, "1-2").status.steps == ()


def test_the_earlier_dates_of_a_step_s_deadline_are_followed_until_the_step_is_done() -> None:
    plan = PLAN.replace("时限: 2020年5月底前", "时限: 2020年5月底前、6月底前")
    started = "04-02 县教育局 进展 1-1 内容=动\n" + FILLED
    task = task_in(snapshot_of(started, "06-05", plan=plan))
    assert task.status.why == "步骤 1-1-1-20200531 完成三成，截止 2020-05-31，逾期 5 天"
    assert [(s.step.number, str(s.due)) for s in task.status.steps if s.step.number != "1-1-2"] == [
        ("1-1-1", "2020-06-30"),
        ("1-1-1-20200531", "2020-05-31"),
    ]
    for step in ("1-1-1-20200531", "1-1-1"):
        done = started + f"05-20 县教育局 进展 1-1 内容=成 步骤={step}\n"
        assert refusals_of(done, plan=plan) == []
        status = task_in(snapshot_of(done, "06-05", plan=plan)).status
        assert "1-1-1-20200531" not in [s.step.number for s in status.steps]


def test_occurrences_while_the_task_was_complete_are_not_missed() -> None:
    ledger = (
        STARTED
        + "04-20 县教育局 例行 1-1 步骤=1-1-3 期次=2020-04\n05-10 县教育局 完成 1-1 内容=成\n"
        + "07-10 县委督查局 督查 1-1 单位=县教育局 方式=明察 结论=反弹 内容=又来\n"
    )
    assert task_at("07-31", ledger).status.duties.missed == 0
    assert [duty.name for duty in task_at("09-01", ledger).status.duties.unfilled] == ["步骤 1-1-3 公示 2020-08"]


@pytest.mark.parametrize(
    ("time", "unread", "due"),
    [
        ("时限: 届时再看", True, None),
        ("频次: 想起来就办", True, None),
        ("频次: 适时", True, None),
        ("时限: 尽快", False, None),
        ("时限: 立行立改", False, "2020-03-16"),
    ],
)
def test_a_step_whose_words_cannot_be_read_is_counted_and_never_green(time: str, unread: bool, due: str | None) -> None:
    plan = PLAN.replace("时限: 2020年5月底前", time)
    ledger = "04-02 县教育局 进展 1-1 内容=动工 进度=50"
    snapshot = snapshot_of(ledger, "04-10", plan=plan)
    status = task_in(snapshot).status
    assert snapshot.counts.unread_deadline == unread
    assert (status.why == "时限读不出，未判逾期") == unread
    assert [str(step.due) for step in status.steps if step.step.number == "1-1-1"] == ([due] if due else [])
    done = snapshot_of(f"{ledger} 步骤=1-1-1", "04-10", plan=plan)
    assert done.counts.unread_deadline == 0


ADJUSTED = "调整: [{{日期: {}, 依据: 会议纪要, 字段: 时限, 现: '{}'}}]"


def adjusted(on: str, words: str) -> str:
    """The plan with an adjusted deadline of 1-2."""
    return PLAN.replace("编号: 1-2, 内容: 建制度,", f"编号: 1-2, 内容: 建制度, {ADJUSTED.format(day(on), words)},")


def followed(plan: str, as_of: str, ledger: str = "04-02 县教育局 进展 1-2 内容=动\n") -> list[str]:
    task = task_in(snapshot_of(ledger, as_of, plan=plan), "1-2")
    return [step.step.number for step in task.status.steps]


def test_an_adjusted_date_that_is_kept_stays_done_and_a_new_one_is_followed() -> None:
    plan = adjusted("07-10", "2020年6月底前、9月底前、12月底前")
    assert followed(plan, "07-15") == ["1-2-20200630", "1-2-20200930"]
    done = "04-02 县教育局 进展 1-2 内容=动\n06-20 县教育局 进展 1-2 内容=成 步骤=1-2-20200630\n"
    assert followed(plan, "07-15", done) == ["1-2-20200930"]


def test_a_date_that_was_past_when_an_adjustment_brought_it_is_not_followed() -> None:
    plan = adjusted("07-10", "2020年5月底前、6月底前、12月底前")
    assert followed(plan, "07-15") == ["1-2-20200630"]
    assert followed(adjusted("05-31", "2020年5月底前、6月底前、12月底前"), "07-15") == ["1-2-20200531", "1-2-20200630"]
