"""The formats of cells on a sheet: fonts of official documents, a fill for each light, a number format for each value."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from zhenggai.document import Cell, FillKind, Tone

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_BODY, _BOLD, _TITLE = "仿宋", "黑体", "方正小标宋简体"
_FILLS: Mapping[Tone, Mapping[str, str]] = {
    Tone.RED: {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    Tone.YELLOW: {"bg_color": "#FFEB9C", "font_color": "#7F5200"},
    Tone.GREEN: {"bg_color": "#C6EFCE", "font_color": "#006100"},
    Tone.BLUE: {"bg_color": "#CFE2F7", "font_color": "#1F3F77"},
    Tone.DIM: {"font_color": "#7F7F7F"},
}
_TEXT, _DAY = "@", "yyyy-mm-dd"
_NUMBER = re.compile(r'([^0-9"-]*)-?[0-9]+(?:\.([0-9]+))?(%?)([^0-9"]*)')
_LINED = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_size": 11}


def usual_font() -> dict[str, Any]:
    """The usual font, as in Chinese versions of Excel: its digits, 8 pixels wide, are the unit of a column's width.

    XlsxWriter changes what it is given.
    """
    return {"default_format_properties": {"font_name": "宋体", "font_size": 11}, "default_column_width": 72}


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._made: dict[object, Format] = {}

    def _of(self, **properties: Any) -> "Format":
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def title(self) -> "Format":
        """The line at the top."""
        return self._of(
            font_name=_TITLE, font_size=18, align="center", valign="vcenter", text_wrap=True, num_format=_TEXT
        )

    def line(self, *, bold: bool = False, tone: Tone = Tone.PLAIN) -> "Format":
        """A heading or paragraph."""
        font = _BOLD if bold else _BODY
        colour = {"font_color": _FILLS[tone]["font_color"]} if tone in _FILLS else {}
        return self._of(font_name=font, font_size=12, valign="vcenter", text_wrap=True, num_format=_TEXT, **colour)

    def head(self) -> "Format":
        """A head of a table."""
        return self._of(font_name=_BOLD, align="center", bg_color="#E7E6E6", num_format=_TEXT, **_LINED)

    def to_fill(self, kind: FillKind) -> "Format":
        """A cell that is to be filled in, the only kind that is not locked."""
        shown = {FillKind.DAY: _DAY, FillKind.PERCENT: "0"}.get(kind, _TEXT)
        align = "left" if kind is FillKind.TEXT else "center"
        return self._of(font_name=_BODY, bg_color="#FFFBE6", locked=False, align=align, num_format=shown, **_LINED)

    def cell(self, cell: Cell, *, left: bool, total: bool = False) -> "Format":
        """A cell of a table, in the middle or on the ``left``; ``total`` if it is one of the sums."""
        shown = number_format(cell)
        key = (cell.tone, shown, left, total)
        if (made := self._made.get(key)) is None:
            made = self._made[key] = self._of(
                font_name=_BOLD if total else _BODY,
                align="left" if left and cell.value is None else "center",
                num_format=shown,
                **_LINED,
                **_FILLS.get(cell.tone, {}),
            )
        return made


def number_format(cell: Cell) -> str:
    """How a spreadsheet is to show the value of a cell: as its text does.

    >>> [number_format(cell) for cell in (Cell("26.00%", value=0.26), Cell("40%", value=0.4), Cell("3", value=3), Cell("2-1"))]
    ['0.00%', '0%', 'General', '@']
    >>> number_format(Cell("并列3", value=3)), number_format(Cell("100.00%＊", value=1.0))
    ('"并列"0', '0.00%"＊"')
    """
    match cell.value:
        case None:
            return _TEXT
        case date():
            return _DAY
    found = _NUMBER.fullmatch(cell.text)
    if found is None or not any(found.group(1, 3, 4)):
        return "General"
    before, decimals, percent, after = found.groups("")
    number = f"0.{'0' * len(decimals)}{percent}" if decimals else f"0{percent}"
    return _literal(before) + number + _literal(after)


def _literal(text: str) -> str:
    return f'"{text}"' if text else ""
