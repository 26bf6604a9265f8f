"""``--by``: the counts of ``status``, ``phase`` and ``month`` by group, with their money."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.document import Block, Para
from zhenggai.frozen import frozen
from zhenggai.model.terms import Terms
from zhenggai.rules.day.counts import Counts, counts_of, total_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.count_columns import COUNTS, TOTALS
from zhenggai.views.groups import OF_PROBLEM, By, GroupName, groups_of
from zhenggai.views.money_columns import sum_column, without_money
from zhenggai.views.money_keys import GROUP_MONEY

if TYPE_CHECKING:
    from zhenggai.rules.day.money_sums import MoneySums


class GroupRow(NamedTuple):
    """The row of a group."""

    name: str
    counts: Counts
    money: "MoneySums | None" = None


_MONEY = ("amount", "rectified", "remaining", "recovered", "loss_avoided")
"""The sums of money in CSV. Tables have them in a table of its own, in the plan's unit."""


def _counts(row: GroupRow) -> Counts:
    return row.counts


GROUPS = ReportColumns[GroupRow](
    ReportColumn("name", wrap=True, weight=4),
    ReportColumn("problems", attrgetter("counts.problems"), numeric=True, keep=8),
    ReportColumn("problems_completed", attrgetter("counts.problems_completed"), numeric=True, keep=9),
    *(
        column._replace(in_table=True, head="应整改", numeric=True, keep=2) if column.key == "denominator" else column
        for column in COUNTS.of(_counts)
    ),
    *(sum_column(key)._replace(in_table=False) for key in _MONEY),
)


@frozen
class Breakdown:
    """The counts of each group, in order, and of the whole, to which the tasks of the groups add up."""

    by: By
    groups: tuple[GroupRow, ...]
    whole: Counts
    terms: Terms

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV, of money only where there is any."""
        heads = {**GROUPS.called(self.terms).heads, "name": self.by.head}
        return heads if any(row.money for row in self.groups) else without_money(heads)

    keys = Keys["Breakdown"](
        Key("by", attrgetter("by.value"), str, "按什么分列"),
        list_of("groups", Keys[GroupRow](Key("name"), *TOTALS.through(_counts), GROUP_MONEY), head="各组"),
    )

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per group."""
        return [{key: values[key] for key in self.heads} for values in GROUPS.records(self.groups)]

    def blocks(self, title: str = "") -> list[Block]:
        """The groups as a table with the whole as its footer, the notes, and a table of their money."""
        keys = [column.key for column in GROUPS.columns]
        if self.by not in OF_PROBLEM:  # a problem that is completed in one group may be open in another
            keys.remove("problems_completed")
        shown = GROUPS.arranged(*keys, name=self.by.head).called(self.terms)
        table = shown.table(self.groups, title, footer=GroupRow("合计", self.whole))
        return [table, *map(Para, self.notes()), *self._money()]

    def notes(self) -> Iterator[str]:
        """What is to be said of problems and measures that stand in several groups, or in none."""
        return differing_notes(self.groups, self.whole, self.terms)

    def _money(self) -> Iterator[Block]:
        groups = [(row.name, row.money) for row in self.groups if row.money]
        if groups:
            from zhenggai.views.money import group_table  # imported here: few plans have money

            yield from group_table(self.by.head, groups)


def differing_notes(groups: Sequence[GroupRow], whole: Counts, terms: Terms) -> Iterator[str]:
    """A sentence about problems or measures that stand in several groups, or in none."""
    sums = Counter[str]()
    for row in groups:
        sums.update(problems=row.counts.problems, measures=row.counts.measures)
    named = {"problems": terms.problem, "measures": terms.measure}
    if several := "、".join(word for key, word in named.items() if sums[key] > getattr(whole, key)):
        yield f"有的{several}在几组里都有任务，各组各计一次，相加多于合计。"
    if without := "、".join(word for key, word in named.items() if sums[key] < getattr(whole, key)):
        yield f"还没有任务的{without}不在各组里，只在合计里。"


BREAKDOWN = Key[Any](
    "breakdown",
    lambda report: report.breakdown and Breakdown.keys.record(report.breakdown),
    Breakdown.keys,
    "分列",
    optional=True,
)
"""The key of a report that may be broken down, with the attribute of the same name."""


def breakdown(snapshot: Snapshot, by: By) -> Breakdown:
    """The counts of a snapshot's tasks by group. Sources and natures are of problems: their groups have those without tasks too."""
    if by in OF_PROBLEM:
        name_of = OF_PROBLEM[by](snapshot)
        problems: dict[GroupName, list[Counts]] = {}
        for problem in snapshot.plan.problems:
            problems.setdefault(name_of(problem), []).append(snapshot.counts_of_problems[problem.number])
        counts = {name: total_of(found) for name, found in problems.items()}
    else:
        counts = dict(_counts_of_groups(snapshot, groups_of(snapshot, by, snapshot.tasks)))
    money = _money_of_groups(snapshot, by) if snapshot.has_money else {}
    nothing = counts_of((), answering=())
    rows = (GroupRow(of.name, counts.get(of, nothing), money.get(of)) for of in sorted({*counts, *money}))
    return Breakdown(by, tuple(rows), snapshot.counts, snapshot.plan.terms)


def _money_of_groups(snapshot: Snapshot, by: By) -> "dict[GroupName, MoneySums]":
    """The money of each group. One that has no more than tasks given up is a group too, as their money counts."""
    from zhenggai.rules.day.money_sums import plan_money, together  # imported here: few plans have money

    money = plan_money(snapshot)
    if by not in OF_PROBLEM:
        return {name: money.of_part(tasks) for name, tasks in groups_of(snapshot, by, money.tasks).items()}
    name_of = OF_PROBLEM[by](snapshot)
    found: dict[GroupName, list[MoneySums]] = {}
    for problem in money.problems:
        found.setdefault(name_of(problem), []).append(money.of_problem[problem.number])
    return {name: together(parts, money.unit) for name, parts in found.items()}


def _counts_of_groups(
    snapshot: Snapshot, groups: Mapping[GroupName, Sequence[SnapshotTask]]
) -> Iterator[tuple[GroupName, Counts]]:
    """The counts of each group, with the problems that its tasks answer."""
    answers: dict[str, list[int]] = {}
    for problem in snapshot.plan.problems:
        for measure in problem.answered_by:
            answers.setdefault(measure, []).append(problem.number)
    for name, tasks in groups.items():
        answering: dict[int, list[SnapshotTask]] = {}
        for task in tasks:
            for number in answers.get(task.measure, ()):
                answering.setdefault(number, []).append(task)
        yield name, counts_of(tasks, answering=answering.values())
