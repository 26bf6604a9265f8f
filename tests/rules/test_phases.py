"""Phases: two that share a month, one without an end, and where a due date counts."""

import pytest

from building import HEAD, plan_of, snapshot_of
from building import day as d
from zhenggai.rules.plan.phases import AFTER, BEFORE, PhaseWindow, due_phase, open_phases, phase_windows, share_gone

NOTHING = "- {编号: 1, 内容: 甲, 措施: []}"
WINDOWS = phase_windows(plan_of(HEAD + NOTHING))


def test_phases_are_read_as_written_even_where_they_share_a_month() -> None:
    assert [(w.number, w.start, w.end) for w in WINDOWS] == [
        (1, d("04-01"), d("09-30")),
        (2, d("09-01"), d("12-31")),
        (3, d("12-01"), None),
    ]


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        ("03-31", []),
        ("04-01", [1]),
        ("08-31", [1]),
        ("09-01", [1, 2]),
        ("09-30", [1, 2]),
        ("10-01", [2]),
        ("12-31", [2, 3]),
        ("2025-01-01", [3]),
    ],
)
def test_a_day_lies_in_every_phase_that_is_open_then(day: str, numbers: list[int]) -> None:
    assert [w.number for w in open_phases(WINDOWS, d(day))] == numbers
    assert [w.number for w in snapshot_of(as_of=day, plan=HEAD + NOTHING).open_phases] == numbers


@pytest.mark.parametrize(
    ("due", "number"),
    [("03-31", BEFORE), ("04-01", 1), ("09-15", 1), ("10-01", 2), ("12-15", 2), ("2021-01-01", 3)],
)
def test_a_due_date_counts_once_in_the_earliest_phase_that_contains_it(due: str, number: int) -> None:
    assert due_phase(WINDOWS, d(due)) == number
    assert due_phase(WINDOWS[::-1], d(due)) == number


def test_a_due_date_after_every_phase_counts_after_them() -> None:
    assert due_phase(WINDOWS[:2], d("2021-01-01")) == AFTER
    assert due_phase((), d("06-30")) == AFTER


def test_a_phase_without_an_end_has_no_share_gone() -> None:
    assert [w.share_gone(d("12-31")) for w in WINDOWS] == [1.0, 1.0, None]
    assert PhaseWindow(1, "集中整改", "9月底前", None, d("09-30")).share_gone(d("04-01")) is None


def test_the_share_gone_counts_the_day_itself_and_stays_between_nothing_and_all() -> None:
    assert [share_gone(101, 110, day, 2) for day in (70, 100, 101, 105, 110, 111)] == [0.0, 0.0, 0.1, 0.5, 1.0, 1.0]
    assert share_gone(110, 101, 1, 2) == 1.0


def test_a_phase_whose_words_are_unreadable_is_kept_without_days() -> None:
    (window,) = phase_windows(plan_of(HEAD.replace("2020年4月至9月", "不知何时") + NOTHING))[:1]
    assert (window.name, window.start, window.end) == ("集中整改", None, None)


def test_a_phase_that_names_only_its_end_begins_with_the_issue_of_the_plan() -> None:
    head = HEAD.replace("2020年4月至9月", "2020年9月底前")
    assert head != HEAD
    first = phase_windows(plan_of(head + NOTHING))[0]
    assert (first.start, first.end) == (plan_of(head + NOTHING).issued, d("09-30"))
