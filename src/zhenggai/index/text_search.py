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

    def may_matter(data: bytes) -> bool:
        held = [scan.may_hold(data) for scan in scans]
        return all(held) or (any(held) and of_corrections.may_hold(data))

    not_utf8, root = _not_utf8(catalogue), catalogue.files.root
    found, corrected = set[str](), set[str]()
    for path in watched(finder.paths(), "查找"):
        data = None if path in not_utf8 else _bytes(root, path)
        if data is not None and not may_matter(data):
            continue
        for record in reader.some(path, may_matter):
            if isinstance(record.entry, Correction):
                corrected.add(record.entry.ref)
            number = record.entry.number
            if number not in found and finder.counts(number, record.source):
                finder.expect([(number, path)])
                found.add(number)
                yield record
    for number in sorted(corrected - found):
        event = finder.event(number)
        if event and (original := reader.read(event)) is not None:
            yield original


def _bytes(root: Path, path: str) -> bytes | None:
    """The bytes of a file; None if it cannot be read."""
    found = read_file(root, path)
    return found.data if isinstance(found, FileBytes) else None


def _not_utf8(catalogue: Catalogue) -> set[str]:
    """The files in another encoding or with bytes out of place, which reading has reported."""
    return {found.source.path for found in catalogue.diagnostics_of_reading if found.check == ENCODING_CHECK}
