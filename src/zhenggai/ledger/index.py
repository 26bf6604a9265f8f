"""What was made of a plan's files, kept in SQLite under ``.zhenggai/``: keys and plain values, and no meaning.

It may be thrown away at any time. Beside it lies its own stamp as of its last writing, so that a file which anything else
wrote, restored or copied, or which a killed writer left half written, is not believed. What it says is of one version: a random
word that changes with the entries and the books. Whatever is wrong ends as ``Unusable``, and whoever asks makes the same anew;
without a path the index lives in memory.
"""

import json
import os
import sqlite3
import stat
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from zhenggai.errors import Unusable
from zhenggai.writing.durable_folders import sync_folder

FOLDER = ".zhenggai/index"

_FORMAT = 5
_PATIENCE = 5.0  # seconds that another process may take to bring the index up to date; it may also stand still
_STAMP_SIZE = 200  # more than any has
_MOST_MOVES = 3  # of an index that others write to all the time: then this process does without
_FEW = 20  # numbers that are looked for one by one
_TABLES = """
CREATE TABLE meta (name BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE folder (name BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE file (path BLOB PRIMARY KEY, low TEXT NOT NULL, high TEXT NOT NULL, numbers TEXT NOT NULL, value BLOB);
CREATE INDEX file_of_span ON file (high, low);
CREATE TABLE run (unit BLOB, path BLOB, first INT, last INT, recorded INT, value BLOB, PRIMARY KEY (unit, path)) WITHOUT ROWID;
CREATE INDEX run_of_path ON run (path);
CREATE TABLE answer (ref TEXT, path BLOB, PRIMARY KEY (ref, path)) WITHOUT ROWID;
CREATE TABLE sheet (day INT, unit BLOB, cells BLOB);
CREATE UNIQUE INDEX sheet_of ON sheet (day, unit);
CREATE TABLE brief (day INT, unit BLOB, value BLOB, PRIMARY KEY (day, unit)) WITHOUT ROWID;
CREATE TABLE behind (day INT, unit BLOB, value BLOB, PRIMARY KEY (day, unit)) WITHOUT ROWID;
"""

_SHEETS = ("sheet", "brief", "behind")
_VERSION = "version"

Run = tuple[int, int, int, Any]
"""The first and the last day of the events of a file that concern a unit, their last recording day, and they themselves."""


_given_up: set[Path] = set()
"""The indexes that failed this process: it does not try them again."""

_moves = Counter[Path]()
"""How often this process found that another had changed an index."""


class Moved(Unusable):
    """Another has changed the index since it was first read: what it says now does not fit what it said before."""


