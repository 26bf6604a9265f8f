"""Layouts with a row a measure: A, and B, in which the cells of a problem are merged downward."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from zhenggai.frozen import frozen
from zhenggai.model.plan import Measure, Problem
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.columns import ReportColumn, ReportColumns
from zhenggai.views.layout import Layout, LayoutName
from zhenggai.views.layout_cells import (
    LONG,
    Headings,
    deadline_of,
    headings_of,
    leader_of,
    names_of,
    newest_text,
    of_each,
    progress_of,
    symptoms_of,
    units_of,
)
from zhenggai.views.money_columns import sum_column
from zhenggai.views.problem_outline import sharing

if TYPE_CHECKING:
    from zhenggai.rules.day.money_sums import MoneySums


@frozen(kw_only=True)
class ListedMeasure:
    """A measure with its tasks, under a problem that it answers; ``is_shared`` if it is counted under another one (同措施).

    A problem that no measure answers yet has one row without one. ``nth`` numbers the rows in layout A, the problems in B.
    ``money`` is that of the measure, in the row where it is counted.
    """

    nth: int
    snapshot: Snapshot
    problem: Problem
    headings: Headings
    measure: Measure | None
    tasks: Sequence[SnapshotTask]
    money: "MoneySums | None" = None

    @property
    def is_shared(self) -> bool:
        """Whether the measure is counted under another problem."""
        return self.measure is not None and self.measure.number in self.problem.shared_measures


def _rows(snapshot: Snapshot) -> list[ListedMeasure]:
    """The measures that answer each problem, in the plan's order, with the problems numbered."""
    measures = snapshot.plan.measure_by_number
    money = _money(snapshot)
    return [
        ListedMeasure(
            nth=nth,
            snapshot=snapshot,
            problem=problem,
            headings=headings_of(problem),
            measure=measures.get(number),
            tasks=snapshot.of_measure.get(number, ()),
            money=None if number in problem.shared_measures else money.get(number),
        )
        for nth, problem in enumerate(snapshot.plan.problems, 1)
        for number in [number for number in problem.answered_by if number in measures] or [""]
    ]


def _money(snapshot: Snapshot) -> "Mapping[str, MoneySums]":
    """The money of each measure that has some, by its number."""
    if not snapshot.has_money:
        return {}
    from zhenggai.rules.day.money_sums import plan_money  # imported here: few plans have money

    return {number: sums for number, sums in plan_money(snapshot).of_measure.items() if sums.has_money}


def _of_measure(value: Callable[[Measure], str | None]) -> Callable[[ListedMeasure], str | None]:
    return lambda row: value(row.measure) if row.measure else None


def _content(row: ListedMeasure) -> str | None:
    if row.measure is None:
        return None
    return row.measure.content + (sharing([row.measure.number]) if row.is_shared else "")


def _leader(row: ListedMeasure) -> str | None:
    return of_each(row.tasks, leader_of) if row.tasks else _of_measure(attrgetter("leader"))(row)


def _leader_in_charge(row: ListedMeasure) -> str | None:
    if row.tasks:
        return of_each(row.tasks, lambda task: task.task.leader_in_charge or "")
    return _of_measure(attrgetter("leader_in_charge"))(row)


def _deadline(row: ListedMeasure) -> str | None:
    return of_each(row.tasks, deadline_of) if row.tasks else _of_measure(attrgetter("deadline"))(row)


def _progress(row: ListedMeasure) -> str:
    return of_each(row.tasks, progress_of)


def _description(row: ListedMeasure) -> str:
    return of_each(row.tasks, lambda task: newest_text(row.snapshot, task))


def _finding(row: ListedMeasure) -> str:
    return row.problem.content + symptoms_of(row.problem)


def _units(row: ListedMeasure) -> str | None:
    return units_of(row.snapshot, row.measure) if row.measure else None


def _lead_units(row: ListedMeasure) -> str | None:
    return names_of(row.snapshot, row.measure.lead_units) if row.measure else None


def _said(snapshot: Snapshot, _: Sequence[ListedMeasure]) -> str:
    counts = snapshot.counts
    terms = snapshot.plan.terms
    return f"{counts.problems} 个{terms.problem}、{counts.measures} 项{terms.measure}、{counts.tasks} 件任务"


_MONEY = tuple(sum_column(key, keep=6) for key in ("amount", "rectified", "remaining"))
_CONTENT = ReportColumn[ListedMeasure]("content", _content, wrap=True, weight=3)
_DEADLINE = ReportColumn[ListedMeasure]("deadline", _deadline, wrap=True, weight=2)
_LEADER = ReportColumn[ListedMeasure]("leader", _leader, head="责任领导", wrap=True, keep=4)

A = Layout[ListedMeasure](
    name=LayoutName.A,
    title="整改台账",
    columns=ReportColumns[ListedMeasure](
        ReportColumn("nth", head="序号", numeric=True, keep=2),
        ReportColumn("finding", _finding, head="反馈问题", wrap=True, keep=1, weight=3, of_problem=True),
        ReportColumn("goal", _of_measure(attrgetter("goal")), gives=str | None, wrap=True, keep=3, weight=2),
        _CONTENT._replace(head="整改措施"),
        _LEADER,
        ReportColumn("units", _units, head="责任部门", wrap=True, keep=2, weight=2),
        _DEADLINE._replace(head="完成时限"),
        *_MONEY,
    ),
    make=_rows,
    said=_said,
    is_numbered=True,
)

B = Layout[ListedMeasure](
    name=LayoutName.B,
    title="整改台账",
    columns=ReportColumns[ListedMeasure](
        ReportColumn("nth", head="序号", numeric=True, keep=2, merged=True),
        ReportColumn(
            "aspect", attrgetter("headings.aspect"), head="反馈重点方面", wrap=True, keep=8, weight=2, merged=True
        ),
        ReportColumn(
            "matter", attrgetter("headings.matter"), head="反馈重点内容", wrap=True, keep=8, weight=2, merged=True
        ),
        ReportColumn(
            "finding", attrgetter("headings.problem"), head="反馈具体问题", wrap=True, keep=1, weight=3, merged=True
        ),
        _CONTENT._replace(head="整改计划"),
        ReportColumn("progress", _progress, head="整改进度", wrap=True, limit=LONG, weight=2),
        ReportColumn("description", _description, head="整改描述", wrap=True, keep=4, limit=LONG, weight=4),
        _LEADER._replace(keep=5),
        ReportColumn("leader_in_charge", _leader_in_charge, wrap=True, keep=9),
        ReportColumn("lead_units", _lead_units, head="整体牵头部门/负责人", wrap=True, keep=3, weight=2),
        _DEADLINE._replace(head="整改时限", keep=2),
        *_MONEY,
    ),
    make=_rows,
    said=_said,
)
