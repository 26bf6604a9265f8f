"""The words of a deadline in a sentence, and the day that they mean with the year of the paper."""

import re
from datetime import date

from zhenggai.deadline.meaning import Context, Deadline, DeadlineKind
from zhenggai.deadline.parsing import parse_deadline
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen

_N = "[0-9０-９一二三四五六七八九十〇○零]"
_YEAR = f"(?:{_N}{{4}}\\s*年|今年|明年|次年|本年|当年)"
_DAY = f"(?:{_YEAR}?\\s*(?:{_N}{{1,3}}\\s*月份?(?:\\s*{_N}{{1,3}}\\s*[日号]|[上中下]旬|[底末初中])?|第?[一二三四1-4]季度[末底]?|[上下]半年|年[底末中内终])|{_YEAR}[底末]?)"
_LIMIT = re.compile(
    f"(?:[最务]?[迟必晚]?(?:于|在|至|到|截至|截止|不晚于|不迟于|力争|争取|确保)*)?(?P<words>(?:{_DAY}\\s*[至到—–\\-~～]\\s*)?{_DAY}\\s*(?:底|末)?\\s*(?:之前|以前|前|之内|以内|内|止)|{_DAY}(?<=[底末])(?=完成|完工|建成|实现|全面|全部|基本|取得|达到|投入|销号|到位))"
)
_SPAN = re.compile(
    f"(?P<words>{_DAY}\\s*[至到—–\\-~～]\\s*(?:{_DAY}|{_N}{{1,2}}\\s*[日号]))(?![^，。；]{{0,6}}期间[^，。；]*(?:未|没有))"
)
_COUNTED = re.compile(
    f"(?P<words>(?:收到[^，。；]{{2,12}}之日起|自?(?:即日|印发之日|反馈之日)起)?\\s*{_N}{{1,3}}\\s*(?:个月|个工作日|日|天|周)(?:之内|以内|内))"
)
_LASTING = re.compile(
    "(?<=[，,；;。])(?P<words>立行立改|立即整改|立知立改|即知即改|边查边改|(?:并)?长期坚持|常抓不懈|(?:并)?持续推进|(?:并)?持续整改)(?P<also>[，,、]\\s*(?:并)?(?:长期坚持|持续推进|持续整改|常抓不懈))?(?=[。；;]?\\s*$)"
)
_EVERY = re.compile(
    "^\\s*(?P<words>(?:每年|每月|每季度|每半年|每周)(?:至少)?(?=[^，。；]{0,12}(?:一次|1次|召开|开展|组织)))"
)
_QUOTED = re.compile("《[^《》]*》|〔[^〔〕]*〕|“[^“”]{0,60}”|\\[[0-9]{4}\\]")
_FACT_BEFORE = re.compile("(?:截至|截止|截止到|自|从|已经?于?|早在|曾于?|已在)\\s*$")
_FACT_AFTER = re.compile("\\s*(?:以来|以后|起|未|没有|已|的问题|发现|存在|反馈|期间未|至今)")
_LONG_AGO = 120  # days before the paper


@frozen
class Within:
    """A deadline in a sentence: its words, where they begin, and what they mean."""

    words: str
    start: int
    meaning: Deadline


def meaning_of(words: str, base: Context | None) -> Deadline | None:
    """What the words of a deadline mean; None if they cannot be read, or need a year or day that the paper does not say."""
    context = base or Context(1)
    try:
        meaning = parse_deadline(words, context)
    except UsageError:
        return None
    if base is None and meaning.end and not 1900 < meaning.end.year < 2200:
        return None
    return meaning


def due_of(words: str | None, base: Context | None) -> date | None:
    """The last day on time; None for words without an end.

    >>> due_of("6月底前，并长期坚持", Context(2020)), due_of("长期坚持", Context(2020)), due_of("6月底前", None)
    (datetime.date(2020, 6, 30), None, None)
    """
    meaning = meaning_of(words, base) if words else None
    return meaning.end if meaning else None


def deadlines_within(text: str, base: Context | None) -> tuple[Within, ...]:
    """The deadlines that the sentences of a measure set, in their order. Days of what was done, and in names of papers, are none.

    >>> [one.words for one in deadlines_within("2018年以来底数不清。2020年3月上旬前，梳理底数；6月底前完成整改。", Context(2020))]
    ['2020年3月上旬前', '6月底前']
    """
    hidden = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), text)
    found: dict[int, Within] = {}
    for pattern in (_LIMIT, _SPAN, _COUNTED, _LASTING, _EVERY):
        for match in pattern.finditer(hidden):
            start, end = match.span("words")
            if "also" in pattern.groupindex and match["also"]:
                end = match.end("also")
            words = text[start:end].strip()
            if any(start < one.start + len(one.words) and one.start < end for one in found.values()):
                continue
            if _FACT_BEFORE.search(hidden[:start]) or _FACT_AFTER.match(hidden, end):
                continue
            meaning = meaning_of(words, base)
            if meaning is None and base is None:
                meaning = meaning_of(words, Context(2000))
                meaning = Deadline(words, DeadlineKind.UNRESOLVED) if meaning else None
            if meaning is None or _is_past(meaning, base):
                continue
            found[start] = Within(words, text.index(words, start), meaning)
    return tuple(found[start] for start in sorted(found))


def _is_past(meaning: Deadline, base: Context | None) -> bool:
    if meaning.end is None or base is None:
        return False
    if base.issued:
        return (base.issued - meaning.end).days > _LONG_AGO
    return meaning.end.year < base.year
