"""Entry points of the audit: a whole history, a range of commits, a push that a server decides on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from zhenggai.audit.audit_state import DAYS, Inquiry, Scope
from zhenggai.audit.kept_files import judge_files
from zhenggai.audit.ledger_diff import side_of
from zhenggai.audit.push_outcome import BY_OUTCOME, judge_outcome, weighed
from zhenggai.audit.pushed_entries import judge_landed
from zhenggai.audit.refs import judge_ref, shared_branch
from zhenggai.audit.stale_approvals import judge_approvals
from zhenggai.audit.walk import walk
from zhenggai.errors import UsageError
from zhenggai.model.observation import Audit, Observation
from zhenggai.model.source import Level
from zhenggai.model.wording import shortened
from zhenggai.sharing.audit_cache import Audited, keep_audited, read_audited
from zhenggai.sharing.git import Objects
from zhenggai.sharing.history import Commit, History, open_history

REWRITTEN, NO_BRANCH = "改写历史", "删除分支"
_ZERO = "0"


def audit_history(root: Path, *, days: int = DAYS, anew: bool = False) -> Audit:
    """Audit the whole history of HEAD. Commits that were audited before are not read again unless ``anew``."""
    history = open_history(root)
    head = history.commit_id("HEAD")
    if head is None:
        return Audit((), 0, cut=bool(history.cut))
    settings = _settings(history, days)
    before = None if anew else read_audited(root, settings)
    if before is None or not history.is_ancestor(before.tip, head):
        before = Audited("", 0, (), (), {}, {}, {}, 0, {}, {})
    if before.tip != head:
        before = _audited_to(history, head, before, settings, days)
    observations = _in_order((*_by_outcome(history, before), *before.of_tip))
    unheld = tuple(sorted(before.unheld.items()))
    return Audit(observations, before.commits, bool(history.cut), unheld, before.unadministered)


def _by_outcome(history: History, audited: Audited) -> Sequence[Observation]:
    """The observations, weighed by the state at HEAD. Never cached: the next commit may repair what this one broke."""
    if not any(seen.check in BY_OUTCOME for seen in audited.observations):
        return audited.observations
    with Objects(history.root) as objects:
        inquiry = Inquiry(history, objects, Scope())
        inquiry.last_good |= audited.last_good
        inquiry.originals |= audited.originals
        inquiry.original_files |= audited.original_files
        return weighed(inquiry, audited.tip, audited.observations)


def _audited_to(history: History, head: str, before: Audited, settings: str, days: int) -> Audited:
    commits = history.commits(head, *([f"^{before.tip}"] if before.tip else []))
    grounds = (before.tip,) if before.tip else tuple(sorted(history.cut))
    with Objects(history.root) as objects:
        inquiry = Inquiry(history, objects, Scope(grounds=grounds, tip=head, days=days))
        inquiry.last_good |= before.last_good
        inquiry.vanished |= before.vanished
        inquiry.originals |= before.originals
        inquiry.original_files |= before.original_files
        inquiry.unheld.update(before.unheld)
        inquiry.unadministered = before.unadministered
        able = walk(inquiry, commits)
        seen = (*before.observations, *inquiry.observations)
        inquiry.observations.clear()
        judge_approvals(inquiry, history.commit(head))
        of_tip = tuple(inquiry.observations)
    audited = Audited(
        tip=head,
        commits=before.commits + len(commits),
        observations=seen,
        of_tip=of_tip,
        last_good=inquiry.last_good,
        vanished=inquiry.vanished,
        unheld=dict(inquiry.unheld),
        unadministered=inquiry.unadministered,
        originals=inquiry.originals,
        original_files=inquiry.original_files,
    )
    if able:
        keep_audited(history.root, settings, audited)
    return audited


def audit_range(root: Path, words: str, now: datetime | None = None, *, days: int = DAYS) -> Audit:
    """Audit the commits of ``A..B``. As in a git hook, A of zeros means a new branch, B of zeros a deleted one.

    If ``now`` (in Beijing) is given, an entry whose recording day is later than tomorrow is an error.
    """
    old, dots, new = words.partition("..")
    if not dots or not old or not new or new.startswith("."):
        raise UsageError(f"“{words}”不是范围\n  下一步：写成 旧提交..新提交，例如 origin/main..HEAD")
    return _audit_update(open_history(root), old, new, Scope(ranged=True, days=days, now=now))


def audit_push(
    root: Path, lines: Iterable[str], now: datetime | None = None, *, days: int = DAYS
) -> list[tuple[str, Audit]]:
    """Audit a push, one audit per ref. ``lines`` are ``old new ref``, the format of git's pre-receive hook."""
    history = open_history(root)
    shared = shared_branch(root)
    scope = Scope(ranged=True, days=days, now=now, pushed=True)
    found = []
    for old, new, ref in (line.split(" ", 2) for line in lines if line.strip()):
        refused = judge_ref(history, shared, ref, new)
        audit = Audit((refused,), 0, cut=False) if refused else _audit_update(history, old, new, scope)
        found.append((ref, audit))
    return found


