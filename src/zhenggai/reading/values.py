"""Readers of field values: each converts a text to a value.

A reader also accepts common non-standard spellings ("habits") and notes them. For an invalid text it raises ``Unreadable``
with the remedy. Which reader a field has is in ``field_readers``.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from zhenggai.model.money import Amount, amount_about, amount_of
from zhenggai.model.numbers import is_entry_number, measure_number
from zhenggai.model.wording import shortened


class Unreadable(ValueError):
    """A text is no valid value; says what is wrong and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


Note = Callable[[str], None]
Reader = Callable[[str, Note], object]

_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {
    ord("。"): ord("."),
    ord("—"): ord("-"),
    ord("–"): ord("-"),
    ord("−"): ord("-"),
}
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
_LONGEST_NUMBER = 30  # characters of a measure's number; int() raises for thousands of digits
_DAY_HABIT = re.compile(
    r"(\d{4})(?:[-./](\d{1,2})[-./](\d{1,2})|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))"
)


def _narrow(text: str) -> str:
    return text.strip().translate(_FULL_WIDTH)


def read_day(text: str, note: Note) -> date:
    """A date: YYYY-MM-DD; habits are 2020.5.12, 2020/5/12, 20200512 and 2020年5月12日.

    >>> read_day("2020年5月12日", print)
    “2020年5月12日”读作 2020-05-12
    datetime.date(2020, 5, 12)
    """
    if len(text) == 10 and text.isascii() and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    found = _DAY_HABIT.fullmatch(_narrow(text))
    if found is None:
        raise Unreadable(f"“{text}”不是日期", "写成 2020-05-12 的样子")
    year, month, day = (int(group) for group in found.groups() if group is not None)
    try:
        value = date(year, month, day)
    except ValueError:
        raise Unreadable(f"“{text}”这一天不存在", "核对月份和日子") from None
    note(f"“{text}”读作 {value}")
    return value


def read_issue_day(text: str, note: Note) -> date:
    """印发日期 or 反馈日期: a date, which 约 before it marks as an estimate."""
    plain = text.strip()
    if plain.startswith("约"):
        note(f"“{text}”是约数，按 {read_day(plain[1:], lambda _: None)} 推算时限")
        plain = plain[1:]
    return read_day(plain, note)


def read_whole(text: str, note: Note) -> int:
    """A whole number, not negative."""
    if text.isascii() and text.isdigit() and len(text) < 10 and (text[0] != "0" or text == "0"):
        return int(text)
    plain = _narrow(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10):
        raise Unreadable(f"“{text}”{'不能是负数' if plain.startswith('-') else '不是整数'}", "只写数字，如 3")
    note(f"“{text}”读作 {int(plain)}")
    return int(plain)


_LONGEST_SPAN = 3650  # days: ten years


def read_days(text: str, note: Note) -> int:
    """A number of days, at most ten years."""
    return _bounded(text, read_whole(text, note), 0, _LONGEST_SPAN)


def read_points(text: str, note: Note) -> int:
    """A whole number from 0 to 100."""
    return _bounded(text, read_whole(text, note), 0, 100)


def read_months(text: str, note: Note) -> int:
    """A number of consecutive months, 1 to 120."""
    return _bounded(text, read_whole(text, note), 1, 120)


def read_overdue_days(text: str, note: Note) -> int:
    """Days past a due date, negative before it (-10); habits are +7 and −10."""
    plain = _narrow(text)
    sign = -1 if plain.startswith("-") else 1
    days = sign * read_days(plain.removeprefix("-").removeprefix("+"), lambda _: None)
    if text != str(days):
        note(f"“{text}”读作 {days}")
    return days


_ZONE = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


def read_zone(text: str, note: Note) -> str:
    """A time zone: its distance from UTC, from -12:00 to +14:00; habits are +8, +0800 and UTC+8.

    >>> read_zone("UTC+8", print)
    “UTC+8”读作 +08:00
    '+08:00'
    """
    found = _ZONE.fullmatch(_narrow(text))
    if found is None:
        raise Unreadable(f"“{text}”不是时区", "写成与世界时相差的时和分，如 +08:00（北京）、+06:00")
    sign, hours, minutes = found[1], int(found[2]), int(found[3] or 0)
    if minutes > 59 or 60 * hours + minutes > 60 * (14 if sign == "+" else 12):
        raise Unreadable(f"没有“{text}”这个时区", "写 -12:00 到 +14:00 之间的，北京是 +08:00")
    zone = f"{sign}{hours:02}:{minutes:02}"
    if zone != text:
        note(f"“{text}”读作 {zone}")
    return zone


