"""The names of units in a paper, held against the unit book: 教育局 is 县教育局, if only one unit can be meant."""

import re
from collections.abc import Iterator

from zhenggai.model.units import UnitBook

_LEVELS = "县市区旗州"
_LEVEL = re.compile(rf"(?:中共)?[^{_LEVELS}]{{0,4}}[{_LEVELS}]?委?")
_BODY = re.compile(r"(?:党(?:工)?委(?:和|、)?(?:人民)?政府|(?:人民)?政府|党工?委|党组)$")
_NO_NAME_ALONE = frozenset({"办公室", "机关", "党组", "党委", "政府"})


class BookUnits:
    """Gives the words that a plan has for those of a paper, and keeps those that the unit book does not know."""

    def __init__(self, book: UnitBook) -> None:
        self.book = book
        self._unknown: dict[str, None] = {}
        self._written: dict[str, str] = {}

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words that the unit book does not know, in order of appearance."""
        return tuple(self._unknown)

    def written(self, word: str) -> str:
        """The word itself if the book has it, else the name of the only unit or class that it can mean, else the word."""
        if word not in self._written:
            self._written[word] = self._meant(word)
        return self._written[word]

    def _meant(self, word: str) -> str:
        book = self.book
        for name in dict.fromkeys(_spellings(word)):
            if name in book.by_name or name in book.class_by_name:
                return name
        near = self.near(word)
        if len(near) == 1:
            return near[0]
        self._unknown.setdefault(word)
        return word

    def near(self, word: str) -> list[str]:
        """The units whose name is the word with the level before it, or the word without its place: 云山县教育局."""
        names = (unit.name for unit in self.book.members)
        return [name for name in names if _is_same(word, name) or (name[0] in _LEVELS and _is_same(name, word))]


def _spellings(word: str) -> Iterator[str]:
    """The names under which a book may have what a word means; the word itself first.

    >>> "乡镇" in _spellings("各乡镇党委"), "县直各单位" in _spellings("县直各部门"), "城关镇" in _spellings("城关镇人民政府")
    (True, True, True)
    """
    for name in (word, _BODY.sub("", word)):
        for same in (name, name.replace("部门", "单位")):
            yield from (same, same.removeprefix("各"), same.replace("各", ""))


def _is_same(short: str, long: str) -> bool:
    """Whether a name is another one with its level before it.

    >>> _is_same("教育局", "县教育局"), _is_same("县教育局", "市教育局"), _is_same("办公室", "县委办公室")
    (True, False, False)
    """
    if short in _NO_NAME_ALONE or len(short) < 2 or not long.endswith(short):
        return False
    return _LEVEL.fullmatch(long[: -len(short)]) is not None
