"""What a roll-up answers: typed values, the same from every engine. Counts, scores and outcomes are those of the product's own lists."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from zhenggai.frozen import frozen
from zhenggai.model.money import NO_MONEY, Money
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.phase_outcome import PhaseOutcome
from zhenggai.rules.day.ranking import UnitScore


@frozen(kw_only=True)
class GroupSums:
    """The sums of a group of tasks (a county, a category, …). ``amount``: 问题金额 of its problems in yuan, None if there is none."""

    name: str
    counts: Counts
    red: int = 0
    money: Money = NO_MONEY
    amount: Decimal | None = None


@frozen(kw_only=True)
class CountyUnitScore(UnitScore):
    """The score of a unit of a county (its name), or of a county as a whole, whose ``unit`` is its name again.

    ``counts`` are of tasks alone, as in ``DaySums``. Of several plans the silent weeks are added up, and so are those of the units of a county.
    """

    county: str


@frozen(kw_only=True)
class OverdueTask:
    """An overdue task of a county (its name). ``days``: days past the due date."""

    county: str
    plan: str
    problem: int
    measure: str
    unit: str
    category: str
    state: str
    due: date
    days: int
    light: str


class GroupPhase(NamedTuple):
    """A phase (阶段) of the plans of a group: what was due in it, and how many tasks the plans put there.

    Due before and after all phases (``rules.plan.phases``: ``BEFORE``, ``AFTER``) has the name None.
    """

    group: str
    number: int
    name: str | None
    outcome: PhaseOutcome
    running: int


@frozen(kw_only=True)
class DaySums:
    """The tasks of all counties at the end of a day, counted; problems and measures are not counted (0)."""

    date: date
    counts: Counts
    red: int = 0
    money: Money = NO_MONEY
