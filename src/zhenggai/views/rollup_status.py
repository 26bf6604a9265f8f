"""``rollup status``: the counts of many counties by county, or by what their tasks or problems are, with red lights and money."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from zhenggai.document import Block, Document, Para
from zhenggai.frozen import frozen
from zhenggai.model.money import NO_MONEY, Money
from zhenggai.model.terms import USUAL
from zhenggai.model.wording import month_day
from zhenggai.rollup.answers import GroupSums
from zhenggai.rollup.groups import OF_PROBLEM, By
from zhenggai.rules.day.counts import CountedBy, Counts, Turns, total_of
from zhenggai.rules.day.money_sums import USUAL_UNIT, MoneySums, unit_of
from zhenggai.views.breakdown import GROUPS, GroupRow, differing_notes
from zhenggai.views.columns import Key, Keys, ObjectOf, ReportColumn, ReportColumns, list_of, object_of, warned
from zhenggai.views.count_columns import LEVELS, TOTALS
from zhenggai.views.money import SUMS, done_words, in_words
from zhenggai.views.money_columns import without_money
from zhenggai.views.rollup_coverage import COVERAGE, NOTE_HEAD, Coverage
from zhenggai.views.sentences import asides, by_level, progress

_MONEY = ReportColumns[MoneySums](*map(SUMS.__getitem__, ("amount", "rectified", "recovered", "loss_avoided")))
"""What of money adds up. What is left of a 问题金额, and the share, are of each problem alone."""


class _Row(NamedTuple):
    """A group, or the sums, as ``--by`` shows one, and its red lights."""

    group: GroupRow
    red: int

    @property
    def money(self) -> MoneySums | None:
        return self.group.money


_KEEP: Mapping[str, int] = {"problems": 3, "problems_completed": 4, "closed": 3}
"""Of a county, how many problems it has, and how much is closed, says more than how far the tasks are that are not completed."""

_COLUMNS = ReportColumns[_Row](
    *(
        column._replace(keep=_KEEP.get(column.key, column.keep))
        for column in GROUPS.of(attrgetter("group"))
        if column.key != "remaining"
    ),
    ReportColumn("red", cell=lambda row: warned(row.red), numeric=True, keep=1, gives=int),
)
_MONEY_COLUMNS = ReportColumns[_Row](
    ReportColumn("name", attrgetter("group.name"), wrap=True, weight=4), *_MONEY.of(attrgetter("group.money"))
)
_MONEY_KEY = Key[_Row](
    "money", lambda row: row.money and _MONEY.record(row.money), ObjectOf(lambda: _MONEY), optional=True
)
_GROUPS_KEYS = Keys[_Row](
    Key("name", attrgetter("group.name")), *TOTALS.through(attrgetter("group.counts")), Key("red"), _MONEY_KEY
)
_WHOLE_KEYS = Keys[_Row](*TOTALS.through(attrgetter("group.counts")), Key("red"), _MONEY_KEY)


@frozen
class RollupStatus:
    """``rollup status``: the groups in order, and the sums of all counties."""

    coverage: Coverage
    by: By
    groups: tuple[_Row, ...]
    whole: _Row

    keys = Keys["RollupStatus"](
        *COVERAGE,
        object_of("totals", _WHOLE_KEYS, attrgetter("whole")),
        Key("by", head="按什么分列"),
        list_of("groups", _GROUPS_KEYS, head="各组"),
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV, of money only where there is any."""
        heads = {**_COLUMNS.heads, "name": self.by.head}
        return {**(heads if self.whole.money else without_money(heads)), **NOTE_HEAD}

    def record(self) -> dict[str, object]:
        """The JSON of ``rollup status``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per group, then what is to be known of counties."""
        rows = [{key: values.get(key) for key in self.heads} for values in _COLUMNS.records(self.groups)]
        return [*rows, *self.coverage.rows("name" if self.by is By.COUNTY else None)]

    def document(self) -> Document:
        """The picture for people to read: the sums in words, then the groups, of which there may be a hundred."""
        keys = [column.key for column in _COLUMNS.columns]
        if self.by not in OF_PROBLEM:  # a problem that is completed in one group may be open in another
            keys.remove("problems_completed")
        counts, shown = self.whole.group.counts, [self._marked(row) for row in self.groups]
        blocks: list[Block] = [*self.coverage.blocks(), Para(self._sentence())]
        columns = _COLUMNS.arranged(*keys, name=self.by.head)
        blocks.append(columns.table(shown, f"按{self.by.head}分列", footer=self.whole))
        blocks += map(Para, differing_notes([row.group for row in self.groups], counts, USUAL))
        blocks.append(LEVELS.table(list(map(counts.by, CountedBy)), "按问题、措施、任务"))
        return Document(self.coverage.title, (*blocks, *self._money(shown)))

    def _marked(self, row: _Row) -> _Row:
        name = row.group.name
        return row._replace(group=row.group._replace(name=self.coverage.marked(name))) if self.by is By.COUNTY else row

    def _sentence(self) -> str:
        counts, day = self.whole.group.counts, month_day(self.coverage.day)
        whole = f"截至{day}，{len(self.coverage.used)}个县的{counts.problems}个问题、{counts.measures}项措施、{counts.tasks}件任务"
        turns = asides(counts, Turns(0, 0, 0, 0), with_none=False)  # requests are not summed
        return f"{whole}，{progress(counts, USUAL)}；红灯{self.whole.red}个，{turns}。{by_level(counts, USUAL)}"

    def _money(self, shown: Sequence[_Row]) -> Iterator[Block]:
        if not (sums := self.whole.money):
            return
        words = [] if sums.amount is None else [f"问题金额{in_words(sums.amount, sums)}"]
        words += filter(None, [done_words(sums.done, sums.unit)])
        yield Para(f"{'，'.join(words)}。")
        rows = [row for row in shown if row.money]
        title = f"按{self.by.head}分列的金额（{sums.unit}）"
        keys = [key for key in _MONEY_COLUMNS.heads if key != "amount" or self.by in OF_PROBLEM]
        yield _MONEY_COLUMNS.arranged(*keys, name=self.by.head).table(rows, title, self.whole)


def status(coverage: Coverage, by: By, groups: Sequence[GroupSums], of_counties: Sequence[GroupSums]) -> RollupStatus:
    """The report of the groups, in their order. ``of_counties``: the same by county, which add up to the whole."""
    whole = _total(of_counties)
    unit = _unit_of(whole)
    return RollupStatus(coverage, by, tuple(_row(group, unit) for group in groups), _row(whole, unit))


def _total(groups: Sequence[GroupSums]) -> GroupSums:
    money = NO_MONEY
    for group in groups:
        money = money.plus(group.money)
    amounts = [group.amount for group in groups if group.amount is not None]
    amount = sum(amounts, Decimal(0)) if amounts else None
    counts: Counts = total_of(group.counts for group in groups)
    return GroupSums(name="合计", counts=counts, red=sum(group.red for group in groups), money=money, amount=amount)


def _row(group: GroupSums, unit: str) -> _Row:
    sums = MoneySums(group.amount, group.money, unit)
    return _Row(GroupRow(group.name, group.counts, sums if sums.has_money else None), group.red)


def _unit_of(whole: GroupSums) -> str:
    return USUAL_UNIT if whole.amount else unit_of(Money(*whole.money))
