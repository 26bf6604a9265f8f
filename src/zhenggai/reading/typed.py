"""Converts a tree of texts into typed values with pydantic, and its errors into Chinese problems with file and line.

An invalid field is dropped if it is optional. If it is required, the list item that contains it (a measure, a phase) is
dropped. Everything else is kept.
"""

from collections.abc import Iterable
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, cast

from zhenggai.model.labels import label_of
from zhenggai.model.profile import DEFAULT, PROFILES, Profile
from zhenggai.model.source import Diagnostic, Level, Source, Where
from zhenggai.model.wording import nearest
from zhenggai.reading.field_readers import FieldReader, read_items, readers_of
from zhenggai.reading.pydantic import TypeAdapter, ValidationError
from zhenggai.reading.values import Unreadable
from zhenggai.reading.yaml_faults import HABIT_CHECK
from zhenggai.reading.yaml_tree import Mapping as MappingNode
from zhenggai.reading.yaml_tree import Node, Scalar
from zhenggai.reading.yaml_tree import Sequence as SequenceNode

CHECK = "字段"
_BY_UNIT = "写一个合计；各单位的写在措施的分工里：分工: [{单位: 甲局, 问题金额: 120万元}]"

_MEANT = dict.fromkeys(("整改资金", "涉及资金", "涉及金额", "涉案金额", "资金"), "问题金额")
"""Words that officials have for a key, but that look more like another one."""

BAD = object()
"""Placeholder for a value that was rejected and already reported."""

Loc = tuple[str | int, ...]
Chain = list[tuple[Any, str | int]]


@cache
def adapter(owner: Any) -> TypeAdapter[Any]:
    """The pydantic validator of a type, built on first use."""
    return TypeAdapter(owner)


@cache
def needs_only_name(owner: Any) -> bool:
    """Whether the name is the only field of a type that a file must give."""
    required = [f.name for f in fields(owner) if f.default is MISSING and f.default_factory is MISSING]
    return required == ["name"]


# --- plans and unit books: trees


