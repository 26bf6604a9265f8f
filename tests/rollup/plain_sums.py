"""The questions as plain loops over rows: what every engine must answer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from facts_rows import Rows

from zhenggai.facts.tables import ProblemFact, TaskFact
from zhenggai.model.money import NO_MONEY, Money
from zhenggai.rollup.answers import CountyUnitScore, DaySums, GroupPhase, GroupSums, OverdueTask
from zhenggai.rollup.groups import OF_PROBLEM, By, in_order
from zhenggai.rollup.rollup_file import County
from zhenggai.rules.day.counts import STANDINGS, Counts, standing_of
from zhenggai.rules.day.day_status import Group
from zhenggai.rules.day.duty_count import DutyCount
from zhenggai.rules.day.phase_outcome import PhaseOutcome
from zhenggai.rules.day.ranking import ClassRanking, ranking
from zhenggai.rules.plan.phases import AFTER

Facts = Mapping[str, Rows]
OfCounty = tuple[County, Any]
"""A row and its county."""


class Plainly:
    """Asks as ``rollup.asking.Question`` does."""

    def __init__(self, facts: Facts, day: date, by: By, counties: Sequence[County]) -> None:
        self.facts, self.day, self.by, self.counties = facts, day, by, counties

    def rows(self, table: str, day: date | None = None) -> list[OfCounty]:
        on = day or self.day
        return [
            (county, row)
            for county in self.counties
            for row in getattr(self.facts[county.code], table)
            if row.valid_from <= on < row.valid_to
        ]

    def tasks(self) -> list[tuple[County, TaskFact]]:
        return [(county, row) for county, row in self.rows("tasks") if row.in_force]

    def group(self, county: County, row: TaskFact | ProblemFact) -> str:
        match self.by:
            case By.COUNTY:
                return county.name
            case By.SOURCE:
                return row.source or "未写来源"
            case By.NATURE:
                return row.nature or "未写性质"
            case By.TYPE:
                types = county.types
                return types.get((row.plan, row.problem)) or types.get((None, row.problem)) or "未归类"
        assert isinstance(row, TaskFact)
        return row.category or "未写类别" if self.by is By.CATEGORY else row.unit_class or "未归类单位"

    def in_order(self, names: Iterable[str]) -> list[str]:
        return in_order(self.by, names, [c.name for c in self.counties] if self.by is By.COUNTY else ())

    def status(self) -> list[GroupSums]:
        tasks: dict[str, list[OfCounty]] = defaultdict(list)
        for county, row in self.rows("tasks"):
            tasks[self.group(county, row)].append((county, row))
        problems: dict[str, dict[object, list[OfCounty]]] = defaultdict(lambda: defaultdict(list))
        for county, row in self.rows("problems"):
            if self.by in OF_PROBLEM:
                problems[self.group(county, row)][county.code, row.plan, row.problem].append((county, row))
        names = {*tasks, *problems} | ({c.name for c in self.counties} if self.by is By.COUNTY else set())
        return [self._sums(name, tasks[name], problems[name]) for name in self.in_order(names)]

    def _sums(self, name: str, tasks: list[OfCounty], problems: dict[object, list[OfCounty]]) -> GroupSums:
        here = [(county, row) for county, row in tasks if row.in_force]
        amount, measures, standing = None, None, {}
        if self.by in OF_PROBLEM:
            groups = groups_of_measures(self.tasks())
            rows = [row for found in problems.values() for _, row in found]
            measures = sum(row.own and row.measure is not None for row in rows)
            amounts = [found[0][1].amount for found in problems.values() if found[0][1].amount is not None]
            amount = sum(amounts, Decimal(0)) if amounts else None
            standing = {
                key: {g for county, row in found for g in groups.get((county.code, row.plan, row.measure), ())}
                for key, found in problems.items()
            }
        else:
            groups = groups_of_measures(here)
            for county, row in self.rows("problems"):
                if (county.code, row.plan, row.measure) in groups:
                    key = (county.code, row.plan, row.problem)
                    standing[key] = standing.get(key, set()) | groups[county.code, row.plan, row.measure]
        return GroupSums(
            name=name,
            counts=counts_of([row for _, row in here], groups_of_measures(here).values(), standing.values(), measures),
            red=sum(row.red for _, row in here),
            money=money_of(row for _, row in tasks),
            amount=amount,
        )

    def rank(self) -> tuple[ClassRanking, ...]:
        of: dict[tuple[str, str], list[OfCounty]] = defaultdict(list)
        for county, row in self.tasks():
            of[county.code, "" if self.by is By.COUNTY else row.unit].append((county, row))
        weeks: Counter[tuple[str, str]] = Counter()
        units: dict[tuple[str, str], list[Any]] = defaultdict(list)
        seen = set()
        for county, row in self.rows("scores"):
            if (county.code, row.plan, row.unit) not in seen:
                weeks[county.code, "" if self.by is By.COUNTY else row.unit] += row.silent_weeks
            seen.add((county.code, row.plan, row.unit))
            units[county.code, row.unit].append(row)
        if self.by is By.COUNTY:
            scores = [
                score(county, county.name, of[county.code, ""], weeks[county.code, ""])
                for county in self.counties
                if of[county.code, ""]
            ]
            return (ClassRanking(None, ranking(scores)),)
        classes: dict[str | None, int] = {}
        members: dict[str | None, list[CountyUnitScore]] = defaultdict(list)
        for county in self.counties:
            known = sorted((rows[0].unit_nth, unit) for (code, unit), rows in units.items() if code == county.code)
            for _, unit in known:
                rows = units[county.code, unit]
                for name, nth in {row.unit_class: row.class_nth or 0 for row in rows}.items():
                    if of[county.code, unit]:
                        classes[name] = min(nth, classes.get(name, nth))
                        ended = any(row.ended for row in rows)
                        found = score(county, unit, of[county.code, unit], weeks[county.code, unit], ended)
                        members[name].append(found)
        order = sorted(classes, key=lambda name: (name is None, classes[name], name or ""))
        return tuple(ClassRanking(name, ranking(members[name])) for name in order)

    def overdue(self, top: int) -> tuple[int, list[OverdueTask]]:
        found = [(county, row) for county, row in self.tasks() if row.overdue]
        found.sort(key=lambda of: (of[1].due, of[0].code, of[1].plan, of[1].problem, len(of[1].measure), of[1][2:4]))
        return len(found), [
            OverdueTask(
                county=county.name,
                plan=row.plan,
                problem=row.problem,
                measure=row.measure,
                unit=row.unit,
                category=row.category,
                state=row.state,
                due=row.due,
                days=(self.day - row.due).days,
                light=row.light,
            )
            for county, row in found[:top]
            if row.due
        ]

    def phase(self, number: int | None) -> list[GroupPhase]:
        names = {(county.code, row.plan, row.phase): row.name for county, row in self.rows("phases")}
        due: dict[tuple[str, int, str | None], list[TaskFact]] = defaultdict(list)
        running: Counter[tuple[str, int, str | None]] = Counter()
        for county, row in self.tasks():
            group = self.group(county, row)
            if row.due_phase is not None:
                due[group, row.due_phase, names.get((county.code, row.plan, row.due_phase))].append(row)
            for of, phase in self.rows("phases"):
                if (of.code, phase.plan, phase.measure) == (county.code, row.plan, row.measure):
                    running[group, phase.phase, phase.name] += 1
        keys = {*due, *running}
        nth = {group: n for n, group in enumerate(self.in_order({group for group, _, _ in keys}))}
        order = sorted(keys, key=lambda key: (nth[key[0]], key[1] == AFTER, key[1], key[2] or ""))
        return [
            GroupPhase(*key, outcome_of(due[key]), running[key]) for key in order if number is None or key[1] == number
        ]

    def trend(self, days: Sequence[date]) -> list[DaySums]:
        found = []
        for day in days:
            rows = [row for _, row in self.rows("tasks", day)]
            here = [row for row in rows if row.in_force]
            counts = counts_of(here, (), (), 0)
            red = sum(row.red for row in here)
            found.append(DaySums(date=day, counts=counts, red=red, money=money_of(rows)))
        return found


def score(county: County, unit: str, tasks: list[OfCounty], weeks: int, ended: bool = False) -> CountyUnitScore:
    rows: list[TaskFact] = [row for _, row in tasks]
    return CountyUnitScore(
        county=county.name,
        unit=unit,
        counts=counts_of(rows, (), ()),
        due=sum(row.due_counts for row in rows),
        on_time=sum(row.due_counts and row.on_time for row in rows),
        extensions=sum(row.extensions for row in rows),
        returns=sum(row.returns for row in rows),
        relapses=sum(row.relapses for row in rows),
        silent_weeks=weeks,
        duties=DutyCount(
            sum(row.duties_on_time for row in rows),
            sum(row.duties_late for row in rows),
            sum(row.duties_missed for row in rows),
        ),
        red=sum(row.red for row in rows),
        ended=ended,
    )


def groups_of_measures(tasks: Iterable[OfCounty]) -> dict[tuple[str, str, str | None], set[Group]]:
    found: dict[tuple[str, str, str | None], set[Group]] = defaultdict(set)
    for county, row in tasks:
        found[county.code, row.plan, row.measure].add(Group(row.group))
    return dict(found)


def counts_of(
    tasks: Sequence[TaskFact],
    measures: Iterable[set[Group]],
    problems: Iterable[set[Group]],
    all_measures: int | None = None,
) -> Counts:
    of_measures, of_problems = list(measures), list(problems)
    completed = [row for row in tasks if row.group == Group.COMPLETED]
    followed = [row for row in completed if row.followed]
    standing = {
        f"{what}_{name.value}": sum(standing_of(groups) is name for groups in found)
        for what, found in (("measures", of_measures), ("problems", of_problems))
        for name in STANDINGS
    }
    return Counts(
        problems=len(of_problems),
        measures=len(of_measures) if all_measures is None else all_measures,
        tasks=len(tasks),
        **{group.value: sum(row.group == group for row in tasks) for group in Group},
        closed=sum(row.closed for row in completed),
        completed_then_followed=len(followed),
        completed_then_continuous=sum(row.continuous for row in followed),
        continuous=sum(row.continuous for row in tasks if row.group == Group.LONG_TERM),
        unread_deadline=sum(row.unread_deadline for row in tasks),
        overdue=sum(row.overdue for row in tasks),
        overdue_steps=sum(row.overdue_steps for row in tasks),
        **standing,
    )


def outcome_of(due: Sequence[TaskFact]) -> PhaseOutcome:
    on_time = sum(row.on_time for row in due)
    still = sum(row.group != Group.COMPLETED for row in due)
    return PhaseOutcome(len(due), on_time, len(due) - on_time - still, still, sum(row.overdue for row in due))


def money_of(rows: Iterable[TaskFact]) -> Money:
    money = NO_MONEY
    for row in rows:
        money = money.plus(Money(row.rectified, row.recovered, row.loss_avoided))
    return money
