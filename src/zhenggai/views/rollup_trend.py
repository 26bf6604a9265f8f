"""``rollup trend``: how all counties together went, a row a week or month."""

from collections.abc import Mapping, Sequence

from zhenggai.document import Document, Para
from zhenggai.frozen import frozen
from zhenggai.model.money import NO_MONEY
from zhenggai.rollup.answers import DaySums
from zhenggai.rules.day.money_sums import MoneySums, unit_of
from zhenggai.views.columns import Key, Keys, ReportColumns, list_of
from zhenggai.views.money_columns import without_money
from zhenggai.views.rollup_coverage import COVERAGE, NOTE_HEAD, Coverage
from zhenggai.views.trend import POINTS, Per, TrendPoint, summary

_KEYS = ("date", "completion_rate", "completed", "denominator", "closed", "overdue", "red", "rectified", "bar")
_POINTS = ReportColumns[TrendPoint](*map(POINTS.__getitem__, _KEYS))


@frozen
class RollupTrend:
    """``rollup trend``: the points, oldest first."""

    coverage: Coverage
    per: Per
    points: tuple[TrendPoint, ...]

    keys = Keys["RollupTrend"](*COVERAGE, Key("per", head="间隔"), list_of("points", _POINTS, head="各日"))

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV, of money only where there is any."""
        heads = _POINTS.heads
        return {**(heads if any(p.money for p in self.points) else without_money(heads)), **NOTE_HEAD}

    def record(self) -> dict[str, object]:
        """The JSON of ``rollup trend``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per point, then what is to be known of counties."""
        rows = [{key: values[key] for key in self.heads if key in values} for values in _POINTS.records(self.points)]
        return [*rows, *self.coverage.rows()]

    def document(self) -> Document:
        """The points as one table, each with its rate as a bar."""
        said = Para(summary(self.points[0], self.points[-1], self.per, "完成率"))
        blocks = (*self.coverage.blocks(), said, _POINTS.table(self.points))
        return Document(f"{self.coverage.title}：整改走势", blocks)


def trend(coverage: Coverage, per: Per, days: Sequence[DaySums]) -> RollupTrend:
    """The report of the days, at least one, oldest first."""
    unit = unit_of(days[-1].money)
    return RollupTrend(coverage, per, tuple(_point(day, unit) for day in days))


def _point(day: DaySums, unit: str) -> TrendPoint:
    money = None if day.money == NO_MONEY else MoneySums(None, day.money, unit)
    return TrendPoint(day.date, day.counts, day.red, money)
