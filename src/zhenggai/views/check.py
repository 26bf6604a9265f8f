"""``check``: the problems found, as a report."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from zhenggai.document import Cell, Column, Document, Para, Tone, row, table
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.source import Diagnostic, Level
from zhenggai.views.task_lines import SCHEMA_VERSION

_TONES = {Level.ERROR: Tone.RED, Level.WARNING: Tone.YELLOW, Level.DOUBT: Tone.BLUE}


@frozen
class Diagnostics:
    """Problems, in order of file and line."""

    diagnostics: tuple[Diagnostic, ...]

    heads: ClassVar[Mapping[str, str]] = {n: label_of(n) for n in ("path", "line", "level", "check", "what", "remedy")}

    def record(self) -> dict[str, object]:
        """The JSON of ``check``: counts by level, then all problems."""
        counts = {level.name.lower(): sum(p.level is level for p in self.diagnostics) for level in Level}
        return {"schema_version": SCHEMA_VERSION, "counts": counts, "problems": list(self.rows())}

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per problem."""
        return [
            {
                "path": p.source.path,
                "line": p.source.line,
                "level": p.level,
                "check": p.check,
                "what": p.what,
                "remedy": p.remedy,
            }
            for p in self.diagnostics
        ]

    def document(self) -> Document:
        """The problems as a table."""
        heads = ("位置", "级别", "检查", Column("情况", wrap=True), Column("办法", wrap=True))
        rows = [row(p.source, Cell(p.level, _TONES[p.level]), p.check, p.what, p.remedy) for p in self.diagnostics]
        return Document("检查结果", (table(heads, rows) if rows else Para("没有发现问题。"),))
