"""The events of a task with its 更正 applied, taken one after another."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import CHANGES, Event
from zhenggai.model.kinds import Kind
from zhenggai.model.source import Level
from zhenggai.rules.task.guards import LOOK_AT_BOTH, NOT_BEFORE, RECORD_ANEW, WITHDRAWN


class Why(NamedTuple):
    """Why a 更正 does not count."""

    what: str
    remedy: str
    level: Level = Level.ERROR


class CorrectedEvents:
    """The events taken so far, as corrected so far, in order; None for one that was withdrawn.

    A withdrawal (作废) works before and after the event that it names. ``filed`` has all events of the task, also of later
    days, since a withdrawal may name such an event. ``refused``: the 更正 that do not count.
    """

    def __init__(self, known: Iterable[Event], filed: Iterable[Event], unit_of: Callable[[str], str]) -> None:
        self.events: list[Event | None] = []
        self.refused: list[tuple[Event, Why]] = []
        self._filed = {e.number: e for e in (*filed, *known) if e.kind is not Kind.CORRECTION}  # known events win
        self._unit_of = unit_of
        self._places: dict[str, int] = {}
        self._withdrawn: set[str] = set()

    def take(self, event: Event) -> int:
        """Take the next event, in order of day and number; the place from which on ``events`` say something else."""
        if event.kind is Kind.CORRECTION:
            return self._correct(event, event.ref or "")
        end = len(self.events)
        if event.number not in self._withdrawn:
            self._places[event.number] = end
            self.events.append(event)
        return end

    def _correct(self, event: Event, ref: str) -> int:
        place, is_void = self._places.get(ref), event.flags & Mark.VOID
        original = self._filed.get(ref) if is_void else None if place is None else self.events[place]
        if ref in self._withdrawn:
            return self._refuse(event, Why(WITHDRAWN.format(ref), RECORD_ANEW, Level.DOUBT))
        if original is None:
            return self._refuse(event, Why(NOT_BEFORE.format(ref), LOOK_AT_BOTH))
        if self._unit_of(event.path) != self._unit_of(original.path):
            return self._refuse(event, Why("更正只能由原记录单位作出", "请原记录单位自行更正"))
        if is_void:
            self._withdrawn.add(ref)
        if place is None:
            return len(self.events)
        now = None if is_void else corrected_event(original, event)
        self.events[place] = now
        return len(self.events) if now == original else place

    def _refuse(self, event: Event, why: Why) -> int:
        self.refused.append((event, why))
        return len(self.events)


def corrected_event(original: Event, correction: Event) -> Event:
    """The original with the changes of a correction. A name in ``more`` that the correction has replaces all values of that name."""
    names = {name for name, _ in correction.more}
    more = (pair for pair in correction.more if pair[0] != CHANGES)
    return original._replace(
        value=original.value if correction.value is None else correction.value,
        until=correction.until or original.until,
        flags=original.flags | correction.flags & ~Mark.COPIED,
        more=(*(pair for pair in original.more if pair[0] not in names), *more),
    )
