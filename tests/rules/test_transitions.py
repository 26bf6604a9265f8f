"""The life of a task: every state against every kind of entry, for every sort of task; and who may write what.

The tables here are written out by hand, so that they check ``rules.task.transitions`` independently of it.
"""

from typing import get_args

import pytest

from building import HEAD, PLAN, head_of, number_of, snapshot_of, task_in
from zhenggai.frozen import types_of
from zhenggai.model.entry_classes import CLASS_OF_KIND, About, kinds_about
from zhenggai.model.kinds import PASSED, RETURNED, Kind
from zhenggai.rules.task.guards import LETTERS_ARE
from zhenggai.rules.task.life import ALL, COMPLETE, OPEN, Role, Sort, State
from zhenggai.rules.task.transitions import LADDER, REF_KINDS, RULES, UNBOUND_KINDS, WITH_VERDICT, ReplyRule, transition

WAIVED = PLAN.replace("公示天数: 7", "公示天数: 0")

MARKS = dict(zip("未整基完申初复公销", State, strict=True))

# how to get there, one line a state; 首 is an entry that can be named in any state, 案 the application, 闭 the close-out
WAY = {
    "未": "04-01 县教育局 认领 #首",
    "整": "04-02 县教育局 进展 佐证=县组发〔2020〕1号",
    "基": "04-03 县教育局 基本完成",
    "完": "04-04 县教育局 完成",
    "申": "04-05 县教育局 申请销号 签批领导=王强 #案",
    "初": "04-06 县财政局 初审 针对=案 结论=通过",
    "复": "04-07 县委组织部 复核 针对=案 结论=通过",
    "公": "04-08 县委组织部 销号公示 针对=案 起=2020-04-09 止=2020-04-15",
    "销": "04-16 县委组织部 销号 针对=案 措施摘要=1a2b #闭",
}
LONG_TERM_WAY = {
    "未": WAY["未"],
    "整": WAY["整"],
    "基": "04-03 县教育局 转长期 阶段目标=建成机制 下次评估=2020-09-30 #问\n04-03 县委组织部 同意延期 针对=问 至=2020-09-30",
}

# the entry to try, by the unit that may; 延, 转 and 督 are recorded just before it
TRY = {
    "认领": "县教育局 认领",
    "进展": "县教育局 进展",
    "基本完成": "县教育局 基本完成",
    "完成": "县教育局 完成",
    "申请销号": "县教育局 申请销号 签批领导=王强",
    "初审通过": "县财政局 初审 针对=案 结论=通过",
    "初审退回": "县财政局 初审 针对=案 结论=退回 原因=不实",
    "复核通过": "县委组织部 复核 针对=案 结论=通过",
    "复核退回": "县委组织部 复核 针对=案 结论=退回 原因=不实",
    "现场核查": "县委组织部 现场核查 单位=县教育局 核查人=督查科 地点=局机关 佐证=县组发〔2020〕1号",
    "销号公示": "县委组织部 销号公示 针对=案 起=2020-05-06 止=2020-05-12",
    "销号": "县委组织部 销号 针对=案 措施摘要=1a2b",
    "备案": "县委组织部 备案 针对=闭 备案机关=市环委办 备案号=12",
    "重新整改": "县委督查局 重新整改 针对=首 原因=反弹 时限=2020-09-30",
    "申请延期": "县教育局 申请延期 至=2020-08-31 原因=疫情",
    "同意延期": "县委组织部 同意延期 针对=延 至=2020-08-31",
    "不同意延期": "县委组织部 不同意延期 针对=延",
    "转长期": "县教育局 转长期 阶段目标=建成机制 下次评估=2020-09-30",
    "同意转长期": "县委组织部 同意延期 针对=转 至=2020-09-30",
    "长期评估": "县教育局 长期评估 结论=保持 下次评估=2020-12-31",
    "例行": "县教育局 例行 期次=2020-04",
    "督查属实": "县委督查局 督查 单位=县教育局 方式=暗访 结论=属实",
    "督查不实": "县委督查局 督查 单位=县教育局 方式=暗访 结论=不实",
    "督查反弹": "县委督查局 督查 单位=县教育局 方式=暗访 结论=反弹",
    "回头看属实": "县委督查局 回头看 针对=闭 结论=属实",
    "回头看反弹": "县委督查局 回头看 针对=闭 结论=反弹",
    "提醒": "县委督查局 提醒 单位=县教育局 对象=责任人 依据=规则",
    "督办": "县委督查局 督办 单位=县教育局 对象=单位 依据=规则",
    "告诫": "县委督查局 告诫 单位=县教育局 对象=单位 依据=规则",
    "约谈": "县委督查局 约谈 单位=县教育局 对象=主要负责人 依据=规则",
    "通报": "县委督查局 通报 单位=县教育局 对象=单位 依据=规则",
    "问责": "县委督查局 问责 单位=县教育局 对象=分管领导 依据=规则",
    "回复": "县教育局 回复 针对=督",
    "经验": "县教育局 经验",
}
BEFORE = {
    "同意延期": "05-04 县教育局 申请延期 {m} 至=2020-08-31 原因=疫情 #延",
    "不同意延期": "05-04 县教育局 申请延期 {m} 至=2020-08-31 原因=疫情 #延",
    "回复": "05-04 县委督查局 督办 {m} 单位=县教育局 对象=单位 依据=规则 #督",
    "同意转长期": "05-04 县教育局 转长期 {m} 阶段目标=建成机制 下次评估=2020-09-30 #转",
}