def _audit_update(history: History, old: str, new: str, scope: Scope) -> Audit:
    if _is_nought(new):
        return _refused_deletion(history, _found(history, old))
    tip = _found(history, new)
    if _is_nought(old):
        return _audit_new_branch(history, tip, scope)
    base = _found(history, old)
    commits = history.commits(tip, f"^{base}")
    scope = replace(scope, grounds=(base,), rules=base, tip=tip)
    return _audit_commits(history, commits, scope, rewritten=None if history.is_ancestor(base, tip) else tip)


def _found(history: History, name: str) -> str:
    id_ = history.commit_id(name)
    if id_ is None:
        raise UsageError(
            f"没有提交“{shortened(name, 40)}”\n  下一步：核对名称；若是浅克隆，先取回全部历史：git fetch --unshallow"
        )
    return id_


def _refused_deletion(history: History, last: str) -> Audit:
    """Refuse to delete a branch: commits that only this branch holds would be lost."""
    with Objects(history.root) as objects:
        inquiry = Inquiry(history, objects, Scope())
        what = "要删除服务器上的分支，其中的记录会丢失"
        inquiry.tell(history.commit(last), Level.ERROR, NO_BRANCH, what, "保留分支，不要删除")
    return Audit(tuple(inquiry.observations), 0, cut=False)


def _audit_new_branch(history: History, tip: str, scope: Scope) -> Audit:
    """Audit the commits that only the new branch has. Its starting points count as landed; the main branch's books apply."""
    revisions = (tip, "--not", "--all")
    grounds = tuple(history.boundary(*revisions))
    rules = history.commit_id("HEAD") or next(iter(grounds), "")
    scope = replace(scope, grounds=grounds, rules=rules, tip=tip)
    return _audit_commits(history, history.commits(*revisions), scope, rewritten=None)


def _audit_commits(history: History, commits: Sequence[Commit], scope: Scope, rewritten: str | None) -> Audit:
    with Objects(history.root) as objects:
        inquiry = Inquiry(history, objects, scope)
        if rewritten is not None:
            _judge_rewriting(inquiry, rewritten)
        walk(inquiry, commits)
        if commits:
            judge_approvals(inquiry, commits[-1])
            if rewritten is None:
                judge_outcome(inquiry, commits[-1])
    observations, unheld = _in_order(inquiry.observations), tuple(sorted(inquiry.unheld.items()))
    return Audit(observations, len(commits), bool(history.cut), unheld, inquiry.unadministered)


def _judge_rewriting(inquiry: Inquiry, tip: str) -> None:
    """Refuse a rewritten history and report the entries that are missing or altered at its tip."""
    base = inquiry.scope.grounds[0]
    commit = replace(inquiry.history.commit(tip), parents=(base,))
    what = f"新的历史不接在 {base[:10]} 之后，已有的提交会丢失"
    remedy = "不要强行推送（--force）；先 zhenggai sync 再推送"
    inquiry.tell(commit, Level.ERROR, REWRITTEN, what, remedy)
    changes = next(inquiry.history.changes([(tip, base)]), [])
    side = side_of(inquiry, base, changes, inquiry.book(commit))
    judge_landed(inquiry, commit, [side])
    judge_files(inquiry, commit, [side])


def _settings(history: History, days: int) -> str:
    cut = sha256(" ".join(sorted(history.cut)).encode()).hexdigest() if history.cut else ""
    return f"days={days} prefix={history.prefix} cut={cut}"


def _in_order(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    return tuple(sorted(observations, key=lambda o: (o.day, o.commit, o.path, o.number, o.check, o.what)))


def _is_nought(name: str) -> bool:
    return len(name) >= 40 and set(name) == {_ZERO}
