"""The catalogue of a plan: the events of each unit, from the ledger files as they were when the plan was opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.errors import FileChanged
from zhenggai.index.codec import diagnostics_from, line_of, value_in
from zhenggai.index.keys import key_of, program_key
from zhenggai.model.source import Source
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
"""The key in place of a unit for three sorts of event: events about no task, and events that are COPIED or REPEATED."""

COPIED, REPEATED = "另记", "重复"
"""In place of a measure, under ``BESIDE`` only.

- ``COPIED``: events of ``LOOSE_KINDS`` that are filed under a task too;
- ``REPEATED``: events that do not count, since another event has their number.
"""

Filed = Mapping[str, "list[Event]"]
"""The events of a unit: number of the measure → events. Under ``BESIDE``: ``Address.unit``, COPIED or REPEATED → events."""


class FileShare(NamedTuple):
    """A share: the part of a ledger file that concerns one unit.

    - ``path``, ``digest``: the file, and the digest of its content;
    - ``said``: the digest of the share;
    - ``first``, ``last``: the first and the last day of its events, as ordinals;
    - ``recorded``: the last recording day of its events, as an ordinal;
    - ``nths``: number of the measure → positions of its events in the file, from 0.
    """

    path: str
    digest: str
    said: str
    first: int
    last: int
    recorded: int
    nths: Mapping[str, Sequence[int]]


class Said(NamedTuple):
    """A summary of all shares of a unit.

    - ``digest``: the digest of their content (``FileShare.said``); ``shares``: the digest of the shares themselves;
    - ``last``, ``recorded``: the last day of their events, and their last recording day, as ordinals.
    """

    digest: str = ""
    shares: str = ""
    last: int = 0
    recorded: int = 0


class Catalogue:
    """The books and the events of one plan, as its files were when it was opened.

    - ``said``: unit → summary of its shares; has every unit with events, and ``BESIDE``;
    - ``repeated``: number that several entries have → place of the entry that counts;
    - ``remake`` (argument): makes lost values again, from files that have not changed.
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
        self.repeated = {number: Source(*place) for number, place in facts["repeated"].items()}
        self._shares: dict[str, list[FileShare]] = {}

    @cached_property
    def files(self) -> Files:
        """The reader of the ledger's files."""
        return self._got_files()

    @property
    def diagnostics_of_reading(self) -> list[Diagnostic]:
        """The diagnostics of reading the ledger's files."""
        return diagnostics_from(self._diagnostics[0])

    @property
    def diagnostics_of_filing(self) -> list[Diagnostic]:
        """The diagnostics of filing entries; they hold on every day."""
        return diagnostics_from(self._diagnostics[1])

    @cached_property
    def keys(self) -> dict[str, dict[str, str]]:
        """The keys of the values ``folders``, ``months`` and ``assigned``: kind → name of the folder or month → key."""
        found: dict[str, dict[str, str]] = value_in(self._keys)
        return found

    def needed(self, keys: Collection[str]) -> list[bytes]:
        """The values of keys that the state was made from. Lost values are made again; ``FileChanged`` if this fails."""
        found = self.store.get_all(keys)
        if len(found) < len(set(keys)):
            self._remake()
            found = self.store.get_all(keys)
            if any(key not in found for key in keys):
                raise FileChanged("台账")
        return [found[key] for key in keys]

    def shares(self, units: Iterable[str]) -> dict[str, list[FileShare]]:
        """The shares of some units, in order of path."""
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
        """For each folder: unit → its shares in that folder, as a line."""
        keys = self.keys["assigned"]
        values = (value.split(b"\n") for value in self.needed([keys[folder] for folder in sorted(keys)]))
        return [dict(zip(value_in(head)["units"], lines, strict=True)) for head, *lines in values]

    def events(self, unit: str, measure: str | None = None) -> dict[str, list[Event]]:
        """The events of a unit (or of ``BESIDE``), or of one of its measures, by measure, in order of path and line."""
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
        """The events under ``BESIDE``, each with its address there."""
        for what, events in self.events(BESIDE).items():
            yield from ((event, Address("", what)) for event in events)

    def between(self, first: date, last: date) -> dict[Address, list[Event]]:
        """The events from day ``first`` to day ``last``, by date or recording day: address of the task → events.

        The result may have other events too, since whole shares are read.
        """
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
