"""引用: what an entry names exists: its steps in the measure or in the unit's own claim (认领), its unit in the unit book, its folder's unit too.

Good: ``步骤: [3-5-1]`` in an entry about 3-5. Bad: a step the measure does not have; a ledger folder of an unknown unit. A short
name of a unit is read as the unit's, with a doubt.
"""

from collections.abc import Iterator, Sequence

from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Entry
from zhenggai.model.names import twin_fault
from zhenggai.model.source import Diagnostic, Level
from zhenggai.rules.checks.check import Finder, standing_records
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.steps import steps_of

_STEP = Finder("步骤", "记录写的步骤，措施和认领里都没有", Level.WARNING)
_UNIT = Finder("单位", "记录写的单位、台账文件夹的单位不在单位册里")


def diagnostics(book: Book, snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Unknown steps and units in entries."""
    folders: set[str] = set()
    steps = {t.key: [step.number for step in steps_of(t.task, t.head)] for t in snapshot.tasks}
    for record, entry in standing_records(book, snapshot):
        if record.recorder not in folders:
            folders.add(record.recorder)
            yield from _unit(book, record, record.recorder, "文件夹")
        if entry.unit:
            yield from _unit(book, record, entry.unit, "单位")
        key = Address(entry.measure or "", book.units.full_name(entry.unit or record.recorder))
        if key in steps:
            yield from _steps(record, entry, steps[key])


def _unit(book: Book, record: Record, name: str, what: str) -> Iterator[Diagnostic]:
    unit = book.units.unit_named(name)
    if unit is None and (twin := next((u for u in book.units.members if twin_fault(name, (u.name,))), None)):
        yield _UNIT.at(record.source, f"{what}“{name}”与单位“{twin.name}”看上去一样，写法不同", f"改名为“{twin.name}”")
    elif unit is None:
        yield _UNIT.at(record.source, f"{what}“{name}”不在单位册里", "改正名称，或在 plans/units.yaml 中补上")
    elif unit.name != name and name not in unit.former_names:
        yield _UNIT.at(record.source, f"{what}“{name}”读作“{unit.name}”", "建议写全称", Level.DOUBT)


def _steps(record: Record, entry: Entry, known: Sequence[str]) -> Iterator[Diagnostic]:
    for step in getattr(entry, "steps", ()):
        if step not in known:
            names = "、".join(known) or "没有分步骤"
            yield _STEP.at(record.source, f"措施 {entry.measure} 没有步骤 {step}", f"现有：{names}")
