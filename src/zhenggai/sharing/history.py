"""The git history: commits, the files that each changed (by blob id), and signatures."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from zhenggai.errors import ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.model.time_zone import BEIJING, offset_of
from zhenggai.reading.data_folders import ATTRIBUTES_FILE, LEDGERS, PLANS, is_tracked
from zhenggai.sharing import git
from zhenggai.sharing.git_log import logged

_NEXT = "\n  下一步："
_FORMAT = "--format=%H%x00%P%x00%ct%x00%ae%x00%an"  # %ae, not %aE: with a .mailmap anybody could pose as somebody else
REGULAR = frozenset({"100644", "100755"})
_NOTHING = "000000"
_EPOCH = datetime(1970, 1, 1)


class NoHistory(ZhenggaiError):
    """The folder is in no git repository, or git cannot read it."""


@frozen
class Commit:
    """A commit; ``day`` is its day in Beijing, whatever the committer's time zone."""

    id: str
    parents: tuple[str, ...]
    day: date
    email: str
    author: str


@frozen
class Change:
    """A changed file: blob ids before and after, None if there is no regular file. ``path`` is from the data's root.

    ``mode`` is git's mode after the change, such as "100644" or "120000" for a link; "" if nothing is left.
    """

    path: str
    old: str | None
    new: str | None
    mode: str = ""


@frozen
class History:
    """The history of the data under ``root``.

    ``prefix`` is the root's path in the repository ("" or ``…/``). ``cut`` holds the commits of a shallow clone whose parents
    are missing.
    """

    root: Path
    prefix: str
    cut: frozenset[str]

    def commit_id(self, name: str) -> str | None:
        """The id of the commit that a name means, or None."""
        return git.commit_id(self.root, name)

    def commits(self, *revisions: str) -> list[Commit]:
        """The commits reachable from revisions (``B ^A``, ``B --not --all``), parents before children."""
        order = ("--topo-order", "--reverse", "--encoding=UTF-8", "--no-show-signature")
        told = self._told("log", "-z", *order, _FORMAT, *revisions, "--")
        fields = iter(told.data.decode("utf-8", "replace").split("\0")[:-1])
        return [
            Commit(id_, tuple(parents.split()), _day(day), email, author)
            for id_, parents, day, email, author in zip(fields, fields, fields, fields, fields, strict=True)
        ]

    def commit(self, id_: str) -> Commit:
        """The commit with an id from ``commit_id``."""
        return self.commits("--no-walk", id_)[0]

    def last_day(self, id_: str) -> date:
        """The latest day in a commit's history, which a clock that was set back does not lower."""
        told = self._told("log", "--format=%ct", "--no-show-signature", id_, "--")
        return max(map(_day, told.text.split()), default=date.min)

    def boundary(self, *revisions: str) -> list[str]:
        """The excluded commits that are parents of commits reachable from the revisions, newest first."""
        told = self._told("rev-list", "--boundary", *revisions, "--")
        found = [line[1:] for line in told.text.split() if line.startswith("-")]
        return self._told("rev-list", "--no-walk", *found).text.split() if found else []

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether ``old`` is an ancestor of ``new``, or equal to it."""
        return git.is_ancestor(self.root, old, new)

    def bases(self, one: str, other: str) -> list[str]:
        """The merge bases of two commits."""
        return git.merge_bases(self.root, one, other)

    def changes(self, pairs: Iterable[tuple[str, str]], *, everywhere: bool = False) -> Iterator[list[Change]]:
        """The changes of each pair (commit id, id of a parent or another commit, "" for none), in the order of the pairs.

        They are limited to the data; with ``everywhere`` they cover the whole repository.
        """
        given = "".join(f"{commit} {parent}".rstrip() + "\n" for commit, parent in pairs).encode()
        options = ("--stdin", "--root", "--always", "-r", "-z", "--raw", "--no-renames", "--no-abbrev")
        below = () if everywhere else (LEDGERS, PLANS, ATTRIBUTES_FILE)
        items = iter(self._told("diff-tree", *options, "--", *below, given=given).items)
        found: list[Change] | None = None
        for item in items:
            if item.startswith(":"):
                assert found is not None  # git prints the commit before its changes
                found.append(self._change(item, next(items)))
            else:
                if found is not None:
                    yield found
                found = []
        if found is not None:
            yield found

    def files(self, commit: str, below: str) -> dict[str, str]:
        """The regular files of a commit below a folder, in order of path: path → blob id."""
        found = {}
        for line in self._told("ls-tree", "-r", "-z", "--full-tree", commit, f"{self.prefix}{below}/").items:
            head, _, path = line.partition("\t")
            mode, _, id_ = head.split(" ")
            if mode in REGULAR:
                found[path.removeprefix(self.prefix)] = id_
        return found

    def file(self, commit: str, path: str) -> str | None:
        """The blob id of a file at a commit ("": no commit); None if there is no such file."""
        found = git.call(self.root, "rev-parse", "--verify", "--quiet", f"{commit}:{self.prefix}{path}").text
        return found or None if commit else None

    def earlier(self, commit: str, below: str) -> Iterator[tuple[str, str]]:
        """All versions of the files at or below a path up to a commit, newest first, as (path, blob id)."""
        options = (
            "--topo-order",
            "--no-follow",
            "--full-history",
            "-m",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--format=",
        )
        items = iter(self._told("log", *options, "--no-show-signature", commit, "--", below).items)
        for item in items:
            change = self._change(item.strip(), next(items))
            yield from ((change.path, id_) for id_ in (change.new, change.old) if id_)

    def _change(self, head: str, path: str) -> Change:
        old_mode, new_mode, old, new, _ = head[1:].split(" ")
        place = path.removeprefix(self.prefix)
        before, after = (old if old_mode in REGULAR else None), (new if new_mode in REGULAR else None)
        return Change(place, before, after, "" if new_mode == _NOTHING else new_mode)

    def _told(self, *arguments: str, given: bytes = b"") -> git.Answer:
        """Run git; raises ``NoHistory`` if it fails, since an empty answer would look like an empty history."""
        told = git.call(self.root, *arguments, given=given, seconds=None)
        if not told.ok:
            raise unreadable(told, self.root)
        return told


def open_history(root: Path) -> History:
    """The history of the repository that contains a folder, or of the folder itself if it is a bare repository."""
    told = git.call(root, "rev-parse", "--show-prefix", "--git-path", "shallow")
    if not told.ok:
        if not git.is_there():
            raise git.NoGit(f"这台电脑没有安装 git，没有历史可核对{_NEXT}安装 git 后再试；其他命令不受影响")
        if is_tracked(root):
            raise unreadable(told, root)
        raise NoHistory(f"这里不是 git 仓库，没有历史可核对{_NEXT}运行 zhenggai init 建立仓库，或换到台账所在的文件夹")
    prefix, _, shallow = git.path_text(told.data).removesuffix("\n").rpartition("\n")
    return History(root, prefix, _cut(root / shallow))


def is_bare(folder: Path) -> bool:
    """Whether a folder is in a bare repository, as on a server."""
    return git.call(folder, "rev-parse", "--is-inside-work-tree").text == "false"


def _cut(file: Path) -> frozenset[str]:
    """The commits at which a shallow clone is cut off, from git's file of them; empty if it is complete."""
    try:
        return frozenset(file.read_text("ascii").split())
    except (OSError, ValueError):  # not shallow
        return frozenset()


