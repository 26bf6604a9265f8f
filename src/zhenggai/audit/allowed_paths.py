"""Paths, names, types and sizes of the files in a commit: a file that the layout does not provide for may not be added."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from zhenggai.audit.audit_state import Inquiry
from zhenggai.model.names import alike
from zhenggai.model.source import Level
from zhenggai.sharing.history import REGULAR, Change, Commit
from zhenggai.writing.allowed_files import NAME, LayoutFault, is_data, own_fault, path_fault, size_fault

KIND = "文件类型"
_KINDS = {"120000": "链接", "160000": "别的仓库（子模块）"}
_alike = lru_cache(maxsize=8192)(alike)


def judge_paths(inquiry: Inquiry, commit: Commit, changes: Sequence[Sequence[Change]]) -> None:
    """Report each file that the layout does not allow; ``changes`` holds the commit's changes against each parent.

    A merge is not blamed for what it takes from a parent: that commit has its own report. Files outside ``plans/`` and
    ``ledgers/`` are checked in a push only.
    """
    for change in _own(changes):
        if not change.mode or not (inquiry.scope.pushed or is_data(change.path)):
            continue
        if fault := _fault(inquiry, change):
            _tell(inquiry, commit, change.path, fault)
    for path, twin in _twins(inquiry, commit, changes):
        what = f"与 {twin} 只差大小写、全角半角或字的拆合，有的电脑分不清"
        _tell(inquiry, commit, path, LayoutFault(NAME, what, "改名"))


def _own(changes: Sequence[Sequence[Change]]) -> list[Change]:
    """The changes that a commit makes against every parent."""
    first, *others = changes
    elsewhere = [{change.path for change in other} for other in others]
    return [change for change in first if all(change.path in paths for paths in elsewhere)]


def _fault(inquiry: Inquiry, change: Change) -> LayoutFault | None:
    if fault := own_fault(change.path):
        return fault
    if change.mode not in REGULAR:
        kind = _KINDS.get(change.mode, "特殊文件")
        return LayoutFault(KIND, f"这是{kind}，不是普通文件", "换成真正的文件，或删去")
    if fault := path_fault(change.path):
        return fault
    size = inquiry.objects.size(change.new) if change.new and change.new != change.old else None
    return size_fault(change.path, size) if size is not None else None


def _tell(inquiry: Inquiry, commit: Commit, path: str, fault: LayoutFault) -> None:
    remedy = f"{fault.remedy}，再运行 zhenggai sync"
    if inquiry.scope.pushed:
        remedy += f"；自己用 git 提交过的，在这之前先运行 {_taking_back(inquiry)}（文件都还在）"
    inquiry.tell(commit, Level.ERROR, fault.check, fault.what, remedy, path)


def _taking_back(inquiry: Inquiry) -> str:
    """How to undo commits that no server has yet: deleting the file is not enough, since it stays in the history."""
    base = inquiry.scope.grounds[:1]
    return f"git reset --soft {base[0][:10]}" if base else "git update-ref -d HEAD"


def _twins(inquiry: Inquiry, commit: Commit, changes: Iterable[Sequence[Change]]) -> Iterator[tuple[str, str]]:
    """New paths that some file systems cannot tell from a sibling; pairs that a parent had already are left out."""
    added = [change.path for side in changes for change in side if change.mode and change.old is None]
    folders = {path[:at] for path in added for at, letter in enumerate(path) if letter == "/"}
    if added and inquiry.scope.pushed:
        folders.add("")
    for folder in sorted(folders):
        names = inquiry.names_in(commit.id, folder)
        before = [inquiry.names_in(parent, folder) for parent in commit.parents]
        if all(names <= had for had in before) and before:
            continue
        for one, other in _pairs(names):
            if not any({one, other} <= had for had in before):
                new, old = (other, one) if before and other not in before[0] else (one, other)
                yield f"{folder}/{new}".lstrip("/"), old


def _pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for name in sorted(names):
        if (twin := seen.setdefault(_alike(name), name)) != name:
            yield twin, name
