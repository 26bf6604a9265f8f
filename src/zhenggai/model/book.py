"""Everything that was read: plan, units, and entries with the place each came from."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry
from zhenggai.model.event_of_entry import Event, event_of
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


class Archive(Protocol):
    """The books behind a picture, and its entries, whole, as rules and views ask for them; of a repeated number the first counts."""

    @property
    def plan(self) -> Plan:
        """The plan as its file has it."""

    @property
    def units(self) -> UnitBook:
        """The unit book."""

    def record(self, number: str) -> Record | None:
        """The entry of a number."""

    def ending(self, word: str) -> Sequence[Record]:
        """The entries whose numbers end in a word."""

    def naming(self, number: str) -> Sequence[Record]:
        """The entries that name another (针对), in order of path and line."""

    def recorded_by(self, unit: str) -> Sequence[Record]:
        """The entries that a unit (full name) recorded, in order of path and line."""

    def about(self, unit: str) -> Sequence[Record]:
        """The entries that name no measure and are about a unit (full name), which they name or which recorded them."""


def _unread(_path: str) -> None:
    return None


@frozen(slots=False)
class Book:
    """One plan with its units and all entries of its ledger; an ``Archive``.

    ``records`` stand in order of path and line; ``evidence_files`` are the evidence there is, as paths from the root, and
    ``digest_of`` gives the SHA-256 of one: "" where it is not there or cannot be read, None where nobody is to read it.
    ``organisations`` is None until somebody asks for the registers (``Ledger.with_organisations``).
    """

    plan: Plan
    units: UnitBook
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    evidence_files: frozenset[str] = frozenset()
    digest_of: Callable[[str], str | None] = _unread
    organisations: "OrganisationBook | None" = None

    @cached_property
    def by_number(self) -> dict[str, Record]:
        """Records by number; of a repeated number the first by path and line."""
        found: dict[str, Record] = {}
        for record in self.records:
            found.setdefault(record.entry.number, record)
        return found

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The records as the rules see them."""
        return tuple(event_of(r.entry, r.source.path, r.source.line, r.offset) for r in self.records)

    @cached_property
    def _answers(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in self.by_number.values():
            if ref := getattr(record.entry, "ref", None):
                found.setdefault(ref, []).append(record)
        return found

    def record(self, number: str) -> Record | None:
        return self.by_number.get(number)

    def ending(self, word: str) -> Sequence[Record]:
        return [record for number, record in self.by_number.items() if number.endswith(word)]

    def naming(self, number: str) -> Sequence[Record]:
        return self._answers.get(number, ())

    def recorded_by(self, unit: str) -> Sequence[Record]:
        return [r for r in self.by_number.values() if self.units.full_name(r.recorder) == unit]

    def about(self, unit: str) -> Sequence[Record]:
        records = (r for r in self.by_number.values() if r.entry.measure is None)
        return [r for r in records if self.units.full_name(r.entry.unit or r.recorder) == unit]
