"""The entries of rows: the task that a row is about, and the entry, numbered and typed, with its evidence."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenggai.cli.importing.row_evidence import row_evidence
from zhenggai.cli.writing.entry_log import Numbering
from zhenggai.cli.writing.entry_options import amounts
from zhenggai.cli.writing.entry_trial import date_faults
from zhenggai.cli.writing.writer_identity import Writer, writer_name
from zhenggai.errors import UsageError
from zhenggai.frozen import types_of
from zhenggai.importing.entries.entry_row import EntryRow, RowFault, typed_row
from zhenggai.model.entries import Entry
from zhenggai.model.entry_classes import CLASS_OF_KIND
from zhenggai.rules.day.snapshot import SnapshotTask, grouped
from zhenggai.rules.task.life import Role
from zhenggai.writing.append import evidence_copies

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.reading.raw_entry import Value

_MONEY = ("rectified", "recovered", "loss_avoided")


class Placed(NamedTuple):
    """A row with the task that it is about."""

    row: EntryRow
    task: SnapshotTask


class Made(NamedTuple):
    """The entry of a row."""

    row: EntryRow
    task: SnapshotTask
    entry: Entry


def placed_rows(
    writer: Writer, rows: Sequence[EntryRow], about: str | None = None
) -> tuple[list[Placed], list[RowFault]]:
    """The rows with their tasks, and a fault for each that has none.

    A row without 单位 is about the unit ``about``, by default the writer's own.
    """
    tasks = grouped(lambda task: task.measure, writer.snapshot.tasks)
    found: list[Placed] = []
    faults: list[RowFault] = []
    for row in rows:
        try:
            found.append(Placed(row, _task(writer, row, tasks, about)))
        except _Unusable as unusable:
            faults.append(RowFault(row, unusable.key, unusable.what, unusable.remedy))
    return found, faults


def _task(
    writer: Writer, row: EntryRow, tasks: Mapping[str, Sequence[SnapshotTask]], about: str | None
) -> SnapshotTask:
    if not row.text("措施"):
        raise _Unusable("措施", "没有写措施", "写措施编号，如 3-2")
    with _naming("措施"):
        number = writer.measure_named(row.text("措施"))
    with _naming("单位"):
        named = row.text("单位") or about
        unit = writer.unit_named(named) if named else writer.unit
    of_measure = tasks.get(number, ())
    found = [task for task in of_measure if unit in (task.given, task.unit)]
    found = found or [task for task in of_measure if unit == writer.snapshot.assessor(task)]
    if not found:
        units = "、".join(dict.fromkeys(task.unit for task in of_measure)) or "没有"
        what = f"{unit}不是 {number} 的责任单位"
        raise _Unusable("单位" if row.text("单位") else "措施", what, f"{number} 的责任单位：{units}")
    return next((task for task in found if task.given == unit), found[0])


class RowMaker:
    """Makes the entries of rows with tasks.

    ``folders``: the file of a row → the folder in which its evidence is sought, if anywhere. ``copies``: the evidence files
    found, by the path of the copy. With ``lenient`` an entry goes without the files that cannot be used.
    """

    def __init__(self, writer: Writer, folders: Mapping[str, Path], *, lenient: bool = False) -> None:
        self.writer, self.folders, self.lenient = writer, folders, lenient
        self.copies: dict[str, bytes] = {}
        self._numbering = Numbering(writer)
        self._named: dict[Path, str] = {}  # a file → how entries name its copy
        self._of_day: dict[tuple[date, bool], list[str]] = {}

    def made(self, placed: Sequence[Placed]) -> tuple[list[Made], list[RowFault]]:
        """The entries of rows, and the faults of rows, without those that the rules find."""
        for _, task in placed:  # before the first entry, so that all numbers have one day
            self._numbering.stay_above(event.number for event in task.filed)
        made: list[Made] = []
        faults: list[RowFault] = []
        for row, task in placed:
            entry, wrong = self._entry(row, task)
            faults += wrong
            made += [Made(row, task, entry)] if entry and not wrong else []
        return made, faults

    def _entry(self, row: EntryRow, task: SnapshotTask) -> tuple[Entry | None, list[RowFault]]:
        writer = self.writer
        faults = [RowFault(row, *fault) for fault in row.faults]
        made: dict[str, Value] = {
            "编号": self._numbering.following(), "措施": task.measure, "填报人": row.text("填报人") or writer.name,
        }  # fmt: skip
        if "日期" not in row.texts:
            made["日期"] = writer.happened.isoformat()
        evidence: tuple[str, ...] = ()
        try:
            with _naming("佐证"):
                evidence = self._evidence(row)
            with _naming("填报人"):
                writer_name(str(made["填报人"]))
        except _Unusable as unusable:
            faults.append(RowFault(row, unusable.key, unusable.what, unusable.remedy))
        if task.given != writer.unit:
            made["单位"] = task.given
        kind = CLASS_OF_KIND.get(row.kind)
        if kind and "on_behalf" in types_of(kind) and not task.task.role_of(writer.unit) & Role.OWN:
            made["代录"] = "是"
        texts = {key: value for key, value in row.texts.items() if key not in ("单位", "佐证")}
        given = replace(row, texts=texts | ({"佐证": evidence} if evidence else {}))
        entry, wrong = typed_row(given, made)
        faults += [RowFault(row, *fault) for fault in wrong]
        if entry is None:
            return None, faults
        for reason in self._date_faults(entry):
            what, _, remedy = reason.partition("\n")
            faults.append(RowFault(row, "日期", what, remedy.strip() or "改正日期"))
        return _with_money(entry, task), faults

    def _evidence(self, row: EntryRow) -> tuple[str, ...]:
        """The evidence of a row as entries name it; the contents of files go into ``copies``."""
        found = row_evidence(row, self.folders.get(row.source))
        if found.missing and not self.lenient:
            what = f"佐证 {'、'.join(found.missing)} 不在表旁边，或不能用"
            raise UsageError(f"{what}\n把文件拷到表所在的文件夹，只写文件名；纸质文件请写文号，如 县组发〔2020〕12号")
        return (*map(self._copy, found.files), *found.papers)

    def _copy(self, path: Path) -> str:
        if path not in self._named:
            copies = evidence_copies([path], self.writer.today)
            self.copies |= copies
            self._named[path] = next(iter(copies))
        return self._named[path]

    def _date_faults(self, entry: Entry) -> list[str]:
        key = entry.date, entry.copied_from is not None
        if key not in self._of_day:
            self._of_day[key] = date_faults(self.writer, entry)
        return self._of_day[key]


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
