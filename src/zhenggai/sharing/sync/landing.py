"""Brings a commit into the working copy: files one by one and whole, the index, and last of all the branch.

A note among git's refs says what is under way: whatever interrupts it, the next run knows what the files were (``seen``)
and where they were going (``goal``), and goes on from what it finds.
"""

import os
import shutil
import tempfile
from collections.abc import Sequence, Set
from contextlib import suppress
from pathlib import Path

from zhenggai.errors import Changed, Exit, ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.reading.data_folders import private_part
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.exclusions import excluded, is_own, private_files
from zhenggai.sharing.git import path_bytes
from zhenggai.sharing.sync.own_changes import committed
from zhenggai.sharing.trees import Blob, TreeChange, changes, checked_out, empty_tree, exchange, staged
from zhenggai.writing.atomic import note_written, read_bytes, remove_file, replace_file

_NOTE = "refs/worktree/zhenggai"  # each working copy of a repository has its own


@frozen
class Landing:
    """A landing under way: the commit the files were like, the one they become, and where the branch stood (None: nowhere)."""

    seen: str
    goal: str
    tip: str | None


def landing_under_way(clone: Clone, branch: str) -> Landing | None:
    """What an interrupted run left; None where there is nothing, or where somebody has moved the branch since."""
    seen, goal, tip = (clone.commit(f"{_NOTE}/{name}") for name in ("seen", "goal", "tip"))
    now = clone.commit(f"refs/heads/{branch}")
    if seen is None or goal is None or now not in (tip, goal):
        return None
    return Landing(seen, goal, tip)


def note(clone: Clone, landing: Landing, kept: str | None = None) -> None:
    """Write down what is about to be brought into the working copy, and the commit that has what stays here instead of it."""
    names = {"seen": landing.seen, "goal": landing.goal, "tip": landing.tip, "kept": kept}
    lines = [
        f"update {_NOTE}/{name} {commit}" if commit else f"delete {_NOTE}/{name}" for name, commit in names.items()
    ]
    clone.do("写入", "update-ref", "--stdin", given=("\n".join(lines) + "\n").encode())


def kept(clone: Clone) -> str | None:
    """The commit with what stayed here when something was excluded, None where nothing was."""
    return clone.commit(f"{_NOTE}/kept")


def forget(clone: Clone) -> None:
    """It has landed."""
    lines = "".join(f"delete {_NOTE}/{name}\n" for name in ("goal", "seen", "tip"))
    clone.do("写入", "update-ref", "--stdin", given=lines.encode())


_LINK = "120000"  # git's mode
_ROOM = "landing-"  # how the name of the folder begins in which files wait


class InTheWay(ZhenggaiError):
    """Something that is none of the ledger's stands where the others' files are to go; nothing was changed."""

    exit_code = Exit.CONFLICT


def land(clone: Clone, seen: str | None, goal: str, branch: str) -> None:
    """Bring the working copy from commit ``seen``, which its files are like (None: no files), to ``goal``, and the branch with it.

    What is excluded of ``goal`` stays as it is here; git is told not to miss it.

    Raises ``InTheWay`` before anything is written; ``Changed`` where a file is no longer as seen: then the next run brings
    both together. To be called under the writer's lock.
    """
    seen = seen or committed(clone, empty_tree(clone), [], "空")
    tip = clone.commit(f"refs/heads/{branch}")
    found, aside = changes(clone, seen, goal), excluded(clone, goal)
    differing = [c for c in found if aside.above(c.path) is None and private_part(c.path) is None]
    for change in differing:
        _refuse_in_the_way(clone, change)
    note(clone, Landing(seen, goal, tip), kept=seen if aside.mistakes.changed(found) else None)
    _take_links_away(clone, differing)
    _bring_files(clone, [_plain_part(change) for change in differing], goal)
    _bring_index(clone, {change.path for change in found}, goal)
    _miss_nothing(clone, [*aside.changed(found), *private_files(clone, goal)])
    _bring_links(clone, differing)
    clone.ask("update-index", "-q", "--refresh")
    reason = ("-m", "zhenggai sync")
    if tip != goal:
        clone.do("写入", "update-ref", *reason, f"refs/heads/{branch}", goal, tip or "0" * len(goal))
        note_written(f"本机的分支 {branch} 到了 {goal[:10]}")
    if clone.branch != branch:
        clone.do("写入", "symbolic-ref", *reason, "HEAD", f"refs/heads/{branch}")
    forget(clone)


