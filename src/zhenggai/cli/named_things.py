"""The unit, measure or problem that a user's word names. An unknown name is refused with the nearest known ones."""

from datetime import timedelta

from zhenggai.errors import NothingToShow, UsageError
from zhenggai.model.numbers import measure_number, whole_number
from zhenggai.model.plan import Measure, Plan, Problem
from zhenggai.model.units import Unit, UnitBook
from zhenggai.model.wording import near_or_known
from zhenggai.reading.data_folders import UNITS_FILE


def known_unit(units: UnitBook, word: str) -> Unit:
    """The unit with this name: full, short or former.

    Raises ``UsageError`` if there is none, ``NothingToShow`` if no unit can be read from the unit book.
    """
    unit = units.unit_named(word)
    if not units.members:
        raise NothingToShow(f"单位册 {UNITS_FILE} 里读不出一个单位\n  下一步：zhenggai check 看错在哪里，改正后再试")
    if unit is None:
        raise UsageError(f"没有单位“{word}”\n  {near_or_known(word, units.all_names, units.full_name)}")
    return unit


def problem_named(plan: Plan, word: str) -> Problem | None:
    """The problem whose number a word is: 3, 问题3."""
    number = whole_number(word.strip().removeprefix("问题"))
    return next((problem for problem in plan.problems if problem.number == number), None)


def known_measure(plan: Plan, word: str, issued: Plan | None = None) -> Measure:
    """The measure with this number, in any spelling.

    Raises ``UsageError`` if the plan has none; it says so if the plan as ``issued`` had it and it is cancelled.
    """
    number = measure_number(word) or word
    measure = plan.measure_by_number.get(number)
    gone = issued.measure_by_number.get(number) if issued else None
    if measure is None and gone and (end := gone.cancelled):
        merged = f"，并入 {end.merged_into}" if end.merged_into else ""
        eve = end.date - timedelta(days=1)
        remedy = f"记在 {end.merged_into} 上" if merged else f"zhenggai show {number} --as-of {eve} 看以前的记录"
        raise UsageError(f"措施 {number} 自 {end.date} 起已取消{merged}\n  下一步：{remedy}")
    if measure is None:
        near = near_or_known(number, plan.measure_by_number)
        raise UsageError(f"方案中没有措施“{word}”\n  {near}")
    return measure
