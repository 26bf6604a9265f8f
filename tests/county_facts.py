"""Folders of facts with a task each, and lists of counties, to be taken in."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from zhenggai.facts.manifest import NAME, File, Manifest, manifest_text, path_of
from zhenggai.facts.parquet import write_table
from zhenggai.facts.tables import SCHEMA, TABLES, TaskFact
from zhenggai.rollup.rollup_file import RollupFile, read_rollup_file

SINCE, THROUGH = date(2026, 1, 1), date(2026, 11, 30)
Fact = TypeVar("Fact")
_BLANK: Mapping[type, Any] = {str: "", int: 0, bool: False, Decimal: Decimal(0)}


def fact(table: type[Fact], **said: Any) -> Fact:
    """A row of a table as said; what is not said is empty, 0 or missing. Its days have to be said."""
    blank = {name: _BLANK.get(hint) for name, hint in get_type_hints(table).items()}
    return table(**{**blank, **said})


def task(unit: str, through: date = THROUGH, plan: str = "p") -> TaskFact:
    """A task that is running since the first day."""
    return fact(
        TaskFact,
        plan=plan,
        problem=1,
        measure="1-1",
        given=unit,
        unit=unit,
        unit_class="乡镇",
        category="限期整改",
        sort="限期",
        valid_from=SINCE,
        valid_to=through + timedelta(1),
        in_force=True,
        state="整改中",
        group="in_progress",
        light="绿",
        round=1,
    )


def publish(
    folder: Path, county: str | None, unit: str = "城关镇", through: date = THROUGH, plans: Sequence[str] = ("p",)
) -> Manifest:
    """Write a folder of facts as a county does: a task of the unit in each plan."""
    files: dict[str, dict[str, File]] = {}
    for plan in plans:
        files[plan] = {}
        for name, table in TABLES.items():
            path = folder / path_of(name, plan)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            files[plan][name] = write_table(path, table, [task(unit, through, plan)] if table is TaskFact else [])
    manifest = Manifest(
        schema=SCHEMA,
        program="0.5.0",
        county=county,
        commit=None,
        dirty=False,
        demo=False,
        since=SINCE,
        through=through,
        plans=files,
    )
    (folder / NAME).write_text(manifest_text(manifest), "utf-8")
    return manifest


def listed(root: Path, *names: str) -> RollupFile:
    """A list of counties, each with its facts in the folder of its name, and codes from 1."""
    lines = (f"- {{名称: {name}, 代码: {nth}, 位置: {name}}}\n" for nth, name in enumerate(names, 1))
    root.mkdir(parents=True, exist_ok=True)
    (root / "汇总.yaml").write_text("县:\n" + "".join(lines), "utf-8")
    return read_rollup_file(root / "汇总.yaml")
