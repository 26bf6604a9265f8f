"""The states of a task on many days, from one pass over its entries. A fold of each day would begin anew."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.money import NO_MONEY
from zhenggai.model.numbers import is_known
from zhenggai.rules.task.corrected_events import CorrectedEvents
from zhenggai.rules.task.fold import fold
from zhenggai.rules.task.folding import Folding, UnitOf
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState

_On = tuple[Sequence[date], TaskState, Event | None]
"""Days on which a task has one state, that state, and the entry that explains it (``Folded``)."""


def fold_on_days(
    task: Task, events: Collection[Event], days: Sequence[date], known_by: date = date.max, *, unit_of: UnitOf
) -> Iterator[_On]:
    """The states of a task on some days, in order: each with the days on which it is the same.

    Each is what ``fold`` gives for these days. ``task`` holds on all of them. A state holds only until the next one is
    asked for, since the pass goes on with it.
    """
    if len({event.number for event in events}) < len(events):  # the first by place may be a later one by day
        for day in days:
            found = fold(task, events, day, known_by, unit_of=unit_of)
            yield [day], found.head, found.explained
        return
    ordered = sorted(event for event in events if is_known(event, days[-1], known_by))
    has_corrections = any(event.kind is Kind.CORRECTION for event in ordered)
    going = _CorrectedPass(task, events, ordered, unit_of) if has_corrections else _Pass(task, unit_of)
    for some, new in _with_new(ordered, days):
        going.take(new)
        yield some, going.folding.head, going.folding.explained


def _with_new(ordered: Sequence[Event], days: Sequence[date]) -> Iterator[tuple[Sequence[date], Sequence[Event]]]:
    """The days in runs without new events, each with the events that are new on its first day."""
    done = start = 0
    while start < len(days):
        upto = bisect_right(ordered, days[start], lo=done, key=_day_of)
        end = bisect_left(days, ordered[upto].date, lo=start) if upto < len(ordered) else len(days)
        yield days[start:end], ordered[done:upto]
        done, start = upto, end


_day_of = attrgetter("date")


class _Pass:
    """A pass over the entries of a task in order."""

    def __init__(self, task: Task, unit_of: UnitOf) -> None:
        self.folding = Folding(task, unit_of)

    def take(self, new: Sequence[Event]) -> None:
        """Take the next entries."""
        for event in new:
            self.folding.take(event)
        self.folding.adjust()


_EVERY = 32


class _CorrectedPass(_Pass):
    """A pass that turns back where a 更正 changes an entry, and goes on until it stands as it stood before.

    For this it keeps the fold as it was before every 32nd entry. It is the entries between that cost, not all of them.
    """

    def __init__(self, task: Task, filed: Iterable[Event], ordered: Iterable[Event], unit_of: UnitOf) -> None:
        super().__init__(task, unit_of)
        self._corrected = CorrectedEvents((), filed, unit_of)
        self._kept: list[Folding] = []
        self._done = 0
        entries = [event for event in ordered if event.kind is not Kind.CORRECTION]
        places = {event.number: place for place, event in enumerate(entries)}
        self._named = {event.ref for event in entries if event.ref in places}
        self._names_later = any(places.get(event.ref or "", -1) > place for place, event in enumerate(entries))

    def take(self, new: Sequence[Event]) -> None:
        for event in new:
            place = self._corrected.take(event)
            if place < self._done:
                self._turn_back(place, event.ref or "")
        self._go_on(self.folding, self._done)
        self._done = len(self._corrected.events)
        self.folding.adjust()

    def _go_on(self, folding: Folding, place: int) -> None:
        """Take the entries from a place on."""
        for event in self._corrected.events[place:]:
            if place % _EVERY == 0:
                self._kept[place // _EVERY :] = [folding.copied()]
            if event:
                folding.take(event)
            place += 1

    def _turn_back(self, changed: int, number: str) -> None:
        """Take the entries anew from where the fold was kept last before a changed one, until it meets itself as it was."""
        events, seen, nth = self._corrected.events, self.folding.seen, changed // _EVERY
        may_meet = not self._names_later and number not in self._named
        folding = self._kept[nth].copied()
        if self._names_later:
            seen = {e.number: seen[e.number] for e in events[: nth * _EVERY] if e and e.number in seen}
        elif events[changed] is None:
            seen.pop(number, None)
        folding.seen = seen
        for place in range(nth * _EVERY, self._done):
            if place % _EVERY == 0:
                if place > changed and may_meet and self._meets(folding, place // _EVERY):
                    return
                self._kept[place // _EVERY] = folding.copied()
            if event := events[place]:
                was_refused = seen.get(event.number) is None
                is_refused = folding.take(event) is not None
                may_meet = may_meet and (was_refused == is_refused or event.number not in self._named)
        self.folding = folding

    def _meets(self, folding: Folding, nth: int) -> bool:
        """Whether a fold stands as it stood at that place before; then all later ones are mended, which have another sum of money."""
        if not folding.stands_as(self._kept[nth]):
            return False
        more = folding.head.money.minus(self._kept[nth].head.money)
        for later in (*self._kept[nth:], self.folding) if more != NO_MONEY else ():
            later.head.money = later.head.money.plus(more)
        return True
