"""How wide the columns and how high the rows of a table are on a sheet of A4, and where its pages end.

Widths are in half-width characters, heights in points. Spreadsheets do not reckon them when a file is opened, and programs
differ in what they show of a text that has no room.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from zhenggai.document import FillKind, Table
from zhenggai.frozen import frozen
from zhenggai.render.text import width_of
from zhenggai.render.visible import visible

ACROSS = 128.0
"""The width of an A4 sheet that lies on its side, without its margins, in characters of 11 points."""
DOWN = 468.0
"""Its height, without its margins."""
LINE, PADDING = 15.5, 5.0  # of a line of text, and above and below all lines of a cell
HIGHEST = 409.0  # no spreadsheet has a higher row

_GAP = 1.5  # between a text and the edges of its cell
_STEPS = ((1.0, 28), (0.9, 24), (0.8, 18), (0.7, 14), (0.6, 11), (0.5, 8))
"""Scales of a page, the best first, each with the least width that a column of free text is to have."""
_LONG = 28  # a longer text is broken into lines in any column
_TO_FILL = 10  # of a column that is to be filled in
_WIDENED = 1.5  # so much wider are the columns of a small table, to fill the page
_NO_START = frozenset("，。、；：？！）》」』”’】％%")  # these end a line rather than begin the next


@frozen
class Sizes:
    """The widths of a table's columns, and the scale at which they fill the width of a page."""

    widths: tuple[float, ...]
    scale: float


def sizes_of(table: Table) -> Sizes:
    """The widths for a table: columns without free text as wide as their texts, the others share what is left.

    The scale is the largest at which these have room enough.
    """
    columns = [_Column.of(table, nth) for nth in range(len(table.columns))]
    free = [column for column in columns if column.is_free]
    fixed = sum(column.wanted for column in columns if not column.is_free)
    for scale, narrow in _STEPS:
        if fixed + sum(column.least(narrow) for column in free) <= ACROSS / scale:
            break
    shares = iter(_shared(ACROSS / scale - fixed, narrow, free))
    widths = [next(shares) if column.is_free else column.wanted for column in columns]
    widened = max(1.0, min(ACROSS / sum(widths), _WIDENED))
    return Sizes(tuple(round(width * widened, 1) for width in widths), min(1.0, ACROSS / (sum(widths) * widened)))


