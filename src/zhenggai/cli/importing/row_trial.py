"""The trial of rows: what the rules say of their entries, all together; which of them the ledger has already."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zhenggai.cli.importing.row_evidence import row_evidence
from zhenggai.cli.importing.row_making import Made, Placed, RowMaker
from zhenggai.cli.writing.entry_trial import Trial, tried
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt
from zhenggai.importing.entries.entry_row import EntryRow, RowFault
from zhenggai.model.entries import Entry
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.rules.task.steps import steps_of


@frozen
class NewRows:
    """What rows say that is new.

    - ``made``: the entries that the ledger does not have, in order; ``recorded``: the rows that it has, or that stand twice;
    - ``faults``: why rows are no entries; ``copies``: the evidence files that rows name, by the path of the copy.
    """

    made: tuple[Made, ...]
    recorded: tuple[EntryRow, ...]
    faults: tuple[RowFault, ...]
    copies: Mapping[str, bytes]


@frozen
class TriedRows:
    """New entries under the rules. ``trial`` is None if there are none; ``faults``: why they cannot be written."""

    new: NewRows
    trial: Trial | None
    faults: tuple[RowFault, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The new entries."""
        return tuple(one.entry for one in self.new.made)

    @property
    def then(self) -> Snapshot:
        """The snapshot with the new entries; there must be some."""
        if self.trial is None:
            raise ValueError("no entries")
        return self.trial.then

    @property
    def copies(self) -> Mapping[str, bytes]:
        """The evidence files of the new entries, by the path of the copy."""
        used = {name for entry in self.entries for name in entry.evidence}
        return {name: data for name, data in self.new.copies.items() if name in used}


def new_rows(
    writer: Writer, placed: Sequence[Placed], folders: Mapping[str, Path], *, lenient: bool = False
) -> NewRows:
    """Rows as entries of a writer. ``folders``: where evidence is sought, by file; with ``lenient`` it may be missing."""
    maker = RowMaker(writer, folders, lenient=lenient)
    made, faults = maker.made(placed)
    first = {replace(one.entry, number=""): one.entry.number for one in reversed(made)}
    known = [
        first[replace(one.entry, number="")] != one.entry.number or is_recorded(writer.snapshot, one.task, one.entry)
        for one in made
    ]
    new = tuple(one for one, recorded in zip(made, known, strict=True) if not recorded)
    recorded = tuple(one.row for one, recorded in zip(made, known, strict=True) if recorded)
    return NewRows(new, recorded, tuple(faults), maker.copies)


def without_settled(new: NewRows) -> tuple[NewRows, list[tuple[EntryRow, Doubt]]]:
    """The entries without those that say of a task that it is done which is done already; and a doubt about each of these."""
    left = tuple(one for one in new.made if not _is_settled(one))
    return replace(new, made=left), [(one.row, _settled_doubt(one)) for one in new.made if _is_settled(one)]


def _settled_doubt(one: Made) -> Doubt:
    about = f"台账里已是{one.task.head.state}，不再记{one.entry.kind}"
    return Doubt(place=one.row.at, about=about, what=one.task.name)


def _is_settled(one: Made) -> bool:
    head = one.task.head
    done = head.is_complete or (head.state is State.BASICALLY_DONE and one.entry.kind is Kind.BASICALLY_DONE)
    return done and one.entry.kind in (Kind.DONE, Kind.BASICALLY_DONE)


_PLAIN = re.compile(r"[\w.（）()《》+-]+")  # a name that a shell takes as it is written


def missing_evidence(writer: Writer, one: Made, folder: Path | None) -> Iterator[Doubt]:
    """The evidence of a new entry that was not taken along, with the command for when it is found."""
    about = "" if one.task.unit == writer.unit else f" --for {one.task.unit}"
    for word in row_evidence(one.row, folder).missing:
        name = word if _PLAIN.fullmatch(word) and not word.startswith("-") else "文件"
        what = f"{word} 不在表旁边，或不能用；找到后 zhenggai add {one.task.measure} 补佐证{about} -e {name}"
        yield Doubt(place=one.row.at_of("佐证"), about="佐证没有附上", what=what)


def tried_rows(writer: Writer, new: NewRows, *, lower: bool = False) -> TriedRows:
    """New entries, each tried after those before it by day and row. With ``lower`` a percent may be lower than the one before."""
    trial = tried(writer, [one.entry for one in new.made]) if new.made else None
    return TriedRows(new, trial, tuple(_refused(trial, new.made, lower=lower)) if trial else ())


def is_recorded(snapshot: Snapshot, task: SnapshotTask, entry: Entry) -> bool:
    """Whether the task has the same entry already, not withdrawn: equal 事项, 内容, 进度, and 日期 or 录自.

    The same cell with the same text is the same, also if the day of a ledger without days was said to be another one.
    """
    percent = getattr(entry, "percent", None)
    for event in task.filed:
        of_day = event.date == entry.date
        if event.kind is not entry.kind or not (of_day or entry.copied_from):
            continue
        if entry.kind is Kind.PROGRESS and event.value != percent:
            continue
        record = snapshot.archive.record(event.number)
        of_row = of_day or (record is not None and record.entry.copied_from == entry.copied_from)
        if of_row and record and record.entry.content == entry.content and snapshot.said(event.number):
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
