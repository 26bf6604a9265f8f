"""Which counties a roll-up is made of: it stands on top of each of its reports. Who is left out and why, who is on an older copy."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from zhenggai.document import Block, Cell, Para, Tone
from zhenggai.frozen import frozen
from zhenggai.views.columns import VERSION, Key, ReportColumn, ReportColumns, list_of

NOTE = "note"
"""The column of CSV that says what is to be known of a county."""
NOTE_HEAD = {NOTE: "说明"}
DEMO = "演示数据"


@frozen(kw_only=True)
class UsedCounty:
    """A county whose facts are summed. ``through``: the last day they hold; ``note``: why it is not what it published last, else ""."""

    code: str
    name: str
    through: date
    commit: str | None = None
    demo: bool = False
    note: str = ""


@frozen(kw_only=True)
class LeftOutCounty:
    """A county of which nothing is summed."""

    code: str
    name: str
    why: str
    remedy: str


def _red(county: LeftOutCounty) -> Cell:
    return Cell(county.name, Tone.RED)


_USED = ReportColumns[UsedCounty](
    ReportColumn("code", head="代码", in_table=False),
    ReportColumn("name", head="县"),
    ReportColumn("through", head="数据到"),
    ReportColumn("commit", in_table=False),
    ReportColumn("demo", head="演示", in_table=False),
    ReportColumn(NOTE, head="说明", wrap=True),
)
_LEFT_OUT = ReportColumns[LeftOutCounty](
    ReportColumn("code", head="代码", in_table=False),
    ReportColumn("name", head="县", cell=_red),
    ReportColumn("why", wrap=True),
    ReportColumn("remedy", wrap=True),
)


@frozen
class Coverage:
    """What a roll-up is called, its day, and its counties, in the order of 汇总.yaml."""

    title: str
    day: date
    used: tuple[UsedCounty, ...]
    left_out: tuple[LeftOutCounty, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all counties, in order."""
        return (*(county.name for county in self.used), *(county.name for county in self.left_out))

    def marked(self, name: str) -> str:
        """The name of a county; one for demonstration says so: 示范县（演示）."""
        demo = any(county.demo and county.name == name for county in self.used)
        return f"{name}（演示）" if demo else name

    def blocks(self) -> Iterator[Block]:
        """The day and the number of counties, those left out, those on an older copy."""
        whole = len(self.used) + len(self.left_out)
        yield Para(f"截至 {self.day}，共 {whole} 个县，用了 {len(self.used)} 个县的数据")
        if demo := [county.name for county in self.used if county.demo]:
            yield Para(f"{'、'.join(demo)}是{DEMO}。", Tone.YELLOW)
        if self.left_out:
            yield _LEFT_OUT.table(self.left_out, f"没有计入的县（{len(self.left_out)} 个）")
        if older := [county for county in self.used if county.note]:
            yield _USED.table(older, f"沿用上一次数据的县（{len(older)} 个）")

    def rows(self, county: str | None = None) -> Sequence[Mapping[str, object]]:
        """What is to be known of counties as rows of CSV. ``county``: the column for their names; without one the note has them."""
        said = [(one.name, f"没有计入：{one.why}；{one.remedy}") for one in self.left_out]
        said += [(one.name, note) for one in self.used for note in (DEMO if one.demo else "", one.note) if note]
        return [{county: name, NOTE: note} if county else {NOTE: f"{name}：{note}"} for name, note in said]


COVERAGE: tuple[Key[Any], ...] = (
    VERSION,
    Key("title", attrgetter("coverage.title"), str),
    Key("as_of", attrgetter("coverage.day"), date),
    list_of("counties", _USED, attrgetter("coverage.used"), "用了数据的县"),
    list_of("left_out", _LEFT_OUT, attrgetter("coverage.left_out"), "没有计入的县"),
)
"""With these begins the JSON of each report."""
