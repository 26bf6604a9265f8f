"""``remind --ladder``: the step of the ladder that each task has reached, whether it was taken and answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

from zhenggai.document import Block, Cell, Document, Para, ParaRole, Tone
from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.model.profile import LadderStep
from zhenggai.model.wording import month_day
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.supervision.ladder import Rung, addressees, ladder_of
from zhenggai.rules.task.transitions import LADDER
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Key, Keys, ReportColumn, ReportColumns, list_of

NOT_TAKEN, TAKEN, ANSWERED, UNANSWERED = "未记录", "已记录", "已回复", "逾期未回复"
_TONES = {NOT_TAKEN: Tone.RED, UNANSWERED: Tone.YELLOW, ANSWERED: Tone.GREEN}


@frozen(kw_only=True)
class LadderLine:
    """A task's step: kind, addressee, reason and start; the entry that took it; the command that records it."""

    measure: str
    unit: str
    kind: Kind
    addressee: str
    basis: str
    since: date
    state: str
    entry: str | None
    taken: date | None
    time_limit: date | None
    replied: date | None
    command: str | None


def _handled(line: LadderLine) -> str:
    """When the step was taken, when the reply is due, when it came."""
    if line.taken is None:
        return ""
    if line.replied is not None:
        return f"{line.taken}，{line.replied} 回复"
    return f"{line.taken}" + (f"，期限 {line.time_limit}" if line.time_limit else "")


_COLUMNS = ReportColumns[LadderLine](
    ReportColumn("measure"),
    ReportColumn("unit", wrap=True),
    ReportColumn("kind", head="应办"),
    ReportColumn("addressee", wrap=True, keep=3),
    ReportColumn("basis", wrap=True, keep=1),
    ReportColumn("since", head="起算日", keep=4),
    ReportColumn("state", head="情况", cell=lambda line: Cell(line.state, _TONES.get(line.state, Tone.PLAIN))),
    ReportColumn("entry", in_table=False),
    ReportColumn("taken", in_table=False),
    ReportColumn("time_limit", in_table=False),
    ReportColumn("replied", in_table=False),
    ReportColumn("handled", _handled, head="办理", wrap=True, keep=2, in_data=False),
    ReportColumn("command", in_table=False),
)


_STEPS = Keys[LadderStep](Key("overdue_days"), Key("kind"), Key("addressee"))


@frozen
class LadderList:
    """``remind --ladder``: the steps; those not taken come first, gravest first."""

    snapshot: Snapshot
    lines: tuple[LadderLine, ...]

    keys = Keys["LadderList"](
        VERSION,
        PLAN,
        AS_OF,
        list_of("ladder", _STEPS, attrgetter("snapshot.plan.rules.ladder")),
        list_of("tasks", _COLUMNS, attrgetter("lines")),
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _COLUMNS.called(self.snapshot.plan.terms).heads

    def record(self) -> dict[str, object]:
        """The JSON of ``remind --ladder``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per task."""
        return _COLUMNS.records(self.lines)

    def document(self) -> Document:
        """A table, and how to record the steps; a sentence if there is nothing."""
        blocks: list[Block] = [Para(f"截至 {self.snapshot.as_of}")]
        if self.lines:
            blocks += [_COLUMNS.called(self.snapshot.plan.terms).table(self.lines), Para(self._sentence())]
            commands = [line.command for line in self.lines if line.command]
            if len(commands) > 1:
                blocks += [Para("成批记录，加筛选："), _to_copy("zhenggai urge --unit 各乡镇"), Para("逐件记录：")]
            blocks += map(_to_copy, commands)
        else:
            blocks.append(Para("没有走到督办阶梯上的任务。"))
        return Document(f"{self.snapshot.plan.title}：督办阶梯", tuple(blocks))

    def _sentence(self) -> str:
        due = [line.kind for line in self.lines if line.state == NOT_TAKEN]
        kinds = "、".join(f"{kind}{due.count(kind)}件" for kind in LADDER if kind in due)
        late = sum(line.state == UNANSWERED for line in self.lines)
        day = month_day(self.snapshot.as_of)
        return f"截至{day}，应办未记录{len(due)}件{f'（{kinds}）' if due else ''}，逾期未回复{late}件。"


def _to_copy(command: str) -> Para:
    return Para(command, Tone.DIM, ParaRole.COMMAND)


def ladder(whole: Snapshot, at_month_ends: Sequence[Snapshot], chosen: Snapshot) -> LadderList:
    """The view for the tasks of ``chosen``. ``whole`` is the snapshot of the whole plan.

    ``at_month_ends`` holds the snapshots that decide about three reds in a row.
    """
    keys = {task.key for task in chosen.tasks}
    steps = (step for step in ladder_of(whole, at_month_ends) if step.task.key in keys)
    lines = [_line(step, whole.as_of) for step in steps]
    return LadderList(chosen, tuple(sorted(lines, key=_order)))


def _order(line: LadderLine) -> tuple[int, int, date]:
    states = (NOT_TAKEN, UNANSWERED, TAKEN, ANSWERED)
    return states.index(line.state), -LADDER.index(line.kind), line.since


def _line(step: Rung, as_of: date) -> LadderLine:
    task, taken = step.task, step.taken
    return LadderLine(
        measure=task.measure,
        unit=task.unit,
        kind=step.kind,
        addressee="、".join(addressees(task, step.addressee)),
        basis=step.basis,
        since=step.since,
        state=_state(step, as_of),
        entry=taken.number if taken else None,
        taken=taken.date if taken else None,
        time_limit=taken.until if taken else None,
        replied=taken.replied if taken else None,
        command=None if taken else f"zhenggai urge {task.measure} --unit {task.unit}",
    )


def _state(step: Rung, as_of: date) -> str:
    if step.taken is None:
        return NOT_TAKEN
    if step.taken.replied is not None:
        return ANSWERED
    return UNANSWERED if step.is_unanswered(as_of) else TAKEN
