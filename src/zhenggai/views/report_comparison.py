"""What has become of an issued report: what today's ledger says of its period that the report did not (``--compare``)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from zhenggai.document import Block, Column, Document, Heading, Para, Tone, row, table
from zhenggai.frozen import frozen
from zhenggai.model.issued_report import Issue
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import ending
from zhenggai.model.wording import full_day
from zhenggai.rules.plan.plan_on_day import PlanChange
from zhenggai.views.periodical import Periodical
from zhenggai.views.report_differences import FIGURE, KINDS, PLAN, TASK, Difference, differences_of
from zhenggai.views.task_lines import SCHEMA_VERSION

_NAMES = ("kind", "what", "measure", "unit", "old", "new", "date", "recorded", "number")


@frozen
class Comparison:
    """``--compare``: the issue, and what differs from it today, in order of kind."""

    title: str
    issue: Issue
    differences: tuple[Difference, ...]

    heads: ClassVar[Mapping[str, str]] = {n: label_of(n) for n in _NAMES} | {"kind": "变化", "recorded": "记录日"}

    def record(self) -> dict[str, object]:
        """The JSON of ``--compare``; ``altered`` is whether the text under 报告/ is not the one that went out."""
        issue = self.issue
        return {
            "schema_version": SCHEMA_VERSION,
            "kind": issue.kind,
            "number": issue.number,
            "start": issue.start,
            "end": issue.end,
            "as_of": issue.as_of,
            "issued": issue.issued,
            "altered": issue.is_altered,
            "differences": list(self.rows()),
        }

    def rows(self) -> Sequence[Mapping[str, object]]:
        """A row a difference."""
        return [{name: getattr(d, name) for name in _NAMES} for d in self.differences]

    def document(self) -> Document:
        """What differs, a table a kind; said plainly when nothing does."""
        issue = self.issue
        span = f"统计区间：{full_day(issue.start)}至{full_day(issue.end)}（数据截至{full_day(issue.as_of)}）"
        blocks: list[Block] = [Para(f"{span}，{full_day(issue.issued)}印发")]
        if issue.is_altered:
            gone = "不见了" if issue.text is None else "被改动过，与印发时的校验值不符"
            blocks.append(Para(f"注意：印发的原文（{issue.name}.txt）{gone}。", Tone.RED))
        for kind in KINDS:
            if here := [d for d in self.differences if d.kind == kind]:
                blocks.append(Heading(f"{kind}{len(here)}{'处' if kind in (FIGURE, TASK, PLAN) else '条'}", 2))
                blocks.append(_figures(here) if kind == FIGURE else _table(here))
        if not self.differences:
            blocks.append(Para("没有变化。"))
        return Document(f"{self.title}{issue.title}（第{issue.number}期）印发后的变化", tuple(blocks))


def _figures(found: Sequence[Difference]) -> Block:
    heads = (Column("项目", wrap=True), Column("印发时", numeric=True), Column("现在", numeric=True))
    return table(heads, [row(d.what, d.old, d.new) for d in found])


def _table(found: Sequence[Difference]) -> Block:
    heads = [
        Column("日期"),
        Column("记录日", keep=3),
        Column("措施", keep=1),
        Column("单位", wrap=True),
        Column("事项", wrap=True, keep=2),
        Column("印发时", wrap=True),
        Column("现在", wrap=True),
        Column("编号", keep=5),
    ]
    rows = [(d.date, d.recorded, d.measure, d.unit, d.what, d.old, d.new, ending(d.number or "")) for d in found]
    filled = [any(values[nth] for values in rows) for nth in range(len(heads))]
    shown = [nth for nth, is_filled in enumerate(filled) if is_filled]
    return table([heads[n] for n in shown], [row(*(values[n] for n in shown)) for values in rows])


def compare(issue: Issue, now: Periodical, adjusted: Iterable[PlanChange] = ()) -> Comparison:
    """The comparison of an issue with the same report as it would be today.

    ``adjusted`` are the changes to the plan that hold on its day and were registered later.
    """
    found = sorted(differences_of(issue, now, adjusted), key=lambda d: KINDS.index(d.kind))
    return Comparison(now.picture.plan.title, issue, tuple(found))
