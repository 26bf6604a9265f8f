"""Money: what entries report adds up to sums by problem, measure and unit, exact, as of a day; three ledgers by hand."""

from datetime import date
from decimal import Decimal
from operator import attrgetter

from hypothesis import given
from hypothesis import strategies as st

from building import HEAD, head_of, refusals_of, snapshot_of
from random_histories import DAYS, book_from, histories, plans
from zhenggai.model.entries import BasicallyDone, Done, Progress
from zhenggai.model.money import NO_MONEY, Money, amount_of, money_text
from zhenggai.rules.day.money_sums import MoneySums, done_in, plan_money
from zhenggai.rules.day.snapshot import Snapshot, grouped
from zhenggai.rules.day.state import state
from zhenggai.views.selection import Selection, select

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


# sums


Sums = tuple[str | None, str, float | None, str | None]


def sums_in(snapshot: Snapshot) -> dict[str, Sums]:
    """问题金额, 整改金额, rate and rest of the whole, of problems and of measures, in yuan."""
    money = plan_money(snapshot)
    found = (
        {"": money.whole} | {f"问题{number}": of for number, of in money.of_problem.items()} | dict(money.of_measure)
    )
    return {name: sums_as_text(of) for name, of in found.items()}


def sums_as_text(of: MoneySums) -> Sums:
    rectified = money_text(of.done.rectified, "元")
    if of.amount is None or of.remaining is None:
        return None, rectified, of.rectified_rate, None
    return money_text(of.amount, "元"), rectified, of.rectified_rate, money_text(of.remaining, "元")


LEDGER = """
04-10 县教育局 进展 1-1 整改金额=2,500万元
04-12 城关镇 进展 1-1 整改金额=0.25亿元
04-12 县教育局 进展 1-2 整改金额=60万元
05-10 县教育局 完成 2-1 整改金额=400.17
05-11 城关镇 进展 2-2 整改金额=560元
"""


def test_a_problem_has_its_own_amount_else_the_sum_of_its_measures() -> None:
    assert sums_in(snapshot_of(LEDGER, plan=PLAN)) == {
        "": ("112005000", "54602260", 48.75, "57402740"),
        "问题1": ("100000000", "50600000", 50.6, "49400000"),
        "问题2": ("12005000", "4002260", 33.34, "8002740"),
        "1-1": (None, "50000000", None, None),
        "1-2": ("3000000", "600000", 20.0, "2400000"),
        "2-1": ("12005000", "4001700", 33.33, "8003300"),
        "2-2": (None, "560", None, None),
    }


def test_money_of_problems_without_an_amount_is_no_part_of_the_rate() -> None:
    plan = PLAN.replace(', 问题金额: "1,200.5万元"', "").replace("问题金额: 1亿元", "问题金额: 200元")
    ledger = "04-10 县教育局 进展 1-1 整改金额=210\n05-10 城关镇 进展 2-2 整改金额=90元"
    found = snapshot_of(ledger, plan=plan)
    assert sums_in(found)[""] == ("200", "300", 105.0, "0")
    money = plan_money(found)
    assert (money.whole.beside, money.whole.excess) == (Decimal(90), Decimal(10))


def test_a_plan_without_money_has_no_sums() -> None:
    assert not snapshot_of("04-10 县教育局 进展 1-1").has_money


def test_sums_are_shown_in_the_unit_of_the_plan() -> None:
    def unit(amount: str, entry: str = "") -> str | None:
        plan = (
            PLAN.replace("问题金额: 1亿元", amount)
            .replace(", 问题金额: 300万元", "")
            .replace(', 问题金额: "1,200.5万元"', "")
        )
        found = snapshot_of(entry, plan=plan)
        return plan_money(found).unit if found.has_money else None

    assert unit("问题金额: 1亿元") == "亿元"
    assert unit("性质: 个性") is None
    assert unit("性质: 个性", "04-10 县教育局 进展 1-1 整改金额=9999.99元") == "元"
    assert unit("性质: 个性", "04-10 县教育局 进展 1-1 追缴=1万元") == "万元"
    money = plan_money(snapshot_of(plan=PLAN))
    assert money
    assert money.unit == "万元"


def test_a_part_of_the_plan_has_the_amounts_of_what_is_whole_in_it() -> None:
    whole = snapshot_of(LEDGER, plan=PLAN)
    of_unit = select(whole, Selection(unit="城关镇"))
    assert sums_in(of_unit) == {
        "": (None, "25000560", None, None),
        "问题1": (None, "25000000", None, None),
        "问题2": (None, "560", None, None),
        "1-1": (None, "25000000", None, None),
        "2-2": (None, "560", None, None),
    }
    assert sums_in(select(whole, Selection(problem="1")))[""] == ("100000000", "50600000", 50.6, "49400000")
    assert sums_in(select(whole, Selection(problem="1-2")))[""] == ("3000000", "600000", 20.0, "2400000")


