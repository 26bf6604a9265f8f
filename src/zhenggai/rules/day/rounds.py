"""The rounds of a task: 第1轮 until it is opened again, then the next; earlier rounds are never rewritten."""

from collections.abc import Sequence

from zhenggai.frozen import frozen
from zhenggai.model.event_of_entry import Event
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.life import State


@frozen
class Round:
    """One round: the entries that took part in it, and the state after the last of them.

    Every round but the first begins with the entry that opened the task again.
    """

    number: int
    events: tuple[Event, ...]
    state: State


def rounds_of(task: SnapshotTask) -> tuple[Round, ...]:
    """A task's rounds, oldest first; at least one, which is empty before the first entry."""
    entries = list(zip(task.events, task.trail, strict=True))
    return tuple(_round(number, entries) for number in range(1, task.head.round + 1))


def _round(number: int, entries: Sequence[tuple[Event, tuple[int, State]]]) -> Round:
    own = [(event, state) for event, (round_, state) in entries if round_ == number]
    return Round(number, tuple(event for event, _ in own), own[-1][1] if own else State.NOT_STARTED)
