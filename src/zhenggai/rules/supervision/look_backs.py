"""Look-backs (回头看). One is due ``profile.look_back_days`` days after each close-out (docs/rules.md, 回头看)."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from zhenggai.frozen import frozen
from zhenggai.model.kinds import TRUE
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.rules.task.task_state import Closing


class LookBackStage(StrEnum):
    """The stage of a round's look-back, in the order of lists."""

    DUE = "应查"
    COMING = "未到期"
    RELAPSED = "反弹"
    PASSED = "属实"


@frozen
class LookBackRound:
    """A close-out and its look-back, which is due from ``due`` on."""

    task: SnapshotTask
    closing: Closing
    due: date
    stage: LookBackStage


def look_backs(snapshot: Snapshot) -> tuple[LookBackRound, ...]:
    """The look-backs of all closed rounds, in the plan's order. A round reopened before its look-back needs none."""
    days = timedelta(days=snapshot.plan.rules.look_back_days)
    closed = snapshot.where(lambda t: t.row.state is State.CLOSED or t.row.round > 1)
    return tuple(found for task in closed for found in _rounds(task, days, snapshot.as_of))


def _rounds(task: SnapshotTask, days: timedelta, as_of: date) -> Iterator[LookBackRound]:
    for closing in task.head.closings:
        due = closing.date + days
        if closing.looked is not None:
            stage = LookBackStage.PASSED if closing.verdict == TRUE else LookBackStage.RELAPSED
        elif closing.round < task.head.round:
            continue
        else:
            stage = LookBackStage.DUE if due <= as_of else LookBackStage.COMING
        yield LookBackRound(task, closing, due, stage)