@given(histories(), DAYS, DAYS | st.none(), plans())
def test_sums_of_problems_measures_and_entries_are_the_same(
    history: str, as_of: date, known_by: date | None, plan: str
) -> None:
    now = state(book_from(history, plan), as_of, known_by or date.max)
    money = plan_money(now)
    done = done_in((task, event) for task in money.tasks for event in task.events)
    assert money.whole.done == done
    for parts in (money.of_problem, money.of_measure):
        for name in Money._fields:
            assert sum(getattr(of.done, name) for of in parts.values()) == getattr(done, name)
    for task in money.tasks:
        said = [now.said(event.number) for event in task.events]
        amounts = [
            amount_of(entry.rectified)
            for entry in said
            if isinstance(entry, Progress | Done | BasicallyDone) and entry.rectified
        ]
        assert task.row.money.rectified == sum(
            amount.in_yuan("万元" if task.measure == "1-1" else "元") for amount in amounts if amount
        )


def test_what_a_unit_did_still_counts_when_it_is_responsible_no_more() -> None:
    left = PLAN.replace(
        "责任单位: [县教育局, 城关镇]}",
        "责任单位: [县教育局, 城关镇], 调整: [{日期: 2020-05-01, 依据: 纪要, 字段: 责任单位, 现: [县教育局]}]}",
    )
    found = snapshot_of(LEDGER, plan=left)
    assert len(found.gone) == 1
    assert sums_in(found) == sums_in(snapshot_of(LEDGER, plan=PLAN))
    assert sums_in(select(found, Selection(problem="1")))[""] == ("100000000", "50600000", 50.6, "49400000")
    assert sums_in(select(found, Selection(unit="县教育局")))["1-1"] == (None, "25000000", None, None)
    of_town = select(found, Selection(unit="城关镇"))
    assert sums_in(of_town) == {
        "": (None, "25000560", None, None),
        "问题1": (None, "25000000", None, None),
        "问题2": (None, "560", None, None),
        "1-1": (None, "25000000", None, None),
        "2-2": (None, "560", None, None),
    }
    assert plan_money(of_town).whole == plan_money(found).of_part(
        [task for task in plan_money(found).tasks if task.unit == "城关镇"]
    )


def test_what_one_problem_has_too_much_hides_nothing_that_another_lacks() -> None:
    ledger = "05-10 县教育局 完成 2-1 整改金额=1300.5\n05-10 县教育局 完成 1-1 整改金额=0.2"
    whole = plan_money(snapshot_of(ledger, plan=PLAN)).whole
    assert (whole.remaining, whole.excess) == (Decimal(80_000_000), Decimal(1_000_000))


def test_a_unit_has_no_amount_where_a_measure_of_its_problem_is_shared_and_not_divided() -> None:
    """A measure of its own beside it would give a rate above 100 %."""
    plan = PLAN.replace("  问题金额: 1亿元\n", "").replace(
        "责任单位: [县教育局, 城关镇]}", "责任单位: [县教育局, 城关镇], 问题金额: 1亿元}"
    )
    found = snapshot_of(LEDGER, plan=plan)
    school = plan_money(select(found, Selection(unit="县教育局")))
    assert sums_as_text(school.of_problem[1]) == (None, "25600000", None, None)
    assert sums_as_text(school.of_measure["1-2"]) == ("3000000", "600000", 20.0, "2400000")
    assert sums_as_text(school.whole) == (None, "29601700", None, None)
    assert school.whole.undivided
    assert sums_as_text(school.of_problem[2]) == ("12005000", "4001700", 33.33, "8003300")


def test_a_cancelled_measure_counts_as_long_as_its_problem_has_an_amount() -> None:
    cancelled = "取消: {日期: 2020-06-01, 依据: 纪要}"
    plan = PLAN.replace("县教育局, 城关镇]}", f"县教育局, 城关镇], {cancelled}}}").replace(
        '"1,200.5万元"', f'"1,200.5万元", {cancelled}'
    )
    assert sums_in(snapshot_of(LEDGER, plan=plan)) == {
        "": ("100000000", "50600560", 50.6, "49400000"),
        "问题1": ("100000000", "50600000", 50.6, "49400000"),
        "问题2": (None, "560", None, None),
        "1-2": ("3000000", "600000", 20.0, "2400000"),
        "2-2": (None, "560", None, None),
    }