# a row an entry; a column each state in which the task is: · refused, else the state it leads to
DATED = """
            未 整 基 完 申 初 复 公 销
认领        未 整 基 · · · · · ·
进展        整 整 基 完 申 初 复 公 销
基本完成    · 基 · · · · · · ·
完成        完 完 完 · · · · · ·
申请销号    · · · 申 · · · · ·
初审通过    · · · · 初 · · · ·
初审退回    · · · · 整 · · · ·
复核通过    · · · · · 复 · · ·
复核退回    · · · · · 整 · · ·
现场核查    · · · · 申 初 复 公 ·
销号公示    · · · · · · 公 · ·
销号        · · · · · · 销 销 ·
备案        · · · · · · · · 销
申请延期    未 整 基 · · · · · ·
同意延期    未 整 基 · · · · · ·
不同意延期  未 整 基 · · · · · ·
转长期      · 整 基 · · · · · ·
同意转长期  · 基 基 · · · · · ·
长期评估    · · · · · · · · ·
例行        · · · · · · · · ·
督查属实    未 整 基 完 申 初 复 公 销
督查不实    未 整 基 整 整 整 整 整 整
督查反弹    未 整 基 整 整 整 整 整 整
回头看属实  · · · · · · · · 销
回头看反弹  · · · · · · · · 整
提醒        未 整 基 完 申 初 复 公 销
督办        未 整 基 完 申 初 复 公 销
告诫        未 整 基 完 申 初 复 公 销
约谈        未 整 基 完 申 初 复 公 销
通报        未 整 基 完 申 初 复 公 销
问责        未 整 基 完 申 初 复 公 销
回复        未 整 基 完 申 初 复 公 销
经验        未 整 基 完 申 初 复 公 销
"""
IMMEDIATE_DIFFERS = """
            未 整 基 完 申 初 复 公 销
申请延期    · · · · · · · · ·
同意延期    · · · · · · · · ·
不同意延期  · · · · · · · · ·
转长期      · · · · · · · · ·
同意转长期  · · · · · · · · ·
"""

FOLLOWED = """
            未 整 基
认领        未 整 基
进展        整 整 基
督查属实    未 整 基
督查不实    未 整 基
督查反弹    未 整 基
提醒        未 整 基
督办        未 整 基
告诫        未 整 基
约谈        未 整 基
通报        未 整 基
问责        未 整 基
回复        未 整 基
经验        未 整 基
"""
"""What long-term and recurring tasks have in common; they know no completion, close-out or extension."""

