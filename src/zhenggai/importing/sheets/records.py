"""The rows of a ledger as records: each cell under the program's word for its head. What is no record is named."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.heads import plain_head
from zhenggai.importing.content import Cell, Row, Sheet, cell_name, column_index
from zhenggai.importing.draft import SHOWN, Doubt, Place
from zhenggai.importing.fields.unit_names import is_unit
from zhenggai.importing.sheets.columns import Column, columns_of
from zhenggai.importing.sheets.head_rows import HeadRows, Vocabulary, head_rows
from zhenggai.importing.sheets.passed_rows import REPEATED, passed_over, section_of
from zhenggai.model.wording import shortened

_NOTHING: Final = Cell("")


@frozen
class Record:
    """A row of a ledger. ``columns`` says in which column a word of the program is: 问题, 内容, 单位."""

    sheet: str
    row: Row
    columns: Mapping[str, int]
    section: str = ""
    """The line above it that stands over the whole width of the table, "" if there is none."""
    unit: str = ""
    """The unit that the whole table is about, "" if none is known, or the table has columns for units."""

    def cell(self, field: str) -> Cell:
        """The cell of a column; an empty one if the ledger has no such column."""
        index = self.columns.get(field, len(self.row.cells))
        return self.row.cells[index] if index < len(self.row.cells) else _NOTHING

    def text(self, field: str) -> str:
        """The text of a cell, without blanks around it; "" for one that says nothing (/ or —), or nobody knows what."""
        cell = self.cell(field)
        text = cell.text.strip()
        return "" if cell.uncalculated or _NOT_FILLED_IN.fullmatch(text) else text

    def place(self, field: str = "") -> Place:
        """Where a cell stands; without such a column, the first cell of the row."""
        index = self.columns.get(field, min(self.columns.values(), default=0))
        return Place(self.row.number, self.sheet, cell_name(self.row, index) if self.sheet else "")


@frozen
class Records:
    """A table of a sheet.

    - ``line``: the row of its heads; ``columns``: all columns; ``above``: the texts above the heads.
    - ``doubts``: what was passed over, and what a person must look at.
    """

    sheet: str
    line: int
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    above: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def cell_of(self, column: Column) -> str:
        """The name of the cell of a column's head; "" where cells have no names."""
        return cell_name(Row(self.line, ()), column.index) if self.sheet else ""

    def has(self, field: str) -> bool:
        """Whether there is a column for a word."""
        return any(column.field == field for column in self.columns)


_DITTO: Final = frozenset(("同上", "〃", "″", "同前", "″″"))
_LETTERS: Final = re.compile("[A-Za-z]{1,3}")
_LABELLED: Final = re.compile(r"((?:填报|填表|报送|责任|整改)?单位)[:：]\s*([^\s:：,，;；(（]+)")
PASSED: Final = "跳过"
_NOT_FILLED_IN = re.compile(r"[-—–―─－/／\\无]*")
_DAY: Final = re.compile(r"([0-9]{4})[-年./]\s*([0-9]{1,2})[-月./]\s*([0-9]{1,2})")


def records_of(sheet: Sheet, mapping: Mapping[str, str] | None = None) -> tuple[Records, ...]:
    """The tables of a sheet. ``mapping`` says of a column, by its letter or head, what it says, by a word of the program."""
    words = _vocabulary(mapping or {})
    found = list(head_rows(sheet, words))
    ends = [after.top for _, after in pairwise(found)] + [len(sheet.rows)] if found else []
    tables = []
    for n, (heads, end) in enumerate(zip(found, ends, strict=True)):
        above = sheet.rows[: heads.top] if n == 0 else ()
        tables.append(_table(sheet, heads, words, above, sheet.rows[heads.bottom + 1 : end]))
    return tuple(_joined(tables))


def _vocabulary(mapping: Mapping[str, str]) -> Vocabulary:
    letters = {word.upper(): field for word, field in mapping.items() if _LETTERS.fullmatch(word)}
    others = {plain_head(word): field for word, field in mapping.items() if word.upper() not in letters}
    return Vocabulary(others, {column_index(word): field for word, field in letters.items()})


def day_told(tables: Sequence[Records]) -> date | None:
    """The day that sheets say they are of, above their heads: 截至 2020-06-30."""
    for text in (text for table in tables for text in table.above):
        if re.search("截[至止]|日期|时间", text) and (found := _DAY.search(text)):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                continue
    return None


def _joined(tables: Sequence[Records]) -> Iterator[Records]:
    """The tables; one with the same columns as the one before continues it."""
    last: Records | None = None
    for table in tables:
        if last is not None and [c.field for c in last.columns] == [c.field for c in table.columns]:
            place = Place(table.line, table.sheet, table.cell_of(table.columns[0]))
            again = Doubt(place=place, about=PASSED + REPEATED, what="")
            last = replace(last, records=last.records + table.records, doubts=(*last.doubts, again, *table.doubts))
            continue
        if last is not None:
            yield last
        last = table
    if last is not None:
        yield last


def _table(sheet: Sheet, heads: HeadRows, words: Vocabulary, above: Sequence[Row], below: Sequence[Row]) -> Records:
    chosen = {
        head.column for head in heads.heads if head.column in words.columns or plain_head(head.text) in words.heads
    }
    columns = columns_of(heads.heads, below, chosen)
    texts = tuple(dict.fromkeys(cell.text.strip() for row in above for cell in row.cells if cell.text.strip()))
    rows = _Rows(sheet, heads, {column.field: column.index for column in columns if column.field}, texts)
    for row in below:
        rows.take(row)
    return Records(
        sheet.name, sheet.rows[heads.bottom].number, columns, tuple(rows.records), texts, tuple(rows.all_doubts())
    )


