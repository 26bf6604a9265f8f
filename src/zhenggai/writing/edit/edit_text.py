"""Edits a plan or a unit book that a person wrote, as text.

The new text is parsed before it is written. The edit is accepted only if it reads as the old value with exactly the
change, and has no new errors. Changes of an issued plan are appended to the plan's file.
"""

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from zhenggai.errors import Unwritable
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import measure_number
from zhenggai.model.plan import Adjustment, Cancellation, Measure, Plan, Problem
from zhenggai.model.plan_change import Amendment, amended
from zhenggai.model.source import Diagnostic
from zhenggai.reading.encoding import utf8_text
from zhenggai.reading.files import MAX_FILE, TOO_LARGE
from zhenggai.reading.typed import type_tree
from zhenggai.reading.yaml_faults import lines_of
from zhenggai.reading.yaml_tree import Mapping as MappingNode
from zhenggai.reading.yaml_tree import Node, Scalar, read_tree
from zhenggai.reading.yaml_tree import Sequence as SequenceNode
from zhenggai.writing.atomic import Changes, read_bytes, writing
from zhenggai.writing.edit.yaml_lines import Edit, Value, added_item, added_pairs, block, edited, flow, list_indent_of
from zhenggai.writing.write_refusals import refuse_control


class NotEditable(Unwritable):
    """The change cannot be made in this text. The message says what to write by hand."""


@frozen
class FileEdit:
    """A file's bytes as read (``old``) and as they will be (``new``). ``value`` is the value that ``new`` reads as."""

    path: str
    old: bytes
    new: bytes
    value: Any

    def lines(self) -> list[str]:
        """The changed lines, as ``行号 - 旧`` and ``行号 + 新``."""
        shown: list[str] = []
        for old, new in self.changes():
            shown += [f"{n:>5} - {line}" for n, line in old]
            shown += [f"{n:>5} + {line}" for n, line in new]
        return shown

    def changes(self) -> Iterator[tuple[list[tuple[int, str]], list[tuple[int, str]]]]:
        """For each change, the numbered lines that go and those that come in their place."""
        old, new = (list(enumerate(lines_of(data.removeprefix(BOM_UTF8).decode()), 1)) for data in (self.old, self.new))
        matcher = SequenceMatcher(None, [line for _, line in old], [line for _, line in new], autojunk=False)
        for tag, begin, end, start, stop in matcher.get_opcodes():
            if tag != "equal":
                yield old[begin:end], new[start:stop]

    def write(self, root: Path) -> None:
        """Write the new bytes. Raises ``Changed`` if the file has changed since it was read."""
        with writing(root) as changes:
            self.write_with(changes, root)

    def write_with(self, changes: Changes, root: Path) -> None:
        """The same as part of the changes of a command."""
        changes.replace(root / self.path, self.old, self.new)


def file_edit(root: Path, path: str, change: Callable[[str], tuple[str, Any]]) -> FileEdit:
    """The edit of a UTF-8 file. ``change`` takes the text and returns the new text and its value. A BOM is kept."""
    old = read_bytes(root / path)
    if old is None:
        raise Unwritable(f"没有文件 {path}\n  下一步：从备份或版本库中恢复")
    mark, text = utf8_text(old, path, "改动")
    new, value = change(text)
    data = mark + new.encode()
    if len(data) > MAX_FILE:
        raise Unwritable(f"{path} 将{TOO_LARGE}\n  下一步：检查文件里是否混入了别的内容")
    return FileEdit(path, old, data, value)


