"""The test of entries before they are written: the snapshot with them, and the reasons against them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property

from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.frozen import frozen
from zhenggai.model.book import Record
from zhenggai.model.entries import Correction, Entry
from zhenggai.model.ledger_name import ledger_name
from zhenggai.model.source import Diagnostic, Source
from zhenggai.reading.data_folders import LEDGERS
from zhenggai.rules.day.snapshot import Snapshot

_BEYOND_TOMORROW = timedelta(days=2)
_MEND_THE_CLOCK = "\n    校正电脑的日期"


@frozen(slots=False)
class Trial:
    """The snapshot without some entries (``before``) and with them (``then``).

    ``unwritten`` maps an entry's number to its source: the recording unit's folder as path, and the entry's position among
    the new entries, from 1, as line.
    """

    before: Snapshot
    then: Snapshot
    unwritten: Mapping[str, Source]

    def of_entry(self, entry: Entry, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Those of the diagnostics that are about the entry."""
        return [diagnostic for diagnostic in diagnostics if diagnostic.source == self.unwritten[entry.number]]

    def faults(self, entry: Entry) -> list[str]:
        """The reasons that the rules give against an entry, each with its remedy."""
        return [f"{p.what}\n    {p.remedy}" for p in self.found(entry)]

    def found(self, entry: Entry) -> Sequence[Diagnostic]:
        """What the rules find wrong with an entry."""
        return self._diagnostics.get(self.unwritten[entry.number], ())

    @cached_property
    def _diagnostics(self) -> dict[Source, list[Diagnostic]]:
        """The diagnostics with the entries, by their place."""
        found: dict[Source, list[Diagnostic]] = {}
        for diagnostic in self.then.diagnostics:
            found.setdefault(diagnostic.source, []).append(diagnostic)
        return found

    def upset(self) -> list[str]:
        """The reasons against the entries that come from existing entries: those that would become invalid."""
        known, own = set(self.before.diagnostics), set(self.unwritten.values())
        return upset(p for p in self.then.diagnostics if p not in known and p.source not in own)


def tried(writer: Writer, entries: Sequence[Entry]) -> Trial:
    """The trial of the entries that a writer is about to append. Each is tried after those that come before it by day and number."""
    folder = f"{LEDGERS}/{writer.snapshot.plan.number}/{writer.unit}/"
    unwritten = {entry.number: Source(folder, nth) for nth, entry in enumerate(entries, 1)}
    new = tuple(Record(entry, writer.unit, unwritten[entry.number]) for entry in entries)
    return Trial(writer.snapshot, writer.ledger.snapshot_with(new, writer.snapshot), unwritten)


def upset(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """A reason for each existing entry that would become invalid, from its new diagnostics."""
    return [
        f"{p.source} 的记录就不成立了：{p.what}\n    核对这一条；确实如此的，先由其记录单位作废，从最后一条起"
        for p in diagnostics
    ]


def date_faults(writer: Writer, entry: Entry) -> list[str]:
    """The reasons against an entry's date that do not depend on its task. An old ledger may tell of days before the issue."""
    issued, today = writer.snapshot.plan.issued, writer.today
    faults = [f"日期 {entry.date} 还没到（今天 {today}）"] if entry.date > today else []
    if entry.date < issued and entry.copied_from is None:
        mend = _MEND_THE_CLOCK if entry.date == today else ""
        faults.append(f"日期 {entry.date} 早于方案印发日期 {issued}{mend}")
    elif not (isinstance(entry, Correction) and entry.void) and _is_slow(writer):
        faults.append(f"本机日期 {today} 之后，多数电脑上已有记录{_MEND_THE_CLOCK}")
    return faults


def _is_slow(writer: Writer) -> bool:
    """Whether this computer's clock must be behind.

    It is if more than half of the computers, and at least two, have valid entries recorded after tomorrow. The
    clone's mark in the names of ledger files tells computers apart.
    """
    ahead: dict[str, list[str]] = {}
    for event in writer.ledger.recorded_from(writer.today + _BEYOND_TOMORROW):
        if found := ledger_name(event.path):
            ahead.setdefault(found.mark, []).append(event.number)
    if len(ahead) < 2:
        return False
    known = {found.mark for path in writer.ledger.ledger_paths() if (found := ledger_name(path))}
    confirmed = [clone for clone, numbers in ahead.items() if any(map(writer.snapshot.said, numbers))]
    return len(confirmed) > 1 and 2 * len(confirmed) > len(known)
