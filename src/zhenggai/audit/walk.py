"""Goes through commits, parents before children, and lets everything about each be judged."""

from collections.abc import Sequence
from itertools import islice

from zhenggai.audit.administration import judge_administration, judge_books_left
from zhenggai.audit.characters import judge_characters
from zhenggai.audit.evidence import judge_evidence
from zhenggai.audit.inquiry import Inquiry
from zhenggai.audit.issuing import judge_issued
from zhenggai.audit.landed import judge_landed, judge_repeated
from zhenggai.audit.lasting import judge_files
from zhenggai.audit.paths import judge_paths
from zhenggai.audit.plans import judge_plans
from zhenggai.audit.sides import Side, side_of
from zhenggai.audit.signing import is_held, judge_signatures
from zhenggai.audit.writing import judge_form, judge_order, judge_written
from zhenggai.store.history import Change, Commit
from zhenggai.store.layout import is_data
from zhenggai.store.places import ATTRIBUTES_FILE
from zhenggai.watched import watched


def walk(inquiry: Inquiry, commits: Sequence[Commit]) -> bool:
    """Audit commits; False where signatures that were asked for could not be verified here."""
    whole = [commit for commit in commits if commit.id not in inquiry.history.cut]
    pairs = ((commit.id, parent) for commit in whole for parent in parents_of(commit))
    changes = inquiry.history.changes(pairs, everywhere=inquiry.scope.pushed)
    held = []
    for commit in watched(whole, "核对历史"):
        judge_order(inquiry, commit)
        _judge(inquiry, commit, list(islice(changes, len(parents_of(commit)))))
        if is_held(inquiry, commit):
            held.append(commit)
    if inquiry.scope.ranged and commits:
        judge_books_left(inquiry, commits[-1])
    return judge_signatures(inquiry, held)


def parents_of(commit: Commit) -> tuple[str, ...]:
    """What a commit is compared with: its parents, or nothing where it has none."""
    return commit.parents or ("",)


def _judge(inquiry: Inquiry, commit: Commit, found: list[list[Change]]) -> None:
    judge_paths(inquiry, commit, found)
    changes = [[c for c in side if is_data(c.path) or c.path == ATTRIBUTES_FILE] for side in found]
    inquiry.folders.follow(commit.id, parents_of(commit)[0], changes[0])
    if not any(changes):
        return
    book = inquiry.book(commit)
    sides = [side_of(inquiry, parent, found, book) for parent, found in zip(parents_of(commit), changes, strict=True)]
    judge_landed(inquiry, commit, sides)
    judge_files(inquiry, commit, sides)
    judge_evidence(inquiry, commit, sides)
    judge_plans(inquiry, commit, sides)
    judge_administration(inquiry, commit, sides)
    judge_issued(inquiry, commit, sides)
    if len(sides) == 1:
        judge_repeated(inquiry, commit, sides[0])
        judge_form(inquiry, commit, sides[0])
    _judge_written(inquiry, commit, sides)


def _judge_written(inquiry: Inquiry, commit: Commit, sides: Sequence[Side]) -> None:
    """What no parent had was written by the commit; a merge merely brings the rest together."""
    first, *others = sides
    placed = {key: entry for key, entry in {**first.laid, **first.moved}.items() if all(_is_in(o, key) for o in others)}
    entries = [(key[0], entry) for key, entry in placed.items() if all(key in side.laid for side in sides)]
    moved = [(key[0], entry) for key, entry in placed.items() if not all(key in side.laid for side in sides)]
    files = frozenset.intersection(*(frozenset(c.path for c in side.changes if c.old is None) for side in sides))
    replaced = [(number, new) for number, (_, new) in first.replaced.items()]
    for number, standing in (*entries, *replaced):
        inquiry.learn(number, standing)
    judge_written(inquiry, commit, entries, moved, sorted(files))
    judge_characters(inquiry, commit, sides, (*entries, *replaced))


def _is_in(side: Side, key: tuple[str, str]) -> bool:
    return key in side.laid or key in side.moved
