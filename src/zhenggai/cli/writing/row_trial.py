"""Rows of a file as entries of a writer: numbered, typed, and tried together against the rules. Every fault has its place."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.cli.writing.entry_log import Numbering
from zhenggai.cli.writing.entry_options import amounts
from zhenggai.cli.writing.entry_trial import Trial, date_faults, tried
from zhenggai.cli.writing.evidence_options import is_paper
from zhenggai.cli.writing.writer_identity import Writer, writer_name
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen, types_of
from zhenggai.importing.entry_row import EntryRow, RowFault, typed_row
from zhenggai.model.entries import Entry
from zhenggai.model.entry_classes import CLASS_OF_KIND
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import SnapshotTask, grouped
from zhenggai.rules.task.life import Role
from zhenggai.rules.task.steps import steps_of
from zhenggai.writing.append import evidence_copies

if TYPE_CHECKING:
    from zhenggai.reading.raw_entry import Value

_MONEY = ("rectified", "recovered", "loss_avoided")
Tasks = Mapping[str, Sequence[SnapshotTask]]


@frozen
class TriedRows:
    """What became of rows.

    - ``entries``: the new entries, each with its row, in order; ``trial`` is None if there are none;
    - ``faults``: why rows cannot be written; ``recorded``: the rows that the ledger has already;
    - ``copies``: the evidence files, by the path of the copy.
    """

    entries: tuple[tuple[EntryRow, Entry], ...]
    faults: tuple[RowFault, ...]
    recorded: tuple[EntryRow, ...]
    copies: Mapping[str, bytes]
    trial: Trial | None


def tried_rows(
    writer: Writer, rows: Sequence[EntryRow], folder: Path, about: str | None = None, *, lower: bool = False
) -> TriedRows:
    """Rows as entries of a writer. Evidence files are sought from ``folder``.

    A row without 单位 is about the unit ``about``, by default the writer's own. With ``lower`` a percent may be lower than
    the one before.
    """
    maker = _Maker(writer, folder, about)
    faults = [list(row.faults) for row in rows]
    made: list[Made] = []
    recorded: list[EntryRow] = []
    for nth, task in maker.with_tasks(rows, faults):
        entry, wrong = maker.entry(rows[nth], task)
        faults[nth] += wrong
        if entry and is_recorded(writer, task, entry):
            recorded.append(rows[nth])
        elif entry and not wrong:
            made.append(Made(nth, rows[nth], task, entry))
    trial = tried(writer, [one.entry for one in made]) if made else None
    for nth, fault in _refused(trial, made, lower=lower) if trial else ():
        faults[nth].append(fault)
    entries = tuple((one.row, one.entry) for one in made)
    return TriedRows(entries, tuple(chain(*faults)), tuple(recorded), maker.copies, trial)


class Made(NamedTuple):
    """The entry of a row, which is the nth (from 0)."""

    nth: int
    row: EntryRow
    task: SnapshotTask
    entry: Entry


class _Maker:
    """Makes the entries of rows. ``copies`` grows by the evidence files that they name."""

    def __init__(self, writer: Writer, folder: Path, about: str | None) -> None:
        self.writer, self.folder, self.about = writer, folder, about
        self.copies: dict[str, bytes] = {}
        self._numbering = Numbering(writer)
        self._named: dict[str, str] = {}  # evidence as the rows write it → as entries name it
        self._of_day: dict[object, list[str]] = {}

    def with_tasks(
        self, rows: Sequence[EntryRow], faults: Sequence[list[RowFault]]
    ) -> Sequence[tuple[int, SnapshotTask]]:
        """The rows, by their place in ``rows``, with their tasks. A row without one gets a fault."""
        tasks: Tasks = grouped(lambda task: task.measure, self.writer.snapshot.tasks)
        found: list[tuple[int, SnapshotTask]] = []
        for nth, row in enumerate(rows):
            try:
                found.append((nth, self._task(row, tasks)))
            except _Unusable as unusable:
                faults[nth].append(RowFault(row.place_of(unusable.key), unusable.what, unusable.remedy))
        for _, task in found:  # before the first entry, so that all numbers have one day
            self._numbering.stay_above(event.number for event in task.filed)
        return found

    def _task(self, row: EntryRow, tasks: Tasks) -> SnapshotTask:
        writer, snapshot = self.writer, self.writer.snapshot
        if not row.text("措施"):
            raise _Unusable("措施", "没有写措施", "写措施编号，如 3-2")
        with _naming("措施"):
            number = writer.measure_named(row.text("措施"))
        with _naming("单位"):
            named = row.text("单位") or self.about
            unit = writer.unit_named(named) if named else writer.unit
        of_measure = tasks.get(number, ())
        found = [task for task in of_measure if unit in (task.given, task.unit, snapshot.assessor(task))]
        if not found:
            units = "、".join(dict.fromkeys(task.unit for task in of_measure)) or "没有"
            raise _Unusable(
                "单位" if named else "措施", f"{unit}不是 {number} 的责任单位", f"{number} 的责任单位：{units}"
            )
        return next((task for task in found if task.given == unit), found[0])

    def entry(self, row: EntryRow, task: SnapshotTask) -> tuple[Entry | None, list[RowFault]]:
        """The entry of a row about a task, or None; and its faults, without those that the rules find."""
        writer, faults = self.writer, list[RowFault]()
        made: dict[str, Value] = {"编号": self._numbering.following(), "措施": task.measure}
        if "日期" not in row.texts:
            made["日期"] = writer.happened.isoformat()
        try:
            with _naming("填报人"):
                made["填报人"] = writer_name(row.text("填报人") or writer.name)
            with _naming("佐证"):
                words = row.texts.get("佐证", ())
                made["佐证"] = tuple(map(self._evidence, (words,) if isinstance(words, str) else words))
        except _Unusable as unusable:
            faults.append(RowFault(row.place_of(unusable.key), unusable.what, unusable.remedy))
        if task.given != writer.unit:
            made["单位"] = task.given
        kind = CLASS_OF_KIND.get(row.kind)
        if kind and "on_behalf" in types_of(kind) and not task.task.role_of(writer.unit) & Role.OWN:
            made["代录"] = "是"
        texts = {key: value for key, value in row.texts.items() if key != "单位"}
        entry, wrong = typed_row(replace(row, texts=texts), {k: v for k, v in made.items() if v})
        faults += wrong
        if entry is None:
            return None, faults
        entry = _with_money(entry, task)
        for reason in self._date_faults(entry):
            what, _, remedy = reason.partition("\n")
            faults.append(RowFault(row.place_of("日期"), what, remedy.strip() or "改正日期"))
        return entry, faults

    def _evidence(self, word: str) -> str:
        """A piece of evidence as entries name it; a file's contents go into ``copies``."""
        if word not in self._named:
            path = self.folder / word
            if is_paper(word, self.folder):
                self._named[word] = word
            else:
                copies = evidence_copies([path], self.writer.today)
                self.copies |= copies
                self._named[word] = next(iter(copies))
        return self._named[word]

    def _date_faults(self, entry: Entry) -> list[str]:
        if entry.date not in self._of_day:
            self._of_day[entry.date] = date_faults(self.writer, entry)
        return self._of_day[entry.date]


