"""``zhenggai extend``: a unit's request for a later due date, or to make its task long-term (长期坚持)."""

from datetime import date, timedelta
from typing import Annotated

from zhenggai.cli.offers import STEPS
from zhenggai.cli.options import day_option, flag_option, text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import ContentArgument, MeasureArgument, OwnWriting, recording
from zhenggai.cli.writing.own_tasks import known_steps
from zhenggai.deadline.calendar import add_months
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import ExtensionRequest, ToLongTerm
from zhenggai.model.kinds import Kind
from zhenggai.rules.task.steps import due_of
from zhenggai.rules.task.task import REVIEW_MONTHS

_HOW_TO_GIVE = {
    "至": "加 --to 日期，如 2020-11-30",
    "阶段目标": "加 --goal 文字",
}


@recording
def extend(
    writing: OwnWriting,
    measure: MeasureArgument = None,
    content: ContentArgument = None,
    step: Annotated[
        str | None, text_option("--step", "--步骤", about="只延这个步骤，如 3-5-1", metavar="步骤"), STEPS
    ] = None,
    to: Annotated[date | None, day_option("--to", "--至", about="申请延到哪一天")] = None,
    reason: Annotated[str | None, text_option("--reason", "--原因", about="为什么要延期", metavar="文字")] = None,
    long_term: Annotated[bool, flag_option("--long-term", "--转长期", about="申请转为长期坚持")] = False,
    goal: Annotated[
        str | None, text_option("--goal", "--阶段目标", about="转长期：现阶段做到什么", metavar="文字")
    ] = None,
    next_review: Annotated[date | None, day_option("--next-review", "--下次评估", about="转长期：下次何时评估")] = None,
    special_ledger: Annotated[
        str | None, text_option("--special-ledger", "--专项台账", about="转长期：另立的专项台账", metavar="名称")
    ] = None,
) -> Exit:
    """例：zhenggai extend 3-2 "已完成初稿" --to 2020-11-30 --reason 上级文件未出　　zhenggai extend 3-2 --step 3-2-1 --to 2020-09-30 --reason 招标流标　　zhenggai extend 3-2 --long-term --goal 机制建成 --next-review 2020-12-31

    加 --step 只延一个步骤；--long-term 转为长期坚持。
    """
    writer, own, entries = writing
    if long_term and (to or reason or step):
        raise UsageError(
            "转长期不写“至”“原因”和“步骤”，没有写入\n  下一步：改写 --goal 阶段目标 和 --next-review 日期，或去掉 --long-term"
        )
    if not long_term and (goal or next_review or special_ledger):
        raise UsageError("阶段目标、下次评估、专项台账只随转长期写，没有写入\n  下一步：加 --long-term，或去掉这些选项")
    required = {"阶段目标": goal, "下次评估": next_review} if long_term else {"至": to, "原因": reason}
    writer.need({"措施": measure, **required}, _HOW_TO_GIVE)
    task = own.of_measure(measure, kind=Kind.TO_LONG_TERM if long_term else Kind.EXTENSION_REQUEST)
    steps = known_steps(task, [step] if step else [])
    now = due_of(task.task, task.head, *steps)
    if prompts.at_terminal():
        later = max(now or writer.happened, writer.happened) + timedelta(days=1)
        request = ExtensionRequest(**entries.stamp(task), steps=steps, to=later, cause="…")
        entries.foresee(ToLongTerm(**entries.stamp(task), stage_goal="…", next_review=later) if long_term else request)
    text = prompts.optional("目前进展", content)
    if not long_term:
        when = prompts.day(f"延到哪一天（现时限 {now or '无'}）", to)
        cause = prompts.text("延期原因", reason)
        return entries.record(ExtensionRequest(**entries.stamp(task), steps=steps, to=when, cause=cause, content=text))
    entry = ToLongTerm(
        **entries.stamp(task),
        stage_goal=prompts.text("阶段目标", goal),
        next_review=prompts.day("下次评估", next_review, add_months(writer.happened, REVIEW_MONTHS)),
        special_ledger=prompts.optional("专项台账", special_ledger),
        content=text,
    )
    return entries.record(entry)
