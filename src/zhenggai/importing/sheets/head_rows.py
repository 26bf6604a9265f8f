"""The heads of a sheet: which rows they stand in, read downward where one head stands over several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.heads import own_head, plain_head
from zhenggai.importing.content import Cell, Row, Sheet

_DEEPEST: Final = 3  # rows that heads take
_LONGEST: Final = 60  # characters of a head, with its brackets
_FEWEST: Final = 2  # known heads in a row of heads


@frozen
class Head:
    """A head: as much of it as is known, else all its texts from top to bottom joined; the program's word for it, or None.

    ``column`` counts from 0; ``parts`` are the texts of its rows.
    """

    column: int
    text: str
    own: str | None
    parts: tuple[str, ...]


@frozen
class HeadRows:
    """The rows ``top`` to ``bottom`` of a sheet, as indices, and the heads in them."""

    top: int
    bottom: int
    heads: tuple[Head, ...]


@frozen
class Vocabulary:
    """What heads mean besides the table of ``heads``: by their text as it is compared, or by column, counted from 0."""

    heads: Mapping[str, str]
    columns: Mapping[int, str]

    def own(self, text: str) -> str | None:
        """The program's word for a head."""
        return self.heads.get(plain_head(text)) or own_head(text)


def head_rows(sheet: Sheet, words: Vocabulary) -> Iterator[HeadRows]:
    """The heads of each table of a sheet, from top to bottom."""
    rows, start = sheet.rows, 0
    while (found := _next(rows, start, words)) is not None:
        yield found
        start, words = found.bottom + 1, replace(words, columns={})  # below, any text stands in those columns


def is_repeated(row: Row, heads: Sequence[Head]) -> bool:
    """Whether a row has nothing but these heads again, as sheets do on later pages."""
    known = {head.column: {plain_head(text) for text in (head.text, *head.parts)} for head in heads}
    texts = [(n, plain_head(cell.text)) for n, cell in enumerate(row.cells) if cell.text.strip()]
    return len(texts) > 1 and all(text in known.get(n, ()) for n, text in texts)


def _next(rows: Sequence[Row], start: int, words: Vocabulary) -> HeadRows | None:
    """The first heads from row ``start`` on; of rows that can be read as heads in several ways, the one with most known."""
    for first in range(start, len(rows)):
        if _seen_in(rows[first], words) < _FEWEST:
            continue
        spans = [
            (top, bottom)
            for bottom in range(first, min(first + _DEEPEST, len(rows)))
            for top in range(max(start, bottom - _DEEPEST + 1), first + 1)
        ]
        best = max(spans, key=lambda span: (_known_in(rows[span[0] : span[1] + 1], words), span[0] - span[1]))
        top, bottom = _whole(rows, start, *best)
        heads = _heads(rows[top : bottom + 1], words)
        if 2 * sum(head.own is not None for head in heads) >= len(heads):
            return HeadRows(top, bottom, heads)
    return None


def _whole(rows: Sequence[Row], start: int, top: int, bottom: int) -> tuple[int, int]:
    """The span with the rows above it from which a cell reaches down into it."""
    while top > start and bottom - top + 1 < _DEEPEST and any(_reaches_down(rows[top - 1], rows[top])):
        top -= 1
    return top, bottom


def _reaches_down(above: Row, below: Row) -> Iterator[bool]:
    for upper, lower in zip(above.cells, below.cells, strict=False):
        yield lower.covered and not upper.covered and bool(lower.text) and upper.text == lower.text


def _seen_in(row: Row, words: Vocabulary) -> int:
    """How many texts of a row may be heads."""
    texts = {
        n: "".join(cell.text.split()) for n, cell in enumerate(row.cells) if cell.text and len(cell.text) < _LONGEST
    }
    return sum(n in words.columns or words.own(text) is not None for n, text in texts.items())


def _known_in(rows: Sequence[Row], words: Vocabulary) -> float:
    """How many things the heads say, a little less for a head of which only a part is known."""
    known = [head for head in _heads(rows, words) if head.own is not None]
    return len({head.own for head in known}) - 0.1 * sum(head.text != "".join(head.parts) for head in known)


def _heads(rows: Sequence[Row], words: Vocabulary) -> tuple[Head, ...]:
    width = max((len(row.cells) for row in rows), default=0)
    grid = [[_text(row, column) for column in range(width)] for row in rows]
    for upper, lower in pairwise(grid):
        _spread(upper, lower)
    found = [_head(column, [line[column] for line in grid], words) for column in range(width)]
    if len({head.text for head in found}) < 2:
        return ()  # a title over the whole width
    return tuple(head for head in found if head.text)


def _spread(upper: list[str], lower: Sequence[str]) -> None:
    """A head over several stands over those to its right too, where nothing else does (责任 over 单位 and 人, not merged)."""
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1] and upper[column - 1] != lower[column - 1]:
            upper[column] = upper[column - 1]


def _text(row: Row, column: int) -> str:
    cell = row.cells[column] if column < len(row.cells) else Cell("")
    return "".join(cell.text.split())


def _head(column: int, texts: Sequence[str], words: Vocabulary) -> Head:
    parts = tuple(text for n, text in enumerate(texts) if text and text not in texts[:n])
    for text in (*("".join(parts[first:]) for first in range(len(parts))), *_turned(parts)):
        if own := words.own(text):
            return Head(column, text, words.columns.get(column, own), parts)
    return Head(column, "".join(parts), words.columns.get(column) if parts else None, parts)


def _turned(parts: Sequence[str]) -> Iterator[str]:
    """The lowest part before what the one above it is about: 牵头 below 责任单位 is 牵头单位.

    >>> list(_turned(("责任单位", "牵头"))), list(_turned(("时限",)))
    (['牵头单位'], [])
    """
    for word in ("单位", "部门", "领导", "责任人") if len(parts) > 1 else ():
        if parts[-2].endswith(word):
            yield parts[-1] + word
