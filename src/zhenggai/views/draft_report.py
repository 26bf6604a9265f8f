"""``draft``: what a paper says of a plan, and what a person must look at."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, ClassVar

from zhenggai.document import Block, Document, Para
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, Draft, DraftMeasure, DraftPhase, DraftProblem
from zhenggai.views.columns import VERSION, Key, Keys, ReportColumn, ReportColumns, list_of


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


def counted(draft: Draft) -> str:
    """How much was found: 6个问题、21项措施、3个阶段."""
    known = [problem for problem in draft.problems if problem.number is not None or problem.title]
    parts = (
        (len(known), "个问题"),
        (sum(len(problem.measures) for problem in draft.problems), "项措施"),
        (len(draft.phases), "个阶段"),
    )
    return "、".join(f"{number}{what}" for number, what in parts if number)


def doubt_lines(draft: Draft, doubts: Sequence[Doubt]) -> Iterator[str]:
    """The doubts as lines, one for all that are about the same: 21项措施没有写责任单位：第12–17、20行."""
    of_measures = {measure.place for problem in draft.problems for measure in problem.measures}
    abouts = list(dict.fromkeys(doubt.about for doubt in doubts))
    for about, group in groupby(
        sorted(doubts, key=lambda doubt: abouts.index(doubt.about)), key=lambda doubt: doubt.about
    ):
        found = list(group)
        lines = places([doubt.place.line for doubt in found if doubt.place.line])
        whys = list(dict.fromkeys(doubt.why for doubt in found if doubt.why))
        reason = f"（{whys[0]}{' 等' if len(whys) > 1 else ''}）" if whys else ""
        if len(found) == 1:
            yield f"{f'{lines}：' if lines else ''}{found[0].what}{reason}"
        elif all(doubt.place in of_measures for doubt in found):
            yield f"{len(found)}项措施{about}{f'：{lines}' if lines else ''}{reason}"
        else:
            yield f"{about} {len(found)}处{f'：{lines}' if lines else ''}{reason}"


def places(lines: Sequence[int]) -> str:
    """Lines of a paper, runs of them as spans.

    >>> places([12, 13, 14, 15, 16, 17, 20]), places([3]), places([])
    ('第12–17、20行', '第3行', '')
    """
    spans: list[list[int]] = []
    for line in sorted(set(lines)):
        if spans and line == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], line]
        else:
            spans.append([line])
    words = "、".join("–".join(map(str, span)) for span in spans)
    return f"第{words}行" if words else ""
