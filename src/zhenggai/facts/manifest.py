"""The manifest of a folder of facts: whose they are, of which days, and the digest of each file.

A digest shows that a file was damaged or copied half. It does not show who made it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from zhenggai.errors import ZhenggaiError
from zhenggai.facts.tables import SCHEMA, TABLES
from zhenggai.frozen import frozen
from zhenggai.model.names import name_fault, twin_fault
from zhenggai.reading.files import NotRegular, open_regular
from zhenggai.reading.pydantic import Field, TypeAdapter, ValidationError
from zhenggai.writing.write_refusals import reason

NAME: Final = "manifest.json"
_MOST: Final = 10_000_000  # bytes; 10,000 plans have a third of it
_DIGEST: Final = r"^[0-9a-f]{64}$"

Number = Annotated[int, Field(ge=0)]


class BadManifest(ZhenggaiError):
    """A folder has no manifest, or one that cannot be used."""


@frozen
class File:
    """A file of facts: its rows, its size in bytes, its SHA-256."""

    rows: Number
    bytes: Number
    sha256: Annotated[str, Field(pattern=_DIGEST)]


@frozen(kw_only=True)
class Manifest:
    """What a county has published.

    - ``schema``: the version of the tables; ``program``: that of the program.
    - ``county``: its name, if it was given. ``demo``: the ledger is a demonstration.
    - ``commit``: the commit that was checked out, if git has one; ``dirty``: the data were not as in that commit.
    - ``since``, ``through``: the first and the last day of the facts.
    - ``unread``: the plans that could not be read, by the names of their files; nothing of them is published.
    - ``plans``: by plan number and name of the table, the file (``path_of``).
    """

    schema: Annotated[int, Field(ge=1)]
    program: Annotated[str, Field(max_length=100)]
    county: Annotated[str, Field(min_length=1, max_length=100)] | None
    commit: Annotated[str, Field(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")] | None
    dirty: bool
    demo: bool
    since: date
    through: date
    unread: tuple[Annotated[str, Field(max_length=255)], ...] = ()
    plans: Mapping[str, Mapping[str, File]]

    def files(self) -> dict[str, File]:
        """All files, by their paths in the folder."""
        return {path_of(table, plan): file for plan, tables in self.plans.items() for table, file in tables.items()}


def path_of(table: str, plan: str) -> str:
    """The path of a file in the folder of facts. No name begins with “_”: Spark and Arrow pass over such files, and say nothing.

    >>> path_of("tasks", "p"), path_of("tasks", "_p"), path_of("tasks", "+p")
    ('tasks/p.parquet', 'tasks/+_p.parquet', 'tasks/++p.parquet')
    """
    return f"{table}/{'+' * plan.startswith(('_', '+'))}{plan}.parquet"


def manifest_text(manifest: Manifest) -> str:
    """The manifest as JSON: one text for one manifest."""
    record = _adapter(Manifest).dump_python(manifest, mode="json")
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file. Raises ``BadManifest`` with the reason and what to do.

    The file may come from anybody. A name of a plan in it leads nowhere but into the folders of the tables.
    """
    data = _bytes(path)
    try:
        head: _Head = _adapter(_Head).validate_json(data, strict=True)
        if head.schema > SCHEMA:
            raise BadManifest(
                f"{path} 是更新的程序写的（格式 {head.schema}，这里只认到 {SCHEMA}）\n  下一步：程序旧了，先升级"
            )
        manifest: Manifest = _adapter(Manifest).validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise _bad(path, f"“{place}”不对" if place else "不是 JSON，或不完整") from None
    if fault := _fault(manifest):
        raise _bad(path, fault)
    plans = {plan: {table: files[table] for table in TABLES} for plan, files in manifest.plans.items()}
    return replace(manifest, plans=plans)  # a table more is a later program's


@frozen
class _Head:
    """What every version of a manifest says."""

    schema: Annotated[int, Field(ge=1)]


@cache
def _adapter(owner: type) -> TypeAdapter[Any]:
    return TypeAdapter(owner)


def _bytes(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            data = file.read(_MOST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise BadManifest(
            f"没有 {path}：那里没有报数的文件，或正在更新\n  下一步：核对文件夹，或过一会儿再试"
        ) from None
    except NotRegular:
        raise _bad(path, "不是普通文件（是链接、目录、管道或设备）") from None
    except OSError as error:
        raise BadManifest(f"读不了 {path}：{reason(error)}\n  下一步：核对权限和网络盘") from None
    if len(data) > _MOST:
        raise _bad(path, "太大")
    return data


def _fault(manifest: Manifest) -> str | None:
    """What pydantic does not see, in Chinese; None if there is nothing."""
    if manifest.since > manifest.through:
        return f"since {manifest.since} 在 through {manifest.through} 之后"
    for plan, files in manifest.plans.items():
        if fault := name_fault(plan) or twin_fault(plan, manifest.plans):
            return f"方案编号{fault}"
        if lacking := [table for table in TABLES if table not in files]:
            return f"方案 {plan} 缺 {'、'.join(lacking)}"
    return None


def _bad(path: Path, fault: str) -> BadManifest:
    return BadManifest(
        f"{path} 不是报数的清单，或已损坏：{fault}\n  下一步：请报数的县重新运行 zhenggai facts，再取一次"
    )
