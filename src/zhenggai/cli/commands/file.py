"""``zhenggai file``: records that the close-outs of tasks were reported for the record (备案), to whom and under which number."""

from typing import Annotated

from zhenggai.cli.options import text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_log import Built
from zhenggai.cli.writing.entry_options import OpinionOption, Oversight, WhichArgument, overseeing
from zhenggai.errors import Exit
from zhenggai.model.entries import Filing
from zhenggai.rules.day.review_queue import filing_awaited
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.views.selection import state_word

_HOW_TO_GIVE = {"备案机关": "加 --with 报给谁", "备案号": "加 --number 备案号，或回执的文号"}


@overseeing
def file(
    oversight: Oversight,
    which: WhichArgument = None,
    receiver: Annotated[
        str | None, text_option("--with", "--备案机关", about="报给谁，默认方案写的", metavar="文字")
    ] = None,
    filing_number: Annotated[
        str | None, text_option("--number", "--备案号", about="备案号或回执的文号", metavar="文字")
    ] = None,
    content: OpinionOption = None,
) -> Exit:
    """例：zhenggai file 3-2 --unit 石桥镇 --number 环督备〔2020〕12号　　zhenggai 备案 --问题 3 --备案机关 市环委办 --备案号 第12号"""
    writer, others, entries = oversight
    chain = writer.snapshot.plan.review
    receiver = receiver or (chain.filed_with if chain else None)
    oversight.need(which, {"备案机关": receiver, "备案号": filing_number}, _HOW_TO_GIVE)
    tasks = others.waiting(which, filing_awaited, "备案")
    whom = prompts.text("报给谁备案", receiver)
    number = prompts.text("备案号或回执的文号", filing_number)

    def build(task: SnapshotTask) -> Built:
        if task.row.state is not State.CLOSED:
            return f"任务{state_word(task)}，销号以后才备案"
        ref = task.head.case[-1]
        return Filing(**entries.stamp(task), ref=ref, receiver=whom, filing_number=number, content=content)

    return entries.record_each(tasks, build, "备案")
