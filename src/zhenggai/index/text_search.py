"""Finds the entries that may have some words in their texts: the bytes of the files say which files are read."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from zhenggai.index.catalogue import Catalogue
from zhenggai.index.entry_reader import EntryReader
from zhenggai.index.finder import EntryFinder
from zhenggai.model.book import Record
from zhenggai.model.entries import Correction
from zhenggai.model.kinds import Kind
from zhenggai.progress import watched
from zhenggai.reading.files import ENCODING_CHECK, FileBytes, read_file
from zhenggai.reading.word_scan import WordScan


def mentioning(
    catalogue: Catalogue, finder: EntryFinder, reader: EntryReader, words: Sequence[str]
) -> Iterator[Record]:
    """The entries that may have all of some folded words in their texts as corrected; also others.

    All words stand in the entry's own file, or one of them stands in a 更正 of it, which may be in another file.
    """
    scans, of_corrections = [WordScan(word) for word in words], WordScan(Kind.CORRECTION)
    files, not_utf8 = catalogue.files, _not_utf8(catalogue)
    whole: dict[str, None] = {}
    corrected: set[str] = set()
    for path in watched(finder.paths(), "查找"):
        data = None if path in not_utf8 else _bytes(files.root, path)
        if data is None or all(scan.may_hold(data) for scan in scans):
            whole[path] = None
        elif of_corrections.may_hold(data) and any(scan.may_hold(data) for scan in scans):
            events = files.events(path, finder.digest(path))
            corrected |= {event.ref for event in events if event.kind is Kind.CORRECTION and event.ref}
    for path in whole:
        for record in reader.records(path):
            if not finder.counts(record.entry.number, record.source):
                continue
            yield record
            if isinstance(record.entry, Correction):
                corrected.add(record.entry.ref)
    for number in sorted(corrected):
        event = finder.event(number)
        original = reader.read(event) if event and event.path not in whole else None
        if original:
            yield original


def _bytes(root: Path, path: str) -> bytes | None:
    """The bytes of a file; None if it cannot be read."""
    found = read_file(root, path)
    return found.data if isinstance(found, FileBytes) else None


def _not_utf8(catalogue: Catalogue) -> set[str]:
    """The files in another encoding or with bytes out of place, which reading has reported."""
    return {found.source.path for found in catalogue.diagnostics_of_reading if found.check == ENCODING_CHECK}
