"""``zhenggai close``: 销号 of tasks whose notice has run out, each with the digest of what was closed."""

from zhenggai.cli.writing.entry_options import OpinionOption, WhichArgument, overseeing
from zhenggai.cli.writing.entry_writing import Built
from zhenggai.cli.writing.others_tasks import Overseer
from zhenggai.errors import Exit
from zhenggai.model.entries import CloseOut
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.digest import measure_digest
from zhenggai.rules.day.review_queue import awaited
from zhenggai.rules.day.snapshot import TaskState
from zhenggai.views.selection import state_word


@overseeing
def close(desk: Overseer, which: WhichArgument = None, content: OpinionOption = None) -> Exit:
    """例：zhenggai close 3-2 --unit 县教育局　　zhenggai 销号 --问题 3 --不再确认"""
    desk.need({})

    def build(task: TaskState) -> Built:
        if not task.head.case:
            return f"任务{state_word(task)}，没有待销号的申请"
        digest = measure_digest(task.task)
        return CloseOut(**desk.stamp(task), ref=task.head.case[-1], measure_digest=digest, content=content)

    tasks = desk.waiting(which, lambda task: awaited(task, Kind.CLOSE_OUT), "销号")
    return desk.record_each(tasks, build, "销号")
