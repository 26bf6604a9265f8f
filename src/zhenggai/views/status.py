"""``status``: the whole plan at a glance: phases with elapsed time, a row per problem, totals, the five longest overdue."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

from zhenggai.document import Bar, Block, Cell, Document, Para, Table, Tone
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.wording import full_day
from zhenggai.rules.day.counts import STANDINGS, CountedBy, Counts, imported_of, total_of
from zhenggai.rules.day.lights import Light, worst_light
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.phases import PhaseWindow
from zhenggai.rules.todo.submissions import PendingSubmission
from zhenggai.views.breakdown import BREAKDOWN, Breakdown, breakdown
from zhenggai.views.columns import (
    AS_OF,
    PLAN,
    VERSION,
    Key,
    Keys,
    ReportColumn,
    ReportColumns,
    list_of,
    object_of,
    rate_cell,
)
from zhenggai.views.count_columns import COUNTS, LEVELS, TOTALS
from zhenggai.views.groups import By
from zhenggai.views.money_keys import MONEY
from zhenggai.views.problem_outline import row_headings, sharing
from zhenggai.views.sentences import as_of_words, imported_words, overall
from zhenggai.views.submissions import EVER, SUBMISSIONS, SubmissionLine, submission_lines, submission_paragraphs
from zhenggai.views.task_lines import (
    STEPS,
    TASKS,
    StepLine,
    TaskLine,
    light_cell,
    longest_overdue,
    step_lines,
    step_table,
    task_lines,
    task_table,
)

LONG_PAST_DAYS = 60
WORST = 5


@frozen
class PhaseOnDay:
    """A phase as of a day."""

    window: PhaseWindow
    as_of: date

    @property
    def share(self) -> float | None:
        """The elapsed share of its time, 0 to 1; None without an end."""
        return self.window.share_gone(self.as_of)


PHASE = Keys[PhaseOnDay](
    Key("number", attrgetter("window.number")),
    Key("name", attrgetter("window.name")),
    Key("deadline", attrgetter("window.words")),
    Key("start", attrgetter("window.start")),
    Key("end", attrgetter("window.end")),
    Key("share"),
)
"""A phase in JSON."""


@frozen
class ProblemRow:
    """The row of a problem, or of the sums: the counts of its own tasks, and the gravest light of the tasks that answer it."""

    number: int | None
    title: str
    counts: Counts
    light: Light | None
    aspects: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    shared_measures: tuple[str, ...] = ()

    @property
    def state(self) -> str | None:
        """How the problem stands, by all tasks that answer it; None if none of them can be completed."""
        return next((label_of(s.value) for s in STANDINGS if getattr(self.counts, f"problems_{s.value}")), None)


def _counts(row: ProblemRow) -> Counts:
    return row.counts


def _rate(row: ProblemRow) -> Cell:
    """The rate of its own tasks; how a problem stands that has none, as other problems' measures answer it."""
    if row.shared_measures and not row.counts.tasks:
        return Cell(row.state) if row.state else rate_cell(None)
    return rate_cell(row.counts.completion_rate)


def _column(column: ReportColumn[ProblemRow]) -> ReportColumn[ProblemRow]:
    return column._replace(cell=_rate) if column.key == "completion_rate" else column


_COLUMNS = ReportColumns[ProblemRow](
    ReportColumn("number", head="号"),
    ReportColumn("title", head="问题", cell=lambda row: row.title + sharing(row.shared_measures), wrap=True, weight=4),
    *map(_column, COUNTS.of(_counts)),
    ReportColumn("light", cell=lambda row: row.light and light_cell(row.light)),
)
PROBLEMS = Keys[ProblemRow](
    *_COLUMNS.keys, Key("aspects"), Key("symptoms"), Key("shared_measures"), Key("state", head="状态")
)
"""A problem in JSON."""


@frozen
class PlanRow:
    """The row of a plan, or of the sums, where several are shown."""

    number: str
    title: str
    counts: Counts
    light: Light | None


_PLANS = ReportColumns[PlanRow](
    ReportColumn("number", head="方案"),
    ReportColumn("title", head="标题", wrap=True, weight=4),
    ReportColumn("problems", attrgetter("counts.problems"), numeric=True, keep=6),
    *COUNTS.of(attrgetter("counts")),
    ReportColumn("light", cell=lambda row: row.light and light_cell(row.light)),
)


