"""A new entry beside what the ledger has of its task, where that is newer or says more: a person should compare the two."""

from datetime import date

from zhenggai.importing.draft import Doubt
from zhenggai.importing.entries.entry_row import EntryRow
from zhenggai.model.entries import Entry
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import ending, recorded_on
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.entry_history import entry_phrases

_OF_WORK = (Kind.PROGRESS, Kind.BASICALLY_DONE, Kind.DONE)


def clash_doubt(
    snapshot: Snapshot, row: EntryRow, task: SnapshotTask, entry: Entry, since: date = date.min
) -> Doubt | None:
    """The two side by side, as a doubt about the row of the new one; None if they do not clash.

    They clash if the ledger has entries of the task's work that were recorded from the day ``since`` on and are not older than
    the new one, or a higher percent.
    """
    newer = [
        event
        for event in task.events
        if event.kind in _OF_WORK and event.date >= entry.date and recorded_on(event.number) >= since
    ]
    percent, now = getattr(entry, "percent", None), task.head.percent
    is_lower = percent is not None and now is not None and percent < now
    shown = newer or ([event for event in task.events if event.value == now][-1:] if is_lower else [])
    if not shown:
        return None
    lines = [task.name, f"    表里　{_in_words(entry)}"]
    known = ((event.number, snapshot.said(event.number)) for event in shown)
    lines += [f"    台账　{_in_words(said)}（{ending(number)}）" for number, said in known if said]
    about = "台账里有更晚的记录" if newer else "进度比台账里的低"
    return Doubt(place=row.at, about=about, what="\n".join(lines))


def _in_words(entry: Entry) -> str:
    return f"{entry.date} {entry.kind} {'；'.join(entry_phrases(entry))}"
