"""Brings a plan's index up to date with its files: nothing to do most often, else what has changed, else all of it.

A file is as it was when its stamp is (size, times, inode). One that was written shortly before the index looked is read and
compared by its digest until that is long enough ago, since a disk's clock may stand still for two seconds.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import zhenggai
from zhenggai.ledger.index import Moved
from zhenggai.reading.data_folders import UNITS_FILE, Stamp, listings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zhenggai.ledger.catalogue import Catalogue

_RULES = ("rules", "rules/checks", "rules/day", "rules/plan", "rules/task")
_ROOMS = (".", "model", "deadline", *_RULES, "reading", "ledger")


class Seen(NamedTuple):
    """How a plan's files stand: its books by path, its units' folders; and when that was looked at (ns, this computer's clock)."""

    books: Mapping[str, Stamp]
    folders: Mapping[str, str]
    at: int


def refresh(catalogue: Catalogue, path: str, *, verify: bool = False) -> None:
    """Bring the index of the plan in a file up to date; ``verify`` makes all of it anew from the files.

    Raises ``Unusable`` where that cannot be done, and ``NothingToShow`` where the plan cannot be read.
    """
    if verify or not _is_true(catalogue, path):
        from zhenggai.ledger.making import bring_up_to_date  # here, since most often nothing has changed

        bring_up_to_date(catalogue, path, verify)


def look(catalogue: Catalogue, path: str) -> Seen:
    """How the files of the plan in a file stand now."""
    at = time.time_ns()
    return Seen(_stamps_of_books(catalogue.root, path), listings(catalogue.root, catalogue.number), at)


def _is_true(catalogue: Catalogue, path: str) -> bool:
    index = catalogue.index
    with suppress(Moved):
        seen = look(catalogue, path)
        books = {book: list(stamp) for book, stamp in seen.books.items()}
        known = is_of_this_program(catalogue) and index.meta("books") == books
        return known and not index.meta("racy") and index.folders() == seen.folders
    return False


def is_of_this_program(catalogue: Catalogue) -> bool:
    """Whether the index is as this program, and no other version of it, has left it."""
    return bool(catalogue.index.meta_if_any("program") == program_stamp())


def _stamps_of_books(root: Path, path: str) -> dict[str, Stamp]:
    return {book: _stamp(root / book) for book in (path, UNITS_FILE)}


def _stamp(path: Path) -> Stamp:
    try:
        info = os.stat(path, follow_symlinks=False)
    except OSError:
        return Stamp(0, 0, 0, 0)
    return Stamp(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def program_stamp() -> str:
    """What tells this program from any other version of it: how the files of the rooms stand that say what an index holds."""
    home = os.path.dirname(zhenggai.__file__)
    found = [zhenggai.__version__]
    for room in _ROOMS:
        number = size = times = 0
        with suppress(OSError), os.scandir(f"{home}/{room}") as entries:  # in a zip, say, the version tells
            for entry in entries:
                if entry.name.endswith(".py"):
                    info = entry.stat()
                    number, size, times = number + 1, size + info.st_size, times + info.st_mtime_ns
        found.append(f"{room} {number} {size} {times}")
    return "\n".join(found)
