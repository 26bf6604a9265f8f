"""The working copy: its folders, its commit and branch, its settings."""

from pathlib import Path

from zhenggai.errors import ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.sharing import git
from zhenggai.sharing.git import Answer, call
from zhenggai.sharing.git_complaints import failure


class NoRepository(ZhenggaiError):
    """The command needs a git repository around the root."""


@frozen
class Clone:
    """A working copy. ``root`` contains plans/; ``top`` is git's top folder; ``prefix`` leads from top to root ("" or "台账/")."""

    root: Path
    top: Path
    git_dir: Path
    prefix: str

    def ask(self, *arguments: str, given: bytes = b"", more: dict[str, str] | None = None) -> Answer:
        """Run git in the top folder; the answer may be a failure."""
        return call(self.top, *arguments, given=given, more=more, seconds=None)

    def do(self, act: str, *arguments: str, given: bytes = b"", more: dict[str, str] | None = None) -> Answer:
        """Run git in the top folder; raises ``GitFailed``, which names ``act`` and the reason, if git fails."""
        answer = self.ask(*arguments, given=given, more=more)
        if not answer.ok:
            raise failure(act, answer, self.root)
        return answer

    def commit(self, name: str) -> str | None:
        """The id of the commit that a name means, or None."""
        return git.commit_id(self.top, name)

    def commits(self, *names: str) -> tuple[str | None, ...]:
        """The ids of the commits that names of refs mean, None for each that means none."""
        return git.commit_ids(self.top, *names)

    def settings(self, *names: str) -> tuple[str | None, ...]:
        """The values of some git settings, None for each that is not set."""
        return git.settings(self.top, *names)

    def setting(self, name: str) -> str | None:
        """The value of a git setting; None if it is not set."""
        return git.setting(self.top, name)

    def is_set(self, name: str) -> bool | None:
        """The value of a boolean setting; None if it is not set."""
        return git.is_set(self.top, name)

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether ``old`` is an ancestor of ``new``, or equal to it."""
        return git.is_ancestor(self.top, old, new)

    def bases(self, one: str, other: str) -> list[str]:
        """The merge bases of two commits."""
        return git.merge_bases(self.top, one, other)

    def last_change(self, commit: str, path: str) -> str:
        """Author and day of the last change of a path up to a commit: ``县教育局 2020-06-01``."""
        return self.ask("log", "-1", "--date=short", "--format=%an %ad", commit, "--", path).text

    @property
    def branch(self) -> str | None:
        """The short name of the checked-out branch; None if HEAD is detached."""
        return git.branch(self.top)


def clone_of(root: Path) -> Clone:
    """The working copy that contains a root. Raises ``git.NoGit`` or ``NoRepository``."""
    answer = call(root, "rev-parse", "--show-toplevel", "--absolute-git-dir", "--show-prefix")
    if not answer.ok:
        if not git.is_there():
            raise git.NoGit("这台电脑没有 git，做不了这件事；其他命令照常能用\n  下一步：装好 git 再试")
        if "not a git repository" not in answer.complaint:
            raise failure("读仓库", answer, root)
        raise NoRepository(
            "这个文件夹不在 git 仓库里，没有可共享的地方\n  下一步：运行 zhenggai init，再请管理员给出远程地址"
        )
    top, git_dir, prefix = [*git.path_text(answer.data).split("\n"), ""][:3]
    return Clone(root, Path(top), Path(git_dir), prefix)
