"""Evidence that is not what its name says: a file that was swapped before it was committed, or in a later commit."""

from collections.abc import Sequence

from zhenggai.audit.inquiry import Inquiry
from zhenggai.audit.sides import Side
from zhenggai.model.evidence import bears_digest, evidence_digest, is_as_named, not_as_named, put_back
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import ending
from zhenggai.model.source import Level
from zhenggai.rules.checks.evidence import SWAPPED
from zhenggai.store.commit_tree import Standing
from zhenggai.store.history import Commit
from zhenggai.store.places import EVIDENCE, FileKind, place_of
from zhenggai.store.versions import contents


def judge_evidence(inquiry: Inquiry, commit: Commit, sides: Sequence[Side]) -> None:
    """Tell every file that a commit brought and that is not as its name says; in a range only if it still is so at its end."""
    changes = {change.path: change for side in sides for change in side.changes if change.new}
    for path in frozenset.intersection(*(side.paths for side in sides)) & changes.keys():
        id_ = changes[path].new
        if id_ is None or place_of(path).kind is not FileKind.EVIDENCE or not bears_digest(path):
            continue
        if inquiry.scope.ranged and inquiry.tree(inquiry.tip).files.get(path) != id_:
            continue
        digest = evidence_digest(path, contents(inquiry.objects, id_))
        if not is_as_named(path, digest):
            _tell_swapped(inquiry, commit, path, digest)


def _tell_swapped(inquiry: Inquiry, commit: Commit, path: str, digest: str) -> None:
    number, where = "", ""
    if standing := _naming(inquiry, commit, path):
        number = str(standing.raw.values.get(label_of("number"), ""))
        where = f"；见于 {number}（{standing.path}）"
    what, remedy = f"{not_as_named(digest)}{where}", put_back(ending(number) if number else "")
    inquiry.tell(commit, Level.ERROR, SWAPPED, what, remedy, path, number)


def _naming(inquiry: Inquiry, commit: Commit, path: str) -> Standing | None:
    """An entry of the unit's folder that names a file, as the commit has it."""
    folder, _, name = path.partition(f"/{EVIDENCE}/")
    for ledger, id_ in inquiry.tree(commit.id).files.items():
        if place_of(ledger).kind is FileKind.LEDGER and ledger.rpartition("/")[0] == folder:
            for raw in inquiry.versions.of(id_).entries.values():
                if f"{EVIDENCE}/{name}" in raw.values.get(label_of("evidence"), ()):
                    return Standing(ledger, raw)
    return None
