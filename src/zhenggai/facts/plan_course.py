"""All days of a plan, task by task, from one fold: what the tables of a plan's facts are made from.

A county has ten thousands of tasks and a plan hundreds of days, but little happens to a task. So a task comes as a few
``Standing``, each with the days on which nothing that is counted changes; nothing is asked day by day. Units come one after
another, and only the tasks of one are in memory.

A writer of several tables goes through ``lives`` once, and gives each life to all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from zhenggai.ledger import Ledger
from zhenggai.rules.day.course import Course
from zhenggai.rules.day.day_status import DayStatus, StatusReckoner
from zhenggai.rules.day.status_turns import STEADY, next_dated_turn, pace_on, status_turns
from zhenggai.rules.plan.phases import phase_windows
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.stretches import Stretch
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_row import TaskRow

_DAY = timedelta(days=1)
_ReckonerOn = Callable[[date], StatusReckoner]


class Standing(NamedTuple):
    """A task on the days from ``since`` to ``until``, both included, on which nothing about it that is counted changes.

    - ``task``: the task with its holder (``task.holder``); its category, measure and problem are those of these days;
    - ``row``, ``status``: those of ``since``. They hold on all of these days, but for percent, entries and persons in the
      one, and for what counts days in the other (``status_turns``);
    - ``turns``, ``own_days``: those of its state (``TaskState``) on ``until``. Of a day before they are those up to the day.
    """

    since: date
    until: date
    task: Task
    row: TaskRow
    status: DayStatus
    turns: tuple[date, ...]
    own_days: tuple[date, ...]


class Life(NamedTuple):
    """A task that the plan has on some days.

    - ``standings``: how it stood while it was in force, in order of days; there may be gaps;
    - ``given_up``: how it stood on its last day, for each span of later days on which it is not in force.
    """

    key: Address
    standings: Sequence[Standing]
    given_up: Sequence[Standing]


def first_day(ledger: Ledger) -> date:
    """The first day of a plan's facts: the least of its issue, the first day of its phases, and the day of its first entry."""
    starts = (window.start for window in phase_windows(ledger.plan))
    return min(day for day in (ledger.plan.issued, ledger.first_entry, *starts) if day is not None)


def course_of(ledger: Ledger, through: date) -> Course:
    """The course of a plan on all its days until ``through``."""
    first = first_day(ledger)
    return ledger.course([first + timedelta(days=n) for n in range((through - first).days + 1)])


def lives(course: Course) -> Iterator[Life]:
    """The lives of all tasks of a course of successive days: unit by unit (as the plan gave it), measure by measure."""
    reckoner_on = cache(StatusReckoner(date.min, course.plan.rules).on)
    given_up = _given_up(course)
    found: dict[Address, list[Standing]] = {}
    unit = ""
    for spell, some in course.folded():
        key = spell.task.key
        if key.unit != unit:
            yield from (Life(one, standings, given_up.pop(one, ())) for one, standings in found.items())
            found, unit = {}, key.unit
        found.setdefault(key, []).extend(_standings(some, course.days[spell.end - 1], reckoner_on))
    yield from (Life(one, standings, given_up.pop(one, ())) for one, standings in found.items())
    yield from (Life(one, (), standings) for one, standings in given_up.items())


def _standings(some: Iterable[Stretch], last: date, reckoner_on: _ReckonerOn) -> Iterator[Standing]:
    """The standings of a task until its last day. Stretches are made one as long as nothing that is counted changes.

    Most entries are reports that change no more than percent and last entry, so this spares most of the work.
    """
    profile = reckoner_on(last).profile
    standing: Standing | None = None
    until = turn = last
    own_days: tuple[date, ...] = ()
    said: object = None
    pace = STEADY
    for days, task, row, head, _ in some:
        since, end = days[0], days[-1]
        says, now = (task.holder, head.turns, row.percent is None, _said_of(row)), pace_on(row, profile, end)
        goes_on = says == said and now == pace and end < turn and own_days == head.own_days[: len(own_days)]
        if goes_on and (now == STEADY or now == pace_on(row, profile, since)):
            until, own_days = end, head.own_days
            continue
        if standing:
            yield standing._replace(until=until, own_days=own_days)
        until, own_days, said, pace = end, head.own_days, says, now
        for day in status_turns(row, profile, since, end):
            if standing and standing.since >= since:
                yield standing._replace(until=day - _DAY)
            status = reckoner_on(day).status(row)
            standing = Standing(day, until, task, row, status, head.turns, own_days)
        turn = next_dated_turn(row, profile, end, last) or last + _DAY
    if standing:
        yield standing._replace(until=until, own_days=own_days)


_said_of = itemgetter(
    *(
        nth
        for nth, name in enumerate(TaskRow._fields)
        if name not in ("percent", "last_entry", "explained", "person", "imported")
    )
)
"""What a row says, but for what no list counts by itself: its pace says what percent and last entry decide."""


def _given_up(course: Course) -> dict[Address, list[Standing]]:
    """The tasks that were given up: as of their last day, for each run of days after it."""
    gone = [(run.days, since, task) for run in course.runs for since, task in run.gone]
    gone.sort(key=lambda span: span[-1].key.unit)  # so that the events of a unit are read once
    found: dict[Address, list[Standing]] = {}
    for days, since, task in gone:
        last = course.given_up(since, task)
        standing = Standing(days[0], days[-1], last.task, last.row, last.status, (), ())
        found.setdefault(task.key, []).append(standing)
    return found
