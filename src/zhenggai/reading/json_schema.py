"""JSON Schemas of plans, books and ledgers, made from the model: editors complete, check and explain keys with them.

VS Code's YAML extension finds the schema of a plan or book by the ``yaml-language-server`` line in the file, and that of
ledgers by its settings.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from zhenggai.model.county_list import CountyList
from zhenggai.model.descriptions import KINDS, TYPES, description_of
from zhenggai.model.entries import ENTRY_CLASSES
from zhenggai.model.entry_classes import kinds_of
from zhenggai.model.labels import label_of
from zhenggai.model.organisations import OrganisationBook
from zhenggai.model.plan import Plan
from zhenggai.model.profile import PROFILES
from zhenggai.model.units import UnitBook
from zhenggai.reading.field_readers import readers_of
from zhenggai.reading.typed import adapter
from zhenggai.reading.typed_entries import entry_adapter

if TYPE_CHECKING:
    from zhenggai.reading.pydantic import TypeAdapter

IN_CLONES = ("plan", "units", "organisations", "ledger")
SCHEMAS = (*IN_CLONES, "counties")
TITLES = {
    "plan": "整改方案",
    "units": "单位册",
    "organisations": "党组织册",
    "ledger": "整改台账",
    "counties": "汇总名单",
}
_ROOTS: Mapping[str, type] = {
    "plan": Plan,
    "units": UnitBook,
    "organisations": OrganisationBook,
    "counties": CountyList,
}
_DRAFT = "http://json-schema.org/draft-07/schema#"  # what the YAML language server reads
_MEASURE = r"^[1-9][0-9]*-[1-9][0-9]*(-[1-9][0-9]*)?$"
_ENTRY = r"^[0-9]{8}-[0-9a-hjkmnp-tv-z]{8}$"
_NUMBER = r"^([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.[0-9]{1,10})?"
_AMOUNT = {"type": "string", "pattern": f"{_NUMBER}[万亿]?元$"}
_PATTERNS: Mapping[tuple[str, str], dict[str, Any]] = {
    ("Measure", "编号"): {"pattern": _MEASURE},
    ("Step", "编号"): {"pattern": _MEASURE},
    ("Measure", "问题金额"): _AMOUNT,
    ("Problem", "问题金额"): _AMOUNT,
    ("Share", "问题金额"): _AMOUNT,
    ("Problem", "方面"): {"minItems": 1},
    ("Problem", "具体表现"): {"minItems": 1},
    ("Problem", "同措施"): {"items": {"type": "string", "pattern": _MEASURE}, "minItems": 1},
    ("ListedCounty", "代码"): {"pattern": r"^[A-Za-z0-9][A-Za-z0-9-]{0,31}$"},
    ("ListedCounty", "问题类型"): {
        "additionalProperties": {
            "type": "array",
            "items": {"type": ["string", "integer"], "pattern": "^(.+/)?[1-9][0-9]{0,5}$", "minimum": 1},
            "minItems": 1,
        }
    },
    ("Profile", "名称"): {"enum": list(PROFILES)},
    ("Profile", "时区"): {"pattern": r"^[+-][0-9]{2}:[0-9]{2}$"},
}
_PERCENT = {"type": "integer", "minimum": 0, "maximum": 100}
_INCREMENT = {"pattern": f"{_NUMBER}([万亿]?元)?$", "minimum": 0}
_ENTRY_FIELDS: Mapping[str, dict[str, Any]] = {
    "编号": {"pattern": _ENTRY},
    "措施": {"pattern": _MEASURE},
    "针对": {"pattern": _ENTRY},
    "进度": _PERCENT,
    "整改金额": _INCREMENT,
    "追缴": _INCREMENT,
    "挽回损失": _INCREMENT,
    "验收得分": _PERCENT,
    "不满意票": _PERCENT,
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 7) of a kind of file; ``name`` is one of ``SCHEMAS``."""
    root = _ROOTS.get(name)
    validator: TypeAdapter[Any] = adapter(root) if root else entry_adapter()
    made = validator.json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    definitions.pop("Where", None)
    for owner in (*TYPES, *ENTRY_CLASSES):
        if definition := definitions.get(owner.__name__):
            _tidy(definition, owner)
    if root:
        _tidy(made, root)
    else:
        made.pop("discriminator", None)
        made = {"type": "array", "items": made}
    for definition in (made, *definitions.values()):
        _allow_names(definition, definitions)
    return {"$schema": _DRAFT, **made, "title": TITLES[name], "definitions": definitions}


def schema_text(name: str) -> str:
    """The schema as the text of its file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def _tidy(definition: dict[str, Any], owner: Any) -> None:
    """Add titles, descriptions and patterns to a definition, allow what YAML may contain, remove ``where``."""
    properties: dict[str, Any] = definition.get("properties", {})
    properties.pop("where", None)
    title, about = _described(owner)
    definition |= {"title": title, "description": about}
    names = {label_of(field.name): field.name for field in fields(owner)}
    for label, node in properties.items():
        node.pop("default", None)
        _as_written(node)
        node |= {"title": label, "description": description_of(owner, names[label])}
        node.update(_PATTERNS.get((owner.__name__, label), {}))
        if node.get("$ref", "").endswith("/Profile"):
            node["anyOf"] = [{"$ref": node.pop("$ref")}, {"enum": list(PROFILES)}]
        elif owner not in ENTRY_CLASSES and readers_of(owner)[label].may_list:
            options = node.pop("anyOf", None) or [{"type": node.pop("type")}]
            node["anyOf"] = [*options, {"type": "array", "items": {"type": ["string", "number"]}}]
        if owner in ENTRY_CLASSES:
            for option in (node, *node.get("anyOf", ())):
                if option.get("type") in (["string", "number"], "integer"):
                    option.update(_ENTRY_FIELDS.get(label, {}))


def _allow_names(definition: dict[str, Any], definitions: Mapping[str, Any]) -> None:
    """Let a list contain texts where its items need no more than their name."""
    for node in definition.get("properties", {}).values():
        items = node.get("items", {})
        item = definitions.get(items.get("$ref", "").rpartition("/")[2], {})
        if item.get("required") == [label_of("name")]:
            node["items"] = {"anyOf": [items, {"type": "string"}]}


def _described(owner: Any) -> tuple[str, str]:
    """The Chinese name of a type, and what it is; an entry class with several kinds has one line for each."""
    if owner in TYPES:
        return TYPES[owner]
    kinds = kinds_of(owner)
    lines = [KINDS[kind] if len(kinds) == 1 else f"{kind}：{KINDS[kind]}" for kind in kinds]
    return "、".join(kinds), "\n".join(lines)


def _as_written(node: dict[str, Any]) -> None:
    """Change a node to what YAML may contain: a text may look like a number, a list of one may be a text, 是 and 否 are words."""
    for option in node.get("anyOf", ()):
        _as_written(option)
    if isinstance(of_free_keys := node.get("additionalProperties"), dict):
        _as_written(of_free_keys)
    match node.get("type"):
        case "string" if "enum" not in node and "const" not in node and node.get("format") != "date":
            node["type"] = ["string", "number"]
        case "boolean":
            node.clear()
            node.update({"enum": ["是", "否"]})
        case "array" if node.get("items", {}).get("type") == "string":
            node.update({"type": ["array", "string"], "items": {"type": ["string", "number"]}})
        case "array" if node.get("items", {}).get("type") == "integer":
            node.update({"type": ["array", "integer"]})
    node.pop("pattern", None)
