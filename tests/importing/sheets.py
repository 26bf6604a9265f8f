"""Sheets in sight: a line a row, cells between |; ↑ and ← are covered by a merged range that begins above or to the left."""

from zhenggai.importing.content import Cell, Row, Sheet

COVERED = {"↑": (-1, 0), "←": (0, -1)}


def sheet(text: str, name: str = "台账", *, hidden: bool = False) -> Sheet:
    """A sheet. A line that begins with ``-`` is a hidden row, a cell in ~~ is struck out, ``=`` a formula without a result."""
    rows: list[Row] = []
    for number, line in enumerate(map(str.strip, text.strip().split("\n")), 1):
        cells: list[Cell] = []
        for column, word in enumerate(line.removeprefix("-").split("|")):
            cells.append(_cell(word.strip().replace("\\n", "\n"), rows, cells, column))
        rows.append(Row(number, tuple(cells), hidden=line.startswith("-")))
    return Sheet(name, tuple(rows), hidden)


def _cell(word: str, rows: list[Row], cells: list[Cell], column: int) -> Cell:
    if word in COVERED:
        first = rows[-1].cells[column] if word == "↑" else cells[-1]
        return Cell(first.text, first.value, covered=True)
    if word == "=":
        return Cell("", uncalculated=True)
    return Cell(word.strip("~"), struck=word.startswith("~~"))
