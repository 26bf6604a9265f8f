"""Text edits of YAML that a person wrote, at the positions that the reader gives. All other bytes stay.

New values are written in the style of their neighbours (block or flow), with the quotes of the canonical form.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from zhenggai.frozen import frozen
from zhenggai.model.numbers import measure_number
from zhenggai.reading.canonical_form import scalar
from zhenggai.reading.files import LINE_END
from zhenggai.reading.yaml_tree import Mapping as MappingNode
from zhenggai.reading.yaml_tree import Node, Scalar
from zhenggai.reading.yaml_tree import Sequence as SequenceNode

Value = str | int | Sequence["Value"] | Mapping[str, "Value"]
"""A value to write. A string is always written so that it reads as a string."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ENDS_IN_FLOW = re.compile(r"[,\[\]{}?:]")


@frozen
class Edit:
    """Replaces the characters from ``start`` up to ``end`` by ``new``."""

    start: int
    end: int
    new: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits applied. They must not overlap. Of two at the same position, the later one's text comes first."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def added_pairs(text: str, owner: MappingNode, pairs: Mapping[str, Value], list_indent: int = 0) -> Edit:
    """The edit that adds keys after the last key of a mapping."""
    if owner.flow:
        return _inline(owner, ", ".join(f"{key}: {flow(value)}" for key, value in pairs.items()), not owner.pairs)
    return _below(text, owner.column, owner.last, block(pairs, list_indent))


def added_behind(text: str, owner: MappingNode, neighbour: Scalar, pairs: Mapping[str, Value]) -> Edit:
    """The edit that adds keys to a mapping behind the key that has the value ``neighbour``."""
    if owner.flow:
        words = ", ".join(f"{key}: {flow(value)}" for key, value in pairs.items())
        return Edit(neighbour.end, neighbour.end, f", {words}")
    return _below(text, owner.column, neighbour.end, block(pairs))


def added_item(text: str, owner: SequenceNode, item: Value, list_indent: int = 0) -> Edit:
    """The edit that adds an item after the last item of a list, in the same style."""
    if owner.flow:
        return _inline(owner, flow(item), not owner.items)
    last = owner.items[-1] if owner.items else None
    in_block = isinstance(item, Mapping) and not (isinstance(last, MappingNode) and last.flow)
    lines = block(item, list_indent) if in_block and isinstance(item, Mapping) else [flow(item)]
    return _below(text, owner.column, owner.last, _dashed(lines))


def new_text(node: Scalar, value: Value) -> Edit:
    """The edit that replaces a scalar by a value."""
    return Edit(node.start, node.end, flow(value))


def added_comment(text: str, behind: int, comment: str) -> list[Edit]:
    """The edit that adds a comment at the end of the line, if only closing brackets follow the position ``behind``."""
    ended = LINE_END.search(text, behind)
    at = ended.start() if ended else len(text)
    return [Edit(at, at, f"  # {comment}")] if re.fullmatch(r"[\s,}]*", text[behind:at]) else []


def list_indent_of(tree: Node) -> int:
    """The indentation of a file's block lists, in columns relative to their keys."""
    pairs = tree.pairs.values() if isinstance(tree, MappingNode) else ()
    lists = [p.node.column - tree.column for p in pairs if isinstance(p.node, SequenceNode) and not p.node.flow]
    return lists[-1] if lists else 0


def _inline(owner: MappingNode | SequenceNode, words: str, empty: bool) -> Edit:
    return Edit(owner.last, owner.last, words if empty else f", {words}")


def _below(text: str, column: int, last: int, lines: Sequence[str]) -> Edit:
    """The edit that adds lines below what ends at the position ``last``, from a column on."""
    ended = LINE_END.search(text, _line_of_end(text, last))
    at = ended.start() if ended else len(text)
    first = ended or LINE_END.search(text)
    line_end = first[0] if first else "\n"
    return Edit(at, at, "".join(f"{line_end}{' ' * (column - 1)}{line}" for line in lines))


def _line_of_end(text: str, last: int) -> int:
    """A position on the last line of a value. A block text (``|``) ends after the line end, so one is subtracted."""
    for mark in ("\r\n", "\n", "\r"):
        if text.endswith(mark, 0, last):
            return last - len(mark)
    return last


def block(pairs: Mapping[str, Value], list_indent: int = 0) -> list[str]:
    """A mapping as lines, one for each key. Mappings, and lists of mappings, go below their key; other lists in brackets."""
    lines: list[str] = []
    for key, value in pairs.items():
        if isinstance(value, Mapping):
            lines += [f"{key}:", *(f"  {line}" for line in block(value, list_indent))]
        elif not isinstance(value, str | int) and any(isinstance(item, Mapping) for item in value):
            lines.append(f"{key}:")
            for item in value:
                inner = block(item, list_indent) if isinstance(item, Mapping) else [flow(item)]
                lines += [" " * list_indent + line for line in _dashed(inner)]
        else:
            lines.append(f"{key}: {_text(value) if isinstance(value, str) else flow(value)}")
    return lines


def _dashed(lines: Sequence[str]) -> list[str]:
    return [f"{'  ' if nth else '- '}{line}" for nth, line in enumerate(lines)]


def flow(value: Value) -> str:
    """A value on one line, in flow style.

    >>> print(flow({"日期": "2020-09-10", "措施": "3-6", "原": ["甲", "乙, 丙"], "现": "40"}))
    {日期: 2020-09-10, 措施: 3-6, 原: [甲, "乙, 丙"], 现: "40"}
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    words = _text(value)
    return json.dumps(value, ensure_ascii=False) if words == value and _ENDS_IN_FLOW.search(value) else words


def _text(text: str) -> str:
    """A string on one line. A date and a measure's number have no quotes, as everywhere in a plan."""
    return text if _DAY.fullmatch(text) or measure_number(text) == text else scalar(text)
