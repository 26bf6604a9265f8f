"""Tables in a text without a format: lines whose cells are parted by tabs, as when a table is copied, by upright strokes or by blanks; or a cell a line."""

import re
from collections.abc import Sequence
from itertools import groupby

from zhenggai.heads import own_head
from zhenggai.importing.content import Cell, Manuscript, Paragraph, Row, Sheet

_FEWEST_CELLS = 3
_FEWEST_HEADS = 2
_RULE = re.compile(r"[\s|:\-—+]+")


def with_tables(manuscript: Manuscript) -> Manuscript:
    """The manuscript with such lines as tables, where the first of them has heads of a ledger.

    >>> lines = ("序号\\t问题\\t措施", "1\\t例会少\\t排定日程", "完")
    >>> found = with_tables(tuple(Paragraph(text, line) for line, text in enumerate(lines, 1)))
    >>> [[cell.text for cell in row.cells] for row in found[0].rows], found[1].text
    ([['序号', '问题', '措施'], ['1', '例会少', '排定日程']], '完')
    """
    found: list[Paragraph | Sheet] = []
    manuscript = _with_blanks_between(_with_a_cell_a_line(manuscript))
    for count, group in groupby(manuscript, lambda part: len(_cells(part.text)) if isinstance(part, Paragraph) else 0):
        parts = list(group)
        lines = [part for part in parts if isinstance(part, Paragraph)]
        if count >= _FEWEST_CELLS and len(lines) > 1 and _are_heads(_cells(lines[0].text)):
            found.append(Sheet("", tuple(_row(line) for line in lines if not _RULE.fullmatch(line.text))))
        else:
            found += parts
    return tuple(found)


def _with_a_cell_a_line(manuscript: Manuscript) -> Manuscript:
    """The manuscript with lines as a table that are heads, from 序号 on, then cells in rows, each beginning with its number."""
    texts = [part.text.strip() if isinstance(part, Paragraph) else "" for part in manuscript]
    for start, text in enumerate(texts):
        if text != "序号":
            continue
        width = next((at for at in range(1, len(texts) - start) if texts[start + at] == "1"), 0)
        if width < _FEWEST_CELLS or not _are_heads(texts[start : start + width]):
            continue
        end = start + width
        while end + width <= len(texts) and texts[end] == str((end - start) // width):
            end += width
        rows = (manuscript[at : at + width] for at in range(start, end, width))
        sheet = Sheet("", tuple(_row_of([part for part in row if isinstance(part, Paragraph)]) for row in rows))
        return (*manuscript[:start], sheet, *_with_a_cell_a_line(manuscript[end:]))
    return manuscript


def _with_blanks_between(manuscript: Manuscript) -> Manuscript:
    """The manuscript with lines as a table whose cells are parted by blanks: all of the first are heads, and all that follow have as many and a number."""
    for start, part in enumerate(manuscript):
        heads = part.text.split() if isinstance(part, Paragraph) else []
        if len(heads) < _FEWEST_CELLS or heads[0] != "序号" or not all(map(own_head, heads[1:])):
            continue
        rows = [part.text.split() if isinstance(part, Paragraph) else [] for part in manuscript[start + 1 :]]
        count = next((at for at, row in enumerate(rows, 1) if row[:1] != [str(at)]), len(rows) + 1) - 1
        if count and all(len(row) == len(heads) for row in rows[:count]):
            end = start + 1 + count
            lines = [part for part in manuscript[start:end] if isinstance(part, Paragraph)]
            table = Sheet("", tuple(Row(line.line, tuple(map(Cell, line.text.split()))) for line in lines))
            return (*manuscript[:start], table, *_with_blanks_between(manuscript[end:]))
    return manuscript


def _row_of(cells: Sequence[Paragraph]) -> Row:
    return Row(cells[0].line, tuple(Cell(cell.text.strip()) for cell in cells))


def _cells(text: str) -> list[str]:
    if "\t" in text.strip("\t"):
        return [cell.strip() for cell in text.split("\t")]
    if text.lstrip().startswith("|"):
        return [cell.strip() for cell in text.strip().strip("|").split("|")]
    return []


def _are_heads(cells: Sequence[str]) -> bool:
    return sum(own_head(cell) is not None for cell in cells if cell) >= _FEWEST_HEADS


def _row(line: Paragraph) -> Row:
    return Row(line.line, tuple(Cell(text) for text in _cells(line.text)))
