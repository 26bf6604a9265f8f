"""``import``: what a workbook is, before anything of it is written: sheets, columns, problems, entries, doubts."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import ClassVar

from zhenggai.document import Block, Document, Heading, Para, Table, columns, row
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, DraftMeasure, DraftProblem
from zhenggai.importing.entry_row import EntryRow
from zhenggai.importing.foreign_ledger import ForeignLedger, SheetUse
from zhenggai.model.units import names_in
from zhenggai.views.columns import VERSION, Key, Keys, ReportColumn, ReportColumns, list_of


def said(doubt: Doubt) -> str:
    """A doubt in a sentence."""
    why = f"（{doubt.why}）" if doubt.why else ""
    return f"{doubt.about}：{doubt.what}{why}" if doubt.what else f"{doubt.about}{why}"


_SHEETS = ReportColumns[SheetUse](
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
_PROBLEMS = Keys[DraftProblem](
    Key("number"),
    Key("title", head="问题"),
    Key("line", attrgetter("place.line"), int, "行"),
    Key("sheet", attrgetter("place.sheet"), str, "工作表"),
    Key("source", attrgetter("sources"), tuple[str, ...], "问题来源"),
    Key("aspects", head="方面"),
    Key("goal"),
    list_of("measures", _MEASURES, head="措施"),
)
_ENTRIES = Keys[EntryRow](
    Key("measure", lambda row: row.text("措施"), str),
    Key("units", lambda row: names_in(row.text("单位")), tuple[str, ...], "责任单位"),
    Key("date", lambda row: row.text("日期") or None, str | None),
    Key("kind", attrgetter("kind"), str),
    Key("content", lambda row: row.text("内容") or None, str | None),
    Key("percent", lambda row: row.text("进度") or None, str | None),
    Key("place", attrgetter("place"), str, "录自"),
)
_DOUBTS = ReportColumns[Doubt](
    ReportColumn("sheet", attrgetter("place.sheet"), head="工作表", gives=str),
    ReportColumn("cell", attrgetter("place.cell"), head="格", gives=str),
    ReportColumn("row", attrgetter("place.line"), head="行", gives=int),
    ReportColumn("what", said, head="疑点", gives=str, wrap=True),
)


def _fields(preview: "ImportPreview") -> dict[str, str | None]:
    return {column.head: column.field for column in preview.ledger.columns}


@frozen
class ImportPreview:
    """What an ``import`` found."""

    ledger: ForeignLedger

    heads: ClassVar[Mapping[str, str]] = _DOUBTS.heads
    keys = Keys["ImportPreview"](
        VERSION,
        Key("kind", attrgetter("ledger.kind.value"), str, "是什么"),
        Key("layout", attrgetter("ledger.layout"), str, "版式"),
        list_of("sheets", _SHEETS, attrgetter("ledger.sheets"), "工作表"),
        Key("columns", _fields, dict[str, str | None], "列"),
        list_of("problems", _PROBLEMS, attrgetter("ledger.draft.problems"), "问题"),
        list_of("entries", _ENTRIES, attrgetter("ledger.entries.rows"), "记录"),
        list_of("doubts", _DOUBTS, attrgetter("ledger.doubts"), "疑点"),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``import``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per doubt."""
        return _DOUBTS.records(self.ledger.doubts)

    def document(self) -> Document:
        """Sheets, columns, counts, doubts."""
        ledger = self.ledger
        problems = ledger.draft.problems
        measures = sum(len(problem.measures) for problem in problems)
        blocks: list[Block] = [
            Para(
                f"{ledger.kind}，版式 {ledger.layout}：{len(problems)} 个问题、{measures} 项措施、{len(ledger.entries.rows)} 条记录"
            ),
            Heading("工作表"),
            Table(
                columns("工作表", "读", "说明"),
                tuple(row(sheet.name, "读" if sheet.used else "不读", sheet.why) for sheet in ledger.sheets),
            ),
            Heading("列"),
            Table(
                columns("表里的列", "当作"),
                tuple(row(column.head, column.field or "（没有用）") for column in ledger.columns),
            ),
        ]
        return Document(f"{ledger.source}：导入预览", tuple(blocks))