class _Unusable(Exception):
    """The text of a key is of no use."""

    def __init__(self, key: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.key, self.what, self.remedy = key, what, remedy


@contextmanager
def _naming(key: str) -> Iterator[None]:
    """In this context a ``UsageError`` becomes ``_Unusable`` of a key."""
    try:
        yield
    except UsageError as error:
        what, _, remedy = str(error).replace("，没有写入", "").partition("\n")
        raise _Unusable(key, what, remedy.strip().removeprefix("下一步：") or "核对后改正") from None


def _with_money(entry: Entry, task: SnapshotTask) -> Entry:
    """The entry with the plan's unit at amounts that have none."""
    given: dict[str, Any] = {name: getattr(entry, name) for name in _MONEY if getattr(entry, name, None)}
    return replace(entry, **amounts(task, **given)) if given else entry


def is_recorded(writer: Writer, task: SnapshotTask, entry: Entry) -> bool:
    """Whether the task has the same entry already, not withdrawn: equal 日期, 事项, 内容, 进度."""
    snapshot, percent = writer.snapshot, getattr(entry, "percent", None)
    alike = [event for event in task.filed if (event.date, event.kind) == (entry.date, entry.kind)]
    for event in alike:
        if entry.kind is not Kind.PROGRESS or event.value == percent:
            record = snapshot.archive.record(event.number)
            if record and record.entry.content == entry.content and snapshot.said(event.number):
                return True
    return False


def _refused(trial: Trial, made: Sequence[Made], *, lower: bool) -> Iterator[tuple[int, RowFault]]:
    """The reasons that the rules give against entries, and the states that their tasks have with them."""
    touched = {one.task.key for one in made}
    after = {task.key: task for task in trial.then.tasks if task.key in touched}
    before = {number: percent for task in after.values() for number, percent in _percents_before(task)}
    for nth, row, task, entry in made:
        for diagnostic in trial.found(entry):
            yield nth, RowFault(row.place, diagnostic.what, diagnostic.remedy)
        yield from ((nth, fault) for fault in _unknown_steps(row, entry, after[task.key]))
        percent, was = getattr(entry, "percent", None), before.get(entry.number)
        if not lower and percent is not None and was is not None and percent < was:
            what = f"进度 {percent}% 低于上次的 {was}%"
            yield nth, RowFault(row.place_of("进度"), what, "核对；确要降低的，加 --correct")


def _unknown_steps(row: EntryRow, entry: Entry, task: SnapshotTask) -> Iterator[RowFault]:
    known = [step.number for step in steps_of(task.task, task.head)]
    if unknown := [step for step in getattr(entry, "steps", ()) if step not in known]:
        having = "、".join(known) or "没有分步骤"
        yield RowFault(row.place_of("步骤"), f"措施 {task.measure} 没有步骤 {'、'.join(unknown)}", f"现有：{having}")


def _percents_before(task: SnapshotTask) -> Iterator[tuple[str, int]]:
    """The number of each entry of a task that has a percent, with the percent before it in its round, if there is one."""
    before, of_round = None, 0
    for event, (nth, _) in zip(task.events, task.trail, strict=True):
        before, of_round = (before if nth == of_round else None), nth
        if event.kind is Kind.PROGRESS and isinstance(event.value, int):
            if before is not None:
                yield event.number, before
            before = event.value
