"""What a plan's entries say to each unit, as its files stood when it was opened: events by unit, by number, by day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.errors import FileChanged
from zhenggai.index.codec import diagnostics_from, line_of, value_in
from zhenggai.index.keys import key_of, program_key
from zhenggai.rules.task.address import Address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenggai.index.books import KeptBooks
    from zhenggai.index.parsed import Files
    from zhenggai.index.store import Store
    from zhenggai.model.event_of_entry import Event
    from zhenggai.model.source import Diagnostic

BESIDE = ""
"""The unit under which stands what is about no task, and once more what is of a kind that moves none."""

COPIED, REPEATED = "另记", "重复"
"""What has no address of its own there: events that are filed under a task as well, and those whose number another has."""

Filed = Mapping[str, "list[Event]"]
"""The events of a unit by the measure that they are filed under; of those about no task by what they are (``Address.unit``)."""


class FileShare(NamedTuple):
    """What a file says to a unit: the file and its digest, the digest of what it says; the days of the events, their last
    recording day; the events, by their places in the file, by the measure they are filed under.
    """

    path: str
    digest: str
    said: str
    first: int
    last: int
    recorded: int
    nths: Mapping[str, Sequence[int]]


class Said(NamedTuple):
    """What is said to a unit: the digest of all of it, that of where it stands (``FileShare``), the last day of its events, and
    their last recording day.
    """

    digest: str = ""
    shares: str = ""
    last: int = 0
    recorded: int = 0


class Catalogue:
    """One plan's books and files as they were seen. ``said`` has the units to which anything is said, and ``BESIDE``.

    ``remake`` makes the values anew that are not kept any more, from files that are still as they were.
    """

    def __init__(
        self, store: Store, books: KeptBooks, state: bytes, got_files: Callable[[], Files], remake: Callable[[], None]
    ) -> None:
        self.store, self.books, self._got_files, self._remake = store, books, got_files, remake
        head, self._keys = state.split(b"\n")
        facts = value_in(head)
        self.said = {unit: Said(*said) for unit, said in facts["units"].items()}
        self.said.setdefault(BESIDE, Said())
        self._diagnostics = facts["reading"], facts["filing"]
        self.repeated: frozenset[str] = frozenset(facts["repeated"])
        self._shares: dict[str, list[FileShare]] = {}

    @cached_property
    def files(self) -> Files:
        """The ledger's files."""
        return self._got_files()

    @property
    def diagnostics_of_reading(self) -> list[Diagnostic]:
        """What is wrong with the ledger's files, as they read."""
        return diagnostics_from(self._diagnostics[0])

    @property
    def diagnostics_of_filing(self) -> list[Diagnostic]:
        """What is wrong with entries, whatever the day."""
        return diagnostics_from(self._diagnostics[1])

    @cached_property
    def keys(self) -> dict[str, dict[str, str]]:
        """The keys of what is kept of ``folders``, of ``months``, and of what folders say to units (``assigned``)."""
        found: dict[str, dict[str, str]] = value_in(self._keys)
        return found

    def needed(self, keys: Collection[str]) -> list[bytes]:
        """The values of keys that the state was made of, made anew where they are lost."""
        found = self.store.get_all(keys)
        if len(found) < len(set(keys)):
            self._remake()
            found = self.store.get_all(keys)
            if any(key not in found for key in keys):
                raise FileChanged("台账")
        return [found[key] for key in keys]

    def shares(self, units: Iterable[str]) -> dict[str, list[FileShare]]:
        """What each file says to some units, in order of path."""
        wanted = [unit for unit in units if unit in self.said and unit not in self._shares]
        keys = {
            unit: key_of(program_key(), "shares", unit, self.said[unit].shares)
            for unit in wanted
            if self.said[unit].shares
        }
        kept = self.store.get_all(list(keys.values()))
        for unit in wanted:
            key = keys.get(unit, "")
            if key in kept:
                self._shares[unit] = [FileShare(*share) for share in value_in(kept[key])]
            elif key:
                lines = (value_in(folder[unit]) for folder in self._assigned if unit in folder)
                self._shares[unit] = [FileShare(*share) for shares in lines for share in shares]
                self.store.put(key, line_of(self._shares[unit]))
        return {unit: self._shares.get(unit, []) for unit in units}

    @cached_property
    def _assigned(self) -> list[dict[str, bytes]]:
        """What each folder says to units, a line each."""
        keys = self.keys["assigned"]
        values = (value.split(b"\n") for value in self.needed([keys[folder] for folder in sorted(keys)]))
        return [dict(zip(value_in(head)["units"], lines, strict=True)) for head, *lines in values]

    def events(self, unit: str, measure: str | None = None) -> dict[str, list[Event]]:
        """The events of a unit, or of a measure of it, in order of path and line; those about no task under ``BESIDE``."""
        shares = self.shares([unit])[unit]
        if measure is not None:
            shares = [share._replace(nths={measure: share.nths[measure]}) for share in shares if measure in share.nths]
        self.files.prefetch((share.path, share.digest) for share in shares)
        found: dict[str, list[Event]] = {}
        for share in shares:
            for name, events in self._events_of(share).items():
                found.setdefault(name, []).extend(events)
        return found

    def _events_of(self, share: FileShare) -> dict[str, list[Event]]:
        nths = [nth for some in share.nths.values() for nth in some]
        events = iter(self.files.some(share.path, share.digest, nths))
        return {measure: list(islice(events, len(some))) for measure, some in share.nths.items()}

    def beside(self) -> Iterator[tuple[Event, Address]]:
        """The events that are about no task, and those of kinds that move none."""
        for what, events in self.events(BESIDE).items():
            yield from ((event, Address("", what)) for event in events)

    def between(self, first: date, last: date) -> dict[Address, list[Event]]:
        """The events that happened, or were recorded, from one day to another, by the task they are filed under, and some more."""
        day, end = first.toordinal(), last.toordinal()
        late = [unit for unit, said in self.said.items() if unit != BESIDE and max(said.last, said.recorded) >= day]
        of_units = self.shares(late)
        shares = [
            (unit, share)
            for unit, some in of_units.items()
            for share in some
            if share.first <= end and (share.last >= day or share.recorded >= day)
        ]
        self.files.prefetch({(share.path, share.digest) for _, share in shares})
        found: dict[Address, list[Event]] = {}
        for unit, share in shares:
            for measure, events in self._events_of(share).items():
                found.setdefault(Address(measure, unit), []).extend(events)
        return found
