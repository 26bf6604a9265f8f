"""``rollup rank``: the units of all counties ranked within their class, or the counties themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, cast

from zhenggai.document import Block, Document, Para
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.terms import USUAL
from zhenggai.rules.day.ranking import SMALL, ClassRanking, Ranked
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.rank import RANKED, class_tables, ranking_notes
from zhenggai.views.rollup_coverage import COVERAGE, NOTE_HEAD, Coverage

if TYPE_CHECKING:
    from zhenggai.rollup.answers import CountyUnitScore


def _with_county() -> ReportColumns[Ranked]:
    """The columns of ``rank``, with that of the county before the unit."""
    columns = list(RANKED.columns)
    place = next(nth for nth, column in enumerate(columns) if column.key == "unit")
    county = ReportColumn[Ranked]("county", attrgetter("score.county"), "县", wrap=True, weight=2, gives=str)
    return ReportColumns[Ranked](*columns[:place], county, *columns[place:])


_COLUMNS = _with_county()
_COUNTIES = _COLUMNS.arranged(*(column.key for column in _COLUMNS.columns if column.key != "unit"))
_CLASSES = Keys[ClassRanking](Key("category", attrgetter("name")), list_of("units", _COLUMNS, head="单位"))


@frozen
class RollupRank:
    """``rollup rank``: the classes; of counties, one without a name, in which each stands as a unit of its own name."""

    coverage: Coverage
    of_counties: bool
    classes: tuple[ClassRanking, ...]

    keys = Keys["RollupRank"](
        *COVERAGE,
        Key("small", lambda _: SMALL, int, "应完成不足几件的另排"),
        Key("of_counties", head="排的是县"),
        list_of("classes", _CLASSES),
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        if self.of_counties:
            return {**_COUNTIES.heads, **NOTE_HEAD}
        return {"category": label_of("category"), **_COLUMNS.heads, **NOTE_HEAD}

    def record(self) -> dict[str, object]:
        """The JSON of ``rollup rank``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per unit of each class, or per county, then what is to be known of counties."""
        ranked = [{"category": c.name, **_COLUMNS.record(r)} for c in self.classes for r in c.units]
        rows = [{key: values[key] for key in self.heads if key in values} for values in ranked]
        return [*rows, *self.coverage.rows("county")]

    def document(self) -> Document:
        """The tables, and an explanation of places and rates."""
        columns = _COUNTIES if self.of_counties else _COLUMNS
        blocks: list[Block] = [*self.coverage.blocks()]
        shown = [replace(c, units=tuple(map(self._marked, c.units))) for c in self.classes]
        what = "县" if self.of_counties else "单位"
        blocks += class_tables(shown, columns, USUAL, *(["各县"] if self.of_counties else [])) or [
            Para(f"没有可比较的{what}。")
        ]
        within = (
            "以县为单位比较，一个县的数是它各单位之和" if self.of_counties else "各县的单位合在一起排，只在本类之内比较"
        )
        weeks = "；县的是它各单位的相加" if self.of_counties else "；几个方案的相加"
        title = f"{self.coverage.title}：{what}排名"
        return Document(title, (*blocks, *ranking_notes(USUAL.done, within, weeks)))

    def _marked(self, ranked: Ranked) -> Ranked:
        score = cast("CountyUnitScore", ranked.score)
        return replace(ranked, score=replace(score, county=self.coverage.marked(score.county)))


def rank(coverage: Coverage, classes: Sequence[ClassRanking], *, of_counties: bool = False) -> RollupRank:
    """The report of the rankings, whose scores are ``CountyUnitScore``."""
    return RollupRank(coverage, of_counties, tuple(classes))
