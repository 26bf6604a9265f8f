"""A ledger file as its events, kept under its path and digest: what was read once is not read again, whatever the plan says."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypedDict

from zhenggai.errors import FileChanged
from zhenggai.index.codec import line_of, plain_diagnostics, value_in
from zhenggai.index.events import event_line, events_in
from zhenggai.index.keys import digest_of, key_of, program_key
from zhenggai.index.store import Store
from zhenggai.model.event_of_entry import Event
from zhenggai.model.source import Diagnostic
from zhenggai.reading.data_folders import Stamp
from zhenggai.reading.files import FileBytes, read_file
from zhenggai.reading.load import Events, events_of


class FileHead(TypedDict):
    """What is kept of a file beside its events: what is wrong with how it reads (plain), whether it is in canonical form."""

    diagnostics: list[Any]
    canonical: bool


_AT_HAND = 128  # files: reviewers' have something to say to every unit


def parsed_key(path: str, digest: str) -> str:
    """The key of a file's events."""
    return key_of(program_key(), "parsed", path, digest)


class Files:
    """The ledger files of a root, as this process has read them or as they are kept."""

    def __init__(self, root: Path, store: Store) -> None:
        self.root, self._store = root, store
        self.digests: dict[str, str] = {}  # of what this process has read
        self.stamps: dict[str, Stamp | None] = {}  # None: it could not be read
        self._events: dict[str, list[Event]] = {}
        self._heads: dict[str, FileHead] = {}
        self._lines: dict[str, list[bytes]] = {}

    def read(self, path: str) -> str:
        """Read a file, once; its digest."""
        if path not in self.digests:
            found = read_file(self.root, path)
            self.stamps[path] = Stamp(*found.stamp) if isinstance(found, FileBytes) else None
            self.digests[path] = file_digest(found)
            if self._store.get(parsed_key(path, self.digests[path])) is None:
                self._take(path, found)
        return self.digests[path]

    def _take(self, path: str, found: FileBytes | Diagnostic) -> bytes:
        """Keep what was read in a file."""
        file = events_of(found) if isinstance(found, FileBytes) else Events([], [found], False)
        self._events[path] = file.events
        head: FileHead = {"diagnostics": plain_diagnostics(file.diagnostics), "canonical": file.canonical}
        self._heads[path] = head
        value = b"\n".join((line_of(head), *map(event_line, file.events)))
        self._store.put(parsed_key(path, self.digests[path]), value)
        return value

    def value(self, path: str, digest: str) -> bytes:
        """A file's head and its events, a line each; ``FileChanged`` where it is another by now and what it was is not kept.

        What it has become is kept then, so whoever goes on with that need not read it again.
        """
        value = self._store.get(parsed_key(path, digest))
        return self._again(path, digest) if value is None else value

    def lines(self, path: str, digest: str) -> list[bytes]:
        """The lines of ``value``."""
        key = parsed_key(path, digest)
        if key in self._lines:
            found = self._lines[key] = self._lines.pop(key)  # the last to go
            return found
        return self.value(path, digest).split(b"\n")

    def _again(self, path: str, digest: str) -> bytes:
        found = read_file(self.root, path)
        before = as_it_was(found, digest)
        self.digests[path] = digest if before else file_digest(found)
        value = self._take(path, before or found)
        if before is None:
            raise FileChanged(path)
        return value

    def prefetch(self, files: Iterable[tuple[str, str]]) -> None:
        """Have the lines of some files, each with its digest, at hand with one question; those asked for last stay so."""
        for key in list(self._lines)[: max(len(self._lines) - _AT_HAND, 0)]:
            del self._lines[key]
        keys = (parsed_key(path, digest) for path, digest in files if not self._is_read(path, digest))
        found = self._store.get_all([key for key in dict.fromkeys(keys) if key not in self._lines])
        self._lines |= {key: value.split(b"\n") for key, value in found.items()}

    def _is_read(self, path: str, digest: str) -> bool:
        """Whether this process has read a file, and its events are at hand."""
        return self.digests.get(path) == digest and path in self._events

    def events(self, path: str, digest: str) -> list[Event]:
        """The events of a file."""
        if self._is_read(path, digest):
            return self._events[path]
        return events_in(self.lines(path, digest)[1:], path)

    def some(self, path: str, digest: str, nths: Sequence[int]) -> list[Event]:
        """Some events of a file, by their places in it."""
        if self._is_read(path, digest):
            events = self._events[path]
            return [events[nth] for nth in nths]
        lines = self.lines(path, digest)
        return events_in([lines[nth + 1] for nth in nths], path)

    def head(self, path: str, digest: str) -> FileHead:
        """What else is known of a file."""
        if self.digests.get(path) == digest and path in self._heads:
            return self._heads[path]
        found: FileHead = value_in(self.value(path, digest).split(b"\n", 1)[0])
        return found


def file_digest(found: FileBytes | Diagnostic) -> str:
    """What tells a file's content, beginning with its size in bytes; or why it cannot be read."""
    if isinstance(found, FileBytes):
        return f"{len(found.data)}.{digest_of([found.data])}"
    return key_of("unreadable", found.what)


def as_it_was(found: FileBytes | Diagnostic, digest: str) -> FileBytes | Diagnostic | None:
    """A file as it was when it had a digest, its beginning where it has only grown since; None where it is another by now."""
    if file_digest(found) == digest:
        return found
    size, sized, _ = digest.partition(".")
    if isinstance(found, FileBytes) and sized:
        before = replace(found, data=found.data[: int(size)])
        return before if file_digest(before) == digest else None
    return None
