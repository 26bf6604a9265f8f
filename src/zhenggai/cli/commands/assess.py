"""``zhenggai assess``: the assessment of a long-term task, with the day of the next one."""

from datetime import date, timedelta
from typing import Annotated

import typer

from zhenggai.cli.options import day_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import FOR_ANOTHER, MeasureArgument, OwnWriting, ValueOption, recording
from zhenggai.deadline.calendar import add_months
from zhenggai.errors import Exit
from zhenggai.model.entries import LongTermReview
from zhenggai.model.kinds import Kind
from zhenggai.rules.task.task import REVIEW_MONTHS


@recording
def assess(
    writing: OwnWriting,
    measure: MeasureArgument = None,
    conclusion: Annotated[
        str | None, typer.Argument(metavar="结论", help="坚持得怎样，一两句话", show_default=False)
    ] = None,
    next_review: Annotated[date | None, day_option("--next-review", "--下次评估", about="下次何时评估")] = None,
    measured: ValueOption = None,
) -> Exit:
    """例：zhenggai assess 6-1 已成惯例 --next-review 2020-12-31　　zhenggai 长期评估 6-1 "每季度研究一次，已成惯例" --next-review 2020-12-31"""
    writer, own, entries = writing
    wanted = {"措施": measure, "结论": conclusion, "下次评估": next_review}
    writer.need(wanted, {"结论": "写在措施后面，加引号"})
    task = own.of_measure(measure, Kind.LONG_TERM_REVIEW, FOR_ANOTHER)
    if not (conclusion and next_review):
        entries.foresee(
            LongTermReview(**entries.stamp(task), conclusion="…", next_review=writer.happened + timedelta(days=1))
        )
    entry = LongTermReview(
        **entries.stamp(task),
        conclusion=prompts.text("评估结论（一两句话）", conclusion),
        next_review=prompts.day("下次评估", next_review, add_months(writer.happened, REVIEW_MONTHS)),
        measured=measured,
    )
    return entries.record(entry)
