"""The answers of several plans in one: a heading a plan for people, a column in CSV, a list in JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from zhenggai.document import Block, Choice, Document, Facet, HasSums, Heading, Para, Report, Tone
from zhenggai.document.calendar import Calendar, HasCalendar
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.views.columns import Keys
from zhenggai.views.money_keys import MONEY_OF_PLANS, snapshot_of_money, tells_of_money

if TYPE_CHECKING:
    from zhenggai.rules.day.snapshot import Snapshot

PLAN_COLUMN = "plan"
PLANS = "plans"


@frozen
class SeveralPlans:
    """One report a plan, of the same kind, by the plan's number; at least one. ``lacking``: the plans that cannot be read."""

    reports: Mapping[str, Report]
    lacking: tuple[str, ...] = ()

    @property
    def heads(self) -> Mapping[str, str]:
        """The columns of the reports, after that of the plan; where their types call one otherwise, as most do."""
        found: dict[str, Counter[str]] = {}
        for report in self.reports.values():
            for key, head in report.heads.items():
                found.setdefault(key, Counter())[head] += 1
        return {PLAN_COLUMN: label_of(PLAN_COLUMN), **{key: heads.most_common(1)[0][0] for key, heads in found.items()}}

    def record(self) -> dict[str, object]:
        """The JSON: ``{"plans": […]}``, each as it is where it answers alone; ``money``: their sums, if they have some."""
        plans = [report.record() for report in self.reports.values()]
        return {PLANS: plans, **Keys[SeveralPlans](MONEY_OF_PLANS).record(self)}

    def rows(self) -> Sequence[Mapping[str, object]]:
        """The rows of all reports, in order."""
        return [{PLAN_COLUMN: number, **row} for number, report in self.reports.items() for row in report.rows()]

    def document(self) -> Document:
        """All reports, each under its title; before them their sums, if they have any."""
        blocks = [*self._lacking(), *self._sums()]
        parts = {number: report.document() for number, report in self.reports.items()}
        for number, part in parts.items():
            blocks += [Heading(f"【{number}】{part.title}"), *map(_lower, part.blocks)]
        is_brief = any(part.brief for part in parts.values())
        return Document(f"{len(parts)} 个方案", tuple(blocks), facets=_facets_of(parts.values()), brief=is_brief)

    def _lacking(self) -> Iterator[Block]:
        if self.lacking:
            yield Para(f"方案 {'、'.join(self.lacking)} 读不出来，没有计入。", Tone.RED)

    def calendar(self) -> Calendar:
        """The dates of all reports, which must have some."""
        found = [cast("HasCalendar", report).calendar() for report in self.reports.values()]
        name = "、".join(dict.fromkeys(calendar.name for calendar in found))
        events = tuple(event for calendar in found for event in calendar.events)
        return Calendar(name, max(calendar.as_of for calendar in found), events)

    def _sums(self) -> Iterator[Block]:
        first = next(iter(self.reports.values()))
        if isinstance(first, HasSums):
            yield first.sums(self.reports)
        if self.with_money:
            from zhenggai.views.plans_money import plans_money_blocks  # imported here: few plans have money

            yield from plans_money_blocks(self.with_money)

    @property
    def with_money(self) -> "list[Snapshot]":
        """The snapshots of the plans that have money, if the reports tell of it."""
        found = (snapshot_of_money(report) for report in self.reports.values() if tells_of_money(report))
        return [snapshot for snapshot in found if snapshot.has_money]


def _facets_of(parts: Iterable[Document]) -> tuple[Facet, ...]:
    """The facets of all parts, each choice once: a unit may have tasks in several plans."""
    found: dict[str, dict[str, Choice]] = {}
    for facet in (facet for part in parts for facet in part.facets):
        found.setdefault(facet.name, {}).update({choice.key: choice for choice in facet.choices})
    return tuple(Facet(name, tuple(choices.values())) for name, choices in found.items())


def _lower(block: Block) -> Block:
    """A block of a report as a part of the whole: its headings are a level lower."""
    return replace(block, level=block.level + 1) if isinstance(block, Heading) else block
