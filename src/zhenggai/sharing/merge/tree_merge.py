"""Brings two trees together over their common base: whole paths first, then entries, then lines, then a person."""

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
    """Brings versions together. ``decide`` answers what no rule does; without it, a base for another merge is made.

    In such a base, what clashes is like neither side, so that the merge upon it takes no side for unchanged.
    """

    clone: Clone
    objects: Objects
    decide: Decide | None
    _chosen: dict[str, Choice] = field(default_factory=dict)  # the second file of a report follows the first

    def tree(self, base: str | None, ours: str, theirs: str) -> str:
        """The id of the tree with the changes of both sides since ``base`` (None: since nothing)."""
        changed = changes(self.clone, base, ours)
        own = {change.path: change for change in changed if private_part(change.path) is None}
        updates = {change.path: change.old for change in changed if change.path not in own}
        aside = excluded(self.clone, theirs).mistakes
        kept = {aside.above(path) for path in own} - {None}  # what was made here stands, and no mistake in its place
        others = [c for c in changes(self.clone, base, theirs) if aside.above(c.path) not in kept]
        asking = self if self.decide is None else replace(self, decide=self._naming(theirs, self.decide))
        for change in sorted(others, key=lambda change: change.path.endswith(".json")):  # a report's text comes first
            mine = own.get(change.path)
            if mine is None:
                updates[change.path] = change.new
            elif mine.new != change.new:
                updates[change.path] = asking._file(change.path, change.old, mine.new, change.new)
        _refuse_file_for_folder(own.values(), updates)
        return with_changes(self.clone, ours, updates)

    def _naming(self, theirs: str, decide: Decide) -> Decide:
        """The same with questions that say whose the other version is."""

        def asked(question: Question) -> Choice:
            return decide(replace(question, by=self.clone.last_change(theirs, question.path)))

        return asked

    def _file(self, path: str, base: Blob | None, ours: Blob | None, theirs: Blob | None) -> Blob | None:
        """What two sides made of one path."""
        if any(blob is not None and not blob.is_file for blob in (base, ours, theirs)):
            return self._one_of(path, ours, theirs)  # a link, a submodule: never ours
        if self._kind(path) is FileKind.LEDGER:
            return self._ledger(path, base, ours, theirs)
        if ours is None or theirs is None:
            return ours or theirs  # one side deleted what the other edited: the edit stays
        return self._text(path, base, ours, theirs)

    def _ledger(self, path: str, base: Blob | None, ours: Blob | None, theirs: Blob | None) -> Blob | None:
        """A ledger file, by entry number; a side that cannot be read as entries is brought together by lines.

        What others spoilt without adding an entry comes to nothing beside own changes that can be read.
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
        """A person's file, by lines; what has no lines as a whole. The two files of an issued report are one thing."""
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
        """A file as a person is shown it; None where there is none."""
        data = self._bytes(blob)
        if data is None or blob is None:
            return None if blob is None else "（是链接，不是文件）"
        text, _ = decode(data, "")
        return f"（不是文字，{len(data)} 字节）" if "\0" in text or (data and not text) else text

    def _bytes(self, blob: Blob | None) -> bytes | None:
        if blob is None or not blob.is_file:
            return None
        data = self.objects.read(blob.id)
        if data is None:  # never to be taken for an empty file
            raise GitFailed(
                f"仓库里缺一个文件（{blob.id}），没有改动\n  下一步：重新克隆一份，把这里没推送的文件拷过去"
            )
        return data

    def _blob(self, data: bytes, like: Blob | None) -> Blob:
        return Blob(like.mode if like else "100644", written(self.clone, data))


def _is_spoilt(theirs: bytes, ours: bytes) -> bool:
    """Whether the others' version cannot be read, while ours can and has every entry that theirs still names."""
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
    """A text that was saved as GBK or UTF-16 as UTF-8, so that its lines are like the other side's; else the bytes themselves."""
    try:
        (data or b"").decode()
    except UnicodeDecodeError:
        with suppress(UnicodeEncodeError):
            text, _ = decode(data or b"", "")
            return data if "\0" in text else text.encode() or data
    return data


def _refuse_file_for_folder(own: Iterable[TreeChange], updates: dict[str, Blob | None]) -> None:
    """A file on one side where the other has a folder of that name: no rule says which goes."""
    mine = {change.path for change in own if change.new is not None}
    theirs = {path for path, blob in updates.items() if blob is not None}
    for files, below in ((mine, theirs), (theirs, mine)):
        for path in below:
            if clash := next((up for up in folders_above(path) if up in files), None):
                raise Undecided(
                    f"{clash} 在一边是文件，在另一边是文件夹，合不起来\n  下一步：把其中一个改名，再运行 zhenggai sync"
                )
