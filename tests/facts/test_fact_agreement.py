"""Facts, filtered by day and added up, say of every day what the lists of that day say."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import HEAD, UNITS, book_of, course_from, day
from counted_facts import Facts, facts_of, said_by_facts, said_by_lists
from random_histories import FIRST, LAST, book_from, histories, plans
from small_repo import SHIPPED
from zhenggai.facts.plan_facts import phase_facts, problem_facts
from zhenggai.facts.task_facts import task_facts
from zhenggai.ledger import open_ledger
from zhenggai.model.book import Book
from zhenggai.rules.day.state import state
from zhenggai.rules.task.task_history import turning_days

YEAR = [date(2020, 3, 1) + timedelta(days=n) for n in range(330)]


def assert_as_lists(book: Book, days: Sequence[date], sample: Sequence[date]) -> Facts:
    """The facts of some successive days say of those of ``sample`` what their snapshots say."""
    facts = facts_of(course_from(book, days))
    assert_follow_each_other(facts, days)
    for on in sample:
        assert said_by_facts(facts, on) == said_by_lists(state(book, on)), on
    return facts


def assert_follow_each_other(facts: Facts, days: Sequence[date]) -> None:
    """The facts of one subject are in order, and none goes on as the one before was. All are within the days."""
    tables: list[tuple[Sequence[Any], str]] = [
        (facts.tasks, "measure given"),
        (facts.problems, "problem measure"),
        (facts.phases, "phase measure"),
    ]
    for table, key in tables:
        key_of = attrgetter(*key.split())
        for before, fact in pairwise(table):
            assert days[0] <= fact.valid_from < fact.valid_to <= days[-1] + timedelta(days=1)
            if key_of(before) == key_of(fact):
                assert before.valid_to <= fact.valid_from
                goes_on = before._replace(valid_from=fact.valid_from, valid_to=fact.valid_to)
                assert before.valid_to < fact.valid_from or goes_on != fact


@settings(max_examples=10)
@given(histories(), plans(), st.lists(st.dates(FIRST, LAST), min_size=4, max_size=4))
def test_random_histories(history: str, plan: str, sample: list[date]) -> None:
    assert_as_lists(book_from(history, plan), YEAR[20:200], sample)


ADJUSTED = (
    HEAD.replace("年度: 2020\n", "年度: 2020\n来源: {省委: 省委巡视反馈, 审计: 审计报告}\n")
    + """
- 编号: 1
  内容: 学习不深入
  来源: [审计, 省委]
  性质: 共性
  问题金额: 300万元
  同措施: [2-2]
  调整: [{日期: 2020-09-01, 依据: 纪要, 字段: 问题金额, 现: 280万元}]
  措施:
  - 编号: 1-1
    内容: 制定办法
    时限: 2020年6月底前
    牵头单位: 县财政局
    责任单位: [县教育局, 各乡镇]
    阶段: [1, 2]
    步骤: [{编号: 1-1-1, 内容: 初稿, 时限: 5月底前}, {编号: 1-1-2, 内容: 公示, 频次: 每月}]
    调整:
    - {日期: 2020-06-20, 依据: 纪要, 字段: 时限, 现: 2020年8月底前}
    - {日期: 2020-07-10, 依据: 纪要, 字段: 责任单位, 现: [县教育局, 城关镇, 县档案馆]}
  - {编号: 1-2, 内容: 后加, 责任单位: 县教育局, 牵头单位: 县财政局, 时限: 印发后2个月内, 自: 2020-05-20, 阶段: [1]}
  - {编号: 1-3, 内容: 不做, 责任单位: 县教育局, 牵头单位: 县财政局, 时限: 9月底前, 取消: {日期: 2020-07-01, 依据: 纪要, 并入: 1-1}}
- 编号: 2
  内容: 落实不到位
  来源: [省委]
  性质: 个性
  措施:
  - {编号: 2-1, 内容: 主题党日, 类别: 例行, 时限: 每月, 责任单位: [各乡镇], 阶段: [3]}
  - {编号: 2-2, 内容: 坚持, 类别: 长期坚持, 下次评估: 2020-07-01, 责任单位: 县教育局}
  - {编号: 2-3, 内容: 追缴, 时限: 2020年5月底前，并持续推进, 牵头单位: 县财政局, 责任单位: 县教育局, 问题金额: 5万元}
