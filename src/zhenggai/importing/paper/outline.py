"""The outline of a text: which marks count, and which item stands below which. The order of levels is the document's own.

A mark counts if it stands at the start of a line, or if it belongs to a run: its number follows the one before, or the next one follows it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from zhenggai.frozen import fluid, frozen
from zhenggai.importing.paper.marks import LABEL, NEED_A_RUN, STYLES, Mark, family, possible_marks


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
    marks = tuple(_without_numbered_labels(text, _with_evidence(text, tuple(possible_marks(text)))))
    levels = _Levels(text, marks, _following(marks), Counter())
    levels.depths()  # learns which style holds which
    depths, breaks = levels.depths()
    return Outline(_tree(text, marks, depths), breaks)


def _with_evidence(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks that stand at the start of a line or belong to a run. A first one alone counts behind a full stop or a heading, where runs begin elsewhere."""
    last: dict[str, int] = {}
    sure: list[bool] = []
    for mark, at in zip(marks, _following(marks), strict=True):
        style = family(mark.style)
        belongs = last.get(style) == mark.number - 1 or (at is not None and marks[at].number == mark.number + 1)
        sure.append(belongs or mark.style in _ALWAYS or (mark.at_start and mark.style not in NEED_A_RUN))
        if sure[-1]:
            last[style] = mark.number
    before: Mark | None = None
    begun: set[tuple[str, str]] = set()
    for mark in (mark for mark, is_sure in zip(marks, sure, strict=True) if is_sure):
        if before is not None and mark.number == 1:
            begun.add((family(before.style), family(mark.style)))
        before = mark
    before = None
    for mark, is_sure in zip(marks, sure, strict=True):
        if is_sure or (
            mark.number == 1
            and before is not None
            and (family(before.style), family(mark.style)) in begun
            and (mark.at_start or text[mark.start - 1] in _STOPS or _HEADING.fullmatch(text, before.end, mark.start))
        ):
            before = mark
            yield mark


_STOPS = frozenset("。；;：:\n 　）)")
_HEADING = re.compile("[^。；;，,：:]{0,40}")


