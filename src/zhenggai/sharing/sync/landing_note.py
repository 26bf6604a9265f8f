"""A note among git's refs of the landing that is under way.

Whatever interrupts it, the next run knows what the files were (``seen``) and where they were going (``goal``), and goes
on from what lies there.
"""

from zhenggai.frozen import frozen
from zhenggai.sharing.clone import Clone

_NOTE = "refs/worktree/zhenggai"  # each working copy of a repository has its own


@frozen
class Landing:
    """A landing under way: the commit the files were like, the one they become, and where the branch stood (None: nowhere)."""

    seen: str
    goal: str
    tip: str | None


def landing_under_way(clone: Clone, branch: str) -> Landing | None:
    """What an interrupted run left; None where there is nothing, or where somebody has moved the branch since."""
    seen, goal, tip = (clone.commit(f"{_NOTE}/{name}") for name in ("seen", "goal", "tip"))
    now = clone.commit(f"refs/heads/{branch}")
    if seen is None or goal is None or now not in (tip, goal):
        return None
    return Landing(seen, goal, tip)


def note(clone: Clone, landing: Landing, kept: str | None = None) -> None:
    """Write down what is about to be brought into the working copy, and the commit that has what stays here instead of it."""
    names = {"seen": landing.seen, "goal": landing.goal, "tip": landing.tip, "kept": kept}
    lines = [
        f"update {_NOTE}/{name} {commit}" if commit else f"delete {_NOTE}/{name}" for name, commit in names.items()
    ]
    clone.do("写入", "update-ref", "--stdin", given=("\n".join(lines) + "\n").encode())


def kept(clone: Clone) -> str | None:
    """The commit with what stayed here when something was excluded, None where nothing was."""
    return clone.commit(f"{_NOTE}/kept")


def forget(clone: Clone) -> None:
    """It has landed."""
    lines = "".join(f"delete {_NOTE}/{name}\n" for name in ("goal", "seen", "tip"))
    clone.do("写入", "update-ref", "--stdin", given=lines.encode())
