"""What lies on the disk: how a plan's files stand, and what they hold; each file is read once, and then as it was read.

That a file is as it was is told by its stamp (size, times, inode), once it is old enough: a disk's clock may stand still for
two seconds, and a file that is written meanwhile keeps its stamp.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from zhenggai.index.books import KeptBooks
from zhenggai.index.codec import line_of, value_in
from zhenggai.index.keys import digest_of, key_of, program_key
from zhenggai.index.store import Store
from zhenggai.reading.data_folders import UNITS_FILE, Stamp, listings, stamps_in

_STANDSTILL = 2_000_000_000  # nanoseconds: FAT counts by two seconds


class Seen(NamedTuple):
    """How a plan's files stand: its books by path, its units' folders."""

    books: Mapping[str, Stamp]
    folders: Mapping[str, str]


def look(root: Path, path: str) -> Seen:
    """How the files stand of the plan in a file; its ledger's folder is called as the file is."""
    books = {book: _stamp(root / book) for book in (path, UNITS_FILE)}
    return Seen(books, listings(root, Path(path).stem))


def _stamp(path: Path) -> Stamp:
    try:
        info = os.stat(path, follow_symlinks=False)
    except OSError:
        return Stamp(0, 0, 0, 0)
    return Stamp(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def seen_key(path: str, seen: Seen) -> str:
    """The key of what stands for a plan's files as they were seen."""
    stamps = (str(tuple(stamp)) for stamp in seen.books.values())
    listed = (text for folder in sorted(seen.folders) for text in (folder, seen.folders[folder]))
    return digest_of([program_key(), "seen", path, *stamps, *listed])


class Digests:
    """The digests of a plan's files: those that are kept for a listing are believed, the others are read.

    ``verify`` believes none. ``settled`` tells whether all that was read is old enough to be known by its stamp.
    """

    def __init__(self, store: Store, *, verify: bool) -> None:
        self._store, self._verify = store, verify
        self._settled_before = store.clock() - _STANDSTILL
        self.settled = True

    def is_settled(self, stamp: Stamp) -> bool:
        """Whether a file that is written from now on has another stamp."""
        old = stamp.newest < self._settled_before
        self.settled &= old
        return old

    def of_folders(self, folders: Mapping[str, str]) -> tuple[dict[str, dict[str, str]], list[str]]:
        """The digests of the files of folders whose listing is known, by name; and the folders whose listing is not."""
        keys = {folder: _digests_key(folder, listing) for folder, listing in folders.items()}
        kept = {} if self._verify else self._store.get_all(list(keys.values()))
        known = {folder: value_in(kept[key]) for folder, key in keys.items() if key in kept}
        return known, [folder for folder in folders if folder not in known]

    def of_older(self, folder: str, listing: str) -> dict[str, str]:
        """The digests of the files of a folder but for the one written last, where those are known: that one alone changes most."""
        kept = None if self._verify else self._store.get(_digests_key(folder, _older(listing)))
        return {} if kept is None else value_in(kept)

    def keep(self, folder: str, listing: str, digests: Mapping[str, str], stamps: Mapping[str, Stamp | None]) -> None:
        """Keep the digests of a folder's files for its listing, if every file is settled, and those just read, which have
        ``stamps``, are the ones that were listed.
        """
        listed = stamps_in(listing)
        sound = {name for name, stamp in listed.items() if self.is_settled(stamp) and stamps.get(name, stamp) == stamp}
        for part in (listing, _older(listing)):
            names = stamps_in(part).keys()
            if names <= sound:
                self._store.put(_digests_key(folder, part), line_of({name: digests[name] for name in names}))
        self.settled &= len(sound) == len(listed)


def _digests_key(folder: str, listing: str) -> str:
    """What a file's digest is does not hang on the program: only on its form, which has a name (``file_digest``)."""
    return key_of("size.blake2b", folder, listing)


def _older(listing: str) -> str:
    """A listing without the file that was written last."""
    parts = listing.split("\0")
    newest = max(range(0, len(parts), 5), key=lambda at: tuple(map(int, parts[at + 2 : at + 4])), default=0)
    return "\0".join(parts[:newest] + parts[newest + 5 :])


def kept_state(path: str, seen: Seen, store: Store) -> tuple[KeptBooks, bytes] | None:
    """The books of a plan, and what its entries say, if that is kept for its files as they were seen; None where it is not."""
    kept = store.get(seen_key(path, seen))
    if kept is None:
        return None
    books, state = value_in(kept)
    found = store.get_all((books, state))
    return (KeptBooks(books, found[books]), found[state]) if len(found) == len({books, state}) else None
