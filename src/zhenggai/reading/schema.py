"""JSON Schemas of plans, unit books and ledgers, made from the model, so that editors complete and check as one types.

VS Code's YAML extension reads them through the files' ``yaml-language-server`` line, ledgers through its settings.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zhenggai.model.organisations import OrganisationBook
from zhenggai.model.plan import Plan
from zhenggai.model.profile import PROFILES
from zhenggai.model.units import UnitBook
from zhenggai.reading.typed import adapter
from zhenggai.reading.typed_entries import entry_adapter

if TYPE_CHECKING:
    from zhenggai.reading.validation import TypeAdapter

SCHEMAS = ("plan", "units", "organisations", "ledger")
_TITLES = {"plan": "整改方案", "units": "单位册", "organisations": "党组织册", "ledger": "整改台账"}
_DRAFT = "http://json-schema.org/draft-07/schema#"  # what the YAML language server reads
_MEASURE = r"^[1-9][0-9]*-[1-9][0-9]*(-[1-9][0-9]*)?$"
_ENTRY = r"^[0-9]{8}-[0-9a-hjkmnp-tv-z]{8}$"
_PATTERNS: Mapping[tuple[str, str], dict[str, Any]] = {
    ("Measure", "编号"): {"pattern": _MEASURE},
    ("Step", "编号"): {"pattern": _MEASURE},
    ("Profile", "名称"): {"enum": list(PROFILES)},
}
_PERCENT = {"type": "integer", "minimum": 0, "maximum": 100}
_ENTRY_FIELDS: Mapping[str, dict[str, Any]] = {
    "编号": {"pattern": _ENTRY},
    "措施": {"pattern": _MEASURE},
    "针对": {"pattern": _ENTRY},
    "进度": _PERCENT,
    "验收得分": _PERCENT,
    "不满意票": _PERCENT,
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 7) of one kind of file, by its name in ``SCHEMAS``."""
    validators: dict[str, TypeAdapter[Any]] = {
        "plan": adapter(Plan),
        "units": adapter(UnitBook),
        "organisations": adapter(OrganisationBook),
        "ledger": entry_adapter(),
    }
    made = validators[name].json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    definitions.pop("Where", None)
    for owner, definition in definitions.items():
        _tidy(definition, owner, is_entry=name == "ledger")
    _tidy(made, name, is_entry=False)
    if name == "ledger":
        made.pop("discriminator", None)
        made = {"type": "array", "items": made}
    return {"$schema": _DRAFT, "title": _TITLES[name], **made, "definitions": definitions}


def schema_text(name: str) -> str:
    """The schema as the bytes of its file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def _tidy(definition: dict[str, Any], owner: str, *, is_entry: bool) -> None:
    """Chinese titles, what YAML writes for a text, the patterns of numbers; the reader's own field goes."""
    properties: dict[str, Any] = definition.get("properties", {})
    properties.pop("where", None)
    definition.pop("description", None)
    for label, node in properties.items():
        node["title"] = label
        node.pop("default", None)
        _as_written(node)
        node.update(_PATTERNS.get((owner, label), {}))
        if node.get("$ref", "").endswith("/Profile"):
            node["anyOf"] = [{"$ref": node.pop("$ref")}, {"enum": list(PROFILES)}]
        if is_entry:
            for option in (node, *node.get("anyOf", ())):
                if option.get("type") in (["string", "number"], "integer"):
                    option.update(_ENTRY_FIELDS.get(label, {}))


def _as_written(node: dict[str, Any]) -> None:
    """What YAML may write for a value: text may look like a number, 是 and 否 are words, a list of one may be a text."""
    for option in node.get("anyOf", ()):
        _as_written(option)
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
