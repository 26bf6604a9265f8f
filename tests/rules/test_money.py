"""Money: what entries report adds up to sums by problem, measure and unit, exact, as of a day; three ledgers by hand."""

from decimal import Decimal

from building import HEAD, head_of, refusals_of, snapshot_of
from zhenggai.model.money import NO_MONEY, Money

PLAN = (
    HEAD
    + """
- 编号: 1
  内容: 应征未征
  问题金额: 1亿元
  措施:
  - {编号: 1-1, 内容: 清缴税款, 时限: 2020年6月底前, 牵头单位: 县财政局, 责任单位: [县教育局, 城关镇]}
  - {编号: 1-2, 内容: 追回补贴, 时限: 2020年6月底前, 牵头单位: 县财政局, 责任单位: 县教育局, 问题金额: 300万元}
- 编号: 2
  内容: 违规发放津贴
  措施:
  - {编号: 2-1, 内容: 清退, 时限: 2020年6月底前, 牵头单位: 县财政局, 责任单位: 县教育局, 问题金额: "1,200.5万元"}
  - {编号: 2-2, 内容: 完善制度, 时限: 2020年6月底前, 牵头单位: 县财政局, 责任单位: 城关镇}
"""
)


def yuan(*amounts: str) -> Money:
    return Money(*map(Decimal, amounts))


def money_of(ledger: str, measure: str = "2-1", as_of: str = "12-31") -> Money:
    return head_of(ledger, as_of, measure=measure, plan=PLAN).money


def test_what_each_entry_adds_is_added_up_in_yuan() -> None:
    ledger = """
    04-10 县教育局 进展 2-1 整改金额=3.25万元
    04-20 县教育局 进展 2-1 整改金额=560元 追缴=0.1元
    05-10 县教育局 完成 2-1 整改金额=1亿元 挽回损失=2万元
    """
    assert money_of(ledger) == yuan("100033060", "0.1", "20000")
    assert money_of(ledger, as_of="04-30") == yuan("33060", "0.1", "0")
    assert money_of(ledger, as_of="04-09") == NO_MONEY


def test_a_bare_number_takes_the_unit_of_the_measure_else_of_the_problem() -> None:
    assert money_of("04-10 县教育局 进展 2-1 整改金额=3.5") == yuan("35000")
    assert money_of("04-10 县教育局 进展 1-2 整改金额=3.5", "1-2") == yuan("35000")
    assert money_of("04-10 县教育局 进展 1-1 整改金额=0.5", "1-1") == yuan("50000000")


def test_a_bare_number_where_the_plan_has_no_amount_is_an_error_of_its_line() -> None:
    ledger = "\n04-10 城关镇 进展 2-2 追缴=3.5\n04-11 城关镇 进展 2-2 追缴=3.5元"
    assert refusals_of(ledger, plan=PLAN) == ["1 追缴“3.5”没有写单位，方案也没有写问题金额"]
    (diagnostic,) = snapshot_of(ledger, plan=PLAN).diagnostics
    assert diagnostic.remedy == "写成 3.5万元、3.5元 的样子"


def test_a_correction_changes_the_sums_and_what_is_withdrawn_does_not_count() -> None:
    ledger = """
    04-10 县教育局 进展 2-1 整改金额=30万元 追缴=1万元 #甲
    04-11 县教育局 进展 2-1 整改金额=5万元 #乙
    04-20 县教育局 更正 针对=甲 整改金额=3万元
    04-21 县教育局 更正 针对=乙 作废=是
    """
    assert money_of(ledger, as_of="04-19") == yuan("350000", "10000")
    assert money_of(ledger, as_of="04-20") == yuan("80000", "10000")
    assert money_of(ledger) == yuan("30000", "10000")


def test_an_entry_that_is_refused_adds_nothing() -> None:
    assert money_of("04-10 县档案馆 进展 2-1 单位=县教育局 代录=是 整改金额=5万元") == NO_MONEY


def test_a_second_round_goes_on_adding() -> None:
    ledger = """
    04-10 县教育局 完成 2-1 整改金额=5万元
    05-10 县委督查局 督查 2-1 单位=县教育局 方式=暗访 结论=反弹
    05-20 县教育局 进展 2-1 整改金额=1万元
    """
    assert money_of(ledger) == yuan("60000")


def test_the_amount_of_a_measure_may_be_adjusted_from_a_day_on() -> None:
    adjusted = PLAN.replace(
        "责任单位: 城关镇}", "责任单位: 城关镇, 调整: [{日期: 2020-05-01, 依据: 复核, 字段: 问题金额, 现: 80元}]}"
    )
    measure = {day: snapshot_of("", day, plan=adjusted).plan.measure_by_number["2-2"] for day in ("04-30", "05-01")}
    assert [of.amount for of in measure.values()] == [None, "80元"]
    entries = "05-10 城关镇 进展 2-2 整改金额=3\n04-10 城关镇 进展 2-2 整改金额=3"
    assert refusals_of(entries, plan=adjusted) == ["2 整改金额“3”没有写单位，方案也没有写问题金额"]
