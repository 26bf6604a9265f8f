"""``import``: what a workbook is, before anything of it is written: sheets, columns, problems, entries, doubts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import ClassVar, Final

from zhenggai.document import Block, Document, Heading, Para, Table, Tone, columns, row
from zhenggai.frozen import frozen
from zhenggai.importing.content import Row, cell_name
from zhenggai.importing.draft import Doubt, DraftMeasure, DraftProblem, place_words
from zhenggai.importing.entries.entry_row import EntryRow
from zhenggai.importing.sheets.foreign_ledger import ForeignLedger, SheetUse
from zhenggai.importing.sheets.kinds import SheetKind
from zhenggai.importing.sheets.records import PASSED
from zhenggai.model.units import names_in
from zhenggai.views.columns import VERSION, Key, Keys, ListOf, ReportColumn, ReportColumns, list_of
from zhenggai.views.sheet_comparison import Difference, SheetComparison

_MOST: Final = 10
"""So many doubts of a sort have a line each; of the others only the places are told."""


def said(doubt: Doubt) -> str:
    """A doubt in a sentence."""
    why = f"（{doubt.why}）" if doubt.why else ""
    return f"{doubt.about}：{doubt.what}{why}" if doubt.what else f"{doubt.about}{why}"


SHEETS = ReportColumns[SheetUse](
    ReportColumn("name", head="工作表"), ReportColumn("used", head="读"), ReportColumn("why", head="说明", wrap=True)
)
_MEASURES = Keys[DraftMeasure](
    Key("number"),
    Key("content"),
    Key("line", attrgetter("place.line"), int, "行"),
    Key("cell", attrgetter("place.cell"), str, "格"),
    Key("lead", head="牵头单位"),
    Key("units", head="责任单位"),
    Key("person"),
    Key("deadline"),
    Key("due"),
)
PROBLEMS = Keys[DraftProblem](
    Key("number"),
    Key("title", head="问题"),
    Key("line", attrgetter("place.line"), int, "行"),
    Key("sheet", attrgetter("place.sheet"), str, "工作表"),
    Key("source", attrgetter("sources"), tuple[str, ...], "问题来源"),
    Key("aspects", head="方面"),
    Key("goal"),
    list_of("measures", _MEASURES, head="措施"),
)
ENTRIES = Keys[EntryRow](
    Key("measure", lambda row: row.text("措施"), str),
    Key("units", lambda row: names_in(row.text("单位")), tuple[str, ...], "责任单位"),
    Key("date", lambda row: row.text("日期") or None, str | None),
    Key("kind", attrgetter("kind"), str),
    Key("content", lambda row: row.text("内容") or None, str | None),
    Key("percent", lambda row: row.text("进度") or None, str | None),
    Key("place", attrgetter("place"), str, "录自"),
)
DOUBTS = ReportColumns[Doubt](
    ReportColumn("sheet", attrgetter("place.sheet"), head="工作表", gives=str),
    ReportColumn("cell", attrgetter("place.cell"), head="格", gives=str),
    ReportColumn("row", attrgetter("place.line"), head="行", gives=int),
    ReportColumn("what", said, head="疑点", gives=str, wrap=True),
)
_DIFFERENCES = ReportColumns[Difference](
    ReportColumn("sheet", attrgetter("place.sheet"), head="工作表", gives=str),
    ReportColumn("cell", attrgetter("place.cell"), head="格", gives=str),
    ReportColumn("head", head="列"),
    ReportColumn("told", head="表里", wrap=True),
    ReportColumn("own", head="这里", wrap=True),
)


def _differences(preview: "ImportPreview") -> list[dict[str, object]] | None:
    return None if preview.comparison is None else _DIFFERENCES.records(preview.comparison.differences)


@frozen
class ImportPreview:
    """What an ``import`` found.

    ``plan`` is the number of the plan that it is about, None if that is not here yet; ``entries`` are what it tells of that
    plan's measures, else of its own.
    """

    ledger: ForeignLedger
    entries: tuple[EntryRow, ...]
    doubts: tuple[Doubt, ...]
    plan: str | None = None
    comparison: SheetComparison | None = None

    heads: ClassVar[Mapping[str, str]] = DOUBTS.heads
    keys = Keys["ImportPreview"](
        VERSION,
        Key("kind", attrgetter("kind"), str, "是什么"),
        Key("layout", attrgetter("ledger.layout"), str, "版式"),
        Key("plan", head="已有的方案"),
        list_of("sheets", SHEETS, attrgetter("ledger.sheets"), "工作表"),
        Key("columns", attrgetter("fields"), dict[str, str | None], "列"),
        list_of("problems", PROBLEMS, attrgetter("problems"), "问题"),
        list_of("entries", ENTRIES, head="记录"),
        list_of("doubts", DOUBTS, head="疑点"),
        Key("differences", _differences, ListOf(_DIFFERENCES), "与方案和当天的状态不同的", optional=True),
    )

    @property
    def kind(self) -> str:
        """What comes of the workbook: 方案, or 进展 of a plan that is here, 统计."""
        is_plan = self.ledger.kind is SheetKind.PLAN
        return str(SheetKind.PROGRESS if is_plan and self.plan else self.ledger.kind)

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must look at something: a doubt that is more than a line that is no row, or a difference."""
        differs = self.comparison is not None and bool(self.comparison.differences)
        return differs or any(not doubt.about.startswith(PASSED) for doubt in self.doubts)

    @property
    def undated(self) -> tuple[EntryRow, ...]:
        """The entries that have no day."""
        return tuple(row for row in self.entries if not row.text("日期"))

    @property
    def problems(self) -> tuple[DraftProblem, ...]:
        """The problems of a plan."""
        return self.ledger.draft.problems if self.ledger.kind is SheetKind.PLAN else ()

    @property
    def fields(self) -> dict[str, str | None]:
        """What each column says, by its head; a second column with the same head has its letter behind it."""
        found: dict[str, str | None] = {}
        for table in self.ledger.tables[:1]:
            for column in table.columns:
                letter = cell_name(_NO_ROW, column.index).rstrip("0")
                found[f"{column.head}（{letter}列）" if column.head in found else column.head] = column.field
        for table in self.ledger.tables[1:]:
            found = {column.head: column.field for column in table.columns} | found
        return found

    def record(self) -> dict[str, object]:
        """The JSON of ``import``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per doubt."""
        return DOUBTS.records(self.doubts)

    def document(self) -> Document:
        """Sheets, columns, counts, differences. The doubts are told beside the answer, each with its place."""
        ledger = self.ledger
        sheets = (row(sheet.name, "读" if sheet.used else "不读", sheet.why) for sheet in ledger.sheets)
        blocks: list[Block] = [Para(self._counted())]
        if any(sheet.name for sheet in ledger.sheets):
            blocks += [Heading("工作表"), Table(columns("工作表", "读", "说明"), tuple(sheets))]
        blocks += [Heading("列"), *self._fields_said()]
        if self.comparison:
            blocks += [Heading("比一比"), *self._compared(self.comparison)]
        return Document(f"{ledger.source}：导入预览", tuple(blocks))

    def _fields_said(self) -> Iterator[Block]:
        """What the columns say: 反馈问题（问题）、整改目标."""
        known = [head if head == field else f"{head}（{field}）" for head, field in self.fields.items() if field]
        unknown = [head for head, field in self.fields.items() if not field]
        yield Para(f"认得 {len(known)} 列：{'、'.join(known)}。")
        if unknown:
            yield Para(f"没有用 {len(unknown)} 列：{'、'.join(unknown)}。", Tone.YELLOW)

    def _counted(self) -> str:
        what = f"{self.kind}，版式 {self.ledger.layout}"
        if self.ledger.kind is SheetKind.STATISTICS:
            return f"{what}：只比一比，不导入"
        measures = sum(len(problem.measures) for problem in self.problems)
        parts = [f"{len(self.problems)} 个问题", f"{measures} 项措施"] if self.problems else []
        about = f"，记进方案 {self.plan}" if self.plan else ""
        return f"{what}：{'、'.join([*parts, f'{len(self.entries)} 条记录'])}{about}"

    def _compared(self, found: SheetComparison) -> Iterator[Block]:
        differences = found.differences
        yield Para(f"{found.rows} 行，与方案 {self.plan} 和 {found.as_of} 的状态比：{len(differences)} 处不同")
        if differences:
            yield _DIFFERENCES.table(differences)


_NO_ROW = Row(0, ())


def doubt_lines(source: str, doubts: Sequence[Doubt]) -> Iterator[str]:
    """The doubts, those of a sort together, each with its place."""
    order = list(dict.fromkeys(doubt.about for doubt in doubts))
    for about, group in groupby(sorted(doubts, key=lambda doubt: order.index(doubt.about)), key=attrgetter("about")):
        found = list(group)
        yield from (f"{place_words(source, doubt.place)}: {said(doubt)}" for doubt in found[:_MOST])
        if more := found[_MOST:]:
            places = "、".join(dict.fromkeys(doubt.place.cell or str(doubt.place.line) for doubt in more))
            yield f"{source}: {about}，还有 {len(more)} 处：{places}"
