"""Own changes as a commit: the ledger's files as they are on disk, regardless of what is staged."""

from collections.abc import Set

from zhenggai.frozen import frozen
from zhenggai.reading.data_folders import PASSING, private_part
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.exclusions import OWN_FILES, Reason, excluded, folders_above, is_own, private_files
from zhenggai.sharing.git import path_bytes
from zhenggai.sharing.trees import changes, exchange, scratch_index, with_changes


@frozen
class Author:
    """The author of a commit and the time, in git's format."""

    name: str
    email: str
    date: str


def own_tree(clone: Clone, start: str | None, *, with_others: bool = False) -> str:
    """The tree of ``start`` with the ledger's present files; ``with_others`` includes all files that git tracks.

    ``.gitignore`` has no effect on entries and evidence. Repositories inside this one are left out.
    """
    own = [clone.prefix + name for name in OWN_FILES]
    left_out = [f"--exclude={name}" for name in PASSING]
    with scratch_index(clone, like_the_real_one=True) as index:
        skipped = [item[2:] for item in clone.do("读文件", "ls-files", "-t", "-z", more=index).items if item[0] == "S"]
        if skipped:
            exchange(clone, dict.fromkeys(skipped), index)  # skip-worktree: the next call would keep them
        clone.do("读文件", "read-tree", *(("--reset", start) if start else ("--empty",)), more=index)
        if start and (aside := excluded(clone, start).mistakes).reasons:  # look at these paths again
            exchange(clone, {change.path: None for change in aside.changed(changes(clone, None, start))}, index)
        listed = ("ls-files", "-z", "--modified", "--deleted")
        paths = set(clone.do("读文件", *listed, "--others", *left_out, "--", *own, more=index).items)
        if with_others:
            paths.update(clone.do("读文件", *listed, more=index).items)
        given = path_bytes("".join(f"{path}\0" for path in sorted(paths) if _goes_in(clone, path, paths)))
        if given:
            put = ("update-index", "--add", "--remove", "--replace", "-z", "--stdin")
            clone.do("读文件", "-c", "core.safecrlf=false", *put, given=given, more=index)
        return clone.do("读文件", "write-tree", more=index).text


def _goes_in(clone: Clone, path: str, listed: Set[str]) -> bool:
    """Whether a path belongs in a snapshot: no repository, none of the tool's own files, no file below a link."""
    above = listed & set(folders_above(path))
    return (
        not path.endswith("/") and private_part(path) is None and not any((clone.top / up).is_symlink() for up in above)
    )


def own_part(clone: Clone, start: str | None, tree: str, kept: str | None) -> str:
    """A snapshot's tree in which excluded paths are as in ``start``, unless they were changed here.

    ``kept`` is the commit that the files were like when these paths were excluded.
    """
    aside = excluded(clone, start) if start else None
    if start is None or aside is None or not aside.reasons:
        return tree
    here = aside.changed(changes(clone, start, tree))
    since = {aside.above(change.path) for change in changes(clone, kept, tree)} if kept else set(aside.reasons)
    never_here = {path for path, why in aside.reasons.items() if why in (Reason.NAME, Reason.PRIVATE)}
    untouched = [change for change in here if (path := aside.above(change.path)) in never_here or path not in since]
    return with_changes(clone, tree, {change.path: change.old for change in untouched})


def without_private(clone: Clone, tree: str) -> str:
    """The tree (or the tree of a commit) without this tool's own files."""
    return with_changes(clone, tree, {change.path: None for change in private_files(clone, tree)})


def left_alone(clone: Clone) -> list[str]:
    """The changed files outside the ledger, which are not part of a snapshot."""
    answer = clone.ask("status", "--porcelain", "-z", "--no-renames", "--untracked-files=no")
    return [path for item in answer.items if not is_own(clone, path := item[3:]) and private_part(path) is None]


def committed(clone: Clone, tree: str, parents: list[str], message: str, author: Author | None = None) -> str:
    """Make a commit that is on no branch yet; returns its id."""
    signed = ("-S",) if clone.is_set("commit.gpgsign") else ()
    above = [word for parent in parents for word in ("-p", parent)]
    dated = (
        {"GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email, "GIT_AUTHOR_DATE": author.date}
        if author
        else {}
    )
    config = ("-c", "user.useConfigOnly=true", "-c", "i18n.commitEncoding=UTF-8")
    return clone.do(
        "提交", *config, "commit-tree", *signed, tree, *above, "-F", "-", given=path_bytes(message), more=dated
    ).text
