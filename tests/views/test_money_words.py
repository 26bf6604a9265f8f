"""Money in words and in JSON: what the sentence says, and that problems, units and the whole agree."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given

from random_histories import DAYS, book_from, histories, plans
from zhenggai.model.money import NO_MONEY, Money
from zhenggai.rules.day.money_sums import MoneySums
from zhenggai.rules.day.state import state
from zhenggai.views.money import done_words, money_words
from zhenggai.views.status import status


def sums(amount: int | None, rectified: int, recovered: int = 0, loss_avoided: int = 0, beside: int = 0) -> MoneySums:
    done = Money(Decimal(rectified), Decimal(recovered), Decimal(loss_avoided))
    excess = 0 if amount is None else max(0, rectified - beside - amount)
    return MoneySums(None if amount is None else Decimal(amount), done, "万元", Decimal(beside), Decimal(excess))


def test_the_sentence_says_what_there_is() -> None:
    assert money_words(sums(None, 0)) == "已整改0万元"
    assert money_words(sums(10_000, 5_000)) == "问题金额1万元，已整改0.5万元，占50.00%，未整改0.5万元"
    assert money_words(sums(10_000, 10_000, 560, 20_000)) == (
        "问题金额1万元，已整改1万元，占100.00%，未整改0万元，追缴0.056万元，挽回损失2万元"
    )
    assert money_words(sums(10_000, 12_000)) == "问题金额1万元，已整改1.2万元，占120.00%，超出问题金额0.2万元"
    assert money_words(sums(10_000, 8_000, beside=5_000)) == (
        "问题金额1万元，已整改0.8万元（其中0.5万元所在的问题没有写问题金额，不算占比），占30.00%，未整改0.7万元"
    )
    both = replace(sums(10_000, 5_000), excess=Decimal(2_000))
    assert money_words(both) == "问题金额1万元，已整改0.5万元，占50.00%，未整改0.7万元，另有超出问题金额0.2万元"
    shared = replace(sums(None, 5_000), undivided=True)
    assert money_words(shared) == "已整改0.5万元（有的问题金额和别的任务合在一起，分不开，不算占比）"
    assert money_words(sums(0, 0)) == "问题金额0万元，已整改0万元，未整改0万元"


def test_what_was_done_in_a_period() -> None:
    assert done_words(NO_MONEY, "元") == ""
    assert done_words(Money(Decimal(0), Decimal(365_000), Decimal(0)), None) == "追缴36.5万元"
    assert done_words(Money(Decimal(0), Decimal(9_999), Decimal(0)), None) == "追缴9999元"
    assert done_words(Money(Decimal(5), Decimal(0), Decimal("0.1")), "元") == "整改5元、挽回损失0.1元"


@given(histories(), DAYS, plans())
def test_problems_and_units_add_up_to_the_whole(history: str, as_of: date, plan: str) -> None:
    money: Any = status(state(book_from(history, plan), as_of)).record()["money"]
    for name in Money._fields:
        for parts in ("problems", "units"):
            assert sum(Decimal(part[name]) for part in money[parts]) == Decimal(money[name])
