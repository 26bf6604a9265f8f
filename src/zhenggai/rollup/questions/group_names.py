"""The column ``name`` by which tasks, or problems, are grouped."""

from collections.abc import Sequence
from typing import NamedTuple

import ibis

from zhenggai.rollup.groups import NAMELESS, By

_COLUMNS = {
    By.COUNTY: "county",
    By.CATEGORY: "category",
    By.SOURCE: "source",
    By.NATURE: "nature",
    By.CLASS: "unit_class",
}


class TypeOfProblem(NamedTuple):
    """The 问题类型 of a problem of a county, by the province's list. Without a plan, it is that of the number in all its plans."""

    county: str
    plan: str | None
    problem: int
    type: str


def named(table: ibis.Table, by: By, types: Sequence[TypeOfProblem]) -> ibis.Table:
    """The table with a column ``name``: the group of each row. Of a county it is the code."""
    nameless = NAMELESS[by]
    if by is not By.TYPE:
        column = table[_COLUMNS[by]].fill_null("")
        return table.mutate(name=(column == "").ifelse(nameless, column))
    exact = _typed(table, [of for of in types if of.plan is not None], "county", "plan", "problem")
    both = _typed(exact, [of for of in types if of.plan is None], "county", "problem")
    return both.mutate(name=ibis.coalesce(both["type_by_plan"], both["type_by_problem"], nameless))


def _typed(table: ibis.Table, types: Sequence[TypeOfProblem], *keys: str) -> ibis.Table:
    """The table with the type of each row's problem, as the rows of ``types`` with these keys say it."""
    column = f"type_by_{keys[1]}"
    if not types:
        return table.mutate(**{column: ibis.null("string")})
    rows = [{**{f"of_{key}": getattr(of, key) for key in keys}, column: of.type} for of in types]
    fields = {f"of_{key}": "int64" if key == "problem" else "string" for key in keys} | {column: "string"}
    listed = ibis.memtable(rows, schema=ibis.schema(fields))
    joined = table.left_join(listed, [table[key] == listed[f"of_{key}"] for key in keys])
    return joined.drop(*(f"of_{key}" for key in keys))
