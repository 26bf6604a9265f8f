"""Cells of layouts that speak of several units or of several entries."""

import pytest

from building import HEAD, snapshot_of, task_in
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.layout_cells import deadline_of, newest_text, of_each, reviewer_of, what_remains, work_done

PLAN = (
    HEAD
    + """
- 编号: 1
  内容: 甲
  措施:
  - 编号: 1-1
    内容: 制定办法
    时限: 2020年9月底前
    牵头单位: 县委办公室
    责任单位: [县教育局, 县财政局, 城关镇, 河东乡, 县档案馆]
    分工: [{单位: 县财政局, 时限: 2020年6月底前}]
"""
)
LEDGER = """
04-10 县教育局 进展 1-1 内容=初稿 原因=人手少 #甲
04-11 县教育局 进展 1-1 内容=二稿 下步打算=征求意见
04-12 县教育局 更正 针对=甲 内容=提纲 原因=经费少
04-20 县财政局 进展 1-1 内容=摸底
"""


def deadlines(snapshot: Snapshot, *units: str) -> str:
    return of_each([task_in(snapshot, "1-1", unit) for unit in units], deadline_of)


def test_what_most_units_share_is_said_of_the_others_at_the_end() -> None:
    snapshot = snapshot_of(plan=PLAN)
    assert deadlines(snapshot, "县教育局", "城关镇") == "2020年9月底前"
    assert deadlines(snapshot, "县教育局", "县财政局", "城关镇") == (
        "县教育局、城关镇：2020年9月底前；县财政局：2020年6月底前"
    )
    assert of_each(snapshot.tasks, deadline_of) == "县财政局：2020年6月底前；其他4个单位：2020年9月底前"
    assert of_each((), deadline_of) == ""


def test_units_that_have_nothing_to_say_are_not_named() -> None:
    snapshot = snapshot_of(LEDGER, plan=PLAN)
    assert of_each(snapshot.tasks, lambda task: newest_text(snapshot, task)) == "县教育局：二稿；县财政局：摸底"


def test_what_was_done_and_what_remains_is_as_corrected() -> None:
    snapshot = snapshot_of(LEDGER, plan=PLAN)
    task = task_in(snapshot)
    assert work_done(snapshot, task) == "一是提纲。二是二稿。"
    assert what_remains(snapshot, task) == "原因：经费少；下一步：征求意见"
    done = snapshot_of(f"{LEDGER}05-01 县教育局 完成 1-1 内容=印发", plan=PLAN)
    assert what_remains(done, task_in(done)) == ""


ROUND = """
05-01 县教育局 完成 1-1 内容=印发 佐证=县教发〔2020〕1号
05-02 县教育局 申请销号 1-1 签批领导=王强 #申
05-03 县委办公室 初审 针对=申 结论=通过
05-04 县委组织部 复核 针对=申 结论={conclusion}
"""


@pytest.mark.parametrize(("conclusion", "reviewer"), [("通过", "县委组织部 办公室"), ("退回 原因=缺", "")])
def test_the_reviewer_is_who_passed_the_close_out(conclusion: str, reviewer: str) -> None:
    snapshot = snapshot_of(ROUND.format(conclusion=conclusion), plan=PLAN)
    assert reviewer_of(snapshot, task_in(snapshot)) == reviewer


def test_a_new_round_begins_with_nothing_done() -> None:
    closed = ROUND.format(conclusion="通过")
    again = """05-05 县委组织部 销号公示 针对=申 起=2020-05-05 止=2020-05-11
05-12 县委组织部 销号 针对=申 措施摘要=1a2b #销
06-01 县委督查局 回头看 针对=销 结论=反弹 #看
06-02 县委督查局 重新整改 针对=看 原因=返工 时限=2020-09-30
06-10 县教育局 进展 1-1 内容=重来
"""
    snapshot = snapshot_of(closed + again, plan=PLAN)
    task = task_in(snapshot)
    assert (task.row.round, work_done(snapshot, task), reviewer_of(snapshot, task)) == (2, "重来。", "")
