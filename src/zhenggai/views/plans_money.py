"""The money of several plans together: a row a plan, and the sums in one unit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from zhenggai.document import Para, Table
from zhenggai.rules.day.money_sums import USUAL_UNIT, MoneySums, plan_money, together
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.columns import ReportColumn, ReportColumns
from zhenggai.views.money import SUMS, money_words


class _Row(NamedTuple):
    """The sums of a plan; in the last row those of all."""

    number: str
    title: str
    sums: MoneySums


_COLUMNS = ReportColumns[_Row](
    ReportColumn("number", head="方案"),
    ReportColumn("title", head="标题", wrap=True, weight=4),
    *SUMS.of(attrgetter("sums")),
)


def sums_of_plans(snapshots: Iterable[Snapshot]) -> MoneySums:
    """The sums of several plans. What was rectified in plans without 问题金额 is no part of the rate."""
    return _together([plan_money(snapshot).whole for snapshot in snapshots])


def _together(parts: Sequence[MoneySums]) -> MoneySums:
    units = {sums.unit for sums in parts}
    return together(parts, units.pop() if len(units) == 1 else USUAL_UNIT)


def plans_money_blocks(snapshots: Sequence[Snapshot]) -> tuple[Para, Table]:
    """The sums of several plans in a sentence, and by plan."""
    parts = [plan_money(snapshot).whole for snapshot in snapshots]
    whole = _together(parts)
    rows = [
        _Row(snapshot.plan.number, snapshot.plan.title, replace(sums, unit=whole.unit))
        for snapshot, sums in zip(snapshots, parts, strict=True)
    ]
    table = _COLUMNS.table(rows, f"各方案的金额（{whole.unit}）", _Row("", "合计", whole))
    return Para(f"各方案合计：{money_words(whole)}。"), table
