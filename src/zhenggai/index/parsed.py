"""The events of ledger files, kept under path and digest of each file. A change of the plan does not make them invalid."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypedDict

from zhenggai.errors import FileChanged
from zhenggai.index.codec import line_of, plain_diagnostics, value_in
from zhenggai.index.events import event_line, events_in
from zhenggai.index.file_digests import as_it_was, file_digest
from zhenggai.index.keys import key_of, program_key
from zhenggai.index.store import Store
from zhenggai.model.event_of_entry import Event
from zhenggai.model.source import Diagnostic
from zhenggai.reading.data_folders import Stamp
from zhenggai.reading.files import FileBytes, read_file
from zhenggai.reading.load import Events, events_of


class FileHead(TypedDict):
    """The head of a kept file: the diagnostics of reading it (plain), and whether it is in canonical form."""

    diagnostics: list[Any]
    canonical: bool


_AT_HAND = 128  # files whose lines stay in memory; a reviewer's files have events for every unit


def parsed_key(path: str, digest: str) -> str:
    """The key of a file's events."""
    return key_of(program_key(), "parsed", path, digest)


class Files:
    """The ledger files of a root, read by this process or taken from the store."""

    def __init__(self, root: Path, store: Store) -> None:
        self.root, self._store = root, store
        self.digests: dict[str, str] = {}  # path → digest, of files that this process has read
        self.stamps: dict[str, Stamp | None] = {}  # None: the file could not be read
        self._events: dict[str, list[Event]] = {}
        self._heads: dict[str, FileHead] = {}
        self._lines: dict[str, list[bytes]] = {}

    def read(self, path: str) -> str:
        """Read a file unless this process has read it; returns its digest."""
        if path not in self.digests:
            found = read_file(self.root, path)
            self.stamps[path] = Stamp(*found.stamp) if isinstance(found, FileBytes) else None
            self.digests[path] = file_digest(found)
            if self._store.get(parsed_key(path, self.digests[path])) is None:
                self._take(path, found)
        return self.digests[path]

    def _take(self, path: str, found: FileBytes | Diagnostic) -> bytes:
        """Keep the content of a file that was read; returns the kept value."""
        file = events_of(found) if isinstance(found, FileBytes) else Events([], [found], False)
        self._events[path] = file.events
        head: FileHead = {"diagnostics": plain_diagnostics(file.diagnostics), "canonical": file.canonical}
        self._heads[path] = head
        value = b"\n".join((line_of(head), *map(event_line, file.events)))
        self._store.put(parsed_key(path, self.digests[path]), value)
        return value

    def value(self, path: str, digest: str) -> bytes:
        """The kept value of a file: its head and its events, a line each.

        If the value is not kept, the file is read again. If the file has changed meanwhile, its new content is kept and
        ``FileChanged`` is raised.
        """
        value = self._store.get(parsed_key(path, digest))
        return self._again(path, digest) if value is None else value

    def lines(self, path: str, digest: str) -> list[bytes]:
        """The lines of ``value``."""
        key = parsed_key(path, digest)
        if key in self._lines:
            found = self._lines[key] = self._lines.pop(key)  # moved to the end: removed last
            return found
        return self.value(path, digest).split(b"\n")

    def _again(self, path: str, digest: str) -> bytes:
        found = self.as_read(path, digest)
        self.digests[path] = digest
        return self._take(path, found)

    def as_read(self, path: str, digest: str) -> FileBytes | Diagnostic:
        """The content of a file as it was when it had ``digest``.

        If the file has changed otherwise than by growing, its new content is kept and ``FileChanged`` is raised.
        """
        found = read_file(self.root, path)
        before = as_it_was(found, digest)
        if before is None:
            self.digests[path] = file_digest(found)
            self._take(path, found)
            raise FileChanged(path)
        return before

    def prefetch(self, files: Iterable[tuple[str, str]]) -> None:
        """Load the lines of some files with one query; ``files`` are pairs (path, digest).

        First the number of files in memory is cut to ``_AT_HAND``; the most recently used files stay.
        """
        for key in list(self._lines)[: max(len(self._lines) - _AT_HAND, 0)]:
            del self._lines[key]
        keys = (parsed_key(path, digest) for path, digest in files if not self._is_read(path, digest))
        found = self._store.get_all([key for key in dict.fromkeys(keys) if key not in self._lines])
        self._lines |= {key: value.split(b"\n") for key, value in found.items()}

    def _is_read(self, path: str, digest: str) -> bool:
        """Whether the events of a file are in memory, since this process has read it."""
        return self.digests.get(path) == digest and path in self._events

    def events(self, path: str, digest: str) -> list[Event]:
        """The events of a file."""
        if self._is_read(path, digest):
            return self._events[path]
        return events_in(self.lines(path, digest)[1:], path)

    def some(self, path: str, digest: str, nths: Sequence[int]) -> list[Event]:
        """The events of a file at some positions, in the order of ``nths``."""
        if self._is_read(path, digest):
            events = self._events[path]
            return [events[nth] for nth in nths]
        lines = self.lines(path, digest)
        return events_in([lines[nth + 1] for nth in nths], path)

    def head(self, path: str, digest: str) -> FileHead:
        """The head of a file."""
        if self.digests.get(path) == digest and path in self._heads:
            return self._heads[path]
        found: FileHead = value_in(self.value(path, digest).split(b"\n", 1)[0])
        return found
