"""Raw entries: the keys and texts of an entry of a ledger file, with their lines and offsets, before any value is typed."""

from collections.abc import Iterable
from typing import NamedTuple

from zhenggai.model.source import Diagnostic
from zhenggai.reading.yaml_faults import STRICT_CHECK, Fault, diagnostic_at, shown
from zhenggai.reading.yaml_tree import Mapping, Node, Scalar, Sequence

Value = str | tuple[str, ...]


class RawEntry(NamedTuple):
    """The keys and texts of one entry. It is a tuple because thousands are made.

    ``line`` (from 1) and ``offset`` (characters) are those of its ``- ``; ``end`` is the offset after it: of the
    next entry or the end of the text, after the comments and blank lines between (for ``{…}``: right after the brace).
    ``lines`` has the line of each key.
    """

    values: dict[str, Value]
    line: int
    lines: tuple[int, ...]
    offset: int
    end: int

    def line_of(self, key: str) -> int:
        """The line of ``key``, or of the entry if it has no such key."""
        return next((line for name, line in zip(self.values, self.lines, strict=True) if name == key), self.line)


def by_number(entries: Iterable[RawEntry]) -> dict[str, RawEntry]:
    """Entries by number, the first of a repeated one; those without are left to ``check``."""
    found: dict[str, RawEntry] = {}
    for raw in entries:
        number = raw.values.get("编号")
        if number and isinstance(number, str):
            found.setdefault(number, raw)
    return found


def flattened(mapping: Mapping, path: str) -> tuple[dict[str, Value], list[Diagnostic]]:
    """The values of a mapping that the tree reader gave, and what is no entry's value in it."""
    values: dict[str, Value] = {}
    diagnostics = []
    for key, pair in mapping.pairs.items():
        value = _flat_value(pair.node)
        if value is None:
            what = f"“{shown(key)}”下面又分了层，台账条目要平铺"
            fault = Fault(STRICT_CHECK, what, "值只写文字，或写成“  - 值”的列表")
            diagnostics.append(diagnostic_at(fault, path, pair.line))
        else:
            values[key] = value
    return values, diagnostics


def _flat_value(node: Node) -> Value | None:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        texts = tuple(item.text for item in node.items if isinstance(item, Scalar))
        return texts if len(texts) == len(node.items) else None
    return None
