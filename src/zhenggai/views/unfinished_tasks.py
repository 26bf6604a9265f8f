"""What a report says of the tasks that are to be completed still: 尚未完成的整改."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from zhenggai.document import Block, Cell, Para, Tone
from zhenggai.model.terms import Terms
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.day_status import COMPLETABLE
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views import sections
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns
from zhenggai.views.task_lines import TASKS, TaskLine, task_lines


class UnfinishedTask(NamedTuple):
    """A task of a problem that is to be completed still, and why it is not, in the unit's words ("" if it gave none)."""

    problem: int
    line: TaskLine
    reason: str


def _until(item: UnfinishedTask) -> Cell:
    line = item.line
    if line.due is None:
        return Cell(line.deadline)
    late = line.days is not None and line.days > 0
    return Cell(f"{line.due}（逾期{line.days}天）" if late else str(line.due), Tone.RED if late else Tone.PLAIN)


UNFINISHED = Keys[UnfinishedTask](*TASKS.through(attrgetter("line")), Key("reason", head="未完成原因"))
"""The JSON of a task."""
_COLUMNS = ReportColumns[UnfinishedTask](
    ReportColumn("measure", attrgetter("line.measure")),
    ReportColumn("unit", attrgetter("line.unit"), wrap=True, weight=2),
    ReportColumn("person", attrgetter("line.person"), wrap=True, keep=4, weight=2),
    ReportColumn("state", attrgetter("line.state"), keep=2),
    ReportColumn("percent", attrgetter("line.percent"), "进度%", numeric=True, keep=3, if_any=True),
    ReportColumn("due", cell=_until, head="完成时限", wrap=True, weight=2),
    ReportColumn("reason", head="未完成原因", wrap=True, keep=1, weight=3, if_any=True),
)


def unfinished_tasks(snapshot: Snapshot) -> tuple[UnfinishedTask, ...]:
    """The tasks of a snapshot that are to be completed still, in the plan's order."""
    tasks = snapshot.where(_is_unfinished)
    return tuple(
        UnfinishedTask(task.problem, line, sections.explanation(snapshot, task))
        for line, task in zip(task_lines(snapshot, tasks), tasks, strict=True)
    )


def _is_unfinished(task: SnapshotTask) -> bool:
    return task.status.group in COMPLETABLE and not task.row.is_complete


def unfinished_blocks(snapshot: Snapshot, left: Sequence[UnfinishedTask]) -> Iterator[Block]:
    """How many tasks are left and how they stand, a table of them, and how many go on without an end."""
    counts, terms = snapshot.counts, snapshot.plan.terms
    if left:
        yield Para(_summary(counts, left, terms))
        yield _COLUMNS.called(terms).table(left)
    elif counts.denominator:
        yield Para(f"{terms.all_dated}都已{terms.done}。")
    else:
        yield Para(f"没有要按期{terms.done}的任务。")
    lasting = (
        ("长期坚持", counts.long_term - counts.continuous),
        ("持续推进", counts.continuous),
        ("例行", counts.recurring),
    )
    if words := "、".join(f"{word}{number}件" for word, number in lasting if number):
        yield Para(f"另有{words}，没有{terms.done}期限，继续推进。")


def _summary(counts: Counts, left: Sequence[UnfinishedTask], terms: Terms) -> str:
    steps = f"（另有步骤逾期{counts.overdue_steps}个）" if counts.overdue_steps else ""
    problems = len({one.problem for one in left})
    return (
        f"尚未{terms.done}的{terms.task}{len(left)}件，涉及{problems}个{terms.problem}："
        f"基本完成{counts.basically_done}件，正在推进{counts.in_progress}件，未启动{counts.not_started}件；"
        f"其中逾期{counts.overdue}件{steps}。"
    )
