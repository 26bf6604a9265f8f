"""The unit or measure that a word names; refused, with the nearest, where there is none."""

from zhenggai.errors import NothingToShow, UsageError
from zhenggai.model.numbers import measure_number
from zhenggai.model.plan import Measure, Plan
from zhenggai.model.units import Unit, UnitBook
from zhenggai.model.wording import nearest_words
from zhenggai.reading.data_folders import UNITS_FILE


def known_unit(units: UnitBook, word: str) -> Unit:
    """A unit by any of its names."""
    unit = units.unit_named(word)
    if not units.members:
        raise NothingToShow(f"单位册 {UNITS_FILE} 里读不出一个单位\n  下一步：zhenggai check 看错在哪里，改正后再试")
    if unit is None:
        raise UsageError(f"没有单位“{word}”\n  最接近的有：{nearest_words(word, units.by_name)}")
    return unit


def known_measure(plan: Plan, word: str) -> Measure:
    """A measure by its number in any of its spellings."""
    number = measure_number(word) or word
    measure = plan.measure_by_number.get(number)
    if measure is None:
        near = nearest_words(number, plan.measure_by_number)
        raise UsageError(f"方案中没有措施“{word}”\n  最接近的有：{near}")
    return measure
