"""Makes the tasks of a plan, with their windows and their reviewers."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.money import amount_of
from zhenggai.model.plan import LEAD_UNIT, Measure, Plan, Problem
from zhenggai.model.units import Unit, UnitBook
from zhenggai.rules.plan.phases import context_of, phase_windows
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.life import SORT_OF
from zhenggai.rules.task.schedule import Frame, category_of, schedule_of
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState


@frozen
class Reviewers:
    """The reviewers of a task: the units of 初审, and the unit of 复核. No unit is in both, and the task's own unit is in neither."""

    first: frozenset[str]
    second: str | None


def reviewers_of(
    plan: Plan, units: UnitBook, lead: Sequence[str], own: frozenset[str], as_of: date, acceptor: str | None = None
) -> Reviewers:
    """The reviewers of a task of the units ``own``, by the plan's 审核 chain.

    ``acceptor`` (验收单位), if it is in the unit book, stands for the unit of 复核. A reviewer that is in ``own`` must step back (回避), and a stand-in replaces it. If a reviewer was merged into another
    unit by ``as_of``, that other unit reviews.
    """
    chain = plan.review
    if chain is None:
        return Reviewers(frozenset(), None)

    def names(words: Sequence[str]) -> list[str]:
        return [units.carrier(word, as_of) for word in words]

    stand_ins = [name for name in names(chain.stand_in) if name not in own]
    accepting = [acceptor] if acceptor and units.unit_named(acceptor) else []
    second = next((n for n in (*names([*accepting, chain.second_review]), *stand_ins) if n not in own), None)
    chosen = list(lead) if chain.first_review == LEAD_UNIT else names([chain.first_review])
    first = frozenset(n for n in chosen if n not in own and n != second)
    return Reviewers(first or frozenset([n for n in stand_ins if n != second][:1]), second)


def supervisor_of(plan: Plan, units: UnitBook, own: frozenset[str], second: str | None, day: date) -> str | None:
    """The unit that supervises ``own`` on a day: 督办单位, or ``second`` (复核单位) if 督办单位 is itself in ``own``."""
    named = units.carrier(plan.supervisor, day) if plan.supervisor else None
    return second if named in own else named


def overseers_of(plan: Plan, units: UnitBook, day: date) -> frozenset[str]:
    """The units that oversee other units on a day: 督办单位, 复核单位, and the stand-ins for 复核单位."""
    chain = plan.review
    words = (plan.supervisor, *((chain.second_review, *chain.stand_in) if chain else ()))
    return frozenset(units.carrier(word, day) for word in words if word)


def acceptors_of(plan: Plan, units: UnitBook, day: date) -> frozenset[str]:
    """The units of the book that accept the work of some measure (验收单位) on a day."""
    words = (measure.acceptor for _, measure in plan.measures() if measure.acceptor)
    return frozenset(units.carrier(word, day) for word in words if units.unit_named(word))


def tasks_of(plan: Plan, units: UnitBook, as_of: date) -> tuple[Task, ...]:
    """All tasks of a plan on ``as_of``, in the plan's order. ``plan`` is the plan in force on that day (see ``plan_at``)."""
    frame = Frame(plan, phase_windows(plan))
    return tuple(
        task
        for problem, measure in plan.measures()
        for task in _tasks_of_measure(frame, units, problem, measure, as_of)
    )


def lead_units(units: UnitBook, measure: Measure, as_of: date) -> list[str]:
    """The full names of the units that lead a measure (牵头单位) on a day, or of those that took them over."""
    return [units.successor(unit, as_of).name for unit in units.expand(measure.lead_units, as_of)]


def measures_led_by(names: Collection[str], plan: Plan, units: UnitBook, as_of: date) -> frozenset[str]:
    """The numbers of the measures that any of some units (full names) leads on a day."""
    return frozenset(m.number for _, m in plan.measures() if not set(lead_units(units, m, as_of)).isdisjoint(names))


def responsible_units(plan: Plan, units: UnitBook, measure: Measure, as_of: date) -> list[Unit]:
    """The units responsible for a measure on a day, without the units in 除外."""
    base = measure.since or plan.issued
    excepted = {unit.name for unit in units.expand(measure.except_units, as_of, base)}
    return [unit for unit in units.expand(measure.units, as_of, base) if unit.name not in excepted]


def _tasks_of_measure(frame: Frame, units: UnitBook, problem: Problem, measure: Measure, as_of: date) -> Iterator[Task]:
    plan = frame.plan
    category = category_of(measure, context_of(plan, frame.windows, measure.since))
    lead = lead_units(units, measure, as_of)
    shares = {unit.name: share for share in measure.shares if (unit := units.unit_named(share.unit))}
    common = schedule_of(frame, problem, measure, category, None)
    in_charge = measure.leader_in_charge or plan.leader_in_charge
    first_responsible = measure.first_responsible or plan.first_responsible
    guiding = tuple(units.carrier(word, as_of) for word in measure.guiding_units or plan.guiding_units)
    outside = measure.acceptor if measure.acceptor and not units.unit_named(measure.acceptor) else None
    for unit in responsible_units(plan, units, measure, as_of):
        share = shares.get(unit.name)
        amount = amount_of((share and share.amount) or measure.amount or problem.amount or "")
        holder = units.successor(unit, as_of).name
        own = frozenset((unit.name, holder))
        reviewers = reviewers_of(plan, units, lead, own, as_of, measure.acceptor)
        deputy = reviewers_of(plan, units, lead, own, as_of).second if measure.acceptor and not outside else None
        yield Task(
            key=Address(measure.number, unit.name),
            problem=problem.number,
            measure=measure,
            category=category,
            sort=SORT_OF[category],
            schedule=schedule_of(frame, problem, measure, category, share) if share and share.deadline else common,
            holder=holder,
            person=(share and share.person) or measure.person,
            leader=(share and share.leader) or measure.leader,
            leader_in_charge=(share and share.leader_in_charge) or in_charge,
            first_responsible=(share and share.first_responsible) or first_responsible,
            guiding_units=guiding,
            lead=frozenset(lead),
            first_reviewers=reviewers.first,
            second_reviewer=reviewers.second,
            outside_acceptor=outside,
            deputy_reviewer=deputy,
            supervisor=supervisor_of(plan, units, own, reviewers.second, as_of),
            on_site=plan.review.on_site if plan.review else False,
            notice_days=plan.review.notice_days if plan.review else 7,
            opening=plan.opening,
            money_unit=amount.unit if amount else None,
        )


def held_by(task: Task, head: TaskState, units: UnitBook) -> Task:
    """The task with its responsible unit. A task closed before a merger of units stays with the unit that closed it."""
    if head.closed is None or task.holder == task.key.unit:
        return task
    return replace(task, holder=units.successor(units.by_name[task.key.unit], head.closed).name)
