"""What is refused of an office file before any library sees it: entities, and whatever would take all memory or time.

Each part's XML is walked once by expat, which keeps nothing.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from zhenggai.errors import UsageError
from zhenggai.importing.formats.office_parts import plain_xml
from zhenggai.office_file import OfficeFormat

_MOST_ELEMENTS: Final = 600_000  # of all parts together; a row of 15 cells has 31
_MOST_BESIDES: Final = 200_000  # of a part that has other things than content
_CONTENT: Final = ("document", "worksheet", "sst")  # the roots of the parts that have it
_MOST_PARAGRAPHS: Final = 60_000  # those in cells too
_DEEPEST: Final = 200
_MOST_ATTRIBUTES: Final = 200  # of an element
_MOST_STYLES: Final = 66_000  # Excel has 65,490
_MOST_SHEETS: Final = 500
_LAST_COLUMN: Final = "ZZ"  # 702 columns
_MOST_PLACES: Final = 3_000_000  # cells of all rows, each row up to its last one
_MOST_ROWS: Final = 2_200_000  # of all sheets, each up to its last one; one sheet can have 1,048,576
_MOST_MERGED: Final = 2_200_000  # cells that are merged: two whole columns
_MOST_RANGES: Final = 50_000
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^<>]*(?:/>|></c>)')
_PLACELESS = re.compile(rb"<(?:c|row)(?:>|/>|\s(?![^<>]*\br\s*=))")
_EMPTY_ROW = re.compile(rb"<row (?=[^<>]*\br=)[^<>]*(?:/>|></row>)")
_TOO_MUCH: Final = "内容太多，读不完"
_IN_PARTS: Final = "下一步：分成几个文件，或删去用不着的内容，另存一份"
_NO_COLUMN: Final = (0, "")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def _without_empty_cells(xml: bytes) -> bytes:
    """A sheet without its empty cells and rows; as it is if places are counted, not named."""
    return xml if _PLACELESS.search(xml) else _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", xml))


def scanned(parts: Mapping[str, bytes], path: str, wanted: OfficeFormat) -> Mapping[str, bytes]:
    """The parts that are XML, sheets without what is only formatted: there may be 100,000s of empty cells.

    Raises ``UsageError`` if no program that people write with would make such parts, or they are too much.
    """
    xml = {name: data for name, data in parts.items() if name.lower().endswith((".xml", ".rels"))}
    if sum(data.count(b"<v>") for data in xml.values()) > _MOST_ELEMENTS // 2:  # each is in a cell
        raise UsageError(f"{path} {_TOO_MUCH}\n  {_IN_PARTS}")
    xml = {name: _without_empty_cells(data) if b"sheetData" in data[:100_000] else data for name, data in xml.items()}
    if sum(data.count(b"<") for data in xml.values()) > 2 * _MOST_ELEMENTS:  # no need to walk them
        raise UsageError(f"{path} {_TOO_MUCH}\n  {_IN_PARTS}")
    scan = _Scan()
    for name, data in xml.items():
        try:
            scan.read(name, plain_xml(data))
        except _Refused as refused:
            raise UsageError(f"{path} {refused}\n  {refused.remedy or wanted.remedy}") from None
        except (ExpatError, ValueError):
            raise UsageError(f"{path} 已损坏：其中的 {name} 读不出来\n  {wanted.remedy}") from None
    return xml


class _Refused(Exception):
    """What is wrong with a part, and what to do if saving it anew does not help."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.remedy = remedy


