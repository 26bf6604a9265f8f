"""Reads whole entries from ledger files, by the path and offset of their events."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from zhenggai.index.parsed import Files
from zhenggai.model.book import Record
from zhenggai.model.event_of_entry import Event
from zhenggai.model.labels import label_of
from zhenggai.model.source import Source, unit_folder
from zhenggai.reading.canonical_form import lines_before
from zhenggai.reading.canonical_reader import entry_at
from zhenggai.reading.files import FileBytes, decode
from zhenggai.reading.load import records_of

if TYPE_CHECKING:
    from zhenggai.reading.raw_entry import RawEntry

_ENTRY_START = re.compile("^(?=- )", re.MULTILINE)


class EntryReader:
    """Reads the entries of a ledger's files. ``digest`` gives the digest of a file as it was when the ledger was opened.

    If a file has only grown since then, the new part is ignored. If it has changed otherwise, ``FileChanged`` is raised.
    """

    def __init__(self, files: Files, digest: Callable[[str], str]) -> None:
        self._files, self._digest = files, digest
        self.records = lru_cache(maxsize=64)(self._read_all)
        self._canonical = lru_cache(maxsize=256)(self._read_canonical)
        self._raw_entries = lru_cache(maxsize=64)(self._read_raw)

    def read(self, event: Event) -> Record | None:
        """The record of an event; None if its file has no such entry."""
        path = event.path
        if (text := self._canonical(path)) is not None:
            entry = entry_at(text, event.offset)
            if entry is not None and entry.number == event.number:
                return Record(entry, unit_folder(path), Source(path, event.line), event.offset)
        return next((record for record in self.records(path) if record.entry.number == event.number), None)

    def some(self, path: str, may_matter: Callable[[bytes], bool]) -> Iterator[Record]:
        """The entries of a file whose canonical texts in UTF-8 pass a test; all entries if the file is not canonical."""
        text = self._canonical(path)
        if text is None:
            yield from self.records(path)
            return
        line, offset = 1, 0
        for part in _ENTRY_START.split(text):
            entry = entry_at(part, 0) if may_matter(part.encode()) else None
            if entry is not None:
                yield Record(entry, unit_folder(path), Source(path, line), offset)
            line += part.count("\n")
            offset += len(part)

    def place(self, record: Record, field: str) -> Source:
        """The place of a field (English name) of an entry; of the entry if it does not have the field."""
        path = record.source.path
        if self._files.head(path, self._digest(path))["canonical"]:
            return Source(path, record.source.line + lines_before(record.entry, field))
        return Source(path, self._raw_entries(path)[record.entry.number].line_of(label_of(field)))

    def _read_canonical(self, path: str) -> str | None:
        """The text of a file; None if the file is not in canonical form."""
        return self._text(path) if self._files.head(path, self._digest(path))["canonical"] else None

    def _read_all(self, path: str) -> list[Record]:
        return records_of(self._text(path), path)[0]

    def _read_raw(self, path: str) -> "dict[str, RawEntry]":
        from zhenggai.reading.entry_text import read_entries  # imported here: canonical files need no YAML
        from zhenggai.reading.raw_entry import by_number

        return by_number(read_entries(self._text(path), path)[0])

    def _text(self, path: str) -> str:
        found = self._files.as_read(path, self._digest(path))
        return decode(found.data, path)[0] if isinstance(found, FileBytes) else ""
