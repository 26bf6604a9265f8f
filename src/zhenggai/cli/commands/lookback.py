"""``zhenggai lookback``: lists the closed tasks that need a look-back (回头看). With a verdict, records look-backs."""

from dataclasses import replace
from typing import Annotated, Any

from zhenggai.cli.list_options import listing
from zhenggai.cli.offers import MEASURES_OR_PROBLEMS, either, one_of
from zhenggai.cli.question import Asked
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_log import Built
from zhenggai.cli.writing.entry_options import (
    ByOption,
    DayOption,
    DryRunOption,
    EvidenceOption,
    Oversight,
    WriterOption,
    YesOption,
    oversight,
)
from zhenggai.cli.writing.oversight_words import sorted_out, words_argument
from zhenggai.cli.writing.prompts import Wish
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import LookBack
from zhenggai.model.kinds import RELAPSED, TRUE, Kind
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.views.selection import state_word

VERDICTS = (TRUE, RELAPSED)


@listing(without=("words",), of_one=True)
def lookback(
    asked: Asked,
    words: Annotated[
        list[str] | None,
        words_argument(
            f"[措施] [{'|'.join(VERDICTS)} 内容]", "措施（3-2）或问题（3）；结论和看到了什么，不写结论则列表"
        ),
        either(MEASURES_OR_PROBLEMS, one_of(VERDICTS)),
    ] = None,
    by: ByOption = None,
    writer: WriterOption = None,
    day: DayOption = None,
    evidence: EvidenceOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> Exit:
    """例：zhenggai lookback --unit 石桥镇　　zhenggai 回头看 3-2 反弹 "台账又停了" --单位 石桥镇　　zhenggai lookback 属实 --problem 3 --yes"""
    which, verdict, text = sorted_out(words or [], VERDICTS)
    selection = asked.selection if which is None else replace(asked.selection, problem=which)
    asked = replace(asked, selection=selection)
    if verdict is None:
        if text is not None:
            raise UsageError(f"看不懂“{text}”\n  可写：措施（3-2）或问题（3），{'、'.join(VERDICTS)}")
        return _list(asked)
    if asked.is_dated or asked.format or asked.output:
        raise UsageError("记录结论时不用 --as-of、--format、-o，没有写入\n  下一步：哪天查的写 --date")
    return _record(oversight(asked.ledger, selection, by, writer, day, evidence, Wish(yes, dry_run)), verdict, text)


def _list(asked: Asked) -> Exit:
    from zhenggai.views.lookback import lookback as view  # imported here: recording does not need it

    snapshot = asked.snapshot()
    return asked.answer(view(snapshot), snapshot)


def _record(oversight: Oversight, verdict: str, text: str | None) -> Exit:
    _, others, entries = oversight
    if others.selection.is_all:
        raise UsageError(
            "没有写回头看了哪些任务，没有写入\n  下一步：写措施（3-2），或用 --unit、--problem、--phase 筛选"
        )
    oversight.need(None, {"内容": text} if verdict == RELAPSED else {}, {"内容": "反弹成什么样，写在结论后面，加引号"})
    content = prompts.text("看到了什么", text) if verdict == RELAPSED else text
    fields: dict[str, Any] = {"conclusion": verdict, "content": content}
    chosen = others.chosen()
    closed = [task for task in chosen if task.head.state is State.CLOSED]

    def build(task: SnapshotTask) -> Built:
        closing = [event.number for event in task.events if event.kind is Kind.CLOSE_OUT]
        if task.head.state is not State.CLOSED:
            return f"任务{state_word(task)}，销号以后才回头看"
        if verdict == TRUE and task.head.looked_back and len(closed) > 1:
            return f"本轮已于 {task.head.looked_back} 回头看"
        return LookBack(**entries.stamp(task), ref=closing[-1], **fields)

    return entries.record_each(closed or chosen, build, f"回头看（{verdict}）")
