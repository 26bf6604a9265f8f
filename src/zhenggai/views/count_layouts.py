"""Layouts that count: E (statistics by unit), 问题清单 and 责任清单."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from zhenggai.document import Cell
from zhenggai.frozen import frozen
from zhenggai.model.entries import Escalation
from zhenggai.model.kinds import Kind
from zhenggai.model.plan import Problem
from zhenggai.rules.day.counts import Counts, counts_of, total_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask, grouped
from zhenggai.rules.task.life import Sort
from zhenggai.rules.task.tasks import lead_units
from zhenggai.views.columns import ReportColumn, ReportColumns, rate_cell, warned
from zhenggai.views.layout import Layout, LayoutName
from zhenggai.views.layout_cells import LONG, names_of, units_of
from zhenggai.views.money_columns import yuan_column
from zhenggai.views.problem_outline import path_of, sharing
from zhenggai.views.report_entries import told
from zhenggai.views.selection import state_word
from zhenggai.views.status import ProblemRow, problem_rows
from zhenggai.views.task_lines import light_cell

if TYPE_CHECKING:
    from zhenggai.rules.day.money_sums import MoneySums

WHOLE = "合计"


@frozen(kw_only=True)
class UnitStatistics:
    """The row of a unit in layout E. ``organisations`` and ``people``: held to account; None if no 问责 says how many."""

    unit: str
    counts: Counts
    immediate: Counts
    organisations: int | None
    people: int | None


def _statistics(snapshot: Snapshot) -> list[UnitStatistics]:
    """The units that have tasks, in the unit book's order."""
    steps = _held_to_account(snapshot)
    return [
        UnitStatistics(
            unit=unit,
            counts=counts_of(tasks, answering=()),
            immediate=counts_of([task for task in tasks if task.row.sort is Sort.IMMEDIATE], answering=()),
            organisations=_sum_of_known(step.organisations for step in steps.get(unit, ())),
            people=_sum_of_known(step.people for step in steps.get(unit, ())),
        )
        for unit, tasks in _tasks_by_unit(snapshot).items()
    ]


def _tasks_by_unit(snapshot: Snapshot) -> dict[str, list[SnapshotTask]]:
    found = grouped(attrgetter("unit"), snapshot.tasks)
    return {unit.name: found[unit.name] for unit in snapshot.units.members if unit.name in found}


def _held_to_account(snapshot: Snapshot) -> dict[str, list[Escalation]]:
    """The 问责 that are recorded, by the unit that has the tasks of the one that they are about."""
    found: dict[str, list[Escalation]] = {}
    for one in told(snapshot, date.min, snapshot.as_of, lambda event: event.kind is Kind.ACCOUNTABILITY):
        if isinstance(one.entry, Escalation):
            found.setdefault(snapshot.units.carrier(one.unit, snapshot.as_of), []).append(one.entry)
    return found


def _sum_of_known(numbers: Iterable[int | None]) -> int | None:
    """The sum of the numbers that are known; None if there are only unknown ones.

    >>> _sum_of_known([1, None, 2]), _sum_of_known([None]), _sum_of_known([])
    (3, None, 0)
    """
    given = list(numbers)
    known = [number for number in given if number is not None]
    return None if given and not known else sum(known)


def _total_statistics(rows: Sequence[UnitStatistics]) -> UnitStatistics:
    return UnitStatistics(
        unit=WHOLE,
        counts=total_of(row.counts for row in rows),
        immediate=total_of(row.immediate for row in rows),
        organisations=_sum_of_known(row.organisations for row in rows),
        people=_sum_of_known(row.people for row in rows),
    )


def _units_said(snapshot: Snapshot, rows: Sequence[UnitStatistics]) -> str:
    return f"{len(rows)} 个单位，{sum(row.counts.tasks for row in rows)} 件任务；{snapshot.plan.terms.head('应整改')}的不含长期坚持、例行、不适用的"


def _rate(row: UnitStatistics) -> Cell:
    return rate_cell(row.counts.completion_rate)


def _immediate_rate(row: UnitStatistics) -> Cell:
    return rate_cell(row.immediate.completion_rate)


