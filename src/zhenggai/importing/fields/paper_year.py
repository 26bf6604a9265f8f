"""The year of a paper: that of its deadlines without a year. Only its text says it, never a title or a document number alone."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from zhenggai.deadline.meaning import Context
from zhenggai.frozen import frozen
from zhenggai.importing.fields.deadline_words import NUMERAL, PERIOD, deadlines_within, due_of
from zhenggai.importing.fields.phases import phases_in

Paragraphs = Sequence[tuple[str, int]]
"""Texts, each with its line."""

_WRITTEN = f"(?P<year>(?:20|２０|二[〇○零]){NUMERAL}{{2}})\\s{{0,3}}年"
_YEAR = re.compile(f"{_WRITTEN}(?!以来|来|之前|以前|代)")
_YEAR_ALONE = re.compile(f"{_WRITTEN}(?!以来|来|之前|以前|代|度|底)(?<!截至)")
_EVENT = re.compile(f"{_WRITTEN}\\s{{0,3}}(?P<month>{NUMERAL}{{1,3}})\\s{{0,3}}月")
_LABELLED = re.compile("(?:时限|期限|时间|日期|节点)[：:]\\s{0,3}([^，,。；;\n\u3000]{3,30})")
_PERIOD = re.compile(PERIOD)
QUOTED = re.compile("《[^《》]*》|〔[^〔〕]*〕|\\[[0-9]{4}\\]|[(（][0-9]{4}[)）]")
"""Matches names of papers and the years in their numbers."""
_ANY = Context(1949)  # a year that no paper has: only deadlines with their own year are later
_LATE = 11  # the month from which on a paper may well be of the next year


@frozen
class Said:
    """A year and month that a paper says, and where and by which words. The one that it does not say is 0."""

    year: int
    month: int
    line: int
    words: str


@frozen
class PaperYear:
    """The year, where it comes from (None if the day of issue says it), and other years that deadlines say."""

    year: int | None = None
    said: Said | None = None
    others: tuple[int, ...] = ()


def year_of(paragraphs: Paragraphs, title: str, issued: date | None = None, feedback: date | None = None) -> PaperYear:
    """The year of a paper.

    It is that of the issue, else of the feedback or the last event before the first deadline, else of the first deadline or phase, else one
    that only the text has, or title and text share. If all deadlines with a year are of the next one, it is that, unless others follow in the
    year of the event.

    >>> year_of([("2022年8月检查发现。", 2), ("11月15日前整改，2023年6月底前巩固。", 3)], "").year
    2022
    """
    deadlines = list(_deadlines(paragraphs, since=feedback.year if feedback else 0))
    start = _start(paragraphs, deadlines, issued, feedback)
    found: Said | None = start
    if start is None or _is_next_year(start, deadlines, is_soon=bool(issued or feedback)):
        later = [one for one in deadlines if one.year > (start.year if start else 0)]
        found = min(later, key=lambda one: one.year, default=None) or _only_one(paragraphs, title)
    if found is None:
        return PaperYear()
    others = {one.year for one in deadlines if one.year} - {found.year}
    return PaperYear(found.year, None if issued and found is start else found, tuple(sorted(others)))


def _start(
    paragraphs: Paragraphs, deadlines: Sequence[Said], issued: date | None, feedback: date | None
) -> Said | None:
    """What the plan follows: its issue, the feedback, or the last event before the first deadline."""
    if issued:
        return Said(issued.year, issued.month, 0, "")
    last = max(_events_before(paragraphs, deadlines), key=lambda one: (one.year, one.month), default=None)
    if feedback and (last is None or last.year <= feedback.year):
        return _feedback_said(paragraphs, feedback)
    return last


def _is_next_year(start: Said, deadlines: Sequence[Said], *, is_soon: bool) -> bool:
    """Whether the deadlines begin in a later year than the plan. ``is_soon``: its issue or the feedback is known, so it is near to them."""
    years = [one.year for one in deadlines if one.year >= start.year]
    if not years or min(years) == start.year:
        return False
    if is_soon:
        return min(years) == start.year + 1 and start.month >= _LATE
    months = [one.month for one in deadlines if not one.year]
    return min(years) > start.year + 1 or start.month >= _LATE or not months or min(months) < start.month


def _feedback_said(paragraphs: Paragraphs, feedback: date) -> Said:
    """Where the day of feedback stands."""
    day = re.compile(f"{feedback.month}\\s?月\\s?{feedback.day}\\s?日")
    text, line = next(((text, line) for text, line in paragraphs if day.search(text)), ("", 0))
    found = day.search(text)
    return Said(feedback.year, feedback.month, line, f"{feedback.year}年{found[0] if found else f'{feedback.month}月'}")


def _deadlines(paragraphs: Paragraphs, *, since: int) -> Iterator[Said]:
    """The deadlines and phases of a paper with the year that their words say, if it is not before ``since``."""
    for text, line in paragraphs:
        words = [one.words for one in deadlines_within(text, _ANY)]
        words += [found[1] for found in _LABELLED.finditer(text)] or (
            [text.strip()] if _PERIOD.fullmatch(text.strip()) else []
        )
        for said in words:
            written, due = _YEAR.search(said), due_of(said, _ANY)
            year = int(digits(written["year"])) if written else 0
            if due and (year >= since or not year) and (year or due.year <= _ANY.year):
                yield Said(year, due.month, line, said)
    for phase in phases_in(paragraphs, None):
        if phase.start and phase.start.year >= since:
            yield Said(phase.start.year, phase.start.month, phase.place.line, phase.deadline)


def _events_before(paragraphs: Paragraphs, deadlines: Sequence[Said]) -> Iterator[Said]:
    """What a paper says to have happened in a month, before its first deadline with a year."""
    first = next((one for one in deadlines if one.year), None)
    for text, line in paragraphs:
        ends = first is not None and first.words in text
        plain = QUOTED.sub("", text.partition(first.words)[0] if first and ends else text)
        for found in _EVENT.finditer(plain):
            yield Said(int(digits(found["year"])), int(digits(found["month"])), line, found[0])
        if ends:
            return


def _only_one(paragraphs: Paragraphs, title: str) -> Said | None:
    """A year without a month in the text: the only one there, or the one that the title has too."""
    body = [(QUOTED.sub("", re.sub(r"\s+", "", text).replace(title or "\0", "")), line) for text, line in paragraphs]
    found = [
        Said(int(digits(year["year"])), 0, line, year[0]) for text, line in body for year in _YEAR_ALONE.finditer(text)
    ]
    shared = next((one for one in found if f"{one.year}年" in title), None)
    return shared or (found[0] if len({one.year for one in found}) == 1 else None)


def digits(numeral: str) -> str:
    """A numeral in digits, up to 99 in Chinese: 二〇二〇 is 2020, 十二 is 12, 二十 is 20.

    >>> digits("二〇二〇"), digits("十二"), digits("二十"), digits("二十三"), digits("３")
    ('2020', '12', '20', '23', '3')
    """
    plain = numeral.translate(
        str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "00012345678901234567" + "89")
    )
    if "十" not in plain:
        return plain
    tens, _, ones = plain.partition("十")
    return f"{tens or 1}{ones or 0}"
