"""References to cells, alone and in formulas, as they are after rows were inserted below a row of their sheet."""

import re
from collections.abc import Callable

from zhenggai.frozen import frozen

_CELL = r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})"
_TOKEN = re.compile(
    rf"""
    "(?:[^"]|"")*"                                        # a text
    | \[[^\]]*\](?![\w.]*!)                               # what stands in a table, by its head
    | (?P<sheet> (?: '(?:[^']|'')+' | [\w.\[\]\\]+(?::[\w.]+)? ) ! )?
      (?: (?<![\w.$]) (?P<first>{_CELL}) (?: : (?P<last>{_CELL}) )? (?![\w.(!\[])
        | (?<![\w.$:]) (?P<top>\$?[1-9][0-9]{{0,6}}) : (?P<bottom>\$?[1-9][0-9]{{0,6}}) (?![\w.(!]) )
    """,
    re.VERBOSE,
)
_ONE = re.compile(_CELL)
ROWS = 1_048_576


@frozen
class Insertion:
    """``count`` rows that were inserted below the row ``at`` of a sheet, as copies of it."""

    at: int
    count: int

    def row(self, row: int) -> int:
        """Where a row is now; what would be below the last row of a sheet, in it."""
        return min(row + self.count, ROWS) if row > self.at else row

    def rows(self, first: int, last: int) -> tuple[int, int]:
        """Where some rows are now: what reaches to the row, or over it, has its copies too."""
        return self.row(first), min(last + self.count, ROWS) if last >= self.at else last


def moved_cell(reference: str, insertion: Insertion) -> str:
    """Where a cell is now.

    >>> moved_cell("C9", Insertion(5, 3)), moved_cell("$C$5", Insertion(5, 3))
    ('C12', '$C$5')
    """
    return _ONE.sub(lambda found: f"{found[1]}{found[2]}{found[3]}{insertion.row(int(found[4]))}", reference)


def moved_ranges(references: str, insertion: Insertion) -> str:
    """Where ranges are now, with blanks between them.

    >>> moved_ranges("A1:B4 C5 A6:B7 D2:D5", Insertion(5, 3))
    'A1:B4 C5:C8 A9:B10 D2:D8'
    """
    return " ".join(_moved_range(reference, insertion) for reference in references.split())


def _moved_range(reference: str, insertion: Insertion) -> str:
    found = _TOKEN.fullmatch(reference)
    if found is None or found["first"] is None:
        return reference
    first, last = found["first"], found["last"] or found["first"]
    (top, bottom) = insertion.rows(_row_of(first), _row_of(last))
    return (
        _with_row(first, top)
        if (first, top) == (last, bottom)
        else f"{_with_row(first, top)}:{_with_row(last, bottom)}"
    )


def moved_formula(formula: str, insertion: Insertion, is_there: Callable[[str], bool]) -> str:
    """A formula after the insertion. ``is_there`` says of the name of a sheet ("" for none) whether rows were inserted there.

    >>> here = lambda sheet: sheet in ("", "台账")
    >>> moved_formula('SUM(C5:C5)+C9&"C9"+LOG10(A9)+表!C9+\\'台账\\'!C9', Insertion(5, 3), here)
    'SUM(C5:C8)+C12&"C9"+LOG10(A12)+表!C9+\\'台账\\'!C12'
    >>> moved_formula("A:A+$7:$9+名[C9]+[1]台账!C9", Insertion(5, 3), here)
    'A:A+$10:$12+名[C9]+[1]台账!C9'
    """

    def moved(found: re.Match[str]) -> str:
        if (found["first"] or found["top"]) is None or not is_there(sheet_named(found["sheet"])):
            return found[0]
        sheet = found["sheet"] or ""
        if found["top"]:
            top, bottom = insertion.rows(_row_of(found["top"]), _row_of(found["bottom"]))
            return f"{sheet}{_with_row(found['top'], top)}:{_with_row(found['bottom'], bottom)}"
        if found["last"] is None:
            return sheet + moved_cell(found["first"], insertion)
        top, bottom = insertion.rows(_row_of(found["first"]), _row_of(found["last"]))
        return f"{sheet}{_with_row(found['first'], top)}:{_with_row(found['last'], bottom)}"

    return _TOKEN.sub(moved, formula)


