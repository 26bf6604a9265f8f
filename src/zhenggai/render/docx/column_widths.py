"""How wide the columns of a table on paper are: no number, day or short head is broken, and the column with the longest texts
has a readable width; before that gets less, names take two lines. The rest goes by weight."""

import re
from collections.abc import Sequence
from itertools import product
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
_SHORT: Final = 6  # characters: a shorter name has one line even where others take two
_PROSE: Final = 7  # characters that a column of longer texts takes at least
_READABLE: Final = 15  # characters that the column with the longest texts should take
_SMALL: Final = 9.0  # points: names take two lines before the texts are smaller
_HEAD: Final = 3  # characters: a longer head may take two lines
_GAP: Final = 0.25  # characters
_MEETINGS = re.compile(r"(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u3400-\u9fff])")
_PIECE = re.compile(r"[（《“‘【]*[^、；，。：（）\s]+[、；，。：）]?")
_UNBREAKABLE = re.compile(r"[（“]?(?:[0-9]+年(?:[0-9]+月)?(?:[0-9]+日)?|[!-~\u2011]+)[）”、，；：。]?")


@frozen
class Fit:
    """The size of a table's texts and the widths of its columns, in points. ``is_whole``: no number or day in it had to be broken."""

    size: float
    widths: tuple[float, ...]
    is_whole: bool = True


class _Need(NamedTuple):
    """The width of a column in characters: with which names take two lines, with which nothing is broken, with which a text has
    a line, and what it ends with in brackets one below, and with which every text has one line."""

    tight: float
    least: float
    text: float
    most: float


def fit(table: Table, room: float, sizes: Sequence[float]) -> Fit:
    """The widths at the first of the sizes at which all columns have what they need, that with the longest texts a readable
    width; if none is large enough for that, names take two lines. At the last size numbers are broken if they must."""
    rows = (*table.rows, *([table.footer] if table.footer else []))
    needs = [_need(column, [shown(cells[nth].text) for cells in rows]) for nth, column in enumerate(table.columns)]
    weights = [column.weight for column in table.columns]
    longest = max(range(len(needs)), key=lambda n: table.columns[n].wrap * weights[n] * needs[n].text)
    readable = [min(need.text, _READABLE) if n == longest else 0 for n, need in enumerate(needs)]
    tight, least, _, most = zip(*needs, strict=True)
    forms = list(map(max, least, readable)), list(map(max, tight, readable)), tight
    large = [size for size in sizes if size >= _SMALL]
    for form, size in (*product(forms, large), *product(forms, sizes[len(large) :])):
        taken, wanted = ([each * size + 2 * PADDING + _SLACK for each in widths] for widths in (form, most))
        if sum(taken) <= room:
            return Fit(size, tuple(_shared_out(taken, wanted, weights, room)))
    return Fit(size, tuple(width * room / sum(taken) for width in taken), is_whole=False)


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
    most = max(heads, whole)
    if not column.wrap:
        return _Need(most, most, most, most)
    lines = [extent(line) for text in texts for line in before_brackets(text)]
    pieces = [extent(piece) for text in texts for piece in _PIECE.findall(text)]
    words = [n for text in texts for word in _UNBREAKABLE.findall(text) if (n := extent(word)) <= _NAME]
    longest, unbroken = max(pieces, default=0), max([heads, *words])
    least = longest if longest <= _NAME else _PROSE
    return _Need(
        max(unbroken, min(least, max(longest / 2 + 1, _SHORT))), max(unbroken, least), max(lines, default=0), most
    )


def before_brackets(text: str) -> list[str]:
    """A text in two lines if it ends in brackets.

    >>> before_brackets("6月底前（2020-06-30）"), before_brackets("6月底前")
    (['6月底前', '（2020-06-30）'], ['6月底前'])
    """
    before, bracket, inside = text.rpartition("（")
    return [before, bracket + inside] if before and inside.endswith("）") else [text]


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
