"""The names of units in a paper, held against the unit book: 教育局 is 县教育局, if only one unit can be meant."""

import re

from zhenggai.model.units import UnitBook

_LEVEL = re.compile(r"(?:中共)?[^县市区旗州]{0,4}[县市区旗州]?委?")
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
        if word in book.by_name or word in book.class_by_name:
            return word
        if (plain := word.removeprefix("各")) in book.class_by_name:
            return plain
        near = self.near(word)
        if len(near) == 1:
            return near[0]
        self._unknown.setdefault(word)
        return word

    def near(self, word: str) -> list[str]:
        """The units whose name is the word with the level before it, or without that of the word."""
        return [unit.name for unit in self.book.members if _is_same(word, unit.name) or _is_same(unit.name, word)]


def _is_same(short: str, long: str) -> bool:
    """Whether a name is another one with its level before it.

    >>> _is_same("教育局", "县教育局"), _is_same("县教育局", "市教育局"), _is_same("办公室", "县委办公室")
    (True, False, False)
    """
    if short in _NO_NAME_ALONE or len(short) < 2 or not long.endswith(short):
        return False
    return _LEVEL.fullmatch(long[: -len(short)]) is not None
