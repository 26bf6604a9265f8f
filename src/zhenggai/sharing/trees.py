"""Trees of the repository: differences between two, and writing new ones, without touching files."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from zhenggai.frozen import frozen
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.git import Answer, path_bytes

REGULAR = ("100644", "100755")
_NO_MODE = "000000"


@frozen
class Blob:
    """An item of a tree: git's mode (``REGULAR``, a link, a submodule) and the object id."""

    mode: str
    id: str

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file."""
        return self.mode in REGULAR


@frozen
class TreeChange:
    """A path that differs between two trees, with both items; None if a side has none."""

    path: str
    old: Blob | None
    new: Blob | None


@lru_cache(maxsize=16)
def empty_tree(clone: Clone) -> str:
    """The id of the empty tree, which depends on how the repository names objects."""
    return clone.do("读仓库", "hash-object", "-t", "tree", "--stdin").text


@lru_cache(maxsize=64)
def tree_of(clone: Clone, commit: str) -> str:
    """The id of the tree of a commit, or of a tree, given by its id. It depends on nothing else."""
    return clone.do("读仓库", "rev-parse", f"{commit}^{{tree}}").text


@lru_cache(maxsize=8)
def changes(clone: Clone, old: str | None, new: str) -> tuple[TreeChange, ...]:
    """The differences between two trees or commits, given by their ids, by path; ``old`` None means an empty tree.

    They depend on nothing else, and a sync asks for the same ones several times.
    """
    if old == new:
        return ()
    return _listed(clone.do("读仓库", "diff-tree", "-r", "-z", "--no-renames", old or empty_tree(clone), new))


def staged(clone: Clone, tree: str) -> tuple[TreeChange, ...]:
    """The differences between a tree and the index."""
    return _listed(clone.do("读仓库", "diff-index", "--cached", "-z", "--no-renames", tree))


def _listed(answer: Answer) -> tuple[TreeChange, ...]:
    heads, paths = answer.items[::2], answer.items[1::2]
    return tuple(_change(head, path) for head, path in zip(heads, paths, strict=True))


def _change(head: str, path: str) -> TreeChange:
    old_mode, new_mode, old_id, new_id, _ = head.removeprefix(":").split(" ")
    return TreeChange(path, _blob(old_mode, old_id), _blob(new_mode, new_id))


def _blob(mode: str, object_id: str) -> Blob | None:
    return None if mode == _NO_MODE else Blob(mode, object_id)


def with_changes(clone: Clone, tree: str, updates: Mapping[str, Blob | None]) -> str:
    """The id of a new tree with some paths replaced or, if None, removed."""
    if not updates:
        return tree_of(clone, tree)
    with scratch_index(clone) as index:
        clone.do("合并", "read-tree", tree, more=index)
        exchange(clone, updates, index)
        return clone.do("合并", "write-tree", more=index).text


def exchange(clone: Clone, updates: Mapping[str, Blob | None], index: dict[str, str] | None = None) -> None:
    """Replace some paths in an index (the real one unless another is given); None removes a path."""
    no_id = "0" * len(empty_tree(clone))
    lines = [
        f"{blob.mode} {blob.id}\t{path}\0" if blob else f"0 {no_id}\t{path}\0"
        for path, blob in sorted(updates.items(), key=lambda item: item[1] is not None)  # a folder may become a file
    ]
    clone.do("写入", "update-index", "-z", "--index-info", given=path_bytes("".join(lines)), more=index)


def written(clone: Clone, data: bytes) -> str:
    """Write a blob with these bytes; returns its id."""
    return clone.do("合并", "hash-object", "-w", "--stdin", given=data).text


@contextmanager
def scratch_index(clone: Clone, *, like_the_real_one: bool = False) -> Iterator[dict[str, str]]:
    """A temporary index, given as the environment for the git calls that use it.

    ``like_the_real_one`` copies the real index, which knows the unchanged files, so that they are not read again.
    """
    path = clone.git_dir / "zhenggai-index"
    remove_scratch_index(clone)
    real = clone.top / clone.ask("rev-parse", "--git-path", "index").text
    if like_the_real_one and real.is_file():
        shutil.copy2(real, path)  # keep its time, so that files written at that moment are not taken as unchanged
    try:
        yield {"GIT_INDEX_FILE": str(path)}
    finally:
        remove_scratch_index(clone)


def remove_scratch_index(clone: Clone) -> None:
    """Delete the temporary index, also one left by a killed run."""
    for name in ("zhenggai-index", "zhenggai-index.lock"):
        (clone.git_dir / name).unlink(missing_ok=True)


def checked_out(clone: Clone, tree: str, paths: Sequence[str], folder: Path) -> None:
    """Write files of a tree below a folder as git checks them out, with line ends and filters."""
    if not paths:
        return
    with scratch_index(clone) as index:
        clone.do("写入", "read-tree", tree, more=index)
        names = path_bytes("".join(f"{path}\0" for path in paths))
        clone.do("写入", "checkout-index", "-f", "-q", "-z", "--stdin", f"--prefix={folder}/", given=names, more=index)
