"""Everything read for one plan: plan, units, and the entries with their places."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from zhenggai.frozen import frozen
from zhenggai.model.copies import counting, originals_of
from zhenggai.model.entries import Entry
from zhenggai.model.event_of_entry import Event, event_of
from zhenggai.model.plan import Plan
from zhenggai.model.source import Diagnostic, Source
from zhenggai.model.units import UnitBook

if TYPE_CHECKING:  # only the registers need it
    from zhenggai.model.organisations import OrganisationBook


@frozen
class Record:
    """An entry, the unit whose folder contains it, and its place; ``offset`` counts characters from the start of the file."""

    entry: Entry
    recorder: str
    source: Source
    offset: int = 0


class Archive(Protocol):
    """Access to plan, units and whole entries, for rules and views. Of a repeated number, see ``copies.counting``."""

    @property
    def plan(self) -> Plan:
        """The plan as written in its file."""

    @property
    def units(self) -> UnitBook:
        """The unit book."""

    def record(self, number: str) -> Record | None:
        """The entry with that number, or None."""

    def ending(self, word: str) -> Sequence[Record]:
        """The entries whose numbers end with ``word``."""

    def naming(self, number: str) -> Sequence[Record]:
        """The entries whose 针对 is ``number``, in order of path and line."""

    def recorded_by(self, unit: str) -> Sequence[Record]:
        """The entries in the folder of ``unit`` (a full name), in order of path and line."""

    def mentioning(self, words: Sequence[str]) -> Iterable[Record]:
        """The entries that may have all of some folded words in their texts as corrected; also others."""

    def place(self, record: Record, field: str) -> Source:
        """The place of a field (English name) of an entry; of the entry if that is not known."""

    def about(self, unit: str) -> Sequence[Record]:
        """The entries without 措施 about ``unit`` (a full name): those with it as 单位, and its own without 单位."""


def _unread(_path: str) -> None:
    return None


@frozen(slots=False)
class Book:
    """One plan with its units and all entries of its ledger; an ``Archive``.

    - ``records``: in order of path and line.
    - ``evidence_files``: the existing evidence files, as paths from the root.
    - ``digest_of(path)``: the SHA-256 of such a file in hex; "" if it is missing or unreadable, None if files are not to be read.
    - ``organisations``: None until the registers need it (``Ledger.with_organisations``).
    """

    plan: Plan
    units: UnitBook
    records: tuple[Record, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    evidence_files: frozenset[str] = frozenset()
    digest_of: Callable[[str], str | None] = _unread
    organisations: "OrganisationBook | None" = None

    @cached_property
    def by_number(self) -> dict[str, Record]:
        """Records by number, in order of path and line; of a repeated number, the one that counts."""
        counted = counting(((r.entry.number, r.source, r) for r in self.records), self.units)
        return {r.entry.number: r for r in self.records if counted[r.entry.number] is r}

    @cached_property
    def copies(self) -> Mapping[str, Sequence[Record]]:
        """The ledger files that are copies of others, each with its records."""
        if len(self.by_number) == len(self.records):
            return {}
        counted = {number: record.source.path for number, record in self.by_number.items()}
        files: dict[str, list[Record]] = {}
        for record in self.records:
            files.setdefault(record.source.path, []).append(record)
        return {
            path: records
            for path, records in files.items()
            if originals_of(path, (r.entry.number for r in records), counted, self.units)
        }

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The records as events, the form that the rules fold."""
        return tuple(event_of(r.entry, r.source.path, r.source.line, r.offset) for r in self.records)

    @cached_property
    def _answers(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in self.by_number.values():
            if ref := getattr(record.entry, "ref", None):
                found.setdefault(ref, []).append(record)
        return found

    def record(self, number: str) -> Record | None:
        return self.by_number.get(number)

    def ending(self, word: str) -> Sequence[Record]:
        return [record for number, record in self.by_number.items() if number.endswith(word)]

    def naming(self, number: str) -> Sequence[Record]:
        return self._answers.get(number, ())

    def recorded_by(self, unit: str) -> Sequence[Record]:
        return [r for r in self.by_number.values() if self.units.full_name(r.recorder) == unit]

    def mentioning(self, words: Sequence[str]) -> Iterable[Record]:
        return self.by_number.values()

    def place(self, record: Record, field: str) -> Source:
        return record.source

    def about(self, unit: str) -> Sequence[Record]:
        records = (r for r in self.by_number.values() if r.entry.measure is None)
        return [r for r in records if self.units.full_name(r.entry.unit or r.recorder) == unit]
