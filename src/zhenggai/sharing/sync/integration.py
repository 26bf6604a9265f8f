"""Brings own commits together with the others': laid on top of them, so that history stays one line, or as a merge commit.

Everything happens among git's objects: no file and no branch is touched, so giving up costs nothing.
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
from zhenggai.sharing.sync.own_changes import Author, committed, tree_of, without_private
from zhenggai.sharing.trees import empty_tree

MERGE_SUBJECT = "合并: "
_LOG = ("log", "--encoding=UTF-8", "--no-show-signature")


def integrated(clone: Clone, ours: str, theirs: str, decide: Decide, today: date) -> str:
    """The commit that holds both; ``ours`` or ``theirs`` itself where that already does. Raises what ``decide`` raises."""
    if clone.is_ancestor(theirs, ours):
        return ours
    if clone.is_ancestor(ours, theirs):
        return theirs
    with Objects(clone.top) as objects:
        merger = Merger(clone, objects, decide)
        bases = clone.bases(ours, theirs)
        own = clone.do("合并", "rev-list", "--reverse", "--topo-order", ours, f"^{theirs}").text.split()
        if _is_to_be_merged(clone, ours, theirs):
            return _merged(merger, ours, theirs, today)
        if _authors_of_sync(clone, own) is not None:
            return recommitted(clone, merger.tree(_base(merger, bases), ours, theirs), theirs, today) or theirs
        return _on_top(merger, own, theirs)


def joined(clone: Clone, ours: str, theirs: str, decide: Decide, today: date) -> str:
    """A merge commit of two histories, so that both are whole in it."""
    with Objects(clone.top) as objects:
        return _merged(Merger(clone, objects, decide), ours, theirs, today)


def moved(clone: Clone, ours: str, base: str, theirs: str, decide: Decide, today: date) -> str:
    """What changed from ``base`` to ``ours`` as a commit on top of ``theirs``, which has nothing else of either."""
    with Objects(clone.top) as objects:
        tree = Merger(clone, objects, decide).tree(base, ours, theirs)
    return recommitted(clone, tree, theirs, today) or theirs


def folded(clone: Clone, ours: str, theirs: str, today: date) -> str:
    """A commit on top of ``theirs``, with own commits that ``sync`` made and nobody has seen as one."""
    own = clone.do("合并", "rev-list", ours, f"^{theirs}").text.split()
    authors = _authors_of_sync(clone, own)
    if authors is None or (len(own) < 2 and authors <= {clone.setting("user.email")}):
        return ours
    return recommitted(clone, tree_of(clone, ours), theirs, today) or theirs


def publishable(clone: Clone, ours: str, theirs: str | None, today: date) -> str:
    """Own commits without this tool's own files, which somebody added by force; those that ``theirs`` have go with them."""
    if theirs is None:
        return recommitted(clone, without_private(clone, ours), ours, today) or ours
    own = clone.do("合并", "rev-list", "--reverse", "--topo-order", ours, f"^{theirs}").text.split()
    if not any(private_files(clone, commit) for commit in own):
        return ours
    made = dict[str, str]()
    for commit in own:
        parents = [made.get(parent, parent) for parent in clone.do("合并", "rev-parse", f"{commit}^@").text.split()]
        tree = without_private(clone, commit)
        if len(parents) == 1 and tree == without_private(clone, parents[0]):  # there was nothing else in it
            made[commit] = parents[0]
        else:
            made[commit] = committed(clone, tree, parents, *_said(clone, commit))
    return made[ours]


def landed_upon(clone: Clone, landing: Landing, tree: str, today: date, decide: Decide) -> str:
    """Where an interrupted landing was going, with what the files have become since on top of it."""
    with Objects(clone.top) as objects:
        both = Merger(clone, objects, decide).tree(landing.seen, tree, tree_of(clone, landing.goal))
    return recommitted(clone, both, landing.goal, today) or landing.goal


def recommitted(clone: Clone, tree: str, parent: str | None, today: date) -> str | None:
    """A tree as one commit above a parent; the parent itself where nothing differs, None where there is nothing."""
    if tree == (tree_of(clone, parent) if parent else empty_tree(clone)):
        return parent
    told = summary(clone, parent, tree)
    return committed(clone, tree, [parent] if parent else [], told.subject(today))


def _is_to_be_merged(clone: Clone, ours: str, theirs: str) -> bool:
    """Own merges cannot be laid on top of anything; and some clones are told to merge (``pull.rebase=false``)."""
    merges = clone.ask("rev-list", "--merges", "--max-count=1", ours, f"^{theirs}")
    return bool(merges.text) or clone.is_set("pull.rebase") is False


def _authors_of_sync(clone: Clone, own: Sequence[str]) -> set[str] | None:
    """Who made these commits, where ``sync`` made all (a subject of its form and no word more) and all are ours, else None.

    Ours are those by the address set here, and, where the unit book knows that one, those by addresses it does not know:
    the address was set wrong, and a server that refuses them would go on doing so.
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
    """Own commits, each with its author and message, on top of theirs; one that adds nothing any more is left out."""
    clone, top = merger.clone, theirs
    for commit in own:
        tree = merger.tree(clone.commit(f"{commit}^"), commit, top)
        if tree != tree_of(clone, top):
            top = committed(clone, tree, [top], *_said(clone, commit))
    return top


def _said(clone: Clone, commit: str) -> tuple[str, Author]:
    """A commit's message and author."""
    log = clone.do("合并", *_LOG, "-1", "--format=%an%x00%ae%x00%aI%x00%B", commit)
    name, email, day, message = path_text(log.data).split("\0", 3)
    return message.strip("\n"), Author(name, email, day)


def _base(merger: Merger, bases: Sequence[str]) -> str | None:
    """The common base; of several (merges that crossed) one made of them, as git does."""
    if not bases:
        return None
    tree = bases[0]
    for base, other in pairwise(bases):
        above = merger.clone.bases(base, other)
        virtual = Merger(merger.clone, merger.objects, None)
        tree = virtual.tree(_base(virtual, above) or empty_tree(merger.clone), tree, other)
    return tree
