"""Marks of numbering in a text: 一、 （一） 1. ① 一是 第一阶段 整改措施：. Here is what may be one; ``outline`` decides which count.

A mark has a style, which stands for its look in all widths, and a number. Styles that writers mix up within one run (1. and 1、)
are of one family.
"""

import re
from collections.abc import Iterator
from unicodedata import normalize, numeric

from zhenggai.frozen import frozen
from zhenggai.importing.fields.simplified import simplified


@frozen
class Mark:
    """A possible mark at ``start``..``end`` of the text. ``at_start``: only blanks stand before it on its line."""

    style: str
    number: int
    start: int
    end: int
    at_start: bool
    word: str = ""
    """What a label says: 整改措施, or the sentence that leads to a list (采取以下措施)."""


LABEL = "label"
"""The style of words before a colon, or alone on a line, that stand above a list as a number does."""

_H = "[一二三四五六七八九十百零]{1,5}"
_D = "[0-9０-９]{1,3}"
_N = f"(?:{_H}|{_D})"
_AMOUNT = "[0-9０-９]{1,4}(?![0-9０-９年月日所名家件户处次]|个月)"
_BOUNDARY = r"(?<![^。；;！？\s）)】])"
_THINGS = rf"[ \t\u3000]*(?:[(（]{_N}[)）][】\]、：:．.]?|{_N}(?:[】\]：:]|(?=\s)))"  # not 整改措施1.甲: a heading and its list
_LABELS = (
    "(?:存在|反馈)?(?:的)?(?:主要|突出|具体|整改)?问题(?:表现|描述)?|(?:具体|主要|突出)表现|"
    "(?:整改)?(?:工作)?(?:落实|进展|完成)情况|整改(?:工作)?情况|整改进展|整改成效|整改任务|整改(?:状态|结果|进度)|(?:整改|处理)(?:要求|意见|建议)|整改内容|"
    "(?:具体|主要|下一?步|整改|整治|工作|解决|改进|落实|防范|纠正|应对|近期|长期|的)*(?:措施|举措)(?:[及和与][\u4e00-\u9fff]{2,6})?|"
    "原因分析|产生原因|(?:下一步|下步)(?:工作)?(?:打算|计划)"
)
_FIRST = r"(?:一是|一要|[(（]\s*[一1１]\s*[)）]|[1１一]\s*[.．、)）]|①|⑴|⒈|问题[一1]|第一)"
_KINDS: tuple[tuple[str, str], ...] = (
    *((word, rf"第{_N}{word}(?![一二三四五六七八九十的])[、：:．.，,\s]?") for word in ("部分", "章", "节", "阶段")),
    *((f"第{word}", rf"第{_N}{word}[、：:．.，,\s]") for word in ("类", "批", "步")),
    ("条", rf"(?<!》)第{_N}条[、：:．.，,\s]"),
    (
        "针对",
        rf"(?:针对|{_BOUNDARY}(?:关于|对照|对))(?:上述|以上)?(?:问题[ \t\u3000]*[(（]?{_N}[)）]?|第{_N}个问题)[，,、：:]?",
    ),
    ("问题一", rf"(?:{_BOUNDARY}|(?=[^：:\n]{{2,6}}[：:】]))[【\[]?(?:整改|反馈|存在)?(?:问题|隐患|序号){_THINGS}"),
    ("措施一", rf"(?:{_BOUNDARY}|(?=[^：:\n]{{2,6}}[：:】]))[【\[]?(?:整改)?(?:措施|任务){_THINGS}"),
    ("一是", rf"(?<![第唯之统万单专同每任某其百十]){_H}是(?!否)"),
    ("一要", rf"(?<![第唯之统万单专同每任某其百十]){_H}要(?![求素点闻害件务领])"),
    ("第一，", rf"第{_H}[，,、：:]"),
    ("其一，", rf"其{_H}[，,、：:]"),
    ("首先", r"(?:首先|其次|再次|最后)[，,：:]"),
    ("（一）", rf"(?<!第)[(（]\s*{_H}\s*[)）][、．.]?"),
    ("一、", rf"(?<![第“一二三四五六七八九十百、年月]){_H}\s*[、．.](?![一二三四五六七八九十])\s*"),
    ("一 ", rf"{_H}[ \t\u3000]+(?=[\u4e00-\u9fff“])"),
    (
        "1.1",
        r"[0-9０-９]{1,2}(?:[.．\-－][0-9０-９]{1,2}){1,3}(?![0-9０-９%％万亿元年月日所名家件户处次个])[.．、]?\s*",
    ),
    ("（1）", rf"(?<!第)[(（]\s*{_D}\s*[)）][、．.]?"),
    ("1）", rf"(?<![0-9０-９.．\-—~a-zA-Z第(（]){_D}[)）][、．.]?"),
    ("1.", rf"(?<![0-9０-９.．\-—~a-zA-Z第]){_D}\s*[.．](?!{_AMOUNT})\s*"),
    ("1、", rf"(?<![0-9０-９.．\-—~a-zA-Z第]){_D}\s*、(?!{_AMOUNT})\s*"),
    ("1 ", r"[0-9０-９]{1,2}[ \t\u3000]+(?=[\u4e00-\u9fff“])"),
    (
        "关于",
        r"(?=(?:关于|针对|对照)[^\n。；;]{2,60}问题(?:的?整改(?:情况|措施|落实情况)?|方面)?(?:[(（][^\n()（）]{0,200}[)）])?[。：:]?[ \t\u3000]*\n)",
    ),
    ("①", "[㈠-㈩①-⑳㉑-㉟㊱-㊿❶-❿⓵-⓾⒈-⒛⑴-⒇][、．.]?"),
    ("Ⅰ、", "[Ⅰ-Ⅻ][、．.]"),
    ("a.", r"[A-Za-z][.．、)）](?![A-Za-z0-9])"),
    (LABEL, rf"{_BOUNDARY}[【\[]?(?:{_LABELS})[】\]]?\s*[：:]"),
    (LABEL, rf"[【\[](?:{_LABELS})[】\]]"),
    (LABEL, r"(?<!\S)(?:整改|存在|反馈)?的?(?:主要|突出)?(?:问题|措施|任务|责任)(?:整改)?清单[ \t\u3000]*(?=\n)"),
    (LABEL, rf"(?<!\S)[【\[]?(?:{_LABELS})[】\]]?[ \t\u3000]*(?=\n)"),
)
_FIRST_SIGNS = "[一二三四五六七八九十百零0-9０-９第(（㈠-㈩①-⑳㉑-㉟㊱-㊿❶-❿⓵-⓾⒈-⒛⑴-⒇Ⅰ-ⅫA-Za-z针关对问措任首其再最存反任责的主突具整工落进完解下原产改防纠应近长隐序【\\[]"
"""What any mark begins with: elsewhere the kinds are not tried."""
STYLES = (
    "部分", "章", "节", "一、", "一 ", "Ⅰ、", "第类", "第批", "第步", "条", LABEL, "关于", "针对", "问题一", "（一）", "第一，", "1 ", "1.", "1、", "阶段", "1.1", "1.1.1", "1.1.1.1",
    "（1）", "1）", "措施一", "①", "a.", "一是", "一要", "其一，", "首先",
)  # fmt: skip
"""All styles, from the one that is usually highest. A document's own order counts before this one."""

