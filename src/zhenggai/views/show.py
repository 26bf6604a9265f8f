"""``show``: a problem, measure, task, unit or entry with its whole history, oldest first, or with its newest entries."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from zhenggai.document import Block, Document, Heading, Para
from zhenggai.errors import NotInPlan, UsageError
from zhenggai.frozen import frozen, types_of
from zhenggai.model.book import Record
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import measure_number, whole_number
from zhenggai.model.plan import Measure, Problem
from zhenggai.model.profile import DEFAULT
from zhenggai.model.wording import near_or_known
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.plan.plan_on_day import ADDED, CANCELLED, adjusted_between
from zhenggai.rules.task.target_progress import TargetSum, target_sums
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Key, Keys, ListOf, list_of
from zhenggai.views.dossier import Dossier, dossier_of
from zhenggai.views.dossier_tables import dossier_blocks
from zhenggai.views.entry_history import (
    HistoryLine,
    entry_record,
    full_text,
    history_keys,
    history_table,
    in_order,
    line_of,
    lines_of,
)
from zhenggai.views.fact_lines import (
    facts_around,
    measure_facts,
    outline_facts,
    problem_facts,
    status_table,
    target_sum_text,
    task_facts,
)
from zhenggai.views.money_keys import PART_MONEY
from zhenggai.views.selection import Selection, record_named, records_ending, select, state_word, unit_names
from zhenggai.views.sentences import plan_change, problem_status
from zhenggai.views.task_lines import TASKS, TONES, task_lines
from zhenggai.views.unit_history import SECTION, HistorySection, sections_of

if TYPE_CHECKING:
    from zhenggai.views.money import PartMoney


def _in_dossier(name: str) -> Callable[["ShownHistory"], object]:
    return lambda shown: getattr(shown.dossier, name, None)


_COLUMNS = (
    "date", "number", "measure", "unit", "recorder", "kind", "percent", "conclusion", "content", "evidence", "writer",
)  # fmt: skip
TARGET_SUMS = Keys[TargetSum](
    Key("name", attrgetter("state.name")),
    Key("requirement", attrgetter("state.requirement")),
    Key("step", attrgetter("state.step")),
    Key("value", attrgetter("state.value"), head="合计的指标值"),
    Key("met", attrgetter("state.met"), head="已达到"),
    Key("units", head="责任单位数"),
    Key("reported", head="报数的单位数"),
    Key("inferred_percent", attrgetter("percent")),
)


def _sums_in_json(shown: "ShownHistory") -> list[dict[str, object]] | None:
    return TARGET_SUMS.records(shown.target_sums) or None


@frozen
class ShownHistory:
    """``show``: title and facts, tasks, entries; for a single task also the dossier, for a unit the sections of its entries.

    ``asked`` is the number of the requested entry, which is shown in full together with related ones. ``money`` is that of the
    problem, measure or unit, ``target_sums`` the sums over the units of a measure. ``total`` is how many entries there are if only the newest are shown.
    """

    snapshot: Snapshot
    title: str
    facts: tuple[str, ...]
    tasks: tuple[SnapshotTask, ...]
    lines: tuple[HistoryLine, ...]
    asked: str = ""
    dossier: Dossier | None = None
    sections: tuple[HistorySection, ...] = ()
    money: "PartMoney | None" = None
    target_sums: tuple[TargetSum, ...] = ()
    total: int | None = None

    keys = Keys["ShownHistory"](
        VERSION,
        PLAN,
        AS_OF,
        Key("title"),
        Key("facts", head="要点"),
        list_of("tasks", TASKS, lambda shown: task_lines(shown.snapshot, shown.tasks)),
        *(Key(name, _in_dossier(name), hint | None) for name, hint in types_of(Dossier).items()),
        list_of("sections", SECTION),
        PART_MONEY,
        Key("target_sums", _sums_in_json, ListOf(TARGET_SUMS), optional=True),
        Key("entries", lambda shown: [entry_record(line) for line in shown.lines], ListOf(history_keys), "记录"),
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return {name: self.snapshot.plan.terms.head(label_of(name)) for name in _COLUMNS}

    def record(self) -> dict[str, object]:
        """The JSON of ``show``; the parts of the dossier are null if several tasks are shown, ``sections`` is empty but for a unit."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per entry."""
        return [{name: entry_record(line).get(name) for name in _COLUMNS} for line in self.lines]

    def document(self) -> Document:
        """The facts, the states of the tasks, then the entries."""
        rules = self.snapshot.plan.rules.name
        told = "" if rules == DEFAULT.name else f"，亮灯按“{rules}”规则"
        facts = (*([self.money.fact] if self.money else []), *self.facts)
        blocks: list[Block] = [Para(f"截至 {self.snapshot.as_of}{told}"), *map(Para, facts)]
        blocks += self._status()
        if self.dossier and self.total is None:
            blocks += dossier_blocks(self.dossier, self.snapshot.plan.terms)
        return Document(self.title, (*blocks, *self._entries()))

    def _entries(self) -> Iterator[Block]:
        """The entries: those of a unit in sections, a requested one with its fields, others as one table."""
        for section in self.sections:
            yield Heading(f"{section.title} {len(section.lines)} 条", 2)
            yield history_table(section.lines, self.snapshot.plan.terms, section.recorder)
        if self.sections:
            return
        shown = (
            f"记录 {len(self.lines)} 条" if self.total is None else f"最近 {len(self.lines)} 条记录，共 {self.total} 条"
        )
        yield Heading(shown, 2) if self.lines else Para("还没有记录。")
        if self.asked:
            for line in self.lines:
                yield from (*self._heading(line), *(Para(text) for text in full_text(line)))
        elif self.lines:
            yield history_table(self.lines, self.snapshot.plan.terms)

    def _heading(self, line: HistoryLine) -> list[Block]:
        """A heading that relates an entry to the requested one, if several are shown."""
        if len(self.lines) == 1:
            return []
        answers = getattr(line.entry, "ref", None) == self.asked
        place = "本条" if line.entry.number == self.asked else "针对本条" if answers else "本条所针对"
        return [Heading(f"{line.entry.date} {line.entry.kind}（{place}）", 2)]

    def _status(self) -> list[Block]:
        if len(self.tasks) == 1:
            return [
                Para(text, TONES[self.tasks[0].status.light])
                for text in task_facts(self.tasks[0], self.snapshot.plan.terms)
            ]
        tables = [status_table(self.tasks, self.snapshot.plan.terms)] if self.tasks else []
        return [*tables, *(self.money.tables if self.money else ())]


