"""The facts that many counties publish, made up by DuckDB: no fold, as it would take days, but rows of the same kind.

A county has ten plans, one a year, and each is followed to the last day. Its facts are a folder as ``facts`` writes it.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb

from zhenggai import __version__
from zhenggai.facts.manifest import NAME, File, Manifest, manifest_text, path_of
from zhenggai.facts.parquet import columns_of
from zhenggai.facts.tables import SCHEMA, TABLES

THROUGH = date(2025, 12, 31)
LIST = "汇总.yaml"
_PLANS = 10
_STRETCHES = 20  # of a task, on average
_MOST_COUNTIES = 100
_LEAST_TASKS = 10  # of a plan: one measure
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "memory_limit": "500MB"}


class Size(NamedTuple):
    """How many counties there are, and how many tasks each of their plans has."""

    counties: int
    tasks: int

    @classmethod
    def of(cls, rows: int) -> "Size":
        """The size that has about this number of rows of tasks."""
        tasks = rows // (_PLANS * _STRETCHES)
        counties = min(max(tasks // _LEAST_TASKS, 1), _MOST_COUNTIES)
        return cls(counties, max(tasks // counties // _LEAST_TASKS, 1) * _LEAST_TASKS)

    @property
    def rows(self) -> int:
        """The number of rows of tasks."""
        return self.counties * _PLANS * self.tasks * _STRETCHES


def write_counties(root: Path, size: Size, seed: int = 1) -> None:
    """Write the facts of all counties into a folder each, and the list of them."""
    root.mkdir(parents=True)
    lines = [f"- {{名称: {name}, 代码: '{code}', 位置: {name}}}\n" for name, code in _counties(size)]
    (root / LIST).write_text("县:\n" + "".join(lines), "utf-8")
    with duckdb.connect(config=_SETTINGS) as connection, ThreadPoolExecutor(2) as pool:
        connection.execute(Path(__file__).with_suffix(".sql").read_text("utf-8"))

        def write(nth: int, name: str) -> None:
            _write_county(connection.cursor(), root / name, name, f"{seed}/{nth}", size)

        for written in [pool.submit(write, nth, name) for nth, (name, _) in enumerate(_counties(size))]:
            written.result()


def _counties(size: Size) -> Iterator[tuple[str, str]]:
    return ((f"第{nth + 1:03}县", f"{360_001 + nth}") for nth in range(size.counties))


def _write_county(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, key: str, size: Size) -> None:
    for table in TABLES:
        (folder / table).mkdir(parents=True)
    issues = [THROUGH - timedelta(365 * (_PLANS - nth) - 40) for nth in range(_PLANS)]
    plans = {
        f"p{issued.year}": {
            table: _write_table(connection, folder, table, f"p{issued.year}", issued, key, size) for table in TABLES
        }
        for issued in issues
    }
    manifest = Manifest(
        schema=SCHEMA,
        program=__version__,
        county=name,
        commit=hashlib.sha1(key.encode()).hexdigest(),
        dirty=False,
        demo=False,
        since=issues[0],
        through=THROUGH,
        plans=plans,
    )
    (folder / NAME).write_text(manifest_text(manifest), "utf-8")


def _write_table(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: str, plan: str, issued: date, key: str, size: Size
) -> File:
    path = folder / path_of(table, plan)
    columns = ", ".join(f'"{name}"::{sql} AS "{name}"' for name, (sql, _) in columns_of(TABLES[table]).items())
    units = max(size.tasks // 10, 10)
    made = f"{table}(hash('{key}/{plan}'), '{plan}', {size.tasks}, {units}, DATE '{issued}', DATE '{THROUGH}')"
    copy = f"COPY (SELECT {columns} FROM {made}) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
    (rows,) = connection.execute(copy).fetchall()[0]
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(rows=rows, bytes=path.stat().st_size, sha256=digest)