E = Layout[UnitStatistics](
    name=LayoutName.E,
    title="整改情况统计表",
    columns=ReportColumns[UnitStatistics](
        ReportColumn("unit", wrap=True, weight=3),
        ReportColumn("denominator", attrgetter("counts.denominator"), head="应整改数", numeric=True, keep=1),
        ReportColumn("completed", attrgetter("counts.completed"), head="已整改数", numeric=True),
        ReportColumn("completion_rate", attrgetter("counts.completion_rate"), cell=_rate, numeric=True),
        ReportColumn(
            "immediate_denominator", attrgetter("immediate.denominator"), head="立行立改应整改数", numeric=True, keep=3
        ),
        ReportColumn(
            "immediate_completed", attrgetter("immediate.completed"), head="立行立改已整改数", numeric=True, keep=2
        ),
        ReportColumn(
            "immediate_completion_rate",
            attrgetter("immediate.completion_rate"),
            head="完成率",
            cell=_immediate_rate,
            numeric=True,
            keep=2,
        ),
        ReportColumn("organisations", head="问责组织数", numeric=True, keep=4),
        ReportColumn("people", head="问责人员数", numeric=True, keep=4),
    ),
    make=_statistics,
    said=_units_said,
    total=_total_statistics,
)


@frozen(kw_only=True)
class ListedProblem:
    """The row of a problem in 问题清单, or of the sums.

    ``row`` counts its own measures and tasks, as the overview does, so that rows add up; the units are those of all measures
    that answer it. The money is in yuan, None where a problem has none; in the sums' row it is that of the plan.
    """

    row: ProblemRow
    amount: Decimal | None = None
    rectified: Decimal | None = None
    remaining: Decimal | None = None
    source: str = ""
    nature: str | None = None
    lead_units: str = ""
    units: str = ""
    standing: str = ""


def _problems(snapshot: Snapshot) -> list[ListedProblem]:
    """The problems in the plan's order."""
    rows = zip(snapshot.plan.problems, problem_rows(snapshot), strict=True)
    found = [_listed_problem(snapshot, problem, row) for problem, row in rows]
    if not snapshot.has_money:
        return found
    from zhenggai.rules.day.money_sums import plan_money  # imported here: few plans have money

    money = plan_money(snapshot).of_problem
    return [
        _with_money(listed, money[problem.number])
        for listed, problem in zip(found, snapshot.plan.problems, strict=True)
    ]


def _with_money(listed: ListedProblem, sums: "MoneySums") -> ListedProblem:
    rectified = sums.done.rectified if sums.has_money else None
    return replace(listed, amount=sums.amount, rectified=rectified, remaining=sums.remaining)


def _listed_problem(snapshot: Snapshot, problem: Problem, row: ProblemRow) -> ListedProblem:
    known = snapshot.plan.measure_by_number
    measures = [known[number] for number in problem.answered_by if number in known]
    followed = "、".join(dict.fromkeys(map(state_word, snapshot.answering.get(problem.number, ()))))
    return ListedProblem(
        row=row,
        source="、".join(snapshot.plan.sources_of(problem)),
        nature=problem.nature,
        lead_units=names_of(snapshot, (word for measure in measures for word in measure.lead_units)),
        units=units_of(snapshot, *measures),
        standing=row.state or followed or "尚无任务",
    )


def _total_problems(rows: Sequence[ListedProblem]) -> ListedProblem:
    return ListedProblem(
        row=ProblemRow(None, WHOLE, total_of(listed.row.counts for listed in rows), None),
        amount=_sum(listed.amount for listed in rows),
        rectified=_sum(listed.rectified for listed in rows),
        remaining=_sum(listed.remaining for listed in rows),
    )


def _sum(yuan: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in yuan if one is not None]
    return sum(known, Decimal(0)) if known else None


def _finding(listed: ListedProblem) -> str:
    return listed.row.title + sharing(listed.row.shared_measures)


def _aspects(listed: ListedProblem) -> str:
    return path_of(listed.row.aspects)


def _problem_rate(listed: ListedProblem) -> Cell:
    return rate_cell(listed.row.counts.completion_rate)


def _problem_overdue(listed: ListedProblem) -> Cell:
    return warned(listed.row.counts.overdue)


def _problem_light(listed: ListedProblem) -> Cell | None:
    return light_cell(listed.row.light) if listed.row.light else None


def _problems_said(snapshot: Snapshot, rows: Sequence[ListedProblem]) -> str:
    completed = sum(listed.row.counts.problems_completed for listed in rows)
    terms = snapshot.plan.terms
    return f"{len(rows)} 个{terms.problem}，已{terms.completed} {completed} 个"


