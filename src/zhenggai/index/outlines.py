"""Outlines of ledger files and of folders: which entries belong to which unit, as far as one file alone can show it.

The address of most entries follows from the entry itself. An entry that names another entry (针对) has the address of the named
entry. If the named entry is in another file, the entry is "awaiting" an answer, which ``cross_references`` finds.

A file's outline is made from its events, and a folder's outline from the outlines of its files. So after a change in one
file, no other file is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from zhenggai.frozen import frozen
from zhenggai.index.catalogue import BESIDE, COPIED, REPEATED, FileShare
from zhenggai.index.codec import line_of, lines_of, plain_diagnostics, value_in
from zhenggai.index.events import event_line
from zhenggai.index.keys import digest_of, key_of, program_key
from zhenggai.index.parsed import Files
from zhenggai.index.store import Store
from zhenggai.model.copies import originals_of
from zhenggai.model.event_of_entry import Event
from zhenggai.model.numbers import recorded_on
from zhenggai.model.plan import Plan
from zhenggai.model.source import Source
from zhenggai.model.units import UnitBook
from zhenggai.rules.task.address import LOOSE_KINDS, Address
from zhenggai.rules.task.entry_assignment import Filer, repeated_number
from zhenggai.rules.task.transitions import REF_KINDS

Nths = dict[str, list[int]]
"""Number of a measure → positions of its events in a file, from 0. (Under ``BESIDE`` see ``catalogue.Filed``.)"""
Skips = Mapping[str, Source]
"""Number that several entries have → place of the entry that counts (``copies.counting``)."""


@frozen
class FilingRules:
    """The input that decides the address of entries.

    - ``plan``, ``units``: the books; ``key``: a digest of the part of the books that decides addresses;
    - ``responsible``: see ``Filer.responsible``; shared by all filers.
    """

    plan: Plan
    units: UnitBook
    key: str
    responsible: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)


def outline_key(filing: FilingRules, path: str, digest: str, skips: Skips) -> str:
    """The key of a file's outline."""
    return key_of(program_key(), "outline", filing.key, path, digest, *_shown(skips))


def _shown(skips: Skips) -> list[str]:
    return [f"{number} {place.path} {place.line}" for number, place in sorted(skips.items())]


class Outline:
    """The outline of a file, kept as two lines of JSON. Each line is read on first use.

    The first line, ``facts``, has:

    - ``shares``: unit → its ``FileShare``;
    - ``awaiting``: the positions of the entries that await an answer from another file;
    - ``wanted``: the numbers of the entries that they need;
    - ``named``: all numbers that entries of the file name (针对);
    - ``months``: the months (YYYYMM) in which its entries were recorded;
    - ``reading`` and ``diagnostics``: the diagnostics of reading the file and of filing its entries.

    The second line, ``numbers``, has:

    - ``targets``: "measure\\0unit\\0kind" → the numbers of the entries of that task and kind, in one text;
    - ``others``: the entries without a task, or awaiting an answer: pairs (``Address.unit``, event as a line). The first
      value is None for an entry that awaits an answer;
    - ``again``: the numbers that occur again within the file.
    """

    def __init__(self, key: str, value: bytes, facts: Any = None, numbers: Any = None) -> None:
        self.key, self._value, self._facts, self._numbers = key, value, facts, numbers

    @property
    def facts(self) -> Any:
        """The first line, read."""
        if self._facts is None:
            self._facts = value_in(self._value.split(b"\n", 1)[0])
        return self._facts

    @property
    def numbers(self) -> Any:
        """The second line, read."""
        if self._numbers is None:
            self._numbers = value_in(self._value.split(b"\n", 1)[1])
        return self._numbers


