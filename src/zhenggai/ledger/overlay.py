"""A plan's files as if some entries more were written: what a command that writes asks before it does."""

from collections.abc import Mapping, Sequence
from datetime import date

from zhenggai.ledger.archive import StoredArchive
from zhenggai.ledger.catalogue import BESIDE, COPIED, Catalogue, Filed
from zhenggai.ledger.folding import made_sheets, rolls_kept
from zhenggai.ledger.sheets import sheets_on
from zhenggai.ledger.stored import picture_of
from zhenggai.model.book import Record
from zhenggai.model.event_of_entry import Event, event_of
from zhenggai.model.source import Problem
from zhenggai.rules.day.snapshot import Picture
from zhenggai.rules.task.address import LOOSE_KINDS, Address
from zhenggai.rules.task.entry_assignment import Filer


class Overlay(Catalogue):
    """A catalogue with some entries more, none of which has a number that another has."""

    def __init__(self, under: Catalogue, records: Sequence[Record]) -> None:
        super().__init__(under.root, under.name, under.index)
        self.filed = under.filed
        self.records = {record.entry.number: record for record in records}
        events = [event_of(r.entry, r.source.path, r.source.line, r.offset) for r in records]
        self._events = {event.number: event for event in events}
        self._filer = Filer(under.plan, under.units, self._look_up)
        self._addresses = {event.number: self._filer.address(event) for event in events}

    def _look_up(self, number: str) -> Event | None:
        if number in self._events:
            return self._events[number]
        if (found := super().find(number)) is None:
            return None
        self._filer.found.setdefault(number, found[1])
        return found[0]

    @property
    def touched(self) -> set[str]:
        """The units that the entries are about."""
        return {unit for event in self._events.values() for unit, _ in self._places(event)}

    def _places(self, event: Event) -> list[tuple[str, str]]:
        measure, unit = self._addresses[event.number]
        if not measure:
            return [(BESIDE, unit)]
        return [(unit, measure), *([(BESIDE, COPIED)] if event.kind in LOOSE_KINDS else [])]

    def events(self, unit: str) -> Filed:
        found = {measure: list(events) for measure, events in super().events(unit).items()}
        for event in self._events.values():
            for of, measure in self._places(event):
                if of == unit:
                    found.setdefault(measure, []).append(event)
        return found

    def find(self, number: str) -> tuple[Event, Address] | None:
        if number in self._events:
            return self._events[number], self._addresses[number]
        return super().find(number)

    def naming(self, number: str) -> list[tuple[Event, Address]]:
        more = [(event, self._addresses[event.number]) for event in self._events.values() if event.ref == number]
        return sorted([*super().naming(number), *more], key=lambda found: (found[0].path, found[0].line))

    def between(self, first: date, last: date) -> dict[Address, list[Event]]:
        found = super().between(first, last)
        for number, event in self._events.items():
            found.setdefault(self._addresses[number], []).append(event)
        return found

    def problems_of_filing(self) -> list[Problem]:
        return [*super().problems_of_filing(), *self._filer.problems]


class OverlayArchive(StoredArchive):
    """The archive with those entries."""

    def __init__(self, catalogue: Overlay) -> None:
        super().__init__(catalogue)
        self._more: Mapping[str, Record] = catalogue.records

    def ending(self, word: str) -> Sequence[Record]:
        return [*super().ending(word), *(r for number, r in self._more.items() if number.endswith(word))]

    def recorded_by(self, unit: str) -> Sequence[Record]:
        own = (r for r in self._more.values() if self.units.full_name(r.recorder) == unit)
        return sorted([*super().recorded_by(unit), *own], key=lambda record: record.source)

    def read(self, event: Event) -> Record | None:
        return self._more.get(event.number) or super().read(event)


def picture_with(under: Catalogue, records: Sequence[Record], as_of: date) -> Picture:
    """The picture of a day as if some entries more were written: the units that they are about are made anew."""
    overlay = Overlay(under, records)
    sheets = sheets_on(under, as_of).of(overlay)
    known = [unit for unit in overlay.touched if unit in sheets.rows]
    made = made_sheets(overlay, rolls_kept(sheets, known, as_of), as_of)
    sheets.add(made.rows, as_of.toordinal(), made.made)
    return picture_of(overlay, sheets, lambda: OverlayArchive(overlay), as_of)
