"""``zhenggai reopen``: starts a new round (重新整改) of tasks that were reported untruly or have relapsed."""

from datetime import date
from typing import Annotated

from zhenggai.cli.offers import ENTRIES
from zhenggai.cli.options import day_option, text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_log import Built
from zhenggai.cli.writing.entry_options import OpinionOption, Oversight, WhichArgument, overseeing
from zhenggai.cli.writing.others_tasks import show_tasks
from zhenggai.errors import Exit
from zhenggai.model.entries import Reopening
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.review_queue import reopening_awaited
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.views.selection import record_named, state_word

_HOW_TO_GIVE = {"时限": "加 --deadline 日期"}
_PROBLEMS = (Kind.INSPECTION, Kind.LOOK_BACK)


@overseeing
def reopen(
    oversight: Oversight,
    which: WhichArgument = None,
    reason: Annotated[str | None, text_option("--reason", "--原因", about="为什么重新整改", metavar="文字")] = None,
    deadline: Annotated[date | None, day_option("--deadline", "--时限", about="新一轮整改到哪一天")] = None,
    basis: Annotated[
        str | None,
        text_option("--basis", "--针对", about="针对哪条记录（编号的末尾），默认最近的督查或回头看", metavar="编号"),
        ENTRIES,
    ] = None,
    content: OpinionOption = None,
) -> Exit:
    """例：zhenggai reopen 3-2 --reason 台账是补的 --deadline 2020-12-20　　zhenggai reopen 3-2 --unit 县教育局 --reason "台账与现场不符" --deadline 2020-12-20"""
    writer, others, entries = oversight
    oversight.need(which, {"原因": reason, "时限": deadline}, _HOW_TO_GIVE)
    named = record_named(writer.snapshot, basis).entry.number if basis else None
    tasks = others.waiting(which, reopening_awaited, "重新整改")
    if not (reason and deadline):
        show_tasks(tasks, "重新整改")
    cause = prompts.text("为什么重新整改", reason)
    until = prompts.day("新一轮整改到哪一天", deadline)

    def build(task: SnapshotTask) -> Built:
        if not task.head.is_complete and task.head.relapse is None:
            return f"任务{state_word(task)}，还没有完成，无需重新整改"
        ref = named or _problem(task)
        if ref is None:
            return "没有督查、回头看的记录可以针对，用 --basis 写明针对哪条记录"
        if ref not in {event.number for event in task.events}:
            return f"{ref} 不是这件任务的记录，或没有计入"
        if until <= writer.happened:
            return f"时限 {until} 不晚于重新整改的 {writer.happened}"
        return Reopening(**entries.stamp(task), ref=ref, cause=cause, deadline=until, content=content)

    return entries.record_each(tasks, build, "重新整改")


def _problem(task: SnapshotTask) -> str | None:
    """The number of the entry that a reopening refers to: the relapse, else the newest inspection or look-back."""
    found = (event.number for event in reversed(task.events) if event.kind in _PROBLEMS)
    return task.head.relapse or next(found, None)