def unreadable(told: git.Answer, root: Path) -> NoHistory:
    """The error for a failed git call in the ledger, or the bare repository, at ``root``."""
    said = logged(root, "读历史", told.complaint)
    return NoHistory(f"git 读不出历史{_NEXT}请懂 git 的同事看 git 的原话，或重新克隆\n{said}")


def _day(seconds: str) -> date:
    """The day in Beijing of a time since 1970 as git gives it; ``date.min`` for one that does not exist."""
    try:
        return (_EPOCH + timedelta(seconds=int(seconds)) + offset_of(BEIJING)).date()
    except (ValueError, OverflowError):
        return date.min


# other kinds of signatures would be verified with the keys of this computer, not with those of the repository
_ONLY_SSH = ("-c", "gpg.program=false", "-c", "gpg.openpgp.program=false", "-c", "gpg.x509.program=false")


@frozen
class Signature:
    """Git's verdict on a commit's signature: its letter (G is good), and the signer whose key was used."""

    letter: str
    signer: str


def can_verify(history: History) -> bool:
    """Whether this computer has the program with which git verifies SSH signatures."""
    return shutil.which(git.setting(history.root, "gpg.ssh.program") or "ssh-keygen") is not None


def signatures(history: History, commits: Iterable[str], signers: bytes) -> dict[str, Signature]:
    """The signatures of commits, verified with the text of an ``allowed_signers`` file."""
    with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
        allowed = Path(folder) / "allowed_signers"
        allowed.write_bytes(signers)
        told = git.call(
            history.root,
            *_ONLY_SSH,
            *("-c", f"gpg.ssh.allowedSignersFile={allowed}"),
            *("log", "--no-walk=unsorted", "-z", "--no-show-signature", "--format=%H%x00%G?%x00%GS", "--stdin"),
            given="".join(f"{commit}\n" for commit in commits).encode(),
            seconds=None,
        )
    if not told.ok:
        raise unreadable(told, history.root)
    fields = iter(told.data.decode("utf-8", "replace").split("\0")[:-1])
    return {id_: Signature(letter, signer) for id_, letter, signer in zip(fields, fields, fields, strict=True)}
