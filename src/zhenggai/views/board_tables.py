"""The parts of the board that are about the plan as a whole: figures, problems, what is red, what is new."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from zhenggai.document import Block, Cell, Column, Para, Table, TableForm, Tone, row, table
from zhenggai.document.drawing import Lane
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.board_facets import keys_of, problem_key
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns, rate_cell, warned
from zhenggai.views.entry_history import HistoryLine, gist
from zhenggai.views.problem_outline import row_headings, sharing
from zhenggai.views.status import ProblemRow
from zhenggai.views.task_lines import TaskLine, light_cell
from zhenggai.views.trend import TrendPoint

_MOST_RED = 50  # red tasks that are listed

# --- figures


def cards(snapshot: Snapshot, now: TrendPoint, before: TrendPoint | None) -> Table:
    """The figures, each with its change since a week ago. ``now`` are those of the snapshot."""
    counts, terms = snapshot.counts, snapshot.plan.terms
    units = {task.unit for task in snapshot.tasks if task.status.light is Light.RED}
    steps = f"另有逾期步骤{counts.overdue_steps}个" if counts.overdue_steps else ""

    def card(name: str, number: Callable[[TrendPoint], int], about: str, *, warns: bool = False) -> tuple[Cell, ...]:
        value = number(now)
        change = _change(value, number(before)) if before else ""
        return row(name, warned(value) if warns else value, about, change)

    before_rate = before.counts.completion_rate if before else None
    rate = row(
        terms.rate,
        rate_cell(counts.completion_rate),
        f"{counts.denominator}件中{terms.done}{counts.completed}件",
        _rate_change(counts.completion_rate, before_rate),
    )
    rows = (
        rate,
        card("已销号", attrgetter("counts.closed"), f"已{terms.done}{counts.completed}件中"),
        card("正在推进", _under_way, f"未启动{counts.not_started}件"),
        card("逾期", attrgetter("counts.overdue"), steps, warns=True),
        card("红灯", attrgetter("red"), f"涉及{len(units)}个单位", warns=True),
        row("长期、例行", counts.tasks - counts.denominator, f"不计入{terms.rate}", ""),
    )
    return replace(table(("项", Column("数", numeric=True), "说明", "比上周"), rows), form=TableForm.CARDS)


def _under_way(point: TrendPoint) -> int:
    return point.counts.in_progress + point.counts.basically_done


def _change(now: int, before: int) -> str:
    """How much a number has changed.

    >>> _change(4, 1), _change(1, 4), _change(4, 4)
    ('比上周多3件', '比上周少3件', '与上周持平')
    """
    return f"比上周{'多' if now > before else '少'}{abs(now - before)}件" if now != before else "与上周持平"


def _rate_change(now: float | None, before: float | None) -> str:
    """How much a rate has changed; "" if there was none, or is none.

    >>> _rate_change(56.25, 52.08), _rate_change(50.0, 50.0), _rate_change(None, 50.0)
    ('比上周高4.17个百分点', '与上周持平', '')
    """
    if now is None or before is None:
        return ""
    points = round(now - before, 2)
    return f"比上周{'高' if points > 0 else '低'}{abs(points):g}个百分点" if points else "与上周持平"


# --- problems


def _completed(done: ProblemRow) -> Cell:
    counts = done.counts
    if not counts.denominator:
        return Cell(done.state or "—")
    closed = f"（销号{counts.closed}）" if counts.closed else ""
    lane = Lane(filled=counts.completed / counts.denominator, settled=counts.closed / counts.denominator)
    return Cell(f"{counts.completed}/{counts.denominator}{closed}", Tone.GREEN, lane=lane)


_PROBLEM_COLUMNS = ReportColumns[ProblemRow](
    ReportColumn("number", head="号"),
    ReportColumn("title", head="问题", cell=lambda of: of.title + sharing(of.shared_measures), wrap=True, weight=4),
    ReportColumn("measures", attrgetter("counts.measures"), numeric=True, keep=4),
    ReportColumn("tasks", attrgetter("counts.tasks"), numeric=True, keep=3),
    ReportColumn("completed", head="完成情况", cell=_completed),
    ReportColumn("rate", head="完成率", cell=lambda of: rate_cell(of.counts.completion_rate), numeric=True),
    ReportColumn("overdue", cell=lambda of: warned(of.counts.overdue), numeric=True),
    ReportColumn("light", cell=lambda of: of.light and light_cell(of.light)),
)


def problem_table(problems: Sequence[ProblemRow], snapshot: Snapshot) -> Table:
    """The problems with their tasks as bars."""
    terms = snapshot.plan.terms
    legend = f"{terms.done}情况：横条深色是已销号的，浅色是已{terms.done}未销号的；分母不含长期坚持、例行、不适用的。"
    made = _PROBLEM_COLUMNS.called(terms).table(problems, footer=ProblemRow(None, "合计", snapshot.counts, None))
    keys = (
        (
            problem_key(snapshot.plan, of.number or 0),
            *keys_of(snapshot.plan, snapshot.answering.get(of.number or 0, ())),
        )
        for of in problems
    )
    return replace(made, keys=tuple(keys), legend=legend).under(row_headings(of.aspects for of in problems))


# --- what is red, what is new

_RED_COLUMNS = ReportColumns[TaskLine](
    ReportColumn("measure", merged=True),
    ReportColumn("content", wrap=True, weight=4, merged=True),
    ReportColumn("unit", wrap=True),
    ReportColumn("person", wrap=True, keep=2),
    ReportColumn("due", keep=1, cell=lambda line: line.due or "—"),
    ReportColumn("why", wrap=True, weight=3),
    ReportColumn("last_entry", keep=3, cell=lambda line: line.last_entry or "无"),
)


def _problem_numbers(snapshot: Snapshot) -> dict[str, int]:
    """Measure → its problem, for measures that have tasks."""
    return {number: tasks[0].problem for number, tasks in snapshot.of_measure.items()}


def red_blocks(red: Sequence[TaskLine], snapshot: Snapshot) -> Iterator[Block]:
    """The red tasks with the reasons of their light, the longest overdue first, those of a measure together."""
    if not red:
        yield Para("没有红灯任务。")
        return
    shown = red[:_MOST_RED]
    problems = _problem_numbers(snapshot)
    keys = tuple((line.unit, problem_key(snapshot.plan, problems[line.measure])) for line in shown)
    yield replace(_RED_COLUMNS.called(snapshot.plan.terms).table(shown), keys=keys, form=TableForm.GROUPS)
    if len(red) > len(shown):
        yield Para(f"另有 {len(red) - len(shown)} 件，见 zhenggai list 红灯")


_ENTRY_COLUMNS = ReportColumns[HistoryLine](
    ReportColumn("date", attrgetter("entry.date")),
    ReportColumn("measure", attrgetter("entry.measure")),
    ReportColumn("unit", wrap=True),
    ReportColumn("kind", attrgetter("entry.kind")),
    ReportColumn("content", gist, wrap=True, weight=5),
)
ENTRIES = Keys[HistoryLine](
    Key("date", attrgetter("entry.date"), date),
    Key("measure", attrgetter("entry.measure"), str | None),
    Key("unit"),
    Key("kind", attrgetter("entry.kind"), str),
    Key("content", gist, str),
)
"""An entry in JSON."""


def newest_blocks(newest: Sequence[HistoryLine], snapshot: Snapshot) -> Iterator[Block]:
    """The newest entries."""
    if not newest:
        yield Para("还没有记录。")
        return
    problems = _problem_numbers(snapshot)
    keys = []
    for line in newest:
        task = snapshot.task_of(line.entry.number)
        problem = task.problem if task else problems.get(line.entry.measure or "")
        keys.append((line.unit, *([problem_key(snapshot.plan, problem)] if problem else ())))
    yield replace(_ENTRY_COLUMNS.called(snapshot.plan.terms).table(newest), keys=tuple(keys))
