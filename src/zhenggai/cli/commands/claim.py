"""``zhenggai claim``: a unit takes over its task (认领), and names the people and the steps."""

from typing import Annotated

from zhenggai.cli.options import listed_option, text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import MeasureArgument, OwnWriting, recording
from zhenggai.errors import Exit
from zhenggai.model.entries import Claim
from zhenggai.model.kinds import Kind


@recording
def claim(
    writing: OwnWriting,
    measure: MeasureArgument = None,
    leader: Annotated[
        str | None, text_option("--leader", "--责任领导", about="哪位领导负责，默认按方案", metavar="姓名")
    ] = None,
    person: Annotated[
        str | None, text_option("--person", "--责任人", about="由谁来办，默认按方案", metavar="姓名")
    ] = None,
    step: Annotated[
        list[str] | None, listed_option("--step", "--步骤", about="自定的步骤，如 6月底前出初稿", metavar="文字")
    ] = None,
) -> Exit:
    """例：zhenggai claim 3-2　　zhenggai claim 3-2 --leader 王强 --person 李敏 --step 5月底前摸底 --step 6月底前出初稿"""
    writer, own, entries = writing
    writer.need({"措施": measure})
    task = own.of_measure(measure, kind=Kind.CLAIM)
    entry = Claim(
        **entries.stamp(task),
        leader=prompts.optional("责任领导", leader, task.leader or writer.last("leader")),
        person=prompts.optional("责任人", person, task.person or writer.last("person")),
        own_steps=prompts.each("自定步骤", step),
    )
    return entries.record(entry)
