"""引用: what an entry names exists: its steps in the measure, its unit in the unit book, its folder's unit too.

Good: ``步骤: [3-5-1]`` in an entry about 3-5. Bad: a step the measure does not have; a ledger folder of an unknown unit. A short
name of a unit is read as the unit's, with a doubt.
"""

from collections.abc import Iterator

from zhenggai.model.book import Book, Record
from zhenggai.model.source import Level, Problem
from zhenggai.rules.checks.check import Finder
from zhenggai.rules.state import Picture

_STEP = Finder("步骤", Level.WARNING)
_UNIT = Finder("单位")


def problems(book: Book, picture: Picture) -> Iterator[Problem]:
    """Unknown steps and units in entries."""
    folders: set[str] = set()
    for record in book.records:
        if record.recorder not in folders:
            folders.add(record.recorder)
            yield from _unit(book, record, record.recorder, "文件夹")
        if record.entry.unit:
            yield from _unit(book, record, record.entry.unit, "单位")
        yield from _steps(book, record)


def _unit(book: Book, record: Record, name: str, what: str) -> Iterator[Problem]:
    unit = book.units.unit_named(name)
    if unit is None:
        yield _UNIT.at(record.source, f"{what}“{name}”不在单位册里", "改正名称，或在 plans/units.yaml 中补上")
    elif unit.name != name and name not in unit.former_names:
        yield _UNIT.at(record.source, f"{what}“{name}”读作“{unit.name}”", "建议写全称", Level.DOUBT)


def _steps(book: Book, record: Record) -> Iterator[Problem]:
    measure = book.plan.measure_by_number.get(record.entry.measure or "")
    steps: tuple[str, ...] = getattr(record.entry, "steps", ())
    known = {step.number for step in measure.steps} if measure else set()
    for step in steps:
        if measure is not None and step not in known:
            names = "、".join(sorted(known)) or "没有分步骤"
            yield _STEP.at(record.source, f"措施 {measure.number} 没有步骤 {step}", f"现有：{names}")
