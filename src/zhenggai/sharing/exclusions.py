"""Paths of a shared tree that are not checked out here, because somebody pushed them by mistake. They stop nobody.

The working copy keeps what it has at these paths. The shared tree is not changed either, so nobody writes in another
unit's folder. Excluded are:

- a link or a submodule under plans/ or ledgers/, or in place of one of the ledger's files or the folders above;
- a file where a folder belongs (``ledgers/p/城关镇``), a folder where a file belongs (``plans/p.yaml/…``);
- a name or path that this computer cannot write;
- a unit book or a plan that is missing, unreadable or marked 演示, since without it no command works;
- this tool's own files (``.zhenggai…``), which belong to one computer.
"""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache

from zhenggai.frozen import frozen
from zhenggai.model.names import NOT_ON_WINDOWS, RESERVED
from zhenggai.model.plan import Plan
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import EVIDENCE, LEDGERS, PLANS, UNITS_FILE, FileKind, place_of, private_part
from zhenggai.reading.load import read_book
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.git import path_bytes
from zhenggai.sharing.trees import Blob, TreeChange, changes
from zhenggai.writing import durable_folders

OWN_FILES = (PLANS, LEDGERS, ".gitattributes", ".gitignore", ".vscode/settings.json")
_SETTINGS = OWN_FILES[2:]
_SUBMODULE = "160000"  # mode in git
_MONTH = re.compile(r"\d{4}-\d{2}")
_NOT_ON_WINDOWS = re.compile(rf"{NOT_ON_WINDOWS.pattern}|[\x00-\x1f]|[ .]\Z")
_BOOKS = {FileKind.PLAN: Plan, FileKind.UNITS: UnitBook}
_LONGEST_NAME = 255  # bytes, the limit of all common file systems
_LONGEST_PATH = 3000  # bytes; systems allow 4096 with the path of the working copy


class Reason(Enum):
    """Why a path is excluded, as a Chinese phrase."""

    LINK = "是链接"
    SUBMODULE = "是别的仓库（子模块）"
    FILE = "应当是文件夹，却是文件"
    FOLDER = "应当是文件，却是文件夹"
    NAME = "这台电脑写不出这样的文件名"
    GONE = "被删去了"
    UNREADABLE = "读不出内容"
    DEMO = "写着 演示: 是"
    PRIVATE = "是各台电脑自己的文件"

    @property
    def remedy(self) -> str:
        """What the person who pushed it can do, in Chinese."""
        return _REMEDIES.get(self, "换成真正的文件或文件夹")


_REMEDIES = {
    Reason.NAME: "改名",
    Reason.GONE: "找回",
    Reason.UNREADABLE: "改正",
    Reason.DEMO: "删去这一行",
}


@frozen
class Exclusions:
    """The excluded paths of a tree (from the top folder) with reasons. Everything below such a path is excluded too."""

    reasons: Mapping[str, Reason]

    def above(self, path: str) -> str | None:
        """The excluded path that contains or equals a path, or None."""
        return next((part for part in (*folders_above(path), path) if part in self.reasons), None)

    def changed(self, found: Iterable[TreeChange]) -> list[TreeChange]:
        """The changes whose paths are excluded."""
        return [change for change in found if self.above(change.path)]

    @property
    def mistakes(self) -> "Exclusions":
        """The exclusions without this tool's own files, which nobody needs to hear about."""
        return Exclusions({path: why for path, why in self.reasons.items() if why is not Reason.PRIVATE})


@lru_cache(maxsize=16)
def excluded(clone: Clone, tree: str) -> Exclusions:
    """The exclusions of a tree (or a commit's tree) by its id. They depend on nothing else, so every run finds the same."""
    reasons = dict[str, Reason]()
    everything = changes(clone, None, tree)
    for change in everything:
        if change.new is not None and (found := _exclusion(change.path, change.new, clone.prefix)):
            reasons.setdefault(*found)
    for path, why in _spoilt_books(clone, {c.path: c.new for c in everything if c.new is not None}).items():
        reasons.setdefault(path, why)
    return Exclusions(reasons)


def private_files(clone: Clone, tree: str) -> list[TreeChange]:
    """This tool's own files in a tree."""
    if Reason.PRIVATE not in excluded(clone, tree).reasons.values():
        return []
    return [change for change in changes(clone, None, tree) if private_part(change.path)]


