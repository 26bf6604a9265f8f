"""``import`` of a workbook: what it is under the plans that are here, shown first; then written as a plan or as entries."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from zhenggai.cli import clock
from zhenggai.cli.importing.ledger_import import plan_described
from zhenggai.errors import NothingToShow
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt
from zhenggai.importing.sheets.foreign_ledger import ForeignLedger
from zhenggai.importing.sheets.kinds import SheetKind
from zhenggai.importing.sheets.plan_progress import progress_rows
from zhenggai.importing.sheets.plan_rows import PlanRows, plan_rows
from zhenggai.importing.sheets.records import Records
from zhenggai.ledger import Ledger
from zhenggai.model.name_keys import name_key
from zhenggai.reading.data_folders import find_root, plan_paths
from zhenggai.views.import_preview import ImportPreview
from zhenggai.views.sheet_comparison import SheetComparison, compared

_NO_PROBLEMS = (
    "{source} 里没有认出哪一列是问题，这里也没有它说的方案\n"
    "  下一步：写明哪一列是问题，如 --map C=问题；是已有方案的进展，到那个方案的文件夹里导入"
)


@frozen
class Workbook:
    """A workbook under the plans that are here.

    - ``into``: the plan that it is about, None if that is not here yet;
    - ``news``: the workbook without the rows that say nothing but what the plan and its status say;
    - ``unplaced``: a doubt for each row that is about no task of the plan.
    """

    ledger: ForeignLedger
    into: Ledger | None
    news: ForeignLedger
    comparison: SheetComparison | None
    preview: ImportPreview
    unplaced: tuple[Doubt, ...]


def workbook(ledger: ForeignLedger, start: Path, number: str | None) -> Workbook:
    """A workbook under the plans of the folder that ``start`` is in; ``number`` names one of them, or a new one."""
    is_counted = ledger.kind is SheetKind.STATISTICS
    into = None if is_counted else plan_described(start, ledger, number)
    into = into or _plan_named(start, ledger, number, or_only=is_counted)
    if into is None and ledger.kind is SheetKind.PROGRESS:
        raise NothingToShow(_NO_PROBLEMS.format(source=ledger.source))
    if into is None:
        preview = ImportPreview(ledger, () if is_counted else ledger.entries.rows, ledger.doubts)
        return Workbook(ledger, None, ledger, None, preview, ())
    day = ledger.day or clock.today(into.plan)
    comparison = compared(ledger.tables, into.snapshot(day))
    if comparison and not is_counted and _is_of_others(ledger, into, comparison):
        comparison = None
    news = _with_differences(ledger, comparison) if comparison else ledger
    placed, doubts = PlanRows((), ()), ledger.of_file
    if not is_counted:
        given, measure_of = progress_rows(news, into.plan)
        placed = plan_rows(given, into.snapshot(clock.today(into.plan)), measure_of)
        doubts = (*doubts, *news.entries.doubts)
    unplaced = placed.doubts
    preview = ImportPreview(ledger, placed.rows, (*doubts, *unplaced), Path(into.path).stem, comparison)
    return Workbook(ledger, into, news, comparison, preview, unplaced)


def undated(found: Workbook) -> int:
    """How many entries have no day, without those that the plan's ledger has already."""
    rows = found.preview.undated
    if not rows or found.into is None:
        return len(rows)
    snapshot = found.into.snapshot(clock.today(found.into.plan))
    records = (snapshot.archive.record(event.number) for task in snapshot.tasks for event in task.filed)
    known = {(record.entry.copied_from, record.entry.content) for record in records if record}
    return sum((row.text("录自"), row.text("内容")) not in known for row in rows)


def _plan_named(start: Path, ledger: ForeignLedger, number: str | None, *, or_only: bool) -> Ledger | None:
    """The plan with this number, else the one whose title stands above the heads, else, if that will do, the only one."""
    root = find_root(start)
    paths = [] if root is None else plan_paths(root)
    found = [Ledger(root, path) for path in paths if root and number in (None, Path(path).stem)]
    above = name_key("".join(text for table in ledger.tables for text in table.above))
    named = [one for one in found if number or name_key(one.plan.title) in above]
    if len(named) == 1:
        return named[0]
    return found[0] if or_only and len(found) == 1 else None


def _is_of_others(ledger: ForeignLedger, into: Ledger, comparison: SheetComparison) -> bool:
    """Whether a sheet only has the heads of one of the program's: neither its title above them, nor most rows as they are."""
    differing = {one.place.line for one in comparison.differences}
    is_titled = any(text.startswith(f"{into.plan.title}：") for table in ledger.tables for text in table.above)
    return 2 * len(differing) > comparison.rows and not is_titled


def _with_differences(ledger: ForeignLedger, comparison: SheetComparison) -> ForeignLedger:
    """The workbook with the rows only that differ from the plan and its status."""
    differing = {(one.place.sheet, one.place.line) for one in comparison.differences}

    def kept(tables: tuple[Records, ...]) -> Iterator[Records]:
        for table in tables:
            rows = (record for record in table.records if (record.sheet, record.row.number) in differing)
            yield replace(table, records=tuple(rows))

    return replace(ledger, tables=tuple(kept(ledger.tables)))
