"""``phase``: summary of a phase: its window, the elapsed share, and the outcome of what was due, by problem and by unit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from zhenggai.document import Block, Document, Para, Tone
from zhenggai.errors import NotInPlan
from zhenggai.frozen import frozen
from zhenggai.model.money import NO_MONEY, Money
from zhenggai.model.terms import Terms
from zhenggai.model.wording import full_day, percent
from zhenggai.rules.day.counts import Counts, imported_of, turns_of
from zhenggai.rules.day.day_status import COMPLETABLE
from zhenggai.rules.day.phase_outcome import PhaseOutcome, outcome
from zhenggai.rules.day.silence import silent_units
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask, grouped
from zhenggai.rules.plan.phases import AFTER, BEFORE, PhaseWindow, due_phase
from zhenggai.views.breakdown import BREAKDOWN, Breakdown, breakdown
from zhenggai.views.columns import (
    AS_OF,
    PLAN,
    VERSION,
    Key,
    Keys,
    ListOf,
    ReportColumn,
    ReportColumns,
    list_of,
    object_of,
    rate_cell,
    warned,
)
from zhenggai.views.count_columns import TOTALS_AND_TURNS, Totals
from zhenggai.views.groups import By, groups_of
from zhenggai.views.letterhead import as_paper
from zhenggai.views.money_keys import MONEY, MONEY_IN_PERIOD
from zhenggai.views.narrowing import narrowed
from zhenggai.views.problem_outline import row_headings, sharing
from zhenggai.views.report_entries import LESSONS, TALLIES, Tallies, is_tallied, tallies_of, told
from zhenggai.views.sentences import as_of_in_words, asides, by_level, imported_words, progress
from zhenggai.views.status import PHASE, PhaseOnDay, long_past, phase_bar

OUTCOME = ReportColumns[PhaseOutcome](
    ReportColumn("due", head="应完成", numeric=True),  # in other views a date
    ReportColumn("on_time", numeric=True, keep=2, group="其中"),
    ReportColumn("late", numeric=True, keep=2, group="其中"),
    ReportColumn("open", numeric=True, group="其中"),
    ReportColumn("overdue", cell=lambda o: warned(o.overdue), numeric=True, keep=1, group="其中"),
    ReportColumn("on_time_rate", cell=lambda o: rate_cell(o.on_time_rate), numeric=True, keep=3, in_data=False),
)


class OutcomeRow(NamedTuple):
    """The outcome of a problem's tasks in a phase, or of a unit's."""

    phase: int
    problem: int | None
    title: str
    unit: str | None
    outcome: PhaseOutcome
    aspects: tuple[str, ...] = ()
    shared_measures: tuple[str, ...] = ()


def _outcome_of(row: OutcomeRow) -> PhaseOutcome:
    return row.outcome


_PROBLEMS = ReportColumns[OutcomeRow](
    ReportColumn("number", attrgetter("problem"), head="号"),
    ReportColumn("title", head="问题", cell=lambda row: row.title + sharing(row.shared_measures), wrap=True, weight=4),
    *OUTCOME.of(_outcome_of),
)
_PROBLEMS_IN_JSON = Keys[OutcomeRow](*_PROBLEMS.keys, Key("aspects"), Key("shared_measures"))
_UNITS = ReportColumns[OutcomeRow](ReportColumn("unit", wrap=True, weight=4), *OUTCOME.of(_outcome_of))
_GROUPS = ReportColumns[OutcomeRow](
    ReportColumn("name", attrgetter("title"), gives=str, wrap=True, weight=4), *OUTCOME.of(_outcome_of)
)
_ROWS = ReportColumns[OutcomeRow](
    ReportColumn("phase"),
    ReportColumn("finding", attrgetter("problem")),
    ReportColumn("unit"),
    *OUTCOME.of(_outcome_of),
)


def _outcomes(summary: "PhaseSummary") -> list[dict[str, object]] | None:
    return _GROUPS.records(summary.by_group) if summary.breakdown else None


@frozen(slots=False)
class PhaseSummary:
    """``phase``: a phase, what was due in it, and the silent units. ``before`` and ``after`` are due outside all phases.

    ``by_group`` are the outcomes of the groups of ``breakdown``.
    """

    snapshot: Snapshot
    window: PhaseWindow
    running: tuple[SnapshotTask, ...]
    total: PhaseOutcome
    by_problem: tuple[OutcomeRow, ...]
    by_unit: tuple[OutcomeRow, ...]
    silent: tuple[str, ...]
    silent_since: date
    before: PhaseOutcome
    after: PhaseOutcome
    tallies: Tallies
    breakdown: Breakdown | None = None
    by_group: tuple[OutcomeRow, ...] = ()

    keys = Keys["PhaseSummary"](
        VERSION,
        PLAN,
        AS_OF,
        object_of("phase", PHASE, lambda summary: PhaseOnDay(summary.window, summary.snapshot.as_of)),
        Key("tasks", lambda summary: len(summary.running), int),
        object_of("totals", TOTALS_AND_TURNS, lambda summary: Totals(summary.counts, turns_of(summary.running))),
        Key("imported", head="期初导入"),
        *OUTCOME.through(attrgetter("total")),
        list_of("problems", _PROBLEMS_IN_JSON, attrgetter("by_problem")),
        list_of("units", _UNITS, attrgetter("by_unit"), "单位"),
        Key("silent_since"),
        Key("silent_units", attrgetter("silent")),
        object_of("before_phases", OUTCOME, attrgetter("before")),
        object_of("after_phases", OUTCOME, attrgetter("after")),
        list_of("lessons", LESSONS, attrgetter("tallies.lessons")),
        object_of("tallies", TALLIES, attrgetter("tallies")),
        BREAKDOWN,
        Key("outcomes", _outcomes, ListOf(_GROUPS), "各组应完成的", optional=True),
        MONEY,
        MONEY_IN_PERIOD,
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return self.breakdown.heads if self.breakdown else _ROWS.called(self.snapshot.plan.terms).heads

    @property
    def done(self) -> Money | None:
        """The money that the entries of the phase's tasks dated in it report; None if neither plan nor ledger has any."""
        if not self.of_phase.has_money:
            return None
        from zhenggai.rules.day.money_sums import done_in, plan_money  # imported here: few plans have money

        start, end = self.window.start or date.min, min(self.window.end or date.max, self.snapshot.as_of)
        having = (task for task in plan_money(self.of_phase).tasks if task.row.money != NO_MONEY)
        return done_in((t, event) for t in having for event in t.between(start, end) if start <= event.date <= end)

    @cached_property
    def of_phase(self) -> Snapshot:
        """The snapshot with the phase's tasks alone."""
        return _of_phase(self.snapshot, self.window, self.running)

    @property
    def imported(self) -> int:
        """The number of entries about the phase's tasks from an old ledger."""
        return imported_of(self.running)

    @property
    def counts(self) -> Counts:
        """The counts of the phase's tasks, with the problems that they answer."""
        return self.of_phase.counts

    def record(self) -> dict[str, object]:
        """The JSON of ``phase``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per problem, then one row per unit; or one per group if the counts are broken down."""
        return self.breakdown.rows() if self.breakdown else _ROWS.records((*self.by_problem, *self.by_unit))

    def document(self) -> Document:
        """The summary for people to read."""
        terms = self.snapshot.plan.terms
        blocks: list[Block] = [Para(as_of_in_words(self.snapshot))]
        if note := long_past(self.snapshot):
            blocks.append(Para(note, Tone.YELLOW))
        blocks.append(phase_bar(self.window, self.snapshot.as_of, in_full=True))
        blocks += [Para(self._sentence()), *([Para(self._counts())] if self.running else [])]
        blocks += map(Para, imported_words(self.imported, self.snapshot.plan.opening))
        if (done := self.done) is not None:
            from zhenggai.views.money import period_words  # imported here, as above

            blocks.append(Para(f"本阶段推进的任务，{period_words(self.of_phase, done, '本阶段')}"))
        if self.breakdown:
            by = self.breakdown.by.head
            blocks += self.breakdown.blocks(f"本阶段推进的任务，按{by}分列")
            whole = OutcomeRow(self.window.number, None, "合计", None, self.total)
            groups = _GROUPS.arranged(*(column.key for column in _GROUPS.columns), name=by).called(terms)
            due = groups.table(self.by_group, f"应在本阶段到期的，按{by}分列", footer=whole)
            blocks += [due] if self.total.due else []
        elif self.total.due:
            by_problem = _PROBLEMS.called(terms).table(self.by_problem, terms.head("分问题"))
            blocks.append(by_problem.under(row_headings(row.aspects for row in self.by_problem)))
            blocks.append(_UNITS.called(terms).table(self.by_unit, "分单位"))
        names = "、".join(self.silent) or "无"
        blocks.append(Para(f"{full_day(self.silent_since)}以来没有记录的单位（{len(self.silent)}个）：{names}。"))
        blocks += [Para(f"阶段前到期：{outcome_words(self.before, terms)}")] if self.before.due else []
        blocks += [Para(f"阶段后到期：{outcome_words(self.after, terms)}")] if self.after.due else []
        blocks += [Para(f"本阶段{self.tallies.words()}。"), *(Para(text) for text in self.tallies.named())]
        title = f"{self.snapshot.plan.title}：阶段{self.window.number} {self.window.name}"
        document = Document(title, tuple(blocks))
        return document if self.snapshot.only else as_paper(document, self.snapshot)

    def _sentence(self) -> str:
        due = f"{'应' if self.total.due else '没有'}在本阶段到期的{outcome_words(self.total, self.snapshot.plan.terms)}"
        return f"本阶段推进 {len(self.running)} 件任务；{due}"

    def _counts(self) -> str:
        counts, terms = self.counts, self.snapshot.plan.terms
        turns = asides(counts, turns_of(self.running), in_full=True)
        return f"这些任务{progress(counts, terms)}；{turns}。{by_level(counts, terms)}"


