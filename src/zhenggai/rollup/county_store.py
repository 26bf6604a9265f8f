"""The store of facts beside 汇总.yaml: of each county the copy that was good last. It may be deleted at any time.

``county=CODE/VERSION/`` is a folder of facts as a county publishes it. A version is whole and checked before
``county=CODE/current.json`` names it, and never changes afterwards: whatever interrupts leaves the old one or the new one.
The version before it stays until the next one is taken, since another process may be reading it.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from os.path import abspath, relpath
from pathlib import Path
from typing import Final

from zhenggai.errors import ZhenggaiError
from zhenggai.facts.database import in_memory
from zhenggai.facts.manifest import NAME, File, Manifest, manifest_text, read_manifest
from zhenggai.facts.parquet import columns_of
from zhenggai.facts.tables import TABLES
from zhenggai.frozen import frozen
from zhenggai.reading.files import NotRegular, open_regular
from zhenggai.writing.atomic import read_bytes, replace_file
from zhenggai.writing.durable_folders import make_folders, sync_folder
from zhenggai.writing.write_refusals import reason, refusals, refuse_outside

CURRENT: Final = "current.json"
_PIECE = 1 << 20  # bytes
_SHOWN = 5  # names of columns
_COLUMNS = "DESCRIBE FROM read_parquet($file, hive_partitioning=false)"  # else a folder plan=2020 above is a column
_ROWS = "SELECT num_rows FROM parquet_file_metadata($file)"  # of the file's footer
_AGAIN = "再取一次；还不行的，请该县重新运行 zhenggai facts"
_ANEW = "请该县用现在的程序重新运行 zhenggai facts"
_VERSION = re.compile(r"[0-9a-f]{16}")

Stamps = Mapping[str, tuple[int, int]]
"""Size in bytes and time of the last change in nanoseconds of each file, by its path in the folder of facts."""


class BadFacts(ZhenggaiError):
    """A county's facts cannot be taken in. Says why, and what to do."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(f"{why}\n  下一步：{remedy}")


@frozen
class Copy:
    """A county's facts in the store, and the stamps of the files that they were copied from."""

    manifest: Manifest
    folder: Path
    stamps: Stamps


def current_copy(home: Path, source: Path) -> Copy | None:
    """The copy in a county's part of the store that came from a folder; None if there is none, or if it is not as it was taken in.

    Two lists in one place may mean two ledgers by one county's code, so what came from another folder is not it.

    Its digests are compared each time: Parquet files have no sums of their own, and a byte changed on the disk may read as
    another number.
    """
    try:
        with open_regular(home / CURRENT) as current:
            said = json.load(current)
        version, stamps = said["version"], {path: (size, time) for path, (size, time) in said["stamps"].items()}
        if _VERSION.fullmatch(version) is None or said["source"] != _way_to(source, home):
            return None
        manifest = read_manifest(home / version / NAME)
        for path, kept in manifest.files().items():
            _verified(home / version / path, path, kept, lambda _: None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ZhenggaiError):
        return None
    return Copy(manifest, home / version, stamps)


def _way_to(folder: Path, home: Path) -> str:
    """A folder as seen from a county's part of the store, so that a list may be moved with its counties."""
    try:
        return relpath(folder, home)
    except ValueError:  # on another drive of Windows
        return abspath(folder)


def stamps_of(folder: Path, manifest: Manifest) -> Stamps:
    """The stamps of the files that a manifest names. Raises ``BadFacts`` if one is missing or no regular file."""
    for table in TABLES:
        with named(table), suppress(FileNotFoundError):
            if not stat.S_ISDIR((folder / table).lstat().st_mode):
                raise NotRegular
    stamps = {}
    for path in manifest.files():
        with named(path):
            info = (folder / path).lstat()
            if not stat.S_ISREG(info.st_mode):
                raise NotRegular
            stamps[path] = (info.st_size, info.st_mtime_ns)
    return stamps


