"""The shipped plan and ledger have the properties that the README promises."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from small_repo import DAYS, SHIPPED, Runner
from zhenggai.ledger import Ledger, open_ledger
from zhenggai.ledger.whole import check_root
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import recorded_on
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level
from zhenggai.reading.canonical_form import entry_text
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.phases import BEFORE, due_phase
from zhenggai.views.changes_since_report import baseline_of
from zhenggai.views.due import due, overdue
from zhenggai.views.periodical import Periodical, periodical
from zhenggai.views.phase import phase
from zhenggai.views.report_period import WEEK, period_of
from zhenggai.views.show import show
from zhenggai.views.status import status

LEDGERS = SHIPPED / "ledgers" / "jcdj-2020"


@cache
def ledger() -> Ledger:
    return open_ledger(SHIPPED, "jcdj-2020")


def plan() -> Plan:
    return ledger().book.plan


@cache
def snapshot(day: str) -> Snapshot:
    return ledger().snapshot(date.fromisoformat(day))


def test_the_plan_has_six_problems_and_twenty_one_measures() -> None:
    assert [len(problem.measures) for problem in plan().problems] == [3, 3, 5, 4, 3, 3]


def test_the_phases_share_months_and_the_last_is_open() -> None:
    windows = [(w.start, w.end) for w in snapshot("2020-06-30").windows]
    assert windows == [
        (date(2020, 4, 1), date(2020, 9, 30)),
        (date(2020, 9, 1), date(2020, 12, 31)),
        (date(2020, 12, 1), None),
    ]


def test_the_one_stated_deadline_lies_before_the_first_phase() -> None:
    stated = {m.number: m.deadline for _, m in plan().measures() if m.deadline and m.deadline != m.category}
    assert stated == {"4-1": "2020年3月上旬前"}
    (day,) = {t.head.first_due for t in snapshot("2020-06-30").tasks if t.measure == "4-1"}
    assert day == date(2020, 3, 10)
    assert due_phase(snapshot("2020-06-30").windows, day) == BEFORE


def test_party_lessons_take_more_than_a_fifth_of_the_hours() -> None:
    target = plan().measure_by_number["1-3"].target
    assert target is not None
    assert (target.name, target.requirement) == ("党性教育课时占比", "> 20 %")


def test_problems_come_from_both_inspections_and_are_common_or_individual() -> None:
    assert plan().sources == {"xs": "省委巡视反馈", "xr": "选人用人专项检查反馈"}
    assert {code for problem in plan().problems for code in problem.origin} == {"xs", "xr"}
    assert Counter(problem.nature for problem in plan().problems) == {"共性": 4, "个性": 2}


def test_publications_recur_each_quarter_and_each_year() -> None:
    measure = plan().measure_by_number["2-2"]
    assert (measure.frequency, [step.frequency for step in measure.steps]) == ("每季度", [None, "每季度", "每年"])


def test_the_county_has_about_thirty_units_in_four_classes() -> None:
    units = ledger().book.units
    assert [c.name for c in units.classes] == ["县委部门", "县直单位", "乡镇", "社区"]
    assert 28 <= len(units.members) <= 34


def test_there_are_eighty_five_tasks_and_a_year_of_entries_of_every_kind() -> None:
    assert snapshot("2020-12-31").counts.tasks == 85
    assert 440 <= len(ledger().book.records) <= 480
    assert {record.entry.kind for record in ledger().book.records} == set(Kind)
    assert {record.entry.date.month for record in ledger().book.records} == set(range(3, 13))


def test_many_writers_share_the_ledger() -> None:
    assert len({record.source.path.split(".")[1] for record in ledger().book.records}) >= 5
    assert len({record.recorder for record in ledger().book.records}) >= 25


@pytest.mark.parametrize("day", DAYS)
def test_check_finds_no_error(day: str) -> None:
    diagnostics = check_root(SHIPPED, None, date.fromisoformat(day))
    assert [str(diagnostic) for diagnostic in diagnostics if diagnostic.level is Level.ERROR] == []


@pytest.mark.parametrize("path", sorted(LEDGERS.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_ledger_file_is_canonical_byte_for_byte(path: Path) -> None:
    here = path.relative_to(SHIPPED).as_posix()
    entries = [record.entry for record in ledger().book.records if record.source.path == here]
    assert path.read_bytes() == "".join(map(entry_text, entries)).encode()


def test_every_piece_of_evidence_is_named_by_an_entry() -> None:
    named = {
        f"{record.source.path.rpartition('/')[0]}/{text}"
        for record in ledger().book.records
        for text in record.entry.evidence
        if text.startswith("附件/")
    }
    assert named == ledger().book.evidence_files


def weekly(day: str) -> Periodical:
    now = snapshot(day)
    period = period_of(WEEK, now.plan, now.as_of)
    return periodical(now, baseline_of(ledger().snapshot(date.fromordinal(period.start.toordinal() - 1))), period)


SOMETHING: dict[str, Callable[[str], object]] = {
    "status": lambda day: status(snapshot(day)).worst,
    "overdue": lambda day: overdue(snapshot(day)).tasks,
    "due": lambda day: due(snapshot(day), 20).tasks,
    "phase": lambda day: phase(snapshot(day)).total.due,
    "show a measure": lambda day: show(snapshot(day), "3-2").lines,
    "show a unit": lambda day: show(snapshot(day), "石桥镇").lines,
    "week": lambda day: weekly(day).told,
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("command", SOMETHING)
def test_every_command_has_something_to_show(command: str, day: str) -> None:
    assert SOMETHING[command](day)


def test_what_was_measured_is_exact_in_json(zhenggai: Runner) -> None:
    ran = zhenggai("show", "1-3", "--unit", "县委组织部", "--as-of", "2020-12-31", "--format", "json", at=SHIPPED)
    entries = json.loads(ran.out)["entries"]
    assert [(e["measured"], e["measured_base"]) for e in entries if "measured" in e] == [("26", "120")]


@pytest.mark.parametrize("day", DAYS)
def test_there_are_overdue_silent_extended_returned_closed_and_relapsed_tasks(day: str) -> None:
    tasks = snapshot(day).tasks
    assert {
        "overdue": any(t.status.is_overdue for t in tasks),
        "silent": any((t.status.silent_days or 0) > plan().rules.silent_days for t in tasks),
        "extended": any(t.head.extensions for t in tasks),
        "returned": any(t.head.returns for t in tasks),
        "closed": any(t.head.closed for t in tasks),
        "relapsed": any(t.head.relapses for t in tasks),
    } == dict.fromkeys(("overdue", "silent", "extended", "returned", "closed", "relapsed"), True)


@pytest.mark.parametrize("day", DAYS)
def test_something_was_recorded_too_late(day: str) -> None:
    events = [event for task in snapshot(day).tasks for event in task.filed if event.date <= snapshot(day).as_of]
    late = [event for event in events if (recorded_on(event.number) - event.date).days > 7]
    assert late
