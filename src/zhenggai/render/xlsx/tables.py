"""A table on a sheet: typed cells, heads that stay in view and on each page, totals as formulas, merged cells for printing."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from zhenggai.document import Cell, Fill, FillKind, Table
from zhenggai.render.visible import visible
from zhenggai.render.xlsx.sizes import LineCounter, Page, Sizes, height_of, pages_of, row_heights

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from zhenggai.document.tables import Value
    from zhenggai.render.xlsx.styles import Styles

_A3 = 8
_ENLARGED = 1.41  # so much larger is A3 than A4, by which sizes are reckoned
_READABLE = 0.65  # on A4, letters of a smaller scale have less than some 7 points
_LONGEST = 32_767  # UTF-16 units in a cell
_EXACT = 10**15  # spreadsheets have numbers of fifteen digits
_EARLIEST = date(2000, 1, 1)  # of what is filled in; an earlier day is a slip
_FIRST_DAY = date(1900, 3, 1)  # before it, they reckon with a 29 February 1900


def shown(text: str) -> str:
    """A text as a cell has it: one line, without control characters, cut where no cell has room for more, and said so.

    >>> shown("甲\\x1b乙"), shown("长" * 40_000)[-24:]
    ('甲〈U+001B〉乙', '长长长长长长…（原文共40000字，一格放不下）')
    """
    clean = visible(text)
    if len(clean) <= _LONGEST // 2 or _units(clean) <= _LONGEST:
        return clean
    note = f"…（原文共{len(clean)}字，一格放不下）"
    kept = clean.encode("utf-16-le")[: 2 * (_LONGEST - _units(note))]
    return kept.decode("utf-16-le", errors="ignore") + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class TableOnSheet:
    """Writes a table on a sheet, below the ``first`` rows, whose height is ``above``."""

    def __init__(
        self, sheet: "Worksheet", styles: "Styles", table: Table, sizes: Sizes, first: int, above: float
    ) -> None:
        self.sheet, self.styles, self.table = sheet, styles, table
        # nothing fits a merged table to the page, and with other fonts it is wider
        self.sizes = Sizes(sizes.widths, sizes.scale * 0.87) if table.merged else sizes
        self.count = LineCounter(self.sizes.widths)
        self.is_grouped = any(column.group for column in table.columns)
        self.first = first
        self.above = above
        self.body = first + 1 + self.is_grouped

    def write(self) -> int:
        """Write the table. Returns the row below it."""
        for nth, width in enumerate(self.sizes.widths):
            self.sheet.set_column_pixels(nth, nth, round(width * 7.34) + 4)
        heads = self._heads()
        self._page()
        if self.table.merged:
            self._merged_rows(heads)
        else:
            self._rows()
        below = self.body + len(self.table.rows)
        if any(column.fill for column in self.table.columns):
            self._form(below - 1)
        if self.table.footer:
            self._footer(below)
            below += 1
        return below

    def _page(self) -> None:
        """Heads in view and on each page; the page is filled in its width."""
        self.sheet.freeze_panes(self.body, 0)
        self.sheet.repeat_rows(self.first, self.body - 1)
        enlarged = 1.0
        if self.sizes.scale < _READABLE:
            self.sheet.set_paper(_A3)
            enlarged = _ENLARGED
        if self.table.merged:  # a sheet that is fitted to its pages has no page breaks of its own
            self.sheet.set_print_scale(int(self.sizes.scale * enlarged * 100))
        else:
            self.sheet.fit_to_pages(1, 0)
        last = self.body + len(self.table.rows) - 1
        if self.table.rows:
            self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 2}"})
        if len(self.table.rows) > 1 and not self.table.merged:
            self.sheet.autofilter(self.body - 1, 0, last, len(self.table.columns) - 1)

    def _heads(self) -> float:
        """The heads, in two rows where some have a common one. Returns their height."""
        style, columns = self.styles.head(), self.table.columns
        lines = [self.count(nth, column.head) for nth, column in enumerate(columns)]
        height = height_of(max(lines))
        self.sheet.set_row(self.body - 1, height)
        if self.is_grouped:
            self.sheet.set_row(self.first, height_of(1))
        places = enumerate(columns)
        for group, members in groupby(places, key=lambda place: place[1].group if self.is_grouped else ""):
            span = [nth for nth, _ in members]
            if group:
                _merge(self.sheet, self.first, span[0], self.first, span[-1], shown(group), style)
            for nth in span:
                top = self.body - 1 if group else self.first
                _merge(self.sheet, top, nth, self.body - 1, nth, shown(columns[nth].head), style)
        return height + (height_of(1) if self.is_grouped else 0)

    def _rows(self) -> None:
        heights = row_heights(self.table, self.count)
        for nth, (cells, height) in enumerate(zip(self.table.rows, heights, strict=True)):
            self.sheet.set_row(self.body + nth, height)
            self._cells(self.body + nth, cells)

    def _merged_rows(self, heads: float) -> None:
        """The rows in pages, with a page break after each but the last."""
        pages = pages_of(self.table, self.sizes, self.above, heads)
        self.sheet.set_h_pagebreaks([self.body + page.end for page in pages[:-1]])
        for page in pages:
            self._page_rows(page)

    def _page_rows(self, page: Page) -> None:
        for nth, height in zip(range(page.start, page.end), page.heights, strict=True):
            self.sheet.set_row(self.body + nth, height)
            self._cells(self.body + nth, self.table.rows[nth])
        for part in page.parts:
            cell = self.table.rows[part.start][part.column]
            style = self._style(part.column, cell)
            top, bottom = self.body + part.start, self.body + part.end - 1
            if top < bottom:
                self.sheet.merge_range(top, part.column, bottom, part.column, "", style)
                self._cell(top, part.column, cell, style)

    def _form(self, last: int) -> None:
        """The cells to be filled in, with what they may hold; all others are locked, without a password."""
        for nth, column in enumerate(self.table.columns):
            if column.fill:
                self.sheet.data_validation(self.body, nth, last, nth, _validation(column.fill))
        self.sheet.protect("", {"format_rows": True, "format_columns": True, "autofilter": True, "sort": True})

    def _footer(self, at: int) -> None:
        """The sums: a formula where a sum is that of the column above, else its value."""
        lines = [self.count(nth, cell.text) for nth, cell in enumerate(self.table.footer)]
        self.sheet.set_row(at, height_of(max(lines)))
        for nth, cell in enumerate(self.table.footer):
            style = self._style(nth, cell, total=True)
            if _is_sum([cells[nth] for cells in self.table.rows], cell):
                from xlsxwriter.utility import xl_range  # imported here: only this format needs it

                self.sheet.write_formula(at, nth, f"=SUM({xl_range(self.body, nth, at - 1, nth)})", style, cell.value)
            else:
                self._cell(at, nth, cell, style)

    def _cells(self, at: int, cells: Sequence[Cell]) -> None:
        for nth, cell in enumerate(cells):
            self._cell(at, nth, cell, self._style(nth, cell))

    def _style(self, nth: int, cell: Cell, *, total: bool = False) -> "Format":
        if (fill := self.table.columns[nth].fill) and not total:
            return self.styles.to_fill(fill.kind)
        return self.styles.cell(cell, left=self.table.columns[nth].wrap, total=total)

    def _cell(self, at: int, nth: int, cell: Cell, style: "Format") -> None:
        """A number, a day or a text; no text becomes anything else."""
        value = cell.value
        if isinstance(value, date) and value >= _FIRST_DAY:
            self.sheet.write_datetime(at, nth, value, style)
        elif isinstance(value, int | float) and _is_kept(value):
            self.sheet.write_number(at, nth, value, style)
        elif cell.text:
            self.sheet.write_string(at, nth, shown(cell.text), style)
        else:
            self.sheet.write_blank(at, nth, None, style)


def _validation(fill: Fill) -> dict[str, object]:
    """What a spreadsheet lets a cell hold, with what it says when the cell is entered, and when something else is."""
    rules: dict[FillKind, dict[str, object]] = {
        FillKind.TEXT: {"validate": "any"},
        FillKind.CHOICE: {"validate": "list", "source": list(fill.choices)},
        FillKind.PERCENT: {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100},
        FillKind.DAY: {"validate": "date", "criteria": ">=", "value": _EARLIEST},
    }
    said = {"input_title": f"填{fill.kind}", "input_message": fill.about}
    refused = {"error_title": "填得不对", "error_message": f"这一格填{fill.kind}：{fill.about}"}
    return {**rules[fill.kind], **said, **({} if fill.kind is FillKind.TEXT else refused)}


def _is_kept(value: float) -> bool:
    """Whether a spreadsheet has the number as it is."""
    return -_EXACT < value < _EXACT  # nor is it infinite or no number


def _is_sum(above: Sequence[Cell], total: Cell) -> bool:
    """Whether a total is the sum of numbers above it. Rates are not added up."""
    if total.value is None or isinstance(total.value, date) or total.text.endswith("%") or not _is_kept(total.value):
        return False
    values: list[Value] = [cell.value for cell in above if cell.value is not None]
    numbers = [value for value in values if not isinstance(value, date)]
    return len(numbers) == len(values) > 0 and abs(sum(numbers) - total.value) < 1e-6


def _merge(sheet: "Worksheet", top: int, left: int, bottom: int, right: int, text: str, style: "Format") -> None:
    """A text in one cell, or in several as one."""
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", style)
    sheet.write_string(top, left, text, style)
