"""``board`` (看板): a plan on one page for a leader: figures, problems, the curve, units, measures over time, what is red and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter

from zhenggai.document import Block, Document, Heading, Para, ParaRole, Table
from zhenggai.frozen import frozen
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.ranking import ClassRanking, rankings
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask, grouped
from zhenggai.views import board_tables as tables
from zhenggai.views.board_course import Expected, axis_of, course_table, curve, expected_of
from zhenggai.views.board_facets import facets_of
from zhenggai.views.board_units import LIGHTS, UnitLights, lights_note, lights_of, lights_table, on_time_tables
from zhenggai.views.board_windows import MEASURES, MeasureWindow, measure_windows, windows_table
from zhenggai.views.columns import (
    AS_OF,
    PLAN,
    VERSION,
    Key,
    Keys,
    ReportColumn,
    ReportColumns,
    fields_of,
    list_of,
    object_of,
)
from zhenggai.views.count_columns import COUNTS, TOTALS
from zhenggai.views.entry_history import HistoryLine, line_of
from zhenggai.views.money_keys import MONEY
from zhenggai.views.rank import CLASSES
from zhenggai.views.sentences import as_of_words, overall
from zhenggai.views.status import (
    PHASE,
    PROBLEMS,
    PhaseOnDay,
    ProblemRow,
    long_past,
    phase_bar,
    plans_table,
    problem_rows,
)
from zhenggai.views.task_lines import TASKS, TaskLine, task_lines
from zhenggai.views.trend import POINTS, Per, TrendPoint, days_of, point_of

_WEEK = timedelta(days=7)
_MOST_WEEKS = 60  # on the curve; a longer one has months
_NEWEST = 12  # entries
_NEWEST_DAYS = timedelta(days=27)  # before the last entry, from which they are taken

_COLUMNS = ReportColumns[ProblemRow](
    ReportColumn("number", head="号"),
    ReportColumn("title", head="问题"),
    *COUNTS.of(attrgetter("counts")),
    ReportColumn("light"),
)


@frozen
class Board:
    """``board``: a snapshot with its course. ``points`` are days up to that of the snapshot, oldest first.

    ``week_ago`` is None where the plan is younger. ``red`` and ``newest`` are all that is red, and the newest entries first.
    """

    snapshot: Snapshot
    points: tuple[TrendPoint, ...]
    week_ago: TrendPoint | None
    problems: tuple[ProblemRow, ...]
    expected: tuple[Expected, ...]
    classes: tuple[ClassRanking, ...]
    lights: tuple[UnitLights, ...]
    measures: tuple[MeasureWindow, ...]
    red: tuple[TaskLine, ...]
    newest: tuple[HistoryLine, ...]

    keys = Keys["Board"](
        VERSION,
        PLAN,
        Key("title", attrgetter("snapshot.plan.title"), str),
        AS_OF,
        Key("last_entry", attrgetter("snapshot.last_entry")),
        object_of("totals", TOTALS, attrgetter("snapshot.counts")),
        Key("week_ago", lambda of: of.week_ago and POINTS.record(of.week_ago), POINTS, head="一周前", optional=True),
        list_of("problems", PROBLEMS),
        list_of("phases", PHASE, lambda of: [PhaseOnDay(w, of.snapshot.as_of) for w in of.snapshot.windows]),
        list_of("points", POINTS, head="各日"),
        list_of("expected", fields_of(Expected), head="到期应完成"),
        list_of("classes", CLASSES),
        list_of("lights", LIGHTS, head="单位和问题的灯"),
        list_of("measures", MEASURES),
        list_of("red", TASKS, head="红灯任务"),
        list_of("newest", tables.ENTRIES, head="最新记录"),
        MONEY,
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _COLUMNS.called(self.snapshot.plan.terms).heads

    def record(self) -> dict[str, object]:
        """The JSON of ``board``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per problem."""
        return _COLUMNS.records(self.problems)

    def sums(self, reports: Mapping[str, "Board"]) -> Table:
        """The counts of several plans, by their numbers, with their sums."""
        return plans_table({number: report.snapshot for number, report in reports.items()})

    def document(self) -> Document:
        """The page, part by part."""
        snapshot, terms = self.snapshot, self.snapshot.plan.terms
        axis = axis_of(snapshot)
        course = curve(axis, self.points, self.expected, snapshot.windows, terms)
        blocks: list[Block] = [
            *self._overview(),
            Heading(f"各{terms.problem}{terms.done}情况"),
            tables.problem_table(self.problems, snapshot),
            Heading(f"{terms.done}进度与阶段"),
            course_table(self._month_ends(), self.expected, course, terms),
            Heading("各单位按期率"),
            *on_time_tables(self.classes, snapshot),
            Heading(f"单位与{terms.problem}的红黄绿蓝灯"),
            Para(lights_note(terms), role=ParaRole.NOTE),
            lights_table(self.lights, snapshot),
            Heading(f"{len(self.measures)} 项{terms.measure}的时限与{terms.done}"),
            windows_table(self.measures, axis, snapshot),
            Heading(f"红灯任务 {len(self.red)} 件"),
            *tables.red_blocks(self.red, snapshot),
            Heading("最新记录"),
            *tables.newest_blocks(self.newest, snapshot),
        ]
        title, facets = f"{snapshot.plan.title}：看板", facets_of(snapshot, self.classes)
        return Document(title, tuple(blocks), facets=facets, brief=True)

    def _overview(self) -> Iterator[Block]:
        snapshot = self.snapshot
        last = snapshot.last_entry
        yield Para(f"{as_of_words(snapshot)}，{f'最近一条记录 {last}' if last else '还没有记录'}")
        if last and (note := long_past(snapshot)):
            yield Para(note)
        yield tables.cards(snapshot, self.points[-1], self.week_ago)
        yield Para(overall(snapshot))
        yield from (phase_bar(window, snapshot.as_of) for window in snapshot.open_phases)
        if snapshot.has_money:
            from zhenggai.views.money import money_blocks  # imported here: few plans have money

            yield from money_blocks(snapshot)

    def _month_ends(self) -> list[TrendPoint]:
        """The points at month-ends, and the last."""
        return [p for p in self.points if p is self.points[-1] or (p.date + timedelta(days=1)).day == 1]


def board_days(issued: date, as_of: date) -> tuple[date, ...]:
    """The days of a board's points: the ends of weeks and months since the plan was issued, a week ago, and the day itself."""
    since = min(issued, as_of)
    per = Per.WEEK if (as_of - since).days <= _MOST_WEEKS * 7 else Per.MONTH
    days = {*days_of(per, since, as_of), *days_of(Per.MONTH, since, as_of)}
    return tuple(sorted(days | ({as_of - _WEEK} if as_of - _WEEK >= since else set())))


