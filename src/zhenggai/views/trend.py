"""``trend``: how a plan went, the figures of ``status`` at the end of each week or month, a row a day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING

from zhenggai.deadline.calendar import period_bounds, periods_between
from zhenggai.document import Cell, Document, Para, gauge
from zhenggai.frozen import frozen
from zhenggai.model.wording import percent
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.lights import Light
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.columns import (
    AS_OF,
    PLAN,
    VERSION,
    Key,
    Keys,
    ReportColumn,
    ReportColumns,
    list_of,
    rate_cell,
    warned,
)
from zhenggai.views.money_columns import sum_column, without_money

if TYPE_CHECKING:
    from zhenggai.rules.day.money_sums import MoneySums


class Per(StrEnum):
    """How far apart the days of a trend are."""

    WEEK = "week"
    MONTH = "month"


PER_WORD: Mapping[str, Per] = {
    **dict.fromkeys(("每周", "周", "week"), Per.WEEK),
    **dict.fromkeys(("每月", "月", "month"), Per.MONTH),
}
"""What ``--per`` accepts."""
_ENDS: Mapping[Per, str] = {Per.WEEK: "每周日一行", Per.MONTH: "每月末一行"}


@frozen
class TrendPoint:
    """The tasks of a day, counted; ``red``: how many of them have a red light; ``money``: None if there is none."""

    date: date
    counts: Counts
    red: int
    money: "MoneySums | None" = None

    @property
    def share(self) -> float | None:
        """The completion rate, 0 to 1; None if there is nothing to complete."""
        rate = self.counts.completion_rate
        return None if rate is None else rate / 100


def _rectified_rate(point: TrendPoint) -> float | None:
    return point.money.rectified_rate if point.money else None


POINTS = ReportColumns[TrendPoint](
    ReportColumn("date", head="截至"),
    ReportColumn(
        "completion_rate",
        attrgetter("counts.completion_rate"),
        cell=lambda point: rate_cell(point.counts.completion_rate),
        numeric=True,
    ),
    ReportColumn("completed", attrgetter("counts.completed"), numeric=True, keep=2),
    ReportColumn("denominator", attrgetter("counts.denominator"), head="要完成的", numeric=True, keep=3),
    ReportColumn("closed", attrgetter("counts.closed"), numeric=True, keep=3),
    ReportColumn(
        "overdue", attrgetter("counts.overdue"), cell=lambda point: warned(point.counts.overdue), numeric=True
    ),
    ReportColumn("red", cell=lambda point: warned(point.red), numeric=True, keep=1),
    sum_column("amount", keep=4),
    sum_column("rectified", keep=4),
    ReportColumn(
        "rectified_rate",
        _rectified_rate,
        cell=lambda point: None if _rectified_rate(point) is None else rate_cell(_rectified_rate(point)),
        numeric=True,
        keep=4,
        if_any=True,
    ),
    sum_column("remaining", keep=4),
    ReportColumn("bar", head="走势", cell=lambda point: Cell(gauge(point.share)), in_data=False),
)


@frozen
class Trend:
    """``trend``: the points, oldest first. ``snapshot`` is that of the last day, with the same filters."""

    snapshot: Snapshot
    per: Per
    points: tuple[TrendPoint, ...]

    keys = Keys["Trend"](VERSION, PLAN, AS_OF, Key("per", head="间隔"), list_of("points", POINTS, head="各日"))

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV, of money only where there is any."""
        heads = POINTS.called(self.snapshot.plan.terms).heads
        return heads if any(point.money for point in self.points) else without_money(heads)

    def record(self) -> dict[str, object]:
        """The JSON of ``trend``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per point."""
        return [{key: values[key] for key in self.heads} for values in POINTS.records(self.points)]

    def document(self) -> Document:
        """The points as one table, each with its rate as a bar."""
        terms = self.snapshot.plan.terms
        said = Para(summary(self.points[0], self.points[-1], self.per, terms.rate))
        table = POINTS.called(terms).table(self.points)
        return Document(f"{self.snapshot.plan.title}：{terms.head('整改走势')}", (said, table))


def summary(first: TrendPoint, last: TrendPoint, per: Per, rate: str) -> str:
    """The first and the last point in a sentence; ``rate`` is what the completion rate is called."""
    before, now = (percent(point.counts.completion_rate) for point in (first, last))
    if first is last:
        return f"截至 {last.date}，{rate} {now}"
    return f"{first.date} 至 {last.date}，{_ENDS[per]}，{rate}从 {before} 到 {now}{_rectified(first, last)}"


def _rectified(first: TrendPoint, last: TrendPoint) -> str:
    """What was rectified at both ends, in one unit: ，已整改金额从 0万元 到 3400.25万元."""
    if not last.money:
        return ""
    from zhenggai.views.money import in_words  # imported here: few plans have money

    before = first.money.done.rectified if first.money else Decimal(0)
    return f"，已整改金额从 {in_words(before, last.money)} 到 {in_words(last.money.done.rectified, last.money)}"


def days_of(per: Per, since: date, until: date) -> tuple[date, ...]:
    """The last days of the weeks or months from that of ``since`` to that of ``until``; ``until`` itself is the last.

    >>> [str(day) for day in days_of(Per.MONTH, date(2020, 4, 10), date(2020, 6, 15))]
    ['2020-04-30', '2020-05-31', '2020-06-15']
    >>> days_of(Per.WEEK, date(2020, 4, 10), date(2020, 4, 10))
    (datetime.date(2020, 4, 10),)
    """
    return tuple(min(period_bounds(name)[1], until) for name in periods_between(per.value, since, until))


def trend(snapshot: Snapshot, on_days: Iterable[Snapshot], per: Per) -> Trend:
    """The trend that ends with ``snapshot``, from the snapshots of its days."""
    return Trend(snapshot, per, tuple(map(point_of, on_days)))


def point_of(snapshot: Snapshot) -> TrendPoint:
    """The tasks of a snapshot, counted."""
    red = sum(task.status.light is Light.RED for task in snapshot.tasks)
    return TrendPoint(snapshot.as_of, snapshot.counts, red, _money(snapshot))


def _money(snapshot: Snapshot) -> "MoneySums | None":
    if not snapshot.has_money:
        return None
    from zhenggai.rules.day.money_sums import plan_money  # imported here: few plans have money

    return plan_money(snapshot).whole
