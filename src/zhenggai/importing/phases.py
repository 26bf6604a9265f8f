"""The phases of a plan: headings with a window, as under 时间步骤: 第一阶段（2020年4月至9月）, 动员部署阶段：3月1日至3月10日."""

import re
from collections.abc import Iterable

from zhenggai.deadline.meaning import Context, Deadline
from zhenggai.importing.deadline_words import meaning_of
from zhenggai.importing.draft import DraftPhase, Place

_NUMBER = re.compile(r"^\s*(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）.．、]\s*|[①-⑳]\s*|[一二三四五六七八九十]是\s*)")
_NAMED = re.compile("阶段|时期|环节|步骤|第[一二三四五六七八九十0-9]+[步期]")
_BRACKET = re.compile(r"[(（]([^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*)[)）]")
_HEADING = re.compile(r"^[^。；;]*")
_LONGEST = 30
_TIME = re.compile(r"^(?:时间|时限|期限|时间安排|完成时限|整改时限)?(?:为|是|：|:)?\s*(.+?)(?:完成)?$")


def phases_in(paragraphs: Iterable[tuple[str, int]], year: int | None) -> tuple[DraftPhase, ...]:
    """The phases among paragraphs or headings, each a text and its line.

    >>> phases_in([("（一）集中整改阶段（2020年4月至9月）。对照清单整改。", 8)], 2020)[0].name
    '集中整改阶段'
    """
    base = Context(year, of_phase=True) if year else None
    found = []
    for text, line in paragraphs:
        if phase := _phase(text.strip(), line, base):
            found.append(phase)
    return tuple(found)


def _phase(text: str, line: int, base: Context | None) -> DraftPhase | None:
    heading = _HEADING.match(_NUMBER.sub("", text))
    if heading is None or not _NAMED.search(heading[0]):
        return None
    said = heading[0]
    for bracket in _BRACKET.finditer(said):
        if (meaning := _window(bracket[1], base)) and _NAMED.search(said[: bracket.start()]):
            return _made(said[: bracket.start()], bracket[1], meaning, line)
    name, colon, after = re.sub("[:]", "：", said).partition("：")
    if colon and _NAMED.search(name) and len(name) <= _LONGEST:
        words = re.split("[，,]", after)[0]
        if meaning := _window(words, base):
            return _made(name, words, meaning, line)
    return None


def _window(words: str, base: Context | None) -> Deadline | None:
    words = _words(words)
    meaning = meaning_of(words, base)
    return meaning if meaning and (meaning.start or meaning.end) else None


def _words(text: str) -> str:
    found = _TIME.match(text.strip(" \u3000，,；;。"))
    return found[1] if found else text


def _made(name: str, words: str, meaning: Deadline, line: int) -> DraftPhase:
    name = name.strip(" \u3000：:，,")
    return DraftPhase(place=Place(line), name=name, deadline=_words(words), start=meaning.start, end=meaning.end)
