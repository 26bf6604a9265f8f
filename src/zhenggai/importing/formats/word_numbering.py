"""Automatic numbers in a Word file: what is printed before a paragraph is worked out from the numbering part and the styles."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from docx.oxml.ns import qn

from zhenggai.frozen import frozen
from zhenggai.importing.formats.numerals import SILENT, numeral
from zhenggai.importing.formats.word_styles import VAL, Styles, is_on, value_of

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_LEVELS: Final = 9
_MOST: Final = 1_000_000  # no list starts above it
_LONGEST: Final = 100  # characters of a number
_BULLET: Final = "•"
_PLACE = re.compile(r"%([1-9])")
_OF_SYMBOL_FONT = re.compile("[\ue000-\uf8ff]")
_WORD_AT_END = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]$")


@frozen
class _Level:
    """A level of a list. ``text`` has ``%1`` for the number of the first level; ``restart``: the level below which it begins anew."""

    start: int
    number_format: str
    text: str
    restart: int
    legal: bool
    gap: str
    style: str | None


@frozen
class _List:
    """A list: its levels, where each begins anew the first time, and what it shares its numbers with."""

    shared: str
    levels: Mapping[int, _Level]
    first: Mapping[int, int]


class Numbering:
    """The lists of a file, and how far each has come: ``next`` is asked for each paragraph, in order."""

    def __init__(self, numbering: "Element | None", styles: Styles) -> None:
        self._styles = styles
        found = [] if numbering is None else list(numbering)
        self._abstract = {e.get(qn("w:abstractNumId"), ""): e for e in found if e.tag == qn("w:abstractNum")}
        self._named = {e.get(qn("w:numId"), ""): e for e in found if e.tag == qn("w:num")}
        self._lists: dict[str, _List | None] = {}
        self._reached: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, properties: "Element | None") -> str:
        """The number before the paragraph with these properties, as it is printed; "" if it has none."""
        member = self._styles.list_of(properties)
        if member is None:
            return ""
        number, said, named_by = member
        found = self._list(number)
        if found is None:
            return ""
        level = _level_of(found, said, (self._styles.of_paragraph(properties), named_by))
        if level not in found.levels:
            return ""
        return _printed(found.levels, level, self._counted(number, found, level))

    def _counted(self, number: str, found: _List, level: int) -> list[int | None]:
        """How far the list's levels have come with a paragraph of this level."""
        reached = self._reached.setdefault(found.shared, [None] * _LEVELS)
        before = reached[level]
        if level in found.first and (number, level) not in self._begun:
            reached[level] = found.first[level]
        elif before is None:
            reached[level] = found.first.get(level, found.levels[level].start)
        else:
            reached[level] = before + 1
        self._begun.add((number, level))
        for above in range(level):  # those that were passed over count as used: the next of them is a second one
            if reached[above] is None and above in found.levels:
                reached[above] = found.first.get(above, found.levels[above].start)
        for deeper in range(level + 1, _LEVELS):
            if deeper not in found.levels or level < found.levels[deeper].restart:
                reached[deeper] = None
        return reached

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._made(number)
        return self._lists[number]

    def _made(self, number: str) -> _List | None:
        named = self._named.get(number)
        shared = self._abstract_of(named)
        if named is None or shared is None:
            return None
        levels = {_place(level): _level(level) for level in self._abstract[shared].findall(qn("w:lvl"))}
        first = {}
        for override in named.findall(qn("w:lvlOverride")):
            own = override.find(qn("w:lvl"))
            if own is not None:
                levels[_place(override)] = _level(own)
            if (start := value_of(override, "w:startOverride")) is not None:
                first[_place(override)] = _number(start)
        return _List(shared, levels, first)

    def _abstract_of(self, named: "Element | None") -> str | None:
        """The definition that a list follows; a definition may stand for that of a style."""
        for _ in range(_LEVELS):
            name = value_of(named, "w:abstractNumId")
            if name is None or name not in self._abstract:
                return None
            style = value_of(self._abstract[name], "w:numStyleLink")
            if style is None:
                return name
            named = self._named.get(self._styles.list_of_style(style) or "")
        return None


def numbered(number: str, text: str) -> str:
    """A paragraph with its number before it, as somebody would type it: a tab is left out, a blank keeps apart what would run together.

    >>> numbered("一、", "抓学习"), numbered("1.", "2020年底前"), numbered("第一条", "为了"), numbered("①", "甲")
    ('一、抓学习', '1. 2020年底前', '第一条 为了', '①甲')
    """
    runs_on = _WORD_AT_END.search(number) or (number.endswith((".", "．")) and text[:1].isdigit())
    return f"{number} {text}" if runs_on else number + text


def _level_of(found: _List, said: str | None, styles: tuple[str, str]) -> int:
    """The level of a paragraph: as its style is linked with one, else as said, else the first."""
    linked = [nth for nth, level in found.levels.items() if level.style and level.style in styles]
    if styles[1] and linked:  # the style names the list, not the paragraph itself
        return linked[0]
    return _number(said or "0")


def _printed(levels: Mapping[int, _Level], nth: int, reached: list[int | None]) -> str:
    """The number of a level, with a blank if one is printed after it."""
    own = levels[nth]

    def number(place: re.Match[str]) -> str:
        wanted = int(place[1]) - 1
        level = levels.get(wanted)
        if level is None:
            return ""
        now = reached[wanted]
        number_format = "decimal" if own.legal and level.number_format not in SILENT else level.number_format
        return numeral(number_format, level.start if now is None else now)

    text = _OF_SYMBOL_FONT.sub(_BULLET, own.text) if own.number_format == "bullet" else _PLACE.sub(number, own.text)
    return f"{text} " if text and own.gap == "space" else text


def _level(element: "Element") -> _Level:
    place = _place(element)
    restart = value_of(element, "w:lvlRestart")
    return _Level(
        start=_number(value_of(element, "w:start") or "1"),
        number_format=_format_of(element),
        text=(value_of(element, "w:lvlText") or "")[:_LONGEST],
        restart=place if restart is None else _number(restart),
        legal=is_on(element.find(qn("w:isLgl"))),
        gap=value_of(element, "w:suff") or "tab",
        style=value_of(element, "w:pStyle"),
    )


def _format_of(level: "Element") -> str:
    """The format of a level's numbers; newer ones stand beside what older programs print instead."""
    named = next(iter(level.iter(qn("w:numFmt"))), None)
    said = "decimal" if named is None else named.get(VAL, "decimal")
    if named is not None and said == "custom":
        return "decimalZero" if named.get(qn("w:format"), "").startswith("0") else "decimal"
    return said


def _place(element: "Element") -> int:
    return _number(element.get(qn("w:ilvl"), "0"))


def _number(word: str) -> int:
    """The number that an attribute says, 0 if it says none that a list can have."""
    return int(word) if word.isascii() and word.isdigit() and int(word[:10]) <= _MOST else 0
