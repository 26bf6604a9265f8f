"""The column of an amount of money as a number, to sort by and to add up in a spreadsheet; only where there is money."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from zhenggai.model.labels import label_of
from zhenggai.model.money import money_text
from zhenggai.views.columns import ReportColumn

T = TypeVar("T")
UNIT = "（元）"
"""What stands behind the name of such a column."""


def yuan_column(key: str, yuan_of: Callable[[T], Decimal | None], keep: int = 0) -> ReportColumn[T]:
    """The column of an amount in yuan; ``keep`` as of a ``ReportColumn``."""

    def amount(row: T) -> Decimal | None:
        return None if (yuan := yuan_of(row)) is None else Decimal(money_text(yuan, "元"))

    return ReportColumn(key, amount, f"{label_of(key)}{UNIT}", numeric=True, keep=keep, if_any=True)