class _TreeTyper:
    """Converts a tree of texts into nested dicts with Chinese keys and typed values, as input for pydantic."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.diagnostics: list[Diagnostic] = []

    def mapping(self, owner: type, node: Node) -> object:
        if not isinstance(node, MappingNode):
            return self._refuse(node.line, "这里应是“键: 值”", "写成“键: 值”，每行一个")
        readers = readers_of(owner)
        typed: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key, pair in node.pairs.items():
            reader = readers.get(key)
            if reader is None:
                self.diagnostics.append(unknown_key(Source(self.path, pair.line), key, readers))
                continue
            lines[reader.name] = pair.line
            typed[key] = self._value(reader, pair.node)
        typed["where"] = Where(self.path, node.line, lines)
        return typed

    def _value(self, reader: FieldReader, node: Node) -> object:
        if reader.keyed:
            if isinstance(node, MappingNode):
                read = self._listed if reader.many else self._scalar
                return {key: read(reader, pair.node) for key, pair in node.pairs.items()}
            return self._refuse(node.line, "这里应是“键: 值”", f"写成 {keyed_form(reader)}")
        if reader.nested is not None:
            return self._nested(reader.nested, reader.many, node)
        return self._listed(reader, node) if reader.many else self._scalar(reader, node)

    def _listed(self, reader: FieldReader, node: Node) -> object:
        items = node.items if isinstance(node, SequenceNode) else (node,)
        if not all(isinstance(item, Scalar) for item in items):
            return self._refuse(node.line, "列表里应是文字", "写成 [甲, 乙]")
        texts = [item.text for item in items if isinstance(item, Scalar)]
        try:
            return read_items(reader, texts, lambda what: self._note(node.line, what))
        except Unreadable as refused:
            return self._refuse(node.line, refused.what, refused.remedy)

    def _nested(self, owner: type, many: bool, node: Node) -> object:
        if owner is Profile:
            return self._profile(node)
        if not many:
            return self.mapping(owner, node)
        if not isinstance(node, SequenceNode):
            return self._refuse(node.line, "这里应是列表", "每项以“- ”开头")
        return [self._item(owner, item) for item in node.items]

    def _item(self, owner: type, node: Node) -> object:
        """An item of a list. A text is the name of something that needs no more than its name."""
        if (
            not isinstance(node, Scalar) or not needs_only_name(owner) or "：" in node.text
        ):  # 名称：县教育局 is a mapping
            return self.mapping(owner, node)
        label = label_of("name")
        where = Where(self.path, node.line, {"name": node.line})
        return {label: self._scalar(readers_of(owner)[label], node), "where": where}

    def _scalar(self, reader: FieldReader, node: Node) -> object:
        if reader.may_list and isinstance(node, SequenceNode) and node.items:
            texts = [item.text.strip() for item in node.items if isinstance(item, Scalar) and item.text.strip()]
            if len(texts) == len(node.items):
                return "、".join(texts)
        if not isinstance(node, Scalar):
            remedy = _BY_UNIT if reader.name == "amount" else "写成“键: 值”"
            return self._refuse(node.line, "这里应是一个值，不是列表或下级", remedy)
        try:
            return reader.read(node.text, lambda what: self._note(node.line, what))
        except Unreadable as refused:
            return self._refuse(node.line, refused.what, refused.remedy)

    def _profile(self, node: Node) -> object:
        """A profile: one by name, or a mapping whose values override those of the profile it names (by default 默认)."""
        if isinstance(node, Scalar):
            return self._profile_named(node.text, node.line) or BAD
        typed = self.mapping(Profile, node)
        if not isinstance(typed, dict):
            return typed
        name = typed.pop(label_of("name"), None)
        base = self._profile_named(name, typed["where"].of("name").line) if isinstance(name, str) else None
        for field in fields(Profile):
            if typed.get(label_of(field.name), BAD) is BAD:
                typed[label_of(field.name)] = getattr(base or DEFAULT, field.name)
        return typed

    def _profile_named(self, name: str, line: int) -> Profile | None:
        if name not in PROFILES:
            self._refuse(line, f"没有叫“{name}”的规则", f"现有：{'、'.join(PROFILES)}；或逐项写明天数")
        return PROFILES.get(name)

    def _note(self, line: int, what: str) -> None:
        self.diagnostics.append(habit(Source(self.path, line), what))

    def _refuse(self, line: int, what: str, remedy: str) -> object:
        self.diagnostics.append(Diagnostic(Source(self.path, line), CHECK, what, remedy))
        return BAD


def keyed_form(reader: FieldReader) -> str:
    """How a mapping with free keys is written."""
    return "{类型: [问题号, 问题号]}" if reader.many else "{代号: 名称}"


def habit(source: Source, what: str) -> Diagnostic:
    """The warning for a spelling that was understood but is not the standard one."""
    return Diagnostic(source, HABIT_CHECK, what, "已按此读取，建议照样改写", Level.WARNING)


def unknown_key(source: Source, key: str, known: Iterable[str]) -> Diagnostic:
    """The error for an unknown key, with the most similar known key."""
    known = list(known)
    near = [_MEANT[key]] if _MEANT.get(key) in known else nearest(key, known, 1)
    return Diagnostic(
        source, CHECK, f"不认识的键“{key}”", f"是不是“{near[0]}”？" if near else f"可用的键：{'、'.join(known)}"
    )


def type_tree(owner: type, node: Node, path: str) -> tuple[Any, list[Diagnostic]]:
    """An instance of ``owner`` from a tree, or None if it is unusable; and all problems."""
    typer = _TreeTyper(path)
    typed = typer.mapping(owner, node)
    if not isinstance(typed, dict):
        return None, typer.diagnostics
    value = _Validation(typed, path, typer.diagnostics).run(adapter(owner))
    return value, typer.diagnostics


class _Validation:
    """Validates nested dicts. Drops invalid parts, innermost first, until the rest is valid."""

    def __init__(self, typed: dict[str, Any], path: str, diagnostics: list[Diagnostic]) -> None:
        self.typed, self.path, self.diagnostics = typed, path, diagnostics
        self.said: set[tuple[int, str | int]] = set()  # reported fields: id of the dict, key

    def run(self, validator: TypeAdapter[Any]) -> Any:
        """The valid value, or None if a required part of the whole is invalid."""
        while True:
            try:
                return validator.validate_python(self.typed)
            except ValidationError as error:
                faults = error.errors(include_url=False)
            chains = [self._chain(fault["loc"]) for fault in faults]  # before anything is dropped
            for fault, chain in zip(faults, chains, strict=True):
                self._report(fault, *chain[-1])
            spared = [_taken_out(fault, chain) for fault, chain in zip(faults, chains, strict=True)]
            if not all(spared):
                return None
            _close_gaps(self.typed)

    def _report(self, fault: Any, holder: Any, key: str | int) -> None:
        if fault["input"] is not BAD and (id(holder), key) not in self.said:
            self.diagnostics.append(self._diagnostic(fault, holder, key))
        self.said.add((id(holder), key))

    def _chain(self, loc: Loc) -> Chain:
        """The path to a fault: each dict or list on the way, with the key or index followed in it."""
        chain: Chain = []
        here: Any = self.typed
        for key in loc:
            if not isinstance(here, dict | list):
                break
            chain.append((here, key))
            here = here[key] if isinstance(here, list) else here.get(key)  # type: ignore[index]  # the key of a list is an int
        return chain

    def _diagnostic(self, fault: Any, holder: Any, key: str | int) -> Diagnostic:
        where = holder.get("where") if isinstance(holder, dict) else None
        line = 1
        if isinstance(where, Where):
            line = next((n for name, n in where.fields.items() if label_of(name) == key), where.line)
        what, remedy = sentence(fault, str(key))
        return Diagnostic(Source(self.path, line), CHECK, what, remedy)


def _taken_out(fault: Any, chain: Chain) -> bool:
    """Drop the invalid field, or for a missing field the part that lacks it; False if that part is the whole."""
    holder, key = chain[-1]
    if fault["type"] != "missing":
        if isinstance(holder, dict):
            holder.pop(key, None)
        else:
            holder[key] = None
        return True
    if len(chain) == 1:
        return False
    around, at = chain[-2]
    if isinstance(around, list):
        around[cast("int", at)] = None
    else:
        around.pop(at, None)
    return True


def _close_gaps(here: Any) -> None:
    """Remove the dropped items (None) from every list."""
    if isinstance(here, dict):
        for value in here.values():
            _close_gaps(value)
    elif isinstance(here, list):
        here[:] = [item for item in here if item is not None]
        for item in here:
            _close_gaps(item)


def sentence(fault: Any, key: str) -> tuple[str, str]:
    """A pydantic error as (what is wrong, what to do), in Chinese."""
    match fault["type"]:
        case "missing":
            return f"缺少“{key}”", f"补上一行 {key}: …"
        case "literal_error" | "enum":
            expected = str(fault["ctx"]["expected"]).replace(" or ", "、").replace(", ", "、").replace("'", "")
            return f"“{fault['input']}”不是“{key}”能填的值", f"只能填：{expected}"
        case "none_required":
            return f"此事项不能填“{key}”", "删去这一行"
        case "tuple_type" | "list_type":
            return f"“{key}”应是列表", "每项一行，以“- ”开头"
        case _:
            return f"“{key}”的值不合要求", "对照说明改正"
