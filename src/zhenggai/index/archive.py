"""The archive of a plan: whole entries, read from the ledger files. By the index only the needed entries are read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from zhenggai.index.catalogue import REPEATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from zhenggai.index.catalogue import Catalogue
    from zhenggai.index.entry_reader import EntryReader
    from zhenggai.index.finder import EntryFinder
    from zhenggai.model.book import Record
    from zhenggai.model.event_of_entry import Event
    from zhenggai.model.plan import Plan
    from zhenggai.model.source import Source
    from zhenggai.model.units import UnitBook


class StoredArchive:
    """An ``Archive`` that finds entries by the index and reads them from the files."""

    def __init__(self, catalogue: Catalogue, got_finder: Callable[[], EntryFinder]) -> None:
        self._catalogue, self._got_finder = catalogue, got_finder
        self._found: dict[str, Record | None] = {}

    @cached_property
    def _finder(self) -> EntryFinder:
        return self._got_finder()

    @cached_property
    def _entries(self) -> EntryReader:
        from zhenggai.index.entry_reader import EntryReader  # imported here: most lists only need the unit book

        return EntryReader(self._catalogue.files, self._finder.digest)

    @property
    def plan(self) -> Plan:
        return self._catalogue.books.plan

    @property
    def units(self) -> UnitBook:
        return self._catalogue.books.units

    def record(self, number: str) -> Record | None:
        if number not in self._found:
            event = self._finder.event(number)
            self._found[number] = self.read(event) if event else None
        return self._found[number]

    def ending(self, word: str) -> Sequence[Record]:
        return [record for number in self._finder.ending(word) if (record := self.record(number))]

    def naming(self, number: str) -> Sequence[Record]:
        return [record for event, _ in self._finder.naming(number) if (record := self.read(event))]

    def recorded_by(self, unit: str) -> Sequence[Record]:
        paths = (
            f"{folder}/{name}"
            for folder, outline in sorted(self._finder.folders.items())
            if self.units.recorder(folder) == unit
            for name in sorted(outline.files)
        )
        records = (record for path in paths for record in self._entries.records(path))
        return [record for record in records if self._finder.counts(record.entry.number, record.source)]

    def mentioning(self, words: Sequence[str]) -> Iterable[Record]:
        from zhenggai.index.text_search import mentioning  # imported here: only a search needs it

        return mentioning(self._catalogue, self._finder, self._entries, words)

    def place(self, record: Record, field: str) -> Source:
        return self._entries.place(record, field)

    def about(self, unit: str) -> Sequence[Record]:
        beside = (e for e, of in self._catalogue.beside() if of.unit != REPEATED and e.measure is None and e.unit)
        events = [event for event in beside if self.units.full_name(event.unit or "") == unit]
        own = (record for record in self.recorded_by(unit) if record.entry.measure is None)
        records = [record for record in own if self.units.full_name(record.entry.unit or unit) == unit]
        known = {record.entry.number for record in records}
        records += [record for e in events if e.number not in known and (record := self.read(e))]
        return sorted(records, key=lambda record: record.source)

    def read(self, event: Event) -> Record | None:
        """The record of an event, read from its file."""
        return self._entries.read(event)
