"""What a commit leaves in ledger files beside good entries: comments in another unit's file, entries with an error in them."""

from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.authorship import WRONG_HAND
from zhenggai.audit.ledger_diff import LedgerDiff
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import is_entry_number
from zhenggai.model.source import Diagnostic, Level
from zhenggai.reading.canonical_reader import read_strictly
from zhenggai.reading.data_folders import FileKind, place_of
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.files import decode
from zhenggai.reading.typed_entries import type_entry
from zhenggai.rules.identities import may_write
from zhenggai.sharing.file_versions import contents
from zhenggai.sharing.history import Commit
from zhenggai.writing.tidy import tidied


def judge_form(inquiry: Inquiry, commit: Commit, side: LedgerDiff) -> None:
    """Tell another unit's ledger file to which a commit added what is no entry, such as comments up to the reader's bound.

    Putting it in form (``zhenggai fmt``) is everybody's business.
    """
    if inquiry.book_before(commit) is None:
        return
    book, day = inquiry.book(commit), inquiry.day_of_right(commit)
    altered = {new.path for number, (_, new) in side.replaced.items() if inquiry.has_landed(number, new.path)}
    for path, old, new in ((change.path, change.old, change.new) for change in side.changes):
        place = place_of(path)
        if place.kind is not FileKind.LEDGER or old is None or new is None or path in altered:
            continue
        if may_write(book, place.unit, commit.email, day) is not False:
            continue
        if inquiry.scope.ranged and inquiry.tree(inquiry.scope.tip).files.get(path) == old:
            continue
        was, now = (tidied(contents(inquiry.objects, id_), path).new for id_ in (old, new))
        if was != now and inquiry.versions.of(old).entries.keys() == inquiry.versions.of(new).entries.keys():
            what = f"{commit.email} 不是{place.unit}的身份，却改了它的台账文件（如批注）"
            remedy = f"恢复原样：git checkout {side.parent[:10]} -- {path}，再 zhenggai sync"
            inquiry.tell(commit, Level.ERROR, WRONG_HAND, what, remedy, path)


def judge_fields(inquiry: Inquiry, commit: Commit, side: LedgerDiff) -> None:
    """Tell the entries that a push leaves with an error in them: once they have landed, nobody may put them right."""
    if inquiry.book_before(commit) is None:
        return
    for path, old, new in ((change.path, change.old, change.new) for change in side.changes):
        if place_of(path).kind is FileKind.LEDGER and new is not None and (faults := _faults(inquiry, path, new)):
            known = {(number, fault.what) for number, fault in _faults(inquiry, path, old)} if old else set()
            for number, fault in faults:
                if (number, fault.what) not in known and not (number and inquiry.has_landed(number, path)):
                    what = f"第 {fault.source.line} 行：{fault.what}"
                    inquiry.tell(commit, Level.ERROR, fault.check, what, f"{fault.remedy}；改好再推送", path, number)


def _faults(inquiry: Inquiry, path: str, id_: str) -> list[tuple[str, Diagnostic]]:
    """What the reader cannot take in the entries of a version, each with its entry's number ("" where that is none)."""
    text = decode(contents(inquiry.objects, id_), path)[0]
    if read_strictly(text) is not None:
        return []
    found = []
    for raw in read_entries(text, path)[0]:
        number = raw.values.get(label_of("number"))
        name = number if isinstance(number, str) and is_entry_number(number) else ""
        found += [(name, fault) for fault in type_entry(raw, path)[1] if fault.level is Level.ERROR]
    return found
