"""回头看: which closed tasks are due to be looked at again, so many days after each close-out (profile.look_back_days)."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from zhenggai.frozen import frozen
from zhenggai.model.entries import TRUE, Kind
from zhenggai.rules.head import Event
from zhenggai.rules.picture import Picture, TaskState


class LookBackStage(StrEnum):
    """Where the look-back of a round stands, in the order in which lists show it."""

    DUE = "应查"
    COMING = "未到期"
    RELAPSED = "反弹"
    PASSED = "属实"


@frozen
class LookBackRound:
    """A close-out and the look-back it calls for: due from ``due`` on; ``found`` is the last one there was."""

    task: TaskState
    round: int
    closing: Event
    due: date
    found: Event | None
    stage: LookBackStage


def look_backs(picture: Picture) -> tuple[LookBackRound, ...]:
    """Every round that was closed, in the plan's order; one that was reopened before any look-back needs none."""
    days = timedelta(days=picture.plan.rules.look_back_days)
    return tuple(found for task in picture.tasks for found in _rounds(task, days, picture.as_of))


def _rounds(task: TaskState, days: timedelta, as_of: date) -> Iterator[LookBackRound]:
    closings = {number: e for e, (number, _) in zip(task.events, task.trail, strict=True) if e.kind is Kind.CLOSE_OUT}
    for number, closing in closings.items():
        found = _last_look_back(task, number)
        due = closing.date + days
        if found is not None:
            stage = LookBackStage.PASSED if found.value == TRUE else LookBackStage.RELAPSED
        elif number < task.head.round:
            continue
        else:
            stage = LookBackStage.DUE if due <= as_of else LookBackStage.COMING
        yield LookBackRound(task, number, closing, due, found, stage)


def _last_look_back(task: TaskState, number: int) -> Event | None:
    """The last look-back of a round; one that found a relapse has itself begun the next round."""
    before = (1, *(round_ for round_, _ in task.trail))
    found = [e for e, round_ in zip(task.events, before, strict=False) if e.kind is Kind.LOOK_BACK and round_ == number]
    return found[-1] if found else None
