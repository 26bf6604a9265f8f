"""An old ledger is not late: what was imported from it (录自) counts as recorded on its own day, until the plan's 期初."""

import re
from datetime import date

import pytest
from hypothesis import given, settings

from building import HEAD, PLAN, book_of, day, head_of, refusals_of, snapshot_of, task_in
from random_histories import DAYS, histories
from random_histories import PLAN as HISTORIES
from zhenggai.rules.day.day_status import was_late
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.ranking import scores_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.day.state import state
from zhenggai.rules.task.task_state import Duty

OPENED = PLAN.replace("问题:\n", "期初: 2020-07-31\n问题:\n", 1)
OLD = "录自=台账.xlsx:台账!B8"
DONE = f"06-20/08-10 县教育局 完成 1-1 {OLD}"


def is_late(ledger: str, plan: str = OPENED) -> bool:
    task = task_in(snapshot_of(ledger, plan=plan))
    return was_late(task.row, task.due, 7)


@pytest.mark.parametrize(
    ("ledger", "plan", "late"),
    [
        (DONE, OPENED, False),
        (DONE.replace(OLD, ""), OPENED, True),
        (DONE, PLAN, True),
        (DONE, OPENED.replace("期初: 2020-07-31", "期初: 2020-06-19"), True),
        (DONE, OPENED.replace("期初: 2020-07-31", "期初: 2020-06-20"), False),
        (DONE.replace("06-20/", "07-05/"), OPENED, True),
    ],
    ids=["imported", "no 录自", "no 期初", "after 期初", "on the day of 期初", "late by its own day"],
)
def test_what_is_imported_is_late_by_its_own_day(ledger: str, plan: str, late: bool) -> None:
    assert is_late(ledger, plan) is late


def test_a_correction_makes_nothing_imported() -> None:
    correction = f"08-11 县教育局 更正 针对=完 内容=改正 {OLD}"
    assert is_late(f"{DONE.replace(OLD, '#完')}\n{correction}")
    assert not is_late(f"{DONE} #完\n08-11 县教育局 更正 针对=完 内容=改正")


def test_what_is_known_goes_by_the_recording_day() -> None:
    assert not task_in(snapshot_of(DONE, plan=OPENED, known_by="08-09")).row.is_complete
    assert task_in(snapshot_of(DONE, plan=OPENED, known_by="08-10")).row.is_complete


def test_what_is_imported_is_counted_as_such() -> None:
    ledger = f"""
    05-10/08-10 县教育局 进展 {OLD}
    06-10/08-10 县教育局 进展
    08-05/08-10 县教育局 进展 {OLD}
    {DONE}
    """
    task = task_in(snapshot_of(ledger, plan=OPENED))
    assert (task.head.imported, task.row.imported) == (2, 2)


def test_an_occurrence_is_on_time_by_its_own_day_and_none_is_missed_by_the_old_ledger() -> None:
    """The duty is monthly and begins in April; that of July ends on the day of 期初."""
    ledger = f"05-20/08-10 县教育局 例行 1-4 期次=2020-05 {OLD}"
    (duty,) = head_of(ledger, measure="1-4", plan=OPENED).duties
    assert duty == Duty("2020-05", day("05-20").toordinal(), day("05-20").toordinal())
    duties = task_in(snapshot_of(ledger, "09-15", plan=OPENED), "1-4").status.duties
    assert (duties.on_time, duties.late, duties.missed) == (1, 0, 1)
    assert [duty.occurrence.period for duty in duties.unfilled] == ["2020-08"]


def test_a_long_term_task_is_reviewed_a_quarter_after_the_old_ledger() -> None:
    plan = OPENED.replace("下次评估: 2020-07-01, ", "")
    task = task_in(snapshot_of("", "08-15", plan=plan), "1-3")
    assert (task.next_review, task.status.light) == (day("10-31"), Light.BLUE)
    named = task_in(snapshot_of("", "08-15", plan=OPENED), "1-3")
    assert (named.next_review, named.status.light) == (day("07-01"), Light.RED)


def test_what_an_old_ledger_completed_is_followed_up_from_its_end() -> None:
    plan = OPENED.replace("时限: 2020年6月30日前", "时限: 2020年6月30日前，并长期坚持")
    assert head_of(f"04-20/08-10 县教育局 完成 {OLD}", plan=plan).next_review == day("10-31")
    assert head_of("04-20 县教育局 完成", plan=plan).next_review == day("07-20")


def test_no_week_of_an_old_ledger_is_silent() -> None:
    """期初 is a Friday: the week from 3 August is the first that counts."""
    plan = HEAD.replace("问题:\n", "期初: 2020-07-31\n问题:\n") + PLAN.removeprefix(HEAD)

    def silent(as_of: str, plan: str) -> int:
        return next(s.silent_weeks for s in scores_of(snapshot_of("", as_of, plan=plan)) if s.unit == "县教育局")

    assert [silent(as_of, plan) for as_of in ("07-31", "08-08", "08-09")] == [0, 0, 1]
    assert silent("08-09", PLAN) == 19


@settings(max_examples=25)
@given(histories(), DAYS)
def test_an_old_ledger_is_as_timely_as_one_that_was_recorded_at_once(ledger: str, today: date) -> None:
    """All is imported on 1 December, or was recorded on its own day."""
    plan = HISTORIES.replace("期初: 2020-05-10", "期初: 2021-12-31")

    def snapshot(recorded: str, mark: str) -> Snapshot:
        lines = (
            re.sub(r"^([^/]+)/[^|]+", recorded, line.replace(f" {OLD}", "")) + mark for line in ledger.splitlines()
        )
        return state(book_of("\n".join(lines), plan), today)

    imported, timely = snapshot(r"\1/2020-12-01", f" {OLD}"), snapshot(r"\1", "")
    assert [_apart_from_numbers(task) for task in imported.tasks] == [
        _apart_from_numbers(task) for task in timely.tasks
    ]
    assert [score.merit for score in scores_of(imported)] == [score.merit for score in scores_of(timely)]


def _apart_from_numbers(task: SnapshotTask) -> tuple[object, ...]:
    """A task without what an import changes: numbers, and when it is reviewed after its completion."""
    row = task.row._replace(imported=0, explained=None)
    return (task.key, row._replace(next_review=None)) if row.is_followed else (task.key, row, task.status)


def test_an_old_ledger_needs_no_more_than_the_rules_want() -> None:
    assert refusals_of(DONE, plan=OPENED) == []
    by_office = f"06-20/08-10 县委组织部 完成 1-1 单位=县教育局 代录=是 {OLD}"
    assert refusals_of(by_office, plan=OPENED) == []
    assert not is_late(by_office)
    assert refusals_of(by_office.replace(" 代录=是", ""), plan=OPENED) == ["1 他单位的完成须标明代录"]
