"""A whole workbook: what it is, which of its sheets are read, and what its columns say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from zhenggai.errors import NothingToShow
from zhenggai.frozen import frozen
from zhenggai.importing.content import Sheet
from zhenggai.importing.draft import Doubt, Draft, Place
from zhenggai.importing.entries.entry_sheet import entry_rows
from zhenggai.importing.sheets.columns import Column
from zhenggai.importing.sheets.kinds import SheetKind, kind_of, layout_of
from zhenggai.importing.sheets.plan_sheet import SheetPlan, sheet_plan
from zhenggai.importing.sheets.records import Record, Records, day_told, records_of
from zhenggai.importing.sheets.row_entries import RowEntries, entries_of


@frozen
class SheetUse:
    """A sheet: whether it is read, and as what, or why not."""

    name: str
    used: bool
    why: str
    hidden: bool = False


@frozen(slots=False)
class ForeignLedger:
    """Somebody's workbook. ``source`` is the file's name, ``tables`` are those of its kind, ``left`` those of another."""

    source: str
    kind: SheetKind
    layout: str
    sheets: tuple[SheetUse, ...]
    tables: tuple[Records, ...]
    read: tuple[Sheet, ...]
    left: tuple[tuple[Records, SheetKind | None], ...] = ()
    year: int | None = None
    issued: date | None = None
    given_day: date | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of all tables, each head once."""
        return tuple({column.head: column for table in self.tables for column in table.columns}.values())

    @cached_property
    def plan(self) -> SheetPlan:
        """The plan that it describes; without problems if it is none."""
        tables = () if self.kind is SheetKind.STATISTICS or self.has_numbers else self.tables
        return sheet_plan(tables, self.source, year=self.year, issued=self.issued)

    @property
    def has_numbers(self) -> bool:
        """Whether its rows are entries of a plan's measures, by number, and it says nothing of problems."""
        return self.kind is SheetKind.PROGRESS and any(table.has("措施") for table in self.tables)

    @property
    def draft(self) -> Draft:
        """The same without its rows."""
        return self.plan.draft

    @cached_property
    def entries(self) -> RowEntries:
        """What its rows tell of the measures, under the numbers of the draft, or those that the rows have."""
        if self.has_numbers:
            rows = entry_rows(self.read, self.source).rows
            return RowEntries(tuple(replace(row, texts={**row.texts, "录自": row.place}) for row in rows), ())
        return self.entries_under((number, record) for number, records in self.plan.rows.items() for record in records)

    def entries_under(self, measured: Iterable[tuple[str, Record]]) -> RowEntries:
        """The entries of rows under other numbers."""
        return entries_of(measured, self.source, self.day)

    @property
    def day(self) -> date | None:
        """The day of rows without one: the given one, else that which stands above the heads (截至 2020-06-30)."""
        return self.given_day or day_told(self.tables)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What a person must look at: sheets and columns that are left, then what stands in the rows."""
        return (*self.of_file, *self.draft.doubts, *self.entries.doubts)

    @property
    def of_file(self) -> tuple[Doubt, ...]:
        """The same without what matters for a new plan only."""
        rows = (doubt for table in self.tables for doubt in table.doubts)
        return (*self._of_sheets(), *self._of_left(), *self._of_columns(), *rows)

    def _of_sheets(self) -> Iterator[Doubt]:
        for sheet in self.sheets:
            if sheet.hidden:
                yield Doubt(place=Place(sheet=sheet.name), about="隐藏的工作表没有读", what="要读的，取消隐藏再导入")

    def _of_left(self) -> Iterator[Doubt]:
        for table, kind in self.left:
            place = Place(table.line, table.sheet, table.cell_of(table.columns[0]))
            what = f"第 {table.line} 行起，{len(table.records)} 行，{f'是{kind}' if kind else '没有认得的列'}"
            yield Doubt(place=place, about="没有读的表格", what=what)

    def _of_columns(self) -> Iterator[Doubt]:
        for table in self.tables:
            for column in table.columns:
                if column.field is None:
                    place = Place(table.line, table.sheet, table.cell_of(column))
                    yield Doubt(place=place, about="没有用的列", what=f"“{column.head}”", why="要用的，加 --map")


def foreign_ledger(
    sheets: Sequence[Sheet],
    source: str,
    mapping: Mapping[str, str] | None = None,
    *,
    year: int | None = None,
    issued: date | None = None,
    day: date | None = None,
) -> ForeignLedger:
    """A workbook's sheets, recognised. Raises ``NothingToShow`` if no sheet has heads of a ledger."""
    read = [(sheet, [] if sheet.hidden else list(records_of(sheet, mapping))) for sheet in sheets]
    known = [(kind, table) for _, tables in read for table in tables if (kind := kind_of(table))]
    if not known:
        raise NothingToShow(
            f"{source} 里没有表格，或没有认得的表头：要有问题、整改措施，或措施的编号\n"
            f"  下一步：写明哪一列是什么，如 --map B=问题 --map D=整改措施"
        )
    kind, main = max(known, key=lambda one: (one[0] is not SheetKind.STATISTICS, len(one[1].records)))
    used = tuple(table for found, table in known if found is kind)
    return ForeignLedger(
        source,
        kind,
        layout_of(main),
        tuple(_use(sheet, tables, kind) for sheet, tables in read),
        used,
        tuple(sheet for sheet in sheets if not sheet.hidden),
        tuple(
            other
            for other in ((table, kind_of(table)) for _, tables in read for table in tables)
            if other[1] is not kind
        ),
        year,
        issued,
        day,
    )


def _use(sheet: Sheet, tables: Sequence[Records], kind: SheetKind) -> SheetUse:
    if sheet.hidden:
        return SheetUse(sheet.name, used=False, why="隐藏的工作表，没有读", hidden=True)
    used = [table for table in tables if kind_of(table) is kind]
    if used:
        rows = sum(len(table.records) for table in used)
        return SheetUse(sheet.name, used=True, why=f"版式 {layout_of(used[0])}，{rows} 行")
    other = next(filter(None, map(kind_of, tables)), None)
    return SheetUse(sheet.name, used=False, why=f"是{other}，没有读" if other else "没有认得的表头")
