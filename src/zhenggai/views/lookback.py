"""``lookback`` without a conclusion: the closed rounds that are to be looked back on."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

from zhenggai.document import Block, Cell, Document, Para, Tone
from zhenggai.frozen import frozen
from zhenggai.model.wording import month_day
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.supervision.look_backs import LookBackRound, LookBackStage, look_backs
from zhenggai.views.columns import (
    AS_OF,
    PLAN,
    VERSION,
    Key,
    Keys,
    ReportColumn,
    ReportColumns,
    list_of,
    object_of,
    tally,
)
from zhenggai.views.sentences import as_of_words

_TONES = {LookBackStage.DUE: Tone.YELLOW, LookBackStage.RELAPSED: Tone.RED, LookBackStage.PASSED: Tone.GREEN}


@frozen(kw_only=True)
class LookBackLine:
    """The look-back of a round. ``days`` > 0 counts from its due date while it has not been made."""

    measure: str
    unit: str
    round: int
    closed: date
    due: date
    stage: LookBackStage
    days: int | None
    looked_back: date | None
    recorder: str | None
    entry: str | None


_COLUMNS = ReportColumns[LookBackLine](
    ReportColumn("measure"),
    ReportColumn("unit", wrap=True),
    ReportColumn("round", numeric=True, keep=6),
    ReportColumn("closed", head="销号", keep=4),
    ReportColumn("due", head="应查日", keep=2),
    ReportColumn("stage", cell=lambda line: Cell(line.stage, _TONES.get(line.stage, Tone.PLAIN))),
    ReportColumn(
        "days",
        head="过期天数",
        cell=lambda line: line.days if line.stage is LookBackStage.DUE else None,
        numeric=True,
        keep=3,
    ),
    ReportColumn("looked_back", keep=1),
    ReportColumn("recorder", wrap=True, keep=5),
    ReportColumn("entry", head="回头看编号", in_table=False),
)


@frozen
class LookBackList:
    """``lookback``: the rounds; those that are due come first."""

    snapshot: Snapshot
    lines: tuple[LookBackLine, ...]

    keys = Keys["LookBackList"](
        VERSION,
        PLAN,
        AS_OF,
        Key("look_back_days", attrgetter("snapshot.plan.rules.look_back_days"), int),
        object_of("counts", tally(LookBackStage, attrgetter("stage")), attrgetter("lines")),
        list_of("rounds", _COLUMNS, attrgetter("lines")),
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _COLUMNS.called(self.snapshot.plan.terms).heads

    def record(self) -> dict[str, object]:
        """The JSON of ``lookback``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per round."""
        return _COLUMNS.records(self.lines)

    def document(self) -> Document:
        """A table and a sentence; only a sentence if there is nothing."""
        blocks: list[Block] = [Para(as_of_words(self.snapshot))]
        if self.lines:
            blocks += [_COLUMNS.called(self.snapshot.plan.terms).table(self.lines), Para(self._sentence())]
        else:
            blocks.append(Para("没有需要回头看的任务（还没有销号的）。"))
        return Document(f"{self.snapshot.plan.title}：回头看", tuple(blocks))

    def _count(self, stage: LookBackStage) -> int:
        return sum(line.stage is stage for line in self.lines)

    def _sentence(self) -> str:
        counted = "、".join(f"{stage}{self._count(stage)}件" for stage in LookBackStage)
        days = self.snapshot.plan.rules.look_back_days
        return f"截至{month_day(self.snapshot.as_of)}，销号{len(self.lines)}件次，销号满{days}天回头看：{counted}。"


def lookback(snapshot: Snapshot) -> LookBackList:
    """The view of a snapshot: due rounds first, then coming ones, relapses, and those found true."""
    order = list(LookBackStage)
    lines = [_line(snapshot, found) for found in look_backs(snapshot)]
    return LookBackList(snapshot, tuple(sorted(lines, key=lambda line: (order.index(line.stage), line.due))))


def _line(snapshot: Snapshot, found: LookBackRound) -> LookBackLine:
    closing = found.closing
    return LookBackLine(
        measure=found.task.measure,
        unit=found.task.unit,
        round=closing.round,
        closed=closing.date,
        due=found.due,
        stage=found.stage,
        days=None if closing.looked else (snapshot.as_of - found.due).days,
        looked_back=closing.looked_on,
        recorder=snapshot.recorder_of(closing.looked) if closing.looked else None,
        entry=closing.looked,
    )
