"""Layouts with a row a task: C, D (销号申请单) and 任务清单."""

from collections.abc import Sequence
from operator import attrgetter

from zhenggai.frozen import frozen
from zhenggai.model.plan import Problem
from zhenggai.rules.day.day_status import COMPLETABLE, Group
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.life import APPLIED, State
from zhenggai.views.columns import ReportColumn, ReportColumns
from zhenggai.views.layout import Layout, LayoutName
from zhenggai.views.layout_cells import LONG, headings_of, reviewer_of, symptoms_of, what_remains, work_done
from zhenggai.views.money_columns import yuan_column
from zhenggai.views.selection import state_word
from zhenggai.views.task_list import LedgerRow, ledger_rows


@frozen(kw_only=True)
class ListedTask:
    """A task with its row of the ledger; ``answers`` says which problems it answers, its own first."""

    nth: int
    snapshot: Snapshot
    problem: Problem
    task: SnapshotTask
    row: LedgerRow
    answers: str


def listed_tasks(snapshot: Snapshot) -> list[ListedTask]:
    """The tasks in the plan's order."""
    problems = {problem.number: problem for problem in snapshot.plan.problems}
    others: dict[str, list[str]] = {}
    for problem in snapshot.plan.problems:
        for measure in problem.shared_measures:
            others.setdefault(measure, []).append(problem.content)
    return [
        ListedTask(
            nth=nth,
            snapshot=snapshot,
            problem=problems[task.problem],
            task=task,
            row=row,
            answers="；".join([row.finding, *others.get(task.measure, ())]),
        )
        for nth, (task, row) in enumerate(zip(snapshot.tasks, ledger_rows(snapshot), strict=True), 1)
    ]


def _applied(snapshot: Snapshot) -> list[ListedTask]:
    """The tasks whose close-out was applied for, whatever has become of it but a return."""
    return [row for row in listed_tasks(snapshot) if row.task.row.state in APPLIED]


def _sort_of_problem(row: ListedTask) -> str | None:
    """问题类别: the aspect under which the plan has the problem, else whether many units have it (共性) or one."""
    return headings_of(row.problem).aspect or row.problem.nature


def _person(row: ListedTask) -> str:
    """Who leads, and the responsible unit with its person, which layout C has no column for: 牵头单位：甲；责任单位：乙 科长."""
    own = f"{row.task.unit} {row.task.person or ''}".rstrip()
    lead = row.row.lead_units
    return f"牵头单位：{lead}；责任单位：{own}" if lead not in ("", row.task.unit) else own


def _answers(row: ListedTask) -> str:
    """The problems that the task answers, its own with its symptoms."""
    return row.answers.replace(row.problem.content, row.problem.content + symptoms_of(row.problem), 1)


def _type(row: ListedTask) -> str:
    """整改类型 in the plan's own word, else the category."""
    return row.row.rectification_type or row.row.category


def _first_responsible(row: ListedTask) -> str | None:
    return row.row.first_responsible or row.row.leader


def _is_completed(row: ListedTask) -> str:
    """是 or 否, as the counts have it; how it is followed if it is not to be completed: 长期坚持, 例行, 不适用."""
    group = row.task.status.group
    if group not in COMPLETABLE:
        return state_word(row.task)
    return "是" if group is Group.COMPLETED else "否"


def _is_closed(row: ListedTask) -> str:
    """是 or 否, as the counts have it, in which 不适用 is not closed."""
    if row.task.status.group is Group.NOT_APPLICABLE:
        return state_word(row.task)
    return "是" if row.task.row.state is State.CLOSED else "否"


def _outcome(row: ListedTask) -> str:
    """整改情况 of a task whose close-out was applied for: 已完成整改，复核通过."""
    done = f"已{row.snapshot.plan.terms.completed}"
    return f"{'经核查不存在' if row.task.row.absent else done}，{row.task.row.state}"


def _work(row: ListedTask) -> str:
    return work_done(row.snapshot, row.task)


def _remains(row: ListedTask) -> str:
    return what_remains(row.snapshot, row.task)


def _reviewer(row: ListedTask) -> str:
    return reviewer_of(row.snapshot, row.task)


def _blank(_: ListedTask) -> str | None:
    return None


def _said(snapshot: Snapshot, rows: Sequence[ListedTask]) -> str:
    completed = sum(row.task.status.group is Group.COMPLETED for row in rows)
    closed = sum(_is_closed(row) == "是" for row in rows)
    return f"{len(rows)} 件任务，已{snapshot.plan.terms.completed} {completed} 件，其中销号 {closed} 件"


def _applications_said(_: Snapshot, rows: Sequence[ListedTask]) -> str:
    closed = sum(_is_closed(row) == "是" for row in rows)
    absent = sum(row.task.row.absent for row in rows)
    aside = f"；经核查不存在的 {absent} 件" if absent else ""
    return f"{len(rows)} 件任务申请了销号，其中已销号 {closed} 件{aside}"


