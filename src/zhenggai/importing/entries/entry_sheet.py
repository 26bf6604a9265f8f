"""A sheet whose heads are the keys of entries, an entry a row: ``add --from 进展.xlsx``."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from zhenggai.errors import UsageError
from zhenggai.heads import head_meant, plain_head
from zhenggai.importing.content import Cell, Row, Sheet
from zhenggai.importing.draft import Place, place_words
from zhenggai.importing.entries.entry_row import KEYS, EntryRow, EntryRows, cell_place
from zhenggai.importing.fields.unit_names import is_nothing
from zhenggai.model.entries import Fault
from zhenggai.reading.raw_entry import Value

_EXAMPLE = "第一行写表头，如 措施,日期,事项,内容,进度；下面一行一条，如 1-1,2020-06-30,进展,开会部署,40%"
_HEAD_ROWS = 20  # in which heads are looked for
_ALSO: Mapping[str, Sequence[str]] = {
    "内容": ("整改描述", "进展内容", "工作进展情况", "办理情况", "完成情况", "工作内容"),
    "日期": ("时间", "办理日期", "办理时间", "填报日期"),
    "佐证": ("佐证材料", "附件", "佐证文件", "证明材料"),
    "填报人": ("填表人", "记录人", "上报人"),
    "下步打算": ("下一步打算", "下步计划", "下一步计划", "下步工作打算", "下一步工作打算"),
    "原因": ("未完成原因", "滞后原因", "延期原因"),
    "存在问题": ("困难问题", "存在困难", "存在的困难"),
}
_KEY_OF = {plain_head(word): key for key, words in (*_ALSO.items(), *((key, (key,)) for key in KEYS)) for word in words}
_SYNONYMS = (
    "措施",
    "单位",
    "进度",
    "整改金额",
    "追缴",
    "挽回损失",
    "整改描述",
)  # those of heads that mean the same here
_LISTS = {"佐证", "步骤"}
_NUMBERS = {"进度", "指标值", "指标基数", "整改金额", "追缴", "挽回损失"}
_MAY_BE_NONE = {"佐证", "步骤", "存在问题", "原因", "下步打算", "制度成果"}  # where 无 and / say that there is none
_BETWEEN = re.compile(r"[、;；\n]")


def key_of_head(head: str) -> str | None:
    """The key that a head stands for; None if no entry has it.

    >>> [key_of_head(head) for head in ("措施编号", "进度（%）", "进展 情况", "存在问题", "问题", "序号")]
    ['措施', '进度', '内容', '存在问题', None, None]
    """
    word = plain_head(head)
    if word in _KEY_OF:
        return _KEY_OF[word]
    meant = head_meant(head, _SYNONYMS)
    return _KEY_OF.get(meant or "", meant)


def entry_rows(sheets: Sequence[Sheet], source: str) -> EntryRows:
    """The rows of all sheets with heads of entries. Raises ``UsageError`` if there is none, or a head stands twice."""
    found = [_rows_of(sheet, source) for sheet in sheets if sheet.rows]
    used = [part for part in found if part is not None]
    if not used:
        what = "里没有找到表头" if any(sheet.rows for sheet in sheets) else "是空的"
        raise UsageError(f"{source} {what}\n  下一步：{_EXAMPLE}")
    return EntryRows(
        tuple(row for part in used for row in part.rows),
        tuple(dict.fromkeys(head for part in used for head in part.unused)),
    )


def _rows_of(sheet: Sheet, source: str) -> EntryRows | None:
    """The rows of a sheet; None if it has no heads of entries."""
    nth, keys = _heads(sheet)
    if nth is None:
        return None
    heads = sheet.rows[nth]
    if twice := [key for key, times in Counter(keys.values()).items() if times > 1]:
        named = "、".join(heads.cells[column].text for column, key in keys.items() if key == twice[0])
        place = place_words(source, cell_place(sheet, heads, 0))
        raise UsageError(f"{place}: {named} 都是“{twice[0]}”，没有写入\n  下一步：留一列，其余的改名或删去")
    rows = []
    for row in sheet.rows[nth + 1 :]:
        if [cell.text for cell in row.cells] == [cell.text for cell in heads.cells]:
            continue  # a printed ledger repeats its heads on each page
        made = entry_row(sheet, row, keys, source)
        rows += [made] if made.texts else []
    unused = [cell.text for column, cell in enumerate(heads.cells) if cell.text.strip() and column not in keys]
    return EntryRows(tuple(rows), tuple(unused))


def _heads(sheet: Sheet) -> tuple[int | None, dict[int, str]]:
    """The place of the row of heads among the rows, and the key of each column."""
    for nth, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        keys = {column: key for column, cell in enumerate(row.cells) if (key := key_of_head(cell.text))}
        if "措施" in keys.values() and len(keys) > 1:
            return nth, keys
    return None, {}


def entry_row(sheet: Sheet, row: Row, keys: Mapping[int, str], source: str) -> EntryRow:
    """A row as an entry; ``keys`` says which key the texts of a column are of."""
    texts: dict[str, Value] = {}
    cells: dict[str, Place] = {}
    faults: list[Fault] = []
    for column, key in keys.items():
        cell = row.cells[column] if column < len(row.cells) else Cell("")
        cells[key] = cell_place(sheet, row, column)
        faults += _unreadable(cell, key)
        if value := entry_value(key, cell):
            texts[key] = value
    return EntryRow(source, cells["措施"], texts, cells, tuple(faults))


def _unreadable(cell: Cell, key: str) -> Iterator[Fault]:
    if cell.uncalculated:
        yield (key, "公式没有算出结果", "用 Excel、WPS 打开，保存一次")
    if cell.struck:
        yield (key, f"“{cell.text}”划掉了", "要记的去掉删除线，不记的删去")
    if key == "措施" and isinstance(cell.value, date):
        yield (key, f"“{cell.text}”是日期，不是措施编号", "先把这一列的格式设为文本，再写编号，如 3-2")


def entry_value(key: str, cell: Cell) -> Value:
    """The text of a cell as the ledger would have it; a tuple for a key that has a list, empty for an empty cell.

    Of a number it is the whole number, which a narrow format may show rounded; of a percentage the percent.

    >>> [entry_value("进度", Cell(text, Decimal(value))) for text, value in (("0", "0.4"), ("40%", "0.4"), ("40", "40.0"))]
    ['0.4', '40', '40']
    """
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    if isinstance(cell.value, Decimal) and key in _NUMBERS:
        return f"{(cell.value * (100 if '%' in cell.text else 1)).normalize():f}"
    text = cell.text.strip()
    if key in _MAY_BE_NONE and is_nothing(text):
        return ""
    if key in _LISTS:
        return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())
    return text
