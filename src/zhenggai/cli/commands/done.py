"""``zhenggai done``: a unit reports that its task is complete or basically complete. Close-out (销号) is a separate step."""

from typing import Annotated

from zhenggai.cli.offers import STEPS
from zhenggai.cli.options import MORE, flag_option, listed_option, text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import (
    FOR_ANOTHER,
    AmountOption,
    ContentArgument,
    LossAvoidedOption,
    MeasureArgument,
    OwnWriting,
    RecoveredOption,
    amounts,
    asked_amount,
    in_order,
    recording,
)
from zhenggai.cli.writing.own_tasks import known_steps
from zhenggai.cli.writing.pick_lists import step_choices
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import BasicallyDone, Done
from zhenggai.model.kinds import ABSENT, Kind
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.steps import undone_steps

_HOW_TO_GIVE = {"依据": "加 --basis 依据，如 县组发〔2020〕12号"}


@recording
def done(
    writing: OwnWriting,
    measure: MeasureArgument = None,
    content: ContentArgument = None,
    basically: Annotated[bool, flag_option("--basically", "--基本", about="记基本完成：主要部分已完成")] = False,
    step: Annotated[
        list[str] | None, listed_option("--step", "--步骤", about="至此办结的步骤，如 3-5-1", metavar="步骤"), STEPS
    ] = None,
    amount: AmountOption = None,
    institution: Annotated[
        str | None, text_option("--institution", "--制度成果", about="出台的制度文件名称", metavar="名称")
    ] = None,
    recovered: RecoveredOption = None,
    loss_avoided: LossAvoidedOption = None,
    absent: Annotated[
        bool, flag_option("--absent", "--经核查不存在", about="经核查，本单位不存在这一问题", panel=MORE)
    ] = False,
    basis: Annotated[
        str | None, text_option("--basis", "--依据", about="经核查不存在的依据", metavar="依据", panel=MORE)
    ] = None,
) -> Exit:
    """例：zhenggai done 3-2 印发考核办法并执行　　zhenggai done 3-2 "印发考核办法，12个党支部已执行" --institution 考核评价办法 -e 办法.pdf"""
    writer, own, entries = writing
    measure, content = in_order(measure, content)
    if basically and (step or institution or absent):
        raise UsageError(
            "基本完成只写内容、金额，没有写入\n  下一步：步骤、制度成果用 zhenggai add 记，或去掉 --basically"
        )
    if basis and not absent:
        raise UsageError("“依据”只随“经核查不存在”写，没有写入\n  下一步：加 --absent，或去掉 --basis")
    writer.need({"措施": measure, "内容": content, **({"依据": basis} if absent else {})}, _HOW_TO_GIVE)
    task = own.of_measure(measure, Kind.BASICALLY_DONE if basically else Kind.DONE, FOR_ANOTHER)
    on_behalf = own.is_on_behalf(task)
    if content is None:
        stand_in = BasicallyDone if basically else Done
        entries.foresee(stand_in(**entries.stamp(task), content="…", on_behalf=on_behalf))
    text = prompts.text("完成情况（一两句话）", content)
    amount = asked_amount(task, amount)
    entries = entries.with_evidence_asked()
    money = amounts(task, rectified=amount, recovered=recovered, loss_avoided=loss_avoided)
    if basically:
        return entries.record(BasicallyDone(**entries.stamp(task), content=text, **money, on_behalf=on_behalf))
    entry = Done(
        **entries.stamp(task),
        content=text,
        steps=_steps(task, step),
        **money,
        institution=prompts.optional("制度成果（为这件事出台的制度、办法，写文件名称）", institution),
        conclusion=ABSENT if absent else None,
        basis=prompts.text("不存在的依据", basis) if absent else None,
        on_behalf=on_behalf,
    )
    return entries.record(entry)


def _steps(task: SnapshotTask, given: list[str] | None) -> tuple[str, ...]:
    """The steps that are now done: the given ones, else, at a terminal, those that are ticked; at first all open ones are."""
    left = undone_steps(task.task, task.head)
    if given or not left or not prompts.at_terminal():
        return known_steps(task, given or [])
    return prompts.ticked("至此办结的步骤", step_choices(task, left))
