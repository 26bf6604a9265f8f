"""Edits a person's YAML as text, at the lines the reader gives: what is not meant keeps every byte.

Values are written in the style of their neighbours (block or flow) and quoted as the canonical form quotes.
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
"""What is to be written; a text is a text, however it looks."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ENDS_IN_FLOW = re.compile(r"[,\[\]{}?:]")


@frozen
class Edit:
    """``new`` in the place of the characters from ``start`` up to ``end``."""

    start: int
    end: int
    new: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; they do not overlap, and of two at one place the later comes first."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def added_pairs(text: str, owner: MappingNode, pairs: Mapping[str, Value], list_indent: int = 0) -> Edit:
    """The edit that adds keys behind the last one of a mapping."""
    if owner.flow:
        return _inline(owner, ", ".join(f"{key}: {flow(value)}" for key, value in pairs.items()), not owner.pairs)
    return _below(text, owner, block(pairs, list_indent))


def added_item(text: str, owner: SequenceNode, item: Value, list_indent: int = 0) -> Edit:
    """The edit that adds an item behind the last one of a list, written as that one is."""
    if owner.flow:
        return _inline(owner, flow(item), not owner.items)
    last = owner.items[-1] if owner.items else None
    in_block = isinstance(item, Mapping) and not (isinstance(last, MappingNode) and last.flow)
    lines = block(item, list_indent) if in_block and isinstance(item, Mapping) else [flow(item)]
    return _below(text, owner, _dashed(lines))


def new_text(node: Scalar, value: Value) -> Edit:
    """The edit that writes a value in the place of a text."""
    return Edit(node.start, node.end, flow(value))


def added_comment(text: str, behind: int, comment: str) -> list[Edit]:
    """The edit that puts a comment at the end of a line, where nothing but closing brackets stands behind a place."""
    ended = LINE_END.search(text, behind)
    at = ended.start() if ended else len(text)
    return [Edit(at, at, f"  # {comment}")] if re.fullmatch(r"[\s,}]*", text[behind:at]) else []


def list_indent_of(tree: Node) -> int:
    """How far the lists of a file stand to the right of their keys."""
    pairs = tree.pairs.values() if isinstance(tree, MappingNode) else ()
    lists = [p.node.column - tree.column for p in pairs if isinstance(p.node, SequenceNode) and not p.node.flow]
    return lists[-1] if lists else 0


def _inline(owner: MappingNode | SequenceNode, words: str, empty: bool) -> Edit:
    return Edit(owner.last, owner.last, words if empty else f", {words}")


def _below(text: str, owner: MappingNode | SequenceNode, lines: Sequence[str]) -> Edit:
    """Lines below that on which a block ends, a comment at its end included, indented as the block is."""
    ended = LINE_END.search(text, _line_of_end(text, owner.last))
    at = ended.start() if ended else len(text)
    first = ended or LINE_END.search(text)
    line_end = first[0] if first else "\n"
    return Edit(at, at, "".join(f"{line_end}{' ' * (owner.column - 1)}{line}" for line in lines))


def _line_of_end(text: str, last: int) -> int:
    """A place on the line on which a value ends: a text below its key (``|``) ends behind its last line's end."""
    for mark in ("\r\n", "\n", "\r"):
        if text.endswith(mark, 0, last):
            return last - len(mark)
    return last


def block(pairs: Mapping[str, Value], list_indent: int = 0) -> list[str]:
    """A mapping as lines, a key each; mappings and lists of them below their key, other lists in brackets."""
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
    """A value on one line, as it may stand in brackets.

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
    """A text on its key's line; a day and a measure's number stand without quotes, as everywhere in a plan."""
    return text if _DAY.fullmatch(text) or measure_number(text) == text else scalar(text)
