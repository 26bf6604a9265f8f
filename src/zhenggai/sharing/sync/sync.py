"""``sync``: commits own changes, fetches the others', combines both, updates the files, pushes.

Until both are combined, only git objects are written; then the files are updated (``landing``). After any interruption
the next run continues.
"""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache

from zhenggai.errors import Changed, Exit, Unwritable, ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.model.question import Decide
from zhenggai.reading.data_folders import private_part
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.commit_subject import Summary, altered, summary
from zhenggai.sharing.exclusions import Exclusions, Reason, excluded, private_files
from zhenggai.sharing.git_complaints import GitFailed
from zhenggai.sharing.sync.arrival import Clearing, home_branch
from zhenggai.sharing.sync.integration import folded, integrated, joined, landed_upon, moved, publishable, recommitted
from zhenggai.sharing.sync.landing import kept, land, landing_under_way
from zhenggai.sharing.sync.one_at_a_time import one_sync
from zhenggai.sharing.sync.own_changes import own_part, own_tree
from zhenggai.sharing.sync.remote import Remote, remote_of
from zhenggai.sharing.sync.rewritten_history import Course, Shared, refuse_rewritten
from zhenggai.sharing.trees import TreeChange, changes, empty_tree, staged
from zhenggai.writing.atomic import writing
from zhenggai.writing.write_refusals import reason

_PUSHES = 20  # with growing pauses between: about a minute in all
_LANDINGS = 20  # while files here are written by others
_LONGEST_PAUSE = 5.0  # seconds


@frozen
class SyncOutcome:
    """The result of a ``sync``: the received paths (from the root), the summary of what was pushed (None: nothing), the
    number of pushes; the excluded paths; the tool's own files removed from the shared ones; the received changes of
    landed entries.
    """

    received: tuple[str, ...]
    sent: Summary | None
    remote: bool
    tries: int
    excluded: Exclusions
    taken_out: tuple[str, ...]
    altered: Summary | None


class Unsharable(ZhenggaiError):
    """Own commits contain a path that others would have to exclude; nothing was pushed."""

    exit_code = Exit.FOUND


@frozen
class Terms:
    """The callbacks and choices of a ``sync``.

    - ``decide``: answers a question about two versions.
    - ``agree``: is called with own changes of landed entries before they are shared; raises to stop.
    - ``approve``: is called with the changed paths (from the root) and their summary before the push; raises to stop.
    - ``tell``: is called with the name of each step.
    - ``rewritten``: what to do if the shared history was rewritten; None to stop.
    """

    now: datetime
    decide: Decide
    agree: Callable[[Summary], None]
    approve: Callable[[Sequence[str], Summary], None]
    tell: Callable[[str], None]
    rewritten: Course | None = None


def sync(clone: Clone, terms: Terms) -> SyncOutcome:
    """Synchronise a working copy with the shared repository. Raises ``ZhenggaiError``; the next run then continues."""
    try:
        with one_sync(clone):
            with writing(clone.root):
                Clearing(clone, terms.decide, terms.now, terms.tell).clear()
            return _SyncRun(clone, terms, home_branch(clone)).run()
    except OSError as error:  # most often a full disk
        raise Unwritable(
            f"没有同步完：{reason(error)}，记录都在\n  下一步：检查磁盘空间和权限，再运行 zhenggai sync，接着办"
        ) from error


