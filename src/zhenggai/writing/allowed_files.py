"""The files that a ledger's repository may contain: paths, names, sizes. The server refuses all others.

``reading.data_folders.place_of`` classifies a path; this module says which paths are allowed.
"""

import re
import shlex
from typing import NamedTuple

from zhenggai.model.names import alike, file_name_fault
from zhenggai.reading.data_folders import EVIDENCE, LEDGERS, PLANS, PRIVATE, FileKind, place_of
from zhenggai.reading.files import MAX_FILE
from zhenggai.writing.append import MAX_EVIDENCE

_MEGABYTE = 1024 * 1024
MAX_OTHER = _MEGABYTE  # bytes; for files without data: README, an editor's settings, a schema
PLACE, NAME, SIZE = "文件位置", "文件名", "文件大小"

_OUTSIDE = re.compile(r"\.gitattributes|\.gitignore|\.vscode/.+|README[^/]*", re.DOTALL)
_SCHEMA = re.compile(rf"{PLANS}/schema/[^/]+\.schema\.json")
_EVIDENCE = re.compile(rf"{LEDGERS}/[^/]+/[^/]+/{EVIDENCE}/\d{{4}}-\d{{2}}/[^/]+", re.ASCII)
_LIMITS = {
    FileKind.PLAN: MAX_FILE,
    FileKind.UNITS: MAX_FILE,
    FileKind.ORGANISATIONS: MAX_FILE,
    FileKind.LEDGER: MAX_FILE,
    FileKind.REPORT: MAX_FILE,
    FileKind.EVIDENCE: MAX_EVIDENCE,
}
_BY_FOLDER = {
    PLANS: f"{PLANS}/ 下只放单位册、党组织册、方案（方案编号.yaml）、签名人名册和 schema/",
    LEDGERS: f"{LEDGERS}/ 下只放 方案/单位/月份.填报人.代码.yaml、方案/单位/{EVIDENCE}/月份/文件、方案/报告/文件",
    "": f"{PLANS}/ 和 {LEDGERS}/ 要在仓库的最上层，此外只放 .gitattributes、.gitignore、.vscode/ 和 README",
}


class LayoutFault(NamedTuple):
    """Why a file is not allowed: the check's name, what is wrong, the remedy."""

    check: str
    what: str
    remedy: str


def is_data(path: str) -> bool:
    """Whether a path, relative to the root, is ``plans`` or ``ledgers`` or lies below them."""
    return path.partition("/")[0] in (PLANS, LEDGERS)


def own_fault(path: str) -> LayoutFault | None:
    """The fault of a path of the tool's private files, which belong to one computer. None for any other path."""
    if not any(alike(word).startswith(PRIVATE) for word in path.split("/")):
        return None
    remedy = f"运行 git rm -r --cached {shlex.quote(path)}（电脑上的还在）"
    return LayoutFault(PLACE, f"{PRIVATE} 只属于一台电脑，不能共享", remedy)


def path_fault(path: str) -> LayoutFault | None:
    """Why no file is allowed at a path, relative to the root. None if one is.

    >>> path_fault("ledgers/p/城关镇/2020-05.办公室.aa.yaml"), path_fault(".gitmodules").check
    (None, '文件位置')
    """
    words = path.split("/")
    outside = not is_data(path)
    if not (_OUTSIDE.fullmatch(path) if outside else _is_in_layout(path)):
        what = f"这里不放这个文件：{_BY_FOLDER['' if outside else words[0]]}"
        return LayoutFault(PLACE, what, "把它移出仓库所在的文件夹（不要了就删去）")
    for word in words[1:] if outside and path.startswith(".") else words:
        if fault := file_name_fault(word):
            return LayoutFault(NAME, f"文件名不能用：{fault}", "改名")
    return None


def size_fault(path: str, size: int) -> LayoutFault | None:
    """Why a file of this size (bytes) is not allowed at an allowed path. None if it is."""
    kind = place_of(path).kind
    limit = _LIMITS.get(kind, MAX_OTHER)
    if size <= limit:
        return None
    what = f"文件有 {size / _MEGABYTE:.1f} MB，最多 {limit // _MEGABYTE} MB"
    remedy = "压缩或拆成几份；大的材料另外保存，这里写文号" if kind is FileKind.EVIDENCE else "删去混进来的内容"
    return LayoutFault(SIZE, what, remedy)


def _is_in_layout(path: str) -> bool:
    kind = place_of(path).kind
    if kind is FileKind.EVIDENCE:
        return _EVIDENCE.fullmatch(path) is not None
    return kind is not FileKind.OTHER or _SCHEMA.fullmatch(path) is not None
