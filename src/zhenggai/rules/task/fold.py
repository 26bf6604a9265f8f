"""The fold: computes the TaskState of a task as of a day from its entries, in order.

The fold is a pure function and reads no clock. An entry that is not allowed becomes a ``Refusal``, never an exception;
``folding`` decides which is.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import is_known
from zhenggai.model.source import Level
from zhenggai.rules.task.corrected_events import CorrectedEvents
from zhenggai.rules.task.folding import Folding, UnitOf
from zhenggai.rules.task.life import State
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_state import TaskState


@frozen
class Refusal:
    """An entry that is not allowed. It changed nothing."""

    event: Event
    what: str
    remedy: str
    level: Level = Level.ERROR


@frozen
class Folded:
    """The result of a fold.

    - ``head``: the TaskState after the last entry;
    - ``refusals``: the entries that were refused;
    - ``taken``: the accepted entries, in order, with corrections applied;
    - ``trail``: the round and the state after each entry of ``taken``;
    - ``explained``: the newest 进展 of ``taken`` that gives a cause or a difficulty.
    """

    head: TaskState
    refusals: tuple[Refusal, ...] = ()
    taken: tuple[Event, ...] = ()
    trail: tuple[tuple[int, State], ...] = ()
    explained: Event | None = None


def fold(task: Task, events: Collection[Event], as_of: date, known_by: date = date.max, *, unit_of: UnitOf) -> Folded:
    """The state of a task, from its entries dated until ``as_of`` and recorded until ``known_by``.

    ``events`` come in order of path and line: of several entries with one number, the first counts. The fold sorts them
    by (日期, 编号). ``unit_of`` gives the full name of the unit that records in a file.
    """
    kept: dict[str, Event] = {}
    for event in events:
        if is_known(event, as_of, known_by):
            kept.setdefault(event.number, event)
    ordered, refusals = _corrected(sorted(kept.values()), events, unit_of)
    folding = Folding(task, unit_of)
    taken: list[Event] = []
    trail: list[tuple[int, State]] = []
    for event in ordered:
        if refused := folding.take(event):
            refusals.append(Refusal(event, refused.what, refused.remedy))
        else:
            taken.append(event)
            trail.append((folding.head.round, folding.head.state))
    folding.adjust()
    return Folded(folding.head, tuple(refusals), tuple(taken), tuple(trail), folding.explained)


def _corrected(events: list[Event], filed: Iterable[Event], unit_of: UnitOf) -> tuple[Sequence[Event], list[Refusal]]:
    """The events with every 更正 applied, and the 更正 that are refused."""
    if all(event.kind is not Kind.CORRECTION for event in events):
        return events, []
    corrected = CorrectedEvents(events, filed, unit_of)
    for event in events:
        corrected.take(event)
    refusals = [Refusal(event, *why) for event, why in corrected.refused]
    return [event for event in corrected.events if event is not None], refusals
