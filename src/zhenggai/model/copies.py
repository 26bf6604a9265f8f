"""Ledger files that were copied: which of several entries with one number counts, and which file is a copy.

File managers and network disks put copies beside a file: ``… - 副本.yaml``, ``…(1).yaml``, ``… (某某 的冲突副本 2021-03-01).yaml``.
Such names differ from place to place, so none of them is known here. An entry is at home in a file that the tool would have
named for it, in the folder of a known unit. Of several entries with one number the one at home counts. If that does not
decide, the one with the shorter path counts, since a copy's name is longer than that of its original.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from zhenggai.model.ledger_name import ledger_name, month_of
from zhenggai.model.source import Source, unit_folder
from zhenggai.model.units import UnitBook

T = TypeVar("T")


def counting(numbered: Iterable[tuple[str, Source, T]], units: UnitBook) -> dict[str, T]:
    """Number → what counts of all that has this number. ``numbered`` are (number, place, anything)."""
    found: dict[str, tuple[Source, T]] = {}
    for number, place, what in numbered:
        before = found.setdefault(number, (place, what))
        if before[1] is not what and _precedence(number, place, units) < _precedence(number, before[0], units):
            found[number] = place, what
    return {number: what for number, (_, what) in found.items()}


def originals_of(path: str, numbers: Iterable[str], counted: Mapping[str, str], units: UnitBook) -> tuple[str, ...]:
    """The files of which the file at ``path`` is a copy; empty if it is none.

    ``numbers`` are those of its entries, ``counted`` gives for repeated ones the file whose entry counts. A file in which
    an entry is at home is no copy, nor is one in the folder of another unit.
    """
    numbers = list(numbers)
    originals = tuple(dict.fromkeys(counted[n] for n in numbers if counted.get(n, path) != path))
    if not originals or any(_is_at_home(number, path, units) for number in numbers):
        return ()
    here = units.unit_named(unit_folder(path))
    return originals if here is None or all(units.recorder(o) == here.name for o in originals) else ()


def _precedence(number: str, place: Source, units: UnitBook) -> tuple[bool, int, Source]:
    return not _is_at_home(number, place.path, units), len(place.path), place


def _is_at_home(number: str, path: str, units: UnitBook) -> bool:
    name = ledger_name(path)
    return name is not None and name.month == month_of(number) and units.unit_named(unit_folder(path)) is not None