def newest(history: ShownHistory, count: int) -> ShownHistory:
    """The same with its ``count`` newest entries alone, newest first. Raises ``UsageError`` for the history of an entry."""
    if history.asked:
        raise UsageError("--last 只用于措施和单位的记录\n  下一步：去掉 --last")
    return replace(history, lines=history.lines[: -count - 1 : -1], sections=(), total=len(history.lines))


def show(snapshot: Snapshot, thing: str, unit: str | None = None) -> ShownHistory:
    """The history of a problem or measure (by number), a unit (by name) or an entry (by the last 4 or more characters of its number).

    ``unit`` limits that of a problem or measure to a unit or class.
    """
    if record := snapshot.archive.record(thing):  # before measures: 20200512-00000001 also has the form of a measure
        return _show_entry(snapshot, record)
    if number := measure_number(thing):
        return _show_measure(snapshot, number, unit)
    if problem := _problem_named(snapshot, thing):
        return _show_problem(snapshot, problem, unit)
    if snapshot.units.unit_named(thing):
        return _show_unit(snapshot, thing)
    if records_ending(snapshot, thing):
        return _show_entry(snapshot, record_named(snapshot, thing))
    units = snapshot.units
    near = near_or_known(thing, [*snapshot.plan.measure_by_number, *units.all_names], units.full_name)
    raise NotInPlan(f"没有叫“{thing}”的问题、措施、单位或记录\n  {near}")


def _problem_named(snapshot: Snapshot, word: str) -> Problem | None:
    """The problem that a word is the number of: 3, 问题3, 第三个问题. Four digits and more are the end of an entry's number."""
    number = whole_number(re.sub("第|个|问题", "", word)) if "问题" in word or len(word.strip()) < 4 else None
    return next((problem for problem in snapshot.plan.problems if problem.number == number), None)


def _show_problem(snapshot: Snapshot, problem: Problem, unit: str | None) -> ShownHistory:
    names = unit_names(snapshot, unit) if unit else None
    tasks = tuple(task for task in snapshot.answering.get(problem.number, ()) if _is_of(task, names))
    facts = (
        *outline_facts(problem),
        *problem_facts(problem, snapshot.plan),
        problem_status(tasks, snapshot.plan.terms),
    )
    money = _money(snapshot, lambda t: t.problem == problem.number and _is_of(t, names), None if unit else problem)
    title = f"{snapshot.plan.terms.problem}{problem.number} {problem.content}"
    return ShownHistory(snapshot, title, facts, tasks, lines_of(snapshot, tasks), money=money)


def _money(
    snapshot: Snapshot, holds: Callable[[SnapshotTask], bool], part: Problem | Measure | None
) -> "PartMoney | None":
    """The money of the tasks that satisfy a condition, beside the 问题金额 of a part of the plan; None if there is none."""
    if not snapshot.has_money:
        return None
    from zhenggai.views.money import part_money  # imported here: few plans have money

    return part_money(snapshot, holds, part)


