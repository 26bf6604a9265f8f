"""问题个个有整改, 任务件件有着落, 措施条条能落实: the three promises of every plan, each a check of its own.

Good: every problem has a measure; every measure a unit and a person; every measure a window and, once that has opened, an
entry. Bad: a problem with no 措施; a measure with no 责任单位 or 责任人; a task whose window opened 30 days ago and nobody wrote.
"""

from collections.abc import Iterator
from datetime import date

from zhenggai.model.book import Book
from zhenggai.model.plan import Measure, Plan
from zhenggai.model.source import Diagnostic, Level
from zhenggai.rules.checks.check import Finder
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.life import State
from zhenggai.rules.task.tasks import responsible_units

_PROBLEMS = Finder("问题个个有整改", "有问题没有措施")
_TASKS = Finder("任务件件有着落", "有措施没有责任单位；没有责任人的算警告")
_MEASURES = Finder("措施条条能落实", "任务开始很久了，一条记录也没有", Level.DOUBT)


def problems_have_measures(book: Book) -> Iterator[Diagnostic]:
    """A problem without any measure."""
    for problem in book.plan.problems:
        if not problem.measures:
            yield _PROBLEMS.at(problem.where.source, f"问题 {problem.number} 没有措施", "补上至少一项措施")


def tasks_have_owners(book: Book) -> Iterator[Diagnostic]:
    """A measure without a unit, or without a person."""
    for day, measure in _as_issued(book.plan):
        units = responsible_units(book.plan, book.units, measure, day)
        if not measure.units:
            yield _TASKS.at(measure.where.source, f"措施 {measure.number} 没有责任单位", "补上一行 责任单位: […]")
        elif not units:
            what = f"措施 {measure.number} 的责任单位没有成员"
            yield _TASKS.at(measure.where.of("units"), what, "核对单位册中的类别和“除外”")
        own = {book.units.by_name[s.unit].name for s in measure.shares if s.person and s.unit in book.units.by_name}
        if not measure.person and any(unit.name not in own for unit in units):
            what = f"措施 {measure.number} 没有责任人"
            yield _TASKS.at(measure.where.source, what, "补上一行 责任人: …，或在分工中逐个写明", Level.WARNING)


def _as_issued(plan: Plan) -> Iterator[tuple[date, Measure]]:
    """Every measure on its first day: the day of issue, or of its addition."""
    first = {m.number: max(plan.issued, m.since or plan.issued) for _, m in plan.measures()}
    for day in sorted(set(first.values())):
        yield from ((day, m) for _, m in plan_at(plan, day, date.max).measures() if first[m.number] == day)


def measures_have_entries(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """A measure whose window opened long ago without any entry. (That every measure has a window: check 时限.)"""
    waiting: dict[str, list[SnapshotTask]] = {}
    for task in snapshot.tasks:
        opened = (snapshot.as_of - task.task.schedule.start).days
        if (
            opened > snapshot.plan.rules.silent_days
            and task.head.state is State.NOT_STARTED
            and not task.head.entry_days
        ):
            waiting.setdefault(task.measure, []).append(task)
    for number, tasks in waiting.items():
        units = "、".join(task.unit for task in tasks)
        what = f"{number} 自 {tasks[0].task.schedule.start} 起，{len(tasks)} 个单位一条记录也没有：{units}"
        remedy = f"请各单位记录：zhenggai add {number} …"
        yield _MEASURES.at(tasks[0].task.measure.where.source, what, remedy)
