"""The answer to a request for 延期 or 转长期 (``review --extension``): granted to a definite date, or refused with a reason."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from zhenggai.cli.writing.entry_writing import Built
from zhenggai.cli.writing.others_tasks import Overseer
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import ExtensionGrant, ExtensionRefusal
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.review_queue import answer_awaited
from zhenggai.rules.day.snapshot import TaskState

Answer = Literal[Kind.EXTENSION_GRANT, Kind.EXTENSION_REFUSAL]

ANSWERS: Mapping[str, Answer] = {
    "同意": Kind.EXTENSION_GRANT,
    "grant": Kind.EXTENSION_GRANT,
    "不同意": Kind.EXTENSION_REFUSAL,
    "refuse": Kind.EXTENSION_REFUSAL,
}


def answer_extensions(
    desk: Overseer, which: str | None, given: Answer, to: date | None, reason: str | None, content: str | None
) -> Exit:
    """Record one answer to every request that was chosen and waits for this unit."""
    granted = given is Kind.EXTENSION_GRANT
    if granted and reason:
        raise UsageError("同意延期不用写原因，没有写入\n  下一步：意见写在 --content 里")
    if to and not granted:
        raise UsageError("不同意延期时不写 --to，没有写入\n  下一步：去掉 --to")
    desk.need({} if granted else {"原因": reason})
    tasks = desk.waiting(which, answer_awaited, "答复延期")
    cause = None if granted else desk.text("不同意的原因", reason)

    def build(task: TaskState) -> Built:
        if task.head.pending is None:
            return "没有待答复的延期或转长期申请"
        ref, asked = task.head.pending
        if not granted:
            return ExtensionRefusal(**desk.stamp(task), ref=ref, cause=cause, content=content)
        until = to or task.event(ref).until or desk.happened
        if until <= desk.happened or (asked is Kind.EXTENSION_REQUEST and task.head.due and until <= task.head.due):
            return _too_early(task, asked, until)
        return ExtensionGrant(**desk.stamp(task), ref=ref, to=until, content=content)

    return desk.record_each(tasks, build, given)


def _too_early(task: TaskState, asked: Kind, until: date) -> str:
    if asked is Kind.TO_LONG_TERM:
        return f"下次评估 {until} 已经到了，用 --to 另定日期"
    return f"延至 {until} 已经到了，或不晚于现时限 {task.head.due}，用 --to 另定日期"
