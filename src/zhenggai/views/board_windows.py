"""The measures on the board: when each begins and is due, how far it is, on one axis of days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from zhenggai.document import Cell, Table
from zhenggai.document.drawing import Lane
from zhenggai.frozen import frozen
from zhenggai.rules.day.counts import Counts, counts_of
from zhenggai.rules.day.lights import Light, worst_light
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.board_course import Axis
from zhenggai.views.board_facets import problem_key
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns
from zhenggai.views.task_lines import TONES, light_cell


@frozen
class MeasureWindow:
    """A measure with the window of its tasks: the first day, their due days, its counts, the gravest light."""

    problem: int
    measure: str
    content: str
    units: tuple[str, ...]
    start: date
    due_days: tuple[date, ...]
    counts: Counts
    light: Light

    @property
    def due(self) -> date | None:
        """The last due day; None for a measure without one."""
        return self.due_days[-1] if self.due_days else None

    @property
    def share(self) -> float:
        """The completed share of what can be completed, 0 to 1."""
        return self.counts.completed / self.counts.denominator if self.counts.denominator else 0.0

    @property
    def words(self) -> str:
        """The window for people: 2020-03-01 至 2020-09-30."""
        return f"{self.start} 至 {self.due or '长期'}"

    def lane(self, axis: Axis) -> Lane:
        """The window on an axis, filled as far as it is completed, with its due days as marks."""
        start = axis.at(self.start)
        end = axis.at(self.due or axis.end)
        return Lane(min(start, end), end, self.share, marks=tuple(map(axis.at, self.due_days)))


def measure_windows(snapshot: Snapshot) -> tuple[MeasureWindow, ...]:
    """The windows of all measures that have tasks, in the plan's order."""
    found = []
    for problem, measure in snapshot.plan.measures():
        if not (tasks := snapshot.of_measure.get(measure.number)):
            continue
        found.append(
            MeasureWindow(
                problem.number,
                measure.number,
                measure.content,
                tuple(dict.fromkeys(task.unit for task in tasks)),
                date.fromordinal(min(task.row.start for task in tasks)),
                tuple(sorted({task.due for task in tasks if task.due})),
                counts_of(tasks, answering=()),
                worst_light({task.status.light for task in tasks}, snapshot.plan.rules),
            )
        )
    return tuple(found)


def _done(of: MeasureWindow) -> str:
    counts = of.counts
    return f"{counts.completed}/{counts.denominator}" if counts.denominator else "—"


MEASURES = Keys[MeasureWindow](
    Key("problem", head="问题"),
    Key("measure"),
    Key("content"),
    Key("units"),
    Key("start"),
    Key("due_days", head="各截止日"),
    Key("tasks", attrgetter("counts.tasks"), int),
    Key("denominator", attrgetter("counts.denominator"), int),
    Key("completed", attrgetter("counts.completed"), int),
    Key("light"),
)
"""The window of a measure in JSON."""


def windows_table(measures: Sequence[MeasureWindow], axis: Axis, snapshot: Snapshot) -> Table:
    """The measures with their windows on the axis."""
    columns = ReportColumns[MeasureWindow](
        ReportColumn("measure"),
        ReportColumn("content", wrap=True, weight=4),
        ReportColumn("window", head="时限", cell=lambda of: _window(of, axis), scale=axis.scale),
        ReportColumn("due", keep=1, cell=lambda of: of.due or "长期"),
        ReportColumn("completed", cell=_done, numeric=True),
        ReportColumn("light", cell=lambda of: light_cell(of.light)),
    )
    terms = snapshot.plan.terms
    legend = f"横条是时限，深色是已{terms.done}任务的占比；竖线是截止日，虚线是截至的这一天。没有截止日的是长期、例行。"
    keys = tuple((problem_key(snapshot.plan, of.problem), *of.units) for of in measures)
    return replace(columns.called(terms).table(measures), keys=keys, legend=legend)


def _window(of: MeasureWindow, axis: Axis) -> Cell:
    return Cell(of.words, TONES[of.light], lane=of.lane(axis))