- {编号: 3, 内容: 后加的, 自: 2020-06-01, 问题金额: 1亿元, 措施: [{编号: 3-1, 内容: 查, 类别: 立行立改, 责任单位: 各乡镇}]}
- {编号: 4, 内容: 没有自己的措施, 性质: 个性, 同措施: [1-3]}
- {编号: 5, 内容: 没有措施}
"""
)
MERGED = UNITS.replace(
    "{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 止: 2020-08-20, 并入: 城关镇}"
).replace(
    "{名称: 县档案馆}",
    "{名称: 县档案馆, 归属: [{类别: 县直单位, 自: 2020-06-15, 止: 2020-10-31}, {类别: 乡镇, 自: 2020-09-10}]}",
)
LEDGER = """
04-02 县教育局 进展 1-1 进度=10 整改金额=3.25万元
04-05 河东乡 进展 1-1 进度=60 步骤=1-1-1 整改金额=1万元 佐证=县组发〔2020〕1号
04-20 河东乡 例行 2-1 期次=2020-03
05-03 城关镇 例行 2-1 期次=2020-04
05-05 城关镇 例行 1-1 步骤=1-1-2 期次=2020-04
05-20 县教育局 完成 2-3 整改金额=4万元 追缴=1万元
05-20/06-20 县教育局 完成 1-2
06-02 河东乡 完成 3-1 挽回损失=7元
06-05 县教育局 进展 1-3 进度=40 整改金额=2万元
06-10 县教育局 申请延期 1-1 至=2020-09-30 原因=疫情 #延
06-15 县委组织部 同意延期 1-1 针对=延 至=2020-09-15
06-25 县教育局 长期评估 2-2 结论=保持 下次评估=2020-10-01
07-01 城关镇 完成 1-1
07-02 城关镇 申请销号 1-1 签批领导=王强 #销
07-03 县财政局 初审 针对=销 结论=退回 原因=缺
07-20 城关镇 完成 1-1
08-01 县委督查局 督查 1-1 单位=城关镇 方式=暗访 结论=不实 #查
08-05 县委督查局 重新整改 针对=查 原因=返工 时限=2020-10-10
08-25 城关镇 例行 2-1 期次=2020-08
09-01 县教育局 进展 1-1 进度=50 整改金额=5万元 #多
09-20 县教育局 更正 针对=多 整改金额=1万元
10-12 县档案馆 完成 1-1
"""


def test_a_plan_that_was_adjusted_and_its_units_merged() -> None:
    book = book_of(LEDGER, ADJUSTED, MERGED)
    facts = assert_as_lists(
        book, YEAR, [*(turn for turn in turning_days(book.plan, book.units) if turn in YEAR), *YEAR[::40]]
    )
    given_up = [(f.measure, f.given, f.valid_from, f.valid_to) for f in facts.tasks if not f.in_force]
    end = day("2021-01-25")
    assert given_up == [("1-3", "县教育局", day("07-01"), end), ("1-1", "河东乡", day("07-10"), end)]
    moved = [f for f in facts.tasks if f.given == "河东乡" and f.in_force and f.valid_from >= day("08-21")]
    assert {f.unit for f in moved} == {"城关镇"}


@cache
def shipped() -> Facts:
    ledger, through = open_ledger(SHIPPED, "jcdj-2020"), date(2021, 6, 30)
    problems, phases = list(problem_facts(ledger, through)), list(phase_facts(ledger, through))
    return Facts(list(task_facts(ledger, through)), problems, phases)


@pytest.mark.parametrize("on", ["2020-03-01", "2020-06-30", "2020-09-30", "2020-12-14", "2021-06-30"])
def test_the_shipped_ledger(on: str) -> None:
    as_of = date.fromisoformat(on)
    assert said_by_facts(shipped(), as_of) == said_by_lists(open_ledger(SHIPPED, "jcdj-2020").snapshot(as_of))
