"""``report``: the cumulative report on the rectification (整改落实情况报告), from the plan's issue to a day."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import attrgetter

from zhenggai.document import Block, Document, Heading, Para, ParaRole
from zhenggai.frozen import frozen
from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import Event
from zhenggai.model.issued_report import REPORT_TITLE
from zhenggai.model.plan import Submission
from zhenggai.model.terms import Terms
from zhenggai.model.wording import BLANK, chinese, full_day
from zhenggai.rules.day.counts import imported_of, turns_of
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.plan_on_day import PlanChange
from zhenggai.rules.task.target_progress import target_states, target_sums, targets_of
from zhenggai.rules.todo.submissions import reporting_unit
from zhenggai.views import sections
from zhenggai.views.accountability import accountability_blocks
from zhenggai.views.columns import (
    AS_OF,
    PLAN,
    VERSION,
    Key,
    Keys,
    ListOf,
    fields_of,
    list_of,
    object_of,
)
from zhenggai.views.count_columns import COUNTS, TOTALS_AND_TURNS, Totals
from zhenggai.views.due import due
from zhenggai.views.fact_lines import target_sum_text, target_text
from zhenggai.views.letterhead import as_paper
from zhenggai.views.money_keys import MONEY
from zhenggai.views.problem_outline import Outline, outlined
from zhenggai.views.problem_report import WORK, ProblemReport, problem_state
from zhenggai.views.report_entries import TALLIES, Tallies, Told, entry_heads, is_tallied, tallies_of, told, told_keys
from zhenggai.views.sentences import imported_words, of_problems, of_tasks, overall, plan_change
from zhenggai.views.unfinished_tasks import UNFINISHED, UnfinishedTask, unfinished_blocks, unfinished_tasks


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
        Key("imported", head="期初导入"),
        list_of("problems", _PROBLEMS),
        object_of("tallies", TALLIES, attrgetter("tallies")),
        list_of("unfinished", UNFINISHED, head="尚未完成"),
        Key("entries", lambda report: [told.record() for told in report.told], ListOf(told_keys)),
        MONEY,
        list_of("adjusted", fields_of(PlanChange, day="自哪天起", what="改什么")),
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return entry_heads(self.rows(), self.terms)

    @property
    def imported(self) -> int:
        """The number of entries from an old ledger."""
        return imported_of(self.snapshot.tasks)

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
    def unfinished(self) -> tuple[UnfinishedTask, ...]:
        """The tasks that are to be completed still, in the plan's order."""
        return unfinished_tasks(self.snapshot)

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
            Section.UNFINISHED: lambda: unfinished_blocks(self.snapshot, self.unfinished),
            Section.ACCOUNTABILITY: lambda: accountability_blocks(self.told, self.tallies, self.snapshot.as_of),
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
                yield Para(f"{self.answers.signed_by}（签批）：{BLANK}{BLANK}", role=ParaRole.SIGNATURE)
            dispatch = self.snapshot.plan.dispatch
            sender = dispatch.signed or dispatch.issuer if dispatch else reporting_unit(self.snapshot)
            yield Para(sender or BLANK * 2, role=ParaRole.SIGNATURE)
            yield Para(full_day(self.snapshot.as_of), role=ParaRole.SIGNATURE)

    def _overall(self) -> Iterator[Block]:
        if self.snapshot.plan.plan_type:
            yield Para(overall(self.snapshot))
        else:
            yield from map(Para, (of_problems(self.snapshot), of_tasks(self.snapshot)))
        yield from map(Para, imported_words(self.imported, self.snapshot.plan.opening))
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

    def _next(self) -> Iterator[Block]:
        # what a unit planned earlier is done or dropped
        newest = {t.task.key: t for t in self.told if t.task and t.event.kind in WORK}
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