def board(snapshot: Snapshot, on_days: Iterable[Snapshot]) -> Board:
    """The board of a snapshot, from the snapshots of ``board_days``, the last of which is the day of ``snapshot``."""
    points = tuple(map(point_of, on_days))
    return Board(
        snapshot,
        points,
        next((point for point in points if point.date == snapshot.as_of - _WEEK), None),
        problem_rows(snapshot),
        expected_of(snapshot.tasks),
        rankings(snapshot),
        lights_of(snapshot),
        measure_windows(snapshot),
        task_lines(snapshot, _red(snapshot)),
        _newest(snapshot),
    )


def _red(snapshot: Snapshot) -> list[SnapshotTask]:
    """The red tasks, those of a measure together, the longest overdue first."""
    red = grouped(attrgetter("measure"), (task for task in snapshot.tasks if task.status.light is Light.RED))
    of_measures = [sorted(tasks, key=lambda task: -task.status.overdue_days) for tasks in red.values()]
    return [task for tasks in sorted(of_measures, key=lambda tasks: -tasks[0].status.overdue_days) for task in tasks]


def _newest(snapshot: Snapshot) -> tuple[HistoryLine, ...]:
    """The newest entries about tasks, as corrected, the newest first."""
    last = max((task.last_entry for task in snapshot.tasks if task.last_entry), default=None)
    if last is None:
        return ()
    found = [(event, task) for task in snapshot.tasks for event in task.between(last - _NEWEST_DAYS, last)]
    found.sort(key=lambda item: (item[0].date, item[0].number), reverse=True)
    lines = []
    for event, task in found[:_NEWEST]:
        if record := snapshot.archive.record(event.number):
            lines.append(line_of(snapshot, record, task.unit, True))
    return tuple(lines)