_NTH = ReportColumn[ListedTask]("nth", head="序号", numeric=True, keep=3)
_FINDING = ReportColumn[ListedTask]("finding", attrgetter("row.finding"), wrap=True, weight=3, of_problem=True)
_SORT = ReportColumn[ListedTask](
    "sort_of_problem", _sort_of_problem, head="问题类别", wrap=True, keep=8, of_problem=True
)
_CONTENT = ReportColumn[ListedTask]("content", attrgetter("row.line.content"), wrap=True, weight=3)
_UNIT = ReportColumn[ListedTask]("unit", attrgetter("task.unit"), gives=str, wrap=True, weight=2)
_DEADLINE = ReportColumn[ListedTask]("deadline", attrgetter("row.line.deadline"), wrap=True, keep=4)
_WORK = ReportColumn[ListedTask]("work", _work, wrap=True, keep=3, limit=LONG, weight=4)
_GOAL = ReportColumn[ListedTask]("goal", attrgetter("row.goal"), wrap=True, keep=7, weight=2)
_STANDARD = ReportColumn[ListedTask](
    "standard", attrgetter("task.task.measure.standard"), gives=str | None, wrap=True, keep=7, weight=2
)

_MONEY: tuple[ReportColumn[ListedTask], ...] = (
    yuan_column("amount", attrgetter("row.amount"), keep=6),
    yuan_column("rectified", lambda row: row.row.money.rectified or None, keep=6),
)

C = Layout[ListedTask](
    name=LayoutName.C,
    title="整改台账",
    columns=ReportColumns[ListedTask](
        _NTH,
        ReportColumn("source", attrgetter("row.source"), head="问题来源", wrap=True, keep=8, of_problem=True),
        _SORT,
        ReportColumn("finding", _answers, head="具体问题表述", wrap=True, weight=3, keep=2, of_problem=True),
        ReportColumn("rectification_type", _type, keep=7),
        _GOAL._replace(head="整改要求"),
        _DEADLINE._replace(head="整改时限"),
        _STANDARD._replace(head="整改完成标准"),
        _CONTENT._replace(head="细化的整改措施"),
        ReportColumn("due", attrgetter("row.line.due"), head="对应的完成时间", keep=4),
        ReportColumn("first_responsible", _first_responsible, head="整改第一责任人", wrap=True, keep=5),
        ReportColumn("person", _person, head="牵头整改部门责任人", wrap=True),
        _WORK._replace(head="已采取的整改措施"),
        ReportColumn("remains", _remains, head="未整改到位原因及下一步计划", wrap=True, keep=4, limit=LONG, weight=3),
        *_MONEY,
        ReportColumn("is_completed", _is_completed, head="是否已完成整改"),
        ReportColumn("is_closed", _is_closed, head="是否销号", keep=1),
    ),
    make=listed_tasks,
    said=_said,
    is_numbered=True,
)

D = Layout[ListedTask](
    name=LayoutName.D,
    title="销号申请单",
    columns=ReportColumns[ListedTask](
        _NTH,
        _UNIT,
        _SORT,
        _FINDING._replace(head="存在问题", keep=1),
        _WORK._replace(head="采取的整改措施"),
        _DEADLINE._replace(head="整改期限"),
        ReportColumn("person", attrgetter("task.person"), head="整改责任人", wrap=True, keep=5),
        *_MONEY,
        ReportColumn("outcome", _outcome, head="整改情况", wrap=True),
        ReportColumn("completed", attrgetter("row.completed"), head="完成时间", keep=2),
        ReportColumn("reviewer", _reviewer, head="复查人", wrap=True, keep=5),
        ReportColumn("remark", _blank, head="备注", keep=9),
    ),
    make=_applied,
    said=_applications_said,
    is_numbered=True,
    signed="整改单位负责人：　　　　　　　　主管部门负责人：　　　　　　　　",
)

TASKS = Layout[ListedTask](
    name=LayoutName.TASKS,
    title="任务清单",
    columns=ReportColumns[ListedTask](
        _NTH,
        ReportColumn("measure", attrgetter("task.measure"), gives=str),
        _CONTENT._replace(head="整改任务"),
        ReportColumn("answers", head="针对的问题", wrap=True, keep=5, weight=3, of_problem=True),
        _GOAL,
        _STANDARD,
        _UNIT._replace(head="责任单位"),
        ReportColumn("lead_units", attrgetter("row.lead_units"), wrap=True, keep=6),
        _DEADLINE._replace(head="整改时限"),
        ReportColumn("due", attrgetter("row.line.due"), keep=2),
        ReportColumn("state", attrgetter("row.line.state")),
        ReportColumn("percent", attrgetter("row.line.percent"), numeric=True, keep=3),
    ),
    make=listed_tasks,
    said=_said,
    is_numbered=True,
)
