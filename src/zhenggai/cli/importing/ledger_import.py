"""Entries from somebody's ledger, for a plan that exists: matched to its tasks, tried, shown, confirmed, written all or none."""

from collections.abc import Callable, Sequence
from pathlib import Path

from zhenggai.cli.importing.importer import Recorder, importer
from zhenggai.cli.importing.opening import opening_edit
from zhenggai.cli.importing.row_log import append_rows, is_agreed, show_entries
from zhenggai.cli.importing.row_making import placed_rows
from zhenggai.cli.importing.row_trial import (
    TriedRows,
    in_order,
    missing_evidence,
    new_rows,
    tried_rows,
    without_settled,
)
from zhenggai.cli.output import say, tell
from zhenggai.cli.plan_meant import ledger_meant
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.refusals import refuse
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt
from zhenggai.importing.entries.entry_row import EntryRow, RowFault
from zhenggai.importing.sheets.foreign_ledger import ForeignLedger
from zhenggai.importing.sheets.kinds import SheetKind
from zhenggai.importing.sheets.measure_matching import Found, Matching
from zhenggai.importing.sheets.plan_progress import progress_rows
from zhenggai.importing.sheets.plan_rows import plan_rows
from zhenggai.ledger import Ledger
from zhenggai.model.name_keys import name_key
from zhenggai.model.plan import Plan
from zhenggai.reading.data_folders import find_root, plan_paths
from zhenggai.views.entry_clash import clash_doubt
from zhenggai.views.import_preview import doubt_lines


@frozen
class LedgerEntries:
    """What the rows of a file are under a plan: the new entries, why rows cannot be written, what to look at."""

    tried: TriedRows
    faults: tuple[RowFault, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def entries_under(
    writer: Writer, rows: Sequence[EntryRow], measure_of: Callable[[str], Found], folder: Path | None = None
) -> LedgerEntries:
    """The rows of a ledger as entries of a writer.

    ``measure_of``: the number in a row → the plan's measure; ``folder``: where evidence is sought, if anywhere.
    """
    found = plan_rows(rows, writer.snapshot, measure_of)
    placed, faults = placed_rows(writer, found.rows)
    folders = {row.source: folder for row in rows if folder}
    new, settled = without_settled(new_rows(writer, placed, folders, lenient=True))
    tried = tried_rows(writer, new, lower=True)
    faults = in_order([*faults, *new.faults, *tried.faults], found.rows)
    clashes = (clash_doubt(writer.snapshot, *one) for one in new.made)
    missing = (doubt for one in new.made for doubt in missing_evidence(writer, one, folder))
    doubts = (*found.doubts, *(doubt for _, doubt in settled), *filter(None, clashes), *missing)
    return LedgerEntries(tried, tuple(faults), doubts)


def import_progress(ledger: ForeignLedger, folder: Path, into: Ledger, who: Recorder, wish: prompts.Wish) -> Exit:
    """Write what a workbook that lies in ``folder`` says of a plan that exists. Raises as ``record_ledger`` does."""
    writer = importer(into, who, wish)
    rows, measure_of = progress_rows(ledger, writer.snapshot.plan)
    tell(f"记进方案 {Path(into.path).stem} {into.plan.title}")
    return record_ledger(writer, ledger.source, entries_under(writer, rows, measure_of, folder), wish)


def plan_described(start: Path, ledger: ForeignLedger, number: str | None) -> Ledger | None:
    """The plan that a workbook is about: the one with this number, else the only one that has most of its measures.

    Progress alone is about the only plan, or the one that is answered. None for a plan that is not there yet.
    """
    root = find_root(start)
    if root is None:
        return None
    plans = [path for path in plan_paths(root) if number is None or name_key(Path(path).stem) == name_key(number)]
    if plans and (number is not None or ledger.kind is SheetKind.PROGRESS):
        return ledger_meant(root, plans)
    found = [one for path in plans if _has_most((one := Ledger(root, path)).plan, ledger)]
    return found[0] if len(found) == 1 else None


def _has_most(plan: Plan, ledger: ForeignLedger) -> bool:
    """Whether more than half of a workbook's measures are in a plan."""
    found = Matching(plan, ledger.draft).numbers.values()
    return 2 * sum(number is not None for number in found) > len(found)


def record_ledger(writer: Writer, source: str, entries: LedgerEntries, wish: prompts.Wish) -> Exit:
    """Write the new entries of the file ``source`` after a question. Raises ``UsageError`` for faults, and where nobody can be asked."""
    tried = entries.tried
    for line in doubt_lines(source, entries.doubts):
        tell(line)
    refuse([str(fault) for fault in entries.faults])
    if tried.new.recorded:
        tell(f"台账里已有或表里重复、不再记的 {len(tried.new.recorded)} 条")
    if tried.trial is None:
        say("没有要记的，什么也没有写")
        return Exit.OK
    refuse(tried.trial.upset())
    show_entries(tried, wish)
    edit = opening_edit(writer, tried.entries)
    return append_rows(writer, tried, edit) if is_agreed(tried, wish) else Exit.OK
