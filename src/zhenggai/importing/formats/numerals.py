"""The numerals of automatic numbering in Word files: a number format's name and a number → what is printed."""

from collections.abc import Callable, Mapping
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_FORMAL: Final = "零壹贰叁肆伍陆柒捌玖"
_TRADITIONAL: Final = "零壹貳參肆伍陸柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = {
    1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I",
}  # fmt: skip

SILENT: Final = ("none", "bullet")
"""Formats that print no number."""


def numeral(number_format: str, number: int) -> str:
    """The number as the format prints it; in digits where the format has no more signs, or is not known.

    >>> [numeral("chineseCountingThousand", n) for n in (1, 10, 12, 20, 101, 110)]
    ['一', '十', '十二', '二十', '一百零一', '一百一十']
    >>> numeral("decimalEnclosedCircleChinese", 3), numeral("decimalEnclosedCircle", 21), numeral("upperLetter", 28)
    ('③', '21', 'BB')
    """
    made = _FORMATS.get(number_format)
    return made(number) if made and (number > 0 or number_format in SILENT) else str(number)


def _counted(digits: str, units: str, *, short_ten: bool = True) -> Callable[[int], str]:
    """Hanzi with units (十百千) up to 9,999; ``short_ten``: 十二, not 一十二."""

    def words(number: int) -> str:
        if number > 9999:
            return str(number)
        said, gap = "", False
        for place in (3, 2, 1, 0):
            digit = number // 10**place % 10
            if digit:
                said += (
                    (digits[0].replace("〇", "零") if gap else "") + digits[digit] + (units[place - 1] if place else "")
                )
            gap = digit == 0 and bool(said)
        return said[1:] if short_ten and 10 <= number < 20 else said

    return words


def _japanese(number: int) -> str:
    """As the Chinese ones, without a 一 before 十, 百, 千, and without 零."""
    said = _counted(_DIGITS, "十百千")(number).replace("零", "")
    return said if number > 9999 else said.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _sequence(first: str, last: int) -> Callable[[int], str]:
    """Signs that follow one another in Unicode, up to the last number that has one."""
    return lambda number: chr(ord(first) + number - 1) if number <= last else str(number)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _letters(first: str) -> Callable[[int], str]:
    """a … z, aa, bb …, as Word counts."""
    return lambda number: chr(ord(first) + (number - 1) % 26) * min((number - 1) // 26 + 1, 50)


def _roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN.items() if number < 4000 else ():
        times, number = divmod(number, value)
        said += sign * times
    return said or str(number)


_CHINESE = _counted(_DIGITS, "十百千")


def _chinese_to_99(number: int) -> str:
    """一 to 九十九, then digit by digit: 一〇〇."""
    return _CHINESE(number) if number < 100 else _digit_by_digit(number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": "{:02}".format,
    "chineseCounting": _chinese_to_99,
    "taiwaneseCounting": _chinese_to_99,
    "chineseCountingThousand": _CHINESE,
    "taiwaneseCountingThousand": _CHINESE,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _counted(_FORMAL, "拾佰仟", short_ten=False),
    "ideographLegalTraditional": _counted(_TRADITIONAL, "拾佰仟", short_ten=False),
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": lambda n: _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12] if n <= 60 else str(n),
    "ideographEnclosedCircle": _sequence("㊀", 10),
    "decimalEnclosedCircle": _sequence("①", 20),
    "decimalEnclosedCircleChinese": _sequence("①", 20),
    "decimalEnclosedParen": _sequence("⑴", 20),
    "decimalEnclosedFullstop": _sequence("⒈", 20),
    "decimalFullWidth": lambda number: "".join(chr(ord("０") + int(digit)) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord("０") + int(digit)) for digit in str(number)),
    "numberInDash": "- {} -".format,
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