class _SyncRun:
    """One run, with its branch and remote."""

    def __init__(self, clone: Clone, terms: Terms, branch: str) -> None:
        self.clone, self.terms, self.branch = clone, terms, branch
        self.decide = cache(terms.decide)  # cached: no question is asked twice
        self.remote = remote_of(clone, branch)
        self.before = self.remote.seen() if self.remote else None
        self.seen = Shared(clone, self.remote).seen() if self.remote else None
        self.lost: str | None = None  # the seen commit, if the shared history no longer contains it
        self.added = _private(staged(clone, self.before or empty_tree(clone)))
        self.agreed = self.approved = False

    def run(self) -> SyncOutcome:
        """Finish an interrupted run, then synchronise."""
        if landing_under_way(self.clone, self.branch):
            self._together(None, only_own=True)
        if self.remote is None:
            return self._outcome(None, self._together(None), 0)
        for attempt in range(_PUSHES):
            if attempt:
                self._pause(attempt - 1)
            theirs = self._fetched(self.remote)
            new = self._together(theirs)
            if new is None or new == theirs:
                if new:
                    self._remember(new)
                return self._outcome(theirs, new, attempt)
            self._approve(theirs, new)
            self.terms.tell("推送……")
            if self.remote.push(new):
                self._remember(new)
                return self._outcome(theirs, new, attempt + 1)
        raise GitFailed(
            f"推送没有成功：别人一直在推送，试了 {_PUSHES} 次\n  下一步：本机的记录都在，过一会儿再运行 zhenggai sync"
        )

    def _fetched(self, remote: Remote) -> str | None:
        """The others' commit. If the server is unreachable, own changes are committed before the error is raised."""
        self.terms.tell("取回……")
        try:
            theirs = remote.fetch()
            if theirs is None:
                self.remote = remote = remote.settled()
                theirs = remote.seen()
            self._look_for_rewriting(remote, theirs)
            return theirs
        except GitFailed:
            own, shared = self._together(remote.seen(), only_own=True), remote.seen()
            if own and not (shared and self.clone.is_ancestor(own, shared)):
                self.terms.tell("自己的改动已在本机提交，等连上再推送")
            raise

    def _look_for_rewriting(self, remote: Remote, theirs: str | None) -> None:
        """Raise ``Rewritten`` if the seen history is gone, unless a course is chosen."""
        seen, clone = self.seen, self.clone
        self.lost = None
        if seen is None:
            return
        if theirs is None:
            self.terms.tell("服务器上是空的，把全部历史推送回去")
            self.lost = seen
        elif Shared(clone, remote).lacks(theirs, seen):
            if clone.is_ancestor(theirs, seen):
                count = clone.do("读仓库", "rev-list", "--count", f"{theirs}..{seen}").text
                self.terms.tell(f"服务器上的历史退回去了 {count} 个提交（常见于恢复备份），这里都有，推送回去")
            elif self.terms.rewritten is None:
                self._together(seen, only_own=True)
                refuse_rewritten(clone, seen, theirs)
            self.lost = seen

    def _remember(self, commit: str) -> None:
        """Record a commit as the last seen one, after all is combined."""
        if self.remote:
            self.remote.remember(self.branch)
            Shared(self.clone, self.remote).remember(commit)
            self.seen = commit

    def _together(self, theirs: str | None, *, only_own: bool = False) -> str | None:
        """Combine own changes and ``theirs`` into one commit and land it; None if there is nothing at all."""
        for attempt in range(_LANDINGS):
            seen, own = self._own()
            base = self._base(own, theirs)
            if own and base not in (None, own):
                self._agree(base, own)
            goal = own if only_own else self._integrated(own, theirs, base)
            if goal is None:
                return None
            try:
                with writing(self.clone.root):
                    land(self.clone, seen, goal, self.branch)
            except Changed:  # a file was written meanwhile: try again with it
                if attempt == _LANDINGS - 1:
                    raise
            else:
                return goal
        return None

    def _own(self) -> tuple[str | None, str | None]:
        """The commit that the present files equal, and own changes as a commit on the branch; None if there are none."""
        clone, today = self.clone, self.terms.now.date()
        with writing(clone.root):
            landing = landing_under_way(clone, self.branch)
            start = landing.seen if landing else clone.commit("HEAD")
            tree = own_tree(clone, start)
        seen = recommitted(clone, tree, start, today)
        own: str | None
        if landing:
            own = landed_upon(clone, landing, tree, today, self.decide)
        else:
            part = own_part(clone, start, tree, kept(clone))
            own = seen if part == tree else recommitted(clone, part, start, today)
        tip = clone.commit(f"refs/heads/{self.branch}")
        if own is not None and tip is not None and landing is None:  # a detached HEAD may be at another commit
            own = integrated(clone, own, tip, self.decide, today)
        return seen, own

    def _base(self, own: str | None, theirs: str | None) -> str | None:
        """A common ancestor, or None; a shallow clone may have to fetch the history to find it."""
        if own is None or theirs is None:
            return None
        if own == theirs:
            return own
        base = self.clone.ask("merge-base", own, theirs).text
        if not base and self.remote and self.clone.ask("rev-parse", "--is-shallow-repository").text == "true":
            self.remote.fetch_all()
            base = self.clone.ask("merge-base", own, theirs).text
        return base or None

    def _agree(self, base: str, own: str) -> None:
        """Call ``agree``, once, if own changes remove or alter landed entries."""
        if not self.agreed:
            self.terms.agree(summary(self.clone, base, own))
            self.agreed = True

    def _integrated(self, own: str | None, theirs: str | None, base: str | None) -> str | None:
        today = self.terms.now.date()
        if own is None:
            return theirs
        own = self._with_lost(own, theirs)
        if theirs is not None:
            if base not in (own, theirs):
                self.terms.tell("合并……")
            own = folded(self.clone, integrated(self.clone, own, theirs, self.decide, today), theirs, today)
        return publishable(self.clone, own, theirs, today)

    def _with_lost(self, own: str, theirs: str | None) -> str:
        """Own commits, with what the shared history lost (to push it back) or without it, by the chosen course."""
        clone, lost, decide, today = self.clone, self.lost, self.decide, self.terms.now.date()
        if lost is None:
            return own
        if theirs is None or clone.is_ancestor(theirs, lost):
            return integrated(clone, own, lost, decide, today)
        if self.terms.rewritten is Course.TAKE:
            base = clone.ask("merge-base", own, lost).text or empty_tree(clone)
            return moved(clone, own, base, theirs, decide, today)
        return joined(clone, integrated(clone, own, lost, decide, today), theirs, decide, today)

    def _approve(self, theirs: str | None, new: str) -> None:
        """Call ``approve`` with own changes, once, although each try may bring new changes of others."""
        if not self.approved:
            self.terms.tell("检查……")
            _refuse_mistakes(self.clone, theirs, new)
            self.terms.approve(self._paths(theirs, new), summary(self.clone, theirs, new))
            self.approved = True

    def _pause(self, attempt: int) -> None:
        self.terms.tell("别人刚刚推送，重试……")
        time.sleep(random.uniform(0.5, 1.0) * min(0.2 * 2**attempt, _LONGEST_PAUSE))

    def _outcome(self, theirs: str | None, new: str | None, tries: int) -> SyncOutcome:
        received = self._paths(self.before, theirs) if theirs else ()
        sent = summary(self.clone, theirs, new) if new and new != theirs and self.remote else None
        aside = self._excluded_here(new) if new else Exclusions({})
        private = self.added | _private(private_files(self.clone, theirs) if theirs else ())
        taken_out = private - _private(private_files(self.clone, new) if new else ())
        lost = altered(self.clone, self.before, theirs) if self.before and theirs else None
        return SyncOutcome(received, sent, self.remote is not None, tries, aside, tuple(sorted(taken_out)), lost)

    def _excluded_here(self, new: str) -> Exclusions:
        """The exclusions of a commit; a missing file counts only if this working copy still has it."""
        reasons = excluded(self.clone, new).reasons
        return Exclusions({p: w for p, w in reasons.items() if w is not Reason.GONE or (self.clone.top / p).exists()})

    def _paths(self, old: str | None, new: str) -> tuple[str, ...]:
        """The files that differ between two commits, as paths from the root; excluded ones and those outside are left out."""
        prefix, aside = self.clone.prefix, excluded(self.clone, new)
        paths = (change.path for change in changes(self.clone, old, new) if aside.above(change.path) is None)
        return tuple(path.removeprefix(prefix) for path in paths if path.startswith(prefix) and not private_part(path))


def _refuse_mistakes(clone: Clone, theirs: str | None, new: str) -> None:
    """Raise ``Unsharable`` if own commits contain a path that others would have to exclude."""
    aside = excluded(clone, new).mistakes
    own = {aside.above(change.path) for change in changes(clone, theirs, new)}
    wrong = {path: why for path, why in aside.reasons.items() if path in own}
    if wrong:
        lines = [f"自己的 {path} {why.value}，没有推送" for path, why in wrong.items()]
        ways = dict.fromkeys(_remedy(path, why) for path, why in wrong.items())
        raise Unsharable("\n".join([*lines, f"  下一步：{'；'.join(ways)}，再运行 zhenggai sync"]))


def _remedy(path: str, why: Reason) -> str:
    """How to correct an own mistake, in Chinese. Paths outside the root are given from git's top folder."""
    return f'{why.remedy}（git checkout @{{u}} -- "{path}"）' if why is Reason.GONE else why.remedy


def _private(found: Iterable[TreeChange]) -> set[str]:
    """The paths of this tool's own files that exist after some changes."""
    return {part for change in found if change.new is not None and (part := private_part(change.path))}
