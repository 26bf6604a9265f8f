"""The plan's 报送 that no issued report answers yet."""

from collections.abc import Sequence

from zhenggai.cli.question import Asked
from zhenggai.ledger import Ledger
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.todo.submissions import PendingSubmission, pending_submissions, reporting_unit
from zhenggai.views.selection import Selection, unit_names


def pending_in(ledger: Ledger, snapshot: Snapshot) -> Sequence[PendingSubmission]:
    """The 报送 of a snapshot's plan that no report answers that was issued by its day."""
    if not snapshot.plan.submissions:
        return ()
    from zhenggai.model.issued_report import REPORT_TITLE  # imported here: few plans have 报送
    from zhenggai.reading.issued_reports import Shelf, answered

    by = min(snapshot.as_of, snapshot.known_by)
    return pending_submissions(snapshot, answered(Shelf(ledger.root, snapshot.plan.number, REPORT_TITLE), by))


def owed(asked: Asked, whole: Snapshot) -> Sequence[PendingSubmission]:
    """The same, if no part is selected, or if the unit that sends them is; else none."""
    unit = asked.selection.unit
    if asked.selection != Selection(unit) or (unit and reporting_unit(whole) not in unit_names(whole, unit)):
        return ()
    return pending_in(asked.ledger, whole)
