"""Marks of numbering in a text: 一、 （一） 1. ① 一是 第一阶段 整改措施：. Here is what may be one; ``outline`` decides which count.

A mark has a style, which stands for its look in all widths, and a number. Styles that writers mix up within one run (1. and 1、)
are of one family.
"""

import re
from collections.abc import Iterator
from unicodedata import numeric

from zhenggai.frozen import frozen


@frozen
class Mark:
    """A possible mark at ``start``..``end`` of the text. ``at_start``: only blanks stand before it on its line."""

    style: str
    number: int
    start: int
    end: int
    at_start: bool
    word: str = ""
    """The word of a label (整改措施)."""
    prefix: tuple[int, ...] = ()
    """The numbers before the last one of 1.2.3."""


STYLES = (
    "部分", "章", "节", "label1", "一、", "条", "问题一", "（一）", "第一，", "1 ", "1.", "1、", "阶段", "1.1", "1.1.1", "1.1.1.1", "（1）", "1）", "措施一",
    "label", "①", "一是", "一要", "首先", "a.",
)  # fmt: skip
"""All styles, from the one that is usually highest. A document's own order counts before this one."""

_FAMILIES = {"1、": "1.", "1）": "（1）"}

_H = "[一二三四五六七八九十百零]{1,5}"
_D = "[0-9０-９]{1,3}"
_LABELS = (
    "存在(?:的)?(?:主要|突出|具体)?问题|具体问题|主要问题|反馈问题|问题表现|具体表现|主要表现|突出表现|问题描述|整改问题|问题|"
    "整改落实情况|整改进展情况|整改完成情况|整改情况|整改进展|整改成效|落实情况|"
    "(?:具体|主要)?整改(?:具体)?措施|整改举措|整改任务|工作措施|具体措施|解决措施|措施|"
    "原因分析|产生原因|下一步(?:工作)?打算|下一步(?:整改)?措施|下步打算"
)
_MARK = re.compile(
    rf"""
      (?P<part>第(?P<part_n>{_H}|{_D})(?P<part_kind>部分|章|节|条|阶段)(?![一二三四五六七八九十的])[、：:．.，,\s]?)
    | (?P<thing>(?<![^。；;）)\s])(?P<thing_kind>问题|(?:整改)?措施|(?:整改)?任务)(?:[(（]?(?P<thing_n>{_H}|{_D})[)）]?[、：:．.\s]))
    | (?P<is>(?P<is_n>{_H})(?P<is_kind>是|要)(?!否))
    | (?P<nth>第(?P<nth_n>{_H})[，,、：:])
    | (?P<order>(?P<order_n>首先|其次|再次|最后)[，,：:])
    | (?P<han_in>[(（]\s*(?P<han_in_n>{_H})\s*[)）][、．.]?)
    | (?P<han>(?P<han_n>{_H})\s*[、．.](?![一二三四五六七八九十])\s*)
    | (?P<multi>(?P<multi_n>[0-9０-９]{{1,2}}(?:[.．\-－][0-9０-９]{{1,2}}){{1,3}})(?![0-9０-９%％])[.．、\s]*)
    | (?P<dig_in>[(（]\s*(?P<dig_in_n>{_D})\s*[)）][、．.]?)
    | (?P<dig_half>(?P<dig_half_n>{_D})[)）][、．.]?)
    | (?P<dot>(?P<dot_n>{_D})\s*[.．](?![0-9０-９])\s*)
    | (?P<comma>(?P<comma_n>{_D})\s*、(?![0-9０-９])\s*)
    | (?P<alone>(?P<alone_n>[0-9０-９]{{1,2}})[ \t\u3000]+(?=[\u4e00-\u9fff“]))
    | (?P<circle>[①-⑳㉑-㉟㊱-㊿❶-❿⓵-⓾⒈-⒛⑴-⒇][、．.]?)
    | (?P<label>(?<![^。；;！？\s）)】])[【\[]?(?:{_LABELS})[】\]]?\s*[：:])
    | (?P<bare>(?<![^\s])[【\[]?(?:{_LABELS})[】\]]?[ \t\u3000]*(?=\n))
    """,
    re.VERBOSE,
)
_PARTS = {"部分": "部分", "章": "章", "节": "节", "条": "条", "阶段": "阶段"}
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}
_NAMES = re.compile(r"《[^《》\n]{1,80}》|〔[^〔〕\n]{1,12}〕|“[^“”\n]{1,60}”")
_BEFORE_IS = frozenset("第唯之统万单专同每任某其百十")
_BEFORE_NUMBER = re.compile(r"[0-9０-９.．\-—~a-zA-Z第]")


