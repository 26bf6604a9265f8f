"""The rounds of a task. Each reopening starts a new one; earlier rounds never change (docs/rules.md, 轮次)."""

from collections.abc import Sequence

from zhenggai.frozen import frozen
from zhenggai.model.event_of_entry import Event
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.life import State


@frozen
class Round:
    """One round: its events, and the state after the last one.

    Every round but the first begins with the event that reopened the task.
    """

    number: int
    events: tuple[Event, ...]
    state: State


def rounds_of(task: SnapshotTask) -> tuple[Round, ...]:
    """The rounds of a task, oldest first. There is always one; before the first entry it is empty."""
    entries = list(zip(task.events, task.trail, strict=True))
    return tuple(_round(number, entries) for number in range(1, task.head.round + 1))


def _round(number: int, entries: Sequence[tuple[Event, tuple[int, State]]]) -> Round:
    own = [(event, state) for event, (round_, state) in entries if round_ == number]
    return Round(number, tuple(event for event, _ in own), own[-1][1] if own else State.NOT_STARTED)