def _is_of(task: SnapshotTask, names: frozenset[str] | None) -> bool:
    """Whether a task is of one of some units (None: of any)."""
    return names is None or task.unit in names or task.given in names


def _show_measure(snapshot: Snapshot, number: str, unit: str | None) -> ShownHistory:
    measure = snapshot.plan.measure_by_number.get(number)
    if measure is None and (once := snapshot.whole.measure_by_number.get(number)):
        return _show_absent(snapshot, once)
    if measure is None:
        step = number.rpartition("-")[0]
        known = near_or_known(
            step if step in snapshot.plan.measure_by_number else number, list(snapshot.plan.measure_by_number)
        )
        raise NotInPlan(f"没有措施 {number}\n  {known}")
    names = unit_names(snapshot, unit) if unit else None
    tasks = snapshot.where(lambda t: t.measure == number and _is_of(t, names))
    gone = [t for t in snapshot.gone if t.measure == number and (names is None or t.given in names)]
    dossier = dossier_of(snapshot, tasks[0]) if len(tasks) == 1 else None
    title, lines = f"{number} {measure.content}", lines_of(snapshot, (*tasks, *gone))
    sums = () if unit else target_sums(measure, [(task.task, task.head) for task in tasks])
    shown = replace(measure, steps=()) if dossier else measure  # the dossier has the steps, with days
    facts = (
        *facts_around(snapshot.plan, number),
        *measure_facts(shown, snapshot.plan),
        *(f"指标合计：{target_sum_text(found)}" for found in sums),
    )
    facts += tuple(f"{t.given}已不是责任单位，此前{state_word(t)}" for t in gone)
    money = _money(snapshot, lambda t: t.measure == number and _is_of(t, names), None if unit else measure)
    return ShownHistory(snapshot, title, facts, tasks, lines, dossier=dossier, money=money, target_sums=sums)


def _show_absent(snapshot: Snapshot, measure: Measure) -> ShownHistory:
    """The history of a measure not in force: cancelled (since when, basis, last states of its tasks), or not yet begun."""
    given_up = measure.cancelled is not None and measure.cancelled.date <= snapshot.as_of
    called, what = ("已取消", CANCELLED) if given_up else ("尚未开始", ADDED)
    gone = [t for t in snapshot.gone if t.measure == measure.number]
    changes = adjusted_between(snapshot.whole, date.min, date.max)
    facts = [plan_change(c, snapshot.plan.terms) for c in changes if (c.number, c.what) == (measure.number, what)]
    if gone:
        facts.append("取消时：" + "、".join(f"{t.given}{state_word(t)}" for t in gone))
        measure = gone[0].task.measure
    title, facts = f"{measure.number} {measure.content}（{called}）", [*facts, *measure_facts(measure, snapshot.plan)]
    return ShownHistory(snapshot, title, tuple(facts), (), lines_of(snapshot, gone))


def _show_unit(snapshot: Snapshot, name: str) -> ShownHistory:
    found = snapshot.units.unit_named(name)
    unit = found.name if found else name
    tasks = snapshot.where(lambda t: unit in (t.unit, t.given))
    classes = "、".join(found.classes_on(snapshot.as_of)) if found else ""
    led = select(snapshot, Selection(lead=unit)).tasks
    measures = len({task.measure for task in led})
    leading = (
        [f"牵头 {measures} 项{snapshot.plan.terms.measure}、{len(led)} 件任务，看它们：zhenggai status --lead {unit}"]
        if led
        else []
    )
    facts = (f"类别：{classes or '无'}", f"任务 {len(tasks)} 件", *leading)
    sections = sections_of(snapshot, unit)
    lines = in_order(line for section in sections for line in section.lines)
    money = _money(snapshot, lambda t: unit in (t.unit, t.given), None)
    return ShownHistory(snapshot, unit, facts, tasks, lines, sections=sections, money=money)


def _show_entry(snapshot: Snapshot, record: Record) -> ShownHistory:
    """The history of an entry: the one that it answers, the entry in full, then the entries that answer it."""
    number, ref = record.entry.number, getattr(record.entry, "ref", None)
    task = snapshot.task_of(number)
    tasks = (task,) if task else ()
    named = snapshot.archive.record(ref or "")
    answers = [answer for answer in snapshot.archive.naming(number) if snapshot.knows(answer)]
    unit = tasks[0].given if tasks else snapshot.unit_name(record.entry.unit or record.recorder)
    refused = {e.number for t in tasks for e in t.filed} - {e.number for t in tasks for e in t.events}
    shown = [*([named] if named else []), record, *answers]
    lines = [
        line_of(snapshot, r, unit, r.entry.number not in refused or snapshot.correction(r.entry.number) is not None)
        for r in shown
    ]
    return ShownHistory(snapshot, f"记录 {number}", (), tasks, in_order(lines), asked=number)
