"""Refs that a push may update: the shared branch, and nothing else."""

from datetime import date
from pathlib import Path

from zhenggai.model.observation import Observation
from zhenggai.model.source import Level
from zhenggai.sharing import git
from zhenggai.sharing.history import History

NOT_SHARED = "共享分支"
_BRANCHES = "refs/heads/"
_KINDS = {"refs/tags/": "标签", "refs/notes/": "注记", "refs/replace/": "替换", _BRANCHES: "分支"}


def shared_branch(repository: Path) -> str | None:
    """The branch that HEAD of a server's repository names; None if it names none."""
    return git.branch(repository)


def judge_ref(history: History, shared: str | None, ref: str, new: str) -> Observation | None:
    """Why a server refuses to set a ref to ``new`` (a commit id; zeros delete the ref); None for the shared branch."""
    if shared is None:
        what = "服务器的 HEAD 没有指向分支，不知道共享哪一个"
        return _refused(history, ref, new, what, "请管理员在服务器上运行 git symbolic-ref HEAD refs/heads/main")
    if ref == f"{_BRANCHES}{shared}":
        return None
    kind = next((word for start, word in _KINDS.items() if ref.startswith(start)), "引用")
    name = ref.removeprefix(_BRANCHES)
    if not new.strip("0"):
        what = f"服务器上的{kind}不能从这里删除"
        return _refused(history, ref, new, what, "确要删除的，请管理员在服务器上办")
    what = f"服务器只收共享分支 {shared}，不收{kind} {name}"
    if not ref.startswith(_BRANCHES):
        return _refused(history, ref, new, what, f"只推送共享分支：git push origin {shared}（不加 --tags、--mirror）")
    if history.commit_id(f"{_BRANCHES}{shared}") is None:
        remedy = f"把分支改名再同步：git branch -m {name} {shared}，zhenggai sync"
    else:
        remedy = f"并入共享分支再同步：git checkout {shared}，git merge {name}，zhenggai sync"
    return _refused(history, ref, new, what, remedy)


def _refused(history: History, ref: str, new: str, what: str, remedy: str) -> Observation:
    """The refusal, with the author of ``new``; no author if the ref leads to no commit (a tag of a file)."""
    id_ = history.commit_id(new) if new.strip("0") else None
    commit = history.commit(id_) if id_ else None
    return Observation(
        level=Level.ERROR,
        check=NOT_SHARED,
        commit=commit.id if commit else "",
        author=commit.author if commit else "",
        email=commit.email if commit else "",
        day=commit.day if commit else date.min,
        what=what,
        remedy=remedy,
    )
