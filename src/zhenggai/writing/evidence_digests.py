"""The digests of evidence files, with a cache for files that have not changed.

The cache (``.zhenggai/evidence.json``) can be deleted at any time; a damaged one counts as empty. Its key is the file's
stamp: size, times, inode. A digest is stored only if the stamp is more than two seconds older than the reading, by the
disk's clock, because that clock may show the same time for two seconds.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from zhenggai.errors import ZhenggaiError
from zhenggai.model.evidence_name import evidence_digest
from zhenggai.reading.data_folders import Stamp
from zhenggai.reading.files import FileBytes, read_file
from zhenggai.writing.atomic import read_bytes, replace_file

KEPT = ".zhenggai/evidence.json"
_FORMAT = 1
_STANDSTILL = 2_000_000_000  # nanoseconds
_SHA256 = 64  # hex digits

Known = dict[str, tuple[Stamp, str]]


def digest_of(root: Path, path: str) -> str:
    """The SHA-256 (hex) of an evidence file. "" if it is missing or cannot be read."""
    found = read_file(root, path)
    return evidence_digest(path, found.data) if isinstance(found, FileBytes) else ""


@contextmanager
def remembered(root: Path, *, verify: bool = False) -> Iterator[Callable[[str], str]]:
    """A function like ``digest_of`` that uses the cache. With ``verify`` it reads every file. The cache is saved at the end."""
    began = _disk_time(root)
    known = _load(root)
    seen: Known = {}

    def digest(path: str) -> str:
        if path in seen:
            return seen[path][1]
        stamp = _stamp(root / path)
        if not verify and stamp is not None and known.get(path, (None, ""))[0] == stamp:
            seen[path] = known[path]
            return seen[path][1]
        found = read_file(root, path)
        if not isinstance(found, FileBytes):
            return ""
        seen[path] = Stamp(*found.stamp), evidence_digest(path, found.data)
        return seen[path][1]

    yield digest
    lasting = {path: one for path, one in seen.items() if one[0].newest < began - _STANDSTILL}
    unseen = {path: one for path, one in known.items() if path not in seen and _stamp(root / path) is not None}
    _save(root, known, unseen | lasting)


def _stamp(path: Path) -> Stamp | None:
    try:
        info = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    return Stamp(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def _disk_time(root: Path) -> int:
    """The disk's current time in nanoseconds. 0 if it is unknown: no digest is then stored."""
    try:
        with TemporaryFile(prefix=".zhenggai-", dir=(root / KEPT).parent) as probe:
            probe.write(b"\0")
            probe.flush()
            return os.fstat(probe.fileno()).st_mtime_ns
    except OSError:
        return 0


def _load(root: Path) -> Known:
    try:
        kept: Any = json.loads(read_bytes(root / KEPT) or b"null")
        if kept["format"] != _FORMAT:
            return {}
        return {path: _item(*values) for path, values in kept["files"].items()}
    except (ZhenggaiError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _item(size: Any, mtime: Any, ctime: Any, inode: Any, digest: Any) -> tuple[Stamp, str]:
    if len(bytes.fromhex(digest)) * 2 != _SHA256:
        raise ValueError(digest)
    return Stamp(int(size), int(mtime), int(ctime), int(inode)), digest


def _save(root: Path, old: Mapping[str, tuple[Stamp, str]], new: Mapping[str, tuple[Stamp, str]]) -> None:
    """Save the cache if it has changed. If that fails, the next run reads the files again."""
    if new == old:
        return
    files = {path: [*stamp, digest] for path, (stamp, digest) in sorted(new.items())}
    with suppress(ZhenggaiError):
        path = root / KEPT
        replace_file(path, read_bytes(path), json.dumps({"format": _FORMAT, "files": files}).encode())
