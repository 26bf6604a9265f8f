"""``doctor``: the requirements of a clone or server, what is missing, what was repaired."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import ClassVar

from zhenggai.document import Cell, Document, Tone
from zhenggai.frozen import frozen
from zhenggai.views.columns import VERSION, Keys, ReportColumn, ReportColumns, list_of, object_of, tally


class Health(StrEnum):
    """The state of a requirement."""

    FINE = "好"
    MENDED = "修"
    LACKING = "缺"


_TONES = {Health.FINE: Tone.GREEN, Health.MENDED: Tone.BLUE, Health.LACKING: Tone.RED}


@frozen
class FittingLine:
    """A requirement: its name, what is missing or was done (``what``), and the next step (``remedy``)."""

    state: Health
    name: str
    what: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        """A line such as ``好　…`` or ``缺　…：… — 下一步：…``."""
        said = f"：{self.what}" if self.what else ""
        return f"{self.state}　{self.name}{said}{f' — 下一步：{self.remedy}' if self.remedy else ''}"


_COLUMNS = ReportColumns[FittingLine](
    ReportColumn("state", cell=lambda line: Cell(line.state, _TONES[line.state])),
    ReportColumn("name", head="项目", wrap=True),
    ReportColumn("what", wrap=True),
    ReportColumn("remedy", wrap=True),
)


@frozen
class Fittings:
    """All requirements; each comes after those that it depends on."""

    lines: tuple[FittingLine, ...]

    heads: ClassVar[Mapping[str, str]] = _COLUMNS.heads

    keys = Keys["Fittings"](
        VERSION,
        object_of("counts", tally(Health, attrgetter("state")), attrgetter("lines")),
        list_of("fittings", _COLUMNS, attrgetter("lines")),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``doctor``: counts by state, then all requirements."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per requirement."""
        return _COLUMNS.records(self.lines)

    def document(self) -> Document:
        """The requirements as a table."""
        return Document("体检", (_COLUMNS.table(self.lines),))
