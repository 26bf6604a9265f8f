"""Texts that others wrote, and tables as CSV, in UTF-8, GBK or UTF-16."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from zhenggai.errors import UsageError
from zhenggai.importing.content import Cell, Manuscript, Paragraph, Row, Sheet
from zhenggai.importing.formats.printed_text import printed
from zhenggai.reading.encoding import recognised

_LINE_END = re.compile(r"\r\n|\r|\n")
_DELIMITERS = ",\t;"
_FORMULA = re.compile(r"^'(?=[=+\-@\t\r])")  # the mark that our own CSV puts before what a spreadsheet would run
_LARGEST: Final = 10_000_000  # bytes
_MOST_IN_A_FIELD: Final = 1_000_000  # characters
_MOST_ROWS: Final = 100_000
_MOST_CELLS: Final = 400_000


def read_text(data: bytes, path: str) -> Manuscript:
    """The lines of a text as paragraphs, without the blank ones. Raises ``UsageError`` if its encoding is unknown."""
    lines = enumerate(_LINE_END.split(_text(data, path)), 1)
    return tuple(Paragraph(said, number) for number, line in lines if (said := printed(line)))


def read_csv(data: bytes, path: str) -> Sheet:
    """The only sheet of a CSV file; a row is a record, which may have several lines. Raises ``UsageError`` if it is broken."""
    text = _text(data, path)
    return Sheet("", tuple(_rows(text, path)))


def _rows(text: str, path: str) -> Iterator[Row]:
    csv.field_size_limit(_MOST_IN_A_FIELD)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    cells = 0
    try:
        for number, record in enumerate(reader, 1):
            cells += len(record)
            if number > _MOST_ROWS or cells > _MOST_CELLS:
                raise UsageError(f"{path} 的行太多，读不完\n  下一步：删去用不着的行，或分成几个文件")
            if any(map(str.strip, record)):
                yield Row(number, tuple(Cell(printed(_FORMULA.sub("", value))) for value in record))
    except csv.Error:
        raise UsageError(
            f"{path}:{reader.line_num}: 这一行读不成表格\n  下一步：用 Excel、WPS 打开，另存为 .xlsx"
        ) from None


def _delimiter(text: str) -> str:
    """What stands between the fields: the most frequent of those possible in the first lines, outside quotes."""
    first = re.sub(r'"[^"]*"', "", text[:20_000])
    return max(_DELIMITERS, key=first.count)


def _text(data: bytes, path: str) -> str:
    if len(data) > _LARGEST:
        raise UsageError(
            f"{path} 太大，文本超过 {_LARGEST // 1_000_000} MB\n  下一步：删去用不着的内容，或分成几个文件"
        )
    decoded = recognised(data)
    if decoded.encoding is None or "\0" in decoded.text:
        raise UsageError(f"{path} 不是文本，或看不出用的什么编码\n  下一步：用记事本打开，另存为 UTF-8")
    return decoded.text
