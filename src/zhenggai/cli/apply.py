"""``zhenggai apply``: the unit applies for 销号, signed by a leader."""

from typing import Annotated

from zhenggai.cli.desk import Desk
from zhenggai.cli.options import text_option
from zhenggai.cli.recording import ContentArgument, MeasureArgument, recording
from zhenggai.cli.refusals import refuse_lacking
from zhenggai.errors import Exit
from zhenggai.model.entries import Application, Kind
from zhenggai.rules.guards import missing_for_application


@recording
def apply(
    desk: Desk,
    measure: MeasureArgument = None,
    content: ContentArgument = None,
    approver: Annotated[
        str | None, text_option("--approver", "--签批领导", about="哪位领导签批", metavar="姓名")
    ] = None,
) -> Exit:
    """例：zhenggai apply 3-2 --approver 王强 -e 销号申请单.pdf"""
    desk.need({"措施": measure, "签批领导": approver}, {"签批领导": "加 --approver 姓名"})
    task = desk.own_task(measure, kind=Kind.APPLICATION)
    refuse_lacking(missing_for_application(task.task, task.head, with_evidence=bool(desk.given_evidence)))
    signed = desk.text("签批领导", approver, desk.last("approver") or task.leader)
    return desk.record(Application(**desk.stamp(task), approver=signed, content=content))