class Manuscript:
    """A file that a person wrote, as text, tree and value, for one edit."""

    def __init__(self, owner: type, text: str, path: str) -> None:
        self.owner, self.text, self.path = owner, text, path
        tree, self.value, self.wrong = _read(owner, text, path)
        if not isinstance(tree, MappingNode) or self.value is None:
            raise NotEditable(f"{path} 读不了，没有写入\n  下一步：运行 zhenggai check，先改正文件里的错误")
        self.top = tree
        self.list_indent = list_indent_of(tree)

    def items(self, owner: MappingNode, name: str) -> list[MappingNode]:
        """The mappings in the list under a key. ``name`` is the key's English name."""
        pair = owner.pairs.get(label_of(name))
        listed = pair.node.items if pair and isinstance(pair.node, SequenceNode) else ()
        return [item for item in listed if isinstance(item, MappingNode)]

    def listed(self, owner: MappingNode, key: str, item: Value) -> Edit:
        """The edit that adds an item to the list under a key. A missing key is added too."""
        pair = owner.pairs.get(key)
        if pair is not None and isinstance(pair.node, SequenceNode):
            return added_item(self.text, pair.node, item, self.list_indent)
        return added_pairs(self.text, owner, {key: (item,)}, self.list_indent)

    def changed(
        self, edits: Sequence[Edit], expected: Callable[[Any], Any], owner: MappingNode, by_hand: Mapping[str, Value]
    ) -> tuple[str, Any]:
        """The edited text and its value. Raises ``NotEditable`` if the value is not as expected, or for new errors.

        ``by_hand`` is what the message then tells the user to write.
        """
        text = edited(self.text, edits)
        refuse_control(expected(self.value), before=self.value)
        _, value, wrong = _read(self.owner, text, self.path)
        if value == expected(self.value) and not wrong - self.wrong:
            return text, value
        written = [flow(by_hand)[1:-1]] if owner.flow else block(by_hand, self.list_indent)
        lines = "\n".join(f"    {line}" for line in written)
        raise NotEditable(
            f"改不了：{self.path} 第 {owner.line} 行这一项的写法比较特别，没有写入\n"
            f"  下一步：请手工在这一项（从第 {owner.line} 行起）里加上：\n{lines}"
        )


def _read(owner: type, text: str, path: str) -> tuple[Node | None, Any, Counter[tuple[str, str]]]:
    """Tree, value, and the number of diagnostics by level and check. Their lines and texts may shift with an edit."""
    tree, diagnostics = read_tree(text, path)
    value, more = type_tree(owner, tree, path) if tree is not None else (None, list[Diagnostic]())
    return tree, value, Counter((p.level, p.check) for p in (*diagnostics, *more))


# The fields of an adjustment or a cancellation, in the order in which they are written
_CHANGE_FIELDS = ("date", "recorded", "basis", "merged_into", "field", "old", "new")


def as_yaml(value: Any) -> Value:
    """A part of a plan or a unit book as YAML values under its Chinese keys. Empty fields are left out."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return value if isinstance(value, int) else str(value)
    if isinstance(value, tuple):
        return tuple(as_yaml(item) for item in value)
    assert is_dataclass(value)
    names = [f.name for f in fields(value) if f.name != "where"]
    if isinstance(value, Adjustment | Cancellation):
        names = [name for name in _CHANGE_FIELDS if name in names]
    given = {name: getattr(value, name) for name in names}
    if isinstance(value, Adjustment):
        given |= {name: texts[0] for name in ("old", "new") if len(texts := given[name]) == 1}
    return {label_of(name): as_yaml(item) for name, item in given.items() if item not in (None, ())}


def plan_edit(root: Path, path: str, amendment: Amendment) -> FileEdit:
    """The edit that appends a change to a plan's file."""
    return file_edit(root, path, lambda text: amended_text(text, path, amendment))


def amended_text(text: str, path: str, amendment: Amendment) -> tuple[str, Plan]:
    """The plan's text with the change appended, and the new plan. Raises ``NotEditable``."""
    manuscript = Manuscript(Plan, text, path)
    owner, key = _place(manuscript, amendment)
    item = as_yaml(amendment.part)
    if isinstance(amendment.part, Cancellation):
        edit, by_hand = added_pairs(text, owner, {key: item}, manuscript.list_indent), {key: item}
    else:
        edit, by_hand = manuscript.listed(owner, key, item), {key: (item,)}
    return manuscript.changed([edit], lambda plan: amended(plan, amendment), owner, by_hand)


def _place(manuscript: Manuscript, amendment: Amendment) -> tuple[MappingNode, str]:
    """The mapping and the key that the change goes under."""
    match amendment.part:
        case Problem():
            return manuscript.top, label_of("problems")
        case Measure():
            found = manuscript.items(manuscript.top, "problems")
            return _numbered(found, amendment.number, str.strip), label_of("measures")
        case Adjustment() | Cancellation() as part:
            problems = manuscript.items(manuscript.top, "problems")
            key = "adjustments" if isinstance(part, Adjustment) else "cancelled"
            if "-" not in amendment.number:
                return _numbered(problems, amendment.number, str.strip), label_of(key)
            measures = [m for problem in problems for m in manuscript.items(problem, "measures")]
            return _numbered(measures, amendment.number, measure_number), label_of(key)


def _numbered(found: Sequence[MappingNode], number: str, read: Callable[[str], str | None]) -> MappingNode:
    for node in found:
        pair = node.pairs.get(label_of("number"))
        if pair and isinstance(pair.node, Scalar) and read(pair.node.text) == number:
            return node
    raise NotEditable(f"在文件里找不到编号 {number}，没有写入\n  下一步：运行 zhenggai check，先改正文件里的错误")
