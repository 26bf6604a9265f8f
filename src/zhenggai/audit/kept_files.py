"""Evidence files and issued reports: never altered or deleted once they have landed."""

from collections.abc import Sequence

from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.ledger_diff import LedgerDiff
from zhenggai.audit.swapped_evidence import is_put_right
from zhenggai.model.source import Level
from zhenggai.reading.data_folders import FileKind, place_of
from zhenggai.sharing.file_versions import contents
from zhenggai.sharing.history import Change, Commit

_NAMES = {FileKind.EVIDENCE: "佐证", FileKind.REPORT: "报告"}
FILE_CHECKS = frozenset(f"{name}{done}" for name in _NAMES.values() for done in ("删除", "改动"))


def judge_files(inquiry: Inquiry, commit: Commit, sides: Sequence[LedgerDiff]) -> None:
    """Report each evidence file or issued report that a commit altered or deleted."""
    for change in _own_losses(inquiry, sides):
        assert change.old is not None  # it was there
        inquiry.original_files.setdefault(change.path, change.old)
        _tell_file(inquiry, commit, change)


def _own_losses(inquiry: Inquiry, sides: Sequence[LedgerDiff]) -> list[Change]:
    """What the commit itself altered or deleted, each path once; changes taken from a merged parent are left out."""
    found: dict[str, Change] = {}
    for side in sides:
        others = [other for other in sides if other is not side]
        for change in side.files_lost:
            from_another = any(
                change.path not in other.paths and _stood(inquiry, side.parent, other.parent, change.path)
                for other in others
            )
            if not from_another and inquiry.file_has_landed(change.path) and not _may_be(inquiry, change):
                found.setdefault(change.path, change)
    return list(found.values())


def _stood(inquiry: Inquiry, mine: str, other: str, path: str) -> bool:
    return any(path in inquiry.tree(base).files for base in inquiry.bases(mine, other))


def _may_be(inquiry: Inquiry, change: Change) -> bool:
    return _same_text(inquiry, change) or is_put_right(inquiry, change)


def _same_text(inquiry: Inquiry, change: Change) -> bool:
    """Whether two versions differ in their line ends only, which git may convert."""
    if change.old is None or change.new is None:
        return False
    old, new = (contents(inquiry.objects, id_) for id_ in (change.old, change.new))
    return b"\0" not in old and old.replace(b"\r\n", b"\n") == new.replace(b"\r\n", b"\n")


def _tell_file(inquiry: Inquiry, commit: Commit, change: Change) -> None:
    kind = place_of(change.path).kind
    done = "删除" if change.new is None else "改动"
    what = f"{'已印发的' if kind is FileKind.REPORT else ''}{_NAMES[kind]}被{done}"
    remedy = f"恢复原来的文件：git checkout {commit.id[:10]}^ -- {change.path}"
    inquiry.tell(commit, Level.ERROR, f"{_NAMES[kind]}{done}", what, remedy, change.path)
