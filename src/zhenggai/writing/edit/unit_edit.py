"""Edits of the unit book: rename a unit, merge it into another, add some, list an identity."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from zhenggai.model.labels import label_of
from zhenggai.model.units import Unit, UnitBook, UnitClass
from zhenggai.reading.data_folders import UNITS_FILE
from zhenggai.reading.yaml_tree import Mapping as MappingNode
from zhenggai.reading.yaml_tree import Scalar, Sequence, read_tree
from zhenggai.writing.edit.edit_text import FileEdit, Manuscript, NotEditable, as_yaml, file_edit
from zhenggai.writing.edit.yaml_lines import Edit, Value, added_comment, added_pairs, edited, new_text

_NAME, _FORMER, _IDENTITIES = label_of("name"), label_of("former_names"), label_of("identities")


def renamed(root: Path, unit: Unit, name: str, note: str = "") -> FileEdit:
    """The edit that renames a unit and keeps the old name under 曾用名.

    ``note`` becomes a comment at the end of the line, if there is room. The book has no date for a rename: both names are
    valid on all days.
    """
    former = (*unit.former_names, unit.name)

    def change(text: str) -> tuple[str, UnitBook]:
        manuscript = Manuscript(UnitBook, _spelled_out(text, unit), UNITS_FILE)
        node = _node_of(manuscript, unit)
        written = node.pairs[_NAME].node
        assert isinstance(written, Scalar)
        edits = [new_text(written, name), _one_more(manuscript, node, _FORMER, former)]
        edits += added_comment(manuscript.text, node.last if node.flow else written.end, note) if note else []
        by_hand: dict[str, Value] = {_NAME: name, _FORMER: former}
        return manuscript.changed(edits, _replaced(unit, name=name, former_names=former), node, by_hand)

    return file_edit(root, UNITS_FILE, change)


def identified(root: Path, unit: Unit, identity: str) -> FileEdit:
    """The edit that adds an identity to those of a unit."""
    identities = (*unit.identities, identity)

    def change(text: str) -> tuple[str, UnitBook]:
        manuscript = Manuscript(UnitBook, _spelled_out(text, unit), UNITS_FILE)
        node = _node_of(manuscript, unit)
        edits = [_one_more(manuscript, node, _IDENTITIES, identities)]
        return manuscript.changed(edits, _replaced(unit, identities=identities), node, {_IDENTITIES: identities})

    return file_edit(root, UNITS_FILE, change)


def _one_more(manuscript: Manuscript, node: MappingNode, key: str, words: tuple[str, ...]) -> Edit:
    """The edit that adds the last of some words under a key, which may lack or have a single word so far."""
    pair = node.pairs.get(key)
    if pair is not None and isinstance(pair.node, Scalar):
        return new_text(pair.node, words)
    if pair is None:
        return added_pairs(manuscript.text, node, {key: words})
    return manuscript.listed(node, key, words[-1])


def merged(root: Path, unit: Unit, heir: Unit, day: date) -> FileEdit:
    """The edit that ends a unit on the day before ``day``. From ``day`` on, ``heir`` has its open tasks."""
    until = day - timedelta(days=1)
    pairs: dict[str, Value] = {label_of("until"): until.isoformat(), label_of("merged_into"): heir.name}

    def change(text: str) -> tuple[str, UnitBook]:
        manuscript = Manuscript(UnitBook, _spelled_out(text, unit), UNITS_FILE)
        node = _node_of(manuscript, unit)
        edits = [added_pairs(manuscript.text, node, pairs)]
        return manuscript.changed(edits, _replaced(unit, until=until, merged_into=heir.name), node, pairs)

    return file_edit(root, UNITS_FILE, change)


def added(root: Path, *parts: Unit | UnitClass) -> FileEdit:
    """The edit that adds units and classes, each at the end of its list; at least one."""

    def change(text: str) -> tuple[str, UnitBook]:
        value = UnitBook()
        for part in parts:
            text, value = _with(text, part)
        return text, value

    return file_edit(root, UNITS_FILE, change)


def _with(text: str, part: Unit | UnitClass) -> tuple[str, UnitBook]:
    manuscript = Manuscript(UnitBook, text, UNITS_FILE)
    key, item = label_of("members" if isinstance(part, Unit) else "classes"), as_yaml(part)
    edits = [manuscript.listed(manuscript.top, key, item)]

    def expected(book: UnitBook) -> UnitBook:
        if isinstance(part, Unit):
            return replace(book, members=(*book.members, part))
        return replace(book, classes=(*book.classes, part))

    return manuscript.changed(edits, expected, manuscript.top, {key: (item,)})


def _replaced(unit: Unit, **changes: object) -> Callable[[UnitBook], UnitBook]:
    """A function that returns a unit book with one unit changed."""
    new = replace(unit, **changes)  # type: ignore[arg-type]  # names of Unit's own fields
    return lambda book: replace(book, members=tuple(new if u == unit else u for u in book.members))


def _spelled_out(text: str, unit: Unit) -> str:
    """The text in which the unit has its keys, where it was a name only: ``- 县教育局`` becomes ``- {名称: 县教育局}``."""
    tree, _ = read_tree(text, UNITS_FILE)
    listed = tree.pairs.get(label_of("members")) if isinstance(tree, MappingNode) else None
    items = listed.node.items if listed and isinstance(listed.node, Sequence) else ()
    names = [item for item in items if isinstance(item, Scalar) and item.text == unit.name]
    return edited(text, [new_text(name, {_NAME: unit.name}) for name in names])


def _node_of(manuscript: Manuscript, unit: Unit) -> MappingNode:
    for node in manuscript.items(manuscript.top, "members"):
        name = node.pairs.get(_NAME)
        if name and isinstance(name.node, Scalar) and name.node.text == unit.name:
            return node
    raise NotEditable(
        f"在 {UNITS_FILE} 里找不到“{unit.name}”，没有写入\n  下一步：运行 zhenggai check，先改正文件里的错误"
    )
