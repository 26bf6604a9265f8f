"""Combines own commits with the others': rebased onto them, so that history stays linear, or as a merge commit.

Only git objects are written; files and branches are not touched, so stopping at any point is safe.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from zhenggai.model.administrators import is_among
from zhenggai.model.question import Decide
from zhenggai.reading.load import load_units
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.commit_subject import LEDGER_SUBJECT, PLAN_SUBJECT, summary
from zhenggai.sharing.exclusions import private_files
from zhenggai.sharing.git import Objects, path_text
from zhenggai.sharing.merge.tree_merge import Merger
from zhenggai.sharing.sync.landing import Landing
from zhenggai.sharing.sync.own_changes import Author, committed, without_private
from zhenggai.sharing.trees import empty_tree, tree_of

MERGE_SUBJECT = "合并: "
_LOG = ("log", "--encoding=UTF-8", "--no-show-signature")


def integrated(clone: Clone, ours: str, theirs: str, decide: Decide, today: date) -> str:
    """A commit with both sides; ``ours`` or ``theirs`` itself if it already contains the other. Raises what ``decide`` raises."""
    if clone.is_ancestor(theirs, ours):
        return ours
    if clone.is_ancestor(ours, theirs):
        return theirs
    with Objects(clone.top) as objects:
        merger = Merger(clone, objects, decide)
        bases = clone.bases(ours, theirs)
        own = _beyond(clone, ours, theirs)
        if _is_to_be_merged(clone, ours, theirs):
            return _merged(merger, ours, theirs, today)
        if _authors_of_sync(clone, own) is not None:
            return recommitted(clone, merger.tree(_base(merger, bases), ours, theirs), theirs, today) or theirs
        return _on_top(merger, own, theirs)


def joined(clone: Clone, ours: str, theirs: str, decide: Decide, today: date) -> str:
    """A merge commit of two histories, which keeps both completely."""
    with Objects(clone.top) as objects:
        return _merged(Merger(clone, objects, decide), ours, theirs, today)


def moved(clone: Clone, ours: str, base: str, theirs: str, decide: Decide, today: date) -> str:
    """A commit on top of ``theirs`` with the changes from ``base`` to ``ours``; their history is not included."""
    with Objects(clone.top) as objects:
        tree = Merger(clone, objects, decide).tree(base, ours, theirs)
    return recommitted(clone, tree, theirs, today) or theirs


def folded(clone: Clone, ours: str, theirs: str, today: date) -> str:
    """A commit on top of ``theirs`` into which own unpushed commits made by ``sync`` are squashed."""
    own = _beyond(clone, ours, theirs)
    if not own:
        return ours
    authors = _authors_of_sync(clone, own)
    if authors is None or (len(own) < 2 and authors <= {clone.setting("user.email")}):
        return ours
    return recommitted(clone, tree_of(clone, ours), theirs, today) or theirs


def publishable(clone: Clone, ours: str, theirs: str | None, today: date) -> str:
    """Own commits without this tool's own files, which somebody added by force; such files in ``theirs`` are removed too."""
    if theirs is None:
        return recommitted(clone, without_private(clone, ours), ours, today) or ours
    own = _beyond(clone, ours, theirs)
    if not any(private_files(clone, commit) for commit in own):
        return ours
    made = dict[str, str]()
    for commit in own:
        parents = [made.get(parent, parent) for parent in clone.do("合并", "rev-parse", f"{commit}^@").text.split()]
        tree = without_private(clone, commit)
        if len(parents) == 1 and tree == without_private(clone, parents[0]):  # it contains nothing else
            made[commit] = parents[0]
        else:
            made[commit] = committed(clone, tree, parents, *_said(clone, commit))
    return made[ours]


def _beyond(clone: Clone, ours: str, theirs: str) -> list[str]:
    """The commits of ``ours`` that ``theirs`` does not contain, parents before children."""
    if ours == theirs:
        return []
    return clone.do("合并", "rev-list", "--reverse", "--topo-order", ours, f"^{theirs}").text.split()


