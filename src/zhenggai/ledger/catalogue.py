"""What the index says of a plan's files: the books, and the events, by unit, by number, by day. ``refresh`` keeps it true."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from zhenggai.ledger.kept import Plain, events_from, problems_from
from zhenggai.ledger.plain import from_plain
from zhenggai.model.kinds import Kind
from zhenggai.model.plan import Plan
from zhenggai.rules.plan.phases import PhaseWindow
from zhenggai.rules.task.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from zhenggai.ledger.index import Index
    from zhenggai.ledger.sheets import Row
    from zhenggai.model.event_of_entry import Event
    from zhenggai.model.source import Problem
    from zhenggai.model.units import UnitBook

BESIDE = ""
"""The unit under which stands what is about no task, and once more what is of a kind that moves none."""

COPIED, REPEATED = "另记", "重复"
"""What has no address of its own there: events that are filed under a task as well, and those whose number another has."""

Filed = Mapping[str, "list[Event]"]
"""The events of a unit by the measure that they are filed under; of those about no task by what they are (``Address.unit``)."""


class Catalogue:
    """One plan's index."""

    def __init__(self, root: Path, name: str, index: Index) -> None:
        self.root, self.name, self.index = root, name, index
        self.in_use: set[int] = set()  # the days of which sheets were asked for
        self.filed: Mapping[str, Filed] | None = None  # all of it, where it has just been made
        self.rows: tuple[str | None, dict[str, Row]] | None = None  # of every day, as of a version of the index
        self._read: list[Mapping[Address, Sequence[Event]]] = []
        self._at_hand: dict[str, tuple[Event, Address]] = {}

    def forget(self) -> None:
        """Ask the index again, from here on."""
        for name in ("_books", "plan", "units", "windows", "problems_of_books", "problems_of_files"):
            self.__dict__.pop(name, None)
        self.filed = self.rows = None
        self._read.clear()
        self._at_hand.clear()

    @property
    def number(self) -> str:
        """The plan's number, by which its ledger's folder is called: what its file is called, unless that is wrong."""
        return self.index.meta_if_any("number") or self.name

    # --- the books

    @cached_property
    def _books(self) -> list[Plain]:
        return self.index.metas("plan", "units", "windows")

    @cached_property
    def plan(self) -> Plan:
        """The plan as its file has it."""
        return from_plain(Plan, self._books[0])

    @cached_property
    def units(self) -> UnitBook:
        """The unit book."""
        from zhenggai.model.units import UnitBook  # here, since some lists name no unit

        return from_plain(UnitBook, self._books[1])

    @cached_property
    def windows(self) -> tuple[PhaseWindow, ...]:
        """The plan's phases with their days."""
        return from_plain(tuple[PhaseWindow, ...], self._books[2])

    @cached_property
    def problems_of_books(self) -> list[Problem]:
        """What is wrong with the books."""
        return problems_from(self.index.meta("problems"))

    @cached_property
    def problems_of_files(self) -> dict[str, Plain]:
        """Of each file in which something is wrong: how it reads, and how its entries are filed."""
        found: dict[str, Plain] = self.index.meta("problems of files")
        return found

    def problems_of_reading(self) -> list[Problem]:
        """What is wrong with the ledger's files, as they read."""
        return [p for reading, _ in self.problems_of_files.values() for p in problems_from(reading)]

    def problems_of_filing(self) -> list[Problem]:
        """What is wrong with entries, whatever the day."""
        return [p for _, filing in self.problems_of_files.values() for p in problems_from(filing)]

    # --- the events

    def events(self, unit: str) -> Filed:
        """The events of a unit, in order of path and line; those about no task under ``BESIDE``."""
        if self.filed is not None:
            return self.filed.get(unit, {})
        found: dict[str, list[Event]] = {}
        for path, run in self.index.runs(unit):
            for measure, events in run.items():
                found.setdefault(measure, []).extend(events_from(events, measure, path))
        return found

    def units_with_events(self) -> list[str]:
        """The units to which anything is filed, and ``BESIDE``."""
        return [BESIDE, *(u for u in (self.index.units() if self.filed is None else self.filed) if u != BESIDE)]

    def beside(self) -> Iterator[tuple[Event, Address]]:
        """The events that are about no task, and those of kinds that move none."""
        for what, events in self.events(BESIDE).items():
            yield from ((event, Address("", what)) for event in events)

    def of_file(self, path: str) -> dict[str, tuple[Event, Address]]:
        """The events of a file by number, with their addresses."""
        found: dict[str, tuple[Event, Address]] = {}
        for unit, run in self.index.runs_of_file(path).items():
            for measure, events in run.items():
                if measure not in (COPIED, REPEATED):
                    address = Address(measure, unit) if unit != BESIDE else Address("", measure)
                    found |= {event.number: (event, address) for event in events_from(events, measure, path)}
        return found

    def remember(self, events: Mapping[Address, Sequence[Event]]) -> None:
        """Have events of tasks, which were read anyway, at hand when they are asked for by number."""
        self._read.append(events)

    def find(self, number: str) -> tuple[Event, Address] | None:
        """The entry of a number, the first of several, with its address."""
        while self._read:
            for address, events in self._read.pop().items():
                self._at_hand |= {event.number: (event, address) for event in events}
        if number in self._at_hand:
            return self._at_hand[number]
        for path in self.index.holders([number]).get(number, ()):
            if found := self.of_file(path).get(number):
                return found
        return None

    def naming(self, number: str) -> list[tuple[Event, Address]]:
        """The entries that name another (针对), in order of path and line."""
        files = (self.of_file(path).values() for path in self.index.answers(number))
        return [found for file in files for found in sorted(file, key=lambda f: f[0].line) if found[0].ref == number]

    def between(self, first: date, last: date) -> dict[Address, list[Event]]:
        """The events that happened, or were recorded, from one day to another, by the task they are filed under, and some more.

        What a 更正 says of them is among them, if need be twice.
        """
        found: dict[Address, list[Event]] = {}
        day = first.toordinal()
        written = first.isoformat().replace("-", "")  # a number begins with the day on which it was recorded
        for unit, path, run in self.index.runs_between(day, last.toordinal()):
            for measure, events in run.items() if unit != BESIDE else ():
                new = (event for event in events if event[1] >= day or event[0] >= written)
                found.setdefault(Address(measure, unit), []).extend(events_from(new, measure, path))
        for address, events in found.items():
            late = [event.number for event in events if event.date < first]  # its 更正 may be older than these days
            answers = (answer for number in late for answer in self.naming(number))
            events += [event for event, of in answers if event.kind is Kind.CORRECTION and of == address]
        return found