class _Scan:
    """Walks the parts of a file, and adds up what they have."""

    def __init__(self) -> None:
        self._elements = self._places = self._rows = self._merged = self._ranges = self._styles = self._sheets = 0
        self._paragraphs = 0

    def read(self, name: str, data: bytes) -> None:
        """Walk a part. Raises ``_Refused``, or what expat raises for broken XML."""
        self._name, self._depth, self._row, self._column = name, 0, 0, _NO_COLUMN
        self._in_part, self._most_in_part = 0, 1
        self._steps: Mapping[str, Callable[[_Scan, Mapping[str, str]], None]] = {}
        parser = ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(data, True)

    def _doctype(self, *_: object) -> None:
        raise _Refused(f"不是办公软件写的：{self._name} 里有 DTD")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        self._in_part += 1
        if self._elements > _MOST_ELEMENTS or self._in_part > self._most_in_part:
            raise _Refused(_TOO_MUCH, _IN_PARTS)
        if self._depth > _DEEPEST or len(attributes) > _MOST_ATTRIBUTES:
            raise _Refused(f"不是办公软件写的：{self._name} 的结构太复杂")
        name = tag.rpartition(":")[2]
        if self._depth == 1:
            self._steps = _STEPS.get(name, {})
            self._most_in_part = _MOST_ELEMENTS if name in _CONTENT else _MOST_BESIDES
        if step := self._steps.get(name):
            step(self, attributes)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._depth == 2 and self._column is not _NO_COLUMN:  # a row
            self._places += column_number(self._column[1])
            self._column = _NO_COLUMN
            if self._places > _MOST_PLACES:
                raise _Refused("的格子太多，读不完", "下一步：删去右边用不着的列，另存一份")
        elif self._depth == 1 and self._row:
            self._rows += self._row
            self._row = 0
            if self._rows > _MOST_ROWS:
                raise _Refused("的行太多，读不完", "下一步：删去下面用不着的行，另存一份")

    def _in_row(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        number = self._row + 1 if place is None else int(place)
        if number <= self._row:
            raise _Refused(f"已损坏：{self._name} 的行号乱了")
        self._row = number

    def _in_cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            return
        letters = place.rstrip("0123456789")
        if not (letters.isascii() and letters.isupper()):
            raise _Refused(f"已损坏：{self._name} 里有格子没有列号")
        column = (len(letters), letters)
        if column <= self._column:
            raise _Refused(f"已损坏：{self._name} 的列号乱了")
        if column > (len(_LAST_COLUMN), _LAST_COLUMN):
            raise _Refused(
                f"的 {place[:12]} 有内容，太靠右了", f"下一步：删去 {_LAST_COLUMN} 列以后用不着的内容，另存一份"
            )
        self._column = column

    def _in_range(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("ref", "")
        corners = [_PLACE.fullmatch(corner) for corner in reference.split(":")]
        columns = [column_number(corner[1]) for corner in corners if corner]
        rows = [int(corner[2]) for corner in corners if corner]
        if len(corners) > 2 or not all(corners) or columns != sorted(columns) or rows != sorted(rows):
            raise _Refused(f"已损坏：{self._name} 里合并的格子读不出来")
        self._ranges += 1
        self._merged += (columns[-1] - columns[0] + 1) * (rows[-1] - rows[0] + 1)
        if self._ranges > _MOST_RANGES or self._merged > _MOST_MERGED:
            raise _Refused(f"合并的格子太多（如 {reference}）", f"下一步：取消 {reference} 的合并，另存一份")

    def _in_styles(self, _: Mapping[str, str]) -> None:
        self._styles += 1
        if self._styles > _MOST_STYLES:
            raise _Refused("的格式太多，读不完")

    def _in_paragraph(self, _: Mapping[str, str]) -> None:
        self._paragraphs += 1
        if self._paragraphs > _MOST_PARAGRAPHS:
            raise _Refused("太长，不像一份方案", "下一步：只留方案，另存一份")

    def _in_sheet(self, _: Mapping[str, str]) -> None:
        self._sheets += 1
        if self._sheets > _MOST_SHEETS:
            raise _Refused("的工作表太多，读不完", "下一步：删去用不着的工作表，另存一份")


_STEPS: Final[Mapping[str, Mapping[str, Callable[[_Scan, Mapping[str, str]], None]]]] = {
    "document": {"p": _Scan._in_paragraph},
    "workbook": {"sheet": _Scan._in_sheet},
    "worksheet": {
        "row": _Scan._in_row,
        "c": _Scan._in_cell,
        "mergeCell": _Scan._in_range,
    },
    "styleSheet": {"xf": _Scan._in_styles, "numFmt": _Scan._in_styles},
}


def column_number(letters: str) -> int:
    """The number of a column, from 1.

    >>> column_number("A"), column_number("AB"), column_number("XFD")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
