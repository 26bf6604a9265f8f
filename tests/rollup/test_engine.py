"""The engines: which files they open, and what a user is told that lacks one or has a file that cannot be read."""

import os
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from facts_rows import FIRST, Rows, problem, store_of, task

from zhenggai.errors import Exit, MissingLibrary, NothingToShow, ZhenggaiError
from zhenggai.rollup import engine
from zhenggai.rollup.engine import DUCKDB, SPARK, Tables, require_engine, tables_of
from zhenggai.rollup.groups import By
from zhenggai.rollup.questions.status import task_sums
from zhenggai.rules.day.day_status import Group

ROWS = Rows(tasks=[task("1-1", "财政局", Group.COMPLETED)], problems=[problem(1, "1-1")])


def counties(tables: Tables) -> dict[str, int]:
    """How many tasks each county has, by its code."""
    rows = task_sums(tables, FIRST, By.COUNTY, []).to_pyarrow().to_pylist()
    return {row["name"]: row["tasks"] for row in rows}


def test_only_the_counties_that_are_used_are_read(tmp_path: Path) -> None:
    """The name of a folder may be a pattern to an engine, and fit another folder."""
    store, other = tmp_path / "[汇]总 a*b", tmp_path / "汇总 acb"
    folders = store_of(store, {"0361": ROWS, "0362": ROWS})
    store_of(other, {"0361": ROWS})
    shutil.copytree(store / "county=0361", store / "county=0363")
    (store / "county=0363/tasks/p.parquet").write_bytes(b"damaged")
    with tables_of(DUCKDB, store, folders) as tables:
        assert counties(tables) == {"0361": 1, "0362": 1}


def test_duckdb_fetches_nothing(tmp_path: Path) -> None:
    with tables_of(DUCKDB, tmp_path, store_of(tmp_path, {"0361": ROWS})) as tables:
        settings = tables.tasks.get_backend().raw_sql(
            "SELECT current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"
        )
        assert settings.fetchone() == (False, False)


@pytest.mark.parametrize("name", ["county=0399", "plan=2020", "a=b"])
def test_the_name_of_a_folder_above_the_store_says_nothing(tmp_path: Path, name: str) -> None:
    """To an engine it may be a column and its value."""
    store = tmp_path / name
    with tables_of(DUCKDB, store, store_of(store, {"0361": ROWS})) as tables:
        assert counties(tables) == {"0361": 1}
        assert tables.tasks.select("plan").to_pyarrow().to_pylist() == [{"plan": "p"}]


@pytest.mark.parametrize("more", ["0361", "0362"])
def test_a_county_may_publish_more_columns(tmp_path: Path, more: str) -> None:
    folders = store_of(tmp_path, {"0361": ROWS, "0362": ROWS})
    path = tmp_path / f"county={more}/tasks/p.parquet"
    columns = "7 AS new, 'x' AS county, 'x' AS filename, 'x' AS \"zhenggai file\""
    duckdb.sql(f"COPY (SELECT {columns}, * FROM '{path}') TO '{path}.new' (FORMAT parquet)")
    os.replace(f"{path}.new", path)
    with tables_of(DUCKDB, tmp_path, folders) as tables:
        assert counties(tables) == {"0361": 1, "0362": 1}


@pytest.mark.parametrize("how", ["cut", "without its end", "zeros"])
def test_a_damaged_file_is_told_of(tmp_path: Path, how: str) -> None:
    """The digest was right when the file was taken in; the disk may lose it later."""
    folders = store_of(tmp_path, {"0361": ROWS})
    path = tmp_path / "county=0361/tasks/p.parquet"
    whole = path.read_bytes()
    values = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")  # what follows says where each column is
    damaged = {"cut": whole[:200], "without its end": whole[:-200], "zeros": bytes(values) + whole[values:]}
    path.write_bytes(damaged[how])
    with (
        pytest.raises(NothingToShow, match=r"DuckDB 没有算成：.*\n  下一步：再运行一次"),
        tables_of(DUCKDB, tmp_path, folders) as tables,
    ):
        counties(tables)


@pytest.mark.parametrize(
    ("name", "missing", "packages"),
    [
        (DUCKDB, "ibis", '"ibis-framework[duckdb]"'),
        (DUCKDB, "duckdb pyspark", '"ibis-framework[duckdb]"'),
        (SPARK, "pyspark", "pyspark"),
        ("spark://host:7077", "ibis duckdb pyspark", '"ibis-framework[duckdb]" pyspark'),
    ],
)
def test_all_libraries_that_are_missing_are_named_at_once(
    monkeypatch: pytest.MonkeyPatch, name: str, missing: str, packages: str
) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda asked: None if asked in missing.split() else object())
    with pytest.raises(MissingLibrary, match=rf"-m pip install {re.escape(packages)}；"):
        require_engine(name)


def test_java_that_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda _: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ZhenggaiError, match="要用 Java，这台电脑没有装\n  下一步：装 Java 17") as error:
        require_engine(SPARK)
    assert error.value.exit_code is Exit.MISSING
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ZhenggaiError, match=f"JAVA_HOME={tmp_path} 里没有 java"):
        require_engine("spark://host:7077")


def test_ctrl_c_while_duckdb_counts(tmp_path: Path) -> None:
    """It makes this error of it, see ``facts.database``."""
    with pytest.raises(KeyboardInterrupt), tables_of(DUCKDB, tmp_path, store_of(tmp_path, {"0361": ROWS})):
        raise RuntimeError("Query interrupted")