Cell = tuple[str, str, str]


def cells_of(table: str) -> dict[tuple[str, str], str]:
    head, *rows = (line.split() for line in table.strip("\n").splitlines())
    return {(row[0], mark): cell for row in rows for mark, cell in zip(head, row[1:], strict=True)}


def all_cells(differing: str, base: str, states: str) -> list[Cell]:
    """Every entry in every one of the states; what neither table says is refused."""
    cells = cells_of(base) | cells_of(differing)
    tried = [name for name in TRY if name != "重新整改"]  # it has its own tests below
    return [(name, mark, cells.get((name, mark), "·")) for name in tried for mark in states]


def history(way: dict[str, str], mark: str, measure: str) -> list[str]:
    steps = list(way)[: list(way).index(mark) + 1]
    lines = [line for step in steps for line in way[step].split("\n")]
    return [line if "针对=" in line else f"{line} {measure}" for line in lines]


def try_entry(way: dict[str, str], mark: str, measure: str, name: str, expected: str) -> None:
    """Asserts what becomes of an entry in a state: the next state, or a refusal that changes nothing."""
    before = history(way, mark, measure)
    if name in BEFORE:
        before.append(BEFORE[name].format(m=measure))
    entry = f"05-05 {TRY[name]}"
    if "针对=" not in entry:
        entry += f" {measure}"
    for label in ("案", "延", "转", "闭"):  # in states that have none the entry answers any other
        if not any(line.endswith(f"#{label}") or f"#{label} " in line for line in before):
            entry = entry.replace(f"针对={label}", "针对=首")
    status = head_of("\n".join(before), measure=measure, plan=WAIVED)
    assert status.state is MARKS[mark], "the way leads there"
    snapshot = snapshot_of("\n".join([*before, entry]), plan=WAIVED)
    found = task_in(snapshot, measure)
    last = len(before) + 1
    refused = [p for p in snapshot.diagnostics if p.source.line == last]
    if expected == "·":
        (diagnostic,) = refused
        assert diagnostic.check == "状态"
        assert any("\u4e00" <= c <= "\u9fff" for c in diagnostic.what)
        assert any("\u4e00" <= c <= "\u9fff" for c in diagnostic.remedy)
        assert found.head == status
    else:
        assert refused == []
        assert found.head.state is MARKS[expected]
        assert found.events[-1].number == number_of(last, found.events[-1].date)


@pytest.mark.parametrize(("name", "mark", "expected"), all_cells(DATED, DATED, "未整基完申初复公销"))
def test_a_dated_task_takes_in_every_state_exactly_what_the_table_allows(name: str, mark: str, expected: str) -> None:
    try_entry(WAY, mark, "1-1", name, expected)


@pytest.mark.parametrize(("name", "mark", "expected"), all_cells(IMMEDIATE_DIFFERS, DATED, "未整基完申初复公销"))
def test_an_immediate_task_lives_as_a_dated_one_and_knows_no_extension(name: str, mark: str, expected: str) -> None:
    try_entry(WAY, mark, "1-2", name, expected)


@pytest.mark.parametrize(
    ("name", "mark", "expected"), all_cells("            未 整\n长期评估    整 整", FOLLOWED, "未整")
)
def test_a_long_term_task_is_reviewed_and_never_done(name: str, mark: str, expected: str) -> None:
    try_entry(WAY, mark, "1-3", name, expected)


@pytest.mark.parametrize(
    ("name", "mark", "expected"), all_cells("            未 整\n例行        整 整", FOLLOWED, "未整")
)
def test_a_recurring_task_takes_occurrences_and_is_never_done(name: str, mark: str, expected: str) -> None:
    try_entry(WAY, mark, "1-4", name, expected)


