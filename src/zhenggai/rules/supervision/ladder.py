"""The ladder of supervision (督办阶梯): the step that each task has reached, and whether it is taken (docs/rules.md)."""

from collections.abc import Iterator, Sequence
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
"""The default number of days for the reply to a letter."""

HEAD = "主要负责人"
UNTRUE_FOUND = "督查不实（虚假整改）"
"""What the basis of a step says that an inspection brought."""

_PERSON = ("责任人", "主办人")


@frozen(kw_only=True)
class Rung:
    """A step that a task has reached, or one of the measure's steps: ``of_step`` is then its number. ``basis``: the reason. ``addressee``: the recipient in the profile's words.

    ``taken``: the last entry of this or a graver kind dated ``since`` or later; None if the step is not taken.
    """

    task: SnapshotTask
    kind: Kind
    addressee: str
    since: date
    basis: str
    of_step: str = ""
    taken: Escalated | None = None

    def is_unanswered(self, as_of: date) -> bool:
        """Whether the reply to the letter is overdue."""
        taken = self.taken
        return taken is not None and taken.until is not None and taken.until < as_of and taken.replied is None


def ladder_of(snapshot: Snapshot, at_month_ends: Sequence[Snapshot] = ()) -> tuple[Rung, ...]:
    """One step for each task that has reached any, in the plan's order: the gravest open one, else the gravest.

    ``snapshot`` is unfiltered. ``at_month_ends`` are the snapshots at the last month-ends (``calendar.month_ends``), from
    which several reds in a row are found.
    """
    reds = red_causes(snapshot, at_month_ends)
    letters = steps_to_units(snapshot)
    found: list[Rung] = []
    for task in snapshot.tasks:
        steps = [_by_inspection(task, snapshot.plan.rules), *_by_days(task, snapshot)]
        if cause := reds.get(task.key):
            steps.append(_step(task, Kind.INTERVIEW, cause.since, cause.why, snapshot.plan.rules))
        if any(steps):
            sent = (*task.head.ladder, *letters.get(task.unit, ()))
            reached = [_with_letter(step, sent) for step in steps if step is not None]
            found.append(max(reached, key=lambda step: (step.taken is None, LADDER.index(step.kind))))
    return tuple(found)


def _by_days(task: SnapshotTask, snapshot: Snapshot) -> Iterator[Rung]:
    """The steps that an open task has reached by its days before or after the due date, and by those of its steps."""
    dates = [("", "", task.status.days_left)]
    dates += [(s.step.number, f"{s.in_words}，", s.days_left) for s in task.status.steps]
    for of_step, named, left in dates:
        steps = [s for s in snapshot.plan.rules.ladder if left is not None and s.overdue_days <= -left]
        if left is not None and steps:
            step = max(steps, key=lambda s: s.overdue_days)
            yield Rung(
                task=task,
                kind=Kind(step.kind),
                addressee=step.addressee,
                since=snapshot.as_of + timedelta(days=step.overdue_days + left),
                basis=f"{named}{days_words(left)}",
                of_step=of_step,
            )


def days_words(left: int) -> str:
    """The days before or after a due date in Chinese.

    >>> days_words(-7), days_words(0), days_words(10)
    ('逾期7天', '今天到期', '还有10天到期')
    """
    return f"逾期{-left}天" if left < 0 else f"还有{left}天到期" if left else "今天到期"


def _by_inspection(task: SnapshotTask, profile: Profile) -> Rung | None:
    """The step 通报 for a task whose report an inspection found untrue, until the task is closed."""
    untrue = task.head.untrue
    if untrue is None or task.head.state is State.CLOSED:
        return None
    return _step(task, Kind.CRITICISM, untrue, f"{full_day(untrue)}{UNTRUE_FOUND}", profile)


def _step(task: SnapshotTask, kind: Kind, since: date, basis: str, profile: Profile) -> Rung:
    return Rung(task=task, kind=kind, addressee=addressee_words(profile, kind), since=since, basis=basis)


def addressee_words(profile: Profile, kind: Kind) -> str:
    """The recipient of a step of this kind in the profile's words: that of the ladder's last such step, else ``HEAD``."""
    return next((s.addressee for s in reversed(profile.ladder) if s.kind == kind), HEAD)


def addressees(task: SnapshotTask, words: str) -> tuple[str, ...]:
    """The recipients that the ladder's words mean for a task. 责任人 and 分管领导 become names if these are known."""
    leaders = {"责任领导": task.leader, "分管领导": task.task.leader_in_charge or task.leader}
    known = dict.fromkeys(_PERSON, task.person) | leaders
    return tuple(dict.fromkeys(known.get(word) or word for word in names_in(words)))


def _with_letter(step: Rung, sent: Sequence[Escalated]) -> Rung:
    """The step with the last entry that has taken it, if any."""
    grade = LADDER.index(step.kind)
    taken = [e for e in sent if e.date >= step.since and LADDER.index(e.kind) >= grade]
    if not taken:
        return step
    return replace(step, taken=max(taken, key=lambda e: (e.date, e.number)))
