"""A plan's files as if some entries more were written: what a command that writes asks before it does.

The tasks that the entries are about are folded anew, with them; all others stand as they are kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from zhenggai.index.archive import StoredArchive
from zhenggai.index.catalogue import BESIDE, COPIED, Catalogue
from zhenggai.index.finder import EntryFinder, Found
from zhenggai.index.rebuild import Tasks, made_of
from zhenggai.index.rows import Made, Rows, columns_of, rows_from
from zhenggai.index.task_codec import UnitTasks
from zhenggai.model.book import Record
from zhenggai.model.event_of_entry import Event, event_of
from zhenggai.model.source import Diagnostic
from zhenggai.rules.task.address import LOOSE_KINDS, Address
from zhenggai.rules.task.entry_assignment import Filer


class Overlay(Catalogue):
    """A catalogue with some entries more, none of which has a number that another has."""

    def __init__(self, under: Catalogue, finder: EntryFinder, records: Sequence[Record]) -> None:
        self.__dict__.update(under.__dict__)
        self.records = {record.entry.number: record for record in records}
        new = [event_of(r.entry, r.source.path, r.source.line, r.offset) for r in records]
        self.new = {event.number: event for event in new}
        self._under = finder
        self._filer = Filer(under.books.plan, under.books.units, self._named)
        self.addresses = {event.number: self._filer.address(event) for event in new}

    def _named(self, number: str) -> Event | None:
        if number in self.new:
            return self.new[number]
        found = self._under.find(number)
        if found is None:
            return None
        self._filer.found.setdefault(number, found[1])
        return found[0]

    @property
    def touched(self) -> set[Address]:
        """What the entries are filed under, a unit and a measure each."""
        return {address for event in self.new.values() for address in self._places(event)}

    def _places(self, event: Event) -> list[Address]:
        address = self.addresses[event.number]
        if not address.is_task:
            return [Address(address.unit, BESIDE)]
        return [address, *([Address(COPIED, BESIDE)] if event.kind in LOOSE_KINDS else [])]

    def events(self, unit: str, measure: str | None = None) -> dict[str, list[Event]]:
        found = super().events(unit, measure)
        for event in self.new.values():
            for name, of in self._places(event):
                if of == unit and measure in (None, name):
                    found.setdefault(name, []).append(event)
        return found

    def between(self, first: date, last: date) -> dict[Address, list[Event]]:
        found = super().between(first, last)
        for number, event in self.new.items():
            found.setdefault(self.addresses[number], []).append(event)
        return found

    @property
    def diagnostics_of_filing(self) -> list[Diagnostic]:
        return [*super().diagnostics_of_filing, *self._filer.diagnostics]


class OverlayFinder(EntryFinder):
    """Finds those entries too."""

    def __init__(self, catalogue: Overlay) -> None:
        super().__init__(catalogue)
        self._overlay = catalogue
        self.filer.found.update(catalogue.addresses)

    def event(self, number: str) -> Event | None:
        return self._overlay.new.get(number) or super().event(number)

    def ending(self, word: str) -> list[str]:
        return [*super().ending(word), *(number for number in self._overlay.new if number.endswith(word))]

    def naming(self, number: str) -> Iterator[Found]:
        new, addresses = self._overlay.new, self._overlay.addresses
        more = [(event, addresses[event.number]) for event in new.values() if event.ref == number]
        yield from sorted([*super().naming(number), *more], key=lambda found: (found[0].path, found[0].line))


class OverlayArchive(StoredArchive):
    """The archive with those entries."""

    def __init__(self, catalogue: Overlay, finder: EntryFinder) -> None:
        super().__init__(catalogue, lambda: finder)
        self._more: Mapping[str, Record] = catalogue.records

    def recorded_by(self, unit: str) -> Sequence[Record]:
        own = (r for r in self._more.values() if self.units.full_name(r.recorder) == unit)
        return sorted([*super().recorded_by(unit), *own], key=lambda record: record.source)

    def read(self, event: Event) -> Record | None:
        return self._more.get(event.number) or super().read(event)


def rows_with(overlay: Overlay, under: Rows, tasks: Tasks) -> Rows:
    """The rows with those entries: only the tasks that they are about are made anew."""
    rows = under.over(overlay)
    touched: dict[str, set[str]] = {}
    for measure, unit in overlay.touched:
        touched.setdefault(unit, set()).add(measure)
    for unit, measures in touched.items():
        if unit in rows.units:
            _make_anew(overlay, rows, tasks.of(unit), unit, measures)
    days = (event.date.toordinal() for event in overlay.new.values() if event.date <= rows.as_of)
    beside = rows.units[BESIDE]
    rows.units[BESIDE] = beside._replace(latest=max([beside.latest, *days]))
    return rows


def _make_anew(overlay: Overlay, rows: Rows, tasks: UnitTasks, unit: str, measures: set[str]) -> None:
    """Make the tasks of a unit anew that are about some measures."""
    some = UnitTasks(
        [found for found in tasks.tasks if found[1].key.measure in measures],
        [found for found in tasks.gone if found[2].key.measure in measures],
    )
    if unit == BESIDE:
        filed = overlay.events(unit)
    else:
        filed = {measure: overlay.events(unit, measure).get(measure, []) for measure in measures}
    made = made_of(overlay.books.units, unit, some, filed, rows.as_of)
    before = rows.units[unit]
    here, gone = list(rows_from(before.rows)), list(rows_from(before.gone_rows))
    new_here, new_gone = iter(rows_from(made.rows.rows)), iter(rows_from(made.rows.gone_rows))
    holders, new_holders = dict(before.holders), dict(made.rows.holders)
    nths = [nth for nth, name in enumerate((*before.measures, *before.gone_measures)) if name in measures]
    for place, nth in enumerate(nths):
        if nth < len(here):
            here[nth] = next(new_here)
        else:
            gone[nth - len(here)] = next(new_gone)
        holders.pop(nth, None)
        if place in new_holders:
            holders[nth] = new_holders[place]
        rows.instead[unit, nth] = Made(made.rows, [made.heads[place]], [made.altered[place]])
    diagnostics = {measure: found for measure, found in before.diagnostics.items() if measure not in measures}
    rows.units[unit] = before._replace(
        rows=columns_of(here),
        gone_rows=columns_of(gone),
        holders=sorted(holders.items()),
        diagnostics=made.rows.diagnostics if unit == BESIDE else diagnostics | dict(made.rows.diagnostics),
    )
