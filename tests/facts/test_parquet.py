"""Tables as Parquet: what is written is read back, and the same rows give the same bytes."""

from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenggai.errors import Unwritable
from zhenggai.facts import parquet
from zhenggai.facts.parquet import columns_of, write_table
from zhenggai.facts.tables import TABLES


class Row(NamedTuple):
    """A column of each type, with and without missing values; one is named by a word of SQL."""

    plan: str
    group: str | None
    round: int
    phase: int | None
    red: bool
    own: bool | None
    valid_from: date
    due: date | None
    money: Decimal
    amount: Decimal | None


ROW = Row("p", None, 1, None, True, None, date(2020, 1, 1), None, Decimal("1E+2"), None)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20) | st.sampled_from(
    ("", '"', "=", "\r", "\n", "\r\n", ",", "NULL", "\\N", " 县教育局 ", "'); --")
)
WHOLE = st.integers(-(2**31), 2**31 - 1)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
MONEY = st.decimals(-(10**13), 10**13, places=10)


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    kinds = (TEXTS, WHOLE, st.booleans(), DAYS, MONEY)
    row = st.builds(Row, *chain.from_iterable((kind, kind | st.none()) for kind in kinds))
    return draw(st.lists(row, max_size=25))


def read(path: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows())
def test_what_is_written_is_read_back(tmp_path: Path, written: list[Row]) -> None:
    path = tmp_path / "一个'表.parquet"
    file = write_table(path, Row, written)
    assert read(path) == [row._replace(group=row.group or None) for row in written]
    assert (file.rows, file.bytes) == (len(written), path.stat().st_size)
    path.unlink()


@pytest.mark.parametrize("name", ["台账[1]", "a'b", "a{b,c}", "a%41", "s3=x", "unit=x"])
def test_the_name_of_a_folder_is_no_pattern_and_no_value(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    row = ("p", "u", "k", "2020-W15", 1)
    assert write_table(tmp_path / name / "p.parquet", TABLES["activity"], [row]).rows == 1
    (made,) = (tmp_path / name).iterdir()
    assert read(made.rename(tmp_path / "p.parquet")) == [row]


def test_the_types_are_those_of_the_table_without_rows_too(tmp_path: Path) -> None:
    for name, table in TABLES.items():
        write_table(tmp_path / name, table, ())
        with duckdb.connect() as connection:
            found = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(tmp_path / name)]).fetchall()
        assert [(column, sql) for column, sql, *_ in found] == [
            (column, sql) for column, (sql, _) in columns_of(table).items()
        ]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    written = [ROW._replace(round=nth, group=f"{nth % 7}") for nth in range(5_000)]
    once, again = (write_table(tmp_path / name, Row, iter(written)) for name in ("a", "b"))
    assert once == again
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert write_table(tmp_path / "c", Row, written[::-1]).sha256 != once.sha256


@pytest.mark.unix("device that is always full")
def test_a_full_disk_is_said(tmp_path: Path) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    with pytest.raises(Unwritable, match=r"^无法写入 full：磁盘已满\n  下一步：检查磁盘空间和网络盘$"):
        write_table(tmp_path / "full", Row, repeat(ROW, 3))


def test_what_else_the_system_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match=r"^无法写入 p\.parquet：文件夹不存在\n  下一步："):
        write_table(tmp_path / "没有" / "p.parquet", Row, [ROW], scratch=tmp_path)


def test_what_the_system_says_otherwise_is_said_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows gives its reasons in the user's language."""

    def refuse() -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        raise duckdb.IOException("Could not write file: 磁盘空间不足。\r\n")

    monkeypatch.setattr(parquet, "in_memory", refuse)
    with pytest.raises(Unwritable, match=r"^无法写入 a：.*磁盘空间不足。\n  下一步："):
        write_table(tmp_path / "a", Row, [ROW])
