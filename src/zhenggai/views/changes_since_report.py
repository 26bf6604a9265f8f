"""Changes since the last report, task by task. The baseline is the last issue, or the snapshot of its day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from zhenggai.frozen import frozen
from zhenggai.model.issued_report import Issue, Reached, TaskName
from zhenggai.model.money import NO_MONEY, Money
from zhenggai.model.rates import points
from zhenggai.model.terms import Terms
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.views.columns import Key, Keys, list_of
from zhenggai.views.selection import state_word


def name_of(task: SnapshotTask) -> TaskName:
    """The key that identifies a task across reports."""
    return task.measure, task.given


def reached(task: SnapshotTask) -> Reached:
    """The state of a task, in the form that issued reports keep."""
    row = task.row
    return Reached(  # positional, for speed: it runs for all tasks of a county
        state_word(task),
        row.is_complete,
        row.state is State.CLOSED,
        row.state is State.BASICALLY_DONE,
        task.status.is_overdue,
        row.round,
        row.extensions,
        row.returns,
    )


def all_reached(snapshot: Snapshot) -> dict[TaskName, Reached]:
    """The states of all tasks of a snapshot, by task."""
    return {name_of(t): reached(t) for t in snapshot.tasks}


@frozen
class Baseline:
    """What a report is compared with: the end of the last period, or (with ``issue``) the last issued report.

    ``money``: what was done by then; None if it is not known, as in an issue without money.
    """

    as_of: date
    tasks: Mapping[TaskName, Reached]
    rate: float | None
    issue: Issue | None = None
    money: Money | None = None

    def lacks(self, list_name: str, number: str) -> bool:
        """Whether that list in the record of the last issue lacks an entry; False without an issue.

        An issue of an earlier version may not have the list.
        """
        return self.issue is not None and number not in _numbers(self.issue.record.get(list_name, ()))


def _numbers(items: Iterable[Any]) -> set[str]:
    return {item["number"] if isinstance(item, Mapping) else item for item in items}


def baseline_of(snapshot: Snapshot) -> Baseline:
    """The baseline made from a snapshot."""
    return Baseline(snapshot.as_of, all_reached(snapshot), snapshot.counts.completion_rate, money=_money_done(snapshot))


def _money_done(snapshot: Snapshot) -> Money:
    if not snapshot.has_money:
        return NO_MONEY
    from zhenggai.rules.day.money_sums import plan_money  # imported here: few plans have money

    return plan_money(snapshot).whole.done


def baseline_in(issue: Issue) -> Baseline:
    """The baseline made from an issued report."""
    sums = issue.record.get("money")
    money = Money(*(Decimal(sums[name]) for name in Money._fields)) if sums else None
    return Baseline(issue.as_of, issue.tasks, issue.record["totals"]["completion_rate"], issue, money)


CHANGE_NAMES = ("completed", "closed", "basically_done", "extended", "newly_overdue", "returned", "reopened")


@frozen(kw_only=True)
class ReportChanges:
    """The changes since the last report. A task may be in several of the lists."""

    completed: tuple[SnapshotTask, ...]
    closed: tuple[SnapshotTask, ...]
    basically_done: tuple[SnapshotTask, ...]
    extended: tuple[SnapshotTask, ...]
    newly_overdue: tuple[SnapshotTask, ...]
    returned: tuple[SnapshotTask, ...]
    reopened: tuple[SnapshotTask, ...]
    rate_points: float | None

    def words(self, terms: Terms) -> str:
        """新完成A件，新销号B件，…，完成率提高P个百分点."""
        counts = (
            f"新{terms.done}{len(self.completed)}件，新销号{len(self.closed)}件，新增基本完成{len(self.basically_done)}件，"
            f"同意延期{len(self.extended)}件，新增逾期{len(self.newly_overdue)}件，退回整改{len(self.returned)}件，"
            f"重新整改{len(self.reopened)}件"
        )
        return counts if self.rate_points is None else f"{counts}，{terms.rate}{_points(self.rate_points)}"


_TASK = Keys[SnapshotTask](Key("measure", gives=str), Key("unit", gives=str))
CHANGES = Keys[ReportChanges](
    *(list_of(name, _TASK, attrgetter(name)) for name in CHANGE_NAMES), Key("rate_points", head="完成率变化（百分点）")
)
"""The changes in JSON."""


def changes_since(before: Baseline, now: Snapshot) -> ReportChanges:
    """The changes from a baseline to a snapshot of the same plan."""
    pairs = [(before.tasks.get(name_of(t)), reached(t), t) for t in now.tasks]

    def newly(name: str) -> tuple[SnapshotTask, ...]:
        return tuple(t for old, new, t in pairs if getattr(new, name) and not (old and getattr(old, name)))

    def more(count: Callable[[Reached], int], least: int = 0) -> tuple[SnapshotTask, ...]:
        return tuple(t for old, new, t in pairs if count(new) > (count(old) if old else least))

    rates = (before.rate, now.counts.completion_rate)
    return ReportChanges(
        completed=newly("completed"),
        closed=newly("closed"),
        basically_done=newly("basically_done"),
        extended=more(lambda r: r.extensions),
        newly_overdue=newly("overdue"),
        returned=more(lambda r: r.returns),
        reopened=more(lambda r: r.round, 1),
        rate_points=None if rates[0] is None or rates[1] is None else points(rates[1], rates[0]),
    )


def _points(points: float) -> str:
    if points == 0:
        return "持平"
    return f"{'提高' if points > 0 else '下降'}{abs(points):.2f}个百分点"
