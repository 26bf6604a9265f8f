"""The shared repository: finds the remote, fetches from it and pushes to it."""

import os
import re

from zhenggai.frozen import frozen
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.git import Answer
from zhenggai.sharing.git_complaints import GitFailed, failure, push_refusal
from zhenggai.writing.atomic import note_written

_PATIENT = ("-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30")
_SSH = "ssh -oBatchMode=yes -oConnectTimeout=20 -oServerAliveInterval=15"
_RACED = re.compile(
    r"\[rejected\] \((fetch first|non-fast-forward|stale info)\)|cannot lock ref|failed to update ref|incorrect old value"
    r"|reference already exists|Unable to create '.*\.lock'|failed to lock"
)


@frozen
class Remote:
    """A remote and its branch that the local branch follows."""

    clone: Clone
    name: str
    branch: str

    @property
    def tracking(self) -> str:
        """The name of the remote-tracking branch."""
        return f"refs/remotes/{self.name}/{self.branch}"

    def seen(self) -> str | None:
        """The commit of the remote-tracking branch; None if there is none."""
        return self.clone.commit(self.tracking)

    def fetch(self) -> str | None:
        """Fetch; returns the branch's commit on the server, None if there is none. Raises ``GitFailed`` if it is unreachable."""
        plain = ("--quiet", "--no-tags", "--no-prune", "--no-recurse-submodules")
        self._talk("取回", "fetch", *plain, self.name, f"+refs/heads/*:refs/remotes/{self.name}/*")
        seen, fetched = self.seen(), (self.clone.git_dir / "FETCH_HEAD").read_text("utf-8", "surrogateescape")
        if seen and f"branch '{self.branch}' of" not in fetched:  # to git a login page looks like an empty repository
            raise GitFailed(
                f"取回没有成功：那里已经没有共享的分支 {self.branch}（也可能要先在网页上登录网络）\n"
                f"  下一步：检查网络；确实换成了新的空仓库的，运行 git remote prune {self.name}，再运行 zhenggai sync"
            )
        return seen

    def settled(self) -> "Remote":
        """The remote to use if the server lacks the branch: its main branch, so that all work on one branch.

        If another local branch already follows the main one, this branch is separate and keeps its own name on the server.
        """
        refs = self.clone.ask("for-each-ref", "--format=%(refname)", f"refs/remotes/{self.name}").text.split("\n")
        branches = [ref.removeprefix(f"refs/remotes/{self.name}/") for ref in refs if ref and not ref.endswith("/HEAD")]
        if self.branch in branches or not branches:
            return self
        answer = self._talk("取回", "ls-remote", "--symref", self.name, "HEAD")
        found = re.search(r"^ref: refs/heads/(\S+)\tHEAD$", answer.text, re.MULTILINE)
        main = found[1] if found else branches[0]
        followed = self.clone.ask("for-each-ref", "--format=%(upstream)", "refs/heads").text.split("\n")
        return self if f"refs/remotes/{self.name}/{main}" in followed else Remote(self.clone, self.name, main)

    def fetch_all(self) -> None:
        """Fetch the whole history into a shallow clone."""
        self._talk("取回", "fetch", "--quiet", "--no-tags", "--unshallow", self.name)

    def push(self, commit: str) -> bool:
        """Push a commit; False if somebody else pushed first. Raises ``PushRefused`` or ``GitFailed``."""
        answer = self._call("push", "--porcelain", "--no-verify", self.name, f"{commit}:refs/heads/{self.branch}")
        if answer.ok:
            note_written(f"推送 {commit[:10]}")
            return True
        words = f"{answer.data.decode('utf-8', 'replace')}\n{answer.complaint}"
        if _RACED.search(words) and "hook declined" not in words:
            return False
        if "[remote rejected]" in words:
            raise push_refusal(words, self.clone.root)
        raise failure("推送", answer, self.clone.root)

    def remember(self, branch: str) -> None:
        """Set the local branch to follow this remote."""
        wanted = {f"branch.{branch}.remote": self.name, f"branch.{branch}.merge": f"refs/heads/{self.branch}"}
        for (name, value), there in zip(wanted.items(), self.clone.settings(*wanted), strict=True):
            if there != value:
                self.clone.ask("config", "--local", name, value)

    def _talk(self, act: str, *arguments: str) -> Answer:
        answer = self._call(*arguments)
        if not answer.ok:
            raise failure(act, answer, self.clone.root)
        return answer

    def _call(self, *arguments: str) -> Answer:
        own_ssh = {"GIT_SSH_COMMAND", "GIT_SSH"} & set(os.environ) or self.clone.setting("core.sshCommand")
        return self.clone.ask(*_PATIENT, *arguments, more={} if own_ssh else {"GIT_SSH_COMMAND": _SSH})


def remote_of(clone: Clone, branch: str) -> Remote | None:
    """The remote of a branch: as in its settings, else the only remote, with the same branch name; None if there is none."""
    name, followed = clone.settings(f"branch.{branch}.remote", f"branch.{branch}.merge")
    names = clone.ask("remote").text.split()
    if name in names and followed:
        return Remote(clone, name, followed.removeprefix("refs/heads/"))
    if not names:
        return None
    return Remote(clone, "origin" if "origin" in names else names[0], branch)
