"""Prepares the working copy for ``sync``: ends an unfinished merge, rebase or the like without losing anything."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from zhenggai.frozen import frozen
from zhenggai.model.question import Decide
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.exclusions import is_own
from zhenggai.sharing.git import Objects
from zhenggai.sharing.git_complaints import GitFailed
from zhenggai.sharing.merge.tree_merge import Merger
from zhenggai.sharing.sync.integration import integrated, recommitted
from zhenggai.sharing.sync.landing import Landing, landing_under_way, note
from zhenggai.sharing.sync.own_changes import committed, own_tree
from zhenggai.sharing.sync.remote import remote_of
from zhenggai.sharing.trees import changes, tree_of, with_changes


@frozen
class Operation:
    """An unfinished git operation: its Chinese name, the file in git's folder that marks it, the command that aborts it."""

    name: str
    mark: str
    give_up: tuple[str, str]


MERGE = Operation("合并", "MERGE_HEAD", ("merge", "--abort"))
_OPERATIONS = (
    Operation("变基", "rebase-merge", ("rebase", "--abort")),
    Operation("打补丁", "rebase-apply/applying", ("am", "--abort")),
    Operation("变基", "rebase-apply", ("rebase", "--abort")),
    MERGE,
    Operation("拣选", "CHERRY_PICK_HEAD", ("cherry-pick", "--abort")),
    Operation("回退", "REVERT_HEAD", ("revert", "--abort")),
)


def operations_under_way(git_dir: Path) -> Iterator[Operation]:
    """The unfinished operations. Each is checked when the iterator reaches it, since aborting one may end another."""
    return (operation for operation in _OPERATIONS if (git_dir / operation.mark).exists())


_BRANCHES = "refs/heads/"
_MARKS = re.compile(rb"^(<{7}|>{7})", re.MULTILINE)  # conflict markers


@frozen
class Clearing:
    """Aborts operations that a person began. The ledger's present files become a commit, which is noted for landing."""

    clone: Clone
    decide: Decide
    now: datetime
    tell: Callable[[str], None]

    def clear(self) -> None:
        """Abort all unfinished operations. The caller must hold the writer's lock."""
        for operation in operations_under_way(self.clone.git_dir):
            self._clear(operation)

    def _clear(self, operation: Operation) -> None:
        unmerged = {item.partition("\t")[2] for item in self.clone.ask("ls-files", "--unmerged", "-z").items}
        if operation is MERGE and not unmerged:
            self.clone.do("完成合并", "-c", "user.useConfigOnly=true", "commit", "--quiet", "--no-edit")
            self.tell("上次的合并已经解决，替你提交了")
            return
        branch, stood = home_branch(self.clone), self.clone.commit("HEAD")
        back = self._stood_before() or stood
        if stood is None or back is None:
            return
        kept, name = self._kept(stood)
        left_out = {path for path in unmerged if not _is_resolved(self.clone.top / path)}
        goal = self._with_meanwhile(stood, kept, left_out, back, branch)
        tip = self.clone.commit(f"refs/heads/{branch}")
        note(self.clone, Landing(back, goal, tip))  # from here on the goal is safe, even if the files are lost
        self._give_up(operation, back)
        if self.clone.branch != branch:
            self.clone.do("回到分支", "symbolic-ref", "HEAD", f"{_BRANCHES}{branch}")
        self.tell(f"上次有没做完的{operation.name}，已放下，由 sync 重新合并；当时的文件留在 {name}")

    def _stood_before(self) -> str | None:
        """The commit at which a rebase began, to which aborting it returns; None if there is no rebase."""
        for folder in ("rebase-merge", "rebase-apply"):
            begun = self.clone.git_dir / folder / "orig-head"
            if begun.exists():
                return self.clone.commit(begun.read_text("utf-8").strip())
        return None

    def _kept(self, head: str) -> tuple[str, str]:
        """Save all present files as a commit, for safety; returns the commit and its ref."""
        tree = own_tree(self.clone, head, with_others=True)
        commit = committed(self.clone, tree, [head], f"留底: {self.now:%Y-%m-%d %H:%M}")
        name = f"refs/zhenggai/kept/{self.now:%Y%m%d-%H%M%S}-{commit[:8]}"
        self.clone.do("留底", "update-ref", name, commit)
        return commit, name

    def _give_up(self, operation: Operation, back: str) -> None:
        """Abort an operation. Afterwards the files equal the commit ``back``, except those that git does not touch."""
        if self.clone.ask(*operation.give_up).ok:
            return
        self.clone.do(f"放下{operation.name}", "reset", "--quiet", "--hard", back)
        self.clone.ask(operation.give_up[0], "--quit")

    def _with_meanwhile(self, stood: str, kept: str, left_out: set[str], back: str, branch: str) -> str:
        """A commit on the branch with the changes made during the operation, without files still in conflict."""
        clone, today = self.clone, self.now.date()
        begun = landing_under_way(clone, branch)  # how far an interrupted run got
        start = begun.goal if begun else back
        own = {c.path: c.new for c in changes(clone, stood, kept) if c.path not in left_out and is_own(clone, c.path)}
        remote = remote_of(clone, branch)
        seen = remote.seen() if remote else None
        for change in changes(clone, stood, seen) if seen else ():
            if change.path in own and own[change.path] == change.new:
                del own[change.path]  # the merge brought it: it is no own change
        base = tree_of(clone, stood)
        with Objects(clone.top) as objects:
            tree = Merger(clone, objects, self.decide).tree(base, start, with_changes(clone, base, own))
        goal = recommitted(clone, tree, start, today) or start
        tip = clone.commit(f"refs/heads/{branch}")
        return goal if tip is None else integrated(clone, goal, tip, self.decide, today)


def _is_resolved(path: Path) -> bool:
    """Whether a person has removed the conflict markers from a file."""
    try:
        return _MARKS.search(path.read_bytes()) is None
    except OSError:
        return False


def home_branch(clone: Clone) -> str:
    """The branch to work on: the checked-out one; if HEAD is detached, the only one or the shared one."""
    if branch := clone.branch:
        return branch
    for folder in ("rebase-merge", "rebase-apply"):
        name = clone.git_dir / folder / "head-name"
        if name.exists() and (rebased := name.read_text("utf-8").strip()).startswith(_BRANCHES):
            return rebased.removeprefix(_BRANCHES)
    listed = clone.ask("for-each-ref", "--format=%(refname)%00%(worktreepath)", _BRANCHES).text.split("\n")
    branches = [
        name.removeprefix(_BRANCHES)
        for name, _, elsewhere in (one.partition("\0") for one in listed)
        if name and not elsewhere
    ]
    shared = [branch for branch in branches if clone.setting(f"branch.{branch}.merge")]
    for found in (branches, shared):
        if len(found) == 1:
            return found[0]
    raise GitFailed(
        f"现在不在任何分支上，可回的分支有 {len(branches)} 个，不知道回到哪一个\n  下一步：git switch 分支名，再运行 zhenggai sync"
    )
