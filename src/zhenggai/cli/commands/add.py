"""``zhenggai add``: appends a progress entry (进展) to the writer's own file."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli.near_words import dashed
from zhenggai.cli.offers import FILES, STEPS
from zhenggai.cli.options import MORE, flag_option, listed_option, text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import (
    FOR_ANOTHER,
    AmountOption,
    ContentArgument,
    DryRunOption,
    LossAvoidedOption,
    MeasureArgument,
    OwnWriting,
    PercentOption,
    RecoveredOption,
    ValueOption,
    YesOption,
    amounts,
    asked_amount,
    in_order,
    parse_number,
    parse_percent,
    recording,
)
from zhenggai.cli.writing.own_tasks import known_steps
from zhenggai.cli.writing.prompts import Wish
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import Progress
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.snapshot import SnapshotTask

_PIPE = "-"
_PERCENT = re.compile(r"(\d{1,3})(%?)")
BaseOption = Annotated[
    Decimal | None,
    typer.Option(
        "--base",
        "--指标基数",
        help="指标的基数，如总课时",
        metavar="数",
        parser=parse_number,
        show_default=False,
        rich_help_panel=MORE,
    ),
]


@recording
def add(
    writing: OwnWriting,
    measure: MeasureArgument = None,
    content: ContentArgument = None,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[进度]", help="百分数，如 40%", show_default=False)
    ] = None,
    percent: PercentOption = None,
    step: Annotated[
        list[str] | None, listed_option("--step", "--步骤", about="办结的步骤，如 3-5-1", metavar="步骤"), STEPS
    ] = None,
    amount: AmountOption = None,
    measured: ValueOption = None,
    measured_base: BaseOption = None,
    recovered: RecoveredOption = None,
    loss_avoided: LossAvoidedOption = None,
    difficulty: Annotated[
        str | None, text_option("--difficulty", "--存在问题", about="遇到的困难", metavar="文字", panel=MORE)
    ] = None,
    cause: Annotated[
        str | None, text_option("--reason", "--原因", about="为什么慢、为什么没完成", metavar="文字", panel=MORE)
    ] = None,
    next_steps: Annotated[
        str | None, text_option("--next", "--下步打算", about="接下来做什么", metavar="文字", panel=MORE)
    ] = None,
    institution: Annotated[
        str | None, text_option("--institution", "--制度成果", about="出台的制度文件名称", metavar="名称", panel=MORE)
    ] = None,
    correct: Annotated[bool, flag_option("--correct", "--确认降低", about="进度比上次低也照记", panel=MORE)] = False,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", "--从", help="从表格（.csv、.xlsx）一行一条地记；- 是管道", metavar="文件", show_default=False
        ),
        FILES,
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> Exit:
    """不带参数运行则逐项询问；--from 从表格一行一条地记。

    例：zhenggai add 3-2 征求12个党支部意见 40%　　zhenggai add 3-2 "初稿已成，正在会签" -p 60 -e 征求意见稿.docx　　zhenggai add --from 进展.xlsx
    """
    writer, own, entries = writing
    if source is not None or measure == _PIPE:
        from zhenggai.cli.importing.added_rows import add_rows  # imported here: it reads workbooks

        one: list[object] = [
            content,
            percent,
            amount,
            measured,
            measured_base,
            recovered,
            loss_avoided,
            difficulty,
            cause,
        ]
        one += [next_steps, institution, *(more or ()), *(step or ()), *entries.evidence.words, source and measure]
        if any(value is not None for value in one):
            raise UsageError(
                "从表格记，内容、进度、佐证等都写在表里，没有写入\n  下一步：去掉这些选项，只写 --from 文件"
            )
        return add_rows(writing, source or Path(_PIPE), Wish(yes, dry_run), lower=correct)
    entries = replace(entries, wish=Wish(yes, dry_run))
    measure, content = in_order(measure, content)
    if more:
        percent = percent_among(more, measure, content, percent)
    writer.need({"措施": measure, "内容": content})
    task = own.of_measure(measure, Kind.PROGRESS, FOR_ANOTHER)
    on_behalf = own.is_on_behalf(task)
    if content is None:
        entries.foresee(Progress(**entries.stamp(task), content="…", on_behalf=on_behalf))
    text = prompts.text("做了什么（一两句话）", content)
    if percent is None and prompts.at_terminal():
        percent = asked_percent(task)
        amount = asked_amount(task, amount)
    entry = Progress(
        **entries.stamp(task),
        content=text,
        on_behalf=on_behalf,
        percent=percent,
        steps=known_steps(task, step or []),
        measured=measured,
        measured_base=measured_base,
        **amounts(task, rectified=amount, recovered=recovered, loss_avoided=loss_avoided),
        difficulty=difficulty,
        cause=cause,
        next_steps=next_steps,
        institution=institution,
    )
    return entries.record(entry, [] if correct else _lower(task, percent))


def percent_among(words: Sequence[str], measure: str | None, content: str | None, given: int | None) -> int:
    """The percent that stands after the content: 40%. A bare 40 may be a number of households, so it is asked about.

    Raises ``UsageError`` for anything else: most often it belongs to a content without quotation marks.
    """
    if wrong := dashed(words):
        raise UsageError(f"{wrong}，没有写入")
    *text, last = words
    number = _PERCENT.fullmatch(unicodedata.normalize("NFKC", last).strip())
    line = f'zhenggai add {measure} "{" ".join([content or "", *(text if number else words)])}"'
    if text or number is None:
        sign = f" -p {number[1]}" if number else ""
        raise UsageError(f"多出了“{' '.join(words)}”，没有写入\n  下一步：内容里有空格，整句加引号：{line}{sign}")
    if given is not None:
        raise UsageError(f"进度写了两次：{last} 和 --percent {given}，没有写入\n  下一步：去掉一个")
    percent = parse_percent(number[1])
    if not number[2]:
        if not prompts.at_terminal():
            raise UsageError(
                f"“{last}”是不是进度，说不准，没有写入\n"
                f'  下一步：是进度，写 --percent {percent}；是内容，整句加引号：zhenggai add {measure} "{content} {last}"'
            )
        if not prompts.confirmed(f"{last} 是进度（{percent}%）？", default=False):
            raise UsageError(f'没有写入\n  下一步：是内容的，整句加引号：zhenggai add {measure} "{content} {last}"')
    return percent


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
