"""The entries of a plan, whole, out of its files: it is known where each stands, and only those asked for are read."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from zhenggai.errors import Changed
from zhenggai.index.catalogue import Catalogue
from zhenggai.index.finder import Finder
from zhenggai.index.parsed import file_digest
from zhenggai.model.book import Record
from zhenggai.model.events import Event
from zhenggai.model.plan import Plan
from zhenggai.model.source import Source
from zhenggai.model.units import UnitBook
from zhenggai.store.files import FileBytes, decode, read_file
from zhenggai.store.load import records_of
from zhenggai.store.strict_reader import entry_at


class StoredArchive:
    """An ``Archive`` out of what is kept and the files that it was made from."""

    def __init__(self, catalogue: Catalogue, finder: Finder) -> None:
        self._catalogue, self._finder = catalogue, finder
        self._root = catalogue.files.root
        self._records = lru_cache(maxsize=64)(self._read_all)
        self._canonical = lru_cache(maxsize=256)(self._read_canonical)
        self._found: dict[str, Record | None] = {}

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
        return [record for path in paths for record in self._firsts(path)]

    def about(self, unit: str) -> Sequence[Record]:
        beside = (e for e, _ in self._catalogue.beside() if e.measure is None and e.unit)
        events = [event for event in beside if self.units.full_name(event.unit or "") == unit]
        own = (record for record in self.recorded_by(unit) if record.entry.measure is None)
        records = [record for record in own if self.units.full_name(record.entry.unit or unit) == unit]
        known = {record.entry.number for record in records}
        records += [record for e in events if e.number not in known and (record := self.read(e))]
        return sorted(records, key=lambda record: record.source)

    def read(self, event: Event) -> Record | None:
        """The entry of an event, read where it stands."""
        path = event.path
        if (text := self._canonical(path)) is not None:
            entry = entry_at(text, event.offset)
            if entry is not None and entry.number == event.number:
                return Record(entry, path.split("/")[2], Source(path, event.line), event.offset)
        records = (record for record in self._records(path) if record.entry.number == event.number)
        return next(records, None)

    def _read_canonical(self, path: str) -> str | None:
        """What stands in a file, where that is canonical."""
        head = self._catalogue.files.head(path, self._finder.digest(path))
        return self._text(path) if head["canonical"] else None

    def _read_all(self, path: str) -> list[Record]:
        return records_of(self._text(path), path)[0]

    def _text(self, path: str) -> str:
        """The text of a file; ``Changed`` where it is not any more what its entries were filed by."""
        found = read_file(self._root, path)
        if file_digest(found) != self._finder.digest(path):
            raise Changed(path)
        return decode(found.data, path)[0] if isinstance(found, FileBytes) else ""

    def _firsts(self, path: str) -> Iterator[Record]:
        """The records of a file whose number no earlier one has."""
        for record in self._records(path):
            number = record.entry.number
            first = self._finder.event(number) if number in self._catalogue.repeated else None
            if first is None or (first.path, first.line) == (path, record.source.line):
                yield record
