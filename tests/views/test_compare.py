"""What has become of an issued report, on ledgers that stand in sight."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from small_repo import day, ledger_files, ledger_in, small_repo, write
from zhenggai.model.issued_report import Issue, digest_of
from zhenggai.render import render
from zhenggai.render.json_ import plain
from zhenggai.views.changes_since_report import all_reached, baseline_of
from zhenggai.views.periodical import Periodical, periodical
from zhenggai.views.report_comparison import Comparison, compare
from zhenggai.views.report_period import WEEK, period_of

LEDGER = """
04-13 县教育局 进展 1-1 进度=40 内容=初稿完成 #稿
04-15 城关镇 进展 1-1 进度=20 #城
04-16 河东乡 进展 1-1 进度=10 佐证=河发〔2020〕3号
04-16 河东乡 完成 1-1 内容=规则印发 #成
"""


def weekly(root: Path, as_of: str = "04-19", known_by: str = "9999-12-31") -> Periodical:
    ledger = ledger_in(root)
    now, before = (ledger.snapshot(day(d), day(known_by)) for d in (as_of, "04-12"))
    return periodical(now, baseline_of(before), period_of(WEEK, now.plan, now.as_of))


def issued(report: Periodical) -> Issue:
    text = render(report, "text")
    return Issue(
        kind="week",
        title="周报",
        number=report.period.number,
        start=report.period.start,
        end=report.period.end,
        as_of=report.snapshot.as_of,
        known_by=day("04-20"),
        issued=day("04-20"),
        text=text,
        digest=digest_of(text),
        commit=None,
        errors=0,
        record=plain(report.record()),
        tasks=all_reached(report.snapshot),
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, LEDGER)


def compared(root: Path, more: str) -> Comparison:
    """The week of a ledger as it went out, compared with what it is with more lines."""
    issue = issued(weekly(root))
    write(root, ledger_files(LEDGER + more))
    return compare(issue, weekly(root))


def told(comparison: Comparison, *kinds: str) -> list[dict[str, Any]]:
    """The differences of some kinds, what is empty left out."""
    found = [asdict(d) for d in comparison.differences if d.kind in kinds]
    return [{name: value for name, value in d.items() if value not in (None, "")} for d in found]


def test_the_same_ledger_makes_no_difference(root: Path) -> None:
    assert compared(root, "").differences == ()


def test_what_happened_after_its_day_makes_no_difference(root: Path) -> None:
    assert compared(root, "04-20 城关镇 完成 1-1\n").differences == ()


def test_a_correction_of_the_period_is_named_with_both_texts(root: Path) -> None:
    more = "04-18/04-22 县教育局 更正 针对=稿 进度=20 内容=只有提纲\n"
    assert told(compared(root, more), "更正") == [
        {
            "kind": "更正",
            "what": "进展",
            "old": "进度：40；内容：初稿完成",
            "new": "进度：20；内容：只有提纲",
            "date": day("04-13"),
            "recorded": day("04-13"),
            "measure": "1-1",
            "unit": "县教育局",
            "number": "20200413-00000001",
        }
    ]


def test_a_later_correction_leaves_the_issued_day_as_it_was(root: Path) -> None:
    assert compared(root, "04-22 县教育局 更正 针对=稿 进度=20\n").differences == ()


def test_a_withdrawn_completion_is_named_with_what_becomes_of_the_task(root: Path) -> None:
    comparison = compared(root, "04-18/04-22 河东乡 更正 针对=成 作废=是\n")
    assert [(d["what"], d["old"], d["number"]) for d in told(comparison, "作废或删去")] == [
        ("完成", "规则印发", "20200416-00000004")
    ]
    assert [(d["unit"], d["old"], d["new"]) for d in told(comparison, "任务")] == [("河东乡", "已完成", "整改中")]
    assert ("已完成", "1", "0") in [(d["what"], d["old"], d["new"]) for d in told(comparison, "数字")]


def test_an_entry_that_was_deleted_is_named(root: Path) -> None:
    issue = issued(weekly(root))
    write(root, {"ledgers/p/城关镇/2020-04.办公室.aa.yaml": ""})
    comparison = compare(issue, weekly(root))
    assert [(d["what"], d["unit"]) for d in told(comparison, "作废或删去")] == [("进展", "城关镇")]
    assert told(comparison, "任务") == [
        {"kind": "任务", "measure": "1-1", "unit": "城关镇", "old": "整改中", "new": "未启动"}
    ]


def test_a_late_record_of_an_earlier_week_is_named_too(root: Path) -> None:
    (late,) = told(compared(root, "04-08/04-29 城关镇 进展 1-1 内容=开会部署\n"), "补录")
    assert (late["date"], late["recorded"], late["new"]) == (day("04-08"), day("04-29"), "开会部署")


def test_a_task_that_became_overdue_or_extended_says_so(tmp_path: Path) -> None:
    ledger = "07-01 城关镇 进展 1-1\n06-20 河东乡 申请延期 1-1 至=2020-08-31 原因=汛情 #延\n"
    root = small_repo(tmp_path, ledger)
    now, before = (ledger_in(root).snapshot(day(d)) for d in ("07-05", "06-28"))
    issue = issued(periodical(now, baseline_of(before), period_of(WEEK, now.plan, now.as_of)))
    write(root, ledger_files(ledger + "06-25/07-08 县委组织部 同意延期 针对=延 至=2020-08-31\n"))
    now, before = (ledger_in(root).snapshot(day(d)) for d in ("07-05", "06-28"))
    comparison = compare(issue, periodical(now, baseline_of(before), period_of(WEEK, now.plan, now.as_of)))
    (task,) = told(comparison, "任务")
    assert (task["unit"], task["old"], task["new"]) == ("河东乡", "逾期，延期0次", "未逾期，延期1次")


def test_what_was_not_known_then_makes_the_difference(root: Path) -> None:
    issue = issued(weekly(root))
    write(root, ledger_files(LEDGER + "04-18/04-22 城关镇 完成 1-1\n"))
    assert compare(issue, weekly(root, known_by="2020-04-21")).differences == ()
    assert [d["what"] for d in told(compare(issue, weekly(root)), "补录")] == ["完成"]
