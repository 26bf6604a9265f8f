"""``report``: the cumulative report on the rectification (整改落实情况报告), from the plan's issue to a day."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from zhenggai.document import Block, Cell, Document, Heading, Para, ParaRole, Tone
from zhenggai.frozen import frozen
from zhenggai.model.entries import Escalation
from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.plan import Submission
from zhenggai.model.terms import Terms
from zhenggai.model.wording import chinese, day_beside, full_day
from zhenggai.rules.day.counts import turns_of
from zhenggai.rules.day.day_status import COMPLETABLE
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.plan.plan_on_day import PlanChange
from zhenggai.rules.task.target_progress import target_states, target_sums, targets_of
from zhenggai.rules.task.transitions import LADDER
from zhenggai.rules.todo.submissions import reporting_unit
from zhenggai.views import sections
from zhenggai.views.columns import (
    AS_OF,
    PLAN,
    VERSION,
    Key,
    Keys,
    ListOf,
    ReportColumn,
    ReportColumns,
    fields_of,
    list_of,
    object_of,
)
from zhenggai.views.count_columns import COUNTS, TOTALS_AND_TURNS, Totals
from zhenggai.views.due import due
from zhenggai.views.fact_lines import target_sum_text, target_text
from zhenggai.views.letter_text import whom
from zhenggai.views.letterhead import as_paper
from zhenggai.views.money_keys import MONEY
from zhenggai.views.problem_outline import Outline, outlined
from zhenggai.views.problem_report import WORK, ProblemReport, problem_state
from zhenggai.views.remind import is_unit
from zhenggai.views.report_entries import TALLIES, Tallies, Told, entry_heads, is_tallied, tallies_of, told, told_keys
from zhenggai.views.sentences import of_problems, of_tasks, overall, plan_change
from zhenggai.views.task_lines import TASKS, TaskLine, task_lines

_GAP = "　" * 8
REPORT_TITLE = "整改落实情况报告"


class Section(StrEnum):
    """A section of the report, by the word that chooses it."""

    OVERALL = "总体"
    PROBLEMS = "问题"
    RESULTS = "成效"
    UNFINISHED = "未完成"
    ACCOUNTABILITY = "问责"
    NEXT = "下一步"


_TITLES = {
    Section.OVERALL: "总体情况",
    Section.PROBLEMS: "反馈问题整改落实情况",
    Section.RESULTS: "整改成效",
    Section.UNFINISHED: "尚未完成的整改",
    Section.ACCOUNTABILITY: "问责情况",
    Section.NEXT: "下一步打算",
}
_NAMED = (Kind.CRITICISM, Kind.INTERVIEW, Kind.ACCOUNTABILITY)  # told one by one; milder steps are only counted


class Unfinished(NamedTuple):
    """A task of a problem that is to be completed still, and why it is not, in the unit's words ("" if it gave none)."""

    problem: int
    line: TaskLine
    reason: str


def _until(item: Unfinished) -> Cell:
    line = item.line
    if line.due is None:
        return Cell(line.deadline)
    late = line.days is not None and line.days > 0
    return Cell(f"{line.due}（逾期{line.days}天）" if late else str(line.due), Tone.RED if late else Tone.PLAIN)


_UNFINISHED = Keys[Unfinished](*TASKS.through(attrgetter("line")), Key("reason", head="未完成原因"))
_UNFINISHED_TABLE = ReportColumns[Unfinished](
    ReportColumn("measure", attrgetter("line.measure")),
    ReportColumn("unit", attrgetter("line.unit"), wrap=True, weight=2),
    ReportColumn("person", attrgetter("line.person"), wrap=True, keep=4, weight=2),
    ReportColumn("state", attrgetter("line.state"), keep=2),
    ReportColumn("percent", attrgetter("line.percent"), "进度%", numeric=True, keep=3, if_any=True),
    ReportColumn("due", cell=_until, head="完成时限", wrap=True, weight=2),
    ReportColumn("reason", head="未完成原因", wrap=True, keep=1, weight=3, if_any=True),
)
_PROBLEMS = Keys[ProblemReport](
    Key("number", attrgetter("problem.number")),
    Key("title", attrgetter("problem.content"), head="问题"),
    Key("aspects", attrgetter("problem.aspects")),
    Key("shared_measures", attrgetter("problem.shared_measures")),
    Key("state"),
    *COUNTS.through(attrgetter("counts")),
    Key("entries", lambda report: [t.event.number for t in report.told], list[str]),
)


