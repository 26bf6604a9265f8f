"""Sums of money as of a day: 问题金额 beside what was rectified, recovered and saved, by problem, measure and unit."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cached_property, reduce
from operator import attrgetter
from typing import TYPE_CHECKING

from zhenggai.frozen import frozen
from zhenggai.model.money import NO_MONEY, Amount, Money, amount_of
from zhenggai.model.plan import Problem
from zhenggai.model.rates import rate
from zhenggai.rules.day.snapshot import grouped
from zhenggai.rules.task.reported_money import has_money, reported

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from zhenggai.model.event_of_entry import Event
    from zhenggai.model.plan import Measure, Plan, Share
    from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask

_YUAN, USUAL_UNIT = "元", "万元"
_PARTS = 10**10  # of a yuan: amounts have at most ten decimals, a 分 in 亿元


@frozen
class MoneySums:
    """Money in yuan.

    - ``amount``: 问题金额; None if the plan gives none, or if it is not known how much of it is of these tasks;
    - ``done``: what the tasks reported;
    - ``unit``: the unit in which people are shown them;
    - ``beside``: the part of ``done.rectified`` that belongs to problems without 问题金额. The rate leaves it out;
    - ``excess``: what was rectified of some parts beyond their 问题金额. It makes up for nothing that others still lack;
    - ``undivided``: whether ``amount`` is not known because the tasks share a 问题金额 with others.
    """

    amount: Decimal | None
    done: Money
    unit: str
    beside: Decimal = Decimal(0)
    excess: Decimal = Decimal(0)
    undivided: bool = False

    @property
    def has_money(self) -> bool:
        """Whether there is an amount or something was done."""
        return self.amount is not None or self.done != NO_MONEY

    @property
    def rectified_rate(self) -> float | None:
        """What was rectified of ``amount`` in percent, two decimals; None without an amount."""
        if self.amount is None:
            return None
        return rate(int((self.done.rectified - self.beside) * _PARTS), int(self.amount * _PARTS))

    @property
    def remaining(self) -> Decimal | None:
        """What is left of ``amount``, never below 0; None without an amount."""
        return None if self.amount is None else self.amount - (self.done.rectified - self.beside) + self.excess


def together(parts: Collection[MoneySums], unit: str) -> MoneySums:
    """The sums of several parts. They have an amount if it is known of each part that has one."""
    done = _sum(sums.done for sums in parts)
    undivided = any(sums.undivided for sums in parts)
    amounts = [sums.amount for sums in parts if sums.amount is not None]
    if undivided or not amounts:
        return MoneySums(None, done, unit, undivided=undivided)
    beside = (sums.done.rectified if sums.amount is None else sums.beside for sums in parts)
    excess = (sums.excess for sums in parts)
    return MoneySums(sum(amounts, Decimal(0)), done, unit, sum(beside, Decimal(0)), sum(excess, Decimal(0)))


@frozen(slots=False)
class PlanMoney:
    """The money of a snapshot. The sums of its problems add up to the whole.

    A part of the plan has the 问题金额 of the problems, measures and shares (分工) of which it has all tasks.
    """

    snapshot: Snapshot
    unit: str

    @cached_property
    def tasks(self) -> tuple[SnapshotTask, ...]:
        """The tasks whose money counts: those in force, and those given up with money as long as it ``is_counted_on``."""
        return self._counted(self.snapshot)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the snapshot, and those of which it has no more than tasks given up."""
        here = {f.number for f in self.snapshot.plan.problems} | {task.problem for task in self.tasks}
        return tuple(f for f in self._all.plan.problems if f.number in here)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the snapshot, and those of which it has no more than tasks given up."""
        here = {*self.snapshot.plan.measure_by_number, *(task.measure for task in self.tasks)}
        return tuple(m for _, m in self._all.plan.measures() if m.number in here)

    @cached_property
    def whole(self) -> MoneySums:
        """The sums of all tasks."""
        return together(self.of_problem.values(), self.unit)

    @cached_property
    def of_problem(self) -> Mapping[int, MoneySums]:
        """The sums of each problem, by its number: of its own tasks, as it is counted."""
        tasks = grouped(attrgetter("problem"), self.tasks)
        return {problem.number: self._of_problem(problem, tasks.get(problem.number, ())) for problem in self.problems}

    @cached_property
    def of_measure(self) -> Mapping[str, MoneySums]:
        """The sums of each measure in force, by its number."""
        tasks = grouped(attrgetter("measure"), self.tasks)
        return {
            measure.number: self._of_measure(measure.number, tasks.get(measure.number, ())) for measure in self.measures
        }

    def of_part(self, tasks: Iterable[SnapshotTask]) -> MoneySums:
        """What some tasks did beside the 问题金额 that is theirs alone.

        It has no amount if one of them shares its 问题金额 with tasks that are not here, or rectified money of a problem that
        has one without having a part of it.
        """
        of_problem = grouped(attrgetter("problem"), tasks)
        parts = [self._of_problem(self._problem_by_number[number], own) for number, own in of_problem.items()]
        return together(parts, self.unit)

    def around(self, task: SnapshotTask) -> Iterator[tuple[str, MoneySums]]:
        """The sums of a task's share, of its measure and of its problem, each with its name."""
        yield task.name, self._of_task(task, None)
        yield f"措施 {task.measure}", self.of_measure[task.measure]
        yield f"问题 {task.problem}", self.of_problem[task.problem]

    def _of_problem(self, problem: Problem, tasks: Collection[SnapshotTask]) -> MoneySums:
        if len(tasks) == self._sizes[problem.number]:
            return self._of_tasks(tasks, yuan_of(problem))
        of_measure = grouped(attrgetter("measure"), tasks)
        return together([self._of_measure(number, own) for number, own in of_measure.items()], self.unit)

    def _of_measure(self, number: str, tasks: Collection[SnapshotTask]) -> MoneySums:
        measure = self._all.plan.measure_by_number.get(number)
        amount = yuan_of(measure) if measure else None
        if amount is not None and len(tasks) == self._sizes[number]:
            return self._of_tasks(tasks, amount)
        return together([self._of_task(task, amount) for task in tasks], self.unit)

    def _of_task(self, task: SnapshotTask, of_measure: Decimal | None) -> MoneySums:
        own = self._of_share.get((task.measure, task.given))
        if own is not None:
            return self._of_tasks((task,), own)
        of_problem = yuan_of(self._problem_by_number[task.problem])
        shares = of_measure is not None or task.problem in self._undivided
        unknown = shares or (of_problem is not None and task.row.money.rectified != 0)
        return MoneySums(None, task.row.money, self.unit, undivided=unknown)

    def _of_tasks(self, tasks: Iterable[SnapshotTask], amount: Decimal | None) -> MoneySums:
        """What some tasks did beside an amount that is theirs."""
        done = _sum(task.row.money for task in tasks)
        excess = Decimal(0) if amount is None else max(Decimal(0), done.rectified - amount)
        return MoneySums(amount, done, self.unit, excess=excess)

    @property
    def _all(self) -> Snapshot:
        """The snapshot with all tasks, of which this one may be a part."""
        return self.snapshot.narrowed_from or self.snapshot

    def _counted(self, snapshot: Snapshot) -> tuple[SnapshotTask, ...]:
        given_up = (task for task in snapshot.gone if task.row.money != NO_MONEY)
        return (*snapshot.tasks, *(t for t in given_up if is_counted_on(self._all.plan, t.problem, t.measure)))

    @cached_property
    def _problem_by_number(self) -> Mapping[int, Problem]:
        return {problem.number: problem for problem in self._all.plan.problems}

    @cached_property
    def _sizes(self) -> Mapping[int | str, int]:
        """How many tasks each problem and each measure has, by its number."""
        return Counter(number for task in self._counted(self._all) for number in (task.problem, task.measure))

    @cached_property
    def _undivided(self) -> frozenset[int]:
        """The problems of which the measures do not say where all of the 问题金额 is."""
        problems = self._all.plan.problems
        return frozenset(f.number for f in problems if f.amount and (yuan_of_parts(f) or 0) < (yuan_of(f) or 0))

    @cached_property
    def _of_share(self) -> Mapping[tuple[str, str], Decimal]:
        """The 问题金额 of the units in 分工, by measure and unit."""
        return {
            (measure.number, self.snapshot.unit_name(share.unit)): yuan
            for _, measure in self._all.plan.measures()
            for share in measure.shares
            if (yuan := _yuan(share.amount)) is not None
        }


