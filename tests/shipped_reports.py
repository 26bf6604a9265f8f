"""The reports of the shipped plan, one of each kind, for what must hold of any report."""

from collections.abc import Iterator
from datetime import date, timedelta

from small_repo import SHIPPED
from zhenggai.document import Report
from zhenggai.ledger import open_ledger
from zhenggai.views.board import board, board_days
from zhenggai.views.changes_since_report import baseline_of
from zhenggai.views.due import due, overdue
from zhenggai.views.layout import LayoutName
from zhenggai.views.ledger_layouts import laid_out
from zhenggai.views.lookback import lookback
from zhenggai.views.periodical import periodical
from zhenggai.views.phase import phase
from zhenggai.views.rank import rank
from zhenggai.views.registers import register_status
from zhenggai.views.remind import remind
from zhenggai.views.remind_ladder import ladder
from zhenggai.views.report_period import MONTH, WEEK, period_of
from zhenggai.views.show import show
from zhenggai.views.status import status
from zhenggai.views.task_list import task_list


def shipped_reports(as_of: date) -> Iterator[Report]:
    """A report of each kind as of a day."""
    ledger, organisations = open_ledger(SHIPPED, "jcdj-2020").with_organisations()
    snapshot = ledger.snapshot(as_of)
    at_month_ends = ledger.at_month_ends(snapshot)
    for cadence in (WEEK, MONTH):
        period = period_of(cadence, snapshot.plan, as_of)
        before = baseline_of(ledger.snapshot(period.start - timedelta(days=1)))
        yield periodical(snapshot, before, period)
    yield status(snapshot)
    yield overdue(snapshot)
    yield due(snapshot, 20)
    yield phase(snapshot)
    yield lookback(snapshot)
    yield from (show(snapshot, name) for name in ("3-2", "石桥镇", "nt3ww3yr") if as_of >= date(2020, 9, 30))
    yield board(snapshot, ledger.on_days(board_days(snapshot.plan.issued, as_of), snapshot))
    yield rank(snapshot, at_month_ends)
    yield ladder(snapshot, at_month_ends, snapshot)
    letters = remind(snapshot, at_month_ends, snapshot)
    yield letters
    yield from letters.letters
    yield register_status(snapshot, organisations)
    yield task_list(snapshot)
    yield from (laid_out(snapshot, name) for name in LayoutName)
