"""Words and counts of a 承诺台账: problems are 事项 (meetings, posts), measures 承诺, and what is completed is 兑现."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from zhenggai.document import Document, Report, Table
from zhenggai.frozen import frozen
from zhenggai.model.wording import month_day, percent
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.breakdown import By, GroupRow, breakdown
from zhenggai.views.columns import ReportColumn, ReportColumns, warned

_HEADS: Mapping[str, str] = {
    "问题": "事项",
    "问题号": "事项号",
    "措施": "承诺",
    "已完成": "兑现",
    "应整改": "应兑现",
    "完成率": "兑现率",
    "完成日期": "兑现日期",
}


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
    ReportColumn("rate", cell=lambda row: percent(row.counts.completion_rate), head="兑现率", numeric=True, keep=1),
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


@frozen
class Reworded:
    """A report whose heads are in the words of a 承诺台账. JSON and the names in it stay."""

    report: Report

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return {key: _HEADS.get(head, head) for key, head in self.report.heads.items()}

    def record(self) -> object:
        """The JSON of the report."""
        return self.report.record()

    def rows(self) -> Sequence[Mapping[str, object]]:
        """The rows of the report."""
        return self.report.rows()

    def document(self) -> Document:
        """The report with other heads above its tables."""
        made = self.report.document()
        blocks = (_reworded(block) if isinstance(block, Table) else block for block in made.blocks)
        return Document(made.title, tuple(blocks))


def _reworded(table: Table) -> Table:
    return replace(
        table, columns=tuple(replace(column, head=_HEADS.get(column.head, column.head)) for column in table.columns)
    )
