"""Edit of a plan: sets 期初, the last day of an old ledger."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from zhenggai.model.labels import label_of
from zhenggai.model.plan import Plan
from zhenggai.reading.yaml_tree import Scalar
from zhenggai.writing.edit.edit_text import FileEdit, Manuscript, file_edit
from zhenggai.writing.edit.yaml_lines import added_behind, added_pairs, new_text


def opened(root: Path, path: str, day: date) -> FileEdit:
    """The edit of a plan's file."""
    return file_edit(root, path, lambda text: opened_text(text, path, day))


def opened_text(text: str, path: str, day: date) -> tuple[str, Plan]:
    """The plan's text with its 期初, below 印发日期 if it had none, and the new plan. Raises ``NotEditable``."""
    manuscript = Manuscript(Plan, text, path)
    top, key, words = manuscript.top, label_of("opening"), day.isoformat()
    written, issued = (pair and pair.node for pair in map(top.pairs.get, (key, label_of("issued"))))
    if isinstance(written, Scalar):
        edit = new_text(written, words)
    elif isinstance(issued, Scalar):
        edit = added_behind(text, top, issued, {key: words})
    else:
        edit = added_pairs(text, top, {key: words})
    return manuscript.changed([edit], lambda plan: replace(plan, opening=day), top, {key: words})
