"""A ledger file as pieces of its own text, so that versions can be merged without rewriting any line.

The pieces are the gap above the first entry, then the fields of each entry and the gap below it; joined they give the file
again. A gap contains comments and blank lines. ``woven`` merges two orders of the same pieces.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from zhenggai.frozen import frozen
from zhenggai.reading.entry_text import read_entries
from zhenggai.reading.raw_entry import RawEntry, Value

Name = TypeVar("Name", bound=Hashable)


def woven(base: Iterable[Name], ours: Sequence[Name], theirs: Sequence[Name], key: Callable[[Name], Any]) -> list[Name]:
    """All names of ``ours`` and ``theirs``, each once; neither side may contain a name twice.

    Common names keep the order of ours, or that of theirs if ours has the order of ``base``. An added name follows the same
    neighbour as on its own side. If both sides added names after the same neighbour, the lower ``key`` comes first.

    >>> print(*woven("abc", "abxc", "abcyw", key=str))
    a b x c y w
    >>> print(*woven("ab", "abxz", "abyw", key=str))
    a b x y w z
    >>> print(*woven("abc", "abc", "xcab", key=str))
    x c a b
    """
    common = set(ours) & set(theirs)
    order = _common_order([n for n in base if n in common], [n for n in ours if n in common], theirs, common)
    mine, others = _runs(ours, common), _runs(theirs, common)
    names: list[Name] = []
    for neighbour in (None, *order):
        if neighbour is not None:
            names.append(neighbour)
        names += _zipped(mine.get(neighbour, []), others.get(neighbour, []), key)
    return names


def _common_order(base: list[Name], ours: list[Name], theirs: Sequence[Name], common: set[Name]) -> list[Name]:
    known = set(base)
    kept = [name for name in ours if name in known] == base
    return [name for name in theirs if name in common] if kept else ours


def _runs(names: Iterable[Name], common: set[Name]) -> dict[Name | None, list[Name]]:
    """The names that only one side has, grouped by the nearest common name above them."""
    runs: dict[Name | None, list[Name]] = {}
    neighbour: Name | None = None
    for name in names:
        if name in common:
            neighbour = name
        else:
            runs.setdefault(neighbour, []).append(name)
    return runs


def _zipped(ours: list[Name], theirs: list[Name], key: Callable[[Name], Any]) -> list[Name]:
    """Two runs merged by ``key``; each keeps its own order."""
    mine, others = ours[::-1], theirs[::-1]
    names = []
    while mine and others:
        names.append((mine if key(mine[-1]) <= key(others[-1]) else others).pop())
    return names + mine[::-1] + others[::-1]


Gap = tuple[str, ...]
"""Comments and blank lines, each with its line end."""

WHOLE = ""
"""The label of the only field of an entry whose fields are not on separate lines."""

_BLOCK = re.compile(r"-(?:[ \t]*(?:#[^\r\n]*)?[\r\n]+)*[ \t]+[^\s{#]")


class NotUnderstood(Exception):
    """A text is no readable list of entries with numbers; the message says which and why, in Chinese."""


@frozen
class Chunk:
    """An entry: the lines of each field by label (the first without its dash), and the value of each field."""

    number: str
    fields: Mapping[str, str]
    values: Mapping[str, Value]
    gap: Gap = ()

    @property
    def text(self) -> str:
        """The lines of the entry."""
        text = "".join(self.fields.values())
        return text if WHOLE in self.fields else f"-{text[1:]}"

    @property
    def day(self) -> str:
        """Its 日期 as written."""
        return str(self.values.get("日期", ""))

    def in_one(self) -> "Chunk":
        """The same entry as one piece, not divided into fields."""
        return Chunk(self.number, {WHOLE: self.text}, self.values, self.gap)


@frozen
class Chunks:
    """A file: the gap above the first entry, and the entries by number, in the order of the file."""

    gap: Gap
    entries: Mapping[str, Chunk]


def text_of(data: bytes, name: str) -> tuple[bytes, str]:
    """A file's byte order mark and text; raises ``NotUnderstood`` if it is not UTF-8."""
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    try:
        return mark, data[len(mark) :].decode()
    except UnicodeDecodeError:
        raise NotUnderstood(f"{name}不是 UTF-8 编码") from None


def chunks_of(text: str, name: str) -> Chunks:
    """The pieces of a text that ends with a line end; raises ``NotUnderstood`` with the first fault."""
    raws = understood(text, name)
    lines = text.splitlines(keepends=True)
    starts = [raw.line - 1 for raw in raws] + [len(lines)]
    entries: dict[str, Chunk] = {}
    for raw, (start, end) in zip(raws, pairwise(starts), strict=True):
        chunk = _chunk(raw, lines[start:end])
        if chunk.number in entries:
            raise NotUnderstood(f"{name}第 {raw.line} 行：编号 {chunk.number} 重复")
        entries[chunk.number] = chunk
    return Chunks(tuple(lines[: starts[0]]), entries)


def understood(text: str, name: str) -> list[RawEntry]:
    """The entries of a text; raises ``NotUnderstood`` unless each has a number and a dash at the start of its line."""
    raws, diagnostics = read_entries(text, name)
    if diagnostics:
        raise NotUnderstood(f"{name}第 {diagnostics[0].source.line} 行：{diagnostics[0].what}")
    for raw in raws:
        if text[raw.offset] != "-" or text[raw.offset - 1 : raw.offset] not in ("", "\n", "\r"):
            raise NotUnderstood(f"{name}第 {raw.line} 行：条目不是从行首的“- ”开始")
        if not isinstance(raw.values.get("编号"), str) or not raw.values["编号"]:
            raise NotUnderstood(f"{name}第 {raw.line} 行：缺少编号")
    return raws


def _chunk(raw: RawEntry, lines: list[str]) -> Chunk:
    """The entry in ``lines``, which extend from its dash to the next entry."""
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    gap, own = tuple(lines[end:]), lines[:end]
    starts = [line - raw.line for line in raw.lines]
    fields = {WHOLE: "".join(own)}
    if _BLOCK.match(fields[WHOLE]) and all(one < next_one for one, next_one in pairwise(starts)):
        own[0] = f" {own[0][1:]}"
        bounds = pairwise([0, *starts[1:], end])
        fields = {label: "".join(own[start:stop]) for label, (start, stop) in zip(raw.values, bounds, strict=True)}
    return Chunk(str(raw.values["编号"]), fields, raw.values, gap)
