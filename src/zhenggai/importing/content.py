"""What stands in somebody's file, without its format: paragraphs, and sheets of cells, each with its place."""

from datetime import date
from decimal import Decimal

from zhenggai.frozen import frozen


@frozen
class Paragraph:
    """A paragraph as it is printed: an automatic number stands before its text, what was deleted is not there.

    ``line`` counts from 1: the line of a text file; in a Word file the paragraph, empty ones and rows of tables counted too.
    """

    text: str
    line: int


@frozen
class Cell:
    """A cell as it is shown. ``value`` is set if the file keeps a number or a day there, not a text.

    A cell that a merged range covers has the text and value of the range's first cell, and ``covered``.
    ``struck``: the whole text is crossed out. ``uncalculated``: a formula whose result the file does not have.
    """

    text: str
    value: date | Decimal | None = None
    covered: bool = False
    struck: bool = False
    uncalculated: bool = False


@frozen
class Row:
    """A row of a sheet. ``number`` counts from 1, as the program shows it; of a table in a Word file it is the ``line``."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@frozen
class Sheet:
    """A sheet of a workbook, the only one of a CSV file (``name`` is ""), or a table of a Word file. Empty rows may be left out."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False


Manuscript = tuple[Paragraph | Sheet, ...]
"""A text: paragraphs and tables in their order."""


def cell_name(row: Row, column: int) -> str:
    """The name of a cell in a workbook; ``column`` counts from 0.

    >>> cell_name(Row(8, ()), 1), cell_name(Row(2, ()), 27)
    ('B8', 'AB2')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row.number}"


def column_index(letters: str) -> int:
    """The column with these letters, counted from 0.

    >>> column_index("B"), column_index("AB")
    (1, 27)
    """
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
