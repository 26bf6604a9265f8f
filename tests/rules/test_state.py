"""What holds for ``state`` whatever was recorded: laws over random histories."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from building import day as d
from building import in_order_of_place, parts_of, records_of, snapshot_of, task_in, units_of
from random_histories import DAYS, LAST, MERGED, PLAN, book_from, histories
from zhenggai.model.book import Book, Record
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import recorded_on
from zhenggai.model.source import Source
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state
from zhenggai.rules.task.fold import fold
from zhenggai.rules.task.life import COMPLETE, State
from zhenggai.rules.task.transitions import RULES


def shown(snapshot: Snapshot) -> object:
    """All that a snapshot says as of its day. What is filed, and what is wrong with it, knows no day."""
    return parts_of(snapshot), snapshot.counts, snapshot.last_entry, snapshot.aside.loose


@settings(max_examples=30)
@given(histories(), DAYS, st.randoms(use_true_random=False))
def test_the_order_in_which_files_and_entries_are_read_does_not_matter(
    history: str, as_of: date, random: Random
) -> None:
    book = book_from(history)
    shuffled = list(book.records)
    random.shuffle(shuffled)
    before, after = state(book, as_of), state(replace(book, records=in_order_of_place(shuffled)), as_of)
    assert shown(before) == shown(after)
    assert before.diagnostics == after.diagnostics
    assert [task.filed for task in before.tasks] == [task.filed for task in after.tasks]


@settings(max_examples=30)
@given(histories(), DAYS, st.randoms(use_true_random=False))
def test_how_the_entries_are_spread_over_files_and_lines_does_not_matter(
    history: str, as_of: date, random: Random
) -> None:
    book = book_from(history)
    moved = [moved_to(record, random.randrange(1, 9999), random.choice("甲乙丙")) for record in book.records]
    before, after = state(book, as_of), state(replace(book, records=in_order_of_place(moved)), as_of)
    heads = [[(t.task, t.head, t.status) for t in snapshot.tasks] for snapshot in (before, after)]
    assert heads[0] == heads[1]
    numbers = [[[e.number for e in t.events] for t in snapshot.tasks] for snapshot in (before, after)]
    assert numbers[0] == numbers[1]
    assert (before.counts, before.last_entry) == (after.counts, after.last_entry)
    assert sorted(p.what for p in before.diagnostics) == sorted(p.what for p in after.diagnostics)


def moved_to(record: Record, line: int, file: str) -> Record:
    path = record.source.path.rpartition("/")[0]
    return replace(record, source=Source(f"{path}/{file}.yaml", line))


@settings(max_examples=30)
@given(histories(), DAYS)
def test_an_entry_dated_later_never_changes_the_snapshot_of_a_day(history: str, as_of: date) -> None:
    book = book_from(history)
    until = tuple(r for r in book.records if r.entry.date <= as_of)
    assert shown(state(replace(book, records=until), as_of)) == shown(state(book, as_of))


@settings(max_examples=30)
@given(histories(), DAYS, DAYS)
def test_an_entry_recorded_later_never_changes_what_was_known(history: str, as_of: date, known_by: date) -> None:
    book = book_from(history)
    known = tuple(r for r in book.records if recorded_on(r.entry.number) <= known_by)
    assert shown(state(replace(book, records=known), as_of, known_by)) == shown(state(book, as_of, known_by))


@settings(max_examples=30)
@given(histories(), DAYS)
def test_the_groups_sum_to_the_tasks_and_closed_is_part_of_completed(history: str, as_of: date) -> None:
    snapshot = state(book_from(history), as_of)
    counts = snapshot.counts
    assert sum(getattr(counts, group.value) for group in Group) == counts.tasks == len(snapshot.tasks)
    assert counts.denominator == counts.not_started + counts.in_progress + counts.basically_done + counts.completed
    assert counts.closed <= counts.completed
    assert counts.overdue <= counts.denominator - counts.completed
    rate = counts.completion_rate
    assert rate is not None, "this plan always has dated tasks"
    assert abs(rate - 100 * counts.completed / counts.denominator) <= 0.005


@settings(max_examples=30)
@given(histories(), DAYS)
def test_overdue_tasks_are_open_and_red(history: str, as_of: date) -> None:
    for task in state(book_from(history), as_of).tasks:
        if task.status.is_overdue:
            assert task.head.state not in COMPLETE
            assert task.head.due is not None
            assert task.head.due < as_of
            assert task.status.light is Light.RED


@settings(max_examples=30)
@given(histories())
def test_a_refused_entry_changes_nothing(history: str) -> None:
    for task in state(book_from(history), LAST).tasks:
        events = sorted(event for event in task.filed if event.kind is not Kind.CORRECTION)
        unit_of = units_of(MERGED).recorder
        before = fold(task.task, [], date.max, unit_of=unit_of)
        for n in range(len(events)):
            after = fold(task.task, events[: n + 1], date.max, unit_of=unit_of)
            if len(after.refusals) > len(before.refusals):
                assert after.head == before.head
                assert after.taken == before.taken
            else:
                assert after.taken == (*before.taken, events[n])
            before = after


def ends_of(events: Sequence[Event]) -> set[State]:
    """The states to which the table lets these entries lead, whatever their verdicts."""
    states = {State.NOT_STARTED}
    for event in events:
        rows = RULES[event.kind].transitions
        states = {row.moves[s] for s in states for row in rows if s in row.moves}
    return states


@settings(max_examples=30)
@given(histories(), DAYS)
def test_no_state_is_reached_that_the_table_does_not_allow(history: str, as_of: date) -> None:
    for task in state(book_from(history), as_of).tasks:
        assert task.head.state in ends_of(task.events)
        assert task.head.round == 1 or task.head.relapses or any(e.kind is Kind.REOPENING for e in task.events)


@settings(max_examples=30)
@given(histories(), DAYS)
def test_what_a_head_says_fits_together(history: str, as_of: date) -> None:
    for task in state(book_from(history), as_of).tasks:
        head = task.head
        assert (head.completed is not None) is (head.state in COMPLETE)
        assert (head.closed is not None) is (head.state is State.CLOSED)
        assert head.first_due == task.task.schedule.due
        assert list(head.entry_days) == sorted(head.entry_days)
        assert all(e.date <= as_of for e in task.events)


@settings(max_examples=30)
@given(histories())
def test_every_problem_has_its_place_its_words_and_its_remedy(history: str) -> None:
    book = book_from(history)
    places = {record.source for record in book.records}
    for diagnostic in state(book, LAST).diagnostics:
        assert diagnostic.source in places
        assert diagnostic.what
        assert diagnostic.remedy


# --- in sight -------------------------------------------------------------------------------------------------------


def test_the_snapshot_knows_when_the_last_entry_was() -> None:
    ledger = "05-02/05-20 县教育局 进展 1-1\n04-02 县教育局 进展 1-2\n06-01 县教育局 进展 1-1"
    snapshot = snapshot_of(ledger, "05-31", plan=PLAN)
    assert snapshot.last_entry == d("05-02")
    earlier = snapshot_of(ledger, "05-31", known_by="05-19", plan=PLAN)
    assert earlier.last_entry == d("04-02")
    assert snapshot_of(plan=PLAN).last_entry is None


def test_of_a_repeated_number_the_snapshot_knows_the_first() -> None:
    one, two = records_of("04-02|李 县教育局 进展 进度=1"), records_of("04-02|赵 县教育局 进展 进度=2")
    book = Book(book_from("").plan, book_from("").units, (*one, *two))
    snapshot = state(book, LAST)
    number = one[0].entry.number
    assert snapshot.archive.record(number) == one[0]
    assert [snapshot.said(number), snapshot.recorder_of(number)] == [one[0].entry, "县教育局"]


def test_problems_stand_in_order_of_place() -> None:
    ledger = "04-02 县教育局 基本完成 1-1\n04-03 县教育局 进展 1-9\n04-01 城关镇 基本完成 1-1"
    places = [p.source for p in snapshot_of(ledger, plan=PLAN).diagnostics]
    assert len(places) == 3
    assert places == sorted(places)


def test_a_task_bears_the_name_of_the_unit_that_carries_it() -> None:
    snapshot = snapshot_of(as_of="06-30", plan=PLAN, units=MERGED)
    assert task_in(snapshot, "1-1", "河东乡").unit == "城关镇"
    assert task_in(snapshot, "1-1", "县教育局").measure == "1-1"


def test_an_answer_to_what_is_about_no_task_is_a_problem_and_not_lost() -> None:
    ledger = """
    05-01 县委督查局 督查 措施= 单位=县教育局 方式=明察 结论=反弹 #督
    05-02 县委督查局 重新整改 针对=督 原因=返工 时限=2020-09-30
    05-03 县教育局 回复 针对=督
    """
    (diagnostic,) = snapshot_of(ledger, plan=PLAN).diagnostics
    assert (diagnostic.source.line, diagnostic.what) == (
        2,
        "针对的记录 20200501-00000001 不是哪件任务的记录，不能记“重新整改”",
    )


def test_an_answer_to_a_faulty_entry_adds_no_second_problem() -> None:
    ledger = "04-02 县教育局 申请销号 1-9 签批领导=局长 #申\n04-03 县委组织部 初审 针对=申 结论=通过"
    assert [p.source.line for p in snapshot_of(ledger, plan=PLAN).diagnostics] == [1]
