"""CSV for Excel (RFC 4180): one row per record under Chinese heads; no text becomes a formula, a date or another number.

The text contains its line ends, and is put out as it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from zhenggai.document import Report

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠﹦﹢﹣﹫]")  # Excel reads the full-width ones as formulas too
_SAME = re.compile(r"(?:0|[1-9][0-9]{0,10})(?:\.[0-9]{0,3}[1-9])?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""Texts that mean the same as a number or a date: no zero is lost, and no digit. Kept reports have their dates as such texts."""
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*+"
_NUMBER_OR_DATE = re.compile(rf"(?=\D*\d)(?:[\d\s.,:/\-+%()$¥€年月日号时分秒上下午]|e|am|pm|{_MONTH})++", re.IGNORECASE)
"""Texts that a spreadsheet may read as a number, a date or a time, after full-width characters became half-width ones."""
_AS_TEXT = "\t"
"""After a text, it makes Excel, WPS and LibreOffice keep the text. They do not show it, and programs strip it."""
_QUOTED = re.compile('[",\t\r\n]')


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's rows as CSV; ``width`` and ``colour`` have no effect."""
    return csv_of(report.rows(), report.heads)


def csv_of(rows: Iterable[Mapping[str, object]], heads: Mapping[str, str]) -> str:
    """Rows as CSV with the columns of ``heads`` (name → head), in that order; missing values are empty."""
    lines = [[harmless(head) for head in heads.values()], *([_cell(row.get(name)) for name in heads] for row in rows)]
    return "".join(",".join(map(_quoted, line)) + "\r\n" for line in lines)


def harmless(data: str) -> str:
    """``data`` as a cell that stays text: an apostrophe before what begins like a formula, a tab after what looks like a date.

    >>> harmless("=1+1"), harmless(" ＝A1"), harmless("-5")
    ("'=1+1", "' ＝A1", "'-5")
    >>> harmless("3-2"), harmless("9月30日"), harmless("007"), harmless("9月30日前"), harmless("40")
    ('3-2\\t', '9月30日\\t', '007\\t', '9月30日前', '40')
    """
    text = visible(data)
    if _FORMULA.match(text):
        return f"'{text}"
    is_converted = _NUMBER_OR_DATE.fullmatch(normalize("NFKC", text)) and not _SAME.fullmatch(text)
    return text + _AS_TEXT if is_converted else text


def _quoted(cell: str) -> str:
    """A cell in quotation marks if it needs them. A tab needs them, since programs may take it for the end of a cell."""
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case int() | float():  # a negative number is no formula
            return str(value)
        case str():
            return harmless(value)
        case date():
            return value.isoformat()
        case Sequence():
            return harmless("、".join(str(item) for item in value))
        case _:
            return harmless(str(value))
