"""Staged files, written to a temporary folder, so that ``check`` can read them like any root."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from zhenggai.frozen import frozen
from zhenggai.reading.data_folders import LEDGERS, PLANS, UNITS_FILE, find_root
from zhenggai.sharing import git
from zhenggai.sharing.clone import clone_of
from zhenggai.sharing.git import Objects

_LINK, _SUBMODULE = "120000", "160000"


@frozen
class Staged:
    """A root as staged, in a temporary folder; ``changed`` holds the paths in it that differ from HEAD.

    ``below`` is the prefix for showing its paths: "", or a folder with a slash at the end.
    """

    folder: Path
    below: str
    changed: frozenset[str]


@contextmanager
def staged_roots(start: Path) -> Iterator[list[Staged]]:
    """The roots with staged files in plans/ or ledgers/: the root of ``start`` and those below it; all, if it is in none.

    Raises ``NoGit`` or ``NoRepository``. During a commit its own index is used (``GIT_INDEX_FILE``). Programs named in
    settings or attributes are not run.
    """
    clone = clone_of(start)
    top, base = clone.top, _base(start, clone.top)
    changed = clone.do("读暂存区", "diff", "--cached", "--name-only", "--no-renames", "--diff-filter=d", "-z")
    with TemporaryDirectory(prefix="zhenggai-") as name:
        found = []
        for nth, prefix in enumerate(_prefixes(top, [path for path in changed.items if path.startswith(base)])):
            data = (f"{prefix}{PLANS}/", f"{prefix}{LEDGERS}/")
            own = frozenset(path.removeprefix(prefix) for path in changed.items if path.startswith(data))
            found.append(Staged(Path(name, str(nth)), prefix.removeprefix(base), own))
            _lay_out(top, prefix, found[-1])
        yield found


def _base(start: Path, top: Path) -> str:
    """The root of a folder, from the top of its repository: "" or with a slash at the end; "" if it is in none."""
    root = find_root(start)
    if root is None or not root.resolve().is_relative_to(top.resolve()):
        return ""
    below = root.resolve().relative_to(top.resolve()).as_posix()
    return "" if below == "." else f"{below}/"


def _prefixes(top: Path, changed: list[str]) -> list[str]:
    """The roots of changed paths. A root has a unit book; other folders named plans/ belong to something else."""
    found = {path[:at] for path in changed for word in (PLANS, LEDGERS) if (at := f"/{path}".find(f"/{word}/")) >= 0}
    books = git.call(top, "ls-files", "-z", "--", *(prefix + UNITS_FILE for prefix in found)).items if found else []
    return sorted(book.removesuffix(UNITS_FILE) for book in books)


def _lay_out(top: Path, prefix: str, root: Staged) -> None:
    """Write the staged plans and ledgers to the folder; unchanged evidence and reports become empty files."""
    folder = root.folder
    (folder / PLANS).mkdir(parents=True)
    listed = git.call(top, "ls-files", "--stage", "-z", "--", prefix + PLANS, prefix + LEDGERS)
    with Objects(top) as objects:
        for item in listed.items:
            about, _, path = item.partition("\t")
            mode, name, _stage = about.split()
            own = path.removeprefix(prefix)
            target = folder / own
            target.parent.mkdir(parents=True, exist_ok=True)
            if mode == _LINK and os.name != "nt":  # on Windows git writes a file too
                target.symlink_to(target.name)  # any target will do: reading reports links and does not follow them
            elif mode != _SUBMODULE:
                is_read = path.endswith((".yaml", ".yml")) or own in root.changed
                target.write_bytes((objects.read(name) or b"") if is_read else b"")
