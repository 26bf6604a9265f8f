"""The TaskState: the result of folding the events of a task. The index stores it."""

from datetime import date
from typing import NamedTuple

from zhenggai.frozen import fluid
from zhenggai.model.kinds import Kind
from zhenggai.model.money import NO_MONEY, Money
from zhenggai.rules.task.life import COMPLETE, State

Day = date  # inside classes that have a field named ``date``


class Duty(NamedTuple):
    """A recorded occurrence of a recurring duty: its period, the day of the entry, the day on which it counts as recorded; days are ordinals.

    ``step``: the number of the step whose duty it is, "" for the measure's own.
    """

    period: str
    day: int
    recorded: int
    step: str = ""


class Pending(NamedTuple):
    """A request for extension that has no answer yet: number, kind, and the step that it is about ("": the task)."""

    number: str
    kind: Kind
    step: str = ""


class Escalated(NamedTuple):
    """A recorded step of the ladder: kind, day and number of the entry; the day until which a reply is due; the day of the reply."""

    kind: Kind
    date: date
    number: str
    until: Day | None = None
    replied: Day | None = None


class Closing(NamedTuple):
    """A recorded 销号: its round, number and day; and number, day and verdict of the last look-back (回头看) of that round."""

    round: int
    number: str
    date: date
    looked: str | None = None
    looked_on: Day | None = None
    verdict: str | None = None


@fluid
class TaskState:
    """The state of a task after its entries. Only the fold changes it.

    - ``first_due``: the original due date; ``due``: the due date after extensions, reopenings and 调整;
    - ``round_start``: the first day of the second or a later round;
    - ``person``, ``leader``, ``own_steps``: the values of the claim (认领);
    - ``completed``, ``completed_recorded``: the day of completion, and that on which it counts as recorded;
    - ``case``: the numbers of the application of this round and of the entries that followed it, up to 销号;
    - ``visited``: the day of the last 现场核查 of this application;
    - ``filed``: the day of the last 备案 of this round's close-out;
    - ``looked_back``: the day of the last look-back of this round, if its verdict was 属实;
    - ``pending``: the requests for extension that have no answer yet, at most one for the task and one for each step;
    - ``step_dues``: the due dates of steps that were extended, by number;
    - ``relapse``: the number of the last inspection or look-back with a bad verdict, until the next 完成;
    - ``redated``: whether a 重新整改 has answered ``relapse``;
    - ``untrue``: the day of the last inspection with the verdict 不实;
    - ``requests``: the number of 申请延期; ``returned``: the day of a return without a new completion since;
    - ``own_days``: the days on which the responsible unit recorded entries, each once;
    - ``behalf_days``: the days of entries that another unit recorded for it (代录);
    - ``turns``: the days on which the task became complete, open again, complete again, and so on;
    - ``ladder``: the recorded steps of supervision;
    - ``targets``: the reported values: day, step (or ""), value and base as text;
    - ``money``: the sums of 整改金额, 追缴 and 挽回损失 over all rounds;
    - ``imported``: the number of entries from an old ledger (``opening``).
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
    visited: date | None = None
    notice_end: date | None = None
    filed: date | None = None
    looked_back: date | None = None
    pending: tuple[Pending, ...] = ()
    step_dues: tuple[tuple[str, date], ...] = ()
    relapse: str | None = None
    redated: bool = False
    untrue: date | None = None
    requests: int = 0
    extensions: int = 0
    returns: int = 0
    returned: date | None = None
    relapses: int = 0
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
    money: Money = NO_MONEY
    imported: int = 0

    @property
    def entry_days(self) -> tuple[date, ...]:
        """The days of ``own_days`` and ``behalf_days``, in order."""
        return tuple(sorted({*self.own_days, *self.behalf_days})) if self.behalf_days else self.own_days

    def request(self, number: str | None) -> Pending | None:
        """The request for extension with this number; None if it does not wait for an answer."""
        return next((request for request in self.pending if request.number == number), None)

    @property
    def is_complete(self) -> bool:
        """Whether the task counts as completed."""
        return self.state in COMPLETE