class Outliner:
    """Gives the outlines of files and folders: kept ones from the store, missing ones newly made."""

    def __init__(self, files: Files, store: Store, filing: FilingRules) -> None:
        self.files, self.store, self.filing = files, store, filing
        self._outlines: dict[str, Outline] = {}

    def outline(self, path: str, digest: str, skips: Skips) -> Outline:
        """The outline of a file."""
        key = outline_key(self.filing, path, digest, skips)
        if key not in self._outlines:
            kept = self.store.get(key)
            self._outlines[key] = Outline(key, kept) if kept else self._made(key, path, digest, skips)
        return self._outlines[key]

    def outlines(
        self, files: Iterable[tuple[str, str]], skips: Mapping[str, Skips]
    ) -> Iterator[tuple[str, str, Outline]]:
        """The outlines of some files, in order of path: path, digest, outline. Kept ones are taken with one query.

        ``files`` are pairs (path, digest).
        """
        ordered = sorted(files)
        keys = (outline_key(self.filing, path, digest, skips.get(path, {})) for path, digest in ordered)
        kept = self.store.get_all([key for key in keys if key not in self._outlines])
        self._outlines |= {key: Outline(key, value) for key, value in kept.items()}
        for path, digest in ordered:
            yield path, digest, self.outline(path, digest, skips.get(path, {}))

    def _made(self, key: str, path: str, digest: str, skips: Skips) -> Outline:
        events = self.files.events(path, digest)
        first, repeated, again = _firsts(path, events, skips)
        filer = Filer(self.filing.plan, self.filing.units, first.get, responsible=self.filing.responsible)
        filed = Filed()
        awaiting: list[int] = []
        targets: dict[tuple[Address, str], list[str]] = {}
        others: list[tuple[str | None, str]] = []
        for nth, event in enumerate(events):
            if (repeated or again) and first.get(event.number) is not event:
                continue
            if event.kind in REF_KINDS and _leaves(event, first):
                awaiting.append(nth)
                others.append((None, event_line(event).decode("utf-8", "surrogatepass")))
                continue
            address = filer.address(event)
            filed.add(nth, event, address)
            if address.is_task:
                targets.setdefault((address, event.kind), []).append(event.number)
            else:
                others.append((address.unit, event_line(event).decode("utf-8", "surrogatepass")))
        for nth in repeated:
            filed.nths.setdefault(BESIDE, {}).setdefault(REPEATED, []).append(nth)
        found = (
            []
            if self._is_copy(path, events, skips)
            else [repeated_number(events[n], skips[events[n].number]) for n in repeated]
        )
        facts = {
            "shares": filed.shares(path, digest, events, self.files.lines(path, digest)),
            "awaiting": awaiting,
            "wanted": sorted({events[nth].ref or "" for nth in awaiting}),
            "months": sorted({event.number[:6] for event in first.values()}),
            "named": sorted({event.ref for event in events if event.ref}),
            "reading": self.files.head(path, digest)["diagnostics"],
            "diagnostics": plain_diagnostics((*found, *filer.diagnostics)),
        }
        numbers = {
            "targets": {f"{measure}\0{unit}\0{kind}": " ".join(of) for ((measure, unit), kind), of in targets.items()},
            "others": others,
            "again": again,
        }
        lines = line_of(facts), line_of(numbers)
        self.store.put(key, b"\n".join(lines))
        return Outline(key, b"\n".join(lines), facts, numbers)

    def _is_copy(self, path: str, events: Sequence[Event], skips: Skips) -> bool:
        """Whether a file is a copy of others. Then the state has one diagnostic for it."""
        counted = {number: place.path for number, place in skips.items()}
        return bool(originals_of(path, (event.number for event in events), counted, self.filing.units))

    def folder_key(self, folder: str, digests: Mapping[str, str], skips: Mapping[str, Skips]) -> str:
        """The key of a folder's outline."""
        files = (
            text
            for name in sorted(digests)
            for text in (name, digests[name], *_shown(skips.get(f"{folder}/{name}", {})))
        )
        return key_of(program_key(), "folder", self.filing.key, folder, *files)

    def folder(self, folder: str, digests: Mapping[str, str], skips: Mapping[str, Skips]) -> bytes:
        """The outline of a folder, as it is kept: five lines of JSON (``cross_references.FolderOutline`` reads them).

        1. ``months``: month → digest of the outlines and wanted numbers of that month; ``wanted``: the digest of line 4, ""
           if that is empty; ``diagnostics``: the diagnostics of reading the files;
        2. name of each file → its digest;
        3. month → names of the files with entries recorded in it;
        4. name of a file → the numbers that its entries want;
        5. name of a file → the numbers that its entries name.
        """
        months: dict[str, list[str]] = {}
        of_months: dict[str, list[str]] = {}
        wanted: dict[str, list[str]] = {}
        named: dict[str, list[str]] = {}
        diagnostics: list[Any] = []
        files = ((f"{folder}/{name}", digest) for name, digest in digests.items())
        for path, _, outline in self.outlines(files, skips):
            name, facts = path.rpartition("/")[2], outline.facts
            for month in facts["months"]:
                months.setdefault(month, []).append(outline.key)
                of_months.setdefault(month, []).append(name)
            for number in facts["wanted"]:
                months.setdefault(number[:6], []).append(number)
            if facts["wanted"]:
                wanted[name] = facts["wanted"]
            if facts["named"]:
                named[name] = facts["named"]
            diagnostics += facts["reading"]
        told = {month: digest_of(parts) for month, parts in months.items()}
        return lines_of(
            {"months": told, "wanted": digest_of([line_of(wanted)]) if wanted else "", "diagnostics": diagnostics},
            dict(digests),
            of_months,
            wanted,
            named,
        )


