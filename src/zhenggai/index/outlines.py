"""What a ledger file says to which unit, as far as the file itself tells; and the same of a unit's folder.

Most entries are filed by what they say. One that names another (针对) is filed where that one is; if that one stands in another
file, it ``awaits`` an answer, which ``references`` finds. A file's outline is made from its events, and the folder's from its
files' outlines, so a change in one file reads no other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from zhenggai.frozen import frozen
from zhenggai.index.catalogue import BESIDE, COPIED, REPEATED
from zhenggai.index.codec import line_of, lines_of, plain_problems, value_in
from zhenggai.index.events import event_line
from zhenggai.index.keys import digest_of, key_of, program_key
from zhenggai.index.parsed import Files
from zhenggai.index.store import Store
from zhenggai.model.events import Event
from zhenggai.model.numbers import recorded_on
from zhenggai.model.plan import Plan
from zhenggai.model.source import Problem, Source
from zhenggai.model.units import UnitBook
from zhenggai.rules.address import LOOSE_KINDS, Address
from zhenggai.rules.filing import Filer, repeated_number
from zhenggai.rules.transitions import REF_KINDS

Nths = dict[str, list[int]]
"""The events of a file, by their place in it, by the measure they are filed under."""
Skips = Mapping[str, Source]
"""The numbers that several entries have, each with the place of the first, the only one that counts."""


@frozen
class Filing:
    """What decides where entries are filed: the books, and the key of what of them does."""

    plan: Plan
    units: UnitBook
    key: str
    responsible: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)


def outline_key(filing: Filing, path: str, digest: str, skips: Skips) -> str:
    """The key of a file's outline."""
    return key_of(program_key(), "outline", filing.key, path, digest, *_shown(skips))


def _shown(skips: Skips) -> list[str]:
    return [f"{number} {place.path} {place.line}" for number, place in sorted(skips.items())]


class Outliner:
    """Makes outlines of files and folders, or takes those that are kept."""

    def __init__(self, files: Files, store: Store, filing: Filing) -> None:
        self.files, self.store, self.filing = files, store, filing
        self._outlines: dict[str, list[Any]] = {}

    def outline(self, path: str, digest: str, skips: Skips) -> tuple[str, Any, Any]:
        """The key of a file's outline, what it says, and its numbers.

        What it says: its entries by their places in it, by unit and measure (``units``); those that are ``awaiting`` an answer,
        and the numbers ``wanted`` for it; all the numbers that its entries ``named``; what is wrong. Its numbers: the
        ``targets`` by what an entry that names one has to know of it, its measure, unit and kind; the ``others``, which are
        about no task or await an answer themselves, as events, each with what it is filed under (None: that is not known).
        """
        key = outline_key(self.filing, path, digest, skips)
        if key not in self._outlines:
            kept = self.store.get(key)
            if kept is None:
                self._outlines[key] = self._made(path, digest, skips)
                self.store.put(key, lines_of(*self._outlines[key]))
            else:
                self._outlines[key] = list(map(value_in, kept.split(b"\n")))
        return key, *self._outlines[key]

    def _made(self, path: str, digest: str, skips: Skips) -> list[Any]:
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
        found = [_repeated(events[nth], skips) for nth in repeated]
        facts = {
            "units": filed.nths,
            "awaiting": awaiting,
            "wanted": sorted({events[nth].ref or "" for nth in awaiting}),
            "named": sorted({event.ref for event in events if event.ref}),
            "reading": self.files.head(path, digest)["problems"],
            "problems": plain_problems((*found, *filer.problems)),
        }
        numbers = {f"{measure}\0{unit}\0{kind}": " ".join(of) for ((measure, unit), kind), of in targets.items()}
        return [facts, {"targets": numbers, "others": others, "again": again}]

    def _take_kept(self, folder: str, digests: Mapping[str, str], skips: Mapping[str, Skips]) -> None:
        """Take the outlines of a folder's files that are kept with one question."""
        paths = {f"{folder}/{name}": digest for name, digest in digests.items()}
        keys = (outline_key(self.filing, path, digest, skips.get(path, {})) for path, digest in paths.items())
        for key, value in self.store.get_all([key for key in keys if key not in self._outlines]).items():
            self._outlines[key] = list(map(value_in, value.split(b"\n")))

    def folder_key(self, folder: str, digests: Mapping[str, str], skips: Mapping[str, Skips]) -> str:
        """The key of a folder's outline."""
        files = (
            text
            for name in sorted(digests)
            for text in (name, digests[name], *_shown(skips.get(f"{folder}/{name}", {})))
        )
        return key_of(program_key(), "folder", self.filing.key, folder, *files)

    def folder(self, folder: str, digests: Mapping[str, str], skips: Mapping[str, Skips]) -> bytes:
        """A folder's outline, as it is kept.

        First what the numbers of each month are made from, what its entries want to know, and what is wrong with how its files
        read; then its files with their digests, those of each month, and whom the entries of each name and want.
        """
        self._take_kept(folder, digests, skips)
        months: dict[str, list[str]] = {}
        of_months: dict[str, list[str]] = {}
        wanted: dict[str, list[str]] = {}
        named: dict[str, list[str]] = {}
        problems: list[Any] = []
        for name in sorted(digests):
            path = f"{folder}/{name}"
            key, facts, numbers = self.outline(path, digests[name], skips.get(path, {}))
            for month in months_of(numbers):
                months.setdefault(month, []).append(key)
                of_months.setdefault(month, []).append(name)
            for number in facts["wanted"]:
                months.setdefault(number[:6], []).append(number)
            if facts["wanted"]:
                wanted[name] = facts["wanted"]
            if facts["named"]:
                named[name] = facts["named"]
            problems += facts["reading"]
        told = {month: digest_of(parts) for month, parts in months.items()}
        return lines_of(
            {"months": told, "wanted": digest_of([line_of(wanted)]) if wanted else "", "problems": problems},
            {"files": dict(digests), "months": of_months, "wanted": wanted, "named": named},
        )