@pytest.mark.parametrize(("name", "mark", "expected"), all_cells("            基\n长期评估    基", FOLLOWED, "基"))
def test_a_task_turned_long_term_lives_as_one_from_then_on(name: str, mark: str, expected: str) -> None:
    try_entry(LONG_TERM_WAY, mark, "1-1", name, expected)


@pytest.mark.parametrize("mark", "完申初复公销")
@pytest.mark.parametrize("recorder", ["县委督查局", "县委组织部"])
def test_a_reopening_begins_the_next_round_from_every_completed_state(mark: str, recorder: str) -> None:
    lines = [*history(WAY, mark, "1-1"), f"05-05 {recorder} 重新整改 针对=首 原因=返工 时限=2020-09-30"]
    head = head_of("\n".join(lines), plan=WAIVED)
    assert (head.state, head.round, head.due_source) == (State.IN_PROGRESS, 2, "重新整改")
    assert (head.completed, head.closed, head.percent, head.case) == (None, None, None, ())


@pytest.mark.parametrize("mark", "未整基")
def test_a_reopening_of_an_open_task_is_refused(mark: str) -> None:
    lines = [*history(WAY, mark, "1-1"), "05-05 县委督查局 重新整改 针对=首 原因=返工 时限=2020-09-30"]
    snapshot = snapshot_of("\n".join(lines), plan=WAIVED)
    assert [p.source.line for p in snapshot.diagnostics] == [len(lines)]
    assert task_in(snapshot).head == head_of("\n".join(lines[:-1]), plan=WAIVED)


# --- roles ----------------------------------------------------------------------------------------------------------

OWN, LEAD, REVIEW, OVERSEE = "县教育局", "县财政局", "县委组织部", "县委督查局"
ENTITLED = {
    "责任单位（县教育局）": ("认领", "申请销号", "申请延期", "转长期", "回复"),
    "责任单位或牵头单位或初审单位或复核单位（县教育局、县财政局、县委组织部）": ("进展", "基本完成", "完成"),
    "初审单位（县财政局）": ("初审通过", "初审退回"),
    "复核单位（县委组织部）": (
        "复核通过",
        "复核退回",
        "销号公示",
        "销号",
        "备案",
        "同意延期",
        "不同意延期",
        "同意转长期",
    ),
    "初审单位或复核单位或督办单位（县财政局、县委组织部、县委督查局）": ("现场核查",),
    "督办单位（县委督查局）": ("督查属实", "督查不实", "督查反弹"),
    "复核单位或督办单位（县委组织部、县委督查局）": (
        "重新整改",
        "回头看属实",
        "回头看反弹",
        "提醒",
        "督办",
        "告诫",
        "约谈",
        "通报",
        "问责",
    ),
}
SHOULD_WRITE = [(name, who) for who, names in ENTITLED.items() for name in names]
STATE_FOR = {
    "完成": "整", "基本完成": "整", "申请销号": "完", "初审通过": "申", "初审退回": "申", "复核通过": "初", "复核退回": "初",
    "现场核查": "申", "销号公示": "复", "销号": "公", "转长期": "整", "同意转长期": "整", "备案": "销", "重新整改": "销", "回头看属实": "销", "回头看反弹": "销",
}  # fmt: skip


def without_role(name: str, who: str) -> list[tuple[str, str, str]]:
    return [(name, who, unit) for unit in (OWN, LEAD, REVIEW, OVERSEE, "县档案馆") if unit not in who]


@pytest.mark.parametrize(
    ("name", "who", "unit"), [case for name, who in SHOULD_WRITE for case in without_role(name, who)]
)
def test_an_entry_by_a_unit_without_the_role_is_refused_and_names_who_should_write(
    name: str, who: str, unit: str
) -> None:
    before = history(WAY, STATE_FOR.get(name, "未"), "1-1")
    before += [BEFORE[name].format(m="1-1")] if name in BEFORE else []
    _, rest = TRY[name].split(" ", 1)
    about = "" if "针对=" in rest or "单位=" in rest else " 单位=县教育局"
    snapshot = snapshot_of("\n".join([*before, f"05-05 {unit} {rest}{about}"]), plan=WAIVED)
    (diagnostic,) = snapshot.diagnostics
    assert diagnostic.what.endswith(f"应由{who}记录")
    assert task_in(snapshot).head == head_of("\n".join(before), plan=WAIVED)


