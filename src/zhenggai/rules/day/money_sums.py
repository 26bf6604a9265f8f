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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zhenggai.model.event_of_entry import Event
    from zhenggai.model.plan import Measure, Plan, Share
    from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask

_YUAN, USUAL_UNIT = "元", "万元"
_PARTS = 10**10  # of a yuan: amounts have at most ten decimals, a 分 in 亿元


@frozen
class MoneySums:
    """Money in yuan.

    - ``amount``: 问题金额; None if the plan gives none;
    - ``done``: what the tasks reported;
    - ``unit``: the unit in which people are shown them;
    - ``beside``: the part of ``done.rectified`` that belongs to problems without 问题金额. The rate leaves it out.
    """

    amount: Decimal | None
    done: Money
    unit: str
    beside: Decimal = Decimal(0)

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
        """``amount`` without what was rectified; below 0 if more was rectified; None without an amount."""
        return None if self.amount is None else self.amount - (self.done.rectified - self.beside)


@frozen(slots=False)
class PlanMoney:
    """The money of a snapshot. The sums of its problems add up to the whole."""

    snapshot: Snapshot
    unit: str

    @cached_property
    def tasks(self) -> tuple[SnapshotTask, ...]:
        """The tasks whose money counts: those in force, and those given up as long as their 问题金额 is in the plan.

        It is if the measure goes on without the unit, or if a problem of its own 问题金额 goes on without the measure.
        """
        plan = self.snapshot.plan
        lasting = {problem.number for problem in plan.problems if problem.amount}
        given_up = (t for t in self.snapshot.gone if t.measure in plan.measure_by_number or t.problem in lasting)
        return (*self.snapshot.tasks, *given_up)

    @cached_property
    def whole(self) -> MoneySums:
        """The sums of the whole plan."""
        parts = self.of_problem.values()
        amounts = [sums.amount for sums in parts if sums.amount is not None]
        if not amounts:
            return self.of_tasks(self.tasks)
        beside = sum((sums.done.rectified for sums in parts if sums.amount is None), Decimal(0))
        return self.of_tasks(self.tasks, sum(amounts, Decimal(0)), beside)

    @cached_property
    def of_problem(self) -> Mapping[int, MoneySums]:
        """The sums of each problem, by its number: of its own tasks, as it is counted."""
        tasks = grouped(attrgetter("problem"), self.tasks)
        return {f.number: self.of_tasks(tasks.get(f.number, ()), yuan_of(f)) for f in self.snapshot.plan.problems}

    @cached_property
    def of_measure(self) -> Mapping[str, MoneySums]:
        """The sums of each measure in force, by its number."""
        tasks = grouped(attrgetter("measure"), self.tasks)
        return {
            measure.number: self.of_tasks(tasks.get(measure.number, ()), yuan_of(measure))
            for _, measure in self.snapshot.plan.measures()
        }

    def of_part(self, tasks: Sequence[SnapshotTask]) -> MoneySums:
        """What some tasks did beside the 问题金额 that is theirs alone.

        It has no amount if one of them shares its 问题金额 with tasks that are not here, or rectified money without one.
        """
        amounts = list(self._amounts_of(tasks))
        known = [yuan for yuan in amounts if yuan is not None]
        return self.of_tasks(tasks, sum(known, Decimal(0)) if known and len(known) == len(amounts) else None)

    def _amounts_of(self, tasks: Iterable[SnapshotTask]) -> Iterator[Decimal | None]:
        """The amounts that are of these tasks alone: of whole problems, whole measures, units in 分工; None for an unknown one."""
        for number, of_problem in grouped(attrgetter("problem"), tasks).items():
            amount = self.of_problem[number].amount
            if amount is not None and len(of_problem) == self._sizes[number]:
                yield amount
                continue
            for measure, of_measure in grouped(attrgetter("measure"), of_problem).items():
                amount = self.of_measure[measure].amount if measure in self.of_measure else None
                if amount is not None and len(of_measure) == self._sizes[measure]:
                    yield amount
                    continue
                own = [self._of_share.get((measure, task.given)) for task in of_measure]
                yield from (
                    yuan
                    for yuan, task in zip(own, of_measure, strict=True)
                    if yuan is not None or amount is not None or number in self._undivided or task.row.money.rectified
                )

    @cached_property
    def _sizes(self) -> Mapping[int | str, int]:
        """How many tasks each problem and each measure has, by its number."""
        return Counter(number for task in self.tasks for number in (task.problem, task.measure))

    @cached_property
    def _undivided(self) -> frozenset[int]:
        """The problems of which the measures do not say where all of the 问题金额 is."""
        problems = self.snapshot.plan.problems
        return frozenset(f.number for f in problems if f.amount and (yuan_of_parts(f) or 0) < (yuan_of(f) or 0))

    @cached_property
    def _of_share(self) -> Mapping[tuple[str, str], Decimal]:
        """The 问题金额 of the units in 分工, by measure and unit."""
        return {
            (measure.number, self.snapshot.unit_name(share.unit)): amount.in_yuan()
            for _, measure in self.snapshot.plan.measures()
            for share in measure.shares
            if (amount := amount_of(share.amount or ""))
        }

    def of_tasks(
        self, tasks: Iterable[SnapshotTask], amount: Decimal | None = None, beside: Decimal = Decimal(0)
    ) -> MoneySums:
        """What some tasks did, beside an amount in yuan."""
        return MoneySums(amount, _sum(task.row.money for task in tasks), self.unit, beside)


def plan_money(snapshot: Snapshot) -> PlanMoney:
    """The money of a snapshot.

    It is shown in the unit of all 问题金额; if they have several or there is none, in 万元, or in 元 if it is less than 1万元.
    """
    units = {amount.unit for amount in map(amount_of, _amounts_in(snapshot.plan)) if amount}
    usual = USUAL_UNIT if units else unit_of(_sum(task.row.money for task in snapshot.tasks))
    return PlanMoney(snapshot, units.pop() if len(units) == 1 else usual)


def unit_of(done: Money) -> str:
    """The unit in which money is shown where the plan gives none: 万元, or 元 if it is less than 1万元."""
    return USUAL_UNIT if max(done) >= Amount(Decimal(1), USUAL_UNIT).in_yuan() else _YUAN


def yuan_of(part: Problem | Measure) -> Decimal | None:
    """The 问题金额 of a part of the plan in yuan: its own, else that of its parts together; None if there is none."""
    own = amount_of(part.amount or "")
    return own.in_yuan() if own else yuan_of_parts(part)


def yuan_of_parts(part: Problem | Measure) -> Decimal | None:
    """The 问题金额 of a problem's measures, or of a measure's units (分工), together in yuan; None if they have none."""
    if isinstance(part, Problem):
        amounts = [yuan for measure in part.measures if (yuan := yuan_of(measure)) is not None]
    else:
        amounts = [amount.in_yuan() for share in part.shares if (amount := amount_of(share.amount or ""))]
    return sum(amounts, Decimal(0)) if amounts else None


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
