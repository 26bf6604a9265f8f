"""A sheet that the program made, read back: what it says otherwise than plan and status on its day."""

from decimal import Decimal

import pytest

from building import snapshot_of
from zhenggai.document import Cell as ShownCell
from zhenggai.document import Document, Table
from zhenggai.importing.content import Cell, Row, Sheet
from zhenggai.importing.sheets.records import day_told, records_of
from zhenggai.views.layout import LayoutName
from zhenggai.views.ledger_layouts import laid_out
from zhenggai.views.sheet_comparison import compared
from zhenggai.views.task_list import task_list

LEDGER = """
04-10 县教育局 进展 1-1 内容=初稿 进度=40 佐证=县教发〔2020〕3号
05-10 县财政局 进展 2-1 内容=学习两次 进度=30
06-10 县教育局 完成 1-1 内容=办法印发
"""


def sheet_of(document: Document) -> Sheet:
    """The sheet that a spreadsheet program would save of a document: title, count, heads, rows, sums."""
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    texts = [[document.title], [document.blocks[0].text], [column.head for column in table.columns]]  # type: ignore[union-attr]
    rows = [tuple(map(Cell, line)) for line in texts]
    rows += [tuple(map(_cell, line)) for line in (*table.rows, *([table.footer] if table.footer else []))]
    return Sheet("整改台账", tuple(Row(number, cells) for number, cells in enumerate(rows, 1)))


def _cell(cell: ShownCell) -> Cell:
    return Cell(cell.text, Decimal(str(cell.value)) if isinstance(cell.value, int | float) else cell.value)


SNAPSHOT = snapshot_of(LEDGER, "06-30")
DOCUMENTS: dict[LayoutName | None, Document] = {
    name: laid_out(SNAPSHOT, name).document() for name in LayoutName if name is not LayoutName.D
} | {
    None: task_list(SNAPSHOT).document(),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_the_program_made_differs_nowhere(name: LayoutName | None) -> None:
    found = compared(records_of(sheet_of(DOCUMENTS[name])), SNAPSHOT)
    assert found is not None
    assert (found.layout, found.differences) == (name, ())
    assert found.rows


def test_the_day_stands_above_the_heads() -> None:
    assert str(day_told(records_of(sheet_of(DOCUMENTS[None])))) == "2020-06-30"


def test_a_cell_that_was_changed_is_named() -> None:
    sheet = sheet_of(DOCUMENTS[None])
    heads = [cell.text for cell in sheet.rows[2].cells]
    column = heads.index("状态")
    row = sheet.rows[3]
    cells = (*row.cells[:column], Cell("已销号"), *row.cells[column + 1 :])
    changed = Sheet(sheet.name, (*sheet.rows[:3], Row(4, cells), *sheet.rows[4:]))
    found = compared(records_of(changed), SNAPSHOT)
    assert found is not None
    (difference,) = found.differences
    assert (difference.place.line, difference.head, difference.told) == (4, "状态", "已销号")
    assert difference.own != "已销号"


def test_a_row_that_the_plan_does_not_have_is_named() -> None:
    sheet = sheet_of(DOCUMENTS[LayoutName.A])
    added = Row(99, tuple(map(Cell, ("9", "别的问题", "", "别的措施", "", "县教育局", ""))))
    found = compared(records_of(Sheet(sheet.name, (*sheet.rows, added))), SNAPSHOT)
    assert found is not None
    assert [(d.place.line, d.own) for d in found.differences] == [(99, None)]


def test_other_heads_are_no_layout_of_the_program() -> None:
    rows = (Row(1, tuple(map(Cell, ("整改措施", "责任单位", "经费")))), Row(2, tuple(map(Cell, "甲乙丙"))))
    assert compared(records_of(Sheet("表", rows)), SNAPSHOT) is None
