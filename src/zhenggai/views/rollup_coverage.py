"""Which counties a roll-up is made of: it stands on top of each of its reports. Who is left out and why, of whom not all is used."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from zhenggai.document import Block, Cell, Para, Tone
from zhenggai.frozen import frozen
from zhenggai.rollup.intake import Kept, LeftOut
from zhenggai.views.columns import VERSION, Key, ReportColumn, ReportColumns, list_of

NOTE = "note"
"""The column of CSV that says what is to be known of a county."""
NOTE_HEAD = {NOTE: "说明"}
DEMO = "演示数据"


def _red(left_out: LeftOut) -> Cell:
    return Cell(left_out.county.name, Tone.RED)


_USED = ReportColumns[Kept](
    ReportColumn("code", attrgetter("county.code"), head="代码", in_table=False),
    ReportColumn("name", attrgetter("county.name"), head="县"),
    ReportColumn("through", attrgetter("manifest.through"), head="数据到"),
    ReportColumn("commit", attrgetter("manifest.commit"), in_table=False, gives=str | None),
    ReportColumn("demo", attrgetter("manifest.demo"), head="演示", in_table=False),
    ReportColumn(NOTE, head="说明", wrap=True),
)
_LEFT_OUT = ReportColumns[LeftOut](
    ReportColumn("code", attrgetter("county.code"), head="代码", in_table=False),
    ReportColumn("name", attrgetter("county.name"), head="县", cell=_red),
    ReportColumn("why", wrap=True),
    ReportColumn("remedy", wrap=True),
)


@frozen
class Coverage:
    """What a roll-up is called, its day, its counties that are used, and those of which nothing is; both in the order of the list."""

    title: str
    day: date
    used: tuple[Kept, ...]
    left_out: tuple[LeftOut, ...] = ()

    def marked(self, name: str) -> str:
        """The name of a county; one for demonstration says so: 示范县（演示）."""
        return f"{name}（演示）" if name in self._demo else name

    @property
    def _demo(self) -> list[str]:
        return [one.county.name for one in self.used if one.manifest.demo]

    def blocks(self) -> Iterator[Block]:
        """The day and the number of counties, those left out, those of which not all is used."""
        whole = len(self.used) + len(self.left_out)
        yield Para(f"截至 {self.day}，共 {whole} 个县，用了 {len(self.used)} 个县的数据")
        if demo := self._demo:
            yield Para(f"{'、'.join(demo)}是{DEMO}。", Tone.YELLOW)
        if self.left_out:
            yield _LEFT_OUT.table(self.left_out, f"没有计入的县（{len(self.left_out)} 个）")
        if noted := [one for one in self.used if one.note]:
            yield _USED.table(noted, f"数据不是最新、不全的县（{len(noted)} 个）")

    def rows(self, county: str | None = None) -> Sequence[Mapping[str, object]]:
        """What is to be known of counties as rows of CSV. ``county``: the column for their names; without one the note has them."""
        said = [(one.county.name, f"没有计入：{one.why}；{one.remedy}") for one in self.left_out]
        said += [(one.county.name, one.note) for one in self.used if one.note]
        said += [(name, DEMO) for name in self._demo]
        return [{county: name, NOTE: note} if county else {NOTE: f"{name}：{note}"} for name, note in said]


COVERAGE: tuple[Key[Any], ...] = (
    VERSION,
    Key("title", attrgetter("coverage.title"), str),
    Key("as_of", attrgetter("coverage.day"), date),
    list_of("counties", _USED, attrgetter("coverage.used"), "用了数据的县"),
    list_of("left_out", _LEFT_OUT, attrgetter("coverage.left_out"), "没有计入的县"),
)
"""With these begins the JSON of each report."""
