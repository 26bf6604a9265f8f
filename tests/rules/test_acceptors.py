"""验收单位: who accepts the work of a measure in the place of the plan's 复核 unit, and the 验收人 that an entry names."""

import pytest

from building import PLAN, UNITS, head_of, refusals_of, snapshot_of, task_in
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.reading.typed_entries import type_entry
from zhenggai.rules.task.life import State

OUTSIDE = PLAN.replace("{编号: 1-1,", "{编号: 1-1, 验收单位: 省厅,")
INSIDE = PLAN.replace("{编号: 1-1,", "{编号: 1-1, 验收单位: 县档案馆,")
WAY = """
04-04 县教育局 完成 1-1 佐证=县教发〔2020〕1号
04-05 县教育局 申请销号 1-1 签批领导=王强 #案
04-06 县财政局 初审 针对=案 结论=通过
"""


def test_what_somebody_outside_accepted_is_recorded_with_its_name() -> None:
    ledger = WAY + "04-07 县委组织部 复核 针对=案 结论=通过"
    assert refusals_of(ledger, plan=OUTSIDE) == ["4 由省厅验收，复核通过没有写验收人"]
    assert head_of(ledger, plan=OUTSIDE).state is State.FIRST_PASSED
    assert head_of(f"{ledger} 验收人=省厅专家组", plan=OUTSIDE).state is State.SECOND_PASSED


def test_a_return_needs_no_acceptor() -> None:
    ledger = WAY + "04-07 县委组织部 复核 针对=案 结论=退回 原因=材料不全"
    assert head_of(ledger, plan=OUTSIDE).state is State.IN_PROGRESS


def test_a_correction_may_supply_the_acceptor() -> None:
    ledger = WAY + "04-07 县委组织部 复核 针对=案 结论=通过 #复\n04-08 县委组织部 更正 针对=复 验收人=省厅专家组"
    assert head_of(ledger, plan=OUTSIDE).state is State.SECOND_PASSED


@pytest.mark.parametrize(
    ("unit", "said"),
    [("县委组织部", ["4 “复核”应由复核单位（县档案馆）记录"]), ("县档案馆", [])],
)
def test_an_acceptor_of_the_book_reviews_by_itself(unit: str, said: list[str]) -> None:
    assert refusals_of(WAY + f"04-07 {unit} 复核 针对=案 结论=通过", plan=INSIDE) == said


def test_an_acceptor_that_comes_into_the_unit_book_later_leaves_earlier_entries_valid() -> None:
    ledger = (
        WAY
        + """
    04-07 县委组织部 复核 针对=案 结论=通过 验收人=省厅专家组 #复
    04-08 县委组织部 销号公示 针对=案 起=2020-04-08 止=2020-04-16
    04-20 县委组织部 销号 针对=案 措施摘要=已改 审批人=部长
    """
    )
    units = UNITS.replace("单位:\n", "单位:\n- {名称: 省厅}\n")
    assert units != UNITS
    before, after = (snapshot_of(ledger, plan=OUTSIDE, units=book) for book in (UNITS, units))
    assert [d.what for d in (*before.diagnostics, *after.diagnostics)] == []
    assert [task_in(snapshot).head.state for snapshot in (before, after)] == [State.CLOSED, State.CLOSED]
    assert task_in(after).task.second_reviewer == "省厅"


def test_a_later_acceptor_leaves_earlier_reviews_as_they_were() -> None:
    change = "调整: [{日期: 2020-05-01, 依据: 会议纪要, 字段: 验收单位, 现: 省厅}]"
    plan = PLAN.replace("{编号: 1-1,", "{编号: 1-1, " + change + ",")
    assert refusals_of(WAY + "04-07 县委组织部 复核 针对=案 结论=通过", plan=plan) == []
    assert refusals_of(WAY + "05-07 县委组织部 复核 针对=案 结论=通过", plan=plan) == [
        "4 由省厅验收，复核通过没有写验收人"
    ]


def test_a_return_ends_what_a_visit_was_good_for() -> None:
    seen = "04-07 县委督查局 现场核查 1-1 单位=县教育局 核查人=督查科 地点=局机关 佐证=县组发〔2020〕1号\n"
    returned = "04-08 县委组织部 复核 针对=案 结论=退回 原因=材料不全"
    heads = [head_of(WAY + seen + returned, day) for day in ("04-06", "04-07", "04-08")]
    assert [head.visited and head.visited.day for head in heads] == [None, 7, None]


def test_a_first_review_has_no_acceptor() -> None:
    values = {"编号": "20200406-00000001", "日期": "2020-04-06", "事项": "初审", "针对": "20200405-00000001"}
    values |= {"结论": "通过", "验收人": "省厅", "填报人": "办公室"}
    _, faults = type_entry(
        RawEntry(dict(values), 1, tuple(range(1, 8)), 0, 0), "ledgers/p/县财政局/2020-04.办公室.aa.yaml"
    )
    assert [fault.what for fault in faults] == ["初审不写验收人"]
