"""期初: reports say once how many entries came from an old ledger; lists of entries say where from, and not that they are late."""

import json
from pathlib import Path
from typing import Any

import pytest

from small_repo import PLAN, day, ledger_in, small_repo, snapshot_in, write
from zhenggai.document import Report
from zhenggai.model.issued_report import Issue
from zhenggai.render import render
from zhenggai.render.json_ import plain
from zhenggai.views.changes_since_report import all_reached, baseline_in, baseline_of
from zhenggai.views.periodical import Periodical, periodical
from zhenggai.views.phase import phase
from zhenggai.views.rank import rank
from zhenggai.views.rectification_report import rectification_report
from zhenggai.views.report_comparison import compare
from zhenggai.views.report_period import WEEK, period_of
from zhenggai.views.show import show
from zhenggai.views.status import status

OPENED = PLAN.replace("问题:\n", "期初: 2020-06-30\n问题:\n", 1)
LEDGER = """
05-10/07-02 县教育局 进展 1-1 录自=台账.xlsx:台账!H2
06-10/07-02 县教育局 完成 1-1 录自=台账.xlsx:台账!H3
06-20/07-02 县财政局 进展 2-3 录自=台账.xlsx:台账!H4
06-21/07-02 县财政局 进展 2-3
"""
SAID = "期初导入3条（原来的台账记到2020年6月30日）。"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, LEDGER, plan=OPENED)


def record_of(report: Report) -> Any:
    return json.loads(render(report, "json"))


def week_of(root: Path, as_of: str, known_by: str = "9999-12-31") -> Periodical:
    ledger = ledger_in(root)
    now = ledger.snapshot(day(as_of), day(known_by))
    period = period_of(WEEK, now.plan, now.as_of)
    eve = ledger.snapshot(period.start.fromordinal(period.start.toordinal() - 1), day(known_by))
    return periodical(now, baseline_of(eve), period)


def issue_of(report: Periodical, issued: str) -> Issue:
    period = report.period
    return Issue(
        kind="week", title="周报", number=period.number, start=period.start, end=period.end, as_of=report.snapshot.as_of,
        known_by=day(issued), issued=day(issued), text="", digest="", commit=None, errors=0, record=plain(report.record()),
        tasks=all_reached(report.snapshot),
    )  # fmt: skip


def test_reports_on_a_day_say_it_once(root: Path) -> None:
    snapshot = snapshot_in(root, "07-05")
    for report in (status(snapshot), phase(snapshot), rectification_report(snapshot)):
        assert render(report, "text").count("期初") == render(report, "text").count(SAID) == 1
        assert record_of(report)["imported"] == 3


def test_the_ranking_says_from_when_weeks_count_as_silent(root: Path) -> None:
    assert "（期初（2020-06-30）以后至今共1个整周）" in render(rank(snapshot_in(root, "07-12"), ()), "text")


def test_what_is_kept_is_made_anew_when_the_plan_is_given_the_day(tmp_path: Path) -> None:
    root = small_repo(tmp_path, LEDGER)
    assert record_of(status(snapshot_in(root, "07-05")))["imported"] == 0
    write(root, {"plans/p.yaml": OPENED})
    assert record_of(status(snapshot_in(root, "07-05")))["imported"] == 3


def test_reports_without_an_old_ledger_say_nothing(tmp_path: Path) -> None:
    snapshot = snapshot_in(small_repo(tmp_path, LEDGER), "07-05")
    for report in (status(snapshot), phase(snapshot), rectification_report(snapshot)):
        assert "期初" not in render(report, "text")
        assert record_of(report)["imported"] == 0


def test_the_week_of_the_import_says_it_and_no_other(root: Path) -> None:
    """The import was on Thursday, 2 July; only the entry without 录自 is a late record."""
    for as_of, number in (("06-28", 0), ("07-05", 3), ("07-12", 0)):
        report = week_of(root, as_of)
        assert render(report, "text").count(f"本周{SAID}") == (number == 3)
        assert len(record_of(report)["imported"]) == number
    assert record_of(week_of(root, "07-05"))["late_records"] == ["20200702-00000004"]


def test_what_was_imported_after_its_week_went_out_is_said_in_the_next(root: Path) -> None:
    issued = baseline_in(issue_of(week_of(root, "07-05", known_by="07-01"), "07-01"))
    now = snapshot_in(root, "07-12")
    assert len(periodical(now, issued, period_of(WEEK, now.plan, now.as_of)).imported) == 3


def test_a_comparison_tells_what_was_imported_from_what_was_late(root: Path) -> None:
    """The week to 14 June went out without the entries, of which two are of earlier days, and one of that week."""
    issue = issue_of(week_of(root, "06-14", known_by="06-14"), "06-15")
    found = [(d.kind, d.number) for d in compare(issue, week_of(root, "06-14")).differences if d.number]
    assert found == [("期初导入", "20200702-00000002"), ("期初导入", "20200702-00000001")]


def test_a_history_says_where_an_entry_comes_from(root: Path) -> None:
    snapshot = snapshot_in(root, "07-05")
    text = render(show(snapshot, "2-3"), "text")
    assert "录自：台账.xlsx:台账!H4" in text
    assert text.count("补录（晚 11 天）") == 1
