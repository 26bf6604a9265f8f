"""Every report on the shipped plan, whole: renewed with ``pytest --renew-golden`` and reviewed as a diff."""

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from small_repo import DAYS, SHIPPED
from zhenggai.document import Report
from zhenggai.ledger import Ledger, open_ledger
from zhenggai.render import render
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.plan_on_day import adjusted_between
from zhenggai.views.changes_since_report import baseline_of
from zhenggai.views.due import due, overdue
from zhenggai.views.periodical import periodical
from zhenggai.views.phase import phase
from zhenggai.views.rectification_report import rectification_report
from zhenggai.views.report_period import MONTH, WEEK, Cadence, period_of
from zhenggai.views.show import show
from zhenggai.views.status import status

Golden = Callable[[str, str], None]
SUFFIX = {"text": "txt", "md": "md", "csv": "csv", "json": "json"}


@cache
def ledger() -> Ledger:
    return open_ledger(SHIPPED, "jcdj-2020")


@cache
def snapshot(day: str) -> Snapshot:
    return ledger().snapshot(date.fromisoformat(day))


def of_period(cadence: Cadence, day: str) -> Report:
    now = snapshot(day)
    period = period_of(cadence, now.plan, now.as_of)
    eve = date.fromordinal(period.start.toordinal() - 1)
    adjusted = adjusted_between(ledger().book.plan, eve, now.as_of)
    return periodical(now, baseline_of(ledger().snapshot(eve)), period, adjusted)


REPORTS: dict[str, Callable[[str], Report]] = {
    "overdue": lambda day: overdue(snapshot(day)),
    "due": lambda day: due(snapshot(day), 20),
    "week": lambda day: of_period(WEEK, day),
    "report": lambda day: rectification_report(snapshot(day)),
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", REPORTS)
def test_the_report_reads_as_it_did(name: str, day: str, golden: Golden) -> None:
    golden(f"{name}-{day}.txt", render(REPORTS[name](day), "text"))


def test_the_monthly_report_reads_as_it_did(golden: Golden) -> None:
    golden("month-2020-06.txt", render(of_period(MONTH, "2020-06-30"), "text"))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("format_name", SUFFIX)
def test_status_reads_as_it_did_in_every_format(format_name: str, day: str, golden: Golden) -> None:
    golden(f"status-{day}.{SUFFIX[format_name]}", render(status(snapshot(day)), format_name))


@pytest.mark.parametrize(("number", "day"), [(1, "2020-09-30"), (2, "2020-12-31")])
def test_the_phases_summary_reads_as_it_did(number: int, day: str, golden: Golden) -> None:
    golden(f"phase-{number}.txt", render(phase(snapshot(day), number), "text"))


@pytest.mark.parametrize(("name", "thing"), [("measure", "3-2"), ("unit", "石桥镇"), ("entry", "nt3ww3yr")])
def test_a_history_reads_as_it_did(name: str, thing: str, golden: Golden) -> None:
    golden(f"show-{name}.txt", render(show(snapshot("2020-09-30"), thing), "text"))


def test_two_readings_of_the_same_files_give_the_same_bytes() -> None:
    again = open_ledger(SHIPPED, "jcdj-2020").snapshot(date(2020, 6, 30))
    for name in SUFFIX:
        assert render(status(again), name) == render(status(snapshot("2020-06-30")), name)