@frozen
class Status:
    """``status``: the snapshot of a plan, as rows per problem."""

    snapshot: Snapshot
    problems: tuple[ProblemRow, ...]
    worst: tuple[TaskLine, ...]
    worst_steps: tuple[StepLine, ...]
    breakdown: Breakdown | None = None
    submissions: tuple[SubmissionLine, ...] = ()

    keys = Keys["Status"](
        VERSION,
        PLAN,
        Key("title", attrgetter("snapshot.plan.title"), str),
        AS_OF,
        Key("last_entry", attrgetter("snapshot.last_entry")),
        list_of(
            "phases", PHASE, lambda report: [PhaseOnDay(w, report.snapshot.as_of) for w in report.snapshot.open_phases]
        ),
        object_of("totals", TOTALS, attrgetter("snapshot.counts")),
        Key("imported", head="期初导入"),
        list_of("problems", PROBLEMS),
        list_of("worst", TASKS),
        list_of("worst_steps", STEPS),
        BREAKDOWN,
        MONEY,
        SUBMISSIONS,
    )

    @property
    def imported(self) -> int:
        """The number of entries from an old ledger."""
        return imported_of(self.snapshot.tasks)

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return self.breakdown.heads if self.breakdown else _COLUMNS.called(self.snapshot.plan.terms).heads

    def record(self) -> dict[str, object]:
        """The JSON of ``status`` (schema version 1)."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per problem, or per group if the counts are broken down."""
        return self.breakdown.rows() if self.breakdown else _COLUMNS.records(self.problems)

    def document(self) -> Document:
        """The overview for people to read."""
        snapshot = self.snapshot
        blocks: list[Block] = [Para(as_of_words(snapshot))]
        if note := long_past(snapshot):
            blocks.append(Para(note, Tone.YELLOW))
        if snapshot.plan.phases:
            blocks += [phase_bar(w, snapshot.as_of) for w in snapshot.open_phases] or [Para("当天不在任何阶段之内")]
        if self.breakdown:
            blocks += self.breakdown.blocks()
        elif snapshot.plan.plan_type:
            from zhenggai.views import promises  # imported here: few plans are of promises

            blocks += promises.tables(snapshot)
        else:
            problems = _COLUMNS.table(self.problems, footer=ProblemRow(None, "合计", snapshot.counts, None))
            blocks.append(problems.under(row_headings(row.aspects for row in self.problems)))
        blocks += map(Para, (overall(snapshot), *imported_words(self.imported, snapshot.plan.opening)))
        if not snapshot.plan.plan_type:
            blocks.append(LEVELS.table(list(map(snapshot.counts.by, CountedBy)), "按问题、措施、任务"))
        if snapshot.has_money:
            from zhenggai.views.money import money_blocks  # imported here: few plans have money

            by_unit = self.breakdown is None or self.breakdown.by is not By.UNIT
            blocks += money_blocks(snapshot, by_unit=by_unit)
        blocks += [Para(why) for row in self.problems if (why := _red_though_complete(snapshot, row))]
        blocks += submission_paragraphs(self.submissions)
        if self.worst:
            blocks.append(task_table(self.worst, "逾期天数", snapshot.plan.terms, f"逾期最久的 {len(self.worst)} 件"))
        if self.worst_steps:
            blocks.append(step_table(self.worst_steps, "逾期天数", f"逾期最久的 {len(self.worst_steps)} 个步骤"))
        return Document(snapshot.plan.title, tuple(blocks))

    def sums(self, reports: Mapping[str, "Status"]) -> Table:
        """The counts of several plans, by their numbers, with their sums."""
        return plans_table({number: report.snapshot for number, report in reports.items()})


def plans_table(snapshots: Mapping[str, Snapshot]) -> Table:
    """The counts of several plans, by their numbers, with their sums."""
    rows = [
        PlanRow(number, of.plan.title, of.counts, worst_light({t.status.light for t in of.tasks}, of.plan.rules))
        for number, of in snapshots.items()
    ]
    return _PLANS.table(rows, footer=PlanRow("", "合计", total_of(row.counts for row in rows), None))


def _red_though_complete(snapshot: Snapshot, row: ProblemRow) -> str | None:
    """Why a problem with all tasks completed has a red light; None for any other."""
    if row.number is None or row.light is not Light.RED or not row.counts.problems_completed:
        return None
    red = next(task for task in snapshot.answering[row.number] if task.status.light is Light.RED)
    terms = snapshot.plan.terms
    done = f"{terms.rate}100%" if row.counts.tasks else f"已{terms.done}"
    return f"{terms.problem}{row.number}{done}，红灯是因为 {red.name}：{red.status.why}。"


def phase_bar(window: PhaseWindow, as_of: date, *, in_full: bool = False) -> Bar:
    """The elapsed time of a phase as a bar. ``in_full``: with its days as papers write them."""
    written, blank = (full_day, "") if in_full else (str, " ")
    first, last = (written(day) if day else "" for day in (window.start, window.end))
    days = f"{first or '起日不明'}{blank}至{blank}{last or '长期'}"
    left = f"，还剩{blank}{(window.end - as_of).days}{blank}天" if window.end and window.end >= as_of else ""
    return Bar(f"阶段{window.number} {window.name}", window.share_gone(as_of), f"{days}{left}", about="时间已过")


def long_past(snapshot: Snapshot) -> str | None:
    """A hint if the ledger's last entry is long before the requested day, else None."""
    last = snapshot.last_entry
    if last is None:
        return f"到 {snapshot.as_of}，台账里还没有记录。记录用 zhenggai add"
    days = (snapshot.as_of - last).days
    if days <= LONG_PAST_DAYS:
        return None
    return f"注意：台账最近一条记录是 {last}，到 {snapshot.as_of} 已 {days} 天，以下按 {snapshot.as_of} 推算；看当时情形请加 --as-of {last}"


def problem_rows(snapshot: Snapshot) -> tuple[ProblemRow, ...]:
    """The rows of a snapshot's problems, in the plan's order."""
    return tuple(
        ProblemRow(
            f.number,
            f.content,
            snapshot.counts_of_problems[f.number],
            worst_light({t.status.light for t in snapshot.answering.get(f.number, ())}, snapshot.plan.rules),
            f.aspects,
            f.symptoms,
            f.shared_measures,
        )
        for f in snapshot.plan.problems
    )


def status(snapshot: Snapshot, by: By | None = None, pending: Sequence[PendingSubmission] = ()) -> Status:
    """The view of a snapshot, with the counts by problem, or broken down by something else; ``pending``: the 报送 not answered."""
    overdue = longest_overdue(snapshot.tasks)
    steps = step_lines(snapshot.tasks, lambda step: step.is_overdue)
    return Status(
        snapshot,
        problem_rows(snapshot),
        task_lines(snapshot, overdue[:WORST]),
        steps[:WORST],
        breakdown(snapshot, by) if by else None,
        submission_lines(snapshot, pending, -snapshot.plan.rules.due_soon_days, EVER),
    )
