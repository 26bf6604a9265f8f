"""What a sheet's XML says beside the values of its cells: merged ranges, hidden rows, formulas without a result."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element, iterparse

from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

from zhenggai.frozen import frozen
from zhenggai.importing.formats.merged_cells import Range
from zhenggai.importing.formats.workbook_parts import MAIN, rows_within

_ROW, _CELL, _FORMULA, _VALUE, _MERGED = (f"{{{MAIN}}}{name}" for name in ("row", "c", "f", "v", "mergeCell"))
_ON: Final = ("1", "true")
_MATTERS = re.compile(rb"<(?:\w+:)?f\b|\bhidden\s*=|\bht\s*=\s*[\"']0[\"']")
_TEXT: Final = "str"  # the type of a formula's result that is a text, which may be empty


@frozen
class SheetFacts:
    """``uncalculated``: the formulas without a result by rows, each with its column; both count from 1."""

    merged: Sequence[Range]
    hidden: frozenset[int]
    uncalculated: Mapping[int, Sequence[tuple[int, str]]]


def facts_of(xml: bytes, *, recalculated: bool) -> SheetFacts:
    """The facts of a sheet. ``recalculated``: a result of 0 is what some programs write in place of one."""
    merged: list[Range] = []
    hidden: set[int] = set()
    uncalculated: dict[int, list[tuple[int, str]]] = {}
    row = 0
    if not _MATTERS.search(xml):
        rows = rows_within(xml)
        xml = xml[: rows.start] + xml[rows.stop :]
    for _, element in iterparse(BytesIO(xml)):
        if element.tag == _ROW:
            row = _number_of(element, row)
            if element.get("hidden") in _ON or element.get("ht") == "0":
                hidden.add(row)
            for column, cell in _numbered(element):
                formula = cell.find(_FORMULA)
                if formula is not None and not _has_result(cell, recalculated=recalculated):
                    uncalculated.setdefault(row, []).append((column, f"={formula.text or ''}"))
            element.clear()
        elif element.tag == _MERGED:
            left, top, right, bottom = (place or 0 for place in range_boundaries(element.get("ref", "")))
            merged.append(Range(top, left - 1, bottom, right - 1))
    return SheetFacts(merged, frozenset(hidden), uncalculated)


def _number_of(row: Element, before: int) -> int:
    return int(float(row.get("r", before + 1)))


def _numbered(row: Element) -> list[tuple[int, Element]]:
    """The cells of a row with their columns."""
    found: list[tuple[int, Element]] = []
    column = 0
    for cell in row:
        place = cell.get("r")
        column = coordinate_to_tuple(place)[1] if place else column + 1
        found.append((column, cell))
    return found


def _has_result(cell: Element, *, recalculated: bool) -> bool:
    if cell.get("t") == _TEXT:
        return True
    result = cell.findtext(_VALUE)
    return bool(result) and not (recalculated and result == "0")
