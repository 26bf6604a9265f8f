"""Columns of money as numbers in yuan, to sort by and to add up in a spreadsheet; only where there is money."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, TypeVar

from zhenggai.model.labels import label_of
from zhenggai.model.money import Money, money_text
from zhenggai.views.columns import ReportColumn

T = TypeVar("T")
UNIT = "（元）"
"""What stands behind the name of such a column."""
_KEYS = frozenset({"amount", "rectified_rate", "remaining", *Money._fields})


def yuan_column(key: str, yuan_of: Callable[[T], Decimal | None], keep: int = 0) -> ReportColumn[T]:
    """The column of an amount in yuan; ``keep`` as of a ``ReportColumn``."""

    def amount(row: T) -> Decimal | None:
        return None if (yuan := yuan_of(row)) is None else Decimal(money_text(yuan, "元"))

    return ReportColumn(key, amount, f"{label_of(key)}{UNIT}", numeric=True, keep=keep, if_any=True)


def sum_column(key: str, keep: int = 0) -> ReportColumn[Any]:
    """The column of one of the sums (``MoneySums``) that rows have as ``money``, blank for a row without."""
    yuan_of = attrgetter(f"done.{key}" if key in Money._fields else key)
    return yuan_column(key, lambda row: yuan_of(row.money) if row.money else None, keep)


def without_money(heads: Mapping[str, str]) -> dict[str, str]:
    """The heads of CSV, by key, but those of money."""
    return {key: head for key, head in heads.items() if key not in _KEYS}