def _refuse_in_the_way(clone: Clone, change: TreeChange) -> None:
    """What is none of the ledger's is no part of own commits, so that here nothing but the others' version can land."""
    target = clone.top / change.path
    if is_own(clone, change.path) or not os.path.lexists(target):
        return
    expected = [blob for blob in (change.old, change.new) if blob]
    if target.is_symlink() or not target.is_file():
        fits = any(not blob.is_file for blob in expected)
    else:
        fits = any(_is(clone, change.path, target.read_bytes(), blob) for blob in expected)
    if not fits:
        raise InTheWay(
            f"{change.path} 别人改了，这里也有没提交的改动；它不归台账，sync 不替你决定，没有改动任何文件\n"
            "  下一步：把它改名留底，再运行 zhenggai sync，然后对照别人的版本"
        )


def _plain_part(change: TreeChange) -> TreeChange:
    """The files of a change; a link is none."""
    old, new = (blob if blob is not None and blob.is_file else None for blob in (change.old, change.new))
    return TreeChange(change.path, old, new)


def _take_links_away(clone: Clone, differing: Sequence[TreeChange]) -> None:
    """Before any file is written, so that none is written through a link."""
    for change in differing:
        target = clone.top / change.path
        if change.old is not None and change.old.mode == _LINK and target.is_symlink():
            target.unlink()
        elif change.old is not None and not change.old.is_file and target.is_dir():
            with suppress(OSError):  # what lies in another repository's folder stays
                target.rmdir()


def _bring_files(clone: Clone, differing: Sequence[TreeChange], goal: str) -> None:
    """Write, exchange or remove the files that differ; those that are so already stay."""
    if not differing:
        return
    room = clone.root / ".zhenggai"
    room.mkdir(exist_ok=True)
    for left in room.glob(f"{_ROOM}*"):  # by a run that was killed: only one runs at a time
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_ROOM, dir=room) as folder:
        checked_out(clone, goal, [change.path for change in differing if change.new], Path(folder))
        for change in sorted(differing, key=lambda change: change.new is not None):  # a folder may become a file
            _bring_file(clone, change, Path(folder, change.path))


def _bring_file(clone: Clone, change: TreeChange, wanted: Path) -> None:
    target = clone.top / change.path
    data = None if change.new is None and not target.is_file() else read_bytes(target)
    new = wanted.read_bytes() if change.new else None
    if data != new and data is not None and not _is(clone, change.path, data, change.old):
        raise Changed(f"{change.path} 刚刚被别的程序改动\n  下一步：再运行一次 zhenggai sync")
    if new is not None:
        replace_file(target, data, new, clone.top)
        _set_mode(target, change.new)
    elif data is not None:
        remove_file(target, data, clone.top)
        _remove_empty_folders(target.parent, clone.top)


def _is(clone: Clone, path: str, data: bytes, blob: Blob | None) -> bool:
    """Whether a file's bytes are those of an object, line ends and filters aside."""
    return (
        blob is not None and blob.id == clone.do("读文件", "hash-object", "--stdin", f"--path={path}", given=data).text
    )


def _set_mode(path: Path, blob: Blob | None) -> None:
    """Whether a file may be run, as git keeps it: what reads a file may run it, or nobody."""
    if blob is not None and os.name != "nt":
        mode = path.stat().st_mode
        wanted = mode | (mode & 0o444) >> 2 if blob.mode == "100755" else mode & ~0o111
        if wanted != mode:
            path.chmod(wanted)


def _remove_empty_folders(folder: Path, top: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _bring_index(clone: Clone, came: Set[str], goal: str) -> None:
    """Have the index say of the ledger's files, and of those that came, what ``goal`` says; the rest stays as staged."""
    wrong = [c for c in staged(clone, goal) if c.path in came or is_own(clone, c.path) or private_part(c.path)]
    if wrong:
        exchange(clone, {change.path: change.old for change in wrong})


def _miss_nothing(clone: Clone, aside: Sequence[TreeChange]) -> None:
    """Have git take excluded files that are not here, or otherwise, for unchanged."""
    paths = [change.path for change in aside if change.new is not None]
    if paths:
        given = path_bytes("".join(f"{path}\0" for path in paths))
        clone.do("写入", "update-index", "--skip-worktree", "-z", "--stdin", given=given)


def _bring_links(clone: Clone, differing: Sequence[TreeChange]) -> None:
    """Leave links to git: nothing of the ledger's is one, and whoever reads them refuses them."""
    links = "".join(f"{change.path}\0" for change in differing if change.new and change.new.mode == _LINK)
    if links:
        clone.do("写入", "checkout-index", "-f", "-q", "-z", "--stdin", given=path_bytes(links))
