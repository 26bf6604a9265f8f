"""Brackets of all kinds and widths, and the parts of a text outside of them."""

from collections.abc import Iterator

_OPEN, _CLOSE = "(（[【〔", ")）]】〕"
_SEPARATORS = "、，,；;。\n\r\t|｜"


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each outermost bracket. One that is never closed is none.

    >>> list(brackets("甲（乙（丙））丁【戊】"))
    [(1, 7), (8, 11)]
    """
    depth, start = 0, 0
    for place, letter in enumerate(text):
        if letter in _OPEN:
            start = place if not depth else start
            depth += 1
        elif letter in _CLOSE and depth:
            depth -= 1
            if not depth:
                yield start, place + 1


def pieces(text: str, separators: str = _SEPARATORS) -> Iterator[str]:
    """The parts of a text between separators that stand in no bracket.

    >>> list(pieces("县直（含垂管、驻县）各单位、各乡镇"))
    ['县直（含垂管、驻县）各单位', '各乡镇']
    """
    depth, start = 0, 0
    for place, letter in enumerate(text):
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth = max(0, depth - 1)
        elif letter in separators and not depth:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()


def unclosed(text: str) -> int:
    """How many brackets a text opens and does not close."""
    depth = 0
    for letter in text:
        depth = depth + 1 if letter in _OPEN else max(0, depth - (letter in _CLOSE))
    return depth


def without_unpaired(text: str) -> str:
    """A text without the brackets that have no partner in it.

    >>> without_unpaired("甲局（党委）、乙局）"), without_unpaired("张三（局长")
    ('甲局（党委）、乙局', '张三局长')
    """
    opened: list[int] = []
    unpaired: set[int] = set()
    for place, letter in enumerate(text):
        if letter in _OPEN:
            opened.append(place)
        elif letter in _CLOSE and opened:
            opened.pop()
        elif letter in _CLOSE:
            unpaired.add(place)
    return "".join(letter for place, letter in enumerate(text) if place not in unpaired.union(opened))


def is_balanced(text: str) -> bool:
    """Whether a text closes all brackets that it opens."""
    return sum(letter in _OPEN for letter in text) == sum(letter in _CLOSE for letter in text)


def until_closed(text: str) -> tuple[str, str]:
    """A text up to the bracket that closes one opened before it, and the rest from that bracket on.

    >>> until_closed("甲局（党委））并公示"), until_closed("甲局（党委）")
    (('甲局（党委）', '）并公示'), ('甲局（党委）', ''))
    """
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if depth < 0:
            return text[:place], text[place:]
    return text, ""


def until_full_stop(text: str) -> tuple[str, str]:
    """A text up to its first full stop outside of brackets, and the sentences after that."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in _OPEN) - (letter in _CLOSE)
        if letter == "。" and depth <= 0:
            return text[:place], text[place + 1 :].strip()
    return text, ""
