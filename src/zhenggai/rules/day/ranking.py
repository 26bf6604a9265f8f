"""The ranking of units: the score of each unit on a day, and its place (docs/rules.md, 排名)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from zhenggai.frozen import frozen
from zhenggai.model.rates import rate
from zhenggai.model.units import Unit
from zhenggai.rules.day.counts import Counts, counts_of
from zhenggai.rules.day.day_status import COMPLETABLE, DayStatus, Group, was_late
from zhenggai.rules.day.duty_count import DutyCount, sum_of_duties
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.silence import Weeks, weeks_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask, grouped
from zhenggai.rules.plan.groupings import classes_of
from zhenggai.rules.task.task_row import TaskRow

SMALL = 3
"""Units with fewer due tasks are ranked separately, as their on-time rate says little."""


@frozen(kw_only=True)
class UnitScore:
    """The score of a unit on a day.

    ``due``: the number of tasks with a due date that are completed or overdue, the denominator of the on-time rate.
    ``extensions`` (granted ones), ``returns`` and ``relapses`` are counted over all rounds. ``ended``: the unit no longer
    exists.
    """

    unit: str
    counts: Counts
    due: int = 0
    on_time: int = 0
    extensions: int = 0
    returns: int = 0
    relapses: int = 0
    silent_weeks: int = 0
    duties: DutyCount = DutyCount()
    red: int = 0
    ended: bool = False

    @property
    def on_time_rate(self) -> float | None:
        """On time ÷ due in percent, two decimals. None if nothing is due."""
        return rate(self.on_time, self.due)

    @property
    def merit(self) -> tuple[float, ...]:
        """The sort key of the ranking, smaller is better. Units with equal keys share a place.

        The order: on-time rate, completion rate, overdue tasks, relapses, returns, silent weeks, missed duties. All but the
        silent weeks are shares, so that a unit with many tasks has no disadvantage.
        """
        counts, duties = self.counts, self.duties
        return (
            -_share(self.on_time, self.due),
            -_share(counts.completed, counts.denominator),
            _share(counts.overdue, self.due),
            _share(self.relapses, counts.denominator),
            _share(self.returns, counts.denominator),
            self.silent_weeks,
            _share(duties.missed, duties.on_time + duties.late + duties.missed),
        )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


class Bracket(StrEnum):
    """The list that a unit belongs to."""

    RANKED = "排名"
    SMALL = "另排"
    UNRANKED = "不排名"


@frozen
class Ranked:
    """A unit with its place in its bracket (1, 2, 2, 4), None if unranked. ``shared``: another unit has the same place."""

    score: UnitScore
    bracket: Bracket
    place: int | None = None
    shared: bool = False


def ranking(scores: Iterable[UnitScore]) -> tuple[Ranked, ...]:
    """The units by bracket and place. Units with equal or no places keep their order.

    Units without a due task, and units that no longer exist, are unranked.
    """
    lists: dict[Bracket, list[UnitScore]] = {bracket: [] for bracket in Bracket}
    for score in scores:
        unranked = not score.due or score.ended
        ranked = Bracket.SMALL if score.due < SMALL else Bracket.RANKED
        lists[Bracket.UNRANKED if unranked else ranked].append(score)
    return (
        *_placed(lists[Bracket.RANKED], Bracket.RANKED),
        *_placed(lists[Bracket.SMALL], Bracket.SMALL),
        *(Ranked(score, Bracket.UNRANKED) for score in lists[Bracket.UNRANKED]),
    )


def _placed(scores: Iterable[UnitScore], bracket: Bracket) -> Iterator[Ranked]:
    merit = attrgetter("merit")
    place = 1
    for _, equal in groupby(sorted(scores, key=merit), key=merit):
        sharing = list(equal)
        yield from (Ranked(score, bracket, place, len(sharing) > 1) for score in sharing)
        place += len(sharing)


def scores_of(snapshot: Snapshot) -> tuple[UnitScore, ...]:
    """The score of every unit that has a task, in the unit book's order."""
    tasks: dict[str, list[SnapshotTask]] = grouped(attrgetter("unit"), snapshot.tasks)
    weeks = weeks_of(snapshot)
    late_days = snapshot.plan.rules.late_record_days
    return tuple(_score(u, tasks[u.name], weeks, late_days) for u in snapshot.units.members if u.name in tasks)


def _score(unit: Unit, tasks: Sequence[SnapshotTask], weeks: Weeks, late_days: int) -> UnitScore:
    due = [t for t in tasks if is_due(t.row, t.status)]
    return UnitScore(
        unit=unit.name,
        counts=counts_of(tasks, answering=()),
        due=len(due),
        on_time=sum(is_on_time(t.row, t.status, late_days) for t in due),
        extensions=sum(t.row.extensions for t in tasks),
        returns=sum(t.row.returns for t in tasks),
        relapses=sum(t.row.relapses for t in tasks),
        silent_weeks=weeks.silent(tasks),
        duties=sum_of_duties([t.status.duties for t in tasks])._replace(unfilled=()),
        red=sum(t.status.light is Light.RED for t in tasks),
        ended=unit.until is not None and unit.until < weeks.as_of,
    )


def is_due(row: TaskRow, status: DayStatus) -> bool:
    """Whether a task counts in the denominator of the on-time rate: it has a due date, and is completed or overdue."""
    completed = status.group is Group.COMPLETED
    return row.due is not None and (completed or (status.is_overdue and status.group in COMPLETABLE))


def is_on_time(row: TaskRow, status: DayStatus, late_record_days: int) -> bool:
    """Whether a task is completed and was not late. Without a due date nothing is late."""
    due = None if row.due is None else date.fromordinal(row.due)
    return status.group is Group.COMPLETED and not was_late(row, due, late_record_days)


@frozen
class ClassRanking:
    """The ranking within a class of units. ``name`` None stands for the units without a class."""

    name: str | None
    units: tuple[Ranked, ...]


def rankings(snapshot: Snapshot) -> tuple[ClassRanking, ...]:
    """The rankings of all non-empty classes, in the unit book's order, then that of the units without a class.

    A unit belongs to its classes on the day; a unit that no longer exists, to those of its last day.
    """
    book, day = snapshot.units, snapshot.as_of
    members: dict[str | None, list[UnitScore]] = {name: [] for name in (*(c.name for c in book.classes), None)}
    for score in scores_of(snapshot):
        own: list[str | None] = [*classes_of(book, score.unit, day)]
        for name in own or [None]:
            members[name].append(score)
    return tuple(ClassRanking(name, ranking(found)) for name, found in members.items() if found)