def take_copy(home: Path, folder: Path, manifest: Manifest, stamps: Stamps, older: Copy | None) -> Copy:
    """Copy the facts in a folder to a county's part of the store, check them, and name them as the current ones.

    ``older``: the current copy from this folder, which stays beside.

    Raises ``BadFacts`` for facts that are not as the manifest says, ``Unwritable`` if there is no room; what was current
    then stays so.
    """
    for path, file in manifest.files().items():
        if stamps[path][0] != file.bytes:  # before any byte is read
            raise _damaged(path)
    refuse_outside(home / CURRENT, home.parent)  # a link would lead there
    needed, free = sum(size for size, _ in stamps.values()), shutil.disk_usage(home.parent.parent).free
    if needed > free:
        raise BadFacts(
            f"放不下：要 {needed >> 20} MB，磁盘只剩 {free >> 20} MB",
            "清理磁盘；数不该这么大的，请该县重新运行 zhenggai facts",
        )
    before = read_bytes(home / CURRENT)
    _remove_versions(home, older.folder if older else None)
    version = home / secrets.token_hex(8)
    try:
        with refusals(str(home)):
            for table in TABLES:
                make_folders(version / table, None, [])
        for path, file in manifest.files().items():
            _copy(folder / path, version / path, path, file)
        _refuse_contents(version, manifest)
        replace_file(version / NAME, None, manifest_text(manifest).encode())
        with refusals(str(home)):
            for below in (*(version / table for table in TABLES), version):
                sync_folder(below)
    except Exception:
        shutil.rmtree(version, ignore_errors=True)
        raise
    current = {"version": version.name, "source": _way_to(folder, home), "stamps": stamps}
    replace_file(home / CURRENT, before, json.dumps(current, ensure_ascii=False).encode())
    return Copy(manifest, version, stamps)


def _copy(source: Path, target: Path, path: str, file: File) -> None:
    """Copy a file, no byte more than the manifest says, and compare its digest."""
    with refusals(str(target)), target.open("xb") as copy:
        _verified(source, path, file, copy.write)
        copy.flush()
        os.fsync(copy.fileno())


def _verified(source: Path, path: str, file: File, take: Callable[[bytes], object]) -> None:
    """Hand on the bytes of a file. Raises ``BadFacts``, at the latest behind the last one, if it is not as the manifest says."""
    digest, left = hashlib.sha256(), file.bytes
    for piece in _pieces(source, path):
        left -= len(piece)
        if left < 0:
            break
        digest.update(piece)
        take(piece)
    if left or digest.hexdigest() != file.sha256:
        raise _damaged(path)


def _pieces(source: Path, path: str) -> Iterator[bytes]:
    with named(path), open_regular(source) as file:
        while piece := file.read(_PIECE):
            yield piece


def _refuse_contents(folder: Path, manifest: Manifest) -> None:
    """Refuse files that have the digests of their manifest, but are no tables of facts, or have other rows than it says."""
    import duckdb  # imported here: only new facts are looked into

    with in_memory() as connection:
        for path, file in manifest.files().items():
            named_file = {"file": str(folder / path)}
            try:
                rows = connection.execute(_COLUMNS, named_file).fetchall()
                (number,) = connection.execute(_ROWS, named_file).fetchall()[0]
            except duckdb.Error:
                raise BadFacts(f"{path} 不是 Parquet 文件", _ANEW) from None
            found = {name: sql for name, sql, *_ in rows}
            wanted = columns_of(TABLES[path.partition("/")[0]])
            if wrong := [name for name, (sql, _) in wanted.items() if found.get(name) != sql]:
                raise BadFacts(f"{path} 的列不对：{'、'.join(wrong[:_SHOWN])}", _ANEW)
            if number != file.rows:
                raise BadFacts(f"{path} 有 {number} 行，{NAME} 里写的是 {file.rows} 行", _ANEW)


def _remove_versions(home: Path, current: Path | None) -> None:
    for folder in home.glob("*/"):
        if folder != current and _VERSION.fullmatch(folder.name):
            shutil.rmtree(folder, ignore_errors=True)  # on Windows another process may still read it


@contextmanager
def named(path: str) -> Iterator[None]:
    """Turn an ``OSError`` from a county's folder into ``BadFacts`` that name the file or folder."""
    try:
        yield
    except NotRegular:
        raise BadFacts(f"{path} 是链接，或不是普通的文件、文件夹", "换成真正的文件") from None
    except FileNotFoundError:
        raise BadFacts(f"缺 {path}", _AGAIN) from None
    except OSError as error:
        raise BadFacts(f"读不了 {path}：{reason(error)}", "核对权限和网络盘") from None


def _damaged(path: str) -> BadFacts:
    return BadFacts(f"{path} 已损坏，或只拷了一半：和 {NAME} 里的校验值不符", _AGAIN)
