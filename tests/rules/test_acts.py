"""待办: each thing to do appears with what calls for it, and goes when its entry is there."""

from datetime import date

import pytest

from building import HEAD, PLAN, UNITS, day, organisations_of, snapshot_of
from zhenggai.rules.registers.organisation_registers import registers
from zhenggai.rules.todo.pending_acts import todo_of

OWN, LEAD, OFFICE, OVERSEER = "县教育局", "县财政局", "县委组织部", "县委督查局"
QUIET = "04-01 县教育局 认领 1-3\n04-01 县教育局 认领 1-4\n04-01 县教育局 认领 1-2\n"


def acts(ledger: str, as_of: str, unit: str = OWN, *, measure: str = "1-1", plan: str = PLAN) -> list[str]:
    """What is to do about one measure, in order, each with its why."""
    found = todo_of(snapshot_of(ledger, as_of, plan=plan), unit)
    return [f"{t.act} {t.why}" for t in found if t.task is not None and t.task.measure == measure]


STARTED = "04-02 县教育局 认领\n"
WORKED = STARTED + "04-10 县教育局 进展 进度=40 佐证=县教发〔2020〕1号\n"
DONE = WORKED + "05-10 县教育局 完成\n"
APPLIED = DONE + "05-11 县教育局 申请销号 签批领导=王强 #申\n"
FIRST = APPLIED + "05-12 县财政局 初审 针对=申 结论=通过 #初\n"
SECOND = FIRST + "05-13 县委组织部 复核 针对=初 结论=通过 #复\n"
NOTICE = SECOND + "05-14 县委组织部 销号公示 针对=复 起=2020-05-14 止=2020-05-20 #示\n"
CLOSED = NOTICE + "05-21 县委组织部 销号 针对=示 措施摘要=00000000 #销\n"

OF_THE_UNIT = {
    "before the window": ("", "03-01", []),
    "soon": ("", "03-20", ["将要开始 尚未认领"]),
    "to claim": ("", "04-01", ["认领 尚未认领"]),
    "to claim, late": ("", "07-02", ["认领 逾期 2 天，92 天无记录，尚未认领"]),
    "claimed": (STARTED, "04-20", []),
    "claimed, and nothing since": (STARTED, "05-10", ["报进展 38 天无记录"]),
    "on schedule": (WORKED, "04-20", []),
    "behind": (WORKED, "05-10", []),
    "behind and silent": (WORKED, "06-09", ["报进展 落后序时 37 点，60 天无记录"]),
    "due soon": (WORKED, "06-20", ["报进展 还剩 10 天，落后序时 49 点，71 天无记录"]),
    "overdue": (WORKED + "06-29 县教育局 进展 进度=95", "07-03", ["报进展 逾期 3 天"]),
    "a hundred per cent": (WORKED + "05-05 县教育局 进展 进度=100", "05-06", ["记完成 已报 100%"]),
    "basically done": (WORKED + "05-05 县教育局 基本完成", "05-06", ["记完成 已基本完成"]),
    "done": (DONE, "05-10", ["申请销号 2020-05-10 已完成"]),
    "done without evidence": (
        "04-10 县教育局 进展\n05-10 县教育局 完成",
        "05-10",
        ["申请销号 2020-05-10 已完成，还缺一份佐证材料"],
    ),
    "done at once": ("04-10 县教育局 完成", "04-10", ["申请销号 2020-04-10 已完成，还缺一份佐证材料"]),
    "applied": (APPLIED, "05-11", []),
    "returned": (
        APPLIED + "05-12 县财政局 初审 针对=申 结论=退回 原因=不全",
        "05-13",
        ["退回重办 2020-05-12 审核退回"],
    ),
    "returned and done again": (
        APPLIED + "05-12 县财政局 初审 针对=申 结论=退回 原因=不全\n05-14 县教育局 完成",
        "05-14",
        ["申请销号 2020-05-14 已完成"],
    ),
    "untrue": (
        WORKED + "04-15 县委督查局 督查 单位=县教育局 方式=暗访 结论=不实 内容=假",
        "04-16",
        ["报进展 督查不实或反弹", "回复 县委督查局 2020-04-15 督查"],
    ),
    "untrue, answered and at work": (
        WORKED
        + "04-15 县委督查局 督查 单位=县教育局 方式=暗访 结论=不实 内容=假 #督\n"
        + "04-16 县教育局 回复 针对=督\n04-17 县教育局 进展 进度=10",
        "04-18",
        [],
    ),
}


@pytest.mark.parametrize(("ledger", "as_of", "expected"), OF_THE_UNIT.values(), ids=OF_THE_UNIT)
def test_of_the_responsible_unit(ledger: str, as_of: str, expected: list[str]) -> None:
    assert acts(ledger, as_of) == expected


