"""Converts the texts of a ledger entry into a typed entry, by the fields of its kind; faults become problems with lines."""

from datetime import date
from functools import cache
from hashlib import sha256
from typing import Annotated, Any, cast

from zhenggai.model.entries import Entry
from zhenggai.model.entry_classes import CLASS_OF_KIND
from zhenggai.model.numbers import entry_number
from zhenggai.model.source import CORRECTED, Diagnostic, Source
from zhenggai.model.wording import nearest
from zhenggai.reading.canonical_form import entry_text
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.field_readers import FieldReader, read_items, readers_of
from zhenggai.reading.pydantic import Field, TypeAdapter, ValidationError
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.reading.typed import BAD, CHECK, habit, sentence, unknown_key
from zhenggai.reading.values import Unreadable


@cache
def entry_adapter() -> TypeAdapter[Any]:
    """The pydantic validator of all entry kinds, discriminated by 事项; built on first use."""
    return TypeAdapter(Annotated[Entry, Field(discriminator="kind")])


class _Notes:
    """Collects the warnings about one entry's spellings. One object per entry, whose ``key`` changes, saves time."""

    __slots__ = ("diagnostics", "key", "path", "raw")

    def __init__(self, raw: RawEntry, path: str, diagnostics: list[Diagnostic]) -> None:
        self.raw, self.path, self.diagnostics, self.key = raw, path, diagnostics, ""

    def __call__(self, what: str) -> None:
        self.diagnostics.append(habit(self.source, what))

    @property
    def source(self) -> Source:
        """The place of the key that is being read."""
        return Source(self.path, self.raw.line_of(self.key))


def type_entry(raw: RawEntry, path: str) -> tuple[Entry | None, list[Diagnostic]]:
    """The entry from its texts, or None if it is unusable; and all its problems."""
    diagnostics: list[Diagnostic] = []
    values = raw.values
    kind = values.get("事项")
    owner: Any = CLASS_OF_KIND.get(kind) if isinstance(kind, str) else None
    if owner is None:
        return None, [_kind_diagnostic(raw, path)]
    readers = readers_of(owner)
    typed: dict[str, object] = {}
    notes = _Notes(raw, path, diagnostics)
    for key, value in values.items():  # the hot loop of reading: plain text needs no call
        reader = readers.get(key)
        if reader is None:
            diagnostics.append(unknown_key(Source(path, raw.line_of(key)), key, readers))
        elif reader.is_text and value.__class__ is str and value and not value.isspace():
            typed[key] = value
        else:
            notes.key = key
            typed[key] = _entry_value(reader, value, notes)
    try:
        entry: Entry | None = entry_adapter().validate_python(typed)
    except ValidationError as error:
        entry = _without_bad(typed, error, raw, path, diagnostics)
    if entry is not None:
        diagnostics += [
            Diagnostic(Source(path, raw.line_of(key)), CHECK, what, remedy) for key, what, remedy in entry.faults()
        ]
    return entry, diagnostics


def _entry_value(reader: FieldReader, value: str | tuple[str, ...], notes: _Notes) -> object:
    try:
        if reader.many:
            return read_items(reader, (value,) if isinstance(value, str) else value, notes)
        if isinstance(value, str):
            return reader.read(value, notes)
        raise Unreadable(f"“{notes.key}”应是一个值，不是列表", f"写成 {notes.key}: …")
    except Unreadable as refused:
        notes.diagnostics.append(Diagnostic(notes.source, CHECK, refused.what, refused.remedy))
        return BAD


def _without_bad(
    typed: dict[str, object], error: ValidationError, raw: RawEntry, path: str, diagnostics: list[Diagnostic]
) -> Entry | None:
    """The entry without its invalid optional fields; None if a required field is missing or invalid."""
    for fault in error.errors(include_url=False):
        key = str(fault["loc"][1]) if len(fault["loc"]) > 1 else ""
        if fault["input"] is not BAD:
            what, remedy = sentence(fault, key)
            if key == "编号" and fault["type"] == "missing" and isinstance(day := typed.get("日期"), date):
                remedy = f"{CORRECTED}- 编号: {_number_for(day, typed)}"
            line = raw.line_of(key) if key in raw.values else raw.line
            diagnostics.append(Diagnostic(Source(path, line), CHECK, what, remedy))
        typed.pop(key, None)
    try:
        return cast("Entry", entry_adapter().validate_python(typed))
    except ValidationError:
        return None


def _number_for(day: date, typed: dict[str, object]) -> str:
    """A number to suggest for an entry without one: its own day, and characters derived from its values."""
    seed = int.from_bytes(sha256(repr(sorted(typed.items(), key=str)).encode()).digest()[:6], "big")
    return entry_number(day, seed >> 20 & 0xFFFF, seed)


def _kind_diagnostic(raw: RawEntry, path: str) -> Diagnostic:
    if "事项" not in raw.values:
        return Diagnostic(Source(path, raw.line), CHECK, "缺少“事项”", "补上一行 事项: 进展（或别的事项）")
    kind = raw.values["事项"]
    if not isinstance(kind, str):
        return Diagnostic(Source(path, raw.line_of("事项")), CHECK, "“事项”应是一个值，不是列表", "写成 事项: …")
    near = nearest(str(kind), CLASS_OF_KIND) or tuple(CLASS_OF_KIND)[:8]
    return Diagnostic(
        Source(path, raw.line_of("事项")), CHECK, f"不认识的事项“{kind}”", f"最接近的有：{'、'.join(near)}"
    )


def faults_as_written(entry: Entry) -> list[Diagnostic]:
    """The problems that reading an entry back would report; used for an entry assembled from parts."""
    raws, faults = read_entries(entry_text(entry), "")
    return [*faults, *(fault for raw in raws for fault in type_entry(raw, "")[1])]