class _Column(NamedTuple):
    """What a column needs: for its head, for its longest text in one line (``wanted``), for one of its long ones (``usual``)."""

    head: int
    wanted: float
    usual: float
    is_free: bool

    def least(self, narrow: int) -> float:
        """The least width that it is to have: it is not narrower than that and its head."""
        return min(self.wanted, max(narrow, self.head) + _GAP)

    @classmethod
    def of(cls, table: Table, nth: int) -> "_Column":
        """A column of a table."""
        column = table.columns[nth]
        texts = {cells[nth].text for cells in (*table.rows, *([table.footer] if table.footer else []))}
        widths = sorted((width_of(visible(text)) for text in texts), reverse=True) or [0]
        head = _head_width(column.head)
        if column.fill:
            width = _TO_FILL * column.weight
            return cls(head=max(width, head), wanted=max(width, head) + _GAP, usual=width, is_free=False)
        longest = widths[: len(widths) // 4 + 1]
        return cls(
            head=head,
            wanted=max(widths[0], head) + _GAP,
            usual=sum(longest) / len(longest),
            is_free=column.wrap or widths[0] > _LONG,
        )


def _head_width(head: str) -> int:
    """The width that a head wants: it may take two lines, and is never broken into single characters."""
    width = width_of(visible(head))
    return max(min(width, 6), -(-width // 4) * 2)


def _shared(room: float, narrow: int, columns: Sequence[_Column]) -> list[float]:
    """Widths that fill ``room``, in which long texts of all columns take the same number of lines, within what columns need.

    >>> _shared(100, 14, [_Column(4, 21.5, 20, True), _Column(4, 301.5, 300, True), _Column(4, 151.5, 150, True)])
    [15.5, 56.3, 28.2]
    """
    few, many = 0.5, 1e6

    def widths(lines: float) -> list[float]:
        return [min(max(column.usual / lines, column.least(narrow)), column.wanted) for column in columns]

    for _ in range(60):
        middle = (few * many) ** 0.5
        few, many = (middle, many) if sum(widths(middle)) > room else (few, middle)
    return [round(width, 1) for width in widths(many)]


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a cell of a width: words and numbers are not broken, nor does 。 begin a line.

    >>> lines_of("制定考核办法", 12 + _GAP), lines_of("制定考核办法", 11 + _GAP), lines_of("制定考核办法。", 12 + _GAP)
    (1, 2, 2)
    >>> lines_of("按2020-06-30的办", 9 + _GAP), lines_of("", 5)
    (3, 1)
    """
    room = max(width - _GAP, 2)
    if width_of(text) <= room:
        return 1
    lines, used, word = 1, 0.0, 0
    for character in text:
        wide = width_of(character)
        in_word = wide == 1 and character != " "
        word = word + 1 if in_word else 0
        if used + wide <= room:
            used += wide
        else:
            lines += 1
            carried = word - 1 if in_word and word <= room else 2 if character in _NO_START else 0
            used = carried + wide
    return lines


def height_of(lines: int, least: int = 1) -> float:
    """The height of a row whose cells have so many lines, at least room for ``least`` lines."""
    return min(max(lines, least) * LINE + PADDING, HIGHEST)


class LineCounter:
    """Counts the lines of texts in columns of given widths. The same texts stand in many rows."""

    def __init__(self, widths: Sequence[float]) -> None:
        self._widths = widths
        self._known: list[dict[str, int]] = [{} for _ in widths]

    def __call__(self, nth: int, text: str) -> int:
        """How many lines a text takes in the column of this place."""
        known = self._known[nth]
        if (lines := known.get(text)) is None:
            lines = known[text] = lines_of(visible(text), self._widths[nth])
        return lines


def row_heights(table: Table, count: Callable[[int, str], int], *, merged: bool = False) -> list[float]:
    """The heights of a table's rows; with ``merged`` without the cells that several rows share."""
    places = [nth for nth, column in enumerate(table.columns) if not (merged and column.merged)]
    least = 3 if any(column.fill and column.fill.kind is FillKind.TEXT for column in table.columns) else 1
    return [height_of(max((count(nth, cells[nth].text) for nth in places), default=1), least) for cells in table.rows]


@frozen
class Part:
    """A cell that rows of one page share: its column, its first row, the row after its last."""

    column: int
    start: int
    end: int


@frozen
class Page:
    """The rows of a page from ``start`` up to before ``end``, with their heights, and the cells that they share."""

    start: int
    end: int
    heights: tuple[float, ...]
    parts: tuple[Part, ...]


def pages_of(table: Table, sizes: Sizes, above: float, heads: float) -> list[Page]:
    """The pages of a table with merged cells. ``above`` is the height of what stands above it, ``heads`` that of its heads.

    What several rows share is said anew on each page, and has room there. Rows that share all merged columns, those of a
    problem, stay on one page if it holds them.
    """
    count = LineCounter(sizes.widths)
    heights = row_heights(table, count, merged=True)
    again = list(table.continued())
    last = max((nth for nth, column in enumerate(table.columns) if column.merged), default=0)
    begins = [nth for nth, places in enumerate(again) if last not in places]

    def page(start: int, end: int) -> Page:
        parts = _parts(table, again, start, end)
        raised = heights[start:end]
        for part in parts:
            lines = count(part.column, table.rows[part.start][part.column].text)
            rows = range(part.start - start, part.end - start)
            lack = height_of(lines) - sum(raised[nth] for nth in rows)
            for nth in rows:
                raised[nth] = min(raised[nth] + max(lack, 0) / len(rows), HIGHEST)
        return Page(start, end, tuple(raised), parts)

    found: list[Page] = []
    start, room = 0, DOWN / sizes.scale - above - heads
    while start < len(heights):
        end = start + 1
        while end < len(heights) and sum(page(start, end + 1).heights) <= room:
            end += 1
        place = bisect_right(begins, end)
        begin, until = begins[place - 1], [*begins, len(heights)][place]
        if start < begin < end < until and sum(page(begin, until).heights) <= DOWN / sizes.scale - heads:
            end = begin
        found.append(page(start, end))
        start, room = end, DOWN / sizes.scale - heads
    return found


def _parts(table: Table, again: Sequence[frozenset[int]], start: int, end: int) -> tuple[Part, ...]:
    """The cells that rows from ``start`` to before ``end`` share, those of one row among them."""
    found = []
    for nth, column in enumerate(table.columns):
        if column.merged:
            begins = [row for row in range(start, end) if row == start or nth not in again[row]]
            found += [Part(nth, *span) for span in zip(begins, [*begins[1:], end], strict=True)]
    return tuple(found)
