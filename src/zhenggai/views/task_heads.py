"""A task under every head that a layout has for a task, its measure or its problem: what a superior's form asks for of each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter

from zhenggai.document import Table
from zhenggai.heads import head_meant
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.life import APPLIED
from zhenggai.views.column_choice import in_order, refuse_unmerged
from zhenggai.views.columns import ReportColumn, ReportColumns
from zhenggai.views.layout_cells import headings_of, progress_of
from zhenggai.views.measure_layouts import A, B, ListedMeasure
from zhenggai.views.money_columns import yuan_column
from zhenggai.views.problem_outline import path_of
from zhenggai.views.task_layouts import TASKS, C, D, ListedTask, listed_tasks
from zhenggai.views.task_list import COLUMNS, LedgerRow

_ELSEWHERE = ("nth", "units", "remark")  # the form counts its rows; a task has one unit; nothing is known of remarks


def _measure_of(row: ListedTask) -> ListedMeasure:
    """The task's measure, as if the task were its only one."""
    return ListedMeasure(
        nth=row.nth,
        snapshot=row.snapshot,
        problem=row.problem,
        headings=headings_of(row.problem),
        measure=row.task.task.measure,
        tasks=(row.task,),
    )


def _aspects(row: ListedTask) -> str:
    return path_of(row.problem.aspects)


def _remaining(row: ListedTask) -> Decimal | None:
    return None if row.row.amount is None else max(row.row.amount - row.row.money.rectified, Decimal(0))


def _outcome(row: ListedTask) -> object:
    """整改情况: what the application for the close-out says, until then the state."""
    return D.columns["outcome"].shown(row) if row.task.row.state in APPLIED else progress_of(row.task)


_OWN = (
    ReportColumn[ListedTask]("方面", _aspects, of_problem=True),
    ReportColumn[ListedTask]("性质", attrgetter("problem.nature"), of_problem=True),
    ReportColumn[ListedTask]("整改情况", _outcome),
    yuan_column("remaining", _remaining),
)


def _by_head() -> dict[str, ReportColumn[ListedTask]]:
    """The columns by head; of two with one head the first counts. Those that are not the ledger's own have the head as key."""
    ledger: Callable[[ListedTask], LedgerRow] = attrgetter("row")
    found = {column.layout.head: column for column in ReportColumns(*COLUMNS.values()).of(ledger)}
    for column in (*_OWN, *_of_layouts()):
        if column.key not in _ELSEWHERE:
            head = column.layout.head
            found.setdefault(head, column._replace(key=head, head=head, get=column.in_json.value))
    return {head: column._replace(in_table=True, if_any=False, unless_blank=False) for head, column in found.items()}


def _of_layouts() -> Iterator[ReportColumn[ListedTask]]:
    for layout in (C, D, TASKS):
        yield from layout.columns.columns
    for listed in (A, B):
        for column in listed.columns.of(_measure_of):
            yield column._replace(merged=False, of_problem=column.merged or column.of_problem)


BY_HEAD: Mapping[str, ReportColumn[ListedTask]] = _by_head()
_ALL = ReportColumns[ListedTask](*BY_HEAD.values())


def tasks_under(
    snapshot: Snapshot, heads: Sequence[str], sort: str | None = None, *, down: bool = False, merged: bool = False
) -> Table:
    """The tasks of a snapshot under some of the heads, in the plan's order or by the column that ``sort`` names.

    Raises ``UsageError`` if cells are to be merged and none of the columns is about problems.
    """
    terms = snapshot.plan.terms
    columns = ReportColumns[ListedTask](*(BY_HEAD[head] for head in heads)).called(terms)
    if merged:
        refuse_unmerged(columns)
    by = sort and (head_meant(sort, BY_HEAD) or sort)
    return columns.table(in_order(listed_tasks(snapshot), _ALL, by, terms, down=down), merged=merged)
