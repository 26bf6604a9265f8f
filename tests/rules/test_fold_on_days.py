"""One pass over a task's entries gives on each day what a fold of that day gives, and turns back no farther than it must."""

import random
from copy import copy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from test_histories import histories as stories

from building import book_of, plan_of, units_of
from random_histories import FIRST, LAST, book_from, histories
from zhenggai.model.book import Book
from zhenggai.model.event_of_entry import Event
from zhenggai.rules.task import fold_on_days as days_folded
from zhenggai.rules.task import folding
from zhenggai.rules.task.entry_assignment import file_events
from zhenggai.rules.task.fold import fold
from zhenggai.rules.task.fold_on_days import fold_on_days
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_history import tasks_on
from zhenggai.rules.task.task_state import TaskState

DAYS = [FIRST + timedelta(days=n) for n in range(-10, (LAST - FIRST).days + 40)]


def assert_as_folds(book: Book, known_by: date = date.max) -> None:
    """Of each task, the state on each day is that of a fold of the day."""
    events = file_events(book.events, book.plan, book.units).events
    for run in tasks_on(book.plan, book.units, DAYS, known_by):
        for task in (spell.task for spell in run.spells):
            filed = events.get(task.key, ())
            found = fold_on_days(task, filed, run.days, known_by, unit_of=book.units.recorder)
            states = [(day, copy(head), explained) for some, head, explained in found for day in some]
            assert [day for day, _, _ in states] == list(run.days)
            for day, head, explained in states:
                expected = fold(task, filed, day, known_by, unit_of=book.units.recorder)
                assert (head, explained) == (expected.head, expected.explained), (task.key, day)


OFTEN = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def kept_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fold is kept before every second entry, so that short histories turn back and meet themselves too."""
    monkeypatch.setattr(days_folded, "_EVERY", 2)


@pytest.mark.usefixtures("kept_often")
@OFTEN
@given(histories())
def test_random_histories(history: str) -> None:
    assert_as_folds(book_from(history))


@pytest.mark.usefixtures("kept_often")
@OFTEN
@given(stories())
def test_random_stories_of_one_task(story: str) -> None:
    assert_as_folds(book_of(story))


def reports(corrections: int) -> str:
    """A hundred days with three reports each, and 更正 of some that are long past."""
    draw, lines = random.Random(1), list[str]()
    for n in range(300):
        day = f"{FIRST + timedelta(days=n // 3):%m-%d}"
        lines.append(f"{day} 县教育局 进展 进度={n // 4} 整改金额={n}元 #r{n}")
        if n % 300 >= 300 - corrections:
            changed = draw.choice(("作废=是", "进度=5", "整改金额=1万元", "内容=改"))
            lines.append(f"{day} 县教育局 更正 针对=r{draw.randrange(200)} {changed}")
    return "\n".join(lines)


def test_many_corrections_cost_little_more_than_none(monkeypatch: pytest.MonkeyPatch) -> None:
    book = book_of(reports(60))
    task = tasks_on(plan_of(), units_of(), DAYS, date.max)[0].spells[0].task
    states = [
        (copy(head), some) for some, head, _ in fold_on_days(task, book.events, DAYS, unit_of=book.units.recorder)
    ]
    for head, some in states[::7]:
        assert head == fold(task, book.events, some[-1], unit_of=book.units.recorder).head
    taken: list[Event] = []
    step = folding._step

    def counted(task: Task, head: TaskState, event: Event, *rest: Any) -> None:
        taken.append(event)
        step(task, head, event, *rest)

    monkeypatch.setattr(folding, "_step", counted)
    assert list(fold_on_days(task, book.events, DAYS, unit_of=book.units.recorder))
    assert 300 < len(taken) < 300 + 60 * 64
