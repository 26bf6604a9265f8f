"""How wide the columns of a table on paper are: no number, day, name of a unit or short head is broken; the rest goes by weight."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from zhenggai.document import Column, Table
from zhenggai.frozen import frozen
from zhenggai.render.docx.markup import shown
from zhenggai.render.text import width_of

PADDING: Final = 3.0  # points at either side of a cell
_SLACK: Final = 1.0  # points
_LATIN_WIDTH, _BROAD_WIDTH = (
    0.6,
    0.95,
)  # characters that a Latin letter takes in the widest of the fonts that may stand in
_BROAD = re.compile("[%@mwMW]")
_NAME: Final = 12  # characters: a piece of a text up to this length may be a name, which stays whole
_PROSE: Final = 7  # characters that a column of longer texts takes at least
_HEAD: Final = 3  # characters: a longer head may take two lines
_GAP: Final = 0.25  # characters
_MEETINGS = re.compile(r"(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u3400-\u9fff])")
_PIECES = re.compile(r"[、；，。：（）\s]+")
_LATIN = re.compile(r"[!-~\u2011]+")


@frozen
class Fit:
    """The size of a table's texts and the widths of its columns, in points. ``is_whole``: no name in it had to be broken."""

    size: float
    widths: tuple[float, ...]
    is_whole: bool = True


class _Need(NamedTuple):
    """The width of a column in characters: with which nothing is broken, and with which every text has one line."""

    least: float
    most: float


def fit(table: Table, room: float, sizes: Sequence[float]) -> Fit:
    """The widths at the first of the sizes at which no name is broken; at the last one names are broken if they must."""
    rows = (*table.rows, *([table.footer] if table.footer else []))
    needs = [_need(column, [shown(cells[nth].text) for cells in rows]) for nth, column in enumerate(table.columns)]
    weights = [column.weight for column in table.columns]
    for size in sizes:
        least, most = ([each * size + 2 * PADDING + _SLACK for each in column] for column in zip(*needs, strict=True))
        if sum(least) <= room:
            return Fit(size, tuple(_shared_out(least, most, weights, room)))
    return Fit(size, tuple(width * room / sum(least) for width in least), is_whole=False)


def head_lines(head: str) -> list[str]:
    """A head in lines that are about equally long.

    >>> head_lines("完成率"), head_lines("逾期天数"), head_lines("细化的整改措施")
    (['完成率'], ['逾期', '天数'], ['细化的整', '改措施'])
    """
    if width_of(head) <= 2 * _HEAD or head.isascii():
        return [head]
    middle = (len(head) + 1) // 2
    return [head[:middle], head[middle:]]


def _need(column: Column, texts: Sequence[str]) -> _Need:
    head = shown(column.head)
    heads = max(map(extent, head_lines(head)))
    whole = max(map(extent, texts), default=0)
    least = whole
    if column.wrap:
        pieces = [extent(piece) for text in texts for piece in _PIECES.split(text)]
        words = [extent(word) for text in texts for word in _LATIN.findall(text)]
        longest = max(pieces, default=0)
        least = longest if longest <= _NAME else max([_PROSE, *(n for n in words if n <= _NAME)])
    return _Need(max(heads, least), max(heads, whole))


def extent(text: str) -> float:
    """How many characters wide a text is, at most: some programs leave a gap between Chinese and Latin.

    >>> extent("县教育局"), extent("12") < extent("一二")
    (4.0, True)
    """
    narrow = max(2 * len(text) - width_of(text), 0)  # of one column each
    broader = len(_BROAD.findall(text)) * (_BROAD_WIDTH - _LATIN_WIDTH)
    return max(len(text) - narrow, 0) + narrow * _LATIN_WIDTH + broader + len(_MEETINGS.findall(text)) * _GAP


def _shared_out(least: Sequence[float], most: Sequence[float], weights: Sequence[int], room: float) -> list[float]:
    """Widths that add up to ``room``. What is left over goes to columns whose texts take several lines: the more, the longer
    the texts and the heavier the column. What none of them needs goes to all.

    >>> _shared_out([10.0, 10.0, 10.0], [10.0, 50.0, 20.0], [1, 1, 1], 60)
    [10.0, 34.0, 16.0]
    >>> _shared_out([10.0, 10.0], [20.0, 10.0], [1, 1], 60)
    [40.0, 20.0]
    """
    widths = list(least)
    while (left := room - sum(widths)) > 1e-6:
        wants = [weight * (up_to - width) for weight, up_to, width in zip(weights, most, widths, strict=True)]
        if sum(wants) < 1e-6:
            return [width * room / sum(widths) for width in widths]
        share = left / sum(wants)
        widths = [min(up_to, width + share * want) for up_to, width, want in zip(most, widths, wants, strict=True)]
    return widths
