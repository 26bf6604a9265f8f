"""A workbook as progress of a plan that exists: its rows as entries, and which measure of the plan each is about."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from zhenggai.importing.entries.entry_row import EntryRow
from zhenggai.importing.entries.entry_sheet import entry_rows
from zhenggai.importing.sheets.foreign_ledger import ForeignLedger
from zhenggai.importing.sheets.kinds import SheetKind
from zhenggai.importing.sheets.measure_matching import Found, Matching
from zhenggai.importing.sheets.plan_sheet import sheet_plan
from zhenggai.importing.sheets.records import Record
from zhenggai.importing.sheets.row_entries import entries_of
from zhenggai.model.numbers import measure_number
from zhenggai.model.plan import Plan

_TOLD: Final = ("整改描述", "整改情况", "已采取的整改措施", "状态", "是否已完成整改", "是否销号")
"""Columns of a ledger that tell of the work; a table without them has the keys of entries for heads."""

Rows = tuple[Sequence[EntryRow], Callable[[str], Found]]


def progress_rows(ledger: ForeignLedger, plan: Plan) -> Rows:
    """The rows of a workbook as entries, each with a number for its measure; and what that is in the plan."""
    if ledger.kind is SheetKind.PROGRESS and not any(table.has(field) for table in ledger.tables for field in _TOLD):
        rows = entry_rows(ledger.read, ledger.source).rows
        return [replace(row, texts={**row.texts, "录自": row.place}) for row in rows], _by_number(plan)
    sheets = sheet_plan(ledger.tables, ledger.source, year=ledger.year, issued=ledger.issued)
    matching = Matching(plan, sheets.draft)
    of_row = {(r.sheet, r.row.number): number for number, records in sheets.rows.items() for r in records}

    def measured() -> Iterator[tuple[str, Record]]:
        for number, records in sheets.rows.items():
            yield from ((number, record) for record in records)
        for table in ledger.tables:
            yield from ((r.text("措施"), r) for r in table.records if (r.sheet, r.row.number) not in of_row)

    by_number = _by_number(plan)
    return entries_of(measured(), ledger.source, ledger.day).rows, lambda word: matching.of(word) or by_number(word)


def _by_number(plan: Plan) -> Callable[[str], Found]:
    def found(word: str) -> Found:
        number = measure_number(word)
        if number in plan.measure_by_number:
            return Found(number)
        return Found(None, f"方案里没有措施 {word}" if word else "没有写哪项措施")

    return found
