"""Every type, kind and field of the files has a description for editors, and every description has its field."""

import json
from dataclasses import fields

import pytest

from zhenggai.model.descriptions import KINDS, TYPES, description_of, sentences
from zhenggai.model.entries import ENTRY_CLASSES, Recorded
from zhenggai.model.kinds import Kind
from zhenggai.reading.json_schema import SCHEMAS, schema_text


def test_every_field_has_a_sentence_and_every_sentence_a_field() -> None:
    used = set()
    for owner in (*TYPES, *ENTRY_CLASSES):
        for field in fields(owner):
            if field.name != "where":
                assert description_of(owner, field.name).endswith("。"), (owner, field.name)
                used |= {(owner, field.name), (Recorded if owner in ENTRY_CLASSES else owner, field.name)}
    assert sentences() <= used


def test_every_kind_has_a_sentence() -> None:
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_explain_every_type_and_key(name: str) -> None:
    schema = json.loads(schema_text(name))
    assert schema["title"] in {"整改方案", "单位册", "党组织册", "整改台账", "汇总名单"}
    for part in (schema, *schema["definitions"].values()):
        if "enum" not in part:
            assert part is schema or part["description"], part
            assert all(node["description"] for node in part.get("properties", {}).values()), part["title"]