def copied_formula(formula: str, insertion: Insertion, nth: int, is_there: Callable[[str], bool]) -> str:
    """The formula of the row ``insertion.at`` as its copy ``nth`` rows below has it (0: itself), after the insertion.

    What it says of its own row and of rows above it is said of the copy's row and those above; what stands below is a total,
    and stays the same for all.

    >>> here = lambda sheet: not sheet
    >>> copied_formula("C5/SUM($C$5:$C$5)+D4+SUM(A5:B5)+C9", Insertion(5, 3), 2, here)
    'C7/SUM($C$5:$C$8)+D6+SUM(A7:B7)+C12'
    """

    def cell(text: str) -> str:
        row = _row_of(text)
        if _is_fixed(text) or row > insertion.at:
            return _with_row(text, insertion.row(row))
        return _with_row(text, row + nth)

    def copied(found: re.Match[str]) -> str:
        if found["first"] is None or not is_there(sheet_named(found["sheet"])):
            return found[0]
        sheet = found["sheet"] or ""
        if found["last"] is None:
            return sheet + cell(found["first"])
        last = found["last"]
        is_whole = _is_fixed(last) and _row_of(last) >= insertion.at
        return f"{sheet}{cell(found['first'])}:{_with_row(last, min(_row_of(last) + insertion.count, ROWS)) if is_whole else cell(last)}"

    return _TOKEN.sub(copied, formula)


def offset_formula(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads in another cell, so many rows and columns away: a shared formula is written once.

    >>> offset_formula("A1*$B$2+表!C3:C4", 2, 1)
    'B3*$B$2+表!D5:D6'
    """

    def cell(text: str) -> str:
        fixed_column, letters, fixed_row, row = _parts(text)
        letters = letters if fixed_column else letters_of(number_of(letters) + columns)
        return f"{fixed_column}{letters}{fixed_row}{row if fixed_row else (row + rows - 1) % ROWS + 1}"

    def there(found: re.Match[str]) -> str:
        if found["first"] is None:
            return found[0]
        last = f":{cell(found['last'])}" if found["last"] else ""
        return f"{found['sheet'] or ''}{cell(found['first'])}{last}"

    return _TOKEN.sub(there, formula)


def sheets_named(formula: str) -> set[str]:
    """The names of other sheets in a formula."""
    return {sheet_named(found["sheet"]) for found in _TOKEN.finditer(formula) if found["sheet"]}


def spans_of(formula: str) -> list[tuple[str, int, int]]:
    """What a formula refers to: the sheet's name, the first and the last row of each reference."""
    found = (match for match in _TOKEN.finditer(formula) if match["first"] or match["top"])
    return [
        (
            sheet_named(match["sheet"]),
            _row_of(match["first"] or match["top"]),
            _row_of(match["last"] or match["bottom"] or match["first"]),
        )
        for match in found
    ]


def sheet_named(prefix: str | None) -> str:
    """The sheet that a prefix names: 台账 for '台账'!, "" for none."""
    if prefix is None:
        return ""
    name = prefix[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def number_of(letters: str) -> int:
    """The number of a column: 1 for A, 28 for AB."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(number: int) -> str:
    """The letters of a column by its number.

    >>> [letters_of(n) for n in (1, 26, 27, 16384)]
    ['A', 'Z', 'AA', 'XFD']
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(reference: str) -> tuple[int, int]:
    """Row and column of a cell: (5, 3) for C5."""
    _, letters, _, row = _parts(reference)
    return row, number_of(letters)


def box_of(reference: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of a range: (5, 3, 6, 4) for C5:D6."""
    first, _, last = reference.partition(":")
    return *place_of(first), *place_of(last or first)


def _parts(cell: str) -> tuple[str, str, str, int]:
    found = _ONE.fullmatch(cell)
    assert found is not None
    return found[1], found[2], found[3], int(found[4])


def _row_of(text: str) -> int:
    return int(re.sub(r"[^0-9]", "", text))


def _with_row(text: str, row: int) -> str:
    return re.sub(r"[0-9]+", str(row), text)


def _is_fixed(cell: str) -> bool:
    """Whether the row of a reference stays where the formula is copied to: C$5."""
    return "$" in cell[1:]
