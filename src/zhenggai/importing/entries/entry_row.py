"""A row that is to be an entry: the texts of the entry's fields, each with its place. They are typed as a ledger's are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import NamedTuple

from zhenggai.frozen import frozen
from zhenggai.importing.content import Row, Sheet, cell_name
from zhenggai.importing.draft import Place, place_words
from zhenggai.model.entries import Entry, Fault
from zhenggai.model.entry_classes import CLASS_OF_KIND
from zhenggai.model.kinds import Kind
from zhenggai.model.source import Diagnostic, Level
from zhenggai.reading.field_readers import FieldReader, readers_of
from zhenggai.reading.raw_entry import RawEntry, Value
from zhenggai.reading.typed_entries import type_entry

KINDS = (
    Kind.CLAIM,
    Kind.PROGRESS,
    Kind.BASICALLY_DONE,
    Kind.DONE,
    Kind.OCCURRENCE,
    Kind.LONG_TERM_REVIEW,
    Kind.EXTENSION_REQUEST,
    Kind.TO_LONG_TERM,
    Kind.APPLICATION,
)
"""What rows may record: the kinds that a unit writes of its own tasks, but for answers to other entries."""


def _readers(kind: str) -> Mapping[str, FieldReader]:
    return readers_of(CLASS_OF_KIND[kind])  # type: ignore[arg-type]  # mypy: a class is hashable


_MADE = ("编号", "代录")  # by the program, whatever a row has
KEYS = tuple(dict.fromkeys(key for kind in KINDS for key in _readers(kind) if key not in (*_MADE, "录自")))
"""The keys that a row may give, those of all ``KINDS``."""


@frozen
class EntryRow:
    """The texts of an entry's fields by the ledger's keys, without empty ones; where the row stands in the file ``source``, and where each text.

    ``faults``: what nobody can read of its cells.
    """

    source: str
    at: Place
    texts: Mapping[str, Value]
    cells: Mapping[str, Place] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands, for people: 进展.csv:7, 进展.xlsx:Sheet1!C7."""
        return place_words(self.source, self.at)

    def at_of(self, key: str) -> Place:
        """Where the text of a key stands, or would."""
        return self.cells.get(key, self.at)

    def place_of(self, key: str) -> str:
        """Where the text of a key stands, for people."""
        return place_words(self.source, self.at_of(key))

    def text(self, key: str) -> str:
        """The text of a key; "" if there is none."""
        value = self.texts.get(key, "")
        return value if isinstance(value, str) else "、".join(value)

    @property
    def kind(self) -> str:
        """Its 事项, by default 进展."""
        return self.text("事项") or Kind.PROGRESS


class RowFault(NamedTuple):
    """Why a row cannot be an entry: the key whose text is wrong, "" for the row; what is wrong; what to do."""

    row: EntryRow
    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.row.place_of(self.key)}: {self.what}\n    {self.remedy}"


@frozen
class EntryRows:
    """The rows of a file, and the heads of its columns that no entry has."""

    rows: tuple[EntryRow, ...]
    unused: tuple[str, ...] = ()


def cell_place(sheet: Sheet, row: Row, column: int) -> Place:
    """The place of a cell. A CSV file has no names of cells."""
    return Place(row.number, sheet.name, cell_name(row, column) if sheet.name else "")


def typed_row(row: EntryRow, made: Mapping[str, Value]) -> tuple[Entry | None, list[Fault]]:
    """The entry of a row, or None; and every fault of its texts. ``made`` are the values that the program gives.

    Texts are read as those of a ledger's file are, with the same habits.
    """
    row = without_full_percent(row)
    if faults := list(_misplaced(row)):
        return None, faults
    values: dict[str, Value] = {**row.texts, "事项": row.kind, **made}
    keys = ("", *values)
    raw = RawEntry(values, 0, tuple(range(1, len(keys))), 0, 0)  # the line of a key is its place in ``keys``
    entry, diagnostics = type_entry(raw, "")
    faults = [_fault(keys[d.source.line], d) for d in diagnostics if d.level is Level.ERROR]
    return (None if faults else entry), faults


_LACKING = re.compile(r"缺少“(.+)”")


def _fault(key: str, diagnostic: Diagnostic) -> Fault:
    """A fault of a text, in words for a table: what a ledger's file lacks is a cell that is not filled in."""
    if lacking := _LACKING.fullmatch(diagnostic.what):
        return lacking[1], f"没有写“{lacking[1]}”", "填上这一格"
    return key, diagnostic.what, diagnostic.remedy


def _misplaced(row: EntryRow) -> Iterator[Fault]:
    """Faults of what the kind of the row does not have."""
    kind = row.kind
    if kind not in KINDS:
        yield "事项", f"事项“{kind}”不能成批记", f"能成批记的有：{'、'.join(KINDS)}"
        return
    readers = _readers(kind)
    for key in row.texts:
        if key not in readers:
            yield key, f"“{kind}”没有“{key}”可写", "把这一格清空，或另起一行记进展"


def parts_of(row: EntryRow, *, started: bool) -> tuple[EntryRow, ...]:
    """A row as the entries that say all of it: what a 完成 or 基本完成 has no place for is a 进展 before it.

    So is what begins a task that is not ``started``, before a 基本完成. Evidence goes with the last.
    """
    row = without_full_percent(row)
    more = {key for key in ("进度", "存在问题", "下步打算", "原因") if row.text(key)}
    if row.kind not in (Kind.DONE, Kind.BASICALLY_DONE) or not (
        more or (row.kind == Kind.BASICALLY_DONE and not started)
    ):
        return (row,)
    first = {key: text for key, text in row.texts.items() if key != "佐证"} | {"事项": Kind.PROGRESS}
    last = {key: text for key, text in row.texts.items() if key not in more}
    return replace(row, texts=first), replace(row, texts=last)


def without_full_percent(row: EntryRow) -> EntryRow:
    """A row of 完成 without its 100 %, which it says by itself; any other row as it is."""
    if row.kind != Kind.DONE or row.text("进度").rstrip("%％") != "100":
        return row
    return replace(row, texts={key: text for key, text in row.texts.items() if key != "进度"})
