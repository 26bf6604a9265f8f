"""The entries of every version that a ledger file had; of one that only grew, no more is read than what was added."""

import re
from collections import OrderedDict
from collections.abc import Mapping

from zhenggai.model.source import Level
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.files import MAX_FILE, decode
from zhenggai.reading.raw_entry import RawEntry, by_number
from zhenggai.reading.typed_entries import type_entry
from zhenggai.sharing.git import Objects
from zhenggai.sharing.history import NoHistory

_KEPT = 64 * 1024 * 1024  # bytes of versions kept at hand
_LONG = 256 * 1024  # bytes from which a file might go beyond the reader's bounds, though what is added does not
_OTHER_DOCUMENT = re.compile(rb"^(---|\.\.\.)", re.MULTILINE)
_NO_ENTRIES: Mapping[str, RawEntry] = {}


class Version:
    """One version of a ledger file. ``grows``: what is appended to it at the left margin can be read by itself."""

    __slots__ = ("_entries", "_faulty", "_repeated", "data", "grows")

    def __init__(self, data: bytes, grows: bool | None = None) -> None:
        self.data = data
        self._entries: Mapping[str, RawEntry] | None = None
        self._faulty = False
        self._repeated: Mapping[str, RawEntry] = _NO_ENTRIES
        if grows is None:
            self._read()
            grows = not self._faulty and self._is_plain_list()
        self.grows = grows

    @property
    def entries(self) -> Mapping[str, RawEntry]:
        """The entries that can be read, by number; the first of a repeated number counts."""
        if self._entries is None:
            self._read()
        return self._entries or _NO_ENTRIES

    @property
    def repeated(self) -> Mapping[str, RawEntry]:
        """Entries that bear the number of one above them and say something else."""
        if self._entries is None:
            self._read()
        return self._repeated

    @property
    def faulty(self) -> bool:
        """Whether something in it cannot be read."""
        if self._entries is None:
            self._read()
        return self._faulty

    def _read(self) -> None:
        if len(self.data) > MAX_FILE:  # as ``read_file`` has it
            self._faulty, self._entries = True, _NO_ENTRIES
            return
        text, diagnostics = decode(self.data, "")
        entries, faults = read_entries(text, "")
        self._faulty = bool(faults) or any(diagnostic.level is Level.ERROR for diagnostic in diagnostics)
        self._entries = first = by_number(entries)
        if len(first) < len(entries):
            others = ((str(raw.values.get("编号", "")), raw) for raw in entries)
            self._repeated = {n: raw for n, raw in others if n in first and not same_entry(first[n], raw)}

    def _is_plain_list(self) -> bool:
        try:
            text = self.data.decode()
        except UnicodeDecodeError:
            return False
        return not text or (text.startswith("- ") and text.endswith("\n") and not _OTHER_DOCUMENT.search(self.data))


def contents(objects: Objects, id_: str) -> bytes:
    """What an id stands for; a repository that lacks it cannot be audited."""
    data = objects.read(id_)
    if data is None:
        raise NoHistory(f"仓库里缺少内容 {id_[:10]}，历史不完整\n  下一步：运行 git fsck，或重新克隆")
    return data


class Versions:
    """Reads versions by the ids of their contents, and keeps the last ones at hand."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._versions: OrderedDict[str, Version] = OrderedDict()
        self._size = 0

    def of(self, id_: str | None) -> Version:
        """The version of an id; an empty one where there is no file."""
        if id_ is None:
            return Version(b"", grows=True)
        if id_ in self._versions:
            self._versions.move_to_end(id_)
            return self._versions[id_]
        return self._keep(id_, Version(contents(self._objects, id_)))

    def appended(self, old: str | None, new: str) -> Mapping[str, RawEntry] | None:
        """The entries that a version has behind all of an older one; None where it is not simply longer."""
        before = self.of(old)
        if not before.grows or new in self._versions:
            return None
        data = contents(self._objects, new)
        if len(data) > _LONG or not data.startswith(before.data) or not data.startswith(b"- ", len(before.data)):
            return None
        added = Version(data[len(before.data) :])
        if not added.grows or added.repeated or any(number.encode() in before.data for number in added.entries):
            return None
        self._keep(new, Version(data, grows=True))
        return added.entries

    def _keep(self, id_: str, version: Version) -> Version:
        self._versions[id_] = version
        self._size += len(version.data)
        while self._size > _KEPT and len(self._versions) > 1:
            self._size -= len(self._versions.popitem(last=False)[1].data)
        return version


def same_entry(one: RawEntry, other: RawEntry) -> bool:
    """Whether two entries say the same, however they are written: 40% is 40, 2020.5.12 is 2020-05-12."""
    if one.values == other.values:
        return True
    typed = [type_entry(raw, "") for raw in (one, other)]
    if any(diagnostic.level is Level.ERROR for _, diagnostics in typed for diagnostic in diagnostics):
        return False
    return typed[0][0] is not None and typed[0][0] == typed[1][0]
