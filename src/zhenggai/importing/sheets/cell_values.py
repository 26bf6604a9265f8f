"""What cells mean whose value is a number or a day: deadlines, days, shares in per cent."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.importing.content import Cell

_SERIALS: Final = range(30_000, 60_000)  # days since 1899-12-30, as spreadsheets count them: 1982 to 2064
_EPOCH: Final = date(1899, 12, 30)
_YEAR_MONTH: Final = re.compile(r"((?:19|20)[0-9]{2})\.(0?[1-9]|1[0-2])")


@frozen
class Words:
    """The words of a deadline, and what is doubtful about them, "" if nothing is."""

    text: str
    doubt: str = ""


def deadline_words(cell: Cell) -> Words:
    """The deadline in a cell: as it is shown if that has a year, else as the day that the file keeps.

    >>> from decimal import Decimal
    >>> deadline_words(Cell("5月31日", date(2020, 5, 31))).text, deadline_words(Cell("43982", Decimal(43982))).text
    ('2020年5月31日', '2020年5月31日')
    >>> deadline_words(Cell("2020.1", Decimal("2020.1"))).doubt
    '2020.1 当作2020年1月；若是2020年10月，请改写成文字'
    """
    text = " ".join(cell.text.split())
    if isinstance(cell.value, date):
        return Words(text if re.search("[0-9]{4}", text) else _day_words(cell.value))
    if (day := _serial_day(text)) is not None:
        return Words(_day_words(day), f"{text} 是日期的序号，当作{_day_words(day)}")
    month = _YEAR_MONTH.fullmatch(text)
    if month and isinstance(cell.value, Decimal):
        words = f"{month[1]}年{int(month[2])}月"
        return Words(words, f"{text} 当作{words}；若是{words[:5]}10月，请改写成文字" if month[2] == "1" else "")
    return Words(text)


def _day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _serial_day(text: str) -> date | None:
    """The day that a number stands for which has lost its format; None for any other text."""
    plain = text.removesuffix(".0")
    return (
        _EPOCH + timedelta(days=int(plain))
        if len(plain) == 5 and plain.isdecimal() and int(plain) in _SERIALS
        else None
    )


def percent_of(cell: Cell) -> int | None:
    """The share that a cell tells, in whole per cent, None if it tells none: 0.4, 40, 40% and 40.0 are 40.

    >>> [percent_of(Cell(text, value)) for text, value in (("40%", Decimal("0.4")), ("0", Decimal("0.4")), ("60", None))]
    [40, 40, 60]
    >>> [percent_of(Cell(text)) for text in ("整改中 40%", "已完成", "150")]
    [40, None, None]
    """
    text = cell.text.strip()
    if found := re.search(r"([0-9]+(?:\.[0-9]+)?)\s*[%％]", text):
        share = Decimal(found[1])
    elif re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        share = cell.value if isinstance(cell.value, Decimal) else Decimal(text)  # shown as 0 where 0.4 is narrow
        share *= 100 if share < 1 or (share == 1 and cell.value is not None) else 1
    else:
        return None
    return int(share) if 0 <= share <= 100 else None


def day_of(cell: Cell) -> date | None:
    """The day in a cell, None if there is no whole date in it.

    >>> [day_of(Cell(text)) for text in ("2020.5.31", "2020年5月31日", "20200531", "43982", "2020年5月")]
    [datetime.date(2020, 5, 31), datetime.date(2020, 5, 31), datetime.date(2020, 5, 31), datetime.date(2020, 5, 31), None]
    """
    if isinstance(cell.value, date):
        return cell.value
    text = cell.text.strip()
    if (day := _serial_day(text)) is not None:
        return day
    found = re.fullmatch(r"([0-9]{4})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})[日号]?.*", text) or re.fullmatch(
        "([0-9]{4})([0-9]{2})([0-9]{2})", text
    )
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
