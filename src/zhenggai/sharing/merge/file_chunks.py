"""A ledger file as pieces of its own text, so that versions of it can be put together without writing anything anew.

The pieces of a file, joined, are the file: the gap above the first entry, then each entry's fields and the gap below it.
A gap holds comments and blank lines.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from itertools import pairwise

from zhenggai.frozen import frozen
from zhenggai.reading.entry_text import RawEntry, Value, read_entries

Gap = tuple[str, ...]
"""Comments and blank lines, each with its line end."""

WHOLE = ""
"""The one field of an entry whose fields do not stand on lines of their own."""

_BLOCK = re.compile(r"-(?:[ \t]*(?:#[^\r\n]*)?[\r\n]+)*[ \t]+[^\s{#]")


class NotUnderstood(Exception):
    """A text that cannot be read as a list of entries with numbers: which, and why, in Chinese."""


@frozen
class Chunk:
    """An entry: the lines of each field by its label (the first without its dash), and what each field says."""

    number: str
    fields: Mapping[str, str]
    values: Mapping[str, Value]
    gap: Gap = ()

    @property
    def text(self) -> str:
        """The entry's own lines."""
        text = "".join(self.fields.values())
        return text if WHOLE in self.fields else f"-{text[1:]}"

    @property
    def day(self) -> str:
        """Its 日期 as it is written."""
        return str(self.values.get("日期", ""))

    def in_one(self) -> "Chunk":
        """The same without a division into fields."""
        return Chunk(self.number, {WHOLE: self.text}, self.values, self.gap)


@frozen
class Chunks:
    """A file: the gap above the first entry, and the entries by number, in the file's order."""

    gap: Gap
    entries: Mapping[str, Chunk]


def text_of(data: bytes, name: str) -> tuple[bytes, str]:
    """A file's byte order mark and its text; ``NotUnderstood`` where it is not UTF-8."""
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    try:
        return mark, data[len(mark) :].decode()
    except UnicodeDecodeError:
        raise NotUnderstood(f"{name}不是 UTF-8 编码") from None


def chunks_of(text: str, name: str) -> Chunks:
    """The pieces of a text that ends with a line end; ``NotUnderstood`` names the text and its first mistake."""
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
    """The entries of a text, each with a number and its dash at the beginning of a line."""
    raws, problems = read_entries(text, name)
    if problems:
        raise NotUnderstood(f"{name}第 {problems[0].source.line} 行：{problems[0].what}")
    for raw in raws:
        if text[raw.offset] != "-" or text[raw.offset - 1 : raw.offset] not in ("", "\n", "\r"):
            raise NotUnderstood(f"{name}第 {raw.line} 行：条目不是从行首的“- ”开始")
        if not isinstance(raw.values.get("编号"), str) or not raw.values["编号"]:
            raise NotUnderstood(f"{name}第 {raw.line} 行：缺少编号")
    return raws


def _chunk(raw: RawEntry, lines: list[str]) -> Chunk:
    """``lines`` are those from the entry's dash up to the next entry."""
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
