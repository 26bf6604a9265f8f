"""The trial of rows: what the rules say of their entries, all together; which of them the ledger has already."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from zhenggai.cli.writing.entry_trial import Trial, tried
from zhenggai.cli.writing.row_making import Made, Placed, RowMaker
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.frozen import frozen
from zhenggai.importing.entry_row import EntryRow, RowFault
from zhenggai.model.entries import Entry
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.steps import steps_of


@frozen
class TriedRows:
    """What became of rows.

    - ``made``: the new entries, in order; ``trial`` is None if there are none;
    - ``faults``: why rows cannot be written; ``recorded``: the rows that the ledger has already;
    - ``copies``: the evidence files of the new entries, by the path of the copy.
    """

    made: tuple[Made, ...]
    faults: tuple[RowFault, ...]
    recorded: tuple[EntryRow, ...]
    copies: Mapping[str, bytes]
    trial: Trial | None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The new entries."""
        return tuple(one.entry for one in self.made)


def tried_rows(
    writer: Writer, placed: Sequence[Placed], folders: Mapping[str, Path], *, lower: bool = False, lenient: bool = False
) -> TriedRows:
    """Rows as entries of a writer, each tried after those before it by day and row.

    ``folders``: where evidence is sought, by file. With ``lower`` a percent may be lower than the one before; with ``lenient``
    evidence may be missing.
    """
    maker = RowMaker(writer, folders, lenient=lenient)
    made, faults = maker.made(placed)
    known = [is_recorded(writer.snapshot, one.task, one.entry) for one in made]
    new = [one for one, recorded in zip(made, known, strict=True) if not recorded]
    recorded = [one.row for one, recorded in zip(made, known, strict=True) if recorded]
    trial = tried(writer, [one.entry for one in new]) if new else None
    faults += _refused(trial, new, lower=lower) if trial else []
    used = {name for one in new for name in one.entry.evidence}
    copies = {name: data for name, data in maker.copies.items() if name in used}
    return TriedRows(tuple(new), tuple(faults), tuple(recorded), copies, trial)


def is_recorded(snapshot: Snapshot, task: SnapshotTask, entry: Entry) -> bool:
    """Whether the task has the same entry already, not withdrawn: equal 日期, 事项, 内容, 进度."""
    percent = getattr(entry, "percent", None)
    for event in task.filed:
        if (event.date, event.kind) == (entry.date, entry.kind) and (
            entry.kind is not Kind.PROGRESS or event.value == percent
        ):
            record = snapshot.archive.record(event.number)
            if record and record.entry.content == entry.content and snapshot.said(event.number):
                return True
    return False


def _refused(trial: Trial, made: Sequence[Made], *, lower: bool) -> Iterator[RowFault]:
    """The reasons that the rules give against entries, and the states that their tasks have with them."""
    touched = {one.task.key for one in made}
    after = {task.key: task for task in trial.then.tasks if task.key in touched}
    before = {number: percent for task in after.values() for number, percent in _percents_before(task)}
    for row, task, entry in made:
        for diagnostic in trial.found(entry):
            yield RowFault(row, "", diagnostic.what, diagnostic.remedy)
        yield from _unknown_steps(row, entry, after[task.key])
        percent, was = getattr(entry, "percent", None), before.get(entry.number)
        if not lower and percent is not None and was is not None and percent < was:
            yield RowFault(row, "进度", f"进度 {percent}% 低于上次的 {was}%", "核对；确要降低的，加 --correct")


def _unknown_steps(row: EntryRow, entry: Entry, task: SnapshotTask) -> Iterator[RowFault]:
    known = [step.number for step in steps_of(task.task, task.head)]
    if unknown := [step for step in getattr(entry, "steps", ()) if step not in known]:
        having = "、".join(known) or "没有分步骤"
        yield RowFault(row, "步骤", f"措施 {task.measure} 没有步骤 {'、'.join(unknown)}", f"现有：{having}")


def _percents_before(task: SnapshotTask) -> Iterator[tuple[str, int]]:
    """The number of each entry of a task that has a percent, with the percent before it in its round, if there is one."""
    before, of_round = None, 0
    for event, (nth, _) in zip(task.events, task.trail, strict=True):
        before, of_round = (before if nth == of_round else None), nth
        if event.kind is Kind.PROGRESS and isinstance(event.value, int):
            if before is not None:
                yield event.number, before
            before = event.value


def in_order(faults: Sequence[RowFault], rows: Sequence[EntryRow]) -> list[RowFault]:
    """Faults in the order of their rows."""
    order = {row.place: nth for nth, row in enumerate(rows)}
    return sorted(faults, key=lambda fault: order[fault.row.place])
