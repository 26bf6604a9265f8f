"""What ``week`` and ``month`` share: the period, its report, issuing a report, comparing an issued one with today's data."""

from datetime import date, timedelta
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.issuing import (
    Span,
    adjusted_since,
    issue_of,
    keep,
    may_be_issued,
    put_compared,
    put_issued,
    put_new,
    refuse_part,
    say_issued,
)
from zhenggai.cli.lone_words import OwnNumber
from zhenggai.cli.options import number_option
from zhenggai.cli.output import tell
from zhenggai.cli.question import Asked
from zhenggai.cli.submissions import owed
from zhenggai.errors import Exit, UsageError
from zhenggai.model.issued_report import Issue
from zhenggai.model.source import Diagnostic
from zhenggai.reading.issued_reports import Shelf, issued_numbers, read_issue
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.changes_since_report import Baseline, baseline_in, baseline_of
from zhenggai.views.groups import By
from zhenggai.views.periodical import IssuedPeriodical, Periodical, periodical
from zhenggai.views.report_period import Cadence, Period, period_no, period_of
from zhenggai.views.selection import select

NoOption = Annotated[
    int | None, number_option("--no", "--期", about="第几期，默认 --as-of 那天所在的一期", metavar="期号")
]
NUMBER = OwnNumber("--no", ("期",))
IssueOption = Annotated[bool, typer.Option("--issue", "--印发", help="印发：原文留底在 报告/，此后不再重新生成")]
CompareOption = Annotated[
    int | None, number_option("--compare", "--对照", about="第几期印发后，数据有了哪些变化", metavar="期号")
]


def answer(
    asked: Asked, cadence: Cadence, no: int | None, to_issue: bool, against: int | None, by: By | None = None
) -> Exit:
    """Output the report of a period, or with ``against`` the comparison of an issued one with today's data.

    With ``to_issue``, first store the report as issued. ``by`` adds a section to a report that is not issued.
    """
    no = asked.number_or(no, "--no")
    if to_issue or against is not None:
        refuse_part(asked)
    plan = asked.ledger.plan
    shelf = Shelf(asked.ledger.root, plan.number, cadence.title)
    if (to_issue or against is not None) and by:
        raise UsageError("印发和对照的报告没有分列一节\n  下一步：去掉 --by")
    if against is not None:
        if to_issue or no is not None:
            raise UsageError("--compare 不和 --issue、--no 一起用")
        return _compared(asked, shelf, cadence, against)
    period = period_of(cadence, plan, asked.as_of) if no is None else period_no(cadence, plan, no)
    if to_issue:
        may_be_issued(shelf, plan, period.number, _last_day(asked, period))
    elif by is None and (issued := _issued(asked, shelf, period)):
        return put_issued(asked, shelf, issued, f"加 --known-by {clock.today(plan)}")
    snapshot = asked.ledger.snapshot(_last_day(asked, period), asked.known_by)
    if snapshot.as_of > clock.today(plan):
        tell(f"{snapshot.as_of} 还没有到，以下按现有的记录推算")
    before, since, diagnostics = _compared_with(asked, shelf, period)
    report = _report(asked, snapshot, before, since, period, by)
    errors = (*diagnostics, *asked.ledger.errors(snapshot))
    if to_issue:
        keep(asked, shelf, Span(cadence.step, period.number, period.start, period.end), report, len(errors))
        return put_new(asked, shelf, period.number, report, errors)
    if period.number in issued_numbers(shelf):
        compared = f"印发后的变化见 --compare {period.number}"
        say_issued(shelf, period.number, f"以下按现在的数据重新计算；{compared}")
    return asked.put(report, errors)


def _issued(asked: Asked, shelf: Shelf, period: Period) -> IssuedPeriodical | None:
    """The issued report of a period if it answers what is asked: the whole, and no other day than its own."""
    if not asked.selection.is_all or asked.known_by != date.max or period.number not in issued_numbers(shelf):
        return None
    issue = read_issue(shelf, period.number)
    if isinstance(issue, Diagnostic) or (asked.is_dated and _last_day(asked, period) != issue.as_of):
        return None
    return IssuedPeriodical(issue, issue.document, asked.ledger.plan.terms) if issue.document else None


def _last_day(asked: Asked, period: Period) -> date:
    """The day that a report is as of: the requested day if it is in the period, else the period's last day."""
    return asked.as_of if period.start <= asked.as_of <= period.end else period.end


def _report(
    asked: Asked, snapshot: Snapshot, before: Baseline, since: date, period: Period, by: By | None
) -> Periodical:
    chosen = select(snapshot, asked.selection)
    adjusted = adjusted_since(asked, chosen, since)
    return periodical(
        chosen, before, period, adjusted, whole=asked.selection.is_all, pending=owed(asked, snapshot), by=by
    )


def _compared_with(asked: Asked, shelf: Shelf, period: Period) -> tuple[Baseline, date, list[Diagnostic]]:
    """The baseline of a report, the day since which plan adjustments are new, and diagnostics of unreadable issued reports.

    The baseline is the previous number as issued, if there is one and nothing is filtered. Otherwise it is computed for
    the end of the previous period.
    """
    numbers = [n for n in issued_numbers(shelf) if n < period.number]
    last = read_issue(shelf, numbers[-1]) if numbers else None
    diagnostics = [last] if isinstance(last, Diagnostic) else []
    issue = last if isinstance(last, Issue) and last.issued <= asked.known_by else None
    if issue is not None and issue.number == period.number - 1 and asked.selection.is_all:
        return baseline_in(issue), issue.as_of, diagnostics
    before = _before(asked, period)
    return before, issue.as_of if issue else before.as_of, diagnostics


def _before(asked: Asked, period: Period) -> Baseline:
    snapshot = asked.ledger.snapshot(period.start - timedelta(days=1), asked.known_by)
    return baseline_of(select(snapshot, asked.selection))


def _compared(asked: Asked, shelf: Shelf, cadence: Cadence, number: int) -> Exit:
    issue = issue_of(shelf, number)
    period = Period(cadence, number, issue.start, issue.end)
    previous = issue.record["previous"]
    before = _before(asked, period) if previous is None else baseline_in(issue_of(shelf, previous))
    snapshot = asked.ledger.snapshot(issue.as_of, asked.known_by)
    return put_compared(asked, issue, periodical(snapshot, before, period))
