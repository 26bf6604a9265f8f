"""``zhenggai add``: appends a progress entry (进展) to the writer's own file."""

from decimal import Decimal
from typing import Annotated

import typer

from zhenggai.cli.options import text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import (
    FOR_ANOTHER,
    ContentArgument,
    MeasureArgument,
    OwnWriting,
    PercentOption,
    ValueOption,
    flag_option,
    listed_option,
    parse_number,
    parse_percent,
    recording,
)
from zhenggai.cli.writing.own_tasks import known_steps
from zhenggai.errors import Exit
from zhenggai.model.entries import Progress
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.life import Role

BaseOption = Annotated[
    Decimal | None,
    typer.Option(
        "--base", "--指标基数", help="指标的基数，如总课时", metavar="数", parser=parse_number, show_default=False
    ),
]


@recording
def add(
    writing: OwnWriting,
    measure: MeasureArgument = None,
    content: ContentArgument = None,
    percent: PercentOption = None,
    step: Annotated[
        list[str] | None, listed_option("--step", "--步骤", about="办结的步骤，如 3-5-1", metavar="步骤")
    ] = None,
    measured: ValueOption = None,
    measured_base: BaseOption = None,
    difficulty: Annotated[
        str | None, text_option("--difficulty", "--存在问题", about="遇到的困难", metavar="文字")
    ] = None,
    cause: Annotated[
        str | None, text_option("--reason", "--原因", about="为什么慢、为什么没完成", metavar="文字")
    ] = None,
    next_steps: Annotated[str | None, text_option("--next", "--下步打算", about="接下来做什么", metavar="文字")] = None,
    institution: Annotated[
        str | None, text_option("--institution", "--制度成果", about="出台的制度文件名称", metavar="名称")
    ] = None,
    correct: Annotated[bool, flag_option("--correct", "--确认降低", about="进度比上次低也照记")] = False,
) -> Exit:
    """例：zhenggai add 3-2 "征求12个党支部意见" -p 40 -e 征求意见稿.docx

    不带参数运行则逐项询问。
    """
    writer, own, entries = writing
    writer.need({"措施": measure, "内容": content})
    task = own.of_measure(measure, Kind.PROGRESS, FOR_ANOTHER)
    if content is None:
        entries.foresee(Progress(**entries.stamp(task), content="…"))
    text = prompts.text("做了什么（一两句话）", content)
    if percent is None and prompts.at_terminal():
        percent = asked_percent(task)
    entry = Progress(
        **entries.stamp(task),
        content=text,
        on_behalf=not task.task.role_of(writer.unit) & Role.OWN,
        percent=percent,
        steps=known_steps(task, step or []),
        measured=measured,
        measured_base=measured_base,
        difficulty=difficulty,
        cause=cause,
        next_steps=next_steps,
        institution=institution,
    )
    return entries.record(entry, [] if correct else _lower(task, percent))


def asked_percent(task: SnapshotTask) -> int | None:
    """Ask for the percent. The last one is the default; None for an empty answer."""
    before = task.head.percent
    default = "" if before is None else str(before)
    return prompts.ask_optional("进度（0 到 100，不填则不变）", parse_percent, default)


def _lower(task: SnapshotTask, percent: int | None) -> list[str]:
    before = task.head.percent
    if before is None or percent is None or percent >= before:
        return []
    return [f"进度 {percent}% 低于上次的 {before}%；确要降低，请加 --correct"]