def test_a_problem_that_is_asked_for_alone_has_the_money_of_the_measures_that_it_shares() -> None:
    plan = f"{PLAN}- {{编号: 3, 内容: 管理松散, 同措施: [1-2]}}\n"
    whole = snapshot_of(LEDGER, plan=plan)
    assert sums_in(whole)["问题3"] == (None, "0", None, None)
    assert sums_in(select(whole, Selection(problem="3"))) == {
        "": ("3000000", "600000", 20.0, "2400000"),
        "问题3": ("3000000", "600000", 20.0, "2400000"),
        "1-2": ("3000000", "600000", 20.0, "2400000"),
    }


def test_the_amount_of_a_problem_may_be_adjusted_from_a_day_on() -> None:
    change = "调整: [{登记日: 2020-06-01, 日期: 2020-05-01, 依据: 复核, 字段: 问题金额, 原: 1亿元, 现: 12000万元}]"
    adjusted = PLAN.replace("  问题金额: 1亿元\n", f"  问题金额: 1亿元\n  {change}\n")
    assert sums_in(snapshot_of(LEDGER, "2020-04-30", plan=adjusted))["问题1"][0] == "100000000"
    assert sums_in(snapshot_of(LEDGER, "2020-05-01", plan=adjusted))["问题1"][0] == "120000000"
    before = snapshot_of(LEDGER, "07-01", known_by="05-31", plan=adjusted)
    assert sums_in(before)["问题1"][0] == "100000000"
    # a bare number has the unit of its day
    for date_, in_yuan in (("04-30", 100_000_000), ("05-01", 10_000)):
        head = head_of(f"{date_} 县教育局 进展 1-1 整改金额=1", measure="1-1", plan=adjusted)
        assert head.money.rectified == in_yuan


# 问题金额 by unit


BY_UNIT = PLAN.replace(
    "责任单位: [县教育局, 城关镇]}",
    "责任单位: [县教育局, 城关镇], 分工: [{单位: 教育局, 问题金额: 6000万元}, {单位: 城关镇, 问题金额: 30000000元}]}",
).replace("  问题金额: 1亿元\n", "")


def units_in(snapshot: Snapshot) -> dict[str, Sums]:
    """The sums of each unit: what it did beside what is its own."""
    money = plan_money(snapshot)
    tasks = grouped(attrgetter("unit"), money.tasks)
    return {unit: sums_as_text(money.of_part(own)) for unit, own in tasks.items()}


def test_a_measure_may_give_each_unit_its_part_of_the_amount() -> None:
    found = snapshot_of(LEDGER, plan=BY_UNIT)
    assert sums_in(found)["1-1"] == ("90000000", "50000000", 55.56, "40000000")
    assert sums_in(found)["问题1"] == ("93000000", "50600000", 54.41, "42400000")
    assert units_in(found)["县教育局"] == ("75005000", "29601700", 39.47, "45403300")
    of_town = select(found, Selection(unit="城关镇"))
    assert sums_in(of_town)["1-1"] == ("30000000", "25000000", 83.33, "5000000")
    # in 2-2 the town rectified 560元 of no amount: what it has in all is not known
    assert units_in(found)["城关镇"] == (None, "25000560", None, None)
    without = snapshot_of(LEDGER.replace("整改金额=560元", ""), plan=BY_UNIT)
    assert units_in(without)["城关镇"] == ("30000000", "25000000", 83.33, "5000000")


def test_a_unit_has_the_amount_of_what_is_its_own_alone() -> None:
    assert units_in(snapshot_of("", plan=PLAN)) == {
        "县教育局": (None, "0", None, None),
        "城关镇": (None, "0", None, None),
    }
    covered = BY_UNIT.replace("内容: 应征未征\n", "内容: 应征未征\n  问题金额: 9300万元\n")
    assert units_in(snapshot_of("", plan=covered))["县教育局"] == ("75005000", "0", 0.0, "75005000")
    alone = PLAN.replace("责任单位: [县教育局, 城关镇]", "责任单位: 县教育局")
    assert units_in(snapshot_of("", plan=alone)) == {
        "县教育局": ("112005000", "0", 0.0, "112005000"),
        "城关镇": (None, "0", None, None),
    }


def test_a_bare_number_takes_the_unit_of_the_share_first() -> None:
    found = snapshot_of("04-10 城关镇 进展 1-1 整改金额=5\n04-10 县教育局 进展 1-1 整改金额=5", plan=BY_UNIT)
    assert {t.given: t.row.money.rectified for t in found.tasks if t.measure == "1-1"} == {
        "城关镇": 5,
        "县教育局": 50000,
    }
