"""Numbers, days and texts in the wording of Chinese reports: 一是, （二）, 6月30日."""

import re
from collections.abc import Callable, Iterable
from datetime import date

_LIMIT = re.compile("(整改|完成|办结|办理)?[时期]限")
_PLACEHOLDER = re.compile(r"[（(].*[）)]", re.DOTALL)
_SHOWN = 8  # known words where none is near
_DIGITS = "零一二三四五六七八九"
BLANK = "　" * 4
"""A place on paper that is filled in by hand."""


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese; any other number in digits.

    >>> [chinese(n) for n in (1, 10, 12, 20, 35, 100)]
    ['一', '十', '十二', '二十', '三十五', '100']
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def month_day(day: date) -> str:
    """A day without its year, such as 6月30日 (no leading zeros: GB/T 9704)."""
    return f"{day.month}月{day.day}日"


def full_day(day: date) -> str:
    """A day with its year, such as 2020年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_beside(day: date, other: date) -> str:
    """A day, with its year if that is not the year of ``other``.

    >>> day_beside(date(2020, 6, 30), date(2020, 9, 1)), day_beside(date(2020, 6, 30), date(2021, 1, 4))
    ('6月30日', '2020年6月30日')
    """
    return month_day(day) if day.year == other.year else full_day(day)


def with_limit(words: str) -> str:
    """The words of a deadline after 时限, unless they begin with such a word themselves.

    >>> with_limit("2020年6月底前"), with_limit("整改期限60日")
    ('时限2020年6月底前', '整改期限60日')
    """
    return words if _LIMIT.match(words) else f"时限{words}"


def quoted(text: str) -> str:
    """A text in double quotation marks; quotation marks inside it become single ones.

    >>> quoted("抓而不实，“两张皮”突出")
    '“抓而不实，‘两张皮’突出”'
    """
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def shortened(text: str, most: int) -> str:
    """The first ``most`` characters of a text, with … if something was cut off.

    >>> shortened("制定考核办法", 4), shortened("考核办法", 4)
    ('制定考核…', '考核办法')
    """
    return text if len(text) <= most else f"{text[:most]}…"


def percent(rate: float | None) -> str:
    """A rate with two decimals; — if it is None.

    >>> percent(26.0), percent(None)
    ('26.00%', '—')
    """
    return "—" if rate is None else f"{rate:.2f}%"


def is_placeholder(text: str) -> bool:
    """Whether a text is one of the sample's that wait to be replaced: brackets only.

    >>> is_placeholder("（把整改措施写在这里）"), is_placeholder("修订办法（试行）")
    (True, False)
    """
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


def nearest(word: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The known words most similar to an unknown one, for the remedy of an error; those that contain it come first.

    >>> nearest("教育局", ["县教育局", "县财政局", "城关镇"])
    ('县教育局',)
    """
    from difflib import get_close_matches  # imported here: only errors need it

    words = list(known)
    holding = [k for k in words if word and word in k]
    return tuple(dict.fromkeys((*holding[:limit], *get_close_matches(word, words, limit, 0.4))))[:limit]


def near_or_known(word: str, known: Iterable[str], full: Callable[[str], str] = str) -> str:
    """The known words most similar to an unknown one, for the remedy of an error; if none is, the first of all.

    ``full`` gives the word that is shown for a known one, such as a unit's full name for its short one.

    >>> near_or_known("教育局", ["县教育局", "县财政局"]), near_or_known("税务局", [f"1-{n}" for n in range(1, 12)])
    ('最接近的有：县教育局', '现有：1-1、1-2、1-3、1-4、1-5、1-6、1-7、1-8 等 11 个')
    """
    words = list(known)
    if near := nearest(word, words):
        return f"最接近的有：{'、'.join(dict.fromkeys(map(full, near)))}"
    words = list(dict.fromkeys(map(full, words)))
    more = f" 等 {len(words)} 个" if len(words) > _SHOWN else ""
    return f"现有：{'、'.join(words[:_SHOWN]) or '无'}{more}"