@frozen(kw_only=True, slots=False)
class RectificationReport:
    """The report: a snapshot, the entries that it tells, and the chosen sections, which its document has.

    If the snapshot is not ``whole`` (it was filtered), the report says that it covers a part only. ``adjusted`` holds the
    changes to the plan since its issue. ``answers``: the 报送 that it is, to whose recipient it is written.
    """

    snapshot: Snapshot
    told: tuple[Told, ...]
    tallies: Tallies
    chosen: Collection[Section] = tuple(Section)
    adjusted: tuple[PlanChange, ...] = ()
    whole: bool = True
    answers: Submission | None = None

    keys = Keys["RectificationReport"](
        VERSION,
        PLAN,
        AS_OF,
        Key("since", attrgetter("snapshot.plan.issued"), date, head="自印发日期"),
        object_of("totals", TOTALS_AND_TURNS, lambda r: Totals(r.snapshot.counts, turns_of(r.snapshot.tasks))),
        list_of("problems", _PROBLEMS),
        object_of("tallies", TALLIES, attrgetter("tallies")),
        list_of("unfinished", _UNFINISHED, head="尚未完成"),
        Key("entries", lambda report: [told.record() for told in report.told], ListOf(told_keys)),
        MONEY,
        list_of("adjusted", fields_of(PlanChange, day="自哪天起", what="改什么")),
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return entry_heads(self.rows(), self.terms)

    @property
    def terms(self) -> Terms:
        """What the plan's type calls its parts."""
        return self.snapshot.plan.terms

    @cached_property
    def problems(self) -> tuple[ProblemReport, ...]:
        """The problems in the plan's order."""
        told: dict[int, list[Told]] = {}
        for one in self.told:
            if one.task and one.event.kind in WORK:
                told.setdefault(one.task.problem, []).append(one)
        snapshot = self.snapshot
        return tuple(
            ProblemReport(
                problem,
                problem_state(snapshot.answering.get(problem.number, ()), self.terms),
                snapshot.counts_of_problems[problem.number],
                told.get(problem.number, ()),
                [left.line for left in self.unfinished if left.problem == problem.number],
            )
            for problem in snapshot.plan.problems
        )

    @cached_property
    def unfinished(self) -> tuple[Unfinished, ...]:
        """The tasks that are to be completed still, in the plan's order."""
        tasks = self.snapshot.where(_is_unfinished)
        lines = task_lines(self.snapshot, tasks)
        return tuple(
            Unfinished(task.problem, line, sections.explanation(self.snapshot, task))
            for line, task in zip(lines, tasks, strict=True)
        )

    def record(self) -> dict[str, object]:
        """The JSON of ``report``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per entry."""
        return [t.record() for t in self.told]

    def document(self) -> Document:
        """The report as it goes out."""
        scope = "" if self.whole else "；只含所选的部分"
        issued, as_of = self.snapshot.plan.issued, self.snapshot.as_of
        span = f"{full_day(issued)}印发{self.terms.paper}，数据截至{full_day(as_of)}"
        if as_of < issued:
            span = f"数据截至{full_day(as_of)}，{self.terms.paper}{full_day(issued)}才印发"
        blocks: list[Block] = [*self._salutation(), Para(f"{span}{scope}")]
        parts = {
            Section.OVERALL: self._overall,
            Section.PROBLEMS: self._problems,
            Section.RESULTS: self._results,
            Section.UNFINISHED: self._unfinished,
            Section.ACCOUNTABILITY: self._accountability,
            Section.NEXT: self._next,
        }
        made = [(section, found) for section in Section if section in self.chosen and (found := [*parts[section]()])]
        for nth, (section, found) in enumerate(made, 1):
            blocks += [Heading(f"{chinese(nth)}、{self.terms.head(_TITLES[section])}"), *found]
        blocks += [] if made else [Para("所选的部分还没有内容。")]
        blocks += self._signature()
        name = self.answers.name if self.answers else self.terms.head(REPORT_TITLE)
        document = Document(f"{_subject(self.snapshot.plan.title)}{name}", tuple(blocks))
        return as_paper(document, self.snapshot) if self.whole else document

    def _salutation(self) -> Iterator[Block]:
        if self.answers and self.answers.recipient:
            yield Para(f"{self.answers.recipient}：", role=ParaRole.SALUTATION)

    def _signature(self) -> Iterator[Block]:
        """Who signs, who sends it, and the day; all to be signed and sealed."""
        if self.answers:
            if self.answers.signed_by:
                yield Para(f"{self.answers.signed_by}（签批）：{_GAP}", role=ParaRole.SIGNATURE)
            dispatch = self.snapshot.plan.dispatch
            sender = dispatch.signed or dispatch.issuer if dispatch else reporting_unit(self.snapshot)
            yield Para(sender or _GAP, role=ParaRole.SIGNATURE)
            yield Para(full_day(self.snapshot.as_of), role=ParaRole.SIGNATURE)

    def _overall(self) -> Iterator[Block]:
        if self.snapshot.plan.plan_type:
            yield Para(overall(self.snapshot))
        else:
            yield from map(Para, (of_problems(self.snapshot), of_tasks(self.snapshot)))
        if words := self.tallies.words_of_some():
            yield Para(f"印发以来{words}。")
        if self.snapshot.has_money:
            from zhenggai.views.money import money_blocks  # imported here: few plans have money

            yield from money_blocks(self.snapshot)
        if self.adjusted:
            changes = "；".join(plan_change(change, self.terms) for change in self.adjusted)
            yield Para(f"印发以来方案调整{len(self.adjusted)}处：{changes}。")

    def _problems(self) -> Iterator[Block]:
        reports = {report.problem.number: report for report in self.problems}
        for headings, problem in outlined(self.snapshot.plan, Outline()):
            yield from headings
            if problem.symptoms:
                yield Para(f"具体表现：{sections.numbered(problem.symptoms)}")
            yield from map(Para, reports[problem.number].texts(self.snapshot))

    def _results(self) -> Iterator[Block]:
        yield from map(Para, self._targets())
        yield from map(Para, self.tallies.named())

    def _targets(self) -> Iterator[str]:
        """The targets of each measure that values were reported for: 1-1 指标：县教育局：党课时长占比 ≥ 20%：22%，已达到。"""
        for _, measure in self.snapshot.plan.measures():
            if not any(targets_of(measure)):
                continue
            tasks = self.snapshot.of_measure.get(measure.number, ())
            said = [
                f"{task.unit}：{target_text(target)}"
                for task in tasks
                for target in target_states(task.task, task.head)
                if target.value is not None and not target.summed
            ]
            sums = target_sums(measure, [(task.task, task.head) for task in tasks])
            said += [f"合计{target_sum_text(found)}" for found in sums if found.state.value is not None]
            if said:
                yield f"{measure.number} 指标：{'；'.join(said)}。"

    def _unfinished(self) -> Iterator[Block]:
        counts, left = self.snapshot.counts, self.unfinished
        if left:
            steps = f"（另有步骤逾期{counts.overdue_steps}个）" if counts.overdue_steps else ""
            problems = len({one.problem for one in left})
            terms = self.terms
            yield Para(
                f"尚未{terms.done}的{terms.task}{len(left)}件，涉及{problems}个{terms.problem}："
                f"基本完成{counts.basically_done}件，正在推进{counts.in_progress}件，未启动{counts.not_started}件；"
                f"其中逾期{counts.overdue}件{steps}。"
            )
            yield _UNFINISHED_TABLE.called(terms).table(left)
        else:
            yield Para(
                f"{self.terms.all_dated}都已{self.terms.done}。"
                if counts.denominator
                else f"没有要按期{self.terms.done}的任务。"
            )
        lasting = (
            ("长期坚持", counts.long_term - counts.continuous),
            ("持续推进", counts.continuous),
            ("例行", counts.recurring),
        )
        if words := "、".join(f"{word}{number}件" for word, number in lasting if number):
            yield Para(f"另有{words}，没有{self.terms.done}期限，继续推进。")

    def _accountability(self) -> Iterator[Block]:
        if taken := [tally.words() for tally in self.tallies.kinds if tally.kind in LADDER and tally.times]:
            yield Para(f"{'，'.join(taken)}。")
        named = (t for t in self.told if t.event.kind in _NAMED)
        if words := sections.numbered(_step(t, self.snapshot.as_of) for t in named):
            yield Para(words)

    def _next(self) -> Iterator[Block]:
        newest = {
            t.task.key: t for t in self.told if t.task and t.event.kind in WORK
        }  # older plans are done or dropped
        still = [
            t
            for t in newest.values()
            if t.event.flags & Mark.NEXT_STEPS
            and t.task
            and not t.task.row.is_complete
            and self.snapshot.task_of(t.event.number)
        ]
        soon = due(self.snapshot, max(sections.LATER, self.snapshot.plan.rules.due_soon_days))
        yield from sections.next_steps(still, soon, with_none=False)


def _subject(title: str) -> str:
    """What the report is about, from the plan's title.

    >>> _subject("省环保督察反馈意见整改方案"), _subject("基层党建专项行动方案")
    ('省环保督察反馈意见', '基层党建专项行动')
    """
    return title.removesuffix("方案").removesuffix("整改")


def _is_unfinished(task: SnapshotTask) -> bool:
    return task.status.group in COMPLETABLE and not task.row.is_complete


def _step(told: Told, as_of: date) -> str:
    """A step of the ladder: 7月1日约谈县教育局局长（1-1，2人），依据督办后仍逾期；党内警告1人."""
    entry = told.entry
    assert isinstance(entry, Escalation)
    facts = [told.measure] if told.measure else []
    facts += [f"组织{entry.organisations}个"] if entry.organisations else []
    facts += [f"{entry.people}人"] if entry.people else []
    aside = f"（{'，'.join(facts)}）" if facts else ""
    done = [f"依据{entry.basis.rstrip('。；')}", *([entry.content.rstrip("。；")] if entry.content else [])]
    return f"{day_beside(told.event.date, as_of)}{_taken(told, entry)}{aside}，{'；'.join(done)}"


def _taken(told: Told, entry: Escalation) -> str:
    """The step and the addressee; if that is another unit, such as the one that decides on 问责, what it is about."""
    if is_unit(told.snapshot, entry.addressee, told.unit):
        return f"就{told.unit}向{entry.addressee}提出{entry.kind}"
    return f"{entry.kind}{whom(told.unit, entry.addressee)}"


def rectification_report(
    snapshot: Snapshot,
    chosen: Iterable[Section] = tuple(Section),
    adjusted: tuple[PlanChange, ...] = (),
    *,
    whole: bool = True,
    answers: Submission | None = None,
) -> RectificationReport:
    """The report on a snapshot, with the chosen sections.

    ``adjusted`` holds the changes to the plan to report; ``whole`` is False if the snapshot was filtered; ``answers`` is the 报送
    that it is. The work of units that were taken off a measure is told, as its money counts.
    """

    def is_told(event: Event) -> bool:
        return event.kind in WORK or is_tallied(event)

    found = told(snapshot, date.min, date.max, is_told)
    given_up = (task for task in snapshot.gone if task.measure in snapshot.plan.measure_by_number)
    work = (Told(snapshot, event, task) for task in given_up for event in task.events if event.kind in WORK)
    return RectificationReport(
        snapshot=snapshot,
        told=tuple(sorted((*found, *work), key=lambda t: (t.event.date, t.event.number))),
        tallies=tallies_of(found),
        chosen=tuple(chosen),
        adjusted=adjusted,
        whole=whole,
        answers=answers,
    )