def _bounded(text: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise Unreadable(f"“{text}”不合常理", f"写 {least} 到 {most} 之间的整数")
    return value


def read_number(text: str, note: Note) -> Decimal:
    """A number, whole or decimal, not negative."""
    plain = _narrow(text)
    if _NUMBER.fullmatch(plain) is None:
        raise Unreadable(f"“{text}”不是数", "只写数字，如 24 或 24.5")
    if plain != text:
        note(f"“{text}”读作 {plain}")
    return Decimal(plain)


def read_amount(text: str, note: Note) -> str:
    """An amount of money with its unit, such as 1200.5万元. 1,200.5万元 is right too; habits are １２００.５ 万 and the like."""
    amount = _amount(text, note, "写成 1200.5万元 的样子", "核实了再用 zhenggai adjust 调整")
    if not amount.unit:
        raise Unreadable(f"“{text}”没有写单位", f"写成 {amount}万元、{amount}元 的样子")
    return str(amount)


def read_increment(text: str, note: Note) -> str:
    """What an entry adds to an amount. It may be a bare number: the plan knows the unit."""
    return str(
        _amount(
            text,
            note,
            "只写这一次新增的；以前记多了的，用 zhenggai correct 更正那一条",
            "核实了再用 zhenggai correct 更正",
        )
    )


def _amount(text: str, note: Note, if_negative: str, once_known: str) -> Amount:
    """The amount of a text. ``if_negative`` and ``once_known`` are what to do with one below 0 and with one that is not exact."""
    amount = amount_of(text)
    if amount is None and (about := amount_about(text)):
        raise Unreadable(f"“{text}”不是确切的金额，合计不出来", f"写现在能确定的数，如 {about}，{once_known}")
    if amount is None and amount_of(_narrow(text).removeprefix("-")):
        raise Unreadable(f"金额“{text}”不能是负数", if_negative)
    if amount is None:
        raise Unreadable(f"“{text}”不是金额", "写成 1200.5万元、560元、3亿元 的样子")
    if str(amount) != text.replace(",", ""):
        note(f"“{text}”读作 {amount}")
    return amount


_PERCENTS = {str(n): n for n in range(101)}


def read_percent(text: str, note: Note) -> int:
    """A percentage from 0 to 100 without its sign; 40% is a habit, 0.4 an error.

    >>> read_percent("４０％", print)
    “４０％”读作 40
    40
    """
    if text in _PERCENTS:
        return _PERCENTS[text]
    plain = _narrow(text)
    digits = plain.removesuffix("%").rstrip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4 and int(digits) <= 100):
        raise Unreadable(f"进度“{text}”不是 0 到 100 的整数", "写成百分数的整数部分，如 40")
    note(f"“{text}”读作 {int(digits)}")
    return int(digits)


_YES = frozenset(("是", "true", "yes", "对", "√"))
_NO = frozenset(("否", "false", "no"))


def read_flag(text: str, note: Note) -> bool:
    """是 as True or 否 as False; some other words are habits."""
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise Unreadable(f"“{text}”不是“是”或“否”", "写 是，或删去这一行")
    if word not in ("是", "否"):
        note(f"“{text}”读作 {'是' if word in _YES else '否'}")
    return word in _YES


def read_measure(text: str, note: Note) -> str:
    """The number of a measure or step, such as 3-2; habits are 3.2, 3② and 三②."""
    number = measure_number(text) if len(text) <= _LONGEST_NUMBER else None
    if number is None:
        raise Unreadable(f"“{text[:_LONGEST_NUMBER]}”不是措施编号", "写成 3-2（问题3的措施2）的样子")
    if number != text:
        note(f"“{text}”读作 {number}")
    return number


def read_entry_number(text: str, note: Note) -> str:
    """The number of an entry."""
    if not is_entry_number(text):
        raise Unreadable(
            f"“{text}”不是记录编号", "编号是记录日期加 8 位字符，如 20200512-k3f9x2ab；请用 zhenggai add 生成"
        )
    return text


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")


def read_code(text: str, note: Note) -> str:
    """The code of a county, which names a folder: letters, digits, hyphens; full-width ones are a habit."""
    plain = _narrow(text)
    if _CODE.fullmatch(plain) is None:
        raise Unreadable(f"“{shortened(text, 40)}”不能作代码", "只用字母、数字和短横，最多 32 个，如 360121")
    if plain != text:
        note(f"“{text}”读作 {plain}")
    return plain


_PROBLEM = re.compile(r"(?:问题|第)?([1-9][0-9]{0,5})(?:号|个)?")


def read_problem(text: str, note: Note) -> str:
    """The number of a problem, with the number of its plan before it if there are several plans.

    >>> read_problem("专项-2026/2", print), read_problem("问题3", print)
    “问题3”读作 3
    ('专项-2026/2', '3')
    """
    plan, slash, number = text.strip().rpartition("/")
    found = _PROBLEM.fullmatch(_narrow(number))
    if found is None or (slash and not plan.strip()):
        raise Unreadable(f"“{shortened(text, 40)}”不是问题号", "写 3，几个方案的写 方案编号/3")
    problem = f"{plan.strip()}{slash}{found[1]}"
    if problem != text:
        note(f"“{text}”读作 {problem}")
    return problem


def read_text(text: str, note: Note) -> str:
    """Any text that is not blank."""
    if not text or text.isspace():
        raise Unreadable("值是空的", "填写内容，或删去这一行")
    return text
