"""Tables of a report: cells under columns, and what a format needs to know of them to show or to print them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise, takewhile

from zhenggai.document.drawing import Curve, Lane, Scale, Tone
from zhenggai.frozen import frozen

Value = int | float | date
"""What a spreadsheet reckons with."""


@frozen
class Cell:
    """One value as text; ``tone`` colours it where there are colours.

    ``marks`` are the parts of it that a search has found, as pairs (first character, the one after the last). ``value`` is
    the number or day that the text says, for formats whose cells have values; of a text in per cent, the share: 0.4 of 40%.
    ``lane`` is the same as a bar. On paper the cell has room for ``lines``, to be written on by hand.
    """

    text: str
    tone: Tone = Tone.PLAIN
    marks: tuple[tuple[int, int], ...] = ()
    value: Value | None = None
    lane: Lane | None = None
    lines: int = 1

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, some of them empty, each with whether it is marked.

        >>> list(Cell("主题党日制度", marks=((2, 4),)).pieces())
        [('主题', False), ('党日', True), ('制度', False)]
        """
        at = 0
        for start, end in self.marks:
            yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        yield self.text[at:], False

    def in_brackets(self) -> "Cell":
        """The cell for where there are no colours: what is marked is in brackets.

        >>> Cell("主题党日制度", marks=((2, 4),)).in_brackets().text
        '主题【党日】制度'
        """
        if not self.marks:
            return self
        text = "".join(f"【{piece}】" if is_marked else piece for piece, is_marked in self.pieces())
        return replace(self, text=text, marks=())


class FillKind(StrEnum):
    """What is to be written into a cell of a form."""

    TEXT = "文字"
    CHOICE = "选一个"
    PERCENT = "百分数"  # a whole number from 0 to 100
    DAY = "日期"


@frozen
class Fill:
    """That the cells of a column are to be filled in; ``about`` says with what, ``choices`` are the words of a CHOICE."""

    kind: FillKind
    about: str
    choices: tuple[str, ...] = ()


@frozen
class Column:
    """A table's column. ``keep`` ranks it: on a narrow screen the columns with the highest ``keep`` go first.

    Among equals the rightmost goes first; one column always stays. The numbers of ``part`` columns add up to a total: those
    of the parts that go stay as their sum. ``limit`` is how many characters a text of it takes on a screen. Equal cells
    of a ``merged`` column that stand below each other are one, as in ledgers where one problem has several rows. On paper
    ``weight`` is its share of the width, and neighbours of one ``group`` stand under that word as a common head; a ``paper``
    column is on paper only. With ``fill`` its cells are to be filled in; a spreadsheet then locks the others. ``scale`` is
    that of its lanes.
    """

    head: str
    numeric: bool = False
    keep: int = 0
    wrap: bool = False  # free text, may take several lines; other columns are never broken
    limit: int | None = None
    weight: int = 1
    group: str = ""
    part: bool = False
    merged: bool = False
    paper: bool = False
    fill: Fill | None = None
    scale: Scale | None = None

    def on_screen(self, cell: Cell) -> Cell:
        """A cell of this column as a screen shows it: a text longer than ``limit`` is cut off, with … at the end.

        >>> Column("内容", limit=5).on_screen(Cell("制定考核办法")).text
        '制定考核…'
        """
        if self.limit is None or len(cell.text) <= self.limit:
            return cell
        return replace(cell, text=f"{cell.text[: self.limit - 1]}…", marks=())


class TableForm(StrEnum):
    """How a page shows a table."""

    LIST = "表"
    CARDS = "卡片"  # a card a row: name, figure, and what is said of it
    GROUPS = "分组"  # what the cells of merged columns say stands above the rows that they are of
    GRID = "格子"  # every column but the first is as narrow as its cells: what stands where is seen at a glance


