"""The outcome of tasks that were due in a phase: completed on time, completed late, or still open."""

from collections.abc import Iterable

from zhenggai.frozen import frozen
from zhenggai.model.rates import rate
from zhenggai.rules.day.day_status import was_late
from zhenggai.rules.day.snapshot import SnapshotTask


@frozen
class PhaseOutcome:
    """The outcome of tasks that were due: ``due`` = ``on_time`` + ``late`` + ``open``; ``overdue`` is part of ``open``."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def on_time_rate(self) -> float | None:
        """On time ÷ due in percent; None if nothing was due."""
        return rate(self.on_time, self.due)


def outcome(tasks: Iterable[SnapshotTask], late_record_days: int) -> PhaseOutcome:
    """The outcome of those of the tasks that have a due date."""
    on_time = late = still = overdue = 0
    for task in tasks:
        if not task.row.is_complete:
            still += 1
            overdue += task.status.is_overdue
        elif was_late(task.row, task.due, late_record_days):
            late += 1
        else:
            on_time += 1
    return PhaseOutcome(on_time + late + still, on_time, late, still, overdue)
