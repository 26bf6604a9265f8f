"""A sheet in one of the program's layouts, cell by cell against the plan and its status on the sheet's day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from zhenggai.document import Document, Table
from zhenggai.frozen import frozen
from zhenggai.heads import plain_head
from zhenggai.importing.content import cell_name
from zhenggai.importing.draft import Place
from zhenggai.importing.sheets.records import Record, Records
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.layout import LayoutName
from zhenggai.views.ledger_layouts import LAYOUTS, laid_out
from zhenggai.views.task_list import COLUMNS, task_list

_COUNTED: Final = "序号"
_WHOSE: Final = tuple(
    map(
        plain_head,
        (
            "措施",
            "单位",
            "责任单位",
            "问题号",
            "整改措施",
            "细化的整改措施",
            "整改计划",
            "整改任务",
            "存在问题",
            "问题",
        ),
    )
)
"""The heads whose cells say which row it is."""

Texts = Mapping[str, str]
"""The texts of a row by head, as they are compared."""


@frozen
class Difference:
    """A cell that says something else than the program does. ``own`` is what that says; None for a row that it does not have."""

    place: Place
    head: str
    told: str
    own: str | None


@frozen
class SheetComparison:
    """What sheets say otherwise. ``layout`` is what ``list --layout`` calls theirs, None for the usual ledger."""

    as_of: date
    layout: LayoutName | None
    rows: int
    differences: tuple[Difference, ...]


def compared(tables: Sequence[Records], snapshot: Snapshot) -> SheetComparison | None:
    """How sheets differ from what the program shows on the snapshot's day; None if they are in none of its layouts."""
    told = {plain_head(column.head) for table in tables for column in table.columns}
    for name in (*LAYOUTS, None) if told else ():
        if told - {_COUNTED} <= set(map(plain_head, _heads(snapshot, name))):
            rows = [(record, _cells(table)) for table in tables for record in table.records]
            found = tuple(_differences(rows, _own_rows(snapshot, name)))
            return SheetComparison(snapshot.as_of, name, len(rows), found)
    return None


def _heads(snapshot: Snapshot, name: LayoutName | None) -> Iterable[str]:
    """All heads that a layout may have."""
    terms = snapshot.plan.terms
    if name is None:
        return (terms.head(column.layout.head) for column in COLUMNS.values())
    return LAYOUTS[name].columns.called(terms).heads.values()


def _own_rows(snapshot: Snapshot, name: LayoutName | None) -> list[Texts]:
    """The program's own rows."""
    heads = [column.layout.head for column in COLUMNS.values()]
    report = task_list(snapshot, heads) if name is None else laid_out(snapshot, name)
    document: Document = report.document()
    table = next((block for block in document.blocks if isinstance(block, Table)), Table((), ()))
    keys = list(_keys(column.head for column in table.columns))
    return [
        {key: _compared_text(cell.text, cell.value) for key, cell in zip(keys, row, strict=True)} for row in table.rows
    ]


def _cells(table: Records) -> Mapping[str, int]:
    """The places of the columns of a table by what they are compared by."""
    keys = _keys(column.head for column in table.columns)
    return {key: column.index for key, column in zip(keys, table.columns, strict=True) if key != _COUNTED}


def _keys(heads: Iterable[str]) -> Iterator[str]:
    """What columns are compared by: their heads, the second of two equal ones with a number."""
    seen: Counter[str] = Counter()
    for head in heads:
        word = plain_head(head)
        seen[word] += 1
        yield word if seen[word] == 1 else f"{word} {seen[word]}"


def _compared_text(text: str, value: object) -> str:
    """What cells are compared by: a day, a number, else the text without blanks; "" for — and for nothing.

    >>> [_compared_text(*cell) for cell in (("26.00%", 0.26), ("26.00%", None), ("40", None), ("— ", None), ("甲 乙", None))]
    ['0.26', '0.26', '40', '', '甲乙']
    """
    if isinstance(value, date):
        return value.isoformat()
    plain = "".join(text.split()).replace("％", "%")
    try:
        number = Decimal(str(value)) if value is not None else Decimal(plain.removesuffix("%"))
    except InvalidOperation:
        return plain.strip("—")
    if not number.is_finite():
        return plain
    share = number / 100 if value is None and plain.endswith("%") else number
    return f"{round(share, 6):f}".rstrip("0").rstrip(".") if share % 1 else f"{share:.0f}"


def _differences(rows: Sequence[tuple[Record, Mapping[str, int]]], own: Sequence[Texts]) -> Iterator[Difference]:
    """The cells that differ. Rows that are equal belong together, then those that are about the same."""
    left = [(record, cells, _texts(record, cells)) for record, cells in rows]
    keys = tuple(dict.fromkeys(key for _, cells in rows for key in cells))
    rest = Counter(tuple(row.get(key, "") for key in keys) for row in own)
    others = []
    for record, cells, texts in left:
        whole = tuple(texts.get(key, "") for key in keys)
        if rest[whole]:
            rest[whole] -= 1
        else:
            others.append((record, cells, texts))
    unmatched: dict[tuple[str, ...], list[Texts]] = {}
    for whole in rest.elements():
        row = dict(zip(keys, whole, strict=True))
        unmatched.setdefault(_whose(row), []).append(row)
    for record, cells, texts in others:
        same = unmatched.get(_whose(texts))
        if not same:
            yield Difference(_place(record, min(cells.values())), "", " ".join(filter(None, _whose(texts))), None)
            continue
        own_row = same.pop(0)
        for key, index in cells.items():
            if texts.get(key, "") != own_row.get(key, ""):
                yield Difference(_place(record, index), key, texts.get(key, ""), own_row.get(key, ""))


def _texts(record: Record, cells: Mapping[str, int]) -> Texts:
    row = record.row.cells
    return {key: _compared_text(row[index].text, row[index].value) for key, index in cells.items() if index < len(row)}


def _whose(texts: Texts) -> tuple[str, ...]:
    return tuple(texts.get(key, "") for key in _WHOSE)


def _place(record: Record, index: int) -> Place:
    return Place(record.row.number, record.sheet, cell_name(record.row, index) if record.sheet else "")
