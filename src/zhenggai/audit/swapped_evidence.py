"""Evidence files whose digest differs from the one in their name: swapped before they were committed, or later."""

from collections.abc import Sequence

from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.ledger_diff import LedgerDiff
from zhenggai.model.evidence_name import bears_digest, evidence_digest, is_as_named, not_as_named, put_back
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import ending
from zhenggai.model.source import Level
from zhenggai.reading.data_folders import EVIDENCE, FileKind, place_of
from zhenggai.rules.checks.evidence_files import SWAPPED
from zhenggai.sharing.commit_tree import CommittedEntry
from zhenggai.sharing.file_versions import contents
from zhenggai.sharing.history import Change, Commit


def judge_evidence(inquiry: Inquiry, commit: Commit, sides: Sequence[LedgerDiff]) -> None:
    """Report each added file whose digest differs from its name; in a range, only if it still does at the end.

    A landed file that was altered later is reported by ``kept_files``.
    """
    changes = {change.path: change for side in sides for change in side.changes if change.new}
    for path in frozenset.intersection(*(side.paths for side in sides)) & changes.keys():
        old, new = changes[path].old, changes[path].new
        if new is None or place_of(path).kind is not FileKind.EVIDENCE or (old and inquiry.file_has_landed(path)):
            continue
        if inquiry.scope.ranged and inquiry.tree(inquiry.scope.tip).files.get(path) != new:
            continue
        if digest := _other_digest(inquiry, path, new):
            _tell_swapped(inquiry, commit, path, digest)


def is_put_right(inquiry: Inquiry, change: Change) -> bool:
    """Whether a change gives an evidence file the digest in its name, which it did not have before."""
    if change.old is None or change.new is None or place_of(change.path).kind is not FileKind.EVIDENCE:
        return False
    was, now = (_other_digest(inquiry, change.path, id_) for id_ in (change.old, change.new))
    return bool(was) and not now


def _other_digest(inquiry: Inquiry, path: str, id_: str) -> str:
    """The digest of a file if it differs from the one in its name; "" if it matches or the name has none."""
    if not bears_digest(path):
        return ""
    digest = evidence_digest(path, contents(inquiry.objects, id_))
    return "" if is_as_named(path, digest) else digest


def _tell_swapped(inquiry: Inquiry, commit: Commit, path: str, digest: str) -> None:
    number, where = "", ""
    if committed := _naming(inquiry, commit, path):
        number = str(committed.raw.values.get(label_of("number"), ""))
        where = f"；见于 {number}（{committed.path}）"
    what, remedy = f"{not_as_named(digest)}{where}", put_back(ending(number) if number else "")
    inquiry.tell(commit, Level.ERROR, SWAPPED.name, what, remedy, path, number)


def _naming(inquiry: Inquiry, commit: Commit, path: str) -> CommittedEntry | None:
    """An entry of the unit's folder at the commit that names the file, or None."""
    folder, _, name = path.partition(f"/{EVIDENCE}/")
    for ledger, id_ in inquiry.tree(commit.id).files.items():
        if place_of(ledger).kind is FileKind.LEDGER and ledger.rpartition("/")[0] == folder:
            for raw in inquiry.versions.of(id_).entries.values():
                if f"{EVIDENCE}/{name}" in raw.values.get(label_of("evidence"), ()):
                    return CommittedEntry(ledger, raw)
    return None
