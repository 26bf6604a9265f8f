"""Entries of all versions of ledger files. If a file only grew, only the appended part is read."""

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

_KEPT = 64 * 1024 * 1024  # bytes of versions kept in memory
_LONG = 256 * 1024  # bytes; a longer file could exceed the reader's bounds although the appended part does not
_OTHER_DOCUMENT = re.compile(rb"^(---|\.\.\.)", re.MULTILINE)
_NO_ENTRIES: Mapping[str, RawEntry] = {}


class Version:
    """A version of a ledger file. ``grows``: text appended to it at the left margin can be read separately."""

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
        """The readable entries by number; for a repeated number, the first."""
        if self._entries is None:
            self._read()
        return self._entries or _NO_ENTRIES

    @property
    def repeated(self) -> Mapping[str, RawEntry]:
        """Entries with the number of an earlier entry but different values."""
        if self._entries is None:
            self._read()
        return self._repeated

    @property
    def faulty(self) -> bool:
        """Whether part of it is unreadable."""
        if self._entries is None:
            self._read()
        return self._faulty

    def _read(self) -> None:
        if len(self.data) > MAX_FILE:  # the bound of ``read_file``
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
    """The contents of a blob. If the repository lacks it, the audit cannot go on and an error is raised."""
    data = objects.read(id_)
    if data is None:
        raise NoHistory(f"仓库里缺少内容 {id_[:10]}，历史不完整\n  下一步：运行 git fsck，或重新克隆")
    return data


class Versions:
    """Reads versions by blob id, and keeps the most recent ones in memory."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._versions: OrderedDict[str, Version] = OrderedDict()
        self._size = 0

    def of(self, id_: str | None) -> Version:
        """The version with a blob id; an empty version for None."""
        if id_ is None:
            return Version(b"", grows=True)
        if id_ in self._versions:
            self._versions.move_to_end(id_)
            return self._versions[id_]
        return self._keep(id_, Version(contents(self._objects, id_)))

    def appended(self, old: str | None, new: str) -> Mapping[str, RawEntry] | None:
        """The entries that ``new`` has after the whole text of ``old``; None if ``new`` does not begin with ``old``."""
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
    """Whether two entries have equal values; spellings do not matter: 40% equals 40, 2020.5.12 equals 2020-05-12."""
    if one.values == other.values:
        return True
    typed = [type_entry(raw, "") for raw in (one, other)]
    if any(diagnostic.level is Level.ERROR for _, diagnostics in typed for diagnostic in diagnostics):
        return False
    return typed[0][0] is not None and typed[0][0] == typed[1][0]
