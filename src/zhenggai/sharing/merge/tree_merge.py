"""Merges two trees over their common base: by whole files, then by entries or lines; a person decides the rest."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from zhenggai.model.question import Choice, Decide, Question, Undecided
from zhenggai.reading.data_folders import FileKind, place_of, private_part
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.files import decode
from zhenggai.reading.raw_entry import by_number
from zhenggai.sharing.clone import Clone
from zhenggai.sharing.commit_subject import numbers_in
from zhenggai.sharing.exclusions import excluded, folders_above
from zhenggai.sharing.git import Objects
from zhenggai.sharing.git_complaints import GitFailed
from zhenggai.sharing.merge.ledger_merge import Clash, EntrySide, NotUnderstood, merged, merged_base
from zhenggai.sharing.merge.line_merge import merged_lines
from zhenggai.sharing.trees import Blob, TreeChange, changes, with_changes, written

_SIDES = {Choice.OURS: EntrySide.OURS, Choice.THEIRS: EntrySide.THEIRS}


@dataclass
class Merger:
    """Merges trees. ``decide`` answers the questions that no rule answers.

    Without ``decide`` the result is a base for another merge: in it, conflicting parts equal neither side, so that the other
    merge takes no side for unchanged.
    """

    clone: Clone
    objects: Objects
    decide: Decide | None
    _chosen: dict[str, Choice] = field(default_factory=dict)  # answers by path: both files of a report get the same

    def tree(self, base: str | None, ours: str, theirs: str) -> str:
        """The id of the tree with the changes of both sides since ``base`` (None: an empty tree)."""
        changed = changes(self.clone, base, ours)
        own = {change.path: change for change in changed if private_part(change.path) is None}
        updates = {change.path: change.old for change in changed if change.path not in own}
        aside = excluded(self.clone, theirs).mistakes
        kept = {aside.above(path) for path in own} - {None}  # own files win over mistakes of others at their paths
        others = [c for c in changes(self.clone, base, theirs) if aside.above(c.path) not in kept]
        asking = self if self.decide is None else replace(self, decide=self._naming(theirs, self.decide))
        for change in sorted(others, key=lambda change: change.path.endswith(".json")):  # reports: text first
            mine = own.get(change.path)
            if mine is None:
                updates[change.path] = change.new
            elif mine.new != change.new:
                updates[change.path] = asking._file(change.path, change.old, mine.new, change.new)
        _refuse_file_for_folder(own.values(), updates)
        return with_changes(self.clone, ours, updates)

    def _naming(self, theirs: str, decide: Decide) -> Decide:
        """``decide``, with questions that name the author of the other version."""

        def asked(question: Question) -> Choice:
            return decide(replace(question, by=self.clone.last_change(theirs, question.path)))

        return asked

    def _file(self, path: str, base: Blob | None, ours: Blob | None, theirs: Blob | None) -> Blob | None:
        """The merge of one path."""
        if any(blob is not None and not blob.is_file for blob in (base, ours, theirs)):
            return self._one_of(path, ours, theirs)  # a link or submodule, which is never ours
        if self._kind(path) is FileKind.LEDGER:
            return self._ledger(path, base, ours, theirs)
        if ours is None or theirs is None:
            return ours or theirs  # one side deleted, the other edited: the edit is kept
        return self._text(path, base, ours, theirs)

    def _ledger(self, path: str, base: Blob | None, ours: Blob | None, theirs: Blob | None) -> Blob | None:
        """Merge a ledger file by entries, or by lines if a side is no list of entries.

        A damaged version of the others that adds no entry is dropped in favour of a readable own version.
        """
        old, mine, other = (_in_utf8(self._bytes(blob)) for blob in (base, ours, theirs))
        try:
            if decide := self.decide:
                data = merged(old, mine, other, lambda clash: _side(path, clash, mine or b"", decide)).data
            else:
                data = merged_base(old, mine, other)
        except NotUnderstood:
            if mine and other and _is_spoilt(other, mine):
                return ours
            return self._text(path, base, ours, theirs) if ours and theirs else ours or theirs
        if not data and (ours is None or theirs is None):
            return None
        return self._blob(data, ours or theirs)

    def _text(self, path: str, base: Blob | None, ours: Blob, theirs: Blob) -> Blob | None:
        """Merge another file by lines, or as a whole if it is no text. Both files of an issued report get the same answer."""
        old, mine, other = (_in_utf8(self._bytes(blob)) or b"" for blob in (base, ours, theirs))
        lines = None if self._kind(path) is FileKind.REPORT else merged_lines(path, old, mine, other, self.decide)
        return self._one_of(path, ours, theirs) if lines is None else self._blob(lines, ours)

    def _one_of(self, path: str, ours: Blob | None, theirs: Blob | None) -> Blob | None:
        if self.decide is None:
            return None
        name = path.rpartition(".")[0] if self._kind(path) is FileKind.REPORT else path
        if name not in self._chosen:
            shown = (self._shown(ours), self._shown(theirs))
            self._chosen[name] = self.decide(Question(name, "整个文件", None, *shown))
        return ours if self._chosen[name] is Choice.OURS else theirs

    def _kind(self, path: str) -> FileKind:
        return place_of(path.removeprefix(self.clone.prefix)).kind

    def _shown(self, blob: Blob | None) -> str | None:
        """A file's text for a question; None if there is no file."""
        data = self._bytes(blob)
        if data is None or blob is None:
            return None if blob is None else "（是链接，不是文件）"
        text, _ = decode(data, "")
        return f"（不是文字，{len(data)} 字节）" if "\0" in text or (data and not text) else text

    def _bytes(self, blob: Blob | None) -> bytes | None:
        if blob is None or not blob.is_file:
            return None
        data = self.objects.read(blob.id)
        if data is None:  # a missing object must not look like an empty file
            raise GitFailed(
                f"仓库里缺一个文件（{blob.id}），没有改动\n  下一步：重新克隆一份，把这里没推送的文件拷过去"
            )
        return data

    def _blob(self, data: bytes, like: Blob | None) -> Blob:
        return Blob(like.mode if like else "100644", written(self.clone, data))


