"""The working copy as git sees it: where it lies, which commit and branch it stands on, where it is shared."""

from pathlib import Path

from zhenggai.errors import ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.sharing import git
from zhenggai.sharing.git import Answer, call
from zhenggai.sharing.git_complaints import failure


class NoRepository(ZhenggaiError):
    """What was asked for needs a git repository around the root."""


@frozen
class Clone:
    """A working copy: ``root`` holds plans/, ``top`` is git's, ``prefix`` the way from top to root ("" or "台账/")."""

    root: Path
    top: Path
    git_dir: Path
    prefix: str

    def ask(self, *arguments: str, given: bytes = b"", more: dict[str, str] | None = None) -> Answer:
        """What git says from the top of the working copy."""
        return call(self.top, *arguments, given=given, more=more, seconds=None)

    def do(self, act: str, *arguments: str, given: bytes = b"", more: dict[str, str] | None = None) -> Answer:
        """The same where git must succeed; ``GitFailed`` says that ``act`` did not work, and why."""
        answer = self.ask(*arguments, given=given, more=more)
        if not answer.ok:
            raise failure(act, answer)
        return answer

    def commit(self, name: str) -> str | None:
        """The id of a commit by any name, None where there is none."""
        return git.commit_id(self.top, name)

    def setting(self, name: str) -> str | None:
        """A git setting, None where it is not set."""
        return git.setting(self.top, name)

    def is_set(self, name: str) -> bool | None:
        """A yes-or-no setting, None where it is not set."""
        return git.is_set(self.top, name)

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether a commit is another's ancestor, or that itself."""
        return git.is_ancestor(self.top, old, new)

    def bases(self, one: str, other: str) -> list[str]:
        """The last commits that two have in common."""
        return git.merge_bases(self.top, one, other)

    def last_change(self, commit: str, path: str) -> str:
        """Who last changed a path up to a commit, and when: ``县教育局 2020-06-01``."""
        return self.ask("log", "-1", "--date=short", "--format=%an %ad", commit, "--", path).text

    @property
    def branch(self) -> str | None:
        """The branch the working copy stands on, by its short name; None where the head is detached."""
        return git.branch(self.top)


def clone_of(root: Path) -> Clone:
    """The working copy around a root; ``git.NoGit`` or ``NoRepository`` where there is none."""
    answer = call(root, "rev-parse", "--show-toplevel", "--absolute-git-dir", "--show-prefix")
    if not answer.ok:
        if not git.is_there():
            raise git.NoGit("这台电脑没有 git，做不了这件事；其他命令照常能用\n  下一步：装好 git 再试")
        if "not a git repository" not in answer.complaint:
            raise failure("读仓库", answer)
        raise NoRepository(
            "这个文件夹不在 git 仓库里，没有可共享的地方\n  下一步：运行 zhenggai init，再请管理员给出远程地址"
        )
    top, git_dir, prefix = [*git.path_text(answer.data).split("\n"), ""][:3]
    return Clone(root, Path(top), Path(git_dir), prefix)
