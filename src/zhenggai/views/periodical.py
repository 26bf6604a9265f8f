"""``week`` and ``month``: the report of a period, weekly or monthly."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter

from zhenggai.document import Block, Document, Heading, Para
from zhenggai.frozen import frozen
from zhenggai.model.event_of_entry import Event
from zhenggai.model.issued_report import Issue
from zhenggai.model.money import Money
from zhenggai.model.numbers import recorded_on
from zhenggai.model.terms import Terms
from zhenggai.model.wording import chinese, full_day, month_day
from zhenggai.rules.day.counts import turns_of
from zhenggai.rules.day.ranking import rankings
from zhenggai.rules.day.silence import silent_units
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.phases import PhaseWindow
from zhenggai.rules.plan.plan_on_day import PlanChange
from zhenggai.rules.task.opening import is_imported, judged_on
from zhenggai.rules.todo.submissions import PendingSubmission
from zhenggai.views import sections
from zhenggai.views.breakdown import BREAKDOWN, Breakdown, breakdown
from zhenggai.views.changes_since_report import CHANGES, Baseline, ReportChanges, changes_since
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Key, Keys, ListOf, fields_of, list_of, object_of
from zhenggai.views.count_columns import TOTALS_AND_TURNS, Totals
from zhenggai.views.due import DueList, due, overdue
from zhenggai.views.groups import By
from zhenggai.views.letterhead import as_paper
from zhenggai.views.money_keys import MONEY, MONEY_CORRECTED, MONEY_IN_PERIOD
from zhenggai.views.rank import CLASSES, ranking_blocks
from zhenggai.views.report_entries import TALLIES, Tallies, Told, entry_heads, tallies_of, told, told_keys
from zhenggai.views.report_period import MONTH, Period
from zhenggai.views.sentences import imported_words, overall, plan_change
from zhenggai.views.status import phase_bar
from zhenggai.views.submissions import SUBMISSIONS, SubmissionLine, submission_paragraphs
from zhenggai.views.task_lines import STEPS, TASKS


def _previous(report: "Periodical") -> int | None:
    issue = report.before.issue
    return issue.number if issue else None


def _late_records(report: "Periodical") -> list[str]:
    return [told.event.number for told in report.late_records]


def _imported(report: "Periodical") -> list[str]:
    return [told.event.number for told in report.imported]


@frozen(kw_only=True)
class Periodical:
    """The report of a period: the snapshot at its end, the changes since the last report, the entries it lists.

    ``adjusted`` holds the changes to the plan since the last issue. If the snapshot is not ``whole`` (it was filtered), units
    are not ranked, and the report says that it covers a part only. ``given_up``: the entries of the period of tasks that were given
    up since; they are not listed, but their money counts. ``imported``: the entries from an old ledger that were recorded in the period.
    """

    snapshot: Snapshot
    period: Period
    before: Baseline
    changes: ReportChanges
    told: tuple[Told, ...]
    tallies: Tallies
    late_records: tuple[Told, ...]
    imported: tuple[Told, ...]
    late: DueList
    soon: DueList
    silent: tuple[str, ...]
    adjusted: tuple[PlanChange, ...] = ()
    whole: bool = True
    breakdown: Breakdown | None = None
    given_up: tuple[Told, ...] = ()

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return self.breakdown.heads if self.breakdown else entry_heads(self.rows(), self.snapshot.plan.terms)

    @property
    def submissions(self) -> tuple[SubmissionLine, ...]:
        """The 报送 that are late or due soon."""
        return (*self.late.submissions, *self.soon.submissions)

    @property
    def ranks(self) -> bool:
        """Whether the report ranks the units."""
        return self.whole and self.period.cadence is MONTH

    keys = Keys["Periodical"](
        VERSION,
        PLAN,
        AS_OF,
        Key("number", attrgetter("period.number"), head="期号"),
        Key("start", attrgetter("period.start")),
        Key("end", attrgetter("period.end")),
        Key("previous", _previous, head="比较的上期"),
        Key("since", attrgetter("before.as_of"), head="与哪天相比"),
        object_of(
            "totals", TOTALS_AND_TURNS, lambda report: Totals(report.snapshot.counts, turns_of(report.snapshot.tasks))
        ),
        object_of("changes", CHANGES, attrgetter("changes")),
        object_of("tallies", TALLIES, attrgetter("tallies")),
        Key("entries", lambda report: [told.record() for told in report.told], ListOf(told_keys)),
        Key("late_records", _late_records, head="补录"),
        Key("imported", _imported, head="期初导入"),
        list_of("overdue", TASKS, attrgetter("late.tasks")),
        list_of("overdue_steps", STEPS, attrgetter("late.steps")),
        list_of("due", TASKS, attrgetter("soon.tasks")),
        list_of("due_steps", STEPS, attrgetter("soon.steps")),
        SUBMISSIONS,
        Key("silent_units", attrgetter("silent")),
        MONEY,
        MONEY_IN_PERIOD,
        MONEY_CORRECTED,
        list_of("adjusted", fields_of(PlanChange, day="自哪天起", what="改什么")),
        Key(
            "ranking",
            lambda report: CLASSES.records(rankings(report.snapshot)) if report.ranks else None,
            ListOf(CLASSES),
            "单位排名",
            optional=True,
        ),
        BREAKDOWN,
    )

    @property
    def done(self) -> Money | None:
        """The money that the entries of the period report; None if neither plan nor ledger has any."""
        if not self.snapshot.has_money:
            return None
        from zhenggai.rules.day.money_sums import done_in  # imported here: few plans have money

        return done_in((told.task, told.event) for told in (*self.told, *self.given_up) if told.task)

    @property
    def corrected(self) -> Money | None:
        """By how much all that was done before the period is more or less now, as by a 更正; None if that is not known."""
        if (done := self.done) is None or self.before.money is None:
            return None
        from zhenggai.rules.day.money_sums import plan_money  # imported here, as above

        return plan_money(self.snapshot).whole.done.minus(done).minus(self.before.money)

    def record(self) -> dict[str, object]:
        """The JSON of ``week`` and ``month``; ``previous`` is the number of the issue that it is compared with."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per entry of the period, or per group if the counts are broken down."""
        return self.breakdown.rows() if self.breakdown else [t.record() for t in self.told]

    def document(self) -> Document:
        """The report as it is issued."""
        span = f"{full_day(self.period.start)}至{full_day(self.period.end)}（数据截至{full_day(self.snapshot.as_of)}）"
        scope = "" if self.whole else "；只含所选的部分"
        blocks: list[Block] = [Para(f"统计区间：{span}{scope}")]
        for nth, (title, part) in enumerate(self._sections(), 1):
            blocks += [Heading(f"{chinese(nth)}、{title}"), *part]
        blocks += [Heading("附件：台账", attachment=True), sections.ledger_table(self.snapshot)]
        title = f"{self.snapshot.plan.title}{self.period.cadence.title}（第{self.period.number}期）"
        document = Document(title, tuple(blocks))
        return as_paper(document, self.snapshot, self.period.number) if self.whole else document

    def _sections(self) -> Iterator[tuple[str, list[Block]]]:
        this = self.period.cadence.this
        yield "总体情况", self._overall()
        yield f"{this}进展", sections.Progressed(self.snapshot, self.told, self.tallies, this).blocks()
        yield "逾期及临期事项", sections.deadlines(self.snapshot, self.late, self.soon)
        difficulties = sections.difficulties(self.snapshot, self.told, self.silent, self.late_records, this)
        yield "存在问题", [*difficulties, *submission_paragraphs(self.late.submissions)]
        yield "下步打算", [*sections.next_steps(self.told, self.soon), *submission_paragraphs(self.soon.submissions)]
        if self.ranks:
            yield "单位排名", ranking_blocks(self.snapshot)
        if self.breakdown:
            yield f"按{self.breakdown.by.head}分列", self.breakdown.blocks()

    def _overall(self) -> list[Block]:
        cadence = self.period.cadence
        issue, terms = self.before.issue, self.snapshot.plan.terms
        since = f"（数据截至{month_day(self.before.as_of)}）" if issue else ""
        texts = [
            overall(self.snapshot, in_full=True),
            f"与{cadence.last}{since}相比，{self.changes.words(terms)}。",
            f"{cadence.this}{self.tallies.words()}。",
            *(cadence.this + words for words in imported_words(len(self.imported), self.snapshot.plan.opening)),
        ]
        if (done := self.done) is not None:
            from zhenggai.views.money import period_words  # imported here, as above

            texts.append(period_words(self.snapshot, done, cadence.this, self.corrected))
        if self.adjusted:
            changes = "；".join(plan_change(change, terms) for change in self.adjusted)
            texts.append(f"上期以来方案调整{len(self.adjusted)}处：{changes}。")
        phases = "；".join(_phase_words(w, self.snapshot) for w in self.snapshot.open_phases)
        return [Para(text) for text in (*texts, *([f"{phases}。"] if phases else []))]


