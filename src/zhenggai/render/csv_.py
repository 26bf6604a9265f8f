"""CSV for Excel (RFC 4180): one row per record under Chinese heads; no cell is executed as a formula.

The text contains its line ends, and is put out as it is.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from zhenggai.render import Report

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠﹦﹢﹣﹫]")  # Excel reads the full-width ones as formulas too


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's rows as CSV; ``width`` and ``colour`` have no effect."""
    return csv_of(report.rows(), report.heads)


def csv_of(rows: Iterable[Mapping[str, object]], heads: Mapping[str, str]) -> str:
    """Rows as CSV with the columns of ``heads`` (name → head), in that order; missing values are empty."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(harmless(head) for head in heads.values())
    writer.writerows([_cell(row.get(name)) for name in heads] for row in rows)
    return text.getvalue()


def harmless(data: str) -> str:
    """``data`` as a cell that stays text: an apostrophe is put before anything that begins like a formula.

    >>> harmless("=1+1"), harmless(" ＝A1"), harmless("-5"), harmless("3-2")
    ("'=1+1", "' ＝A1", "'-5", '3-2')
    """
    text = visible(data)
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(value: object) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case int() | float():  # a negative number is no formula
            return value
        case str():
            return harmless(value)
        case date():
            return value.isoformat()
        case Sequence():
            return harmless("、".join(str(item) for item in value))
        case _:
            return harmless(str(value))