NEED_A_RUN = frozenset({"第类", "第批", "第步", "条", "一 ", "1 ", "1.1", "1.1.1", "1.1.1.1", "a."})
"""Styles that count at the start of a line only, and only in a run."""

_MARK = re.compile(
    f"(?={_FIRST_SIGNS})(?:" + "|".join(f"(?P<k{at}>{pattern})" for at, (_, pattern) in enumerate(_KINDS)) + ")"
)
_LEAD = re.compile(
    r"(?:(?:问题|措施|举措|任务)(?:主要|具体)?(?:有|是|为|如下|包括|报告如下|汇报如下)?|(?:查|核|访|问题)(?:中|时)?(?:还|共)?(?:发现|存在)"
    r"|整改(?:落实|进展|完成|工作)?情况(?:报告|汇报|通报)?如下)"
    rf"[：:](?=\s*{_FIRST})"
)
_SENTENCE = re.compile(r"(?<![^。；;！？\n])[^。；;！？\n：:]+\Z")
_LONGEST_LEAD = 300
_REPORTS = re.compile(
    "情况(?:报告|汇报|通报)?如下$"
)  # leads to measures behind a list; elsewhere the whole report follows
_CUT = re.compile(
    "(?:随后|随即|然后|同时|以及|[并及和与])[ \t]*\n[ \t\u3000]*$"
)  # a number behind it is that of a page
_NO_LEAD = re.compile(r"\s*(?:针对|对照|围绕|聚焦|按照).*问题$")
_NAMES = re.compile(r"《[^《》\n]{1,80}》|〔[^〔〕\n]{1,12}〕|“[^“”\n]{1,60}”")
_FAMILIES = {"1、": "1.", "1）": "（1）", "一 ": "一、", "1 ": "1."}
_ORDER = {"首先": 1, "其次": 2, "再次": 3}  # 最后 follows any of them
_NUMBER = re.compile(rf"{_D}|{_H}")
_LONGEST_CUT = 8
_EDGE = "\n"
_BLANKS = frozenset(" \t\u3000\xa0#*＊>●◆■★•·")  # with what web pages put before a heading