def _is_spoilt(theirs: bytes, ours: bytes) -> bool:
    """Whether theirs is unreadable, while ours is readable and has every entry whose number occurs in theirs."""
    entries, faults = read_entries(decode(ours, "")[0], "")
    text, _ = decode(theirs, "")
    return not faults and bool(read_entries(text, "")[1]) and {*numbers_in(text)} <= by_number(entries).keys()


def _side(path: str, clash: Clash, ours: bytes, decide: Decide) -> EntrySide:
    entries, _ = read_entries(decode(ours, "")[0], "")
    said = next((raw.values for raw in entries if raw.values.get("编号") == clash.number), {})
    words = " ".join(str(said[label]) for label in ("日期", "措施", "事项") if label in said)
    what = f"{words}（{clash.number}）{f'的“{clash.field}”' if clash.field else '整条'}"
    return _SIDES[decide(Question(path, what, clash.base, clash.ours, clash.theirs))]


def _in_utf8(data: bytes | None) -> bytes | None:
    """A text saved as GBK or UTF-16 converted to UTF-8, so that its lines can be compared; any other bytes unchanged."""
    try:
        (data or b"").decode()
    except UnicodeDecodeError:
        with suppress(UnicodeEncodeError):
            text, _ = decode(data or b"", "")
            return data if "\0" in text else text.encode() or data
    return data


def _refuse_file_for_folder(own: Iterable[TreeChange], updates: dict[str, Blob | None]) -> None:
    """Refuse to merge if one side has a file where the other has a folder; no rule says which to keep."""
    mine = {change.path for change in own if change.new is not None}
    theirs = {path for path, blob in updates.items() if blob is not None}
    for files, below in ((mine, theirs), (theirs, mine)):
        for path in below:
            if clash := next((up for up in folders_above(path) if up in files), None):
                raise Undecided(
                    f"{clash} 在一边是文件，在另一边是文件夹，合不起来\n  下一步：把其中一个改名，再运行 zhenggai sync"
                )
