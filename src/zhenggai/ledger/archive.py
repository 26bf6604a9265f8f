"""The entries of a plan, whole, out of its files: the index knows where each stands, and only those asked for are read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from zhenggai.ledger.catalogue import REPEATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai.ledger.catalogue import Catalogue
    from zhenggai.model.book import Record
    from zhenggai.model.event_of_entry import Event
    from zhenggai.model.plan import Plan
    from zhenggai.model.units import UnitBook


class StoredArchive:
    """An ``Archive`` out of the index and the files that it is true of."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._records = lru_cache(maxsize=64)(self._read_all)
        self._canonical = lru_cache(maxsize=256)(self._read_canonical)
        self._found: dict[str, Record | None] = {}

    @property
    def plan(self) -> Plan:
        return self._catalogue.plan

    @property
    def units(self) -> UnitBook:
        return self._catalogue.units

    def record(self, number: str) -> Record | None:
        if number not in self._found:
            found = self._catalogue.find(number)
            self._found[number] = self.read(found[0]) if found else None
        return self._found[number]

    def ending(self, word: str) -> Sequence[Record]:
        records = (self.record(number) for number in dict.fromkeys(n for n, _ in self._catalogue.index.ending(word)))
        return [record for record in records if record]

    def naming(self, number: str) -> Sequence[Record]:
        return [record for event, _ in self._catalogue.naming(number) if (record := self.read(event))]

    def recorded_by(self, unit: str) -> Sequence[Record]:
        paths = (path for path in self._catalogue.index.paths() if self.units.recorder(path) == unit)
        return [record for path in paths for record in self._firsts(path)]

    def about(self, unit: str) -> Sequence[Record]:
        beside = (e for e, of in self._catalogue.beside() if of.unit != REPEATED and e.measure is None and e.unit)
        events = [event for event in beside if self.units.full_name(event.unit or "") == unit]
        own = (record for record in self.recorded_by(unit) if record.entry.measure is None)
        records = [record for record in own if self.units.full_name(record.entry.unit or unit) == unit]
        known = {record.entry.number for record in records}
        records += [record for e in events if e.number not in known and (record := self.read(e))]
        return sorted(records, key=lambda record: record.source)

    def read(self, event: Event) -> Record | None:
        """The entry of an event, read where it stands; None where the file has meanwhile become another."""
        from zhenggai.model.book import Record  # here, since lists read no entry
        from zhenggai.model.source import Source
        from zhenggai.reading.canonical_reader import entry_at

        path = event.path
        if text := self._canonical(path):
            entry = entry_at(text, event.offset)
            if entry is not None and entry.number == event.number:
                return Record(entry, path.split("/")[2], Source(path, event.line), event.offset)
        records = (record for record in self._records(path) if record.entry.number == event.number)
        return next(records, None)

    def _read_canonical(self, path: str) -> str | None:
        """What stands in a file, where that is canonical."""
        from zhenggai.reading.load import load_text  # here, as above

        _, canonical = self._catalogue.index.file(path)
        return load_text(self._catalogue.root, path)[0] if canonical else None

    def _read_all(self, path: str) -> list[Record]:
        from zhenggai.reading.load import load_records  # here, as above

        return load_records(self._catalogue.root, path)[0]

    def _firsts(self, path: str) -> Iterator[Record]:
        """The records of a file whose number no earlier one has."""
        repeated = frozenset(self._catalogue.index.meta("repeated"))
        for record in self._records(path):
            number = record.entry.number
            first = self._catalogue.find(number) if number in repeated else None
            if first is None or (first[0].path, first[0].line) == (path, record.source.line):
                yield record
