"""What is filed under tasks, as the index keeps it: of each file, what it says to each unit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from zhenggai.ledger.catalogue import BESIDE, COPIED, REPEATED
from zhenggai.ledger.index import Run
from zhenggai.ledger.kept import Plain, plain_event
from zhenggai.model.event_of_entry import Event
from zhenggai.model.numbers import recorded_on
from zhenggai.progress import watched
from zhenggai.rules.task.address import LOOSE_KINDS, Address


def filed_by_unit(
    filed: Mapping[Address, Iterable[Event]], repeated: Sequence[Event] = ()
) -> dict[str, dict[str, list[Event]]]:
    """Events by address, by unit and measure; copies of those that are asked for beside the tasks."""
    found: dict[str, dict[str, list[Event]]] = {BESIDE: {REPEATED: list(repeated)}} if repeated else {}
    for (measure, unit), events in filed.items():
        if not measure:
            found.setdefault(BESIDE, {}).setdefault(unit, []).extend(events)
            continue
        found.setdefault(unit, {})[measure] = list(events)
        if copies := [event for event in events if event.kind in LOOSE_KINDS]:
            found.setdefault(BESIDE, {}).setdefault(COPIED, []).extend(copies)
    return found


def runs_of(filed: Mapping[str, Mapping[str, Iterable[Event]]]) -> Iterator[tuple[str, str, Run]]:
    """What is filed, as the runs that the index keeps: unit, file, run."""
    for unit, by_measure in watched(filed.items(), "整理记录"):
        runs: dict[str, dict[str, list[Plain]]] = {}
        for measure, events in by_measure.items():
            path, plain = "", list[Plain]()
            for event in events:  # those of one file stand together
                if event.path != path:
                    path, plain = event.path, []
                    runs.setdefault(path, {})[measure] = plain
                plain.append(plain_event(event, measure))
        yield from ((unit, path, (*_bounds(run), run)) for path, run in runs.items())


def _bounds(run: Mapping[str, list[Plain]]) -> tuple[int, int, int]:
    days = [values[1] for events in run.values() for values in events]
    recorded = max(values[0] for events in run.values() for values in events)
    return min(days), max(days), recorded_on(recorded).toordinal()
