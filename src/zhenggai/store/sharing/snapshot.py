"""The own changes as a commit: of what belongs to the ledger, from the files as they are, whatever is staged."""

from zhenggai.frozen import frozen
from zhenggai.store.git import path_bytes
from zhenggai.store.places import LEDGERS, PASSING, PLANS
from zhenggai.store.sharing.clone import Clone
from zhenggai.store.sharing.trees import scratch_index

OWN_FILES = (PLANS, LEDGERS, ".gitattributes", ".gitignore", ".vscode/settings.json")


@frozen
class Author:
    """Who made a commit, and when (as git writes it)."""

    name: str
    email: str
    date: str


def snapshot(clone: Clone, start: str | None, *, with_others: bool = False) -> str:
    """The tree of a commit with the ledger's files as they lie in the working copy now; or all that git knows.

    No ``.gitignore`` hides an entry or its evidence; a repository inside of this one is none of it.
    """
    own = [clone.prefix + name for name in OWN_FILES]
    left_out = [f"--exclude={name}" for name in PASSING]
    with scratch_index(clone, like_the_real_one=True) as index:
        clone.do("读文件", "read-tree", *(("--reset", start) if start else ("--empty",)), more=index)
        listed = ("ls-files", "-z", "--modified", "--deleted")
        paths = set(clone.do("读文件", *listed, "--others", *left_out, "--", *own, more=index).items)
        if with_others:
            paths.update(clone.do("读文件", *listed, more=index).items)
        given = path_bytes("".join(f"{path}\0" for path in sorted(paths) if not path.endswith("/")))
        put = ("update-index", "--add", "--remove", "--replace", "-z", "--stdin")
        clone.do("读文件", "-c", "core.safecrlf=false", *put, given=given, more=index)
        return clone.do("读文件", "write-tree", more=index).text


def left_alone(clone: Clone) -> list[str]:
    """The changed files that are none of the ledger's, and so no part of a snapshot."""
    answer = clone.ask("status", "--porcelain", "-z", "--no-renames", "--untracked-files=no")
    return [path for item in answer.items if not is_own(clone, path := item[3:])]


def is_own(clone: Clone, path: str) -> bool:
    """Whether a path, from the top, is one of the ledger's files."""
    names = [clone.prefix + name for name in OWN_FILES]
    return path in names or path.startswith(tuple(f"{name}/" for name in names))


def committed(clone: Clone, tree: str, parents: list[str], message: str, author: Author | None = None) -> str:
    """The id of a new commit; it stands on no branch yet."""
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


def tree_of(clone: Clone, commit: str) -> str:
    """The id of a commit's tree."""
    return clone.do("读仓库", "rev-parse", f"{commit}^{{tree}}").text
