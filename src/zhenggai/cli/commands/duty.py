"""``zhenggai duty``: records one period of a recurring duty (例行)."""

from typing import Annotated

import typer

from zhenggai.cli.offers import STEPS
from zhenggai.cli.options import text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import plain_choices
from zhenggai.cli.writing.entry_options import ContentArgument, MeasureArgument, OwnWriting, ValueOption, recording
from zhenggai.cli.writing.own_tasks import known_steps
from zhenggai.cli.writing.pick_lists import step_choices
from zhenggai.cli.writing.prompts import one_of
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
    step: Annotated[
        str | None, text_option("--step", "--步骤", about="例行的是哪个步骤，如 2-2-1", metavar="步骤"), STEPS
    ] = None,
    measured: ValueOption = None,
) -> Exit:
    """例：zhenggai duty 2-2 5月 组织生活会已开　　zhenggai duty 2-2 2020-05 "主题党日：参观廉政教育基地，37人参加" -e 签到表.jpg"""
    writer, own, entries = writing
    writer.need({"措施": measure, "期次": period}, _HOW_TO_GIVE)
    task = own.of_measure(measure, kind=Kind.OCCURRENCE)
    steps = _step(writer, task, step)
    entry = Occurrence(
        **entries.stamp(task),
        steps=steps,
        period=_period(writer, task, steps, period),
        content=prompts.optional("做了什么", content),
        measured=measured,
    )
    return entries.record(entry)


def _step(writer: Writer, task: SnapshotTask, given: str | None) -> tuple[str, ...]:
    """The step whose duty it is: as given, none if the measure itself has a frequency, else the only one, else an answer."""
    having = [routine.step for routine in task.row.routines]
    if given or "" in having or len(having) < 2:
        return known_steps(task, [given] if given else [step for step in having if len(having) == 1 and step])
    writer.need({"步骤": given}, {"步骤": f"加 --step {having[0]}，有频次的步骤是 {'、'.join(having)}"})
    return known_steps(task, [prompts.ask("哪个步骤", one_of(having), choices=step_choices(task, having))])


def _period(writer: Writer, task: SnapshotTask, steps: tuple[str, ...], given: str | None) -> str:
    """The given period, else the answer to a question. The default is the oldest open period."""
    waiting = [duty for duty in open_duties(task, writer.today) if duty.routine.step == "".join(steps)]
    periods = [duty.occurrence.period for duty in waiting]
    word = prompts.text("哪一期（如 2020-05）", given, next(iter(periods), None), plain_choices(periods))
    rhythm = next((r.rhythm for r in task.row.routines if r.step == "".join(steps)), None)
    context = context_of(writer.snapshot.plan, writer.snapshot.windows)
    return period_said(word, rhythm.recurrence.step, context) if rhythm else word