REQUEST = WORKED + "06-01 县教育局 申请延期 至=2020-08-31 原因=文件未出 #延\n"
UNTRUE = CLOSED + "07-05 县委督查局 督查 单位=县教育局 方式=暗访 结论=反弹 内容=假 #督\n"
OF_REVIEWERS = {
    "first review": (APPLIED, "05-13", LEAD, ["初审 2020-05-11 申请销号，已等 2 天"]),
    "first review, of others": (APPLIED, "05-13", OFFICE, []),
    "first review passed": (FIRST, "05-12", LEAD, []),
    "second review": (FIRST, "05-12", OFFICE, ["复核 2020-05-12 初审，已等 0 天"]),
    "notice": (SECOND, "05-13", OFFICE, ["销号公示 2020-05-13 复核，已等 0 天"]),
    "notice runs": (NOTICE, "05-20", OFFICE, ["公示期满销号 公示至 2020-05-20"]),
    "close": (NOTICE, "05-21", OFFICE, ["销号 公示至 2020-05-20"]),
    "closed": (CLOSED, "05-21", OFFICE, []),
    "extension": (REQUEST, "06-02", OFFICE, ["答复延期 2020-06-01 申请延期至 2020-08-31"]),
    "extension answered": (REQUEST + "06-02 县委组织部 同意延期 针对=延 至=2020-08-31", "06-02", OFFICE, []),
    "look-back": (CLOSED, "08-20", OVERSEER, ["回头看 2020-05-21 销号"]),
    "look-back not due": (CLOSED, "08-18", OVERSEER, []),
    "looked back": (CLOSED + "08-20 县委督查局 回头看 针对=销 结论=属实", "08-20", OVERSEER, []),
    "ladder": (WORKED, "07-01", OVERSEER, ["督办 逾期1天"]),
    "ladder climbed": (
        WORKED + "07-01 县委督查局 督办 单位=县教育局 对象=书记 依据=逾期1天",
        "07-01",
        OVERSEER,
        [],
    ),
    "relapse past its date": (UNTRUE, "07-06", OVERSEER, ["督办 逾期6天", "重新整改 不实、反弹后原时限已过，要另定"]),
    "reopened": (UNTRUE + "07-06 县委督查局 重新整改 针对=督 原因=假 时限=2020-09-01", "07-06", OVERSEER, []),
}


@pytest.mark.parametrize(("ledger", "as_of", "unit", "expected"), OF_REVIEWERS.values(), ids=OF_REVIEWERS)
def test_of_those_who_review_and_supervise(ledger: str, as_of: str, unit: str, expected: list[str]) -> None:
    assert acts(ledger, as_of, unit) == expected


def test_a_recurring_duty_is_to_do_in_its_period_and_stays_when_missed() -> None:
    claimed = "04-01 县教育局 认领 1-4\n"
    assert acts(claimed, "05-10", measure="1-4") == ["例行 2020-04 缺", "例行 2020-05 本期"]
    filled = claimed + "05-02 县教育局 例行 1-4 期次=2020-04\n05-03 县教育局 例行 1-4 期次=2020-05"
    assert acts(filled, "05-10", measure="1-4") == []


def test_a_long_term_task_is_assessed_when_its_review_nears() -> None:
    claimed = "04-02 县教育局 认领 1-3\n"
    assert acts(claimed, "06-10", measure="1-3") == []
    assert acts(claimed, "06-11", measure="1-3") == ["长期评估 2020-07-01 应评估"]
    assessed = claimed + "06-11 县教育局 长期评估 1-3 结论=好 下次评估=2020-10-01"
    assert acts(assessed, "06-11", measure="1-3") == []


STEPS = (
    HEAD
    + """
- 编号: 1
  内容: 学习不深入
  措施:
  - 编号: 1-1
    内容: 分步推进
    类别: 分阶段整改
    牵头单位: 县财政局
    责任单位: 县教育局
    阶段: [1]
    步骤:
    - {编号: 1-1-1, 内容: 摸底}
    - {编号: 1-1-2, 内容: 办结}
"""
)


def test_steps_are_to_do_while_the_task_is_at_work_and_before_it_applies() -> None:
    ledger = "04-02 县教育局 认领\n04-03 县教育局 进展 步骤=1-1-1 佐证=县教发〔2020〕1号\n"
    assert acts(ledger, "04-04", plan=STEPS) == ["办结步骤 步骤 1-1-2 未办结"]
    done = ledger + "04-05 县教育局 完成\n"
    assert acts(done, "04-05", plan=STEPS) == ["补齐材料 申请销号还缺步骤 1-1-2 办结"]
    unproved = done.replace(" 佐证=县教发〔2020〕1号", "")
    assert acts(unproved, "04-05", plan=STEPS) == ["补齐材料 申请销号还缺一份佐证材料；步骤 1-1-2 办结"]
    assert acts(done + "04-06 县教育局 进展 步骤=1-1-2", "04-06", plan=STEPS) == ["申请销号 2020-04-05 已完成"]


def test_a_letter_to_a_whole_unit_is_answered_by_its_day() -> None:
    letter = "05-01 县委督查局 通报 措施= 单位=县教育局 对象=书记 依据=静默 期限=2020-05-08 #函\n"
    (todo,) = [t for t in todo_of(snapshot_of(letter, "05-10"), OWN) if t.letter]
    assert (todo.act, todo.why, todo.due, todo.days) == (
        "回复",
        "县委督查局 2020-05-01 通报",
        date(2020, 5, 8),
        2,
    )
    assert todo.is_late
    answered = letter + "05-10 县教育局 回复 针对=函"
    assert [t for t in todo_of(snapshot_of(answered, "05-10"), OWN) if t.letter] == []


