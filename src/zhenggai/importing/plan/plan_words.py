"""Somebody's words as values that a plan's file may hold: no characters that it forbids, not longer than it takes."""

from collections.abc import Iterable

from zhenggai.characters import CONTROL
from zhenggai.model.units import names_in
from zhenggai.reading.values import Unreadable, read_amount
from zhenggai.reading.yaml_faults import MAX_VALUE

CUT = "……"


def text_in(words: str | None) -> str | None:
    """A text; None for one without anything to read. What is longer than a value may be is cut, and ends in ……

    >>> text_in(" 制定\\x07办法 "), text_in("\\u3000"), text_in(None)
    ('制定办法', None, None)
    """
    text = CONTROL.sub("", words or "").strip()
    if len(text) > MAX_VALUE:
        text = text[: MAX_VALUE - len(CUT)] + CUT
    return text or None


def list_in(words: Iterable[str], *, split: bool = False) -> tuple[str, ...]:
    """The texts of a list. With ``split``, each may be several names, as the plan's reader would take it for."""
    texts = [text for word in words if (text := text_in(word))]
    return tuple(name for text in texts for name in names_in(text)) if split else tuple(texts)


def amount_in(words: str) -> str | None:
    """An amount of money with its unit as a plan has it; None for what is none.

    >>> amount_in("１２００.５ 万"), amount_in("约三百万元")
    ('1200.5万元', None)
    """
    try:
        return read_amount(words.strip(), lambda _: None)
    except Unreadable:
        return None