@frozen
class IssuedPeriodical:
    """A report as it was issued: the document and the record that were kept, for every format."""

    issue: Issue
    kept: Document
    terms: Terms

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return entry_heads(self.rows(), self.terms)

    keys = Periodical.keys

    def record(self) -> Mapping[str, object]:
        """The JSON of the report."""
        return self.issue.record

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per entry of the period."""
        rows: Sequence[Mapping[str, object]] = self.issue.record["entries"]
        return rows

    def document(self) -> Document:
        """The report as it was issued."""
        return self.kept


def _phase_words(window: PhaseWindow, snapshot: Snapshot) -> str:
    bar = phase_bar(window, snapshot.as_of)
    return f"{window.name}（{window.words}）" + ("持续推进" if bar.share is None else f"时间已过{bar.percent}")


def periodical(
    now: Snapshot,
    before: Baseline,
    period: Period,
    adjusted: tuple[PlanChange, ...] = (),
    *,
    whole: bool = True,
    pending: Sequence[PendingSubmission] = (),
    by: By | None = None,
) -> Periodical:
    """The report of a period, from the snapshot at its end and the baseline.

    ``adjusted`` holds the changes to the plan to report; ``whole`` is False if the snapshot was filtered. ``pending`` are the 报送 not answered. ``by`` adds a
    section with the counts broken down.
    """
    rules, opening = now.plan.rules, now.plan.opening

    def is_new(day: date, list_name: str, number: str) -> bool:
        """Whether a day is in the period, or in the previous one although that list of its issue lacks the entry."""
        missed = before.issue and before.issue.start <= day < period.start and before.lacks(list_name, number)
        return bool(missed) or period.start <= day <= period.end

    def is_late(event: Event) -> bool:
        is_behind = (judged_on(event, opening) - event.date).days > rules.late_record_days
        return is_behind and is_new(recorded_on(event.number), "late_records", event.number)

    def is_brought(event: Event) -> bool:
        return is_imported(event, opening) and is_new(recorded_on(event.number), "imported", event.number)

    since = before.issue.start if before.issue else period.start

    def is_told(event: Event) -> bool:
        return is_new(event.date, "entries", event.number)

    found = told(now, since, period.end, lambda event: is_told(event) or is_late(event) or is_brought(event))
    entries = tuple(t for t in found if is_told(t.event))
    return Periodical(
        snapshot=now,
        period=period,
        before=before,
        changes=changes_since(before, now),
        told=entries,
        tallies=tallies_of(entries),
        late_records=tuple(t for t in found if is_late(t.event)),
        imported=tuple(t for t in found if t.task and is_brought(t.event)),
        late=overdue(now, pending),
        soon=due(now, max(sections.LATER, rules.due_soon_days), pending),
        silent=silent_units(now.tasks, now.as_of - timedelta(days=rules.silent_days - 1), now.as_of),
        adjusted=adjusted,
        whole=whole,
        breakdown=breakdown(now, by) if by else None,
        given_up=tuple(_given_up(now, since, period.end, is_told)),
    )


def _given_up(now: Snapshot, since: date, until: date, keep: Callable[[Event], bool]) -> Iterator[Told]:
    """The entries of tasks that were given up, if their money counts."""
    if not now.has_money:
        return
    from zhenggai.rules.day.money_sums import plan_money  # imported here, as above

    gone = set(now.gone)
    for task in plan_money(now).tasks:
        if task in gone:
            yield from (Told(now, event, task) for event in task.between(since, until) if keep(event))
