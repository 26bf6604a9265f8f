"""``zhenggai close``: closes out (销号) tasks whose notice period has ended. The entry has the measure's digest."""

from zhenggai.cli.writing.entry_log import Built
from zhenggai.cli.writing.entry_options import OpinionOption, Oversight, WhichArgument, overseeing
from zhenggai.errors import Exit
from zhenggai.model.entries import CloseOut
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.digest import measure_digest
from zhenggai.rules.day.review_queue import awaited
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.views.selection import state_word


@overseeing
def close(oversight: Oversight, which: WhichArgument = None, content: OpinionOption = None) -> Exit:
    """例：zhenggai close 3-2 --unit 县教育局　　zhenggai 销号 --问题 3 --不再确认"""
    _, others, entries = oversight
    oversight.need(which, {})

    def build(task: SnapshotTask) -> Built:
        if not task.head.case:
            return f"任务{state_word(task)}，没有待销号的申请"
        digest = measure_digest(task.task)
        return CloseOut(**entries.stamp(task), ref=task.head.case[-1], measure_digest=digest, content=content)

    tasks = others.waiting(which, lambda task: awaited(task, Kind.CLOSE_OUT), "销号")
    return entries.record_each(tasks, build, "销号")
