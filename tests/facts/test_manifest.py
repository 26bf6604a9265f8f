"""The manifest of a folder of facts: what is written is read back, and what others made of it is named."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhenggai.errors import Exit
from zhenggai.facts.manifest import BadManifest, File, Manifest, manifest_text, read_manifest
from zhenggai.facts.tables import TABLES

FILE = File(rows=3, bytes=120, sha256="a" * 64)
MANIFEST = Manifest(
    schema=1,
    program="0.5.0",
    county="清河县",
    commit="b" * 40,
    dirty=True,
    demo=False,
    since=date(2020, 3, 1),
    through=date(2020, 12, 31),
    unread=("q",),
    plans={"p": dict.fromkeys(TABLES, FILE), "党建-2021": dict.fromkeys(TABLES, FILE)},
)


def said(path: Path, text: str | bytes) -> str:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadManifest) as fault:
        read_manifest(path)
    assert fault.value.exit_code == Exit.NOTHING
    return str(fault.value).replace(str(path), "清单")


def with_(**values: Any) -> str:
    return json.dumps({**json.loads(manifest_text(MANIFEST)), **values}, ensure_ascii=False)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    for manifest in (MANIFEST, replace(MANIFEST, county=None, commit=None, dirty=False, unread=(), plans={})):
        (tmp_path / "manifest.json").write_text(manifest_text(manifest), "utf-8")
        assert read_manifest(tmp_path / "manifest.json") == manifest


def test_its_text() -> None:
    made = replace(MANIFEST, commit=None, plans={"p": {"tasks": FILE}})
    assert (
        manifest_text(made)
        == """\
{
  "schema": 1,
  "program": "0.5.0",
  "county": "清河县",
  "commit": null,
  "dirty": true,
  "demo": false,
  "since": "2020-03-01",
  "through": "2020-12-31",
  "unread": [
    "q"
  ],
  "plans": {
    "p": {
      "tasks": {
        "rows": 3,
        "bytes": 120,
        "sha256": "%s"
      }
    }
  }
}
"""
        % ("a" * 64)
    )


def test_its_files() -> None:
    assert list(MANIFEST.files())[:2] == ["tasks/p.parquet", "problems/p.parquet"]


def test_what_a_later_program_adds_is_passed_over(tmp_path: Path) -> None:
    plans = json.loads(manifest_text(MANIFEST))["plans"]
    plans["p"]["../../tasks"] = plans["p"]["tasks"] | {"codec": "zstd"}
    (tmp_path / "m").write_text(with_(plans=plans, host="a"), "utf-8")
    assert read_manifest(tmp_path / "m") == MANIFEST


def test_a_newer_schema_is_no_damage(tmp_path: Path) -> None:
    assert said(tmp_path / "m", '{"schema": 2, "tables": []}') == (
        "清单 是更新的程序写的（格式 2，这里只认到 1）\n  下一步：程序旧了，先升级"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "不是 JSON，或不完整"),
        (manifest_text(MANIFEST)[:-9], "不是 JSON，或不完整"),
        (b"\xff\xfe", "不是 JSON，或不完整"),
        ("[" * 200_000, "不是 JSON，或不完整"),
        ("[]", "不是 JSON，或不完整"),
        ('{"name": "an extension", "version": 3}', "“schema”不对"),
        (with_(schema="1"), "“schema”不对"),
        (with_(schema=0), "“schema”不对"),
        (with_(through=None), "“through”不对"),
        (with_(through="2020-13-01"), "“through”不对"),
        (with_(through="2020-01-01"), "since 2020-03-01 在 through 2020-01-01 之后"),
        (with_(commit="HEAD"), "“commit”不对"),
        (with_(plans={"p": {"tasks": {"rows": -1, "bytes": 1, "sha256": "a" * 64}}}), "“plans.p.tasks.rows”不对"),
        (with_(plans={"p": {"tasks": {"rows": 1, "bytes": 1, "sha256": "a"}}}), "“plans.p.tasks.sha256”不对"),
        (with_(unread=[1]), "“unread.0”不对"),
        (with_(plans={"p": {}}), "方案 p 缺 tasks、problems、phases、scores、activity"),
        (with_(plans={"../p": {}}), "方案编号“../p”含有不能用于文件名的字符“/”"),
        (with_(plans={"..": {}}), "方案编号“..”是空的，或首尾是空格、点"),
        (with_(plans={"p": json.loads(manifest_text(MANIFEST))["plans"]["p"], "P": {}}), "方案编号“p”与“P”"),
    ],
)  # fmt: skip
def test_any_other_fault_is_named(tmp_path: Path, text: str | bytes, fault: str) -> None:
    assert said(tmp_path / "m", text).startswith(f"清单 不是报数的清单，或已损坏：{fault}")


def test_none_at_all(tmp_path: Path) -> None:
    with pytest.raises(BadManifest, match=r"^没有 .*：那里没有报数的文件，或正在更新\n  下一步："):
        read_manifest(tmp_path / "manifest.json")
    with pytest.raises(
        BadManifest, match=r" 不是报数的清单，或已损坏：不是普通文件（是链接、目录、管道或设备）\n  下一步："
    ):
        read_manifest(tmp_path)
