"""The heights of filled rows: a long text that its cell breaks into lines has room."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhenggai.render.xlsx.sizes import LineCounter, height_of
from zhenggai.workbook.cells import Styles, text_in
from zhenggai.workbook.insertion import columns_of
from zhenggai.workbook.xml_tree import child, local

if TYPE_CHECKING:
    from zhenggai.office_file import Element

_USUAL = 8.43  # the width of a column of which nothing is said
_MOST = 1_000  # columns that are looked at
_PIXELS = 8 / 7.34  # of a digit of the usual font, by which widths are given, and of one of text


def raise_rows(sheet: "Element", rows: Sequence["Element"], styles: Styles) -> None:
    """Make rows higher whose texts have no room, never lower."""
    widths = _widths(sheet)
    usual = child(sheet, "sheetFormatPr")
    least = float(usual.get("defaultRowHeight", "15")) if usual is not None else 15.0
    count = LineCounter([widths.get(column, _USUAL) * _PIXELS for column in columns_of(rows[0])])
    for row in rows:
        lines = (
            count(nth, text_in(cell))
            for nth, cell in enumerate(row)
            if cell.get("t") == "inlineStr" and int(cell.get("s", "0")) in styles.breaking
        )
        needed = max(lines, default=1)
        if needed > 1 and height_of(needed) > float(row.get("ht", least)):
            row.set("ht", f"{height_of(needed):g}")
            row.set("customHeight", "1")


def _widths(sheet: "Element") -> dict[int, float]:
    """The widths of columns in characters, where the sheet says them."""
    return {
        number: float(column.get("width", _USUAL))
        for columns in sheet
        if local(columns) == "cols"
        for column in columns
        for number in range(max(int(column.get("min", "1")), 1), min(int(column.get("max", "1")), _MOST) + 1)
    }
