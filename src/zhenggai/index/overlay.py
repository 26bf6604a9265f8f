"""Makes a snapshot as if new entries were written already. Commands use it to try entries before they write them.

Only the tasks of the new entries are folded again. All other tasks are taken from the snapshot without the new entries.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from zhenggai.index.archive import StoredArchive
from zhenggai.index.behind import Behind
from zhenggai.index.catalogue import BESIDE, COPIED, Catalogue
from zhenggai.index.codec import diagnostics_from
from zhenggai.index.finder import EntryFinder, Found
from zhenggai.index.rebuild import Tasks, misplaced_of
from zhenggai.index.rows import Rows
from zhenggai.model.book import Record
from zhenggai.model.event_of_entry import Event, event_of
from zhenggai.model.source import Diagnostic
from zhenggai.rules.day.day_status import StatusReckoner
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import behind, refused, stood
from zhenggai.rules.task.address import LOOSE_KINDS, Address
from zhenggai.rules.task.entry_assignment import Filer, known


class Overlay(Catalogue):
    """A catalogue with new entries added. The number of each new entry must be unused.

    ``touched``: address → new events. Events about no task have ``BESIDE`` as unit, and the name of their list as measure.
    """

    def __init__(self, under: Catalogue, finder: EntryFinder, records: Sequence[Record]) -> None:
        self.__dict__.update(under.__dict__)
        self.records = {record.entry.number: record for record in records}
        new = [event_of(r.entry, r.source.path, r.source.line, r.offset) for r in records]
        self.new = {event.number: event for event in new}
        self._under = finder
        self.filer = Filer(under.books.plan, under.books.units, self._named)
        self.addresses = {event.number: self.filer.address(event) for event in new}
        self.touched: dict[Address, list[Event]] = {}
        for event in new:
            for address in self._places(event):
                self.touched.setdefault(address, []).append(event)

    def _named(self, number: str) -> Event | None:
        if number in self.new:
            return self.new[number]
        found = self._under.find(number)
        if found is None:
            return None
        self.filer.found.setdefault(number, found[1])
        return found[0]

    def _places(self, event: Event) -> list[Address]:
        address = self.addresses[event.number]
        if not address.is_task:
            return [Address(address.unit, BESIDE)]
        return [address, *([Address(COPIED, BESIDE)] if event.kind in LOOSE_KINDS else [])]

    def events(self, unit: str, measure: str | None = None) -> dict[str, list[Event]]:
        found = super().events(unit, measure)
        names = (name for name, of in self.touched if of == unit) if measure is None else (measure,)
        for name in names:
            if events := self.touched.get(Address(name, unit)):
                found.setdefault(name, []).extend(events)
        return found


class OverlayFinder(EntryFinder):
    """A finder that also finds the new entries."""

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
    """An archive that also has the new entries."""

    def __init__(self, catalogue: Overlay, finder: EntryFinder) -> None:
        super().__init__(catalogue, lambda: finder)
        self._more: Mapping[str, Record] = catalogue.records

    def recorded_by(self, unit: str) -> Sequence[Record]:
        own = (r for r in self._more.values() if self.units.full_name(r.recorder) == unit)
        return sorted([*super().recorded_by(unit), *own], key=lambda record: record.source)

    def mentioning(self, words: Sequence[str]) -> Iterable[Record]:
        return [*super().mentioning(words), *self._more.values()]

    def read(self, event: Event) -> Record | None:
        return self._more.get(event.number) or super().read(event)


_DAY = timedelta(days=1)


def snapshot_with(
    under: Snapshot, rows: Rows, tasks: Tasks, finder: EntryFinder, records: Sequence[Record]
) -> Snapshot:
    """The snapshot with ``records`` added to ``under``. ``under`` is as known now, and was made from ``rows``."""
    overlay = Overlay(rows.catalogue, finder, records)
    as_of, known_by, units = under.as_of, under.known_by, rows.catalogue.books.units
    here, gone = list(under.tasks), list(under.gone)
    before, after = list[Diagnostic](), list(overlay.filer.diagnostics)
    for (measure, unit), events in overlay.touched.items():
        if unit == BESIDE:
            continue
        before += _diagnostics(rows, unit, measure)
        of_unit = tasks.of(unit)
        for place, task in of_unit.tasks:
            if task.key.measure == measure:
                filed = [*under.tasks[place].filed, *events]
                here[place], refusals = stood(task, filed, StatusReckoner(as_of, under.plan.rules), units, known_by)
                after += map(refused, refusals)
        for place, since, task in of_unit.gone:
            if task.key.measure == measure:
                filed = [*under.gone[place].filed, *events]
                gone[place], _ = stood(task, filed, StatusReckoner(since - _DAY, under.plan.rules), units, known_by)
                after += behind(task, since, known(filed, as_of, known_by))
    if any(unit == BESIDE for _, unit in overlay.touched):
        before += _diagnostics(rows, BESIDE, "")
        after += misplaced_of(overlay.events(BESIDE), as_of, known_by)
    outdated = Counter(before)
    diagnostics = []
    for diagnostic in under.diagnostics:
        if outdated[diagnostic]:
            outdated[diagnostic] -= 1
        else:
            diagnostics.append(diagnostic)
    days = (event.date for event in overlay.new.values() if event.date <= as_of)
    found = OverlayFinder(overlay)
    beyond = Behind(overlay, rows, tasks, found, known_by)
    return replace(
        under,
        tasks=tuple(here),
        gone=tuple(gone),
        diagnostics=tuple(sorted([*diagnostics, *after], key=lambda p: p.source)),
        last_entry=max([*([under.last_entry] if under.last_entry else []), *days], default=None),
        got_aside=beyond.aside,
        got_archive=lambda: OverlayArchive(overlay, found),
        address_of=beyond.address_of,
    )


def _diagnostics(rows: Rows, unit: str, measure: str) -> list[Diagnostic]:
    return diagnostics_from(rows.units[unit].diagnostics.get(measure, ())) if unit in rows.units else []
