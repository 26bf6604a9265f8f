"""Random facts: DuckDB answers every question as plain loops do."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from facts_rows import END, FIRST, Rows, rows_of_counties, store_of, together
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from plain_sums import Plainly

from zhenggai.rollup.asking import Question
from zhenggai.rollup.engine import DUCKDB, tables_of
from zhenggai.rollup.groups import By
from zhenggai.rollup.rollup_file import County

COUNTIES = (
    County("0362", "乙县", Path(), {("p", 1): "党的建设", (None, 1): "乡村振兴", (None, 2): "党的建设"}),
    County("0361", "甲县", Path(), {("q", 3): "民生"}),
)
DAYS = [FIRST + timedelta(days=n) for n in range(-1, (END - FIRST).days + 1)]


@given(rows_of_counties("p"), rows_of_counties("p"), rows_of_counties("q"), st.sampled_from(DAYS[1:-1]))
@settings(max_examples=2, phases=[Phase.generate])  # a smaller example would take minutes
def test_questions_are_answered_as_by_plain_loops(first: Rows, second: Rows, third: Rows, day: date) -> None:
    facts = {"0361": together(first, third), "0362": second}
    with TemporaryDirectory() as store, tables_of(DUCKDB, Path(store), store_of(Path(store), facts)) as tables:
        for by in By:
            asked, plainly = Question(tables, day, by, COUNTIES), Plainly(facts, day, by, COUNTIES)
            assert asked.status() == plainly.status(), by
            assert asked.phase(None) == plainly.phase(None), by
            if by in {By.COUNTY, By.CLASS}:
                assert asked.rank() == plainly.rank(), by
        assert asked.overdue(3) == plainly.overdue(3)
        assert asked.trend(DAYS) == plainly.trend(DAYS)
