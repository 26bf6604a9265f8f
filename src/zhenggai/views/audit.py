"""``audit``: the problems of an audit as a report."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import ClassVar

from zhenggai.document import Document, Para
from zhenggai.frozen import frozen
from zhenggai.model.observation import Audit, Observation
from zhenggai.model.source import Level
from zhenggai.views.check import level_cell
from zhenggai.views.columns import VERSION, Key, Keys, ReportColumn, ReportColumns, list_of, object_of

_COLUMNS = ReportColumns[Observation](
    ReportColumn("day", head="日期"),
    ReportColumn("level", cell=lambda seen: level_cell(seen.level)),
    ReportColumn("check"),
    ReportColumn("path", keep=1),
    ReportColumn("number"),
    ReportColumn("what", wrap=True),
    ReportColumn("remedy", wrap=True, keep=2),
    ReportColumn("author", cell=lambda seen: f"{seen.author} <{seen.email}>", keep=3),
    ReportColumn("email", in_table=False),
    ReportColumn("commit", cell=lambda seen: seen.commit[:10], keep=4),
)
_MOST_UNITS = 10
_MOST_REFUSED = 20


def _unheld(report: "AuditReport") -> dict[str, int]:
    return dict(report.audit.unheld)


_COUNTS = Keys[Audit](
    Key("error", attrgetter("errors"), head=Level.ERROR),
    Key("doubt", lambda audit: len(audit.observations) - audit.errors, int, Level.DOUBT),
)


@frozen
class AuditReport:
    """The problems of an audit, in order of day."""

    audit: Audit

    heads: ClassVar[Mapping[str, str]] = _COLUMNS.heads

    keys = Keys["AuditReport"](
        VERSION,
        Key("commits", attrgetter("audit.commits")),
        Key("cut", attrgetter("audit.cut")),
        object_of("counts", _COUNTS, attrgetter("audit")),
        list_of("observations", _COLUMNS, attrgetter("audit.observations")),
        Key("units_without_identities", _unheld),
        Key("changes_without_administrators", attrgetter("audit.unadministered")),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``audit``: counts by level, then all problems."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per problem."""
        return _COLUMNS.records(self.audit.observations)

    def document(self) -> Document:
        """The problems as a table, then the limits of the audit."""
        seen = self.audit.observations
        shown = _COLUMNS.table(seen) if seen else Para("没有发现问题。")
        return Document("历史核对结果", (shown, *(Para(note) for note in notes(self.audit))))


def notes(audit: Audit) -> Iterator[str]:
    """Sentences about what the audit could not check: units without identities, an incomplete history and the like."""
    if audit.cut:
        yield "这是浅克隆，更早的历史不在这里，只核对了有的部分（取回全部：git fetch --unshallow）"
    if audit.unheld:
        units = [f"{unit} {count} 条" for unit, count in audit.unheld[:_MOST_UNITS]]
        more = f"……共 {len(audit.unheld)} 个单位" if len(audit.unheld) > _MOST_UNITS else ""
        yield f"单位册没有写“身份”，未核对是谁写的：{'、'.join(units)}{more}（下一步：在 plans/units.yaml 补上“身份”）"
    if audit.unadministered:
        what = "单位册没有写“管理”，工作专班、复核单位也没有“身份”，未核对是谁改的方案、单位册和印发的报告"
        yield f"{what}：{audit.unadministered} 次（下一步：在 plans/units.yaml 开头写上 管理: [邮箱]）"


def refusal(pushed: Sequence[tuple[str, Audit]], width: int) -> Iterator[str]:
    """A server's message about a push, in lines of at most ``width`` characters; git puts ``remote:`` before each."""
    seen = [(ref.removeprefix("refs/heads/"), one) for ref, audit in pushed for one in audit.observations]
    if errors := sum(audit.errors for _, audit in pushed):
        yield f"这次推送被拒绝：{errors} 处错误。服务器上的台账没有改变，您电脑上的也还在。"
    seen.sort(key=lambda named: named[1].level is not Level.ERROR)  # errors first: they are why it was refused
    for name, one in seen[:_MOST_REFUSED]:
        level = "" if one.level is Level.ERROR else f"（{one.level}）"
        lines = (
            f"{one.check}{level}：{one.path or name} {one.number}".rstrip(),
            f"  {one.what}",
            *([f"  {name}：{one.who}"] if one.commit else []),
            f"  下一步：{one.remedy}",
        )
        for line in lines:
            yield from (line[at : at + width] for at in range(0, len(line), width))
    if len(seen) > _MOST_REFUSED:
        yield f"……另有 {len(seen) - _MOST_REFUSED} 处；在您的电脑上运行 zhenggai audit 看全部"
