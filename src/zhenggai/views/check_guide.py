"""``check --list`` and ``check --explain``: the checks there are, and one of them with its samples."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from zhenggai.document import Block, Document, Heading, Para, Tone
from zhenggai.frozen import frozen
from zhenggai.ledger.check_explanation import ALL_CHECKS, Explanation, SampleLine
from zhenggai.rules.checks.named_check import Check
from zhenggai.views.check import level_cell
from zhenggai.views.columns import ReportColumn, ReportColumns
from zhenggai.views.task_lines import SCHEMA_VERSION

_CHECKS = ReportColumns[Check](
    ReportColumn("check", lambda c: c.name),
    ReportColumn("level", cell=lambda c: level_cell(c.level)),
    ReportColumn("about", head="查什么", wrap=True),
)


@frozen
class CheckList:
    """All checks, in the order in which they run; then what reading and the fold find."""

    heads: ClassVar[Mapping[str, str]] = _CHECKS.heads

    def record(self) -> dict[str, object]:
        """The JSON of ``check --list``."""
        return {"schema_version": SCHEMA_VERSION, "checks": self.rows()}

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per check."""
        return _CHECKS.records(ALL_CHECKS)

    def document(self) -> Document:
        """The table, and how to have one explained."""
        hint = "看一项查什么、怎么改：zhenggai check --explain 名称"
        return Document("检查一览", (_CHECKS.table(ALL_CHECKS), Para(hint, Tone.DIM)))


_LINES = ReportColumns[tuple[str, SampleLine]](
    ReportColumn("sample", lambda pair: pair[0], head="例子"),
    ReportColumn("path", lambda pair: pair[1].source.path),
    ReportColumn("line", lambda pair: pair[1].source.line),
    ReportColumn("text", lambda pair: pair[1].text, head="内容"),
)
_BAD, _GOOD = "不对的", "对的"


@frozen
class CheckGuide:
    """One check: what it finds, a bad sample with what is said of it, the remedy, and the good sample."""

    explanation: Explanation

    heads: ClassVar[Mapping[str, str]] = _LINES.heads

    def record(self) -> dict[str, object]:
        """The JSON of ``check --explain``."""
        e = self.explanation
        found = [{"path": d.source.path, "line": d.source.line, "what": d.what, "remedy": d.remedy} for d in e.found]
        return {"schema_version": SCHEMA_VERSION, **_CHECKS.record(e.check), "found": found, "lines": self.rows()}

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per line of the samples."""
        e = self.explanation
        return _LINES.records([*((_BAD, line) for line in e.bad), *((_GOOD, line) for line in e.good)])

    def document(self) -> Document:
        """The explanation for people to read."""
        e = self.explanation
        blocks: list[Block] = [Para(f"{e.check.about}。级别：{e.check.level}。"), Heading("不对的例子：", 2)]
        blocks += _shown(e.bad)
        blocks.append(Heading("检查指出：", 2))
        for found in e.found:
            blocks += [Para(f"{found.source}: {found.what}"), Para(f"下一步：{found.remedy}")]
        good = _shown(e.good) or [Para("同样的文件，没有上面多出的几行。")]
        blocks += [Heading("对的例子：", 2), *good]
        return Document(f"检查“{e.check.name}”", tuple(blocks))


def _shown(lines: Sequence[SampleLine]) -> list[Block]:
    return [Para(f"{line.source}:  {line.text}") for line in lines]
