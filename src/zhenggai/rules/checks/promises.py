"""Checks 问题个个有整改, 任务件件有着落 and 措施条条能落实: the three promises of every plan."""

from collections.abc import Iterator
from datetime import date

from zhenggai.model.book import Book
from zhenggai.model.plan import Measure, Plan
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import BEGUN, PLAN, ledger_file, plan_with, sample
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.plan.plan_on_day import plan_at
from zhenggai.rules.task.life import State
from zhenggai.rules.task.tasks import responsible_units


def _problems_have_measures(book: Book) -> Findings:
    """Problems without any measure. A wrong 同措施 is named by its own check."""
    for problem in book.plan.problems:
        if not problem.measures and "shared_measures" not in problem.where.fields:
            remedy = "补上至少一项措施；由别的问题的措施解决的，写上 同措施: [措施编号]"
            yield Finding(problem.where.source, f"问题 {problem.number} 没有措施", remedy)


def _tasks_have_owners(book: Book) -> Findings:
    """Measures without a responsible unit or without a responsible person."""
    for day, measure in _as_issued(book.plan):
        units = responsible_units(book.plan, book.units, measure, day)
        if not measure.units:
            empty = "units" in measure.where.fields  # 责任单位: [], as ``draft`` writes it
            remedy = "在方括号里写上单位" if empty else "补上一行 责任单位: […]"
            yield Finding(measure.where.of("units"), f"措施 {measure.number} 没有责任单位", remedy)
        elif not units and all(
            name in book.units.by_name or name in book.units.class_by_name for name in measure.units
        ):
            what = f"措施 {measure.number} 的责任单位没有成员"
            yield Finding(measure.where.of("units"), what, "核对单位册中的类别和“除外”")
        own = {book.units.by_name[s.unit].name for s in measure.shares if s.person and s.unit in book.units.by_name}
        if not measure.person and any(unit.name not in own for unit in units):
            what = f"措施 {measure.number} 没有责任人"
            yield Finding(measure.where.source, what, "补上一行 责任人: …，或在分工中逐个写明", Level.WARNING)


def _as_issued(plan: Plan) -> Iterator[tuple[date, Measure]]:
    """Every measure as it was on its first day, the day of issue or of its addition; pairs (day, measure)."""
    first = {m.number: max(plan.issued, m.since or plan.issued) for _, m in plan.measures()}
    for day in sorted(set(first.values())):
        yield from ((day, m) for _, m in plan_at(plan, day, date.max).measures() if first[m.number] == day)


def _measures_have_entries(book: Book, snapshot: Snapshot) -> Findings:
    """Measures whose window opened long ago and that have no entry. (Check 时限 finds measures without a window.)"""
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
        yield Finding(tasks[0].task.measure.where.source, what, remedy)


PROBLEMS_HAVE_MEASURES = Check(
    name="问题个个有整改",
    level=Level.ERROR,
    about="有问题没有措施",
    good=sample(),
    bad=sample({"plans/zg.yaml": PLAN + "- 编号: 2\n  内容: 制度不落实\n"}),
    of_plan=_problems_have_measures,
)
TASKS_HAVE_OWNERS = Check(
    name="任务件件有着落",
    level=Level.ERROR,
    about="有措施没有责任单位；没有责任人的算警告",
    good=sample(),
    bad=sample(plan_with("    责任单位: 县教育局\n", "")),
    of_plan=_tasks_have_owners,
)
MEASURES_HAVE_ENTRIES = Check(
    name="措施条条能落实",
    level=Level.DOUBT,
    about="任务开始很久了，一条记录也没有",
    good=sample(ledger_file(BEGUN), as_of="2020-05-31"),
    bad=sample(as_of="2020-05-31"),
    of_ledger=_measures_have_entries,
)
