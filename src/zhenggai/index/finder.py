"""Finds entries by their numbers: the event of each number, its address, and the entries that name it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from zhenggai.index.catalogue import Catalogue
from zhenggai.index.codec import value_in
from zhenggai.index.cross_references import FolderOutline, Month
from zhenggai.index.events import events_in, line_of_number, numbers_ending
from zhenggai.index.parsed import parsed_key
from zhenggai.model.event_of_entry import Event
from zhenggai.model.source import Source
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.entry_assignment import Filer, where

Found = tuple[Event, Address]


class EntryFinder:
    """Finds the entries of a catalogue by number. Of several entries with one number, it finds the one that counts."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._events: dict[str, Event | None] = {}
        self._places: dict[str, str] = {}
        self._values: dict[str, bytes] = {}
        self._read: list[Mapping[Address, Sequence[Event]]] = []
        self.filer = Filer(catalogue.books.plan, catalogue.books.units, self.event)

    def paths(self) -> list[str]:
        """The paths of the ledger's files, from the root, in order."""
        return sorted(f"{folder}/{name}" for folder, outline in self.folders.items() for name in outline.files)

    def remember(self, events: Mapping[Address, Sequence[Event]]) -> None:
        """Remember events that were read already, so that they need not be read again; ``events`` are by address."""
        self._read.append(events)

    def expect(self, places: Iterable[tuple[str, str]]) -> None:
        """Remember the file of some numbers; ``places`` are pairs (number, path)."""
        self._places.update(places)

    def find(self, number: str) -> Found | None:
        """The event of a number with its address; None for an unknown number."""
        event = self.event(number)
        return None if event is None else (event, self.filer.address(event))

    def event(self, number: str) -> Event | None:
        """The event of a number; None for an unknown number."""
        while self._read:
            for address, events in self._read.pop().items():
                for event in events:
                    self._events[event.number] = event
                    self.filer.found[event.number] = address
        if number not in self._events:
            self._events[number] = self._event(number)
        return self._events[number]

    def _event(self, number: str) -> Event | None:
        counts = self._catalogue.repeated.get(number)
        path = counts.path if counts else self._places.get(number)
        if path is not None:
            return self._in_file(number, path, self.digest(path))
        held = number.encode("utf-8", "surrogatepass")
        for path, digest, outline in self._files_of(number[:6]):
            if held in outline and (event := self._in_file(number, path, digest)):
                return event
        return None

    def _in_file(self, number: str, path: str, digest: str) -> Event | None:
        key = parsed_key(path, digest)
        value = self._values.get(key)
        if value is None:
            value = self._values[key] = self._catalogue.files.value(path, digest)
        line = line_of_number(value, number)
        return events_in([line], path)[0] if line else None

    # --- files

    @cached_property
    def folders(self) -> dict[str, FolderOutline]:
        """Folder → its outline, for all folders."""
        keys = self._catalogue.keys["folders"]
        values = self._catalogue.needed(list(keys.values()))
        return {f: FolderOutline(key, value) for (f, key), value in zip(keys.items(), values, strict=True)}

    def digest(self, path: str) -> str:
        """The digest of a file."""
        folder, _, name = path.rpartition("/")
        return self.folders[folder].files[name]

    @cached_property
    def _of_months(self) -> dict[str, list[tuple[str, str, bytes]]]:
        return {}

    def _files_of(self, month: str) -> list[tuple[str, str, bytes]]:
        """The files with entries of a month, in order: path, digest, second line of the outline (``numbers``)."""
        if month not in self._of_months:
            keys = self._catalogue.keys["months"]
            files = Month("", self._catalogue.needed([keys[month]])[0]).files if month in keys else []
            outlines = self._catalogue.needed([key for *_, key in files])
            self._of_months[month] = [
                (path, digest, outline.split(b"\n")[1])
                for (path, digest, _), outline in zip(files, outlines, strict=True)
            ]
        return self._of_months[month]

    def ending(self, word: str) -> list[str]:
        """The numbers that end with ``word``, in order of path."""
        found: dict[str, list[str]] = {}
        held = word.encode("utf-8", "surrogatepass")
        for month in sorted(self._catalogue.keys["months"]):
            for path, _, outline in self._files_of(month):
                if held not in outline:
                    continue
                numbers = value_in(outline)
                text = " ".join(("", *numbers["targets"].values(), *(line[2:19] for _, line in numbers["others"]), ""))
                found.setdefault(path, []).extend(numbers_ending(text, word))
        return list(dict.fromkeys(number for path in sorted(found) for number in found[path]))

    # --- references

    @cached_property
    def _naming(self) -> dict[str, list[str]]:
        """Number → the paths of the files with entries that name it."""
        found: dict[str, list[str]] = {}
        for folder, outline in self.folders.items():
            for name, numbers in outline.named.items():
                for number in numbers:
                    found.setdefault(number, []).append(f"{folder}/{name}")
        return found

    def naming(self, number: str) -> Iterator[Found]:
        """The entries that name ``number`` (针对), each with its address, in order of path and line."""
        held = f'"{number}"'.encode("utf-8", "surrogatepass")
        for path in sorted(self._naming.get(number, ())):
            lines = self._catalogue.files.lines(path, self.digest(path))[1:]
            for event in sorted(events_in([line for line in lines if held in line], path), key=lambda e: e.line):
                if event.ref == number and self.counts(event.number, where(event)):
                    yield event, self.filer.address(event)

    def counts(self, number: str, place: Source) -> bool:
        """Whether the entry with a number at a place counts, rather than another with that number."""
        return self._catalogue.repeated.get(number, place) == place
