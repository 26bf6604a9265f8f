"""Texts as a search compares them: full-width is half-width, capitals are small, look-alikes are what they look like (⼯ is 工)."""

from collections.abc import Collection, Iterator
from unicodedata import normalize

Span = tuple[int, int]
"""A part of a text: its first character, and the one after its last."""


def folded(text: str) -> str:
    """A text as it is compared; a row of blanks and line ends is one blank.

    >>> folded("ＡＰＰ的⼯作"), folded("甲\\n　乙")
    ('app的工作', '甲 乙')
    """
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()


def on_one_line(text: str) -> str:
    """A text with each row of blanks and line ends as one blank."""
    return " ".join(text.split())


def spans_of(text: str, words: Collection[str]) -> tuple[Span, ...]:
    """Where folded words stand in a text on one line, in order; those that overlap or touch are one.

    >>> spans_of("主题党日、党日㎡", ["党日", "题党", "m"])
    ((1, 4), (5, 8))
    """
    pieces = [_folded(one) for one in text]  # an accent that is a character of its own stays one: no mark then
    place = [nth for nth, piece in enumerate(pieces) for _ in piece]  # in ``text``, of each folded character
    whole = "".join(pieces)
    found = sorted((place[at], place[at + len(word) - 1] + 1) for word in words for at in _places(word, whole))
    spans: list[Span] = []
    for start, end in found:
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return tuple(spans)


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
