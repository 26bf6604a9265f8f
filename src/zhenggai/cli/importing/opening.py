"""The plan's 期初, set by the import of an old ledger: the day until which its entries are judged by their own days."""

from collections.abc import Sequence

from zhenggai.cli.output import tell
from zhenggai.cli.writing.permission import refuse_changing_plan
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import UsageError
from zhenggai.model.entries import Entry
from zhenggai.writing.edit.edit_text import FileEdit
from zhenggai.writing.edit.opening_edit import opened


def opening_edit(writer: Writer, entries: Sequence[Entry]) -> FileEdit | None:
    """The edit that sets 期初 to the last day of an old ledger's entries; None if the plan has one, or nothing is imported.

    The edit is shown. So is what the entries count as if they are later than 期初, or if the user may not change the plan.
    """
    days = [entry.date for entry in entries if entry.copied_from]
    ledger, opening = writer.ledger, writer.snapshot.plan.opening
    if not days:
        return None
    if opening:
        if later := sum(day > opening for day in days):
            tell(f"其中 {later} 条晚于方案的期初 {opening}，按今天记录算，会算补录")
        return None
    try:
        refuse_changing_plan(ledger.root, ledger.units, ledger.plan)
    except UsageError:
        tell(f"方案没有写期初，这些按今天记录算，会算补录；请管方案的单位写上 期初: {max(days)}")
        return None
    edit = opened(ledger.root, ledger.path, max(days))
    tell(f"{edit.path} 写上期初：原来的台账记到 {max(days)}，到那天为止的按各自的日期算，不算补录")
    for line in edit.lines():
        tell(line)
    return edit
