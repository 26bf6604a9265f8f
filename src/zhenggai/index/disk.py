"""The stamps and digests of a plan's files. A file with an unchanged stamp is not read again.

A stamp is size, times and inode. A stamp proves that a file has not changed only if it is old enough: the clock of a disk may
have steps of two seconds, and a second write within one step leaves the stamp as it is.
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
    """The files of a plan as seen on the disk: path of each book → stamp, folder of each unit → listing of its files."""

    books: Mapping[str, Stamp]
    folders: Mapping[str, str]


def look(root: Path, path: str) -> Seen:
    """See the files of the plan at ``path``. The folder of its ledger has the name of the plan's file, without suffix."""
    books = {book: _stamp(root / book) for book in (path, UNITS_FILE)}
    return Seen(books, listings(root, Path(path).stem))


def _stamp(path: Path) -> Stamp:
    try:
        info = os.stat(path, follow_symlinks=False)
    except OSError:
        return Stamp(0, 0, 0, 0)
    return Stamp(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def seen_key(path: str, seen: Seen) -> str:
    """The key for a plan's files as seen; its value holds the keys of the books and of the state."""
    stamps = (str(tuple(stamp)) for stamp in seen.books.values())
    listed = (text for folder in sorted(seen.folders) for text in (folder, seen.folders[folder]))
    return digest_of([program_key(), "seen", path, *stamps, *listed])


class Digests:
    """The kept digests of a plan's ledger files, by the listing of each folder.

    With ``verify`` no kept digest is used. ``settled`` says whether every file seen so far is old enough to be recognised by
    its stamp.
    """

    def __init__(self, store: Store, *, verify: bool) -> None:
        self._store, self._verify = store, verify
        self._settled_before = store.clock() - _STANDSTILL
        self.settled = True

    def is_settled(self, stamp: Stamp) -> bool:
        """Whether the stamp is old enough, so that any later write changes it. If not, ``settled`` becomes False."""
        old = stamp.newest < self._settled_before
        self.settled &= old
        return old

    def of_folders(self, folders: Mapping[str, str]) -> tuple[dict[str, dict[str, str]], list[str]]:
        """The digests of the files in folders with a kept listing (folder → name → digest), and the other folders."""
        keys = {folder: _digests_key(folder, listing) for folder, listing in folders.items()}
        kept = {} if self._verify else self._store.get_all(list(keys.values()))
        known = {folder: value_in(kept[key]) for folder, key in keys.items() if key in kept}
        return known, [folder for folder in folders if folder not in known]

    def of_older(self, folder: str, listing: str) -> dict[str, str]:
        """The kept digests of a folder's files without the file written last; empty if they are not kept.

        Usually only the file written last changes, so the other files need not be read.
        """
        kept = None if self._verify else self._store.get(_digests_key(folder, _older(listing)))
        return {} if kept is None else value_in(kept)

    def keep(self, folder: str, listing: str, digests: Mapping[str, str], stamps: Mapping[str, Stamp | None]) -> None:
        """Keep the digests of a folder's files for its listing.

        Two sets are kept: the digests of all files, and the digests without the file written last. A set is kept only if each
        file in it is settled and, if just read, has the stamp of the listing. ``stamps`` are the stamps of the files just read.
        """
        listed = stamps_in(listing)
        sound = {name for name, stamp in listed.items() if self.is_settled(stamp) and stamps.get(name, stamp) == stamp}
        for part in (listing, _older(listing)):
            names = stamps_in(part).keys()
            if names <= sound:
                self._store.put(_digests_key(folder, part), line_of({name: digests[name] for name in names}))
        self.settled &= len(sound) == len(listed)


def _digests_key(folder: str, listing: str) -> str:
    """The key of a folder's digests. It names the form of ``file_digest`` and not the program, which does not change digests."""
    return key_of("size.blake2b", folder, listing)


def _older(listing: str) -> str:
    """A listing without the file that was written last."""
    parts = listing.split("\0")
    newest = max(range(0, len(parts), 5), key=lambda at: tuple(map(int, parts[at + 2 : at + 4])), default=0)
    return "\0".join(parts[:newest] + parts[newest + 5 :])


def kept_state(path: str, seen: Seen, store: Store) -> tuple[KeptBooks, bytes] | None:
    """The kept books and the kept state of a plan for its files as seen; None if either is not kept."""
    kept = store.get(seen_key(path, seen))
    if kept is None:
        return None
    books, state = value_in(kept)
    found = store.get_all((books, state))
    return (KeptBooks(books, found[books]), found[state]) if len(found) == len({books, state}) else None
