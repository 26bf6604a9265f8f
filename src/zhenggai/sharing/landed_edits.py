"""What a person's edit of a file changes although it may not: entries that others have, and the text of an issued plan."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from zhenggai.model.numbers import ending
from zhenggai.model.plan import Plan
from zhenggai.model.source import Diagnostic, Source
from zhenggai.reading.data_folders import LEDGERS, FileKind, is_tracked, place_of
from zhenggai.reading.load import read_book
from zhenggai.rules.plan.unadjusted_edits import plan_edits
from zhenggai.sharing import git
from zhenggai.sharing.file_versions import Version, same_entry

LANDED, ISSUED = "已入库", "方案改动"


def landed_edits(root: Path, path: str, old: bytes, new: bytes, today: date) -> Iterator[Diagnostic]:
    """The diagnostics of what ``new`` changes of ``old`` in a ledger file or a plan; none without git, and of other files."""
    if not is_tracked(root):
        return
    match place_of(path).kind:
        case FileKind.LEDGER:
            yield from _entries(root, path, old, new)
        case FileKind.PLAN:
            yield from _plan(root, path, old, new, today)


def _entries(root: Path, path: str, old: bytes, new: bytes) -> Iterator[Diagnostic]:
    before, version = Version(old).entries, Version(new)
    for number, raw in before.items():
        after = version.entries.get(number)
        if (after is None and version.faulty) or (after is not None and same_entry(raw, after)):
            continue
        if git.shared_text(root, number, LEDGERS):
            what = f"{number} 已经交出去，{'被删去' if after is None else '内容被改'}"
            remedy = f"选还原，或恢复原文；要改的另记更正：zhenggai correct {ending(number)} 字段=值，作废加 --void"
            yield Diagnostic(Source(path, after.line if after else 1), LANDED, what, remedy)


def _plan(root: Path, path: str, old: bytes, new: bytes, today: date) -> Iterator[Diagnostic]:
    """Edits of the committed plan, without those that were there before."""
    committed = git.call(root, "cat-file", "blob", f"HEAD:./{path}")
    plans = [read_book(Plan, data) for data in (committed.data, old, new)] if committed.ok else []
    if not plans or None in plans or plans[0].issued > today:
        return
    made = {edit.key for edit in plan_edits(plans[0], plans[1])}
    for edit in plan_edits(plans[0], plans[2]):
        if edit.key not in made:
            yield Diagnostic(Source(path), ISSUED, f"{edit.subject} {edit.what}".strip(), edit.remedy, edit.level)
