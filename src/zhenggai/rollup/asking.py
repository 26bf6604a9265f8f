"""Asks the questions of a day, and makes typed values of the rows that come back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhenggai.errors import UsageError
from zhenggai.frozen import frozen, types_of
from zhenggai.model.money import Money
from zhenggai.rollup.answers import CountyUnitScore, DaySums, GroupPhase, GroupSums, OverdueTask
from zhenggai.rollup.groups import By, in_order
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.duty_count import DutyCount
from zhenggai.rules.day.phase_outcome import PhaseOutcome
from zhenggai.rules.day.ranking import ClassRanking, ranking
from zhenggai.rules.plan.phases import AFTER, BEFORE

if TYPE_CHECKING:
    import ibis

    from zhenggai.rollup.engine import Tables
    from zhenggai.rollup.questions.group_names import TypeOfProblem
    from zhenggai.rollup.rollup_file import County

# The modules of questions are imported where they are asked: they need Ibis, which takes half a second.

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
        from zhenggai.rollup.questions import status

        groups: dict[str, dict[str, Any]] = {code: {} for code in self._names} if self.by is By.COUNTY else {}
        for asked in (status.task_sums, status.measure_sums, status.problem_sums):
            for row in _rows(asked(self.tables, self.day, self.by, self._types)):
                groups.setdefault(row.pop("name"), {}).update(row)
        return [self._sums(group, groups[group]) for group in self._in_order(groups)]

    def _sums(self, group: str, row: Row) -> GroupSums:
        return GroupSums(
            name=self._named(group),
            counts=_counts(row),
            red=row.get("red") or 0,
            money=_money(row),
            amount=_yuan(row.get("amount")),
        )

    def rank(self) -> tuple[ClassRanking, ...]:
        """Grouped by county, the counties in one ranking without a name; else the units of all counties within their classes.

        Units in no class come last. Classes and units of equal places are in the order of the unit books and of the list of counties.
        """
        if self.by is By.COUNTY:
            return (ClassRanking(None, ranking(self._scores_of_counties())),)
        members: dict[str | None, list[CountyUnitScore]] = defaultdict(list)
        for unit_class, score in self._scores_of_units():
            members[unit_class].append(score)
        return tuple(ClassRanking(name, ranking(scores)) for name, scores in members.items())

    def overdue(self, top: int) -> tuple[int, list[OverdueTask]]:
        """The number of overdue tasks, and the longest overdue ones, the longest first."""
        from zhenggai.rollup.questions import overdue

        (total,) = _rows(overdue.total(self.tables, self.day))
        return total["total"], [
            OverdueTask(**row | {"county": self._names[row["county"]], "days": (self.day - row["due"]).days})
            for row in _rows(overdue.longest(self.tables, self.day, top))
        ]

    def phase(self, number: int | None) -> list[GroupPhase]:
        """The outcome of each group's phases in order, or of the one with that number; then of what was due after all of them.

        Raises ``UsageError`` for a number that no phase has.
        """
        from zhenggai.rollup.questions import phase

        found: dict[tuple[str, int, str | None], dict[str, int]] = defaultdict(dict)
        for asked in (phase.outcomes, phase.running):
            for row in _rows(asked(self.tables, self.day, self.by, self._types)):
                found[row["name"], row["phase"], row["phase_name"]].update(row)
        known = sorted({nth for _, nth, _ in found} - {BEFORE, AFTER})
        if number is not None and number not in known:
            raise UsageError(f"没有阶段 {number}\n  现有：{'、'.join(map(str, known)) or '无'}")
        order = {group: nth for nth, group in enumerate(self._in_order({group for group, _, _ in found}))}
        keys = sorted(found, key=lambda key: (order[key[0]], key[1] == AFTER, key[1], key[2] or ""))
        return [
            GroupPhase(self._named(group), nth, name, _outcome(row), row.get("running", 0))
            for group, nth, name in keys
            if number is None or nth == number
            for row in [found[group, nth, name]]
        ]

    def trend(self, days: Sequence[date]) -> list[DaySums]:
        """The sums of all tasks on some days, in their order."""
        from zhenggai.rollup.questions import trend

        first, until = min(days), max(days)
        changes = [(row["day"], 1, row) for row in _rows(trend.begun(self.tables, first, until))]
        changes += [(row["day"], -1, row) for row in _rows(trend.ended(self.tables, first, until))]
        changes.sort(key=lambda change: change[0], reverse=True)
        sums: dict[str, Any] = defaultdict(int)
        on_day = {}
        for day in sorted(set(days)):
            while changes and changes[-1][0] <= day:
                _, sign, row = changes.pop()
                for name, number in row.items():
                    if name != "day":
                        sums[name] += sign * number
            on_day[day] = DaySums(date=day, counts=_counts(sums), red=sums["red"], money=_money(sums))
        return [on_day[day] for day in days]

    def _scores_of_units(self) -> Iterator[tuple[str | None, CountyUnitScore]]:
        """The score of each unit, with its class, in the order in which classes and units stand. One in several classes comes with each."""
        from zhenggai.rollup.questions import rank

        sums = self._sums_by(rank.UNIT)
        nth = {code: n for n, code in enumerate(self._names)}
        rows = [row for row in _rows(rank.units(self.tables, self.day)) if (row["county"], row["unit"]) in sums]
        of_class: dict[str | None, int] = {}
        for row in rows:
            name, place = row["unit_class"], row["class_nth"] or 0
            of_class[name] = min(place, of_class.get(name, place))
        rows.sort(key=lambda row: (nth[row["county"]], row["unit_nth"], row["unit"]))
        rows.sort(key=lambda row: (row["unit_class"] is None, of_class[row["unit_class"]], row["unit_class"] or ""))
        for row in rows:
            of_tasks = sums[row["county"], row["unit"]]
            yield (
                row["unit_class"],
                self._score(row["county"], row["unit"], of_tasks, row["silent_weeks"], row["ended"]),
            )

    def _scores_of_counties(self) -> Iterator[CountyUnitScore]:
        """The score of each county that has tasks, in the order of the list."""
        from zhenggai.rollup.questions import rank

        sums = self._sums_by(rank.COUNTY)
        weeks: dict[str, dict[str, int]] = defaultdict(dict)
        for row in _rows(rank.units(self.tables, self.day)):
            weeks[row["county"]][row["unit"]] = row["silent_weeks"]  # the same in each class of the unit
        for code, name in self._names.items():
            if of_tasks := sums.get((code,)):
                yield self._score(code, name, of_tasks, sum(weeks[code].values()))

    def _sums_by(self, ranked: Sequence[str]) -> Mapping[tuple[str, ...], Row]:
        """The sums of the tasks of units, or of counties, by what they are ranked as."""
        from zhenggai.rollup.questions import rank

        rows = _rows(rank.task_sums(self.tables, self.day, ranked))
        return {tuple(row[name] for name in ranked): row for row in rows}

    def _score(self, code: str, unit: str, sums: Row, silent_weeks: int, ended: bool = False) -> CountyUnitScore:
        return CountyUnitScore(
            county=self._names[code],
            unit=unit,
            counts=_counts(sums),
            due=sums["due_tasks"],
            on_time=sums["on_time"],
            extensions=sums["extensions"],
            returns=sums["returns"],
            relapses=sums["relapses"],
            silent_weeks=silent_weeks,
            duties=DutyCount(sums["duties_on_time"], sums["duties_late"], sums["duties_missed"]),
            red=sums["red"],
            ended=ended,
        )

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The counties' names by their codes, in the order of the list."""
        return {county.code: county.name for county in self.counties}

    @cached_property
    def _types(self) -> "Sequence[TypeOfProblem]":
        from zhenggai.rollup.questions.group_names import TypeOfProblem

        return [
            TypeOfProblem(county.code, plan, problem, name)
            for county in self.counties
            for (plan, problem), name in county.types.items()
        ]

    def _named(self, group: str) -> str:
        """The name of a group, of which the engine knows a county's code only."""
        return self._names[group] if self.by is By.COUNTY else group

    def _in_order(self, groups: Iterable[str]) -> list[str]:
        return in_order(self.by, groups, tuple(self._names) if self.by is By.COUNTY else ())


def _rows(asked: "ibis.Table") -> list[dict[str, Any]]:
    """The rows of an answer."""
    found: list[dict[str, Any]] = asked.to_pyarrow().to_pylist()
    return found


def _counts(row: Row) -> Counts:
    """The counts that a row has; 0 for those it lacks."""
    return Counts(**{name: row.get(name) or 0 for name in types_of(Counts)})


def _outcome(row: Mapping[str, int]) -> PhaseOutcome:
    due, on_time, still = (row.get(name, 0) for name in ("due_tasks", "on_time", "open"))
    return PhaseOutcome(due, on_time, due - on_time - still, still, row.get("overdue", 0))


def _money(row: Row) -> Money:
    return Money(*(_yuan(row.get(name)) or Decimal(0) for name in Money._fields))


def _yuan(amount: Decimal | None) -> Decimal | None:
    """An amount without the zeros at its end that a column's type gives it."""
    return None if amount is None else Decimal(f"{amount.normalize():f}")