class Filed:
    """The events of a file, by their places in it, by unit and measure; those of kinds that move no task stand beside too."""

    def __init__(self) -> None:
        self.nths: dict[str, Nths] = {}

    def add(self, nth: int, event: Event, address: Address) -> None:
        """File an event."""
        measure, unit = address
        if not measure:
            self.nths.setdefault(BESIDE, {}).setdefault(unit, []).append(nth)
            return
        self.nths.setdefault(unit, {}).setdefault(measure, []).append(nth)
        if event.kind in LOOSE_KINDS:
            self.nths.setdefault(BESIDE, {}).setdefault(COPIED, []).append(nth)


def _firsts(path: str, events: Sequence[Event], skips: Skips) -> tuple[dict[str, Event], list[int], list[str]]:
    """The first event of each number, as far as the file tells; the places of those that do not count, by ``skips``; and the
    numbers that come again: whoever joins the files finds that, and tells it by ``skips``.
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
    """Whether following what an entry names leads out of its file."""
    seen = set[str]()
    while event.kind in REF_KINDS and event.number not in seen:
        seen.add(event.number)
        named = here.get(event.ref or "")
        if named is None:
            return True
        event = named
    return False


def _repeated(event: Event, skips: Skips) -> Problem:
    place = skips[event.number]
    return repeated_number(event, event._replace(path=place.path, line=place.line))


def months_of(numbers: Mapping[str, Any]) -> list[str]:
    """The months in which the entries of an outline's ``numbers`` were recorded."""
    found = {number[:6] for text in numbers["targets"].values() for number in text.split()}
    return sorted(found | {line[2:8] for _, line in numbers["others"]} | {number[:6] for number in numbers["again"]})


def bounds_of(events: Iterable[Event]) -> tuple[int, int, int]:
    """The first and the last day of some events, and their last recording day."""
    some: Sequence[Event] = list(events)
    days = [event.date for event in some]
    last = max(event.number for event in some)
    return min(days).toordinal(), max(days).toordinal(), recorded_on(last).toordinal()