def _without_numbered_labels(text: str, marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks without labels right behind a number, which are its heading: （二）整改措施：."""
    before: Mark | None = None
    for mark in marks:
        between = text[before.end : min(mark.start, before.end + _LONGEST_GAP)] if before else ""
        if (
            mark.style != LABEL
            or before is None
            or before.style == LABEL
            or between.strip()
            or "\n" in between
            or mark.start - before.end >= _LONGEST_GAP
        ):
            yield mark
        else:
            continue
        before = mark


def _following(marks: Sequence[Mark]) -> list[int | None]:
    """For each mark the next one of its family."""
    after: list[int | None] = [None] * len(marks)
    seen: dict[str, int] = {}
    for index in range(len(marks) - 1, -1, -1):
        style = family(marks[index].style)
        after[index] = seen.get(style)
        seen[style] = index
    return after


_ALWAYS = frozenset({LABEL, "关于", "针对"})
"""Styles whose marks need no run, and may stand in any order."""


@fluid
class _Level:
    """An open level: its style, its latest number, where that mark is in the sequence, how many items it has, and whether it began a line."""

    style: str
    last: int
    index: int
    count: int
    at_start: bool


_DEEPEST = 12
_LONGEST_GAP = 100
_RANK = {style: rank for rank, style in enumerate(STYLES)}


@frozen
class _Levels:
    """The marks of a text on their way to depths. ``holds`` counts how often a family was seen to hold another."""

    text: str
    marks: tuple[Mark, ...]
    following: list[int | None]
    holds: Counter[tuple[str, str]]

    def depths(self) -> tuple[list[int], tuple[Break, ...]]:
        """How deep each mark stands, from 1, and the breaks in the runs."""
        levels: list[_Level] = []
        depths: list[int] = []
        breaks: list[Break] = []
        for index, mark in enumerate(self.marks):
            at = self._continued(levels, mark, index)
            if at is None:
                at = min(self._below(levels, mark), _DEEPEST - 1)
                if at and not self._goes_on(levels[at - 1]):
                    self.holds[family(levels[at - 1].style), family(mark.style)] += 1
                levels[at:] = [_Level(mark.style, mark.number, index, 1, mark.at_start)]
            else:
                level = levels[at]
                if mark.style not in _ALWAYS and mark.number != level.last + 1:
                    breaks.append(Break(mark, level.last + 1))
                for lower in levels[at + 1 :]:
                    self.holds[family(level.style), family(lower.style)] += 2
                level.last, level.index, level.count = mark.number, index, level.count + 1
                del levels[at + 1 :]
            depths.append(at + 1)
        return depths, tuple(breaks)

    def _goes_on(self, level: _Level) -> bool:
        """Whether the level goes on after its latest item."""
        after = self.following[level.index]
        return after is not None and level.style not in _ALWAYS and self.marks[after].number == level.last + 1

    def _continued(self, levels: Sequence[_Level], mark: Mark, index: int) -> int | None:
        """The open level that the mark goes on with: the deepest that expects its number, first of those that began as the mark does."""
        if mark.style in _ALWAYS:
            at = self._below(levels, mark)
            return at if at < len(levels) and levels[at].style == mark.style else None
        same = [at for at in range(len(levels) - 1, -1, -1) if family(levels[at].style) == family(mark.style)]
        expecting = [at for at in same if levels[at].last + 1 == mark.number]
        if len(expecting) > 1 and self._leads_to_label(index):
            expecting = expecting[1:]  # what has 整改措施 below it is not one of them
        if expecting:
            return max(
                expecting, key=lambda at: (levels[at].style == mark.style, levels[at].at_start == mark.at_start, at)
            )
        if mark.number == 1 or not mark.at_start:
            return None
        return next(
            (at for at in same if levels[at].at_start and levels[at].last <= mark.number <= levels[at].last + 3), None
        )

    def _is_next(self, before: Mark, mark: Mark) -> bool:
        return mark.start - before.end < _LONGEST_GAP and not self.text[before.end : mark.start].strip()

    def _leads_to_label(self, index: int) -> bool:
        return index + 1 < len(self.marks) and self.marks[index + 1].style == LABEL

    def _below(self, levels: Sequence[_Level], mark: Mark) -> int:
        """How many of the open levels a new run stands below. For a style of any order: how many stand above its own level."""
        at = len(levels)
        if at and levels[-1].style in _ALWAYS and self._is_next(self.marks[levels[-1].index], mark):
            return at  # what follows a label at once stands below it
        while at:
            level = levels[at - 1]
            same = family(level.style) == family(mark.style)
            if same and mark.style in _ALWAYS:
                return at - 1
            if not mark.at_start and level.at_start:
                return at  # a list inside a line ends nothing that began a line
            if not same and (self._goes_on(level) or self._is_above(level, mark.style)):
                return at
            at -= 1
        return at

    def _is_above(self, level: _Level, style: str) -> bool:
        upper, lower = family(level.style), family(style)
        balance = self.holds[upper, lower] - self.holds[lower, upper]
        if balance:
            return balance > 0
        if style == LABEL and level.count == 1:
            return True
        return _RANK[level.style] < _RANK[style]


def _tree(text: str, marks: Sequence[Mark], depths: Sequence[int]) -> Item:
    """The items. Lines that follow a number inside a line belong to the item that the line began with: owners behind ①…②…."""
    ends = [*(mark.start for mark in marks[1:]), len(text)][: len(marks)]
    below: list[list[Item]] = [[]]
    above: list[tuple[Mark | None, str]] = [(None, text[: marks[0].start] if marks else text)]

    def close(depth: int) -> None:
        while len(below) > depth:
            items = tuple(below.pop())
            mark, own = above.pop()
            if mark is not None:
                below[-1].append(Item(mark, own, mark.start, items))

    for mark, depth, end in zip(marks, depths, ends, strict=True):
        close(depth)
        own, line_end, lines = text[mark.end : end].partition("\n")
        at = _of_the_line(above) if not mark.at_start and mark.style not in _ALWAYS and lines.strip() else None
        if at is None:
            own += line_end + lines
        else:
            above[at] = (above[at][0], f"{above[at][1]}\n{lines}")
        above.append((mark, own))
        below.append([])
    close(1)
    return Item(None, above[0][1], 0, tuple(below[0]))


def _of_the_line(above: Sequence[tuple[Mark | None, str]]) -> int | None:
    """The nearest open item that a line began with."""
    for at in range(len(above) - 1, 0, -1):
        mark = above[at][0]
        if mark is not None and (mark.at_start or mark.style in _ALWAYS):
            return at
    return None
