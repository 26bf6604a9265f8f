"""A workbook as sheets of cells; runs in the process with limits."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl

from zhenggai.importing.content import Cell, Row, Sheet


def read_excel(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx in their order."""
    book = openpyxl.load_workbook(BytesIO(data), data_only=True, rich_text=True)
    return tuple(
        Sheet(
            sheet.title,
            tuple(
                Row(number, cells)
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
                if any(cells := tuple(map(_cell, row)))
            ),
            sheet.sheet_state != "visible",
        )
        for sheet in book.worksheets
    )


def _cell(value: object) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Cell(str(value), value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(str(value), Decimal(str(value)))
    return Cell(str(value).strip())
