"""The course of a plan on the board: its axis of days, what is expected by each, and the curve of what is completed."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from zhenggai.deadline.calendar import add_months
from zhenggai.document import Table, Tone
from zhenggai.document.drawing import Band, Curve, Line, Scale, Tick
from zhenggai.frozen import frozen
from zhenggai.model.terms import Terms
from zhenggai.rules.day.day_status import COMPLETABLE
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.plan.phases import PhaseWindow
from zhenggai.views.columns import ReportColumn, ReportColumns
from zhenggai.views.trend import POINTS, TrendPoint

_MOST_ROWS = 24  # days in the table
_TICKS = 12  # words along an axis at most
_STEPS = (1, 2, 3, 6, 12)  # months between them


@frozen
class Axis:
    """The days from ``start`` to ``end`` as places from 0 to 1; ``today`` is the day that is shown."""

    start: date
    end: date
    today: date

    def at(self, day: date) -> float:
        """The place of a day; a day outside stands at the nearer end.

        >>> axis = Axis(date(2020, 1, 1), date(2020, 1, 11), date(2020, 1, 6))
        >>> [axis.at(date(2020, 1, day)) for day in (1, 6, 31)]
        [0.0, 0.5, 1.0]
        """
        return min(max((day - self.start).days / max((self.end - self.start).days, 1), 0.0), 1.0)

    @property
    def scale(self) -> Scale:
        """The first days of months as words, and the day that is shown."""
        first = self.start if self.start.day == 1 else add_months(self.start.replace(day=1), 1)
        months = (self.end.year - first.year) * 12 + self.end.month - first.month + 1
        step = next((step for step in _STEPS if months <= step * _TICKS), -(-months // _TICKS))
        days = [add_months(first, n) for n in range(0, max(months, 0), step)]
        words = (
            f"{day.year}年{day.month}月" if n and day.year != days[n - 1].year else f"{day.month}月"
            for n, day in enumerate(days)
        )
        return Scale(tuple(map(Tick, map(self.at, days), words)), self.at(self.today))


def axis_of(snapshot: Snapshot) -> Axis:
    """The axis from the day of issue to the last due day or end of a phase."""
    ends = [window.end for window in snapshot.windows if window.end]
    ends += [task.due for task in snapshot.tasks if task.due]
    start = min(snapshot.plan.issued, snapshot.as_of)
    return Axis(start, max(snapshot.as_of, *ends, start) if ends else snapshot.as_of, snapshot.as_of)


class Expected(NamedTuple):
    """How many tasks are to be completed by a day, by their present due days."""

    date: date
    tasks: int


def expected_of(tasks: Iterable[SnapshotTask]) -> tuple[Expected, ...]:
    """The days on which tasks fall due, with all that have fallen due by then."""
    days = sorted(task.due for task in tasks if task.due and task.status.group in COMPLETABLE)
    return tuple(Expected(day, bisect_right(days, day)) for day in dict.fromkeys(days))


def expected_on(expected: Sequence[Expected], day: date) -> int:
    """How many tasks are to be completed by any day."""
    before = bisect_right(expected, day, key=attrgetter("date"))
    return expected[before - 1].tasks if before else 0


def curve(
    axis: Axis,
    points: Sequence[TrendPoint],
    expected: Sequence[Expected],
    phases: Iterable[PhaseWindow],
    terms: Terms,
) -> Curve:
    """What is completed and closed against what is expected, and what is overdue, over the phases."""
    places = tuple(axis.at(point.date) for point in points)

    def line(name: str, of: str, tone: Tone) -> Line:
        numbers = tuple(map(attrgetter(f"counts.{of}"), points))
        return Line(f"{name} {numbers[-1]}", places, numbers, tone)

    bands = (Band(w.name, axis.at(w.start or axis.start), axis.at(w.end or axis.end)) for w in phases)
    return Curve(
        axis.scale,
        (
            _steps(axis, expected, terms.head("到期应完成")),
            line(f"已{terms.done}", "completed", Tone.GREEN),
            line("已销号", "closed", Tone.BLUE),
            line("逾期", "overdue", Tone.RED),
        ),
        tuple(bands),
    )


def _steps(axis: Axis, expected: Sequence[Expected], name: str) -> Line:
    """What is expected as a line that rises on each due day and is level between them."""
    corners: list[tuple[float, int]] = [(0.0, 0)]
    for day, tasks in expected:
        corners += [(axis.at(day), corners[-1][1]), (axis.at(day), tasks)]
    corners.append((1.0, corners[-1][1]))
    places, numbers = zip(*corners, strict=True)
    return Line(f"{name} {expected_on(expected, axis.today)}", places, numbers, Tone.DIM, is_dashed=True)


class _CoursePoint(NamedTuple):
    point: TrendPoint
    expected: int


_COURSE_COLUMNS = ReportColumns[_CoursePoint](
    *(column for column in POINTS.of(attrgetter("point")) if column.in_data),
    ReportColumn("expected", head="到期应完成", numeric=True, keep=1),
)


def course_table(points: Sequence[TrendPoint], expected: Sequence[Expected], curve: Curve, terms: Terms) -> Table:
    """The last of some days of the course, with the curve of all."""
    rows = [_CoursePoint(point, expected_on(expected, point.date)) for point in points[-_MOST_ROWS:]]
    legend = f"虚的折线是按截止日到那天应{terms.done}的件数，竖的虚线是截至的这一天，下面的横条是各阶段。"
    return replace(_COURSE_COLUMNS.called(terms).table(rows, "各月末的数"), curve=curve, legend=legend)