def is_counted_on(plan: Plan, problem: int, measure: str) -> bool:
    """Whether the money of a task that was given up still counts: as long as its 问题金额 is in ``plan``, that of a day.

    It is if the measure goes on without the unit, or if a problem of its own 问题金额 goes on without the measure.
    """
    return measure in plan.measure_by_number or any(f.amount for f in plan.problems if f.number == problem)


def plan_money(snapshot: Snapshot) -> PlanMoney:
    """The money of a snapshot.

    It is shown in the unit of all 问题金额; if they have several or there is none, in 万元, or in 元 if it is less than 1万元.
    """
    whole = snapshot.narrowed_from or snapshot
    units = {amount.unit for amount in map(amount_of, _amounts_in(whole.plan)) if amount}
    usual = USUAL_UNIT if units else unit_of(_sum(task.row.money for task in whole.tasks))
    return PlanMoney(snapshot, units.pop() if len(units) == 1 else usual)


def unit_of(done: Money) -> str:
    """The unit in which money is shown where the plan gives none: 万元, or 元 if it is less than 1万元."""
    return USUAL_UNIT if max(done) >= Amount(Decimal(1), USUAL_UNIT).in_yuan() else _YUAN


def yuan_of(part: Problem | Measure) -> Decimal | None:
    """The 问题金额 of a part of the plan in yuan: its own, else that of its parts together; None if there is none."""
    own = _yuan(part.amount)
    return yuan_of_parts(part) if own is None else own


def yuan_of_parts(part: Problem | Measure) -> Decimal | None:
    """The 问题金额 of a problem's measures, or of a measure's units (分工), together in yuan; None if they have none."""
    if isinstance(part, Problem):
        amounts = [yuan_of(measure) for measure in part.measures]
    else:
        amounts = [_yuan(share.amount) for share in part.shares]
    known = [yuan for yuan in amounts if yuan is not None]
    return sum(known, Decimal(0)) if known else None


def _yuan(text: str | None) -> Decimal | None:
    amount = amount_of(text or "")
    return amount.in_yuan() if amount else None


def done_in(entries: Iterable[tuple[SnapshotTask, Event]]) -> Money:
    """What some entries reported: pairs of a task and one of its events that count."""
    return _sum(reported(event, task.task.on(event.date).money_unit) for task, event in entries if has_money(event))


def _sum(money: Iterable[Money]) -> Money:
    return reduce(Money.plus, money, NO_MONEY)


def _amounts_in(plan: Plan) -> Iterable[str]:
    measures = [measure for _, measure in plan.measures()]
    shares = (share for measure in measures for share in measure.shares)
    parts: tuple[Problem | Measure | Share, ...] = (*plan.problems, *measures, *shares)
    return (part.amount for part in parts if part.amount)