BOOK = """
党组织:
- {名称: 机关党支部, 单位: 县教育局, 上级: 县委组织部, 类别: 党支部, 上次换届: 2017-09-30}
"""


@pytest.mark.parametrize(
    ("ledger", "as_of", "unit", "expected"),
    [
        ("", "03-20", OWN, []),
        ("", "07-01", OWN, [("请示", "请示换届，届满前3个月", -29)]),
        ("", "07-01", OFFICE, []),
        ("07-02 县教育局 换届 党组织=机关党支部 事由=请示", "07-02", OWN, [("换届中", "换届选举，届满前3个月", -90)]),
        ("", "10-02", OFFICE, [("已换届", "换届选举，应换未换，延期未经批准", 2)]),
        ("09-30 县委组织部 换届 党组织=机关党支部 事由=已换届", "10-02", OFFICE, []),
    ],
)
def test_elections_are_asked_for_by_the_unit_and_recorded_by_the_one_above(
    ledger: str, as_of: str, unit: str, expected: list[tuple[str, str, int]]
) -> None:
    snapshot = snapshot_of(ledger, as_of)
    found = todo_of(snapshot, unit, terms=registers(snapshot, organisations_of(BOOK)).terms)
    assert [(t.named[1], t.why, t.days) for t in found if t.term] == expected


def test_what_is_longest_late_comes_first_and_what_waits_last() -> None:
    snapshot = snapshot_of(QUIET, "05-10")
    found = todo_of(snapshot, OWN)
    assert [(t.act, t.days) for t in found] == [
        ("报进展", 55),
        ("例行", 10),
        ("例行", -21),
        ("认领", -51),
    ]
    assert all(t.is_now for t in found)


def test_a_merged_unit_s_tasks_are_its_successor_s() -> None:
    merged = UNITS.replace("{名称: 县教育局,", "{名称: 县教育局, 止: 2020-05-31, 并入: 县财政局,")
    assert todo_of(snapshot_of("", "06-10", units=merged), OWN) == ()
    assert {t.task.measure for t in todo_of(snapshot_of("", "06-10", units=merged), LEAD) if t.task} >= {"1-1"}


def test_supervised_by_itself_a_unit_is_urged_by_the_reviewing_one() -> None:
    plan = PLAN.replace("督办单位: 县委督查局", "督办单位: 县教育局")
    assert acts(WORKED, "07-01", OWN, plan=plan) == ["报进展 逾期 1 天，落后序时 60 点，82 天无记录"]
    assert acts(WORKED, "07-01", OFFICE, plan=plan) == ["督办 逾期1天"]


def test_days_are_reckoned_to_the_snapshot_s_day() -> None:
    (todo,) = [t for t in todo_of(snapshot_of(WORKED, "07-03"), OWN) if t.task and t.task.measure == "1-1"]
    assert (todo.due, todo.days, todo.is_late) == (day("06-30"), 3, True)


@pytest.mark.parametrize(
    ("ledger", "as_of", "expected"),
    [
        ("", "04-01", []),
        ("", "07-02", ["跟进 逾期 2 天，92 天无记录"]),
        (STARTED, "05-10", ["跟进 38 天无记录"]),
        (WORKED, "04-20", []),
        (WORKED, "06-20", ["跟进 还剩 10 天，落后序时 49 点，71 天无记录"]),
        (DONE, "07-02", []),
        (WORKED + "05-05 县教育局 基本完成", "07-02", ["跟进 逾期 2 天，落后序时 60 点，58 天无记录"]),
    ],
)
def test_a_lead_unit_follows_what_holds_up_a_task_of_another(ledger: str, as_of: str, expected: list[str]) -> None:
    assert acts(ledger, as_of, LEAD) == expected


def test_a_lead_unit_follows_a_long_term_task_only_when_its_review_was_missed() -> None:
    plan = PLAN.replace("类别: 限期整改, 时限: 2020年6月30日前", "类别: 长期坚持, 下次评估: 2020-08-10", 1)
    assert acts("", "07-31", LEAD, plan=plan) == []
    assert acts("", "08-12", LEAD, plan=plan) == ["跟进 应于 2020-08-10 评估，尚未评估"]


def test_a_lead_unit_that_is_responsible_itself_does_its_own_task_only() -> None:
    plan = PLAN.replace("责任单位: 县教育局", f"责任单位: {LEAD}", 1)
    assert acts("", "07-02", LEAD, plan=plan) == ["认领 逾期 2 天，92 天无记录，尚未认领"]


def test_a_lead_unit_s_own_tasks_come_first_then_what_it_leads() -> None:
    parts = [t.part.value for t in todo_of(snapshot_of(APPLIED, "07-02"), LEAD)]
    assert parts == sorted(parts, key=["责任单位", "牵头单位", "审核单位", "督办单位"].index)