class _Rows:
    """Takes the rows below the heads of a table, and keeps those that are records. ``places``: the columns by what they say."""

    def __init__(self, sheet: Sheet, heads: HeadRows, places: Mapping[str, int], above: Sequence[str]) -> None:
        self.sheet, self.heads, self.places = sheet, heads, places
        self.records: list[Record] = []
        self._doubts: list[Doubt] = []
        self._section: tuple[Row, str] | None = None
        self._is_section_used = True
        self._last: Row | None = None
        self._unit, self._unit_from = ("", "") if _UNITS & places.keys() else _unit_of(sheet.name, above)

    def take(self, row: Row) -> None:
        """Take the next row."""
        if not any(cell.text.strip() or cell.uncalculated for cell in row.cells):
            return
        last, self._last = self._last, row
        if why := passed_over(row, self.heads):
            self._doubts.append(Doubt(place=_place_of(self.sheet, row), about=PASSED + why, what=_shown(row)))
        elif line := section_of(row, self.places):
            self._end_section()
            self._section, self._is_section_used = (row, line), False
        else:
            whole = _repeated_above(_one_cell_each(row, last), self.records[-1:])
            self._keep(
                Record(self.sheet.name, whole, self.places, self._section[1] if self._section else "", self._unit)
            )

    def _keep(self, record: Record) -> None:
        if any(record.text(field) or record.cell(field).uncalculated for field in self.places if field != "序号"):
            if self._unit and not self.records:
                what = f"按{self._unit_from}，是{self._unit}"
                self._doubts.append(Doubt(place=record.place(), about="没有责任单位一列", what=what))
            self._is_section_used = True
            self.records.append(record)
            self._doubts += _doubts_of(record)

    def _end_section(self) -> None:
        """Name a line over the whole width below which nothing stands."""
        if self._section and not self._is_section_used:
            row, line = self._section
            self._doubts.append(
                Doubt(place=_place_of(self.sheet, row), about=f"{PASSED}没有格子的一行", what=_short(line))
            )

    def all_doubts(self) -> Sequence[Doubt]:
        """The doubts, after the last row."""
        self._end_section()
        return self._doubts


_UNITS: Final = frozenset(("单位", "牵头单位", "牵头整改部门责任人"))


def _unit_of(sheet: str, above: Sequence[str]) -> tuple[str, str]:
    """The unit of a table without columns for units, and where it stands: 单位：… above the heads, or the sheet's name."""
    for text in above:
        for label, unit in _LABELLED.findall(text):
            if is_unit(unit):
                return unit, f"表头上面的“{label}：{unit}”"
    return (sheet, "工作表的名字") if is_unit(sheet) else ("", "")


def _one_cell_each(row: Row, above: Row | None) -> Row:
    """The row in which a cell that is merged to the right says it once, in its first column."""

    def is_sideways(n: int, cell: Cell) -> bool:
        upper = above.cells[n].text if above and n < len(above.cells) else None
        return n > 0 and cell.covered and cell.text == row.cells[n - 1].text != upper

    if not any(is_sideways(n, cell) for n, cell in enumerate(row.cells)):
        return row
    cells = (Cell("", covered=True) if is_sideways(n, cell) else cell for n, cell in enumerate(row.cells))
    return replace(row, cells=tuple(cells))


def _place_of(sheet: Sheet, row: Row) -> Place:
    """The place of a row: its first cell with a text."""
    first = next((n for n, cell in enumerate(row.cells) if cell.text.strip()), 0)
    return Place(row.number, sheet.name, cell_name(row, first) if sheet.name else "")


def _repeated_above(row: Row, above: Sequence[Record]) -> Row:
    """The row with what stands above it where a cell says 同上."""
    if not above or not any(cell.text.strip() in _DITTO for cell in row.cells):
        return row
    upper = above[0].row.cells
    cells = (
        replace(upper[n], covered=True) if cell.text.strip() in _DITTO and n < len(upper) else cell
        for n, cell in enumerate(row.cells)
    )
    return replace(row, cells=tuple(cells))


def _doubts_of(record: Record) -> Iterator[Doubt]:
    """What a person must look at in a record: that it is hidden or struck out, and formulas without a result."""
    if record.row.hidden:
        yield Doubt(place=record.place(), about="隐藏的行也读了", what=_shown(record.row))
    fields = [field for field in record.columns if record.text(field)]
    if fields and all(record.cell(field).struck for field in fields if field != "序号"):
        yield Doubt(place=record.place(), about="划去的行也读了", what=_shown(record.row))
    elif struck := sorted((field for field in fields if record.cell(field).struck), key=record.columns.__getitem__):
        names = "、".join(filter(None, (record.place(field).cell for field in struck[1:])))
        what = _short(record.text(struck[0])) + (f"，还有 {names}" if names else "")
        yield Doubt(place=record.place(struck[0]), about="划去的格也读了", what=what)
    for field in record.columns:
        if record.cell(field).uncalculated:
            yield Doubt(place=record.place(field), about="公式没有算出结果", what=f"{field}读不出")


def _shown(row: Row) -> str:
    """The first texts of a row."""
    return _short(" ".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip())))


def _short(text: str) -> str:
    """The beginning of a text, on one line."""
    return shortened(" ".join(text.split()), SHOWN)
