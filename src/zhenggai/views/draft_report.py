"""``draft``: what a paper says of a plan, and what a person must look at."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, ClassVar

from zhenggai.document import Block, Document, Para
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, Draft, DraftMeasure, DraftPhase, DraftProblem
from zhenggai.views.columns import VERSION, Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.draft_doubts import counted, doubt_lines


def _line(part: Any) -> int | None:
    """The line of anything with a place."""
    line: int = part.place.line
    return line or None


_LINE = Key[Any]("line", _line, head="行")
_MEASURES = Keys[DraftMeasure](
    Key("number"),
    Key("content"),
    _LINE,
    Key("lead", head="牵头单位"),
    Key("units"),
    Key("person"),
    Key("deadline"),
    Key("due"),
)
_PROBLEMS = Keys[DraftProblem](Key("number"), Key("title", head="问题"), _LINE, list_of("measures", _MEASURES))
_PHASES = Keys[DraftPhase](Key("name"), Key("start"), Key("end"), _LINE)
_DOUBTS = Keys[Doubt](_LINE, Key("what", head="疑点"), Key("why", head="根据"))


@frozen
class _Row:
    """A measure with its problem."""

    problem: DraftProblem
    measure: DraftMeasure


_ROWS = ReportColumns[_Row](
    ReportColumn("problem", attrgetter("problem.number"), head="问题号"),
    ReportColumn("title", attrgetter("problem.title"), head="问题", wrap=True, merged=True, limit=30),
    ReportColumn("number", attrgetter("measure.number")),
    ReportColumn("content", attrgetter("measure.content"), wrap=True, weight=2, limit=60),
    ReportColumn("lead", lambda row: "、".join(row.measure.lead), head="牵头单位", gives=str, unless_blank=True),
    ReportColumn("units", lambda row: "、".join(row.measure.units), gives=str, unless_blank=True),
    ReportColumn("person", attrgetter("measure.person"), unless_blank=True),
    ReportColumn("deadline", attrgetter("measure.deadline"), unless_blank=True),
    ReportColumn("due", attrgetter("measure.due"), unless_blank=True),
    ReportColumn("line", lambda row: row.measure.place.line, head="行", gives=int),
)


@frozen
class DraftReport:
    """A draft with its doubts, among them those about what the plan needs beyond the paper."""

    draft: Draft
    doubts: tuple[Doubt, ...]

    heads: ClassVar[Mapping[str, str]] = _ROWS.heads

    keys = Keys["DraftReport"](
        VERSION,
        Key("source", attrgetter("draft.source"), head="文件"),
        Key("title", attrgetter("draft.title"), head="标题"),
        Key("year", attrgetter("draft.year")),
        Key("issued", attrgetter("draft.issued")),
        Key("units", attrgetter("draft.units")),
        list_of("problems", _PROBLEMS, attrgetter("draft.problems"), "问题"),
        list_of("phases", _PHASES, attrgetter("draft.phases")),
        list_of("doubts", _DOUBTS, head="疑点"),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``draft``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """A row for each measure; a problem without measures has none."""
        return _ROWS.records(self._rows())

    def document(self) -> Document:
        """The measures as a table, then the doubts."""
        blocks: list[Block] = [Para(counted(self.draft)), _ROWS.table(self._rows())]
        blocks += [Para(line) for line in doubt_lines(self.draft, self.doubts)]
        return Document(self.draft.title or self.draft.source, tuple(blocks))

    def _rows(self) -> Iterator[_Row]:
        return (_Row(problem, measure) for problem in self.draft.problems for measure in problem.measures)
