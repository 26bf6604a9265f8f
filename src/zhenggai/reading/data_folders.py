"""Finds the root and what lies in it: plans, ledgers, evidence; and how a ledger's files stand, for the index to compare."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from zhenggai.errors import ZhenggaiError
from zhenggai.reading.data_paths import EVIDENCE, LEDGERS, PLANS, REPORTS, FileKind, place_of

_YAML = (".yaml", ".yml")
_BY_HANDLE = os.stat in os.supports_dir_fd  # a fifth less than by whole paths; Windows has no such call


class Stamp(NamedTuple):
    """What tells that a file was written: size in bytes, times in nanoseconds, inode (0 where the system has none)."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @property
    def newest(self) -> int:
        """The later of both times."""
        return max(self.mtime, self.ctime)


class UnreadableFolder(ZhenggaiError):
    """The system refuses to list a folder: what lies in it must not vanish silently."""


def find_root(start: Path) -> Path | None:
    """The nearest folder upward from ``start`` that holds ``plans/``, None where there is none."""
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if (folder / PLANS).is_dir()), None)


def plan_paths(root: Path) -> list[str]:
    """The plans' files, as paths from the root, in order."""
    found = (f"{PLANS}/{e.name}" for e in scan(root / PLANS) if not e.is_dir(follow_symlinks=False))
    return [path for path in found if place_of(path).kind is FileKind.PLAN]


def ledger_paths(root: Path, plan_number: str) -> tuple[list[str], list[str]]:
    """The ledger files of a plan and its evidence files, each as paths from the root, in order."""
    files: list[str] = []
    evidence: list[str] = []
    for folder in unit_folders(root, plan_number):
        files += [f"{folder}/{entry.name}" for entry in scan(root / folder) if entry.name.endswith(_YAML)]
        evidence += _files_below(root, f"{folder}/{EVIDENCE}")
    return sorted(files), evidence


def _files_below(root: Path, folder: str) -> Iterator[str]:
    """The regular files in a folder and in those below it; links are not followed, and what Office leaves is left out."""
    for entry in scan(root / folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(root, f"{folder}/{entry.name}")
        elif entry.is_file(follow_symlinks=False) and not entry.name.startswith("~$"):
            yield f"{folder}/{entry.name}"


def unit_folders(root: Path, plan_number: str) -> list[str]:
    """The units' folders in a plan's ledger, as paths from the root."""
    base = f"{LEDGERS}/{plan_number}"
    found = (entry.name for entry in scan(root / base) if entry.is_dir())  # links too: reading names what is wrong
    return [f"{base}/{unit}" for unit in found if unit != REPORTS]


def listings(root: Path, plan_number: str) -> dict[str, str]:
    """How the ledger files of each unit's folder stand: a text that is another when one of them is written, made or removed.

    Of each file its name, size, mtime, ctime and inode (where the system has those) with NUL between.
    """
    return {folder: _listing(f"{root}/{folder}") for folder in unit_folders(root, plan_number)}


def _listing(folder: str) -> str:
    """Six thousand files are most of what ``status`` does in a county: hence the plain loop."""
    found: list[str | int] = []
    try:
        handle = os.open(folder, os.O_RDONLY) if _BY_HANDLE else None
        try:
            for name in sorted(os.listdir(folder if handle is None else handle)):
                if name.endswith(_YAML) and name[0] != ".":
                    path = f"{folder}/{name}" if handle is None else name
                    try:
                        info = os.stat(path, dir_fd=handle, follow_symlinks=False)
                    except FileNotFoundError:  # it went meanwhile
                        continue
                    found += (name, info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)
        finally:
            if handle is not None:
                os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise _unreadable(folder) from error
    form = "\0".join(["%s\0%d\0%d\0%d\0%d"] * (len(found) // 5))
    return form % tuple(found)


def stamps_in(listing: str) -> dict[str, Stamp]:
    """The stamp of each file in a listing, by name.

    >>> stamps_in("a.yaml\\0" "12\\0" "5\\0" "7\\0" "3")
    {'a.yaml': Stamp(size=12, mtime=5, ctime=7, inode=3)}
    """
    parts = listing.split("\0") if listing else []
    numbers = (Stamp(*map(int, parts[at + 1 : at + 5])) for at in range(0, len(parts), 5))
    return dict(zip(parts[::5], numbers, strict=True))


def ledger_folders(root: Path) -> list[str]:
    """The folders under ledgers/, each named by the number of its plan."""
    return [entry.name for entry in scan(root / LEDGERS) if entry.is_dir()]


def scan(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder, by name; nothing where there is none. Names that begin with a dot are the system's."""
    try:
        with os.scandir(folder) as entries:
            yield from sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise _unreadable(folder) from error


def _unreadable(folder: Path | str) -> UnreadableFolder:
    return UnreadableFolder(f"无法读取文件夹 {folder}\n  下一步：请管理员开通权限，或检查网络盘")


def is_tracked(folder: Path) -> bool:
    """Whether a folder lies in a git working copy, as the files say: git itself may refuse to answer."""
    return "GIT_DIR" in os.environ or any((up / ".git").exists() for up in (folder, *folder.absolute().parents))
