"""Entries from somebody's ledger, for a plan that exists: matched to its tasks, tried, shown, confirmed, written all or none."""

from collections.abc import Callable, Sequence

from zhenggai.cli.output import say, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.refusals import refuse
from zhenggai.cli.writing.row_log import append_rows, entry_lines
from zhenggai.cli.writing.row_making import placed_rows
from zhenggai.cli.writing.row_trial import TriedRows, in_order, new_rows, tried_rows, without_settled
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit, UsageError
from zhenggai.frozen import frozen
from zhenggai.importing.entry_row import EntryRow, RowFault
from zhenggai.importing.measure_matching import Found
from zhenggai.importing.plan_rows import plan_rows


@frozen
class LedgerEntries:
    """What a ledger's rows are under a plan: the new entries, why rows cannot be written, what to look at."""

    tried: TriedRows
    faults: tuple[RowFault, ...]
    notes: tuple[str, ...]


def entries_under(writer: Writer, rows: Sequence[EntryRow], measure_of: Callable[[str], Found]) -> LedgerEntries:
    """The rows of a ledger as entries of a writer; ``measure_of``: the number in a row → the plan's measure."""
    found = plan_rows(rows, writer.snapshot, measure_of)
    placed, faults = placed_rows(writer, found.rows)
    new, settled = without_settled(new_rows(writer, placed, {}, lenient=True))
    tried = tried_rows(writer, new, lower=True)
    faults = in_order([*faults, *new.faults, *tried.faults], found.rows)
    return LedgerEntries(tried, tuple(faults), (*found.notes, *(f"{row.place}: {note}" for row, note in settled)))


def record_ledger(writer: Writer, entries: LedgerEntries, wish: prompts.Wish) -> Exit:
    """Write the new entries after a question. Raises ``UsageError`` for faults, and where nobody can be asked."""
    tried = entries.tried
    for note in entries.notes:
        tell(note)
    refuse([str(fault) for fault in entries.faults])
    if tried.new.recorded:
        tell(f"台账里已有、不再记的 {len(tried.new.recorded)} 条")
    if tried.trial is None:
        say("没有要记的，什么也没有写")
        return Exit.OK
    refuse(tried.trial.upset())
    if wish.only_shown or not wish.assured:
        for line in entry_lines(tried):
            tell(line)
    if wish.only_shown:
        tell("只是预览，没有写入")
        return Exit.OK
    if not wish.assured and not prompts.at_terminal():
        raise UsageError(f"共 {len(tried.entries)} 条，没有写入\n  下一步：核对后加 --yes 写入")
    if not wish.assured:
        prompts.consent(f"写入这 {len(tried.entries)} 条？")
    return append_rows(writer, tried)
