"""Everything that was read: plan, units, and entries with the place each came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry
from zhenggai.model.plan import Plan
from zhenggai.model.source import Problem, Source
from zhenggai.model.units import UnitBook

if TYPE_CHECKING:  # read for the registers only
    from zhenggai.model.organisations import OrganisationBook


@frozen
class Record:
    """An entry, the unit in whose folder it was recorded, and where it stands (``offset`` in characters)."""

    entry: Entry
    recorder: str
    source: Source
    offset: int = 0


@dataclass(frozen=True)
class Book:
    """One plan with its units and all entries of its ledger.

    ``records`` stand in order of path and line; ``evidence_files`` are the evidence there is, as paths from the root.
    ``organisations`` is None until somebody asks for the registers (``Ledger.with_organisations``).
    """

    plan: Plan
    units: UnitBook
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    evidence_files: frozenset[str] = frozenset()
    organisations: "OrganisationBook | None" = None

    @cached_property
    def by_number(self) -> dict[str, Record]:
        """Records by number; of a repeated number the first by path and line."""
        return first_by_number(self.records)


def naming(records: Iterable[Record], number: str) -> list[Record]:
    """The records that name an entry (针对), in their order."""
    return [record for record in records if getattr(record.entry, "ref", None) == number]


def first_by_number(records: Iterable[Record]) -> dict[str, Record]:
    """Records by number, in their order; of a repeated number the first counts (DESIGN §1)."""
    found: dict[str, Record] = {}
    for record in records:
        found.setdefault(record.entry.number, record)
    return found
