"""The phases of a plan: headings with a window, as under 时间步骤: 第一阶段（2020年4月至9月）, 动员部署阶段：3月1日至3月10日."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from zhenggai.deadline.meaning import Context, DeadlineKind
from zhenggai.importing.draft import DraftPhase, Place
from zhenggai.importing.fields.deadline_words import PERIOD, meaning_of
from zhenggai.importing.fields.owner_labels import NUMBERING
from zhenggai.importing.fields.simplified import as_written, simplified

_MARK = re.compile(f"^{NUMBERING}")
_NAMED = re.compile("阶段|时期|环节|步骤|第[一二三四五六七八九十0-9]+[步期]")
_ENDS_AS_NAMED = re.compile("(?<!现)(?<!前)(?:阶段|时期|环节|步骤|第[一二三四五六七八九十0-9]+[步期])$")
_SECTION = re.compile("(?:步骤|进度|阶段|时间)(?:安排|要求|划分|步骤|进度)?|(?:安排|步骤|阶段|进度)$")
_TOP = re.compile("^[一二三四五六七八九十]{1,3}、")
_BRACKET = re.compile(r"[(（]([^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*)[)）]")
_TIME = "(?:整改|实施|工作|完成|起止)?(?:时间|时限|期限)(?:安排|节点)?(?:为|是|：|:)?"
_LEAD = re.compile(f"^{_TIME}\\s{{0,3}}")
_TIME_NEXT = re.compile(f"^{_TIME}\\s{{0,3}}(?P<words>[^。；;，,]+)")
_PERIOD = re.compile(PERIOD)
_DATED = re.compile("[0-9xX×*＊一二三四五六七八九十]\\s{0,3}[年月日]")
_EDGE = " \u3000\xa0，,；;。：:、—-\n"
_LONGEST = 30
_LONGEST_HEADING = 100
_WINDOWS = frozenset(DeadlineKind) - {DeadlineKind.RECURRING, DeadlineKind.UNRESOLVED, DeadlineKind.IMMEDIATE}


def phases_in(
    paragraphs: Iterable[tuple[str, int]], year: int | None, *, base: Context | None = None, inside: bool = False
) -> tuple[DraftPhase, ...]:
    """The phases among the paragraphs of a paper or the items of its outline, each a text and its line.

    ``inside``: all of them stand under 时间步骤. Elsewhere a phase is called 阶段 or stands under such a heading. A window without a
    year has that of the phase before it, else ``year``; ``base`` is the context, if more than the year is known.

    >>> phases_in([("（一）集中整改阶段（2020年4月至9月）。对照清单整改。", 8)], 2020)[0].name
    '集中整改阶段'
    """
    found: list[DraftPhase] = []
    under = inside
    for text, line in paragraphs:
        plain = simplified(text)
        if not inside and _TOP.match(plain.strip()):
            heading = plain.strip(_EDGE)
            under = len(heading) < _LONGEST and _SECTION.search(heading) is not None
        if phase := _phase(plain.strip(), line, _context(base, year, found), under=under):
            found.append(replace(phase, name=as_written(phase.name, text)))
    return tuple(found)


def _context(base: Context | None, year: int | None, before: list[DraftPhase]) -> Context | None:
    """What a window counts from: without a year of the paper, that of the phase before it."""
    days = [day for phase in before for day in (phase.start, phase.end) if day]
    year = year or (days[-1].year if days else None)
    return base or (Context(year) if year else None)


def _phase(text: str, line: int, base: Context | None, *, under: bool) -> DraftPhase | None:
    for before, window, after, pattern in _windows(_MARK.sub("", text)):
        words = _LEAD.sub("", window).strip(_EDGE)
        name = _name(before) or _name(after)
        if not name or len(name) > _LONGEST or not (under or pattern.search(name)):
            continue
        if (days := _days(words, base)) is not None:
            return DraftPhase(place=Place(line), name=name, deadline=words, start=days[0], end=days[1])
    return None


def _days(words: str, base: Context | None) -> tuple[date | None, date | None] | None:
    """The first and last day of a window; None for words that are none. Days that cannot be known are None (20xx年3月至验收结束)."""
    meaning = meaning_of(words, base, of_phase=True)
    if meaning and meaning.kind in _WINDOWS:
        return meaning.start, meaning.end
    if not _DATED.search(words):
        return None
    first = meaning_of(re.split("[至到—–~～-]", words)[0], base, of_phase=True)
    return (first.start if first else None), None


def _windows(text: str) -> Iterator[tuple[str, str, str, re.Pattern[str]]]:
    """What may be a window in the heading of a phase, what stands before and behind it there, and how the phase must be called."""
    heading, _, rest = text.partition("。")
    heading = heading.split("\n")[0][:_LONGEST_HEADING]
    for bracket in _BRACKET.finditer(heading):
        yield heading[: bracket.start()], bracket[1], heading[bracket.end() :], _NAMED
    heading = _BRACKET.sub("", heading)
    following = rest.strip().partition("。")[0]
    if found := _TIME_NEXT.match(following) or _PERIOD.fullmatch(following):
        yield heading, found[found.lastgroup or 0], "", _NAMED
    for period in _PERIOD.finditer(heading):
        yield heading[: period.start()], period[0], heading[period.end() :], _ENDS_AS_NAMED


def _name(words: str) -> str:
    """The name of a phase in what stands beside its window."""
    words = re.sub(f"{_TIME}$|^[为是]|^(?:完成|开展|进行)", "", words.strip(_EDGE + "(（"))
    return re.split("[，,；;]", words.strip(_EDGE))[0].strip(_EDGE)
