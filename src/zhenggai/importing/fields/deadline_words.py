"""The words of a deadline, the day that they mean, and the deadlines that stand in the sentences of a measure.

The sentence keeps its words. Days on which something was done or found, days in names of papers, and periods of a procedure
(受理后5个工作日内) are no deadlines.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from zhenggai.deadline.meaning import Context, Deadline
from zhenggai.deadline.parsing import parse_deadline
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen

NUMERAL = "[0-9０-９〇○零一二三四五六七八九十]"
"""Matches a figure or Chinese numeral of a day, month or year."""
_YEAR = f"(?:(?:20|２０|二[〇○零]){NUMERAL}{{2}}\\s{{0,3}}年|今年|明年|本年|当年)"
_MONTH = f"{NUMERAL}{{1,3}}\\s{{0,3}}月份?(?:\\s{{0,3}}{NUMERAL}{{1,3}}\\s{{0,3}}[日号]|\\s{{0,3}}[上中下]旬|\\s{{0,3}}[底末低]|[初中])?"
_QUARTER = "第?[一二三四1-4１-４]\\s{0,3}(?:个季度|季度)[末底]?|[上下]半年"
_POINT = (
    f"(?:{_YEAR}?\\s{{0,3}}(?:{_MONTH}|{_QUARTER})|(?:(?:20[0-9]{{2}}|２０[０-９]{{2}}|今|本|明)年?)?\\s{{0,3}}年\\s{{0,3}}[底末终]"
    "|20[0-9]{2}[./-][0-9]{1,2}(?:[./-][0-9]{1,2})?)"
)
_TO = "\\s{0,3}[至到—–\\-~～]+\\s{0,3}"
PERIOD = (
    f"(?:自|从)?{_POINT}{_TO}{NUMERAL}{{1,3}}\\s{{0,3}}[日号](?![0-9])止?"
    f"|(?:(?:自|从)?(?:即日起|{_POINT}起?){_TO})?{_POINT}\\s{{0,3}}(?:之前|以前|前|以后|之后|起|止)?"
)
"""Matches what may be a period in a heading."""
_START = "(?:^|(?<=[。；;：:\\n]))(?:\\s{0,8}[(（]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|\\s{0,8}[①-⑳]|[一二三四五六七八九十]是)?\\s{0,3}"
_UNITS = "(?:个月|个工作日|工作日|日|天|周)"
_DONE = "完成|完工|竣工|建成|到位|投入|投用|实现|达到|出台|印发|销号|办结|见效|清零|交付|拨付|验收"
_OTHERS_DID = "[，,]?[^，,。；;]{0,20}(?:督察组|督查组|巡察组|巡视组|检查组|考核组|评估组|审计局|审计组|对我|对全|对本)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # 2020年3月上旬前
        f"(?P<words>(?:{_POINT}{_TO})?{_POINT}\\s{{0,3}}(?:之前|以前|前(?![期三后述列提瞻端])|之内|以内|内(?![容部外])|止|为止))",
        # 年内
        "(?P<words>(?:20[0-9]{2}|今|本|明)?年内)(?![容部外])",
        # 2020年7月底完成
        f"(?P<words>(?:{_POINT}{_TO})?{_POINT}(?<=[底末低]))(?=[，,]?[^，,。；;]{{0,12}}(?:{_DONE}))",
        # 2020年4月至6月，集中开展…
        f"{_START}(?:在|于|从)?(?P<words>{_POINT}{_TO}(?:{_POINT}|{NUMERAL}{{1,3}}\\s{{0,3}}[日号]))(?=[，,：:]|期间|开展|组织|集中|完成)(?!{_OTHERS_DID})",
        # 上半年…
        f"^(?:[(（]?[0-9]{{1,3}}[)）.．、]|[①-⑳])?\\s{{0,3}}(?P<words>{_YEAR}?(?:{_QUARTER}))(?![^，,。；;]{{0,20}}(?:未|没有|不足))",
        # 自方案印发之日起30日内
        f"(?P<words>(?:自|从)?(?:(?:收到|接到)?[^，,。；;]{{0,10}}?(?:反馈|报告|印发|通报|通知|交办)[^，,。；;]{{0,6}}之日|即日|现在)起\\s{{0,3}}(?:的)?{NUMERAL}{{1,3}}\\s{{0,3}}{_UNITS}(?:之内|以内|内))",
        # 3个月内，完成…
        f"^(?P<words>{NUMERAL}{{1,3}}\\s{{0,3}}个月(?:之内|以内|内))(?=[，,完开全])",
        # …，长期坚持。
        "(?:(?<=[，,；;。])并?|^)(?P<words>(?:立行立改|立即整改|立知立改|即知即改|立查立改|边查边改|长期坚持|常抓不懈|持续推进|持续整改)(?:[，,、]\\s{0,3}(?:并)?(?:立行立改|长期坚持|持续推进|持续整改|常抓不懈))?)(?=[。；;]?\\s{0,3}$)",
        # 每季度召开一次…
        f"{_START}(?P<words>每(?:年|半年|个?季度|个?月|周))(?=[^，,。；;]{{0,12}}[一二三四五六1-9][次轮场])(?=[^。；;]*[。；;]?\\s{{0,3}}$)",
    )
)
_QUOTED = re.compile("《[^《》]*》|〔[^〔〕]*〕|“[^“”]{0,60}”|[\\[(（][0-9]{4}[\\])）]")
_DONE_BEFORE = re.compile("(?:截至|截止|截止到|已于|已在|已经于?|曾于?|早在|自|从|原定于?|今年以来)\\s{0,3}$")
_FACT_AFTER = re.compile("\\s{0,3}(?:以来|之后|以后|起|至今|[^，,。；;]{0,16}(?:未|没有|仅|只有|不足|共计|累计|尚|仍))")
_THEN = re.compile(
    "[^，,。；;]{0,12}[，,]?\\s{0,3}(?:并|且|同时)?(?:长期坚持|持续推进|持续整改|常抓不懈|常态化推进|持续巩固)(?=[。；;]?\\s{0,3}$)"
)
_LONGEST = 40
_LONG_AGO = 120  # days before the issue of the paper: what is older was not set by it


@frozen
class Within:
    """A deadline in a sentence: its words, where they begin, and the last day on time, if they have one that can be known."""

    words: str
    start: int
    due: date | None


def meaning_of(words: str, base: Context | None, *, of_phase: bool = False) -> Deadline | None:
    """What the words of a deadline mean; None if they cannot be read, or need a year or day that the paper does not say."""
    try:
        meaning = parse_deadline(words, replace(base or _NO_YEAR, of_phase=of_phase))
    except UsageError:
        return None
    return meaning if base or not meaning.end or meaning.end.year > _NO_YEAR.year + 1 else None


_NO_YEAR = Context(1904)  # without the paper's year, words must have their own: a day in 1904 or 1905 is none


def due_of(words: str | None, base: Context | None) -> date | None:
    """The last day on time; None for words without an end, and for those that need a year that is not known.

    Of words that cannot be read as a whole it is the only day that they name.

    >>> due_of("6月底前，并长期坚持", Context(2020)), due_of("长期坚持", Context(2020)), due_of("6月底前", None)
    (datetime.date(2020, 6, 30), None, None)
    >>> due_of("6月底前整改，后期跟进", Context(2020)), due_of("6月底前（甲项9月底前）", Context(2020))
    (datetime.date(2020, 6, 30), None)
    """
    if not words:
        return None
    if meaning_of(words, base):
        return _end(words, base)
    days = {one.due for one in deadlines_within(words, base)}
    return days.pop() if len(days) == 1 else None


def _end(words: str, base: Context | None) -> date | None:
    meaning = meaning_of(words, base)
    return meaning.end if meaning else None


def may_be_deadline(text: str) -> bool:
    """Whether a text can be read as a deadline, be it one without a day; for places where a deadline is to be expected.

    >>> [may_be_deadline(text) for text in ("限期整改", "尽快", "6月底前", "已完成", "党委")]
    [True, True, True, False, False]
    """
    return (
        len(text) <= _LONGEST
        and not text.startswith("已")
        and meaning_of(text, Context(2020, date(2020, 1, 1))) is not None
    )


def is_deadline(text: str) -> bool:
    """Whether a text is a deadline and nothing else, whatever its year.

    >>> [is_deadline(text) for text in ("6月底前完成", "立行立改，长期坚持", "党委", "2018年", "3", "适时")]
    [True, True, False, False, False, False]
    """
    if len(text) > _LONGEST or not _DATED.search(re.sub("\\s", "", re.split("[，,；;]", text)[0])):
        return False
    meaning = meaning_of(text, Context(2020, date(2020, 1, 1)))
    return meaning is not None and not meaning.kind.value.startswith("unresolved")


_DATED = re.compile(
    "[月旬季]|年[底末内中]|[0-9][日天]|[0-9]{4}[./-][0-9]|半年|[0-9一二两三四]周|立.立改|^每[年月周日天]|^立即|^马上|^当场|长期|持续|即.即改|边.边改|常抓不懈|常态"
)


def deadlines_within(text: str, base: Context | None) -> tuple[Within, ...]:
    """The deadlines that the sentences of a measure set, in their order.

    >>> [one.words for one in deadlines_within("2018年以来底数不清。2020年3月上旬前，梳理底数；6月底前完成整改。", Context(2020))]
    ['2020年3月上旬前', '6月底前']
    """
    hidden = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), text)
    found: list[Within] = []
    for start, words in _candidates(text, hidden):
        if any(start < one.start + len(one.words) and one.start < start + len(words) for one in found):
            continue
        if _DONE_BEFORE.search(hidden[:start]) or _FACT_AFTER.match(hidden, start + len(words)):
            continue
        if is_deadline(words) and not _is_past(words, base):
            found.append(Within(words, start, _end(words, base)))
    return tuple(sorted(found, key=lambda one: one.start))


def _candidates(text: str, hidden: str) -> Iterator[tuple[int, str]]:
    """Where words that may be a deadline begin, and the words, those that say the most first."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(hidden):
            start, end = match.span("words")
            if (then := _THEN.match(hidden, end)) and is_deadline(text[start : then.end()]):
                end = then.end()
            words = text[start:end]
            yield start + len(words) - len(words.lstrip()), words.strip()


def _is_past(words: str, base: Context | None) -> bool:
    """Whether the words mean a day long before the paper, which only a fact can have."""
    due = _end(words, base)
    if due is None or base is None:
        return False
    return (base.issued - due).days > _LONG_AGO if base.issued else due.year < base.year
