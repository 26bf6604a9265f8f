"""Names that the unit book does not have, as what is to be added to it: units with their classes, classes, and words that are neither."""

import re
from collections.abc import Sequence
from dataclasses import replace

from zhenggai.frozen import frozen
from zhenggai.model.names import name_fault
from zhenggai.model.units import Unit, UnitBook, UnitClass
from zhenggai.setup.unit_list import read_unit_list
from zhenggai.writing.edit.edit_text import as_yaml
from zhenggai.writing.edit.yaml_lines import flow

_CLASS = re.compile(r"各(?!相关|有关)(?:级)?(\w{1,8})")
_MANY = re.compile(r"各|有关|相关|其他|等$|所有|全体|分工|以上|上述")


@frozen
class MissingUnits:
    """What to add to a unit book. ``unclear`` are words that name no unit and no class."""

    units: tuple[Unit, ...]
    classes: tuple[UnitClass, ...]
    unclear: tuple[str, ...]

    @property
    def unit_lines(self) -> list[str]:
        """The units as lines of the book."""
        return [f"- {flow(unit.name if unit == Unit(name=unit.name) else as_yaml(unit))}" for unit in self.units]

    @property
    def class_lines(self) -> list[str]:
        """The classes as lines of the book."""
        return [f"- {flow(as_yaml(unit_class))}" for unit_class in self.classes]


def missing_units(words: Sequence[str], book: UnitBook) -> MissingUnits:
    """The words that a unit book lacks, sorted out. A class that the units need is among the classes.

    >>> missing = missing_units(["县水利局", "各街道", "有关单位"], UnitBook())
    >>> missing.unit_lines, missing.class_lines, missing.unclear
    (['- {名称: 县水利局, 简称: [水利局], 类别: 县直单位}'], ['- {名称: 县直单位, 别名: [县直各单位]}', '- {名称: 街道, 别名: [各街道]}'], ('有关单位',))
    """
    named = [word for word in words if not _MANY.search(word) and name_fault(word) is None]
    listed, _ = read_unit_list("\n".join(named))
    units = tuple(_fitting(unit, book) for unit in listed.members if unit.name in named)
    needed = [c for c in listed.classes if any(unit.category == c.name for unit in units)]
    whole = {word: UnitClass(name=found[1], aliases=(word,)) for word in words if (found := _CLASS.fullmatch(word))}
    classes = {c.name: c for c in (*needed, *whole.values()) if c.name not in book.class_by_name}
    known = {unit.name for unit in units}
    unclear = tuple(word for word in words if word not in known and word not in whole)
    return MissingUnits(units, tuple(classes.values()), unclear)


def _fitting(unit: Unit, book: UnitBook) -> Unit:
    """The unit with the short names that the book does not have."""
    return replace(unit, short_names=tuple(name for name in unit.short_names if name not in book.by_name))