PROBLEMS = Layout[ListedProblem](
    name=LayoutName.PROBLEMS,
    title="问题清单",
    columns=ReportColumns[ListedProblem](
        ReportColumn("number", attrgetter("row.number"), head="问题号"),
        ReportColumn("aspects", _aspects, head="方面", wrap=True, keep=6, weight=2),
        ReportColumn("finding", _finding, wrap=True, weight=4),
        ReportColumn("source", head="问题来源", wrap=True, keep=5),
        ReportColumn("nature", keep=6),
        ReportColumn("lead_units", wrap=True, keep=4, limit=LONG, weight=2),
        ReportColumn("units", wrap=True, keep=7, limit=LONG, weight=2),
        ReportColumn("measures", attrgetter("row.counts.measures"), numeric=True, keep=3),
        ReportColumn("tasks", attrgetter("row.counts.tasks"), numeric=True, keep=3),
        ReportColumn("denominator", attrgetter("row.counts.denominator"), head="要完成的", numeric=True, keep=3),
        ReportColumn("completed", attrgetter("row.counts.completed"), numeric=True, keep=2),
        ReportColumn(
            "completion_rate", attrgetter("row.counts.completion_rate"), cell=_problem_rate, numeric=True, keep=3
        ),
        ReportColumn("overdue", attrgetter("row.counts.overdue"), cell=_problem_overdue, numeric=True, keep=2),
        *(yuan_column(key, attrgetter(key), keep=4) for key in ("amount", "rectified", "remaining")),
        ReportColumn("standing", head="整改情况"),
        ReportColumn("light", attrgetter("row.light"), cell=_problem_light, keep=1),
    ),
    make=_problems,
    said=_problems_said,
    total=_total_problems,
)


@frozen(kw_only=True)
class UnitDuties:
    """The row of a unit in 责任清单, or of the sums: the numbers of the measures that it leads, and of those of its tasks."""

    nth: int | None = None
    unit: str
    leads: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    counts: Counts


def _duties(snapshot: Snapshot) -> list[UnitDuties]:
    """The units that lead a measure or have a task, in the unit book's order."""
    tasks = grouped(attrgetter("unit"), snapshot.tasks)
    leads: dict[str, list[str]] = {}
    for _, measure in snapshot.plan.measures():
        for unit in lead_units(snapshot.units, measure, snapshot.as_of):
            leads.setdefault(unit, []).append(measure.number)
    return [
        _unit_duties(unit.name, leads.get(unit.name, ()), tasks.get(unit.name, ()))
        for unit in snapshot.units.members
        if unit.name in leads or unit.name in tasks
    ]


def _unit_duties(unit: str, leads: Sequence[str], tasks: Sequence[SnapshotTask]) -> UnitDuties:
    return UnitDuties(
        unit=unit,
        leads=tuple(leads),
        measures=tuple(dict.fromkeys(task.measure for task in tasks)),
        leaders=tuple(dict.fromkeys(leader for task in tasks if (leader := task.leader))),
        people=tuple(dict.fromkeys(person for task in tasks if (person := task.person))),
        counts=counts_of(tasks, answering=()),
    )


def _total_duties(rows: Sequence[UnitDuties]) -> UnitDuties:
    return UnitDuties(unit=WHOLE, counts=total_of(row.counts for row in rows))


def _duties_said(snapshot: Snapshot, rows: Sequence[UnitDuties]) -> str:
    led = {measure for row in rows for measure in row.leads}
    return f"{len(rows)} 个单位，牵头 {len(led)} 项{snapshot.plan.terms.measure}，负责 {sum(row.counts.tasks for row in rows)} 件任务"


def _names(key: str, head: str, keep: int = 0) -> ReportColumn[UnitDuties]:
    """A column of several numbers or names."""
    names: Callable[[UnitDuties], tuple[str, ...]] = attrgetter(key)
    return ReportColumn(key, head=head, cell=lambda row: "、".join(names(row)), wrap=True, keep=keep, weight=3)


DUTIES = Layout[UnitDuties](
    name=LayoutName.DUTIES,
    title="责任清单",
    columns=ReportColumns[UnitDuties](
        ReportColumn("nth", head="序号", numeric=True, keep=6),
        ReportColumn("unit", wrap=True, weight=2),
        _names("leads", "牵头的措施"),
        _names("measures", "负责的措施"),
        _names("leaders", "责任领导", keep=5),
        _names("people", "责任人", keep=4),
        ReportColumn("tasks", attrgetter("counts.tasks"), numeric=True, keep=1),
        ReportColumn("completed", attrgetter("counts.completed"), numeric=True, keep=2),
        ReportColumn(
            "overdue", attrgetter("counts.overdue"), cell=lambda row: warned(row.counts.overdue), numeric=True, keep=2
        ),
    ),
    make=_duties,
    said=_duties_said,
    total=_total_duties,
    is_numbered=True,
)
