"""The ladder of supervision (督办阶梯): which step a task has reached, and whether it was taken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.model.profile import Profile
from zhenggai.model.units import names_in
from zhenggai.model.wording import full_day
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.supervision.interviews import red_causes
from zhenggai.rules.supervision.letters import steps_to_units
from zhenggai.rules.task.life import State
from zhenggai.rules.task.task_state import Escalated
from zhenggai.rules.task.transitions import LADDER

REPLY_DAYS = 7
"""Within how many days a letter asks to be answered, where it does not say."""

HEAD = "主要负责人"
_PERSON, _LEADER = ("责任人", "主办人"), ("分管领导", "责任领导")


@frozen(kw_only=True)
class Rung:
    """A step that a task has reached, why, and to whom it goes (in the profile's words).

    An entry of that kind or a graver one, dated ``since`` or later, has ``taken`` it.
    """

    task: SnapshotTask
    kind: Kind
    addressee: str
    since: date
    basis: str
    taken: Escalated | None = None

    def is_unanswered(self, as_of: date) -> bool:
        """Whether the letter's date for an answer is past and there is none."""
        taken = self.taken
        return taken is not None and taken.until is not None and taken.until < as_of and taken.replied is None


def ladder_of(snapshot: Snapshot, at_month_ends: Sequence[Snapshot] = ()) -> tuple[Rung, ...]:
    """The step that each task has reached, in the plan's order: the gravest that was not taken, else the gravest.

    ``snapshot`` is the whole plan's; ``at_month_ends`` are the snapshots that tell three reds in a row (``calendar.month_ends``).
    """
    reds = red_causes(snapshot, at_month_ends)
    letters = steps_to_units(snapshot)
    found: list[Rung] = []
    for task in snapshot.tasks:
        steps = [_by_inspection(task, snapshot.plan.rules), _by_days(task, snapshot)]
        if cause := reds.get(task.key):
            steps.append(_step(task, Kind.INTERVIEW, cause.since, cause.why, snapshot.plan.rules))
        if any(steps):
            told = (*task.head.ladder, *letters.get(task.unit, ()))
            reached = [_with_letter(step, told) for step in steps if step is not None]
            found.append(max(reached, key=lambda step: (step.taken is None, LADDER.index(step.kind))))
    return tuple(found)


def _by_days(task: SnapshotTask, snapshot: Snapshot) -> Rung | None:
    """The step reached by the days before or after the due date, of an open dated task."""
    left = task.status.days_left
    steps = [s for s in snapshot.plan.rules.ladder if left is not None and s.overdue_days <= -left]
    if left is None or not steps:
        return None
    step = max(steps, key=lambda s: s.overdue_days)
    since = snapshot.as_of + timedelta(days=step.overdue_days + left)
    return Rung(task=task, kind=Kind(step.kind), addressee=step.addressee, since=since, basis=days_words(left))


def days_words(left: int) -> str:
    """The days before or after a due date in words.

    >>> days_words(-7), days_words(0), days_words(10)
    ('逾期7天', '今天到期', '还有10天到期')
    """
    return f"逾期{-left}天" if left < 0 else f"还有{left}天到期" if left else "今天到期"


def _by_inspection(task: SnapshotTask, profile: Profile) -> Rung | None:
    """通报 at once, where an inspection found the report untrue, until the task is closed again."""
    untrue = task.head.untrue
    if untrue is None or task.head.state is State.CLOSED:
        return None
    return _step(task, Kind.CRITICISM, untrue, f"{full_day(untrue)}督查不实（虚假整改）", profile)


def _step(task: SnapshotTask, kind: Kind, since: date, basis: str, profile: Profile) -> Rung:
    return Rung(task=task, kind=kind, addressee=addressee_words(profile, kind), since=since, basis=basis)


def addressee_words(profile: Profile, kind: Kind) -> str:
    """To whom the profile's ladder sends a step of that kind, the last of them; where it has none, the head of the unit."""
    return next((s.addressee for s in reversed(profile.ladder) if s.kind == kind), HEAD)


def addressees(task: SnapshotTask, words: str) -> tuple[str, ...]:
    """Whom the ladder's words mean for a task: 责任人 and 分管领导 by the names that plan or unit gave them."""
    known = dict.fromkeys(_PERSON, task.person) | dict.fromkeys(_LEADER, task.leader)
    return tuple(dict.fromkeys(known.get(word) or word for word in names_in(words)))


def _with_letter(step: Rung, told: Sequence[Escalated]) -> Rung:
    """The step with the last entry that took it."""
    grade = LADDER.index(step.kind)
    taken = [e for e in told if e.date >= step.since and LADDER.index(e.kind) >= grade]
    if not taken:
        return step
    return replace(step, taken=max(taken, key=lambda e: (e.date, e.number)))
