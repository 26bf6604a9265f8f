"""The rows of a ledger as records: each cell under the program's word for its head. What is no record is named."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.heads import plain_head
from zhenggai.importing.columns import Column, columns_of
from zhenggai.importing.content import Cell, Row, Sheet, cell_name, column_index
from zhenggai.importing.draft import Doubt, Place
from zhenggai.importing.head_rows import HeadRows, Vocabulary, head_rows, is_repeated

_NOTHING: Final = Cell("")


@frozen
class Record:
    """A row of a ledger. ``columns`` says in which column a word of the program is: 问题, 内容, 单位."""

    sheet: str
    row: Row
    columns: Mapping[str, int]
    section: str = ""
    """The line above it that stands over the whole width of the table, "" if there is none."""

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
PASSED: Final = "跳过"
_REPEATED: Final = "重复的表头"
_NOT_FILLED_IN = re.compile(r"[-—–―─－/／\\无]*")
_DAY: Final = re.compile(r"([0-9]{4})[-年./]\s*([0-9]{1,2})[-月./]\s*([0-9]{1,2})")
_HEADING = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|.{2,20}方面$")
_TOTAL = re.compile(r"[(（【]?(小计|合计|总计|共计|累计|本页小计|本页合计)([(（:：].*)?[)）】]?[:：]?")
_NOTE = re.compile(r"(注|备注|附注|说明|填表说明|填报说明|注释)(\d*[:：.、]|\d+$)")
_SIGNATURE = re.compile(
    r".{0,8}(填报人|填表人|制表人|审核人|审批人|负责人|签字|签名|盖章|联系人|联系电话|填报单位|填表单位|填报日期|填表日期|填报|填表|填报时间|制表日期|制表时间|编制单位)"
    r".{0,6}[:：(（].*"
)


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
            again = Doubt(place=place, about=PASSED + _REPEATED, what="")
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
    places = {column.field: column.index for column in columns if column.field}
    records: list[Record] = []
    doubts: list[Doubt] = []
    section = ""
    for row in below:
        if not any(cell.text.strip() or cell.uncalculated for cell in row.cells):
            continue
        if why := _passed_over(row, heads):
            doubts.append(Doubt(place=_place_of(sheet, row), about=PASSED + why, what=_shown(row)))
        elif line := _section(row, places):
            section = line
        else:
            record = Record(sheet.name, _repeated_above(row, records[-1:]), places, section)
            if any(record.text(field) or record.cell(field).uncalculated for field in places if field != "序号"):
                records.append(record)
                doubts += _doubts_of(record)
    texts = tuple(dict.fromkeys(cell.text.strip() for row in above for cell in row.cells if cell.text.strip()))
    return Records(sheet.name, sheet.rows[heads.bottom].number, columns, tuple(records), texts, tuple(doubts))


def _place_of(sheet: Sheet, row: Row) -> Place:
    """The place of a row: its first cell with a text."""
    first = next((n for n, cell in enumerate(row.cells) if cell.text.strip()), 0)
    return Place(row.number, sheet.name, cell_name(row, first) if sheet.name else "")


def _passed_over(row: Row, heads: HeadRows) -> str | None:
    """Why a row is no record; None for a record."""
    texts = list(dict.fromkeys("".join(cell.text.split()) for cell in row.cells if cell.text.strip()))
    if is_repeated(row, heads.heads):
        return _REPEATED
    if any(_TOTAL.fullmatch(text) for text in texts[:3]):
        return "合计行"
    if len(texts) <= 2 and _NOTE.match(texts[0]):
        return "注"
    if all(_SIGNATURE.fullmatch(text) for text in texts):
        return "落款"
    return None


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


def _section(row: Row, places: Mapping[str, int]) -> str:
    """The text of a row that stands over the width of the table: the same in all its cells, or a heading alone in one."""
    texts = {cell.text.strip() for cell in row.cells if cell.text.strip()}
    if len(texts) != 1 or len(places) < 3 or any(cell.uncalculated for cell in row.cells):
        return ""
    (text,) = texts
    first = next(n for n, cell in enumerate(row.cells) if cell.text.strip())
    is_wide = 2 * sum(cell.covered for cell in row.cells) >= len(row.cells)
    is_apart = first == 0 and first not in (places.get("问题"), places.get("内容")) and not text.isdecimal()
    return text if is_wide or is_apart or _HEADING.match(text) else ""


def _doubts_of(record: Record) -> Iterator[Doubt]:
    """What a person must look at in a record: that it is hidden or struck out, and formulas without a result."""
    if record.row.hidden:
        yield Doubt(place=record.place(), about="隐藏的行也读了", what=_shown(record.row))
    fields = [field for field in record.columns if record.text(field)]
    if fields and all(record.cell(field).struck for field in fields if field != "序号"):
        yield Doubt(place=record.place(), about="划去的行也读了", what=_shown(record.row))
    else:
        for field in fields:
            if record.cell(field).struck:
                yield Doubt(place=record.place(field), about="划去的格也读了", what=_short(record.text(field)))
    for field in record.columns:
        if record.cell(field).uncalculated:
            yield Doubt(place=record.place(field), about="公式没有算出结果", what=f"{field}读不出")


def _shown(row: Row) -> str:
    """The first texts of a row."""
    return _short(" ".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip())))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else f"{text[:20]}…"
