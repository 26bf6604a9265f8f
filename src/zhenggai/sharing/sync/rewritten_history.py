"""Detects a rewritten shared history: by a forced push, a restored backup, a new repository.

The last seen commit is kept in a ref of this tool, since editors that fetch by themselves move git's own refs.
"""

from enum import Enum, auto

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.model.numbers import ending
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.commit_subject import summary
from zhenggai.sharing.sync.remote import Remote

_MOST_NAMED = 5


class Course(Enum):
    """What to do about a rewritten history: take it, with own changes on top; or push back what it lacks."""

    TAKE = auto()
    RESTORE = auto()


class Rewritten(ZhenggaiError):
    """The shared history was rewritten, and the user has not chosen a course. Nothing was taken over or pushed."""

    exit_code = Exit.CONFLICT


@frozen
class Shared:
    """What this clone has seen of the shared history."""

    clone: Clone
    remote: Remote

    @property
    def _name(self) -> str:
        return f"refs/zhenggai/shared/{self.remote.name}/{self.remote.branch}"

    def seen(self) -> str | None:
        """The last seen commit, or None; commits fetched by others count too. Must be read before fetching."""
        own, fetched = self.clone.commits(self._name, self.remote.tracking)
        if fetched and fetched != own and (own is None or self.clone.is_ancestor(own, fetched)):
            self.remember(fetched)
            return fetched
        return own

    def remember(self, commit: str) -> None:
        """Record a commit as the last seen one."""
        self.clone.do("写入", "update-ref", self._name, commit)

    def lacks(self, theirs: str, seen: str) -> bool:
        """Whether ``theirs`` no longer contains the seen commit. A shallow clone may have to fetch its history to know."""
        if self.clone.is_ancestor(seen, theirs):
            return False
        if self.clone.ask("rev-parse", "--is-shallow-repository").text == "true":
            self.remote.fetch_all()
        return not self.clone.is_ancestor(seen, theirs)


def refuse_rewritten(clone: Clone, seen: str, theirs: str) -> None:
    """Raise ``Rewritten``, with the entries that are missing or changed, and both ways to continue."""
    about = summary(clone, seen, theirs)
    last = clone.ask("log", "-1", "--date=short", "--format=%h（%an %ad）", seen).text
    lines = [
        f"共享的历史被改写了：上次见过的提交 {last}已不在里面；没有取回，也没有推送，本机的记录都在",
        *_named("已不在里面的记录", list(about.removed)),
        *_named("改动了的记录", about.changed),
        "  下一步：先问管理员。有意改写的，运行 zhenggai sync --take-rewritten（照它的，自己没交的接着交）；"
        "不是的，运行 zhenggai sync --restore-lost（把上次见过的推送回去）",
    ]
    raise Rewritten("\n".join(lines))


def _named(what: str, numbers: list[str]) -> list[str]:
    names = "、".join(map(ending, numbers[:_MOST_NAMED])) + ("……" if len(numbers) > _MOST_NAMED else "")
    return [f"  {what} {len(numbers)} 条：{names}"] if numbers else []