def test_a_role_that_the_plan_gives_nobody_is_said_to_be_nobodys() -> None:
    plan = PLAN.replace("督办单位: 县委督查局\n", "")
    snapshot = snapshot_of("05-05 县委督查局 督查 单位=县教育局 方式=暗访 结论=不实", plan=plan)
    assert [p.what for p in snapshot.diagnostics] == ["“督查”应由督办单位（方案未指定）记录"]


def test_leads_are_named_in_one_order_whatever_the_run() -> None:
    leads = "[县档案馆, 县委办公室, 县财政局]"
    plan = HEAD + (
        "- {编号: 1, 内容: 甲, 措施: [{编号: 1-1, 内容: 乙, 时限: 6月底前, 责任单位: 县教育局, 牵头单位: "
        + leads
        + "}]}"
    )
    snapshot = snapshot_of("04-01 城关镇 进展 单位=县教育局", plan=plan)
    assert "（县教育局、县委办公室、县档案馆、县财政局、县委组织部）" in snapshot.diagnostics[0].what


# --- the table itself ---------------------------------------------------------------------------------------------


ROWS = [(kind, row) for kind, rule in RULES.items() for row in rule.transitions]


def test_every_kind_has_a_rule_and_moves_tasks_where_it_is_about_them() -> None:
    assert set(RULES) == set(CLASS_OF_KIND) == set(Kind)
    assert {Kind.CORRECTION, *kinds_about(About.ORGANISATION)} == UNBOUND_KINDS
    assert {Kind.CORRECTION} == UNBOUND_KINDS & REF_KINDS
    for kind in UNBOUND_KINDS:
        assert (RULES[kind].guard, RULES[kind].effect) == (None, None), "the fold never sees it"


def test_every_conclusion_of_a_kind_with_verdicts_has_a_row() -> None:
    for kind in WITH_VERDICT - {Kind.EXTENSION_GRANT}:
        verdicts = {row.verdict for row in RULES[kind].transitions}
        assert verdicts == set(get_args(types_of(CLASS_OF_KIND[kind])["conclusion"])), kind


def test_a_letter_is_not_by_the_unit_that_is_to_answer_it() -> None:
    for kind, row in ROWS:
        if row.reply is not ReplyRule.NONE:
            assert not row.by & Role.OWN, kind


def test_the_remedy_of_a_wrong_reply_names_every_letter() -> None:
    for kind, row in ROWS:
        if row.reply is not ReplyRule.NONE and kind not in LADDER:  # 提醒至问责
            assert (RETURNED if row.verdict == RETURNED else kind) in LETTERS_ARE, kind


def test_no_two_rows_answer_the_same_entry() -> None:
    keys = [(kind, row.verdict, sort) for kind, row in ROWS for sort in row.sorts]
    assert len(keys) == len(set(keys))


def test_a_new_round_leads_back_into_work() -> None:
    for _, row in ROWS:
        assert row.next_round <= set(row.moves)
        assert {row.moves[state] for state in row.next_round} <= {State.IN_PROGRESS}


def test_open_and_complete_are_all_states() -> None:
    assert (*OPEN, *(s for s in ALL if s in COMPLETE)) == ALL


def test_a_verdict_is_part_of_the_key() -> None:
    passed = transition(Kind.FIRST_REVIEW, PASSED, Sort.DATED)
    assert passed is not None
    assert passed.by == Role.FIRST_REVIEWER
    assert transition(Kind.FIRST_REVIEW, None, Sort.DATED) is None
    assert transition(Kind.ELECTION, None, Sort.DATED) is None
