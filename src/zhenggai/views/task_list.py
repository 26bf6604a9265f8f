"""``list``: the ledger (台账) itself, a row a task, with the columns that are asked for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter

from zhenggai.document import Block, Document, Para
from zhenggai.frozen import frozen
from zhenggai.model.money import Money
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.column_choice import in_order, keys_named, refuse_unmerged
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.money_columns import yuan_column
from zhenggai.views.sentences import as_of_words
from zhenggai.views.task_lines import TASKS, TaskLine, task_lines


@frozen(kw_only=True)
class LedgerRow:
    """A task with all that the plan and its entries say of it. Lists of names are joined with 、."""

    problem: int
    finding: str
    line: TaskLine
    goal: str | None
    category: str
    rectification_type: str | None
    priority: str | None
    lead_units: str
    guiding_units: str
    acceptor: str | None
    leader: str | None
    leader_in_charge: str | None
    first_responsible: str | None
    source: str
    completed: date | None
    amount: Decimal | None
    money: Money


def _done(name: str) -> ReportColumn[LedgerRow]:
    return yuan_column(name, lambda row: getattr(row.money, name) or None)


_MONEY = ("amount", *Money._fields)


_MORE: tuple[ReportColumn[LedgerRow], ...] = (
    ReportColumn("problem", head="问题号", numeric=True, of_problem=True),
    ReportColumn("finding", wrap=True, weight=2, of_problem=True),
    ReportColumn("goal", wrap=True),
    ReportColumn("category"),
    ReportColumn("rectification_type"),
    ReportColumn("priority"),
    ReportColumn("lead_units", wrap=True),
    ReportColumn("guiding_units", wrap=True),
    ReportColumn("acceptor", wrap=True),
    ReportColumn("leader", wrap=True),
    ReportColumn("leader_in_charge", wrap=True),
    ReportColumn("first_responsible", wrap=True),
    ReportColumn("source", head="问题来源", wrap=True, of_problem=True),
    ReportColumn("completed", head="完成日期"),
    yuan_column("amount", attrgetter("amount")),
    *map(_done, Money._fields),
)


def _arranged() -> dict[str, ReportColumn[LedgerRow]]:
    """All columns by key, in the order in which a ledger has them."""
    found = {column.key: column for column in (*_MORE, *TASKS.of(attrgetter("line")))}
    order = (
        "problem", "finding", "source", "measure", "content", "goal", "category", "rectification_type", "priority",
        "lead_units", "unit", "guiding_units", "acceptor", "first_responsible", "leader_in_charge", "leader", "person",
        "deadline", "due", "due_source", "state", "percent", *_MONEY,
        "days", "last_entry", "completed", "light", "why",
    )  # fmt: skip
    assert set(order) == set(found)
    return {key: found[key] for key in order}


COLUMNS: Mapping[str, ReportColumn[LedgerRow]] = _arranged()
_ROWS = ReportColumns[LedgerRow](*COLUMNS.values())
HEADS = {head: key for key, head in _ROWS.heads.items()}
"""The heads of all columns, as ``--columns`` and ``--sort`` take them."""
_OF_PROBLEM = ("problem", "finding")  # on paper only: a screen has no room for them
_USUAL = ("measure", "content", "unit", "lead_units", "deadline", "due", "state", "percent", "light")
_WRAPPED = {"content", "due_source", "why"}  # in full, unlike in other lists


@frozen
class TaskList:
    """``list``: the rows, and the keys of the columns that tables and CSV have. JSON has all.

    ``is_merged``: the cells of a problem are one in tables.
    """

    snapshot: Snapshot
    lines: tuple[LedgerRow, ...]
    columns: tuple[str, ...]
    is_merged: bool = False

    keys = Keys["TaskList"](VERSION, PLAN, AS_OF, list_of("tasks", _ROWS, attrgetter("lines")))

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV: of those columns that were asked for, or of all, of money only where there is any."""
        usual = (key for key in COLUMNS if key not in _MONEY or self.snapshot.has_money)
        heads = _ROWS.called(self.snapshot.plan.terms).heads
        return {key: heads[key] for key in self.columns or usual}

    def record(self) -> dict[str, object]:
        """The JSON of ``list``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per task."""
        return [{key: values[key] for key in self.heads} for values in _ROWS.records(self.lines)]

    def document(self) -> Document:
        """The rows as one table, for people to read."""
        shown = [] if self.columns else [COLUMNS[key]._replace(paper=True) for key in _OF_PROBLEM]
        shown += [COLUMNS[key]._replace(in_table=True, keep=0, if_any=False) for key in self.columns or _USUAL]
        shown = [column._replace(wrap=True) if column.key in _WRAPPED else column for column in shown]
        terms = self.snapshot.plan.terms
        columns = ReportColumns[LedgerRow](*shown).called(terms)
        table = columns.table(self.lines, landscape=True, merged=self.is_merged)
        body: Block = table if self.lines else Para("没有符合的任务。")
        count = Para(f"{as_of_words(self.snapshot)}，{len(self.lines)} 件任务")
        return Document(f"{self.snapshot.plan.title}：{terms.head('整改台账')}", (count, body))


def task_list(
    snapshot: Snapshot,
    columns: Sequence[str] = (),
    sort: str | None = None,
    *,
    down: bool = False,
    merged: bool = False,
) -> TaskList:
    """The ledger of a snapshot: the columns named by ``columns`` (none: the usual ones), in the plan's order or by ``sort``.

    Rows without a value in that column come last either way. Raises ``UsageError`` if cells are to be merged and none of the
    columns is about problems.
    """
    terms = snapshot.plan.terms
    lines = in_order(ledger_rows(snapshot), _ROWS, sort, terms, down=down)
    keys = keys_named(_ROWS, columns, terms)
    if merged:
        refuse_unmerged(_ROWS.arranged(*keys or _OF_PROBLEM))
    return TaskList(snapshot, tuple(lines), keys, merged)


def ledger_rows(snapshot: Snapshot) -> list[LedgerRow]:
    """The rows of a snapshot's tasks, in the plan's order."""
    findings = {problem.number: problem for problem in snapshot.plan.problems}
    amount_of = _amounts(snapshot)

    def row_of(task: SnapshotTask, line: TaskLine) -> LedgerRow:
        problem, measure = findings[task.problem], task.task.measure
        return LedgerRow(
            problem=task.problem,
            finding=problem.content,
            line=line,
            goal=measure.goal,
            category=task.task.category,
            rectification_type=measure.rectification_type,
            priority=measure.priority,
            lead_units="、".join(sorted(task.task.lead)),
            guiding_units="、".join(task.task.guiding_units),
            acceptor=measure.acceptor and snapshot.unit_name(measure.acceptor),
            leader=task.leader,
            leader_in_charge=task.task.leader_in_charge,
            first_responsible=task.task.first_responsible,
            source="、".join(snapshot.plan.sources_of(problem)),
            completed=task.row.completed,
            amount=amount_of(task),
            money=task.row.money,
        )

    return list(map(row_of, snapshot.tasks, task_lines(snapshot, snapshot.tasks)))


def _amounts(snapshot: Snapshot) -> Callable[[SnapshotTask], Decimal | None]:
    """Gives the 问题金额 that is of a task alone, in yuan."""
    if not snapshot.has_money:
        return lambda _: None
    from zhenggai.rules.day.money_sums import plan_money  # imported here: few plans have money

    money = plan_money(snapshot)
    return lambda task: money.of_part((task,)).amount
