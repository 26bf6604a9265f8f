"""The files of a commit: entries by number, plans and unit book, read from git's objects."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from zhenggai.model.labels import label_of
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level
from zhenggai.reading.data_folders import LEDGERS, PLANS, FileKind, place_of
from zhenggai.reading.files import MAX_FILE, TOO_LARGE, decode
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.reading.typed import type_tree
from zhenggai.reading.yaml_tree import read_tree
from zhenggai.sharing.file_versions import Version, contents
from zhenggai.sharing.git import Objects
from zhenggai.sharing.history import Change, History

_NUMBER = re.compile(r"""编号["']?\s*:\s*["']?(\d{8}-[0-9a-z]{8})""")
_UTF8_NUMBER = re.compile(_NUMBER.pattern.encode())


class CommittedEntry(NamedTuple):
    """An entry with the path of its file."""

    path: str
    raw: RawEntry


class Home(NamedTuple):
    """The owner of an entry: the unit of its folder, the unit it is about, and the entry it names."""

    kind: str
    folder: str
    unit: str
    ref: str


def home_of(committed: CommittedEntry) -> Home:
    """The owner of an entry, from its path and its values."""
    words = (committed.raw.values.get(key, "") for key in ("事项", "单位", "针对"))
    kind, unit, ref = (word if isinstance(word, str) else "" for word in words)
    return Home(kind, place_of(committed.path).unit, unit, ref)


class Tree:
    """The ledgers of one commit, read on demand."""

    def __init__(self, history: History, objects: Objects, commit: str) -> None:
        self._history, self._objects, self._commit = history, objects, commit
        self._seen: dict[str, Version] = {}

    @cached_property
    def files(self) -> dict[str, str]:
        """All files below ``ledgers/``: path → blob id."""
        return self._history.files(self._commit, LEDGERS)

    @cached_property
    def numbers(self) -> dict[str, list[str]]:
        """The files that contain each number as that of an entry, found by a search without reading the entries."""
        found: dict[str, list[str]] = {}
        for path, id_ in self.files.items():
            if place_of(path).kind is FileKind.LEDGER:
                for number in _numbers(contents(self._objects, id_)):
                    found.setdefault(number, []).append(path)
        return found

    def find(self, number: str, near: str = "") -> CommittedEntry | None:
        """The entry with a number, or None if it is missing or unreadable; ``near`` is the path to try first."""
        if near and (raw := self._version_at(near).entries.get(number)):
            return CommittedEntry(near, raw)
        for path in self.numbers.get(number, ()):
            if raw := self._version_at(path).entries.get(number):
                return CommittedEntry(path, raw)
        return None

    def _version_at(self, path: str) -> Version:
        if path not in self._seen:
            data = self._objects.read(f"{self._commit}:{self._history.prefix}{path}") or b""
            self._seen[path] = Version(data)
        return self._seen[path]


def _numbers(data: bytes) -> Iterable[str]:
    if b"\0" not in data and (found := _UTF8_NUMBER.findall(data)):
        return [number.decode() for number in found]
    return _NUMBER.findall(decode(data, "")[0])


def _plans_among(paths: Iterable[str]) -> list[str]:
    return sorted(path for path in paths if place_of(path).kind is FileKind.PLAN)


class BookReading(NamedTuple):
    """A plan or book as read: its usable part, and its first fault ("" if there is none)."""

    value: Any
    fault: str

    @property
    def whole(self) -> bool:
        """Whether it has no fault."""
        return not self.fault


class PlanFolders:
    """The files of ``plans/`` at each commit, derived from the parent's where that is known, else read from git."""

    def __init__(self, history: History, objects: Objects) -> None:
        self._history, self._objects = history, objects
        self._files: dict[str, Mapping[str, str]] = {"": {}}
        self._parents: dict[str, str] = {}
        self._whole: dict[tuple[str, str], str | None] = {}
        self._asking: dict[str, bool] = {}
        self.read = lru_cache(maxsize=512)(self._read)

    def files(self, commit: str) -> Mapping[str, str]:
        """The files of ``plans/`` at a commit ("": no commit): path → blob id."""
        if commit not in self._files:
            self._files[commit] = self._history.files(commit, PLANS)
        return self._files[commit]

    def follow(self, commit: str, parent: str, changes: Iterable[Change]) -> None:
        """Derive a commit's files from those of its first parent."""
        changed = [change for change in changes if change.path.startswith(f"{PLANS}/")]
        files = self.files(parent)
        self._parents[commit] = parent
        if changed:
            files = dict(files)
            for change in changed:
                files.pop(change.path, None)
                if change.new:
                    files[change.path] = change.new
        self._files[commit] = files

    def last_whole(self, owner: type, commit: str, path: str) -> Any:
        """The last fully readable version of a book up to a commit, even if it was deleted or damaged later.

        If no version is fully readable, the readable part of the newest one; None if there is none.
        """
        passed, at = [], commit
        while (at, path) not in self._whole:
            passed.append(at)
            id_ = self.files(at).get(path)
            if id_ and self.read(owner, id_).whole:
                self._whole[at, path] = id_
            elif at in self._parents:
                at = self._parents[at]
            else:
                ids = (id_ for _, id_ in (self._history.earlier(at, path) if at else ()))
                self._whole[at, path] = next((id_ for id_ in ids if self.read(owner, id_).whole), None)
        found = self._whole[at, path]
        self._whole |= dict.fromkeys(((at, path) for at in passed), found)
        found = found or self.files(commit).get(path)
        return self.read(owner, found).value if found else None

    def plans(self, commit: str) -> dict[str, Plan]:
        """The plans of a commit in their last fully readable versions; if it has none, those before it."""
        at = commit
        while not (paths := _plans_among(self.files(at))) and self._parents.get(at):
            at = self._parents[at]
        if not paths and at:
            paths = _plans_among(dict(self._history.earlier(at, PLANS)))
        found = {path: self.last_whole(Plan, commit, path) for path in paths}
        return {path: plan for path, plan in found.items() if plan is not None}

    def asks_for_signatures(self, commit: str) -> bool:
        """Whether a plan of a commit has 签名: 要求."""
        return any(self._asks(self.files(commit)[path]) for path in _plans_among(self.files(commit)))

    def _asks(self, id_: str) -> bool:
        if id_ not in self._asking:
            plan: Plan | None = self.read(Plan, id_).value if label_of("signature") in self._text(id_) else None
            self._asking[id_] = plan is not None and plan.signature is not None
        return self._asking[id_]

    def _text(self, id_: str) -> str:
        return decode(contents(self._objects, id_), "")[0]

    def _read(self, owner: type, id_: str) -> BookReading:
        data = contents(self._objects, id_)
        if len(data) > MAX_FILE:
            return BookReading(None, f"文件{TOO_LARGE}")
        text, diagnostics = decode(data, "")
        node, faults = read_tree(text, "")
        diagnostics += faults
        value = None
        if node is not None:
            value, faults = type_tree(owner, node, "")
            diagnostics += faults
        wrong = [f"第 {p.source.line} 行{p.what}" for p in diagnostics if p.level is Level.ERROR]
        return BookReading(value, "".join(wrong[:1]) or ("" if value is not None else "没有内容"))