class Index:
    """One plan's index, in memory where ``path`` is None.

    It is locked only while it is read or written, never while somebody thinks about an answer. So each reading, and each
    writing of what was made of readings, looks whether the index is still of its ``version``, and ends as ``Moved`` where not.
    """

    version: str | None = None
    """The version that everything read here is of."""

    def __init__(self, path: Path | None) -> None:
        if path in _given_up:
            raise Unusable(path)
        self._path = path
        with self._careful():
            if path is not None:
                _make_folder(path.parent)
                _refuse_odd(path)
                # none of ours: SQLite would play it back
                path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
            self._db = sqlite3.connect(path or ":memory:", timeout=_PATIENCE, isolation_level=None)
        if not self._is_own():
            with self.writing(anew=True):
                if not self._is_own():  # else another has just written it
                    self.clear()
        else:
            self.version = self._version_here()

    def _format(self) -> int:
        ((version,),) = self._run("PRAGMA user_version")
        return int(version)

    def _is_own(self) -> bool:
        """Whether the file is as this tool left it."""
        if self._path is None:
            return False
        with suppress(OSError):
            kept = _stamp_in(self._stamp_path(self._path)).split(" ")
            is_as_left = " ".join(kept[:-1]) == _stamp(self._path) and self._format() == _FORMAT
            return is_as_left and self._version_here() == kept[-1]
        return False

    @staticmethod
    def _stamp_path(path: Path) -> Path:
        return path.with_suffix(".stamp")

    @contextmanager
    def _careful(self) -> Iterator[None]:
        """Every error is ``Unusable``, and a damaged file is thrown away: the next command makes another."""
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            if self._path is not None:
                _given_up.add(self._path)
                if not isinstance(error, OSError | sqlite3.OperationalError):
                    self.close()
                    with suppress(OSError):
                        self._path.unlink()
            raise Unusable(str(error)) from error

    def clock_ahead(self) -> int:
        """By how many nanoseconds the clock of the disk is ahead of this computer's; 0 in memory."""
        if self._path is None:
            return 0
        with self._careful():
            probe = self._path.with_suffix(".clock")
            probe.touch()
            return probe.stat().st_mtime_ns - time.time_ns()

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error, AttributeError):  # it may never have been opened
            self._db.close()

    # --- versions

    def _version_here(self) -> str | None:
        """The version of what the file says now."""
        with self._careful():
            for (value,) in self._db.execute("SELECT value FROM meta WHERE name = ?", (_key(_VERSION),)):
                return str(self._value(value))
        return None

    def _stay(self) -> None:
        """``Moved`` where the index is of another version by now."""
        if self._path is not None and not self.version == self._version_here() == self._version_stamped():
            _moves[self._path] += 1
            if _moves[self._path] >= _MOST_MOVES:
                _given_up.add(self._path)
            raise Moved(self._path)

    def _version_stamped(self) -> str | None:
        """The version that the stamp names; none where a writer was killed and left half of what it wrote."""
        with suppress(OSError):
            return _stamp_in(self._stamp_path(self._path)).rpartition(" ")[2] if self._path else None
        return None

    def _take_stamp_away(self) -> None:
        """Before the file changes: whoever opens it half written does not believe it."""
        if self._path is not None:
            self._stamp_path(self._path).unlink(missing_ok=True)
            sync_folder(self._path.parent)

    def move(self) -> None:
        """Make it another version, since what it says is about to change; never one that was there before."""
        self.put_meta({_VERSION: os.urandom(8).hex()})

    # --- writing

    @contextmanager
    def writing(self, *, anew: bool = False) -> Iterator[None]:
        """Be the only writer, all or nothing, once another has finished.

        ``Moved`` where the index is not of the version that was read; ``anew`` goes by no earlier reading.
        """
        with self._careful():
            self._db.execute("PRAGMA synchronous = NORMAL")
            # on disk, the journal of a deleted index would change its successor
            self._db.execute("PRAGMA journal_mode = MEMORY")
            self._db.execute("PRAGMA cache_spill = OFF")  # nothing reaches the file before the stamp is gone
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")  # from here on: COMMIT alone does not end the lock
        try:
            if not anew:
                self._stay()
            yield
            version = self._version_here()
            with self._careful():
                self._take_stamp_away()
                self._db.execute("COMMIT")
                if self._path is not None:
                    _put_stamp(self._stamp_path(self._path), f"{_stamp(self._path)} {version}")
            self.version = version
        finally:
            with suppress(sqlite3.Error):
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                self._db.execute("PRAGMA locking_mode = NORMAL")
                self._db.execute("SELECT 1 FROM sqlite_master")  # it is the next reading that ends the lock

    def clear(self) -> None:
        """Throw all away, whatever it was."""
        with self._careful():
            self._take_stamp_away()
        self._run("PRAGMA cache_spill = ON")  # all of a county is more than memory should hold
        for name, kind in self._run(
            "SELECT name, type FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND type <> 'index'"
        ):
            self._run(f'DROP {kind} "{name}"')
        for statement in _TABLES.split(";\n"):
            self._run(statement)
        self._run(f"PRAGMA user_version = {_FORMAT}")
        self.move()

    # --- what is known of the whole

    def meta(self, name: str) -> Any:
        """A value that stands for itself."""
        return self.metas(name)[0]

    def metas(self, *names: str) -> list[Any]:
        """Several of them, all of one moment."""
        found = self._metas(names)
        with self._careful():
            if len(found) < len(names):
                raise ValueError(f"no {names}")
        return [found[name] for name in names]

    def meta_if_any(self, name: str) -> Any:
        """A value that an index may be without; None where it is."""
        return self._metas([name]).get(name)

    def _metas(self, names: Collection[str]) -> dict[str, Any]:
        marks = ", ".join("?" * len(names))
        rows = self._run(f"SELECT name, value FROM meta WHERE name IN ({marks})", *map(_key, names))
        return {self._text(name): self._value(value) for name, value in rows}

    def put_meta(self, values: Mapping[str, Any]) -> None:
        """Keep some of them."""
        self._put("INSERT OR REPLACE INTO meta VALUES (?, ?)", ((_key(n), _bytes(v)) for n, v in values.items()))

    def folders(self) -> dict[str, str]:
        """The listings of the units' folders, by folder."""
        rows = self._run("SELECT name, value FROM folder")
        with self._careful():
            return {self._text(name): self._text(_unsealed(value)) for name, value in rows}

    def put_folders(self, listings: Mapping[str, str]) -> None:
        """Keep listings; an empty one is dropped."""
        self._put("DELETE FROM folder WHERE name = ?", ((_key(name),) for name in listings))
        kept = ((_key(name), _sealed(_key(listing))) for name, listing in listings.items() if listing)
        self._put("INSERT INTO folder VALUES (?, ?)", kept)

    # --- files

    def file(self, path: str) -> Any:
        """What is kept of a file that is known."""
        rows = self._run("SELECT value FROM file WHERE path = ?", _key(path))
        with self._careful():
            ((value,),) = rows
        return self._value(value)

    def paths(self) -> list[str]:
        """The files, in order."""
        return [self._text(path) for (path,) in self._run("SELECT path FROM file ORDER BY path")]

    def put_files(self, files: Mapping[str, tuple[Collection[str], Any]]) -> None:
        """Keep what is known of files, each with the numbers of its entries."""
        rows = ((_key(path), *_span(numbers), _bytes(value)) for path, (numbers, value) in files.items())
        self._put("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", rows)

    def drop_files(self, paths: Iterable[str]) -> None:
        """Forget files, their runs and answers."""
        keys = [(_key(path),) for path in paths]
        for table in ("file", "run", "answer"):
            self._put(f"DELETE FROM {table} WHERE path = ?", keys)

    def holders(self, numbers: Collection[str]) -> dict[str, list[str]]:
        """The files that hold each of some numbers, in order; only numbers that some file holds."""
        found: dict[str, list[str]] = {}
        if len(numbers) <= _FEW:
            span = "file INDEXED BY file_of_span WHERE high >= ?1 AND low <= ?1"
            query = f"SELECT path FROM {span} AND instr(numbers, ?2) ORDER BY path"
            for number in numbers:
                found[number] = [self._text(path) for (path,) in self._run(query, number, f" {number} ")]
        else:
            wanted = set(numbers)
            for path, held in self._run("SELECT path, numbers FROM file ORDER BY path"):
                for number in wanted.intersection(held.split()):
                    found.setdefault(number, []).append(self._text(path))
        return {number: paths for number, paths in found.items() if paths}

    def ending(self, word: str) -> list[tuple[str, str]]:
        """The numbers that end in a word, each with its file, in order of path."""
        rows = self._run("SELECT path, numbers FROM file WHERE instr(numbers, ?) ORDER BY path", f"{word} ")
        return [(number, self._text(path)) for path, held in rows for number in held.split() if number.endswith(word)]

    # --- runs: what of a file concerns a unit

    def runs(self, unit: str) -> list[tuple[str, Any]]:
        """The runs of a unit, each with its path, in order of path."""
        key = _key(unit)
        rows = self._run("SELECT path, value FROM run WHERE unit = ? ORDER BY path", key)
        return [(self._text(path), self._value(value)) for path, value in rows]

    def units(self) -> list[str]:
        """The units that have runs."""
        return [self._text(unit) for (unit,) in self._run("SELECT DISTINCT unit FROM run")]

    def runs_of_file(self, path: str) -> dict[str, Any]:
        """The runs of a file by unit."""
        key = _key(path)
        rows = self._run("SELECT unit, value FROM run WHERE path = ?", key)
        return {self._text(unit): self._value(value) for unit, value in rows}

    def runs_between(self, first: int, last: int) -> Iterator[tuple[str, str, Any]]:
        """Unit, path and run of all that has events of, or recorded on, these days."""
        query = "SELECT unit, path, value FROM run WHERE first <= ?2 AND (last >= ?1 OR recorded >= ?1)"
        for unit, path, value in self._run(query, first, last):
            yield self._text(unit), self._text(path), self._value(value)

    def drop_runs(self, path: str) -> None:
        """Forget the runs of a file."""
        self._run("DELETE FROM run WHERE path = ?", _key(path))

    def add_runs(self, runs: Iterable[tuple[str, str, Run]]) -> None:
        """Keep runs, each of a unit in a file."""
        rows = ((_key(unit), _key(path), *bounds, _bytes(value)) for unit, path, (*bounds, value) in runs)
        self._put("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?)", rows)

    def answers(self, ref: str) -> list[str]:
        """The files with entries that name a number (针对)."""
        return [self._text(path) for (path,) in self._run("SELECT path FROM answer WHERE ref = ? ORDER BY path", ref)]

    def put_answers(self, refs: Mapping[str, Collection[str]]) -> None:
        """Keep which numbers the entries of files name, in place of those they named."""
        self._put("DELETE FROM answer WHERE path = ?", ((_key(path),) for path in refs))
        rows = ((ref, _key(path)) for path, named in refs.items() for ref in named)
        self._put("INSERT OR IGNORE INTO answer VALUES (?, ?)", rows)

    # --- sheets: how a unit's tasks stand as of a day

    def sheets(self, day: int) -> list[tuple[str, Any]]:
        """The cells of every unit as of a day, by unit."""
        rows = self._run("SELECT unit, cells FROM sheet WHERE day = ?", day)
        cells = self._values([cells for _, cells in rows])
        return list(zip((self._text(unit) for unit, _ in rows), cells, strict=True))

    def sheet(self, day: int, unit: str, behind: Literal["brief", "behind"]) -> tuple[Any, Any] | None:
        """The cells of a unit as of a day, and what stands behind them there; None where there are none."""
        query = f"SELECT cells, value FROM sheet JOIN {behind} USING (day, unit) WHERE day = ? AND unit = ?"
        for cells, kept in self._run(query, day, _key(unit)):
            return self._value(cells), self._value(kept)
        return None

    def briefs(self, day: int) -> dict[str, Any]:
        """The briefs of every unit as of a day."""
        rows = self._run("SELECT unit, value FROM brief WHERE day = ?", day)
        briefs = self._values([briefs for _, briefs in rows])
        return dict(zip((self._text(unit) for unit, _ in rows), briefs, strict=True))

    def put_sheets(self, day: int, sheets: Mapping[str, tuple[Any, Mapping[Any, Any]]]) -> None:
        """Keep the cells of units as of a day, and what stands behind them, by table."""
        for table in _SHEETS:
            kept = ((unit, cells if table == "sheet" else made[table]) for unit, (cells, made) in sheets.items())
            rows = ((day, _key(unit), _bytes(value)) for unit, value in kept)
            self._put(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)

    def drop_sheets_of(self, unit: str) -> None:
        """Forget how a unit stands, on whatever day."""
        days = self._run(
            "SELECT DISTINCT day FROM sheet"
        )  # by day and unit rows are found, by unit alone all would be read
        for table in _SHEETS:
            self._put(f"DELETE FROM {table} WHERE day = ? AND unit = ?", [(day, _key(unit)) for (day,) in days])

    def drop_sheets(self, day: int) -> None:
        """Forget a day."""
        for table in _SHEETS:
            self._run(f"DELETE FROM {table} WHERE day = ?", day)

    # ---

    def _run(self, statement: str, *values: Any) -> list[Any]:
        with self._careful():
            rows = self._db.execute(statement, values).fetchall()
        if not self._db.in_transaction and self.version is not None:  # later: what moved meanwhile shows only then
            self._stay()
        return rows

    def _text(self, key: bytes) -> str:
        with self._careful():
            if not isinstance(key, bytes):
                raise ValueError(f"{key!r} is no text")
            return key.decode("utf-8", "surrogatepass")

    def _value(self, stored: bytes) -> Any:
        with self._careful():
            return json.loads(_unsealed(stored))

    def _values(self, stored: Iterable[bytes]) -> list[Any]:
        """All at once: a third less."""
        with self._careful():
            found: list[Any] = json.loads(b"[%b]" % b",".join(map(_unsealed, stored)))
        return found

    def _put(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self._careful():
            self._db.executemany(statement, rows)


def _make_folder(folder: Path) -> None:
    """The index's own folder, which git leaves alone wherever it is made."""
    if os.path.islink(folder) or os.path.islink(folder.parent):
        raise OSError(f"{folder} leads elsewhere")
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="ascii")


