"""Entries for people to read: their corrected text and the corrections made, as one phrase or in full."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TypedDict

from zhenggai.document import Column, Table, row, table
from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import Correction, Entry
from zhenggai.model.entry_classes import field_order
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import ending, is_known
from zhenggai.model.terms import Terms
from zhenggai.model.wording import shortened
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.corrections import Corrected, changes_of
from zhenggai.rules.task.opening import days_behind
from zhenggai.views.columns import Key, Keys
from zhenggai.views.entry_keys import entry_keys, given_fields

_SHOWN_APART = frozenset(
    ("number", "date", "measure", "unit", "kind", "content", "evidence", "writer", "percent", "conclusion")
)
_OF_NO_INTEREST = frozenset(
    ("ref", "measure_digest", "application_digest")
)  # hidden in lists; shown for a single entry
_SHORT = 20  # characters of a text quoted in a change


@frozen(kw_only=True)
class HistoryLine:
    """An entry in a history, as corrected.

    - ``counted``: whether the rules accepted it.
    - ``withdrawn``: it is void; its original wording is shown.
    - ``late``: days between its date and its recording, 0 if that is within the allowed time.
    - ``made``: what a 更正 changed.
    """

    entry: Entry
    record: Record
    unit: str
    counted: bool
    late: int
    withdrawn: bool = False
    made: Corrected | None = None


def line_of(snapshot: Snapshot, record: Record, unit: str, counted: bool) -> HistoryLine:
    """A record as a line; ``unit`` is the unit that it is about."""
    number = record.entry.number
    said = snapshot.said(number)
    days = days_behind(record.entry, snapshot.plan.opening)
    return HistoryLine(
        entry=said or record.entry,
        record=replace(record, recorder=snapshot.unit_name(record.recorder)),  # the folder may have a former name
        unit=unit,
        counted=counted,
        late=days if days > snapshot.plan.rules.late_record_days else 0,
        withdrawn=said is None,
        made=snapshot.correction(number),
    )


def lines_of(snapshot: Snapshot, tasks: Sequence[SnapshotTask]) -> tuple[HistoryLine, ...]:
    """All entries about some tasks, including those that were refused or corrected."""
    lines: list[HistoryLine] = []
    for task in tasks:
        counted = {event.number for event in task.events}
        for event in task.filed:
            if is_known(event, snapshot.as_of, snapshot.known_by):
                record = snapshot.archive.record(event.number)
                counts = event.number in counted or snapshot.correction(event.number) is not None
                lines += [line_of(snapshot, record, task.given, counts)] if record else []
    return in_order(lines)


def in_order(lines: Iterable[HistoryLine]) -> tuple[HistoryLine, ...]:
    """The lines sorted in the order of entries."""
    return tuple(sorted(lines, key=lambda line: (line.entry.date, line.entry.number)))


Change = TypedDict(
    "Change",
    {
        "from": str | int | Decimal | date | tuple[str, ...] | bool | None,
        "to": str | int | Decimal | date | tuple[str, ...] | bool | None,
    },
)
"""What a 更正 changed: the value before and after it."""


def _changes(line: HistoryLine) -> dict[str, Change] | None:
    """The changes of a 更正 that counts, by field."""
    if not (isinstance(line.entry, Correction) and line.made and line.made.after):
        return None
    before, after = line.made.before, line.made.after
    return {name: {"from": getattr(before, name), "to": getattr(after, name)} for name in changes_of(line.entry)}


_OWN = Keys[HistoryLine](
    Key("unit"),
    Key("recorder", attrgetter("record.recorder")),
    Key("counted", head="计入"),
    Key("withdrawn", head="已作废"),
    Key("changes", _changes, head="改动", optional=True),
    Key("path", attrgetter("record.source.path")),
    Key("line", attrgetter("record.source.line")),
)


def history_keys() -> Keys[HistoryLine]:
    """The keys that ``entry_record`` may give."""
    return Keys[HistoryLine](*entry_keys(), *_OWN.keys)


def entry_record(line: HistoryLine) -> dict[str, object]:
    """An entry for JSON, with English names; ``changes`` has the old and new values of a 更正."""
    return given_fields(line.entry) | _OWN.record(line)


def history_table(lines: Sequence[HistoryLine], terms: Terms, recorder: str = "") -> Table:
    """A table with one row per entry. ``recorder`` is the unit that is known to have recorded all of them."""
    is_one = len({line.unit for line in lines}) == 1
    heads = (
        Column("日期"),
        Column(terms.measure, keep=3),
        Column("单位", wrap=True, keep=2 if is_one else 0),
        Column("事项"),
        Column("内容", wrap=True),
        Column("编号", keep=5),
    )
    rows = [
        row(
            line.entry.date,
            line.entry.measure,
            line.unit,
            line.entry.kind,
            gist(line, recorder),
            ending(line.entry.number),
        )
        for line in lines
    ]
    return table(heads, rows)


def gist(line: HistoryLine, recorder: str = "") -> str:
    """An entry as one phrase: who recorded it if not its unit or ``recorder``, percentage, conclusion, content, other fields."""
    entry = line.entry
    parts = [] if line.record.recorder in (line.unit, recorder) else [f"{line.record.recorder}记录"]
    parts += _correction(entry, line.made) if isinstance(entry, Correction) else entry_phrases(entry)
    parts += [f"补录（晚 {line.late} 天）"] if line.late else []
    parts += [] if line.counted or line.withdrawn else ["【未计入】"]
    return ("【已作废】" if line.withdrawn else "") + "；".join(parts)


def entry_phrases(entry: Entry) -> list[str]:
    """The fields of an entry as phrases, without those that a list shows apart."""
    parts = []
    if (percent := getattr(entry, "percent", None)) is not None:
        parts.append(f"{percent}%")
    if conclusion := getattr(entry, "conclusion", None):
        parts.append(str(conclusion))
    parts += [entry.content] if entry.content else []
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name not in _SHOWN_APART | _OF_NO_INTEREST and value not in (None, (), False):
            parts.append(f"{label_of(field.name)}：{field_text(value)}")
    return [*parts, f"佐证 {len(entry.evidence)} 份"] if entry.evidence else parts


def _correction(entry: Correction, made: Corrected | None) -> list[str]:
    """The changes of a 更正 (old and new values, reason). One without effect shows what it would have changed."""
    of = f"{made.before.kind} {ending(entry.ref)}" if made else f"记录 {ending(entry.ref)}"
    if entry.void:
        changes = [f"{of} 作废"]
    else:
        changes = [f"{of} {label_of(name)}{_change(name, value, made)}" for name, value in changes_of(entry).items()]
    return [*changes, *([f"更正说明：{entry.note}"] if entry.note else [])]


def _change(name: str, value: object, made: Corrected | None) -> str:
    before = _short(name, getattr(made.before, name)) if made else ""
    return f" {before or '（无）'} → {_short(name, value)}" if made else f" → {_short(name, value)}"


def _short(name: str, value: object) -> str:
    text = field_text(value) + ("%" if name == "percent" and value is not None else "")
    return shortened(text, _SHORT)


def full_text(line: HistoryLine) -> list[str]:
    """All fields of an entry as corrected, one per line, then the changes of a 更正."""
    entry = line.entry
    texts = [f"{line.record.source}"] + (["【已作废】"] if line.withdrawn else []) + field_lines(entry)
    if isinstance(entry, Correction) and line.made:
        texts.append("改动：" + "；".join(_correction(entry, line.made)))
    return texts


def field_lines(entry: Entry) -> list[str]:
    """All fields of an entry, one per line."""
    values = ((name, getattr(entry, name)) for name in field_order(type(entry)))
    return [f"{label_of(name)}：{field_text(value)}" for name, value in values if value not in (None, (), False)]


def field_text(value: object) -> str:
    """A field's value as text; "" if there is none."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "是" if value is True else str(value)