@frozen
class Table:
    """Rows of cells under columns; every row has as many cells as there are columns. ``footer`` is the sums' row.

    ``landscape``: on paper it needs a page that lies on its side. ``merged``: in a spreadsheet the cells of merged columns are
    to be one, for printing; else each row is whole, for filters. ``curve`` is drawn above the table; ``legend`` says what is
    drawn. ``keys`` are the choices (see ``Facet``) that each row belongs to; a row without keys belongs to all.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    footer: tuple[Cell, ...] = ()
    landscape: bool = False
    merged: bool = False
    form: TableForm = TableForm.LIST
    curve: Curve | None = None
    keys: tuple[tuple[str, ...], ...] = ()
    legend: str = ""

    def under(self, headings: Sequence[str]) -> "Table":
        """The table with a row for each heading above the rows that stand under it, in the first column of free text.

        ``headings`` has the heading of each row; "" is none.

        >>> plain = table([Column("号"), Column("问题", wrap=True)], [row(1, "甲"), row(2, "乙"), row(3, "丙")])
        >>> [tuple(cell.text for cell in cells) for cells in plain.under(["党建", "党建", ""]).rows]
        [('', '党建'), ('1', '甲'), ('2', '乙'), ('3', '丙')]
        """
        place = next(nth for nth, column in enumerate(self.columns) if column.wrap)
        rows: list[tuple[Cell, ...]] = []
        keys: list[tuple[str, ...]] = []
        for nth, (heading, before, cells) in enumerate(zip(headings, ("", *headings), self.rows, strict=False)):
            if heading not in ("", before):
                rows.append(tuple(Cell(heading if nth == place else "") for nth in range(len(self.columns))))
                keys.append(())
            rows.append(cells)
            keys += self.keys[nth : nth + 1]
        return replace(self, rows=tuple(rows), keys=tuple(keys) if self.keys else ())

    def continued(self) -> Iterator[frozenset[int]]:
        """For each row the places of the cells that are one with the cell above.

        They are of merged columns, and say the same as the cell above; so do the cells of all merged columns to their left.

        >>> heads = (Column("问题", merged=True), Column("类别", merged=True), Column("措施"))
        >>> table = Table(heads, (row("甲", "x", 1), row("甲", "x", 1), row("乙", "x", 1)))
        >>> [sorted(places) for places in table.continued()]
        [[], [0, 1], []]
        """
        merged = [n for n, column in enumerate(self.columns) if column.merged]
        yield from (frozenset() for _ in self.rows[:1])
        yield from (_places_alike(merged, *rows) for rows in pairwise(self.rows))

    def on_screen(self) -> "Table":
        """The table as a screen shows it: its columns within their limits, merged cells said once, nothing that is for paper."""
        if not any(column.paper or column.merged or column.limit is not None for column in self.columns):
            return self
        shown = [(nth, column) for nth, column in enumerate(self.columns) if not column.paper]
        rows = tuple(
            tuple(Cell("") if nth in again else column.on_screen(cells[nth]) for nth, column in shown)
            for cells, again in zip(self.rows, self.continued(), strict=True)
        )
        footer = tuple(self.footer[nth] for nth, _ in shown if self.footer)
        return replace(self, columns=tuple(column for _, column in shown), rows=rows, footer=footer)

    def in_brackets(self) -> "Table":
        """The table for where there are no colours: what is marked is in brackets."""
        rows = tuple(tuple(cell.in_brackets() for cell in cells) for cells in self.rows)
        return replace(self, rows=rows)


def _places_alike(places: Sequence[int], above: Sequence[Cell], below: Sequence[Cell]) -> frozenset[int]:
    """The first of the places, up to where two rows differ."""
    return frozenset(takewhile(lambda n: above[n] == below[n], places))


def row(*values: object) -> tuple[Cell, ...]:
    """A table row of plain values: None is an empty cell, a Cell stays as it is.

    >>> [(cell.text, cell.value) for cell in row(3, None, "3", date(2020, 6, 30))]
    [('3', 3), ('', None), ('3', None), ('2020-06-30', datetime.date(2020, 6, 30))]
    """
    return tuple(value if isinstance(value, Cell) else _cell(value) for value in values)


def _cell(value: object) -> Cell:
    match value:
        case None:
            return Cell("")
        case str() | bool():
            return Cell(str(value))
        case int() | float() | date():
            return Cell(str(value), value=value)
        case Decimal():
            return Cell(str(value), value=float(value))
        case _:
            return Cell(str(value))


def marked(pieces: Iterable[tuple[str, bool]]) -> Cell:
    """A cell of pieces, each with whether it is marked; see ``Cell.pieces``."""
    text, marks = "", list[tuple[int, int]]()
    for piece, is_marked in pieces:
        if is_marked:
            marks.append((len(text), len(text) + len(piece)))
        text += piece
    return Cell(text, marks=tuple(marks))


def columns(*columns: Column | str) -> tuple[Column, ...]:
    """Columns from heads: a plain word is a column with nothing special about it."""
    return tuple(c if isinstance(c, Column) else Column(c) for c in columns)


def table(heads: Sequence[Column | str], rows: Sequence[tuple[Cell, ...]], title: str = "") -> Table:
    """A table without a footer."""
    return Table(columns(*heads), tuple(rows), title)