class Filed:
    """Collects the positions of a file's events: unit → measure → positions. Events of ``LOOSE_KINDS`` go to ``BESIDE`` too."""

    def __init__(self) -> None:
        self.nths: dict[str, Nths] = {}

    def add(self, nth: int, event: Event, address: Address) -> None:
        """File the event at position ``nth``."""
        measure, unit = address
        if not measure:
            self.nths.setdefault(BESIDE, {}).setdefault(unit, []).append(nth)
            return
        self.nths.setdefault(unit, {}).setdefault(measure, []).append(nth)
        if event.kind in LOOSE_KINDS:
            self.nths.setdefault(BESIDE, {}).setdefault(COPIED, []).append(nth)

    def shares(
        self, path: str, digest: str, events: Mapping[int, Event] | Sequence[Event], lines: Sequence[bytes]
    ) -> dict[str, FileShare]:
        """The share of each unit. ``lines`` are the lines of the kept file: its head, then a line for each event."""
        return {unit: _share(path, digest, nths, events, lines) for unit, nths in sorted(self.nths.items())}


def _share(
    path: str,
    digest: str,
    found: Nths,
    events: Mapping[int, Event] | Sequence[Event],
    lines: Sequence[bytes],
) -> FileShare:
    nths = {measure: sorted(some) for measure, some in sorted(found.items())}
    places = sorted({nth for some in nths.values() for nth in some})
    said = digest_of([path, line_of(nths), b"\n".join([lines[nth + 1] for nth in places])])
    return FileShare(path, digest, said, *bounds_of([events[nth] for nth in places]), nths)


def _firsts(path: str, events: Sequence[Event], skips: Skips) -> tuple[dict[str, Event], list[int], list[str]]:
    """Find the events of a file that count. Returns three values:

    - number → its first event in the file, without events that ``skips`` excludes;
    - the positions of the events that do not count by ``skips``, since the entry that counts is elsewhere;
    - the numbers that occur again in the file without being in ``skips``. The join of months finds them, and the outline is
      then made again with ``skips``.
    """
    first = {event.number: event for event in reversed(events)}
    if len(first) == len(events) and not skips:
        return first, [], []
    first, repeated, again = {}, list[int](), list[str]()
    for nth, event in enumerate(events):
        place = skips.get(event.number)
        if place is not None and place != (path, event.line):
            repeated.append(nth)
        elif first.setdefault(event.number, event) is not event:
            again.append(event.number)
    return first, repeated, again


def _leaves(event: Event, here: Mapping[str, Event]) -> bool:
    """Whether the references of an entry, followed from entry to entry, lead out of its file."""
    seen = set[str]()
    while event.kind in REF_KINDS and event.number not in seen:
        seen.add(event.number)
        named = here.get(event.ref or "")
        if named is None:
            return True
        event = named
    return False


def bounds_of(events: Sequence[Event]) -> tuple[int, int, int]:
    """The first day, the last day and the last recording day of some events, as ordinals."""
    days = [event.date for event in events]
    last = max(event.number for event in events)
    return min(days).toordinal(), max(days).toordinal(), recorded_on(last).toordinal()