def landed_upon(clone: Clone, landing: Landing, tree: str, today: date, decide: Decide) -> str:
    """The goal of an interrupted landing, with a commit on top for what changed in the files since."""
    with Objects(clone.top) as objects:
        both = Merger(clone, objects, decide).tree(landing.seen, tree, tree_of(clone, landing.goal))
    return recommitted(clone, both, landing.goal, today) or landing.goal


def recommitted(clone: Clone, tree: str, parent: str | None, today: date) -> str | None:
    """A tree as a commit on top of a parent; the parent itself if nothing differs, None if there is nothing at all."""
    if tree == (tree_of(clone, parent) if parent else empty_tree(clone)):
        return parent
    told = summary(clone, parent, tree)
    return committed(clone, tree, [parent] if parent else [], told.subject(today))


def _is_to_be_merged(clone: Clone, ours: str, theirs: str) -> bool:
    """Whether to make a merge commit: own merges cannot be rebased, and a clone may ask for it (``pull.rebase=false``)."""
    merges = clone.ask("rev-list", "--merges", "--max-count=1", ours, f"^{theirs}")
    return bool(merges.text) or clone.is_set("pull.rebase") is False


def _authors_of_sync(clone: Clone, own: Sequence[str]) -> set[str] | None:
    """The addresses of the authors, if all commits were made by ``sync`` (only a subject, in its form) and are ours; else None.

    Ours are commits by the address set here. If the unit book knows that address, commits by addresses it does not know are
    ours too: the address was wrong then, and a server would refuse these commits forever.
    """
    me, authors = clone.setting("user.email") or "", set[str]()
    log = clone.do("合并", *_LOG, "--no-walk", "-z", "--format=%ae%n%P%n%B", *own)
    for message in log.items:
        email, parents, *lines = message.rstrip("\n").split("\n")
        if " " in parents or len(lines) != 1 or not lines[0].startswith((LEDGER_SUBJECT, PLAN_SUBJECT)):
            return None
        authors.add(email)
    if others := authors - {me}:
        units = load_units(clone.root)[0].members
        known = [address for unit in units for address in unit.identities]
        if not is_among(known, me) or any(is_among(known, address) for address in others):
            return None
    return authors


def _merged(merger: Merger, ours: str, theirs: str, today: date) -> str:
    tree = merger.tree(_base(merger, merger.clone.bases(ours, theirs)), ours, theirs)
    return committed(merger.clone, tree, [ours, theirs], f"{MERGE_SUBJECT}{today}")


def _on_top(merger: Merger, own: Sequence[str], theirs: str) -> str:
    """Own commits rebased onto theirs, each with its author and message; commits that become empty are left out."""
    clone, top = merger.clone, theirs
    for commit in own:
        tree = merger.tree(clone.commit(f"{commit}^"), commit, top)
        if tree != tree_of(clone, top):
            top = committed(clone, tree, [top], *_said(clone, commit))
    return top


def _said(clone: Clone, commit: str) -> tuple[str, Author]:
    """The message and author of a commit."""
    log = clone.do("合并", *_LOG, "-1", "--format=%an%x00%ae%x00%aI%x00%B", commit)
    name, email, day, message = path_text(log.data).split("\0", 3)
    return message.strip("\n"), Author(name, email, day)


def _base(merger: Merger, bases: Sequence[str]) -> str | None:
    """The tree of the common base. Several bases (crossed merges) are merged into one, as git does."""
    if not bases:
        return None
    tree = bases[0]
    for base, other in pairwise(bases):
        above = merger.clone.bases(base, other)
        virtual = Merger(merger.clone, merger.objects, None)
        tree = virtual.tree(_base(virtual, above) or empty_tree(merger.clone), tree, other)
    return tree
