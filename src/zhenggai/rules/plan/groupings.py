"""What a plan and its unit book say of problems and units by which tasks are grouped, in the order in which they name it."""

from collections.abc import Iterable, Sequence
from datetime import date

from zhenggai.model.plan import Plan, Problem
from zhenggai.model.units import UnitBook


def in_order(names: Iterable[str], known: Sequence[str]) -> list[str]:
    """Some names, each once, in the order in which they are known; unknown ones come last.

    >>> in_order(["丙", "乙", "甲", "乙"], ["甲", "乙"])
    ['甲', '乙', '丙']
    """
    order = {name: nth for nth, name in enumerate(known)}
    return sorted(dict.fromkeys(names), key=lambda name: order.get(name, len(order)))


def sources_of(plan: Plan, problem: Problem) -> list[str]:
    """The names of a problem's sources in the plan's order."""
    return in_order(plan.sources_of(problem), list(plan.sources.values()))


def classes_of(units: UnitBook, unit: str, day: date) -> list[str]:
    """The classes of a unit (by its full name) on a day, in the order of the book; of a unit that no longer exists, those of its last day."""
    return [known.name for known in units.classes if units.by_name[unit].in_class(known.name, day)]
