"""Sections of the weekly and monthly report, in the outline and wording that counties use."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from zhenggai.document import Block, Column, Para, Table, row, table
from zhenggai.frozen import frozen
from zhenggai.model.entries import Progress
from zhenggai.model.entry_fields import Mark
from zhenggai.model.kinds import Kind
from zhenggai.model.money import DONE_WORDS
from zhenggai.model.numbers import recorded_on
from zhenggai.model.plan import Problem
from zhenggai.model.terms import Terms
from zhenggai.model.wording import chinese, quoted
from zhenggai.rules.day.counts import Counts, counts_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.steps import number_on_paper
from zhenggai.views.columns import ReportColumn, ReportColumns
from zhenggai.views.count_columns import COUNTS
from zhenggai.views.due import DueList
from zhenggai.views.problem_outline import Outline, outlined
from zhenggai.views.report_entries import Tallies, Told
from zhenggai.views.sentences import problem_status
from zhenggai.views.task_lines import StepLine, TaskLine, step_table

NEWEST = 5  # sentences per problem
SOON, LATER = 7, 20  # days ahead in 下步打算


@frozen
class Progressed:
    """二、本周进展: a heading and sentences for each problem, then 制度成果 and 经验."""

    snapshot: Snapshot
    told: Sequence[Told]
    tallies: Tallies
    this: str

    def blocks(self) -> list[Block]:
        """The blocks of the section."""
        blocks: list[Block] = []
        outline = Outline()
        for headings, problem in outlined(self.snapshot.plan, outline):
            blocks += headings
            if problem.symptoms:
                blocks.append(Para(f"具体表现：{numbered(problem.symptoms)}"))
            blocks.append(Para(self._words(problem)))
        if made := self.tallies.named():
            blocks.append(outline.heading("制度成果和经验做法"))
            blocks += [Para(text) for text in made]
        return blocks

    def _words(self, problem: Problem) -> str:
        """How the problem stands, then what was done for it; of shared measures, under which problem that is told."""
        stands = problem_status(self.snapshot.answering.get(problem.number, ()), self.snapshot.plan.terms)
        own = self._own(problem) if problem.measures or not problem.shared_measures else ""
        return f"{stands}{own}{self._shared(problem)}"

    def _shared(self, problem: Problem) -> str:
        if not problem.shared_measures:
            return ""
        there = {t.task.problem for t in self.told if t.task and t.task.measure in problem.shared_measures}
        terms = self.snapshot.plan.terms
        titles = "、".join(quoted(f.content) for f in self.snapshot.plan.problems if f.number in there)
        words = f"进展见{terms.about(titles)}" if there else "无新记录"
        return f"同{terms.measure}{'、'.join(problem.shared_measures)}，{self.this}{words}。"

    def _own(self, problem: Problem) -> str:
        here = [t for t in self.told if t.task and t.task.problem == problem.number]
        work = [t for t in here if t.event.kind in WORK]
        sentences = numbered(_sentence(t) for t in work[-NEWEST:])
        more = f"（{self.this}进展{len(work)}条，列最近{NEWEST}条）" if len(work) > NEWEST else ""
        kinds = Counter(t.event.kind for t in here if t.event.kind not in WORK)
        other = "、".join(f"{kind}{n}件" for kind, n in sorted(kinds.items(), key=lambda k: list(Kind).index(k[0])))
        return f"{sentences}{more}{f'另有{other}。' if other else ''}" if here else f"{self.this}无新记录。"


WORK = (Kind.PROGRESS, Kind.BASICALLY_DONE, Kind.DONE)


def _sentence(told: Told) -> str:
    progress = [] if told.percent is None else [f"进度{told.percent}%"]
    facts = [told.measure or "", *progress, *money_figures(told)]
    return f"{told.unit}{deed(told)}（{'，'.join(facts)}）"


def deed(told: Told) -> str:
    """What an entry of work says was done, without a full stop: 完成整改，办法印发."""
    terms = told.snapshot.plan.terms
    done = {Kind.BASICALLY_DONE: f"基本{terms.completed}，", Kind.DONE: f"{terms.completed}，"}
    return f"{done.get(told.event.kind, '')}{(told.entry.content or '').rstrip('。；')}"


def money_figures(told: Told) -> list[str]:
    """The money that an entry reports: 整改12万元."""
    return [f"{word}{amount}" for name, word in DONE_WORDS.items() if (amount := getattr(told.entry, name, None))]


def numbered(texts: Iterable[str]) -> str:
    """The texts as one: 一是…。二是…。 A single text stands without 一是."""
    said = [f"{text.rstrip('。')}。" for text in texts]
    return "".join(f"{chinese(n)}是{text}" for n, text in enumerate(said, 1)) if len(said) > 1 else "".join(said)


def deadlines(snapshot: Snapshot, late: DueList, soon: DueList) -> list[Block]:
    """三、逾期及临期事项: late tasks and steps with reasons, those due within 临期天数, missed occurrences and reviews."""
    tasks, terms = {(t.measure, t.unit): t for t in snapshot.tasks}, snapshot.plan.terms

    def reason(line: TaskLine) -> str:
        return explanation(snapshot, tasks[line.measure, line.unit]) or "未说明"

    blocks: list[Block] = []
    if late.tasks:
        blocks.append(_deadline_table(late.tasks, "逾期天数", reason, f"逾期 {len(late.tasks)} 件", terms))
    else:
        blocks.append(Para("没有逾期任务。"))
    if late.steps:
        blocks.append(step_table(_on_paper(late.steps), "逾期天数", f"逾期步骤 {len(late.steps)} 个"))
    days = snapshot.plan.rules.due_soon_days
    if near := [t for t in soon.tasks if -(t.days or 0) <= days]:
        blocks.append(_deadline_table(near, "剩余天数", reason, f"{days} 天内到期 {len(near)} 件", terms))
    if near_steps := [s for s in soon.steps if -s.days <= days]:
        blocks.append(step_table(_on_paper(near_steps), "剩余天数", f"{days} 天内到期的步骤 {len(near_steps)} 个"))
    if late.duties:
        words = "；".join(f"{d.unit} {d.measure} {d.in_words}（{d.days}天）" for d in late.duties)
        blocks.append(Para(f"例行缺期、评估逾期{len(late.duties)}项：{words}。"))
    return blocks


def explanation(snapshot: Snapshot, task: SnapshotTask) -> str:
    """The latest reason or difficulty that the unit itself gave, or ""."""
    explained = task.row.explained
    entry = snapshot.said(explained.number) if explained else None
    return (isinstance(entry, Progress) and (entry.cause or entry.difficulty)) or ""


def _on_paper(lines: Iterable[StepLine]) -> Iterator[StepLine]:
    """The lines with the numbers that the plan has; lists have those by which a command names an earlier date of a deadline."""
    return (replace(line, step=number_on_paper(line.step)) for line in lines)


def _deadline_table(
    lines: Sequence[TaskLine], days_head: str, reason: Callable[[TaskLine], str], title: str, terms: Terms
) -> Table:
    heads = (
        Column("序号", numeric=True, keep=5),
        Column(terms.problem, keep=4),
        Column(terms.measure),
        Column("责任单位", wrap=True, weight=2),
        Column("责任人", wrap=True, keep=3, weight=2),
        Column(terms.head("整改时限"), wrap=True, keep=2, weight=2),
        Column(days_head, numeric=True),
        Column("原因", wrap=True, keep=1, weight=3),
    )
    rows = [
        row(
            nth,
            t.measure.partition("-")[0],
            t.measure,
            t.unit,
            t.person,
            f"{t.deadline}（{t.due}）",
            abs(t.days or 0),
            reason(t),
        )
        for nth, t in enumerate(lines, 1)
    ]
    return table(heads, rows, title)


def difficulties(
    snapshot: Snapshot, told: Sequence[Told], silent: Sequence[str], late: Sequence[Told], this: str
) -> list[Block]:
    """四、存在问题: difficulties that units reported, silent units, late records."""
    reported = numbered(
        f"{t.unit}（{t.measure}）：{t.entry.difficulty}"
        for t in told
        if t.event.flags & Mark.DIFFICULTY and isinstance(t.entry, Progress) and t.entry.difficulty
    )
    blocks: list[Block] = [Para(reported)] if reported else []
    if silent:
        days = snapshot.plan.rules.silent_days
        blocks.append(Para(f"连续{days}天没有记录的单位{len(silent)}个：{'、'.join(silent)}。"))
    if late:
        words = "；".join(
            f"{t.recorder} {t.event.date}的{t.event.kind}（{recorded_on(t.event.number)}补录）" for t in late
        )
        blocks.append(Para(f"{this}补录{len(late)}条：{words}。"))
    return blocks or [Para("各单位未报告困难。")]


def next_steps(told: Sequence[Told], soon: DueList, *, with_none: bool = True) -> list[Block]:
    """五、下步打算: plans of the units, and what falls due in the next 7 and 20 days; ``with_none`` even if nothing does."""
    planned = numbered(
        f"{t.unit}（{t.measure}）：{t.entry.next_steps}"
        for t in told
        if t.event.flags & Mark.NEXT_STEPS and isinstance(t.entry, Progress) and t.entry.next_steps
    )
    due = "；".join(filter(None, (_due_within(soon, days, with_none=with_none) for days in (SOON, LATER))))
    duties = [(days, sum(-d.days <= days for d in soon.duties)) for days in (SOON, LATER)]
    duty_words = "，".join(f"{days}天内{number}项" for days, number in duties if number or with_none)
    texts = [
        planned,
        f"{due}。" if due else "",
        f"应办的例行和评估，{duty_words}。" if soon.duties and duty_words else "",
    ]
    return [Para(text) for text in texts if text]


def _due_within(soon: DueList, days: int, *, with_none: bool) -> str:
    tasks = [f"{t.measure} {t.unit}" for t in soon.tasks if t.days is not None and -t.days <= days]
    steps = [f"{number_on_paper(s.step)} {s.unit}" for s in soon.steps if -s.days <= days]
    if not (tasks or steps or with_none):
        return ""
    also = f"、步骤{len(steps)}个{_some(steps)}" if steps else ""
    return f"{days}天内到期{len(tasks)}件{_some(tasks)}{also}"


def _some(names: Sequence[str]) -> str:
    return f"（{'、'.join(names[:NEWEST])}{'等' if len(names) > NEWEST else ''}）" if names else ""


class MeasureRow(NamedTuple):
    """The row of a measure in 附件：台账."""

    measure: str
    content: str
    counts: Counts


def _counts(row: MeasureRow) -> Counts:
    return row.counts


_LEDGER = ReportColumns[MeasureRow](
    ReportColumn("measure"),
    ReportColumn("content", wrap=True, limit=20, weight=5),
    *(column._replace(group="") for column in COUNTS.of(_counts) if column.key != "measures"),
)


def ledger_table(snapshot: Snapshot) -> Table:
    """附件：台账: one row per measure."""
    measures = (measure for _, measure in snapshot.plan.measures())
    rows = [
        MeasureRow(m.number, m.content, counts_of(snapshot.of_measure.get(m.number, ()), answering=()))
        for m in measures
    ]
    return _LEDGER.called(snapshot.plan.terms).table(rows, landscape=True)
