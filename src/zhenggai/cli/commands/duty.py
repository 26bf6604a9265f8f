"""``zhenggai duty``: records one period of a recurring duty (例行)."""

from typing import Annotated

import typer

from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import ContentArgument, MeasureArgument, OwnWriting, ValueOption, recording
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit
from zhenggai.model.entries import Occurrence
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.duties import open_duties, period_said
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.plan.phases import context_of

_HOW_TO_GIVE = {"期次": "写在措施后面，如 2020-05、2020-Q2、2020-W21"}


@recording
def duty(
    writing: OwnWriting,
    measure: MeasureArgument = None,
    period: Annotated[
        str | None,
        typer.Argument(metavar="期次", help="2020-05、2020-Q2、2020-W21，或 5月、第二季度", show_default=False),
    ] = None,
    content: ContentArgument = None,
    measured: ValueOption = None,
) -> Exit:
    """例：zhenggai duty 2-2 2020-05 "主题党日：参观廉政教育基地，37人参加" -e 签到表.jpg"""
    writer, own, entries = writing
    writer.need({"措施": measure, "期次": period}, _HOW_TO_GIVE)
    task = own.of_measure(measure, kind=Kind.OCCURRENCE)
    entry = Occurrence(
        **entries.stamp(task),
        period=_period(writer, task, period),
        content=prompts.optional("做了什么", content),
        measured=measured,
    )
    return entries.record(entry)


def _period(writer: Writer, task: SnapshotTask, given: str | None) -> str:
    """The given period, else the answer to a question. The default is the oldest open period."""
    waiting = open_duties(task, writer.today)
    word = prompts.text("哪一期（如 2020-05）", given, waiting[0].period if waiting else None)
    recurrence, snapshot = task.task.schedule.recurrence, writer.snapshot
    return period_said(word, recurrence.step, context_of(snapshot.plan, snapshot.windows)) if recurrence else word
