"""Control characters that a commit brought. A push is refused; in a history, which cannot change, they are a doubt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.ledger_diff import LedgerDiff
from zhenggai.characters import control_in
from zhenggai.model.control_texts import with_control
from zhenggai.model.organisations import OrganisationBook
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.model.wording import shortened
from zhenggai.reading.data_folders import FileKind, place_of
from zhenggai.reading.files import LINE_END, UNREADABLE, decode
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.rules.checks.control_characters import CONTROL, what
from zhenggai.sharing.commit_tree import CommittedEntry
from zhenggai.sharing.file_versions import contents
from zhenggai.sharing.history import Change, Commit

_OWNERS: Mapping[FileKind, type] = {
    FileKind.PLAN: Plan,
    FileKind.UNITS: UnitBook,
    FileKind.ORGANISATIONS: OrganisationBook,
}
_RECORD_ANEW = "zhenggai undo 撤回这一条，重新记录；这条以后又记过别的，用 zhenggai correct 更正这一处"
_SHOWN = 20  # characters of a line that a message quotes
_TAKE_OUT = "删去这个字符，把这一处重新输入"


def judge_characters(
    inquiry: Inquiry, commit: Commit, sides: Sequence[LedgerDiff], entries: Iterable[tuple[str, CommittedEntry]]
) -> None:
    """Report entries and books that contain control characters; in a range, only if they still do at its end."""
    for number, committed in entries:
        for key, found in _in_entry(committed.raw):
            if not _is_settled(inquiry, number, key, committed):
                _tell(inquiry, commit, f"“{key}”里有{found}", _RECORD_ANEW, committed.path, number)
    for path in frozenset.intersection(*(side.paths for side in sides)):
        changes = [change for side in sides for change in side.changes if change.path == path]
        for words in _in_file(inquiry, changes):
            _tell(inquiry, commit, words, _TAKE_OUT, path)


def _tell(inquiry: Inquiry, commit: Commit, words: str, remedy: str, path: str, number: str = "") -> None:
    level = Level.ERROR if inquiry.scope.ranged else Level.DOUBT
    inquiry.tell(commit, level, CONTROL, words, remedy, path, number)


# --- entries


def _in_entry(raw: RawEntry) -> Iterator[tuple[str, str]]:
    for key, value in raw.values.items():
        for text in (value,) if isinstance(value, str) else value:
            if found := control_in(text):
                yield key, found


def _is_settled(inquiry: Inquiry, number: str, key: str, committed: CommittedEntry) -> bool:
    """Whether an entry was changed, corrected or withdrawn by the end of the range."""
    if not inquiry.scope.ranged:
        return False
    there = inquiry.tree(inquiry.scope.tip).find(number, committed.path)
    if there is None or there.raw.values.get(key) != committed.raw.values.get(key):
        return True
    about = committed.raw.values.get("针对") if committed.raw.values.get("事项") == "更正" else number
    return any(
        raw.values.get("针对") == about
        and other > number
        and (raw.values.get("作废") == "是" or (key in raw.values and not any(k == key for k, _ in _in_entry(raw))))
        for other, raw in _corrections(inquiry, committed.path)
    )


def _corrections(inquiry: Inquiry, near: str) -> Iterator[tuple[str, RawEntry]]:
    """The 更正 entries in the same unit's folder at the end of the range."""
    folder = near.rpartition("/")[0]
    for path, id_ in inquiry.tree(inquiry.scope.tip).files.items():
        if path.rpartition("/")[0] == folder and place_of(path).kind is FileKind.LEDGER:
            entries = inquiry.versions.of(id_).entries.items()
            yield from ((number, raw) for number, raw in entries if raw.values.get("事项") == "更正")


# --- files


def _in_file(inquiry: Inquiry, changes: Sequence[Change]) -> list[str]:
    """Faults of a file that no parent had and that remain at the end of the range."""
    path, new = changes[0].path, changes[0].new
    before = [change.old for change in changes]
    if new is None:
        return []
    found = _faults(inquiry, path, new) - set[str]().union(*(_faults(inquiry, path, old) for old in before if old))
    if found and inquiry.scope.ranged:
        kind = place_of(path).kind
        files = (
            inquiry.tree(inquiry.scope.tip).files
            if kind is FileKind.LEDGER
            else inquiry.folders.files(inquiry.scope.tip)
        )
        found &= _faults(inquiry, path, files[path]) if path in files else set()
    return sorted(found)


def _faults(inquiry: Inquiry, path: str, id_: str) -> set[str]:
    """The faults of one file version: a quoted line, or a field of a book."""
    kind = place_of(path).kind
    if kind is FileKind.LEDGER:
        version = inquiry.versions.of(id_)
        return set() if version.grows or not version.faulty else _in_lines(version.data)
    if kind not in _OWNERS:
        return set()
    value = inquiry.folders.read(_OWNERS[kind], id_).value
    fields = with_control(value) if value is not None else ()
    return {what(text.name, found) for text, found in fields} | _in_lines(contents(inquiry.objects, id_))


def _in_lines(data: bytes) -> set[str]:
    text = decode(data, "")[0]
    lines = LINE_END.split(text) if UNREADABLE.search(text) else ()
    return {f"{_seen(line)} 这一行有{control_in(line)}" for line in lines if UNREADABLE.search(line)}


def _seen(line: str) -> str:
    return shortened(UNREADABLE.sub("", line).strip(), _SHOWN)
