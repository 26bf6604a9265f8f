"""Tells from the bytes of a ledger file whether folded words may stand in its texts, so that most files need not be read."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import chain

from zhenggai.model.folded_text import folded

_SURE = re.compile("[0-9a-z\u3400-\u9fff\U00020000-\U0002f7ff]")
"""A character of a folded word that YAML has no other spelling for but ``\\u…``."""
_ROW = re.compile(f"{_SURE.pattern}+")
_UNFOLDED = (range(0x80, 0x3400), range(0xA000, 0xAC00), range(0xF900, 0x20000), range(0x2F800, 0x2FA20))
"""Where the characters are that fold to one of those; a test looks at all others."""
_ESCAPE = re.compile(rb"\\[uUx\r\n]")


class WordScan:
    """One folded word, looked for in bytes.

    It is found wherever a reader would find it, and elsewhere too: also in comments and in keys, or without its brackets.
    Only for files that are UTF-8; for others the answer has no meaning.
    """

    def __init__(self, word: str) -> None:
        self._part = max(_ROW.findall(word), key=len, default="")
        self._bytes = self._part.encode()
        self._has_letters = re.search("[a-z]", self._part) is not None

    def may_hold(self, data: bytes) -> bool:
        """Whether the word may stand in a file."""
        if self._has_letters:
            data = data.lower()
        if self._bytes in data or _ESCAPE.search(data):
            return True
        return self._unfolded.search(data) is not None

    @cached_property
    def _unfolded(self) -> re.Pattern[bytes]:
        """Any character that folds to one of the part's: 工 may be ⼯, which PDF files give instead, and 2 may be ②."""
        found = (other for character in sorted(set(self._part)) for other in _unfolded().get(character, ()))
        return re.compile(b"|".join(other.encode() for other in found) or rb"(?!)")


@cache
def _unfolded() -> Mapping[str, Sequence[str]]:
    """Character → the characters that fold to it, or to it and others."""
    found: dict[str, list[str]] = {}
    for other in map(chr, chain(*_UNFOLDED)):
        for character in _SURE.findall(folded(other)):
            found.setdefault(character, []).append(other)
    return found
