"""Asks the questions of a day, and makes typed values of the rows that come back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhenggai.frozen import frozen, types_of
from zhenggai.model.money import Money
from zhenggai.rollup.answers import GroupSums
from zhenggai.rollup.groups import By, in_order
from zhenggai.rules.day.counts import Counts

if TYPE_CHECKING:
    import ibis

    from zhenggai.rollup.engine import Tables
    from zhenggai.rollup.questions.group_names import TypeOfProblem
    from zhenggai.rollup.rollup_file import County

Row = Mapping[str, Any]
"""A row that an engine gives, by the names of its columns."""


@frozen(slots=False)
class Question:
    """A day, what to group by, and the counties that have facts of that day. Each method asks one question."""

    tables: "Tables"
    day: date
    by: By
    counties: "Sequence[County]"

    def status(self) -> list[GroupSums]:
        """The sums of each group. Grouped by county, each county has a row."""
        from zhenggai.rollup.questions import status  # imported here, as below: only an engine's questions need Ibis

        groups: dict[str, dict[str, Any]] = {code: {} for code in self._names} if self.by is By.COUNTY else {}
        for asked in (status.task_sums, status.measure_sums, status.problem_sums):
            for row in _rows(asked(self.tables, self.day, self.by, self._types)):
                groups.setdefault(row["name"], {}).update(row)
        found = {self._named(name): row for name, row in groups.items()}
        return [
            GroupSums(
                name=name,
                counts=_counts(found[name]),
                red=found[name].get("red") or 0,
                money=_money(found[name]),
                amount=_yuan(found[name].get("amount")),
            )
            for name in self._in_order(found)
        ]

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The counties' names by their codes."""
        return {county.code: county.name for county in self.counties}

    @cached_property
    def _types(self) -> "Sequence[TypeOfProblem]":
        from zhenggai.rollup.questions.group_names import TypeOfProblem

        return [
            TypeOfProblem(county.code, plan, problem, name)
            for county in self.counties
            for (plan, problem), name in county.types.items()
        ]

    def _named(self, name: str) -> str:
        """The name of a group, of which the engine knows a county's code only."""
        return self._names[name] if self.by is By.COUNTY else name

    def _in_order(self, names: Iterable[str]) -> list[str]:
        return in_order(self.by, names, list(self._names.values()) if self.by is By.COUNTY else ())


def _rows(asked: "ibis.Table") -> list[Row]:
    """The rows of an answer."""
    found: list[Row] = asked.to_pyarrow().to_pylist()
    return found


def _counts(row: Row) -> Counts:
    """The counts that a row has; 0 for those it lacks."""
    return Counts(**{name: int(row.get(name) or 0) for name in types_of(Counts)})


def _money(row: Row) -> Money:
    return Money(*(_yuan(row.get(name)) or Decimal(0) for name in Money._fields))


def _yuan(amount: Decimal | None) -> Decimal | None:
    """An amount without the zeros at its end that a column's type gives it."""
    return None if amount is None else Decimal(f"{amount.normalize():f}")
