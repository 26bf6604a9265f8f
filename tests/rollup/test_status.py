"""``rollup status``: the sums of each group, as DuckDB gives them."""

from decimal import Decimal
from pathlib import Path

from facts_rows import FIRST, Rows, problem, store_of, task

from zhenggai.model.money import Money
from zhenggai.rollup.answers import GroupSums
from zhenggai.rollup.asking import Question
from zhenggai.rollup.engine import DUCKDB, tables_of
from zhenggai.rollup.groups import By
from zhenggai.rollup.rollup_file import County
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.day_status import Group


def test_counties_are_counted_side_by_side(tmp_path: Path) -> None:
    """甲县 has a problem with two measures, one of two units; 乙县 has a problem without a measure."""
    first = Rows(
        tasks=[
            task("1-1", "财政局", Group.COMPLETED, closed=True, rectified=Decimal(100)),
            task("1-1", "教育局", Group.IN_PROGRESS, overdue=True, red=True),
            task("1-2", "教育局", Group.LONG_TERM),
            task("1-3", "教育局", Group.COMPLETED, in_force=False, rectified=Decimal(5)),
        ],
        problems=[problem(1, "1-1", amount=Decimal(200)), problem(1, "1-2", amount=Decimal(200))],
    )
    found = status(tmp_path, {"0361": first, "0362": Rows(problems=[problem(1, None)])}, By.COUNTY)
    both = Counts(
        problems=1,
        measures=2,
        tasks=3,
        completed=1,
        closed=1,
        in_progress=1,
        long_term=1,
        overdue=1,
        problems_in_progress=1,
        measures_in_progress=1,
    )
    assert found == [
        GroupSums(name="县0361", counts=both, red=1, money=Money(Decimal(105)), amount=Decimal(200)),
        GroupSums(name="县0362", counts=Counts(problems=1)),
    ]


def status(store: Path, counties: dict[str, Rows], by: By) -> list[GroupSums]:
    listed = [County(code, f"县{code}", store / code, {}) for code in counties]
    with tables_of(DUCKDB, store, store_of(store, counties)) as tables:
        return Question(tables, FIRST, by, listed).status()