def _of_phase(snapshot: Snapshot, window: PhaseWindow, running: tuple[SnapshotTask, ...]) -> Snapshot:
    """A snapshot with the tasks of a phase alone: those of the measures in force that the plan puts there."""
    measures = {measure.number for _, measure in snapshot.plan.measures() if window.number in measure.phases}
    return narrowed(snapshot, running, tuple(task for task in snapshot.gone if task.measure in measures))


def outcome_words(o: PhaseOutcome, terms: Terms) -> str:
    """An outcome as the end of a sentence, behind what the tasks are: 任务 18 件：按期完成 10 件，…"""
    if not o.due:
        return "任务。"
    done = terms.done
    outcome = f"按期{done} {o.on_time} 件，超期{done} {o.late} 件，未{done} {o.open} 件（逾期 {o.overdue} 件）"
    return f"任务 {o.due} 件：{outcome}，按期率 {percent(o.on_time_rate)}。"


def choose_phase(snapshot: Snapshot, number: int | None) -> PhaseWindow:
    """The phase with that number. Without a number, the current phase; if two are open, the earlier one (A4)."""
    if not snapshot.windows:
        raise NotInPlan("方案没有分阶段\n  下一步：在方案中写上“阶段”")
    if number is None:
        started = [w for w in snapshot.windows if (w.start or date.min) <= snapshot.as_of]
        return next(iter(snapshot.open_phases), (started or list(snapshot.windows))[-1 if started else 0])
    found = next((w for w in snapshot.windows if w.number == number), None)
    if found is None:
        numbers = "、".join(str(w.number) for w in snapshot.windows)
        raise NotInPlan(f"没有阶段 {number}\n  现有：{numbers}")
    return found


