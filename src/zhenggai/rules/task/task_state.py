"""What the fold makes of a task's events: its TaskState, which an index may store."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhenggai.frozen import fluid
from zhenggai.model.kinds import Kind
from zhenggai.rules.task.life import COMPLETE, State

if TYPE_CHECKING:
    from zhenggai.model.event_of_entry import Event

Day = date  # inside classes that have a field named ``date``


class Duty(NamedTuple):
    """A recurring duty's occurrence as recorded: its period, the day it was done, the day it was recorded; ordinals."""

    period: str
    day: int
    recorded: int


class Escalated(NamedTuple):
    """A step of the ladder as recorded: its kind and day, the entry's number, by when an answer is due, when it came."""

    kind: Kind
    date: date
    number: str
    until: Day | None = None
    replied: Day | None = None


class Closing(NamedTuple):
    """A 销号 as recorded: its round, number and day; and the last look-back of that round, with what it found."""

    round: int
    number: str
    date: date
    looked: str | None = None
    looked_on: Day | None = None
    verdict: str | None = None


@fluid
class TaskState:
    """Where a task stands after its entries. The fold makes it, and nobody changes it after.

    ``first_due`` is kept for ever; ``due`` is what extensions, reopenings and 调整 made of it. ``own_days`` are the days on
    which the responsible unit recorded something, each once, ``behalf_days`` those of entries that another made for it (代录);
    ``turns`` the days on which the task turned complete, open again, complete …; ``ladder`` the recorded steps of
    supervision. ``person``, ``leader`` and ``own_steps`` are what the unit named when it claimed the task; ``round_start`` is
    the day from which a second or later round runs; ``returned`` the day of a return that no new completion has answered;
    ``looked_back`` that of this round's last look-back found true, ``untrue`` that of the last inspection found untrue;
    ``redated`` says that a 重新整改 has answered the ``relapse``. ``requests`` counts 申请延期. ``targets`` are day, step (or ""),
    value and base as text.
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
    redated: bool = False
    untrue: date | None = None
    requests: int = 0
    extensions: int = 0
    returns: int = 0
    returned: date | None = None
    relapses: int = 0
    progress: int = 0
    evidence: int = 0
    steps: tuple[str, ...] = ()
    own_days: tuple[date, ...] = ()
    behalf_days: tuple[date, ...] = ()
    turns: tuple[date, ...] = ()
    last_entry: date | None = None
    last_number: str = ""
    duties: tuple[Duty, ...] = ()
    closings: tuple[Closing, ...] = ()
    ladder: tuple[Escalated, ...] = ()
    targets: tuple[tuple[date, str, str, str], ...] = ()

    @property
    def entry_days(self) -> tuple[date, ...]:
        """The days of the unit's own entries and of those made for it, in order."""
        return tuple(sorted({*self.own_days, *self.behalf_days})) if self.behalf_days else self.own_days

    @property
    def is_complete(self) -> bool:
        """Whether the task counts as completed."""
        return self.state in COMPLETE


def recording_day(event: "Event") -> date:
    """The day an event was recorded, from its number."""
    return date.fromisoformat(event.number[:8])
