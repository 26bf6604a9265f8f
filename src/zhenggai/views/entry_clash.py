"""A new entry beside what the ledger has of its task, where that is newer or says more: a person should compare the two."""

from collections.abc import Iterator
from datetime import date

from zhenggai.model.entries import Entry
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import ending, recorded_on
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.entry_history import entry_phrases

_OF_WORK = (Kind.PROGRESS, Kind.BASICALLY_DONE, Kind.DONE)


def clash_lines(snapshot: Snapshot, task: SnapshotTask, entry: Entry, since: date = date.min) -> Iterator[str]:
    """The two side by side, below a head; nothing if they do not clash.

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
        return
    yield f"{task.name}，{'台账里有更晚的记录' if newer else '进度比台账里的低'}"
    yield f"    表里　{entry.date} {entry.kind} {'；'.join(entry_phrases(entry))}"
    for event in shown:
        if said := snapshot.said(event.number):
            yield f"    台账　{said.date} {said.kind} {'；'.join(entry_phrases(said))}（{ending(event.number)}）"
