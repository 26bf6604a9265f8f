"""A store of values under keys, in an SQLite file under ``.zhenggai/``. The file may be deleted or damaged at any time.

The value of a key never changes, since the key names all inputs of the value. So several processes may read and write in any
order, and writing may wait. If the file cannot be used, nothing is kept: this process has its own values in memory, and
every other value counts as missing.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

FOLDER = ".zhenggai/index"
FILE = "kept.db"

_TABLES = (
    "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, day INT, value BLOB)",
    "CREATE INDEX IF NOT EXISTS kept_on ON kept (day)",
)
_PATIENCE = 2.0  # seconds that SQLite waits while another process commits, which takes milliseconds
_DAYS = 60  # age at which a write deletes a value
_RENEWED = _DAYS // 4  # a value older than this becomes new if a process reads it and then writes
_PORTION = 4_000_000  # bytes in one transaction; it limits how long a reader waits
_MOST = 500  # keys in one query
_SECONDS = 86_400


class Store:
    """The store in a file; only in memory if ``path`` is None or the file cannot be used."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._at_hand: dict[str, bytes] = {}  # values that this process has put
        self._unwritten: list[str] = []
        self._ageing: list[str] = []
        self._today = int(time.time()) // _SECONDS
        self._is_new = False
        self._db: sqlite3.Connection | None = None
        if path is not None:
            with self._careful():
                _make_folder(path.parent)
                _refuse_odd(path)
                # a foreign journal: the store never has one on disk, and SQLite would roll the store back by it
                path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
                db = self._db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
                self._is_new = not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept'").fetchone()
                if self._is_new:
                    _clear(path)
                    for statement in _TABLES:
                        db.execute(statement)

    @contextmanager
    def _careful(self) -> Iterator[None]:
        """Handle faults of the file: from then on only memory is used. A damaged file is removed; the next process makes a new one."""
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            self._let_go()
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                self._remove()

    def _let_go(self) -> None:
        db, self._db = self._db, None
        with suppress(sqlite3.Error):
            if db is not None:
                db.close()

    def _remove(self) -> None:
        assert self._path is not None  # a store in memory cannot be damaged
        with suppress(OSError):
            self._path.unlink()

    def get(self, key: str) -> bytes | None:
        """The value of a key; None if it is missing or damaged."""
        return self.get_all((key,)).get(key)

    def get_all(self, keys: Collection[str]) -> dict[str, bytes]:
        """The values of some keys: key → value, without missing and damaged values."""
        found = {key: self._at_hand[key] for key in keys if key in self._at_hand} if self._at_hand else {}
        wanted = [key for key in keys if key not in found] if found else list(keys)
        aged = self._today - _RENEWED
        db = self._db
        if db is None or self._is_new:
            return found
        with self._careful():
            for at in range(0, len(wanted), _MOST):
                some = wanted[at : at + _MOST]
                marks = ",".join("?" * len(some))
                for key, day, stored in db.execute(f"SELECT key, day, value FROM kept WHERE key IN ({marks})", some):
                    value = _sound(key, stored)
                    if value is not None:
                        found[key] = value
                        if day < aged:
                            self._ageing.append(key)
        return found

    def put(self, key: str, value: bytes) -> None:
        """Put a value into memory; ``write`` writes it to the file."""
        if key not in self._at_hand:
            self._at_hand[key] = value
            self._unwritten.append(key)

    def write(self) -> None:
        """Write all new values to the file, a portion at a time, and delete values older than ``_DAYS``."""
        if not self._unwritten:
            return
        with self._careful():
            if self._db is not None:
                self._is_new = False
                try:
                    self._write(self._db)
                except sqlite3.OperationalError:
                    # a full disk, no right to write, another writer: kept values stay readable
                    self._db.execute("ROLLBACK") if self._db.in_transaction else None
        self._unwritten.clear()

    def _write(self, db: sqlite3.Connection) -> None:
        db.execute("PRAGMA synchronous = OFF")  # a value spoilt by a power cut is recognised and made again
        db.execute("PRAGMA journal_mode = MEMORY")  # a journal on disk could outlive a deleted store and spoil the next
        keys, at = self._unwritten, 0
        while at < len(keys):
            end, size = at, 0
            while end < len(keys) and size < _PORTION:
                size += len(self._at_hand[keys[end]])
                end += 1
            rows = ((key, self._today, _sealed(key, self._at_hand[key])) for key in keys[at:end])
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            db.execute("COMMIT")
            at = end
        db.execute("BEGIN IMMEDIATE")
        db.executemany("UPDATE kept SET day = ? WHERE key = ?", [(self._today, key) for key in self._ageing])
        db.execute("DELETE FROM kept WHERE day < ?", (self._today - _DAYS,))
        db.execute("COMMIT")
        self._ageing.clear()

    def clock(self) -> int:
        """The clock of the disk that holds the store, in nanoseconds; 0 if nothing can be written there."""
        if self._db is None or self._path is None:
            return 0
        with suppress(OSError):
            probe = self._path.with_suffix(".clock")
            probe.touch()
            return probe.stat().st_mtime_ns
        return 0


def _clear(path: Path) -> None:
    """Remove the files of earlier versions of the program beside the store."""
    for other in path.parent.iterdir():
        if other.suffix in (".db", ".stamp", ".clock") and other.stem != path.stem:
            with suppress(OSError):
                other.unlink()


def _refuse_odd(path: Path) -> None:
    """Raise ``OSError`` if a path of the store is no ordinary file: opening a pipe would hang, and a link leads elsewhere."""
    beside = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    for place in (path, *beside, path.with_suffix(".clock")):
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(os.lstat(place).st_mode):
                raise OSError(f"{place} is no file")


def _sealed(key: str, value: bytes) -> bytes:
    return crc32(value, crc32(key.encode())).to_bytes(4, "big") + value


def _sound(key: str, stored: object) -> bytes | None:
    """The value in a sealed record; None if the checksum does not fit the value and its key."""
    if not isinstance(stored, bytes) or len(stored) < 4:
        return None
    value = stored[4:]
    return value if crc32(value, crc32(key.encode())).to_bytes(4, "big") == stored[:4] else None


def _make_folder(folder: Path) -> None:
    """Make the store's folder, with a ``.gitignore`` that hides it from git; raises ``OSError`` at a link."""
    if os.path.islink(folder) or os.path.islink(folder.parent):
        raise OSError(f"{folder} leads elsewhere")
    if not folder.is_dir():
        folder.mkdir(parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="ascii")
