"""Amounts of money (问题金额, 整改金额 …) as files write them, such as 1200.5万元, and their exact sums in yuan."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_WORTH = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_SHORT = {"万": "万元", "亿": "亿元"}
_LARGE = {"千元": (1_000, "元"), "百万": (100, "万元"), "千万": (1_000, "万元")}
_AMOUNT = re.compile(
    r"(?:人民币|¥)?\s*([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(\.[0-9]{1,10})?\s*(?:(千元|[百千]万(?=元?))元?|(元|万元?|亿元?|))整?"
)
_ABOUT = re.compile("大约|大概|约|将近|接近|近|超过|超|逾|余|多|左右|上下|以上|以下|以内|不少于|不低于|不足|至少|最多")


class Amount(NamedTuple):
    """A number and the unit in which it is written: 元, 万元 or 亿元; "" for a bare number. As text it is canonical."""

    number: Decimal
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.number:f}{self.unit}"

    def in_yuan(self, usual: str | None = None) -> Decimal:
        """The amount in yuan. A bare number counts in the unit ``usual``; ``KeyError`` if there is none."""
        return self.number * _WORTH[self.unit or usual or ""]


@lru_cache(maxsize=4096)
def amount_of(text: str) -> Amount | None:
    """The amount that a text says, in either width, with or without separators of thousands; None for any other text.

    >>> [str(amount_of(t)) for t in ("120.5万元", "１，２００．５ 万元", "3亿", "1,200.50")]
    ['120.5万元', '1200.5万元', '3亿元', '1200.50']
    >>> [str(amount_of(t)) for t in ("人民币5百万元整", "￥2.5千元", "1千万")]
    ['500万元', '2500元', '1000万元']
    >>> [amount_of(t) for t in ("-5元", "12,00元", "约100万元", "5万美元", "")]
    [None, None, None, None, None]
    """
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    whole, part, large, unit = found.groups()
    number = Decimal(whole.replace(",", "") + (part or ""))
    if large:
        factor, unit = _LARGE[large]
        return Amount(Decimal(f"{(number * factor).normalize():f}"), unit)
    return Amount(number, _SHORT.get(unit, unit))


def amount_about(text: str) -> Amount | None:
    """The amount in a text that says it is not exact: 约1200万元, 120余万元; None for any other text.

    >>> [str(amount_about(t)) for t in ("约1200万元", "120余万元", "1,200多元", "1200万元", "约")]
    ['1200万元', '120万元', '1200元', 'None', 'None']
    """
    exact = _ABOUT.sub("", text)
    return amount_of(exact) if exact != text else None


def with_unit(text: str, usual: str | None) -> str:
    """An amount as text, a bare number with the unit ``usual`` if there is one.

    >>> with_unit("1200.5", "万元"), with_unit("560元", "万元"), with_unit("1200.5", None)
    ('1200.5万元', '560元', '1200.5')
    """
    amount = amount_of(text)
    return text if amount is None or amount.unit else str(amount._replace(unit=usual or ""))


def money_text(yuan: Decimal, unit: str) -> str:
    """An amount in yuan as a number of units, without zeros at its end: 34002500 in 万元 is 3400.25.

    >>> money_text(Decimal(34002500), "万元"), money_text(Decimal(560), "万元"), money_text(Decimal("20000.0"), "元")
    ('3400.25', '0.056', '20000')
    """
    return f"{(yuan / _WORTH[unit]).normalize():f}"


class Money(NamedTuple):
    """What entries report, added up, in yuan: 整改金额, 追缴, 挽回损失."""

    rectified: Decimal = Decimal(0)
    recovered: Decimal = Decimal(0)
    loss_avoided: Decimal = Decimal(0)

    def plus(self, other: "Money") -> "Money":
        """Both together."""
        return Money(*(mine + others for mine, others in zip(self, other, strict=True)))

    def minus(self, other: "Money") -> "Money":
        """What is left without the other."""
        return Money(*(mine - others for mine, others in zip(self, other, strict=True)))


NO_MONEY = Money()
DONE_WORDS: Mapping[str, str] = {"rectified": "整改", "recovered": "追缴", "loss_avoided": "挽回损失"}
"""What sentences call each field of ``Money``, which entries have too."""
