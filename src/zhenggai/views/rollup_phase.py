"""``rollup phase``: what became of the tasks that were due in each phase, by county or by something else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from zhenggai.document import Block, Document, Para, TableForm
from zhenggai.frozen import frozen, types_of
from zhenggai.model.terms import USUAL
from zhenggai.rollup.answers import GroupPhase
from zhenggai.rollup.groups import By
from zhenggai.rules.day.phase_outcome import PhaseOutcome
from zhenggai.rules.plan.phases import AFTER, BEFORE
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.phase import OUTCOME, outcome_words
from zhenggai.views.rollup_coverage import COVERAGE, NOTE_HEAD, Coverage

_OUTSIDE: Mapping[int, str] = {BEFORE: "阶段前到期", AFTER: "阶段后到期"}

_KEEP: Mapping[str, int] = {"on_time_rate": 0, "due": 1, "open": 1}
"""On a narrow screen the rate says most of a phase of a county."""


class _Row(NamedTuple):
    """A phase of a group, or the sums. ``running``: its tasks that the plan puts into the phase, whenever they are due."""

    name: str
    number: int | None
    phase: str
    running: int | None
    outcome: PhaseOutcome


def _phase(row: _Row) -> str:
    return row.phase if row.number is None or row.number in _OUTSIDE else f"{row.number} {row.phase}"


_COLUMNS = ReportColumns[_Row](
    ReportColumn("name", wrap=True, weight=2, merged=True),
    ReportColumn("number", head="阶段号", in_table=False),
    ReportColumn("phase", cell=_phase, wrap=True, weight=2),
    ReportColumn("running", head="推进的任务", numeric=True, keep=4),
    *(column._replace(keep=_KEEP.get(column.key, column.keep)) for column in OUTCOME.of(attrgetter("outcome"))),
)


@frozen
class RollupPhase:
    """``rollup phase``: a row per group and phase."""

    coverage: Coverage
    by: By
    phases: tuple[_Row, ...]

    keys = Keys["RollupPhase"](*COVERAGE, Key("by", head="按什么分列"), list_of("phases", _COLUMNS, head="各阶段"))

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return {**_COLUMNS.heads, "name": self.by.head, **NOTE_HEAD}

    def record(self) -> dict[str, object]:
        """The JSON of ``rollup phase``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per group and phase, then what is to be known of counties."""
        return [*_COLUMNS.records(self.phases), *self.coverage.rows("name" if self.by is By.COUNTY else None)]

    def document(self) -> Document:
        """The summary for people to read."""
        blocks: list[Block] = [*self.coverage.blocks()]
        if self.phases:
            whole = _sum(row.outcome for row in self.phases)
            blocks.append(Para(f"{'' if whole.due else '没有'}应完成的{outcome_words(whole, USUAL)}"))
            shown = [self._marked(row) for row in self.phases]
            columns = _COLUMNS.arranged(*(column.key for column in _COLUMNS.columns), name=self.by.head)
            table = columns.table(shown, "各阶段的任务", footer=_Row("合计", None, "各阶段", None, whole))
            blocks.append(replace(table, form=TableForm.GROUPS))
        else:
            blocks.append(Para("各县的方案没有分阶段。"))
        return Document(f"{self.coverage.title}：阶段小结", tuple(blocks))

    def _marked(self, row: _Row) -> _Row:
        return row._replace(name=self.coverage.marked(row.name)) if self.by is By.COUNTY else row


def _sum(outcomes: Iterable[PhaseOutcome]) -> PhaseOutcome:
    found = list(outcomes)
    return PhaseOutcome(**{name: sum(getattr(o, name) for o in found) for name in types_of(PhaseOutcome)})


def phase(coverage: Coverage, by: By, phases: Iterable[GroupPhase]) -> RollupPhase:
    """The report of the phases of each group, in their order."""
    return RollupPhase(coverage, by, tuple(map(_row, phases)))


def _row(of: GroupPhase) -> _Row:
    if of.number in _OUTSIDE:
        return _Row(of.group, of.number, _OUTSIDE[of.number], None, of.outcome)
    return _Row(of.group, of.number, of.name or "", of.running, of.outcome)