def folders_above(path: str) -> list[str]:
    """The folders above a path, highest first."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def is_own(clone: Clone, path: str) -> bool:
    """Whether a path (from the top folder) belongs to the ledger."""
    names = [clone.prefix + name for name in OWN_FILES]
    return (path in names or path.startswith(tuple(f"{name}/" for name in names))) and private_part(path) is None


def _exclusion(path: str, blob: Blob, prefix: str) -> tuple[str, Reason] | None:
    """The path to exclude on account of a file of a tree, with the reason; None if the file can be checked out."""
    if private := private_part(path):
        return private, Reason.PRIVATE
    if len(path_bytes(path)) > _LONGEST_PATH or not all(map(_can_be_written, path.split("/"))):
        return path, Reason.NAME
    own = [prefix + name for name in OWN_FILES]
    replaced = any(name == path or name.startswith(f"{path}/") for name in own)  # it occupies a place of the ledger
    below = path.removeprefix(prefix) if path.startswith(prefix) else ""
    if not blob.is_file:
        why = Reason.SUBMODULE if blob.mode == _SUBMODULE else Reason.LINK
        return (path, why) if replaced or below.startswith((f"{PLANS}/", f"{LEDGERS}/")) else None
    if (replaced and below not in _SETTINGS) or _is_folders_place(below):
        return path, Reason.FILE
    for folder in folders_above(below):
        if _is_files_place(folder):
            return prefix + folder, Reason.FOLDER
    return None


def _spoilt_books(clone: Clone, files: Mapping[str, Blob]) -> dict[str, Reason]:
    """The unusable unit book and plans of a tree (paths from the top folder), with reasons.

    A plan counts as missing if its ledger exists; if no file of ``plans/`` is left, the whole folder is excluded.
    """
    start = len(clone.prefix)
    below = {path[start:]: blob for path, blob in files.items() if path.startswith(clone.prefix)}
    places = {path: place_of(path) for path in below}
    needed = {f"{PLANS}/{place.plan}.yaml" for place in places.values() if place.kind is FileKind.LEDGER}
    found = dict.fromkeys({UNITS_FILE, *needed} - below.keys(), Reason.GONE)
    if not any(path.startswith(f"{PLANS}/") for path in below):
        found = {PLANS: Reason.GONE}
    for path, blob in below.items():
        if blob.is_file and places[path].kind in _BOOKS and (why := _spoilt(clone, _BOOKS[places[path].kind], blob.id)):
            found[path] = why
    return {clone.prefix + path: why for path, why in found.items()}


@lru_cache(maxsize=64)
def _spoilt(clone: Clone, owner: type, object_id: str) -> Reason | None:
    """Why a plan or book is unusable; None if it is usable."""
    book = read_book(owner, clone.do("读文件", "cat-file", "blob", object_id).data)
    if book is None or (isinstance(book, UnitBook) and not book.members):
        return Reason.UNREADABLE
    return Reason.DEMO if isinstance(book, UnitBook) and book.is_demo else None


def _can_be_written(name: str) -> bool:
    if durable_folders.WINDOWS and (_NOT_ON_WINDOWS.search(name) or RESERVED.fullmatch(name)):
        return False
    return len(path_bytes(name)) <= _LONGEST_NAME


def _is_folders_place(path: str) -> bool:
    """Whether a path (from the root) is the place of a plan's, unit's or month's folder.

    >>> [_is_folders_place(p) for p in ("ledgers/p/城关镇", "ledgers/p/说明.txt", "ledgers/p/城关镇/附件/2020-05")]
    [True, False, True]
    """
    match path.split("/"):
        case [folder, name] | [folder, _, name] if folder == LEDGERS:
            return "." not in name
        case [folder, _, _, evidence] if (folder, evidence) == (LEDGERS, EVIDENCE):
            return True
        case [folder, _, _, evidence, month] if (folder, evidence) == (LEDGERS, EVIDENCE):
            return _MONTH.fullmatch(month) is not None
        case _:
            return False


def _is_files_place(path: str) -> bool:
    """Whether a path (from the root) is the place of a plan, book, ledger file, evidence file or report.

    >>> [_is_files_place(p) for p in ("plans/p.yaml", "ledgers/p/城关镇/附件/2020-05", "plans/资料", ".gitignore")]
    [True, False, False, True]
    """
    depth = path.count("/")
    match place_of(path).kind:
        case FileKind.OTHER:
            return path in _SETTINGS
        case FileKind.EVIDENCE:
            return depth == 5
        case FileKind.REPORT:
            return depth == 3
        case _:
            return True
