"""``zhenggai publicise``: records the public notice (销号公示) of tasks that have passed their review."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from zhenggai.cli.options import day_option
from zhenggai.cli.writing.entry_log import Built
from zhenggai.cli.writing.entry_options import OpinionOption, Oversight, WhichArgument, overseeing
from zhenggai.cli.writing.paper import PaperWish, printing
from zhenggai.document import Report
from zhenggai.errors import Exit
from zhenggai.model.entries import Entry, Notice
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.review_queue import awaited
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.views.selection import state_word


@overseeing
@printing
def publicise(
    wish: PaperWish,
    oversight: Oversight,
    which: WhichArgument = None,
    start: Annotated[date | None, day_option("--start", "--起", about="公示第一天，默认记录的日期")] = None,
    end: Annotated[date | None, day_option("--end", "--止", about="公示最后一天，默认满方案规定的天数")] = None,
    content: OpinionOption = None,
) -> Exit:
    """例：zhenggai publicise 3-2 --unit 县教育局 -o 公示.txt　　zhenggai 公示 --问题 3 --起 2020-09-24 --止 2020-09-30

    -o 记录并写出公示文稿，--paper 只出文稿、不记录，公示过的补印也行。
    """
    writer, others, entries = oversight
    oversight.need(which, {})

    def text(recorded: Sequence[Entry], then: Snapshot) -> Report:
        from zhenggai.views.public_notice import public_notice  # imported here: seldom wished for

        return public_notice(then, [entry for entry in recorded if isinstance(entry, Notice)], writer.unit)

    if wish.only and (standing := _standing(writer.snapshot, others.chosen(which))):
        wish.put(text(standing, writer.snapshot))
        return Exit.OK

    def build(task: SnapshotTask) -> Built:
        if not task.head.case:
            return f"任务{state_word(task)}，没有待公示的销号申请"
        first = start or writer.happened
        last = end or first + timedelta(days=task.task.notice_days - 1)
        if fault := _fault(task, first, last):
            return fault
        return Notice(**entries.stamp(task), ref=task.head.case[-1], start=first, end=last, content=content)

    tasks = others.waiting(which, lambda task: awaited(task, Kind.NOTICE), "公示")
    return entries.with_paper(wish, text).record_each(tasks, build, "销号公示")


def _standing(snapshot: Snapshot, tasks: Sequence[SnapshotTask]) -> list[Entry]:
    """The recorded notices of some tasks, to be put on paper again. None, unless all have one."""
    if not all(task.row.state in (State.PUBLICISED, State.CLOSED) for task in tasks):
        return []
    newest = [[event for event in task.events if event.kind is Kind.NOTICE][-1:] for task in tasks]
    said = [snapshot.said(event.number) for events in newest for event in events]
    return [entry for entry in said if isinstance(entry, Notice)] if all(newest) else []


def _fault(task: SnapshotTask, first: date, last: date) -> str | None:
    """Why a notice cannot run from ``first`` to ``last`` (inclusive). None if it can."""
    days, due = (last - first).days + 1, task.task.notice_days
    passed = task.event(task.head.case[-1]).date
    if not due and days < 1:
        return "方案不要求公示，可直接销号；确要公示的，用 --end 写明公示到哪一天"
    if days < due:
        return f"公示 {first} 至 {last} 只有 {max(days, 0)} 天，方案规定 {due} 天：至少到 {first + timedelta(days=due - 1)}"
    if first < passed:
        return f"公示自 {first} 起，早于{task.head.state}的 {passed}"
    return None
