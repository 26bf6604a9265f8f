"""Merged cells of a sheet: the cells that a range covers say what its first cell says."""

from collections.abc import Sequence
from dataclasses import replace

from zhenggai.frozen import frozen
from zhenggai.importing.content import Cell

EMPTY = Cell("")


@frozen
class Range:
    """A merged range; rows count from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


class Covering:
    """Which cells are covered, asked for row by row from the top."""

    def __init__(self, merged: Sequence[Range]) -> None:
        self._next = sorted(merged, key=lambda area: area.top, reverse=True)
        self._open: list[tuple[Range, Cell]] = []

    def resolved(self, number: int, cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
        """The cells of a row with what covers them, as far as ``width`` columns. Rows that are left out may be empty."""
        row = list(cells)
        for area, first in self._open:
            if number <= area.bottom:
                _cover(row, area, first, area.left, width)
        self._open = [(area, first) for area, first in self._open if number < area.bottom]
        while self._next and self._next[-1].top <= number:
            area = self._next.pop()
            first = EMPTY
            if area.top == number:
                first = row[area.left] if area.left < len(row) else EMPTY
                _cover(row, area, first, area.left + 1, width)
            elif number <= area.bottom:
                _cover(row, area, first, area.left, width)
            if number < area.bottom:
                self._open.append((area, first))
        return tuple(row)


def _cover(row: list[Cell], area: Range, first: Cell, start: int, width: int) -> None:
    """Put what the first cell says into a row's cells from column ``start`` to the end of the range."""
    end = min(area.right + 1, width)
    if start < end:
        row.extend([EMPTY] * (end - len(row)))
        row[start:end] = [replace(first, covered=True)] * (end - start)
