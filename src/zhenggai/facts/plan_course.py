"""All days of a plan, task by task, from one fold: what the tables of a plan's facts are made from.

A county has ten thousands of tasks and a plan hundreds of days, but little happens to a task. So a task comes as a few
``Standing``, each with the days on which nothing that is counted changes; nothing is asked day by day. Units come one after
another, and only the tasks of one are in memory.

A writer of several tables goes through ``lives`` once, and gives each life to all of them.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from zhenggai.facts.first_day import first_day
from zhenggai.ledger import Ledger
from zhenggai.rules.day.course import Course
from zhenggai.rules.day.day_status import DayStatus, StatusReckoner
from zhenggai.rules.day.turning_days import turning_days
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.stretches import Stretch
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_row import TaskRow

_DAY = timedelta(days=1)


class Standing(NamedTuple):
    """A task on the days from ``since`` to ``until``, both included, on which nothing about it that is counted changes.

    - ``task``: the task with its holder (``task.holder``); its category, measure and problem are those of these days;
    - ``row``: its row;
    - ``status``: that of ``since``. It holds on all of these days, but for what counts days (``turning_days``);
    - ``turns``, ``own_days``: those of its state (``TaskState``) on these days, so none is later than ``since``.
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


def course_of(ledger: Ledger, through: date) -> Course:
    """The course of a plan on all its days until ``through``."""
    first = first_day(ledger)
    return ledger.course([first + timedelta(days=n) for n in range((through - first).days + 1)])


def lives(course: Course) -> Iterator[Life]:
    """The lives of all tasks of a course of successive days: unit by unit (as the plan gave it), measure by measure."""
    reckoner = StatusReckoner(date.min, course.plan.rules)
    given_up = _given_up(course)
    found: dict[Address, list[Standing]] = {}
    unit = ""
    for spell, some in course.folded():
        key = spell.task.key
        if key.unit != unit:
            yield from (Life(one, standings, given_up.pop(one, ())) for one, standings in found.items())
            found, unit = {}, key.unit
        found.setdefault(key, []).extend(standing for stretch in some for standing in _standings(stretch, reckoner))
    yield from (Life(one, standings, given_up.pop(one, ())) for one, standings in found.items())
    yield from (Life(one, (), standings) for one, standings in given_up.items())


def _standings(stretch: Stretch, reckoner: StatusReckoner) -> Iterator[Standing]:
    days, task, row, head, _ = stretch
    turns = turning_days(row, reckoner.profile, days[0], days[-1])
    ends = [*(turn - _DAY for turn in turns[1:]), days[-1]]
    for since, until in zip(turns, ends, strict=True):
        yield Standing(since, until, task, row, reckoner.on(since).status(row), head.turns, head.own_days)


def _given_up(course: Course) -> dict[Address, list[Standing]]:
    """The tasks that were given up: as of their last day, for each run of days after it."""
    found: dict[Address, list[Standing]] = {}
    for run in course.runs:
        for since, task in run.gone:
            last = course.given_up(since, task)
            standing = Standing(run.days[0], run.days[-1], last.task, last.row, last.status, (), ())
            found.setdefault(task.key, []).append(standing)
    return found