def family(style: str) -> str:
    """The style that stands for all that writers mix up with this one."""
    return _FAMILIES.get(style, style)


def possible_marks(text: str) -> Iterator[Mark]:
    """What may be a mark, in order. Numbers in names (《…》〔…〕“…”), dates and amounts are none.

    >>> [(mark.style, mark.number) for mark in possible_marks("一、甲（二）乙 3．丙，2020.5，3.5%，《1.丁》④一是")]
    [('一、', 1), ('（一）', 2), ('1.', 3), ('①', 4), ('一是', 1)]
    >>> [(mark.style, mark.word) for mark in possible_marks("采取以下措施：1.甲。整改措施：乙")]
    [('label', '采取以下措施'), ('1.', ''), ('label', '整改措施')]
    """
    text = simplified(text)
    leads = _leads(text)
    lead = next(leads, None)
    before: Mark | None = None
    for mark in _numbers_and_labels(text):
        while lead is not None and lead.start <= mark.start:
            listed = before is not None and before.number > 1 and family(before.style) == family(mark.style)
            if lead.end <= mark.start and (listed or not _REPORTS.search(lead.word)):
                yield lead
            lead = next(leads, None)
        yield mark
        before = mark


def _numbers_and_labels(text: str) -> Iterator[Mark]:
    names = _NAMES.finditer(text)
    name = next(names, None)
    order = 0
    for found in _MARK.finditer(text):
        while name is not None and name.end() <= found.start():
            name = next(names, None)
        if name is not None and name.start() <= found.start():
            continue
        mark = _mark(text, found, order)
        order = mark.number if mark.style == "首先" else order
        if mark.number > 1 and mark.at_start and _CUT.search(text, max(mark.start - _LONGEST_CUT, 0), mark.start):
            continue
        if mark.number and (mark.at_start or mark.style not in NEED_A_RUN):
            yield mark


def _leads(text: str) -> Iterator[Mark]:
    """The sentences that lead to a list, as labels; a sentence with a number in it is none."""
    for found in _LEAD.finditer(text):
        sentence = _SENTENCE.search(text, max(found.start() - _LONGEST_LEAD, 0), found.end() - 1)
        if sentence and not _NO_LEAD.match(sentence[0]):
            start = sentence.start()
            yield Mark(LABEL, 1, start, found.end(), _only_blanks_before(text, start), sentence[0].strip())


def _mark(text: str, found: re.Match[str], order: int) -> Mark:
    """The mark of a match. ``order``: the number of the latest 首先, 其次 …."""
    style = _KINDS[int(str(found.lastgroup)[1:])][0]
    words, start, end = found[0], found.start(), found.end()
    at_start = _only_blanks_before(text, start)
    if style == LABEL:
        return Mark(style, 1, start, end, at_start, words.strip(" \t\n\u3000：:【】[]"))
    if style == "关于":
        return Mark(style, int(at_start), start, start, at_start)
    if style == "1.1":
        parts = [int(part) for part in re.findall("[0-9０-９]+", words)]
        return Mark(".".join("1" * len(parts)), parts[-1], start, end, at_start)
    if style == "首先":
        return Mark(style, _ORDER.get(words[:2], order + 1), start, end, at_start)
    if style == "a.":
        return Mark(style, ord(words[0].lower()) - ord("a") + 1, start, end, at_start)
    if style in {"①", "Ⅰ、"}:
        sign = words[0]
        style = "（一）" if "㈠" <= sign <= "㈩" else style
        style = "1." if "⒈" <= sign <= "⒛" else "（1）" if "⑴" <= sign <= "⒇" else style
        return Mark(style, int(numeric(sign)), start, end, at_start)
    number = _NUMBER.search(words)
    return Mark(style, value_of(number[0]) if number else 0, start, end, at_start)


def _only_blanks_before(text: str, start: int) -> bool:
    while start and text[start - 1] in _BLANKS:
        start -= 1
    return start == 0 or text[start - 1] == _EDGE


_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}


def value_of(words: str) -> int:
    """The number that is written, in Chinese or in figures of any width; 0 for what is none (一二).

    >>> [value_of(words) for words in ("三", "十", "十二", "二十", "二十三", "12", "１", "一百零三", "一二")]
    [3, 10, 12, 20, 23, 12, 1, 103, 0]
    """
    if words.isdecimal():
        return int(normalize("NFKC", words))
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
