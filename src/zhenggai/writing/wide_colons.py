"""Full-width colons that YAML takes for text: ``- 单位：县教育局`` is a text, ``{编号：1，名称：集中整改}`` a strange key.

Only colons after a known key are changed, and only where a key must stand: in list items and in the keys of a mapping.
"""

import re
from collections.abc import Iterator

from zhenggai.model.labels import LABELS
from zhenggai.model.organisations import OrganisationBook
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import ORGANISATIONS_FILE, UNITS_FILE
from zhenggai.reading.diagnosis import mistake_in
from zhenggai.reading.typed import type_tree
from zhenggai.reading.yaml_tree import Mapping as MappingNode
from zhenggai.reading.yaml_tree import Node, Scalar, Sequence, read_tree

_OWNERS: dict[str, type] = {UNITS_FILE: UnitBook, ORGANISATIONS_FILE: OrganisationBook}
_KEY = "(?:" + "|".join(sorted(map(re.escape, set(LABELS.values())), key=len, reverse=True)) + ")"
_BEGINS = re.compile(rf"{_KEY}\s*：")
_IN_BRACES = re.compile(rf"(?<=[{{,，\s])({_KEY})\s*：\s*")
_COMMA = re.compile(rf"\s*，\s*(?={_KEY}: )")


def with_narrow_colons(text: str, path: str) -> str:
    """The text of a plan or book with such colons corrected; unchanged if that would leave more errors."""
    tree, _ = read_tree(text, path)
    lines = text.split("\n")
    for first, last in _suspects(tree, text):
        lines[first - 1 : last] = map(_narrowed, lines[first - 1 : last])
    new = "\n".join(lines)
    return new if new != text and _errors(new, path) <= _errors(text, path) else text


def _suspects(node: Node | None, text: str) -> Iterator[tuple[int, int]]:
    """The first and last lines of the list items and keys that begin with a known key and a full-width colon."""
    match node:
        case Sequence():
            for item in node.items:
                if isinstance(item, Scalar) and item.plain and _BEGINS.match(item.text):
                    yield item.line, text.count("\n", 0, item.end) + 1
                yield from _suspects(item, text)
        case MappingNode():
            for key, pair in node.pairs.items():
                if _BEGINS.match(key):
                    yield pair.line, pair.line
                yield from _suspects(pair.node, text)


def _narrowed(line: str) -> str:
    mistake = mistake_in(line)
    narrow = mistake.corrected if mistake else line
    return _COMMA.sub(", ", _IN_BRACES.sub(r"\1: ", narrow)) if "{" in narrow else narrow


def _errors(text: str, path: str) -> int:
    tree, diagnostics = read_tree(text, path)
    more = type_tree(_OWNERS.get(path, Plan), tree, path)[1] if tree is not None else []
    return sum(diagnostic.level is Level.ERROR for diagnostic in (*diagnostics, *more))
