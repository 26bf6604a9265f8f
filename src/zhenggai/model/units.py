"""The unit book (单位册): units, their classes, and all names by which people know them."""

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import ClassVar

from zhenggai.frozen import frozen
from zhenggai.model.labels import PlainConfig, plain_config
from zhenggai.model.name_keys import ByName, name_key
from zhenggai.model.source import Where, unit_folder


@frozen(kw_only=True)
class UnitClass:
    """A class of units (乡镇, 县直单位). Wherever units are named, its name or an alias means all its members."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    name: str
    aliases: tuple[str, ...] = ()
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class Membership:
    """A unit's membership in a class from ``since`` to ``until``, both included; None leaves a side open."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    category: str
    since: date | None = None
    until: date | None = None
    where: Where = field(default=Where(), compare=False)

    def covers(self, day: date) -> bool:
        """Whether the membership holds on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@frozen(kw_only=True)
class Unit:
    """A unit. ``until`` is its last day; ``merged_into`` is the unit that takes over its open tasks."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    name: str
    short_names: tuple[str, ...] = ()
    category: str | None = None
    memberships: tuple[Membership, ...] = ()
    former_names: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    merged_into: str | None = None
    where: Where = field(default=Where(), compare=False)

    def classes_on(self, day: date) -> tuple[str, ...]:
        """The classes of the unit on a day."""
        return (*((self.category,) if self.category else ()), *(m.category for m in self.memberships if m.covers(day)))

    def in_class(self, name: str, day: date, since: date = date.min) -> bool:
        """Whether the unit is in a class on a day. A unit that ended on or after ``since`` counts as on its last day."""
        if (self.since is not None and self.since > day) or (self.until is not None and self.until < since):
            return False
        classes = self.classes_on(day if self.until is None else min(day, self.until))
        return name_key(name) in map(name_key, classes)


@frozen(kw_only=True, slots=False)
class UnitBook:
    """All units and classes of a repository (``plans/units.yaml``).

    ``is_demo`` marks made-up data that ``sync`` never shares. ``administrators`` are the addresses that may change the books.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    is_demo: bool = False
    administrators: tuple[str, ...] = ()
    classes: tuple[UnitClass, ...] = ()
    members: tuple[Unit, ...] = ()
    where: Where = field(default=Where(), compare=False)

    @cached_property
    def by_name(self) -> ByName[Unit]:
        """Units by full, short and former name; a full name takes precedence."""
        aliases = [(alias, unit) for unit in self.members for alias in (*unit.former_names, *unit.short_names)]
        return ByName([*aliases, *((unit.name, unit) for unit in self.members)])

    @cached_property
    def class_by_name(self) -> ByName[UnitClass]:
        """Classes by name and by alias; a name takes precedence."""
        aliases = [(alias, c) for c in self.classes for alias in c.aliases]
        return ByName([*aliases, *((c.name, c) for c in self.classes)])

    @property
    def all_names(self) -> list[str]:
        """The full names of the units in the order of the book, then their short and former names."""
        return list(dict.fromkeys([*(unit.name for unit in self.members), *self.by_name]))

    def unit_named(self, name: str) -> Unit | None:
        """The unit with that full, short or former name, or None."""
        return self.by_name.get(name)

    def full_name(self, word: str) -> str:
        """The full name of the unit that ``word`` names; an unknown word is returned unchanged."""
        unit = self.unit_named(word)
        return unit.name if unit else word

    @cached_property
    def _recorders(self) -> dict[str, str]:
        return {}

    def recorder(self, path: str) -> str:
        """The full name of the unit whose folder contains a ledger file."""
        known = self._recorders
        return known.get(path) or known.setdefault(path, self.full_name(unit_folder(path)))

    def carrier(self, word: str, day: date) -> str:
        """The name of the unit that ``word`` names, or of its successor on a day; an unknown word is returned unchanged."""
        unit = self.unit_named(word)
        return self.successor(unit, day).name if unit else word

    def expand(self, names: Iterable[str], day: date, since: date = date.min) -> Iterator[Unit]:
        """The units that names of units and classes mean on a day: each once, in the order of the names.

        A class means its members on the day. A unit that ended after ``since`` is included: its tasks pass to its successor,
        but its history remains. Unknown names yield nothing; a check reports them.
        """
        seen: set[str] = set()
        for name in names:
            if unit := self.by_name.get(name):
                found = [unit]
            elif unit_class := self.class_by_name.get(name):
                found = [unit for unit in self.members if unit.in_class(unit_class.name, day, since)]
            else:
                found = []
            for unit in found:
                if unit.name not in seen:
                    seen.add(unit.name)
                    yield unit

    def successor(self, unit: Unit, day: date) -> Unit:
        """The unit that has a unit's open tasks on a day: the unit itself, or the one it was merged into."""
        seen = {unit.name}
        while unit.until is not None and unit.until < day and unit.merged_into:
            heir = self.by_name.get(unit.merged_into)
            if heir is None or heir.name in seen:
                break
            seen.add(heir.name)
            unit = heir
        return unit


_SEPARATORS = str.maketrans("，,；;\n", "、、、、、")


def names_in(text: str) -> tuple[str, ...]:
    """The names listed in a text, separated by 、, comma, semicolon or line end.

    >>> names_in("县教育局、城关镇，河东乡")
    ('县教育局', '城关镇', '河东乡')
    """
    return tuple(name.strip() for name in text.translate(_SEPARATORS).split("、") if name.strip())
