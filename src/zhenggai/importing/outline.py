"""The outline of a text: which marks count, and which item stands below which. The order of levels is the document's own.

A mark counts if it stands at the start of a line, or if it belongs to a run: its number follows the one before, or the next one follows it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from zhenggai.frozen import fluid, frozen
from zhenggai.importing.marks import STYLES, Mark, family, possible_marks


@frozen
class Item:
    """A numbered or labelled piece of the text with what stands below it. ``text`` is its own, up to the next mark; ``mark`` is None for the whole."""

    mark: Mark | None
    text: str
    start: int
    items: tuple["Item", ...] = ()


@frozen
class Break:
    """A run with a number that is missing or stands twice: ``expected`` and what the mark says."""

    mark: Mark
    expected: int


@frozen
class Outline:
    """The items of a text, and where their numbers do not follow."""

    root: Item
    breaks: tuple[Break, ...] = ()


def outline_of(text: str) -> Outline:
    """The outline of a text.

    >>> def shown(item):
    ...     return [(below.text.strip(), shown(below)) if below.items else below.text.strip() for below in item.items]
    >>> shown(outline_of("一、甲（一）乙。①丙；②丁。（二）戊二、己").root)
    [('甲', [('乙。', ['丙；', '丁。']), '戊']), '己']
    """
    marks = tuple(_with_evidence(tuple(possible_marks(text))))
    breaks: list[Break] = []
    depths = _depths(marks, breaks)
    return Outline(_tree(text, marks, depths), tuple(breaks))


def _with_evidence(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks that stand at the start of a line or belong to a run."""
    following: dict[str, Mark] = {}
    ahead: list[Mark | None] = [None] * len(marks)
    for number in range(len(marks) - 1, -1, -1):
        mark = marks[number]
        ahead[number] = following.get(family(mark.style))
        following[family(mark.style)] = mark
    last: dict[str, int] = {}
    for mark, after in zip(marks, ahead, strict=True):
        style = family(mark.style)
        belongs = last.get(style) == mark.number - 1 or (after is not None and after.number == mark.number + 1)
        if mark.at_start or belongs or mark.style == "label":
            last[style] = mark.number
            yield mark


@fluid
class _Level:
    """An open level: its style, its latest number, where that mark is in the sequence, how many items it has, and whether it began a line."""

    style: str
    last: int
    index: int
    count: int
    at_start: bool


_RANK = {style: rank for rank, style in enumerate(STYLES)}


def _depths(marks: Sequence[Mark], breaks: list[Break]) -> list[int]:
    """How deep each mark stands, from 1."""
    following = _following(marks)
    holds = _order(marks)
    levels: list[_Level] = []
    depths: list[int] = []
    for index, mark in enumerate(marks):
        at = _continued(levels, mark)
        if at is None:
            at = _below(levels, mark, marks, following, holds)
            levels[at:] = [_Level(mark.style, mark.number, index, 1, mark.at_start)]
        else:
            level = levels[at]
            if mark.style != "label" and mark.number != level.last + 1:
                breaks.append(Break(mark, level.last + 1))
            level.last, level.index, level.count = mark.number, index, level.count + 1
            del levels[at + 1 :]
        depths.append(at + 1)
    return depths


def _continued(levels: Sequence[_Level], mark: Mark) -> int | None:
    """The open level that the mark goes on with: the deepest that expects its number, one that began as the mark does first."""
    same = [at for at in range(len(levels) - 1, -1, -1) if family(levels[at].style) == family(mark.style)]
    if mark.style == "label":
        return same[0] if same else None
    expecting = [at for at in same if levels[at].last + 1 == mark.number]
    for at in expecting:
        if levels[at].at_start == mark.at_start:
            return at
    if expecting:
        return expecting[0]
    if mark.number == 1 or not mark.at_start:
        return None
    return next(
        (at for at in same if levels[at].at_start and levels[at].last <= mark.number <= levels[at].last + 3), None
    )


def _below(
    levels: Sequence[_Level],
    mark: Mark,
    marks: Sequence[Mark],
    following: Sequence[int | None],
    holds: Counter[tuple[str, str]],
) -> int:
    """How many of the open levels a new run stands below."""
    at = len(levels)
    while at:
        level = levels[at - 1]
        if not mark.at_start and level.at_start:
            break  # a list inside a line ends nothing that began a line
        after = following[level.index]
        goes_on = after is not None and marks[after].number == level.last + 1 and level.style != "label"
        if family(level.style) != family(mark.style) and (goes_on or _is_above(level, mark.style, holds)):
            break
        if family(level.style) == family(mark.style) and not mark.at_start and level.at_start:
            break
        at -= 1
    return at


def _is_above(level: _Level, style: str, holds: Counter[tuple[str, str]]) -> bool:
    upper, lower = family(level.style), family(style)
    if "label" in (upper, lower) and lower == "label":
        return level.count == 1 or holds[upper, lower] > 0
    balance = holds[upper, lower] - holds[lower, upper]
    return balance > 0 if balance else _RANK[level.style] < _RANK[style]


def _following(marks: Sequence[Mark]) -> list[int | None]:
    """For each mark the next one of its style."""
    after: list[int | None] = [None] * len(marks)
    seen: dict[str, int] = {}
    for index in range(len(marks) - 1, -1, -1):
        style = family(marks[index].style)
        after[index] = seen.get(style)
        seen[style] = index
    return after


def _order(marks: Sequence[Mark]) -> Counter[tuple[str, str]]:
    """How often a style was seen to hold another: the one that goes on holds what stood before it, the one before holds what begins."""
    holds: Counter[tuple[str, str]] = Counter()
    for before, mark in pairwise(marks):
        upper, lower = family(before.style), family(mark.style)
        if upper == lower:
            continue
        if mark.number > 1:
            holds[lower, upper] += 2
        elif "label" not in (upper, lower):
            holds[upper, lower] += 1
    return holds


def _tree(text: str, marks: Sequence[Mark], depths: Sequence[int]) -> Item:
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    open_items: list[list[Item]] = [[]]
    closed: list[tuple[Mark, str]] = []

    def close(depth: int) -> None:
        while len(open_items) > depth:
            below = tuple(open_items.pop())
            mark, own = closed.pop()
            open_items[-1].append(Item(mark, own, mark.start, below))

    for mark, depth, end in zip(marks, depths, ends, strict=True):
        close(depth)
        closed.append((mark, text[mark.end : end]))
        open_items.append([])
    close(1)
    return Item(None, text[: marks[0].start] if marks else text, 0, tuple(open_items[0]))
