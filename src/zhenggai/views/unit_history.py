"""The history of a unit: the entries about it, and those that it recorded about other units, in sections."""

from collections.abc import Iterator, Mapping

from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.kinds import Kind
from zhenggai.model.source import Source
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.transitions import LADDER
from zhenggai.views.columns import Key, Keys
from zhenggai.views.entry_history import HistoryLine, in_order, line_of, lines_of

_OWN = "本单位的任务和事项"
_SECTIONS: Mapping[str, tuple[Kind, ...]] = {
    "审核、公示、销号": (Kind.FIRST_REVIEW, Kind.ON_SITE, Kind.SECOND_REVIEW, Kind.NOTICE, Kind.CLOSE_OUT, Kind.FILING),
    "答复延期": (Kind.EXTENSION_GRANT, Kind.EXTENSION_REFUSAL),
    "督查、回头看、重新整改": (Kind.INSPECTION, Kind.LOOK_BACK, Kind.REOPENING),
    "发出的函": LADDER,
}
_ON_BEHALF = "替其他单位记的"  # entries of any other kind
_SECTION_OF = {kind: title for title, kinds in _SECTIONS.items() for kind in kinds}


@frozen(kw_only=True)
class HistorySection:
    """A part of a unit's history. ``recorder`` is the unit that recorded all of it, "" if several units did."""

    title: str
    lines: tuple[HistoryLine, ...]
    recorder: str = ""


def _numbers(section: HistorySection) -> list[str]:
    return [line.entry.number for line in section.lines]


SECTION = Keys[HistorySection](
    Key("title"), Key("count", lambda section: len(section.lines), int), Key("entries", _numbers, head="记录")
)
"""A section in JSON, with the numbers of its entries."""


def sections_of(snapshot: Snapshot, unit: str) -> tuple[HistorySection, ...]:
    """Every known entry about a unit (full name) or recorded by it, once, in order. Empty sections are left out."""
    refused = _refused(snapshot)
    own = {line.entry.number: line for line in _about(snapshot, unit, refused)}
    parts: dict[str, list[HistoryLine]] = {title: [] for title in (*_SECTIONS, _ON_BEHALF)}
    for record in snapshot.archive.recorded_by(unit):
        number = record.entry.number
        if number not in own and snapshot.knows(record):
            matter = _matter(snapshot, record)
            line = line_of(snapshot, record, _unit_about(snapshot, matter), record.source not in refused)
            if line.unit == unit:
                own[number] = line
            else:
                parts[_SECTION_OF.get(matter.entry.kind, _ON_BEHALF)].append(line)
    of_others = (HistorySection(title=t, lines=in_order(lines), recorder=unit) for t, lines in parts.items() if lines)
    return (*([HistorySection(title=_OWN, lines=in_order(own.values()))] if own else []), *of_others)


def _about(snapshot: Snapshot, unit: str, refused: frozenset[Source]) -> Iterator[HistoryLine]:
    """The entries about the tasks of a unit, whoever recorded them, and those that others recorded about the unit as a whole."""
    tasks = [task for task in (*snapshot.tasks, *snapshot.gone) if unit in (task.unit, task.given)]
    of_tasks = lines_of(snapshot, tasks)
    found = {line.entry.number for line in of_tasks}
    yield from of_tasks
    for record in snapshot.archive.about(unit):
        is_others = snapshot.unit_name(record.recorder) != unit and record.entry.number not in found
        if is_others and snapshot.knows(record):
            yield line_of(snapshot, record, unit, record.source not in refused)


def _refused(snapshot: Snapshot) -> frozenset[Source]:
    """The places of the entries that did not count. The diagnostics say nothing of tasks that ended."""
    of_past = (line.record.source for line in lines_of(snapshot, snapshot.gone) if not line.counted)
    return frozenset((*(diagnostic.source for diagnostic in snapshot.diagnostics), *of_past))


def _matter(snapshot: Snapshot, record: Record) -> Record:
    """The entry that a 更正 corrects; any other entry itself."""
    is_correction = record.entry.kind is Kind.CORRECTION
    named = snapshot.archive.record(getattr(record.entry, "ref", "")) if is_correction else None
    return named or record


def _unit_about(snapshot: Snapshot, record: Record) -> str:
    """The unit that an entry is about: that of its task, else the one that it names, else its recorder."""
    address = snapshot.address_of(record.entry.number)
    return address.unit if address and address.is_task else snapshot.unit_name(record.entry.unit or record.recorder)