def possible_marks(text: str) -> Iterator[Mark]:
    """What may be a mark, in order. Numbers in names (《…》〔…〕“…”), dates and amounts are none.

    >>> [(mark.style, mark.number) for mark in possible_marks("一、甲（二）乙 3．丙，2020.5，3.5%，《1.丁》④一是")]
    [('一、', 1), ('（一）', 2), ('1.', 3), ('①', 4), ('一是', 1)]
    """
    names = _NAMES.finditer(text)
    name = next(names, None)
    for found in _MARK.finditer(text):
        while name is not None and name.end() <= found.start():
            name = next(names, None)
        if name is not None and name.start() <= found.start():
            continue
        mark = _mark(text, found)
        if mark is not None:
            yield mark


def _mark(text: str, found: re.Match[str]) -> Mark | None:
    kind = found.lastgroup
    for name in (
        "part",
        "thing",
        "is",
        "nth",
        "order",
        "han_in",
        "han",
        "multi",
        "dig_in",
        "dig_half",
        "dot",
        "comma",
        "alone",
        "circle",
        "label",
        "bare",
    ):
        if found[name] is not None:
            kind = name
            break
    start = found.start()
    before = text[start - 1] if start else "\n"
    at_start = before == "\n" or _only_blanks_before(text, start)
    match kind:
        case "part":
            style, number = _PARTS[found["part_kind"]], _value(found["part_n"])
            if not at_start and (before == "》" or style == "条"):
                return None
        case "thing":
            style = "问题一" if found["thing_kind"] == "问题" else "措施一"
            number = _value(found["thing_n"])
        case "is":
            style, number = f"一{found['is_kind']}", _value(found["is_n"])
            if before in _BEFORE_IS:
                return None
        case "nth":
            style, number = "第一，", _value(found["nth_n"])
        case "order":
            style, number = "首先", _ORDER[found["order_n"]]
        case "han_in":
            style, number = "（一）", _value(found["han_in_n"])
            if before == "第":
                return None
        case "han":
            style, number = "一、", _value(found["han_n"])
            if before in "第“" or (not at_start and before in "十一二三四五六七八九百、年月"):
                return None
        case "multi":
            numbers = tuple(_value(part) for part in re.split(r"[.．\-－]", found["multi_n"]))
            if not at_start or len(numbers) > 4:
                return None
            return Mark(".".join("1" * len(numbers)), numbers[-1], start, found.end(), at_start, prefix=numbers[:-1])
        case "dig_in":
            style, number = "（1）", _value(found["dig_in_n"])
            if before == "第":
                return None
        case "dig_half":
            style, number = "1）", _value(found["dig_half_n"])
            if _BEFORE_NUMBER.match(before) or before in "(（":
                return None
        case "dot" | "comma":
            style = "1." if kind == "dot" else "1、"
            number = _value(found[f"{kind}_n"])
            if _BEFORE_NUMBER.match(before):
                return None
        case "alone":
            style, number = "1 ", _value(found["alone_n"])
            if not at_start:
                return None
        case "circle":
            style, number = _circled(found["circle"][0])
        case _:
            if kind == "bare" and not at_start:
                return None
            word = found[str(kind)].strip(" \t\u3000：:【】[]")
            return Mark("label", 1, start, found.end(), at_start, word=word)
    return Mark(style, number, start, found.end(), at_start) if number else None


def _only_blanks_before(text: str, start: int) -> bool:
    while start and text[start - 1] in " \t\u3000\xa0":
        start -= 1
    return start == 0 or text[start - 1] == "\n"


def _circled(sign: str) -> tuple[str, int]:
    number = int(numeric(sign))
    if "⒈" <= sign <= "⒛":
        return "1.", number
    return ("（1）" if "⑴" <= sign <= "⒇" else "①"), number


_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}


def _value(words: str) -> int:
    """The number that is written, in Chinese or in figures of any width; 0 for what is none (一二).

    >>> [_value(words) for words in ("三", "十", "十二", "二十", "二十三", "12", "１", "一百零三", "一二")]
    [3, 10, 12, 20, 23, 12, 1, 103, 0]
    """
    if words[0] not in "零一二三四五六七八九十百":
        return int(words)
    total, digit = 0, 0
    for sign in words:
        if sign in _DIGITS:
            if digit:
                return 0
            digit = _DIGITS[sign]
        else:
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit


def family(style: str) -> str:
    """The style that stands for all that writers mix up with this one."""
    return _FAMILIES.get(style, style)
