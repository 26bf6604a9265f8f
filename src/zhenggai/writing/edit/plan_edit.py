"""Appends a change to an issued plan, in the file that a person wrote (DESIGN §1 "A plan has a history")."""

from collections.abc import Callable, Sequence
from pathlib import Path

from zhenggai.model.labels import label_of
from zhenggai.model.numbers import measure_number
from zhenggai.model.plan import Adjustment, Cancellation, Finding, Measure, Plan
from zhenggai.model.plan_change import Amendment, amended
from zhenggai.reading.yaml_tree import Mapping as MappingNode
from zhenggai.reading.yaml_tree import Scalar
from zhenggai.writing.edit.edit_text import FileEdit, Manuscript, NotEditable, as_yaml, file_edit
from zhenggai.writing.edit.yaml_lines import added_pairs


def plan_edit(root: Path, path: str, amendment: Amendment) -> FileEdit:
    """The edit of a plan's file that appends a change."""
    return file_edit(root, path, lambda text: amended_text(text, path, amendment))


def amended_text(text: str, path: str, amendment: Amendment) -> tuple[str, Plan]:
    """The plan's text with the change appended, and the plan it says; ``NotEditable`` where that cannot be done."""
    manuscript = Manuscript(Plan, text, path)
    owner, key = _place(manuscript, amendment)
    item = as_yaml(amendment.part)
    if isinstance(amendment.part, Cancellation):
        edit, by_hand = added_pairs(text, owner, {key: item}, manuscript.list_indent), {key: item}
    else:
        edit, by_hand = manuscript.listed(owner, key, item), {key: (item,)}
    return manuscript.changed([edit], lambda plan: amended(plan, amendment), owner, by_hand)


def _place(manuscript: Manuscript, amendment: Amendment) -> tuple[MappingNode, str]:
    """The mapping that the change goes into, and under which key."""
    match amendment.part:
        case Finding():
            return manuscript.top, label_of("findings")
        case Measure():
            found = manuscript.items(manuscript.top, "findings")
            return _numbered(found, amendment.number, str.strip), label_of("measures")
        case Adjustment() | Cancellation() as part:
            findings = manuscript.items(manuscript.top, "findings")
            measures = [m for finding in findings for m in manuscript.items(finding, "measures")]
            key = "adjustments" if isinstance(part, Adjustment) else "cancelled"
            return _numbered(measures, amendment.number, measure_number), label_of(key)


def _numbered(found: Sequence[MappingNode], number: str, read: Callable[[str], str | None]) -> MappingNode:
    for node in found:
        pair = node.pairs.get(label_of("number"))
        if pair and isinstance(pair.node, Scalar) and read(pair.node.text) == number:
            return node
    raise NotEditable(f"在文件里找不到编号 {number}，没有写入\n  下一步：运行 zhenggai check，先改正文件里的错误")
