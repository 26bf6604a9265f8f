"""``check --list`` and ``check --explain``: the checks there are, and one of them with its samples."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import ClassVar, NamedTuple

from zhenggai.document import Block, Document, Heading, Para, Tone
from zhenggai.frozen import frozen
from zhenggai.ledger.check_explanation import ALL_CHECKS, Explanation, SampleLine
from zhenggai.model.source import Diagnostic
from zhenggai.rules.checks.named_check import Check
from zhenggai.views.check import level_cell
from zhenggai.views.columns import VERSION, Key, Keys, ListOf, ReportColumn, ReportColumns, list_of

_CHECKS = ReportColumns[Check](
    ReportColumn("check", attrgetter("name")),
    ReportColumn("level", cell=lambda c: level_cell(c.level)),
    ReportColumn("about", head="查什么", wrap=True),
)


@frozen
class CheckList:
    """All checks, in the order in which they run; then what reading and the fold find."""

    heads: ClassVar[Mapping[str, str]] = _CHECKS.heads

    keys = Keys["CheckList"](VERSION, list_of("checks", _CHECKS, lambda _: ALL_CHECKS))

    def record(self) -> dict[str, object]:
        """The JSON of ``check --list``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per check."""
        return _CHECKS.records(ALL_CHECKS)

    def document(self) -> Document:
        """The table, and how to have one explained."""
        hint = "看一项查什么、怎么改：zhenggai check --explain 名称"
        return Document("检查一览", (_CHECKS.table(ALL_CHECKS), Para(hint, Tone.DIM)))


class ShownLine(NamedTuple):
    """A line of a sample, and which sample it is of."""

    sample: str
    of_sample: SampleLine


_LINES = ReportColumns[ShownLine](
    ReportColumn("sample", head="例子"),
    ReportColumn("path", attrgetter("of_sample.source.path")),
    ReportColumn("line", attrgetter("of_sample.source.line")),
    ReportColumn("text", attrgetter("of_sample.text"), head="内容"),
)
_FOUND = Keys[Diagnostic](
    Key("path", attrgetter("source.path")), Key("line", attrgetter("source.line")), Key("what"), Key("remedy")
)
_BAD, _GOOD = "不对的", "对的"


@frozen
class CheckGuide:
    """One check: what it finds, a bad sample with what is said of it, the remedy, and the good sample."""

    explanation: Explanation

    heads: ClassVar[Mapping[str, str]] = _LINES.heads

    keys = Keys["CheckGuide"](
        VERSION,
        *_CHECKS.through(attrgetter("explanation.check")),
        list_of("found", _FOUND, attrgetter("explanation.found")),
        Key("lines", lambda guide: guide.rows(), ListOf(_LINES)),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``check --explain``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per line of the samples."""
        e = self.explanation
        return _LINES.records(
            [*(ShownLine(_BAD, line) for line in e.bad), *(ShownLine(_GOOD, line) for line in e.good)]
        )

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
