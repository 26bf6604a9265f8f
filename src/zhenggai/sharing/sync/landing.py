"""Landing: brings a commit into the working copy: first each file (replaced as a whole), then the index, then the branch.

Refs of git record the landing in progress. After an interruption the next run knows the commit that the files were like
(``seen``) and the commit to reach (``goal``), and continues from the present files.
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

_NOTE = "refs/worktree/zhenggai"  # separate for each working copy of a repository


@frozen
class Landing:
    """A landing in progress: the commit that the files were like, the goal, and the branch's commit before (None: none)."""

    seen: str
    goal: str
    tip: str | None


def landing_under_way(clone: Clone, branch: str) -> Landing | None:
    """The landing that an interrupted run left; None if there is none or the branch has been moved since."""
    notes = (f"{_NOTE}/{name}" for name in ("seen", "goal", "tip"))
    seen, goal, tip, now = clone.commits(*notes, f"refs/heads/{branch}")
    if seen is None or goal is None or now not in (tip, goal):
        return None
    return Landing(seen, goal, tip)


def note(clone: Clone, landing: Landing, kept: str | None = None) -> None:
    """Record the landing that is about to begin, and the commit ``kept`` with the files that excluded paths keep here."""
    names = {"seen": landing.seen, "goal": landing.goal, "tip": landing.tip, "kept": kept}
    lines = [
        f"update {_NOTE}/{name} {commit}" if commit else f"delete {_NOTE}/{name}" for name, commit in names.items()
    ]
    clone.do("写入", "update-ref", "--stdin", given=("\n".join(lines) + "\n").encode())


def kept(clone: Clone) -> str | None:
    """The commit with the files that excluded paths keep here; None if nothing was excluded."""
    return clone.commit(f"{_NOTE}/kept")


def forget(clone: Clone) -> None:
    """Delete the record: the landing is complete."""
    lines = "".join(f"delete {_NOTE}/{name}\n" for name in ("goal", "seen", "tip"))
    clone.do("写入", "update-ref", "--stdin", given=lines.encode())


_LINK = "120000"  # mode in git
_ROOM = "landing-"  # prefix of the folder in which the new files are prepared


class InTheWay(ZhenggaiError):
    """A changed file outside the ledger is in the way of the others' version; nothing was changed."""

    exit_code = Exit.CONFLICT


def land(clone: Clone, seen: str | None, goal: str, branch: str) -> None:
    """Bring files, index and branch from the commit ``seen`` (None: no files) to ``goal``.

    Excluded paths of ``goal`` keep what they have here, and git treats them as unchanged.

    Raises ``InTheWay`` before anything is written, and ``Changed`` if a file no longer equals ``seen``; the next run then
    merges both. The caller must hold the writer's lock.
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
    """Raise ``InTheWay`` for a locally changed file outside the ledger: such files are never committed by ``sync``."""
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
    """A change limited to regular files: links count as missing."""
    old, new = (blob if blob is not None and blob.is_file else None for blob in (change.old, change.new))
    return TreeChange(change.path, old, new)


def _take_links_away(clone: Clone, differing: Sequence[TreeChange]) -> None:
    """Remove links before any file is written, so that no file is written through a link."""
    for change in differing:
        target = clone.top / change.path
        if change.old is not None and change.old.mode == _LINK and target.is_symlink():
            target.unlink()
        elif change.old is not None and not change.old.is_file and target.is_dir():
            with suppress(OSError):  # the folder of another repository is kept
                target.rmdir()


def _bring_files(clone: Clone, differing: Sequence[TreeChange], goal: str) -> None:
    """Write, replace or remove the files that differ; files that already equal the goal are not touched."""
    if not differing:
        return
    room = clone.root / ".zhenggai"
    room.mkdir(exist_ok=True)
    for left in room.glob(f"{_ROOM}*"):  # left by a killed run: only one runs at a time
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
    """Whether a file's bytes equal an object, apart from line ends and filters."""
    return (
        blob is not None and blob.id == clone.do("读文件", "hash-object", "--stdin", f"--path={path}", given=data).text
    )


def _set_mode(path: Path, blob: Blob | None) -> None:
    """Set the executable bit as in git: for everybody who may read the file, or for nobody."""
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
    """Set the index to ``goal`` for the ledger's files and for all changed ones; other staged files are kept."""
    wrong = [c for c in staged(clone, goal) if c.path in came or is_own(clone, c.path) or private_part(c.path)]
    if wrong:
        exchange(clone, {change.path: change.old for change in wrong})


def _miss_nothing(clone: Clone, aside: Sequence[TreeChange]) -> None:
    """Make git treat excluded files as unchanged, even if they are missing or different here."""
    paths = [change.path for change in aside if change.new is not None]
    if paths:
        given = path_bytes("".join(f"{path}\0" for path in paths))
        clone.do("写入", "update-index", "--skip-worktree", "-z", "--stdin", given=given)


def _bring_links(clone: Clone, differing: Sequence[TreeChange]) -> None:
    """Let git create links. No file of the ledger is a link, and reading rejects them."""
    links = "".join(f"{change.path}\0" for change in differing if change.new and change.new.mode == _LINK)
    if links:
        clone.do("写入", "checkout-index", "-f", "-q", "-z", "--stdin", given=path_bytes(links))