def _problem_rows(due: Snapshot, window: PhaseWindow) -> Iterator[OutcomeRow]:
    """The outcome of each problem that the tasks of a snapshot answer: of its own tasks, so that the rows add up."""
    days = due.plan.rules.late_record_days
    for problem in due.plan.problems:
        own = outcome(due.of_problem.get(problem.number, ()), days)
        yield OutcomeRow(
            window.number, problem.number, problem.content, None, own, problem.aspects, problem.shared_measures
        )


def phase(snapshot: Snapshot, number: int | None = None, by: By | None = None) -> PhaseSummary:
    """The summary of a phase, by problem and by unit, or broken down by something else."""
    window = choose_phase(snapshot, number)
    days = snapshot.plan.rules.late_record_days
    by_phase: dict[int, list[SnapshotTask]] = {}
    for task in snapshot.tasks:
        if (due := task.due) is not None and task.status.group in COMPLETABLE:
            by_phase.setdefault(due_phase(snapshot.windows, due), []).append(task)
    here = by_phase.get(window.number, [])
    measures = snapshot.plan.measure_by_number
    running = snapshot.where(lambda t: window.number in measures[t.measure].phases)
    start, end = window.start or date.min, window.end or date.max
    until = min(snapshot.as_of, end)
    since = max(start, until - timedelta(days=snapshot.plan.rules.silent_days - 1))
    return PhaseSummary(
        snapshot=snapshot,
        window=window,
        running=running,
        total=outcome(here, days),
        by_problem=tuple(_problem_rows(narrowed(snapshot, tuple(here)), window)),
        by_unit=tuple(
            OutcomeRow(window.number, None, "", unit, outcome(tasks, days))
            for unit, tasks in grouped(attrgetter("unit"), here).items()
        ),
        silent=silent_units(running, since, until) if start <= until else (),  # nobody is silent before it begins
        silent_since=since,
        before=outcome(by_phase.get(BEFORE, []), days),
        after=outcome(by_phase.get(AFTER, []), days),
        tallies=tallies_of(told(snapshot, start, end, lambda e: start <= e.date <= end and is_tallied(e))),
        breakdown=breakdown(_of_phase(snapshot, window, running), by) if by else None,
        by_group=tuple(
            OutcomeRow(window.number, None, group.name, None, outcome(tasks, days))
            for group, tasks in (groups_of(snapshot, by, here) if by else {}).items()
        ),
    )
