"""``zhenggai lesson``: records a lesson learned (经验做法). Phase summaries collect them."""

from typing import Annotated

import typer

from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import MeasureArgument, OwnWriting, recording_own
from zhenggai.cli.writing.pick_lists import measure_choices
from zhenggai.errors import Exit
from zhenggai.model.entries import Lesson


@recording_own
def lesson(
    writing: OwnWriting,
    content: Annotated[
        str | None, typer.Argument(metavar="内容", help="好的做法或教训，一两句话", show_default=False)
    ] = None,
    measure: MeasureArgument = None,
) -> Exit:
    """例：zhenggai lesson 每周五下午集中销号　　zhenggai 经验 "每周五下午集中销号，材料一次补齐" 3-2"""
    writer, _, entries = writing
    writer.need({"内容": content}, {"内容": "写在命令后面，加引号"})
    text = prompts.text("经验（一两句话）", content)
    number = writer.measure_named(measure) if measure else None
    if measure is None and prompts.at_terminal():
        known = measure_choices(writer.snapshot.plan)
        number = prompts.ask_optional("关于哪项措施（如 3-2），不填则空", writer.measure_named, choices=known)
    own = writer.snapshot.where(lambda t: t.measure == number and writer.unit in (t.given, t.unit))
    stamp = entries.stamp(own[0] if own else None)
    return entries.record(Lesson(**stamp | {"measure": number}, content=text))
