"""``facts``: what a county has published. Its JSON is the manifest."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import ClassVar

from zhenggai.document import Document, Para
from zhenggai.facts.manifest import Manifest
from zhenggai.frozen import frozen
from zhenggai.views.columns import Keys, ReportColumn, ReportColumns, fields_of


@frozen
class PlanFacts:
    """The facts of a plan. ``tasks``: how many it has on the last day; ``rows``, ``bytes``: those of its files."""

    plan: str
    tasks: int
    rows: int
    bytes: int


_COLUMNS = ReportColumns[PlanFacts](
    ReportColumn("plan"),
    ReportColumn("tasks", numeric=True),
    ReportColumn("rows", head="行数", numeric=True),
    ReportColumn("bytes", head="字节", numeric=True),
)


@frozen
class Published:
    """A manifest, the folder that it stands in, and what it says of each plan."""

    manifest: Manifest
    folder: str
    plans: tuple[PlanFacts, ...]

    heads: ClassVar[Mapping[str, str]] = _COLUMNS.heads

    keys = Keys["Published"](
        *fields_of(
            Manifest,
            schema="格式",
            program="程序",
            county="县",
            dirty="有没有提交的改动",
            demo="演示",
            since="第一天",
            through="最后一天",
            unread="读不出的方案",
            plans="各方案",
        ).through(attrgetter("manifest"))
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``facts``: the manifest."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per plan."""
        return _COLUMNS.records(self.plans)

    def document(self) -> Document:
        """The plans as a table."""
        manifest = self.manifest
        whose = f"{manifest.county}，" if manifest.county else ""
        said = f"{whose}{manifest.since} 至 {manifest.through}，写在 {self.folder}"
        return Document("报数", (Para(said), _COLUMNS.table(self.plans)))
