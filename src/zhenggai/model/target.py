"""Targets (指标): words such as 不低于 20% as a comparison, and measured values to compare with it."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from zhenggai.frozen import frozen
from zhenggai.model.rates import rounded

Comparison = Literal[">", "≥", "<", "≤", "="]

_BEFORE: Mapping[Comparison, str] = {
    "≥": "≥ >= => ⩾ ≧ 不少于 不低于 不小于 不得少于 不得低于 不得小于 大于等于 大于或等于 至少 最少 最低",
    "≤": "≤ <= =< ⩽ ≦ 不超过 不多于 不高于 不大于 不得超过 不得多于 不得高于 小于等于 小于或等于 至多 最多 最高 控制在 降到 降至",
    ">": "> 大于 多于 高于 超过 超出",
    "<": "< 小于 少于 低于 不足 不到",
    "=": "= == 等于",
}
_AFTER: Mapping[Comparison, str] = {
    "≥": "以上 及以上 或以上 (含)以上",
    "≤": "以下 及以下 以内 之内 内 (含)以下 (含)以内",
}
_NEUTRAL = "达到 达 为 是 保持在 提高到 提升到 提高至 提升至 覆盖 完成"


def _comparison_of(words: Mapping[Comparison, str]) -> dict[str, Comparison]:
    return {word: comparison for comparison, listed in words.items() for word in listed.split()}


_OF_WORD_BEFORE, _OF_WORD_AFTER = _comparison_of(_BEFORE), _comparison_of(_AFTER)


def _any_of(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_REQUIREMENT = re.compile(
    rf"(?:每(?:周|月|季度?|半年|年度?|人|次))?"
    rf"(?:{_any_of(_NEUTRAL.split())})?(?P<before>{_any_of(list(_OF_WORD_BEFORE))})?"
    rf"(?P<number>\d{{1,15}}(?:\.\d{{1,6}})?)"
    rf"(?P<unit>[^\d\s,;()<>=≥≤]{{0,6}}?)(?P<after>{_any_of(list(_OF_WORD_AFTER))})?"
)


@frozen
class Requirement:
    """A requirement for a value: 大于 20 % is ``>``, 20, ``%``."""

    comparison: Comparison
    number: Decimal
    unit: str = ""

    def met_by(self, value: Decimal) -> bool:
        """Whether a value meets the requirement."""
        match self.comparison:
            case ">":
                return value > self.number
            case "≥":
                return value >= self.number
            case "<":
                return value < self.number
            case "≤":
                return value <= self.number
            case "=":
                return value == self.number


def requirement_of(text: str) -> Requirement | None:
    """The requirement in the words of a 指标, or None if they contain none. A bare number means ≥, a bare 0 means =.

    >>> [requirement_of(words).comparison for words in ("> 20 %", "不低于90%", "20%以上", "不超过3次", "12次", "0起")]
    ['>', '≥', '≥', '≤', '≥', '=']
    >>> requirement_of("明显提高") is None
    True
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    found = _REQUIREMENT.fullmatch(re.sub(r"百分之(\d+(?:\.\d+)?)", r"\1%", plain))
    if found is None:
        return None
    number = Decimal(found["number"])
    before, after = _OF_WORD_BEFORE.get(found["before"] or ""), _OF_WORD_AFTER.get(found["after"] or "")
    if before and after and before.translate(_DIRECTION) != after.translate(_DIRECTION):
        return None
    return Requirement(before or after or ("≥" if number else "="), number, found["unit"])


_DIRECTION = str.maketrans({"≥": ">", "≤": "<"})


def value_of(measured: Decimal, base: Decimal | None, unit: str) -> Decimal | None:
    """The value to compare: for a percentage with a base, measured ÷ base × 100; else the measured value. None if the base is 0.

    >>> value_of(Decimal(24), Decimal(100), "%"), value_of(Decimal(24), None, "%"), value_of(Decimal(24), Decimal(0), "%")
    (Decimal('24'), Decimal('24'), None)
    """
    if base is None or unit != "%":
        return measured
    return measured * 100 / base if base else None


def value_text(value: Decimal, unit: str) -> str:
    """A value for people to read; percentages have two decimals.

    >>> value_text(Decimal(24), "%"), value_text(Decimal(12), "次")
    ('24.00%', '12次')
    """
    return f"{rounded(*value.as_integer_ratio(), 2):.2f}%" if unit == "%" else f"{value.normalize():f}{unit}"
