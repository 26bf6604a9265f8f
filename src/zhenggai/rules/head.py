"""What the fold reads and what it makes: the events of a task, and its Head (DESIGN §6); an index may store both."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zhenggai.model.entries import Kind
from zhenggai.rules.transitions import COMPLETE, State


class Mark:
    """What else an event's flags carry beside the recorder's role; plain bits, stored by an index."""

    EVIDENCE = 1 << 8
    ON_BEHALF = 1 << 9
    VOID = 1 << 10
    SAME_HAND = 1 << 11  # a 更正 by the unit that wrote the corrected entry


More = tuple[tuple[str, str], ...]
Day = date  # inside classes that have a field named ``date``


class Event(NamedTuple):
    """What the fold needs of an entry. Text is read back from the file, by ``offset`` (characters).

    ``value`` is the percent of a 进展, the conclusion of a 完成, review or inspection, the period of an occurrence; ``until``
    the date an entry names (至, 公示止, 时限, 下次评估); ``flags`` bits of ``Role`` and ``Mark``; ``more`` what few
    entries have: steps done, a target's value, who claims a task and by which steps.
    """

    date: date
    number: str
    kind: Kind
    value: int | str | None
    until: Day | None
    ref: str | None
    flags: int
    more: More
    offset: int

    def all_of(self, name: str) -> tuple[str, ...]:
        """The values under one name in ``more``."""
        return tuple(value for key, value in self.more if key == name)


class Escalated(NamedTuple):
    """A step of the ladder as recorded: its kind and day, the entry's number, by when an answer is due, when it came."""

    kind: Kind
    date: date
    number: str
    until: Day | None = None
    replied: Day | None = None


class Duty(NamedTuple):
    """A recurring duty's occurrence as recorded: its period, the day it was done, the day it was recorded."""

    period: str
    date: date
    recorded: Day


@dataclass(slots=True)
class Head:
    """Where a task stands after its entries. The fold makes it, and nobody changes it after.

    ``first_due`` is kept for ever; ``due`` is what extensions, reopenings and 调整 made of it. ``entry_days`` are the days
    of the responsible unit's own entries, ``ladder`` the recorded steps of supervision. ``person``, ``leader`` and
    ``own_steps`` are what the unit named when it claimed the task; ``round_start`` is the day from which a second or later
    round runs; ``returned`` the day of a return that no new
    completion has answered; ``looked_back`` that of this round's last look-back found true. ``targets`` are day,
    step (or ""), value and base as text.
    """

    first_due: date | None = None
    due: date | None = None
    due_source: str = ""
    state: State = State.NOT_STARTED
    round: int = 1
    round_start: date | None = None
    percent: int | None = None
    claimed: date | None = None
    person: str | None = None
    leader: str | None = None
    own_steps: tuple[str, ...] = ()
    started: date | None = None
    completed: date | None = None
    completed_recorded: date | None = None
    closed: date | None = None
    absent: bool = False
    long_term: bool = False
    next_review: date | None = None
    case: tuple[str, ...] = ()
    notice_end: date | None = None
    looked_back: date | None = None
    pending: tuple[str, Kind] | None = None
    relapse: str | None = None
    extensions: int = 0
    returns: int = 0
    returned: date | None = None
    relapses: int = 0
    progress: int = 0
    evidence: int = 0
    steps: tuple[str, ...] = ()
    entry_days: tuple[date, ...] = ()
    last_entry: date | None = None
    last_number: str = ""
    duties: tuple[Duty, ...] = ()
    ladder: tuple[Escalated, ...] = ()
    targets: tuple[tuple[date, str, str, str], ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the task counts as completed."""
        return self.state in COMPLETE


def recording_day(event: Event) -> date:
    """The day an event was recorded, from its number."""
    return date.fromisoformat(event.number[:8])
