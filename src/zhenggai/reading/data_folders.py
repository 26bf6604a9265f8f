"""Folder layout: the root, its plans, ledgers, evidence and issued reports, and what a path says about its file.

``listings`` describes the state of a ledger's files, so that the index can find those that changed.
"""

import os
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from zhenggai.errors import NothingToShow, UsageError, ZhenggaiError
from zhenggai.model.name_keys import name_key

PLANS, LEDGERS, EVIDENCE, REPORTS = "plans", "ledgers", "附件", "报告"
UNITS_FILE = f"{PLANS}/units.yaml"
ORGANISATIONS_FILE = f"{PLANS}/organisations.yaml"
SIGNERS_FILE = f"{PLANS}/allowed_signers"
ATTRIBUTES_FILE = ".gitattributes"
PASSING = (".zhenggai/", ".zhenggai-*", ".~lock.*#", "~$*")
"""Files that are never committed, as git patterns: this tool's own and the lock files of LibreOffice, WPS and Office."""

PRIVATE = ".zhenggai"
"""The start of the names of this tool's own files, at any depth. They belong to one computer and are never shared."""

_YAML_NAME = (".yaml", ".yml")


def private_part(path: str) -> str | None:
    """The tool's own file or folder that a path is or lies in; None if it is in none.

    >>> private_part(".zhenggai/lock"), private_part("ledgers/p/城关镇/.ZHENGGAI-x"), private_part("plans/p.yaml")
    ('.zhenggai', 'ledgers/p/城关镇/.ZHENGGAI-x', None)
    """
    parts = path.split("/")
    nth = next((n for n, part in enumerate(parts, 1) if part.casefold().startswith(PRIVATE)), None)
    return "/".join(parts[:nth]) if nth else None


class FileKind(Enum):
    """The kinds of files in the data."""

    PLAN = auto()
    UNITS = auto()
    ORGANISATIONS = auto()
    SIGNERS = auto()
    LEDGER = auto()
    EVIDENCE = auto()
    REPORT = auto()
    ATTRIBUTES = auto()
    OTHER = auto()


_BOOKS = {UNITS_FILE: FileKind.UNITS, ORGANISATIONS_FILE: FileKind.ORGANISATIONS, SIGNERS_FILE: FileKind.SIGNERS}


class FilePlace(NamedTuple):
    """A file's kind, the number of its plan and the folder of its unit; "" if it has none."""

    kind: FileKind
    plan: str = ""
    unit: str = ""


@lru_cache(maxsize=8192)
def place_of(path: str) -> FilePlace:
    """What kind of file a path from the root is, and to which plan and unit it belongs.

    >>> place_of("ledgers/p/城关镇/2020-05.办公室.aa.yaml")
    FilePlace(kind=<FileKind.LEDGER: 5>, plan='p', unit='城关镇')
    >>> place_of("ledgers/p/报告/周报第001期.txt").kind, place_of("ledgers/p/城关镇/附件/2020-05/a.1f.pdf").unit
    (<FileKind.REPORT: 7>, '城关镇')
    >>> place_of("plans/p.yaml").kind, place_of("plans/units.yaml").kind, place_of("README.md").kind
    (<FileKind.PLAN: 1>, <FileKind.UNITS: 2>, <FileKind.OTHER: 9>)
    """
    match path.split("/"):
        case [folder, name] if folder == PLANS:
            return FilePlace(_kind_of_plan_file(path, name))
        case [folder, plan, reports, _, *_] if (folder, reports) == (LEDGERS, REPORTS):
            return FilePlace(FileKind.REPORT, plan)
        case [folder, plan, unit, name] if folder == LEDGERS and name.endswith(_YAML_NAME) and name[0] != ".":
            return FilePlace(FileKind.LEDGER, plan, unit)
        case [folder, plan, unit, evidence, _, *_] if (folder, evidence) == (LEDGERS, EVIDENCE):
            return FilePlace(FileKind.EVIDENCE, plan, unit)
        case [folder, plan, unit, _, *_] if folder == LEDGERS:
            return FilePlace(FileKind.OTHER, plan, unit)
        case _:
            return FilePlace(FileKind.ATTRIBUTES if path == ATTRIBUTES_FILE else FileKind.OTHER)


def _kind_of_plan_file(path: str, name: str) -> FileKind:
    if path in _BOOKS:
        return _BOOKS[path]
    return FileKind.PLAN if name.endswith(_YAML_NAME) and name[0] != "." else FileKind.OTHER


WINDOWS = os.name == "nt"
LONG_PATH = "路径太长（Windows 一般只认 250 个字符左右）"
SHORTEN = r"把台账文件夹移到浅一些的地方，如 D:\台账"
_LONGEST = 247  # characters of a folder's whole path, with its drive; 259 of a file's
_YAML = (".yaml", ".yml")
_BY_HANDLE = os.stat in os.supports_dir_fd  # a fifth faster than with whole paths; not available on Windows