def _refuse_odd(path: Path) -> None:
    """Refuse a pipe, which would never answer, and a link, which leads elsewhere, where files of the index are opened."""
    beside = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    for place in (path, *beside, path.with_suffix(".clock")):
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(os.lstat(place).st_mode):
                raise OSError(f"{place} is no file")


def _key(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a file's name may be no text


def _span(numbers: Collection[str]) -> tuple[str, str, str]:
    """The least and the greatest number, and all of them with blanks around each."""
    return min(numbers, default=""), max(numbers, default=""), f" {' '.join(numbers)} "


def _bytes(value: Any) -> bytes:
    return _sealed(_key(json.dumps(value, ensure_ascii=False, separators=(",", ":"))))


def _sealed(data: bytes) -> bytes:
    """Data behind its checksum: whoever reads it meets what was written, and nothing of another shape."""
    return b"%08x%b" % (crc32(data), data)


def _unsealed(stored: bytes) -> bytes:
    """The data again; ``ValueError`` where it is not what was written.

    >>> _unsealed(_sealed(b"[1]"))
    b'[1]'
    """
    if not isinstance(stored, bytes) or _sealed(stored[8:]) != stored:
        raise ValueError("not what was written")
    return stored[8:]


def _stamp_in(path: Path) -> str:
    """What a stamp says; nothing where there is none, or what lies there is none."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return ""
    with path.open("rb") as file:
        return file.read(_STAMP_SIZE).decode("ascii", "replace")


def _put_stamp(path: Path, text: str) -> None:
    """Write a stamp, in place of whatever lies there: a pipe would never end, a link leads elsewhere."""
    if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
        path.unlink()
    path.write_text(text, "ascii")


def _stamp(path: Path) -> str:
    info = path.stat()
    return f"{info.st_size} {info.st_mtime_ns} {info.st_ctime_ns} {info.st_ino}"
