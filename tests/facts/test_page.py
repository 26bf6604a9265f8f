"""The page about facts: its SQL says what it shows, and what the program's own lists say; it has every key of the manifest."""

import os
import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from small_repo import SHIPPED
from zhenggai.facts.manifest import File, Manifest
from zhenggai.facts.publish import open_plans, publish
from zhenggai.frozen import types_of
from zhenggai.ledger import open_ledger

PAGE = (SHIPPED / "docs/facts.md").read_text("utf-8")


@pytest.fixture
def county(tmp_path: Path, home: Path) -> Path:
    """The shipped plan and its facts."""
    for name in ("plans", "ledgers"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    publish(open_plans(tmp_path), tmp_path / "报数", date(2020, 12, 31), None)
    return tmp_path


def test_its_sql_gives_what_it_shows(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(county)
    found = re.search(r"```sql\n(.*?)```.*?\n\| (.*?) \|\n\|.*?\n\| (.*?) \|\n", PAGE, re.DOTALL)
    assert found is not None
    sql, heads, row = found.groups()
    assert sql.count("\n") == 3
    with duckdb.connect() as connection:
        answer = connection.execute(sql)
        assert [column[0] for column in answer.description or ()] == heads.split(" | ")
        (figures,) = answer.fetchall()
    assert " | ".join(map(str, figures)) == row
    counts = open_ledger(Path(os.curdir), "jcdj-2020").snapshot(date(2020, 6, 30)).counts
    assert figures == (counts.tasks, counts.completed, counts.overdue)


def test_it_has_every_key_of_the_manifest() -> None:
    section = PAGE.partition("\n## 清单\n")[2].partition("\n## ")[0]
    assert [key for key in (*types_of(Manifest), *types_of(File)) if f"`{key}`" not in section] == []