class Stamp(NamedTuple):
    """What changes when a file is written: size in bytes, times in nanoseconds, inode (0 if the system has none)."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @property
    def newest(self) -> int:
        """The later of the two times."""
        return max(self.mtime, self.ctime)


class UnreadableFolder(ZhenggaiError):
    """The system does not let a folder be listed. This is an error, since its files would otherwise be missing silently."""


def is_too_long(path: Path | str) -> bool:
    """Whether Windows may say that there is no such file only because its path is too long.

    It finds no longer paths unless the computer is set to.
    """
    return WINDOWS and len(os.path.abspath(path)) > _LONGEST


def find_root(start: Path) -> Path | None:
    """The nearest folder from ``start`` upward that contains ``plans/``, or None."""
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if (folder / PLANS).is_dir()), None)


def root_of(start: Path) -> Path:
    """The nearest root upward from ``start``; ``NothingToShow`` where there is none."""
    root = find_root(start)
    if root is None:
        raise NothingToShow(
            "这里（及上级文件夹）没有 plans/，不是整改台账的文件夹\n  下一步：换到台账所在的文件夹；还没有台账的，运行 zhenggai init"
        )
    return root


def chosen_paths(root: Path, *numbers: str | None) -> list[str]:
    """The plan files asked for: those of the numbers; all if there is none but None.

    Raises ``UsageError`` for a number without a plan.
    """
    paths = plan_paths(root)
    known = {path: name_key(Path(path).stem) for path in paths}
    named = [number for number in numbers if number is not None]
    for number in named:
        if name_key(number) not in known.values():
            raise UsageError(f"没有编号为“{number}”的方案\n  现有：{plan_names(paths) or '一个也没有'}")
    wanted = set(map(name_key, named))
    return [path for path, key in known.items() if not wanted or key in wanted]


def plan_names(paths: Iterable[str]) -> str:
    """The numbers of plans in one text, by their files."""
    return "、".join(Path(path).stem for path in paths)


def plan_paths(root: Path) -> list[str]:
    """The files of all plans, as sorted paths from the root."""
    found = (f"{PLANS}/{e.name}" for e in scan(root / PLANS) if not e.is_dir(follow_symlinks=False))
    return [path for path in found if place_of(path).kind is FileKind.PLAN]


def ledger_paths(root: Path, plan_number: str) -> tuple[list[str], list[str]]:
    """The ledger files and the evidence files of a plan, both as sorted paths from the root."""
    files: list[str] = []
    evidence: list[str] = []
    for folder in unit_folders(root, plan_number):
        files += [f"{folder}/{entry.name}" for entry in scan(root / folder) if entry.name.endswith(_YAML)]
        evidence += _files_below(root, f"{folder}/{EVIDENCE}")
    return sorted(files), evidence


def _files_below(root: Path, folder: str) -> Iterator[str]:
    """The regular files in and below a folder. Links are not followed; lock files of Office are left out."""
    for entry in scan(root / folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(root, f"{folder}/{entry.name}")
        elif entry.is_file(follow_symlinks=False) and not entry.name.startswith("~$"):
            yield f"{folder}/{entry.name}"


def unit_folders(root: Path, plan_number: str) -> list[str]:
    """The folders of the units in a plan's ledger, as paths from the root."""
    base = f"{LEDGERS}/{plan_number}"
    found = (entry.name for entry in scan(root / base) if entry.is_dir())  # links included: reading reports them
    return [f"{base}/{unit}" for unit in found if unit != REPORTS]


def listings(root: Path, plan_number: str) -> dict[str, str]:
    """For each unit's folder a text that changes when a ledger file in it is written, added or removed.

    It contains the name, size, mtime, ctime and inode of each file (0 if the system has none), separated by NUL.
    """
    return {folder: _listing(f"{root}/{folder}") for folder in unit_folders(root, plan_number)}


def _listing(folder: str) -> str:
    """The listing of one folder. A plain loop, since this takes most of the time of ``status`` (6,000 files in a county)."""
    found: list[str | int] = []
    try:
        handle = os.open(folder, os.O_RDONLY) if _BY_HANDLE else None
        try:
            for name in sorted(os.listdir(folder if handle is None else handle)):
                if name.endswith(_YAML) and name[0] != ".":
                    path = f"{folder}/{name}" if handle is None else name
                    try:
                        info = os.stat(path, dir_fd=handle, follow_symlinks=False)
                    except FileNotFoundError:  # removed in the meantime
                        if is_too_long(f"{folder}/{name}"):
                            raise _unreadable(f"{folder}/{name}") from None
                        continue
                    found += (name, info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)
        finally:
            if handle is not None:
                os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        if is_too_long(folder):
            raise _unreadable(folder) from None
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
    """The names of the folders under ledgers/, which are numbers of plans."""
    return [entry.name for entry in scan(root / LEDGERS) if entry.is_dir()]


def scan(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder, sorted by name, without those that begin with a dot; none if there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            yield from sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except (FileNotFoundError, NotADirectoryError):
        if is_too_long(folder) and _is_listed(folder):
            raise _unreadable(folder) from None
    except OSError as error:
        raise _unreadable(folder) from error


def _is_listed(folder: Path) -> bool:
    try:
        return folder.name in os.listdir(folder.parent)
    except OSError:
        return False


def _unreadable(path: Path | str) -> UnreadableFolder:
    if is_too_long(path):
        return UnreadableFolder(f"无法读取 {path}：{LONG_PATH}\n  下一步：{SHORTEN}")
    return UnreadableFolder(f"无法读取文件夹 {path}\n  下一步：请管理员开通权限，或检查网络盘")


def is_tracked(folder: Path) -> bool:
    """Whether a folder lies in a git working copy, judged by its files: git itself may refuse to answer."""
    there = folder.resolve()  # as git walks up, whatever `..` and links the path was given with
    return "GIT_DIR" in os.environ or any((up / ".git").exists() for up in (there, *there.parents))
