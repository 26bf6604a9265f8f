"""The facts that the benchmark of the roll-up makes up are such as counties publish."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from generated.facts import LIST, THROUGH, Size, write_counties

from zhenggai.rollup.intake import on_day, store_of, take_in
from zhenggai.rollup.rollup_file import read_rollup_file

_SUBJECTS = {
    "tasks": "plan, problem, measure, given",
    "problems": "plan, problem, measure",
    "phases": "plan, phase, measure",
    "scores": "plan, unit, unit_class",
}
SIZE = Size.of(10_000)


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("generated") / "facts"
    write_counties(root, SIZE)
    return root


@pytest.fixture(scope="module")
def asked(counties: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for table in (*_SUBJECTS, "activity"):
            connection.execute(
                f"CREATE VIEW {table} AS FROM read_parquet('{counties}/*/{table}/*.parquet', filename=true)"
            )
        yield connection


def test_has_the_rows_that_were_asked_for_and_no_row_twice(asked: duckdb.DuckDBPyConnection) -> None:
    counted = "SELECT count(*), (SELECT count(*) FROM (SELECT DISTINCT * FROM tasks)) FROM tasks"
    assert asked.execute(counted).fetchall() == [(10_000, 10_000)]
    assert (SIZE.rows, Size.of(10**6).rows, Size.of(10**8)) == (10_000, 10**6, Size(100, 5_000))


@pytest.mark.parametrize("table", _SUBJECTS)
def test_stretches_follow_each_other_without_a_gap(asked: duckdb.DuckDBPyConnection, table: str) -> None:
    following = f"""
        SELECT valid_from, valid_to, coalesce(lead(valid_from) OVER (PARTITION BY filename, {_SUBJECTS[table]} ORDER BY valid_from), $1)
        FROM {table}"""
    rows = asked.execute(following, [THROUGH + timedelta(1)]).fetchall()
    assert rows
    assert all(first < end == following for first, end, following in rows)


def test_is_taken_in_whole(counties: Path) -> None:
    listed = read_rollup_file(counties / LIST)
    kept, left_out = take_in(listed, store_of(listed))
    assert (len(kept), left_out) == (SIZE.counties, [])
    assert on_day(kept, None) == (THROUGH, kept, [])


def test_the_same_seed_makes_the_same_facts(tmp_path: Path) -> None:
    for name, seed in (("first", 1), ("again", 1), ("other", 2)):
        write_counties(tmp_path / name, Size(counties=1, tasks=10), seed)
    first, again, other = (
        (tmp_path / name / "第001县/manifest.json").read_bytes() for name in ("first", "again", "other")
    )
    assert first == again != other
