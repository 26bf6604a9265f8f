"""Counts of a 承诺台账: 承诺, 兑现 and 未兑现 by 事项, by unit, by person."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from zhenggai.document import Table
from zhenggai.model.wording import month_day, percent
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.breakdown import GroupRow, breakdown
from zhenggai.views.columns import ReportColumn, ReportColumns, rate_cell, warned
from zhenggai.views.groups import By


def _open(row: GroupRow) -> int:
    return row.counts.denominator - row.counts.completed


_COLUMNS = ReportColumns[GroupRow](
    ReportColumn("name", wrap=True, weight=4),
    ReportColumn("denominator", attrgetter("counts.denominator"), head="承诺", numeric=True),
    ReportColumn("completed", attrgetter("counts.completed"), head="兑现", numeric=True),
    ReportColumn("open", _open, head="未兑现", numeric=True),
    ReportColumn(
        "overdue", attrgetter("counts.overdue"), cell=lambda row: warned(row.counts.overdue), numeric=True, keep=2
    ),
    ReportColumn("rate", cell=lambda row: rate_cell(row.counts.completion_rate), head="兑现率", numeric=True, keep=1),
)


def overall(snapshot: Snapshot) -> str:
    """The sentence: 截至6月30日，2个事项、5项承诺，落到单位8件，兑现3件，未兑现5件（其中逾期2件），兑现率37.50%."""
    c = snapshot.counts
    followed = c.tasks - c.denominator
    aside = f"；另有长期坚持、例行等{followed}件，不计" if followed else ""
    return (
        f"截至{month_day(snapshot.as_of)}，{c.problems}个事项、{c.measures}项承诺，落到单位{c.denominator}件，兑现{c.completed}件，"
        f"未兑现{c.denominator - c.completed}件（其中逾期{c.overdue}件），兑现率{percent(c.completion_rate)}{aside}。"
    )


def tables(snapshot: Snapshot) -> Iterator[Table]:
    """承诺、兑现、未兑现 by 事项, by unit, and by person."""
    problems = [
        GroupRow(f"{p.number} {p.content}", snapshot.counts_of_problems[p.number]) for p in snapshot.plan.problems
    ]
    yield _table("事项", problems, snapshot.counts)
    for by in (By.UNIT, By.PERSON):
        yield _table(by.head, breakdown(snapshot, by).groups, snapshot.counts)


def _table(head: str, rows: Iterable[GroupRow], whole: Counts) -> Table:
    keys = [column.key for column in _COLUMNS.columns]
    return _COLUMNS.arranged(*keys, name=head).table(rows, f"按{head}", footer=GroupRow("合计", whole))
