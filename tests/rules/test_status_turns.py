"""The days on which what lists count of a task may change: between two of them nothing does, under every profile."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from building import course_of, day
from random_histories import FIRST, LAST, book_from, histories, plans
from zhenggai.deadline.recurrence import Recurrence
from zhenggai.model.profile import DEFAULT, PROFILES, Profile
from zhenggai.rules.day.day_status import StatusReckoner
from zhenggai.rules.day.status_turns import status_turns
from zhenggai.rules.task.life import Sort, State
from zhenggai.rules.task.task_row import Duties, Rhythm, Routine, StepRow, TaskRow

SINCE, UNTIL = date(2020, 3, 20), date(2020, 9, 20)
SPAN = [SINCE + timedelta(days=n) for n in range((UNTIL - SINCE).days + 1)]
DATES = st.dates(date(2020, 1, 1), date(2020, 12, 31))
ORDINALS = DATES.map(date.toordinal)
LITTLE = st.integers(0, 40)
THRESHOLDS = st.fixed_dictionaries(
    dict.fromkeys(("due_soon_days", "urgent_days", "lag_points", "silent_days", "late_record_days"), LITTLE)
)
OWN = st.builds(
    lambda profile, values: replace(profile, **values), st.sampled_from(list(PROFILES.values())), THRESHOLDS
)
RECURRENCES = st.sampled_from(
    [
        Recurrence("week"),
        Recurrence("week", 3),
        Recurrence("month"),
        Recurrence("month", 10),
        Recurrence("quarter", 5, 1),
    ]
)


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    """A duty with one frequency or two, of which some occurrences were recorded, early or late."""
    start, turn = sorted((draw(DATES), draw(DATES)))
    found = (Rhythm(draw(RECURRENCES), start, turn), Rhythm(draw(RECURRENCES), turn, draw(st.none() | DATES)))
    periods = [o.period for r in found for o in r.recurrence.occurrences(r.start, date(2020, 12, 31))]
    done = draw(st.lists(st.sampled_from(periods), unique=True)) if periods else []
    days = [draw(ORDINALS) for _ in done]
    duties = Duties(tuple(done), tuple(days), tuple(one + draw(LITTLE) for one in days))
    return Routine(draw(st.sampled_from(("", "1-1-1"))), rhythms=found, duties=duties, missed_from=draw(ORDINALS))


ROWS = st.builds(
    TaskRow,
    sort=st.sampled_from(Sort),
    state=st.sampled_from(State),
    start=ORDINALS,
    due=st.none() | ORDINALS,
    percent=st.none() | st.integers(0, 100),
    last_entry=st.none() | ORDINALS,
    next_review=st.none() | ORDINALS,
    long_term=st.booleans(),
    lasting=st.sampled_from(("", "长期坚持")),
    unread=st.booleans(),
    absent=st.booleans(),
    returned=st.booleans(),
    pending=st.sampled_from(((), ("",), ("1-1-1",))),
    round=st.integers(1, 2),
    routines=st.lists(routines(), max_size=2).map(tuple),
    steps=st.lists(ORDINALS.map(lambda due: StepRow("1-1-1", "初稿", "", due)), max_size=2).map(tuple),
)


def counted(row: TaskRow, profile: Profile, on: date) -> tuple[object, ...]:
    status = StatusReckoner(on, profile).status(row)
    steps = [step.step for step in status.steps if step.is_overdue]
    return status.group, status.light, status.is_overdue, steps, status.duties


def assert_turns(row: TaskRow, profile: Profile) -> None:
    turns = set(status_turns(row, profile, SINCE, UNTIL))
    standing: tuple[object, ...] = ()
    for on in SPAN:
        if on in turns:
            standing = counted(row, profile, on)
        assert counted(row, profile, on) == standing, (on, sorted(turns))


@settings(max_examples=30)
@given(ROWS, OWN)
def test_nothing_counted_changes_between_turns(row: TaskRow, profile: Profile) -> None:
    assert_turns(row, profile)


@settings(max_examples=6)
@given(histories(), plans(), st.dates(FIRST, LAST), st.sampled_from(list(PROFILES.values())))
def test_the_rows_of_random_histories(history: str, plan: str, as_of: date, profile: Profile) -> None:
    for tasks in course_of(book_from(history, plan), [as_of]).values():
        for row in {task.row for task in tasks}:
            assert_turns(row, profile)


def test_a_task_in_time_turns_where_its_lights_do() -> None:
    row = TaskRow(Sort.DATED, State.IN_PROGRESS, day("04-01").toordinal(), day("06-30").toordinal(), percent=30)
    found = status_turns(row, DEFAULT, day("04-02"), day("12-31"))
    assert [f"{on:%m-%d}" for on in found] == ["04-02", "05-02", "05-16", "06-10", "06-20", "07-01"]
    assert status_turns(row, DEFAULT, day("07-01"), day("12-31")) == [day("07-01")]
