"""``check``: the problems found, as a report."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import ClassVar

from zhenggai.document import Cell, Document, Para, Tone
from zhenggai.frozen import frozen
from zhenggai.model.source import Diagnostic, Level
from zhenggai.views.columns import VERSION, Keys, ReportColumn, ReportColumns, list_of, object_of, tally

_TONES = {Level.ERROR: Tone.RED, Level.WARNING: Tone.YELLOW, Level.DOUBT: Tone.BLUE}


def level_cell(level: Level) -> Cell:
    """A level as a coloured cell."""
    return Cell(level, _TONES[level])


_COLUMNS = ReportColumns[Diagnostic](
    ReportColumn("path", attrgetter("source.path"), in_table=False),
    ReportColumn("line", attrgetter("source.line"), in_table=False),
    ReportColumn("place", lambda d: d.source, head="位置", in_data=False),
    ReportColumn("level", cell=lambda d: level_cell(d.level)),
    ReportColumn("check"),
    ReportColumn("what", wrap=True),
    ReportColumn("remedy", wrap=True),
)


@frozen
class Diagnostics:
    """Problems, in order of file and line."""

    diagnostics: tuple[Diagnostic, ...]

    heads: ClassVar[Mapping[str, str]] = _COLUMNS.heads

    keys = Keys["Diagnostics"](
        VERSION,
        object_of("counts", tally(Level, attrgetter("level")), attrgetter("diagnostics")),
        list_of("problems", _COLUMNS, attrgetter("diagnostics")),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``check``: counts by level, then all problems."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per problem."""
        return _COLUMNS.records(self.diagnostics)

    def document(self) -> Document:
        """The problems as a table."""
        shown = _COLUMNS.table(self.diagnostics) if self.diagnostics else Para("没有发现问题。")
        return Document("检查结果", (shown,))
